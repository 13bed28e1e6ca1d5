"""The templates, the style and the policy of the pages of cards."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

__all__ = ["card_policy", "style", "templates"]

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
    for name in ("base.html.j2", "parts.html.j2", "card.html.j2", "missing.html.j2"):
        environment.get_template(name)
    return environment


@cache
def style() -> str:
    """The palette of the explorer and the style of these pages."""
    return _PALETTE.read_text(encoding="utf-8") + (_PARTS / "card.css").read_text(encoding="utf-8")


@cache
def card_policy() -> str:
    """Value of the Content-Security-Policy header of these pages: no script, our own style only.

    >>> "script-src" in card_policy()
    False
    """
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'self'"
    )
