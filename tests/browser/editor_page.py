"""The SPARQL page as the tests use it: opened, written in, run and read off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, Dialog, Locator, Page, Route, expect

from tests.server.conftest import RunningServer

MEMBERS = "SELECT ?member ?name { ?member fil:memberOf id:clust-er-mech ; skos:prefLabel ?name }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
STATED = (
    'SELECT ?day ?members { VALUES (?day ?members) { ("2018-01-01"^^xsd:date 30)'
    ' ("2020-07-31"^^xsd:date 103) ("2023-01-31"^^xsd:date 130) } }'
)


@dataclass
class Editor:
    """The opened page, with what it asked of other hosts and complained of."""

    page: Page
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The query as it stands in the editor."""
        lines: list[str] = self.page.locator(".CodeMirror-line").all_inner_texts()
        return "\n".join(line.replace("\u200b", "") for line in lines)

    def write(self, text: str) -> None:
        """Put another query in place of what stands there: pasted, its end key by key."""
        self.page.locator(".CodeMirror-code").click()
        self.page.keyboard.press("Control+a")
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text[:-7])
        self.page.keyboard.press("Control+v")
        self.page.keyboard.type(text[-7:])

    def run(self) -> None:
        """Run what stands there, and wait for what comes of it."""
        self.page.locator("#run").click()
        self.answered()

    def answered(self) -> None:
        """Wait for the answer, or for what went wrong."""
        expect(self.page.locator("#answer")).to_have_attribute("aria-busy", "false", timeout=20_000)

    def column(self, number: int) -> list[str]:
        """The texts of one column of the rows that are shown."""
        return self.page.locator(f".rows tbody td:nth-child({number})").all_inner_texts()

    def tab(self, name: str) -> Locator:
        """A view of the answer."""
        return self.page.locator("#answer").get_by_role("tab", name=name)


Open = Callable[..., Editor]


def editors(browser: Browser, server: RunningServer) -> Iterator[Open]:
    """Opens the page of a server, with a query that runs or without.

    Afterwards it must have kept quiet.
    """
    opened: list[Editor] = []

    def open_one(
        query: str = "", *, view: str = "", address: str = "", lang: str = "en", **context: Any
    ) -> Editor:
        options: dict[str, Any] = {
            "viewport": {"width": 1366, "height": 900},
            "reduced_motion": "reduce",
            "locale": "it-IT",
        } | context
        page = browser.new_context(**options).new_page()
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        one = Editor(page)
        opened.append(one)

        def watch(route: Route) -> None:
            if route.request.url.startswith(server.address):
                route.continue_()
            else:
                one.foreign.append(route.request.url)
                route.abort()

        page.context.route("**/*", watch)
        page.on("pageerror", lambda error: one.complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                one.complaints.append(message.text)
                # What the server refuses is shown on the page, and told here by the browser.
                if message.type in ("error", "warning") and "Failed to load" not in message.text
                else None
            ),
        )

        def refuse(dialog: Dialog) -> None:
            one.complaints.append(f"a dialog: {dialog.message}")
            dialog.dismiss()

        page.on("dialog", refuse)
        fragment = f"#query={quote(query)}&view={view}" if query else ""
        page.goto(address or f"{server.address}editor?lang={lang}{fragment}")
        page.wait_for_selector("html[data-ready]")
        if query or address:
            one.answered()
        return one

    yield open_one
    for one in opened:
        assert one.page.evaluate("window.__pwned") is None
        one.page.context.close()
        assert one.foreign == []
        assert one.complaints == []
