"""Comunica, the usual client of JavaScript: its engine, and its command line."""

from __future__ import annotations

import json

import pytest

from tests.clients.conftest import Comunica
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
    SOURCE_TRIPLES,
    THERE_IS,
    XSD,
)
from tests.running_server import TOKEN, RunningServer

LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"


@pytest.fixture(scope="module")
def source(endpoint: str) -> dict[str, str]:
    """The endpoint, said to be one."""
    return {"type": "sparql", "value": endpoint}


def test_select(comunica: Comunica, source: dict[str, str]) -> None:
    (row,) = comunica.ask(source, PLACE)
    assert {name: term["value"] for name, term in row.items()} == PLACE_VALUES
    assert row["label"]["language"] == "it"
    assert row["code"]["datatype"] == f"{XSD}string"
    assert row["latitude"]["datatype"] == f"{XSD}decimal"
    assert row["kind"]["kind"] == "NamedNode"


def test_it_finds_out_by_itself_that_this_is_an_endpoint(comunica: Comunica, endpoint: str) -> None:
    (row,) = comunica.ask(endpoint, PLACE)
    assert row["label"]["value"] == PLACE_VALUES["label"]


def test_ask(comunica: Comunica, source: dict[str, str]) -> None:
    assert comunica.ask(source, THERE_IS % FORLI, "boolean") is True
    assert comunica.ask(source, THERE_IS % "http://example.org/nowhere", "boolean") is False


@pytest.mark.parametrize("query", [FORLI_NAMES, DESCRIBE_FORLI])
def test_construct_and_describe(comunica: Comunica, source: dict[str, str], query: str) -> None:
    quads = comunica.ask(source, query, "quads")
    assert {subject["value"] for subject, _, _ in quads} == {FORLI}
    names = [(o["value"], o["language"]) for _, p, o in quads if p["value"] == LABEL]
    assert sorted(names) == [("Forlì", "en"), ("Forlì", "it")]


def test_named_graphs(comunica: Comunica, source: dict[str, str]) -> None:
    assert len(comunica.ask(source, OF_A_SOURCE)) == SOURCE_TRIPLES


def test_a_large_result_comes_whole(comunica: Comunica, source: dict[str, str]) -> None:
    (row,) = comunica.ask(source, COUNT)
    assert comunica.ask(source, EVERYTHING, "count") == int(row["n"]["value"]) > 20_000


def test_many_at_once(comunica: Comunica, source: dict[str, str]) -> None:
    answers = comunica.ask(source, PLACE, times=24)
    assert [row["label"]["value"] for (row,) in answers] == ["Forlì"] * 24


def test_faults_are_its_own_errors(comunica: Comunica, source: dict[str, str]) -> None:
    with pytest.raises(RuntimeError, match="Parse error"):
        comunica.ask(source, MALFORMED)
    elsewhere = "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"
    with pytest.raises(RuntimeError, match=r"HTTP status 403.*\n.*SERVICE is not allowed"):
        comunica.ask(source, elsewhere)


def test_it_sends_updates(comunica: Comunica, writable_server: RunningServer) -> None:
    source = {"type": "sparql", "value": f"{writable_server.address}sparql"}
    name = "http://example.org/comunica"
    insert = f"INSERT DATA {{ GRAPH <{name}> {{ <{name}> <{name}> 'Forlì'@it }} }}"
    with pytest.raises(RuntimeError, match="401"):
        comunica.ask(source, insert, "void")
    for update, there in ((insert, True), (f"DROP GRAPH <{name}>", False)):
        assert comunica.ask(source, update, "void", auth=f"any:{TOKEN}") is True
        assert writable_server.ask(THERE_IS % name).json()["boolean"] is there


def test_its_command_line(comunica: Comunica, endpoint: str) -> None:
    done = comunica.command(endpoint, "--query", PLACE, "-t", "application/sparql-results+json")
    assert (done.returncode, done.stderr) == (0, "")
    (row,) = json.loads(done.stdout)["results"]["bindings"]
    assert {name: term["value"] for name, term in row.items()} == PLACE_VALUES
