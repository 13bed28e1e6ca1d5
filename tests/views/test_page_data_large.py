"""The data of the page of a large network: without what is said of single things."""

from __future__ import annotations

import json
import math
from collections import Counter
from datetime import date
from itertools import combinations
from types import SimpleNamespace
from typing import Any

import pytest

from filiera.build import build
from filiera.store import MemoryStore
from filiera.views.page_cards import page_card
from filiera.views.page_data import page_data
from filiera.views.page_overview import page_overview
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


def test_a_very_large_network_is_laid_out_by_communities(generated: MemoryStore) -> None:
    ecosystem = SimpleNamespace(store=generated)
    data = page_data(ecosystem, today=TODAY, whole=100, at_once=200)
    overview = page_overview(ecosystem, at_once=200)
    assert overview["communities"] == data["communities"]
    assert overview["counts"] == data["counts"]
    assert (overview["title"], overview["subtitle"]) == (data["title"], data["subtitle"])
    communities = data["communities"]
    assert sum(one["count"] for one in communities) == len(data["nodes"])
    for one, other in combinations(communities, 2):
        apart = math.hypot(one["x"] - other["x"], one["y"] - other["y"])
        assert apart > one["r"] + other["r"]
    members = Counter(node["community"] for node in data["nodes"])
    for number, one in enumerate(communities):
        assert members[number] == one["count"]
    degrees = Counter(end for edge in data["edges"] for end in (edge["from"], edge["to"]))
    for node in data["nodes"]:
        own = communities[node["community"]]
        assert math.hypot(node["x"] - own["x"], node["y"] - own["y"]) <= own["r"] + 2
        assert (own.get("apart") == "loose") == (degrees[node["id"]] == 0)
    assert [one["label"] for one in communities if "apart" in one] == [
        {"it": "Piccoli gruppi", "en": "Small groups"},
        {"it": "Senza legami", "en": "Without ties"},
    ]


def test_bundles_count_the_ties_between_communities(generated: MemoryStore) -> None:
    ecosystem = SimpleNamespace(store=generated)
    data = page_data(ecosystem, today=TODAY, whole=100, at_once=200)
    overview = page_overview(ecosystem, at_once=200)
    of = {node["id"]: node["community"] for node in data["nodes"]}
    between = Counter(
        frozenset((of[edge["from"]], of[edge["to"]]))
        for edge in data["edges"]
        if of[edge["from"]] != of[edge["to"]]
    )
    bundles = {frozenset((one, other)): count for one, other, count in overview["bundles"]}
    assert bundles == between
    counts = [count for *_, count in overview["bundles"]]
    assert counts == sorted(counts, reverse=True)
    assert len(json.dumps(overview)) < 0.05 * len(json.dumps(data))


def test_what_is_shown_at_once_has_no_discs(generated: MemoryStore) -> None:
    data = page_data(SimpleNamespace(store=generated), today=TODAY, whole=100)
    assert all(set(one) == {"label", "count"} for one in data["communities"])
    assert all(one["count"] > 1 for one in data["communities"])
