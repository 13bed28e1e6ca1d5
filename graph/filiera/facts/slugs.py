"""Slugs: the frozen, readable names of things in IRIs."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

__all__ = ["SLUG", "slugify"]

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FOREIGN = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "&": " e "}
)


@lru_cache(maxsize=65536)
def slugify(text: str) -> str:
    """Slug of a text: lower case, without accents, hyphens for all else.

    A text without a Latin letter or digit gets a short digest, so that no two collide.

    >>> slugify("Nicolò Bertolini")
    'nicolo-bertolini'
    """
    folded = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    slug = _FOREIGN.sub("-", "".join(c for c in folded if not unicodedata.combining(c))).strip("-")
    return slug or "x" + hashlib.sha256(text.encode()).hexdigest()[:12]
