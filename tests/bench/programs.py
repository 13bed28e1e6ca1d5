"""The lines on what a person waits for: the page, and the commands from start to end."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from statistics import median

from tests.bench.measuring import ROOT, measure, run, wait_until
from tests.bench.sections import Workshop
from tests.bench.table import Line

__all__ = ["commands", "page"]

_RUNS = 5
_FILIERA = [sys.executable, "-c", "from filiera_command import main; main()"]
"""The command as its script calls it."""


def page(shop: Workshop) -> Iterator[Line]:
    """Size of the network page of the real data set."""
    measured = measure("page", shop.folder / "page.html")
    nodes, raw, packed = (measured.result[name] for name in ("nodes", "raw", "gzip"))
    yield Line(
        f"page of the real data set ({nodes} nodes)",
        "≤ 850 KB, 280 KB gzip (≤ 500 nodes)",
        f"{raw / 1000:.0f} KB, {packed / 1000:.0f} KB gzip; made in {measured.wall:.2f} s",
        raw <= 850_000 and packed <= 280_000,
    )


def commands(shop: Workshop) -> Iterator[Line]:
    """Whole commands over the real data set, from the start of the process."""
    question = ["ask", "members-at", "body=clust-er-mech", "at=2020-12-31"]
    for words, limit in ((["--help"], 0.25), (question, 0.8)):
        seconds, cpu = run([*_FILIERA, *words], _RUNS)
        yield Line(
            f"`filiera {' '.join(words)}`",
            f"≤ {limit} s",
            f"{seconds:.2f} s, CPU {cpu:.2f} s",
            seconds <= limit,
        )
    seconds = median(_until_served() for _ in range(_RUNS))
    yield Line("`filiera serve`, until it answers", "≤ 2 s", f"{seconds:.2f} s", seconds <= 2)


def _until_served() -> float:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start = time.perf_counter()
    server = subprocess.Popen(
        [*_FILIERA, "serve", "--port", str(port)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: _answers(f"http://127.0.0.1:{port}/"))
        return time.perf_counter() - start
    finally:
        server.terminate()
        server.wait()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=60) as response:
            return bool(response.read())
    except OSError:
        return False
