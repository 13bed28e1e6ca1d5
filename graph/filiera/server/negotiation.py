"""Content negotiation: which of the formats on offer a client likes best (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["MediaRange", "best_media_type", "media_ranges", "preferred_language"]

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_RANGE = re.compile(rf"({_TOKEN})/({_TOKEN})")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\*")
_QUALITY = re.compile(r"0?\.[0-9]{1,3}|0\.?|1(?:\.0{0,3})?")


@dataclass(frozen=True)
class MediaRange:
    """One element of an ``Accept`` header: ``text/*;q=0.5``. A name may be ``*``."""

    type: str
    subtype: str
    quality: float

    def specificity(self, media_type: str) -> int:
        """How closely the range fits ``media_type``: 3 exactly, 2 its type, 1 any, 0 not at all."""
        kind, _, subtype = media_type.partition("/")
        if self.type == "*":
            return 1 if self.subtype == "*" else 0
        if self.type != kind:
            return 0
        if self.subtype == "*":
            return 2
        return 3 if self.subtype == subtype else 0


def _elements(header: str) -> list[tuple[str, float]]:
    """Elements of a header with their q-values; those with an ill-formed q-value are left out."""
    found: list[tuple[str, float]] = []
    for element in header.split(","):
        name, *parameters = (part.strip() for part in element.split(";"))
        quality = "1"
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip().lower() == "q":
                quality = value.strip()
        if name and _QUALITY.fullmatch(quality):
            found.append((name, float(quality)))
    return found


def media_ranges(accept: str) -> list[MediaRange]:
    """Ranges of an ``Accept`` header; ill-formed elements are left out.

    >>> media_ranges("text/turtle, application/*;q=0.5")[1]
    MediaRange(type='application', subtype='*', quality=0.5)
    """
    ranges: list[MediaRange] = []
    for name, quality in _elements(accept):
        match = _RANGE.fullmatch(name.lower())
        if match:
            ranges.append(MediaRange(match[1], match[2], quality))
    return ranges


def best_media_type(accept: str | None, offered: Sequence[str]) -> str | None:
    """The offered media type that the client likes best, the earlier one on a tie.

    Without a readable ``Accept`` header that is the first; ``None`` when none is acceptable.

    >>> best_media_type("text/csv;q=0.5, text/*", ["text/csv", "text/plain"])
    'text/plain'
    """
    ranges = media_ranges(accept or "")
    if not ranges:
        return offered[0]

    def quality(media_type: str) -> float:
        closest = max(ranges, key=lambda candidate: candidate.specificity(media_type))
        return closest.quality if closest.specificity(media_type) else 0.0

    best = max(offered, key=quality)
    return best if quality(best) > 0 else None


def preferred_language(accept_language: str | None, offered: Sequence[str]) -> str | None:
    """The offered language that an ``Accept-Language`` header ranks first, if it names any.

    >>> preferred_language("de, it-CH;q=0.8, en;q=0.5", ["it", "en"])
    'it'
    """
    best: tuple[float, str] | None = None
    for tag, quality in _elements(accept_language or ""):
        language = tag.lower().partition("-")[0]
        if (
            _LANGUAGE.fullmatch(tag)
            and language in offered
            and quality > 0
            and (best is None or quality > best[0])
        ):
            best = (quality, language)
    return best[1] if best else None
