"""What stands around the members of a report: their capabilities, ties and neighbours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property

from filiera.answers.brokers import Named
from filiera.answers.cards import Cards
from filiera.answers.evidence import Evidence
from filiera.answers.index import Index
from filiera.answers.member_times import kinds_of
from filiera.answers.report_model import Capability, Member, Neighbour, Tie
from filiera.answers.rows import rows_of
from filiera.network.labels import readings
from filiera.network.projection import Projection, project
from filiera.store import Store
from filiera.texts import NOTHING, Text
from filiera.vocabulary import DCTERMS, FIL, FOAF, ORG, SKOS

__all__ = ["Around", "tops"]

_MEMBER_OF = Text("aderisce a", "member of")
_TAKES_PART = Text("partecipa a", "takes part in")
_WITHOUT_ROLE = {"membership": _MEMBER_OF, "participation": _TAKES_PART}


def tops(index: Index, iri: str) -> list[str]:
    """Top concepts of the kinds of an organisation, sorted."""
    kinds = kinds_of(index, iri)
    return sorted(kind for kind in kinds if not index.values(kind, SKOS.broader))


class Around:
    """Reads the network once, and tells what of it touches the members of a body at a date."""

    def __init__(
        self, store: Store, cards: Cards, body: str, at: date, members: Sequence[Member]
    ) -> None:
        self._store, self._cards, self._body, self._at = store, cards, body, at
        self._index = cards.index
        self._members = members
        self._facts: dict[str, Evidence] = {}

    def capabilities(self) -> Iterator[Capability]:
        """What each member does at which stage, by the claims of sources."""
        index = self._index
        for member in self._members:
            for claim, predicate in index.referrers(member.iri):
                if predicate != FIL.subject or FIL.CapabilityClaim not in index.types(claim):
                    continue
                what = [
                    text for row in rows_of(index, claim) if (text := row.text(DCTERMS.description))
                ]
                for stage in index.values(claim, FIL.stage):
                    for chain in index.values(stage, FIL.stageOf):
                        yield Capability(
                            Named(member.iri, member.label),
                            member.certainty,
                            self._named(chain),
                            self._named(stage),
                            max(what, key=lambda text: (len(text.it), text), default=NOTHING),
                            self._evidence(claim),
                        )

    @cached_property
    def _network(self) -> Projection:
        return project(self._store, at=self._at.isoformat())

    def ties(self) -> Iterator[Tie]:
        """Facts of the network that touch a member; its membership in the body stands apart."""
        graph = self._network
        within = {member.iri for member in self._members} | {self._body}
        told = readings(self._store, graph.relations)
        for number, (source, target, relation, fact) in enumerate(graph.edges()):
            ends = (source in within) + (target in within)
            own = relation.family == "membership" and target == self._body
            if not ends or own or relation.family == "structure":
                continue
            if relation.family == "tie":
                label = told[int(graph.kinds[number])].label
            else:
                label = _WITHOUT_ROLE[relation.family]
                role = self._index.label(relation.iri) if relation.iri else None
                label = label.bracket(role)
            yield Tie(
                self._named(source),
                relation.family,
                label,
                self._named(target),
                ends == 2,
                self._evidence(fact),
            )

    def neighbours(self, ties: Iterable[Tie]) -> tuple[Neighbour, ...]:
        members = {member.iri for member in self._members} | {self._body}
        joined: dict[Named, set[str]] = defaultdict(set)
        for tie in ties:
            for end, other in ((tie.source, tie.target), (tie.target, tie.source)):
                if end.iri in members and other.iri not in members:
                    joined[other].add(end.iri)
        return tuple(
            Neighbour(
                thing,
                tuple(tops(self._index, thing.iri)),
                FOAF.Project in self._index.types(thing.iri),
                tuple(sorted(joined[thing])),
            )
            for thing in sorted(joined, key=lambda one: one.iri)
        )

    def tied(self) -> Iterator[tuple[str, Evidence]]:
        """What the body is part of, and organisations tied to it or to that by a tie."""
        index = self._index
        above, following = {self._body}, [self._body]
        while following:
            here = following.pop()
            said = index.properties(here).get(ORG.subOrganizationOf, ())
            for whole in sorted({one.value for one in said} - above):
                above.add(whole)
                following.append(whole)
                stating = self._cards.sources(one.source for one in said if one.value == whole)
                yield whole, Evidence(here, stating)
        for source, target, relation, fact in self._network.edges():
            if relation.family == "tie" and (source in above) != (target in above):
                yield (target if source in above else source), self._evidence(fact)

    def _evidence(self, fact: str) -> Evidence:
        if fact not in self._facts:
            self._facts[fact] = Evidence.of(self._cards, fact)
        return self._facts[fact]

    def _named(self, iri: str) -> Named:
        return Named(iri, self._index.label(iri))
