"""The moments of the page: the days at which the ecosystem can be looked at."""

from __future__ import annotations

from datetime import date

from filiera.network.reading import select
from filiera.store import Store
from filiera.vocabulary import FIL

__all__ = ["EARLIEST", "moments"]

EARLIEST = 2000
"""Year before which no moment lies."""

_KINDS = (FIL.Tie, FIL.Membership, FIL.CapabilityClaim)
_FIRST = (FIL.startEarliest, FIL.startLatest, FIL.asOfEarliest)


def moments(store: Store, today: date) -> list[date]:
    """The last days of the years since the first dated tie, membership or capability; today last.

    Without any such date, today alone.
    """
    kinds = " ".join(f"<{kind}>" for kind in _KINDS)
    days = " ".join(f"<{day}>" for day in _FIRST)
    asked = (
        f"SELECT (MIN(?day) AS ?first) {{ VALUES ?kind {{ {kinds} }} VALUES ?first_ {{ {days} }}"
        " ?fact a ?kind ; ?first_ ?day }"
    )
    found = [day.value for (day,) in select(store, asked) if day is not None]
    first = max(EARLIEST, int(found[0][:4])) if found else today.year
    ends = [date(year, 12, 31) for year in range(first, today.year + 1)]
    return [*(day for day in ends if day < today), today]
