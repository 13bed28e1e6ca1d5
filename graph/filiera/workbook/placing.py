"""Where everything in a workbook lies: names of its sheets, and the rows that links lead to."""

from __future__ import annotations

from dataclasses import dataclass

from filiera.workbook import limits
from filiera.workbook.sheets import Book, Goto, Sheet

__all__ = ["Part", "Places", "header_row", "quoted"]


@dataclass(frozen=True)
class Part:
    """The rows of a table on one sheet, from ``start``: Excel's sheets end somewhere."""

    name: str
    table: str
    start: int
    rows: int


class Places:
    """The sheets of a book with their names, and the place of each row with a key."""

    def __init__(self, book: Book) -> None:
        self.taken: set[str] = set()
        self.parts: dict[str, list[Part]] = {}
        self._sheets = {sheet.key: sheet for sheet in book.sheets if isinstance(sheet, Sheet)}
        for sheet in book.sheets:
            if isinstance(sheet, Sheet):
                self.parts[sheet.key] = list(self._parts(sheet))
            else:
                name = limits.sheet_name(sheet.name, self.taken)
                self.parts[sheet.key] = [Part(name, "", 0, 0)]

    def target(self, goto: Goto) -> str:
        """Reference of the cell that a link leads to; empty if there is none."""
        parts = self.parts.get(goto.sheet)
        if not parts:
            return ""
        if not goto.row:
            return f"{quoted(parts[0].name)}!A1"
        sheet = self._sheets.get(goto.sheet)
        index = sheet.keys.get(goto.row) if sheet else None
        if sheet is None or index is None:
            return ""
        part = next(one for one in parts if index < one.start + one.rows)
        return f"{quoted(part.name)}!A{header_row(sheet) + 2 + index - part.start}"

    def _parts(self, sheet: Sheet) -> list[Part]:
        room = limits.SHEET_ROWS - header_row(sheet) - 1
        starts = range(0, max(len(sheet.rows), 1), room)
        return [
            Part(
                limits.sheet_name(sheet.name, self.taken),
                sheet.key.replace("-", "_") + (f"_{number}" if number > 1 else ""),
                start,
                min(room, len(sheet.rows) - start),
            )
            for number, start in enumerate(starts, 1)
        ]


def header_row(sheet: Sheet) -> int:
    """Row of the header of a table, counted from 0: below its notes and an empty row."""
    return len(sheet.notes) + 1 if sheet.notes else 0


def quoted(name: str) -> str:
    """Name of a sheet as a reference holds it."""
    return "'" + name.replace("'", "''") + "'"
