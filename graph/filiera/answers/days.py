"""The day that an answer is asked for, as people give it."""

from __future__ import annotations

from datetime import date

from filiera.errors import UsageError
from filiera.facts.dates import span
from filiera.facts.problems import CellFault
from filiera.texts import Text

__all__ = ["given_day"]


def given_day(text: str | None, edge: str = "last") -> date | None:
    """The last day that ``2020``, ``2020-07`` or ``2020-07-08`` means; ``None`` for nothing.

    With ``edge="first"`` the first day.

    Raises UsageError for a text that is no date.

    >>> given_day("2020-02")
    datetime.date(2020, 2, 29)
    """
    if not text:
        return None
    if text == "today":
        return date.today()
    try:
        meant = span(text)
        day = meant.earliest if edge == "first" else meant.latest
    except CellFault:
        day = None
    if day is None:
        raise UsageError(
            Text(
                f"“{text}” non è una data; scrivila come 2020, 2020-07 o 2020-07-08",
                f"“{text}” is no date; write it as 2020, 2020-07 or 2020-07-08",
            )
        )
    return day
