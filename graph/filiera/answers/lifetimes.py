"""From when to when things exist, by their phases: founded, dissolved, merged into others."""

from __future__ import annotations

from filiera.answers.happenings import Days, days_of
from filiera.answers.index import Index
from filiera.answers.rows import Row, rows_of
from filiera.answers.spans import Span, first_held, span_between
from filiera.answers.standing import CLOSED
from filiera.vocabulary import FIL, concept

__all__ = ["lifetime"]

_EXISTING = concept("status", "existing")


def lifetime(index: Index, thing: str) -> Span | None:
    """The span in which a thing exists; ``None`` where no phase of it tells.

    After the first day on which it may have closed it no longer exists for certain, and not even
    possibly after the last.
    """
    alive: list[Row] = []
    closed: list[Row] = []
    ended = False
    for node, predicate in index.referrers(thing):
        if predicate == FIL.subject and FIL.Phase in index.types(node):
            rows = rows_of(index, node)
            statuses = index.values(node, FIL.status)
            if _EXISTING in statuses:
                alive += rows
            elif any(status in CLOSED for status in statuses):
                closed += rows
                ended = True
    if not alive and not ended:
        return None
    end = days_of(alive, "end")
    if ended:
        end = _ending(closed, end)
    span = span_between(days_of(alive, "start"), first_held(alive), end)
    # Of a thing that closed on a day that nobody tells, nothing is certain.
    if ended and end == Days():
        span = Span(None, span.possible)
    return span if span.certain or any(span.possible) else None


def _ending(closed: list[Row], end: Days) -> Days:
    """When it closed: what was so on a day came about on that day or earlier."""
    began = days_of(closed, "start")
    if began == Days():
        began = Days("", first_held(closed))
    if end == Days() or began == Days():
        return began if end == Days() else end
    lasts = [day for day in (began.latest, end.latest) if day]
    return Days(min(began.earliest, end.earliest), max(lasts, default=""))
