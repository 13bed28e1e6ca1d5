"""The lines on using the page of the real data set: its first frame, a search and a filter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

import filiera
from filiera.views.network_page import write_page
from tests.bench.drawn import write_plainly
from tests.bench.sections import Workshop
from tests.bench.table import Line
from tests.browser.conftest import ARGUMENTS, chromium_path

__all__ = ["using"]

_FIRST, _REDRAW = 1.0, 50.0
_TIMES = 5
_SIZE: ViewportSize = {"width": 1366, "height": 768}
_DRAWN = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(
  () => done(performance.now()))))"""
_SEARCH = """(text) => new Promise(done => {
  const box = document.querySelector("#search");
  box.focus();
  const start = performance.now();
  box.value = text;
  box.dispatchEvent(new InputEvent("input", { bubbles: true }));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})"""
_FILTER = """() => new Promise(done => {
  const start = performance.now();
  document.querySelector("#legend .entry").click();
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})"""
_OPEN_FACET = """(facet) => {
  location.hash = "#/table";
  document.querySelector(`[data-facet=${facet}]`).open = true;
}"""
_NARROW = """([facet, place]) => new Promise(done => {
  const start = performance.now();
  document.querySelectorAll(`[data-facet=${facet}] .facet-value`)[place].click();
  const shown = new MessageChannel();
  shown.port1.onmessage = () => done(performance.now() - start);
  requestAnimationFrame(() => shown.port2.postMessage(null));
})"""
"""To the end of the frame: a timer would come after the rows out of view, which follow it."""
_AT_REST = ".table-view tbody[aria-busy=false]"
_FACETS = ("source", "relation")


def using(shop: Workshop) -> Iterator[Line]:
    """What a person waits for on the page, and on a page that pyvis makes of the same network."""
    ours, plain = shop.folder / "ours.html", shop.folder / "plain.html"
    with filiera.open_graph(lang="it") as ecosystem:
        write_page(ecosystem, ours, lang="it", force=True)
        write_plainly(plain, ecosystem.network_page())
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        first = median(_first(chromium, ours, "html[data-ready]") for _ in range(_TIMES))
        other = median(_first(chromium, plain, "canvas") for _ in range(_TIMES))
        page = _opened(chromium, ours, "html[data-ready]")
        search = _slowest(page, _SEARCH, ["b", "ba", "batt", "universita", ""])
        hide = _slowest(page, _FILTER, [None] * 4)
        narrowed = max(_narrowing(page, facet) for facet in _FACETS)
        chromium.close()
    yield Line(
        "page of the real data set: first usable frame; a plain pyvis page of the same",
        f"≤ {_FIRST} s",
        f"{first:.2f} s; {other:.2f} s",
        first <= _FIRST,
    )
    yield Line(
        "page of the real data set: search or filter to redraw",
        f"≤ {_REDRAW:.0f} ms",
        f"the slowest search {search:.0f} ms, filter {hide:.0f} ms",
        max(search, hide) <= _REDRAW,
    )
    yield Line(
        "table of the real data set: choosing a source or a relation to redraw",
        f"≤ {_REDRAW:.0f} ms",
        f"the slowest {narrowed:.0f} ms",
        narrowed <= _REDRAW,
    )


def _opened(browser: Browser, file: Path, ready: str) -> Page:
    page = browser.new_page(viewport=_SIZE)
    page.goto(file.as_uri())
    page.wait_for_selector(ready)
    return page


def _first(browser: Browser, file: Path, ready: str) -> float:
    """Seconds from the start of loading to the first frame in which the page can be used."""
    page = _opened(browser, file, ready)
    seconds: float = page.evaluate(_DRAWN) / 1000
    page.close()
    return seconds


def _narrowing(page: Page, facet: str) -> float:
    """Milliseconds from a click on one of the first values of a facet to the table; the slowest."""
    page.evaluate(_OPEN_FACET, facet)
    page.wait_for_selector(f"[data-facet={facet}] .facet-value")
    times = []
    for place in (0, 0, 1, 1, 2, 2):
        page.wait_for_selector(_AT_REST)
        times.append(_slowest(page, _NARROW, [[facet, place]]))
    return max(times)


def _slowest(page: Page, script: str, given: Sequence[object]) -> float:
    """Milliseconds from an action to the frame that shows it; the slowest of some."""
    page.wait_for_timeout(500)
    return max(float(page.evaluate(script, one)) for one in given)
