"""Cells of a workbook, each written as what it is: text, number, day, or link."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from filiera.texts import Text
from filiera.workbook import limits
from filiera.workbook.placing import Places
from filiera.workbook.sheets import Cell, Goto, Link, Share

__all__ = ["Cells", "Remark", "SheetCells", "heading"]

_GOES_ON = " […]"
_LEADS = ("=", "+", "-", "@")
"""What a formula can begin with, should a text be typed again or saved in another format."""

_BASE = {"text_wrap": True, "valign": "top"}
# A number keeps off the text in the next column.
_NUMBER = {"valign": "top", "align": "right", "indent": 1}
_LOOKS: dict[str, dict[str, Any]] = {
    "": _BASE,
    "day": {**_BASE, "align": "left"},
    "number": _NUMBER,
    "share": {**_NUMBER, "num_format": "0.0%"},
    "read_share": {**_BASE, "align": "left", "num_format": "0.0%"},
    "link": {**_BASE, "align": "left", "font_color": "#0563C1", "underline": 1},
    "header": {**_BASE, "bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "border": 1},
    "note": {"italic": True, "font_color": "#404040"},
    "title": {"bold": True, "font_size": 18, "font_color": "#1F4E79"},
    "heading": {"bold": True, "font_size": 13, "font_color": "#1F4E79"},
    "name": {**_BASE, "bold": True},
    "text": {**_BASE, "align": "left"},
    "bad": {"bg_color": "#F8CBAD", "font_color": "#7B2D00"},
    "doubtful": {"bg_color": "#FFE699", "font_color": "#5F4B00"},
    "good": {"bg_color": "#C6E0B4", "font_color": "#274E13"},
}
_DAYS = Text("dd/mm/yyyy", "d mmm yyyy")

_REST = Text(
    "continua il testo della cella, che Excel non contiene intero",
    "goes on with the text of the cell, which Excel cannot hold whole",
)
_TOO_MANY = Text(
    "Link scritti come testo perché Excel ne tiene al massimo {limit} per foglio: {count}",
    "Links written as text because Excel takes no more than {limit} on a sheet: {count}",
)
_TOO_LONG = Text(
    "Indirizzi scritti come testo perché più lunghi di {limit} caratteri: {count}",
    "Addresses written as text because they are longer than {limit} characters: {count}",
)


class Remark(NamedTuple):
    """What could not be written as it is: in which cell of which sheet, why, and the rest."""

    sheet: str
    cell: str
    remark: str
    text: str


class Cells:
    """The looks of a workbook's cells, and all that did not fit into them."""

    def __init__(self, workbook: Any, places: Places, lang: str) -> None:
        self.places = places
        self.lang = lang
        looks = _LOOKS | {"day": {**_LOOKS["day"], "num_format": _DAYS(lang)}}
        self.formats = {name: workbook.add_format(look) for name, look in looks.items()}
        self._quoted = {
            name: workbook.add_format({**look, "quote_prefix": True})
            for name, look in looks.items()
        }
        self._rests: list[Remark] = []
        self._lost: Counter[tuple[str, Text, int]] = Counter()

    def on(self, worksheet: Any) -> SheetCells:
        """The cells of a sheet."""
        return SheetCells(self, worksheet)

    def text_format(self, text: str, look: str) -> Any:
        """Format of a text; one that looks like a formula bears Excel's own mark of a text."""
        return (self._quoted if text.startswith(_LEADS) else self.formats)[look]

    def shortened(self, text: str, sheet: str, place: str) -> str:
        """As much of a text that is too long as a cell holds; the rest becomes a remark."""
        shown, rest = limits.cut(text, limits.CELL_TEXT - len(_GOES_ON))
        while rest:
            piece, rest = limits.cut(rest, limits.CELL_TEXT)
            self._rests.append(Remark(sheet, place, _REST(self.lang), piece))
        return shown + _GOES_ON

    def lose_link(self, sheet: str, why: Text, limit: int) -> None:
        """Count a link that stands as text."""
        self._lost[sheet, why, limit] += 1

    def remarks(self) -> list[Remark]:
        """All that did not fit, sheet by sheet."""
        lost = [
            Remark(sheet, "", why(self.lang).format(limit=limit, count=count), "")
            for (sheet, why, limit), count in self._lost.items()
        ]
        return lost + self._rests


class SheetCells:
    """Writes the cells of one sheet."""

    def __init__(self, cells: Cells, worksheet: Any) -> None:
        self._cells = cells
        self._worksheet = worksheet
        self._links = 0

    def write(self, row: int, column: int, cell: Cell, look: str = "") -> None:
        """Write a cell as what it is; nothing for ``None``."""
        match cell:
            case None:
                pass
            case bool():
                self._worksheet.write_boolean(row, column, cell, self._cells.formats[look])
            case int() | float() | Decimal():
                self._number(row, column, cell, look)
            case date():
                self._day(row, column, cell, look)
            case Share(value):
                form = self._cells.formats["read_share" if look else "share"]
                self._worksheet.write_number(row, column, value, form)
            case Link(text, url):
                self._link(row, column, text, url, look)
            case Goto(text, _, _):
                if not self._open(row, column, self._internal(cell), str(text)):
                    self.write(row, column, text, look)
                elif isinstance(text, int):
                    self._number(row, column, text, "link")
            case str():
                self._text(row, column, cell, look)

    def _number(self, row: int, column: int, number: int | float | Decimal, look: str) -> None:
        if limits.exact(number):
            form = self._cells.formats[look or "number"]
            self._worksheet.write_number(row, column, number, form)
        else:
            self._text(row, column, str(number), look)

    def _day(self, row: int, column: int, day: date, look: str) -> None:
        if day < limits.FIRST_DAY:
            self._text(row, column, day.isoformat(), look)
        else:
            self._worksheet.write_datetime(row, column, day, self._cells.formats["day"])

    def _link(self, row: int, column: int, text: str, url: str, look: str) -> None:
        openable = limits.is_web_address(url)
        if openable and limits.length(url) > limits.URL_TEXT:
            self._cells.lose_link(self._worksheet.get_name(), _TOO_LONG, limits.URL_TEXT)
            openable = False
        if not (openable and self._open(row, column, url, text or url)):
            whole = text if text == url or not url else f"{text} <{url}>".lstrip()
            self._text(row, column, whole, look)

    def _internal(self, goto: Goto) -> str:
        target = self._cells.places.target(goto)
        return f"internal:{target}" if target else ""

    def _open(self, row: int, column: int, url: str, text: str) -> bool:
        """Write a link; ``False`` if there is none, or no room for one more."""
        if not url:
            return False
        if self._links >= limits.SHEET_LINKS:
            name = self._worksheet.get_name()
            self._cells.lose_link(name, _TOO_MANY, limits.SHEET_LINKS)
            return False
        self._links += 1
        self._text(row, column, text, "link", url)
        return True

    def _text(self, row: int, column: int, text: str, look: str, url: str = "") -> None:
        fitting = limits.clean(text)
        if limits.length(fitting) > limits.CELL_TEXT:
            name = self._worksheet.get_name()
            fitting = self._cells.shortened(fitting, name, _place(row, column))
        form = self._cells.text_format(fitting, look)
        markup = fitting.startswith("<r>") and fitting.endswith("</r>")
        if url:
            self._worksheet.write_url(row, column, url, form, "-" if markup else fitting)
        if markup:
            # The writer would take it for markup of its own; in several runs it is a text.
            runs = (fitting[:1], fitting[1:2], fitting[2:])
            self._worksheet.write_rich_string(row, column, *runs, form)
        elif fitting and not url:
            self._worksheet.write_string(row, column, fitting, form)


def heading(text: str) -> str:
    """Text on one line, for a heading, a title of a chart or a page."""
    return " ".join(limits.clean(text).replace("<r>", "<r >").split())


def _place(row: int, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    place: str = xl_rowcol_to_cell(row, column)
    return place
