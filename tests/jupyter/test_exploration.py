"""The page inside a notebook: a frame that needs no server, drawn by a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, sync_playwright

import filiera
from tests.browser.conftest import ARGUMENTS, chromium_path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        yield chromium
        chromium.close()


def test_two_pages_in_one_notebook_draw_and_answer_a_click(
    ecosystem: filiera.Ecosystem, browser: Browser, tmp_path: Path
) -> None:
    shown = [ecosystem.explore(lang="it"), ecosystem.explore(height=400, width="900px")]
    notebook = tmp_path / "notebook.html"
    outputs = "".join(f"<div class='output'>{one._repr_html_()}</div>" for one in shown)
    notebook.write_text(f"<!doctype html><meta charset=utf-8>{outputs}", encoding="utf-8")
    page = browser.new_page(viewport={"width": 1100, "height": 1150}, color_scheme="light")
    complaints: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(notebook.as_uri())
    frames = page.frames[1:]
    assert len(frames) == 2
    for frame in frames:
        frame.wait_for_selector("html[data-ready]")
    assert [frame.evaluate("document.documentElement.lang") for frame in frames] == ["it", "en"]
    assert [(box["width"], box["height"]) for box in map(bounding_box, frames)] == [
        (1084 + 2, 640 + 2),
        (900 + 2, 400 + 2),
    ]
    frame = frames[0]
    place: dict[str, float] = frame.evaluate("filiera.screenPos('landi-renzo')")
    box = bounding_box(frame)
    page.mouse.click(box["x"] + 1 + place["x"], box["y"] + 1 + place["y"])
    frame.wait_for_function("filiera.state().selected === 'landi-renzo'")
    assert frame.locator("#panel h2").inner_text() == "Landi Renzo"
    assert frames[1].evaluate("filiera.state().selected") is None
    assert complaints == []
    assert [url for url in requests if not url.startswith(("file:", "about:"))] == []
    page.close()


def bounding_box(frame: Frame) -> Any:
    return frame.frame_element().bounding_box()


def test_the_frame_reaches_nothing_of_the_notebook(ecosystem: filiera.Ecosystem) -> None:
    shown = ecosystem.explore()._repr_html_()
    assert shown.startswith('<iframe title="The network, to explore" sandbox="allow-scripts ')
    assert "allow-same-origin" not in shown
    assert "<script" not in shown
    assert "Content-Security-Policy" in shown


def test_a_console_gets_one_line(ecosystem: filiera.Ecosystem) -> None:
    assert repr(ecosystem.explore(lang="it")).startswith("La rete, da esplorare (")


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"height": 100}, "a frame of 100 pixels is too low"),
        ({"width": '1px" onload="x'}, "is no length; write it as 100% or 900px"),
    ],
)
def test_a_frame_of_no_size_is_refused(
    ecosystem: filiera.Ecosystem, how: dict[str, Any], said: str
) -> None:
    with pytest.raises(filiera.UsageError, match=said):
        ecosystem.explore(**how)


def test_a_pyvis_network_shows_itself_as_the_page(ecosystem: filiera.Ecosystem) -> None:
    network = ecosystem.network_page(lang="it")
    assert repr(network) == (
        f"La rete, da esplorare ({network.num_nodes()} + {network.num_edges()})"
    )
    assert network._repr_html_() == ecosystem.explore(lang="it")._repr_html_()
