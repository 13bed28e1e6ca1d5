"""Every view on paper: what it is, who says so, nothing cut off."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import filiera
from filiera.views.network_page import write_page as write_real_page
from tests.browser.conftest import Open, Opened

LANDSCAPE = {"network", "chain", "map", "table"}
MILLIMETRE = 96 / 25.4


@pytest.fixture(scope="module")
def real_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the real data."""
    place = tmp_path_factory.mktemp("print") / "page.html"
    write_real_page(filiera.open_graph(), place, "it")
    return place


def on_paper(opened: Opened, view: str) -> Page:
    """The page as it is printed, as wide as the paper between its margins."""
    page = opened.page
    wide = 273 if view in LANDSCAPE else 182
    page.set_viewport_size({"width": round(wide * MILLIMETRE), "height": 700})
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    return page


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("view", ["network", "chain", "map", "time", "table", "questions"])
def test_a_print_has_a_head_and_sources_and_nothing_cut_off(
    open_page: Open, real_file: Path, view: str, theme: str
) -> None:
    opened = open_page(real_file, hash=f"#/{view}?at=2024&hide=kind:projects", color_scheme=theme)
    page = on_paper(opened, view)
    head = page.locator("#print-head")
    expect(head).to_contain_text("Clust-ER MECH")
    expect(head).to_contain_text("Data: a fine 2024")
    expect(page.locator("#print-foot")).to_contain_text("fonti; fatti CC BY 4.0")
    for gone in ("#side", "#views", "#tools", "#time-bar"):
        expect(page.locator(gone)).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    cut = page.evaluate("""() => [...document.querySelectorAll('#stage *')].filter(element => {
      const style = getComputedStyle(element);
      const scrolls = ['auto', 'scroll', 'hidden', 'clip'].includes(style.overflowY);
      return scrolls && element.checkVisibility() && element.clientHeight > 0
        && style.clipPath === 'none' && element.scrollHeight > element.clientHeight + 2;
    }).map(element => element.outerHTML.slice(0, 120))""")
    assert cut == []
    wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1] + 1, "wider than the paper"


@pytest.mark.parametrize("view", ["network", "map"])
def test_what_is_on_a_canvas_is_printed_as_a_drawing(
    open_page: Open, real_file: Path, view: str
) -> None:
    opened = open_page(real_file, hash=f"#/{view}", color_scheme="dark")
    page = on_paper(opened, view)
    drawing = page.locator("#print-picture svg")
    expect(drawing).to_be_visible()
    expect(drawing).to_contain_text("E80 Group")
    box = drawing.bounding_box()
    assert box is not None
    assert box["height"] <= 130 * MILLIMETRE
    expect(page.locator("#print-foot li").first).to_have_text("Imprese e investitori")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(drawing).to_have_count(0)


def test_a_chain_is_printed_with_all_its_stages(open_page: Open, real_file: Path) -> None:
    opened = open_page(real_file, hash="#/chain")
    names = opened.page.locator(".stage h3").all_inner_texts()
    page = on_paper(opened, "chain")
    assert len(names) > 20
    for number in range(len(names)):
        box = page.locator(".stage h3").nth(number).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 273 * MILLIMETRE + 1


@pytest.mark.parametrize(
    ("address", "width", "least", "most"),
    [
        ("#/", 842, 1, 1),
        ("#/map", 842, 1, 1),
        ("#/chain", 842, 2, 4),
        ("#/table", 842, 8, 40),
        ("#/time", 595, 3, 12),
        ("#/landi-renzo", 842, 2, 14),
    ],
)
def test_pages_are_a4_and_as_many_as_it_takes(
    open_page: Open, real_file: Path, address: str, width: int, least: int, most: int
) -> None:
    opened = open_page(real_file, hash=address)
    paper = opened.page.pdf(prefer_css_page_size=True)
    boxes = set(re.findall(rb"/MediaBox \[0 0 (\d+)", paper))
    assert {round(float(box)) for box in boxes} == {width - 1} or boxes == {str(width).encode()}
    assert least <= len(re.findall(rb"/Type /Page\b", paper)) <= most


def test_a_card_is_printed_after_its_view(open_page: Open, real_file: Path) -> None:
    opened = open_page(real_file, hash="#/landi-renzo")
    page = on_paper(opened, "network")
    card = page.locator("#panel")
    expect(card).to_contain_text("Landi Renzo")
    box, picture = card.bounding_box(), page.locator("#print-picture").bounding_box()
    assert box is not None
    assert picture is not None
    assert box["y"] >= picture["y"] + picture["height"]
    assert box["width"] > 250 * MILLIMETRE
    assert card.evaluate("element => element.scrollHeight <= element.clientHeight + 2")
