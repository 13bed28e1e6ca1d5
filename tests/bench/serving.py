"""SPARQL over HTTP: our server beside Oxigraph's own and rdflib-endpoint, and runaways in ours."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import httpx
import psutil

from filiera.vocabulary import PREFIXES
from tests.bench.measuring import ROOT, geometric_mean, measure, wait_until
from tests.bench.sections import Workshop
from tests.bench.table import Line

__all__ = ["HEAVY", "serving"]

HEAVY = {
    "a path": "SELECT (COUNT(*) AS ?n) { ?a fil:supplies+ ?b }",
    "a sort": "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY STR(?o) ?s LIMIT 100",
    "a join": "SELECT ?place (COUNT(*) AS ?n) (COUNT(DISTINCT ?b) AS ?m) { ?a fil:memberOf ?body ; "
    "fil:locatedIn ?place . ?b fil:memberOf ?body FILTER(?a != ?b) } "
    "GROUP BY ?place ORDER BY ?place",
    "a regular expression": "SELECT (COUNT(*) AS ?n) { ?a fil:memberOf ?body ; rdfs:label|"
    "skos:prefLabel ?one . ?b fil:memberOf ?body ; rdfs:label|skos:prefLabel ?other "
    "FILTER REGEX(CONCAT(?one, ' ', ?other), 'mecc.*[ae]n.*sistem', 'i') }",
    "a large result": "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 200000",
    "a large graph": "CONSTRUCT { ?s ?p ?o } WHERE { { SELECT * { ?s ?p ?o } LIMIT 100000 } }",
}
"""Queries that keep a processor busy for some time, at ten thousand organisations."""

_SERVE = """
import sys
from pyoxigraph import RdfFormat
from filiera.ecosystem import Ecosystem
from filiera.facts.dataset import Dataset
from filiera.server import serve
from filiera.store import MemoryStore
file, folder, port = sys.argv[1:]
store = MemoryStore()
store.oxigraph.bulk_load(path=file, format=RdfFormat.N_QUADS, lenient=True)
serve(Ecosystem(store, Dataset.find(folder)), port=int(port))
"""
"""Serves the same file as the others do, loaded in the same order."""
_RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f) }"
_SMALL = "ASK { ?s fil:memberOf ?body }"
_LIMIT = 2
_TICK = 0.01
"""Seconds: the system counts no less."""
_ASKED = 50


@dataclass(frozen=True)
class _Served:
    address: str
    process: psutil.Process
    client: httpx.Client

    def ask(self, query: str) -> httpx.Response:
        """The answer to a query."""
        prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
        accept = "application/n-triples" if query.startswith("CONSTRUCT") else "application/json"
        headers = {"content-type": "application/sparql-query", "accept": accept}
        answer = self.client.post(self.address, content=prefixes + query, headers=headers)
        return answer.raise_for_status()

    def cpu(self) -> float:
        """Seconds of processor that the server has used, with all that it started."""
        family = [self.process, *self.process.children(recursive=True)]
        return sum(sum(process.cpu_times()[:4]) for process in family)

    def cost(self, query: str) -> float:
        """Seconds of processor that the answer costs the server."""
        before = self.cpu()
        self.ask(query)
        wait_until(lambda: not _busy(self.process))
        return self.cpu() - before


def _busy(process: psutil.Process) -> bool:
    return any(child.children() for child in process.children())


@contextmanager
def _started(
    command: Sequence[str], address: str, settings: Mapping[str, str] | None = None
) -> Iterator[_Served]:
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **(settings or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with httpx.Client(timeout=600) as client:
            served = _Served(address, psutil.Process(process.pid), client)
            wait_until(lambda: process.poll() is not None or _listens(address), 300)
            yield served
    finally:
        process.terminate()
        process.wait()


def _listens(address: str) -> bool:
    host, port = address.split("/")[2].split(":")
    try:
        socket.create_connection((host, int(port)), timeout=1).close()
    except OSError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def _ours(folder: Path, file: Path, **settings: str) -> Iterator[_Served]:
    port = _free_port()
    command = [sys.executable, "-c", _SERVE, str(file), str(folder), str(port)]
    with _started(command, f"http://127.0.0.1:{port}/sparql", settings) as served:
        map_page = f"http://127.0.0.1:{port}/"
        wait_until(lambda: served.client.get(map_page).is_success, 300)  # it is made
        yield served


@contextmanager
def _oxigraph(file: Path) -> Iterator[_Served]:
    port = _free_port()
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or "oxigraph"
    command = [program, "serve", "--bind", f"127.0.0.1:{port}"]
    with _started(command, f"http://127.0.0.1:{port}/query") as served:
        with file.open("rb") as quads:
            headers = {"content-type": "application/n-quads"}
            served.client.post(
                f"http://127.0.0.1:{port}/store?no_transaction", content=quads, headers=headers
            ).raise_for_status()
        yield served


@contextmanager
def _rdflib_endpoint(file: Path) -> Iterator[_Served]:
    port = _free_port()
    program = str(Path(sys.executable).parent / "rdflib-endpoint")
    command = [program, "serve", str(file), "--host", "127.0.0.1", "--port", str(port)]
    with _started(command, f"http://127.0.0.1:{port}/") as served:
        yield served


def serving(shop: Workshop) -> Iterator[Line]:
    """Heavy queries over HTTP, and what runaways do to others."""
    folder, file = shop.dataset(shop.asked), shop.folder / f"{shop.asked}-built.nq"
    if not file.exists():
        measure("dump", folder, file)
    with _ours(folder, file, FILIERA_QUERY_SECONDS="600") as ours, _oxigraph(file) as theirs:
        for served in (ours, theirs):
            served.ask(_SMALL)
        costs: dict[str, tuple[float, float]] = {}
        for name, query in HEAVY.items():
            found = [(ours.cost(query), theirs.cost(query)) for _ in range(shop.repeats)]
            costs[name] = median(one for one, _ in found), median(other for _, other in found)
    ratios = {name: max(one, _TICK) / max(other, _TICK) for name, (one, other) in costs.items()}
    told = ", ".join(
        f"{name} {ratios[name]:.2f} × ({one:.2f} s against {other:.2f} s)"
        for name, (one, other) in costs.items()
    )
    mean = geometric_mean(list(ratios.values()))
    what = f"heavy SPARQL over HTTP, {shop.asked:,} organisations"
    yield Line(
        f"{what}: CPU against Oxigraph's own server, geometric mean",
        "≤ 1.3 ×",
        f"{mean:.2f} ×: {told}",
        mean <= 1.3,
    )
    yield _beside_rdflib(what, file, costs, shop.limit)
    yield from _runaways(folder, file)


def _beside_rdflib(
    what: str, file: Path, costs: Mapping[str, tuple[float, float]], limit: int
) -> Line:
    """The same queries to rdflib-endpoint, as far as it answers within ``limit`` seconds."""
    answered: dict[str, float] = {}
    left = list(costs)
    while left:
        with _rdflib_endpoint(file) as served:
            served.client.timeout = httpx.Timeout(limit)
            with suppress(httpx.HTTPError):  # then anew, for it goes on for nobody
                while left:
                    name = left.pop(0)
                    answered[name] = served.cost(HEAVY[name])
    faster = ", ".join(
        f"{name} {seconds:.1f} s, {seconds / max(costs[name][0], _TICK):.0f} ×"
        for name, seconds in answered.items()
    )
    told = f"{len(answered)} of {len(costs)} answered within {limit} s" + (
        f": {faster}" if faster else ""
    )
    return Line(f"{what}: the same in rdflib-endpoint", "", told)


def _runaways(folder: Path, file: Path) -> Iterator[Line]:
    """Runaways that hold every place, and small queries of somebody else meanwhile."""
    with _ours(folder, file, FILIERA_QUERY_SECONDS=str(_LIMIT), FILIERA_WORKERS="2") as served:
        served.ask(_SMALL)
        (spawner,) = served.process.children()
        with ExitStack() as stack, ThreadPoolExecutor(2) as pool:
            clients = [stack.enter_context(_client(f"127.0.0.{number}")) for number in (2, 3)]
            begun = time.perf_counter()
            running = [pool.submit(_until_refused, served, client) for client in clients]
            time.sleep(0.5)
            seconds: list[float] = []
            while time.perf_counter() - begun < _LIMIT - 0.3 and len(seconds) < _ASKED:
                start = time.perf_counter()
                served.ask(_SMALL)
                seconds.append(time.perf_counter() - start)
            ends = [future.result() for future in running]
            wait_until(lambda: not spawner.children())
            gone = time.perf_counter() - begun - _LIMIT
    late = max(*ends, _LIMIT) - _LIMIT
    yield Line(
        "a runaway after its limit: answered, and its process gone",
        "≤ 0.3 s",
        f"{late:.2f} s, {gone:.2f} s",
        gone <= 0.3,
    )
    worst = max(seconds)
    yield Line(
        f"small queries while runaways hold every place ({len(seconds)} asked)",
        "< 0.2 s",
        f"median {median(seconds) * 1000:.0f} ms, slowest {worst * 1000:.0f} ms",
        worst < 0.2,
    )


def _client(source: str) -> httpx.Client:
    """A client at an address of its own."""
    return httpx.Client(transport=httpx.HTTPTransport(local_address=source), timeout=60)


def _until_refused(served: _Served, client: httpx.Client) -> float:
    start = time.perf_counter()
    answer = client.post(served.address, data={"query": _RUNAWAY})
    assert answer.status_code == 503, answer.text
    return time.perf_counter() - start
