"""The web application: which address answers what."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from filiera.answers.forms import FORMS
from filiera.ecosystem import Ecosystem
from filiera.errors import UsageError
from filiera.languages import LANGUAGES, best
from filiera.network.projection import node_count
from filiera.offered import ANSWERS
from filiera.server.cards import CardPages
from filiera.server.changing import Changes
from filiera.server.endpoint import Endpoint
from filiera.server.jobs import Jobs, answer_job, ask_job, names_job, page_job
from filiera.server.lanes import Turn
from filiera.server.limits import LimitReached, Limits
from filiera.server.messages import Job, Reply
from filiera.server.negotiation import preferred_language
from filiera.server.pages import File, assets, documents, found, making
from filiera.server.sharing import SharedStore
from filiera.server.workers import WorkerFailed, Workers
from filiera.server.write_access import WriteAccess
from filiera.server.writer import Writer
from filiera.store import MemoryStore

__all__ = ["create_app"]

_PATIENCE = 0.3
"""Seconds after which a visitor of a large map is told that it is being made."""

LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")

_WRONG_METHOD = 405

_log = logging.getLogger(__name__)


def create_app(
    ecosystem: Ecosystem,
    *,
    host: str = "127.0.0.1",
    limits: Limits | None = None,
    writing: WriteAccess | None = None,
) -> Starlette:
    """The application that serves ``ecosystem``, read-only unless ``writing`` has a token.

    It forks this process for its workers, so make it before threads and the event loop; its
    shutdown ends them. At a loopback ``host`` it answers to the names of this machine only, so
    that no page of another host reaches it through a name of its own. Without ``limits`` the
    environment sets them. Raises `UsageError` when the store cannot be written to from here.
    """
    limits = limits or Limits.from_environment()
    writing = writing or WriteAccess()
    if writing.writable and not isinstance(ecosystem.store, MemoryStore):
        raise UsageError(
            "--writable is for a graph in memory or in a folder; write to the server that holds "
            "this one at its own address."
        )
    ecosystem.names  # noqa: B018 - read once here, shared by all workers
    server = _Server(ecosystem, limits, writing)
    hosts = list(LOOPBACK) if host in LOOPBACK else ["*"]
    app = Starlette(
        routes=[
            Route("/", server.page),
            Route("/assets/{name}", server.asset),
            Route("/data/{name}", server.data),
            Route("/ask", server.questions),
            Route("/ask/{question}", server.ask),
            Route("/names", server.names),
            Route("/answers", server.answers),
            Route("/answers/{name}", server.answer),
            Route("/health", server.health),
            *server.endpoint.routes(),
            *server.cards.routes(),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False),
        ],
        exception_handlers={
            HTTPException: _refused,
            LimitReached: _limit_reached,
            WorkerFailed: _worker_failed,
            Exception: _failed,
        },
        lifespan=server.lifespan,
    )
    app.state.server = server
    return app


class _Server:
    """The answers of one application."""

    def __init__(self, ecosystem: Ecosystem, limits: Limits, writing: WriteAccess) -> None:
        self._ecosystem = ecosystem
        self._limits = limits
        self._assets = assets()
        self._large = node_count(ecosystem.store) > limits.map_things
        self._made: asyncio.Task[tuple[dict[str, File], dict[str, File]]] | None = None
        self._making: set[asyncio.Task[tuple[dict[str, File], dict[str, File]]]] = set()
        self.cards = CardPages(self._done, self._language)
        self._shared = SharedStore(ecosystem)
        jobs = Jobs(ecosystem, self._shared.store, limits, writable=writing.writable)
        self.workers = Workers(
            jobs,
            limits,
            prepare=self._shared.open,
            change=Changes(ecosystem, self._shared),
            settled=self._shared.tidy,
        )
        self._shared.open()
        writer = Writer(self.workers, self._shared, ecosystem.dataset, limits, self._changed)
        self.endpoint = Endpoint(self._done, writer.write, limits, writing)

    @contextlib.asynccontextmanager
    async def lifespan(self, app: Starlette) -> AsyncIterator[None]:
        """Make the page while nobody waits for it yet; end the workers at the end."""
        self._pages()
        try:
            yield
        finally:
            for task in self._making:
                task.cancel()
            self.close()

    def close(self) -> None:
        """End the workers, and let others have the store."""
        self.workers.close()
        self._shared.tidy()
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
        """The script or the style of the map."""
        return found(self._assets, request.path_params["name"], request)

    async def data(self, request: Request) -> Response:
        """The data of the map."""
        _, data = await asyncio.shield(self._pages())
        return found(data, request.path_params["name"], request)

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
            self._making.add(task)
            task.add_done_callback(self._page_made)
        return task

    def _page_made(self, task: asyncio.Task[tuple[dict[str, File], dict[str, File]]]) -> None:
        self._making.discard(task)
        if not task.cancelled():
            task.exception()  # taken here, as after a write nobody may wait for it any more

    async def _make_pages(self) -> tuple[dict[str, File], dict[str, File]]:
        reply = await self.workers.run(page_job(), limited=False)
        return await asyncio.to_thread(documents, reply.body)

    def _changed(self, quads: int, things: int) -> None:
        """Forget what was made of the graph as it was before a write.

        The store of this process is that one for good: only workers see what was written.
        """
        self._shared.quads = quads
        self._large = things > self._limits.map_things
        self._made = None  # whoever waits for it asked before the write
        self.cards.forget()

    async def _worked(self, request: Request, job: Job, headers: dict[str, str]) -> Response:
        reply = await self._done(request, job)
        return Response(reply.body, reply.status, headers, reply.media_type)

    async def _done(self, request: Request, job: Job) -> Reply:
        turn = request.scope.setdefault("filiera.turn", Turn())
        return await _while_wanted(request, self.workers.run(job, turn))


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


# What answers an error is a coroutine, for a plain function would cost a thread.


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    text = error.detail
    if error.status_code == _WRONG_METHOD and "Allow" in headers:
        headers["Allow"] = ", ".join(sorted(headers["Allow"].split(", ")))
        text = f"This address takes {headers['Allow']}, not {request.method}."
    return PlainTextResponse(f"{text}\n", error.status_code, headers)


async def _limit_reached(request: Request, error: Exception) -> Response:
    assert isinstance(error, LimitReached)
    request.scope.setdefault("filiera.turn", Turn()).limit = error.limit
    return PlainTextResponse(f"{error}\n", error.status)


async def _worker_failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, WorkerFailed)
    _log.error("%s %s: %s", request.method, request.url.path, error.details)
    return PlainTextResponse(f"{error}\n", 500)


async def _failed(request: Request, error: Exception) -> Response:
    return PlainTextResponse("The server failed here; its log says why.\n", 500)
