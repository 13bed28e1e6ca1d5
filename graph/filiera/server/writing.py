"""Changing a store: an update or a graph, and all that has to follow.

This runs in a process that holds a copy of the store and is thrown away when anything goes
wrong: so what is written is written whole, or not at all.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode
from pyoxigraph import Store as Oxigraph

from filiera.build.following import StillStated, follow
from filiera.facts.dataset import Dataset
from filiera.server.formats import refused
from filiera.server.graphs import READABLE, GraphRequest
from filiera.server.messages import Reply
from filiera.server.protocol import UpdateRequest
from filiera.server.sparql import malformed, sealed
from filiera.store import DiskStore, MemoryStore
from filiera.store.keywords import calls_a_service
from filiera.store.updates import empties, loads, with_dataset
from filiera.vocabulary import DERIVED, PREFIXES

__all__ = ["done", "write"]

_OUTSIDE = (
    "is not allowed: nothing is read from other addresses or files. Send the triples themselves, "
    "as INSERT DATA or to /graphs."
)


def done(reply: Reply) -> bool:
    """Whether the store was changed; else it is to be thrown away."""
    return reply.status in (201, 204)


def write(store: MemoryStore, dataset: Dataset, job: Mapping[str, Any]) -> Reply:
    """Do what a job says to the store.

    The status of the reply is 201 (a new graph) or 204 when it was done; 400 when what came is
    malformed; 403 when it would reach outside; 404 when there is no such graph; 409 when it
    contradicts what the store holds.
    """
    before = store.quads()
    if job["kind"] == "update" and empties(job["update"]):
        before = iter(())
    # A store on disk opens files of its own while it writes.
    closed = contextlib.nullcontext() if isinstance(store, DiskStore) else sealed()
    try:
        with closed:
            if job["kind"] == "update":
                reply = _update(store, UpdateRequest.from_job(job), dataset.id_base)
            else:
                reply = _put(store, GraphRequest.from_job(job), dataset.id_base)
        if done(reply):
            follow(store, dataset, before)
    except StillStated as error:
        return refused(409, error.message)
    return reply


def _update(store: MemoryStore, request: UpdateRequest, base: str) -> Reply:
    update = request.update
    if not update.strip():
        return refused(400, "The update is empty. Write INSERT DATA, DELETE … WHERE, or another.")
    if calls_a_service(update):
        return refused(403, f"SERVICE {_OUTSIDE}")
    if loads(update):
        return refused(403, f"LOAD {_OUTSIDE}")
    try:
        using, named = (
            [NamedNode(iri).value for iri in iris]
            for iris in (request.using_graphs, request.using_named_graphs)
        )
    except ValueError as error:
        return refused(400, f"The update cannot be run: {error}")
    try:
        if using or named:  # shows where the text breaks as it came, before USING is added
            with contextlib.suppress(RuntimeError):
                Oxigraph().update(update, base_iri=base, prefixes=PREFIXES)
            update = with_dataset(update, using, named)
        store.oxigraph.update(update, base_iri=base, prefixes=PREFIXES)
    except SyntaxError as error:
        return refused(400, malformed(update, str(error), "update"))
    except ValueError as error:
        return refused(
            400,
            f"The update says {error} and the request names its graphs by using-graph-uri or "
            "using-named-graph-uri. Leave one of the two out.",
        )
    except RuntimeError as error:
        return refused(409, f"The update cannot be run: {error}.")
    except OSError as error:
        return refused(403, f"The update {_OUTSIDE} ({error})")
    return Reply(204, "", b"")


def _put(store: MemoryStore, request: GraphRequest, base: str) -> Reply:
    graph, oxigraph = request.name(), store.oxigraph
    if request.graph == DERIVED:
        return refused(
            409,
            f"The {request.words()} holds what the rules conclude, and is made anew after each "
            "write. Change what the sources state instead.",
        )
    known = isinstance(graph, DefaultGraph) or oxigraph.contains_named_graph(graph)
    if request.method == "DELETE" and not known:
        return refused(404, f"There is no {request.words()} here.")
    if request.method in ("PUT", "DELETE"):
        oxigraph.clear_graph(graph)
    if request.method == "DELETE":
        if isinstance(graph, NamedNode):
            oxigraph.remove_graph(graph)
        return Reply(204, "", b"")
    try:
        oxigraph.add_graph(graph)
        oxigraph.load(
            input=request.content.encode(),
            format=READABLE[request.media_type],
            base_iri=request.graph or base,
            to_graph=graph,
        )
    except SyntaxError as error:
        return refused(400, f"The graph that came is malformed: {error}")
    return Reply(204 if known else 201, "", b"")
