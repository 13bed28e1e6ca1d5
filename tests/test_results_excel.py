"""Answers as Excel workbooks."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from filiera.errors import OutputError
from filiera.results import Column, Iri, Results
from tests.workbook.reading import link, read, table


@pytest.fixture
def results() -> Results:
    """An answer with each kind of column."""
    return Results(
        [
            Column("who", "Chi", "thing"),
            Column("n", "Quanti", "number"),
            Column("day", "Giorno", "date"),
            Column("since", "Dal", "edtf"),
            Column("page", "Pagina"),
            Column("sure", "Certo"),
        ],
        [
            (
                Iri("https://example.org/a", "=Àcme & <b>"),
                Decimal("2.50"),
                date(2020, 7, 8),
                "2020-07",
                "https://example.org/page",
                True,
            ),
            ("_:x", 3, None, None, "-1", False),
            (None, None, None, "2019 / 2020-07-01", None, None),
        ],
        title="Prova / con barra",
        lang="it",
    )


def test_every_kind_of_column_is_what_it_holds(results: Results) -> None:
    found = read(results.excel())
    assert found.sheetnames == ["Risposta"]
    assert found.properties.title == "Prova / con barra"
    assert found["Risposta"].freeze_panes == "B2"
    assert table(found, "Risposta") == [
        ("Chi", "Quanti", "Giorno", "Dal", "Dal: primo giorno", "Dal: ultimo giorno",
         "Pagina", "Certo", "Chi: IRI"),
        ("=Àcme & <b>", 2.5, datetime(2020, 7, 8), "luglio 2020", datetime(2020, 7, 1),
         datetime(2020, 7, 31), "https://example.org/page", True, "https://example.org/a"),
        ("_:x", 3, None, None, None, None, "-1", False, None),
        (None, None, None, "2019 / 1º luglio 2020", datetime(2019, 1, 1),
         datetime(2020, 7, 1), None, None, None),
    ]  # fmt: skip
    sheet = found["Risposta"]
    assert sheet["A2"].data_type == "s"
    assert link(sheet["I2"]) == "https://example.org/a"
    assert link(sheet["G2"]) == "https://example.org/page"
    assert link(sheet["G3"]) == ""


def test_a_workbook_goes_to_a_file_and_is_always_the_same(results: Results, tmp_path: Path) -> None:
    path = tmp_path / "answer.xlsx"
    results.to_excel(path)
    results.to_excel(str(path))
    assert path.read_bytes() == results.excel()
    with pytest.raises(OutputError, match="cannot be written: No such file or directory"):
        results.to_excel(tmp_path / "nowhere" / "answer.xlsx")


def test_an_answer_without_rows_has_its_headings() -> None:
    found = read(Results([Column("a", "A"), Column("b", "a")], []).excel())
    assert table(found, "Answer") == [("A", "a (2)"), (None, None)]
