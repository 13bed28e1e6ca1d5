"""What the page of a thing tells machines that read schema.org: a block of JSON-LD in it.

Search engines do not fetch a context of ours, so the block names the context of schema.org and
holds nothing else. Texts are in the language of the page.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from itertools import islice
from typing import Any

from markupsafe import Markup
from pyoxigraph import Literal, NamedNode

from filiera.ecosystem import Ecosystem
from filiera.languages import best
from filiera.texts import harmless
from filiera.views.rdf_description import around, own
from filiera.views.schema_org import schema_org
from filiera.vocabulary import RDF, SCHEMA

__all__ = ["structured_data"]

_ESCAPED = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
_MANY = {
    SCHEMA[name]
    for name in ("alternateName", "knowsAbout", "location", "member", "memberOf", "sameAs", "url")
}
"""Properties that keep all their values; of others the first in the language is told."""
_CROWD = 2000
"""Statements pointing to a thing from which the page tells what is said of itself alone."""
_KINDS = {
    SCHEMA.containedInPlace: "Place",
    SCHEMA.location: "Place",
    SCHEMA.member: "Organization",
    SCHEMA.memberOf: "Organization",
    SCHEMA.organizer: "Organization",
    SCHEMA.parentOrganization: "Organization",
    SCHEMA.publisher: "Organization",
}
"""Class of what a property leads to."""


def structured_data(ecosystem: Ecosystem, iri: str, lang: str, today: date) -> Markup:
    """The content of a ``<script type="application/ld+json">``; empty where schema.org has no word
    for the thing. No text in it can end the element.
    """
    store, node = ecosystem.store, NamedNode(iri)
    nodes: dict[str, dict[str, list[NamedNode | Literal]]] = {}
    pointing = sum(1 for _ in islice(store.quads(None, None, node), _CROWD))
    quads = around(store, node) if pointing < _CROWD else own(store, node)
    same = {q for q in quads if q.subject == node and q.predicate.value.startswith(SCHEMA.base)}
    for quad in (*schema_org(store, quads, node, today), *sorted(same, key=str)):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            values = nodes.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, [])
            if quad.object not in values:
                values.append(quad.object)
    if not nodes.get(iri, {}).keys() > {RDF.type}:
        return Markup("")
    told = {"@context": "https://schema.org", **_Told(ecosystem, nodes, lang).node(iri)}
    text = harmless(json.dumps(told, ensure_ascii=False, indent=1))
    for character, escaped in _ESCAPED.items():
        text = text.replace(character, escaped)
    return Markup(text)


class _Told:
    """Turns nodes into JSON, what they name nested in them by name."""

    def __init__(
        self,
        ecosystem: Ecosystem,
        nodes: Mapping[str, Mapping[str, list[NamedNode | Literal]]],
        lang: str,
    ) -> None:
        self._ecosystem, self._nodes, self._lang = ecosystem, nodes, lang

    def node(self, iri: str) -> dict[str, Any]:
        """A node with its properties in the order of their names."""
        said = self._nodes[iri]
        types = sorted(value.value.removeprefix(SCHEMA.base) for value in said[RDF.type])
        told: dict[str, Any] = {"@type": types if len(types) > 1 else types[0], "@id": iri}
        for predicate in sorted(said):
            if predicate != RDF.type:
                values = self._values(predicate, said[predicate])
                told[predicate.removeprefix(SCHEMA.base)] = values if len(values) > 1 else values[0]
        return told

    def _values(self, predicate: str, values: list[NamedNode | Literal]) -> list[Any]:
        texts: dict[str, str] = {}
        found: list[Any] = []
        for value in values:
            if isinstance(value, NamedNode):
                found.append(self._named(predicate, value.value))
            elif predicate in _MANY or value.language is None:
                found.append(value.value)
            else:
                texts.setdefault(value.language, value.value)
        return found or [best(texts, self._lang)]

    def _named(self, predicate: str, iri: str) -> Any:
        """Another thing: nested, by name, or as an address."""
        if iri in self._nodes:
            return self.node(iri)
        if iri.startswith(SCHEMA.base) or predicate in (SCHEMA.url, SCHEMA.sameAs):
            return iri
        kind = {"@type": _KINDS[predicate]} if predicate in _KINDS else {}
        return {**kind, "@id": iri, "name": self._ecosystem.label(iri, self._lang)}
