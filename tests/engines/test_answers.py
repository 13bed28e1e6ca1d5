"""The same answers from every store: questions, analyses, cards, the page, and when served.

All of it stands in one file, so that the tests load the real graph into each server once.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial

import httpx
import pytest
from pyoxigraph import QuerySolutions

from filiera import Ecosystem
from filiera.offered import ANSWERS, answer
from filiera.store.rdflib_store import RdflibStore
from filiera.store.remote import RemoteStore
from filiera.views.page_data import page_data
from tests.engines.servers import free_port, oxigraph_server
from tests.small_cluster import FOLDER, small_dataset, small_store

TODAY = date(2026, 11, 28)
PARAMETERS = {
    "members-at": {"at": "2023", "body": "eacn"},
    "activities-of": {"organisation": "landi-renzo"},
    "links-between": {"a": "unibo", "b": "ferrari"},
    "said-by": {"source": "hdmotori-reinova"},
}
"""Other parameters than those of the catalogue, for questions that take different ways."""


def told(ecosystem: Ecosystem) -> Iterator[tuple[str, Callable[[], object]]]:
    """Everything that can be asked, by a name, with how to ask it."""
    for question in ecosystem.catalogue:
        yield f"ask {question.name}", partial(asked, ecosystem, question.name, {})
    for name in ("landi-renzo", "clust-er-mech", "chain-batteries", "e-rmes-2015"):
        yield f"show {name}", partial(shown, ecosystem, name)
    for name, offered in ANSWERS.items():
        yield name, partial(answer, ecosystem, name, dict(offered.parameters), "en")


def asked(ecosystem: Ecosystem, name: str, parameters: dict[str, str]) -> object:
    """Rows with the full terms, in the order in which they come."""
    results = ecosystem.ask(name, **parameters)
    return [[(type(cell).__name__, cell) for cell in row] for row in results], list(results.texts())


def shown(ecosystem: Ecosystem, name: str) -> object:
    """The card of a thing."""
    return ecosystem.show(name).to_dict("it")


def test_all_answers_are_the_same(ecosystem: Ecosystem, engines: dict[str, Ecosystem]) -> None:
    """One table: what is asked by engine; every cell must say the same as memory."""
    expected = {name: ask() for name, ask in told(ecosystem)}
    assert len(expected) > 50
    assert sum(1 for rows in expected.values() if rows) > 50
    unlike = [
        (engine, name)
        for engine, other in engines.items()
        for name, ask in told(other)
        if ask() != expected[name]
    ]
    assert unlike == []


@pytest.mark.parametrize("name", PARAMETERS)
def test_answers_to_other_parameters_are_the_same(
    ecosystem: Ecosystem, engines: dict[str, Ecosystem], name: str
) -> None:
    expected = asked(ecosystem, name, PARAMETERS[name])
    assert expected[0]  # type: ignore[index]
    for engine, other in engines.items():
        assert asked(other, name, PARAMETERS[name]) == expected, engine


def test_the_page_is_the_same(ecosystem: Ecosystem, engines: dict[str, Ecosystem]) -> None:
    expected = _document(ecosystem)
    for engine in ("oxigraph", "virtuoso"):
        assert _document(engines[engine]) == expected, engine


def _document(ecosystem: Ecosystem) -> str:
    return json.dumps(page_data(ecosystem, today=TODAY), default=str)


def test_every_quad_is_the_same(ecosystem: Ecosystem, engines: dict[str, Ecosystem]) -> None:
    expected = _dump(ecosystem)
    assert expected.count(b"\n") == len(ecosystem.store) > 50_000
    for engine, other in engines.items():
        assert len(other.store) == len(ecosystem.store), engine
        assert _dump(other) == expected, engine


def _dump(ecosystem: Ecosystem) -> bytes:
    written = io.BytesIO()
    ecosystem.store.dump(written)
    return written.getvalue()


def test_rdflib_answers_the_same() -> None:
    """Over the small cluster: rdflib takes minutes for the real graph."""
    here = Ecosystem(small_store(), small_dataset(), lang="en")
    store = RdflibStore()
    store.load([_dump(here)])
    there = Ecosystem(store, small_dataset(), lang="en")
    assert len(store) == len(small_store())
    assert _dump(there) == _dump(here)
    unlike = [
        question.name
        for question in here.catalogue
        if _small(here, question.name) != _small(there, question.name)
    ]
    assert unlike == []


SMALL = {
    "organisation": "acme",
    "chain": "chain-batteries",
    "stage": "packs",
    "source": "late",
    "place": "bologna",
    "thing": "acme",
    "event": "assembly",
}
"""A thing of the small cluster of each type."""


def _small(ecosystem: Ecosystem, name: str) -> object:
    """An answer about the small cluster."""
    named = {
        parameter.name: SMALL[parameter.type]
        for parameter in ecosystem.catalogue[name].parameters
        if parameter.type in SMALL
    }
    if "body" in named:
        named["body"] = "hub"
    if "b" in named:
        named["b"] = "uni"
    return asked(ecosystem, name, named)


def test_an_answer_takes_few_requests(oxigraph: str) -> None:
    """Bulk, not one by one: a question with 124 rows of labelled things, a card, an analysis."""
    import filiera

    with filiera.open_graph(store=oxigraph, lang="en") as afar:
        assert isinstance(afar.store, RemoteStore)

        def requests(ask: Callable[[], object]) -> int:
            assert isinstance(afar.store, RemoteStore)
            before = afar.store.server.requests
            ask()
            return afar.store.server.requests - before

        assert requests(lambda: afar.ask("counts-by-field")) <= 4
        assert requests(lambda: afar.show("clust-er-mech")) <= 20
        assert requests(lambda: afar.quality(at=TODAY)) <= 60


# Serving ------------------------------------------------------------------------------------

PROGRAM = "from filiera_command import main; main()"
COUNT = "SELECT (COUNT(*) AS ?n) { ?a fil:memberOf ?b }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@contextmanager
def serving(store: str, *options: str, **settings: str) -> Iterator[httpx.Client]:
    """A client of a server whose graph lies on another one."""
    port = free_port()
    running = subprocess.Popen(
        [
            *(sys.executable, "-c", PROGRAM, "serve", "--port", str(port)),
            *("--store", store, "--lang", "en", *options),
        ],
        env={**os.environ, **settings},
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


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def served(request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    """A client of a server whose graph lies on another one, by the engine of that one."""
    with serving(request.getfixturevalue(request.param)) as client:
        yield client


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
    assert served.get("/page/id/manz-italy").text.count("Manz Italy") > 1
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


@pytest.mark.parametrize("dialect", ["standard", "patterns"])
def test_a_runaway_is_ended(dialect: str) -> None:
    settings = {"FILIERA_STORE_DIALECT": dialect, "FILIERA_QUERY_SECONDS": "2"}
    # A server of its own, which would else be busy with the query until the last test.
    with oxigraph_server() as store, serving(store, "--data", str(FOLDER), **settings) as hurried:
        ended = hurried.post("/sparql", data={"query": RUNAWAY})
        assert ended.status_code == 503
        assert "FILIERA_QUERY_SECONDS" in ended.text
        assert hurried.post("/sparql", data={"query": COUNT}).status_code == 200


def test_python_has_rdflib_and_networkx_over_it(engines: dict[str, Ecosystem]) -> None:
    afar = engines["oxigraph"]
    assert isinstance(afar.store, RemoteStore)
    assert len(afar.rdf) > 20_000
    assert afar.network().number_of_edges() > 100
