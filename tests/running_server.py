"""A real server in a process of its own, asked over HTTP on loopback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import psutil

__all__ = ["RunningServer", "StartServer"]

SERVE = """
import sys
import filiera
from filiera.server import serve
store = sys.argv[1] or None
with filiera.open_graph(store=store, lang="it") as ecosystem:
    serve(ecosystem, port=0, open_browser=bool(sys.argv[2]),
          announce=lambda address: print(address, flush=True))
print("ended well", flush=True)
"""


class RunningServer:
    """A server process and a client for it."""

    def __init__(self, store: Path | None, open_browser: bool, settings: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(store or ""), "yes" if open_browser else ""],
            env={**os.environ, **settings},
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

    def ask(self, query: str, accept: str = "*/*") -> httpx.Response:
        """Send a query by POST."""
        return self.client.post("/sparql", data={"query": query}, headers={"accept": accept})

    def descendants(self) -> list[psutil.Process]:
        """All processes below the server's."""
        family: list[psutil.Process] = psutil.Process(self.process.pid).children(recursive=True)
        return family

    def workers(self) -> list[psutil.Process]:
        """The processes that answer a query right now."""
        (spawner,) = psutil.Process(self.process.pid).children()
        working: list[psutil.Process] = spawner.children()
        return working

    def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str, str]:
        """End the server; its exit code and what it printed."""
        self.client.close()
        self.process.send_signal(number)
        output, errors = self.process.communicate(timeout=30)
        return self.process.returncode, output, errors


StartServer = Callable[..., RunningServer]
