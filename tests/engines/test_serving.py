"""`filiera serve` with a store on another server."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest
from pyoxigraph import QuerySolutions

from filiera import Ecosystem
from filiera.store.remote import RemoteStore
from tests.engines.servers import free_port

PROGRAM = "from filiera_command import main; main()"
COUNT = "SELECT (COUNT(*) AS ?n) { ?a fil:memberOf ?b }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def served(request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    """A client of a server whose graph lies on another one."""
    port = free_port()
    running = subprocess.Popen(
        [
            *(sys.executable, "-c", PROGRAM, "serve", "--port", str(port)),
            *("--store", request.getfixturevalue(request.param), "--lang", "en"),
        ],
        env={**os.environ, "FILIERA_QUERY_SECONDS": "6"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert running.stdout
    address = running.stdout.readline().strip()
    assert address, "the server has ended"
    with httpx.Client(base_url=address, timeout=60) as client:
        yield client
    running.terminate()
    running.communicate()
    assert running.returncode == 0


def test_it_answers_as_from_memory(served: httpx.Client, ecosystem: Ecosystem) -> None:
    found = ecosystem.store.query(COUNT)
    assert isinstance(found, QuerySolutions)
    (number,) = next(found)
    told = served.post("/sparql", data={"query": COUNT}, headers={"Accept": "text/csv"})
    assert told.status_code == 200
    assert told.text.split() == ["n", number.value]
    asked = served.get("/ask/members-at", params={"at": "2020-12-31"}).json()
    here = ecosystem.ask("members-at", at="2020-12-31")
    assert [list(row) for row in asked["texts"]] == [list(row) for row in here.texts()]
    assert served.get("/id/manz-italy").text.count("Manz Italy") > 1
    described = served.get("/sparql", params={"query": "DESCRIBE id:manz-italy"})
    assert "skos:prefLabel" in described.text


def test_graphs_of_a_request_are_those_it_sees(served: httpx.Client) -> None:
    whole = {"query": "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"}
    graphs = served.get("/sparql", params=whole, headers={"Accept": "text/csv"}).text.split()[1:]
    assert len(graphs) > 400
    assert not [name for name in graphs if "/store/" in name or "openlinksw" in name]
    one = served.get(
        "/sparql",
        params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "default-graph-uri": graphs[0]},
        headers={"Accept": "text/csv"},
    )
    assert int(one.text.split()[1]) > 0


def test_what_leads_outside_or_is_malformed_is_refused(served: httpx.Client) -> None:
    out = {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}
    assert served.post("/sparql", data=out).status_code == 403
    assert served.post("/sparql", data={"query": "DROP ALL"}).status_code == 403
    bad = served.post("/sparql", data={"query": "SELECT * {"})
    assert bad.status_code == 400
    assert "line 1" in bad.text


def test_a_runaway_is_ended(served: httpx.Client) -> None:
    ended = served.post("/sparql", data={"query": RUNAWAY})
    assert ended.status_code == 503
    assert "FILIERA_QUERY_SECONDS" in ended.text
    assert served.post("/sparql", data={"query": COUNT}).status_code == 200


def test_python_has_rdflib_and_networkx_over_it(engines: dict[str, Ecosystem]) -> None:
    afar = engines["oxigraph"]
    assert isinstance(afar.store, RemoteStore)
    assert len(afar.rdf) > 20_000
    assert afar.network().number_of_edges() > 100
