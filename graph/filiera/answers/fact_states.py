"""The state in which each fact is: dated, confirmed by whom and when, in dispute."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import NamedTuple

from pyoxigraph import NamedNode, QuerySolutions, Triple

from filiera.store import Store
from filiera.vocabulary import DERIVED, FIL, META, ONTOLOGY, ORG, RDFS, concept

__all__ = ["FactState", "fact_states"]

_DATES = tuple(FIL[role] for role in ("start", "end", "asOf", "date"))
_LATEST = tuple(f"{date}Latest" for date in _DATES)
_TIMELESS = {FIL.FieldClaim, FIL.Offering, FIL.Seat}
"""Facts whose tables have no column for a date."""
_SETTLED = {FIL.Figure, FIL.Decision, FIL.Commitment, FIL.Naming, FIL.Participation}
"""Facts that stay true once they are: they do not go stale."""
_ASKED: dict[str, tuple[str, ...]] = {
    FIL.Membership: (ORG.organization, ORG.member),
    FIL.OfficeTerm: (FIL.body, FIL.holder),
    FIL.Tie: (FIL["from"], FIL.to),
    FIL.Participation: (FIL.participant, FIL.project),
    FIL.Seat: (ORG.siteOf,),
    FIL.Decision: (FIL.decidedBy, FIL.affects),
    FIL.Commitment: (FIL.committedBy, FIL.concerns),
}
"""Whom a fact is to be asked of, and whom it is about besides; else its subject."""
_EXISTING = concept("status", "existing")


class FactState(NamedTuple):
    """A fact: who knows it, and in which state it is.

    ``asked`` is the IRI of whom to ask for it, ``other`` of whom it is about besides (empty
    where there is none). ``timeless`` facts have no place for a date. ``confirmed`` is the last
    day to which it is known: the latest day that it names, or on which a source of it came
    out; empty where none tells. ``lasting`` facts say how things stand, and go stale.
    """

    iri: str
    kind: str
    asked: str
    other: str
    sources: tuple[str, ...]
    dated: bool
    timeless: bool
    confirmed: str
    lasting: bool
    disputed: bool

    @property
    def undated(self) -> bool:
        """Whether it bears no date."""
        return not self.dated

    @property
    def single(self) -> bool:
        """Whether only one source states it."""
        return len(self.sources) == 1

    def stale(self, since: str) -> bool:
        """Whether it may have ended unseen: last confirmed before the day ``since``."""
        return self.lasting and "" < self.confirmed < since

    def fresh(self, since: str) -> bool:
        """Whether it needs no confirming, or was confirmed on the day ``since`` or later."""
        return not self.lasting or self.confirmed >= since


def fact_states(store: Store, disputed: Set[str]) -> list[FactState]:
    """All facts in the order of their IRIs; those ``disputed`` are told."""
    kinds, sources = _stated(store)
    dated = {fact for name in _DATES for fact in _least(store, name)}
    named = _latest(store, _LATEST)
    published = _latest(store, (FIL.publishedLatest,))
    ended = _least(store, FIL.end)
    moments = {thing for thing, value in _least(store, FIL.momentary).items() if value == "true"}
    moments.add(_EXISTING)
    of_a_moment = {
        fact
        for name in (FIL.relation, FIL.status)
        for fact, which in _least(store, name).items()
        if which in moments
    }
    whom = {name: _least(store, name) for names in _ASKED.values() for name in names}
    whom[FIL.subject] = _least(store, FIL.subject)
    found = []
    for fact in sorted(kinds):
        kind = kinds[fact]
        known = [who for name in _ASKED.get(kind, (FIL.subject,)) if (who := whom[name].get(fact))]
        days = [published.get(source, "") for source in sources[fact]]
        lasting = kind not in _SETTLED and fact not in of_a_moment and fact not in ended
        found.append(
            FactState(
                iri=fact,
                kind=kind,
                asked=known[0] if known else "",
                other=known[1] if len(known) > 1 else "",
                sources=tuple(sorted(sources[fact])),
                dated=fact in dated,
                timeless=kind in _TIMELESS,
                confirmed=max((named.get(fact, ""), *days)),
                lasting=lasting,
                disputed=fact in disputed,
            )
        )
    return found


def _stated(store: Store) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Class of each fact, and the sources that state it."""
    rows = store.query(
        f"SELECT ?fact ?class ?source {{ ?class <{RDFS.subClassOf}> <{FIL.Fact}> ."
        " GRAPH ?source { ?fact a ?class } }"
    )
    assert isinstance(rows, QuerySolutions)
    kinds: dict[str, str] = {}
    sources: dict[str, set[str]] = {}
    for fact, kind, source in rows:
        assert isinstance(fact, NamedNode)
        assert isinstance(kind, NamedNode)
        assert isinstance(source, NamedNode)
        if source.value not in (DERIVED, META, ONTOLOGY):
            kinds[fact.value] = kind.value
            sources.setdefault(fact.value, set()).add(source.value)
    return kinds, sources


def _least(store: Store, predicate: str) -> dict[str, str]:
    """A value of a property for each subject, the first one in order."""
    found: dict[str, str] = {}
    for subject, value in _pairs(store, predicate):
        found[subject] = min(value, found.get(subject, value))
    return found


def _latest(store: Store, predicates: tuple[str, ...]) -> dict[str, str]:
    """Latest day of some properties for each subject."""
    found: dict[str, str] = {}
    for predicate in predicates:
        for subject, value in _pairs(store, predicate):
            found[subject] = max(value, found.get(subject, value))
    return found


def _pairs(store: Store, predicate: str) -> Iterator[tuple[str, str]]:
    for quad in store.quads(None, NamedNode(predicate)):
        if not isinstance(quad.subject, Triple) and not isinstance(quad.object, Triple):
            yield quad.subject.value, quad.object.value
