"""The page comes in three ways: as a file, from a server, in a frame of a notebook."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

import filiera
from filiera.views import page_template
from filiera.views.page_template import embedded_data
from tests.browser.conftest import Open, axe_violations, write_page
from tests.browser.page_data import PageData
from tests.server.conftest import RunningServer


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """A server of the real data."""
    running = RunningServer(None, False, {})
    yield running
    running.client.close()
    assert running.stop() == (0, "ended well\n", "")


def test_a_file_holds_everything(open_page: Open, page_file: Path) -> None:
    opened = open_page(page_file)
    expect(opened.page.locator("html")).to_have_attribute("data-delivery", "file")
    assert opened.page.locator("[src], link[href]:not([href^='data:'])").count() == 0


def test_a_file_of_much_data_is_packed_to_be_read_quickly(
    open_page: Open, tmp_path: Path, data: PageData, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = write_page(tmp_path / "small.html", data)
    monkeypatch.setattr(page_template, "_MUCH", 1000)
    quick = write_page(tmp_path / "quick.html", data)
    assert small.stat().st_size < quick.stat().st_size
    assert embedded_data(small.read_text()) == embedded_data(quick.read_text())
    assert open_page(quick).state() == open_page(small).state()


def test_a_server_sends_the_same_page_in_parts(
    open_page: Open, server: RunningServer, ecosystem: filiera.Ecosystem
) -> None:
    opened = open_page(server.address, hash="#/manz-italy")
    page = opened.page
    expect(page.locator("html")).to_have_attribute("data-delivery", "served")
    expect(page.locator("#panel h2")).to_have_text("Manz Italy")
    network = ecosystem.network()
    assert opened.state()["nodes"] == network.number_of_nodes()
    assert opened.state()["edges"] == network.number_of_edges()
    parts = sorted(re.sub(r"[0-9a-f]{16}", "…", part) for part in opened.asked)
    assert parts == ["assets/app-….css", "assets/app-….js", "data/….json"]
    assert len(server.client.get("/").content) < 20_000
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert "lang=en" in page.url


def test_a_server_sends_the_parts_once(browser: Browser, server: RunningServer) -> None:
    page = browser.new_page()
    sizes = "performance.getEntriesByType('resource').map(entry => entry.transferSize)"
    for nothing_new in (False, True):
        page.goto(server.address)
        page.wait_for_selector("html[data-ready]")
        sent = page.evaluate(sizes)
        assert len(sent) >= 3
        assert (set(sent) == {0}) is nothing_new
    page.context.close()


def test_the_served_page_runs_nothing_that_is_not_ours(
    open_page: Open, server: RunningServer
) -> None:
    opened = open_page(server.address)
    opened.page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'),"
        " { textContent: 'window.foreign = 1' }))"
    )
    assert opened.page.evaluate("window.foreign") is None
    assert opened.page.evaluate("fetch('https://example.org/').then(() => false, () => true)")
    assert opened.page.evaluate("fetch('health').then(answer => answer.ok)")
    assert len(opened.complaints) >= 2
    assert all("Content Security Policy" in complaint for complaint in opened.complaints)
    opened.complaints.clear()


def test_data_that_cannot_be_had_is_said(open_page: Open, server: RunningServer) -> None:
    opened = open_page(server.address)
    opened.page.route("**/data/*", lambda route: route.fulfill(status=503))
    opened.page.reload()
    expect(opened.page.locator("#message")).to_contain_text("Il server non dà i dati")
    assert any("503" in complaint for complaint in opened.complaints)
    opened.complaints.clear()


def test_a_frame_of_a_notebook_shows_it(open_page: Open, page_file: Path, tmp_path: Path) -> None:
    place = tmp_path / "notebook.html"
    inner = html.escape(page_file.read_text(encoding="utf-8"))
    place.write_text(
        "<!doctype html><meta charset=utf-8><title>Notebook</title>"
        f'<iframe title="Map" width="1000" height="700" srcdoc="{inner}"></iframe>',
        encoding="utf-8",
    )
    opened = open_page(place, wait=False)
    frame = opened.page.frame_locator("iframe")
    expect(frame.locator("html[data-ready]")).to_be_attached()
    frame.locator("#search").fill("landi")
    frame.locator("#search").press("Enter")
    expect(frame.locator("#panel h2")).to_have_text("Landi Renzo")
    expect(frame.locator("html")).to_have_attribute("data-delivery", "file")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1366])
def test_axe_finds_nothing_wrong(open_page: Open, page_file: Path, theme: str, width: int) -> None:
    opened = open_page(
        page_file,
        hash="#/landi-renzo",
        color_scheme=theme,
        viewport={"width": width, "height": 800},
    )
    assert axe_violations(opened.page) == []
