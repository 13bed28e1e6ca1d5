"""The SPARQL 1.1 Protocol: from an HTTP request to a query or an update."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from filiera.server.limits import Limits
from filiera.server.sparql import SparqlRequest
from filiera.server.write_access import WriteAccess

__all__ = [
    "Parameters",
    "UpdateRequest",
    "body_of",
    "decoded",
    "media_type_of",
    "parameters_of",
    "sparql_request",
    "values_of",
]

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

_UTF8 = ("utf-8", "utf8", "us-ascii")

Parameters: TypeAlias = list[tuple[str, str]]


@dataclass(frozen=True)
class UpdateRequest:
    """An update with the graphs that its WHERE clauses see, where the request names any."""

    update: str
    using_graphs: tuple[str, ...] = ()
    using_named_graphs: tuple[str, ...] = ()

    @classmethod
    def from_job(cls, job: Mapping[str, Any]) -> UpdateRequest:
        """The request that a job holds."""
        return cls(job["update"], tuple(job["using_graphs"]), tuple(job["using_named_graphs"]))


async def sparql_request(
    request: Request, limits: Limits, writing: WriteAccess | None = None
) -> SparqlRequest | UpdateRequest:
    """The query or the update that an HTTP request holds, with its dataset.

    Raises `HTTPException` with status 400 (no query, two queries, not UTF-8), 401 or 403 (an
    update that ``writing`` does not let pass) or 415 (a POST of another media type), and
    `LimitReached` for a text longer than ``limits.query_kb``, an update longer than
    ``limits.body_mb``, or more parameters than ``limits.parameters``. What may not be written is
    refused before its body is read.
    """
    writing = writing or WriteAccess()
    in_address = parameters_of(request.scope["query_string"], limits)
    if request.method != "POST":
        if values_of(in_address, "update"):
            writing.check(request)
            raise HTTPException(400, f"An update comes by POST, as {UPDATE} or {FORM}.")
        return _query(in_address, request, limits)
    media_type = media_type_of(request)
    match media_type:
        case "application/x-www-form-urlencoded":
            # In a form every byte may be written as three characters.
            name = "body_mb" if writing.has_token(request) else "query_kb"
            body = await body_of(request, limits, name, times=1 if name == "body_mb" else 3)
            in_form = parameters_of(body, limits)
            if values_of(in_form, "update") or values_of(in_address, "update"):
                writing.check(request)
                return _update(in_address + in_form)
            return _query(in_address + in_form, request, limits)
        case "application/sparql-query":
            _refuse_in_address(in_address, "query")
            body = await body_of(request, limits, "query_kb")
            return _query([("query", decoded(body)), *in_address], request, limits)
        case "application/sparql-update":
            writing.check(request)
            _refuse_in_address(in_address, "update")
            body = await body_of(request, limits, "body_mb")
            return _update([("update", decoded(body)), *in_address])
    taken = f"{QUERY}, {UPDATE}, {FORM}" if writing.writable else f"{QUERY}, {FORM}"
    raise HTTPException(
        415,
        f"A query comes as {QUERY} or {FORM}"
        + (f", an update as {UPDATE} or {FORM}" if writing.writable else "")
        + f", not as {media_type or 'a body without a type'}.",
        {"Accept-Post": taken},
    )


def media_type_of(request: Request) -> str:
    """The media type of the body; 415 when it says that the body is not UTF-8."""
    media_type, *parameters = request.headers.get("content-type", "").lower().split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip(' "') not in _UTF8:
            raise HTTPException(415, f"The body must be UTF-8, not {value.strip()}.")
    return media_type.strip()


async def body_of(request: Request, limits: Limits, name: str, *, times: int = 1) -> bytes:
    """The body of a request; `LimitReached` when it has more bytes than a limit, ``times`` it."""
    longest = times * (_most(limits) if name == "query_kb" else limits.body_mb * 2**20)
    told = request.headers.get("content-length", "")
    if told.isdigit() and int(told) > longest:
        raise limits.reached(name)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > longest:
            raise limits.reached(name)
    return bytes(body)


def parameters_of(encoded: bytes, limits: Limits) -> Parameters:
    """Names and values of a query string or a form; 400 when they are not UTF-8, or too many."""
    if encoded.count(b"&") >= limits.parameters:
        raise limits.reached("parameters")
    try:
        return parse_qsl(encoded.decode(), keep_blank_values=True, errors="strict")
    except ValueError:
        raise HTTPException(400, "The parameters are not UTF-8.") from None


def _most(limits: Limits) -> int:
    return limits.query_kb * 1024


def decoded(text: bytes) -> str:
    """The text of a body; 400 when it is not UTF-8."""
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise HTTPException(
            400, f"The body is not UTF-8: byte {error.start + 1} cannot be read."
        ) from None


def values_of(parameters: Parameters, name: str) -> tuple[str, ...]:
    """All values of the parameters of one name."""
    return tuple(value for key, value in parameters if key == name)


def _refuse_in_address(parameters: Parameters, body: str) -> None:
    for name in ("query", "update"):
        if values_of(parameters, name):
            raise HTTPException(
                400, f"The body is the {body}; leave the parameter '{name}' out of the address."
            )


def _only(parameters: Parameters, name: str) -> str:
    values = values_of(parameters, name)
    if len(values) != 1:
        article = "an" if name == "update" else "a"
        raise HTTPException(
            400,
            f"Give one parameter '{name}' with {article} SPARQL {name}; "
            f"{len(values) or 'none'} came.",
        )
    return values[0]


def _query(parameters: Parameters, request: Request, limits: Limits) -> SparqlRequest:
    query = _only(parameters, "query")
    if len(query.encode()) > _most(limits):
        raise limits.reached("query_kb")
    return SparqlRequest(
        query=query,
        accept=", ".join(request.headers.getlist("accept")) or None,
        default_graphs=values_of(parameters, "default-graph-uri"),
        named_graphs=values_of(parameters, "named-graph-uri"),
    )


def _update(parameters: Parameters) -> UpdateRequest:
    if values_of(parameters, "query"):
        raise HTTPException(400, "Give either a query or an update, not both.")
    update = _only(parameters, "update")
    return UpdateRequest(
        update,
        values_of(parameters, "using-graph-uri"),
        values_of(parameters, "using-named-graph-uri"),
    )
