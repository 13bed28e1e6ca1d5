"""The search box: accents and case folded, names, other names and towns, all by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

import filiera
from filiera.views.network_page import write_page
from tests.browser.conftest import Open, Opened
from tests.browser.conftest import write_page as write_our_page
from tests.browser.network_data import network_page


def options(opened: Opened) -> Locator:
    return opened.page.locator("#result-list [role=option]")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("universita di mod", "Università di Modena"),
        ("MODENA universita", "Università di Modena"),
        ("unimore", "Università di Modena"),
        ("university", "Università di Modena"),
        ("elan", "Acme Élan"),
        ("ÉLAN", "Acme Élan"),
        ("forli", "Acme Élan"),
        ("landi-renzo s.p.a", "Landi Renzo"),
        ("  renzo ", "Landi Renzo"),
    ],
)
def test_finds_what_people_type(opened: Opened, typed: str, found: str) -> None:
    opened.page.locator("#search").fill(typed)
    expect(options(opened)).to_have_count(1)
    expect(options(opened).locator(".result-name")).to_have_text(found)
    assert opened.state()["found"] == 1


def test_the_name_in_the_address_is_found_too(open_page: Open, tmp_path: Path) -> None:
    write_page(filiera.open_graph(), tmp_path / "page.html", "en")
    opened = open_page(tmp_path / "page.html")
    opened.page.locator("#search").fill("unimore")
    opened.page.keyboard.press("Enter")
    assert opened.state()["selected"] == "unimore"


def test_an_exact_name_comes_before_longer_ones(opened: Opened) -> None:
    opened.page.locator("#search").fill("impresa inventata 1")
    expect(options(opened).first).to_contain_text("Impresa inventata 1")
    assert options(opened).first.locator(".result-name").inner_text() == "Impresa inventata 1"
    expect(options(opened)).to_have_count(8)


def test_counts_all_results_and_shows_the_first(opened: Opened) -> None:
    opened.page.locator("#search").fill("reggio emilia")
    towns = 110
    expect(opened.page.locator("#result-summary")).to_have_text(f"{towns} risultati")
    expect(options(opened)).to_have_count(8)
    expect(opened.page.locator("#result-list .more")).to_have_text(f"e altri {towns - 8}")
    assert opened.state()["found"] == towns


def test_what_is_found_stands_out_on_the_map(opened: Opened) -> None:
    assert "Impresa inventata 123" not in {text["text"] for text in opened.drawn_texts()}
    opened.page.locator("#search").fill("inventata 123")
    assert [text["text"] for text in opened.drawn_texts()] == ["Impresa inventata 123"]


def test_nothing_found_is_said_with_help(opened: Opened) -> None:
    opened.page.locator("#search").fill("zzz")
    expect(opened.page.locator("#result-summary")).to_contain_text("Nessun risultato per «zzz»")
    expect(opened.page.locator("#result-summary")).to_contain_text("altri nomi")
    expect(options(opened)).to_have_count(0)
    opened.page.keyboard.press("Enter")
    assert opened.state()["selected"] is None


def test_slash_arrows_and_enter_fly_to_a_thing(opened: Opened) -> None:
    page = opened.page
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("impresa inventata 1")
    expect(options(opened).nth(0)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(options(opened).nth(1)).to_have_attribute("aria-selected", "true")
    active = page.locator("#search").get_attribute("aria-activedescendant")
    assert active == options(opened).nth(1).get_attribute("id")
    name = options(opened).nth(1).locator(".result-name").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text(name)
    expect(page.locator("#panel h2")).to_be_focused()
    expect(page.locator("#results")).to_be_hidden()
    expect(page.locator("#search")).to_have_value("")
    selected = opened.state()["selected"]
    assert page.url.endswith(f"#/{selected}")
    x, y = opened.position(selected)
    panel = page.locator("#panel").bounding_box()
    assert panel is not None
    assert 300 < x < panel["x"]
    assert 0 < y < 768


def test_escape_clears_then_leaves(opened: Opened) -> None:
    page = opened.page
    page.keyboard.press("/")
    page.keyboard.type("landi")
    page.keyboard.press("Escape")
    expect(page.locator("#search")).to_have_value("")
    expect(page.locator("#search")).to_be_focused()
    assert opened.state()["found"] is None
    page.keyboard.press("Escape")
    expect(page.locator("#search")).not_to_be_focused()


def test_an_arrow_in_the_empty_box_suggests_hubs(opened: Opened) -> None:
    page = opened.page
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    expect(options(opened)).to_have_count(8)
    expect(options(opened).first).to_contain_text("Impresa inventata 4")


def test_a_click_takes_a_result(opened: Opened) -> None:
    opened.page.locator("#search").fill("unimore")
    expect(options(opened).locator(".result-detail")).to_have_text("UNIMORE · Università · Modena")
    options(opened).click()
    opened.selected("universita-di-modena")


def test_the_cross_clears(opened: Opened) -> None:
    opened.page.locator("#search").fill("unimore")
    opened.page.get_by_role("button", name="Cancella la ricerca").click()
    expect(opened.page.locator("#search")).to_have_value("")
    expect(opened.page.get_by_role("button", name="Cancella la ricerca")).to_be_hidden()
    assert opened.state()["found"] is None


def test_what_somebody_does_is_found_too(open_page: Open, tmp_path: Path) -> None:
    opened = open_page(write_our_page(tmp_path / "page.html", network_page()), query="?lang=it")
    box = opened.page.locator("#search")
    box.fill("serbatoi")
    expect(options(opened)).to_have_count(3)
    assert opened.state()["found"] == 2
    for option in options(opened).all():
        expect(option).to_contain_text("Serbatoi")
    box.press("Enter")
    assert opened.state()["selected"] in {"thing-0", "thing-1"}


def test_a_province_or_a_stage_that_is_typed_narrows_down(open_page: Open, tmp_path: Path) -> None:
    file = write_our_page(tmp_path / "page.html", network_page())
    opened = open_page(file, query="?lang=it")
    page = opened.page
    box = page.locator("#search")
    box.fill("reggio emi")
    last = options(opened).last
    expect(last).to_contain_text("Mostra solo: Reggio Emilia")
    expect(last).to_contain_text("Provincia · 1 voce")
    box.press("ArrowUp")
    for _ in range(options(opened).count()):
        box.press("ArrowDown")
    expect(last).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    assert opened.state()["chosen"] == {"province": ["re"]}
    assert (opened.state()["nodes"], opened.state()["query"]) == (1, "")
    # What is chosen already is no longer offered.
    box.fill("reggio emi")
    expect(options(opened).filter(has_text="Mostra solo")).to_have_count(0)
    page.get_by_role("button", name="English").click()
    box.fill("tanks")
    expect(options(opened)).to_have_count(0)
    box.fill("serbatoi")
    expect(options(opened).filter(has_text="Show only")).to_have_count(0)
    box.press("Escape")
    page.get_by_role("button", name="Show everything").click()
    box.fill("serbatoi")
    options(opened).filter(has_text="Show only: Serbatoi").click()
    assert opened.state()["chosen"] == {"stage": ["tanks"]}
