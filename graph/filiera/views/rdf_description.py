"""The data of one thing: all that is said of it, and who says it.

What is said of a thing hangs on it in facts (memberships, ties, phases …) and lies in the graphs
of its sources. Its data is a symmetric description: the statements with the thing as subject
or object in every graph, each fact about it whole, the sources that state them, and the labels
of what is named. Triples do not tell their graph, so the thing and each fact also name the
sources that speak of them (``dcterms:source``).

That of a graph is what is said of it and what it holds; that of the ontology, of a scheme or of
a concept is what the ontology says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, QuerySolutions, RdfFormat, parse

from filiera.facts.dataset import Dataset
from filiera.resources import ontology_dir
from filiera.store import Store
from filiera.views.addresses import ONTOLOGY_IRI, SHAPES_IRI
from filiera.views.schema_org import schema_org
from filiera.vocabulary import (
    CONCEPT,
    DCTERMS,
    DERIVED,
    FIL,
    GRAPH,
    META,
    ONTOLOGY,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
)

__all__ = ["around", "description", "is_known", "own"]

_SOURCE = NamedNode(DCTERMS.source)
_NOBODY = {DERIVED, META, ONTOLOGY}
"""Graphs that are no source of a fact."""
_LABELS = (SKOS.prefLabel, RDFS.label, DCTERMS.title)
_OF_A_SOURCE = (RDF.type, DCTERMS.title, DCTERMS.publisher, FIL.published, SCHEMA.url)
_MANY = 500
"""IRIs that one query names at most."""

_FACTS = f"SELECT DISTINCT ?s {{ ?s ?p {{0}} ; a ?c . ?c <{RDFS.subClassOf}> <{FIL.Fact}> }}"
_FROM = "SELECT ?g ?s ?p ?o {{ VALUES ?s {{ {0} }} GRAPH ?g {{ ?s ?p ?o }} }}"
_TO = "SELECT ?g ?s ?p ?o {{ VALUES ?o {{ {0} }} GRAPH ?g {{ ?s ?p ?o }} }}"
_WITHIN = "SELECT ?g ?s ?p ?o {{ VALUES ?g {{ {0} }} GRAPH ?g {{ ?s ?p ?o }} }}"
_IN_SCHEME = f"SELECT DISTINCT ?s {{ ?s <{SKOS.inScheme}> {{0}} }}"


def is_known(store: Store, iri: str) -> bool:
    """Whether anything is said of an IRI, or in the graph of that name."""
    if iri == SHAPES_IRI:
        return True
    node = NamedNode(iri)
    patterns = ((node, None, None), (None, None, node))
    said = any(next(iter(store.quads(*pattern)), None) for pattern in patterns)
    return said or next(iter(store.graph_quads(node)), None) is not None


def description(store: Store, dataset: Dataset, iri: str, today: date) -> list[Quad]:
    """Quads of the data of an IRI, each once, in a fixed order; none where nothing is said.

    A statement stands in its graph. What is added for whoever reads this description alone
    stands in the default graph: labels, the sources of facts, and the words of schema.org.
    Raises ValueError for what is no IRI.
    """
    node = NamedNode(iri)
    if iri == ONTOLOGY_IRI:
        found = set(_quads(store, _WITHIN, [NamedNode(ONTOLOGY)]))
        return sorted(found, key=lambda quad: _place(quad, node, dataset))
    if iri == SHAPES_IRI:
        return _shapes()
    if iri.startswith(CONCEPT.base):
        members = _things(store, _IN_SCHEME, node)
        found = {*_quads(store, _FROM, [node, *members]), *_quads(store, _TO, [node])}
        graph = NamedNode(ONTOLOGY)  # who is of a kind is for a query to ask
        found = {quad for quad in found if quad.graph_name == graph}
    elif iri.startswith((dataset.graph_base, GRAPH.base)):
        found = {quad for query in (_FROM, _TO, _WITHIN) for quad in _quads(store, query, [node])}
    else:
        found = _thing(store, node)
    found.update(schema_org(store, found, node, today))
    found.update(_labels(store, found))
    return sorted(found, key=lambda quad: _place(quad, node, dataset))


def _shapes() -> list[Quad]:
    """The shapes, their blank nodes numbered: the same each time."""
    names: dict[BlankNode, BlankNode] = {}

    def numbered(term: Any) -> Any:
        if not isinstance(term, BlankNode):
            return term
        return names.setdefault(term, BlankNode(f"s{len(names)}"))

    return [
        Quad(numbered(quad.subject), quad.predicate, numbered(quad.object))
        for path in sorted((ontology_dir() / "shapes").glob("*.ttl"))
        for quad in parse(path=path, format=RdfFormat.TURTLE)
    ]


def _place(quad: Quad, node: NamedNode, dataset: Dataset) -> tuple[int, str]:
    """The thing first, then its facts, then the sources, then labels of other terms."""
    subject = getattr(quad.subject, "value", "")
    if subject == node.value:
        return 0, str(quad)
    bases = (f"{node.value}#", dataset.id_base, dataset.graph_base)
    found = (number for number, base in enumerate(bases, 1) if subject.startswith(base))
    return next(found, 4), str(quad)


def around(store: Store, node: NamedNode) -> set[Quad]:
    """What is said of a thing in every graph, with the facts about it as a whole."""
    facts = _things(store, _FACTS, node)
    return {*_quads(store, _FROM, [node, *facts]), *_quads(store, _TO, [node])}


def own(store: Store, node: NamedNode) -> set[Quad]:
    """What is said of a thing in every graph with it as subject."""
    return set(_quads(store, _FROM, [node]))


def _thing(store: Store, node: NamedNode) -> set[Quad]:
    """What is said of a thing, its facts whole, and what they come from."""
    said = around(store, node)
    whole = {node, *_things(store, _FACTS, node)}
    speaking = {
        (quad.subject, quad.graph_name)
        for quad in said
        if quad.subject in whole
        and isinstance(quad.graph_name, NamedNode)
        and quad.graph_name.value not in _NOBODY
    }
    stated = {Quad(subject, _SOURCE, graph, DefaultGraph()) for subject, graph in speaking}
    sources = sorted({graph for _, graph in speaking}, key=str)
    about = {quad for quad in _quads(store, _FROM, sources) if quad.predicate.value in _OF_A_SOURCE}
    return said | stated | about


def _labels(store: Store, quads: Iterable[Quad]) -> Iterator[Quad]:
    """Labels of all that the statements name, but for what bears one in them already."""
    quads = list(quads)
    labelled = {quad.subject for quad in quads if quad.predicate.value in _LABELS}
    named = {term for quad in quads for term in (quad.subject, quad.object)} - labelled
    iris = sorted((term for term in named if isinstance(term, NamedNode)), key=str)
    predicates = ", ".join(f"<{iri}>" for iri in _LABELS)
    query = (
        f"SELECT ?s ?p ?o {{{{ VALUES ?s {{{{ {{0}} }}}} ?s ?p ?o FILTER(?p IN ({predicates})) }}}}"
    )
    return _quads(store, query, iris)


def _things(store: Store, query: str, node: NamedNode) -> list[NamedNode]:
    return [row["s"] for row in _rows(store, query.replace("{0}", str(node)))]


def _quads(store: Store, query: str, nodes: Sequence[NamedNode]) -> Iterator[Quad]:
    """Quads that a query finds for some IRIs; in the default graph where it names no graph."""
    for first in range(0, len(nodes), _MANY):
        some = nodes[first : first + _MANY]
        for row in _rows(store, query.format(" ".join(map(str, some)))):
            graph = row["g"] if "?g" in query else DefaultGraph()
            yield Quad(row["s"], row["p"], row["o"], graph)


def _rows(store: Store, query: str) -> QuerySolutions:
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    return found
