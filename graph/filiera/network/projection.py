"""The projection: organisations, bodies and projects as nodes, the facts between them as edges.

Read from the default graph with a few large queries, never one a node. Each membership, tie
and participation is one edge, so two relations between one pair stay two edges, and each
organisational structure (unit of, part of) is one. Nothing is dropped: a thing that a fact
names without telling what it is becomes a node all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from filiera.errors import MissingPart, UsageError
from filiera.facts.dates import span
from filiera.network.reading import select, values_of
from filiera.store import Store
from filiera.texts import Text
from filiera.vocabulary import FIL, FOAF, ORG, RDF

if TYPE_CHECKING:
    import igraph
    import networkx

__all__ = [
    "FACTS",
    "FAMILIES",
    "Projection",
    "Relation",
    "later",
    "node_count",
    "over",
    "project",
]

FAMILIES = ("tie", "membership", "participation", "structure")
"""What can become an edge."""

_NODE_CLASSES = (ORG.Organization, FOAF.Project)


class Family(NamedTuple):
    """How a fact of a class gives an edge: the properties of its two ends and of its label."""

    of_class: str
    source: str
    target: str
    relation: str


FACTS: dict[str, Family] = {
    "tie": Family(FIL.Tie, FIL["from"], FIL.to, FIL.relation),
    "membership": Family(FIL.Membership, ORG.member, ORG.organization, ORG.role),
    "participation": Family(FIL.Participation, FIL.participant, FIL.project, FIL.role),
}
_STRUCTURE = (ORG.unitOf, ORG.subOrganizationOf)


class Relation(NamedTuple):
    """What an edge says: its family, and the concept or property that names it.

    ``iri`` is empty for a membership or participation without a stated role.
    """

    family: str
    iri: str


@dataclass(frozen=True)
class Projection:
    """A directed multigraph in arrays; edge ``i`` runs from ``sources[i]`` to ``targets[i]``.

    ``nodes`` are IRIs in sorted order. ``sources`` and ``targets`` (int32) hold places in
    ``nodes``, ``kinds`` (int16) places in ``relations``. ``facts`` holds the IRI of each
    edge's fact; for a structure, which is a plain statement, that of its property. Edges are
    sorted by fact, then source, then target.
    """

    store: Store
    nodes: list[str]
    sources: NDArray[np.int32]
    targets: NDArray[np.int32]
    kinds: NDArray[np.int16]
    relations: list[Relation]
    facts: list[str]

    def degrees(self) -> NDArray[np.int64]:
        """Number of edges at each node, in and out."""
        ends = np.concatenate((self.sources, self.targets))
        return np.bincount(ends, minlength=len(self.nodes))

    def edges(self) -> Iterator[tuple[str, str, Relation, str]]:
        """Each edge as (source IRI, target IRI, relation, fact)."""
        for source, target, kind, fact in zip(
            self.sources.tolist(),
            self.targets.tolist(),
            self.kinds.tolist(),
            self.facts,
            strict=True,
        ):
            yield self.nodes[source], self.nodes[target], self.relations[kind], fact

    def to_networkx(self, lang: str = "it") -> networkx.MultiDiGraph[str]:
        """The network as a ``networkx.MultiDiGraph``.

        Nodes are IRIs with ``id``, ``label``, ``types`` (list of IRIs), ``kind`` (slug),
        ``kinds`` (all slugs), ``kind_label``, ``place`` and ``member`` (whether it is a member
        of the body in focus). Edges are keyed by the IRI of their fact (a structure by that of
        its property) and have ``family``, ``relation`` (slug), ``label``, ``symmetric``,
        ``start``, ``end``, ``as_of`` (EDTF text) and ``sources`` (list of ids). Labels are in
        ``lang``; ``label_it`` and ``label_en`` give both. What is not known is left out.
        """
        import networkx

        from filiera.network.attributes import edge_attributes, node_attributes

        graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
        attributes = node_attributes(self, lang)
        graph.add_nodes_from(zip(self.nodes, attributes, strict=True))
        for edge, known in zip(self.edges(), edge_attributes(self, lang), strict=True):
            source, target, _, fact = edge
            graph.add_edge(source, target, key=fact, **known)
        return graph

    def to_igraph(self) -> igraph.Graph:
        """The network as a directed ``igraph.Graph``.

        Vertices carry ``name`` (IRI); edges ``family``, ``relation`` (IRI) and ``fact`` (IRI).
        Raises MissingPart where igraph is not installed.
        """
        try:
            import igraph
        except ImportError as error:
            raise MissingPart(
                Text(
                    "igraph non è installato; installalo con: pip install 'filiera[fast]'",
                    "igraph is not installed; install it with: pip install 'filiera[fast]'",
                )
            ) from error
        kinds = self.kinds.tolist()
        attributes: dict[str, list[Any]] = {
            "family": [self.relations[kind].family for kind in kinds],
            "relation": [self.relations[kind].iri for kind in kinds],
            "fact": self.facts,
        }
        return igraph.Graph(
            n=len(self.nodes),
            edges=np.column_stack((self.sources, self.targets)),
            directed=True,
            vertex_attrs={"name": self.nodes},
            edge_attrs=attributes,
        )


def project(
    store: Store, *, include: Iterable[str] = FAMILIES, at: str | None = None
) -> Projection:
    """Select the network of a store.

    include: families of edges, some of `FAMILIES`.
    at: a date (EDTF text, such as ``2020-07``); facts that had certainly ended before it or
    certainly began after it are left out. Facts without dates stay: a missing end is unknown.

    Raises UsageError for a family that there is not, and CellFault for an ill-formed date.
    """
    chosen = list(dict.fromkeys(include))
    unknown = [name for name in chosen if name not in FAMILIES]
    if unknown:
        raise UsageError(
            Text(
                f"nessuna famiglia di archi {', '.join(unknown)}; ci sono {', '.join(FAMILIES)}",
                f"no such family of edges: {', '.join(unknown)}; there are {', '.join(FAMILIES)}",
            )
        )
    outside = later(store, at) | over(store, at) if at else set()
    rows: list[tuple[str, str, str, str, str]] = []
    for name in chosen:
        found = _structure(store) if name == "structure" else _facts(store, name)
        rows += [row for row in found if row[0] not in outside]
    rows.sort()
    nodes = sorted(_nodes(store) | {row[1] for row in rows} | {row[2] for row in rows})
    place = {node: number for number, node in enumerate(nodes)}
    relations = sorted({Relation(row[3], row[4]) for row in rows})
    kind = {relation: number for number, relation in enumerate(relations)}
    return Projection(
        store=store,
        nodes=nodes,
        sources=np.array([place[row[1]] for row in rows], dtype=np.int32),
        targets=np.array([place[row[2]] for row in rows], dtype=np.int32),
        kinds=np.array([kind[Relation(row[3], row[4])] for row in rows], dtype=np.int16),
        relations=relations,
        facts=[row[0] for row in rows],
    )


def node_count(store: Store) -> int:
    """About how many nodes the network of a store has: those of which it is said what they are."""
    kinds = " ".join(f"<{name}>" for name in _NODE_CLASSES)
    asked = f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ VALUES ?kind {{ {kinds} }} ?s a ?kind }}"
    return next(int(count.value) for (count,) in select(store, asked))


def _nodes(store: Store) -> set[str]:
    return {
        subject.value
        for name in _NODE_CLASSES
        for (subject,) in select(store, f"SELECT ?s {{ ?s <{RDF.type}> <{name}> }}")
    }


def _facts(store: Store, family: str) -> list[tuple[str, str, str, str, str]]:
    """(fact, source, target, family, relation) of each fact of a family.

    Where sources name different roles, the first one by its IRI names the edge.
    """
    terms = FACTS[family]
    source, target = (_values(store, end) for end in (terms.source, terms.target))
    relation = _values(store, terms.relation)
    return [
        (fact, source[fact], target[fact], family, relation.get(fact, ""))
        for fact in source.keys() & target.keys()
    ]


def _structure(store: Store) -> list[tuple[str, str, str, str, str]]:
    return [
        (term, inner.value, outer.value, "structure", term)
        for term in _STRUCTURE
        for inner, outer in select(store, f"SELECT ?s ?o {{ ?s <{term}> ?o }}")
    ]


def _values(store: Store, predicate: str) -> dict[str, str]:
    """Object of a property by subject; the least one where there are several."""
    found: dict[str, str] = {}
    for subject, term in select(store, f"SELECT ?s ?o {{ ?s <{predicate}> ?o }}"):
        name, value = subject.value, term.value
        if found.setdefault(name, value) > value:
            found[name] = value
    return found


def later(store: Store, at: str) -> set[str]:
    """Facts that certainly began after a date."""
    edge = span(at).latest
    starts = values_of(store, FIL.startEarliest) if edge else {}
    return {fact for fact, days in starts.items() if min(days) > f"{edge}"}


def over(store: Store, at: str) -> set[str]:
    """Facts that had certainly ended before a date."""
    edge = span(at).earliest
    ends = values_of(store, FIL.endLatest) if edge else {}
    return {fact for fact, days in ends.items() if max(days) < f"{edge}"}
