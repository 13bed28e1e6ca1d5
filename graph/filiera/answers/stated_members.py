"""How many members sources state, of which kinds, against those that the graph names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from filiera.answers.cards import Cards
from filiera.answers.evidence import Evidence, SaidDate
from filiera.answers.happenings import CERTAINLY, POSSIBLY, Days, days_of, said_on
from filiera.answers.member_times import MemberTime, standing
from filiera.answers.numbers import number_text
from filiera.answers.rows import Row, conflicting_roles, rows_of
from filiera.texts import NOTHING, Text
from filiera.vocabulary import FIL, concept

__all__ = ["StatedMembers", "stated_members"]

_MEMBERS, _NEW = concept("measure", "members"), concept("measure", "new-members")
_UNDATED = Text("senza data", "without a date")
_NAMED = Text("noti per nome in questo grafo: {named}", "{named} known by name in this graph")
_PERHAPS = Text("in forse: {possible}", "possibly {possible} more")


@dataclass(frozen=True)
class StatedMembers:
    """A number of members as one source states it, and how many of these are named here.

    ``new`` is true where it counts those who joined over a time; ``kind`` is the IRI of the
    kind that it counts, empty for all; ``nature`` is that of a forecast or a target.
    ``named`` and ``possible`` are organisations that the graph names as members of that kind
    on that day (or as joining over that time), certainly and possibly; without a date of the
    number all that are named count. ``disagrees`` is true where another source gives another
    number for the same.
    """

    value: Decimal
    label: Text
    precision: Text
    kind: str
    nature: str
    new: bool
    when: Text
    days: Days
    named: tuple[str, ...]
    possible: tuple[str, ...]
    disagrees: bool
    evidence: Evidence

    @property
    def total(self) -> bool:
        """Whether it counts all members on a day, and is no forecast."""
        return not self.new and not self.kind and not self.nature

    def sentence(self, lang: str) -> str:
        """What is stated, and how many are named, without a full stop."""
        number = " ".join(filter(None, (self.precision(lang), number_text(self.value, lang))))
        when = self.when(lang) or _UNDATED(lang)
        known = _NAMED(lang).format(named=len(self.named))
        if self.possible:
            known += ", " + _PERHAPS(lang).format(possible=len(self.possible))
        return f"{self.label(lang)}: {number}, {when}; {known}"

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "stated": int(self.value) if self.value == int(self.value) else float(self.value),
            "label": self.label(lang),
            "precision": self.precision(lang) or None,
            "kind": self.kind or None,
            "nature": self.nature or None,
            "new": self.new,
            "when": self.when(lang),
            "earliest": self.days.earliest or None,
            "latest": self.days.latest or None,
            "named": len(self.named),
            "possible": len(self.possible),
            "disagrees": self.disagrees,
            "sentence": self.sentence(lang),
            "evidence": [self.evidence.to_dict(lang)],
        }


def stated_members(
    cards: Cards, body: str, times: Sequence[MemberTime], founded: str, until: str = ""
) -> list[StatedMembers]:
    """Numbers of members of a body, one for each source, by day; those without a date last.

    With ``until`` a number without a date counts who is named by then.
    """
    index = cards.index
    found = []
    for node, predicate in index.referrers(body):
        if predicate != FIL.subject or FIL.Figure not in index.types(node):
            continue
        rows = rows_of(index, node)
        disputed = "value" in conflicting_roles(rows)
        for row in rows:
            for measure in row.all(FIL.measure):
                if measure in (_MEMBERS, _NEW):
                    found += [
                        _stated(
                            cards, row, measure, Decimal(value), disputed, times, founded, until
                        )
                        for value in row.all(FIL.value)
                    ]
    return sorted(
        found, key=lambda one: (one.days.latest or "~", one.new, one.kind, one.evidence.fact)
    )


def _stated(
    cards: Cards,
    row: Row,
    measure: str,
    value: Decimal,
    disputed: bool,
    times: Sequence[MemberTime],
    founded: str,
    until: str,
) -> StatedMembers:
    days = days_of([row], "date")
    kind, new = row.one(FIL.ofKind), measure == _NEW
    if new:
        named, possible = joined(times, days, founded, kind)
    else:
        named, possible = standing(times, days.latest or until, founded, kind)
    dates = tuple(SaidDate("date", edtf, days.earliest, days.latest) for edtf in row.all(FIL.date))
    when = said_on([row], "date")
    return StatedMembers(
        value=value,
        label=row.index.label(measure).bracket(row.labels(FIL.ofKind), row.labels(FIL.nature)),
        precision=row.labels(FIL.precision) or NOTHING,
        kind=kind,
        nature=row.one(FIL.nature),
        new=new,
        when=when,
        days=days,
        named=named,
        possible=possible,
        disagrees=disputed,
        evidence=Evidence(row.node, cards.sources([row.source]), when, dates),
    )


def joined(
    times: Sequence[MemberTime], days: Days, founded: str, kind: str = ""
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Members (of a kind) who joined over some days, certain and possible ones."""
    levels: dict[str, str] = {}
    for time in times:
        level = time.joining(founded).within(days.earliest, days.latest or "~")
        if level and not (kind and kind not in time.kinds) and levels.get(time.member) != CERTAINLY:
            levels[time.member] = level
    return (
        tuple(sorted(member for member, level in levels.items() if level == CERTAINLY)),
        tuple(sorted(member for member, level in levels.items() if level == POSSIBLY)),
    )
