"""What has to follow when the graph of a store was changed from outside.

The default graph is the merge of all named graphs, ``graph:derived`` is what the rules conclude,
and ``graph:meta`` counts what is there. An update knows none of this; after it, `follow` makes
all three true again.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, Triple

from filiera.build.derive import derive
from filiera.build.describe import COUNTED, counts
from filiera.errors import UsageError
from filiera.facts.dataset import Dataset
from filiera.store import MemoryStore
from filiera.texts import Text
from filiera.vocabulary import DCTERMS, DERIVED, META, RDF, VOID, WRITTEN

__all__ = ["StillStated", "follow"]

_ONLY_NAMED = "SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } MINUS { ?s ?p ?o } }"
_ONLY_DEFAULT = "SELECT ?s ?p ?o { ?s ?p ?o MINUS { GRAPH ?g { ?s ?p ?o } } }"
_DESCRIBED = (
    f"ASK {{ GRAPH <{META}> {{ ?dataset a <{VOID.Dataset}> ; <{DCTERMS.identifier}> ?id }} }}"
)
_NO_COUNTS = f"""
    DELETE {{ GRAPH <{META}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{META}> {{
      {{ ?s ?p ?o VALUES ?p {{ {" ".join(f"<{term}>" for term in COUNTED)} }} }}
      UNION {{ ?s ?p ?o FILTER(?p = <{RDF.type}> && ?o = <{VOID.Dataset}>)
               MINUS {{ ?s <{DCTERMS.identifier}> ?id }} }}
    }} }}"""


class StillStated(UsageError):
    """What was written contradicts the merge or the rules, and would not last."""


def follow(store: MemoryStore, dataset: Dataset, before: Iterator[Quad]) -> None:
    """Make merge, conclusions and counts agree with what was changed.

    ``before`` is the default graph as it was: an iterator that was begun before the change. What
    was added to the default graph alone is put into ``graph:written``, too.

    Raises StillStated when the default graph lost what a source or a rule states, or a conclusion
    was written by hand; the store is then unfinished and must be thrown away.
    """
    oxigraph, default = store.oxigraph, DefaultGraph()
    derived, written = NamedNode(DERIVED), NamedNode(WRITTEN)
    only_named = list(_rows(store, _ONLY_NAMED))
    described = bool(store.query(_DESCRIBED))
    _forget_conclusions(store, derived)
    if described:
        oxigraph.update(_NO_COUNTS)
    only_default = {triple for triple, _ in _rows(store, _ONLY_DEFAULT)}
    was = _known(before, only_default | {triple for triple, _ in only_named})
    for triple, graph in only_named:
        if graph == derived:
            raise _of_the_rules(triple, deleted=triple in was)
        if triple not in was:
            oxigraph.add(_in(default, triple))
        elif graph == written:
            oxigraph.remove(_in(written, triple))
        else:
            raise _still_stated(triple, graph)
    for triple in only_default & was:
        oxigraph.remove(_in(default, triple))
    oxigraph.extend(_in(written, triple) for triple in only_default - was)
    derive(store)
    if described:
        store.load(["".join(counts(store, dataset)).encode()])
    for graph in (derived, written):
        if not any(store.graph_quads(graph)):
            oxigraph.remove_graph(graph)


def _forget_conclusions(store: MemoryStore, derived: NamedNode) -> None:
    """Take out what the rules concluded, but for what another graph states."""
    oxigraph, default = store.oxigraph, DefaultGraph()
    for quad in store.graph_quads(derived):
        same = oxigraph.quads_for_pattern(quad.subject, quad.predicate, quad.object)
        if all(other.graph_name in (default, derived) for other in same):
            oxigraph.remove(_in(default, quad.triple))
    oxigraph.clear_graph(derived)


def _in(graph: NamedNode | DefaultGraph, triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def _known(before: Iterator[Quad], asked: set[Triple]) -> set[Triple]:
    """Those of some triples that were there before."""
    if not asked:
        return set()
    return {quad.triple for quad in before if quad.triple in asked}


def _rows(store: MemoryStore, query: str) -> Iterator[tuple[Triple, NamedNode | None]]:
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    with_graph = len(found.variables) > len("spo")
    for row in found:
        yield Triple(row["s"], row["p"], row["o"]), row["g"] if with_graph else None


def _still_stated(triple: Triple, graph: NamedNode | None) -> StillStated:
    return StillStated(
        Text(
            f"{triple} è stata cancellata dal grafo predefinito, ma {graph} la afferma ancora. Il"
            " grafo predefinito è l'unione di tutti i grafi: cancellala lì, per esempio con DELETE"
            " { GRAPH ?g { … } } WHERE { GRAPH ?g { … } }",
            f"{triple} was deleted from the default graph, but {graph} states it still. The default"
            " graph is the merge of all graphs: delete it there, for example with DELETE"
            " { GRAPH ?g { … } } WHERE { GRAPH ?g { … } }",
        )
    )


def _of_the_rules(triple: Triple, *, deleted: bool) -> StillStated:
    done = Text("cancellata", "deleted") if deleted else Text("aggiunta", "added")
    return StillStated(
        Text(
            f"{triple} è stata {done.it}, ma <{DERIVED}> contiene ciò che le regole concludono, ed"
            " è rifatto dopo ogni scrittura. Cambia invece ciò che le fonti affermano.",
            f"{triple} was {done.en}, but <{DERIVED}> holds what the rules conclude, and is made"
            " anew after each write. Change what the sources state instead.",
        )
    )
