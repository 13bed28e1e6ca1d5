"""What Excel can hold, and texts and names made to fit.

The limits are those of "Excel specifications and limits" (Microsoft) and of the file format
(ECMA-376); lengths count UTF-16 units, as Excel counts them.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

__all__ = [
    "CELL_TEXT",
    "FIRST_DAY",
    "HEADER_TEXT",
    "SHEET_LINKS",
    "SHEET_NAME",
    "SHEET_ROWS",
    "URL_TEXT",
    "clean",
    "cut",
    "exact",
    "is_web_address",
    "length",
    "sheet_name",
    "unique",
]

SHEET_ROWS = 1_048_576
CELL_TEXT = 32_767
SHEET_NAME = 31
SHEET_LINKS = 65_530
URL_TEXT = 2_079
HEADER_TEXT = 255
"""Of the heading of a table's column, and of the header of a printed page."""

FIRST_DAY = date(1900, 3, 1)
"""Excel counts days from 1900, with a 29 February that there was not: earlier days are text."""

_SAFE_INTEGER = 10**15
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold."""
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_IN_AN_ADDRESS = re.compile("[\x00-\x20\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Text with what XML cannot hold shown as the replacement character, lines ended by LF."""
    return _FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def length(text: str) -> int:
    """Length of a text as Excel counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, most: int) -> tuple[str, str]:
    """Part a text in two, the first with at most ``most`` units, no character torn.

    >>> cut("a😀b", 2)
    ('a', '😀b')
    """
    end = min(len(text), most)
    while length(text[:end]) > most:
        end -= max(1, (length(text[:end]) - most) // 2)
    return text[:end], text[end:]


def exact(number: int | float | Decimal) -> bool:
    """Whether a cell holds the number as it is: Excel keeps 15 digits, and no infinity.

    >>> exact(2020), exact(12345678901234567890), exact(float("nan"))
    (True, False, False)
    """
    if isinstance(number, int):
        return abs(number) < _SAFE_INTEGER
    if isinstance(number, Decimal):
        return number.is_finite() and len(number.normalize().as_tuple().digits) <= 15
    return number - number == 0


def is_web_address(text: str) -> bool:
    """Whether a text can be opened from a cell: a web address without blanks or controls."""
    lower = text[:8].lower()
    return lower.startswith(("http://", "https://")) and not _NOT_IN_AN_ADDRESS.search(text)


def sheet_name(text: str, taken: set[str]) -> str:
    """Name of a sheet that Excel takes and no other sheet has; it is added to ``taken``."""
    plain = " ".join(_NOT_IN_A_NAME.sub(" ", clean(text)).split()).strip("'") or "-"
    taken.add("history")  # Excel keeps this name for itself
    return unique(plain, taken, SHEET_NAME)


def unique(text: str, taken: set[str], most: int) -> str:
    """Text of at most ``most`` units, numbered if it is taken in any case of its letters."""
    name, _ = cut(text, most)
    number = 1
    while name.lower() in taken:
        number += 1
        ending = f" ({number})"
        name = cut(text, most - len(ending))[0].rstrip() + ending
    taken.add(name.lower())
    return name
