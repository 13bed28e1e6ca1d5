"""The templates, the styles and the policies of the pages of cards and of the ontology."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

__all__ = ["card_policy", "ontology_style", "page_policy", "style", "templates"]

_PARTS = Path(__file__).parent / "card"
_PALETTE = Path(__file__).parent / "page" / "theme.css"


@cache
def templates() -> Environment:
    """The templates, compiled once; call it before forking, so that workers share them."""
    environment = Environment(
        loader=FileSystemLoader(_PARTS),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    for name in ("base", "parts", "card", "missing", "ontology"):
        environment.get_template(f"{name}.html.j2")
    return environment


@cache
def style() -> str:
    """The palette of the explorer and the style of these pages."""
    return _PALETTE.read_text(encoding="utf-8") + (_PARTS / "card.css").read_text(encoding="utf-8")


@cache
def ontology_style() -> str:
    """The style of the page of the ontology: that of these pages, and what it has of its own."""
    return style() + (_PARTS / "ontology.css").read_text(encoding="utf-8")


@cache
def page_policy(css: str) -> str:
    """Value of the Content-Security-Policy header of a page: no script, its own style only.

    A data block (``<script type="application/ld+json">``) is no script: it does not run.

    >>> "script-src" in page_policy(style())
    False
    """
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'self'"
    )


def card_policy() -> str:
    """Value of the Content-Security-Policy header of the pages of cards."""
    return page_policy(style())
