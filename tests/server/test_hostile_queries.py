"""Queries that are meant to harm: each ends, nobody else notices, and nothing is left behind."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote_from_bytes

import httpx
import pytest

from .conftest import RunningServer

CHEAP = "ASK { ?s ?p ?o }"
DIRECT = {"content-type": "application/sparql-query"}
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f) }"


@pytest.fixture(autouse=True)
def _unharmed(unharmed: None) -> None:
    """Every test here leaves the server as it was."""


BOMBS = {
    "a Cartesian count": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "a sorted cross product": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f DESC(?a) LIMIT 1",
    "an exploding path": "SELECT (COUNT(*) AS ?n) { ?a (!rdf:nil|^!rdf:nil)* ?b . "
    "?b (!rdf:nil|^!rdf:nil)* ?c }",
    "a regular expression on every pair": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f "
    'FILTER REGEX(CONCAT(STR(?c), STR(?f)), "(.*a.*b.*)*c{9}$") }',
    "a GROUP_CONCAT of everything": "SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f))) AS ?all) "
    "{ ?a ?b ?c . ?d ?e ?f }",
    "texts that double": "SELECT (STRLEN(?z) AS ?n) { VALUES ?a { 'aaaaaaaaaaaaaaaa' } "
    + " ".join(
        f"BIND(CONCAT({', '.join(['?' + old] * 16)}) AS ?{new})"
        for old, new in zip("abcdefg", "bcdefgz", strict=True)
    )
    + " }",
    "all pairs as distinct rows": "SELECT DISTINCT ?a ?d ?f { ?a ?b ?c . ?d ?e ?f } "
    "OFFSET 99999999",
}


@pytest.mark.parametrize("query", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_ended_at_a_limit_that_is_named(strict_server: RunningServer, query: str) -> None:
    answer = strict_server.ask(query)
    assert answer.status_code == 503, answer.text[:300]
    assert "FILIERA_QUERY_SECONDS" in answer.text or "FILIERA_QUERY_MEMORY_MB" in answer.text


@pytest.mark.parametrize(
    "expression",
    [
        "(a{1000}){1000}{1000}",
        "((a*)*)*b",
        "(?:" * 300 + "a" + ")*" * 300,
        "[" * 5000,
        "(?i)\\\\p{L}{500,900}",
    ],
)
def test_an_expression_that_explodes_elsewhere_harms_nobody(
    strict_server: RunningServer, expression: str
) -> None:
    query = f'SELECT * {{ VALUES ?x {{ "{"a" * 5000}" }} FILTER REGEX(?x, "{expression}") }}'
    assert strict_server.ask(query).status_code in (200, 400, 503)


NESTED: dict[str, Callable[[int], str]] = {
    "groups": lambda depth: "SELECT * " + "{" * depth + "?s ?p ?o" + "}" * depth,
    "parentheses": lambda depth: f"ASK {{ FILTER({'(' * depth}1{')' * depth} = 1) }}",
    "negations": lambda depth: f"ASK {{ FILTER({'!' * depth}true) }}",
    "functions": lambda depth: f"ASK {{ FILTER({'STR(' * depth}1{')' * depth} = '1') }}",
    "paths": lambda depth: f"ASK {{ ?s {'(' * depth}rdf:type{')' * depth} ?o }}",
    "repeated paths": lambda depth: f"ASK {{ ?s {'(' * depth}rdf:type{')*' * depth} ?o }}",
    "collections": lambda depth: f"ASK {{ ?s ?p {'(' * depth}1{')' * depth} }}",
    "blank nodes": lambda depth: f"ASK {{ ?s ?p {'[ ?p ' * depth}1{' ]' * depth} }}",
    "EXISTS": lambda depth: "ASK " + "{FILTER EXISTS" * depth + "{?s ?p ?o}" + "}" * depth,
    "OPTIONAL": lambda depth: "ASK " + "{OPTIONAL" * depth + "{?s ?p ?o}" + "}" * depth,
    "sub-selects": lambda depth: "SELECT * " + "{SELECT * " * depth + "{?s ?p ?o}" + "}" * depth,
    "unions": lambda depth: "ASK {" + "{?s ?p ?o}" + "UNION{?s ?p ?o}" * depth + "}",
}


@pytest.mark.parametrize("nested", NESTED.values(), ids=NESTED)
def test_nesting_ends_its_worker_only(
    strict_server: RunningServer, nested: Callable[[int], str]
) -> None:
    for depth in (50, 3_000):
        answer = strict_server.ask(nested(depth))
        assert answer.status_code in (200, 400, 503), answer.text[:300]
        assert "Traceback" not in answer.text


def test_many_values_are_a_query_like_others(strict_server: RunningServer) -> None:
    values = " ".join(map(str, range(10_000)))
    query = f"SELECT (SUM(?x) AS ?n) {{ VALUES ?x {{ {values} }} }}"
    rows = strict_server.ask(query).json()["results"]["bindings"]
    assert rows[0]["n"]["value"] == "49995000"
    pairs = f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {values} }} ?a ?b ?c . ?d ?e ?f }}"
    assert strict_server.ask(pairs).status_code == 503


def test_ten_megabytes_are_not_read(strict_server: RunningServer) -> None:
    query = f"SELECT * {{ VALUES ?x {{ {'1 ' * 5 * 2**20} }} }}"
    for answer in (
        strict_server.client.post("/sparql", content=query, headers=DIRECT),
        strict_server.client.post("/sparql", data={"query": query}),
        strict_server.client.post("/ask", content=query),
        strict_server.client.post("/sparql", content=iter([query.encode()]), headers=DIRECT),
    ):
        assert answer.status_code in (405, 413)
    assert (
        "FILIERA_BODY_MB"
        in strict_server.client.post("/sparql", content=b"x" * (2**20 + 1), headers=DIRECT).text
    )


BAD_BYTES = [b"\xff\xfe", b"\xed\xa0\x80", b"\x00"]


@pytest.mark.parametrize("bad", BAD_BYTES)
def test_what_is_no_text_is_refused_everywhere(strict_server: RunningServer, bad: bytes) -> None:
    escaped = quote_from_bytes(bad)
    query = b"SELECT * { ?s ?p '" + bad + b"' }"
    answers = [
        strict_server.client.post("/sparql", content=query, headers=DIRECT),
        strict_server.client.post(
            "/sparql",
            content=b"query=" + quote_from_bytes(query).encode(),
            headers={"content-type": "application/x-www-form-urlencoded"},
        ),
        strict_server.client.get(f"/sparql?query={quote_from_bytes(query)}"),
        strict_server.client.get(f"/ask/members-at?at={escaped}"),
        strict_server.client.get(f"/ask/{escaped}"),
        strict_server.client.get(f"/answers/gaps?chain={escaped}"),
        strict_server.client.get(f"/names?type=thing&q={escaped}"),
        strict_server.client.get(f"/names?type={escaped}&q=a"),
        strict_server.client.get(f"/id/{escaped}"),
        strict_server.client.get(f"/data/card/{escaped}.json"),
        strict_server.client.get(f"/?lang={escaped}"),
    ]
    assert {answer.status_code for answer in answers} <= {200, 400, 404}
    assert [answer.status_code for answer in answers[:3]] == (
        [200] * 3 if bad == b"\x00" else [400] * 3
    )
    headers = {"accept": bad.decode("latin-1"), "accept-language": bad.decode("latin-1")}
    if bad != b"\x00":  # which is no HTTP
        answer = strict_server.client.get(
            "/ask", headers=[(k.encode(), v.encode("latin-1")) for k, v in headers.items()]
        )
        assert answer.status_code == 200


@pytest.fixture(scope="module")
def stranger() -> Iterator[socket.socket]:
    """A server that nobody should ever call."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        yield listener


def test_no_query_opens_a_connection_or_a_file(
    strict_server: RunningServer, stranger: socket.socket, tmp_path: Path
) -> None:
    # Whoever opened this pipe would wait for a writer, and a writer would find a reader.
    pipe, secret = tmp_path / "pipe", tmp_path / "secret.ttl"
    os.mkfifo(pipe)
    secret.write_text("<http://example.org/s> <http://example.org/p> 'secret' .")
    port = stranger.getsockname()[1]
    places = [
        f"http://127.0.0.1:{port}/data.ttl",
        f"http://localhost:{port}/",
        f"http://[::ffff:127.0.0.1]:{port}/",
        f"http://2130706433:{port}/",
        pipe.as_uri(),
        secret.as_uri(),
        "file:///etc/passwd",
    ]
    for place in places:
        for query in (
            f"SELECT * FROM <{place}> {{ ?s ?p ?o }}",
            f"SELECT * FROM NAMED <{place}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
            f"SELECT * {{ GRAPH <{place}> {{ ?s ?p ?o }} }}",
        ):
            answer = strict_server.ask(query)
            assert answer.status_code == 200
            assert answer.json()["results"]["bindings"] == []
        asked = {"query": "SELECT * { ?s ?p ?o }", "default-graph-uri": place}
        answer = strict_server.client.post("/sparql", data=asked)
        assert answer.json()["results"]["bindings"] == []
        for query in (
            f"SELECT * {{ SERVICE <{place}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ SERVICE SILENT <{place}> {{ ?s ?p ?o }} }}",
            f"LOAD <{place}>",
            f"LOAD SILENT <{place}> INTO GRAPH <http://example.org/g>",
        ):
            assert strict_server.ask(query).status_code == 403
    with pytest.raises(BlockingIOError):
        stranger.accept()
    with pytest.raises(OSError, match=os.strerror(errno.ENXIO)):
        os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)


def test_two_hundred_at_once_keep_nobody_else_waiting(strict_server: RunningServer) -> None:
    """Two clients hold all heavy places and fill the queue; a third is answered meanwhile."""
    with contextlib.ExitStack() as stack:
        asked = []
        for number in range(200):
            source = "127.0.0.2" if number % 10 == 0 else "127.0.0.1"
            connection = stack.enter_context(_connect(strict_server, source))
            connection.sendall(_post(f"{RUNAWAY} # {number}"))
            asked.append(connection)
        third = stack.enter_context(
            httpx.Client(transport=httpx.HTTPTransport(local_address="127.0.0.3"), timeout=30)
        )
        meanwhile = [
            third.post(f"{strict_server.address}sparql", data={"query": CHEAP}) for _ in range(5)
        ]
        assert [answer.status_code for answer in meanwhile] == [200] * 5
        with ThreadPoolExecutor(50) as pool:
            answers = list(pool.map(_received, asked))
    assert {answer.split()[1] for answer in answers} == {b"503"}
    settings = {re.findall(rb"FILIERA_\w+", answer)[-1] for answer in answers}
    assert settings == {b"FILIERA_QUERY_SECONDS", b"FILIERA_QUEUE", b"FILIERA_QUEUE_SECONDS"}


def _connect(server: RunningServer, source: str = "127.0.0.1") -> socket.socket:
    host, port = server.address.removeprefix("http://").rstrip("/").split(":")
    return socket.create_connection((host, int(port)), timeout=30, source_address=(source, 0))


def _post(query: str) -> bytes:
    return (
        "POST /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        f"Content-Type: application/sparql-query\r\nContent-Length: {len(query)}\r\n\r\n{query}"
    ).encode()


def _received(connection: socket.socket) -> bytes:
    return b"".join(iter(lambda: connection.recv(4096), b""))


def test_clients_that_leave_are_not_worked_for(strict_server: RunningServer) -> None:
    for number in range(20):
        connection = _connect(strict_server)
        connection.sendall(_post(f"{RUNAWAY} # {number}")[: None if number % 2 else -9])
        connection.close()
    begun = time.monotonic()
    assert strict_server.ask(CHEAP).status_code == 200
    assert time.monotonic() - begun < 3
