"""Pages for people: of a thing and of a source (``/page/…``), and of the ontology.

``/data/card/….json`` is what the panel of the map tells of a thing, where the map is too large
to hold it. Pages are made in the workers, as answers are.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from filiera.facts.dataset import Dataset
from filiera.server.jobs import card_job, ontology_job, told_job
from filiera.server.kept import KeptFiles, Run
from filiera.server.links import links_of
from filiera.views.addresses import ONTOLOGY_IRI, iri_at
from filiera.views.card_template import card_policy, templates
from filiera.views.ontology_page import ontology_policy

__all__ = ["CardPages"]


_VARY = "Accept-Encoding, Accept-Language"


class CardPages:
    """Answers requests for pages of things, sources and the ontology.

    ``run`` does a job for a request in a worker; ``language_of`` says in which language a
    request is answered. Make it before the workers, who share what it reads.
    """

    def __init__(self, dataset: Dataset, run: Run, language_of: Callable[[Request], str]) -> None:
        self._dataset, self._language_of = dataset, language_of
        self._files = KeptFiles(run)
        templates()
        ontology_policy()

    def forget(self) -> None:
        """Make all pages anew: the graph has changed."""
        self._files.forget()

    def routes(self) -> list[Route]:
        """The addresses that it answers."""
        return [
            Route("/page/ontology", self.ontology),
            Route("/page/id/{path:path}", self.thing),
            Route("/page/graph/{path:path}", self.source),
            Route("/data/card/{path:path}.json", self.told),
        ]

    async def thing(self, request: Request) -> Response:
        """The page of a thing, a place, a person or a fact."""
        return await self._page("id", request)

    async def source(self, request: Request) -> Response:
        """The page of a source: what it is, and what it states."""
        return await self._page("graph", request)

    async def _page(self, space: str, request: Request) -> Response:
        path = request.path_params["path"]
        lang, asked = self._language_of(request), "lang" in request.query_params
        address = f"{space}/{path}"
        query = f"?lang={lang}" if asked else ""
        return await self._files.answer(
            request,
            f"{address}?{lang}&{asked}",
            card_job(space, path, lang, keep_language=asked),
            moved=lambda present: f"/page/{quote(present)}{query}",
            cache_control="no-cache",
            vary=_VARY,
            content_language=lang,
            content_security_policy=card_policy(),
            link=links_of(self._dataset, iri_at(self._dataset, address), "html"),
        )

    async def ontology(self, request: Request) -> Response:
        """The page of the ontology."""
        lang, asked = self._language_of(request), "lang" in request.query_params
        return await self._files.answer(
            request,
            f"ontology?{lang}&{asked}",
            ontology_job(lang, keep_language=asked),
            cache_control="no-cache",
            vary=_VARY,
            content_language=lang,
            content_security_policy=ontology_policy(),
            link=links_of(self._dataset, ONTOLOGY_IRI, "html"),
        )

    async def told(self, request: Request) -> Response:
        """What the panel of the map tells of a thing, in both languages."""
        thing, lang = request.path_params["path"], self._language_of(request)
        return await self._files.answer(
            request, f"told/{thing}", told_job(thing, lang), cache_control="no-cache"
        )
