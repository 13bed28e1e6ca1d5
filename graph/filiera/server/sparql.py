"""One SPARQL query against a store, answered in the format the client likes best.

This runs in a worker: it may be killed at any moment, and need not fear a runaway query.
"""

from __future__ import annotations

import contextlib
import re
import resource
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples

from filiera.errors import QueryError, StoreError
from filiera.server.formats import (
    GRAPH_FORMATS,
    RESULT_FORMATS,
    ResultBuffer,
    ResultTooLarge,
    content_type,
    none_fits,
    refused,
    written_graph,
)
from filiera.server.limits import Limits
from filiera.server.messages import Reply
from filiera.server.negotiation import best_media_type
from filiera.store import DiskStore, MemoryStore, Solutions, Store
from filiera.store.keywords import calls_a_service, keywords
from filiera.store.malformed import parser_words
from filiera.vocabulary import PREFIXES

__all__ = ["GRAPH_FORMATS", "RESULT_FORMATS", "SparqlRequest", "answer", "malformed", "sealed"]

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


def answer(
    store: Store,
    request: SparqlRequest,
    limits: Limits,
    base: str | None = None,
    *,
    writable: bool = False,
) -> Reply:
    """Run the query and write its result; relative IRIs in it start from ``base``.

    The status of the reply is 200; 400 when the query is malformed, with line and column, or is
    an update where the server is ``writable``; 403 when it would change or leave the store; 406
    when no welcome format fits. Raises `LimitReached` when the result is larger than
    ``limits.result_mb``.
    """
    if not request.query.strip():
        return refused(400, "The query is empty. Write a SELECT, ASK, CONSTRUCT or DESCRIBE.")
    if calls_a_service(request.query):
        return refused(
            403, "SERVICE is not allowed: queries are answered from this graph only. Leave it out."
        )
    result = ResultBuffer(limits.result_mb * 2**20)
    try:
        if not isinstance(store, MemoryStore):
            return _write(_asked_afar(store, request, base), request.accept, result)
        dataset = _dataset(request)
        # A store on disk opens files of its own while it reads.
        closed = contextlib.nullcontext() if isinstance(store, DiskStore) else sealed()
        with closed:
            found = store.oxigraph.query(request.query, base_iri=base, prefixes=PREFIXES, **dataset)
            return _write(found, request.accept, result)
    except StoreError as error:
        return refused(502, error.message)
    except SyntaxError as error:
        update = _UPDATE.match(keywords(request.query))
        if update and writable:
            return refused(
                400,
                f"{update[1].upper()} is an update, no query. Send it as the parameter 'update' of "
                "a form, or as application/sparql-update.",
            )
        if update:
            return refused(
                403,
                f"{update[1].upper()} is not allowed: this endpoint is read-only. "
                "It takes SELECT, ASK, CONSTRUCT and DESCRIBE.",
            )
        return refused(400, malformed(request.query, str(error)))
    except ValueError as error:
        return refused(400, f"The query cannot be run: {error}")
    except ResultTooLarge:
        raise limits.reached("result_mb") from None


def _asked_afar(store: Store, request: SparqlRequest, base: str | None) -> Solutions:
    """What a store on a server answers; raises as the embedded engine does."""
    try:
        return store.query(
            request.query,
            default_graphs=request.default_graphs,
            named_graphs=request.named_graphs,
            base=base,
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
    found: QuerySolutions | QueryBoolean | QueryTriples, accept: str | None, result: ResultBuffer
) -> Reply:
    if isinstance(found, QueryTriples):
        return written_graph(found, accept, result)
    media_type = best_media_type(accept, list(RESULT_FORMATS))
    if media_type is None:
        return none_fits(RESULT_FORMATS)
    found.serialize(result, RESULT_FORMATS[media_type])
    return Reply(200, content_type(media_type), result.getvalue())


def malformed(query: str, message: str, what: str = "query") -> str:
    """The parser's message with the place shown."""
    line, column, expected = parser_words(message)
    hint = f": {expected}" if expected else ""
    lines = query.splitlines()
    shown = lines[line - 1] if line <= len(lines) else ""
    first = max(0, column - 61)
    return (
        f"The {what} is malformed at line {line}, column {column}{hint}.\n\n"
        f"{shown[first : first + 100]}\n{' ' * (column - 1 - first)}^"
    )


@contextlib.contextmanager
def sealed() -> Iterator[None]:
    """While this holds, no file and no connection can be opened, whatever the engine tries."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
