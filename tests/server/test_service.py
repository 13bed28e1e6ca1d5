"""SERVICE is found wherever the engine finds it, and nowhere else."""

from __future__ import annotations

import socket
import threading
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from filiera.server.limits import Limits
from filiera.server.sparql import SparqlRequest, answer
from filiera.store import MemoryStore
from filiera.store.keywords import calls_a_service

EX = "PREFIX ex: <http://127.0.0.1:PORT/> PREFIX : <http://127.0.0.1:PORT/> "
IRI = "<http://127.0.0.1:PORT/>"

CALLS = [
    f"SELECT * {{ SERVICE {IRI} {{ ?s ?p ?o }} }}",
    f"select * {{ service silent {IRI} {{ ?s ?p ?o }} }}",
    EX + "SELECT * {SERVICE:x{?s ?p ?o}}",
    EX + "SELECT * {SERVICE: {?s ?p ?o}}",
    EX + "SELECT * {SERVICE ex:x{?s ?p ?o}}",
    EX + "SELECT * {SERVICEex:x{?s ?p ?o}}",
    EX + "SELECT * {servicesilent:x#\n{?s ?p ?o}}",
    EX + "SELECT * {?s ?p ?o.SERVICESILENTex:x {?s ?p ?o}}",
    EX + "SELECT * {?s ?p trueSERVICE:x{?s ?p ?o}}",
    EX + f"SELECT * {{?s ?p ex:.SERVICE{IRI}{{?s ?p ?o}}}}",
    EX + "SELECT * {?s ?p ?o.SERVICE ex:x{?s ?p ?o}}",
    EX + "SELECT * {VALUES ?x {UNDEF}SERVICE ex:{?s ?p ?o}}",
    EX + 'SELECT * {?s ?p "a"@en.SERVICE ex:x{?s ?p ?o}}',
    f"SELECT * {{?s ?p 1SERVICE{IRI}{{?s ?p ?o}}}}",
    f"SELECT * {{?s ?p 1e0SERVICE{IRI}{{?s ?p ?o}}}}",
    f"SELECT * {{?s ?p trueSERVICE{IRI}{{?s ?p ?o}}}}",
    f"SELECT * {{?s ?p []SERVICE{IRI}{{?s ?p ?o}}}}",
    f"SELECT * {{BIND({IRI} AS ?x)SERVICE?x{{?s ?p ?o}}}}",
    f"SELECT * {{?s ?p ?o FILTER EXISTS{{SERVICE{IRI}{{?s ?p ?o}}}}}}",
    f"SELECT * {{FILTER(?a<?b)#>\nSERVICE{IRI}{{?s ?p ?o}}}}",
    f'SELECT * {{FILTER(1<2)FILTER("a">"\'")SERVICE{IRI}{{?s ?p ?o}}}}',
    f'SELECT * {{FILTER(?a<?b#"\n)SERVICE{IRI}{{?s ?p ?o}}}}#"',
    f'SELECT * {{FILTER("\\""="")SERVICE{IRI}{{?s ?p ?o}}}}#"',
    f'SELECT * {{FILTER(""""\\"""" = "")SERVICE{IRI}{{?s ?p ?o}}}}#"',
    f"SELECT * {{FILTER('''a''b\\'''' = '')SERVICE{IRI}{{?s ?p ?o}}}}#'",
]

NO_CALLS = [
    "SELECT ?service { ?service ?p ?o }",
    "SELECT $SERVICE { $SERVICE ?p ?o } # SERVICE",
    'SELECT * { ?s rdfs:label "SERVICE <x> {" }',
    "SELECT * { ?s rdfs:label '''a 'quoted' SERVICE''' }",
    'SELECT * { ?s rdfs:label """a "quoted" SERVICE""" }',
    'SELECT * { ?s rdfs:label "x"@service }',
    "SELECT * { ?s ?p <http://example.org/SERVICE> }",
    "PREFIX service: <http://example.org/> SELECT * { ?s service:of ?o . ?o a service:Desk }",
    "PREFIX ex: <http://example.org/> SELECT * { ?s ex:service ?o ; ex:a.service ?x }",
]


@pytest.mark.parametrize("query", CALLS)
def test_a_call_is_found_and_never_made(query: str) -> None:
    store = MemoryStore(_store_with_one_quad())
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        stranger.settimeout(0.05)
        query = query.replace("PORT", str(stranger.getsockname()[1]))
        assert calls_a_service(query)
        assert answer(store, SparqlRequest(query), Limits()).status == 403
        with pytest.raises(TimeoutError):
            stranger.accept()


def test_the_engine_itself_would_make_the_call() -> None:
    callers: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as stranger:

        def hang_up() -> None:
            connection, (host, _) = stranger.accept()
            callers.append(host)
            connection.close()

        listening = threading.Thread(target=hang_up)
        listening.start()
        query = CALLS[0].replace("PORT", str(stranger.getsockname()[1]))
        with pytest.raises(OSError, match=r"Connection|request|error"):
            list(cast("QuerySolutions", _store_with_one_quad().query(query)))
        listening.join()
    assert callers == ["127.0.0.1"]


@pytest.mark.parametrize("query", NO_CALLS)
def test_the_word_alone_is_no_call(query: str) -> None:
    assert not calls_a_service(query)
    assert answer(MemoryStore(), SparqlRequest(query), Limits()).status == 200


@given(st.text(alphabet="SERVICEservice ?:<>{}.#'\"\\\n1ax@", max_size=40))
def test_no_text_hides_a_call_that_follows(before: str) -> None:
    query = f"{before}\n SELECT * {{ SERVICE <http://127.0.0.1:9/> {{ ?s ?p ?o }} }}"
    reply = answer(MemoryStore(), SparqlRequest(query), Limits())
    assert reply.status in (400, 403)


def _store_with_one_quad() -> Store:
    store = Store()
    subject, predicate = NamedNode("http://example.org/s"), NamedNode("http://example.org/p")
    store.add(Quad(subject, predicate, Literal(1)))
    return store
