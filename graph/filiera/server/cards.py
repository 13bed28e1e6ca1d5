"""A page for each thing at its own address: ``/id/…`` for things, ``/graph/…`` for sources.

``/data/card/….json`` is what the panel of the map tells of a thing, where the map is too large
to hold it. Pages are made in the workers, as answers are, and those of late are kept: the graph
changes only by a write, which forgets them; what is said of today changes from day to day.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import date
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from filiera.server.jobs import card_job, told_job
from filiera.server.messages import Job, Reply
from filiera.server.pages import File
from filiera.views.card_template import card_policy, templates

__all__ = ["CardPages"]

_KEPT = 256
_FOUND = 200

_Key: TypeAlias = tuple[str, str, str, bool, date]


class CardPages:
    """Answers requests for the pages of things and sources.

    ``run`` does a job for a request in a worker; ``language_of`` says in which language a
    request is answered. Make it before the workers, who share what it reads.
    """

    def __init__(
        self,
        run: Callable[[Request, Job], Awaitable[Reply]],
        language_of: Callable[[Request], str],
    ) -> None:
        self._run, self._language_of = run, language_of
        self._kept: OrderedDict[_Key, File] = OrderedDict()
        templates()

    def forget(self) -> None:
        """Make all pages anew: the graph has changed. Those on their way are not kept."""
        self._kept = OrderedDict()

    def routes(self) -> list[Route]:
        """The addresses that it answers."""
        return [
            Route("/id/{path:path}", self.thing),
            Route("/graph/{path:path}", self.source),
            Route("/data/card/{path:path}.json", self.told),
        ]

    async def thing(self, request: Request) -> Response:
        """The page of a thing, a place, a person or a fact."""
        return await self._page("id", request)

    async def source(self, request: Request) -> Response:
        """The page of a source: what it is, and what it states."""
        return await self._page("graph", request)

    async def told(self, request: Request) -> Response:
        """What the panel of the map tells of a thing, in both languages."""
        thing = request.path_params["path"]
        key = ("data", thing, "", False, date.today())
        return await self._made(
            request, key, told_job(thing), "application/json", cache_control="no-cache"
        )

    async def _page(self, space: str, request: Request) -> Response:
        path, lang = request.path_params["path"], self._language_of(request)
        asked = "lang" in request.query_params
        return await self._made(
            request,
            (space, path, lang, asked, date.today()),
            card_job(space, path, lang, keep_language=asked),
            "text/html",
            cache_control="no-cache",
            vary="Accept-Encoding, Accept-Language",
            content_security_policy=card_policy(),
        )

    async def _made(
        self, request: Request, key: _Key, job: Job, media_type: str, **headers: str
    ) -> Response:
        kept = self._kept
        known = kept.get(key)
        if known is not None:
            kept.move_to_end(key)
            return known.response(request)
        reply = await self._run(request, job)
        page = File.of(reply.body, media_type, **headers)
        if reply.status != _FOUND:
            return Response(reply.body, reply.status, page.headers, reply.media_type)
        kept[key] = page
        if len(kept) > _KEPT:
            kept.popitem(last=False)
        return page.response(request)
