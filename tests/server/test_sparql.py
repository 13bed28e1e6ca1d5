"""The query side of the SPARQL 1.1 Protocol, over real HTTP."""

from __future__ import annotations

import csv
import io
import json
import socket
from collections.abc import Iterator
from xml.etree import ElementTree

import httpx
import pytest
import rdflib
from rdflib.compare import isomorphic

from filiera.server.endpoint import origins
from filiera.vocabulary import GRAPH, ID, SKOS

from .conftest import RunningServer

LABEL = f"SELECT ?label {{ <{ID.base}landi-renzo> <{SKOS.prefLabel}> ?label }}"
GROUP = f"CONSTRUCT {{ <{ID.base}landi-renzo> ?p ?o }} WHERE {{ <{ID.base}landi-renzo> ?p ?o }}"
XML = {"r": "http://www.w3.org/2005/sparql-results#"}


def _json_label(answer: httpx.Response) -> str:
    (binding,) = answer.json()["results"]["bindings"]
    return str(binding["label"]["value"])


def test_get_post_form_and_post_direct_answer_alike(server: RunningServer) -> None:
    client = server.client
    direct = {"content-type": "application/sparql-query; charset=utf-8"}
    answers = [
        client.get("/sparql", params={"query": LABEL}),
        client.post("/sparql", data={"query": LABEL}),
        client.post("/sparql", content=LABEL, headers=direct),
    ]
    assert [_json_label(answer) for answer in answers] == ["Landi Renzo"] * 3
    assert {answer.headers["content-type"] for answer in answers} == {
        "application/sparql-results+json"
    }


def test_head_answers_without_a_body(server: RunningServer) -> None:
    answer = server.client.head("/sparql", params={"query": LABEL})
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"] == "application/sparql-results+json"


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/turtle, text/csv;q=0.4, application/json;q=0.3", "text/csv; charset=utf-8"),
        ("text/*", "text/xml; charset=utf-8"),
        ("application/*;q=0.2, text/tab-separated-values", "text/tab-separated-values"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/json", "application/json"),
        ("*/*;q=0.1", "application/sparql-results+json"),
    ],
)
def test_select_comes_in_the_format_that_is_liked_best(
    server: RunningServer, accept: str, content_type: str
) -> None:
    answer = server.ask(LABEL, accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(content_type)
    assert "Accept" in answer.headers["vary"].split(", ")
    if "json" in content_type:
        assert _json_label(answer) == "Landi Renzo"
    elif "xml" in content_type:
        literals = ElementTree.fromstring(answer.content).findall(".//r:literal", XML)
        assert [literal.text for literal in literals] == ["Landi Renzo"]
    elif "csv" in content_type:
        assert list(csv.reader(io.StringIO(answer.text))) == [["label"], ["Landi Renzo"]]
    else:
        assert answer.text.splitlines() == ["?label", '"Landi Renzo"']


def test_ask_says_true_and_false(server: RunningServer) -> None:
    assert server.ask("ASK { ?s ?p ?o }").json()["boolean"] is True
    answer = server.ask("ASK { ?s <http://example.org/none> ?o }", "application/xml")
    boolean = ElementTree.fromstring(answer.content).find("r:boolean", XML)
    assert boolean is not None
    assert boolean.text == "false"


@pytest.mark.parametrize("form", ["CONSTRUCT", "DESCRIBE"])
@pytest.mark.parametrize(
    ("accept", "syntax"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ],
)
def test_triples_come_in_every_format(
    server: RunningServer, ecosystem_triples: rdflib.Graph, form: str, accept: str, syntax: str
) -> None:
    query = GROUP if form == "CONSTRUCT" else f"DESCRIBE <{ID.base}landi-renzo>"
    answer = server.ask(query, accept)
    assert answer.headers["content-type"].split(";")[0] == accept
    assert isomorphic(rdflib.Graph().parse(data=answer.text, format=syntax), ecosystem_triples)


def test_turtle_is_what_a_browser_without_wishes_gets_and_it_has_prefixes(
    server: RunningServer,
) -> None:
    answer = server.ask(GROUP)
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    assert "id:landi-renzo" in answer.text


@pytest.fixture(scope="module")
def ecosystem_triples() -> rdflib.Graph:
    import filiera

    with filiera.open_graph() as opened:
        triples = opened.query(GROUP)
    assert isinstance(triples, list)
    assert triples
    text = "".join(f"{triple} .\n" for triple in triples)
    return rdflib.Graph().parse(data=text, format="nt")


def test_prefixes_of_the_vocabulary_need_no_declaration(server: RunningServer) -> None:
    assert server.ask("ASK { id:landi-renzo a org:Organization }").json()["boolean"] is True


def test_dataset_parameters_choose_graphs_of_the_store(server: RunningServer) -> None:
    sources = server.ask(
        "SELECT DISTINCT ?g { GRAPH ?g { id:landi-renzo ?p ?o } "
        f"FILTER(?g != <{GRAPH.derived}> && ?g != <{GRAPH.editorial}>) }} LIMIT 1"
    ).json()
    source = sources["results"]["bindings"][0]["g"]["value"]
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"

    def number(query: str, **dataset: str) -> int:
        answer = server.client.post("/sparql", data={"query": query, **dataset})
        return int(answer.json()["results"]["bindings"][0]["n"]["value"])

    of_source = number(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{source}> {{ ?s ?p ?o }} }}")
    assert 0 < of_source < number(count)
    assert number(count, **{"default-graph-uri": source}) == of_source
    assert number(count, **{"named-graph-uri": source}) == 0
    graphs = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert number(graphs) > 1
    assert number(graphs, **{"named-graph-uri": source}) == 1
    assert number(graphs, **{"default-graph-uri": source}) == 0
    # The parameters of the protocol go before the FROM of the query.
    other = f"SELECT (COUNT(*) AS ?n) FROM <{GRAPH.meta}> {{ ?s ?p ?o }}"
    assert number(other) != of_source
    assert number(other, **{"default-graph-uri": source}) == of_source


def test_a_malformed_query_is_shown_where_it_breaks(server: RunningServer) -> None:
    answer = server.ask("SELECT ?s\nWHERE { ?s ?p ?o")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    first, _, line, mark = answer.text.splitlines()
    assert first.startswith("The query is malformed at line 2, column 17: expected one of ")
    assert line == "WHERE { ?s ?p ?o"
    assert mark.index("^") == len(line)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("", "The query is empty."),
        ("  \n ", "The query is empty."),
        ("SELECT ?s { ?s unknown:p ?o }", "malformed at line 1, column 25: Prefix not found."),
        ("SELECT ?s { ?s id:x ?o } GROUP BY ?o", "The query is malformed"),
        ("SELECT ?s { ?s ?p ?o ) }", "The query is malformed at line 1, column "),
        ("SELECT ?s { ?s <not an iri> ?o }", "The query is malformed at line 1"),
    ],
)
def test_what_is_no_query_is_refused(server: RunningServer, query: str, text: str) -> None:
    answer = server.ask(query)
    assert answer.status_code == 400
    assert text in answer.text


def test_nothing_fits_the_accept_header(server: RunningServer) -> None:
    answer = server.ask(LABEL, "text/turtle, image/png")
    assert answer.status_code == 406
    assert "application/sparql-results+json" in answer.text
    assert server.ask(GROUP, "text/csv").status_code == 406
    assert server.ask(LABEL, "text/csv;q=0").status_code == 406


def test_other_methods_are_not_allowed(server: RunningServer) -> None:
    answer = server.client.put("/sparql", content=LABEL)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"
    assert answer.text == "This address takes GET, HEAD, OPTIONS, POST, not PUT.\n"


@pytest.mark.parametrize(
    "headers", [{"content-type": "text/plain"}, {"content-type": "application/json"}, {}]
)
def test_other_bodies_are_not_taken(server: RunningServer, headers: dict[str, str]) -> None:
    answer = server.client.post("/sparql", content=LABEL, headers=headers)
    assert answer.status_code == 415
    assert "application/sparql-query" in answer.headers["accept-post"]


def test_exactly_one_query_is_wanted(server: RunningServer) -> None:
    for parameters in ({"default-graph-uri": GRAPH.meta}, {"query": [LABEL, LABEL]}):
        answer = server.client.get("/sparql", params=parameters)
        assert answer.status_code == 400
        assert "one parameter 'query'" in answer.text


def test_text_that_is_not_utf8_is_refused(server: RunningServer) -> None:
    direct = {"content-type": "application/sparql-query"}
    form = {"content-type": "application/x-www-form-urlencoded"}
    for answer in (
        server.client.post("/sparql", content=b"ASK {} # \xff", headers=direct),
        server.client.post("/sparql", content=b"query=ASK%20%7B%7D%20%23%FF", headers=form),
        server.client.get("/sparql?query=ASK%20%7B%7D%20%23%FF"),
    ):
        assert answer.status_code == 400
        assert "UTF-8" in answer.text


UPDATES = [
    "INSERT DATA { <http://example.org/s> <http://example.org/p> 1 }",
    "# a comment\nPREFIX ex: <http://example.org/>\nDELETE WHERE { ?s ?p ?o }",
    "PREFIX : <http://example.org/> BASE <http://example.org/> CLEAR ALL",
    "LOAD <file:///etc/hostname>",
]


@pytest.mark.parametrize("update", UPDATES)
def test_updates_are_refused_however_they_come(server: RunningServer, update: str) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    before = server.ask(count).json()
    as_query = server.ask(update)
    assert as_query.status_code == 403
    assert "read-only" in as_query.text
    as_update = server.client.post("/sparql", data={"update": update})
    assert as_update.status_code == 403
    assert server.client.get("/sparql", params={"update": update}).status_code == 403
    direct = {"content-type": "application/sparql-update"}
    assert server.client.post("/sparql", content=update, headers=direct).status_code == 403
    assert server.ask(count).json() == before


def test_a_read_only_server_says_how_it_could_be_written_before_it_reads(
    server: RunningServer,
) -> None:
    host, port = server.client.base_url.host, server.client.base_url.port
    for line in ("POST /sparql", "PUT /graphs?default", "DELETE /graphs?default"):
        with socket.create_connection((host, port)) as connection:
            connection.settimeout(5)
            connection.sendall(
                f"{line} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1000\r\n"
                "Content-Type: application/sparql-update\r\n\r\n".encode()
            )  # and not one byte of the body
            answer = ""
            while "--writable" not in answer and (part := connection.recv(4096)):
                answer += part.decode()
        assert answer.startswith("HTTP/1.1 403 ")
        assert "filiera serve --writable" in answer
    assert server.client.get("/graphs", params={"graph": GRAPH.meta}).status_code == 200


@pytest.fixture
def stranger() -> Iterator[socket.socket]:
    """Another server on this machine that nobody should ever call."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        yield listener


def test_a_query_reaches_no_other_host_and_no_file(
    server: RunningServer, stranger: socket.socket
) -> None:
    address = f"http://127.0.0.1:{stranger.getsockname()[1]}/"
    for query in (
        f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}",
    ):
        answer = server.ask(query)
        assert answer.status_code == 403
        assert "SERVICE is not allowed" in answer.text
    for query in (
        f"SELECT * FROM <{address}> {{ ?s ?p ?o }}",
        f"SELECT * {{ GRAPH <{address}> {{ ?s ?p ?o }} }}",
        "SELECT * FROM <file:///etc/hostname> { ?s ?p ?o }",
    ):
        assert server.ask(query).json()["results"]["bindings"] == []
    everything = {"query": "SELECT * { ?s ?p ?o }", "default-graph-uri": address}
    answer = server.client.post("/sparql", data=everything)
    assert json.loads(answer.text)["results"]["bindings"] == []
    with pytest.raises(TimeoutError):
        stranger.accept()


def test_pages_of_other_hosts_may_read_and_not_write(server: RunningServer) -> None:
    origin = {"origin": "https://elsewhere.example"}
    for answer in (
        server.client.get("/sparql", params={"query": LABEL}, headers=origin),
        server.client.post("/sparql", data={"query": "nonsense"}, headers=origin),
        server.client.get("/.well-known/void", headers=origin),
    ):
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers

    def preflight(path: str, method: str) -> httpx.Response:
        asked = {
            "access-control-request-method": method,
            "access-control-request-headers": "content-type, authorization",
        }
        return server.client.options(path, headers={**origin, **asked})

    allowed = preflight("/sparql", "POST")
    assert allowed.status_code == 200
    assert allowed.headers["access-control-allow-origin"] == "*"
    assert set(allowed.headers["access-control-allow-methods"].split(", ")) == {
        "GET", "HEAD", "POST",
    }  # fmt: skip
    assert "content-type" in allowed.headers["access-control-allow-headers"].lower()
    assert preflight("/graphs", "GET").status_code == 200
    for method in ("PUT", "POST", "DELETE"):
        refused = preflight("/graphs", method)
        assert refused.status_code == 400
        assert method not in refused.headers["access-control-allow-methods"]


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/sparql", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("/graphs", {"DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"}),
        ("/.well-known/void", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_options_tells_the_methods(server: RunningServer, path: str, methods: set[str]) -> None:
    answer = server.client.options(path)
    assert (answer.status_code, answer.content) == (204, b"")
    assert set(answer.headers["allow"].split(", ")) == methods


def test_who_may_read_is_a_setting() -> None:
    assert origins({}) == ["*"]
    assert origins({"FILIERA_CORS_ORIGINS": "none"}) == []
    two = "https://a.example https://b.example"
    assert origins({"FILIERA_CORS_ORIGINS": two}) == two.split()


def test_a_base_makes_relative_names_things(server: RunningServer) -> None:
    assert server.ask("ASK { <landi-renzo> a org:Organization }").json()["boolean"] is True
