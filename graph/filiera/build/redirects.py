"""Checks of the former ids, which no row can make alone: nothing bears them, and they lead
straight to something that is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from filiera.facts.dataset import Dataset
from filiera.facts.problems import Problem
from filiera.facts.reading import nearest, read_rows
from filiera.facts.tables import TABLES

__all__ = ["redirect_problems"]

_TABLE = TABLES["redirects"]
_FORMER, _PRESENT = (_TABLE.header.index(name) for name in ("former", "present"))


def redirect_problems(
    dataset: Dataset, ids: Mapping[str, Mapping[str, tuple[str, int]]]
) -> Iterator[Problem]:
    """Every fault of the table of former ids.

    ``ids`` holds group → id → (file, row) where an id was first given.
    """
    path = dataset.folder / f"{_TABLE.name}.csv"
    if not path.exists():
        return
    used = {
        _SPACES.get(group, "") + identifier: place
        for group, known in ids.items()
        for identifier, place in known.items()
    }
    rows = [
        (number, cells[_FORMER], cells[_PRESENT])
        for number, cells in read_rows(path, _TABLE, [])
        if cells[_FORMER] and cells[_PRESENT]
    ]
    leads: dict[str, tuple[int, str]] = {}
    for number, former, present in rows:
        first, other = leads.setdefault(former, (number, present))
        if other != present:
            values = {"first": str(first), "other": other}
            yield Problem(path.name, "redirect-twice", number, "former", former, values)
    for number, former, present in rows:
        if former in used:
            table, row = used[former]
            values = {"table": table, "row": str(row)}
            yield Problem(path.name, "former-in-use", number, "former", former, values)
        if present in used:
            continue
        last = _end(present, leads)
        if last is None:
            yield Problem(path.name, "redirect-circle", number, "present", present)
        elif last != present:
            values = {"present": present, "last": last}
            yield Problem(path.name, "redirect-chain", number, "present", present, values)
        else:
            values = {"tables": _tables(), "nearest": nearest(present, set(used))}
            yield Problem(path.name, "dangling", number, "present", present, values)


_SPACES = {"place": "place/", "source": "graph/"}
"""What is written before the ids of a group."""


def _end(present: str, leads: Mapping[str, tuple[int, str]]) -> str | None:
    """Where a chain of former ids ends; ``None`` where it goes round in a circle."""
    seen = set[str]()
    while present in leads:
        if present in seen:
            return None
        seen.add(present)
        present = leads[present][1]
    return present


def _tables() -> str:
    """Tables that give ids."""
    return ", ".join(
        f"{name}.csv" for name, table in TABLES.items() if hasattr(table.columns[0].cell, "group")
    )
