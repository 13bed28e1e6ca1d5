"""History: what became of a body over time, and what changed between two days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from filiera.answers.cards import Cards
from filiera.answers.chronicle import chronicle
from filiera.answers.happenings import CERTAINLY, Happening, iso
from filiera.answers.history_text import history_markdown
from filiera.answers.index import LazyIndex
from filiera.answers.member_times import MemberTime, founding_of, member_times, standing
from filiera.answers.spoken import Spoken
from filiera.answers.stated_members import StatedMembers, stated_members
from filiera.errors import UsageError
from filiera.store import Store
from filiera.texts import Text

__all__ = ["Change", "Difference", "History", "NamedOn", "history"]


@dataclass(frozen=True)
class NamedOn:
    """Who is a member on a day by this graph, certainly and possibly, against the number stated.

    ``stated`` holds what sources state for a day up to then, the latest numbers of all members.
    """

    day: str
    certain: tuple[str, ...]
    possible: tuple[str, ...]
    stated: tuple[StatedMembers, ...]

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "day": self.day,
            "certain": list(self.certain),
            "possible": list(self.possible),
            "stated": [stated.to_dict(lang) for stated in self.stated],
        }


@dataclass(frozen=True)
class Change:
    """A happening between two days, ``certainly`` or ``possibly``."""

    certainty: str
    happening: Happening

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {"certainty": self.certainty, **self.happening.to_dict(lang)}


@dataclass(frozen=True)
class Difference:
    """What changed from the beginning of one day to the end of another.

    ``gained`` and ``lost`` are members at one day and not, even possibly, at the other.
    """

    first: NamedOn
    last: NamedOn
    changes: tuple[Change, ...]

    @property
    def gained(self) -> tuple[str, ...]:
        """Certain members of the last day who were none on the first."""
        return _beyond(self.last, self.first)

    @property
    def lost(self) -> tuple[str, ...]:
        """Certain members of the first day who are none on the last."""
        return _beyond(self.first, self.last)

    def counted(self, certainty: str, *kinds: str) -> int:
        """Number of happenings of some kinds."""
        return sum(
            change.happening.kind in kinds and change.certainty == certainty
            for change in self.changes
        )

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "from": self.first.to_dict(lang),
            "to": self.last.to_dict(lang),
            "gained": list(self.gained),
            "lost": list(self.lost),
            "changes": [change.to_dict(lang) for change in self.changes],
        }


@dataclass(frozen=True)
class History(Spoken):
    """Members of a body stated and named over time, and what happened to it and to them.

    ``happenings`` are in the order of their days, those without a date last; ``labels`` are
    the names of the members. With a time asked for, ``happenings`` are those that lie in it at
    least possibly, and ``difference`` tells what changed over it.
    """

    body: str
    label: Text
    at: str
    stated: tuple[StatedMembers, ...]
    named: tuple[NamedOn, ...]
    happenings: tuple[Happening, ...]
    labels: dict[str, Text]
    difference: Difference | None = None

    def by_year(self) -> dict[int | None, tuple[Happening, ...]]:
        """Happenings by year, in order; ``None`` is the year of those without a date."""
        years: dict[int | None, list[Happening]] = {}
        for one in self.happenings:
            years.setdefault(one.year, []).append(one)
        return {year: tuple(ones) for year, ones in years.items()}

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "body": self.body,
            "label": self.label(lang),
            "at": self.at or None,
            "stated": [stated.to_dict(lang) for stated in self.stated],
            "named": [named.to_dict(lang) for named in self.named],
            "years": [
                {"year": year, "happenings": [one.to_dict(lang) for one in ones]}
                for year, ones in self.by_year().items()
            ],
            "labels": {iri: label(lang) for iri, label in self.labels.items()},
            "difference": self.difference.to_dict(lang) if self.difference else None,
        }

    def markdown(self, lang: str) -> str:
        """The history in sentences with numbered sources."""
        return history_markdown(self, lang)


def history(
    store: Store,
    body: str,
    *,
    start: date | None = None,
    end: date | None = None,
    at: date | None = None,
    cards: Cards | None = None,
) -> History:
    """The history of a body (an IRI), as far as ``at``.

    ``start`` and ``end`` ask for what changed from the one day to the other; without ``end`` to
    ``at``, else to the last day of which anything is told. ``cards`` are those of the same
    store, read already for something else.

    Raises UsageError where the days are in the wrong order.
    """
    first, last, until = iso(start), iso(end), iso(at)
    cards = cards or Cards(LazyIndex(store))
    index = cards.index
    founded = founding_of(index, body)
    times = member_times(index, body)
    # What is not yet by the last day asked for is left out.
    until = min(filter(None, (until, last)), default="")
    happenings = chronicle(cards, body, times, founded)
    stated = stated_members(cards, body, times, founded, until)
    if until:
        stated = [one for one in stated if (one.days.earliest or one.days.latest) <= until]
    ends = _days(stated, happenings, founded, until)
    difference = None
    if first or last:
        first = first or founded or min(ends, default=last)
        last = last or until or max(ends, default=first)
        if first > last:
            raise UsageError(
                Text(
                    f"il primo giorno, {first}, viene dopo l'ultimo, {last}",
                    f"the first day, {first}, comes after the last, {last}",
                )
            )
        changes = tuple(
            Change(certainty, one)
            for one in happenings
            if (certainty := one.days.within(first, last))
        )
        happenings = [change.happening for change in changes]
        difference = Difference(
            _named_on(first, times, founded, stated),
            _named_on(last, times, founded, stated),
            tuple(sorted(changes, key=lambda change: change.certainty != CERTAINLY)),
        )
    elif until:
        happenings = [one for one in happenings if one.day <= until]
    return History(
        body=body,
        label=index.label(body),
        at=until,
        stated=tuple(stated),
        named=tuple(_named_on(day, times, founded, stated) for day in ends),
        happenings=tuple(happenings),
        labels={time.member: index.label(time.member) for time in times},
        difference=difference,
    )


def _days(
    stated: Sequence[StatedMembers],
    happenings: Sequence[Happening],
    founded: str,
    until: str,
) -> list[str]:
    """The last days of the years that are told of, and the days of the numbers stated."""
    told = [one.day for one in happenings if one.day and one.kind in ("joined", "attested", "left")]
    days = {one.days.latest for one in stated if one.days.latest and one.total}
    years = [int(day[:4]) for day in (*told, *days, founded, until) if day]
    if years:
        days |= {f"{year}-12-31" for year in range(min(years), max(years) + 1)}
    if until:
        days = {day for day in days if day < until} | {until}
    return sorted(days)


def _named_on(
    day: str, times: Sequence[MemberTime], founded: str, stated: Sequence[StatedMembers]
) -> NamedOn:
    certain, possible = standing(times, day, founded)
    before = [one for one in stated if one.total and one.days.latest and one.days.latest <= day]
    newest = max((one.days.latest for one in before), default="")
    latest = tuple(one for one in before if one.days.latest == newest)
    return NamedOn(day, certain, possible, latest)


def _beyond(one: NamedOn, other: NamedOn) -> tuple[str, ...]:
    return tuple(sorted(set(one.certain) - set(other.certain) - set(other.possible)))
