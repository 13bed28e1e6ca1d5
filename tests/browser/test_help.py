"""The help, the keys that work everywhere, the room for the views, and what the page remembers."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, Opened, axe_violations


def test_the_question_mark_opens_the_help_and_escape_leaves_it(
    open_page: Open, page_file: Path
) -> None:
    opened = open_page(page_file, hash="#/acme")
    page = opened.page
    page.locator("#map").focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Come si usa questa pagina")
    expect(dialog).to_be_visible()
    for said in ("Cerca nomi e città", "Forma piena", "Forma chiara", "3 fonti", "CC BY 4.0"):
        expect(dialog).to_contain_text(said)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("#map")).to_be_focused()
    assert opened.state()["selected"] == "acme", "Escape closed more than the help"


def test_the_focus_stays_in_the_help(opened: Opened) -> None:
    page = opened.page
    page.locator("#help-open").click()
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body"
            " || document.activeElement.closest('dialog') !== null"
        )
    page.keyboard.press("2")
    page.keyboard.press("/")
    assert opened.state()["view"] == "network"
    page.get_by_role("button", name="Chiudi l’aiuto").click()
    expect(page.locator("#help")).to_be_hidden()
    expect(page.locator("#help-open")).to_be_focused()


def test_the_help_speaks_the_language_of_the_page(open_page: Open, page_file: Path) -> None:
    page = open_page(page_file, query="?lang=en").page
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="How to use this page")).to_contain_text(
        "Filled shape: a cluster member"
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1366])
def test_the_help_is_accessible(open_page: Open, page_file: Path, theme: str, width: int) -> None:
    opened = open_page(page_file, color_scheme=theme, viewport={"width": width, "height": 800})
    opened.page.keyboard.press("?")
    assert axe_violations(opened.page) == []


def test_numbers_open_the_views(opened: Opened) -> None:
    tabs = opened.page.locator("#views button")
    names = [tabs.nth(number).get_attribute("data-view") for number in range(tabs.count())]
    assert names == ["network", "chain", "map", "time", "table", "questions"]
    for number, name in [*enumerate(names, start=1)][::-1]:
        opened.page.keyboard.press(str(number))
        assert opened.state()["view"] == name
    opened.page.keyboard.press("7")
    assert opened.state()["view"] == "network"


def test_no_key_fires_while_writing(opened: Opened) -> None:
    page = opened.page
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("b2?f/")
    assert opened.state()["query"] == "b2?f/"
    assert opened.state()["view"] == "network"
    expect(page.locator("#help")).to_be_hidden()
    expect(page.locator("#side")).to_be_visible()


def test_f_brings_everything_into_view(opened: Opened) -> None:
    before = opened.state()["scale"]
    opened.page.locator("#map").focus()
    opened.page.keyboard.press("+")
    opened.page.keyboard.press("+")
    assert opened.state()["scale"] > before * 1.5
    opened.page.keyboard.press("f")
    assert opened.state()["scale"] == pytest.approx(before)


def test_b_gives_the_view_the_whole_width_and_is_remembered(
    open_page: Open, page_file: Path
) -> None:
    opened = open_page(page_file)
    page = opened.page
    page.keyboard.press("b")
    expect(page.locator("#side")).to_be_hidden()
    box = page.locator("#stage").bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, 1366)
    page.reload()
    opened.wait_ready()
    # In one sight: what is remembered, and what the page makes of it.
    kept = page.evaluate("[localStorage.getItem('filiera.side'), document.body.dataset.side]")
    assert kept == ["hidden", "hidden"]
    expect(page.locator("#side")).to_be_hidden()
    page.get_by_role("button", name="Mostra la colonna").click()
    expect(page.locator("#side")).to_be_visible()
    page.reload()
    opened.wait_ready()
    expect(page.locator("#side")).to_be_visible()


def test_what_a_person_has_moved_stays_where_it_is(opened: Opened) -> None:
    page = opened.page
    page.locator("#map").focus()
    for key in ("+", "+", "ArrowRight"):
        page.keyboard.press(key)
    before = opened.position("landi-renzo"), opened.state()["scale"]
    page.keyboard.press("b")
    page.wait_for_function(
        "() => filiera.state() && document.querySelector('canvas').width === 1366"
    )
    x, y = opened.position("landi-renzo")
    assert (x, y) == pytest.approx(before[0], abs=1)
    assert opened.state()["scale"] == pytest.approx(before[1])


def test_the_column_comes_back_for_who_skips_to_the_search_not_before(opened: Opened) -> None:
    page = opened.page
    page.keyboard.press("b")
    page.locator(".skip").focus()
    expect(page.locator("#side")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator("#side")).to_be_visible()
    expect(page.locator("#search")).to_be_focused()


def test_the_search_brings_the_column_back(opened: Opened) -> None:
    page = opened.page
    page.keyboard.press("b")
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    expect(page.locator("#side")).to_be_visible()


def test_a_phone_has_its_search_whatever_a_wide_screen_remembers(
    open_page: Open, page_file: Path
) -> None:
    script = "localStorage.setItem('filiera.side', 'hidden');"
    opened = open_page(page_file, script=script, viewport={"width": 390, "height": 800})
    expect(opened.page.locator("#search")).to_be_visible()
    expect(opened.page.locator("#side-toggle")).to_be_hidden()


def test_the_theme_of_the_address_comes_first(open_page: Open, page_file: Path) -> None:
    script = "localStorage.setItem('filiera.theme', 'light');"
    opened = open_page(page_file, query="?theme=dark", script=script)
    assert opened.state()["theme"] == "dark"
    opened.page.locator("#theme").click()
    assert opened.state()["theme"] == "light"
    assert "theme=light" in opened.page.url
    assert open_page(page_file, query="?theme=blue", color_scheme="dark").state()["theme"] == "dark"


def test_language_and_theme_are_remembered(open_page: Open, page_file: Path) -> None:
    opened = open_page(page_file)
    opened.page.locator("#theme").click()
    opened.page.get_by_role("button", name="English").click()
    opened.page.goto(page_file.as_uri())
    opened.wait_ready()
    assert (opened.state()["lang"], opened.state()["theme"]) == ("en", "dark")
