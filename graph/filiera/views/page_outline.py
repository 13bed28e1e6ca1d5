"""The land behind the map of the page: outlines around its places, linked to these."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Mapping, Sequence
from typing import Any

from filiera.views import built_page
from filiera.views.outline import outline_for

__all__ = ["page_outline"]

# Words of administrative names that say what kind of place it is, not which.
_KIND_WORDS = frozenset(
    ("provincia", "province", "citta", "metropolitana", "metropolitan", "city", "di", "of")
)
_GROUPS = (("provinces", "province"), ("countries", "country"))
# What Natural Earth calls otherwise than we do, and small words of one name of a place.
_SAME = {"united states of america": "united states", "reggio nell emilia": "reggio emilia"}


def page_outline(places: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """The outlines around the places of the page; None when none of them has coordinates.

    What `filiera.views.outline.outline_for` gives for ``places`` (as in the page data), and of
    each province and country that is among them ``place``, its number there. Raises MissingPart.
    """
    points = [(place["at"][0], place["at"][1]) for place in places if "at" in place]
    numbers = {
        kind: {
            name: number
            for number, place in enumerate(places)
            if place.get("kind") == kind
            for name in _names(place["label"])
        }
        for kind in ("province", "country")
    }
    outline = outline_for(points, _known(numbers))
    if outline is None:
        return None
    for group, kind in _GROUPS:
        for shape in outline[group]:
            number = numbers[kind].get(_plain(shape["name"]))
            if number is not None:
                shape["place"] = number
    return outline


def _known(numbers: Mapping[str, Container[str]]) -> list[str]:
    """The names that the outlines have for these places."""
    outlines = built_page.outlines()
    return [
        shape["name"]
        for group, kind in _GROUPS
        for shape in outlines[group]
        if _plain(shape["name"]) in numbers[kind]
    ]


def _names(label: str | Mapping[str, str]) -> set[str]:
    return {_plain(name) for name in ([label] if isinstance(label, str) else label.values())}


def _plain(name: str) -> str:
    """A name without accents, capitals and the words for its kind."""
    letters = unicodedata.normalize("NFKD", name.lower())
    words = re.findall(r"[a-z]+", "".join(c for c in letters if not unicodedata.combining(c)))
    plain = " ".join(word for word in words if word not in _KIND_WORDS)
    return _SAME.get(plain, plain)
