"""The lines on drawing large networks: a hand drags the map in real Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.bench.drawn import write_ours, write_pyvis
from tests.bench.sections import Workshop
from tests.bench.table import Line
from tests.browser.conftest import ARGUMENTS, chromium_path

__all__ = ["drawing"]

_LARGE = (20_000, 50_000)
_SMALL = (2_000, 5_000)
"""What a plain pyvis page survives."""
_FIRST, _GAP = 1.5, 50.0
_SIZE: ViewportSize = {"width": 1366, "height": 768}
_MOVES = 150
_AFTER_FRAME = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(
  () => done(performance.now()))))"""
_RECORD = """() => {
  window.gaps = [];
  let last = 0;
  const frame = (now) => {
    if (last) window.gaps.push(now - last);
    last = now;
    if (window.gaps) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}"""
_STOP = "() => { const found = window.gaps; window.gaps = null; return found; }"


@dataclass(frozen=True)
class _Felt:
    """What a person feels of a page: seconds to its first frame, and the 95th percentile of the
    gaps between frames, in ms, while the map is dragged; of the whole network and of a part."""

    first: float
    whole: float
    part: float


def drawing(shop: Workshop) -> Iterator[Line]:
    """First frame and dragging of a large network; and of a smaller one, against pyvis."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        large = _felt(chromium, shop.folder, write_ours, _LARGE)
        ours = _felt(chromium, shop.folder, write_ours, _SMALL)
        pyvis = _felt(chromium, shop.folder, write_pyvis, _SMALL)
        chromium.close()
    what = f"{_LARGE[0]:,} nodes and {_LARGE[1]:,} edges"
    yield Line(
        f"{what}: first frame", f"≤ {_FIRST} s", f"{large.first:.2f} s", large.first <= _FIRST
    )
    yield Line(
        f"{what}: p95 frame gap while panning",
        f"≤ {_GAP:.0f} ms",
        f"{large.whole:.0f} ms; {large.part:.0f} ms zoomed in",
        max(large.whole, large.part) <= _GAP,
    )
    yield Line(
        f"{_SMALL[0]:,} nodes and {_SMALL[1]:,} edges: first frame, p95 frame gaps, against pyvis",
        "",
        f"{ours.first:.2f} s, {ours.whole:.0f} and {ours.part:.0f} ms against"
        f" {pyvis.first:.2f} s, {pyvis.whole:.0f} and {pyvis.part:.0f} ms",
    )


def _felt(
    browser: Browser, folder: Path, write: Callable[[Path, int, int], None], size: tuple[int, int]
) -> _Felt:
    file = folder / "drawn.html"
    write(file, *size)
    page = browser.new_page(viewport=_SIZE)
    page.goto(file.as_uri())
    ready = "html[data-ready]" if write is write_ours else "canvas"
    page.wait_for_selector(ready, timeout=120_000)
    first = page.evaluate(_AFTER_FRAME) / 1000
    page.wait_for_timeout(1500)
    whole = _dragged(page)
    page.mouse.move(800, 400)
    for _ in range(8):
        page.mouse.wheel(0, -200)
        page.wait_for_timeout(30)
    page.wait_for_timeout(1500)
    part = _dragged(page)
    page.close()
    return _Felt(first, whole, part)


def _dragged(page: Page) -> float:
    """Drag the map to and fro; the 95th percentile of the gaps between its frames, in ms."""
    page.mouse.move(600, 330)
    page.mouse.down()
    page.evaluate(_RECORD)
    for step in range(_MOVES):
        away = min(step % 60, 60 - step % 60)
        page.mouse.move(600 + 14 * away, 330 + 4 * away)
        page.wait_for_timeout(16)
    gaps: list[float] = page.evaluate(_STOP)
    page.mouse.up()
    return quantiles(gaps, n=20)[-1]
