"""The concepts of the schemes in ``ontology/schemes``, as the tables need them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal, RdfFormat, Triple, parse

from filiera.resources import ontology_dir
from filiera.vocabulary import CONCEPT, FIL, SKOS

__all__ = ["Concepts", "ontology_files"]


def ontology_files(folder: Path | None = None) -> list[Path]:
    """Files of the ontology that are part of the graph: its terms, its words, its schemes."""
    root = folder or ontology_dir()
    return [root / "filiera.ttl", root / "reused.ttl", *sorted((root / "schemes").glob("*.ttl"))]


@dataclass
class Concepts:
    """Slugs of the concepts by scheme, with what rows need to know of them."""

    triples: list[Triple] = field(default_factory=list)
    """All triples of the ontology and the schemes."""
    slugs: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    labels: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    """Label in any language → slug, by scheme; for suggestions and for names as typed."""
    symmetric: set[str] = field(default_factory=set)
    """Slugs of the relations that hold both ways."""
    instance_class: dict[str, str] = field(default_factory=dict)
    """IRI of the class of its instances, by slug of a kind."""

    @classmethod
    def read(cls, folder: Path | None = None) -> Concepts:
        """Read the ontology and its schemes."""
        concepts = cls()
        for path in ontology_files(folder):
            concepts.triples.extend(
                quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE)
            )
        for triple in concepts.triples:
            concepts._note(triple)
        return concepts

    def _note(self, triple: Triple) -> None:
        subject = getattr(triple.subject, "value", "")
        if not subject.startswith(CONCEPT.base):
            return
        scheme, _, slug = subject[len(CONCEPT.base) :].partition("/")
        if not slug:
            return
        predicate, value = triple.predicate.value, triple.object
        if predicate == SKOS.inScheme:
            self.slugs[scheme].add(slug)
        elif predicate in (SKOS.prefLabel, SKOS.altLabel) and isinstance(value, Literal):
            self.labels[scheme].setdefault(value.value.casefold(), slug)
        elif predicate == FIL.symmetric and isinstance(value, Literal) and value.value == "true":
            self.symmetric.add(slug)
        elif predicate == FIL.instanceClass:
            self.instance_class[slug] = getattr(value, "value", "")
