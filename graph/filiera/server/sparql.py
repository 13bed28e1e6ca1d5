"""One SPARQL query against a store, answered in the format the client likes best.

This runs in a worker: it may be killed at any moment, and need not fear a runaway query.
"""

from __future__ import annotations

import contextlib
import io
import re
import resource
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    serialize,
)

from filiera.errors import QueryError, StoreError
from filiera.server.limits import Limits
from filiera.server.negotiation import best_media_type
from filiera.server.workers import Reply
from filiera.store import DiskStore, MemoryStore, Solutions, Store
from filiera.store.keywords import calls_a_service, keywords
from filiera.store.malformed import parser_words
from filiera.vocabulary import PREFIXES

__all__ = ["GRAPH_FORMATS", "RESULT_FORMATS", "SparqlRequest", "answer"]

RESULT_FORMATS: dict[str, QueryResultsFormat] = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
"""Media types of what SELECT and ASK answer, the preferred one first."""

GRAPH_FORMATS: dict[str, RdfFormat] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/json": RdfFormat.JSON_LD,
}
"""Media types of what CONSTRUCT and DESCRIBE answer, the preferred one first."""

_TEXT = "text/plain; charset=utf-8"
_UPDATE = re.compile(
    r"\s*(?:(?:base|prefix|version)\b\s*(?:[^\s<]*:)?\s*<>\s*)*"
    r"(insert|delete|load|clear|create|drop|copy|move|add|with)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class SparqlRequest:
    """A query with the dataset it is asked of and the formats that are welcome.

    Without ``default_graphs`` and ``named_graphs`` the query sees the whole store, or what its
    own FROM clauses say; with either it sees those graphs of the store and no others.
    """

    query: str
    accept: str | None = None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    @classmethod
    def from_job(cls, job: Mapping[str, Any]) -> SparqlRequest:
        """The request that a job holds."""
        return cls(
            job["query"], job["accept"], tuple(job["default_graphs"]), tuple(job["named_graphs"])
        )


def answer(store: Store, request: SparqlRequest, limits: Limits) -> Reply:
    """Run the query and write its result.

    The status of the reply is 200; 400 when the query is malformed, with line and column; 403
    when it would change or leave the store; 406 when no welcome format fits; 503 when the
    result is larger than ``limits.result_mb``.
    """
    if not request.query.strip():
        return _refused(400, "The query is empty. Write a SELECT, ASK, CONSTRUCT or DESCRIBE.")
    if calls_a_service(request.query):
        return _refused(
            403, "SERVICE is not allowed: queries are answered from this graph only. Leave it out."
        )
    result = _ResultBuffer(limits.result_mb * 2**20)
    try:
        if not isinstance(store, MemoryStore):
            return _write(_asked_afar(store, request), request.accept, result)
        dataset = _dataset(request)
        # A store on disk opens files of its own while it reads.
        closed = contextlib.nullcontext() if isinstance(store, DiskStore) else _sealed()
        with closed:
            found = store.oxigraph.query(request.query, prefixes=PREFIXES, **dataset)
            return _write(found, request.accept, result)
    except StoreError as error:
        return _refused(502, error.message)
    except SyntaxError as error:
        update = _UPDATE.match(keywords(request.query))
        if update:
            return _refused(
                403,
                f"{update[1].upper()} is not allowed: this endpoint is read-only. "
                "It takes SELECT, ASK, CONSTRUCT and DESCRIBE.",
            )
        return _refused(400, _malformed(request.query, str(error)))
    except ValueError as error:
        return _refused(400, f"The query cannot be run: {error}")
    except _ResultTooLarge:
        return _refused(
            503,
            f"The result is larger than {limits.result_mb} MiB. Ask for less (LIMIT, fewer "
            f"columns), or raise the setting {Limits.setting('result_mb')}.",
        )


def _asked_afar(store: Store, request: SparqlRequest) -> Solutions:
    """What a store on a server answers; raises as the embedded engine does."""
    try:
        return store.query(
            request.query,
            default_graphs=request.default_graphs,
            named_graphs=request.named_graphs,
        )
    except QueryError as error:
        if isinstance(error.__cause__, SyntaxError):
            raise error.__cause__ from error
        raise ValueError(error.message) from error


def _dataset(request: SparqlRequest) -> dict[str, Any]:
    if not request.default_graphs and not request.named_graphs:
        return {}
    return {
        "default_graph": [NamedNode(iri) for iri in request.default_graphs],
        "named_graphs": [NamedNode(iri) for iri in request.named_graphs],
    }


def _write(
    found: QuerySolutions | QueryBoolean | QueryTriples, accept: str | None, result: _ResultBuffer
) -> Reply:
    offered = list(GRAPH_FORMATS if isinstance(found, QueryTriples) else RESULT_FORMATS)
    media_type = best_media_type(accept, offered)
    if media_type is None:
        return _refused(
            406, f"None of the formats in the Accept header is on offer here: {', '.join(offered)}."
        )
    if isinstance(found, QueryTriples):
        serialize(found, result, GRAPH_FORMATS[media_type], prefixes=PREFIXES)
    else:
        found.serialize(result, RESULT_FORMATS[media_type])
    if media_type.startswith("text/"):
        media_type += "; charset=utf-8"
    return Reply(200, media_type, result.getvalue())


def _refused(status: int, text: str) -> Reply:
    return Reply(status, _TEXT, f"{text}\n".encode())


def _malformed(query: str, message: str) -> str:
    """The parser's message with the place shown."""
    line, column, expected = parser_words(message)
    hint = f": {expected}" if expected else ""
    lines = query.splitlines()
    shown = lines[line - 1] if line <= len(lines) else ""
    first = max(0, column - 61)
    return (
        f"The query is malformed at line {line}, column {column}{hint}.\n\n"
        f"{shown[first : first + 100]}\n{' ' * (column - 1 - first)}^"
    )


class _ResultTooLarge(Exception):
    pass


class _ResultBuffer(io.BytesIO):
    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > self._most:
            raise _ResultTooLarge
        return super().write(data)


@contextlib.contextmanager
def _sealed() -> Iterator[None]:
    """While this holds, no file and no connection can be opened, whatever the engine tries."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
