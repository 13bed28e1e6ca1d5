"""What the SPARQL page offers to whoever writes: prefixes, terms with their words, examples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pyoxigraph import Literal, NamedNode, QuerySolutions

from filiera.answers.catalogue import Question
from filiera.ecosystem import Ecosystem
from filiera.errors import FilieraError
from filiera.languages import LANGUAGES
from filiera.vocabulary import CONCEPT, FIL, OWL, PREFIXES

__all__ = ["editor_terms"]

_HEADER = re.compile(r"^#\+.*\n?", re.MULTILINE)

# Terms of our own have label and definition in the graph, reused ones a label; a reused term
# that has neither is offered for being used.
_WORDS = """
SELECT ?term ?label ?definition WHERE {
  GRAPH graph:ontology { ?term rdfs:label ?label }
  OPTIONAL {
    GRAPH graph:ontology { ?term skos:definition ?definition }
    FILTER(LANG(?definition) = LANG(?label))
  }
}
"""
_CLASSES = "SELECT ?term (COUNT(*) AS ?count) WHERE { ?thing a ?term } GROUP BY ?term"
_PROPERTIES = "SELECT ?term (COUNT(*) AS ?count) WHERE { ?thing ?term ?other } GROUP BY ?term"
_DECLARED = "SELECT ?term ?type WHERE { GRAPH graph:ontology { ?term a ?type } }"
_KINDS = {
    OWL.Class: "class",
    OWL.ObjectProperty: "property",
    OWL.DatatypeProperty: "property",
    OWL.AnnotationProperty: "property",
}


def editor_terms(ecosystem: Ecosystem) -> dict[str, Any]:
    """Prefixes, terms and examples, in both languages.

    ``prefixes`` maps prefixes to namespaces. ``terms`` are classes and properties, the most used
    first: ``iri``, ``kind``, ``count`` (triples that use it) and, where there are such,
    ``label`` and ``definition`` by language. ``examples`` are the questions of the catalogue in
    SPARQL: ``name``, ``topic``, ``title``, ``description`` and ``sparql`` by language. ``pages``
    maps the beginnings of IRIs to those of the addresses at which this server has a page of each.
    """
    dataset = ecosystem.dataset
    return {
        "prefixes": dict(PREFIXES),
        "terms": _terms(ecosystem),
        "examples": [_example(ecosystem, question) for question in ecosystem.questions()],
        "pages": {
            dataset.id_base: "page/id/",
            dataset.graph_base: "page/graph/",
            CONCEPT.base: "page/ontology#concept/",
            FIL.base: "page/ontology#",
        },
    }


def _terms(ecosystem: Ecosystem) -> list[dict[str, Any]]:
    counts: dict[tuple[str, str], int] = {}
    for kind, query in (("class", _CLASSES), ("property", _PROPERTIES)):
        for term, count in _rows(ecosystem, query):
            counts[kind, term.value] = int(count.value)
    for term, declared in _rows(ecosystem, _DECLARED):
        if kind := _KINDS.get(declared.value, ""):
            counts.setdefault((kind, term.value), 0)
    words: dict[str, dict[str, dict[str, str]]] = {}
    for term, label, definition in _rows(ecosystem, _WORDS):
        said = words.setdefault(term.value, {})
        for name, text in (("label", label), ("definition", definition)):
            if isinstance(text, Literal) and text.language in LANGUAGES:
                said.setdefault(name, {})[text.language] = text.value
    return [
        {"iri": iri, "kind": kind, "count": count, **words.get(iri, {})}
        for (kind, iri), count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    ]


def _rows(ecosystem: Ecosystem, query: str) -> Iterator[Any]:
    found = ecosystem.store.query(query)
    assert isinstance(found, QuerySolutions)
    for row in found:
        if isinstance(row[0], NamedNode):
            yield tuple(row)


def _example(ecosystem: Ecosystem, question: Question) -> dict[str, Any]:
    return {
        "name": question.name,
        "topic": question.topic,
        "title": dict(question.title),
        "description": dict(question.description),
        "sparql": {lang: _bound(ecosystem, question, lang) for lang in LANGUAGES},
    }


def _bound(ecosystem: Ecosystem, question: Question, lang: str) -> str:
    """The query with its defaults; with its example where a parameter has no default."""
    given = {
        parameter.name: parameter.example
        for parameter in question.parameters
        if parameter.required and parameter.default is None
    }
    try:
        text = question.sparql(given, ecosystem.resolve, lang, ecosystem.dataset.body)
    except FilieraError:  # the example is a thing of another data set
        text = question.text
    return f"# {question.title[lang]}\n{_HEADER.sub('', text).strip()}\n"
