"""The SPARQL page in the dark, by keyboard, on a phone, and with hostile answers."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import axe_violations
from tests.browser.editor_page import MEMBERS, RUNAWAY, STATED, Editor, Open, editors
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


PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def test_it_fits_a_phone(open_editor: Open) -> None:
    editor = open_editor(MEMBERS, **PHONE)
    page = editor.page
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    sizes: list[float] = page.locator("button:visible").evaluate_all(
        "all => all.map(one => Math.min(one.offsetWidth, one.offsetHeight))"
    )
    assert min(sizes) >= 24
    expect(page.locator(".answer-told")).to_contain_text("17 rows")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_query_comes_before_the_examples(open_editor: Open, scheme: str) -> None:
    editor = open_editor(color_scheme=scheme, **PHONE)
    page = editor.page
    seen = tops(editor, "#query", "#run", "#side-open", "#answer")
    assert len(seen) == 4
    assert seen == sorted(seen)
    assert seen[0] < 100
    unfold = page.get_by_role("button", name="Examples, vocabulary, recent queries")
    expect(unfold).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#side-panel")).to_be_hidden()
    # Keys go in the order in which things are seen.
    page.locator("#copy-link").focus()
    page.keyboard.press("Tab")
    expect(unfold).to_be_focused()
    page.keyboard.press("Enter")
    expect(unfold).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    expect(page.get_by_role("tab", name="Examples")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert axe_violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#side-panel")).to_be_hidden()
    expect(unfold).to_be_focused()
    unfold.tap()
    page.get_by_label("Search the examples").fill("stages of a chain")
    page.get_by_role("button", name=re.compile("^Stages of a chain")).tap()
    editor.answered()
    expect(page.locator(".answer-told")).to_contain_text("rows")
    expect(page.locator("#side-panel")).to_be_hidden()
    expect(page.locator("#query-part")).to_be_focused()
    assert axe_violations(page) == []


def test_the_side_follows_the_width_of_the_screen(open_editor: Open) -> None:
    editor = open_editor(MEMBERS)
    page = editor.page
    expect(page.locator("#side-panel")).to_be_visible()
    expect(page.locator("#side-open")).to_be_hidden()
    expect(page.locator("#side + main")).to_have_count(1)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator("#query-part + #side")).to_have_count(1)
    expect(page.locator("#side-panel")).to_be_hidden()
    page.set_viewport_size({"width": 1366, "height": 768})
    expect(page.locator("#side + main")).to_have_count(1)
    expect(page.locator("#side-panel")).to_be_visible()
    expect(page.locator(".answer-told")).to_contain_text("17 rows")


def tops(editor: Editor, *places: str) -> list[float]:
    """How far down on the page these stand."""
    boxes = [editor.page.locator(place).bounding_box() for place in places]
    return [box["y"] for box in boxes if box]


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
