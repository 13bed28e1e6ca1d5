"""From when to when each was a member of a body, by all sources together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from filiera.answers.happenings import CERTAINLY, POSSIBLY, Days, days_of
from filiera.answers.index import Index
from filiera.answers.rows import rows_of
from filiera.answers.spans import Span, first_held, span_between
from filiera.vocabulary import FIL, ORG, SKOS, concept

__all__ = [
    "MemberTime",
    "founding_of",
    "kinds_of",
    "member_times",
    "standing",
    "with_broader",
]

_EXISTING = concept("status", "existing")


@dataclass(frozen=True)
class MemberTime:
    """One membership: who, since when, known on which day, until when.

    ``held`` is the first day on which a source knows it without saying since when.
    """

    node: str
    member: str
    start: Days
    held: str
    end: Days
    kinds: frozenset[str]

    def at(self, day: str, founded: str) -> str:
        """Whether it held on a day: ``certainly``, ``possibly`` or not (empty text).

        Nobody joins before the body is there; an end that no source tells is unknown, and
        does not make a membership doubtful.
        """
        return self.span(founded).at(day)

    def span(self, founded: str) -> Span:
        """The days on which it certainly, and possibly, held."""
        return span_between(self.start, self.held, self.end, founded)

    def joining(self, founded: str) -> Days:
        """The days between which it began."""
        if self.start != Days():
            return self.start
        return Days(founded, self.held) if self.held else Days()


def member_times(index: Index, body: str) -> list[MemberTime]:
    """Memberships of a body in the order of their IRIs; candidates and observers are none."""
    found = []
    for node, predicate in index.referrers(body):
        if predicate != ORG.organization:
            continue
        rows = rows_of(index, node)
        roles = {role for row in rows for role in row.all(ORG.role)}
        if any("false" in index.values(role, FIL.countsAsMembership) for role in roles):
            continue
        found += [
            MemberTime(
                node,
                member,
                days_of(rows, "start"),
                first_held(rows),
                days_of(rows, "end"),
                kinds_of(index, member),
            )
            for member in index.values(node, ORG.member)
        ]
    return found


def standing(
    times: Iterable[MemberTime], day: str, founded: str, kind: str = ""
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Members (of a kind) on a day, certain and possible ones; all that are named without a day.

    Each organisation counts once, however often it joined.
    """
    levels: dict[str, str] = {}
    for time in times:
        if kind and kind not in time.kinds:
            continue
        level = time.at(day, founded) if day else CERTAINLY
        if level and levels.get(time.member) != CERTAINLY:
            levels[time.member] = level
    certain = tuple(sorted(member for member, level in levels.items() if level == CERTAINLY))
    return certain, tuple(sorted(member for member, level in levels.items() if level == POSSIBLY))


def founding_of(index: Index, body: str) -> str:
    """First day on which a body can have existed; empty where no source tells."""
    days = [
        day
        for node, predicate in index.referrers(body)
        if predicate == FIL.subject and _EXISTING in index.values(node, FIL.status)
        for day in index.values(node, FIL.startEarliest)
    ]
    return min(days, default="")


def kinds_of(index: Index, thing: str) -> frozenset[str]:
    """Kinds of an organisation, with those under which they fall."""
    return with_broader(index, index.values(thing, ORG.classification))


def with_broader(index: Index, concepts: Iterable[str]) -> frozenset[str]:
    """Concepts, with those under which they fall."""
    known, following = set[str](), list(concepts)
    while following:
        kind = following.pop()
        if kind not in known:
            known.add(kind)
            following.extend(index.values(kind, SKOS.broader))
    return frozenset(known)
