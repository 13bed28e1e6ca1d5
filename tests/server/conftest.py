"""A real server in a process of its own, asked over HTTP on loopback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest

from filiera.facts.dataset import DEFAULT_DATASET
from tests.small_cluster import FOLDER

SERVE = """
import os
import sys
import filiera
from filiera.server import WriteAccess, serve
store = sys.argv[1] or None
writing = WriteAccess.from_environment() if sys.argv[3] else None
with filiera.open_graph(sys.argv[4], store=store, lang="it") as ecosystem:
    serve(ecosystem, port=0, open_browser=bool(sys.argv[2]), writing=writing,
          announce=lambda address: print(address, flush=True),
          access_log=os.environ.get("ACCESS_LOG"), log_queries="LOG_QUERIES" in os.environ)
print("ended well", flush=True)
"""


TOKEN = "token-of-the-tests-only"
BEARER = f"Bearer {TOKEN}"


class RunningServer:
    """A server process and a client for it."""

    def __init__(
        self,
        store: Path | None,
        open_browser: bool,
        settings: dict[str, str],
        *,
        writable: bool = False,
        data: Path | str = DEFAULT_DATASET,
    ) -> None:
        flags = ["yes" if flag else "" for flag in (open_browser, writable)]
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(store or ""), *flags, str(data)],
            env={**os.environ, "FILIERA_WRITE_TOKEN": TOKEN, **settings},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()
        assert self.address, self.process.communicate()[1]
        self.client = httpx.Client(base_url=self.address, timeout=30)
        self.log: Path | None = None

    def ask(self, query: str, accept: str = "*/*") -> httpx.Response:
        """Send a query by POST."""
        return self.client.post("/sparql", data={"query": query}, headers={"accept": accept})

    def update(self, update: str, **parameters: str | list[str]) -> httpx.Response:
        """Send an update by POST, with the token."""
        return self.client.post(
            "/sparql",
            content=update,
            params=parameters,
            headers={"content-type": "application/sparql-update", "authorization": BEARER},
        )

    def descendants(self) -> list[psutil.Process]:
        """All processes below the server's."""
        family: list[psutil.Process] = psutil.Process(self.process.pid).children(recursive=True)
        return family

    def workers(self) -> list[psutil.Process]:
        """The processes that answer a query right now."""
        (spawner,) = psutil.Process(self.process.pid).children()
        working: list[psutil.Process] = spawner.children()
        return working

    def wait_until_idle(self) -> None:
        """Wait until no worker is left."""
        deadline = time.monotonic() + 30
        while self.workers():
            assert time.monotonic() < deadline, self.workers()
            time.sleep(0.01)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str, str]:
        """End the server; its exit code and what it printed."""
        self.client.close()
        self.process.send_signal(number)
        output, errors = self.process.communicate(timeout=30)
        return self.process.returncode, output, errors


StartServer = Callable[..., RunningServer]


@pytest.fixture(scope="session")
def start_server() -> Iterator[StartServer]:
    """Starts servers of the real graph, or of ``data``; ends what is left of them."""
    started: list[RunningServer] = []

    def start(
        store: Path | None = None,
        open_browser: bool = False,
        writable: bool = False,
        data: Path | str = DEFAULT_DATASET,
        **settings: str,
    ) -> RunningServer:
        started.append(RunningServer(store, open_browser, settings, writable=writable, data=data))
        return started[-1]

    yield start
    ends = [server.stop() for server in started if server.process.poll() is None]
    for server in started:
        server.client.close()
    assert ends == [(0, "ended well\n", "")] * len(ends)


@pytest.fixture(scope="session")
def server(start_server: StartServer) -> RunningServer:
    """A server with the limits it comes with."""
    return start_server()


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


@pytest.fixture(scope="session")
def writable_server(start_server: StartServer) -> RunningServer:
    """A server of the small cluster that may be changed; a module clears it at first."""
    return start_server(writable=True, data=FOLDER)
