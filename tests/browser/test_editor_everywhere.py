"""The SPARQL page in the dark, by keyboard, on a phone, and with hostile answers."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import axe_violations
from tests.browser.editor_page import MEMBERS, RUNAWAY, STATED, Open, editors
from tests.browser.hostile import ADDRESSES, MARKS
from tests.server.conftest import RunningServer

open_editor = pytest.fixture(editors)


def test_it_is_accessible_in_the_dark(open_editor: Open) -> None:
    editor = open_editor(STATED, color_scheme="dark")
    page = editor.page
    assert axe_violations(page) == []
    editor.write("SELECT * { ?a fil:x }\n")
    expect(page.locator("#mistake")).to_contain_text("cannot stand here")
    editor.run()
    assert axe_violations(page) == []


def test_it_is_accessible_and_used_by_keys(open_editor: Open) -> None:
    editor = open_editor(STATED)
    page = editor.page
    editor.tab("Table").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("img")).to_be_visible()
    page.get_by_role("tab", name="Vocabulary").click()
    page.keyboard.press("F1")
    expect(page.get_by_role("dialog")).to_contain_text("runs the query")
    assert axe_violations(page) == []
    page.keyboard.press("Escape")
    editor.write(RUNAWAY)
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_role("alert")).to_contain_text("Stopped")
    page.keyboard.press("Tab")
    expect(page.locator("#run")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_it_fits_a_phone(open_editor: Open) -> None:
    editor = open_editor(
        MEMBERS, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = editor.page
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    sizes: list[float] = page.locator("button:visible").evaluate_all(
        "all => all.map(one => Math.min(one.offsetWidth, one.offsetHeight))"
    )
    assert min(sizes) >= 24
    expect(page.locator(".answer-told")).to_contain_text("17 rows")


def test_hostile_answers_run_nothing(open_editor: Open, server: RunningServer) -> None:
    terms = [{"type": "literal", "value": mark, "xml:lang": "it"} for mark in MARKS]
    iris = [{"type": "uri", "value": address} for address in (*ADDRESSES, *MARKS)]
    rows = [
        {"a": iri, MARKS[0]: terms[place % len(terms)], "b": iris[place - 1]}
        for place, iri in enumerate(iris)
    ]
    answer = {"head": {"vars": ["a", MARKS[0], "b"]}, "results": {"bindings": rows}}
    editor = open_editor()
    page = editor.page

    def spoil(route: Route) -> None:
        route.fulfill(body=json.dumps(answer), content_type="application/sparql-results+json")

    page.context.route("**/sparql", spoil)
    editor.run()
    table = page.locator(".rows")
    expect(table.locator("tbody tr")).to_have_count(len(rows))
    expect(table).to_contain_text("<img src=x onerror=window.__pwned=1>")
    assert "\u202e" not in table.inner_text()
    addresses = [link.get_attribute("href") or "" for link in table.get_by_role("link").all()]
    assert all(re.match(r"https?://|id/|graph/", address) for address in addresses), addresses
    editor.tab("Network").click()
    expect(page.locator(".network-frame")).to_have_attribute("data-drawn", re.compile(r"\d+"))
    editor.tab("Raw").click()
    expect(page.locator(".raw")).to_contain_text("javascript:window.__pwned=1")
    page.context.unroute("**/sparql")
    page.context.route(
        "**/sparql", lambda route: route.fulfill(status=400, body=MARKS[1] + " line 1, column 9")
    )
    editor.run()
    expect(page.get_by_role("alert")).to_contain_text(MARKS[1])
