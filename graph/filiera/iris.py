"""Ids out of IRIs."""

from __future__ import annotations

from filiera.vocabulary import GRAPH, ID

__all__ = ["is_thing", "local_id"]

_THINGS, _SOURCES = (base.removesuffix("/").rsplit("/", 1)[-1] for base in (ID.base, GRAPH.base))


def is_thing(iri: str) -> bool:
    """Whether an IRI is that of a thing, a person, a place or a fact of a data set."""
    return f"/{_THINGS}/" in iri


def local_id(iri: str) -> str:
    """Id of a thing or of a source, whatever the base of its data set; else the last part.

    >>> local_id("https://w3id.org/filiera/id/place/modena")
    'place/modena'
    >>> local_id("http://www.w3.org/ns/org#unitOf")
    'unitOf'
    """
    for kind in (_THINGS, _SOURCES):
        _, found, rest = iri.partition(f"/{kind}/")
        if found:
            return rest
    return iri.rstrip("/#").rsplit("/", 1)[-1].rsplit("#", 1)[-1]
