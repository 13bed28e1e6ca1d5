"""The chain view: which stages of a value chain have nobody, which rest on one, and who says so."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

import filiera
from filiera.answers.gap_model import Gaps
from filiera.iris import local_id
from filiera.views.page_boards import SHORT
from tests.browser.chain_board import (
    battery_board,
    battery_gaps,
    chained_page,
    english_page,
    firms,
    stage,
    statuses,
    title,
    told,
)
from tests.browser.conftest import Open, Opened, write_page

BATTERIES = "chain-batteries"
STAGES_OF_CELLS = {"erm-electrode-manufacturing", "erm-cell-assembly", "erm-formation"}

real_file = pytest.fixture(scope="module")(english_page)
today = pytest.fixture(scope="module")(battery_gaps)
chain = pytest.fixture(battery_board)


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
