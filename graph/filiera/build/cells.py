"""From the text of a cell to its RDF term, checked on the way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import cache
from urllib.parse import quote

from pyoxigraph import NamedNode

from filiera.build import terms
from filiera.facts.concepts import Concepts
from filiera.facts.dataset import Dataset
from filiera.facts.dates import span
from filiera.facts.model import (
    Cell,
    Concept,
    Edtf,
    External,
    FormerId,
    Number,
    PresentId,
    Reference,
    References,
    SlugCell,
    Text,
    Url,
)
from filiera.facts.personal import personal_data
from filiera.facts.problems import CellFault
from filiera.facts.reading import nearest
from filiera.facts.slugs import SLUG, slugify
from filiera.vocabulary import RESERVED_GRAPHS, concept

__all__ = ["checker", "iri_prefix", "iri_with_space"]

_URL = re.compile(r"https?://[^\s<>\"{}|\\^`/?#]+\.[^\s<>\"{}|\\^`]+")
_CODE = re.compile(r"[A-Za-z0-9._-]+")
_RESERVED = {graph.rsplit("/", 1)[1] for graph in RESERVED_GRAPHS}

Check = Callable[[str], str]
"""Takes the text of a cell, returns its term; raises CellFault. For a date it only checks."""


def iri_prefix(group: str, dataset: Dataset) -> str:
    """Base IRI of the things of a group."""
    if group == "source":
        return dataset.graph_base
    return dataset.id_base + ("place/" if group == "place" else "")


def iri_with_space(text: str, dataset: Dataset) -> str:
    """IRI of an id that says with ``place/`` or ``graph/`` what it is the id of."""
    space, slash, slug = text.rpartition("/")
    if slash and space not in ("place", "graph"):
        raise CellFault("no-such-space", suggestion=slugify(slug))
    _slug(slug)
    return iri_prefix({"graph": "source"}.get(space, space), dataset) + slug


def checker(cell: Cell, dataset: Dataset, concepts: Concepts, lang: str | None) -> Check:
    """Function that checks the cells of one column and gives their terms."""
    match cell:
        case Text():
            return lambda text: terms.literal(_text(text), lang)
        case SlugCell(group) if group == "source":
            return lambda text: f"<{dataset.graph_base}{_source_slug(text)}>"
        case SlugCell(group):
            return _thing(iri_prefix(group, dataset))
        case Reference(groups):
            return _thing(iri_prefix(groups[0], dataset))
        case References():
            return _slug_list
        case Concept(scheme):
            return cache(lambda text: terms.iri(_concept(text, scheme, concepts)))
        case Edtf():
            return _date
        case Url():
            return lambda text: terms.iri(_url(text))
        case External(template):
            return lambda text: terms.iri(template.format(_code(text)))
        case FormerId() | PresentId():
            return lambda text: f"<{iri_with_space(text, dataset)}>"
        case Number() as limits:
            return lambda text: _number(text, limits)


def _thing(prefix: str) -> Check:
    return lambda text: f"<{prefix}{_slug(text)}>"


def _text(text: str) -> str:
    if not text.isprintable():
        for character in text:
            if (ord(character) < 32 and character not in "\n\t") or ord(character) == 127:
                raise CellFault("control-character", character=f"U+{ord(character):04X}")
    private = personal_data(text)
    if private:
        raise CellFault("personal-data", **{f"what_{lang}": what for lang, what in private.items()})
    return text


def _slug(text: str) -> str:
    if not SLUG.fullmatch(text):
        raise CellFault("not-a-slug", suggestion=slugify(text))
    return text


def _source_slug(text: str) -> str:
    if _slug(text) in _RESERVED:
        raise CellFault("reserved", value=text)
    return text


def _slug_list(text: str) -> str:
    parts = [part.strip() for part in text.split(";")]
    if not all(parts):
        raise CellFault("not-a-slug", suggestion=";".join(filter(None, parts)))
    for part in parts:
        _slug(part)
    return text


def _concept(text: str, scheme: str, concepts: Concepts) -> str:
    if text not in concepts.slugs[scheme]:
        by_label = concepts.labels[scheme].get(text.casefold())
        raise CellFault(
            "unknown-concept",
            scheme=scheme,
            nearest=by_label or nearest(text, concepts.slugs[scheme]),
        )
    return concept(scheme, text)


def _date(text: str) -> str:
    span(text)
    return text


def _url(text: str) -> str:
    if not _URL.fullmatch(text) or not _is_iri(text):
        scheme, _, rest = text.rpartition("://")
        bare = quote(rest, safe="/:?#@!$&'()*+,;=%~")
        raise CellFault("not-an-address", suggestion=f"{scheme or 'https'}://{bare}")
    if personal_data(text.split("?")[0]) and "@" in text:
        raise CellFault(
            "personal-data", what_it="l'indirizzo di posta", what_en="an e-mail address"
        )
    return text


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return not any(unicodedata.category(character) == "Cc" for character in text)


def _code(text: str) -> str:
    if not _CODE.fullmatch(text):
        raise CellFault("not-a-slug", suggestion=slugify(text))
    return text


def _number(text: str, cell: Number) -> str:
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise CellFault("not-a-number") from error
    if not value.is_finite() or (cell.whole and value != value.to_integral_value()):
        raise CellFault("not-a-number")
    if (cell.low is not None and value < cell.low) or (cell.high is not None and value > cell.high):
        raise CellFault("out-of-range", low=str(cell.low), high=str(cell.high))
    return terms.number(text)
