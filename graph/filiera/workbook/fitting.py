"""How much room cells take: widths of columns in characters, heights of rows in points.

Excel finds the height of a row by itself, others that open a workbook do not; so a row that needs
several lines says so. The width of a column is counted in digits, which are a little wider than
most letters.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from datetime import date

from filiera.workbook import limits
from filiera.workbook.sheets import Cell, Goto, Link, Share

__all__ = ["LINE_HEIGHT", "column_width", "row_height", "text_lines"]

LINE_HEIGHT = 15
"""Points of a line."""

_NARROW, _WIDE, _ADDRESS = 9, 60, 30
_LETTERS = 1.1
"""Letters that stand where one digit does, carefully counted."""
_TALLEST = 409
"""Points that a row of Excel may have."""
_BUTTON = 4
"""Characters that the button of a filter takes, and the bold letters beside it."""


def column_width(title: str, values: Iterable[Cell]) -> int:
    """Width of a column, in characters, that shows most of its cells on one line."""
    words = max((len(word) for word in title.split()), default=0) + _BUTTON
    wanted = max(words, min(len(title) + _BUTTON, 20))
    for value in values:
        wanted = max(wanted, _shown_length(value))
    return max(_NARROW, min(wanted + 1, _WIDE))


def row_height(cells: Sequence[Cell], widths: Sequence[int]) -> int | None:
    """Height of a row that needs more than one line; ``None`` for any other.

    An address that is shown as it is may be cut: nobody reads its end.
    """
    lines = 1
    for cell, width in zip(cells, widths, strict=True):
        text = _long_text(cell)
        if len(text) > width or "\n" in text:
            lines = max(lines, text_lines(text, width))
    return min(LINE_HEIGHT * lines, _TALLEST) if lines > 1 else None


def text_lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of some width.

    >>> text_lines("one two three", 8)
    2
    """
    letters = int(width * _LETTERS)
    return sum(max(1, len(textwrap.wrap(line, letters))) for line in text.split("\n"))


def _long_text(cell: Cell) -> str:
    match cell:
        case str():
            return cell
        case Goto(str(text), _, _):
            return text
        case Link(text, url) if not _is_address(cell):
            return text or url
        case _:
            return ""


def _is_address(link: Link) -> bool:
    return link.text in ("", link.url) and limits.is_web_address(link.url)


def _shown_length(cell: Cell) -> int:
    match cell:
        case None:
            return 0
        case date():
            return 11
        case Share():
            return 6
        case Link(text, url):
            length = len(text or url)
            return min(length, _ADDRESS) if _is_address(cell) else length
        case Goto(text, _, _):
            return len(str(text))
        case str():
            return max(map(len, cell.splitlines()), default=0)
        case _:
            return len(str(cell))
