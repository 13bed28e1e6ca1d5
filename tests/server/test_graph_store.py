"""The Graph Store HTTP Protocol: graphs got, put, added to and deleted at their own address."""

from __future__ import annotations

import socket

import httpx
import pytest
import rdflib
from rdflib.compare import isomorphic

from filiera.vocabulary import DERIVED, META, RDF, WRITTEN
from tests.small_cluster import FOLDER

from .changing import AUTHORIZED, COUNT, EX, TURTLE, rows
from .conftest import RunningServer, StartServer

ONE = f"<{EX}s> <{EX}p> 'uno'@it , 1 ."
SYNTAXES = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
}


@pytest.fixture(scope="module")
def server(start_server: StartServer) -> RunningServer:
    """A writable server of the small cluster."""
    return start_server(writable=True, data=FOLDER)


def _graph(server: RunningServer, name: str) -> httpx.Response:
    return server.client.get("/graphs", params={"graph": name})


@pytest.mark.parametrize("media_type", SYNTAXES)
def test_a_graph_that_is_put_is_what_is_got(server: RunningServer, media_type: str) -> None:
    graph = {"graph": f"{EX}put"}
    expected = rdflib.Graph().parse(data=ONE, format="turtle")
    content = expected.serialize(format=SYNTAXES[media_type])
    headers = {**AUTHORIZED, "content-type": media_type}
    client = server.client
    assert client.put("/graphs", params=graph, content=content, headers=headers).status_code == 201
    answer = client.get("/graphs", params=graph, headers={"accept": media_type})
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == media_type
    got = rdflib.Graph().parse(data=answer.text, format=SYNTAXES[media_type])
    assert isomorphic(got, expected)
    head = client.head("/graphs", params=graph, headers={"accept": media_type})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == answer.headers["content-type"]
    assert client.delete("/graphs", params=graph, headers=AUTHORIZED).status_code == 204
    assert client.get("/graphs", params=graph).status_code == 404
    assert client.head("/graphs", params=graph).status_code == 404
    assert client.delete("/graphs", params=graph, headers=AUTHORIZED).status_code == 404


def test_post_adds_and_put_replaces(server: RunningServer) -> None:
    client, graph = server.client, {"graph": f"{EX}put"}
    for method, content, status, values in (
        ("POST", "<a> <#p> 1", 201, {"1"}),
        ("POST", "<a> <#p> 2", 204, {"1", "2"}),
        ("PUT", "<a> <#p> 3", 204, {"3"}),
        ("PUT", "", 204, set()),
    ):
        answer = client.request(
            method, "/graphs", params=graph, content=content and f"{content} .", headers=TURTLE
        )
        assert answer.status_code == status
        got = rdflib.Graph().parse(data=_graph(server, graph["graph"]).text, format="turtle")
        assert {str(value) for value in got.objects()} == values
        # Relative addresses start from the graph, and the merge has what the graph has.
        merged = f"SELECT ?o {{ <{EX}a> <{EX}put#p> ?o }}"
        assert set(rows(server, merged)) == values
    assert client.delete("/graphs", params=graph, headers=AUTHORIZED).status_code == 204


def test_the_default_graph_is_the_merge(server: RunningServer) -> None:
    client = server.client
    whole = client.get("/graphs?default", headers={"accept": "application/n-triples"})
    assert whole.status_code == 200
    assert len(whole.text.splitlines()) == int(rows(server, COUNT)[0])
    added = client.post("/graphs?default", content=f"<{EX}s> <{EX}p> 1 .", headers=TURTLE)
    assert added.status_code == 204
    assert rows(server, f"SELECT ?g {{ GRAPH ?g {{ <{EX}s> ?p ?o }} }}") == [WRITTEN]
    deleted = client.delete("/graphs", params={"graph": WRITTEN}, headers=AUTHORIZED)
    assert deleted.status_code == 204
    for method in ("PUT", "DELETE"):
        answer = client.request(method, "/graphs?default", content="", headers=TURTLE)
        assert answer.status_code == 409
        assert "The default graph is the merge of all graphs" in answer.text


@pytest.mark.parametrize(
    ("address", "content", "content_type", "status", "told"),
    [
        ("/graphs", "", "text/turtle", 400, "Name one graph"),
        ("/graphs?default&graph=http://example.org/g", "", "text/turtle", 400, "Name one graph"),
        ("/graphs?graph=relative", "", "text/turtle", 400, "is no IRI"),
        ("/graphs?graph=http://example.org/g", "<a> <b>", "text/turtle", 400, "malformed"),
        ("/graphs?graph=http://example.org/g", b"\xff", "text/turtle", 400, "not UTF-8"),
        ("/graphs?graph=http://example.org/g", "x", "application/trig", 415, "text/turtle"),
        ("/graphs?graph=http://example.org/g", "x", "", 415, "a body without a type"),
        (f"/graphs?graph={DERIVED}", "", "text/turtle", 409, "the rules conclude"),
    ],
)
def test_a_graph_that_cannot_be_put(
    server: RunningServer,
    unchanged: None,
    address: str,
    content: str | bytes,
    content_type: str,
    status: int,
    told: str,
) -> None:
    headers = {**AUTHORIZED, **({"content-type": content_type} if content_type else {})}
    answer = server.client.put(address, content=content, headers=headers)
    assert answer.status_code == status
    assert told in answer.text


def test_a_context_of_json_ld_is_not_fetched(server: RunningServer, unchanged: None) -> None:
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        stranger.settimeout(0.1)
        context = f"http://127.0.0.1:{stranger.getsockname()[1]}/context"
        content = f'{{"@context": "{context}", "@id": "{EX}s", "name": "x"}}'
        headers = {**AUTHORIZED, "content-type": "application/ld+json"}
        graph = {"graph": f"{EX}put"}
        answer = server.client.put("/graphs", params=graph, content=content, headers=headers)
        assert answer.status_code == 400
        with pytest.raises(TimeoutError):
            stranger.accept()


def test_a_graph_comes_in_no_format_that_is_not_welcome(server: RunningServer) -> None:
    assert _graph(server, META).status_code == 200
    answer = server.client.get("/graphs", params={"graph": META}, headers={"accept": "text/csv"})
    assert answer.status_code == 406
    assert (
        RDF.type
        in server.client.get(
            "/graphs", params={"graph": META}, headers={"accept": "application/n-triples"}
        ).text
    )
