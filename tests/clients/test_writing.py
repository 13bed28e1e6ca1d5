"""Clients that others wrote change the graph, where the server lets them."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest
from rdflib import Dataset, Graph, Literal, Namespace, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore
from SPARQLWrapper import BASIC, JSON, POST, POSTDIRECTLY, URLENCODED, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import Unauthorized

from tests.running_server import BEARER, TOKEN, RunningServer

EX = Namespace("http://example.org/clients/")
GRAPH = URIRef(EX.graph)
FORLI = Literal("Forlì", "it")
INSERT = f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <{EX.s}> <{EX.p}> {FORLI.n3()} }} }}"
DROP = f"DROP GRAPH <{GRAPH}>"
ASK = f"ASK {{ <{EX.s}> ?p {FORLI.n3()} }}"


@pytest.fixture(scope="module")
def writable(writable_server: RunningServer) -> str:
    """The address of an endpoint that takes updates."""
    return f"{writable_server.address}sparql"


@pytest.mark.parametrize("how", [{"headers": {"Authorization": BEARER}}, {"auth": ("any", TOKEN)}])
def test_rdflib_writes_as_into_any_graph(writable: str, how: dict[str, Any]) -> None:
    store = SPARQLUpdateStore(writable, writable, **how)
    graph = Graph(store, identifier=GRAPH)
    graph.add((EX.s, EX.p, FORLI))
    assert set(graph) == {(EX.s, EX.p, FORLI)}
    assert list(Graph(store).objects(EX.s, EX.p)) == [FORLI], "the merge has it, too"
    graph.remove((EX.s, None, None))
    assert len(graph) == 0
    store.autocommit = False
    for number in range(3):
        graph.add((EX.s, EX.p, Literal(number)))
    store.rollback()
    assert len(graph) == 0
    graph.addN((EX.s, EX.p, Literal(number), graph) for number in range(3))
    store.commit()
    assert set(graph.objects(EX.s, EX.p)) == {Literal(number) for number in range(3)}
    store.autocommit = True
    Dataset(store, default_union=True).remove_graph(GRAPH)
    assert len(graph) == 0


@pytest.mark.parametrize("way", [URLENCODED, POSTDIRECTLY])
@pytest.mark.parametrize("basic", [True, False])
def test_sparqlwrapper_sends_updates(writable: str, way: str, basic: bool) -> None:
    client = SPARQLWrapper(writable, returnFormat=JSON)
    client.setMethod(POST)
    client.setRequestMethod(way)
    if basic:
        client.setHTTPAuth(BASIC)
        client.setCredentials("any", TOKEN)
    else:
        client.addCustomHttpHeader("Authorization", BEARER)
    for update, there in ((INSERT, True), (DROP, False)):
        client.setQuery(update)
        client.query()
        client.setQuery(ASK)
        answer: Any = client.queryAndConvert()
        assert answer["boolean"] is there


def test_curl_replaces_a_graph_and_drops_it(writable: str, writable_server: RunningServer) -> None:
    def curl(*arguments: str) -> str:
        command = ["curl", "--silent", "--noproxy", "*", "-o", "/dev/null", "-w", "%{http_code}"]
        done = subprocess.run(
            [*command, "--user", f":{TOKEN}", *arguments],
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    place = f"{writable_server.address}graphs?graph={GRAPH}"
    triple = f"<{EX.s}> <{EX.p}> {FORLI.n3()} ."
    turtle = ("-H", "Content-Type: text/turtle")
    assert curl("-X", "PUT", *turtle, "--data-binary", triple, place) in ("201", "204")
    assert writable_server.ask(ASK).json()["boolean"] is True
    assert curl("--data-urlencode", f"update={DROP}", writable) in ("200", "204")
    assert writable_server.ask(ASK).json()["boolean"] is False


def test_without_the_token_a_client_says_so(writable: str) -> None:
    for credentials in (None, ("any", f"{TOKEN}x"), (TOKEN, "")):
        client = SPARQLWrapper(writable)
        client.setMethod(POST)
        if credentials:
            client.setCredentials(*credentials)
        client.setQuery(INSERT)
        with pytest.raises(Unauthorized, match="token"):
            client.query()
