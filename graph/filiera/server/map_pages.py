"""The map as the server keeps it: made once by a worker, and anew after each write.

A very large network opens on an overview of its communities, which is made first; its whole data
is made after that.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from filiera.server.jobs import overview_job, page_job
from filiera.server.limits import Limits
from filiera.server.pages import File, documents, found, making, waiting_for
from filiera.server.workers import Workers

__all__ = ["MapPages"]

_PATIENCE = 0.3
"""Seconds after which a visitor of a large map is told that it is being made."""

_WHOLE = "map.json"
"""Where the whole data of a map is that opens on an overview."""

_Made = tuple[dict[str, File], dict[str, File]]
"""Pages by language, and their data by file name."""

_log = logging.getLogger(__name__)


class MapPages:
    """Answers requests for the map and its data.

    ``title`` is that of the data set by language, ``things`` the number of nodes of the network,
    and ``language_of`` says in which language a request is answered.
    """

    def __init__(
        self,
        workers: Workers,
        limits: Limits,
        title: Mapping[str, str],
        things: int,
        language_of: Callable[[Request], str],
    ) -> None:
        self._workers, self._limits = workers, limits
        self._title, self._language_of = title, language_of
        self._whole: asyncio.Task[_Made] | None = None
        self._overview: asyncio.Task[_Made] | None = None
        self._running: set[asyncio.Task[_Made]] = set()
        self.forget(things)

    def routes(self) -> list[Route]:
        """The addresses that it answers."""
        return [Route("/", self.page), Route("/data/{name}", self.data)]

    def begin(self) -> None:
        """Make the map while nobody waits for it yet."""
        self._first()

    def cancel(self) -> None:
        """Give up what is being made."""
        for task in self._running:
            task.cancel()

    def forget(self, things: int) -> None:
        """Make all anew: the graph has changed, and its network has so many ``things`` now.

        Whoever waits for what is being made has asked before the change, and gets it.
        """
        self._large = things > self._limits.map_things
        self._folded = self._large and things > self._limits.map_at_once
        self._whole = self._overview = None

    async def page(self, request: Request) -> Response:
        """The map, in the language of ``?lang=``, else of the browser, else of the graph."""
        lang = self._language_of(request)
        work = (self._overview if self._folded else self._whole) or self._first()
        if self._large:  # nobody shall look at an empty window for as long as that takes
            await asyncio.wait([work], timeout=_PATIENCE)
            if not work.done():
                return making(self._title, lang, failed=False)
            if error := work.exception():
                _log.error("The map could not be made: %s", getattr(error, "details", error))
                self._whole = self._overview = None  # begun anew when somebody asks again
                return making(self._title, lang, failed=True)
        pages, _ = await asyncio.shield(self._first())
        return pages[lang].response(request)

    async def data(self, request: Request) -> Response:
        """The data of the map, or of its overview."""
        name = request.path_params["name"]
        if not self._folded:
            _, data = await asyncio.shield(self._all())
            return found(data, name, request)
        _, overview = await asyncio.shield(self._first())
        if name in overview:
            return found(overview, name, request)
        work = self._whole or self._all()
        await asyncio.wait([work], timeout=_PATIENCE)
        if not work.done():
            return waiting_for(name)
        if error := work.exception():
            self._whole = None  # begun anew when somebody asks again
            raise error
        _, data = work.result()
        if name == _WHOLE:  # whatever it is called, so that browsers may keep it for good
            return RedirectResponse(f"./{next(iter(data))}", 307, {"cache-control": "no-store"})
        return found(data, name, request)

    def _first(self) -> asyncio.Task[_Made]:
        """The work on what is sent first: on all, or on the overview."""
        if not self._folded:
            return self._all()
        if self._overview is None or _has_failed(self._overview):
            self._overview = self._start(self._make_overview())
        return self._overview

    def _all(self) -> asyncio.Task[_Made]:
        """The work on the whole map: begun once, and again when it failed."""
        if self._whole is None or _has_failed(self._whole):
            self._whole = self._start(self._make_whole())
        return self._whole

    async def _make_whole(self) -> _Made:
        reply = await self._workers.run(page_job(), limited=False)
        return await asyncio.to_thread(documents, reply.body)

    async def _make_overview(self) -> _Made:
        reply = await self._workers.run(overview_job(), limited=False)
        self._all()  # only now: nobody waits for it as for this
        return await asyncio.to_thread(documents, reply.body, _WHOLE)

    def _start(self, making: Coroutine[None, None, _Made]) -> asyncio.Task[_Made]:
        task = asyncio.create_task(making)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[_Made]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # taken here, as after a write nobody may wait for it any more


def _has_failed(task: asyncio.Task[_Made]) -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)
