"""Dates as they are said (EDTF), with the earliest and the latest day that they can mean."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache
from time import struct_time
from typing import NamedTuple

from filiera.facts.problems import CellFault

__all__ = ["Span", "span"]

_PLAIN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})")
_DATE = r"([0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)?)"
_DOUBTED = re.compile(rf"{_DATE}[?~%]")
_INTERVAL = re.compile(rf"(?:{_DATE}[?~%]?|\.\.|)/(?:{_DATE}[?~%]?|\.\.|)")
_ONE_OF = re.compile(rf"\[(?:{_DATE})?\.\.(?:{_DATE})?\]")
_PARTS_OF_A_YEAR = {"21", "22", "23", "33", "34", "35", "36", "40", "41"}
"""What may stand for a month: spring to autumn, quarters, halves. A winter lies in two years,
and nobody can know in which of its months a source that names one year sees it."""


class Span(NamedTuple):
    """A date as said, and the two days between which it lies; ``None`` is an open side."""

    said: str
    earliest: date | None
    latest: date | None


@lru_cache(maxsize=65536)
def span(text: str) -> Span:
    """Read a date in the Extended Date/Time Format (ISO 8601-2, levels 0 to 2).

    A side of an interval that is open (``2020/..``) or unknown (``2020/``) has no day.

    Raises CellFault when the text is no such date, or names a day that does not exist.

    >>> span("2020-02")
    Span(said='2020-02', earliest=datetime.date(2020, 2, 1), latest=datetime.date(2020, 2, 29))
    >>> span("[..2020-07]").earliest is None
    True
    """
    plain = _PLAIN.fullmatch(text)
    if plain and not _is_part_of_a_year(plain):
        return _plain(text, *plain.groups())
    day_first = _DAY_FIRST.fullmatch(text)
    if day_first:
        day, month, year = (int(part) for part in day_first.groups())
        _day(year, month, day)
        raise CellFault("day-first-date", suggestion=f"{year:04}-{month:02}-{day:02}")
    return _extended(text)


def _plain(text: str, year: str, month: str | None, day: str | None) -> Span:
    number = int(year)
    if month is None:
        return Span(text, _day(number, 1, 1), _day(number, 12, 31))
    if day is None:
        first = _day(number, int(month), 1)
        return Span(
            text, first, _day(number, int(month), calendar.monthrange(number, int(month))[1])
        )
    exact = _day(number, int(month), int(day))
    return Span(text, exact, exact)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise CellFault("impossible-date") from error


def _extended(text: str) -> Span:
    # The parser skips blanks; whoever reads the date again need not.
    if not text.isascii() or any(character.isspace() for character in text):
        raise CellFault("not-a-date")
    earliest, latest = _usual(text) or _parsed(text)
    if earliest is None and latest is None:
        raise CellFault("not-a-date")
    if earliest and latest and latest < earliest:
        raise CellFault("period-reversed", start=str(earliest), end=str(latest))
    return Span(text, earliest, latest)


def _usual(text: str) -> tuple[date | None, date | None] | None:
    """The two days of the forms that sources use most; ``None`` for any other.

    They need no parser, which takes as long to load as a small question to be answered.
    """
    doubted = _DOUBTED.fullmatch(text)
    if doubted:
        return _days(doubted[1])
    one_of = _ONE_OF.fullmatch(text)
    bounds = one_of or _INTERVAL.fullmatch(text)
    if not bounds:
        return None
    first, last = bounds.groups()
    if one_of and first and last and len(first) != len(last):
        return None  # the parser takes some of them and refuses others
    return _days(first)[0], _days(last)[1]


def _days(plain: str | None) -> tuple[date | None, date | None]:
    match = _PLAIN.fullmatch(plain or "")
    return _plain(match.group(), *match.groups())[1:] if match else (None, None)


def _parsed(text: str) -> tuple[date | None, date | None]:
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    for inner in _PLAIN.finditer(text):
        if not _is_part_of_a_year(inner):
            _plain(inner.group(), *inner.groups())
    try:
        parsed = parse_edtf(text)
        # For an unknown side the parser makes up a day, ten years away from the other.
        earliest = None if text.startswith("/") else _edge(parsed.lower_strict())
        latest = None if text.endswith("/") else _edge(parsed.upper_strict())
    except (EDTFParseException, ValueError, AttributeError, TypeError) as error:
        raise CellFault("not-a-date") from error
    return earliest, latest


def _is_part_of_a_year(match: re.Match[str]) -> bool:
    return match[2] in _PARTS_OF_A_YEAR and match[3] is None


def _edge(moment: struct_time | float) -> date | None:
    if isinstance(moment, float):
        return None
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday)
