"""The labels that people read in place of IRIs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad, Triple

from filiera.languages import LANGUAGES, best
from filiera.store import MemoryStore, Store
from filiera.vocabulary import DCTERMS, FIL, RDF, RDFS, SCHEMA, SKOS, concept

__all__ = ["Labels"]

_SCHEMES = {
    "field": ("field", "focus"),
    "figure": ("measure", "kind", "nature"),
    "office": ("office",),
    "phase": ("status",),
    "tie": ("relation",),
}
_TYPE, _SOURCE, _ADDRESS = NamedNode(RDF.type), NamedNode(FIL.Source), NamedNode(SCHEMA.url)
_PUBLISHER, _PUBLISHED = NamedNode(DCTERMS.publisher), NamedNode(FIL.published)
_PREDICATES = tuple(NamedNode(iri) for iri in (SKOS.prefLabel, RDFS.label, DCTERMS.title))
_NEEDED = [term.value for term in (*_PREDICATES, _TYPE, _ADDRESS, _PUBLISHER, _PUBLISHED)]


class Labels:
    """Labels of a store, looked up when first asked for and then kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, dict[str, str]] = {}
        self._near = MemoryStore()
        """What was read of a store in which each look-up takes a request."""
        self._read: set[str] = set()

    def of(self, iris: Iterable[str], lang: str) -> dict[str, str]:
        """Label of each IRI that has one: in ``lang``, else Italian, English, any."""
        found: dict[str, str] = {}
        iris = list(iris)
        self._read_ahead(iris)
        self._read_ahead(part for iri in iris for part in self._named_by(iri))
        for iri in iris:
            texts = self.texts(iri)
            if texts:
                found[iri] = best(texts, lang)
        return found

    def pages(self, iris: Iterable[str]) -> dict[str, str]:
        """Address on the web of each IRI that is a source and has one."""
        found: dict[str, str] = {}
        iris = list(iris)
        self._read_ahead(iris)
        for iri in iris:
            node = NamedNode(iri)
            if any(self._quads(node, _TYPE, _SOURCE)):
                for quad in self._quads(node, _ADDRESS):
                    if not isinstance(quad.object, Triple):
                        found[iri] = quad.object.value
        return found

    def texts(self, iri: str) -> dict[str, str]:
        """All labels of one IRI by language; ``""`` is the key of one without language."""
        if iri not in self._known:
            self._known[iri] = self._look_up(iri)
        return self._known[iri]

    def _look_up(self, iri: str) -> dict[str, str]:
        node = NamedNode(iri)
        for predicate in _PREDICATES:
            texts: dict[str, str] = {}
            for quad in self._quads(node, predicate):
                if isinstance(quad.object, Literal):
                    lang, text = quad.object.language or "", quad.object.value
                    # Where sources write it in two ways, stores give these in no certain order.
                    texts[lang] = min(text, texts.get(lang, text))
            if texts:
                return texts
        return self._publication(node) or self._parts(iri)

    def _parts(self, iri: str) -> dict[str, str]:
        """For a fact, whose IRI is made of what it is about: the labels of its parts."""
        found = [
            next(filter(None, map(self.texts, candidates)), {"": part.replace("-", " ")})
            for part, candidates in _parts_of(iri).items()
        ]
        if not found:
            return {}
        return {lang: " · ".join(best(texts, lang) for texts in found) for lang in LANGUAGES}

    def _publication(self, node: NamedNode) -> dict[str, str]:
        """For a source without a title: who published it, and when."""
        publishers = [
            text
            for quad in self._quads(node, _PUBLISHER)
            if isinstance(quad.object, NamedNode)
            for text in self.texts(quad.object.value).values()
        ]
        if not publishers:
            return {}
        days = [
            quad.object.value
            for quad in self._quads(node, _PUBLISHED)
            if isinstance(quad.object, Literal)
        ]
        return {"": ", ".join([*sorted(publishers), *sorted(days)])}

    def _quads(
        self, node: NamedNode, predicate: NamedNode, value: NamedNode | None = None
    ) -> Iterator[Quad]:
        if not self._store.far:
            return self._store.quads(node, predicate, value)
        self._read_ahead([node.value])
        return self._near.quads(node, predicate, value)

    def _read_ahead(self, iris: Iterable[str]) -> None:
        """Read at one go what may be needed of some IRIs, where a look-up takes a request."""
        new = [iri for iri in dict.fromkeys(iris) if iri not in self._read]
        if self._store.far and new:
            self._near.oxigraph.extend(self._store.about(new, _NEEDED))
            self._read.update(new)

    def _named_by(self, iri: str) -> Iterator[str]:
        """Things whose labels make up that of an IRI which has none itself."""
        node = NamedNode(iri)
        if self._store.far and not any(any(self._quads(node, name)) for name in _PREDICATES):
            for quad in self._quads(node, _PUBLISHER):
                if isinstance(quad.object, NamedNode):
                    yield quad.object.value
            for candidates in _parts_of(iri).values():
                yield from candidates


def _parts_of(iri: str) -> dict[str, list[str]]:
    """Parts of the IRI of a fact, each with the IRIs of the things that it may mean."""
    base, _, path = iri.partition("/id/")
    kind, _, name = path.partition("/")
    if "--" not in name:
        return {}
    own = f"{base}/id/"
    return {
        part: [
            *(concept(scheme, part) for scheme in _SCHEMES.get(kind, ())),
            own + part,
            f"{own}place/{part}",
            f"{own}person/{part}",
        ]
        for part in name.split("--")
    }
