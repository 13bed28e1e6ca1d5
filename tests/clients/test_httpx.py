"""Plain HTTP with httpx: what libraries of other languages send, connections kept, many at once."""

from __future__ import annotations

import asyncio
import csv
import io

import httpx
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SKOS

from tests.clients.wanted import (
    COUNT,
    EVERYTHING,
    FORLI,
    FORLI_NAMES,
    MALFORMED,
    PLACE,
    PLACE_VALUES,
)
from tests.running_server import RunningServer

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"

# The Accept headers that libraries send: Apache Jena, Eclipse RDF4J, YASGUI, a browser, urllib.
TABLES = {
    "application/sparql-results+json,application/sparql-results+xml;q=0.9,"
    "text/tab-separated-values;q=0.7,text/csv;q=0.5,application/json;q=0.2,"
    "application/xml;q=0.2,*/*;q=0.1": "application/sparql-results+json",
    "application/x-binary-rdf-results-table;q=0.8, application/sparql-results+xml;q=0.8,"
    " application/xml;q=0.8, application/sparql-results+json, application/json;q=0.8,"
    " text/csv;q=0.8": "application/sparql-results+json",
    "application/sparql-results+json,*/*;q=0.9": "application/sparql-results+json",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": "application/xml",
    "application/sparql-results+xml; charset=utf-8": "application/sparql-results+xml",
    "text/csv, */*; q=.2": "text/csv",
}
GRAPHS = {
    "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,"
    "text/trig,application/n-quads;q=0.9,*/*;q=0.3": "text/turtle",
    "application/x-binary-rdf, application/rdf+xml;q=0.8, text/turtle;q=0.5": "application/rdf+xml",
    "application/ld+json;profile=http://www.w3.org/ns/json-ld#compacted": "application/ld+json",
}


def _kind(answer: httpx.Response) -> str:
    assert answer.status_code == 200, answer.text
    return answer.headers["content-type"].partition(";")[0]


@pytest.mark.parametrize(("accept", "kind"), list(TABLES.items()))
def test_what_libraries_accept_of_tables(server: RunningServer, accept: str, kind: str) -> None:
    answer = server.ask(PLACE, accept)
    assert _kind(answer) == kind
    assert PLACE_VALUES["label"] in answer.content.decode()


@pytest.mark.parametrize(("accept", "kind"), list(GRAPHS.items()))
def test_what_libraries_accept_of_graphs(server: RunningServer, accept: str, kind: str) -> None:
    answer = server.ask(FORLI_NAMES, accept)
    assert _kind(answer) == kind
    graph = Graph().parse(data=answer.text, format=kind)
    assert (URIRef(FORLI), SKOS.prefLabel, Literal("Forlì", "it")) in graph


@pytest.mark.parametrize(
    "content_type",
    [f"{FORM};charset=UTF-8", f"{FORM}; charset=utf-8", FORM.upper(), f'{FORM};charset="utf-8"'],
)
@pytest.mark.parametrize("end", ["", "&", "&infer=true&queryLn=SPARQL&timeout=30&"])
def test_forms_as_libraries_write_them(server: RunningServer, content_type: str, end: str) -> None:
    body = f"{httpx.QueryParams(query=PLACE)}{end}"
    headers = {"content-type": content_type, "accept": "text/csv"}
    answer = server.client.post("/sparql", content=body, headers=headers)
    assert list(csv.DictReader(io.StringIO(answer.text))) == [PLACE_VALUES]


@pytest.mark.parametrize("end", ["", "?", "?format=json&output=json&results=json"])
def test_a_query_as_the_body(server: RunningServer, end: str) -> None:
    headers = {"content-type": f"{DIRECT};charset=UTF-8", "accept": "text/csv"}
    answer = server.client.post(f"/sparql{end}", content=PLACE.encode(), headers=headers)
    assert list(csv.DictReader(io.StringIO(answer.text))) == [PLACE_VALUES]


def test_a_query_in_the_address(server: RunningServer) -> None:
    for written in (httpx.QueryParams(query=PLACE), f"&{httpx.QueryParams(query=PLACE)}&"):
        answer = server.client.get(f"/sparql?{written}", headers={"accept": "text/csv"})
        assert list(csv.DictReader(io.StringIO(answer.text))) == [PLACE_VALUES]


def test_a_body_that_comes_in_parts(server: RunningServer) -> None:
    parts = (PLACE.encode()[at : at + 7] for at in range(0, len(PLACE.encode()), 7))
    headers = {"content-type": DIRECT, "accept": "text/csv"}
    answer = server.client.post("/sparql", content=parts, headers=headers)
    assert list(csv.DictReader(io.StringIO(answer.text))) == [PLACE_VALUES]


def test_one_connection_serves_many_requests_good_and_bad(server: RunningServer) -> None:
    ends: set[str] = set()
    with httpx.Client(base_url=server.address, limits=httpx.Limits(max_connections=1)) as client:
        for query in [PLACE, MALFORMED, FORLI_NAMES, COUNT] * 4:
            answer = client.post("/sparql", data={"query": query})
            assert answer.status_code == (400 if query == MALFORMED else 200)
            ends.add(answer.extensions["network_stream"].get_extra_info("client_addr"))
    assert len(ends) == 1, "the connection is kept"


def test_many_at_once(server: RunningServer) -> None:
    async def ask_all() -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=server.address, timeout=30) as client:
            data = {"query": PLACE}
            return await asyncio.gather(
                *(client.post("/sparql", data=data, headers=ACCEPT_CSV) for _ in range(50))
            )

    answers = asyncio.run(ask_all())
    assert {(answer.status_code, answer.text) for answer in answers} == {
        (200, server.ask(PLACE, "text/csv").text)
    }


ACCEPT_CSV = {"accept": "text/csv"}


def test_a_large_result_can_be_read_as_it_comes(server: RunningServer) -> None:
    asked = {"query": EVERYTHING}
    with server.client.stream("POST", "/sparql", data=asked, headers=ACCEPT_CSV) as answer:
        count = sum(1 for _ in csv.reader(answer.iter_lines()))
    assert count - 1 == int(server.ask(COUNT).json()["results"]["bindings"][0]["n"]["value"])
