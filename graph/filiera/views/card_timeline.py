"""The timeline of a card: its dated statements on one scale, as places in percent of a width."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from filiera.answers.cards import Statement
from filiera.answers.happenings import Days
from filiera.answers.spans import span_between

__all__ = ["Bar", "Timeline", "TimelineRow", "timeline"]

_STEPS = (1, 2, 5, 10, 20, 50, 100)
_MOST_YEARS = 4


@dataclass(frozen=True)
class Bar:
    """A stretch of the scale, in percent of its width; ``certain`` or only possible."""

    x: float
    width: float
    certain: bool


@dataclass(frozen=True)
class TimelineRow:
    """A statement with its bars, and the middle of what happened within some days, if it did."""

    statement: Statement
    bars: tuple[Bar, ...]
    moment: float | None
    is_open: bool = False
    """Whether no source tells its end."""


@dataclass(frozen=True)
class Timeline:
    """Rows in the order of their days; ``years`` are (year, place in percent), ``now`` a place."""

    rows: tuple[TimelineRow, ...]
    years: tuple[tuple[int, float], ...]
    now: float | None


def timeline(statements: Iterable[Statement], today: date) -> Timeline | None:
    """The timeline of those statements that have days; ``None`` where none has.

    What goes on without a known end is drawn up to ``today``. What a source knows on a day
    (``asOf``) is a moment, as is what happened.
    """
    dated = [(said, edges) for said in statements if (edges := _edges(said))]
    if not dated:
        return None
    dated.sort(key=lambda pair: (min(pair[1]), pair[0].pattern, pair[0].other_label))
    days = [day for _, edges in dated for day in edges]
    first, last = min(days).year, max(max(days), today).year + 1
    scale = _Scale(date(first, 1, 1).toordinal(), date(last, 1, 1).toordinal())
    span = last - first
    step = next((step for step in _STEPS if span / step <= _MOST_YEARS), _STEPS[-1])
    return Timeline(
        tuple(_row(said, scale, today) for said, _ in dated),
        tuple(
            (year, scale.place(date(year, 1, 1)))
            for year in range(first, last + 1)
            if year % step == 0 or span < step
        ),
        scale.place(today),
    )


@dataclass(frozen=True)
class _Scale:
    first: int
    last: int

    def place(self, day: date) -> float:
        whole = max(self.last - self.first, 1)
        return round(100 * (day.toordinal() - self.first) / whole, 2)


def _edges(statement: Statement) -> list[date]:
    return [
        date.fromisoformat(day)
        for dated in statement.days
        for day in (dated.earliest, dated.latest)
        if day
    ]


def _row(statement: Statement, scale: _Scale, today: date) -> TimelineRow:
    days = {dated.role: Days(dated.earliest, dated.latest) for dated in statement.days}
    if "start" not in days:
        role = next(role for role in ("date", "end", "due", "asOf") if role in days)
        first, last = _within(days[role])
        bars = () if first == last else (_bar(scale, first, last, certain=False),)
        return TimelineRow(statement, bars, (scale.place(first) + scale.place(last)) / 2)
    span = span_between(days["start"], days.get("asOf", Days()).latest, days.get("end", Days()))
    possible = _drawn(span.possible, today)
    if span.certain is None:
        return TimelineRow(statement, (_bar(scale, *possible, certain=False),), None)
    certain = _drawn(span.certain, today)
    stretches = (
        (possible[0], certain[0], False),
        (*certain, True),
        (certain[1], possible[1], False),
    )
    return TimelineRow(
        statement,
        tuple(
            _bar(scale, first, last, certain=sure)
            for first, last, sure in stretches
            if first < last
        ),
        None,
        is_open=not span.possible[1],
    )


def _drawn(days: tuple[str, str], today: date) -> tuple[date, date]:
    """Two days to draw between: what is open on a side goes on until today."""
    first, last = (date.fromisoformat(day) if day else today for day in days)
    return min(first, last), max(first, last)


def _within(days: Days) -> tuple[date, date]:
    first, last = days.earliest or days.latest, days.latest or days.earliest
    return date.fromisoformat(first), date.fromisoformat(last)


def _bar(scale: _Scale, first: date, last: date, *, certain: bool) -> Bar:
    x = scale.place(first)
    return Bar(x, round(scale.place(last) - x, 2), certain)
