"""What the sources say, by subject: read in one pass, or looked up subject by subject."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Triple

from filiera.iris import local_id
from filiera.store import Store
from filiera.texts import Text
from filiera.vocabulary import DCTERMS, DERIVED, RDF, RDFS, SKOS

__all__ = ["Index", "LazyIndex", "Said", "WholeIndex"]

_LABELS = (SKOS.prefLabel, RDFS.label, DCTERMS.title)
_TYPE = RDF.type
_PATIENCE = 12
"""Look-ups in a store that is far, after which one of moderate size is read as a whole."""
_MODERATE = 300_000
"""Quads up to which a store is of moderate size: some seconds to read."""
_AHEAD = 400
"""Things that are looked up along with one that is asked for, in a store that is far."""


class Said(NamedTuple):
    """An object of a statement, and the graph that states it."""

    value: str
    lang: str | None
    """Language of a literal, ``""`` for one without; ``None`` for an IRI."""
    source: str


Properties = Mapping[str, list[Said]]

_NONE: Properties = {}


class Index(ABC):
    """Statements of the named graphs, without those that rules have derived."""

    def __init__(self) -> None:
        self._labels: dict[str, Text] = {}

    @abstractmethod
    def properties(self, subject: str) -> Properties:
        """What is said of a subject, by predicate."""

    @abstractmethod
    def referrers(self, iri: str) -> list[tuple[str, str]]:
        """(subject, predicate) of the statements whose object is ``iri``, sorted."""

    def values(self, subject: str, predicate: str) -> list[str]:
        """Distinct values of a property, sorted, whoever says them."""
        return sorted({said.value for said in self.properties(subject).get(predicate, ())})

    def types(self, subject: str) -> list[str]:
        """Classes of a subject, sorted."""
        return self.values(subject, _TYPE)

    def text(self, subject: str, predicate: str) -> Text | None:
        """Best text of a property in each language; ``None`` where there is none."""
        texts: dict[str, str] = {}
        for said in self.properties(subject).get(predicate, ()):
            if said.lang is not None:
                texts[said.lang] = min(said.value, texts.get(said.lang, said.value))
        return Text.of(texts) if texts else None

    def label(self, iri: str) -> Text:
        """Label of a thing, concept, source or term; its id where it has none."""
        known = self._labels.get(iri)
        if known is None:
            found = (self.text(iri, predicate) for predicate in _LABELS)
            known = next((text for text in found if text), None) or Text.same(local_id(iri))
            self._labels[iri] = known
        return known


class WholeIndex(Index):
    """All statements of a store, read once: for when many things are wanted."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        subjects: dict[str, dict[str, list[Said]]] = {}
        pointing: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for quad, source in _by_graph(store):
            assert not isinstance(quad.subject, Triple)  # RDF 1.1 only
            assert not isinstance(quad.object, Triple)
            subject, predicate, term = quad.subject.value, quad.predicate.value, quad.object
            value = term.value
            if isinstance(term, Literal):
                said = Said(value, term.language or "", source)
            else:
                said = Said(value, None, source)
                if predicate != _TYPE:
                    pointing[value].add((subject, predicate))
            of_subject = subjects.get(subject)
            if of_subject is None:
                of_subject = subjects[subject] = {}
            known = of_subject.get(predicate)
            if known is None:
                of_subject[predicate] = [said]
            else:
                known.append(said)
        self._subjects = subjects
        self._pointing = pointing

    def properties(self, subject: str) -> Properties:
        return self._subjects.get(subject, _NONE)

    def referrers(self, iri: str) -> list[tuple[str, str]]:
        return sorted(self._pointing.get(iri, ()))


class LazyIndex(Index):
    """Statements looked up when they are asked for: for when one thing is wanted.

    Where a look-up takes a request, those things are looked up along with it that have been
    named so far, since most of them will be asked for next. When that does not help, a store of
    moderate size is read as a whole.
    """

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._subjects: dict[str, dict[str, list[Said]]] = {}
        self._named: dict[str, None] = {}
        """Things that were named and not looked up, in the order in which they were."""
        self._whole: WholeIndex | None = None
        self._looked_up = 0

    def properties(self, subject: str) -> Properties:
        if subject not in self._subjects:
            if self._reads_whole():
                assert self._whole
                return self._whole.properties(subject)
            self._look_up(subject)
        return self._subjects[subject]

    def _reads_whole(self) -> bool:
        """Whether all has been read, which is done after some look-ups that took a request."""
        if self._store.far and self._whole is None:
            self._looked_up += 1
            if self._looked_up == _PATIENCE and len(self._store) <= _MODERATE:
                self._whole = WholeIndex(self._store)
        return self._whole is not None

    def _look_up(self, subject: str) -> None:
        wanted = [subject, *islice((iri for iri in self._named if iri != subject), _AHEAD)]
        for iri in wanted:
            self._subjects[iri] = {}
            self._named.pop(iri, None)
        for quad in self._store.about(wanted, named=True):
            term, graph = quad.object, quad.graph_name
            assert isinstance(graph, NamedNode)
            assert not isinstance(quad.subject, Triple)
            assert not isinstance(term, Triple)
            if graph.value != DERIVED:
                lang = (term.language or "") if isinstance(term, Literal) else None
                found = self._subjects[quad.subject.value]
                said = Said(term.value, lang, graph.value)
                found.setdefault(quad.predicate.value, []).append(said)
                if self._store.far:
                    named = {quad.predicate.value, graph.value}
                    self._expect(named if lang is not None else {*named, term.value})

    def _expect(self, iris: Iterable[str]) -> None:
        for iri in iris:
            if iri not in self._subjects:
                self._named[iri] = None

    def referrers(self, iri: str) -> list[tuple[str, str]]:
        if self._reads_whole():
            assert self._whole
            return self._whole.referrers(iri)
        found = sorted(
            (quad.subject.value, quad.predicate.value)
            for quad in self._store.quads(object=NamedNode(iri))
            if quad.predicate.value != _TYPE and not isinstance(quad.subject, Triple)
        )
        if self._store.far:
            self._expect(subject for subject, _ in found)
        return found


def _by_graph(store: Store) -> Iterator[tuple[Quad, str]]:
    """Quads of the named graphs but for what rules derived, by graph in the order of names."""
    if store.far:
        found: dict[str, list[Quad]] = defaultdict(list)
        for quad in store.graph_quads():
            if isinstance(quad.graph_name, NamedNode):
                found[quad.graph_name.value].append(quad)
        for source in sorted(found.keys() - {DERIVED}):
            for quad in found[source]:
                yield quad, source
        return
    for graph in _graphs(store):
        if graph.value != DERIVED:
            for quad in store.graph_quads(graph):
                yield quad, graph.value


def _graphs(store: Store) -> list[NamedNode]:
    rows = store.query("SELECT DISTINCT ?g { GRAPH ?g { } }")
    assert isinstance(rows, QuerySolutions)
    return sorted((row[0] for row in rows if isinstance(row[0], NamedNode)), key=str)
