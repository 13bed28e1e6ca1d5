"""Takes the pictures of the README: ``.venv/bin/python tools/pictures.py``.

It makes the page of the real data set, opens it in Chromium and writes docs/chain.png and
docs/network.png. The test environment has all that it needs (``make test`` sets it up).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import filiera
from filiera.views.network_page import write_page

DOCS = Path(__file__).resolve().parents[1] / "docs"
SIZE = {"width": 1600, "height": 900}
PICTURES = {
    "chain.png": "#/chain",
    "network.png": "#/flash-battery",
}
"""Where each picture is taken."""


def main() -> None:
    """Take all pictures."""
    with tempfile.TemporaryDirectory() as folder, filiera.open_graph(lang="en") as ecosystem:
        page_file = Path(folder) / "page.html"
        write_page(ecosystem, page_file, lang="en")
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(
                executable_path=os.environ.get("FILIERA_CHROMIUM") or shutil.which("chromium"),
                args=["--no-sandbox", "--disable-gpu"],
            )
            for name, place in PICTURES.items():
                page = chromium.new_page(viewport=SIZE, reduced_motion="reduce")
                page.goto(page_file.as_uri() + place)
                page.wait_for_selector("html[data-ready]")
                page.screenshot(path=DOCS / name)
                page.close()
            chromium.close()


if __name__ == "__main__":
    main()
