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

_PLAIN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


class Span(NamedTuple):
    """A date as said, and the two days between which it lies; ``None`` is an open side."""

    said: str
    earliest: date | None
    latest: date | None


@lru_cache(maxsize=65536)
def span(text: str) -> Span:
    """Read a date in the Extended Date/Time Format (ISO 8601-2, levels 0 to 2).

    Raises CellFault when the text is no such date, or names a day that does not exist.

    >>> span("2020-02")
    Span(said='2020-02', earliest=datetime.date(2020, 2, 1), latest=datetime.date(2020, 2, 29))
    >>> span("[..2020-07]").earliest is None
    True
    """
    plain = _PLAIN.fullmatch(text)
    if plain:
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
        raise CellFault("impossible-date", reason=str(error)) from error


def _extended(text: str) -> Span:
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    for inner in _PLAIN.finditer(text):
        _plain(inner.group(), *inner.groups())
    try:
        parsed = parse_edtf(text)
        earliest, latest = _edge(parsed.lower_strict()), _edge(parsed.upper_strict())
    except (EDTFParseException, ValueError, AttributeError, TypeError) as error:
        raise CellFault("not-a-date") from error
    if earliest is None and latest is None:
        raise CellFault("not-a-date")
    if earliest and latest and latest < earliest:
        raise CellFault("period-reversed", start=str(earliest), end=str(latest))
    return Span(text, earliest, latest)


def _edge(moment: struct_time | float) -> date | None:
    if isinstance(moment, float):
        return None
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday)
