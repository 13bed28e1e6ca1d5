"""The labels that people read in place of IRIs."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Triple

from filiera.languages import LANGUAGES, best
from filiera.store import Store
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


class Labels:
    """Labels of a store, looked up when first asked for and then kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, dict[str, str]] = {}

    def of(self, iris: Iterable[str], lang: str) -> dict[str, str]:
        """Label of each IRI that has one: in ``lang``, else Italian, English, any."""
        found: dict[str, str] = {}
        for iri in iris:
            texts = self.texts(iri)
            if texts:
                found[iri] = best(texts, lang)
        return found

    def pages(self, iris: Iterable[str]) -> dict[str, str]:
        """Address on the web of each IRI that is a source and has one."""
        found: dict[str, str] = {}
        for iri in iris:
            node = NamedNode(iri)
            if any(self._store.quads(node, _TYPE, _SOURCE)):
                for quad in self._store.quads(node, _ADDRESS):
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
            texts = {
                quad.object.language or "": quad.object.value
                for quad in self._store.quads(node, predicate)
                if isinstance(quad.object, Literal)
            }
            if texts:
                return texts
        return self._publication(node) or self._parts(iri)

    def _parts(self, iri: str) -> dict[str, str]:
        """For a fact, whose IRI is made of what it is about: the labels of its parts."""
        base, _, path = iri.partition("/id/")
        kind, _, name = path.partition("/")
        if "--" not in name:
            return {}
        schemes = _SCHEMES.get(kind, ())
        found = [self._part(part, f"{base}/id/", schemes) for part in name.split("--")]
        return {lang: " · ".join(best(texts, lang) for texts in found) for lang in LANGUAGES}

    def _part(self, part: str, base: str, schemes: tuple[str, ...]) -> dict[str, str]:
        candidates = [concept(scheme, part) for scheme in schemes]
        candidates += [base + part, f"{base}place/{part}", f"{base}person/{part}"]
        return next(filter(None, map(self.texts, candidates)), {"": part.replace("-", " ")})

    def _publication(self, node: NamedNode) -> dict[str, str]:
        """For a source without a title: who published it, and when."""
        publishers = [
            text
            for quad in self._store.quads(node, _PUBLISHER)
            if isinstance(quad.object, NamedNode)
            for text in self.texts(quad.object.value).values()
        ]
        if not publishers:
            return {}
        days = [
            quad.object.value
            for quad in self._store.quads(node, _PUBLISHED)
            if isinstance(quad.object, Literal)
        ]
        return {"": ", ".join([*sorted(publishers), *sorted(days)])}
