"""The built pages: scripts, styles and outlines, as ``tools/browser/build.py`` makes them.

An installed Filiera carries them; in a checkout ``make run`` and ``make test`` build them.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from filiera.errors import MissingPart
from filiera.texts import Text

__all__ = ["EDITOR", "asset_name", "editor", "outlines", "script", "style"]

_BUILT = Path(__file__).parent / "built"

EDITOR = ("editor.js", "editor.css", "editor_network.js")
"""The parts of the SPARQL page."""


@lru_cache(maxsize=1)
def script() -> str:
    """The script of the page, one module; raises MissingPart."""
    return _read("app.js")


@lru_cache(maxsize=1)
def style() -> str:
    """The style sheet of the page; raises MissingPart."""
    return _read("app.css")


@lru_cache(maxsize=len(EDITOR))
def editor(part: str) -> str:
    """One of the parts of the SPARQL page; raises MissingPart."""
    return _read(part)


@lru_cache(maxsize=1)
def outlines() -> dict[str, Any]:
    """The outlines of countries and provinces (`filiera.views.outline`); raises MissingPart."""
    content: dict[str, Any] = json.loads(_read("outline.json"))
    return content


def asset_name(content: str, ending: str, stem: str = "app") -> str:
    """File name under which a script or style sheet is served: another one for other content.

    >>> asset_name("let a", "js")
    'app-21f1173fff072ee5.js'
    """
    return f"{stem}-{hashlib.sha256(content.encode()).hexdigest()[:16]}.{ending}"


def _read(name: str) -> str:
    try:
        return (_BUILT / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise MissingPart(
            Text(
                f"La pagina non è stata costruita: manca {_BUILT / name}. In una copia di lavoro"
                " lancia `python tools/browser/build.py`; altrimenti installa Filiera di nuovo.",
                f"The page has not been built: {_BUILT / name} is missing. In a checkout, run"
                " `python tools/browser/build.py`; otherwise install Filiera anew.",
            )
        ) from None
