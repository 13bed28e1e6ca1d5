"""The card of a selected thing: facts with date and source, disagreement, what is unknown."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Open, Opened


@pytest.fixture
def card(open_page: Open, page_file: Path) -> Locator:
    """The card of Landi Renzo."""
    return open_page(page_file, hash="#/landi-renzo").page.locator("#panel")


def test_tells_what_a_thing_is(card: Locator) -> None:
    expect(card.locator(".panel-kind")).to_have_text("Grande impresa · Socio del cluster")
    expect(card.locator(".panel-aliases")).to_have_text("anche Landi Renzo S.p.A.")
    expect(card.locator(".panel-description")).to_have_text("Mobilità a gas e idrogeno")
    expect(card.locator(".panel-about")).to_contain_text("Cavriago")
    site = card.get_by_role("link", name="landirenzo.example")
    expect(site).to_have_attribute("href", "https://www.landirenzo.example/")
    expect(card.locator(".panel-tally")).to_have_text("3 legami · 17 fatti · 3 fonti")
    assert card.locator("h3").all_inner_texts() == [
        "Con chi è in relazione\n2",
        "Numeri\n3",
        "Legami\n2",
        "Attività\n12",
    ]


def test_each_fact_has_its_date_and_its_linked_source(card: Locator) -> None:
    fact = card.locator(".statement", has_text="1.200 addetti")
    expect(fact.locator(".when")).to_have_text("nel 2020")
    link = fact.get_by_role("link", name="Sedici nuovi soci")
    expect(link).to_have_attribute("href", "https://gazette.example/sedici")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(link).to_have_attribute("target", "_blank")
    expect(fact.locator(".source")).to_contain_text("Gazzetta della meccatronica, 8 luglio 2020")
    month = card.locator(".statement", has_text="1.350 addetti").locator(".source")
    expect(month).to_contain_text("Herald, febbraio 2023")


def test_sources_that_disagree_stand_side_by_side(card: Locator) -> None:
    doubt = card.locator(".disagreement")
    expect(doubt).to_have_count(1)
    expect(doubt).to_contain_text("Le fonti non concordano")
    facts = doubt.locator(".statement")
    assert facts.locator(".said").all_inner_texts() == ["1.200 addetti", "1.350 addetti"]
    left, right = facts.nth(0).bounding_box(), facts.nth(1).bounding_box()
    assert left is not None
    assert right is not None
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]


def test_what_is_inferred_or_remarked_or_missing_is_told(card: Locator) -> None:
    fact = card.locator(".statement", has_text="300 milioni")
    expect(fact.locator(".inferred")).to_have_text("Dedotto Dal totale dell'annuario.")
    expect(fact.locator(".note")).to_have_text("Dato del gruppo.")
    expect(fact.locator(".when")).to_have_text("data non indicata")
    expect(fact.get_by_role("link", name="yearbook.example")).to_be_visible()


def test_ties_that_no_fact_tells_are_told_from_the_network(opened: Opened) -> None:
    opened.page.evaluate("filiera.select('acme')")
    ties = opened.page.locator("[data-group='other-ties']")
    said = [line.strip() for line in ties.locator(".said").all_inner_texts()]
    assert said == ["si rifornisce da Landi Renzo", "ha acquisito Landi Renzo"]
    bought = ties.locator(".statement", has_text="ha acquisito")
    expect(bought.locator(".when")).to_have_text("il 3 maggio 2021")
    expect(bought.locator(".source")).to_have_count(2)
    ties.get_by_role("link", name="Landi Renzo").first.click()
    opened.selected("landi-renzo")


def test_what_is_unknown_is_said(opened: Opened) -> None:
    opened.page.evaluate("filiera.select('thing-1')")
    card = opened.page.locator("#panel")
    about = card.locator(".panel-about").inner_text().splitlines()
    assert about == ["Dove", "non noto in questo grafo", "Sito", "non noto in questo grafo"]
    expect(card.locator(".panel-empty")).to_contain_text("il grafo non dice altro")


def test_a_long_list_opens_on_demand(card: Locator) -> None:
    group = card.locator("[data-group='activity']")
    expect(group.get_by_text("attività 5", exact=True)).to_be_visible()
    expect(group.get_by_text("attività 11", exact=True)).to_be_hidden()
    group.get_by_text("altri 6").click()
    expect(group.get_by_text("attività 11", exact=True)).to_be_visible()


def test_closes_by_button_and_by_escape(opened: Opened) -> None:
    page = opened.page
    page.evaluate("filiera.select('acme')")
    page.get_by_role("button", name="Chiudi la scheda").click()
    opened.selected(None)
    expect(page.locator("#panel")).to_be_hidden()
    page.evaluate("filiera.select('acme')")
    page.keyboard.press("Escape")
    opened.selected(None)


def test_a_screen_reader_hears_the_selection(opened: Opened) -> None:
    opened.page.evaluate("filiera.select('landi-renzo')")
    heard = opened.page.locator("#announce")
    expect(heard).to_have_attribute("aria-live", "polite")
    expect(heard).to_have_text("Landi Renzo, Grande impresa. 3 legami.")
    card = opened.page.get_by_role("complementary", name="Landi Renzo")
    expect(card).to_be_visible()
