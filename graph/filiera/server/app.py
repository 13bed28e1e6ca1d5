"""The web application: which address answers what."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from filiera.answers.forms import FORMS
from filiera.ecosystem import Ecosystem
from filiera.languages import LANGUAGES, best
from filiera.network.projection import node_count
from filiera.offered import ANSWERS
from filiera.server.cards import CardPages
from filiera.server.editor import EditorPages
from filiera.server.jobs import Jobs, answer_job, ask_job, names_job, page_job, sparql_job
from filiera.server.limits import Limits
from filiera.server.negotiation import preferred_language
from filiera.server.pages import File, assets, documents, found, making
from filiera.server.protocol import sparql_request
from filiera.server.sharing import SharedStore
from filiera.server.workers import Job, LimitReached, Reply, WorkerFailed, Workers

__all__ = ["create_app"]

_PATIENCE = 0.3
"""Seconds after which a visitor of a large map is told that it is being made."""

LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")

_log = logging.getLogger(__name__)

_HEADERS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def create_app(
    ecosystem: Ecosystem, *, host: str = "127.0.0.1", limits: Limits | None = None
) -> Starlette:
    """The application that serves ``ecosystem``, read-only.

    It forks this process for its workers, so make it before threads and the event loop; its
    shutdown ends them. At a loopback ``host`` it answers to the names of this machine only, so
    that no page of another host reaches it through a name of its own. Without ``limits`` the
    environment sets them.
    """
    limits = limits or Limits.from_environment()
    ecosystem.names  # noqa: B018 - read once here, shared by all workers
    server = _Server(ecosystem, limits)
    hosts = list(LOOPBACK) if host in LOOPBACK else ["*"]
    app = Starlette(
        routes=[
            Route("/", server.page),
            Route("/assets/{name}", server.asset),
            Route("/data/{name}", server.data),
            Route("/sparql", server.sparql, methods=["GET", "POST"]),
            Route("/ask", server.questions),
            Route("/ask/{question}", server.ask),
            Route("/names", server.names),
            Route("/answers", server.answers),
            Route("/answers/{name}", server.answer),
            Route("/health", server.health),
            *server.cards.routes(),
            *server.editor.routes(),
        ],
        middleware=[
            Middleware(_SecurityHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False),
        ],
        exception_handlers={
            HTTPException: _refused,
            LimitReached: _limit_reached,
            WorkerFailed: _worker_failed,
        },
        lifespan=server.lifespan,
    )
    app.state.server = server
    return app


class _Server:
    """The answers of one application."""

    def __init__(self, ecosystem: Ecosystem, limits: Limits) -> None:
        self._ecosystem = ecosystem
        self._limits = limits
        self._large = node_count(ecosystem.store) > limits.map_things
        self._made: asyncio.Task[tuple[dict[str, File], dict[str, File]]] | None = None
        self.cards = CardPages(self._done, self._language)
        self.editor = EditorPages(self._done, self._language, ecosystem.dataset.title)
        self._assets = assets() | self.editor.assets
        self._shared = SharedStore(ecosystem)
        jobs = Jobs(ecosystem, self._shared.store, limits)
        self.workers = Workers(jobs, limits, prepare=self._shared.open)
        self._shared.open()

    @contextlib.asynccontextmanager
    async def lifespan(self, app: Starlette) -> AsyncIterator[None]:
        """Make the page while nobody waits for it yet; end the workers at the end."""
        self._pages()
        try:
            yield
        finally:
            if self._made:
                self._made.cancel()
            self.close()

    def close(self) -> None:
        """End the workers, and let others have the store."""
        self.workers.close()
        self._shared.close()

    async def page(self, request: Request) -> Response:
        """The map, in the language of ``?lang=``, else of the browser, else of the graph."""
        lang = self._language(request)
        if self._large:  # nobody shall look at an empty window for as long as that takes
            work = self._made or self._pages()
            await asyncio.wait([work], timeout=_PATIENCE)
            if not work.done():
                return making(self._ecosystem.dataset.title, lang, failed=False)
            if error := work.exception():
                _log.error("The map could not be made: %s", getattr(error, "details", error))
                self._made = None  # begun anew when somebody asks again
                return making(self._ecosystem.dataset.title, lang, failed=True)
        pages, _ = await asyncio.shield(self._pages())
        return pages[lang].response(request)

    async def asset(self, request: Request) -> Response:
        """A script or a style of the map or of the SPARQL page."""
        return found(self._assets, request.path_params["name"], request)

    async def data(self, request: Request) -> Response:
        """The data of the map."""
        _, data = await asyncio.shield(self._pages())
        return found(data, request.path_params["name"], request)

    async def sparql(self, request: Request) -> Response:
        """The query side of the SPARQL 1.1 Protocol."""
        job = sparql_job(await sparql_request(request, self._limits))
        return await self._worked(request, job, {"vary": "Accept"})

    async def questions(self, request: Request) -> Response:
        """The catalogue: each question with its parameters."""
        lang = self._language(request)
        return JSONResponse(
            [
                {
                    "question": question.name,
                    "title": best(question.title, lang),
                    "description": best(question.description, lang),
                    "topic": question.topic,
                    "drawing": question.drawing,
                    "parameters": [
                        {
                            "name": parameter.name,
                            "type": parameter.type,
                            "label": best(parameter.label, lang),
                            "default": parameter.default,
                            "example": parameter.example,
                            "required": parameter.required,
                        }
                        for parameter in question.parameters
                    ],
                }
                for question in self._ecosystem.questions()
            ],
            headers={"vary": "Accept-Language"},
        )

    async def ask(self, request: Request) -> Response:
        """A question of the catalogue: its columns and rows."""
        parameters = {k: v for k, v in request.query_params.items() if k != "lang"}
        job = ask_job(request.path_params["question"], self._language(request), parameters)
        return await self._worked(request, job, {"vary": "Accept-Language"})

    async def names(self, request: Request) -> Response:
        """What a name that somebody types may mean: things of a kind, with their ids."""
        typed, kind = (request.query_params.get(key, "") for key in ("q", "type"))
        job = names_job(typed, kind or "thing", self._language(request))
        return await self._worked(request, job, {"vary": "Accept-Language"})

    async def answers(self, request: Request) -> Response:
        """The answers that are offered: each with its parameters and an example of them."""
        lang = self._language(request)
        return JSONResponse(
            [
                {
                    "answer": name,
                    "title": offered.title(lang),
                    "description": FORMS[name].about(lang) if name in FORMS else "",
                    "parameters": [
                        {
                            "name": key,
                            **_told_field(name, key, lang),
                            "example": example,
                            "required": key in offered.needed,
                        }
                        for key, example in offered.parameters.items()
                    ],
                }
                for name, offered in ANSWERS.items()
            ],
            headers={"vary": "Accept-Language"},
        )

    async def answer(self, request: Request) -> Response:
        """One of the offered answers, with the evidence of each statement."""
        parameters = {k: v for k, v in request.query_params.items() if k != "lang"}
        job = answer_job(request.path_params["name"], self._language(request), parameters)
        return await self._worked(request, job, {"vary": "Accept-Language"})

    async def health(self, request: Request) -> Response:
        """Whether queries can be answered."""
        alive = self.workers.is_alive()
        return JSONResponse(
            {
                "status": "ok" if alive else "the process that answers queries has ended",
                "dataset": self._ecosystem.dataset.id,
                "quads": self._shared.quads,
            },
            status_code=200 if alive else 503,
        )

    def _language(self, request: Request) -> str:
        asked = request.query_params.get("lang")
        if asked is not None and asked not in LANGUAGES:
            raise HTTPException(400, f"There is no language {asked!r}; lang takes it or en.")
        accepted = preferred_language(request.headers.get("accept-language"), LANGUAGES)
        return asked or accepted or self._ecosystem.lang

    def _pages(self) -> asyncio.Task[tuple[dict[str, File], dict[str, File]]]:
        """The work on the pages and their data: begun once, and again when it failed."""
        task = self._made
        if task is None or (task.done() and (task.cancelled() or task.exception() is not None)):
            task = self._made = asyncio.create_task(self._make_pages())
        return task

    async def _make_pages(self) -> tuple[dict[str, File], dict[str, File]]:
        reply = await self.workers.run(page_job(), limited=False)
        return await asyncio.to_thread(documents, reply.body)

    async def _worked(self, request: Request, job: Job, headers: dict[str, str]) -> Response:
        reply = await self._done(request, job)
        return Response(reply.body, reply.status, headers, reply.media_type)

    async def _done(self, request: Request, job: Job) -> Reply:
        return await _while_wanted(request, self.workers.run(job))


def _told_field(answer: str, parameter: str, lang: str) -> dict[str, str]:
    """Label and type of a parameter of an analysis; its name and text where no form tells."""
    field = FORMS[answer].fields.get(parameter) if answer in FORMS else None
    if field is None:
        return {"label": parameter, "type": "text"}
    return {"label": field.label(lang), "type": field.type}


async def _while_wanted(request: Request, work: Awaitable[Reply]) -> Reply:
    """Wait for the work, and give it up when the client goes away."""
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait([working, leaving], return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise HTTPException(499, "The client went away.")
        return working.result()
    finally:
        working.cancel()
        leaving.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return PlainTextResponse(f"{error.detail}\n", error.status_code, error.headers)


def _limit_reached(request: Request, error: Exception) -> Response:
    assert isinstance(error, LimitReached)
    return PlainTextResponse(f"{error}\n", error.status)


def _worker_failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, WorkerFailed)
    _log.error("%s %s: %s", request.method, request.url.path, error.details)
    return PlainTextResponse(f"{error}\n", 500)


class _SecurityHeaders:
    """Adds the headers that every answer has, unless the answer sets its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)
