"""The page of the ontology: every term, concept, demand and rule, in one language as a whole.

It is generated from the files of the ontology; examples come from the graph. Anchors are the
local names of terms, and the paths of concepts and schemes (``#concept/kind/company``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import islice
from typing import Any

from markupsafe import Markup
from pyoxigraph import Literal, NamedNode, Quad

from filiera.ecosystem import Ecosystem
from filiera.languages import best
from filiera.texts import Text
from filiera.views.addresses import (
    CONTEXT_ADDRESS,
    ONTOLOGY_IRI,
    SHAPES_IRI,
    data_address,
    page_address,
    path_of,
)
from filiera.views.card_citation import citation, licence_name
from filiera.views.card_links import Link
from filiera.views.card_template import ontology_style, page_policy, templates
from filiera.views.card_words import WORDS as CARD_WORDS
from filiera.views.ontology_terms import Concept, Ontology, Scheme, Shape, Term, read_ontology
from filiera.views.ontology_words import SEVERITIES, VALUES, VOCABULARIES, WORDS
from filiera.views.rdf_formats import FORMATS
from filiera.vocabulary import DCTERMS, FIL, PREFIXES, RDF

__all__ = ["ontology_page", "ontology_policy"]

_WORDS = {**CARD_WORDS, **WORDS}
_CANDIDATES = 60
"""Statements among which an example is chosen."""


def ontology_policy() -> str:
    """Value of the Content-Security-Policy header of this page."""
    return page_policy(ontology_style())


def ontology_page(
    ecosystem: Ecosystem, *, lang: str, keep_language: bool = False, today: date | None = None
) -> str:
    """The page in ``lang``; ``keep_language`` puts the language into the links to cards."""
    return _Page(ecosystem, lang, keep_language).render(read_ontology(), today or date.today())


class _Page:
    """Arranges what the template shows."""

    def __init__(self, ecosystem: Ecosystem, lang: str, keep_language: bool) -> None:
        self._ecosystem, self._dataset, self._lang = ecosystem, ecosystem.dataset, lang
        self._suffix = f"?lang={lang}" if keep_language else ""
        self._own: dict[str, Text] = {}
        replaced = ecosystem.store.quads(None, NamedNode(DCTERMS.isReplacedBy))
        self._former = {quad.subject for quad in replaced}

    def render(self, ontology: Ontology, today: date) -> str:
        """The document."""
        lang = self._lang
        self._own = {term.iri: term.label for term in (*ontology.classes, *ontology.properties)}
        for words in ontology.reused.values():
            self._own.update(words)
        title = ontology.title(lang)
        licence = Link(licence_name(ontology.licence), ontology.licence)
        published = replace(
            self._dataset, title={}, collected="", licence=ontology.licence, publisher="Filiera"
        )
        cited = citation(published, ONTOLOGY_IRI, f"{title} {ontology.version}", lang, today)
        return (
            templates()
            .get_template("ontology.html.j2")
            .render(
                label=title,
                description=ontology.description(lang),
                version=ontology.version,
                iri=ONTOLOGY_IRI,
                downloads=self._downloads(),
                classes=[self._term(term) for term in ontology.classes],
                properties=[self._term(term) for term in ontology.properties],
                schemes=[self._scheme(scheme) for scheme in ontology.schemes],
                shapes=[self._shape(shape) for shape in ontology.shapes],
                rules=[
                    {
                        "title": rule.title(lang),
                        "description": rule.description(lang),
                        "text": rule.text,
                    }
                    for rule in ontology.rules
                ],
                prefixes=sorted(PREFIXES.items()),
                vocabularies=[
                    {
                        "prefix": prefix,
                        "purpose": purpose(lang),
                        "address": address,
                        "terms": [
                            (_name(iri), label(lang))
                            for iri, label in ontology.reused.get(prefix, ())
                        ],
                    }
                    for prefix, (purpose, address) in VOCABULARIES.items()
                ],
                citation=cited,
                lang=lang,
                other_lang="en" if lang == "it" else "it",
                say=self._say,
                style=Markup(ontology_style()),
                dataset=best(self._dataset.title, lang),
                licence=licence,
                home=f"/?lang={lang}",
                address=page_address(self._dataset, ONTOLOGY_IRI),
            )
        )

    def _say(self, key: str, /, **values: object) -> str:
        said = _WORDS[key](self._lang)
        for name, value in values.items():
            said = said.replace(f"{{{name}}}", str(value))
        return said

    def _downloads(self) -> list[tuple[str, str, str]]:
        """(label, media type, address) of all that can be fetched."""
        found = [
            (form.label, form.media_type, data_address(self._dataset, ONTOLOGY_IRI, ending))
            for ending, form in FORMATS.items()
        ]
        turtle = FORMATS["ttl"].media_type
        found.append(("SHACL", turtle, data_address(self._dataset, SHAPES_IRI, "ttl")))
        return [*found, (self._say("context"), FORMATS["jsonld"].media_type, CONTEXT_ADDRESS)]

    # Terms ----------------------------------------------------------------------------------

    def _term(self, term: Term) -> dict[str, Any]:
        rows: list[tuple[str, list[Link]]] = []
        if term.parents:
            word = "parent" if term.is_class else "parent_property"
            rows.append((word, [self._link(iri) for iri in term.parents]))
        if term.domain:
            rows.append(("domain", [self._link(iri) for iri in term.domain]))
        if term.range:
            rows.append(("range", [self._link(iri) for iri in term.range]))
        if term.symmetric:
            rows.append(("inverse", [Link(self._say("both_ways"))]))
        elif term.inverse:
            rows.append(("inverse", [self._link(iri) for iri in term.inverse]))
        example = self._instance(term.iri) if term.is_class else self._example(term.iri)
        return {
            "anchor": term.iri.removeprefix(FIL.base),
            "name": _name(term.iri),
            "label": term.label(self._lang),
            "definition": term.definition(self._lang),
            "rows": rows,
            "example": example,
        }

    def _link(self, iri: str) -> Link:
        """A term by its name and label; to its place on this page where it is our own."""
        if iri in VALUES:
            return Link(VALUES[iri](self._lang))
        label = self._own[iri](self._lang) if iri in self._own else _name(iri)
        if not iri.startswith(FIL.base):
            return Link(f"{label} ({_name(iri)})" if iri in self._own else label)
        return Link(label, f"#{iri.removeprefix(FIL.base)}")

    def _instance(self, iri: str) -> list[Link]:
        """An instance of a class."""
        for quad in self._quads(RDF.type, NamedNode(iri)):
            return [self._thing(quad.subject)]
        return []

    def _example(self, iri: str) -> list[Link]:
        """A statement with a property: what it is said of, and the value."""
        for quad in self._quads(iri):
            value = self._value(quad)
            if value:
                return [self._thing(quad.subject), value]
        return []

    def _quads(self, predicate: str, value: NamedNode | None = None) -> Iterator[Quad]:
        """Some statements, those that are short to read first."""
        store = self._ecosystem.store
        some = islice(store.quads(None, NamedNode(predicate), value), _CANDIDATES)
        found = [quad for quad in some if quad.subject not in self._former]
        return iter(
            sorted(islice(found, _CANDIDATES), key=lambda quad: (len(str(quad)), str(quad)))
        )

    def _thing(self, term: Any) -> Link:
        iri = term.value
        label = self._ecosystem.label(iri, self._lang)
        return Link(label, page_address(self._dataset, iri, self._suffix))

    def _value(self, quad: Quad) -> Link | None:
        """The value of a statement, if whoever reads this language reads it."""
        value = quad.object
        if isinstance(value, NamedNode):
            return self._thing(value)
        if not isinstance(value, Literal):
            return None
        return Link(value.value) if value.language in (None, "", self._lang) else None

    # Schemes, shapes ------------------------------------------------------------------------

    def _scheme(self, scheme: Scheme) -> dict[str, Any]:
        return {
            "anchor": path_of(self._dataset, scheme.iri),
            "name": _name(scheme.iri),
            "label": scheme.label(self._lang),
            "description": scheme.description(self._lang),
            "concepts": [self._concept(concept) for concept in scheme.concepts],
            "formats": data_address(self._dataset, scheme.iri, "ttl"),
        }

    def _concept(self, concept: Concept) -> dict[str, Any]:
        also = [*concept.also.get(self._lang, ()), *concept.also.get("", ())]
        return {
            "anchor": path_of(self._dataset, concept.iri),
            "slug": concept.iri.rsplit("/", 1)[-1],
            "label": concept.label(self._lang),
            "definition": concept.definition(self._lang),
            "also": also,
            "backwards": concept.inverse_label(self._lang),
            "matches": [Link(_name(iri), iri, outward=True) for iri in concept.matches],
            "depth": concept.depth,
        }

    def _shape(self, shape: Shape) -> dict[str, Any]:
        classes = [iri for iri in shape.targets if self._is_class(iri)]
        word = "of_class" if classes else "of_all"
        names = self._joined([self._link(iri).label for iri in shape.targets])
        return {
            "title": self._say(word, term=names),
            "demands": [
                (
                    text(self._lang),
                    SEVERITIES[severity](self._lang) if severity in SEVERITIES else "",
                )
                for text, severity in shape.demands
            ],
        }

    def _is_class(self, iri: str) -> bool:
        return iri.rsplit("/", 1)[-1].rpartition("#")[2][:1].isupper()

    def _joined(self, names: Sequence[str]) -> str:
        return ", ".join(names)


@cache
def _bases() -> list[tuple[str, str]]:
    return sorted(PREFIXES.items(), key=lambda item: -len(item[1]))


def _name(iri: str) -> str:
    """An IRI with its prefix (``org:member``); the whole where it has none."""
    for prefix, base in _bases():
        if iri.startswith(base):
            return f"{prefix}:{iri.removeprefix(base)}"
    return iri
