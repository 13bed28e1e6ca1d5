"""Organisations at the stages of a chain, with what is to be known of them at a date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from filiera.answers.cards import Cards
from filiera.answers.dates import date_text
from filiera.answers.evidence import Evidence
from filiera.answers.index import Index
from filiera.answers.rows import Row, rows_of
from filiera.answers.standing import Phase, Standing
from filiera.texts import Text
from filiera.vocabulary import DCTERMS, FIL

__all__ = ["STALE_YEARS", "Firm", "Firms", "Remark", "known_days"]

STALE_YEARS = 5
"""Years after which a claim that nobody has repeated puts a stage at risk."""

_ITSELF = Text("è il cluster stesso", "is the cluster itself")


@dataclass(frozen=True)
class Remark:
    """What is to be known of an organisation, with its evidence.

    ``kind`` is ``trouble``, ``owner-abroad``, ``owner-trouble`` or ``stale`` for a risk,
    ``owned`` for an owner in the same country or in none that is known, ``closed`` or
    ``not-yet-founded`` for who does not count, ``itself`` for the body that asks.
    """

    kind: str
    text: Text
    evidence: tuple[Evidence, ...] = ()

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "kind": self.kind,
            "text": self.text(lang),
            "evidence": [one.to_dict(lang) for one in self.evidence],
        }


@dataclass(frozen=True)
class Firm:
    """An organisation at a stage, of whatever kind it is.

    ``member`` is ``certainly``, ``possibly`` or empty for who is none. ``confirmed`` is the last
    day for which a source places it here. ``only_later`` is true where every source that says so
    is of a day after the date asked for.
    """

    iri: str
    label: Text
    member: str
    membership: tuple[Evidence, ...]
    what: Text
    claims: tuple[Evidence, ...]
    confirmed: date | None
    only_later: bool
    risks: tuple[Remark, ...]
    notes: tuple[Remark, ...]

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "organisation": self.iri,
            "label": self.label(lang),
            "member": self.member or None,
            "membership": [one.to_dict(lang) for one in self.membership],
            "what": self.what(lang),
            "claims": [one.to_dict(lang) for one in self.claims],
            "confirmed": self.confirmed.isoformat() if self.confirmed else None,
            "only_later": self.only_later,
            "risks": [risk.to_dict(lang) for risk in self.risks],
            "notes": [note.to_dict(lang) for note in self.notes],
        }

    @property
    def gone(self) -> bool:
        """Whether it does not work at the date: closed by then, or not founded yet."""
        return any(note.kind in ("closed", "not-yet-founded") for note in self.notes)

    @property
    def itself(self) -> bool:
        """Whether it is the body whose view is asked for: no member of it, nor one to invite."""
        return any(note.kind == "itself" for note in self.notes)


class Firms:
    """Makes organisations out of their claims, as a body sees them at a date."""

    def __init__(
        self, cards: Cards, standing: Standing, body: str, stale_years: int = STALE_YEARS
    ) -> None:
        self.cards = cards
        self._index = cards.index
        self.standing = standing
        self._body = body
        self._at = date.fromisoformat(standing.at)
        self._fresh = _years_before(self._at, stale_years)
        self._memberships = standing.members(body) if body else {}
        self._remarks: dict[str, tuple[tuple[Remark, ...], tuple[Remark, ...]]] = {}
        self._found: dict[tuple[str, tuple[str, ...]], Firm] = {}
        self._evidence: dict[str, Evidence] = {}
        self._days: dict[tuple[str, ...], tuple[date | None, date | None]] = {}
        self._stale_years = stale_years

    def on(self, standing: Standing) -> Firms:
        """The same organisations at another date; what facts say is not read once more."""
        other = Firms(self.cards, standing, self._body, self._stale_years)
        other._evidence, other._days = self._evidence, self._days
        return other

    def firm(self, iri: str, claims: Iterable[str]) -> Firm:
        """The organisation of an IRI with some of its capability claims, given by IRI."""
        facts = tuple(sorted(set(claims)))
        if (iri, facts) not in self._found:
            self._found[iri, facts] = self._firm(iri, facts)
        return self._found[iri, facts]

    def _firm(self, iri: str, facts: tuple[str, ...]) -> Firm:
        membership = self._memberships.get(iri)
        member = ""
        if membership:
            member = "certainly" if membership.certain else "possibly"
        if facts not in self._days:
            self._days[facts] = known_days(self._index, facts)
        first, last = self._days[facts]
        risks, notes = self.remarks(iri)
        if iri == self._body:
            notes = (*notes, Remark("itself", _ITSELF, ()))
        if last and last < self._fresh and not self._undated(facts):
            said = Text(*(date_text(lang, last.isoformat()[:4]) for lang in ("it", "en")))
            text = Text("ultima conferma: {day}", "last confirmed: {day}").put(day=said)
            risks = (*risks, Remark("stale", text, self.evidence(facts)))
        return Firm(
            iri=iri,
            label=self._index.label(iri),
            member=member,
            membership=self.evidence([membership.fact] if membership else []),
            what=self._what(facts),
            claims=self.evidence(facts),
            confirmed=last,
            only_later=first is not None and first > self._at,
            risks=risks,
            notes=notes,
        )

    def _undated(self, facts: Iterable[str]) -> bool:
        """Whether a source says so of which no day is known: it may be a recent one."""
        return any(
            _day_of(self._index, row) is None
            for fact in facts
            for row in rows_of(self._index, fact)
        )

    def remarks(self, iri: str) -> tuple[tuple[Remark, ...], tuple[Remark, ...]]:
        """Risks of an organisation and other notes on it, whatever its claims."""
        if iri not in self._remarks:
            self._remarks[iri] = self._about(iri)
        return self._remarks[iri]

    def evidence(self, facts: Iterable[str]) -> tuple[Evidence, ...]:
        """Evidence of facts, each read once."""
        found = []
        for fact in facts:
            if fact not in self._evidence:
                self._evidence[fact] = Evidence.of(self.cards, fact)
            found.append(self._evidence[fact])
        return tuple(found)

    def _what(self, claims: Iterable[str]) -> Text:
        texts = [self._index.text(claim, DCTERMS.description) for claim in claims]
        said = [text for text in dict.fromkeys(texts) if text]
        return Text("; ".join(text.it for text in said), "; ".join(text.en for text in said))

    def _about(self, iri: str) -> tuple[tuple[Remark, ...], tuple[Remark, ...]]:
        """Risks and other remarks on an organisation."""
        standing = self.standing
        notes = [self._phase("closed", phase) for phase in standing.closed(iri)]
        if standing.founded_later(iri):
            notes.append(Remark("not-yet-founded", Text("fondata dopo", "founded later")))
        risks = [self._phase("trouble", phase) for phase in standing.troubles(iri)]
        home = standing.countries(iri) or standing.countries(self._body)
        for owner in standing.owners(iri):
            evidence = self.evidence(owner.ties)
            label = self._index.label(owner.owner)
            countries = standing.countries(owner.owner)
            abroad = bool(home and countries and not countries & home)
            seat = [self._index.label(country) for country in sorted(countries)]
            said = label.bracket(*seat) if abroad else label
            lead = (
                Text("di proprietà di {owner}", "owned by {owner}")
                if owner.step == 1
                else Text("in ultima analisi di {owner}", "ultimately owned by {owner}")
            )
            remark = Remark("owner-abroad" if abroad else "owned", lead.put(owner=said), evidence)
            (risks if abroad else notes).append(remark)
            for phase in (*standing.troubles(owner.owner), *standing.closed(owner.owner)):
                state = self._phase("owner-trouble", phase)
                text = Text("{owner}: {state}", "{owner}: {state}")
                text = text.put(owner=label, state=state.text)
                risks.append(Remark("owner-trouble", text, (*state.evidence, *evidence)))
        return tuple(risks), tuple(notes)

    def _phase(self, kind: str, phase: Phase) -> Remark:
        evidence = self.evidence([phase.fact])
        when = evidence[0].when
        text = self._index.label(phase.status).bracket(when if any(when) else None)
        return Remark(kind, text, evidence)


def known_days(index: Index, facts: Iterable[str]) -> tuple[date | None, date | None]:
    """First and last day for which a source states the facts; ``None`` if none tells.

    A source that names no day on which a fact held speaks for the day of its publication.
    """
    days = [day for fact in facts for row in rows_of(index, fact) if (day := _day_of(index, row))]
    if not days:
        return None, None
    first, last = min(first for first, _ in days), max(last for _, last in days)
    return date.fromisoformat(first), date.fromisoformat(last)


def _day_of(index: Index, row: Row) -> tuple[str, str] | None:
    """First and last day for which a source states a fact; ``None`` where none is known."""
    first, last = row.one(FIL.asOfEarliest), row.one(FIL.asOfLatest)
    if not first and not last:
        first, last = (
            next(iter(index.values(row.source, FIL[f"published{side}"])), "")
            for side in ("Earliest", "Latest")
        )
    return (first or last, last or first) if first or last else None


def _years_before(day: date, years: int) -> date:
    year = max(day.year - years, 1)
    return day.replace(year=year, day=28 if (day.month, day.day) == (2, 29) else day.day)
