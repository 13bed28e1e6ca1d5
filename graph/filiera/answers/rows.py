"""Rows, what one source says of one fact, and lines, what a card says of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from filiera.answers.dates import when_text
from filiera.answers.index import Index, Said
from filiera.texts import NOTHING, Text
from filiera.vocabulary import FIL, RDFS

__all__ = ["DatedRole", "Line", "Row", "conflicting_roles", "first_day", "rows_of"]

_ROLES = ("start", "end", "asOf", "date")
_EXCLUSIVE = ("start", "end", "date", "due")


class DatedRole(NamedTuple):
    """What a date is the date of, and the days between which it lies; an open side is empty.

    ``role`` is ``start``, ``end``, ``asOf``, ``date`` or ``due``, the days are ISO text.
    """

    role: str
    earliest: str
    latest: str


class Row:
    """What one source says of one node."""

    def __init__(self, index: Index, node: str, source: str, said: dict[str, list[Said]]) -> None:
        self.index = index
        self.node = node
        self.source = source
        self._said = said

    def all(self, predicate: str) -> list[str]:
        """Values of a property, sorted."""
        return sorted({said.value for said in self._said.get(predicate, ())})

    def one(self, predicate: str) -> str:
        """First value of a property, empty if there is none."""
        found = self._said.get(predicate)
        return min([said.value for said in found]) if found else ""

    def predicates(self) -> list[str]:
        """Properties that the source gives, sorted."""
        return sorted(self._said)

    def iris(self, predicate: str) -> list[str]:
        """Values of a property that are IRIs, sorted."""
        return sorted({said.value for said in self._said.get(predicate, ()) if said.lang is None})

    def text(self, predicate: str) -> Text | None:
        """Text of a property in both languages; ``None`` if it has no literals."""
        texts: dict[str, list[str]] = {}
        for said in self._said.get(predicate, ()):
            if said.lang is not None:
                texts.setdefault(said.lang, []).append(said.value)
        if not texts:
            return None
        return Text.of({lang: "; ".join(sorted(values)) for lang, values in texts.items()})

    def labels(self, predicate: str) -> Text | None:
        """Labels of the objects of a property, joined by commas; ``None`` if there is none."""
        found = [self.index.label(value) for value in self.all(predicate)]
        if not found:
            return None
        return Text(", ".join(t.it for t in found), ", ".join(t.en for t in found))

    def when(self, *roles: str) -> Text:
        """When the fact holds, said from the dates of some roles (all that tell of time).

        What is a matter of a moment, such as a purchase, did not begin then: it happened.
        """
        if self._momentary() and not roles and self.all(FIL.start):
            return self.on("start")
        if not any(FIL[role] in self._said for role in roles or _ROLES):
            return NOTHING
        values = [
            (self.all(FIL[role]) or [""]) if role in (roles or _ROLES) else [""] for role in _ROLES
        ]
        return Text(*(" / ".join(_times(values, lang)) for lang in ("it", "en")))

    def on(self, role: str) -> Text:
        """The day of a beginning or an end, as that of something that happened."""
        days = self.all(FIL[role])
        said = (" / ".join(when_text(lang, date=day) for day in days) for lang in ("it", "en"))
        return Text(*said)

    def days(self, *roles: str) -> tuple[DatedRole, ...]:
        """The days of the dates that `when` tells of (``roles``, else all)."""
        momentary = not roles and self._momentary()
        return tuple(
            DatedRole(
                "date" if momentary and role == "start" else role,
                self.one(FIL[f"{role}Earliest"]),
                max(self.all(FIL[f"{role}Latest"]), default=""),
            )
            for role in roles or _ROLES
            if self.all(FIL[role])
        )

    def _momentary(self) -> bool:
        concept = self.one(FIL.relation) or self.one(FIL.status)
        return bool(concept) and self.index.values(concept, FIL.momentary) == ["true"]


@dataclass
class Line:
    """A statement before its sources have become references.

    Rows that say the same at the same time are one line with all their sources.
    """

    group: str
    text: Text
    """With ``{}`` where the label of ``other`` belongs, if there is an ``other``."""
    when: Text = NOTHING
    other: str = ""
    disagrees: bool = False
    order: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    """Dates that the line tells of, where it does not tell of all."""
    sources: list[str] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    inferences: list[Text] = field(default_factory=list)
    days: tuple[DatedRole, ...] = ()
    """The days that ``when`` tells of."""

    def from_row(self, row: Row) -> Line:
        """The line with the source, the note and the inference of a row."""
        self.sources = [row.source]
        note, inference = row.text(RDFS.comment), row.text(FIL.inference)
        self.notes = [note] if note else []
        self.inferences = [inference] if inference else []
        if self.when != NOTHING:
            days = row.days(*self.roles)
            # A line that tells of a beginning or an end alone tells of something that happened.
            self.days = tuple(day._replace(role="date") for day in days) if self.roles else days
        return self

    def key(self) -> tuple[str, Text, Text, str]:
        """What makes two lines one."""
        return (self.group, self.text, self.when, self.other)


def _times(values: list[list[str]], lang: str) -> Iterator[str]:
    for start, end, as_of, date in product(*values):
        yield when_text(lang, start=start, end=end, as_of=as_of, date=date)


def rows_of(index: Index, node: str) -> list[Row]:
    """Rows about a node, one a source, in the order of the sources' IRIs."""
    by_source: dict[str, dict[str, list[Said]]] = {}
    for predicate, values in index.properties(node).items():
        for said in values:
            by_source.setdefault(said.source, {}).setdefault(predicate, []).append(said)
    return [Row(index, node, source, by_source[source]) for source in sorted(by_source)]


def first_day(rows: list[Row]) -> str:
    """Earliest day of any date of a fact, as ISO text; empty where it has no date."""
    days = [
        day
        for row in rows
        for role in _ROLES
        for side in ("Earliest", "Latest")
        if (day := row.one(FIL[role + side]))
    ]
    return min(days, default="")


def conflicting_roles(rows: list[Row]) -> set[str]:
    """What cannot all be true: ``value``, or the dates of a role that share no day.

    A vaguer date does not contradict a more exact one, and a missing one contradicts nothing.
    """
    found = set()
    numbers = {Decimal(value) for row in rows for value in row.all(FIL.value)}
    if len(numbers) > 1:
        found.add("value")
    for role in _EXCLUSIVE:
        latest_start = max(
            (day for row in rows for day in row.all(FIL[role + "Earliest"])), default=""
        )
        earliest_end = min(
            (day for row in rows for day in row.all(FIL[role + "Latest"])), default=""
        )
        if latest_start and earliest_end and latest_start > earliest_end:
            found.add(role)
    return found
