"""The cases of the W3C test suite for the SPARQL 1.1 Protocol, query side, over real HTTP.

Each test has the name of its case. The suite asks about graphs that it brings along; here they are
on the writable server, and the query side is asked of the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import httpx
import pytest

from .conftest import BEARER, RunningServer

DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
ONE, TWO, THREE = (DATA.format(number) for number in (1, 2, 3))
DOCUMENT = "http://xmlns.com/foaf/0.1/Document"
IN = "http://example.org/in"
BIBLIOGRAPHIC = "http://purl.org/dc/terms/BibliographicResource"
DIRECT = {"content-type": "application/sparql-query"}
RESULTS = ("application/sparql-results+xml", "application/sparql-results+json")
ROWS = (*RESULTS, "text/tab-separated-values", "text/csv")
TRIPLES = ("application/rdf+xml", "application/rdf+json", "text/turtle")


@pytest.fixture(scope="module")
def endpoint(writable_server: RunningServer) -> RunningServer:
    """A server with the three graphs of the suite."""
    graphs = "".join(f"GRAPH <{iri}> {{ <{iri}> a <{DOCUMENT}> }}" for iri in (ONE, TWO, THREE))
    assert writable_server.update(f"CLEAR ALL ; INSERT DATA {{ {graphs} }}").status_code == 204
    return writable_server


def _get(endpoint: RunningServer, query: str, **dataset: str | list[str]) -> httpx.Response:
    return endpoint.client.get("/sparql", params={"query": query, **dataset})


def _post(endpoint: RunningServer, query: str, **dataset: str | list[str]) -> httpx.Response:
    return endpoint.client.post("/sparql", content=query, params=dataset, headers=DIRECT)


def _is_true(answer: httpx.Response) -> bool:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] in RESULTS
    return answer.json()["boolean"] is True


def test_query_get(endpoint: RunningServer) -> None:
    assert _is_true(_get(endpoint, "ASK {}"))


def test_query_post_form(endpoint: RunningServer) -> None:
    assert _is_true(endpoint.client.post("/sparql", data={"query": "ASK {}"}))


def test_query_post_direct(endpoint: RunningServer) -> None:
    assert _is_true(_post(endpoint, "ASK {}"))


def test_the_address_may_end_in_a_slash(endpoint: RunningServer) -> None:
    answer = endpoint.client.post(
        "/sparql/", content="ASK {}", headers=DIRECT, follow_redirects=True
    )
    assert _is_true(answer)


def test_query_dataset_default_graph(endpoint: RunningServer) -> None:
    assert _is_true(_post(endpoint, f"ASK {{ <{ONE}> ?p ?o }}", **{"default-graph-uri": ONE}))
    other = {"default-graph-uri": TWO}
    assert not _is_true(_post(endpoint, f"ASK {{ <{ONE}> ?p ?o }}", **other))


@pytest.mark.parametrize("ask", [_get, _post], ids=["get", "post"])
def test_query_dataset_default_graphs(endpoint: RunningServer, ask: object) -> None:
    assert callable(ask)
    both = {"default-graph-uri": [ONE, TWO]}
    assert _is_true(ask(endpoint, f"ASK {{ <{ONE}> a ?type . <{TWO}> a ?type }}", **both))
    assert not _is_true(ask(endpoint, f"ASK {{ <{THREE}> a ?type }}", **both))
    assert not _is_true(ask(endpoint, "ASK { GRAPH ?g { ?s ?p ?o } }", **both))


@pytest.mark.parametrize("ask", [_get, _post], ids=["get", "post"])
def test_query_dataset_named_graphs(endpoint: RunningServer, ask: object) -> None:
    assert callable(ask)
    both = {"named-graph-uri": [ONE, TWO]}
    query = f"ASK {{ GRAPH ?g1 {{ <{ONE}> a ?type }} GRAPH ?g2 {{ <{TWO}> a ?type }} }}"
    assert _is_true(ask(endpoint, query, **both))
    assert not _is_true(ask(endpoint, f"ASK {{ GRAPH <{THREE}> {{ ?s ?p ?o }} }}", **both))
    assert not _is_true(ask(endpoint, "ASK { ?s ?p ?o }", **both))


def test_query_dataset_full(endpoint: RunningServer) -> None:
    dataset: dict[str, str | list[str]] = {
        "default-graph-uri": THREE,
        "named-graph-uri": [ONE, TWO],
    }
    query = "SELECT ?g ?x ?s { ?x ?y ?o GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
    for ask in (_get, _post):
        rows = ask(endpoint, query, **dataset).json()["results"]["bindings"]
        found = [{name: term["value"] for name, term in row.items()} for row in rows]
        assert found == [{"g": iri, "x": THREE, "s": iri} for iri in (ONE, TWO)]


def test_query_multiple_dataset(endpoint: RunningServer) -> None:
    query = f"ASK FROM <{ONE}> {{ <{TWO}> ?p ?o }}"
    assert _is_true(_post(endpoint, query, **{"default-graph-uri": TWO}))
    assert not _is_true(_post(endpoint, query))
    of_one = f"ASK FROM <{ONE}> {{ <{ONE}> ?p ?o }}"
    assert not _is_true(_post(endpoint, of_one, **{"default-graph-uri": TWO}))


@pytest.mark.parametrize(
    ("query", "content_types"),
    [
        ("SELECT (1 AS ?value) {}", ROWS),
        ("ASK {}", RESULTS),
        ("DESCRIBE <http://example.org/>", TRIPLES),
        ("CONSTRUCT { <s> <p> 1 } WHERE {}", TRIPLES),
    ],
    ids=["select", "ask", "describe", "construct"],
)
def test_query_content_type(
    endpoint: RunningServer, query: str, content_types: tuple[str, ...]
) -> None:
    for wish in (None, *(name for name in content_types if name != "application/rdf+json")):
        headers = {**DIRECT, **({"accept": wish} if wish else {})}
        answer = endpoint.client.post("/sparql", content=query, headers=headers)
        assert answer.status_code == 200
        sent = answer.headers["content-type"].split(";")[0]
        assert sent == wish if wish else sent in content_types


Case = tuple[str, dict[str, str | list[str]], bytes, str | None, int]

BAD: dict[str, Case] = {
    "bad_query_method": ("PUT", {"query": "ASK {}"}, b"", None, 405),
    "bad_multiple_queries": (
        "GET",
        {"query": ["ASK {}", "SELECT * {}"]},
        b"",
        None,
        400,
    ),
    "bad_query_wrong_media_type": ("POST", {}, b"ASK {}", "text/plain", 415),
    "bad_query_missing_form_type": ("POST", {}, b"query=ASK%20%7B%7D", None, 415),
    "bad_query_missing_direct_type": ("POST", {}, b"ASK {}", None, 415),
    "bad_query_non_utf8": (
        "POST",
        {},
        "ASK {}".encode("utf-16"),
        "application/sparql-query; charset=UTF-16",
        415,
    ),
    "bad_query_non_utf8, not told": (
        "POST",
        {},
        "ASK {}".encode("utf-16"),
        "application/sparql-query",
        400,
    ),
    "bad_query_syntax": ("GET", {"query": "ASK {"}, b"", None, 400),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_query(endpoint: RunningServer, case: str) -> None:
    method, parameters, body, content_type, status = BAD[case]
    headers = {"content-type": content_type} if content_type else {}
    query = f"?{urlencode(parameters, doseq=True)}" if parameters else ""
    answer = endpoint.client.request(method, f"/sparql{query}", content=body, headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    if status == 405:
        assert "GET" in answer.headers["allow"]


# Update side

UPDATE = "http://example.org/protocol-update-dataset{}-test/"
THREE_GRAPHS = "".join(f"GRAPH <{iri}> {{ <{iri}> a <{DOCUMENT}> }}" for iri in (ONE, TWO, THREE))


def _updated(endpoint: RunningServer, name: str, where: str, dataset: Mapping[str, object]) -> str:
    target = UPDATE.format(name)
    update = (
        f"CLEAR ALL ; INSERT DATA {{ {THREE_GRAPHS} }} ;\n"
        f"INSERT {{ GRAPH <{target}> {{ ?s a <{BIBLIOGRAPHIC}> ; <{IN}> ?in }} }}"
        f" WHERE {{ {where} }}"
    )
    headers = {"content-type": "application/sparql-update", "authorization": BEARER}
    answer = endpoint.client.post("/sparql", content=update, params=dataset, headers=headers)  # type: ignore[arg-type]
    assert answer.status_code == 204, answer.text
    return target


def _found(endpoint: RunningServer, graph: str) -> dict[str, str]:
    query = f"SELECT ?s ?in {{ GRAPH <{graph}> {{ ?s a <{BIBLIOGRAPHIC}> ; <{IN}> ?in }} }}"
    rows = endpoint.ask(query).json()["results"]["bindings"]
    return {row["s"]["value"]: row["in"]["value"] for row in rows}


def test_update_dataset_default_graph(endpoint: RunningServer) -> None:
    where = f"?s a <{DOCUMENT}> BIND('default' AS ?in)"
    target = _updated(endpoint, "", where, {"using-graph-uri": ONE})
    assert _found(endpoint, target) == {ONE: "default"}


def test_update_dataset_default_graphs(endpoint: RunningServer) -> None:
    where = f"?s a <{DOCUMENT}> BIND('default' AS ?in)"
    target = _updated(endpoint, "-graphs", where, {"using-graph-uri": [ONE, TWO]})
    assert _found(endpoint, target) == {ONE: "default", TWO: "default"}


def test_update_dataset_named_graphs(endpoint: RunningServer) -> None:
    where = f"{{ GRAPH ?in {{ ?s a <{DOCUMENT}> }} }} UNION {{ ?s ?p ?o BIND('default' AS ?in) }}"
    target = _updated(endpoint, "-named-graphs", where, {"using-named-graph-uri": [ONE, TWO]})
    assert _found(endpoint, target) == {ONE: ONE, TWO: TWO}


def test_update_dataset_full(endpoint: RunningServer) -> None:
    where = f"{{ GRAPH ?in {{ ?s a <{DOCUMENT}> }} }} UNION {{ ?s ?p ?o BIND('default' AS ?in) }}"
    dataset = {"using-graph-uri": ONE, "using-named-graph-uri": TWO}
    target = _updated(endpoint, "-full", where, dataset)
    assert _found(endpoint, target) == {ONE: "default", TWO: TWO}


def test_the_dataset_may_come_in_the_form(endpoint: RunningServer) -> None:
    target = "http://example.org/in-the-form/"
    update = f"INSERT {{ GRAPH <{target}> {{ ?s a <{BIBLIOGRAPHIC}> ; <{IN}> 'default' }} }}"
    form = {"update": f"{update} WHERE {{ ?s a <{DOCUMENT}> }}", "using-graph-uri": ONE}
    answer = endpoint.client.post("/sparql", data=form, headers={"authorization": BEARER})
    assert answer.status_code == 204
    assert _found(endpoint, target) == {ONE: "default"}


def test_update_post_form(endpoint: RunningServer) -> None:
    answer = endpoint.client.post(
        "/sparql", data={"update": "CLEAR ALL"}, headers={"authorization": BEARER}
    )
    assert answer.status_code == 204
    assert not _is_true(_get(endpoint, "ASK { ?s ?p ?o }"))


def test_update_post_direct(endpoint: RunningServer) -> None:
    assert endpoint.update(f"CLEAR ALL ; INSERT DATA {{ {THREE_GRAPHS} }}").status_code == 204
    assert endpoint.update("CLEAR ALL").status_code == 204
    assert not _is_true(_get(endpoint, "ASK { GRAPH ?g { ?s ?p ?o } }"))


def test_update_base_uri(endpoint: RunningServer) -> None:
    graph = "http://example.org/protocol-base-test/"
    update = (
        f"CLEAR SILENT GRAPH <{graph}> ; INSERT DATA {{ GRAPH <{graph}> "
        "{ <http://example.org/s> <http://example.org/p> <test> } }"
    )
    assert endpoint.update(update).status_code == 204
    rows = endpoint.ask(f"SELECT ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}").json()
    (row,) = rows["results"]["bindings"]
    assert row["o"] == {"type": "uri", "value": "https://w3id.org/filiera/id/test"}


CONFLICT = (
    "WITH <http://example/addresses> DELETE { ?person ?p 'Bill' } INSERT { ?person ?p 'William' }"
    " WHERE { ?person ?p 'Bill' }"
)
SPARQL_UPDATE = "application/sparql-update"
FORM = "application/x-www-form-urlencoded"
BAD_UPDATES: dict[str, Case] = {
    "bad_update_get": ("GET", {"update": "CLEAR ALL"}, b"", None, 400),
    "bad_multiple_updates": ("POST", {}, b"update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM, 400),
    "bad_update_wrong_media_type": ("POST", {}, b"CLEAR NAMED", "text/plain", 415),
    "bad_update_missing_form_type": ("POST", {}, b"update=CLEAR%20NAMED", None, 415),
    "bad_update_missing_direct_type": ("POST", {}, b"CLEAR NAMED", None, 415),
    "bad_update_non_utf8": (
        "POST",
        {},
        "CLEAR NAMED".encode("utf-16"),
        f"{SPARQL_UPDATE}; charset=UTF-16",
        415,
    ),
    "bad_update_syntax": ("POST", {}, b"update=CLEAR%20XYZ", FORM, 400),
    "bad_update_dataset_conflict": (
        "POST",
        {},
        urlencode({"using-named-graph-uri": "http://example/people", "update": CONFLICT}).encode(),
        FORM,
        400,
    ),
    "query and update": ("POST", {}, b"query=ASK%20%7B%7D&update=CLEAR%20ALL", FORM, 400),
}


@pytest.mark.parametrize("case", BAD_UPDATES)
def test_bad_update(endpoint: RunningServer, case: str) -> None:
    before = endpoint.client.get("/health").json()["quads"]
    method, parameters, body, content_type, status = BAD_UPDATES[case]
    headers = {"authorization": BEARER, **({"content-type": content_type} if content_type else {})}
    query = f"?{urlencode(parameters)}" if parameters else ""
    answer = endpoint.client.request(method, f"/sparql{query}", content=body, headers=headers)
    assert answer.status_code == status, answer.text
    assert endpoint.client.get("/health").json()["quads"] == before > 0
