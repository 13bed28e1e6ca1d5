"""The same graph in memory, on disk, on an Oxigraph and on a Virtuoso server: load and questions.

Servers run on loopback and are started empty for each measurement. Seconds are of processor, of
this process and of the server together, so that a busy machine does no harm.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psutil
from pyoxigraph import QuerySolutions

import filiera
from filiera.facts.dataset import Dataset
from filiera.labels import Labels
from filiera.results import Results
from filiera.store import Store
from filiera.store.remote import RemoteStore
from tests.bench import asking
from tests.bench.sections import Workshop
from tests.bench.table import Line
from tests.engines.servers import VIRTUOSO_CREDENTIALS, oxigraph_server, virtuoso_server

__all__ = ["ENGINES", "engines"]

ENGINES = ("memory", "disk", "oxigraph", "virtuoso")
_BUFFERS = 200_000
"""Pages of 8 KiB that Virtuoso keeps in memory: 1.6 GB."""


def engines(shop: Workshop) -> Iterator[Line]:
    """Loading and asking by engine and size."""
    for organisations in shop.sizes:
        folder = shop.dataset(organisations)
        for engine in ENGINES:
            yield _measured(engine, organisations, folder)


def _measured(engine: str, organisations: int, folder: Path) -> Line:
    with _place(engine) as place:
        start = _cpu()
        with filiera.open_graph(folder, store=place, lang="en") as built:
            seconds = _cpu() - start
            quads = len(built.store)
        start = _cpu()
        with (
            filiera.open_graph(folder, store=place, lang="en")
            if place
            else _again(folder) as opened
        ):
            opening = _cpu() - start
            first, later, requests = _asked(opened.store, folder)
    slowest = max(later, key=lambda name: later[name])
    worst = f"{slowest} {later[slowest] * 1000:.0f} ms"
    told = (
        f"built and loaded in {seconds:.1f} s ({quads / seconds / 1000:.0f} thousand quads a"
        f" second); opened in {opening:.2f} s; a question with its labels, asked first, on average"
        f" {_mean(first)}, again {_mean(later)}, the slowest {worst}"
    )
    if requests:
        told += f"; {requests:.1f} requests a question"
    sys.stderr.write(f"{engine}, {organisations:,}: {told}\n")
    return Line(f"{engine}, {organisations:,} organisations ({quads:,} quads)", "", told)


def _mean(seconds: dict[str, float]) -> str:
    return f"{sum(seconds.values()) / len(seconds) * 1000:.0f} ms"


@contextmanager
def _place(engine: str) -> Iterator[str | Path | None]:
    """Where an engine keeps its graph; a server is started, and ended."""
    with ExitStack() as held, TemporaryDirectory(prefix="filiera-engine-") as folder:
        match engine:
            case "disk":
                yield Path(folder) / "store"
            case "oxigraph":
                yield held.enter_context(oxigraph_server("--location", folder))
            case "virtuoso":
                os.environ.update(VIRTUOSO_CREDENTIALS)
                yield held.enter_context(virtuoso_server(Path(folder), buffers=_BUFFERS))
                for name in VIRTUOSO_CREDENTIALS:
                    del os.environ[name]
            case _:
                yield None


def _again(folder: Path) -> filiera.Ecosystem:
    """The graph in memory is built whenever it is opened."""
    return filiera.open_graph(Dataset.find(folder).folder, lang="en")


def _asked(store: Store, folder: Path) -> tuple[dict[str, float], dict[str, float], float]:
    """Seconds of each question with its labels, first and later; requests each first time."""
    texts = asking.questions(folder)
    before = store.server.requests if isinstance(store, RemoteStore) else 0
    first = {name: _seconds(store, query) for name, query in texts.items()}
    after = store.server.requests if isinstance(store, RemoteStore) else 0
    later = {
        name: median(_seconds(store, query) for _ in range(3)) for name, query in texts.items()
    }
    return first, later, (after - before) / len(texts)


def _seconds(store: Store, query: str) -> float:
    start = _cpu()
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    Results.of(found, Labels(store), "en")
    return _cpu() - start


def _cpu() -> float:
    """Seconds of processor that this process and the server have used."""
    servers = psutil.Process().children()
    used = (server.cpu_times() for server in servers)
    return time.process_time() + sum(times.user + times.system for times in used)
