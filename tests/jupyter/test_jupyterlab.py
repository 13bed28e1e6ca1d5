"""The map in a real JupyterLab, run in a real browser as a person runs it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.conftest import ARGUMENTS, chromium_path

CELLS = (
    "import filiera\neco = filiera.open_graph(lang='en')",
    "eco.explore()",
    "eco.network_page()",
)
OPTIONS = (
    "--no-browser",
    "--allow-root",
    "--ip=127.0.0.1",
    "--port=0",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)
TOKEN = "only-for-this-test"
SECONDS = 120
"""How long to wait for what never comes; nothing takes so long."""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a JupyterLab with one notebook, which reads no settings of the user."""
    home, work = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("work")
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in CELLS],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, work / "map.ipynb")
    folders = ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    settings = dict.fromkeys((*folders, "IPYTHONDIR"), str(home))
    said = home / "log"
    with said.open("w") as log:
        options = [*OPTIONS, f"--ServerApp.root_dir={work}", f"--IdentityProvider.token={TOKEN}"]
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            env={**os.environ, **settings},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        yield _address(process, said)
    finally:
        process.terminate()
        process.wait(SECONDS)


def _address(process: subprocess.Popen[bytes], said: Path) -> str:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and process.poll() is None:
        found = re.search(r"http://127\.0\.0\.1:\d+/", said.read_text())
        if found:
            return found[0]
        time.sleep(0.1)
    pytest.fail(f"JupyterLab did not start:\n{said.read_text()}")


@pytest.fixture
def page() -> Iterator[Page]:
    """A page of Chromium that waits as long as it takes."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        opened = chromium.new_page(viewport={"width": 1366, "height": 900})
        opened.set_default_timeout(1000 * SECONDS)
        yield opened
        chromium.close()


def test_the_map_is_drawn_in_a_cell_and_finds_what_is_searched(lab: str, page: Page) -> None:
    complaints: list[str] = []
    requests: list[str] = []
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{lab}doc/tree/map.ipynb?token={TOKEN}")
    # The words of the status bar come from the kernel; the sign in the tool bar is there before.
    expect(page.locator("#jp-bottom-panel")).to_contain_text("| Idle", timeout=1000 * SECONDS)
    page.locator(".jp-Cell .cm-content").first.click()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    expect(page.locator(".jp-InputPrompt").first).to_have_text(
        re.compile(r"\[[*1]\]:"), timeout=1000 * SECONDS
    )
    frames = page.locator(".jp-OutputArea iframe")
    expect(frames).to_have_count(2, timeout=1000 * SECONDS)
    for number in range(2):
        # JupyterLab takes out what is scrolled away, and a frame that is put in again loads anew.
        frames.nth(number).scroll_into_view_if_needed()
        inside = frames.nth(number).content_frame
        expect(inside.locator("html[data-ready]")).to_be_attached(timeout=1000 * SECONDS)
        inside.locator("#search").fill("landi")
        inside.locator("#search").press("Enter")
        expect(inside.locator("#panel h2")).to_have_text("Landi Renzo", timeout=1000 * SECONDS)
    assert complaints == [], "nothing is blocked, and nothing fails"
    elsewhere = [url for url in requests if not url.startswith((lab, "about:", "blob:", "data:"))]
    assert elsewhere == []
