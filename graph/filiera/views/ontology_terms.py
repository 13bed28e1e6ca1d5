"""What the ontology says, read from its files: terms, schemes, shapes, rules.

This knows nothing of a page: texts come in both languages, terms as IRIs.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from filiera.facts.concepts import ontology_files
from filiera.resources import ontology_dir
from filiera.texts import NOTHING, Text
from filiera.views.addresses import ONTOLOGY_IRI
from filiera.vocabulary import (
    CONCEPT,
    DCTERMS,
    FIL,
    OWL,
    PREFIXES,
    RDF,
    RDFS,
    SKOS,
)

__all__ = ["Concept", "Ontology", "Rule", "Scheme", "Shape", "Term", "read_ontology"]

_SHACL = "http://www.w3.org/ns/shacl#"


@dataclass
class Term:
    """A class or a property of our own."""

    iri: str
    label: Text
    definition: Text
    is_class: bool = False
    symmetric: bool = False
    parents: list[str] = field(default_factory=list)
    domain: list[str] = field(default_factory=list)
    range: list[str] = field(default_factory=list)
    inverse: list[str] = field(default_factory=list)


@dataclass
class Concept:
    """A concept of a scheme; ``depth`` counts the broader ones above it."""

    iri: str
    label: Text
    definition: Text
    also: dict[str, list[str]]
    """Other labels by language; ``""`` is the key of those without."""
    inverse_label: Text = NOTHING
    matches: list[str] = field(default_factory=list)
    depth: int = 0


@dataclass
class Scheme:
    """A scheme with its concepts, each followed by the narrower ones."""

    iri: str
    label: Text
    description: Text
    concepts: list[Concept]


@dataclass
class Shape:
    """What the data must fulfil: each of a class, or all with a property; demands as sentences."""

    iri: str
    targets: list[str]
    demands: list[tuple[Text, str]]
    """Sentence and severity: ``Violation``, ``Warning`` or ``Info``."""


@dataclass
class Rule:
    """A rule: what it concludes, in words, and the property that it gives."""

    title: Text
    description: Text
    text: str


@dataclass
class Ontology:
    """All of it."""

    title: Text
    description: Text
    version: str
    licence: str
    classes: list[Term]
    properties: list[Term]
    schemes: list[Scheme]
    shapes: list[Shape]
    rules: list[Rule]
    reused: dict[str, list[tuple[str, Text]]]
    """Prefix of a vocabulary that is reused → its terms with our words for them."""


class _Read:
    """The triples of the files by subject and predicate, in the order of the files."""

    def __init__(self) -> None:
        self.subjects: dict[str, None] = {}
        self._found: dict[tuple[str, str], list[NamedNode | Literal]] = defaultdict(list)
        for path in ontology_files():
            for quad in parse(path=path, format=RdfFormat.TURTLE):
                if isinstance(quad.subject, NamedNode) and isinstance(
                    quad.object, NamedNode | Literal
                ):
                    self.subjects[quad.subject.value] = None
                    self._found[quad.subject.value, quad.predicate.value].append(quad.object)

    def iris(self, subject: str, *predicates: str) -> list[str]:
        """IRIs that are said of a subject."""
        return [
            value.value
            for predicate in predicates
            for value in self._found.get((subject, predicate), ())
            if isinstance(value, NamedNode)
        ]

    def texts(self, subject: str, predicate: str) -> dict[str, list[str]]:
        """Texts that are said of a subject, by language."""
        found: dict[str, list[str]] = defaultdict(list)
        for value in self._found.get((subject, predicate), ()):
            if isinstance(value, Literal):
                found[value.language or ""].append(value.value)
        return found

    def text(self, subject: str, predicate: str) -> Text:
        """The text that is said of a subject, in both languages."""
        texts = self.texts(subject, predicate)
        return Text.of({lang: values[0] for lang, values in texts.items()}) if texts else NOTHING


def read_ontology() -> Ontology:
    """Read the files of the ontology."""
    read = _Read()
    own = [_term(read, iri) for iri in read.subjects if iri.startswith(FIL.base)]
    licences = read.iris(ONTOLOGY_IRI, DCTERMS.license)
    return Ontology(
        title=read.text(ONTOLOGY_IRI, DCTERMS.title),
        description=read.text(ONTOLOGY_IRI, DCTERMS.description),
        version=read.text(ONTOLOGY_IRI, OWL.versionInfo).en,
        licence=licences[0] if licences else "",
        classes=[term for term in own if term.is_class],
        properties=[term for term in own if not term.is_class],
        schemes=[
            _scheme(read, iri)
            for iri in read.subjects
            if SKOS.ConceptScheme in read.iris(iri, RDF.type)
        ],
        shapes=_shapes(),
        rules=[_rule(path) for path in sorted((ontology_dir() / "rules").glob("*.rq"))],
        reused=_reused(read),
    )


def _term(read: _Read, iri: str) -> Term:
    types = read.iris(iri, RDF.type)
    return Term(
        iri,
        read.text(iri, RDFS.label),
        read.text(iri, SKOS.definition),
        is_class=OWL.Class in types,
        symmetric=OWL.SymmetricProperty in types,
        parents=read.iris(iri, RDFS.subClassOf, RDFS.subPropertyOf),
        domain=read.iris(iri, RDFS.domain),
        range=read.iris(iri, RDFS.range),
        inverse=read.iris(iri, OWL.inverseOf)
        + [other for other in read.subjects if iri in read.iris(other, OWL.inverseOf)],
    )


def _scheme(read: _Read, iri: str) -> Scheme:
    members = [other for other in read.subjects if iri in read.iris(other, SKOS.inScheme)]
    narrower: dict[str, list[str]] = defaultdict(list)
    for member in members:
        broader = [wider for wider in read.iris(member, SKOS.broader) if wider in members]
        narrower[broader[0] if broader else ""].append(member)
    concepts: list[Concept] = []

    def add(parent: str, depth: int) -> None:
        for member in narrower[parent]:
            concepts.append(_concept(read, member, depth))
            add(member, depth + 1)

    add("", 0)
    return Scheme(
        iri, read.text(iri, SKOS.prefLabel), read.text(iri, DCTERMS.description), concepts
    )


def _concept(read: _Read, iri: str, depth: int) -> Concept:
    return Concept(
        iri,
        read.text(iri, SKOS.prefLabel),
        read.text(iri, SKOS.definition),
        read.texts(iri, SKOS.altLabel),
        read.text(iri, FIL.inverseLabel),
        read.iris(iri, SKOS.exactMatch, SKOS.closeMatch),
        depth,
    )


def _shapes() -> list[Shape]:
    """Shapes with a target, and what they and their parts demand, in the order of the files."""
    shapes: dict[str, Shape] = {}
    owner: dict[str, str] = {}
    said: dict[str, dict[str, str]] = {}
    severity: dict[str, str] = {}
    for path in sorted((ontology_dir() / "shapes").glob("*.ttl")):
        for quad in parse(path=path, format=RdfFormat.TURTLE):
            subject, value = str(quad.subject), quad.object
            match quad.predicate.value.removeprefix(_SHACL):
                case "targetClass" | "targetSubjectsOf" if isinstance(value, NamedNode):
                    shape = shapes.setdefault(subject, Shape(subject.strip("<>"), [], []))
                    shape.targets.append(value.value)
                case "property" | "sparql":
                    owner[str(value)] = subject
                case "message" if isinstance(value, Literal):
                    said.setdefault(subject, {})[value.language or ""] = value.value
                case "severity" if isinstance(value, NamedNode):
                    severity[subject] = value.value.removeprefix(_SHACL)
    for part, texts in said.items():
        name = owner.get(part, part)
        if name in shapes:
            shapes[name].demands.append((Text.of(texts), severity.get(part, "Violation")))
    return [shape for shape in shapes.values() if shape.demands]


def _rule(path: Path) -> Rule:
    lines = path.read_text(encoding="utf-8").splitlines()
    header = yaml.safe_load("\n".join(line[2:] for line in lines if line.startswith("#+")))
    body = "\n".join(line for line in lines if not line.startswith("#+")).strip()
    return Rule(Text.of(header["title"]), Text.of(header["description"]), body)


def _reused(read: _Read) -> dict[str, list[tuple[str, Text]]]:
    found: dict[str, list[tuple[str, Text]]] = defaultdict(list)
    for iri in read.subjects:
        label = read.text(iri, RDFS.label)
        prefix = next((name for name, base in PREFIXES.items() if iri.startswith(base)), "")
        if label != NOTHING and prefix and not iri.startswith((FIL.base, CONCEPT.base)):
            found[prefix].append((iri, label))
    return found
