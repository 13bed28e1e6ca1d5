"""The questions as the tests ask them of a server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.conftest import Open, Opened
from tests.server.conftest import RunningServer

BMS = "p.need=battery+management+system&p.near=reggio-nell-emilia&p.within=60"
TOYOTA = "toyota-material-handling-manufacturing-italy"
Asked = Callable[..., Opened]


def asking(open_page: Open, server: RunningServer) -> Asked:
    """Opens the questions of the server, or one with its answer."""

    def open_one(question: str = "", parameters: str = "", **options: Any) -> Opened:
        query = f"?ask={question}&{parameters}".rstrip("&") if question else ""
        answered = options.pop("answered", True)
        opened = open_page(server.address, hash=f"#/questions{query}", **options)
        if question and answered:
            expect(opened.page.locator(".answer-content")).to_be_visible(timeout=20_000)
        return opened

    return open_one
