"""Cells of a workbook: types, dates as they were said, and texts that could do harm."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filiera.workbook import (
    Book,
    Field,
    Line,
    Link,
    Page,
    Share,
    Sheet,
    said_cells,
    workbook_bytes,
)
from tests.workbook.making import DAY, cells_of, one_sheet, written
from tests.workbook.reading import link, read

# Types --------------------------------------------------------------------------------------


def test_each_cell_is_what_it_was() -> None:
    found = cells_of("text", 3, 2.5, Decimal("-0.25"), True, date(2020, 7, 8), None, Share(0.131))
    assert [cell.value for cell in found] == [
        "text", 3, 2.5, -0.25, True, datetime(2020, 7, 8), None, 0.131,
    ]  # fmt: skip
    assert [cell.data_type for cell in found] == ["s", "n", "n", "n", "b", "d", "n", "n"]
    assert found[5].number_format == "d mmm yyyy"
    assert found[7].number_format == "0.0%"


def test_days_look_as_the_language_writes_them() -> None:
    [cell] = written(one_sheet((date(2020, 7, 8),)), lang="it")["Things"][2]
    assert (cell.value, cell.number_format) == (datetime(2020, 7, 8), "dd/mm/yyyy")


def test_days_that_excel_does_not_know_are_texts() -> None:
    found = cells_of(date(1088, 1, 1), date(1900, 2, 28), date(1900, 3, 1))
    assert [cell.value for cell in found] == ["1088-01-01", "1900-02-28", datetime(1900, 3, 1)]


@pytest.mark.parametrize(
    "number", [10**15, -(10**20), Decimal("1.2345678901234567"), float("inf"), Decimal("NaN")]
)
def test_numbers_that_excel_would_change_are_texts(number: int | float | Decimal) -> None:
    [cell] = cells_of(number)
    assert (cell.value, cell.data_type) == (str(number), "s")


@pytest.mark.parametrize("text", ["037006", "2020", "1e5", "true", "2020-07", "#N/A", "{=A1}"])
def test_a_text_that_looks_like_something_else_stays_a_text(text: str) -> None:
    [cell] = cells_of(text)
    assert (cell.value, cell.data_type) == (text, "s")


# Dates as they were said --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("2020-07-08", date(2020, 7, 8), date(2020, 7, 8)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("[..2020]", None, date(2020, 12, 31)),
        ("2019 / 2020-03", date(2019, 1, 1), date(2020, 3, 31)),
        ("2019 / [2020..]", date(2019, 1, 1), None),
        ("about 2020", None, None),
    ],
)
def test_a_date_keeps_its_words_and_gets_its_two_days(
    said: str, first: date | None, last: date | None
) -> None:
    assert said_cells(said) == (said, first, last)


def test_a_date_may_be_put_into_words() -> None:
    assert said_cells("2020 / 2021", lambda one: f"in {one}")[0] == "in 2020 / in 2021"
    assert said_cells(None) == said_cells("") == (None, None, None)


# Harm ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("https://evil.example","Click")',
        "+1+1",
        "-2+3",
        "@SUM(A1:A9)",
        "=cmd|' /C calc'!A0",
    ],
)
def test_no_text_becomes_a_formula(text: str) -> None:
    [cell] = cells_of(text)
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    assert cell.quotePrefix, "it stays a text when somebody edits the cell"


@pytest.mark.parametrize(
    "text", ["<r><t>x</t></r>", "<r>", "</si>", "&amp;", "\"<b>'", " blanks ", "a\nb", "_x0041_"]
)
def test_markup_is_a_text(text: str) -> None:
    assert cells_of(text)[0].value in (text, text.replace("_x0041_", "_x005F_x0041_"))


def test_markup_can_be_a_link_too() -> None:
    [cell] = cells_of(Link("<r>x</r>", "https://example.org/"))
    assert (cell.value, link(cell)) == ("<r>x</r>", "https://example.org/")


@settings(deadline=None)
@given(st.text(st.characters(codec=None), max_size=40))
def test_any_text_gives_a_workbook_that_can_be_read(text: str) -> None:
    content = workbook_bytes(
        Book(
            text,
            (
                Page("page", text, (Line((text,)), Line((text, Link(text, text)), "pair"))),
                Sheet("things", text, (Field(text, text), Field(text)), ((text, text),)),
            ),
            DAY,
            author=text,
            comments=text,
        )
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))
    assert len(read(content).sheetnames) == 2


def test_control_characters_show_that_something_stood_there() -> None:
    assert cells_of("a\x00b\x1fc\ud800d\uffffe\r\nf")[0].value == "a\ufffdb\ufffdc\ufffdd\ufffde\nf"


def test_only_web_addresses_can_be_opened() -> None:
    found = cells_of(
        Link("Good", "https://example.org/a?b=1#c"),
        Link("Bad", "javascript:alert(1)"),
        Link("Blank", "https://example.org/a b"),
        Link("file:///etc/passwd", "file:///etc/passwd"),
        Link("", "HTTP://EXAMPLE.ORG"),
        Link("Nothing", ""),
    )
    assert [(cell.value, link(cell)) for cell in found] == [
        ("Good", "https://example.org/a?b=1#c"),
        ("Bad <javascript:alert(1)>", ""),
        ("Blank <https://example.org/a b>", ""),
        ("file:///etc/passwd", ""),
        ("HTTP://EXAMPLE.ORG", "HTTP://EXAMPLE.ORG"),
        ("Nothing", ""),
    ]
