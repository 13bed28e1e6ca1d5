"""The chain view as the tests open it, and what they read off the board."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

import filiera
from filiera.answers.gap_model import Gaps
from filiera.iris import local_id
from filiera.views.page_boards import SHORT
from tests.browser.conftest import Open, Opened
from tests.browser.page_data import PageData, invented_page


def english_page(tmp_path_factory: pytest.TempPathFactory, ecosystem: filiera.Ecosystem) -> Path:
    """The page of the real ecosystem, in English."""
    place = tmp_path_factory.mktemp("real") / "page.html"
    place.write_text(ecosystem.network_page("en").generate_html("page.html"), encoding="utf-8")
    return place


def battery_gaps(ecosystem: filiera.Ecosystem) -> Gaps:
    """What the answer on gaps says of the chain of batteries today."""
    return ecosystem.gaps("batteries")


def battery_board(open_page: Open, real_file: Path) -> Opened:
    """The chain of batteries, in English."""
    return open_page(real_file, hash="#/chain")


def statuses(page: Page) -> dict[str, str]:
    """The status of each stage on the board, by its id."""
    found: dict[str, str] = page.locator(".stage").evaluate_all(
        "stages => Object.fromEntries(stages.map(one => [one.dataset.stage, one.dataset.status]))"
    )
    return found


def told(gaps: Gaps) -> dict[str, str]:
    """The same as the answer on gaps says it."""
    return {local_id(stage.iri): SHORT[stage.status] for stage in gaps.stages}


def stage(page: Page, name: str) -> Locator:
    return page.locator(f'.stage[data-stage="{name}"]')


def title(page: Page, name: str) -> Locator:
    """The button that opens a stage."""
    return page.locator(f'[data-key="stage:{name}"]')


def firms(place: Locator) -> set[str]:
    return set(place.locator(".chip[data-thing]").evaluate_all(
        "chips => chips.map(chip => chip.dataset.thing)"
    ))  # fmt: skip


def chained_page(labels: list[str]) -> PageData:
    """An invented page with a chain of stages of these names; one firm is no node of the page."""
    data = invented_page(60, ties=90)
    text = len(data["texts"])
    data["texts"] += [f"detto {label}" for label in labels]
    data["moments"] = ["2020-12-31", "2021-12-31"]
    data["chains"] = [{"id": "chain-x", "label": labels[0], "stages": list(range(len(labels)))}]
    data["stages"] = [
        {"id": f"stage-{n}", "label": label, "chain": 0, "row": 0, "column": n,
         "feeds": [n + 1] if n + 1 < len(labels) else []}
        for n, label in enumerate(labels)
    ]  # fmt: skip
    data["boards"] = [[{
        "moment": 0,
        "knowledge": text,
        "stages": {
            str(n): {"status": "one", "said": text + n, "firms": [
                {"id": f"thing-{n}", "member": True, "what": text + n, "sources": [0]},
                {"id": "elsewhere", "label": label, "state": "closed", "why": text + n,
                 "whySources": [1], "sources": [1]},
            ]}
            for n, label in enumerate(labels)
        },
    }]]  # fmt: skip
    return data
