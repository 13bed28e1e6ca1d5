"""Happenings: what changed when, as each source says, within the two days that it leaves open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from filiera.answers.cards import Cards
from filiera.answers.dates import date_text, when_text
from filiera.answers.evidence import Evidence, SaidDate, source_data
from filiera.answers.rows import Row, conflicting_roles, rows_of
from filiera.texts import NOTHING, Text
from filiera.vocabulary import FIL, RDF

__all__ = [
    "CERTAINLY",
    "POSSIBLY",
    "Days",
    "Happening",
    "Version",
    "days_of",
    "happening",
    "iso",
    "said_on",
]

CERTAINLY, POSSIBLY = "certainly", "possibly"


@dataclass(frozen=True)
class Days:
    """The two days between which something lies, as ISO text; empty where a side is open."""

    earliest: str = ""
    latest: str = ""

    def within(self, first: str, last: str) -> str:
        """Whether it lies between two days: ``certainly``, ``possibly`` or not (empty text).

        An open side leaves it possible on that side.

        >>> Days("2020-01-01", "2020-07-31").within("2020-01-01", "2020-12-31")
        'certainly'
        >>> Days("", "2020-07-31").within("2020-01-01", "2020-12-31")
        'possibly'
        """
        if not self.earliest and not self.latest:
            return ""
        if (self.earliest or first) > last or (self.latest or last) < first:
            return ""
        sure = self.earliest and self.latest and first <= self.earliest and self.latest <= last
        return CERTAINLY if sure else POSSIBLY


@dataclass(frozen=True)
class Version:
    """What one source says of a happening: its date (EDTF, empty without one) in words too."""

    edtf: str
    when: Text
    evidence: Evidence


@dataclass(frozen=True)
class Happening:
    """Something that changed, or that was so on a day.

    ``kind`` names it for programs: ``joined``, ``attested``, ``left``, ``renamed``,
    ``taken-over``, ``merged``, ``decision``, ``event``, ``commitment``, ``joined-network`` or
    the slug of a status such as ``in-liquidation``; ``detail`` is what came of it. ``days`` are
    the days between which it lies by all sources together; ``versions`` is what each says, and
    ``disagrees`` is true where these cannot all hold. ``day`` places it in a year: empty where
    no source dates it.
    """

    kind: str
    thing: str
    text: Text
    when: Text
    days: Days
    day: str
    versions: tuple[Version, ...]
    evidence: tuple[Evidence, ...]
    other: str = ""
    detail: Text = NOTHING
    disagrees: bool = False

    @property
    def year(self) -> int | None:
        """Year in which it is told; ``None`` without a date."""
        return int(self.day[:4]) if self.day else None

    def sentence(self, lang: str) -> str:
        """What happened and when, without a full stop."""
        when, detail = self.when(lang), self.detail(lang).rstrip(".")
        said = f"{self.text(lang)}, {when}" if when else self.text(lang)
        return f"{said}: {detail}" if detail else said

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "kind": self.kind,
            "thing": self.thing,
            "other": self.other or None,
            "sentence": self.sentence(lang),
            "when": self.when(lang),
            "earliest": self.days.earliest or None,
            "latest": self.days.latest or None,
            "disagrees": self.disagrees,
            "versions": [
                {
                    "edtf": version.edtf or None,
                    "when": version.when(lang),
                    "sources": [source_data(source) for source in version.evidence.sources],
                }
                for version in self.versions
            ],
            "evidence": [one.to_dict(lang) for one in self.evidence],
        }


def happening(
    cards: Cards,
    kind: str,
    node: str,
    role: str,
    thing: str,
    text: Text,
    *,
    other: str = "",
    detail: Text = NOTHING,
    within: Days | None = None,
    before: Sequence[str] = (),
    lasting: bool = False,
) -> Happening:
    """What a fact node says of a beginning, an end or a day (``role``).

    ``within`` replaces the days where the date does not say when it happened, only that it
    was so by then, as ``asOf`` says in any case; ``before`` are facts that it rests on besides.
    What is ``lasting`` is so since its date, and did not happen on it.
    """
    rows = [row for row in rows_of(cards.index, node) if row.all(RDF.type)]
    heard = [row for row in rows if row.all(FIL[role])]
    days = days_of(heard, role)
    telling = [
        row for row in rows if row in heard or (detail != NOTHING and row.all(FIL.result))
    ] or rows
    when = said_on(heard, role, lasting=lasting)
    sources = cards.sources(row.source for row in telling)
    dates = dict.fromkeys(
        SaidDate(role, edtf, row.one(FIL[f"{role}Earliest"]), row.one(FIL[f"{role}Latest"]))
        for row in heard
        for edtf in row.all(FIL[role])
    )
    return Happening(
        kind=kind,
        thing=thing,
        text=text,
        when=when,
        days=within or (Days("", days.latest) if role == "asOf" else days),
        day=days.earliest or days.latest,
        versions=tuple(
            _version(cards, row, edtf, role, lasting)
            for row in heard or rows
            for edtf in (row.all(FIL[role]) or [""])
        ),
        evidence=(
            Evidence(node, sources, when, tuple(dates)),
            *Evidence.all(cards, before),
        ),
        other=other,
        detail=detail,
        disagrees=role in conflicting_roles(heard),
    )


def _version(cards: Cards, row: Row, edtf: str, role: str, lasting: bool) -> Version:
    when = _when(edtf, role, lasting)
    return Version(edtf, when, Evidence(row.node, (cards.source(row.source),), when))


def days_of(rows: Sequence[Row], role: str) -> Days:
    """The days that all sources together leave open for a role."""
    return Days(
        min((day for row in rows if (day := row.one(FIL[f"{role}Earliest"]))), default=""),
        max((day for row in rows for day in row.all(FIL[f"{role}Latest"])), default=""),
    )


def said_on(rows: Iterable[Row], role: str, *, lasting: bool = False) -> Text:
    """When, in words; what sources say differently is joined with a slash."""
    said = sorted({edtf for row in rows for edtf in row.all(FIL[role])})
    whens = [_when(edtf, role, lasting) for edtf in said]
    if not whens:
        return NOTHING
    return Text(" / ".join(when.it for when in whens), " / ".join(when.en for when in whens))


def iso(day: date | None) -> str:
    """A day as ISO text; empty for none."""
    return day.isoformat() if day else ""


def _when(edtf: str, role: str, lasting: bool) -> Text:
    if not edtf:
        return NOTHING
    if lasting and role == "start":
        return Text(when_text("it", start=edtf), when_text("en", start=edtf))
    if role == "due":
        return Text(f"scadenza {date_text('it', edtf)}", f"due {date_text('en', edtf)}")
    if role == "asOf":
        return Text(when_text("it", as_of=edtf), when_text("en", as_of=edtf))
    return Text(when_text("it", date=edtf), when_text("en", date=edtf))
