"""The page of the ontology in a real browser: read, followed, printed, on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import axe_violations
from tests.browser.test_card_page import overflow, server  # noqa: F401 - the fixture
from tests.server.conftest import RunningServer

PATH = "/page/ontology?lang=it"


@pytest.fixture
def visit(browser: Browser, server: RunningServer) -> Iterator[Page]:  # noqa: F811
    """The page; it may ask for documents only, and nothing in it may be blocked."""
    context = browser.new_context(
        base_url=server.address, viewport={"width": 1366, "height": 768}, reduced_motion="reduce"
    )
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.resource_type))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(PATH)
    yield page
    assert set(asked) == {"document"}
    assert complaints == []
    context.close()


def test_a_term_is_found_and_followed_to_its_example(visit: Page) -> None:
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    browser: Browser,
    server: RunningServer,
    scheme: Literal["light", "dark"],  # noqa: F811
) -> None:
    context = browser.new_context(base_url=server.address, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(PATH)
    assert axe_violations(page) == []
    context.close()


def test_it_fits_from_phone_to_projector_and_on_paper(visit: Page) -> None:
    for width in (320, 390, 1366, 1920):
        visit.set_viewport_size({"width": width, "height": 800})
        assert overflow(visit) <= 0
    visit.emulate_media(media="print", color_scheme="dark")
    for gone in (".switch", ".contents", "#classes .index"):
        expect(visit.locator(gone)).to_be_hidden()
    expect(visit.locator("#rules pre").first).to_be_visible()
    assert visit.evaluate("getComputedStyle(document.body).color") == "rgb(28, 30, 34)"
    assert visit.pdf().startswith(b"%PDF")


def test_the_block_for_machines_runs_nothing_and_is_not_blocked(visit: Page) -> None:
    visit.goto("/page/id/manz-italy")
    block = visit.locator("script")
    expect(block).to_have_count(1)
    expect(block).to_have_attribute("type", "application/ld+json")
    assert visit.evaluate(
        "JSON.parse(document.querySelector('script').textContent)['@id'].endsWith('/manz-italy')"
    )
