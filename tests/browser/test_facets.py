"""The facets: who is in a province, works at a stage, is in a sector; and how facets combine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

import filiera
from filiera.views.page_data import page_data
from tests.browser.conftest import Open, axe_violations, table_ids, table_rows, write_page
from tests.browser.page_data import PageData
from tests.server.conftest import RunningServer

REGGIO = "provincia-reggio-emilia"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
FACETS = ["in", "stage", "province", "field", "relation", "source"]


@pytest.fixture(scope="module")
def real_data(ecosystem: filiera.Ecosystem) -> PageData:
    """The data of the real page."""
    return page_data(ecosystem)


@pytest.fixture(scope="module")
def real_file(tmp_path_factory: pytest.TempPathFactory, real_data: PageData) -> Path:
    """The page of the real ecosystem, in Italian."""
    return write_page(tmp_path_factory.mktemp("facets") / "page.html", real_data)


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """A server of the real data."""
    running = RunningServer(None, False, {})
    yield running
    running.client.close()
    assert running.stop() == (0, "ended well\n", "")


def facet(page: Page, name: str) -> Locator:
    """A facet, opened."""
    found = page.locator(f"[data-facet={name}]")
    if not found.evaluate("facet => facet.open"):
        found.locator("summary").click()
        # A browser says that it has opened some moments after the click.
        expect(found.locator(".facet-value, .facet-more").first).to_be_visible()
    return found


def value(page: Page, name: str, which: str) -> Locator:
    return facet(page, name).locator(f'[data-value="{which}"]')


def count(button: Locator) -> int:
    return int(re.sub(r"\D", "", button.locator(".entry-now").inner_text()))


def names(page: Page) -> set[str]:
    """The names in the table."""
    found: list[str] = page.locator(".table-view tbody th").all_inner_texts()
    return {name.strip() for name in found}


def in_province(data: PageData, province: str) -> set[str]:
    """Ids of who has a seat there, by the page data."""
    places = data["places"]

    def inside(place: int) -> bool:
        up = places[place].get("province")
        return places[place]["id"] == province or (up is not None and places[up]["id"] == province)

    return {
        node["id"]
        for node in data["nodes"]
        if any(
            inside(place)
            for place in [*([node["place"]] if "place" in node else []),
                          *node.get("otherPlaces", [])]
        )
    }  # fmt: skip


@pytest.mark.parametrize("lang", ["it", "en"])
def test_which_members_are_in_the_province_of_reggio_emilia(
    open_page: Open, real_file: Path, ecosystem: filiera.Ecosystem, lang: str
) -> None:
    opened = open_page(real_file, hash="#/table", query=f"?lang={lang}")
    page = opened.page
    title = {"it": "Provincia di Reggio nell'Emilia", "en": "Province of Reggio Emilia"}[lang]
    chosen = value(page, "province", REGGIO)
    expect(chosen).to_contain_text(title)
    chosen.click()
    expect(chosen).to_have_attribute("aria-pressed", "true")
    page.locator("#legend [data-key='member:no']").click()
    there = ecosystem.ask("organisations-by-place", place=REGGIO).to_dicts()
    members = ecosystem.ask("members-at", at="2026-11-22").to_dicts()
    by_iri = {row["organisation"] for row in there} & {row["member"] for row in members}
    assert set(table_ids(page)) == {str(iri).rsplit("/", 1)[-1] for iri in by_iri}
    assert len(by_iri) > 1
    label = {row["organisation"]: row["organisation_label"] for row in there}
    if lang == "en":
        assert names(page) == {str(label[iri]) for iri in by_iri}
    assert page.url.endswith(f"#/table?hide=member%3Ano&province={REGGIO}") or page.url.endswith(
        f"#/table?hide=member:no&province={REGGIO}"
    )


def test_every_count_is_what_the_choice_leaves(open_page: Open, real_file: Path) -> None:
    opened = open_page(real_file, hash="#/table?in=chain-hydrogen&hide=kind:companies")
    page = opened.page
    page.evaluate("location.hash = '#/table'")
    expect(page.locator(".table-bar [role=status]")).to_contain_text("478")
    for name in FACETS:
        buttons = facet(page, name).locator(".facet-value")
        expect(buttons.nth(1)).to_be_visible()
        for number in (0, min(3, buttons.count() - 1)):
            button = buttons.nth(number)
            promised = count(button)
            button.click()
            state = opened.state()
            assert promised == (state["edges"] if name == "relation" else state["nodes"]), name
            button.click()
            assert opened.state()["chosen"] == {}
        facet(page, name).locator("summary").click()


def test_values_of_a_facet_add_and_facets_narrow(
    open_page: Open, real_file: Path, real_data: PageData
) -> None:
    opened = open_page(real_file, hash="#/table")
    page = opened.page
    modena, reggio = "provincia-modena", REGGIO
    value(page, "province", modena).click()
    value(page, "province", reggio).click()
    either = in_province(real_data, modena) | in_province(real_data, reggio)
    assert set(table_ids(page)) == either
    expect(page.locator("[data-facet=province] summary")).to_contain_text("2 scelti")
    first = facet(page, "in").locator(".facet-value").first
    promised, chain = count(first), first.get_attribute("data-value")
    first.click()
    stages = real_data["stages"]
    chains = real_data["chains"]
    working = {
        node["id"]
        for node in real_data["nodes"]
        if any(chains[stages[stage]["chain"]]["id"] == chain for stage in node.get("stages", []))
    }
    assert set(table_ids(page)) == either & working
    assert len(either & working) == promised > 0
    assert opened.state()["chosen"] == {"in": [chain], "province": [modena, reggio]}
    both_counts = count(value(page, "province", modena))
    assert both_counts == len(in_province(real_data, modena) & working)


def test_the_relations_chosen_leave_their_ties_only(
    open_page: Open, real_file: Path, real_data: PageData
) -> None:
    opened = open_page(real_file, hash="#/")
    button = facet(opened.page, "relation").locator(".facet-value").first
    relation = button.get_attribute("data-value")
    button.click()
    number = [one["id"] for one in real_data["relations"]].index(relation)
    ties = sum(edge["relation"] == number for edge in real_data["edges"])
    assert opened.state()["edges"] == ties == count(button)
    assert opened.state()["nodes"] == len(real_data["nodes"])


def test_a_source_narrows_to_what_it_says(
    open_page: Open, real_file: Path, real_data: PageData
) -> None:
    opened = open_page(real_file, hash="#/table")
    search = facet(opened.page, "source").get_by_role("searchbox")
    publisher = real_data["sources"][0]["publisher"]
    search.fill(publisher)
    button = facet(opened.page, "source").locator(".facet-value").first
    source = button.get_attribute("data-value")
    button.click()
    number = [one["id"] for one in real_data["sources"]].index(source)
    told = {
        node["id"]
        for node in real_data["nodes"]
        for group in node["groups"]
        for statement in group["statements"]
        if number in statement["sources"]
    }
    assert set(table_ids(opened.page)) == told


def test_searching_inside_a_facet(open_page: Open, real_file: Path) -> None:
    opened = open_page(real_file)
    page = opened.page
    fields = facet(page, "field")
    expect(fields.locator(".facet-more")).to_contain_text("cercare per restringere")
    assert fields.locator(".facet-value").count() == 40
    box = fields.get_by_role("searchbox", name="Cerca tra i valori: Settore")
    box.click()
    page.keyboard.type("idrog")
    expect(box).to_be_focused()
    expect(box).to_have_value("idrog")
    labels = fields.locator(".facet-value .entry-name").all_inner_texts()
    assert labels
    assert all("idrog" in label.casefold() for label in labels)
    page.keyboard.type("zzz")
    expect(fields.locator(".facet-more")).to_have_text("Nessun valore in vista")
    page.keyboard.press("Backspace")
    expect(box).to_be_focused()


def test_a_facet_is_cleared_and_the_keyboard_stays(open_page: Open, real_file: Path) -> None:
    opened = open_page(real_file)
    page = opened.page
    summary = page.locator("[data-facet=province] summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(summary).to_be_focused()
    order = "all => all.map(one => one.dataset.value)"
    values = page.locator("[data-facet=province] .facet-value")
    expect(values.first).to_be_visible()
    before = values.evaluate_all(order)
    values.nth(2).focus()
    page.keyboard.press("Enter")
    expect(values.nth(2)).to_be_focused()
    expect(values.nth(2)).to_have_attribute("aria-pressed", "true")
    assert values.evaluate_all(order) == before
    clear = page.get_by_role("button", name="Togli i filtri: Provincia")
    clear.focus()
    page.keyboard.press("Enter")
    expect(clear).to_have_count(0)
    expect(summary).to_be_focused()
    assert opened.state()["chosen"] == {}


def test_what_was_chosen_stands_first_when_a_facet_is_opened(
    open_page: Open, real_file: Path
) -> None:
    opened = open_page(real_file, hash=f"#/?province={REGGIO}")
    values = facet(opened.page, "province").locator(".facet-value")
    expect(values.first).to_have_attribute("data-value", REGGIO)
    expect(values.first).to_have_attribute("aria-pressed", "true")


def test_facets_are_there_even_when_nothing_is_in_view(open_page: Open, real_file: Path) -> None:
    opened = open_page(real_file, hash="#/?province=nowhere")
    page = opened.page
    assert opened.state()["nodes"] == 0
    expect(page.locator("[data-facet]")).to_have_count(len(FACETS))
    expect(value(page, "province", "nowhere")).to_contain_text("nowhere")
    page.get_by_role("button", name="Togli i filtri: Provincia").click()
    assert opened.state()["nodes"] == 478


def test_a_card_of_its_own_tab_keeps_the_facets(open_page: Open, real_file: Path) -> None:
    opened = open_page(real_file, hash=f"#/landi-renzo?province={REGGIO}")
    link = opened.page.locator("#panel a[data-thing]").first
    thing = link.get_attribute("data-thing")
    link.click()
    opened.selected(thing)
    assert opened.state()["chosen"] == {"province": [REGGIO]}
    assert opened.page.url.endswith(f"#/{thing}?province={REGGIO}")


def test_data_without_facets_has_none(open_page: Open, page_file: Path) -> None:
    opened = open_page(page_file)
    shown = opened.page.locator("[data-facet]").evaluate_all("all => all.map(f => f.dataset.facet)")
    assert shown == ["relation", "source"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("context", [{}, PHONE], ids=["desk", "phone"])
def test_nothing_stands_in_the_way_of_anybody(
    open_page: Open, real_file: Path, theme: str, context: dict[str, Any]
) -> None:
    opened = open_page(real_file, hash=f"#/table?province={REGGIO}", color_scheme=theme, **context)
    page = opened.page
    if context:
        page.locator("#legend-open").click()
    for name in ("province", "field"):
        facet(page, name)
    small = page.locator("#facets button, #facets summary, #facets input").evaluate_all(
        "all => Math.min(...all.map(one => one.getBoundingClientRect().height))"
    )
    assert small >= (44 if context else 24)
    assert axe_violations(page) == []


def test_the_served_page_has_the_same_facets(open_page: Open, server: RunningServer) -> None:
    opened = open_page(server.address, hash="#/table", query="?lang=it")
    chosen = value(opened.page, "province", REGGIO)
    promised = count(chosen)
    chosen.click()
    assert opened.state()["nodes"] == promised == table_rows(opened.page).count()


def test_values_that_other_filters_leave_without_anybody_are_still_there(
    open_page: Open, real_file: Path, real_data: PageData
) -> None:
    opened = open_page(real_file, hash="#/table")
    chains = facet(opened.page, "in").locator(".facet-value")
    whole = {
        chain["id"]: {
            node["id"]
            for node in real_data["nodes"]
            if set(node.get("stages", [])) & set(chain["stages"])
        }
        for chain in real_data["chains"]
    }
    told = {chain for chain, those in whole.items() if those}
    assert chains.count() == len(told)
    value(opened.page, "province", REGGIO).click()
    reggio = in_province(real_data, REGGIO)
    counts = {chain: len(whole[chain] & reggio) for chain in told}
    assert 0 in counts.values()
    assert chains.count() == len(told)
    for chain, now in counts.items():
        row = value(opened.page, "in", chain)
        assert count(row) == now
        assert (row.get_attribute("data-none") is not None) == (now == 0)
        if now < len(whole[chain]):
            expect(row).to_have_accessible_name(re.compile(rf"\b{now} di {len(whole[chain])}$"))
