"""Workbooks for tests: written, and read back."""

from __future__ import annotations

from datetime import date
from typing import Any

from filiera.workbook import (
    Book,
    Cell,
    Field,
    Page,
    Sheet,
    workbook_bytes,
)
from tests.workbook.reading import read

DAY = date(2026, 11, 22)


def one_sheet(*rows: tuple[Cell, ...], **more: Any) -> Sheet:
    """A sheet with as many columns as its first row has cells."""
    fields = tuple(Field(f"Column {number}") for number, _ in enumerate(rows[0] if rows else "a"))
    return Sheet("things", "Things", fields, rows, **more)


def written(*sheets: Sheet | Page, lang: str = "en") -> Any:
    """Workbook with some sheets, read back."""
    return read(workbook_bytes(Book("Title", sheets, DAY, lang)))


def cells_of(*cells: Cell) -> list[Any]:
    """Cells of a row with these contents, read back."""
    workbook = written(one_sheet(cells))
    return list(workbook["Things"][2])
