"""``filiera quality``."""

from __future__ import annotations

import json

from tests.cli.conftest import Run
from tests.small_cluster import FOLDER


def test_it_is_read(run: Run) -> None:
    ran = run("quality", "--at", "2022", "--data", FOLDER)
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[0] == "Quality of the facts, 31 December 2022"
    assert ran.lines[2].startswith("Score: 0.")
    assert "What to ask, of whom" in ran.lines


def test_years_and_day_move_what_is_stale(run: Run) -> None:
    def stale(*options: str) -> int:
        ran = run("quality", "--data", FOLDER, "--format", "json", *options)
        measures = {one["id"]: one["count"] for one in json.loads(ran.out)["measures"]}
        return int(measures["stale"])

    early, late = stale("--at", "2019"), stale("--at", "2040")
    assert early == 0 < late
    assert stale("--at", "2040", "--stale-years", "50") == 0
