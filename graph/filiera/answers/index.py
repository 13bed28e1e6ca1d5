"""What the sources say, by subject: read in one pass, or looked up subject by subject."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Triple

from filiera.iris import local_id
from filiera.store import Store
from filiera.texts import Text
from filiera.vocabulary import DCTERMS, DERIVED, RDF, RDFS, SKOS

__all__ = ["Index", "LazyIndex", "Said", "WholeIndex"]

_LABELS = (SKOS.prefLabel, RDFS.label, DCTERMS.title)
_TYPE = RDF.type


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
        for graph in _graphs(store):
            source = graph.value
            if source == DERIVED:
                continue
            for quad in store.graph_quads(graph):
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
    """Statements looked up when they are asked for: for when one thing is wanted."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._subjects: dict[str, dict[str, list[Said]]] = {}

    def properties(self, subject: str) -> Properties:
        known = self._subjects.get(subject)
        if known is None:
            known = self._subjects[subject] = self._look_up(subject)
        return known

    def _look_up(self, subject: str) -> dict[str, list[Said]]:
        rows = self._store.query(f"SELECT ?p ?o ?g {{ GRAPH ?g {{ {NamedNode(subject)} ?p ?o }} }}")
        assert isinstance(rows, QuerySolutions)
        found: dict[str, list[Said]] = {}
        for predicate, term, graph in rows:
            assert isinstance(graph, NamedNode)
            assert isinstance(predicate, NamedNode)
            assert isinstance(term, NamedNode | Literal | BlankNode)
            if graph.value != DERIVED:
                lang = (term.language or "") if isinstance(term, Literal) else None
                found.setdefault(predicate.value, []).append(Said(term.value, lang, graph.value))
        return found

    def referrers(self, iri: str) -> list[tuple[str, str]]:
        return sorted(
            (quad.subject.value, quad.predicate.value)
            for quad in self._store.quads(object=NamedNode(iri))
            if quad.predicate.value != _TYPE and not isinstance(quad.subject, Triple)
        )


def _graphs(store: Store) -> list[NamedNode]:
    rows = store.query("SELECT DISTINCT ?g { GRAPH ?g { } }")
    assert isinstance(rows, QuerySolutions)
    return sorted((row[0] for row in rows if isinstance(row[0], NamedNode)), key=str)
