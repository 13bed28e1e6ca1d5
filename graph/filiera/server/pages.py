"""The page as it is served: a small document, and the script, style and data that it loads.

Script, style and data have their content's hash in their address, so browsers may keep them for
good; the document, which names them, is asked for anew each time.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from filiera.languages import LANGUAGES
from filiera.views import built_page
from filiera.views.page_template import (
    making_policy,
    render_making,
    render_served,
    served_policy,
)

__all__ = ["File", "assets", "documents", "found", "making", "waiting_for"]

_FOR_GOOD = "public, max-age=31536000, immutable"
_MUCH = 2_000_000
_QUICKLY, _SMALL = 6, 9
"""How hard to compress: many bytes quickly."""


@dataclass(frozen=True)
class File:
    """A file as it goes out: plain and compressed, with a tag that names this content."""

    content: bytes
    gzipped: bytes
    tag: str
    media_type: str
    headers: dict[str, str]

    @classmethod
    def of(cls, content: bytes, media_type: str, **headers: str) -> File:
        """A file with what is worked out from its content; ``headers`` have ``_`` for ``-``."""
        return cls(
            content,
            gzip.compress(content, _QUICKLY if len(content) > _MUCH else _SMALL, mtime=0),
            f'W/"{hashlib.sha256(content).hexdigest()[:32]}"',
            media_type,
            {name.replace("_", "-"): value for name, value in headers.items()},
        )

    @classmethod
    def for_good(cls, content: str, media_type: str) -> File:
        """A file that may be kept for good: the hash of its content is in its address."""
        return cls.of(content.encode(), media_type, cache_control=_FOR_GOOD)

    def response(self, request: Request) -> Response:
        """The file, compressed for whoever can read that; 304 for whoever has it."""
        headers = {"etag": self.tag, "vary": "Accept-Encoding", **self.headers}
        known = [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]
        if self.tag in known or known == ["*"]:
            return Response(status_code=304, headers=headers)
        if not _takes_gzip(request):
            return Response(self.content, headers=headers, media_type=self.media_type)
        headers["content-encoding"] = "gzip"
        return Response(self.gzipped, headers=headers, media_type=self.media_type)


def assets() -> dict[str, File]:
    """Script and style of the page, by file name; raises MissingPart when they are not built."""
    return {
        built_page.asset_name(content, ending): File.for_good(content, media_type)
        for content, ending, media_type in (
            (built_page.script(), "js", "text/javascript"),
            (built_page.style(), "css", "text/css"),
        )
    }


def documents(data: bytes, whole: str | None = None) -> tuple[dict[str, File], dict[str, File]]:
    """Pages by language, and their data by file name, from page data as JSON.

    Where the data is an overview only, ``whole`` is the file name of all of it.
    """
    name = f"{hashlib.sha256(data).hexdigest()[:16]}.json"
    about = json.loads(data)
    script, style = assets()
    pages = {
        lang: File.of(
            render_served(
                about["title"],
                about["subtitle"],
                lang=lang,
                data=f"data/{name}",
                whole=f"data/{whole}" if whole else "",
                script=f"assets/{script}",
                style=f"assets/{style}",
            ).encode(),
            "text/html",
            cache_control="no-cache",
            vary="Accept-Encoding, Accept-Language",
            content_security_policy=served_policy(),
        )
        for lang in LANGUAGES
    }
    return pages, {name: File.of(data, "application/json", cache_control=_FOR_GOOD)}


def waiting_for(name: str) -> Response:
    """Says that data is being made: it may be asked for again in a moment."""
    headers = {"cache-control": "no-store", "retry-after": "2"}
    return Response(f"{name} is being made.\n", 503, headers, "text/plain")


def making(title: Mapping[str, str], lang: str, *, failed: bool) -> Response:
    """The page as long as its data is being made, or after that has ``failed``.

    It asks for itself again; 503, so that nobody takes it for the page.
    """
    style = built_page.asset_name(built_page.style(), "css")
    headers = {
        "cache-control": "no-store",
        "content-security-policy": making_policy(),
        "retry-after": "2",
        "vary": "Accept-Language",
    }
    html = render_making(title, lang=lang, style=f"assets/{style}", failed=failed)
    return Response(html, 503, headers, "text/html")


def found(files: dict[str, File], name: str, request: Request) -> Response:
    """One of some files; 404 when there is none of that name."""
    if name not in files:
        raise HTTPException(404)
    return files[name].response(request)


def _takes_gzip(request: Request) -> bool:
    for element in request.headers.get("accept-encoding", "").split(","):
        coding, _, quality = element.replace(" ", "").lower().partition(";q=")
        if coding in ("gzip", "*"):
            return quality.rstrip("0") not in ("0.", "") if quality else True
    return False
