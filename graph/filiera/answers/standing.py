"""How organisations stand at a date: members of a body, closed, in trouble, owned by whom.

A date that a source leaves open counts in favour: who may have joined, may still be there or may
own counts, as long as no source rules it out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, QuerySolutions

from filiera.store import Store
from filiera.vocabulary import PREFIXES, concept

__all__ = ["CLOSED", "TROUBLED", "Membership", "Owner", "Phase", "Standing"]

CLOSED = tuple(concept("status", slug) for slug in ("dissolved", "merged"))
"""Statuses after which an organisation no longer works."""
TROUBLED = tuple(
    concept("status", slug) for slug in ("in-liquidation", "insolvent", "liquidation-sought")
)
"""Statuses that put in doubt whether an organisation will go on working."""

_EXISTING = concept("status", "existing")
_ACQUIRED = concept("relation", "acquired")
_CONTROLS = concept("relation", "controls")
_OPEN = "9999-12-31"

_Row: TypeAlias = dict[str, str]
"""A solution of a query as text by variable, empty where it is not bound."""

_LIMITS = "".join(
    f"OPTIONAL {{ ?fact fil:{role}{side} ?{role}{side} }} "
    for role in ("start", "asOf", "end")
    for side in ("Earliest", "Latest")
)
_EXTREMES = (
    "(MIN(?startEarliest) AS ?from) (MAX(?startLatest) AS ?fromLast) (MIN(?asOfEarliest) AS ?held)"
    " (MIN(?asOfLatest) AS ?heldLast) (MIN(?endEarliest) AS ?until) (MAX(?endLatest) AS ?untilLast)"
)


@dataclass(frozen=True)
class Membership:
    """A membership that may hold at the date; ``certain`` if it had surely begun, not ended."""

    fact: str
    certain: bool


@dataclass(frozen=True)
class Phase:
    """A status that an organisation may have at the date."""

    fact: str
    status: str


@dataclass(frozen=True)
class Owner:
    """Who owns an organisation at the date, by which ties; ``step`` 1 is the direct owner."""

    owner: str
    ties: tuple[str, ...]
    step: int


class Standing:
    """How organisations of a graph stand at a date; each question is read once, for all."""

    def __init__(self, store: Store, at: date) -> None:
        self._store = store
        self.at = at.isoformat()
        self._read: dict[str, list[_Row]] = {}
        self._members: dict[str, dict[str, Membership]] = {}
        self._seats: dict[str, frozenset[str]] = {}

    def on(self, at: date) -> Standing:
        """How they stand at another date, without reading the graph once more."""
        other = Standing(self._store, at)
        other._read, other._seats = self._read, self._seats
        return other

    def members(self, body: str) -> dict[str, Membership]:
        """Members of a body by IRI; a role that is no membership does not count.

        Before it is founded a body has none, whenever somebody joined that no source dates.
        """
        if body not in self._members:
            self._members[body] = {} if self.founded_later(body) else self._read_members(body)
        return self._members[body]

    def _read_members(self, body: str) -> dict[str, Membership]:
        found: dict[str, Membership] = {}
        for row in self._rows(
            f"""SELECT ?fact ?member {_EXTREMES} WHERE {{
                ?fact a fil:Membership ; org:organization <{body}> ; org:member ?member .
                {_LIMITS}
                MINUS {{ ?fact org:role/fil:countsAsMembership false }}
            }} GROUP BY ?fact ?member ORDER BY ?fact"""
        ):
            if not self._may_hold(row):
                continue
            begun = min(row["fromLast"] or _OPEN, row["heldLast"] or _OPEN)
            certain = begun <= self.at and (row["until"] or _OPEN) >= self.at
            member = row["member"]
            if member not in found or certain > found[member].certain:
                found[member] = Membership(row["fact"], certain)
        return found

    def closed(self, organisation: str) -> tuple[Phase, ...]:
        """Why an organisation no longer works at the date; empty if no source says so."""
        return tuple(phase for phase in self._phases[organisation] if phase.status in CLOSED)

    def troubles(self, organisation: str) -> tuple[Phase, ...]:
        """Statuses that put in doubt whether an organisation goes on working."""
        return tuple(phase for phase in self._phases[organisation] if phase.status in TROUBLED)

    def founded_later(self, organisation: str) -> bool:
        """Whether every source puts the founding after the date."""
        return organisation in self._births

    def owners(self, organisation: str) -> tuple[Owner, ...]:
        """Owners at the date and the owners of these, nearest first, each once."""
        found: dict[str, Owner] = {}
        following, step = [organisation], 1
        while following:
            above: list[str] = []
            for owned in following:
                for owner, ties in sorted(self._owning[owned].items()):
                    if owner != organisation and owner not in found:
                        found[owner] = Owner(owner, tuple(ties), step)
                        above.append(owner)
            following, step = above, step + 1
        return tuple(found.values())

    def countries(self, organisation: str) -> frozenset[str]:
        """Countries in which a source puts a seat of the organisation."""
        if not self._seats:
            self._seats.update(self._read_countries())
        return self._seats.get(organisation, frozenset())

    def _may_hold(self, row: _Row) -> bool:
        # A day on which it held says nothing of the days before it.
        return row["from"] <= self.at <= (row["untilLast"] or _OPEN)

    @property
    def _phases(self) -> defaultdict[str, list[Phase]]:
        return self._lives[0]

    @property
    def _births(self) -> set[str]:
        return self._lives[1]

    @cached_property
    def _lives(self) -> tuple[defaultdict[str, list[Phase]], set[str]]:
        """Phases of each organisation, and who is founded later."""
        phases: defaultdict[str, list[Phase]] = defaultdict(list)
        unborn: set[str] = set()
        for row in self._rows(
            f"""SELECT ?fact ?subject ?status {_EXTREMES} WHERE {{
                ?fact a fil:Phase ; fil:subject ?subject ; fil:status ?status .
                {_LIMITS}
            }} GROUP BY ?fact ?subject ?status ORDER BY ?fact"""
        ):
            subject, status = row["subject"], row["status"]
            if status == _EXISTING:
                if row["from"] > self.at:
                    unborn.add(subject)
                if (row["untilLast"] or _OPEN) < self.at:
                    phases[subject].append(Phase(row["fact"], CLOSED[0]))
            elif (row["from"] or row["held"]) <= self.at and (
                # An end of what cannot be undone is not its undoing.
                status in CLOSED or (row["untilLast"] or _OPEN) >= self.at
            ):
                phases[subject].append(Phase(row["fact"], status))
        return phases, unborn

    @cached_property
    def _owning(self) -> defaultdict[str, dict[str, list[str]]]:
        owning: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
        over: set[tuple[str, str]] = set()
        for row in self._rows(
            f"""SELECT ?fact ?owner ?owned ?relation {_EXTREMES} WHERE {{
                VALUES ?relation {{ <{_ACQUIRED}> <{_CONTROLS}> }}
                ?fact fil:relation ?relation ; fil:from ?owner ; fil:to ?owned .
                {_LIMITS}
            }} GROUP BY ?fact ?owner ?owned ?relation ORDER BY ?fact"""
        ):
            owner, owned = row["owner"], row["owned"]
            if self._may_hold(row):
                owning[owned].setdefault(owner, []).append(row["fact"])
            elif row["relation"] == _CONTROLS and row["from"] <= self.at:
                over.add((owner, owned))
        for owner, owned in over:
            # A purchase is over once the control that followed it has ended.
            ties = owning[owned].get(owner, [])
            if not any(f"--{_CONTROLS.rsplit('/', 1)[-1]}--" in tie for tie in ties):
                owning[owned].pop(owner, None)
        return owning

    def _read_countries(self) -> dict[str, frozenset[str]]:
        countries: defaultdict[str, set[str]] = defaultdict(set)
        for row in self._rows(
            """SELECT ?organisation ?country WHERE {
                ?country dcterms:type <https://w3id.org/filiera/concept/place-kind/country> .
                ?organisation fil:locatedIn ?country .
            }"""
        ):
            countries[row["organisation"]].add(row["country"])
        return {organisation: frozenset(known) for organisation, known in countries.items()}

    def _rows(self, select: str) -> list[_Row]:
        if select not in self._read:
            rows = self._store.query(_PREFIXED + select)
            assert isinstance(rows, QuerySolutions)
            names = [variable.value for variable in rows.variables]
            self._read[select] = [
                {
                    name: term.value if isinstance(term, NamedNode | Literal) else ""
                    for name, term in zip(names, row, strict=True)
                }
                for row in rows
            ]
        return self._read[select]


_PREFIXED = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
