"""The map of a large network: made while the server answers, each card fetched by itself."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import httpx
import pytest

import filiera
from filiera.server import Limits, create_app
from filiera.server.jobs import page_job
from filiera.server.messages import Job, Reply
from filiera.server.workers import WorkerFailed
from filiera.views.page_data import page_data
from filiera.views.page_template import making_policy

from .conftest import RunningServer, StartServer


@pytest.fixture(scope="module")
def large(start_server: StartServer) -> RunningServer:
    """A server to which the real network is a large one."""
    return start_server(FILIERA_MAP_THINGS="100")


def _made(server: RunningServer) -> httpx.Response:
    """The map, once it is made."""
    for _ in range(300):
        answer = server.client.get("/?lang=en")
        if answer.status_code != 503:
            return answer
        time.sleep(0.1)
    raise AssertionError("the map was never made")


def test_a_visitor_is_told_that_the_map_is_being_made(start_server: StartServer) -> None:
    server = start_server(FILIERA_MAP_THINGS="1")
    early = server.client.get("/?lang=en")
    assert early.status_code == 503
    assert early.headers["content-security-policy"] == making_policy()
    assert early.headers["cache-control"] == "no-store"
    assert "The map is being made" in early.text
    style = early.text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert server.client.get(f"/{style}").status_code == 200
    assert server.ask("ASK { ?s ?p ?o }").json()["boolean"] is True
    assert 'id="page-data"' in _made(server).text


def test_the_data_of_a_large_map_leaves_the_cards_out(
    large: RunningServer, ecosystem: filiera.Ecosystem
) -> None:
    html = _made(large).text
    name = html.partition('id="page-data" href="')[2].partition('"')[0]
    data = large.client.get(f"/{name}").json()
    expected = page_data(ecosystem, whole=100)
    del expected["lang"]
    assert data == expected
    assert data["cards"] == "apart"


def test_a_card_is_that_of_the_whole_page(
    large: RunningServer, ecosystem: filiera.Ecosystem
) -> None:
    whole = page_data(ecosystem)
    answer = large.client.get("/data/card/landi-renzo.json")
    assert answer.headers["content-type"] == "application/json"
    card = answer.json()
    (node,) = [node for node in whole["nodes"] if node["id"] == "landi-renzo"]

    def said(data: dict[str, Any], statements: list[dict[str, Any]]) -> list[Any]:
        texts, sources = data["texts"], data["sources"]
        return [
            (
                texts[one["text"]],
                texts[one["when"]] if "when" in one else None,
                [sources[number] for number in one["sources"]],
            )
            for one in statements
            if "other" in one
        ]

    assert [group["id"] for group in card["groups"]] == [group["id"] for group in node["groups"]]
    shown = {node["id"] for node in whole["nodes"]}
    for own, there in zip(card["groups"], node["groups"], strict=True):
        assert len(own["statements"]) == len(there["statements"])
        named = [one for one in own["statements"] if one.get("other") in shown]
        assert said(card, named) == said(whole, there["statements"])
    assert all(
        one["otherLabel"]
        for group in card["groups"]
        for one in group["statements"]
        if "other" in one
    )


def test_who_has_a_card_asks_in_vain(large: RunningServer) -> None:
    first = large.client.get("/data/card/landi-renzo.json")
    again = large.client.get(
        "/data/card/landi-renzo.json", headers={"if-none-match": first.headers["etag"]}
    )
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert first.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["nobody", "not%20an%20iri", "%3C%3E"])
def test_a_card_of_which_nothing_is_said_is_not_found(large: RunningServer, path: str) -> None:
    answer = large.client.get(f"/data/card/{path}.json")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


def test_a_map_that_cannot_be_made_is_said_and_tried_again(
    ecosystem: filiera.Ecosystem, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(ecosystem, limits=Limits(map_things=1))
    server = app.state.server
    tried: list[Job] = []

    async def fail(job: Job, *, limited: bool = True) -> Reply:
        tried.append(job)
        raise WorkerFailed("The server failed here; its log says why.", "no ground to draw on")

    async def ask_twice() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return [await client.get("/?lang=en") for _ in range(2)]

    monkeypatch.setattr(server.workers, "run", fail)
    answers = asyncio.run(ask_twice())
    server.close()
    assert [answer.status_code for answer in answers] == [503, 503]
    assert all("The map could not be made" in answer.text for answer in answers)
    assert all("<script>" not in answer.text for answer in answers)
    assert tried == [page_job(), page_job()]
    assert caplog.text.count("no ground to draw on") == 2
