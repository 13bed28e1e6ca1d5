"""A store over an rdflib data set, for those who have one, and to compare engines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)
from pyoxigraph import Store as Oxigraph

from filiera.errors import QueryError
from filiera.store.keywords import keywords
from filiera.store.malformed import checked
from filiera.store.protocol import Solutions
from filiera.texts import Text
from filiera.vocabulary import PREFIXES, XSD

if TYPE_CHECKING:
    import rdflib
    import rdflib.query
    from rdflib.term import Node

__all__ = ["RdflibStore", "to_rdflib"]


_GROUP = re.compile(r"\bGROUP\s+BY\b", re.IGNORECASE)


class RdflibStore:
    """Quads in an ``rdflib.Dataset``, which answers the queries.

    rdflib is some hundred times slower than the other stores.
    """

    far = False

    def __init__(self, dataset: rdflib.Dataset | None = None) -> None:
        import rdflib

        self.dataset = rdflib.Dataset(default_union=False) if dataset is None else dataset

    def query(
        self,
        sparql: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        base: str | None = None,
    ) -> Solutions:
        """Answer a query; see `Store`."""
        checked(sparql, base)
        if default_graphs or named_graphs:
            raise QueryError(
                Text(
                    "un archivio in rdflib risponde su tutti i suoi grafi; non indicarne",
                    "a store in rdflib answers over all its graphs; name none",
                )
            )
        try:
            found = self.dataset.query(sparql, initNs=PREFIXES, base=base)
            if found.type in ("CONSTRUCT", "DESCRIBE"):
                local = Oxigraph()
                local.bulk_load(input=found.serialize(format="nt"), format=RdfFormat.N_TRIPLES)
                return local.query("CONSTRUCT WHERE { ?s ?p ?o }")
            if _is_group_of_nothing(sparql, found):
                found.bindings = []
            text = found.serialize(format="json")
        except (RecursionError, TypeError, ValueError) as error:
            raise QueryError(
                Text(
                    f"rdflib non può rispondere alla query: {error}",
                    f"the query cannot be answered by rdflib: {error}",
                )
            ) from error
        assert text is not None
        return parse_query_results(text, format=QueryResultsFormat.JSON)

    def update(self, sparql: str) -> None:
        """Run an update; QueryError when it is malformed."""
        try:
            self.dataset.update(sparql, initNs=PREFIXES)
        except Exception as error:  # rdflib's parser has no error of its own
            raise QueryError(
                Text(
                    f"l'aggiornamento non è SPARQL ben formato: {error}",
                    f"the update is not well-formed SPARQL: {error}",
                )
            ) from error

    def load(self, chunks: Iterable[bytes]) -> None:
        """Add N-Quads."""
        import rdflib

        for chunk in chunks:
            for quad in parse(input=chunk, format=RdfFormat.N_QUADS):
                graph = self.dataset.default_graph
                if isinstance(quad.graph_name, NamedNode):
                    graph = self.dataset.graph(rdflib.URIRef(quad.graph_name.value))
                graph.add(tuple(map(to_rdflib, quad.triple)))

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Quads of the default graph that fit the pattern."""
        subject_, predicate_, object_ = (
            None if term is None else to_rdflib(term) for term in (subject, predicate, object)
        )
        graph = self.dataset.default_graph
        for s, p, o in graph.triples((subject_, predicate_, object_)):
            yield _quad(s, p, o, DefaultGraph())

    def graph_quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """Quads of one named graph, or of all graphs and the default one."""
        if graph is None:
            yield from self.quads()
        for context in self.dataset.graphs():
            name = str(context.identifier)
            if context.identifier == self.dataset.default_graph.identifier:
                continue
            if graph is None or graph.value == name:
                for s, p, o in context:
                    yield _quad(s, p, o, NamedNode(name))

    def about(
        self, subjects: Iterable[str], predicates: Sequence[str] = (), *, named: bool = False
    ) -> Iterator[Quad]:
        """Quads of some subjects, with some predicates or all."""
        wanted: list[NamedNode | None] = [*map(NamedNode, predicates)] or [None]
        for subject in map(NamedNode, subjects):
            for predicate in wanted:
                if not named:
                    yield from self.quads(subject, predicate)
                    continue
                pattern = (
                    to_rdflib(subject),
                    None if predicate is None else to_rdflib(predicate),
                    None,
                    None,
                )
                for s, p, o, graph in self.dataset.quads(pattern):
                    if graph != self.dataset.default_graph.identifier:
                        yield _quad(s, p, o, NamedNode(str(graph)))

    def keep(self) -> None:
        """Do nothing: all is here already."""

    def dump(self, output: BinaryIO) -> None:
        """Write all quads as N-Quads, sorted by line."""
        local = Oxigraph()
        local.bulk_extend(self.graph_quads())
        text = local.dump(format=RdfFormat.N_QUADS)
        assert text is not None
        output.write(b"\n".join(sorted(line for line in text.split(b"\n") if line)) + b"\n")

    def __len__(self) -> int:
        return sum(len(graph) for graph in self.dataset.graphs())

    def close(self) -> None:
        """Let go of the data set; it belongs to whoever made it."""
        import rdflib

        self.dataset = rdflib.Dataset(default_union=False)


def _is_group_of_nothing(sparql: str, found: rdflib.query.Result) -> bool:
    """Whether the only row is one that rdflib makes of no solutions.

    GROUP BY over nothing gives no groups; rdflib gives one, of which nothing is known but that
    it holds nothing.
    """
    if found.type != "SELECT" or not _GROUP.search(keywords(sparql)):
        return False
    rows = list(found.bindings)
    return len(rows) == 1 and all(str(value) == "0" for value in rows[0].values())


def to_rdflib(term: NamedNode | BlankNode | Literal | Triple) -> Node:
    """A term of pyoxigraph as one of rdflib; literals keep the form in which they are written."""
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    assert isinstance(term, Literal), "the build makes no triple terms"
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype.value == XSD.string:
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)


def _quad(s: Node, p: Node, o: Node, graph: NamedNode | DefaultGraph) -> Quad:
    subject, predicate, object = map(_from_rdflib, (s, p, o))
    assert not isinstance(subject, Literal)
    assert isinstance(predicate, NamedNode)
    return Quad(subject, predicate, object, graph)


def _from_rdflib(term: Node) -> NamedNode | BlankNode | Literal:
    import rdflib

    if isinstance(term, rdflib.URIRef):
        return NamedNode(term)
    if isinstance(term, rdflib.BNode):
        return BlankNode(term)
    assert isinstance(term, rdflib.Literal)
    if term.language:
        return Literal(str(term), language=term.language)
    return Literal(str(term), datatype=NamedNode(term.datatype) if term.datatype else None)
