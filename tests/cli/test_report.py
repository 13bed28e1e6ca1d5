"""``filiera report``."""

from __future__ import annotations

import json
from pathlib import Path

from openpyxl import load_workbook

from tests.cli.conftest import Run
from tests.small_cluster import FOLDER

SMALL = ("report", "--data", FOLDER, "--at", "2021-04-01", "--since", "2020")


def test_markdown_goes_to_the_standard_output(run: Run) -> None:
    ran = run(*SMALL, "--lang", "it")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[0] == "# Nodo: i soci al 1º aprile 2021"
    assert "## Che cosa è cambiato dal 1º gennaio 2020" in ran.lines


def test_several_files_at_once(run: Run, tmp_path: Path) -> None:
    paths = [tmp_path / f"report.{ending}" for ending in ("html", "xlsx", "json", "md")]
    ran = run(*SMALL, *(part for path in paths for part in ("-o", path)))
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.splitlines() == [f"{path} written" for path in paths]
    assert "<h1>Hub</h1>" in paths[0].read_text(encoding="utf-8")
    assert len(load_workbook(paths[1]).sheetnames) > 5
    assert json.loads(paths[2].read_text(encoding="utf-8"))["members_certain"] == 4
    assert paths[3].read_text(encoding="utf-8").startswith("# Hub: its members on 1 April 2021")


def test_all_formats_into_a_folder(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "assembly" / "2021"
    assert run(*SMALL, "--all", folder).code == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "hub-2021-04-01.html",
        "hub-2021-04-01.md",
        "hub-2021-04-01.xlsx",
    ]
    again = run(*SMALL, "--all", folder)
    assert again.code == 2
    assert "exists already" in again.err
    assert run(*SMALL, "--all", folder, "--force").code == 0


def test_the_format_may_be_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "report"
    assert run(*SMALL, "--format", "html", "-o", path).code == 0
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert json.loads(run(*SMALL, "--format", "json").out)["at"] == "2021-04-01"


def test_wrong_use(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    for wrong, said in (
        (("-o", tmp_path / "report.docx"), "names no format"),
        (("--format", "md", "-o", page, "-o", tmp_path / "b.html"), "holds for one file"),
        (("--format", "md", "--all", tmp_path), "holds for one file"),
        (("--since", "2022"), "comes after the date of the report"),
        (("--since", "soon"), "is no date"),
        (("--body", "zzzzzzzz"), "zzzzzzzz"),
        (("--all", Path(__file__)), "cannot be made"),
    ):
        ran = run(*SMALL, *wrong)
        assert ran.code == 2, wrong
        assert said in ran.err
    assert not page.exists()
