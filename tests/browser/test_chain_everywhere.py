"""The chain view on every screen, by keyboard, from a server, with hostile data and none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from filiera.answers.gap_model import Gaps
from tests.browser.chain_board import (
    battery_board,
    battery_gaps,
    chained_page,
    english_page,
    stage,
    statuses,
    title,
    told,
)
from tests.browser.conftest import Open, Opened, axe_violations, write_page
from tests.browser.hostile import MARKS
from tests.server.conftest import RunningServer

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SIZES: dict[str, dict[str, Any]] = {
    "phone": PHONE,
    "laptop": {"viewport": {"width": 1366, "height": 768}},
    "wide": {"viewport": {"width": 1920, "height": 1080}},
}

real_file = pytest.fixture(scope="module")(english_page)
today = pytest.fixture(scope="module")(battery_gaps)
chain = pytest.fixture(battery_board)


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
