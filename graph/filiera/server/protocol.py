"""The query side of the SPARQL 1.1 Protocol: from an HTTP request to a SPARQL request."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from filiera.server.limits import Limits
from filiera.server.sparql import SparqlRequest

__all__ = ["sparql_request"]

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"

_READ_ONLY = "This endpoint is read-only: it takes queries, no updates."


async def sparql_request(request: Request, limits: Limits) -> SparqlRequest:
    """The query, the dataset and the welcome formats that an HTTP request holds.

    Raises `HTTPException` with status 400 (no query, two queries, not UTF-8), 403 (an update)
    or 415 (a POST of another media type), and `LimitReached` for a query longer than
    ``limits.query_kb`` or more parameters than ``limits.parameters``.
    """
    in_address = _parameters(request.scope["query_string"], limits)
    if request.method != "POST":
        return _checked(_query(in_address), in_address, request, limits)
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    match content_type:
        case "application/x-www-form-urlencoded":
            # In a form every byte may be written as three characters.
            body = await _body(request, limits, longest=3 * _most(limits))
            parameters = _parameters(body, limits)
            return _checked(_query(parameters), parameters, request, limits)
        case "application/sparql-query":
            body = await _body(request, limits, longest=_most(limits))
            return _checked(_decoded(body), in_address, request, limits)
        case "application/sparql-update":
            raise HTTPException(403, _READ_ONLY)
        case other:
            raise HTTPException(
                415,
                f"A query comes as {QUERY} or {FORM}, not as {other or 'a body without a type'}.",
                {"Accept-Post": f"{QUERY}, {FORM}"},
            )


def _most(limits: Limits) -> int:
    return limits.query_kb * 1024


async def _body(request: Request, limits: Limits, *, longest: int) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > longest:
            raise limits.reached("query_kb")
    return bytes(body)


def _decoded(text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise HTTPException(
            400, f"The query is not UTF-8: byte {error.start + 1} cannot be read."
        ) from None


def _parameters(encoded: bytes, limits: Limits) -> list[tuple[str, str]]:
    if encoded.count(b"&") >= limits.parameters:
        raise limits.reached("parameters")
    try:
        return parse_qsl(encoded.decode(), keep_blank_values=True, errors="strict")
    except ValueError:
        raise HTTPException(400, "The parameters are not UTF-8.") from None


def _query(parameters: list[tuple[str, str]]) -> str:
    if any(name == "update" for name, _ in parameters):
        raise HTTPException(403, _READ_ONLY)
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) != 1:
        raise HTTPException(
            400,
            f"Give one parameter 'query' with a SPARQL query; {len(queries) or 'none'} came.",
        )
    return queries[0]


def _checked(
    query: str, parameters: list[tuple[str, str]], request: Request, limits: Limits
) -> SparqlRequest:
    if len(query.encode()) > _most(limits):
        raise limits.reached("query_kb")
    return SparqlRequest(
        query=query,
        accept=", ".join(request.headers.getlist("accept")) or None,
        default_graphs=tuple(v for name, v in parameters if name == "default-graph-uri"),
        named_graphs=tuple(v for name, v in parameters if name == "named-graph-uri"),
    )
