"""A real server in a process of its own, asked over HTTP on loopback."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import psutil

from filiera.facts.dataset import DEFAULT_DATASET

__all__ = ["BEARER", "TOKEN", "RunningServer", "StartServer"]

SERVE = """
import contextlib
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

    def running(self, module: str) -> list[psutil.Process]:
        """The processes right below the server's that run this module."""
        found = []
        for process in psutil.Process(self.process.pid).children():
            # One that is just ending has no command line any more.
            with contextlib.suppress(psutil.NoSuchProcess):
                if module in " ".join(process.cmdline()):
                    found.append(process)
        return found

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
