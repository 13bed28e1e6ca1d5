"""Excel workbooks from the command line: to a file, into a pipe, never to a terminal."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from filiera.cli import app, output
from tests.cli.conftest import Run
from tests.small_cluster import FOLDER
from tests.workbook.reading import column, link, read, table

ASK = ("ask", "joined-between", "body=hub", "from=2018", "to=2020", "--data", FOLDER)


def test_ask_writes_a_workbook(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "answer.xlsx"
    ran = run(*ASK, "-o", path)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    found = read(path.read_bytes())
    assert found.sheetnames == ["Answer"]
    assert column(found, "Answer", "Member") == ["Acme", "Bolt", "Cogs", "Acme"]
    assert found["Answer"]["A1"].value == "Member"
    cell = next(cell for cell in found["Answer"][2] if str(cell.value).startswith("https:"))
    assert found["Answer"].cell(1, cell.column).value == "Member: IRI"
    assert (cell.value, link(cell)) == ("https://w3id.org/filiera/id/acme",) * 2
    header = table(found, "Answer")[0]
    at = header.index("Joined: first day") - 1
    assert header[at + 1 : at + 3] == ("Joined: first day", "Joined: last day")
    assert table(found, "Answer")[1][at : at + 3] == (
        "2020 / between January and July 2020",
        datetime(2020, 1, 1),
        datetime(2020, 12, 31),
    )


def test_the_same_answer_goes_into_a_pipe(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "risposta.XLSX"
    assert run(*ASK, "--lang", "it", "-o", path).code == 0
    arguments = [str(argument) for argument in (*ASK, "--lang", "it", "--format", "xlsx")]
    piped = CliRunner().invoke(app, arguments)
    assert piped.exit_code == 0
    assert piped.stdout_bytes == path.read_bytes()
    assert column(read(piped.stdout_bytes), "Risposta", "Socio") == [
        "Acme",
        "Bolt",
        "Cogs",
        "Acme",
    ]


@pytest.mark.parametrize("command", [ASK, ("query", "SELECT ?s { ?s a org:Site }")])
def test_a_terminal_is_spared(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[object, ...]
) -> None:
    monkeypatch.setattr(output, "on_terminal", lambda out=None: out is None)
    ran = run(*command, "--format", "xlsx")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "filiera: an Excel workbook is no text, so it is not written to a terminal; write it to a"
        " file with -o FILE.xlsx, or send it into a pipe\n"
    )


def test_query_writes_a_workbook_and_keeps_what_is_there(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    query = "SELECT ?name ?n { VALUES (?name ?n) { ('=1+1' 2.5) ('https://example.org/' 3) } }"
    asked = ("query", query, "--data", FOLDER, "-o", path)
    assert run(*asked).code == 0
    found = read(path.read_bytes())
    assert table(found, "Answer") == [("name", "n"), ("=1+1", 2.5), ("https://example.org/", 3)]
    assert link(found["Answer"]["A3"]) == "https://example.org/"
    before = path.read_bytes()
    again = run(*asked)
    assert again.code == 2
    assert "exists already; give another name, or --force" in again.err
    assert path.read_bytes() == before
    assert run(*asked, "--force").code == 0


def test_triples_are_no_rows(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "triples.xlsx"
    ran = run("query", "CONSTRUCT WHERE { ?s a org:Site }", "--data", FOLDER, "-o", path)
    assert ran.code == 2
    assert "write them with --format ttl, nt or jsonld" in ran.err
    assert not path.exists()


@pytest.mark.parametrize(
    "arguments", [("questions",), ("show", "acme", "--data", FOLDER), ("check", FOLDER)]
)
def test_other_rows_are_workbooks_too(
    run: Run, tmp_path: Path, arguments: tuple[object, ...]
) -> None:
    path = tmp_path / "rows.xlsx"
    assert run(*arguments, "-o", path).code == 0
    assert len(table(read(path.read_bytes()), "Answer")) > 5
