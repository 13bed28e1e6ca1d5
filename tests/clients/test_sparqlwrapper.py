"""SPARQLWrapper, the usual client of Python, and pandas through it."""

from __future__ import annotations

import csv
import io
import json
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any
from urllib.error import HTTPError

import pytest
import rdflib
from rdflib.namespace import SKOS
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
    SPARQLWrapper2,
    sparql_dataframe,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from tests.clients.wanted import (
    COUNT,
    DESCRIBE_FORLI,
    EVERYTHING,
    FORLI,
    FORLI_NAMES,
    MALFORMED,
    OF_A_SOURCE,
    PLACE,
    PLACE_VALUES,
    SOURCE,
    SOURCE_TRIPLES,
    THERE_IS,
    XSD,
)

WAYS = [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]


def _client(
    endpoint: str, query: str, form: str, method: str = GET, way: str = URLENCODED
) -> SPARQLWrapper:
    client = SPARQLWrapper(endpoint, returnFormat=form)
    client.setMethod(method)
    client.setRequestMethod(way)
    client.setQuery(query)
    return client


def _converted(client: SPARQLWrapper) -> Any:
    return client.queryAndConvert()


def _answer(endpoint: str, query: str, form: str, *how: str) -> Any:
    return _converted(_client(endpoint, query, form, *how))


def _number(endpoint: str, query: str) -> int:
    (row,) = _answer(endpoint, query, JSON)["results"]["bindings"]
    return int(row["n"]["value"])


@pytest.mark.parametrize(("method", "way"), WAYS)
@pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
def test_select_in_every_format_and_every_way(
    endpoint: str, form: str, method: str, way: str
) -> None:
    answer = _answer(endpoint, PLACE, form, method, way)
    if form == JSON:
        (row,) = answer["results"]["bindings"]
        assert {name: term["value"] for name, term in row.items()} == PLACE_VALUES
        assert row["label"]["xml:lang"] == "it"
        assert row["code"] == {"type": "literal", "value": "040012"}
        assert row["latitude"]["datatype"] == f"{XSD}decimal"
        assert row["kind"]["type"] == "uri"
    elif form == XML:
        terms = {
            binding.getAttribute("name"): binding.firstChild.firstChild.data
            for binding in answer.getElementsByTagName("binding")
        }
        assert terms == PLACE_VALUES
        assert 'xml:lang="it"' in answer.toxml()
    elif form == CSV:
        assert list(csv.DictReader(io.StringIO(answer.decode()))) == [PLACE_VALUES]
    else:
        head, row, end = answer.decode().split("\n")
        assert dict(zip(head.split("\t"), row.split("\t"), strict=True)) == {
            "?label": '"Forlì"@it',
            "?code": '"040012"',
            "?latitude": "44.22177",
            "?kind": f"<{PLACE_VALUES['kind']}>",
        }
        assert end == ""


@pytest.mark.parametrize(("method", "way"), WAYS)
@pytest.mark.parametrize("form", [JSON, XML])
def test_ask(endpoint: str, form: str, method: str, way: str) -> None:
    for thing, there in ((FORLI, True), ("http://example.org/nowhere", False)):
        answer = _answer(endpoint, THERE_IS % thing, form, method, way)
        if form == JSON:
            assert answer["boolean"] is there
        else:
            (boolean,) = answer.getElementsByTagName("boolean")
            assert boolean.firstChild.data == str(there).lower()


@pytest.mark.parametrize(("method", "way"), WAYS)
@pytest.mark.parametrize("form", [TURTLE, N3, XML, RDFXML, JSONLD])
def test_construct_and_describe_in_every_format_and_every_way(
    endpoint: str, form: str, method: str, way: str
) -> None:
    names = {rdflib.Literal("Forlì", "it"), rdflib.Literal("Forlì", "en")}
    for query in (FORLI_NAMES, DESCRIBE_FORLI):
        answer = _answer(endpoint, query, form, method, way)
        graph = rdflib.Graph().parse(data=answer) if isinstance(answer, bytes) else answer
        found = list(graph.objects(rdflib.URIRef(FORLI), SKOS.prefLabel))
        assert (len(found), set(found)) == (2, names)


def test_content_negotiation_alone_is_enough(endpoint: str) -> None:
    """Without the parameters that it sends beside, for servers that know no Accept header."""
    client = _client(endpoint, PLACE, JSON)
    client.setOnlyConneg(True)
    assert len(_converted(client)["results"]["bindings"]) == 1


def test_default_and_named_graphs(endpoint: str) -> None:
    client = _client(endpoint, COUNT, JSON)
    client.addDefaultGraph(SOURCE)
    (row,) = _converted(client)["results"]["bindings"]
    assert int(row["n"]["value"]) == SOURCE_TRIPLES
    assert len(_answer(endpoint, OF_A_SOURCE, JSON)["results"]["bindings"]) == SOURCE_TRIPLES
    client.resetQuery()
    client.setReturnFormat(JSON)
    client.addNamedGraph(SOURCE)
    client.setQuery("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    (row,) = _converted(client)["results"]["bindings"]
    assert row["g"]["value"] == SOURCE


def test_a_malformed_query_is_the_client_s_own_error_with_the_place(endpoint: str) -> None:
    for method, way in WAYS:
        with pytest.raises(QueryBadFormed, match="malformed at line 2, column 17"):
            _answer(endpoint, MALFORMED, JSON, method, way)


def test_an_update_is_refused(endpoint: str) -> None:
    for way in (URLENCODED, POSTDIRECTLY):
        update = f"INSERT DATA {{ <{FORLI}> a <{FORLI}> }}"
        with pytest.raises(HTTPError, match="403") as refused:
            _answer(endpoint, update, JSON, POST, way)
        assert b"read-only" in refused.value.read()


def test_a_large_result_comes_whole(endpoint: str) -> None:
    rows = _answer(endpoint, EVERYTHING, JSON)["results"]["bindings"]
    assert len(rows) == _number(endpoint, COUNT) > 20_000
    assert len({json.dumps(row, sort_keys=True) for row in rows}) == len(rows)


def test_many_at_once(endpoint: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: _answer(endpoint, PLACE, JSON), range(24)))
    assert [answer["results"]["bindings"][0]["label"]["value"] for answer in answers] == [
        "Forlì"
    ] * 24


def test_its_wrapper_of_bindings(endpoint: str) -> None:
    client = SPARQLWrapper2(endpoint)
    client.setQuery(PLACE)
    answer: Any = client.query()
    (row,) = answer.bindings
    assert (row["label"].value, row["label"].lang) == ("Forlì", "it")
    assert row["latitude"].datatype == f"{XSD}decimal"


def test_a_data_frame(endpoint: str) -> None:
    frame = sparql_dataframe.get_sparql_dataframe(endpoint, PLACE)
    assert frame.to_dict("records") == [
        {
            "label": "Forlì",
            "code": "040012",
            "latitude": Decimal("44.22177"),
            "kind": PLACE_VALUES["kind"],
        }
    ]
