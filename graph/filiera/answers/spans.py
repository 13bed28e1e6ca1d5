"""The days on which a fact certainly, and possibly, holds: one rule for every dated fact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from filiera.answers.happenings import CERTAINLY, POSSIBLY, Days, days_of
from filiera.answers.rows import Row
from filiera.vocabulary import FIL

__all__ = ["Span", "first_held", "span_between", "span_of"]


@dataclass(frozen=True)
class Span:
    """First and last day, both included, as ISO text; an open side is empty.

    ``certain`` is ``None`` where the fact holds on no day for certain, and lies in ``possible``
    otherwise.
    """

    certain: tuple[str, str] | None
    possible: tuple[str, str]

    def at(self, day: str) -> str:
        """Whether it holds on a day: ``certainly``, ``possibly`` or not (empty text).

        >>> Span(("2020-07-31", ""), ("2020-01-01", "")).at("2020-05-01")
        'possibly'
        """
        if not _within(self.possible, day):
            return ""
        return CERTAINLY if self.certain and _within(self.certain, day) else POSSIBLY


def span_between(start: Days, held: str, end: Days, since: str = "") -> Span:
    """The span of what began and ended within some days and was known on the day ``held``.

    An end that no source tells is unknown, and does not make the fact doubtful; a beginning that
    none tells lies anywhere, though not before ``since``.

    >>> span_between(Days("2020-01-01", "2020-12-31"), "", Days())
    Span(certain=('2020-12-31', ''), possible=('2020-01-01', ''))
    """
    possible = (start.earliest or since, end.latest)
    begun = min(filter(None, (start.latest, held)), default="")
    if not begun or (end != Days() and not end.earliest):
        return Span(None, possible)
    first = max(begun, possible[0])
    certain = (first, end.earliest)
    return Span(certain if first <= (end.earliest or first) else None, possible)


def span_of(rows: Sequence[Row], since: str = "") -> Span | None:
    """The span of a fact by all its sources together; ``None`` where nothing dates it."""
    start, held, end = days_of(rows, "start"), first_held(rows), days_of(rows, "end")
    if start == end == Days() and not held and not since:
        return None
    return span_between(start, held, end, since)


def first_held(rows: Sequence[Row]) -> str:
    """First day on which a source knows a fact without saying since when; empty for none."""
    return min((day for row in rows for day in row.all(FIL.asOfLatest)), default="")


def _within(days: tuple[str, str], day: str) -> bool:
    first, last = days
    return (first or day) <= day <= (last or day)
