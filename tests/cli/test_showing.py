"""``filiera show``."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.small_cluster import FOLDER

BOLT = """\
Bolt
company · bolt

AT A GLANCE
  kind: company [1]
"""


def test_a_card_is_text_even_in_a_pipe(run: Run) -> None:
    ran = run("show", "bolt", "--data", FOLDER)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(BOLT)
    assert ran.out.endswith("https://example.org/late\n")


def test_names_need_no_quotes(run: Run) -> None:
    typed = run("show", "better", "gears", "--data", FOLDER, "--lang", "it")
    assert typed.lines[0] == "Better gears"
    assert typed.out == run("show", "GEAR", "--data", FOLDER, "--lang", "it").out


def test_a_guess_is_told(run: Run) -> None:
    ran = run("show", "btter geers", "--data", FOLDER, "--lang", "it")
    assert ran.lines[0] == "Better gears"
    assert ran.err == "“btter geers” inteso come Better gears (gear-project)\n"


def test_what_sources_disagree_on_is_marked(run: Run) -> None:
    lines = run("show", "hub", "--data", FOLDER).lines
    place = lines.index(next(line for line in lines if line.startswith("≠ members: 100")))
    assert lines[place + 1].startswith("≠ members: 120")


@pytest.mark.parametrize("form", ["json", "md", "csv", "jsonl"])
def test_other_formats(run: Run, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"card.{form}"
    assert run("show", "hub", "--data", FOLDER, "-o", path).code == 0
    text = path.read_text(encoding="utf-8")
    assert text == run("show", "hub", "--data", FOLDER, "--format", form).out
    if form == "json":
        assert json.loads(text)["id"] == "hub"
    elif form == "md":
        assert text.startswith("# Hub\n")
    elif form == "csv":
        rows = list(csv.DictReader(io.StringIO(text)))
        assert {row["source_label"] for row in rows} == {"Early page", "Late page"}
    else:
        assert all(json.loads(line)["statement"] for line in text.splitlines())


def test_the_real_data_on_manz_italy(run: Run) -> None:
    ran = run("show", "manz", "italy")
    assert ran.code == 0
    assert "\n  in liquidation, since January 2026 [" in ran.out
    assert "\n≠ employees: 110, in December 2024 [" in ran.out
    assert "\n≠ employees: 112, in December 2024 [" in ran.out
