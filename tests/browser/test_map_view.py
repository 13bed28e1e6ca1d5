"""The map: who is in a town, a province, a country; and who has no known place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import filiera
from tests.browser.conftest import Open, Opened
from tests.browser.map_marks import REGGIO, at_rest, on_map


@pytest.fixture(scope="module")
def real_file(tmp_path_factory: pytest.TempPathFactory, ecosystem: filiera.Ecosystem) -> Path:
    """The page of the real ecosystem, in English."""
    place = tmp_path_factory.mktemp("real") / "page.html"
    place.write_text(ecosystem.network_page("en").generate_html("page.html"), encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def in_reggio(ecosystem: filiera.Ecosystem) -> dict[str, str]:
    """Names by id of who has its seat in the province of Reggio Emilia, as the question says."""
    rows = ecosystem.ask("organisations-by-place", place=REGGIO).to_dicts()
    return {
        str(row["organisation"]).rsplit("/", 1)[-1]: str(row["organisation_label"]) for row in rows
    }


@pytest.fixture(scope="module")
def members(ecosystem: filiera.Ecosystem) -> set[str]:
    """Ids of the members, as the question says."""
    rows = ecosystem.ask("members-at", at="2020-12-31").to_dicts()
    return {str(row["member"]).rsplit("/", 1)[-1] for row in rows}


def drawn_at(opened: Opened, text: str) -> tuple[float, float]:
    """Where a text begins on the drawn map, in the window."""
    opened.page.evaluate("window.dispatchEvent(new Event('resize'))")
    box = opened.page.locator(".map-ground").bounding_box()
    assert box is not None
    (found,) = (one for one in opened.page.evaluate("window.drawnTexts") if one["text"] == text)
    return box["x"] + found["x"] + 12, box["y"] + found["y"]


def listed(page: Page) -> set[str]:
    return set(page.locator(".map-list a[data-thing]").evaluate_all(
        "links => links.map(link => link.dataset.thing)"
    ))  # fmt: skip


def test_who_is_in_the_province_of_reggio_emilia(
    open_page: Open, real_file: Path, in_reggio: dict[str, str], members: set[str]
) -> None:
    opened = on_map(open_page(real_file, hash="#/map"))
    page = opened.page
    x, y = drawn_at(opened, "REGGIO NELL'EMILIA")
    page.mouse.click(x, y)
    expect(page.locator(".map-list h2")).to_have_text("Province of Reggio Emilia")
    assert opened.state()["chosen"] == {"province": [REGGIO]}
    assert listed(page) == set(in_reggio)
    group = page.locator(".map-list-group").first
    expect(group.locator("h3")).to_have_text(
        re.compile(rf"Cluster members {len(members & set(in_reggio))}")
    )
    names = set(group.locator("a").all_text_contents())
    assert names == {in_reggio[member] for member in members & set(in_reggio)}
    assert len(names) > 1
    assert page.url.endswith(f"#/map?province={REGGIO}")
    again = on_map(open_page(real_file, hash=f"#/map?province={REGGIO}"))
    assert listed(again.page) == set(in_reggio)
    again.page.get_by_role("button", name="Clear the filter and close the list").click()
    assert again.state()["chosen"] == {}


def test_only_the_members_of_the_province(
    open_page: Open, real_file: Path, in_reggio: dict[str, str], members: set[str]
) -> None:
    opened = on_map(open_page(real_file, hash=f"#/map?hide=member:no&province={REGGIO}"))
    assert listed(opened.page) == members & set(in_reggio)
    opened.page.get_by_role("button", name="Open in the table").click()
    assert opened.state()["view"] == "table"
    assert opened.page.locator("tbody tr").count() == len(members & set(in_reggio))


def test_the_counts_of_the_provinces_are_those_of_the_question(
    open_page: Open, real_file: Path, ecosystem: filiera.Ecosystem
) -> None:
    opened = on_map(open_page(real_file, hash="#/map"))
    for province, name in (("provincia-modena", "Modena"), ("provincia-bologna", "Bologna")):
        rows = ecosystem.ask("organisations-by-place", place=province).to_dicts()
        n = len({row["organisation"] for row in rows})
        key = opened.page.locator(f'.map-keys [data-key="shape:{province}"]')
        expect(key).to_have_attribute("aria-label", f"{name}: {n} entries")


def test_who_has_seats_in_two_towns_stands_in_both(open_page: Open, real_file: Path) -> None:
    opened = on_map(open_page(real_file, hash="#/map?province=provincia-modena"))
    assert "intermech-more" in listed(opened.page)
    opened.page.evaluate(f"location.hash = '#/map?province={REGGIO}'")
    expect(opened.page.locator(".map-list h2")).to_have_text("Province of Reggio Emilia")
    assert "intermech-more" in listed(opened.page)


def test_a_town_opens_a_list_and_back_closes_it(open_page: Open, real_file: Path) -> None:
    opened = on_map(open_page(real_file, hash="#/map?lang=en"))
    page = opened.page
    zoom = page.locator('.map-zoom [data-zoom="in"]')
    at = opened.position("comune-di-bologna") if opened.page.evaluate(
        "filiera.screenPos('comune-di-bologna') !== null"
    ) else opened.position("bi-rex")  # fmt: skip
    page.mouse.click(*at)
    expect(page.locator(".map-list")).to_be_visible()
    town = page.locator(".map-list").get_attribute("data-list")
    assert town
    assert f"open={town}" in page.url
    first = page.locator(".map-list a").first
    chosen = first.get_attribute("data-thing")
    first.click()
    opened.selected(chosen)
    expect(page.locator("#panel h2")).to_be_visible()
    expect(first).to_have_attribute("aria-current", "true")
    page.go_back()
    opened.selected(None)
    expect(page.locator(".map-list")).to_have_attribute("data-list", town)
    page.go_back()
    expect(page.locator(".map-list")).to_have_count(0)
    page.go_forward()
    expect(page.locator(".map-list")).to_have_attribute("data-list", town)
    page.keyboard.press("Tab")
    zoom.focus()
    page.keyboard.press("Escape")
    expect(page.locator(".map-list")).to_have_count(0)


def test_a_click_on_a_thing_selects_it_and_one_beside_it_does_not(
    open_page: Open, real_file: Path
) -> None:
    opened = on_map(open_page(real_file, hash="#/map"))
    page = opened.page
    x, y = opened.position("e80-group")
    page.mouse.move(x, y)
    expect(page.locator(".map-hint")).to_contain_text("E80 Group · ")
    page.mouse.click(x, y)
    opened.selected("e80-group")
    assert page.url.endswith("#/map/e80-group")
    box = page.locator(".map-ground").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 20, box["y"] + box["height"] * 0.6)
    opened.selected(None)


def test_who_shares_a_town_is_drawn_out_of_it_when_selected(
    open_page: Open, real_file: Path
) -> None:
    opened = on_map(open_page(real_file, hash="#/map"))
    before = opened.position("landi-renzo")
    opened.page.evaluate("filiera.select('landi-renzo')")
    at_rest(opened.page)
    x, y = opened.position("landi-renzo")
    assert (x, y) != before
    assert "Landi Renzo" in {one["text"] for one in opened.drawn_texts()}
    opened.page.evaluate("filiera.select(null)")
    at_rest(opened.page)
    opened.page.evaluate("filiera.select('e80-group')")
    assert opened.page.evaluate("filiera.screenPos('alfa-romeo')") is None


def test_who_has_no_known_town_is_counted_and_listed(open_page: Open, real_file: Path) -> None:
    opened = on_map(open_page(real_file, hash="#/map/alfa-romeo"))
    page = opened.page
    expect(page.locator(".map-note")).to_have_text(
        "Alfa Romeo is not on the map: all that is known is that it is in Italy."
    )
    bar = page.locator(".map-bar").inner_text()
    at_town = int(re.search(r"(\d+) entries in their towns", bar)[1])  # type: ignore[index]
    nowhere = int(re.search(r"(\d+) without a known town", bar)[1])  # type: ignore[index]
    assert at_town + nowhere == opened.state()["nodes"]
    page.get_by_role("button", name="without a known town").click()
    assert len(listed(page)) <= nowhere
    counts = page.locator(".map-list summary .group-count").all_text_contents()
    assert sum(map(int, counts)) == nowhere
    page.get_by_role("button", name="Open in the table").click()
    expect(page.locator(".table-bar p")).to_have_text(f"{nowhere} entries in view")
    page.go_back()
    expect(page.locator(".map-list h2")).to_have_text("Without a known town")


def test_those_abroad_are_shown_on_a_map_of_europe(open_page: Open, real_file: Path) -> None:
    opened = on_map(open_page(real_file, hash="#/map"))
    page = opened.page
    near = opened.state()["scale"]
    abroad = page.get_by_role("button", name=re.compile(r"\d+ abroad"))
    n = int(abroad.inner_text().split()[0])
    abroad.click()
    at_rest(page)
    assert opened.state()["scale"] < near / 4
    assert {"Germany", "France", "Spain"} <= {one["text"] for one in opened.drawn_texts()}
    counts = page.locator(".map-list summary .group-count").all_text_contents()
    assert sum(map(int, counts)) == n
    x, y = drawn_at(opened, "Spain")
    page.mouse.click(x, y)
    expect(page.locator(".map-list h2")).to_have_text("Spain")
    page.keyboard.press("f")
    at_rest(page)
    assert opened.state()["scale"] > near / 2


def test_legend_and_moment_hold_on_the_map(
    open_page: Open, real_file: Path, members: set[str]
) -> None:
    opened = on_map(open_page(real_file, hash="#/map?hide=member:no"))
    shown = opened.page.evaluate(
        "ids => ids.filter(id => filiera.screenPos(id) !== null)", sorted(members)
    )
    bar = opened.page.locator(".map-bar").inner_text()
    assert int(re.search(r"(\d+) entries in their", bar)[1]) == len(shown)  # type: ignore[index]
    assert opened.page.evaluate("filiera.screenPos('comer-industries')") is None
    early = on_map(open_page(real_file, hash="#/map?hide=member:no&at=2012-12-31"))
    assert early.page.locator('.map-keys [data-key^="thing:"]').count() == 0
