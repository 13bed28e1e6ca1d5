"""The chain view: which stages of a value chain have nobody, which rest on one, and who says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

import filiera
from filiera.answers.gap_model import Gaps
from filiera.iris import local_id
from filiera.views.page_boards import SHORT
from tests.browser.conftest import Open, Opened, axe_violations, write_page
from tests.browser.hostile import MARKS
from tests.browser.page_data import PageData, invented_page
from tests.server.conftest import RunningServer

BATTERIES = "chain-batteries"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SIZES: dict[str, dict[str, Any]] = {
    "phone": PHONE,
    "laptop": {"viewport": {"width": 1366, "height": 768}},
    "wide": {"viewport": {"width": 1920, "height": 1080}},
}
STAGES_OF_CELLS = {"erm-electrode-manufacturing", "erm-cell-assembly", "erm-formation"}


@pytest.fixture(scope="module")
def real_file(tmp_path_factory: pytest.TempPathFactory, ecosystem: filiera.Ecosystem) -> Path:
    """The page of the real ecosystem, in English."""
    place = tmp_path_factory.mktemp("real") / "page.html"
    place.write_text(ecosystem.network_page("en").generate_html("page.html"), encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def today(ecosystem: filiera.Ecosystem) -> Gaps:
    """What the answer on gaps says of the chain of batteries today."""
    return ecosystem.gaps("batteries")


@pytest.fixture
def chain(open_page: Open, real_file: Path) -> Opened:
    """The chain of batteries, in English."""
    return open_page(real_file, hash="#/chain")


def statuses(page: Page) -> dict[str, str]:
    """The status of each stage on the board, by its id."""
    found: dict[str, str] = page.locator(".stage").evaluate_all(
        "stages => Object.fromEntries(stages.map(one => [one.dataset.stage, one.dataset.status]))"
    )
    return found


def told(gaps: Gaps) -> dict[str, str]:
    """The same as the answer on gaps says it."""
    return {local_id(stage.iri): SHORT[stage.status] for stage in gaps.stages}


def stage(page: Page, name: str) -> Locator:
    return page.locator(f'.stage[data-stage="{name}"]')


def title(page: Page, name: str) -> Locator:
    """The button that opens a stage."""
    return page.locator(f'[data-key="stage:{name}"]')


def firms(place: Locator) -> set[str]:
    return set(place.locator(".chip[data-thing]").evaluate_all(
        "chips => chips.map(chip => chip.dataset.thing)"
    ))  # fmt: skip


# What a person asks of the chain ---------------------------------------------------------------


def test_which_stages_have_nobody(chain: Opened, today: Gaps) -> None:
    page = chain.page
    assert statuses(page) == told(today)
    empty = {name for name, status in told(today).items() if status == "nobody"}
    assert len(empty) == 7
    expect(page.locator(".chain-headline")).to_contain_text("31 stages: nobody known at 7,")
    named = page.locator(".chain-gaps li").all_inner_texts()
    labels = {local_id(one.iri): one.label("en") for one in today.stages}
    assert [re.sub(r" (with its .*)?·?\s*$", "", one).strip() for one in named] == [
        labels[name] for name in told(today) if name in empty - STAGES_OF_CELLS
    ]
    expect(page.locator(".chain-gaps")).to_contain_text("Cell manufacturing with its 3 parts")
    for name in empty:
        expect(stage(page, name).locator(".stage-status").first).to_have_text("nobody known")


def test_which_stages_rest_on_one_member(chain: Opened, today: Gaps) -> None:
    alone = {
        local_id(one.iri): [local_id(firm.iri) for firm in one.members if not firm.risks]
        for one in today.stages
        if one.status == "one-only"
    }
    on_flash = sum(members == ["flash-battery"] for members in alone.values())
    expect(chain.page.locator(".chain-headline")).to_contain_text(
        f"{len(alone)} rest on one member, {on_flash} of them on Flash Battery."
    )
    for name, members in alone.items():
        assert len(members) == 1
        card = stage(chain.page, name)
        expect(card.locator(".stage-status").first).to_have_text("one only")
        assert set(members) <= firms(card)


def test_the_key_counts_the_stages_of_each_state(chain: Opened, today: Gaps) -> None:
    counts = Counter(told(today).values())
    for status in SHORT.values():
        entry = chain.page.locator(f'.chain-key [data-status="{status}"] strong')
        expect(entry).to_have_text(str(counts[status]))


def test_a_card_shows_its_organisations_and_those_of_its_parts(chain: Opened, today: Gaps) -> None:
    page = chain.page
    for one in today.stages:
        name = local_id(one.iri)
        card = stage(page, name)
        parts = [local_id(part.iri) for part in today.stages if local_id(part.parent) == name]
        assert card.locator(".stage-parts .stage").count() == len(parts)
        known = {local_id(firm.iri) for firm in (*one.members, *one.others, *one.gone)}
        assert firms(card) == known, name


def test_services_stand_below_the_flow(chain: Opened, today: Gaps) -> None:
    page = chain.page
    services = page.locator(".chain-services .stage")
    names = set(services.evaluate_all("all => all.map(one => one.dataset.stage)"))
    assert {"erm-financing", "erm-research", "erm-training"} <= names
    assert not names & set(
        page.locator(".chain-flow .stage").evaluate_all("all => all.map(one => one.dataset.stage)")
    )
    flow, below = page.locator(".chain-flow").bounding_box(), services.first.bounding_box()
    assert flow is not None
    assert below is not None
    assert below["y"] > flow["y"] + flow["height"]
    assert names <= set(told(today))


def test_who_is_at_risk_is_marked_and_says_why(chain: Opened) -> None:
    manz = chain.page.locator('.chip[data-thing="manz-italy"]').first
    expect(manz).to_have_attribute("data-state", "liquidation")
    assert "in liquidation" in str(manz.get_attribute("title"))
    expect(manz).to_contain_text("in liquidation")
    sovema = chain.page.locator('.chip[data-thing="sovema-group"]').first
    expect(sovema).to_have_attribute("data-state", "bought")
    expect(sovema).to_contain_text("Germany")
    line = sovema.locator(".chip-name").evaluate("one => getComputedStyle(one).textDecorationStyle")
    assert line == "wavy"


def test_a_stage_opens_with_who_says_so(chain: Opened, today: Gaps) -> None:
    page = chain.page
    name = "erm-winding-stacking-equipment"
    title(page, name).click()
    sheet = page.locator(".stage-sheet")
    expect(sheet.locator("h2")).to_have_text(today[name].label("en"))
    expect(sheet.locator(".firm-state")).to_contain_text("in liquidation")
    addresses = sheet.locator("a[href^=http]").evaluate_all("all => all.map(one => one.href)")
    expected = {
        source.url
        for firm in today[name].members
        for claim in firm.claims
        for source in claim.sources
    }
    assert expected
    assert expected <= set(addresses)
    assert f"open={name}" in page.url
    sheet.get_by_role("button", name="Close the stage").click()
    expect(sheet).to_have_count(0)
    page.go_back()
    expect(sheet).to_be_visible()


def test_a_stage_without_anybody_says_that_this_is_no_absence(chain: Opened) -> None:
    page = chain.page
    page.locator(".chain-gaps").get_by_role("button", name="Raw materials").click()
    sheet = page.locator(".stage-sheet")
    expect(sheet).to_contain_text("That does not mean there is none.")
    expect(sheet).to_contain_text("The gap is felt at: Advanced and active materials")
    expect(page.locator(".chain-knowledge")).to_contain_text("may well have somebody")


def test_a_firm_opens_its_card_and_back_returns(chain: Opened) -> None:
    page = chain.page
    stage(page, "erm-module-pack").get_by_role("link", name="FIVE").click()
    chain.selected("five")
    expect(page.locator("#panel h2")).to_have_text("FIVE")
    expect(page.locator("#view-chain")).to_be_visible()
    chip = stage(page, "erm-module-pack").locator('[data-thing="five"]')
    expect(chip).to_have_attribute("aria-current", "true")
    page.go_back()
    chain.selected(None)
    expect(page.locator("#view-chain")).to_be_visible()


def test_another_chain(chain: Opened, ecosystem: filiera.Ecosystem) -> None:
    page = chain.page
    chains = page.locator('[data-key="chain"] option').evaluate_all(
        "options => options.map(option => option.value)"
    )
    assert len(chains) > 1
    for name in chains:
        page.locator('[data-key="chain"]').select_option(name)
        assert statuses(page) == told(ecosystem.gaps(name)), name
    page.go_back()
    assert chain.state()["chain"] == (chains[-2] if len(chains) > 2 else None)


def test_two_dates_side_by_side(chain: Opened, ecosystem: filiera.Ecosystem, today: Gaps) -> None:
    page = chain.page
    page.locator('[data-key="compared"]').select_option(label="at the end of 2020")
    then, now = told(ecosystem.gaps("batteries", at=date(2020, 12, 31))), told(today)
    changed = {name for name in now if now[name] != then[name]}
    assert len(changed) > 1
    marked = page.locator(".stage[data-changed]")
    assert set(marked.evaluate_all("all => all.map(one => one.dataset.stage)")) == changed
    expect(page.locator(".chain-changes p")).to_have_text(
        f"Against the state at the end of 2020: {len(changed)} stages changed"
    )
    assert page.locator(".chain-changes li").count() == len(changed)
    name = "erm-production-equipment"
    expect(stage(page, name).locator(".stage-was").first).to_have_text("before: one only")
    expect(page.locator(".chain-changes")).to_contain_text(
        "Battery production equipment: one only → at risk"
    )
    page.locator(".chain-changes").get_by_role(
        "button", name="Battery production equipment", exact=True
    ).click()
    expect(page.locator(".stage-sheet h2")).to_have_text("Battery production equipment")
    assert "compare=2020-12-31" in page.url


def test_the_slider_changes_the_board(chain: Opened, ecosystem: filiera.Ecosystem) -> None:
    page = chain.page
    before = statuses(page)
    page.locator("#time").focus()
    years = set()
    for _ in range(7):
        page.keyboard.press("ArrowLeft")
        day = page.evaluate("new URLSearchParams(location.hash.split('?')[1]).get('at')")
        years.add(day)
        assert statuses(page) == told(ecosystem.gaps("batteries", at=date.fromisoformat(day)))
    assert len(years) == 7
    assert statuses(page) != before


def test_the_filters_hold_and_say_what_they_hide(open_page: Open, real_file: Path) -> None:
    opened = open_page(real_file, hash=f"#/chain?hide=member:no&chain={BATTERIES}")
    page = opened.page
    card = stage(page, "erm-recycling")
    assert firms(card) == set()
    expect(card).to_contain_text("2 hidden by the filters")
    expect(card.locator(".stage-status")).to_have_text("only outside the cluster")
    title(page, "erm-recycling").click()
    expect(page.locator(".stage-sheet")).to_contain_text("2 hidden by the filters")
    expect(page.locator(".stage-sheet")).not_to_contain_text("does not mean")
    assert firms(stage(page, "erm-module-pack")) == {"five", "flash-battery"}


# Arrows, keyboard, address ---------------------------------------------------------------------


def test_arrows_light_up_with_the_stage_that_has_the_focus(chain: Opened) -> None:
    page = chain.page
    assert page.locator(".arrow").count() > 8
    assert page.locator(".arrow.lit").count() == 0
    title(page, "erm-module-pack").focus()
    ends = page.locator(".arrow.lit").evaluate_all(
        "all => all.map(one => [one.dataset.from, one.dataset.to])"
    )
    assert ["erm-cell-manufacturing", "erm-module-pack"] in ends
    assert all("erm-module-pack" in pair for pair in ends)
    linked = page.locator(".stage[data-linked]")
    assert set(linked.evaluate_all("all => all.map(one => one.dataset.stage)")) == {
        end for pair in ends for end in pair
    }
    opacity = page.locator(".arrow.lit.far").first.evaluate("one => getComputedStyle(one).opacity")
    assert opacity == "1"
    page.locator(".chain-services button").first.focus()
    assert page.locator(".arrow.lit").count() == 0
    broken = page.locator('.arrow.broken[data-from="erm-raw-materials"]')
    assert broken.count() == 1


def test_all_by_keyboard(chain: Opened) -> None:
    page = chain.page
    title(page, "erm-module-pack").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".stage-sheet")).to_be_visible()
    assert page.evaluate("document.activeElement.dataset.key") == "stage:erm-module-pack"
    page.keyboard.press("Escape")
    expect(page.locator(".stage-sheet")).to_have_count(0)
    assert page.evaluate("document.activeElement.dataset.key") == "stage:erm-module-pack"
    page.keyboard.press("Tab")
    chosen = page.evaluate("document.activeElement.dataset.thing")
    page.keyboard.press("Enter")
    chain.selected(chosen)


def test_a_long_list_is_cut_and_opens(open_page: Open, tmp_path: Path) -> None:
    data = chained_page(["Celle", "Moduli"])
    data["boards"][0][0]["stages"]["0"]["firms"] = [
        {"id": f"thing-{n}", "sources": [0]} for n in range(9)
    ]
    opened = open_page(write_page(tmp_path / "page.html", data), hash="#/chain", query="?lang=en")
    card = stage(opened.page, "stage-0")
    assert len(firms(card)) == 6
    card.get_by_role("button", name="3 more").click()
    assert opened.state()["opened"] == "stage-0"
    assert len(firms(card)) == 9


def test_the_address_restores_everything(open_page: Open, real_file: Path) -> None:
    first = open_page(real_file, hash="#/chain")
    page = first.page
    page.locator('[data-key="compared"]').select_option(label="at the end of 2018")
    page.locator("#time").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    title(page, "erm-production-equipment").click()
    page.locator('.stage-sheet a[data-thing="manz-italy"]').click()
    first.selected("manz-italy")
    assert "at=" in page.url
    again = open_page(real_file, hash="#" + page.url.partition("#")[2])
    for name in ("view", "selected", "chain", "opened", "at", "compared"):
        assert again.state()[name] == first.state()[name], name
    assert statuses(again.page) == statuses(page)
    expect(again.page.locator(".stage-sheet h2")).to_have_text("Battery production equipment")
    assert again.page.locator(".stage[data-changed]").count() == (
        page.locator(".stage[data-changed]").count()
    )


# Looks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["it", "en"])
def test_it_reads_well_everywhere(
    open_page: Open, real_file: Path, lang: str, size: str, theme: str
) -> None:
    opened = open_page(
        real_file,
        hash="#/chain?compare=2020-12-31&open=erm-production-equipment",
        query=f"?lang={lang}",
        color_scheme=theme,
        **SIZES[size],
    )
    page = opened.page
    assert axe_violations(page) == []
    width = SIZES[size]["viewport"]["width"]
    assert page.evaluate("document.documentElement.scrollWidth") == width
    small = page.locator("#view-chain *").evaluate_all(
        """all => all.filter((one) => one.checkVisibility() && !one.closest(".unseen, svg")
          && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
          && parseFloat(getComputedStyle(one).fontSize) < 12).map((one) => one.outerHTML)"""
    )
    assert small == []
    least = 44 if size == "phone" else 24
    low = page.locator(".stage h3 button, .chip[data-thing], #view-chain select").evaluate_all(
        """(all, least) => all.filter((one) => one.checkVisibility()
          && Math.max(one.getBoundingClientRect().height, one.closest("h3, li, label")
            .getBoundingClientRect().height) < least - 0.5).map((one) => one.outerHTML)""",
        least,
    )
    assert low == []
    cut = page.locator(".stage h3").evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.innerText)"
    )
    assert cut == []


def test_the_whole_chain_fits_a_laptop(chain: Opened) -> None:
    columns = chain.page.locator(".chain-column")
    assert columns.count() == 7
    last = columns.last.bounding_box()
    assert last is not None
    assert last["x"] + last["width"] <= 1366
    scroll = chain.page.locator(".chain-scroll")
    assert scroll.evaluate("one => one.scrollWidth - one.clientWidth") == 0


def test_on_a_phone_the_stages_follow_each_other(open_page: Open, real_file: Path) -> None:
    opened = open_page(real_file, hash="#/chain", **PHONE)
    page = opened.page
    boxes = [one.bounding_box() for one in page.locator(".chain-column").all()]
    tops = [box["y"] for box in boxes if box]
    assert tops == sorted(tops)
    assert {round(box["width"]) for box in boxes if box} == {358}
    assert page.locator(".arrow").count() == 0
    title(page, "erm-module-pack").click()
    sheet = page.locator(".stage-sheet")
    expect(sheet).to_be_visible()
    box, heading = sheet.bounding_box(), title(page, "erm-module-pack").bounding_box()
    assert box is not None
    assert heading is not None
    assert heading["y"] + heading["height"] <= box["y"]


# Served, and other data ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """A server of the real data."""
    running = RunningServer(None, False, {})
    yield running
    running.client.close()
    assert running.stop() == (0, "ended well\n", "")


def test_served_it_is_the_same(open_page: Open, server: RunningServer, today: Gaps) -> None:
    opened = open_page(server.address, hash="#/chain", query="?lang=it")
    assert statuses(opened.page) == told(today)
    expect(opened.page.locator(".chain-headline")).to_have_text(
        "31 stadi: in 7 non si conosce nessuno, 5 poggiano su un solo socio, "
        "4 di questi su Flash Battery."
    )


def chained_page(labels: list[str]) -> PageData:
    """An invented page with a chain of stages of these names; one firm is no node of the page."""
    data = invented_page(60, ties=90)
    text = len(data["texts"])
    data["texts"] += [f"detto {label}" for label in labels]
    data["moments"] = ["2020-12-31", "2021-12-31"]
    data["chains"] = [{"id": "chain-x", "label": labels[0], "stages": list(range(len(labels)))}]
    data["stages"] = [
        {"id": f"stage-{n}", "label": label, "chain": 0, "row": 0, "column": n,
         "feeds": [n + 1] if n + 1 < len(labels) else []}
        for n, label in enumerate(labels)
    ]  # fmt: skip
    data["boards"] = [[{
        "moment": 0,
        "knowledge": text,
        "stages": {
            str(n): {"status": "one", "said": text + n, "firms": [
                {"id": f"thing-{n}", "member": True, "what": text + n, "sources": [0]},
                {"id": "elsewhere", "label": label, "state": "closed", "why": text + n,
                 "whySources": [1], "sources": [1]},
            ]}
            for n, label in enumerate(labels)
        },
    }]]  # fmt: skip
    return data


def test_a_firm_that_is_no_node_is_shown_all_the_same(open_page: Open, tmp_path: Path) -> None:
    file = write_page(tmp_path / "page.html", chained_page(["Celle", "Moduli"]))
    opened = open_page(file, hash="#/chain?open=stage-1", query="?lang=en")
    page = opened.page
    chip = stage(page, "stage-1").locator('.chip[data-key$=":elsewhere"]')
    expect(chip.locator(".chip-name")).to_have_text("Moduli")
    expect(chip).to_have_attribute("data-state", "closed")
    assert chip.evaluate("one => one.tagName") == "SPAN"
    sheet = page.locator(".stage-sheet")
    expect(sheet.locator(".statement")).to_have_count(2)
    expect(sheet.locator(".statement").nth(1)).to_contain_text("detto Moduli")
    chip.click()
    assert opened.state()["selected"] is None
    page.evaluate("location.hash = '#/chain?hide=member:no'")
    expect(chip).to_have_count(0)
    assert axe_violations(page) == []


def test_hostile_names_stay_names(open_page: Open, tmp_path: Path) -> None:
    data = chained_page(list(MARKS))
    for node in data["nodes"]:
        node["label"] = f"{node['label']} {MARKS[0]}"
    file = write_page(tmp_path / "page.html", data)
    opened = open_page(file, hash="#/chain?open=stage-1&compare=2020", query="?lang=en")
    page = opened.page
    assert page.locator(".stage").count() == len(MARKS)
    expect(title(page, "stage-0")).to_have_text(MARKS[0])
    expect(page.locator(".stage-sheet h2")).to_have_text(MARKS[1])
    assert page.locator("#view-chain img, #view-chain script").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 1366
    assert axe_violations(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_without_chains_the_view_says_so(open_page: Open, page_file: Path, theme: str) -> None:
    opened = open_page(page_file, hash="#/chain", query="?lang=en", color_scheme=theme)
    expect(opened.page.locator("#view-chain")).to_contain_text("No value chain in these data")
    assert axe_violations(opened.page) == []


def test_before_anything_is_known_the_board_says_so(open_page: Open, tmp_path: Path) -> None:
    data = chained_page(["Celle", "Moduli"])
    data["boards"][0][0]["moment"] = 1
    file = write_page(tmp_path / "page.html", data)
    opened = open_page(file, hash="#/chain?at=2020", query="?lang=en")
    expect(opened.page.locator("#view-chain")).to_contain_text("knows nothing of this chain yet")
    opened.page.locator("#time").focus()
    opened.page.keyboard.press("ArrowRight")
    opened.page.locator('[data-key="compared"]').select_option(label="at the end of 2020")
    expect(opened.page.locator(".stage[data-changed]")).to_have_count(2)
