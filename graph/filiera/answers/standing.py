"""How organisations stand at a date: members of a body, closed, in trouble, owned by whom.

A date that a source leaves open counts in favour: who may have joined, may still be there or may
own counts, as long as no source rules it out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions

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

    def members(self, body: str) -> dict[str, Membership]:
        """Members of a body by IRI; a role that is no membership does not count.

        Before it is founded a body has none, whenever somebody joined that no source dates.
        """
        if self.founded_later(body):
            return {}
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
            begun = min(_text(row, "fromLast") or _OPEN, _text(row, "heldLast") or _OPEN)
            certain = begun <= self.at and (_text(row, "until") or _OPEN) >= self.at
            member = _text(row, "member")
            if member not in found or certain > found[member].certain:
                found[member] = Membership(_text(row, "fact"), certain)
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
        return frozenset(self._countries[organisation])

    def _may_hold(self, row: QuerySolution) -> bool:
        # A day on which it held says nothing of the days before it.
        return (_text(row, "from") or "") <= self.at <= (_text(row, "untilLast") or _OPEN)

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
            subject, status = _text(row, "subject"), _text(row, "status")
            if status == _EXISTING:
                if (_text(row, "from") or "") > self.at:
                    unborn.add(subject)
                if (_text(row, "untilLast") or _OPEN) < self.at:
                    phases[subject].append(Phase(_text(row, "fact"), CLOSED[0]))
            elif (_text(row, "from") or _text(row, "held") or "") <= self.at and (
                # An end of what cannot be undone is not its undoing.
                status in CLOSED or (_text(row, "untilLast") or _OPEN) >= self.at
            ):
                phases[subject].append(Phase(_text(row, "fact"), status))
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
            owner, owned = _text(row, "owner"), _text(row, "owned")
            if self._may_hold(row):
                owning[owned].setdefault(owner, []).append(_text(row, "fact"))
            elif _text(row, "relation") == _CONTROLS and (_text(row, "from") or "") <= self.at:
                over.add((owner, owned))
        for owner, owned in over:
            # A purchase is over once the control that followed it has ended.
            ties = owning[owned].get(owner, [])
            if not any(f"--{_CONTROLS.rsplit('/', 1)[-1]}--" in tie for tie in ties):
                owning[owned].pop(owner, None)
        return owning

    @cached_property
    def _countries(self) -> defaultdict[str, set[str]]:
        countries: defaultdict[str, set[str]] = defaultdict(set)
        for row in self._rows(
            """SELECT ?organisation ?country WHERE {
                ?country dcterms:type <https://w3id.org/filiera/concept/place-kind/country> .
                ?organisation fil:locatedIn ?country .
            }"""
        ):
            countries[_text(row, "organisation")].add(_text(row, "country"))
        return countries

    def _rows(self, select: str) -> Iterator[QuerySolution]:
        rows = self._store.query(_PREFIXED + select)
        assert isinstance(rows, QuerySolutions)
        return iter(rows)


_PREFIXED = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())


def _text(row: QuerySolution, name: str) -> str:
    term = row[name]
    return term.value if isinstance(term, NamedNode | Literal) else ""
