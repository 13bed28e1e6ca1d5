"""What the page says when there is nothing to show yet, nothing comes, or nothing is there."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from filiera.views import built_page
from filiera.views.page_template import data_json, render_served, served_policy
from tests.browser.conftest import Open, Opened, axe_violations, write_page
from tests.browser.page_data import PageData

# The page waits long for a server; the tests do not: its one time-out becomes a short one.
HURRY = """
const later = window.setTimeout;
window.setTimeout = (call, time, ...rest) => later(call, time === 20000 ? 400 : time, ...rest);
"""


@dataclass
class HalfServer:
    """A server that sends the page, and the page data as it is told to."""

    data: bytes
    behaviour: str = "answer"
    asked: int = 0
    held: list[socket.socket] = field(default_factory=list)
    address: str = ""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        half = self.server.half
        path = self.path.partition("?")[0]
        if path == "/":
            page = render_served(
                {"it": "Prova", "en": "Trial"}, {"it": "Una", "en": "One"}, lang="it",
                data="/data/x.json", script="/app.js", style="/app.css",
            )  # fmt: skip
            self._send("text/html; charset=utf-8", page.encode())
        elif path == "/app.js":
            self._send("text/javascript", built_page.script().encode())
        elif path == "/app.css":
            self._send("text/css", built_page.style().encode())
        else:
            half.asked += 1
            self._data(half)

    def _data(self, half: HalfServer) -> None:
        if half.behaviour == "answer":
            self._send("application/json", half.data)
        elif half.behaviour == "broken":
            self._send("application/json", half.data[: len(half.data) // 2])
        elif half.behaviour == "refuse":
            self.send_error(503)
        elif half.behaviour == "hang up":
            self.connection.shutdown(socket.SHUT_RDWR)
        else:
            if half.behaviour == "stall":  # the head and some of the data, then nothing
                self._send("application/json", half.data, upto=2000)
                self.wfile.flush()
            half.held.append(self.connection)
            self.server.stopping.wait(30)

    def _send(self, kind: str, content: bytes, upto: int | None = None) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", served_policy())
        self.end_headers()
        self.wfile.write(content[:upto])

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, half: HalfServer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.half = half
        self.stopping = threading.Event()

    def handle_error(self, *_: Any) -> None:
        """A browser that gives up is what is tested."""


@pytest.fixture
def half(data: PageData) -> Iterator[HalfServer]:
    """A server that answers, until a test says otherwise."""
    one = HalfServer(data_json(data))
    server = _Server(one)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    one.address = f"http://127.0.0.1:{server.server_address[1]}/"
    yield one
    server.stopping.set()
    server.shutdown()
    server.server_close()
    thread.join()


def open_half(half: HalfServer, open_page: Open, **how: Any) -> Opened:
    """Open the page of a server that may not answer."""
    return open_page(half.address, wait=False, script=HURRY, **how)


def test_while_data_is_on_its_way_the_page_says_so(half: HalfServer, open_page: Open) -> None:
    half.behaviour = "never answer"
    opened = open_page(half.address, wait=False)
    expect(opened.page.locator("#message")).to_contain_text("Si carica la rete")
    expect(opened.page.locator("#message")).to_contain_text("Arrivano voci, legami e fonti.")
    expect(opened.page.locator("#stage")).to_have_attribute("aria-busy", "true")
    expect(opened.page.locator("#message-again")).to_be_hidden()
    assert opened.page.locator("html[data-ready]").count() == 0
    opened.page.get_by_role("button", name="English").click()
    expect(opened.page.locator("#message")).to_contain_text("Loading the network")
    assert axe_violations(opened.page) == []


@pytest.mark.parametrize("behaviour", ["never answer", "stall"])
def test_a_server_that_never_answers_is_given_up_and_asked_again(
    half: HalfServer, open_page: Open, behaviour: str
) -> None:
    half.behaviour = behaviour
    opened = open_half(half, open_page)
    message = opened.page.locator("#message")
    expect(message.get_by_role("heading")).to_have_text("Il server non risponde")
    assert axe_violations(opened.page) == []
    again = opened.page.get_by_role("button", name="Riprova")
    half.behaviour = "answer"
    again.click()
    opened.wait_ready()
    expect(message).to_be_hidden()
    expect(opened.page.locator("#stage")).to_have_attribute("aria-busy", "false")
    opened.page.wait_for_function("() => window.filiera?.state().nodes === 443")
    assert any("Nothing came" in complaint for complaint in opened.complaints)
    opened.complaints.clear()


@pytest.mark.parametrize(
    ("behaviour", "title"),
    [
        ("refuse", "Il server non dà i dati"),
        ("hang up", "Il server non si raggiunge"),
    ],
)
def test_what_went_wrong_is_said_and_can_be_tried_again(
    half: HalfServer, open_page: Open, behaviour: str, title: str
) -> None:
    half.behaviour = behaviour
    opened = open_half(half, open_page)
    expect(opened.page.locator("#message-title")).to_have_text(title)
    asked = half.asked
    opened.page.get_by_role("button", name="Riprova").click()
    expect(opened.page.locator("#message-title")).to_have_text(title)
    opened.page.wait_for_function("() => document.documentElement.dataset.ready !== undefined")
    assert half.asked > asked
    half.behaviour = "answer"
    opened.page.get_by_role("button", name="Riprova").click()
    opened.page.wait_for_function("() => window.filiera?.state().nodes === 443")
    assert opened.complaints
    opened.complaints.clear()


def test_broken_data_is_said(half: HalfServer, open_page: Open) -> None:
    half.data = half.data[: len(half.data) // 2]
    opened = open_half(half, open_page)
    opened.wait_ready()
    expect(opened.page.locator("#message-title")).to_have_text("La rete non si può disegnare")
    expect(opened.page.get_by_role("button", name="Riprova")).to_be_hidden()
    assert axe_violations(opened.page) == []
    assert len(opened.complaints) == 1
    opened.complaints.clear()


def test_the_frame_does_not_jump_when_the_data_comes(half: HalfServer, open_page: Open) -> None:
    half.behaviour = "never answer"
    opened = open_half(half, open_page)
    expect(opened.page.locator("#message-again")).to_be_visible()
    places = """() => ['#stage', '#search', '#views'].map(name => {
      const { left, top, width } = document.querySelector(name).getBoundingClientRect();
      return [name, left, top, width];
    })"""
    before = opened.page.evaluate(places)
    half.behaviour = "answer"
    opened.page.locator("#message-again").click()
    opened.page.wait_for_function("() => window.filiera?.state().nodes === 443")
    assert [place[:3] for place in opened.page.evaluate(places)] == [place[:3] for place in before]
    opened.complaints.clear()


def test_a_script_that_never_comes_leaves_a_way_out(half: HalfServer, open_page: Open) -> None:
    opened = open_page(half.address)
    opened.page.route("**/app.js", lambda route: route.abort())
    opened.page.reload()
    expect(opened.page.locator("#message-title")).to_have_text("Si carica la rete")
    way_out = opened.page.locator("#message-slow")
    expect(way_out).to_have_text("Riprova")
    expect(way_out).to_be_hidden()
    opened.page.evaluate("document.getAnimations().forEach(animation => animation.finish())")
    expect(way_out).to_be_visible()
    opened.complaints.clear()


def test_an_empty_data_set_says_so(open_page: Open, tmp_path: Path, data: PageData) -> None:
    nothing = deepcopy(data) | {"nodes": [], "edges": []}
    opened = open_page(write_page(tmp_path / "empty.html", nothing))
    expect(opened.page.locator("#message-title")).to_have_text("La rete è vuota")
    opened.page.get_by_role("button", name="English").click()
    expect(opened.page.locator("#message-title")).to_have_text("The network is empty")
    assert axe_violations(opened.page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("chain", "Nessuna filiera"),
        ("map", "Di nessuna voce in vista si conosce il comune"),
        ("time", "Nessuna data"),
    ],
)
def test_views_without_anything_of_theirs_say_so(
    open_page: Open, page_file: Path, view: str, said: str, theme: str
) -> None:
    opened = open_page(page_file, hash=f"#/{view}", color_scheme=theme)
    expect(opened.page.locator(f"#view-{view}")).to_contain_text(re.compile(said, re.I))
    expect(opened.page.locator("#time-bar")).to_be_hidden()
    assert axe_violations(opened.page) == []
    opened.page.locator("#share").click()
    expect(opened.page.locator("[data-share=link]")).to_be_enabled()
    if view != "map":
        expect(opened.page.locator("[data-share=png]")).to_be_disabled()


def test_filters_that_hide_everything_can_be_taken_away(open_page: Open, page_file: Path) -> None:
    opened = open_page(page_file, hash="#/?province=nowhere")
    page = opened.page
    expect(page.locator("#message-title")).to_have_text("I filtri nascondono tutto")
    page.locator("#message-all").click()
    expect(page.locator("#message")).to_be_hidden()
    assert opened.state()["nodes"] == 443


def test_the_test_data_is_what_the_tests_say(data: PageData) -> None:
    assert len(data["nodes"]) == 443
    assert not {"chains", "places", "moments"} & set(json.loads(data_json(data)))
