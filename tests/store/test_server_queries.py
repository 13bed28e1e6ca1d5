"""Queries to stores on servers: what is kept out of the answer, and what of the graph they need."""

from __future__ import annotations

import pytest
from pyoxigraph import QuerySolutions, QueryTriples, RdfFormat
from pyoxigraph import Store as Oxigraph

from filiera.store.bookkeeping import HIDDEN, without_books
from filiera.store.wanted import EVERYTHING, Wanted, wanted


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?g { GRAPH ?g { ?s <a:p> ?o } }",
        "SELECT ?g { OPTIONAL { GRAPH ?g { ?s <a:p> ?o . OPTIONAL { ?s <a:q> ?x } } } }",
        "SELECT ?g { { GRAPH $g { ?s ?p ?o } } UNION { GRAPH ?g { ?s <a:p> 'GRAPH ?g { }' } } }",
        "SELECT ?g { ?s <a:p> ?o # GRAPH ?g {\n MINUS { graph ?g { ?s ?p ?o FILTER(?o > 1) } } }",
        "SELECT ?graph { GRAPH ?graph { ?s <a:p> ?o } GRAPH ?other { ?s ?p ?o } }",
        "CONSTRUCT { ?g <a:is> ?s } WHERE { GRAPH ?g { ?s <a:p> ?o } }",
    ],
)
def test_the_books_of_a_store_are_not_seen(query: str) -> None:
    """The answer is that of a store without them."""
    data = b"<a:s> <a:p> <a:o> <a:g> .\n<a:s> <a:p> <a:o> .\n<a:s> <a:q> <a:x> <a:g> .\n"
    books = f"<a:s> <a:p> <a:o> <{HIDDEN}staging/1> .\n<a:z> <a:p> <a:o> <{HIDDEN}mark> .\n"
    plain, full = Oxigraph(), Oxigraph()
    plain.load(input=data, format=RdfFormat.N_QUADS)
    full.load(input=data + books.encode(), format=RdfFormat.N_QUADS)
    assert rows(full, without_books(query)) == rows(plain, query)


def rows(store: Oxigraph, query: str) -> list[str]:
    found = store.query(query)
    assert isinstance(found, QuerySolutions | QueryTriples)
    return sorted(map(str, found))


def plain(*predicates: str) -> set[Wanted]:
    """Patterns of the default graph with a predicate."""
    return {Wanted(False, None, predicate) for predicate in predicates}


@pytest.mark.parametrize(
    ("query", "needs"),
    [
        ("ASK { ?s <a:p> ?o }", {Wanted(False, None, "a:p")}),
        ("ASK { <a:s> <a:p> <a:o> }", {Wanted(False, "a:s", "a:p", "a:o")}),
        ("ASK { ?s <a:p> 'text' }", {Wanted(False, None, "a:p")}),
        ("ASK { GRAPH <a:g> { ?s <a:p> ?o } }", {Wanted(True, None, "a:p", None, "a:g")}),
        ("ASK { ?s <a:p>/^<a:q>|<a:r>+ ?o }", plain("a:p", "a:q", "a:r")),
        ("ASK { ?s <a:p> ?o . ?o <a:q>* ?x }", plain("a:p", "a:q")),
        (
            "ASK { GRAPH ?g { ?s <a:p> ?o } ?o <a:q>* ?x }",
            {Wanted(True, None, "a:p"), *plain("a:q")},
        ),
        ("ASK { ?o <a:q>* ?x }", {Wanted(False)}),
        (
            "ASK { ?s <a:p> ?o { SELECT (COUNT(?x) AS ?n) { ?o <a:q>* ?x } } }",
            {Wanted(False), *plain("a:p")},
        ),
        ("ASK { ?s !<a:p> ?o }", {Wanted(False)}),
        (
            "ASK { ?s <a:p> ?o FILTER NOT EXISTS { GRAPH ?g { ?s <a:q> ?o } } }",
            {Wanted(True, None, "a:q"), *plain("a:p")},
        ),
        (
            "ASK { VALUES ?s { <a:s> } ?s <a:p> ?o MINUS { ?s <a:q> ?o } }",
            plain("a:p", "a:q"),
        ),
        ("SELECT ?s FROM <a:g> { ?s <a:p> ?o }", {Wanted(True, None, "a:p")}),
        ("DESCRIBE <a:s>", {Wanted(False, "a:s")}),
        ("DESCRIBE ?s { ?s <a:p> ?o }", EVERYTHING),
        ("SELECT ?g { GRAPH ?g { } }", EVERYTHING),
        ("CONSTRUCT { ?s <a:new> ?o } WHERE { ?s <a:p> ?o }", {Wanted(False, None, "a:p")}),
    ],
)
def test_what_a_query_needs(query: str, needs: set[Wanted]) -> None:
    assert wanted(query, "") == needs
