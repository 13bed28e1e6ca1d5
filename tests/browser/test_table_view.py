"""The table: rows to sort, to choose columns of and to follow."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import filiera
from tests.browser.conftest import Open, axe_violations, table_ids, table_rows
from tests.browser.page_data import PageData
from tests.browser.table_files import csv_rows, italian_data, italian_page
from tests.server.conftest import RunningServer

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
COLUMNS = (
    *("name", "kind", "member", "town", "province", "chains", "stages", "fields", "standing"),
    *("ties", "neighbours", "facts", "sources", "website"),
)
NUMERIC = {"ties", "facts", "sources"}


real_data = pytest.fixture(scope="module")(italian_data)
real_file = pytest.fixture(scope="module")(italian_page)


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """A server of the real data."""
    running = RunningServer(None, False, {})
    yield running
    running.client.close()
    assert running.stop() == (0, "ended well\n", "")


def cells(page: Page, column: int) -> list[str | None]:
    """What stands in a column, top to bottom; None where nothing is known."""
    table_rows(page)
    found: list[str | None] = page.evaluate(
        "column => [...document.querySelectorAll('.table-view tbody tr')].map(({ cells }) =>"
        " cells[column].matches('.unknown') ? null : cells[column].innerText.trim())",
        column,
    )
    return found


def folded(text: str) -> str:
    """Without case and accents, as an index is sorted."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if c.isalnum())


def member_ids(ecosystem: filiera.Ecosystem, at: str) -> set[str]:
    found = ecosystem.ask("members-at", at=at).to_dicts()
    return {str(row["member"]).rsplit("/", 1)[-1] for row in found}


def test_every_entry_has_its_row_two_hundred_at_a_time(
    open_page: Open, real_file: Path, real_data: PageData
) -> None:
    opened = open_page(real_file, hash="#/table")
    page, n = opened.page, len(real_data["nodes"])
    expect(page.locator(".table-bar [role=status]")).to_have_text(f"{n} voci in vista")
    expect(table_rows(page)).to_have_count(200)
    more = page.get_by_role("button", name=f"mostra altre {n - 200}")
    more.focus()
    page.keyboard.press("Enter")
    expect(table_rows(page)).to_have_count(n)
    assert set(table_ids(page)) == {node["id"] for node in real_data["nodes"]}
    expect(more).to_have_count(0)


@pytest.mark.parametrize("lang", ["it", "en"])
def test_each_column_sorts_each_way_and_ends_with_what_is_not_known(
    open_page: Open, real_file: Path, lang: str
) -> None:
    opened = open_page(
        real_file,
        hash=f"#/table?hide=member:no&columns={','.join(COLUMNS)}",
        query=f"?lang={lang}",
        viewport={"width": 1920, "height": 1080},
    )
    page = opened.page
    for number, column in enumerate(COLUMNS):
        head = page.locator(".table-view thead th").nth(number)
        for turn in ("first", "second"):
            head.get_by_role("button").focus()
            page.keyboard.press("Enter")
            order = head.get_attribute("aria-sort")
            if column == "name" or column in NUMERIC:
                assert order == ("descending" if turn == "first" else "ascending")
            else:
                assert order == ("ascending" if turn == "first" else "descending")
            assert page.locator("[aria-sort=ascending], [aria-sort=descending]").count() == 1
            expect(head.get_by_role("button")).to_be_focused()
            shown = cells(page, number)
            known = [text for text in shown if text is not None]
            assert shown[len(known) :] == [None] * (len(shown) - len(known))
            if column in NUMERIC:
                numbers = [int(re.sub(r"\D", "", text)) for text in known]
                assert numbers == sorted(numbers, reverse=order == "descending")
                assert len(set(numbers)) > 1
            else:
                initials = [folded(text)[:1] for text in known]
                assert initials == sorted(initials, reverse=order == "descending"), column


def test_the_order_stands_in_the_address(open_page: Open, real_file: Path) -> None:
    opened = open_page(real_file, hash="#/table")
    page = opened.page
    page.get_by_role("button", name="Legami in vista", exact=True).click()
    assert page.url.endswith("#/table?sort=-ties")
    first = table_ids(page)
    again = open_page(real_file, hash="#/table?sort=-ties")
    expect(table_rows(again.page)).to_have_count(200)
    assert table_ids(again.page)[:40] == first[:40]
    page.get_by_role("button", name="Nome", exact=True).click()
    assert page.url.endswith("#/table")
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Nome")


def test_columns_are_chosen_and_stand_in_the_address(open_page: Open, real_file: Path) -> None:
    opened = open_page(real_file, hash="#/table?hide=member:no")
    page = opened.page
    choose = page.get_by_role("button", name="Colonne")
    expect(choose).to_have_attribute("aria-expanded", "false")
    choose.click()
    expect(choose).to_have_attribute("aria-expanded", "true")
    expect(choose).to_be_focused()
    page.get_by_label("Sito").check()
    page.get_by_label("Legato a").uncheck()
    expect(page.get_by_label("Legato a")).to_be_focused()
    heads = page.locator(".table-view thead th")
    expect(heads).to_have_text(
        ["Nome", "Tipo", "Socio", "Luogo", "Provincia", "Stadi", "Legami in vista", "Sito"]
    )
    assert "columns=name,kind,member,town,province,stages,ties,website" in page.url
    before = opened.state()
    page.reload()
    opened.wait_ready()
    assert opened.state() == before
    site = page.locator(".table-view td a[target=_blank]").first
    expect(site).to_have_attribute("rel", "noopener noreferrer")
    choose.click()
    for label in ("Tipo", "Socio", "Luogo", "Provincia", "Stadi", "Legami in vista", "Sito"):
        page.get_by_label(label, exact=True).uncheck()
    expect(heads).to_have_count(1)
    for label in ("Tipo", "Socio", "Luogo", "Provincia", "Stadi", "Legami in vista", "Legato a"):
        page.get_by_label(label, exact=True).check()
    assert "columns" not in page.url


def test_neighbours_are_links_that_keep_the_filters(open_page: Open, real_file: Path) -> None:
    opened = open_page(real_file, hash="#/table?hide=member:no")
    page = opened.page
    row = table_rows(page).filter(has=page.locator("td a[data-thing]")).first
    link = row.locator("td a[data-thing]").first
    name, thing = link.inner_text(), link.get_attribute("data-thing")
    link.click()
    opened.selected(thing)
    expect(page.locator("#panel h2")).to_have_text(name)
    assert opened.state()["hidden"] == ["member:no"]
    assert page.url.endswith(f"#/table/{thing}?hide=member:no")
    expect(page.locator(f'[data-row="{thing}"][data-selected]')).to_be_visible()
    page.go_back()
    opened.selected(None)
    expect(page.locator("[data-selected]")).to_have_count(0)


def test_what_is_selected_is_there_whatever_the_filters_hide(
    open_page: Open, real_file: Path
) -> None:
    opened = open_page(real_file, hash="#/table?hide=member:no")
    page = opened.page
    members = table_rows(page).count()
    page.evaluate("filiera.select('clust-er-mech')")
    opened.selected("clust-er-mech")
    expect(table_rows(page)).to_have_count(members + 1)
    expect(page.locator(".table-bar [role=status]")).to_contain_text(str(members + 1))
    page.keyboard.press("Escape")
    expect(table_rows(page)).to_have_count(members)


def test_filters_and_moment_leave_their_rows(
    open_page: Open, real_file: Path, ecosystem: filiera.Ecosystem
) -> None:
    opened = open_page(real_file, hash="#/table?hide=member:no")
    now = set(table_ids(opened.page))
    assert len(now) == opened.state()["nodes"] > 5
    then = open_page(real_file, hash="#/table?hide=member:no&at=2020-12-31")
    assert set(table_ids(then.page)) == member_ids(ecosystem, "2020-12-31")
    expect(then.page.locator(".table-bar [role=status]")).to_contain_text("2020")
    near = open_page(real_file, hash="#/table/landi-renzo?steps=1")
    one = set(table_ids(near.page))
    assert len(one) == near.state()["nodes"] > 5
    near.page.locator('.table-view td a[data-thing="clust-er-mech"]').first.click()
    near.selected("clust-er-mech")
    expect(near.page.locator(".table-bar [role=status]")).to_contain_text(
        str(near.state()["nodes"])
    )
    assert near.state()["nodes"] != len(one)


def test_the_search_narrows_the_rows(open_page: Open, real_file: Path) -> None:
    opened = open_page(real_file, hash="#/table")
    opened.page.locator("#search").fill("modena")
    expect(opened.page.locator(".table-bar [role=status]")).to_contain_text(
        str(opened.state()["found"])
    )
    assert 1 < table_rows(opened.page).count() == opened.state()["found"]


def test_a_row_far_down_is_brought_into_view(open_page: Open, real_file: Path) -> None:
    opened = open_page(real_file, hash="#/table")
    page = opened.page
    expect(table_rows(page)).to_have_count(200)
    page.get_by_role("button", name=re.compile("^mostra altre")).click()
    last = table_ids(page)[-1]
    page.reload()
    opened.wait_ready()
    expect(table_rows(page)).to_have_count(200)
    page.evaluate("id => filiera.select(id)", last)
    row = page.locator(f'[data-row="{last}"]')
    expect(row).to_be_in_viewport()
    assert page.locator("#view-table").evaluate("view => view.scrollTop") == 0
    heads = page.locator(".table-view thead").bounding_box()
    place = row.bounding_box()
    assert heads is not None
    assert place is not None
    assert place["y"] >= heads["y"] + heads["height"]


@pytest.mark.parametrize("switch", ["English", "column"])
def test_who_has_scrolled_keeps_the_rows_and_the_place(
    open_page: Open, real_file: Path, switch: str
) -> None:
    opened = open_page(real_file, hash="#/table")
    page = opened.page
    expect(table_rows(page)).to_have_count(200)
    if switch == "column":
        page.get_by_role("button", name="Colonne").click()
    scroll = page.locator(".table-scroll")
    scroll.evaluate("scroll => (scroll.scrollTop = 3000)")
    if switch == "English":
        page.get_by_role("button", name="English").click()
        expect(page.locator(".table-view caption")).to_contain_text("entries")
    else:
        page.locator(".table-chooser input").first.click()
    expect(table_rows(page)).to_have_count(200)
    assert scroll.evaluate("scroll => scroll.scrollTop") > 2500


def test_columns_keep_their_places_when_rows_come_and_go(open_page: Open, real_file: Path) -> None:
    opened = open_page(real_file, hash="#/table")
    page = opened.page
    lefts = "heads => heads.map(head => Math.round(head.getBoundingClientRect().left))"
    before = page.locator(".table-view thead th").evaluate_all(lefts)
    page.locator("#legend .entry[data-key='member:no']").click()
    expect(table_rows(page)).not_to_have_count(200)
    assert page.locator(".table-view thead th").evaluate_all(lefts) == before


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("context", [{}, PHONE], ids=["desk", "phone"])
def test_nothing_stands_in_the_way_of_anybody(
    open_page: Open, real_file: Path, theme: str, context: dict[str, Any]
) -> None:
    opened = open_page(
        real_file, hash="#/table?hide=member:no&sort=-ties", color_scheme=theme, **context
    )
    page = opened.page
    page.get_by_role("button", name="Colonne").click()
    assert axe_violations(page) == []
    small = page.locator(".table-bar button, .table-chooser label, thead button").evaluate_all(
        "all => Math.min(...all.map(one => one.getBoundingClientRect().height))"
    )
    assert small >= (44 if context else 24)
    page.evaluate("filiera.select('landi-renzo')")
    opened.selected("landi-renzo")
    expect(page.locator('[data-row="landi-renzo"] a').first).to_be_in_viewport()
    if not context:  # on a phone the panel cuts the row on which it lies
        assert axe_violations(page) == []
    width = page.viewport_size
    assert width is not None
    assert page.evaluate("document.documentElement.scrollWidth") == width["width"]


def test_the_switch_says_the_table_in_the_other_language(open_page: Open, real_file: Path) -> None:
    opened = open_page(real_file, hash="#/table")
    page = opened.page
    expect(page.get_by_role("columnheader", name="Legato a")).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("columnheader", name="Tied to")).to_be_visible()
    expect(page.locator(".table-bar [role=status]")).to_contain_text("entries in view")
    assert "yes" in cells(page, 2)


def test_the_served_page_has_the_same_table(
    open_page: Open, server: RunningServer, real_file: Path
) -> None:
    served = open_page(server.address, hash="#/table?hide=member:no&sort=-ties", query="?lang=it")
    alone = open_page(real_file, hash="#/table?hide=member:no&sort=-ties")
    assert table_ids(served.page) == table_ids(alone.page)
    assert csv_rows(served.page) == csv_rows(alone.page)
