"""The data of the page of a large network: without what is said of single things."""

from __future__ import annotations

import json
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from filiera.build import build
from filiera.store import MemoryStore
from filiera.views.page_cards import page_card
from filiera.views.page_data import page_data
from tests.bench.generator import generate
from tests.small_cluster import small_store

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> MemoryStore:
    store = MemoryStore()
    build(generate(tmp_path_factory.mktemp("generated"), 400, 7), store)
    return store


def made(store: MemoryStore, whole: int) -> dict[str, Any]:
    return page_data(SimpleNamespace(store=store), today=TODAY, whole=whole)


def test_things_keep_what_views_need_and_lose_what_is_said_of_them(generated: MemoryStore) -> None:
    whole, apart = made(generated, 10_000), made(generated, 100)
    assert "cards" not in whole
    assert apart["cards"] == "apart"
    left = {"groups", "description", "town", "website"}
    texts = {"kindLabel", "standingText"}
    for node, other in zip(whole["nodes"], apart["nodes"], strict=True):
        assert left.isdisjoint(other)
        kept = {key: value for key, value in node.items() if key not in left | texts}
        assert {key: value for key, value in other.items() if key not in texts} == kept
        for key in texts & node.keys():
            assert whole["texts"][node[key]] == apart["texts"][other[key]]
    assert len(whole["edges"]) == len(apart["edges"])
    assert len(json.dumps(apart)) < 0.6 * len(json.dumps(whole))


def test_the_latest_moments_and_the_layout_by_forces_stay(generated: MemoryStore) -> None:
    whole, apart = made(generated, 10_000), made(generated, 100)
    assert apart["layouts"] == {}
    assert apart["moments"] == whole["moments"][-5:]
    for board in apart["boards"]:
        assert board[0]["moment"] == 0
        assert len(board[0]["stages"]) == 10


def test_the_limit_itself_is_not_large(generated: MemoryStore) -> None:
    nodes = len(made(generated, 10_000)["nodes"])
    assert "cards" not in made(generated, nodes)
    assert "cards" in made(generated, nodes - 1)


def test_a_card_by_itself_says_what_the_whole_page_says() -> None:
    store = small_store()
    data = page_data(SimpleNamespace(store=store), today=TODAY)
    base = data["cite"]["base"]
    for node in data["nodes"]:
        card = page_card(store, base + node["id"])
        assert card.get("town") == node.get("town")
        assert card.get("website") == node.get("website")
        assert said(card, card["groups"]) == said(data, node["groups"])


def said(data: dict[str, Any], groups: list[dict[str, Any]]) -> list[Any]:
    """Groups with the texts, titles and sources that their numbers mean."""
    nodes = {node["id"] for node in data["nodes"]} if "nodes" in data else None

    def sentence(statement: dict[str, Any], lang: str) -> str:
        text = in_language(data["texts"][statement["text"]], lang)
        if nodes is None and "other" in statement:
            return text.replace("{}", in_language(statement["otherLabel"], lang))
        if "other" in statement:
            (other,) = [node for node in data["nodes"] if node["id"] == statement["other"]]
            return text.replace("{}", in_language(other["label"], lang))
        return text

    return [
        (
            group["id"],
            data["groupTitles"][group["title"]],
            [
                (
                    sentence(statement, "it"),
                    sentence(statement, "en"),
                    data["texts"][statement["when"]] if "when" in statement else None,
                    [data["sources"][number] for number in statement["sources"]],
                    statement.get("disagrees"),
                )
                for statement in group["statements"]
            ],
        )
        for group in groups
    ]


def in_language(text: str | dict[str, str], lang: str) -> str:
    return text if isinstance(text, str) else text[lang]
