"""``filiera suggestions``."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.small_cluster import FOLDER


def test_all_pairs_as_text(run: Run) -> None:
    ran = run("suggestions", "--top", 2, "--at", "2026", "--lang", "it")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[0] == "Chi dovrebbe conoscersi"
    assert "Al 31 dicembre 2026: coppie di organizzazioni" in ran.out
    assert "\n2. " in ran.out
    assert "\n3. " not in ran.out.partition("Come si ordina")[0]
    assert "**" not in ran.out
    assert "Quanto ci si può fidare" not in ran.out


def test_one_organisation_in_a_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "pairs.json"
    assert run("suggestions", "Flash", "Battery", "--no-member", "-o", path).code == 0
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["labels"][content["for"]] == "Flash Battery"
    assert content["member"] is False
    assert all(
        pair["organisations"][0]["organisation"] == content["for"] for pair in content["pairs"]
    )


def test_a_chain(run: Run) -> None:
    ran = run("suggestions", "--chain", "batteries", "--format", "md", "--lang", "en")
    assert ran.code == 0
    assert "Only at neighbouring stages of the value chain Batteries" in ran.out


def test_the_baseline_is_printed_when_asked_for(run: Run) -> None:
    ran = run("suggestions", "--top", 1, "--baseline", "--lang", "en")
    assert "How far to trust it" in ran.lines
    assert any(line.startswith("| these suggestions | 0.") for line in ran.lines)


def test_who_meets_already_is_listed_when_asked_for(run: Run) -> None:
    without, met = (
        run("suggestions", "--top", 1, "--lang", "en", *more).out for more in ((), ("--met",))
    )
    assert "Pairs left out because they meet already in a project or a small network: " in without
    assert "have met already in " not in without
    assert "Of these, pairs that meet already in a project or a small network: " in met
    assert "have met already in Fondazione Democenter" in met


def test_a_guess_is_told(run: Run) -> None:
    ran = run("suggestions", "Acmee", "--data", FOLDER)
    assert ran.code == 0
    assert ran.err == "“Acmee” taken as Acme (acme)\n"


def test_wrong_use_ends_with_2(run: Run) -> None:
    for wrong in (("--top", 0), ("--at", "soon"), ("--chain", "zzzzzzzz"), ("zzzzzzzz",)):
        assert run("suggestions", *wrong, "--data", FOLDER).code == 2
