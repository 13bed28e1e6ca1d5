"""``filiera paths`` and ``filiera brokers``."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.small_cluster import FOLDER


def test_paths_are_told(run: Run) -> None:
    ran = run("paths", "Acme", "Uni", "--k", 1, "--data", FOLDER)
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[0] == "Acme – Università"
    assert "- Acme takes part in Better gears as partner, from 2020 to 2021 [1]" in ran.lines


def test_not_linked_is_no_error(run: Run) -> None:
    ran = run("paths", "Pair A", "Acme", "--data", FOLDER, "--lang", "it")
    assert ran.code == 0
    assert "non sono collegati in questo grafo" in ran.out


def test_a_guess_is_told(run: Run) -> None:
    ran = run("paths", "Acme", "btter geers", "--data", FOLDER)
    assert ran.code == 0
    assert ran.err == "“btter geers” taken as Better gears (gear-project)\n"


def test_json_in_a_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "paths.json"
    ran = run("paths", "acme", "bolt", "--at", "2019", "--data", FOLDER, "-o", path)
    assert ran.code == 0
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["at"] == "2019-12-31"
    assert content["paths"][0]["cost"] == 1.0


def test_bad_numbers_end_with_2(run: Run) -> None:
    assert run("paths", "acme", "bolt", "--k", 0, "--data", FOLDER).code == 2
    assert run("paths", "acme", "bolt", "--at", "soon", "--data", FOLDER).code == 2
    assert run("brokers", "--top", 0, "--data", FOLDER).code == 2


def test_brokers_are_told(run: Run) -> None:
    ran = run("brokers", "--data", FOLDER, "--format", "md")
    assert ran.code == 0
    assert ran.out.startswith("# Who links groups, and what falls apart\n")
    assert "1. Hub has " in ran.out
    left_out = run("brokers", "--without", "hub", "--without", "net", "--data", FOLDER)
    assert "Left out: Hub, Network." in left_out.out
