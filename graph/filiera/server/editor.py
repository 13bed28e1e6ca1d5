"""The SPARQL page at ``/editor``: its document, its parts, and what it offers to whoever writes.

The page itself holds no logic of the server: it asks ``/sparql`` and ``/names`` as everybody may.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from filiera.languages import LANGUAGES
from filiera.server.jobs import editor_job
from filiera.server.messages import Job, Reply
from filiera.server.pages import File
from filiera.views import built_page
from filiera.views.editor_page import EditorAddresses, render_editor
from filiera.views.page_template import served_policy

__all__ = ["EditorPages"]

_MEDIA = {"js": "text/javascript", "css": "text/css"}


class EditorPages:
    """Answers requests for the SPARQL page.

    ``run`` does a job for a request in a worker; ``language_of`` says in which language a
    request is answered; ``title`` is that of the data set. ``assets`` are the scripts and the
    style of the page, by file name, to be served below ``/assets/``.
    """

    def __init__(
        self,
        run: Callable[[Request, Job], Awaitable[Reply]],
        language_of: Callable[[Request], str],
        title: Mapping[str, str],
    ) -> None:
        self._run, self._language_of = run, language_of
        self._terms: File | None = None
        self.assets: dict[str, File] = {}
        addresses = [self._asset(part) for part in built_page.EDITOR]
        script, style, network = (f"assets/{name}" for name in addresses)
        self._pages = {
            lang: File.of(
                render_editor(
                    title,
                    lang=lang,
                    addresses=EditorAddresses(script, style, network, "editor/terms.json"),
                ).encode(),
                "text/html",
                cache_control="no-cache",
                vary="Accept-Encoding, Accept-Language",
                content_security_policy=served_policy(),
            )
            for lang in LANGUAGES
        }

    def routes(self) -> list[Route]:
        """The addresses that it answers."""
        return [Route("/editor", self.page), Route("/editor/terms.json", self.terms)]

    async def page(self, request: Request) -> Response:
        """The document, in the language of ``?lang=``, else of the browser, else of the graph."""
        return self._pages[self._language_of(request)].response(request)

    async def terms(self, request: Request) -> Response:
        """Prefixes, terms and examples in both languages, as JSON; made once."""
        if self._terms is None:
            reply = await self._run(request, editor_job())
            self._terms = File.of(reply.body, "application/json", cache_control="no-cache")
        return self._terms.response(request)

    def forget(self) -> None:
        """Make anew what it offers: the graph has changed."""
        self._terms = None

    def _asset(self, part: str) -> str:
        stem, _, ending = part.partition(".")
        content = built_page.editor(part)
        name = built_page.asset_name(content, ending, stem)
        self.assets[name] = File.for_good(content, _MEDIA[ending])
        return name
