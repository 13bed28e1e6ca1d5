"""The SPARQL 1.1 Graph Store HTTP Protocol: a graph is read, replaced, added to or deleted.

The graph is named by ``?graph=`` or is ``?default``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat
from starlette.exceptions import HTTPException
from starlette.requests import Request

from filiera.server.formats import (
    GRAPH_FORMATS,
    ResultBuffer,
    ResultTooLarge,
    refused,
    written_graph,
)
from filiera.server.limits import Limits
from filiera.server.messages import Reply
from filiera.server.protocol import (
    body_of,
    decoded,
    media_type_of,
    parameters_of,
    values_of,
)
from filiera.server.write_access import WriteAccess
from filiera.store import MemoryStore, Store

__all__ = ["READABLE", "GraphRequest", "graph_request", "read_graph"]

READABLE: dict[str, RdfFormat] = {
    name: syntax
    for name, syntax in GRAPH_FORMATS.items()
    if name not in ("text/plain", "application/xml", "application/json")
}
"""Media types in which a graph may come."""


@dataclass(frozen=True)
class GraphRequest:
    """What is to be done with a graph; ``graph`` is its IRI, or empty for the default graph."""

    method: str
    graph: str
    accept: str | None = None
    media_type: str = ""
    content: str = ""

    @classmethod
    def from_job(cls, job: Mapping[str, Any]) -> GraphRequest:
        """The request that a job holds."""
        return cls(job["method"], job["graph"], job["accept"], job["media_type"], job["content"])

    def name(self) -> NamedNode | DefaultGraph:
        """The graph as the engine names it."""
        return NamedNode(self.graph) if self.graph else DefaultGraph()

    def words(self) -> str:
        """The graph as people name it."""
        return f"graph <{self.graph}>" if self.graph else "default graph"


async def graph_request(request: Request, limits: Limits, writing: WriteAccess) -> GraphRequest:
    """What an HTTP request wants with which graph.

    Raises `HTTPException` 400 (no graph, or two), 401 or 403 (a write that ``writing`` does not
    let pass, before its body is read), 415, and `LimitReached` for a body that is too long.
    """
    if request.method not in ("GET", "HEAD"):
        writing.check(request)
    graph = _graph(request, limits)
    accept = ", ".join(request.headers.getlist("accept")) or None
    if request.method in ("GET", "HEAD", "DELETE"):
        return GraphRequest(request.method, graph, accept)
    media_type = media_type_of(request)
    if media_type not in READABLE:
        formats = ", ".join(READABLE)
        raise HTTPException(
            415,
            f"A graph comes as one of {formats}; not as {media_type or 'a body without a type'}.",
            {"Accept-Post": formats},
        )
    body = await body_of(request, limits, "body_mb")
    return GraphRequest(request.method, graph, accept, media_type, decoded(body))


def _graph(request: Request, limits: Limits) -> str:
    parameters = parameters_of(request.scope["query_string"], limits)
    named, default = values_of(parameters, "graph"), values_of(parameters, "default")
    if len(named) + len(default) != 1:
        raise HTTPException(
            400, "Name one graph: ?graph= with its IRI, or ?default for the merge of all."
        )
    if default:
        return ""
    try:
        return NamedNode(named[0]).value
    except ValueError:
        raise HTTPException(
            400, f"{named[0]!r} is no IRI; a graph is named by a whole one."
        ) from None


def read_graph(store: Store, wanted: GraphRequest, limits: Limits) -> Reply:
    """The triples of a graph; 404 when there is none of that name, 406 when no format fits.

    Raises `LimitReached` when it is larger than ``limits.result_mb``.
    """
    graph = wanted.name()
    if isinstance(graph, NamedNode):
        quads = store.graph_quads(graph)
        first = next(quads, None)
        if first is None and not _is_empty_graph(store, graph):
            return refused(404, f"There is no {wanted.words()} here.")
        quads = chain([first] if first else [], quads)
    else:
        quads = store.quads()
    try:
        return written_graph(
            (quad.triple for quad in quads),
            wanted.accept,
            ResultBuffer(limits.result_mb * 2**20),
        )
    except ResultTooLarge:
        raise limits.reached("result_mb") from None


def _is_empty_graph(store: Store, graph: NamedNode) -> bool:
    """Whether the store knows the graph though it holds nothing; not all stores can."""
    return isinstance(store, MemoryStore) and store.oxigraph.contains_named_graph(graph)
