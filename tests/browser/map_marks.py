"""What the tests of the map read off it."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Opened

REGGIO = "provincia-reggio-emilia"


def at_rest(page: Page) -> None:
    """Wait until the map has drawn and its keys and counts have followed."""
    page.wait_for_selector(".map-keys [role=group]", state="attached")
    page.wait_for_timeout(250)


def on_map(opened: Opened) -> Opened:
    at_rest(opened.page)
    return opened
