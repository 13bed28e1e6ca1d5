"""Linked data: what an IRI of the graph answers at its own address, and its data by format.

``/id/…``, ``/graph/…``, ``/concept/…`` and ``/ontology`` are names of things, not of documents,
so they lead on (303) to the page or to the data, by what is asked for. Those have addresses of
their own: ``/page/…`` and ``/rdf/….ttl``. A former id leads to the present one (301).
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from filiera.facts.dataset import Dataset
from filiera.server.cards import CardPages
from filiera.server.jobs import rdf_job, whereabouts_job
from filiera.server.kept import KeptFiles, Run
from filiera.server.links import links_of
from filiera.server.negotiation import best_media_type
from filiera.server.pages import File
from filiera.texts import Text
from filiera.views.addresses import CONTEXT_ADDRESS, data_address, iri_at, page_address
from filiera.views.rdf_context import context_document
from filiera.views.rdf_formats import FORMATS

__all__ = ["LinkedData"]

_OFFERED = {
    "text/html": "html",
    **{form.media_type: ending for ending, form in FORMATS.items()},
    "application/json": "jsonld",
    "text/plain": "nt",
    "application/xml": "rdf",
    "application/xhtml+xml": "html",
}
"""Media types that lead on, the preferred one first, with the ending of what they lead to."""

_OPEN = {"access-control-allow-origin": "*", "access-control-expose-headers": "ETag, Link"}
"""Data may be read by pages of other hosts."""

_NONE_FITS = Text(
    "Nessuno dei formati dell'intestazione Accept è disponibile qui; ci sono {offered}.",
    "None of the formats in the Accept header is on offer here; there are {offered}.",
)
_ENDINGS = Text("I dati finiscono in {endings}.", "Data ends in {endings}.")

_A_DAY = "public, max-age=86400"


class LinkedData:
    """Answers requests for IRIs of the graph and for their data; the pages are `CardPages`.

    Make it before the workers, who share what it reads.
    """

    def __init__(self, dataset: Dataset, run: Run, language_of: Callable[[Request], str]) -> None:
        self._dataset, self._run, self._language_of = dataset, run, language_of
        self._files = KeptFiles(run)
        self._pages = CardPages(dataset, run, language_of)
        self._context = File.of(
            context_document(),
            "application/ld+json",
            cache_control=_A_DAY,
            access_control_allow_origin="*",
        )

    def forget(self) -> None:
        """Make all pages and all data anew: the graph has changed."""
        self._files.forget()
        self._pages.forget()

    def routes(self) -> list[Route]:
        """The addresses that it answers."""
        return [
            Route("/id/{path:path}", self.named),
            Route("/graph/{path:path}", self.named),
            Route("/concept/{path:path}", self.named),
            Route("/ontology", self.named),
            Route("/shapes", self.named),
            Route("/ontology/{path:path}", self.named),
            Route("/rdf/{path:path}", self.data),
            Route(CONTEXT_ADDRESS, self.context),
            *self._pages.routes(),
        ]

    async def named(self, request: Request) -> Response:
        """Lead from the address of an IRI to its page or its data."""
        path, lang = request.scope["path"].removeprefix("/"), self._language_of(request)
        accept = ", ".join(request.headers.getlist("accept"))
        media_type = best_media_type(accept, list(_OFFERED))
        headers = {**_OPEN, "vary": "Accept, Accept-Language", "cache-control": "no-cache"}
        if media_type is None:
            offered = ", ".join(["text/html", *(form.media_type for form in FORMATS.values())])
            raise HTTPException(406, _NONE_FITS(lang).format(offered=offered), headers)
        ending, asked = _OFFERED[media_type], "lang" in request.query_params
        job = whereabouts_job(path, lang, page=ending == "html", keep_language=asked)
        reply = await self._run(request, job)
        if reply.status not in (200, 301):
            return Response(reply.body, reply.status, headers, reply.media_type)
        query = f"?lang={lang}" if asked else ""
        if reply.status == 301:
            headers["location"] = f"/{quote(reply.body.decode())}{query}"
            return Response(status_code=301, headers=headers)
        iri = iri_at(self._dataset, path)
        headers["link"] = links_of(self._dataset, iri)
        headers["location"] = (
            page_address(self._dataset, iri, query)
            if ending == "html"
            else data_address(self._dataset, iri, ending)
        )
        return Response(status_code=303, headers=headers)

    async def data(self, request: Request) -> Response:
        """The data of an IRI in the format that the ending names."""
        path, dot, ending = request.path_params["path"].rpartition(".")
        lang = self._language_of(request)
        if not dot or ending not in FORMATS:
            endings = ", ".join(f".{name}" for name in FORMATS)
            raise HTTPException(404, _ENDINGS(lang).format(endings=endings), _OPEN)
        iri = iri_at(self._dataset, path)
        answer = await self._files.answer(
            request,
            f"{path}.{ending}",
            rdf_job(path, ending, lang),
            moved=lambda present: f"/rdf/{quote(present)}.{ending}",
            cache_control="no-cache",
            link=links_of(self._dataset, iri, ending),
        )
        answer.headers.update(_OPEN)
        return answer

    async def context(self, request: Request) -> Response:
        """The JSON-LD context."""
        return self._context.response(request)
