"""Brokers: who links groups that otherwise do not meet, and what falls apart if one leaves.

All on the undirected simple network: organisations, bodies and projects, each pair joined once
however many facts join it. Organisations and bodies are ranked; projects are only where others
meet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from filiera.answers.broker_model import Broker, Community, Loss, Named
from filiera.answers.broker_words import EXPLAINED, METHOD
from filiera.answers.cards import Cards
from filiera.answers.coverage import MembersKnown, members_known
from filiera.answers.dates import when_text
from filiera.answers.edges import Links
from filiera.answers.evidence import Footnotes
from filiera.answers.index import LazyIndex
from filiera.answers.spoken import Spoken
from filiera.answers.standing import Standing
from filiera.errors import UsageError
from filiera.network import measures
from filiera.network.projection import Projection, project
from filiera.network.reading import select
from filiera.network.simple import Simple, simple
from filiera.store import Store
from filiera.texts import Text
from filiera.vocabulary import ORG, RDF

__all__ = ["Broker", "Brokers", "Community", "Loss", "Named", "brokers"]

_TITLE = Text("Chi fa da ponte, e che cosa si stacca", "Who links groups, and what falls apart")
_ALL_TIMES = Text("fatti di ogni tempo", "facts of all times")


@dataclass(frozen=True)
class Brokers(Spoken):
    """Who stands between others, who would tear the network apart by leaving, which groups."""

    at: date | None
    without: tuple[Named, ...]
    brokers: tuple[Broker, ...]
    """By betweenness, the highest first."""
    critical: tuple[Broker, ...]
    """By the number of things cut off, the highest first."""
    articulation_points: int
    communities: tuple[Community, ...]
    communities_found: int
    method_of_communities: str
    modularity: float
    things: int
    linked: int
    pairs: int
    facts: int
    estimated_from: int | None
    """Nodes from which betweenness was estimated; None where it is exact."""
    knowledge: MembersKnown | None
    """How many members of the body in focus are known; None without one."""

    def method(self, lang: str) -> str:
        """Which network, which edges, which date."""
        day = self.at.isoformat() if self.at else ""
        when = Text(when_text("it", date=day), when_text("en", date=day)) if day else _ALL_TIMES
        numbers = {
            name: Text.same(str(getattr(self, name)))
            for name in ("things", "linked", "pairs", "facts")
        }
        said = METHOD.put(day=when, **numbers)(lang)
        if self.without:
            names = ", ".join(named.label(lang) for named in self.without)
            said += f" Senza gli archi di: {names}." if lang == "it" else f" Left out: {names}."
        if self.estimated_from:
            said += (
                f" L'intermediazione è stimata da {self.estimated_from} nodi di partenza."
                if lang == "it"
                else f" Betweenness is estimated from {self.estimated_from} starting points."
            )
        return said

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of the answer."""
        return {
            "answer": "brokers",
            "at": self.at.isoformat() if self.at else None,
            "without": [named.to_dict(lang) for named in self.without],
            "brokers": [broker.to_dict(lang) for broker in self.brokers],
            "critical": [broker.to_dict(lang) for broker in self.critical],
            "articulation_points": self.articulation_points,
            "communities": [community.to_dict(lang) for community in self.communities],
            "communities_found": self.communities_found,
            "modularity": round(self.modularity, 6) if self.communities else None,
            "network": {
                "things": self.things,
                "linked": self.linked,
                "pairs": self.pairs,
                "facts": self.facts,
                "directed": False,
                "betweenness_estimated_from": self.estimated_from,
            },
            "knowledge": self.knowledge.to_dict(lang) if self.knowledge else None,
            "method": self.method(lang),
            "measures": [
                {
                    "measure": name,
                    "name": EXPLAINED[name].name(lang),
                    "meaning": EXPLAINED[name].meaning(lang),
                    "reference": EXPLAINED[name].reference,
                }
                for name in self._measures()
            ],
        }

    def markdown(self, lang: str) -> str:
        """The answer to read."""
        italian = lang == "it"
        notes = Footnotes(lang)
        lines = [f"# {_TITLE(lang)}", "", self.method(lang), ""]
        if self.knowledge:
            lines += [self.knowledge.markdown(lang, notes), ""]
        lines += [f"## {'Chi sta in mezzo' if italian else 'Who stands in the middle'}", ""]
        for number, broker in enumerate(self.brokers, 1):
            lines.append(f"{number}. {broker.sentence(lang)}{notes.cite(*broker.evidence)}")
        lines += self._nothing(self.brokers, lang)
        lines += ["", f"## {'Che cosa si stacca' if italian else 'What falls apart'}", ""]
        lines += [
            f"- {broker.falling(lang)}{notes.cite(*broker.evidence)}" for broker in self.critical
        ]
        lines += self._nothing(self.critical, lang)
        rest = self.articulation_points - len(self.critical)
        if rest > 0:
            others = f"Altri punti di articolazione: {rest}."
            lines += ["", others if italian else f"Other articulation points: {rest}."]
        lines += ["", f"## {'Gruppi' if italian else 'Groups'}", ""]
        for community in self.communities:
            names = ", ".join(named.label(lang) for named in community.central)
            nodes = "nodi, attorno a" if italian else "things, around"
            lines.append(f"{community.id}. {community.size} {nodes} {names}")
        lines += self._nothing(self.communities, lang)
        rest = self.communities_found - len(self.communities)
        if rest > 0:
            lines += ["", f"Altri gruppi: {rest}." if italian else f"Other groups: {rest}."]
        lines += ["", f"## {'Le misure' if italian else 'The measures'}", ""]
        for name in self._measures():
            explained = EXPLAINED[name]
            lines.append(
                f"- **{explained.name(lang)}**: {explained.meaning(lang)}. {explained.reference}"
            )
        return "\n".join([*lines, "", notes.markdown()]).rstrip("\n") + "\n"

    def _measures(self) -> list[str]:
        return ["betweenness", "constraint", "articulation", self.method_of_communities]

    def _nothing(self, found: Collection[object], lang: str) -> list[str]:
        if found:
            return []
        return ["Nessuno in questo grafo." if lang == "it" else "None in this graph."]


def brokers(
    store: Store,
    *,
    body: str = "",
    at: date | None = None,
    top: int = 10,
    without: Collection[str] = (),
    engine: str | None = None,
    cards: Cards | None = None,
) -> Brokers:
    """Who links groups that otherwise do not meet, and what falls apart if one leaves.

    body: IRI of the body of whose members is told how many are known.
    at: a day; facts that had certainly ended before it or certainly began after it are left
    out. By default facts of all times count.
    top: how many are told of each ranking.
    without: IRIs whose edges are left out, such as the cluster itself, which joins everybody.
    engine: ``igraph`` or ``networkx``, by default what fits the size and is installed.
    cards: those of the same store, read already for something else.

    Raises UsageError for a thing that the network does not hold, or a ``top`` out of bounds.
    """
    if not 1 <= top <= 1000:
        raise UsageError(
            Text(
                f"top sta fra 1 e 1000, non {top}; dai un altro numero",
                f"top lies between 1 and 1000, not {top}; give another number",
            )
        )
    projection = project(store, at=at.isoformat() if at else None)
    for name in without:
        if name not in projection.nodes:
            raise UsageError(
                Text(
                    f"{name} non è un'organizzazione, un ente o un progetto; dai il nome di uno",
                    f"{name} is no organisation, body or project; give the name of one",
                )
            )
    cards = cards or Cards(LazyIndex(store))
    return _Finder(cards, store, projection, without, engine).brokers(body, at, top)


class _Finder:
    def __init__(
        self,
        cards: Cards,
        store: Store,
        projection: Projection,
        without: Collection[str],
        engine: str | None,
    ) -> None:
        self._store = store
        self._cards = cards
        self._links = Links(self._cards, projection)
        self._network: Simple = simple(projection, without)
        self._without = sorted(set(without))
        self._engine = engine
        self._around = self._network.neighbours()
        self._groups = measures.communities(self._network, engine)
        self._group_of = {
            node: number for number, group in enumerate(self._groups.groups, 1) for node in group
        }
        wanted = f"SELECT ?s {{ ?s <{RDF.type}> <{ORG.Organization}> }}"
        agents = {subject.value for (subject,) in select(store, wanted)}
        self._agents = [place for place, node in enumerate(projection.nodes) if node in agents]
        self._edges: dict[int, list[int]] = {}
        for (one, other), edges in zip(
            self._network.pairs.tolist(), self._network.edges, strict=True
        ):
            for place in (one, other):
                self._edges.setdefault(place, []).extend(edges)

    def brokers(self, body: str, at: date | None, top: int) -> Brokers:
        network, engine = self._network, self._engine
        shares = measures.betweenness(network, engine)
        cuts = measures.pieces(network, engine)
        between = [place for place in self._agents if shares[place] > 1e-12]
        between.sort(key=lambda place: (-round(float(shares[place]), 12), place))
        agents = set(self._agents)
        critical = [place for place in cuts if place in agents]
        critical.sort(key=lambda place: (-sum(cuts[place][1:]), -shares[place].round(12), place))
        chosen = [*dict.fromkeys((*between[:top], *critical[:top]))]
        constraints = measures.constraint(network, chosen, engine)
        told = {
            place: self._broker(place, float(shares[place]), constraints[place], place in cuts)
            for place in chosen
        }
        degrees = network.degrees()
        starts = measures.starts(network)
        return Brokers(
            at=at,
            without=tuple(Named(iri, self._cards.index.label(iri)) for iri in self._without),
            brokers=tuple(told[place] for place in between[:top]),
            critical=tuple(told[place] for place in critical[:top]),
            articulation_points=len(critical),
            communities=tuple(
                self._community(number, group)
                for number, group in enumerate(self._groups.groups[:top], 1)
            ),
            communities_found=len(self._groups.groups),
            method_of_communities=self._groups.method,
            modularity=self._groups.modularity,
            things=len(network.nodes),
            linked=int(np.count_nonzero(degrees)),
            pairs=len(network.pairs),
            facts=sum(map(len, network.edges)),
            estimated_from=None if starts is None else len(starts),
            knowledge=self._knowledge(body, at),
        )

    def _knowledge(self, body: str, at: date | None) -> MembersKnown | None:
        standing = Standing(self._store, at or date.today())
        return members_known(self._store, self._cards, standing, body)

    def _broker(
        self, place: int, share: float, constraint: float | None, articulation: bool
    ) -> Broker:
        around = self._around[place]
        groups = Counter(self._group_of[near] for near in around)
        evidence = dict.fromkeys(self._links.evidence(edge) for edge in self._edges[place])
        named = self._named(place)
        return Broker(
            iri=named.iri,
            label=named.label,
            neighbours=len(around),
            betweenness=share,
            constraint=constraint,
            community=self._group_of.get(place),
            communities=tuple(sorted(groups)),
            loss=self._loss(place) if articulation else None,
            evidence=tuple(evidence),
        )

    def _loss(self, place: int) -> Loss:
        left = measures.pieces_without(self._around, place)
        cut = sorted(node for piece in left[1:] for node in piece)
        return Loss(tuple(map(len, left)), tuple(map(self._named, cut)))

    def _community(self, number: int, group: list[int]) -> Community:
        central = sorted(group, key=lambda place: (-len(self._around[place]), place))
        return Community(number, len(group), tuple(map(self._named, central[:3])))

    def _named(self, place: int) -> Named:
        iri = self._network.nodes[place]
        return Named(iri, self._cards.index.label(iri))
