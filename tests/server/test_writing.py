"""Changing the graph of a server in memory: whole or not at all, and nothing old afterwards."""

from __future__ import annotations

import signal
import threading
import time

import httpx
import psutil
import pytest
import rdflib

from filiera.vocabulary import DERIVED, FIL, GRAPH, ID, META, ORG, SKOS, WRITTEN
from tests.small_cluster import FOLDER

from .changing import AUTHORIZED, COUNT, EX, NEW, TURTLE, rows
from .conftest import TOKEN, RunningServer, StartServer

PAIRS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
NEVER = "FILTER(CONCAT(STR(?a), STR(?f), STR(?i), STR(?l)) = 'never')"
DOUBLED = "BIND('0123456789abcdef' AS ?x0) " + " ".join(
    f"BIND(CONCAT(?x{number}, ?x{number}) AS ?x{number + 1})" for number in range(26)
)
"""A text of one GiB."""


@pytest.fixture(scope="module")
def server(start_server: StartServer) -> RunningServer:
    """A writable server of the small cluster, with narrow limits."""
    return start_server(
        writable=True, data=FOLDER, FILIERA_QUERY_SECONDS="3", FILIERA_QUERY_MEMORY_MB="300"
    )


def test_without_the_token_nothing_is_written(server: RunningServer, unchanged: None) -> None:
    direct = {"content-type": "application/sparql-update"}
    for headers, told in (
        ({}, 'Bearer realm="filiera"'),
        ({"authorization": f"Bearer {TOKEN}x"}, 'Bearer realm="filiera", error="invalid_token"'),
        ({"authorization": f"Basic {TOKEN}"}, 'Bearer realm="filiera", error="invalid_token"'),
        ({"authorization": "Bearer"}, 'Bearer realm="filiera", error="invalid_token"'),
    ):
        for answer in (
            server.client.post("/sparql", content=NEW, headers={**direct, **headers}),
            server.client.post("/sparql", data={"update": NEW}, headers=headers),
            server.client.put(
                "/graphs?default",
                content="",
                headers={**TURTLE, "authorization": "", **headers},
            ),
            server.client.delete("/graphs", params={"graph": GRAPH.meta}, headers=headers),
        ):
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"].startswith('Bearer realm="filiera"')
            assert TOKEN not in answer.text
        assert answer.headers["www-authenticate"] == told


def test_an_update_is_seen_at_once_in_its_graph_and_in_the_merge(server: RunningServer) -> None:
    before = int(rows(server, COUNT)[0])
    assert server.update(NEW).status_code == 204
    assert rows(server, f"SELECT ?o {{ <{EX}s> ?p ?o }}") == [f"{EX}o"]
    assert rows(server, f"SELECT ?g {{ GRAPH ?g {{ <{EX}s> ?p ?o }} }}") == [f"{EX}g"]
    dataset = rdflib.URIRef(f"{ID.base}dataset/small")
    void = rdflib.Graph().parse(data=server.client.get("/.well-known/void").text)
    assert (dataset, rdflib.VOID.subset, rdflib.URIRef(f"{EX}g")) in void
    (stated,) = void.objects(rdflib.URIRef(f"{EX}g"), rdflib.VOID.triples)
    assert int(str(stated)) == 1
    assert server.update(f"DROP GRAPH <{EX}g>").status_code == 204
    assert rows(server, f"SELECT ?o {{ <{EX}s> ?p ?o }}") == []
    assert int(rows(server, COUNT)[0]) == before


def test_the_merge_keeps_what_another_source_states(server: RunningServer) -> None:
    triple = f"<{EX}s> <{EX}p> 1"
    both = f"GRAPH <{EX}a> {{ {triple} }} GRAPH <{EX}b> {{ {triple} }}"
    assert server.update(f"INSERT DATA {{ {both} }}").status_code == 204
    assert server.update(f"DELETE DATA {{ GRAPH <{EX}a> {{ {triple} }} }}").status_code == 204
    assert server.ask(f"ASK {{ {triple} }}").json()["boolean"] is True
    assert server.update(f"DELETE DATA {{ GRAPH <{EX}b> {{ {triple} }} }}").status_code == 204
    assert server.ask(f"ASK {{ {triple} }}").json()["boolean"] is False


def test_what_names_no_source_stands_in_a_graph_of_its_own(server: RunningServer) -> None:
    triple = f"<{EX}s> <{EX}q> 2"
    assert server.update(f"INSERT DATA {{ {triple} }}").status_code == 204
    assert rows(server, f"SELECT ?g {{ GRAPH ?g {{ {triple} }} }}") == [WRITTEN]
    assert server.update(f"DELETE DATA {{ {triple} }}").status_code == 204
    assert server.ask(f"ASK {{ GRAPH <{WRITTEN}> {{ ?s ?p ?o }} }}").json()["boolean"] is False
    assert server.ask(f"ASK {{ {triple} }}").json()["boolean"] is False


@pytest.mark.parametrize(
    ("update", "told"),
    [
        (f"DELETE WHERE {{ id:acme <{SKOS.prefLabel}> ?o }}", "states it still"),
        ("CLEAR DEFAULT", "The default graph is the merge"),
        (f"DELETE WHERE {{ id:acme <{FIL.memberOf}> ?o }}", "the rules conclude"),
        (f"INSERT DATA {{ GRAPH <{DERIVED}> {{ id:a fil:memberOf id:b }} }}", "the rules conclude"),
        (f"CREATE GRAPH <{META}>", "already exists"),
    ],
)
def test_what_would_not_last_is_refused(
    server: RunningServer, unchanged: None, update: str, told: str
) -> None:
    answer = server.update(update)
    assert answer.status_code == 409
    assert told in answer.text


def test_what_follows_from_the_facts_follows_a_write(server: RunningServer) -> None:
    firm, fact = f"{ID.base}new-firm", f"{ID.base}membership/new-firm"
    stated = (
        f"<{firm}> a org:Organization ; skos:prefLabel 'Nuova Ditta' . <{fact}> a fil:Membership ;"
        f" org:member <{firm}> ; org:organization id:hub ."
    )
    members = f"SELECT ?s {{ ?s <{FIL.memberOf}> id:hub }}"
    before = set(rows(server, members))
    page = server.client.get("/").text
    assert server.client.get("/id/new-firm").status_code == 404
    names = {"fil": FIL.base, "org": ORG.base, "skos": SKOS.base, "id": ID.base}
    prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in names.items())
    graph = {"graph": f"{EX}members"}
    content = f"{prefixes} {stated}"
    assert (
        server.client.put("/graphs", params=graph, content=content, headers=TURTLE).status_code
        == 201
    )
    assert set(rows(server, members)) == before | {firm}
    assert rows(server, f"SELECT ?g {{ GRAPH ?g {{ <{firm}> fil:memberOf ?o }} }}") == [DERIVED]
    card = server.client.get("/id/new-firm", follow_redirects=True)
    assert card.status_code == 200
    assert "Nuova Ditta" in card.text
    found = server.client.get("/names", params={"q": "nuova ditta", "type": "organisation"})
    assert [match["id"] for match in found.json()] == ["new-firm"]
    assert server.client.get("/").text != page
    assert server.client.delete("/graphs", params=graph, headers=AUTHORIZED).status_code == 204
    assert set(rows(server, members)) == before
    assert server.client.get("/id/new-firm").status_code == 404


@pytest.mark.parametrize(
    ("update", "status", "told"),
    [
        ("", 400, "The update is empty"),
        ("INSERT DATA {\n ?s ?p }", 400, "malformed at line 2, column "),
        ("SELECT * { ?s ?p ?o }", 400, "The update is malformed at line 1"),
        ("LOAD <file:///etc/hostname>", 403, "LOAD is not allowed"),
        ("LOAD SILENT <http://127.0.0.1:9/> INTO GRAPH <http://example.org/g>", 403, "LOAD is not"),
        (f"{NEW} ; LOAD <http://127.0.0.1:9/>", 403, "LOAD is not allowed"),
        ("PREFIX x: <http://127.0.0.1:9/> LOADx:y", 403, "LOAD is not allowed"),
        (
            "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
            403,
            "SERVICE is not allowed",
        ),
    ],
)
def test_what_is_no_update_of_this_graph_is_refused(
    server: RunningServer, unchanged: None, update: str, status: int, told: str
) -> None:
    answer = server.update(update)
    assert answer.status_code == status
    assert told in answer.text


def test_a_fault_in_the_last_operation_undoes_the_first(
    server: RunningServer, unchanged: None
) -> None:
    assert server.update(f"{NEW} ; DROP GRAPH <{EX}none>").status_code == 409


@pytest.mark.parametrize(
    ("where", "limit"),
    [
        (
            f"{{ {PAIRS} BIND(?d AS ?x26) {NEVER} }}",
            "FILIERA_QUERY_SECONDS",
        ),
        (f"{{ {PAIRS.split('.')[0]} {DOUBLED} }}", "FILIERA_QUERY_MEMORY_MB"),
    ],
)
def test_a_runaway_update_is_ended_and_nothing_has_changed(
    server: RunningServer, unchanged: None, where: str, limit: str
) -> None:
    answer = server.update(f"CLEAR GRAPH <{META}> ; INSERT {{ ?a ?b ?x26 }} WHERE {where}")
    assert answer.status_code == 503
    assert limit in answer.text
    _alone(server)


def _alone(server: RunningServer) -> None:
    """Wait until the server has one process below it and no other."""
    deadline = time.monotonic() + 20
    while len(server.descendants()) != 1:
        assert time.monotonic() < deadline, server.descendants()
        time.sleep(0.02)


def test_a_writer_that_is_killed_has_changed_nothing(
    server: RunningServer, unchanged: None
) -> None:
    answers: list[httpx.Response] = []
    known = {process.pid for process in server.descendants()}
    update = f"CLEAR GRAPH <{META}> ; INSERT {{ ?a ?b ?d }} WHERE {{ {PAIRS} {NEVER} }}"
    writing = threading.Thread(target=lambda: answers.append(server.update(update)))
    writing.start()
    deadline = time.monotonic() + 20
    while not (new := [one for one in server.descendants() if one.pid not in known]):
        assert time.monotonic() < deadline
    for process in new:
        process.send_signal(signal.SIGKILL)
    writing.join()
    assert answers[0].status_code >= 500
    _alone(server)


def test_readers_see_all_of_a_write_or_nothing(server: RunningServer) -> None:
    """A thousand triples change their value together, again and again."""
    values = " ".join(f"<{EX}{number}>" for number in range(1000))
    seen: list[list[str]] = []
    stopped = threading.Event()

    def read() -> None:
        query = (
            f"SELECT ?v (COUNT(?s) AS ?n) {{ GRAPH <{EX}many> {{ ?s <{EX}v> ?v }} }} GROUP BY ?v"
        )
        while not stopped.is_set():
            answer = httpx.post(
                f"{server.address}sparql", data={"query": query}, headers={"accept": "text/csv"}
            )
            seen.append([str(answer.status_code), *answer.text.split()[1:]])

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for value in range(4):
        update = (
            f"DELETE WHERE {{ GRAPH <{EX}many> {{ ?s ?p ?o }} }} ; INSERT {{ GRAPH <{EX}many>"
            f" {{ ?s <{EX}v> {value} }} }} WHERE {{ VALUES ?s {{ {values} }} }}"
        )
        assert server.update(update).status_code == 204
    stopped.set()
    for reader in readers:
        reader.join()
    assert {tuple(rows) for rows in seen} <= {("200",), *(("200", f"{v},1000") for v in range(4))}
    assert server.update(f"DROP GRAPH <{EX}many>").status_code == 204


def test_a_long_query_reads_on_while_the_graph_changes(server: RunningServer) -> None:
    """It ends at its own limit, and not because the process it came from was replaced."""
    answers: list[httpx.Response] = []
    endless = f"SELECT * {{ {PAIRS} {NEVER} }}"
    reading = threading.Thread(target=lambda: answers.append(server.ask(endless)))
    reading.start()
    assert server.update(NEW).status_code == 204
    reading.join()
    assert "FILIERA_QUERY_SECONDS" in answers[0].text
    assert server.update(f"DROP GRAPH <{EX}g>").status_code == 204
    _alone(server)


def test_writers_come_one_after_the_other(server: RunningServer) -> None:
    counter = f"<{EX}counter> <{EX}is>"
    begin = f"INSERT DATA {{ GRAPH <{EX}counter> {{ {counter} 0 }} }}"
    assert server.update(begin).status_code == 204
    add = (
        f"WITH <{EX}counter> DELETE {{ {counter} ?n }} INSERT {{ {counter} ?m }} "
        f"WHERE {{ {counter} ?n BIND(?n + 1 AS ?m) }}"
    )
    writers = [threading.Thread(target=server.update, args=(add,)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert rows(server, f"SELECT ?n {{ GRAPH <{EX}counter> {{ {counter} ?n }} }}") == ["4"]
    assert server.update(f"DROP GRAPH <{EX}counter>").status_code == 204


def test_nobody_is_left_when_a_server_that_was_written_to_is_killed(
    start_server: StartServer,
) -> None:
    server = start_server(writable=True, data=FOLDER)
    assert server.update(NEW).status_code == 204
    below = server.descendants()
    server.client.close()
    server.process.kill()
    server.process.communicate()
    _, alive = psutil.wait_procs(below, timeout=10)
    assert alive == []
