"""Opens the page in a real browser, and holds every test to what the page promises:
nothing leaves, nothing is blocked, nothing runs that is not ours."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Locator, Page, Route, expect, sync_playwright

from filiera.views.page_template import render_page
from tests.browser.hostile import hostile_page
from tests.browser.page_data import PageData, invented_page, pyvis_network

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def chromium_path() -> str:
    """The browser of FILIERA_CHROMIUM, else the first that is installed; fails without one."""
    named = os.environ.get("FILIERA_CHROMIUM")
    for name in (named,) if named else BROWSERS:
        if found := shutil.which(name):
            return found
    pytest.fail(
        "The tests of the page need Chromium: install the package `chromium`, "
        "or name a browser in FILIERA_CHROMIUM."
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the tests of a module; its event loop must not outlive them."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        yield chromium
        chromium.close()


@dataclass
class Opened:
    """An opened page, with what it asked of its own server and of others, and complained of."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def wait_ready(self) -> None:
        """Wait for the first drawn frame."""
        self.page.wait_for_selector("html[data-ready]")

    def state(self) -> dict[str, Any]:
        """What `window.filiera.state()` says."""
        state: dict[str, Any] = self.page.evaluate("filiera.state()")
        return state

    def position(self, thing: str) -> tuple[float, float]:
        """Where a thing is in the window."""
        place = self.page.evaluate("id => filiera.screenPos(id)", thing)
        assert place is not None, f"{thing} is not on the map"
        return place["x"], place["y"]

    def selected(self, thing: str | None) -> None:
        """Wait until this thing is selected."""
        self.page.wait_for_function("id => filiera.state().selected === id", arg=thing)

    def drawn_texts(self) -> list[dict[str, Any]]:
        """All texts of the last drawn frame: text, font size, middle, width, whether upright."""
        texts: list[dict[str, Any]] = self.page.evaluate(
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame("
            "() => done(window.drawnTexts))))"
        )
        return texts


Open = Callable[..., Opened]

RECORD_TEXTS = """
window.drawnTexts = [];
const clear = CanvasRenderingContext2D.prototype.clearRect;
CanvasRenderingContext2D.prototype.clearRect = function (...box) {
  window.drawnTexts = [];
  return clear.apply(this, box);
};
const fill = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
  const at = this.getTransform();
  const size = parseFloat(/([\\d.]+)px/.exec(this.font)[1]);
  const point = at.transformPoint({ x, y });
  window.drawnTexts.push({
    text, size: size * Math.hypot(at.a, at.b), x: point.x, y: point.y,
    width: this.measureText(text).width * Math.hypot(at.a, at.b), upright: Math.abs(at.b) < 1e-6,
  });
  return fill.apply(this, arguments);
};
"""


def table_rows(page: Page) -> Locator:
    """The rows of the table view, once all of them stand there: those out of view come later."""
    expect(page.locator(".table-view tbody")).to_have_attribute("aria-busy", "false")
    return page.locator(".table-view tbody tr")


def table_ids(page: Page) -> list[str]:
    """Whom the rows of the table view are about, top to bottom."""
    found: list[str] = table_rows(page).evaluate_all("rows => rows.map(row => row.dataset.row)")
    return found


def axe_violations(page: Page) -> list[str]:
    """What axe finds wrong with the page once nothing fades in, by the rules of WCAG 2.2 AA.

    Each as the rule, the elements and what helps; an empty list is what a test asks for.
    """
    page.evaluate(
        "Promise.all(document.getAnimations().map((one) => [one, one.effect.getComputedTiming()])"
        ".filter(([, time]) => time.endTime < 5000).map(([one]) => one.finished.catch(() => 0)))"
    )
    wanted = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    found = Axe().run(page, options={"runOnly": wanted}).response["violations"]
    return [
        f"{violation['id']}: {' | '.join(node['html'] for node in violation['nodes'])}"
        f" ({violation['help']})"
        for violation in found
    ]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens a page file or address; afterwards the page must have kept its promises."""
    opened: list[Opened] = []

    def open_one(
        address: Path | str,
        *,
        hash: str = "",
        query: str = "",
        wait: bool = True,
        script: str = "",
        serve: dict[str, Any] | None = None,
        **context: Any,
    ) -> Opened:
        options: dict[str, Any] = {
            "viewport": {"width": 1366, "height": 768},
            "reduced_motion": "reduce",
            "locale": "it-IT",
        } | context
        page = browser.new_context(**options).new_page()
        page.add_init_script(RECORD_TEXTS + script)
        uri = address.as_uri() if isinstance(address, Path) else address
        own_server = uri if isinstance(address, str) and serve is None else None
        one = Opened(page, uri)
        opened.append(one)

        def answer(route: Route) -> None:
            url = route.request.url
            itself = url.partition("#")[0].partition("?")[0] == uri
            if not itself and own_server and url.startswith(own_server):
                one.asked.append(url.removeprefix(own_server))
                route.continue_()
            elif not itself:
                one.requests.append(url)
                route.abort()
            elif serve is None:
                route.continue_()
            else:
                route.fulfill(**serve)

        page.context.route("**/*", answer)
        page.on(
            "console",
            lambda message: (
                one.complaints.append(message.text)
                if message.type in ("error", "warning")
                else None
            ),
        )
        page.on("pageerror", lambda error: one.complaints.append(str(error)))

        def refuse(dialog: Dialog) -> None:
            one.complaints.append(f"a dialog: {dialog.message}")
            dialog.dismiss()

        page.on("dialog", refuse)
        page.goto(uri + query + hash)
        if wait:
            one.wait_ready()
        return one

    yield open_one
    for one in opened:
        assert one.page.evaluate("window.__pwned") is None
        one.page.context.close()
        assert one.requests == []
        assert one.complaints == []


@pytest.fixture(scope="session")
def data() -> PageData:
    """The invented ecosystem; no test may change it."""
    return invented_page()


@pytest.fixture(scope="session")
def page_file(tmp_path_factory: pytest.TempPathFactory, data: PageData) -> Path:
    """The page of the invented ecosystem, as a file."""
    return write_page(tmp_path_factory.mktemp("page") / "page.html", data)


@pytest.fixture(scope="session")
def hostile_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with hostile texts everywhere."""
    place = tmp_path_factory.mktemp("hostile") / "page.html"
    return write_page(place, hostile_page(invented_page(60, ties=90)))


def write_page(place: Path, data: PageData) -> Path:
    """Write the page of some data."""
    place.write_text(render_page(pyvis_network(data), data, lang="it"), encoding="utf-8")
    return place


@pytest.fixture
def opened(open_page: Open, page_file: Path) -> Opened:
    """The page of the invented ecosystem, drawn."""
    return open_page(page_file)
