"""Nobody can take the server down, and nobody notices that somebody tried."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import time
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import httpx
import psutil
import pytest

import filiera
from filiera.errors import StoreError, UsageError
from filiera.server import Limits
from filiera.server.forked import HEAVY_NICENESS

from .conftest import RunningServer, StartServer

RUNAWAY = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(STRLEN(CONCAT(STR(?a), STR(?d))) < 9) }"
)
GLUTTON = (  # texts that grow sixteenfold, six times
    "SELECT (STRLEN(?g) AS ?n) { VALUES ?a { 'aaaaaaaaaaaaaaaa' } "
    + " ".join(
        f"BIND(CONCAT({', '.join([f'?{old}'] * 16)}) AS ?{new})" for old, new in pairwise("abcdefg")
    )
    + " }"
)
FLOOD = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
CHEAP = "ASK { ?s ?p ?o }"


def _timed(server: RunningServer, query: str) -> tuple[httpx.Response, float]:
    started = time.monotonic()
    answer = httpx.post(f"{server.address}sparql", data={"query": query}, timeout=30)
    return answer, time.monotonic() - started


def _get(server: RunningServer, query: str) -> httpx.Response:
    """GET with an address of any length, which httpx does not send."""
    connection = http.client.HTTPConnection(server.address.removeprefix("http://").rstrip("/"))
    with contextlib.closing(connection):
        connection.request("GET", f"/sparql?query={quote(query)}")
        answer = connection.getresponse()
        return httpx.Response(answer.status, content=answer.read())


def test_a_runaway_is_ended_while_others_are_answered(strict_server: RunningServer) -> None:
    with ThreadPoolExecutor() as pool:
        runaway: Future[tuple[httpx.Response, float]] = pool.submit(_timed, strict_server, RUNAWAY)
        meanwhile: list[bool] = []
        niceness: set[int] = set()
        while not runaway.done():
            meanwhile.append(_timed(strict_server, CHEAP)[0].json()["boolean"])
            with contextlib.suppress(psutil.NoSuchProcess):
                niceness.update(worker.nice() for worker in strict_server.workers())
        answer, seconds = runaway.result()
    assert len(meanwhile) >= 2
    assert all(meanwhile)
    assert os.nice(0) + HEAVY_NICENESS in niceness  # it goes behind the small ones
    assert answer.status_code == 503
    assert "longer than 1 seconds" in answer.text
    assert "FILIERA_QUERY_SECONDS" in answer.text
    assert 1.0 <= seconds < 5.0
    strict_server.wait_until_idle()


def test_a_query_that_needs_too_much_memory_is_ended(strict_server: RunningServer) -> None:
    answer = strict_server.ask(GLUTTON)
    assert answer.status_code == 503
    assert "60 MiB of memory" in answer.text
    assert "FILIERA_QUERY_MEMORY_MB" in answer.text


def test_a_result_that_is_too_large_is_not_sent(strict_server: RunningServer) -> None:
    for query in (FLOOD, "CONSTRUCT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f }"):
        answer = strict_server.ask(query)
        assert answer.status_code == 503
        assert "larger than 1 MiB" in answer.text
        assert "FILIERA_RESULT_MB" in answer.text
        assert len(answer.content) < 500


@pytest.mark.parametrize("depth", [3_000, 10_000])
def test_deep_nesting_ends_its_worker_only(strict_server: RunningServer, depth: int) -> None:
    answer = strict_server.ask("SELECT * " + "{" * depth + "?s ?p ?o" + "}" * depth)
    assert answer.status_code == 400
    assert "nested too deeply" in answer.text
    assert strict_server.ask(CHEAP).json()["boolean"] is True


def test_a_query_that_is_too_long_is_not_read(strict_server: RunningServer) -> None:
    long = CHEAP + "#" * 64 * 1024
    direct = {"content-type": "application/sparql-query"}
    for answer in (
        strict_server.client.post("/sparql", content=long, headers=direct),
        strict_server.client.post("/sparql", data={"query": long}),
        strict_server.client.post("/sparql", data={"query": CHEAP + " " * 64 * 1024}),
        strict_server.client.post("/sparql", data={"query": "é" * 64 * 1024}),
        _get(strict_server, long),
        strict_server.client.post("/sparql", content=b"x" * 2**20, headers=direct),
    ):
        assert answer.status_code == 413
        assert "The query is longer than 64 KiB" in answer.text
        assert "FILIERA_QUERY_KB" in answer.text
    fitting = CHEAP + "#" * (64 * 1024 - len(CHEAP))
    assert strict_server.client.post("/sparql", content=fitting, headers=direct).status_code == 200


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_server_and_all_its_processes(
    start_server: StartServer, number: signal.Signals
) -> None:
    server = start_server()
    with ThreadPoolExecutor() as pool:
        running = pool.submit(_timed, server, RUNAWAY)
        time.sleep(0.5)
        family = server.descendants()
        assert len(family) >= 2
        host, port = server.address.removeprefix("http://").rstrip("/").split(":")
        with socket.create_connection((host, int(port)), timeout=20) as slow:
            slow.sendall(
                b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n"
                b"Content-Type: application/sparql-query\r\n\r\nASK"
            )
            time.sleep(0.1)
            started = time.monotonic()
            code, output, errors = server.stop(number)
            assert time.monotonic() - started < 5
            assert b"The server is being stopped." in slow.recv(4096)
        answer, _ = running.result()
    assert (code, output, errors) == (0, "ended well\n", "")
    assert (answer.status_code, answer.text) == (503, "The server is being stopped.\n")
    assert psutil.wait_procs(family, timeout=5)[1] == []


def test_a_server_that_is_killed_leaves_nobody_behind(start_server: StartServer) -> None:
    server = start_server()
    with ThreadPoolExecutor() as pool:
        running = pool.submit(_timed, server, RUNAWAY)
        time.sleep(0.5)
        family = server.descendants()
        assert len(family) >= 2
        server.stop(signal.SIGKILL)
        assert isinstance(running.exception(), httpx.TransportError)
    assert psutil.wait_procs(family, timeout=5)[1] == []


def test_a_lost_spawner_is_told_and_takes_its_workers_along(start_server: StartServer) -> None:
    server = start_server()
    with ThreadPoolExecutor() as pool:
        running = pool.submit(_timed, server, RUNAWAY)
        time.sleep(0.5)
        workers = server.workers()
        assert workers
        psutil.Process(server.process.pid).children()[0].kill()
        answer, _ = running.result()
    assert answer.status_code == 500
    assert psutil.wait_procs(workers, timeout=5)[1] == []
    assert "Start the server again" in server.ask(CHEAP).text
    health = server.client.get("/health")
    assert health.status_code == 503
    assert "has ended" in health.json()["status"]
    code, output, errors = server.stop()
    assert (code, output) == (0, "ended well\n")
    assert "POST /sparql" in errors
    assert "Traceback" not in errors


def test_a_store_on_disk_is_served_by_workers_too(
    start_server: StartServer, tmp_path: Path
) -> None:
    place = tmp_path / "store"
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    with filiera.open_graph() as in_memory:
        table = in_memory.query(count)
    assert isinstance(table, filiera.Results)
    for _ in ("built anew", "found as it is"):
        server = start_server(store=place, FILIERA_QUERY_SECONDS="1")
        for _ in range(5):
            (row,) = server.ask(count).json()["results"]["bindings"]
            assert int(row["n"]["value"]) == table[0][0]
        assert "longer than 1 seconds" in server.ask(RUNAWAY).text
        assert "SERVICE is not allowed" in server.ask("ASK { SERVICE ?s { ?s ?p ?o } }").text
        with pytest.raises(StoreError, match="is another filiera using it"):
            filiera.open_graph(store=place)
        assert server.stop() == (0, "ended well\n", "")
    filiera.open_graph(store=place).close()


def test_limits_are_set_by_the_environment() -> None:
    assert Limits.from_environment({}) == Limits()
    given = {"FILIERA_WORKERS": "2", "FILIERA_QUERY_KB": "7", "OTHER": "x"}
    assert Limits.from_environment(given) == Limits(workers=2, query_kb=7)
    for value in ("0", "-1", "ten", "1.5", "", "٣"):
        with pytest.raises(UsageError, match=r"FILIERA_WORKERS.*whole number above zero.*queries"):
            Limits.from_environment({"FILIERA_WORKERS": value})
