"""The formats in which answers are written, and how much of them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from pyoxigraph import QueryResultsFormat, RdfFormat, Triple, serialize

from filiera.server.messages import Reply
from filiera.server.negotiation import best_media_type
from filiera.vocabulary import PREFIXES

__all__ = [
    "GRAPH_FORMATS",
    "RESULT_FORMATS",
    "ResultBuffer",
    "ResultTooLarge",
    "content_type",
    "none_fits",
    "refused",
    "written_graph",
]

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

TEXT = "text/plain; charset=utf-8"


class ResultTooLarge(Exception):
    """A result has more bytes than it may have."""


class ResultBuffer(io.BytesIO):
    """Takes ``most`` bytes, and then raises `ResultTooLarge`."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: Any) -> int:
        """Take more bytes."""
        if self.tell() + len(data) > self._most:
            raise ResultTooLarge
        return super().write(data)


def content_type(media_type: str) -> str:
    """The ``Content-Type`` of a media type: for a text it names the encoding.

    >>> content_type("text/csv")
    'text/csv; charset=utf-8'
    """
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def written_graph(
    triples: Iterable[Triple],
    accept: str | None,
    buffer: io.BytesIO,
    prefixes: dict[str, str] = PREFIXES,
) -> Reply:
    """Triples in the format that is welcome; 406 when none is."""
    media_type = best_media_type(accept, list(GRAPH_FORMATS))
    if media_type is None:
        return none_fits(GRAPH_FORMATS)
    serialize(triples, buffer, GRAPH_FORMATS[media_type], prefixes=prefixes)
    return Reply(200, content_type(media_type), buffer.getvalue())


def none_fits(offered: Iterable[str]) -> Reply:
    """The refusal when no format on offer is welcome."""
    formats = ", ".join(offered)
    return refused(406, f"None of the formats in the Accept header is on offer here: {formats}.")


def refused(status: int, text: str) -> Reply:
    """A refusal in plain text."""
    return Reply(status, TEXT, f"{text}\n".encode())
