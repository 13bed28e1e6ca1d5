"""The tasks that are measured. Each runs in a process of its own and prints a report in JSON.

python -m tests.bench.tasks NAME ARGUMENT …
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, Store

from filiera.build import build
from filiera.build.derive import conclude, rule_files
from filiera.build.describe import counts, describe
from filiera.build.ledger import Ledger
from filiera.build.pipeline import inputs_digest, quads_of
from filiera.facts.dataset import Dataset
from filiera.network.projection import project
from filiera.network.simple import Simple, simple
from filiera.store import MemoryStore
from tests.bench import asking

Report = dict[str, Any]

_TASKS: dict[str, Callable[..., Report]] = {}
_clock: dict[str, float] = {}


@contextmanager
def _timed() -> Iterator[None]:
    """What is measured of a task; all else is preparation."""
    cpu, wall = time.process_time(), time.perf_counter()
    yield
    _clock["wall"], _clock["cpu"] = time.perf_counter() - wall, time.process_time() - cpu


def task(function: Callable[..., Report]) -> Callable[..., Report]:
    """Make a function a task under its own name."""
    _TASKS[function.__name__] = function
    return function


# Loading ----------------------------------------------------------------------------------


@task
def text(folder: str, file: str) -> Report:
    """Make the N-Quads of a data set, as the build does, and write them into a file."""
    dataset = Dataset.find(folder)
    with _timed(), Path(file).open("wb") as output:
        for piece in quads_of(dataset, Ledger()):
            output.write(piece)
    return {}


@task
def bare(file: str) -> Report:
    """Load a ready N-Quads file with the bare store and nothing else."""
    store = Store()
    with _timed():
        store.bulk_load(path=file, format=RdfFormat.N_QUADS, lenient=True)
    return {"quads": len(store)}


@task
def ours(folder: str) -> Report:
    """From the tables to a graph in memory that can be asked: facts, ontology and the merge."""
    dataset, store, ledger = Dataset.find(folder), MemoryStore(), Ledger()
    with _timed():
        store.load(quads_of(dataset, ledger))
    assert not ledger.problems
    return {"quads": len(store)}


@task
def rdflib_load(file: str) -> Report:
    """Load a ready N-Quads file with rdflib."""
    import rdflib

    dataset = rdflib.Dataset()
    with _timed():
        dataset.parse(file, format="nquads")
    return {"quads": len(dataset)}


@task
def after_loading(folder: str) -> Report:
    """What a build does after loading: seconds of each rule and of the description."""
    dataset, store = Dataset.find(folder), MemoryStore()
    store.load(quads_of(dataset, Ledger()))
    seconds: dict[str, float] = {}
    with _timed():
        for path in rule_files():
            start = time.perf_counter()
            conclude(store, path.read_text(encoding="utf-8"))
            seconds[path.stem] = time.perf_counter() - start
        start = time.perf_counter()
        digest = inputs_digest(dataset)
        store.load(["".join(describe(dataset, digest)).encode()])
        store.load(["".join(counts(store, dataset)).encode()])
        seconds["description"] = time.perf_counter() - start
    return {"seconds": seconds, "quads": len(store)}


# Asking -----------------------------------------------------------------------------------


@task
def dump(folder: str, file: str) -> Report:
    """Build a data set and write the whole graph as N-Quads."""
    store = MemoryStore()
    with _timed():
        build(Dataset.find(folder), store)
    with Path(file).open("wb") as output:
        store.dump(output)
    return {"quads": len(store)}


@task
def catalogue(file: str, folder: str) -> Report:
    """Ask every question of a graph in our store; seconds of processor and rows of each."""
    store = MemoryStore()
    store.oxigraph.bulk_load(path=file, format=RdfFormat.N_QUADS, lenient=True)
    texts = asking.questions(Path(folder))
    with _timed():
        answers = {name: asking.ask(store, query) for name, query in texts.items()}
    return {"answers": answers}


@task
def catalogue_rdflib(file: str, folder: str, limit: str) -> Report:
    """Ask rdflib the same; a question that takes more than ``limit`` seconds is broken off."""
    import rdflib

    dataset = rdflib.Dataset()
    dataset.parse(file, format="nquads")
    texts = asking.questions(Path(folder))
    with _timed():
        answers = {
            name: asking.ask_rdflib(dataset, query, int(limit)) for name, query in texts.items()
        }
    return {"answers": answers}


@task
def answers(folder: str) -> Report:
    """Every answer, asked in each way; seconds of each and how it was asked."""
    from tests.bench.answering import askings, seconds

    store, dataset = MemoryStore(), Dataset.find(folder)
    build(dataset, store)
    with _timed():
        measured = {
            name: [(seconds(store, dataset, name, given), given) for given in ways]
            for name, ways in askings(Path(folder)).items()
        }
    return {"answers": measured}


# Network ----------------------------------------------------------------------------------


@task
def projection(folder: str) -> Report:
    """From the graph in our store to igraph."""
    store = MemoryStore()
    store.load(quads_of(Dataset.find(folder), Ledger()))
    with _timed():
        network = project(store).to_igraph()
    return {"nodes": network.vcount(), "edges": network.ecount()}


@task
def projection_rdflib(folder: str) -> Report:
    """From the graph in rdflib to networkx with its own helper.

    The helper makes an edge of every triple; so those that the projection reads are picked out
    first. The rest of the graph is not even there, which does rdflib no harm.
    """
    from rdflib import Graph, URIRef
    from rdflib.extras.external_graph_libs import rdflib_to_networkx_multidigraph

    store = MemoryStore()
    store.load(quads_of(Dataset.find(folder), Ledger()))
    graph, picked = Graph(), Graph()
    for subject, predicate, value in asking.network_statements(store):
        graph.add((URIRef(subject), URIRef(predicate), URIRef(value)))
    predicates = set(graph.predicates())
    with _timed():
        for term in predicates:
            for triple in graph.triples((None, term, None)):
                picked.add(triple)
        network = rdflib_to_networkx_multidigraph(picked)
    return {"nodes": len(network), "edges": network.size()}


@task
def communities(folder: str, engine: str) -> Report:
    """Find the communities, from arrays."""
    from filiera.network import measures

    network = _network(folder)
    with _timed():
        found = measures.communities(network, engine)
    return {"nodes": len(network.nodes), "modularity": found.modularity, "method": found.method}


@task
def betweenness(folder: str, engine: str) -> Report:
    """Betweenness of all nodes, exact, from arrays."""
    from filiera.network import measures

    network = _network(folder)
    assert measures.starts(network) is None
    with _timed():
        scores = measures.betweenness(network, engine)
    return {"nodes": len(network.nodes), "scores": scores.tolist()}


@task
def positions(folder: str) -> Report:
    """Lay the network out as the page does: forces, and no box on top of another."""
    import numpy

    from filiera.network.layout import layout, node_boxes

    network = _network(folder)
    sizes = 4 + 2.2 * numpy.sqrt(network.degrees())
    boxes = node_boxes(sizes, [""] * len(sizes), font=13.0)
    sources, targets = network.pairs[:, 0], network.pairs[:, 1]
    with _timed():
        layout(len(sizes), sources, targets, boxes, engine="igraph")
    return {"nodes": len(network.nodes)}


@task
def positions_networkx(folder: str) -> Report:
    """Lay the same network out with the forces of networkx, from arrays too."""
    import networkx

    network = _network(folder)
    with _timed():
        networkx.forceatlas2_layout(network.to_networkx(), seed=1)
    return {"nodes": len(network.nodes)}


def _network(folder: str) -> Simple:
    """The simple network of a data set, with both libraries at hand."""
    import igraph  # noqa: F401
    import networkx  # noqa: F401

    store = MemoryStore()
    store.load(quads_of(Dataset.find(folder), Ledger()))
    return simple(project(store))


# Page -------------------------------------------------------------------------------------


@task
def page(file: str) -> Report:
    """Write the network page of the real data set as one file."""
    import gzip

    from filiera import open_graph
    from filiera.views.network_page import write_page

    with open_graph() as ecosystem, _timed():
        write_page(ecosystem, file, force=True)
        nodes = ecosystem.network().number_of_nodes()
    raw = Path(file).read_bytes()
    return {"nodes": nodes, "raw": len(raw), "gzip": len(gzip.compress(raw, 6))}


def main() -> None:
    """Run the task that the command line names, and print its report."""
    _, name, *arguments = sys.argv
    result = _TASKS[name](*arguments)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = sum((usage.ru_utime, usage.ru_stime, children.ru_utime, children.ru_stime))
    peak = usage.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
    json.dump({**_clock, "peak": peak, "process": process, "result": result}, sys.stdout)
    sys.stdout.flush()
    # Taking millions of quads apart again is no part of any task.
    os._exit(0)


if __name__ == "__main__":
    main()
