"""``filiera gaps``."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_the_gaps_of_a_chain_as_text(run: Run) -> None:
    ran = run("gaps", "chain-batteries", "--at", "2026", "--lang", "it")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[0] == "Vuoti della filiera: Batterie ed elettrificazione mobile"
    assert "**" not in ran.out


def test_other_formats(run: Run, tmp_path: Path) -> None:
    page, data = tmp_path / "gaps.md", tmp_path / "gaps.json"
    assert run("gaps", "batteries", "--at", "2026", "-o", page).code == 0
    assert page.read_text(encoding="utf-8").startswith("# Gaps of the value chain: Batteries")
    assert run("gaps", "batteries", "--at", "2026", "-o", data).code == 0
    assert json.loads(data.read_text(encoding="utf-8"))["at"] == "2026-12-31"


def test_wrong_use(run: Run, tmp_path: Path) -> None:
    for wrong in (
        ("--at", "soon"),
        ("--body", "zzzzzzzz"),
        ("-o", tmp_path / "gaps.docx"),
        ("--stale-years", "0"),
    ):
        assert run("gaps", "batteries", *wrong).code == 2
