"""The addresses for programs: SPARQL, graphs, and what describes them."""

from __future__ import annotations

import os
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from filiera.server.formats import GRAPH_FORMATS
from filiera.server.graphs import graph_request
from filiera.server.jobs import description_job, graph_job, sparql_job, update_job
from filiera.server.limits import Limits
from filiera.server.messages import Job, Reply
from filiera.server.negotiation import best_media_type
from filiera.server.protocol import sparql_request
from filiera.server.sparql import SparqlRequest
from filiera.server.write_access import WriteAccess

__all__ = ["ORIGINS_VARIABLE", "Endpoint", "address_of", "origins"]

ORIGINS_VARIABLE = "FILIERA_CORS_ORIGINS"
_EDITOR = "/editor"
_HOST = re.compile(r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*)|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")

_Run: TypeAlias = Callable[[Request, Job], Awaitable[Reply]]
_Write: TypeAlias = Callable[[Job], Awaitable[Reply]]


class Endpoint:
    """Answers programs: queries, updates, graphs and descriptions.

    ``run`` does a job that reads for a request, ``write`` one that changes the store; without
    a token in ``writing`` no request comes as far as ``write``.
    """

    def __init__(self, run: _Run, write: _Write, limits: Limits, writing: WriteAccess) -> None:
        self._run, self._write = run, write
        self._limits, self._writing = limits, writing

    def routes(self) -> list[Route]:
        """The addresses that it answers."""
        changing = ["PUT", "POST", "DELETE"]
        allowed = changing if self._writing.writable else []
        return [
            _route("/sparql", self.sparql, ["GET", "HEAD", "POST"]),
            # Unlike other methods, those that write are told why they may not.
            _route("/graphs", self.graphs, ["GET", "HEAD", *allowed], changing),
            _route("/.well-known/void", self.void, ["GET", "HEAD"]),
        ]

    async def sparql(self, request: Request) -> Response:
        """The SPARQL 1.1 Protocol; without parameters, what the service is."""
        if request.method == "OPTIONS":
            return _options(request)
        if request.method != "POST" and not request.scope["query_string"]:
            return await self._described(request, "service", _EDITOR)
        wanted = await sparql_request(request, self._limits, self._writing)
        if isinstance(wanted, SparqlRequest):
            return _answered(await self._run(request, sparql_job(wanted)))
        return _answered(await self._write(update_job(wanted)))

    async def graphs(self, request: Request) -> Response:
        """The SPARQL 1.1 Graph Store HTTP Protocol, with indirect identification."""
        if request.method == "OPTIONS":
            return _options(request)
        wanted = await graph_request(request, self._limits, self._writing)
        job = graph_job(wanted)
        if wanted.method in ("GET", "HEAD"):
            return _answered(await self._run(request, job))
        return _answered(await self._write(job))

    async def void(self, request: Request) -> Response:
        """VoID and DCAT of the data set."""
        if request.method == "OPTIONS":
            return _options(request)
        return await self._described(request, "dataset", "/")

    async def _described(self, request: Request, what: str, page: str) -> Response:
        """A description as RDF; whoever would rather read a page is sent to one."""
        address = address_of(request)
        accept = ", ".join(request.headers.getlist("accept")) or None
        if best_media_type(accept, [*GRAPH_FORMATS, "text/html"]) == "text/html":
            return RedirectResponse(page, 303, {"vary": "Accept"})
        return _answered(await self._run(request, description_job(what, address, accept)))


def origins(environment: Mapping[str, str] | None = None) -> list[str]:
    """Origins whose pages may read here: ``*`` for all, or those of ``FILIERA_CORS_ORIGINS``.

    >>> origins({"FILIERA_CORS_ORIGINS": "https://a.example https://b.example"})
    ['https://a.example', 'https://b.example']
    """
    values = os.environ if environment is None else environment
    named = values.get(ORIGINS_VARIABLE, "*").split()
    return [] if named == ["none"] else named


def address_of(request: Request) -> str:
    """Address of this server as it was asked for, without a slash at the end.

    Raises `HTTPException` 400 when the ``Host`` header is none.
    """
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        raise HTTPException(400, "The Host header names no host.")
    return f"{request.url.scheme}://{host}"


def _route(
    path: str,
    endpoint: Callable[[Request], Awaitable[Response]],
    methods: list[str],
    refused: list[str] | None = None,
) -> Route:
    allowed = origins()
    cors = Middleware(
        CORSMiddleware,
        allow_origins=allowed,
        allow_methods=methods,
        allow_headers=["*"],
        expose_headers=["Allow", "ETag", "Link", "Location", "WWW-Authenticate"],
        max_age=86400,
    )
    taken = {*methods, *(refused or ()), "OPTIONS"}
    return Route(path, endpoint, methods=taken, middleware=[cors] if allowed else [])


def _options(request: Request) -> Response:
    allow = ", ".join(sorted(request.scope["route"].methods))
    return Response(status_code=204, headers={"allow": allow})


def _answered(reply: Reply) -> Response:
    # A reply without a body has no type either.
    return Response(reply.body, reply.status, {"vary": "Accept"}, reply.media_type or None)
