"""The page as a whole: it opens, tells what it holds, keeps its address, language and theme."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from filiera.views.page_template import render_page
from tests.browser.conftest import Open, Opened, write_page
from tests.browser.page_data import PageData, invented_page, pyvis_network


def test_opens_from_a_file_and_tells_what_it_holds(opened: Opened, data: PageData) -> None:
    page = opened.page
    assert opened.address.startswith("file://")
    assert page.title() == "La meccatronica inventata"
    expect(page.get_by_role("heading", level=1)).to_have_text("La meccatronica inventata")
    assert opened.state()["nodes"] == len(data["nodes"])
    assert opened.state()["edges"] == len(data["edges"])
    counts = page.locator("#counts dl div").all_inner_texts()
    assert [count.replace(".", "").split() for count in counts] == [
        ["voci", str(data["counts"]["nodes"])],
        ["legami", str(data["counts"]["edges"])],
        ["fatti", str(data["counts"]["facts"])],
        ["fonti", str(data["counts"]["sources"])],
    ]
    expect(page.locator("#panel")).to_be_hidden()


def test_every_thing_stands_inside_the_map(opened: Opened, data: PageData) -> None:
    box = opened.page.locator("#map").bounding_box()
    assert box is not None
    for node in data["nodes"]:
        x, y = opened.position(node["id"])
        assert box["x"] < x < box["x"] + box["width"], node["id"]
        assert box["y"] < y < box["y"] + box["height"], node["id"]


def test_an_address_opens_a_selection_and_back_returns(open_page: Open, page_file: Path) -> None:
    opened = open_page(page_file, hash="#/landi-renzo")
    page = opened.page
    opened.selected("landi-renzo")
    expect(page.locator("#panel h2")).to_have_text("Landi Renzo")
    page.locator("#panel .statement a[href='#/acme']").click()
    opened.selected("acme")
    expect(page.locator("#panel h2")).to_have_text("Acme Élan")
    assert page.url.endswith("#/acme")
    page.go_back()
    opened.selected("landi-renzo")
    expect(page.locator("#panel h2")).to_have_text("Landi Renzo")
    page.go_forward()
    opened.selected("acme")


def test_back_to_the_beginning_selects_nothing(opened: Opened) -> None:
    opened.page.evaluate("filiera.select('acme')")
    opened.selected("acme")
    opened.page.go_back()
    opened.selected(None)
    expect(opened.page.locator("#panel")).to_be_hidden()


def test_an_unknown_address_is_said(open_page: Open, page_file: Path) -> None:
    opened = open_page(page_file, hash="#/nobody-%3Cb%3E")
    expect(opened.page.locator("#notice")).to_have_text("«nobody-<b>» non è in questa rete")
    assert opened.state()["selected"] is None
    opened.page.evaluate("filiera.select('acme')")
    expect(opened.page.locator("#notice")).to_be_hidden()


def test_what_the_data_is_about_comes_first(
    open_page: Open, tmp_path: Path, data: PageData
) -> None:
    place = write_page(tmp_path / "focus.html", {**data, "focus": "acme"})
    opened = open_page(place)
    assert opened.state()["selected"] is None
    assert opened.drawn_texts()[0]["text"] == "Acme Élan"
    opened.page.locator("#map").focus()
    opened.page.keyboard.press("Enter")
    opened.selected("acme")


def test_the_language_changes_everything_at_once(open_page: Open, page_file: Path) -> None:
    opened = open_page(page_file, hash="#/landi-renzo")
    page = opened.page
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.title() == "Invented mechatronics"
    expect(page.get_by_role("heading", level=1)).to_have_text("Invented mechatronics")
    expect(page.locator("#search")).to_have_attribute("placeholder", "Names, towns, activities")
    expect(page.locator(".entry-name").first).to_have_text("Company")
    expect(page.locator("#panel")).to_contain_text("1,200 employees")
    expect(page.locator("#panel")).to_contain_text("Sources disagree")
    expect(page.locator("#panel .panel-kind")).to_have_text("Large company · Cluster member")
    assert "University of Modena" in {text["text"] for text in opened.drawn_texts()}
    assert "lang=en" in page.url
    assert page.url.endswith("#/landi-renzo")
    opened.selected("landi-renzo")


def test_no_word_of_the_other_language_stays(open_page: Open, page_file: Path) -> None:
    italian = open_page(page_file, hash="#/landi-renzo").page.locator("body").inner_text()
    english = open_page(page_file, hash="#/landi-renzo", query="?lang=en")
    english_text = english.page.locator("body").inner_text()
    shared = {line for line in italian.splitlines() if line in english_text.splitlines()}
    names = {"Landi Renzo", "Acme Élan", "Cavriago", "landirenzo.example", "IT", "EN", "Cluster"}
    words = {line.strip() for line in shared if any(letter.isalpha() for letter in line)}
    assert words - {"Annuario"} <= names


def test_the_language_is_remembered_and_the_address_wins(open_page: Open, page_file: Path) -> None:
    opened = open_page(page_file)
    opened.page.get_by_role("button", name="English").click()
    opened.page.goto(opened.address)
    opened.wait_ready()
    assert opened.state()["lang"] == "en"
    opened.page.goto(opened.address + "?lang=it")
    opened.wait_ready()
    assert opened.state()["lang"] == "it"


@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_theme_follows_the_system_and_the_switch(
    open_page: Open, page_file: Path, system: str
) -> None:
    opened = open_page(page_file, color_scheme=system)
    ground = "getComputedStyle(document.body).backgroundColor"
    before = opened.page.evaluate(ground)
    assert opened.state()["theme"] == system
    opened.page.locator("#theme").click()
    other = "light" if system == "dark" else "dark"
    assert opened.state()["theme"] == other
    assert opened.page.evaluate(ground) != before
    opened.page.reload()
    opened.wait_ready()
    assert opened.state()["theme"] == other


def test_an_empty_network_says_so(open_page: Open, tmp_path: Path) -> None:
    empty = invented_page(0, ties=0)
    empty |= {"nodes": [], "edges": []}
    page = open_page(write_page(tmp_path / "empty.html", empty)).page
    expect(page.locator("#message")).to_contain_text("La rete è vuota")
    page.get_by_role("button", name="English").click()
    expect(page.locator("#message")).to_contain_text("The network is empty")


def test_unreadable_data_is_said_and_not_hidden(open_page: Open, tmp_path: Path) -> None:
    broken = invented_page(20, ties=20)
    broken["edges"][0]["to"] = "nobody"
    place = tmp_path / "broken.html"
    network = pyvis_network(invented_page(20, ties=20))
    place.write_text(render_page(network, broken, lang="it"), encoding="utf-8")
    opened = open_page(place)
    expect(opened.page.locator("#message")).to_contain_text("La rete non si può disegnare")
    assert "nobody" in opened.complaints.pop()


def test_damaged_data_is_said_too(open_page: Open, page_file: Path, tmp_path: Path) -> None:
    place = tmp_path / "damaged.html"
    html = page_file.read_text(encoding="utf-8")
    start = html.index('id="page-data">') + 200
    place.write_text(html[:start] + "AAAA" + html[start + 4 :], encoding="utf-8")
    opened = open_page(place)
    expect(opened.page.locator("#message")).to_contain_text("La rete non si può disegnare")
    assert len(opened.complaints) == 1
    opened.complaints.clear()


def test_the_page_itself_never_scrolls(open_page: Open, page_file: Path) -> None:
    page = open_page(page_file, hash="#/landi-renzo").page
    page.get_by_text("attività 5", exact=True).scroll_into_view_if_needed()
    assert page.evaluate("document.scrollingElement.scrollTop") == 0
    expect(page.locator("#panel-close")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollHeight") == 768


def test_printing_shows_the_card_and_no_buttons(open_page: Open, page_file: Path) -> None:
    opened = open_page(page_file, hash="#/landi-renzo", color_scheme="dark")
    opened.page.emulate_media(media="print")
    expect(opened.page.locator("#zoom")).to_be_hidden()
    expect(opened.page.locator("#search-area")).to_be_hidden()
    expect(opened.page.locator("#panel h2")).to_be_visible()
    ground = opened.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
