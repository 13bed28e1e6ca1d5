"""The card in the panel: neighbours, timeline, stages, standing, what is unknown, how to cite."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Open, Opened, axe_violations, write_page
from tests.browser.page_data import PageData
from tests.server.conftest import RunningServer

DAYS = {"2018-01-01": 17532, "2019-01-01": 17897, "2020-01-01": 18262}
CITED = (
    "Filiera, «Landi Renzo», La meccatronica inventata (dati raccolti al 22 novembre 2026)."
    " https://w3id.org/filiera/id/landi-renzo (consultato il "
)


@pytest.fixture(scope="module")
def told_file(tmp_path_factory: pytest.TempPathFactory, data: PageData) -> Path:
    """The invented page with dates, a chain, a standing and what a citation names."""
    page = deepcopy(data)
    landi = next(node for node in page["nodes"] if node["id"] == "landi-renzo")
    page["texts"].append({"it": "in liquidazione (dal 2024)", "en": "in liquidation (since 2024)"})
    landi |= {
        "stages": [0],
        "standing": "liquidation",
        "standingText": len(page["texts"]) - 1,
        "span": [[DAYS["2018-01-01"], None], [DAYS["2018-01-01"], None]],
    }
    supplies, _, bought, _ = page["edges"][:4]
    supplies["days"] = [
        [DAYS["2019-01-01"], None],
        [DAYS["2018-01-01"], None],
    ]
    bought["days"] = [[DAYS["2020-01-01"], None], [DAYS["2019-01-01"], None]]
    page["relations"][bought["relation"]]["momentary"] = True
    page |= {
        "moments": ["2018-12-31", "2020-12-31", "2026-11-22"],
        "chains": [{"id": "chain-gas", "label": {"it": "Gas", "en": "Gas"}, "stages": [0, 1]}],
        "stages": [
            {"id": "tanks", "label": {"it": "Serbatoi", "en": "Tanks"}, "chain": 0, "row": 0},
            {"id": "pumps", "label": {"it": "Pompe", "en": "Pumps"}, "chain": 0, "row": 1},
        ],
        "boards": [[{"moment": 0, "stages": {"0": {"status": "one"}, "1": {"status": "nobody"}}}]],
        "cite": {
            "base": "https://w3id.org/filiera/id/",
            "publisher": "Filiera",
            "collected": "2026-11-22",
            "licence": "CC BY 4.0",
        },
    }
    return write_page(tmp_path_factory.mktemp("told") / "page.html", page)


@pytest.fixture
def told(open_page: Open, told_file: Path) -> Opened:
    return open_page(told_file, hash="#/landi-renzo")


def part(opened: Opened, name: str) -> Locator:
    return opened.page.locator(f"#panel [data-group='{name}']")


def test_the_closest_neighbours_come_first_and_are_selected_by_their_names(told: Opened) -> None:
    neighbours = part(told, "neighbours").locator("li")
    assert neighbours.all_inner_texts() == [
        "Acme Élan\nfornisce, acquisita da",
        "Università di Modena\nfa ricerca con",
    ]
    expect(part(told, "neighbours").locator(".ego-spokes path")).to_have_count(2)
    neighbours.get_by_role("link", name="Università di Modena").click()
    told.selected("universita-di-modena")
    expect(told.page.locator("#panel-name")).to_be_focused()


def test_neighbours_and_dates_obey_the_filters(told: Opened) -> None:
    told.page.evaluate("location.hash = '#/landi-renzo?hide=group:research'")
    expect(part(told, "neighbours").locator("li")).to_have_count(1)


def test_of_many_neighbours_fourteen_are_shown_and_the_rest_counted(told: Opened) -> None:
    told.page.evaluate("filiera.select('thing-1')")
    neighbours = part(told, "neighbours")
    expect(neighbours.locator("li")).to_have_count(14)
    count = int(neighbours.locator(".group-count").inner_text())
    expect(neighbours.locator(".ego-rest")).to_have_text(
        f"e altri {count - 14}, nei legami qui sotto"
    )


def test_the_timeline_tells_certain_from_possible_and_marks_the_moment(told: Opened) -> None:
    timeline = part(told, "timeline")
    assert timeline.locator(".dated-said").all_inner_texts() == [
        "attività",
        "fornisce Acme Élan · nel 2019",
        "acquisita da Acme Élan · il 3 maggio 2021",
    ]
    rows = timeline.locator("li")
    assert [rows.nth(row).locator(".certain").count() for row in range(3)] == [1, 1, 0]
    assert [rows.nth(row).locator("rect.possible").count() for row in range(3)] == [1, 1, 1]
    expect(timeline.get_by_text("Un altro legame non ha data.")).to_be_visible()
    expect(timeline.locator(".now")).to_have_count(0)
    told.page.evaluate("location.hash = '#/landi-renzo?at=2020'")
    expect(timeline.locator(".now")).to_have_count(3)


def test_a_stage_opens_in_its_chain(told: Opened) -> None:
    link = part(told, "works-at").get_by_role("link", name="Serbatoi")
    expect(link).to_have_attribute("href", "#/chain?chain=chain-gas&open=tanks")
    link.click()
    told.page.wait_for_function("() => filiera.state().view === 'chain'")
    assert told.state()["chain"] == "chain-gas"
    assert "open=tanks" in told.page.url
    told.page.go_back()
    told.page.wait_for_function("() => filiera.state().view === 'network'")


def test_standing_is_marked_and_the_unknown_is_said(told: Opened) -> None:
    standing = told.page.locator(".panel-standing")
    expect(standing).to_contain_text("Situazione attuale")
    expect(standing).to_contain_text("in liquidazione (dal 2024)")
    expect(told.page.locator(".panel-unknown")).to_have_count(0)
    told.page.evaluate("filiera.select('acme')")
    expect(standing).to_have_count(0)


def test_the_citation_is_copied(told: Opened) -> None:
    told.page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', { value: {"
        " writeText: async (text) => { window.copied = text; } } })"
    )
    cite = part(told, "cite")
    expect(cite.locator(".citation")).to_contain_text(CITED)
    expect(cite.locator(".citation")).to_contain_text("Licenza: CC BY 4.0.")
    cite.get_by_role("button", name="Copia la citazione").click()
    expect(cite.get_by_role("button", name="Citazione copiata")).to_be_visible()
    assert told.page.evaluate("window.copied") == cite.locator(".citation").inner_text()
    expect(told.page.locator("#announce")).to_have_text("Citazione copiata")


def test_where_copying_is_forbidden_the_citation_is_left_selected(told: Opened) -> None:
    told.page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', { value: {"
        " writeText: async () => { throw new Error('no'); } } })"
    )
    cite = part(told, "cite")
    cite.get_by_role("button").click()
    expect(cite.get_by_role("button", name="selezionato")).to_be_visible()
    assert told.page.evaluate("getSelection().toString()") == (
        cite.locator(".citation").inner_text()
    )


def test_a_file_has_no_page_of_its_own_for_a_thing(told: Opened) -> None:
    expect(told.page.locator(".own-page")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page: Open, told_file: Path, scheme: str) -> None:
    opened = open_page(told_file, hash="#/landi-renzo", color_scheme=scheme)
    assert axe_violations(opened.page) == []


def test_the_card_holds_on_a_phone(open_page: Open, told_file: Path) -> None:
    phone = {"width": 390, "height": 844}
    opened = open_page(told_file, hash="#/landi-renzo", viewport=phone, has_touch=True)
    content = opened.page.locator("#panel-content")
    assert content.evaluate("one => one.scrollWidth - one.clientWidth") == 0
    row = part(opened, "neighbours").locator("li").first.bounding_box()
    assert row is not None
    assert row["height"] >= 44


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """A server of the real data."""
    running = RunningServer(None, False, {})
    yield running
    running.client.close()
    assert running.stop() == (0, "ended well\n", "")


def test_a_served_card_leads_to_the_page_of_the_thing_and_back(
    open_page: Open, server: RunningServer
) -> None:
    opened = open_page(server.address, hash="#/manz-italy", query="?lang=it")
    page = opened.page
    page.locator(".panel-tally .own-page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Manz Italy")
    assert page.url.endswith("/id/manz-italy?lang=it")
    page.get_by_role("link", name="Apri nell’esploratore").click()
    opened.wait_ready()
    expect(page.locator("#panel-name")).to_have_text("Manz Italy")
