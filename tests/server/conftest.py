"""A server with narrow limits and what it holds at rest, and what leaves a graph as it was; other
servers stand in ``tests``."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import psutil
import pytest

from tests.running_server import BEARER, TOKEN, RunningServer, StartServer

from .changing import state

__all__ = ["BEARER", "TOKEN", "RunningServer", "StartServer"]


@pytest.fixture(scope="session")
def strict_server(
    start_server: StartServer, tmp_path_factory: pytest.TempPathFactory
) -> RunningServer:
    """A server with narrow limits and an access log, at rest: its map is made."""
    log = tmp_path_factory.mktemp("log") / "access.jsonl"
    server = start_server(
        FILIERA_QUERY_SECONDS="1",
        FILIERA_QUERY_MEMORY_MB="60",
        FILIERA_RESULT_MB="1",
        FILIERA_QUERY_KB="64",
        FILIERA_BODY_MB="1",
        FILIERA_HEADER_KB="16",
        FILIERA_PARAMETERS="20",
        FILIERA_CONNECTIONS="240",
        FILIERA_RECEIVE_SECONDS="1",
        FILIERA_SEND_SECONDS="1",
        FILIERA_SENDING_MB="8",
        FILIERA_WORKERS="2",
        FILIERA_QUICK_WORKERS="2",
        FILIERA_QUEUE_SECONDS="3",
        FILIERA_QUEUE="40",
        ACCESS_LOG=str(log),
    )
    server.log = log
    assert server.client.get("/").status_code == 200
    return server


@dataclass(frozen=True)
class _Held:
    """What the server holds: descriptors, threads, and MiB of memory."""

    files: int
    spawner_files: int
    threads: int
    memory: float


def _held(server: RunningServer) -> _Held:
    process = psutil.Process(server.process.pid)
    (spawner,) = process.children()
    return _Held(
        process.num_fds(),
        spawner.num_fds(),
        process.num_threads() + spawner.num_threads(),
        (process.memory_info().rss + spawner.memory_info().rss) / 2**20,
    )


@pytest.fixture(scope="session")
def at_rest(strict_server: RunningServer) -> _Held:
    """What the server holds when nobody asks."""
    strict_server.ask("ASK { ?s ?p ?o }")
    strict_server.wait_until_idle()
    return _held(strict_server)


@pytest.fixture
def unharmed(strict_server: RunningServer, at_rest: _Held) -> Iterator[None]:
    """After each test the next query is answered, and nothing is left behind."""
    yield
    begun = time.monotonic()
    assert strict_server.ask("ASK { ?s ?p ?o }").json() == {"head": {}, "boolean": True}
    assert time.monotonic() - begun < 5
    strict_server.wait_until_idle()
    deadline = time.monotonic() + 10
    while not _as_before(now := _held(strict_server), at_rest):
        assert time.monotonic() < deadline, (now, at_rest)
        time.sleep(0.05)


def _as_before(now: _Held, before: _Held) -> bool:
    return (
        now.files <= before.files
        and now.spawner_files <= before.spawner_files
        and now.threads <= before.threads
        and now.memory <= before.memory + 64
    )


@pytest.fixture
def unchanged(server: RunningServer) -> Iterator[None]:
    """What is done with the server of the module leaves its graph as it was."""
    before = state(server)
    yield
    assert state(server) == before
