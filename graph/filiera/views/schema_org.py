"""What is said of a thing in the words of schema.org, for readers who know no others.

Classes follow ``ontology/alignments/schema-org.ttl``. schema.org has no place for what was and
is no more, or for what is doubted: an organisation is a member of a body unless a source says
that this has ended, and a date goes in only where a source states a plain year, month or day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import TypeAlias

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from filiera.resources import ontology_dir
from filiera.store import Store
from filiera.vocabulary import DCTERMS, FIL, FOAF, ORG, OWL, RDF, RDFS, SCHEMA, SKOS, concept

__all__ = ["alignment", "schema_org"]

_ALIGNED = (OWL.equivalentClass, RDFS.subClassOf, SKOS.exactMatch, SKOS.closeMatch)
_KINDS = (RDF.type, ORG.classification)
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_PART_OF_ADDRESS = {
    "municipality": SCHEMA.addressLocality,
    "locality": SCHEMA.addressLocality,
    "region": SCHEMA.addressRegion,
    "country": SCHEMA.addressCountry,
}
_DEEPEST = 9
"""Levels of places at most, should they go round in a circle."""

_Term: TypeAlias = NamedNode | Literal

_SAME: dict[str, dict[str, str]] = {
    SCHEMA.Organization: {
        SKOS.prefLabel: SCHEMA.name,
        SKOS.altLabel: SCHEMA.alternateName,
        FIL.acronym: SCHEMA.alternateName,
        DCTERMS.description: SCHEMA.description,
        FOAF.homepage: SCHEMA.url,
        FIL.activeIn: SCHEMA.knowsAbout,
        ORG.unitOf: SCHEMA.parentOrganization,
        ORG.subOrganizationOf: SCHEMA.parentOrganization,
    },
    SCHEMA.Person: {SKOS.prefLabel: SCHEMA.name},
    SCHEMA.Place: {SKOS.prefLabel: SCHEMA.name},
    SCHEMA.Project: {
        SKOS.prefLabel: SCHEMA.name,
        FIL.acronym: SCHEMA.alternateName,
        DCTERMS.description: SCHEMA.description,
        FOAF.homepage: SCHEMA.url,
    },
    SCHEMA.Event: {
        SKOS.prefLabel: SCHEMA.name,
        FIL.organiser: SCHEMA.organizer,
        FIL.date: SCHEMA.startDate,
        FIL.mode: SCHEMA.eventAttendanceMode,
    },
    SCHEMA.CreativeWork: {
        DCTERMS.title: SCHEMA.name,
        DCTERMS.publisher: SCHEMA.publisher,
        DCTERMS.language: SCHEMA.inLanguage,
        FIL.published: SCHEMA.datePublished,
    },
}
"""For each class of schema.org: what is said there of its instances with another property."""


@cache
def alignment() -> dict[str, str]:
    """Terms of our vocabulary and of those it reuses, with the term of schema.org for each."""
    path = ontology_dir() / "alignments" / "schema-org.ttl"
    return {
        quad.subject.value: quad.object.value
        for quad in parse(path=path, format=RdfFormat.TURTLE)
        if quad.predicate.value in _ALIGNED
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode)
        and quad.object.value.startswith(SCHEMA.base)
    }


def schema_org(
    store: Store, quads: Iterable[Quad], thing: NamedNode, today: date
) -> Iterator[Quad]:
    """Statements about a thing in the words of schema.org, from the quads of its description."""
    said = _Said(quads)
    known = alignment()
    types = {term.value for term in said.values(thing, RDF.type)}
    kinds = {term.value for name in _KINDS for term in said.values(thing, name)}
    classes = {known.get(kind, kind) for kind in kinds}
    classes = {name for name in classes if name.startswith(SCHEMA.base)}
    words: list[tuple[str, _Term]] = [(RDF.type, NamedNode(name)) for name in classes]
    for name in classes & _SAME.keys():
        for predicate, word in _SAME[name].items():
            values = map(_plain, said.values(thing, predicate))
            words += [(word, value) for value in values if value is not None]
    if ORG.Organization in types:
        words += _life(said, thing)
        words += _memberships(said, thing, today)
        words += ((SCHEMA.location, path[0]) for path in _seats(store, said, thing))
    names = {value.value for word, value in words if word == SCHEMA.name}
    for word, value in words:
        if word != SCHEMA.alternateName or value.value not in names:
            yield _quad(thing, word, value)
    for path in _seats(store, said, thing) if ORG.Organization in types else ():
        yield from _address(store, thing, path)


class _Said:
    """Statements by subject and predicate, and by predicate and object."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._values: dict[tuple[NamedNode, str], dict[_Term, None]] = {}
        self._subjects: dict[tuple[str, _Term], dict[NamedNode, None]] = {}
        for quad in sorted(quads, key=str):  # sets have no order of their own
            subject, value, name = quad.subject, quad.object, quad.predicate.value
            if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
                self._values.setdefault((subject, name), {})[value] = None
                self._subjects.setdefault((name, value), {})[subject] = None

    def values(self, subject: NamedNode, predicate: str) -> list[_Term]:
        return list(self._values.get((subject, predicate), ()))

    def subjects(self, predicate: str, value: _Term) -> list[NamedNode]:
        return list(self._subjects.get((predicate, value), ()))


def _plain(value: _Term) -> _Term | None:
    """A value as schema.org wants it: a date as a date, ``None`` for one that is not plain."""
    if isinstance(value, NamedNode):
        return NamedNode(alignment().get(value.value, value.value))
    if not value.datatype.value.endswith("/EDTF"):
        return value
    if not _DATE.fullmatch(value.value):
        return None
    return Literal(value.value, datatype=NamedNode(SCHEMA.Date))


def _life(said: _Said, thing: NamedNode) -> Iterator[tuple[str, _Term]]:
    """Founding and dissolution, and the registered name."""
    existing, legal = NamedNode(concept("status", "existing")), concept("naming-kind", "legal")
    for fact in said.subjects(FIL.subject, thing):
        if existing in said.values(fact, FIL.status):
            for end, word in ((FIL.start, "foundingDate"), (FIL.end, "dissolutionDate")):
                for value in map(_plain, said.values(fact, end)):
                    if value:
                        yield SCHEMA[word], value
        if NamedNode(legal) in said.values(fact, DCTERMS.type):
            for name in said.values(fact, FIL.name):
                yield SCHEMA.legalName, name


def _memberships(said: _Said, thing: NamedNode, today: date) -> Iterator[tuple[str, _Term]]:
    """Bodies that it belongs to and members that it has, unless that is certainly over."""
    for own, other, word in (
        (ORG.member, ORG.organization, SCHEMA.memberOf),
        (ORG.organization, ORG.member, SCHEMA.member),
    ):
        derived = (
            said.values(thing, FIL.memberOf)
            if word == SCHEMA.memberOf
            else said.subjects(FIL.memberOf, thing)
        )
        for fact in said.subjects(own, thing):
            ends = [term.value for term in said.values(fact, FIL.endLatest)]
            over = bool(ends) and max(ends) < today.isoformat()
            for body in said.values(fact, other):
                if body in derived and not over:
                    yield word, body


def _seats(store: Store, said: _Said, thing: NamedNode) -> list[list[NamedNode]]:
    """Places of its seats, each with those that it lies in; not a country where a town is known."""
    places = {
        place
        for seat in said.subjects(ORG.siteOf, thing)
        for place in said.values(seat, FIL.place)
        if isinstance(place, NamedNode)
    }
    paths = [_around(store, place) for place in sorted(places, key=str)]
    wider = {place for path in paths for place in path[1:]}
    return [path for path in paths if path[0] not in wider]


def _around(store: Store, place: NamedNode) -> list[NamedNode]:
    path = [place]
    while len(path) < _DEEPEST:
        within = store.quads(path[-1], NamedNode(SCHEMA.containedInPlace))
        wider = [quad.object for quad in within if isinstance(quad.object, NamedNode)]
        if not wider:
            break
        path.append(wider[0])
    return path


def _address(store: Store, thing: NamedNode, places: list[NamedNode]) -> Iterator[Quad]:
    """The postal address that follows from a place and those that it lies in."""
    address = NamedNode(f"{thing.value}#address-{places[0].value.rsplit('/', 1)[-1]}")
    yield _quad(thing, SCHEMA.address, address)
    yield _quad(address, RDF.type, NamedNode(SCHEMA.PostalAddress))
    for place in places:
        for kind in store.quads(place, NamedNode(DCTERMS.type)):
            slug = str(getattr(kind.object, "value", "")).rsplit("/", 1)[-1]
            part = _PART_OF_ADDRESS.get(slug)
            for quad in store.quads(place, NamedNode(SKOS.prefLabel)) if part else ():
                if isinstance(quad.object, Literal) and part:
                    yield _quad(address, part, quad.object)


def _quad(subject: NamedNode, predicate: str, value: _Term) -> Quad:
    return Quad(subject, NamedNode(predicate), value, DefaultGraph())
