"""The style sheet of a report, and the policy that allows it and nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path

__all__ = ["policy", "style_sheet"]

_HERE = Path(__file__).parent
_SHEETS = (_HERE / "page" / "theme.css", _HERE / "report" / "report.css")
_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_PLAIN = re.compile(r"[^0-9A-Za-z ]")


def style_sheet(running_title: str, page: str) -> str:
    """The style sheet; ``running_title`` and the word for a page stand below printed pages."""
    return (
        f"{_own()}@page{{@bottom-left{{content:{_css_string(running_title)}}}"
        f"@bottom-right{{content:{_css_string(page + ' ')}counter(page)"
        '" / "counter(pages)}}\n'
    )


def policy(style: str) -> str:
    """The Content Security Policy of a document that holds this style sheet and no script."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src 'sha256-{digest}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


@lru_cache(maxsize=1)
def _own() -> str:
    texts = (_COMMENT.sub("", sheet.read_text(encoding="utf-8")) for sheet in _SHEETS)
    return "".join(_INDENT.sub("", text) for text in texts)


def _css_string(text: str) -> str:
    """A text as a CSS string, with every character that is no plain letter escaped.

    >>> _css_string('a"b</style>')
    '"a\\\\22 b\\\\3c \\\\2f style\\\\3e "'
    """
    escaped = _PLAIN.sub(lambda match: f"\\{ord(match[0]) or 0xFFFD:x} ", text)
    return f'"{escaped}"'
