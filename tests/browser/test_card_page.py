"""The pages of things and of the ontology in a real browser: read, followed, printed, on a phone.

They need no script, and are tried without one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import axe_violations
from tests.server.conftest import RunningServer


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """A server of the real data."""
    running = RunningServer(None, False, {})
    yield running
    running.client.close()
    assert running.stop() == (0, "ended well\n", "")


@pytest.fixture
def visit(browser: Browser, server: RunningServer) -> Iterator[Page]:
    """A page without JavaScript at the address of a company; it may ask for nothing else."""
    context = browser.new_context(
        base_url=server.address,
        viewport={"width": 1366, "height": 768},
        locale="en-GB",
        reduced_motion="reduce",
        bypass_csp=False,
    )
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.resource_type))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto("/id/manz-italy")
    yield page
    assert set(asked) == {"document"}
    assert complaints == []
    context.close()


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    wider: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return wider


def test_a_card_is_read_and_followed_to_a_neighbour(visit: Page) -> None:
    expect(visit.get_by_role("heading", level=1)).to_have_text("Manz Italy")
    expect(visit.locator(".standing-title")).to_have_text("As things stand: in liquidation")
    network = visit.locator(".ego.wide")
    expect(network).to_be_visible()
    expect(visit.locator(".ego.narrow")).to_be_hidden()
    network.get_by_role("link", name="Manz AG").click()
    expect(visit.get_by_role("heading", level=1)).to_have_text("Manz AG")
    assert visit.url.endswith("/id/manz-ag")
    visit.locator(".said-by a").first.click()
    assert "/graph/" in visit.url
    expect(visit.locator(".kind")).to_have_text("source")


def test_the_neighbours_are_reached_by_keyboard(visit: Page) -> None:
    visit.keyboard.press("Tab")
    expect(visit.get_by_role("link", name="Go to the card")).to_be_focused()
    link = visit.locator(".ego.wide a").first
    link.focus()
    visit.keyboard.press("Enter")
    expect(visit.get_by_role("heading", level=1)).to_have_text("Manz AG")


def test_the_language_is_switched_as_a_whole_and_kept(visit: Page) -> None:
    visit.get_by_role("link", name="Italiano").click()
    expect(visit.locator("html")).to_have_attribute("lang", "it")
    expect(visit.get_by_role("heading", name="Con chi è in relazione")).to_be_visible()
    visit.locator(".ego.wide a").first.click()
    expect(visit.locator("html")).to_have_attribute("lang", "it")
    expect(visit.get_by_role("link", name="English")).to_be_visible()


SHORTENED = """() => document.querySelectorAll(
    '.term:nth-of-type(n+6), .scheme:nth-of-type(n+4), .concepts > li:nth-child(n+4), '
    + '.shape:nth-of-type(n+4), .rule:nth-of-type(n+3), .index li:nth-child(n+6)'
).forEach(one => one.remove())"""
"""Leaves some of each kind on the page of the ontology: axe would look at a thousand alike."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [
        "/id/manz-italy",
        "/id/clust-er-mech",
        "/id/place/bologna",
        "/graph/seed-2020-07",
        "/id/x",
        "/ontology",
    ],
)
def test_axe_finds_nothing(
    browser: Browser, server: RunningServer, path: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(
        base_url=server.address, color_scheme=scheme, bypass_csp=True, locale="it-IT"
    )
    page = context.new_page()
    page.goto(path)
    page.evaluate(SHORTENED)
    assert axe_violations(page) == []
    context.close()


@pytest.mark.parametrize("width", [320, 390, 1366, 1920])
def test_it_fits_from_phone_to_projector(visit: Page, width: int) -> None:
    visit.set_viewport_size({"width": width, "height": 800})
    for path in ("/id/manz-italy", "/id/clust-er-mech", "/graph/seed-2020-07", "/ontology"):
        visit.goto(path)
        assert overflow(visit) <= 0
        sizes = visit.evaluate(
            "[...document.querySelectorAll('body *')].filter(one => one.checkVisibility() &&"
            " [...one.childNodes].some(child => child.nodeType === 3 && child.data.trim()))"
            ".map(one => parseFloat(getComputedStyle(one).fontSize))"
        )
        assert min(sizes) >= 12


def test_on_a_phone_the_neighbours_stand_below_each_other(visit: Page) -> None:
    visit.set_viewport_size({"width": 390, "height": 844})
    expect(visit.locator(".ego.wide")).to_be_hidden()
    network = visit.locator(".ego.narrow")
    box = network.bounding_box()
    assert box is not None
    ends = network.locator("text").evaluate_all(
        "texts => texts.map(text => text.getBoundingClientRect().right)"
    )
    assert max(ends) <= 390
    for link in network.locator("a").all():
        target = link.bounding_box()
        assert target is not None
        assert target["height"] >= 40
    network.get_by_role("link", name="GIGAGREEN").click()
    expect(visit.get_by_role("heading", level=1)).to_have_text("GIGAGREEN")


def test_no_name_of_the_small_network_leaves_the_page(visit: Page) -> None:
    visit.goto("/id/clust-er-mech")
    box = visit.locator("#neighbours").bounding_box()
    assert box is not None
    for text in visit.locator(".ego.wide text").all():
        own = text.bounding_box()
        assert own is not None
        assert own["x"] >= box["x"] - 1
        assert own["x"] + own["width"] <= box["x"] + box["width"] + 1


def test_everything_is_printed_in_ink_on_paper(visit: Page) -> None:
    visit.goto("/id/clust-er-mech")
    expect(visit.locator(".dates")).to_be_hidden()
    visit.emulate_media(media="print", color_scheme="dark")
    for gone in (".switch", ".button", ".contents", "summary"):
        expect(visit.locator(gone)).to_be_hidden()
    expect(visit.locator(".dates")).to_be_visible()
    expect(visit.locator(".citation")).to_be_visible()
    ink = visit.evaluate("getComputedStyle(document.body).color")
    assert ink == "rgb(28, 30, 34)"
    assert visit.pdf().startswith(b"%PDF")


def test_what_is_not_there_is_told_with_names_to_go_on(
    browser: Browser, server: RunningServer
) -> None:
    page = browser.new_page()
    page.goto(f"{server.address}id/manz-itali?lang=it")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nulla a questo indirizzo")
    page.get_by_role("link", name="Manz Italy").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Manz Italy")
    page.context.close()


def test_a_term_is_found_and_followed_to_its_example(visit: Page) -> None:
    visit.goto("/ontology?lang=it")
    visit.locator("#classes .index").get_by_role("link", name="adesione").click()
    assert visit.url.endswith("#Membership")
    term = visit.locator("#Membership")
    expect(term).to_be_in_viewport()
    expect(term.get_by_role("heading")).to_have_text("adesione fil:Membership")
    term.locator(".example a").click()
    expect(visit.locator(".kind")).to_have_text("adesione")
    expect(visit.locator("html")).to_have_attribute("lang", "it")


def test_the_address_of_a_concept_leads_to_its_place(visit: Page) -> None:
    visit.goto("/concept/relation/supplies?lang=it")
    assert visit.url.endswith("/page/ontology?lang=it#concept/relation/supplies")
    expect(visit.locator("[id='concept/relation/supplies']")).to_be_in_viewport()


def test_the_ontology_is_printed_without_what_is_for_screens(visit: Page) -> None:
    visit.goto("/ontology")
    visit.emulate_media(media="print", color_scheme="dark")
    for gone in (".switch", ".contents", "#classes .index"):
        expect(visit.locator(gone)).to_be_hidden()
    expect(visit.locator("#rules pre").first).to_be_visible()
    assert visit.evaluate("getComputedStyle(document.body).color") == "rgb(28, 30, 34)"
    assert visit.pdf().startswith(b"%PDF")


def test_the_block_for_machines_runs_nothing_and_is_not_blocked(visit: Page) -> None:
    block = visit.locator("script")
    expect(block).to_have_count(1)
    expect(block).to_have_attribute("type", "application/ld+json")
    assert visit.evaluate(
        "JSON.parse(document.querySelector('script').textContent)['@id'].endsWith('/manz-italy')"
    )
