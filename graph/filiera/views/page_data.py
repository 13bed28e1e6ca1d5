"""The data of the network page: one JSON document in both languages::

    {"title": text, "subtitle": text, "lang": "it" | "en", "focus": slug | null,
     "counts": {"nodes": int, "edges": int, "sources": int, "facts": int},
     "texts": [text, ...],                                   # interned, named by index below
     "kinds": [{"id", "label": text, "shape", "colour": 0..5, "count"}],
     "relations": [{"id", "label": text, "inverse": text, "symmetric": bool, "group", "count"}],
     "sources": [{"id", "title", "publisher", "published", "url", "language"}],
     "groupTitles": [text, ...],
     "nodes": [{"id": slug, "label": text, "aliases": [str]?, "kind": index, "kindLabel": T?,
                "x", "y", "size", "member": true?, "town": str?, "description": T?,
                "website": url?, "groups": [{"id", "title": G, "statements": [
                    {"text": T, "when": T?, "sources": [index], "note": T?, "inferred": T?,
                     "disagrees": true?, "other": slug?}]}]}],
     "edges": [{"from": slug, "to": slug, "relation": index, "when": T?, "sources": [index]}]}

- A *text* is a string where both languages say the same, else `{"it": str, "en": str}`.
- `T` is an index into `texts`, `G` one into `groupTitles`.
- A statement's text may hold `{}`: it stands for the label of the node `other`
  ("supplies {}"). This happens only where `other` is a node of the page.
- Keys marked `?` are left out where there is nothing to say (no null, no empty list, no false).
- Absent dates of sources are left out as well.
- `colour` 0 is neutral: the kind of the node is not stated. `town` is a string.
- `focus` is the body that the data set is about; its name is drawn first.
- Kinds come in the order of the legend; `shape` is a vis-network shape
  (dot, square, diamond, triangle, hexagon, star) and no two kinds share shape and colour.
- `size` is the radius in the units of `x` and `y`; positions are those of `filiera.network.layout`.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, Protocol

import numpy as np

from filiera.answers.cards import Card, Cards, SourceRef, Statement, cards
from filiera.answers.rows import first_day, rows_of
from filiera.iris import local_id
from filiera.network.attributes import members_of_focus
from filiera.network.labels import readings
from filiera.network.layout import layout, node_boxes
from filiera.network.projection import Projection, Relation, project
from filiera.network.reading import select
from filiera.store import Store
from filiera.texts import NOTHING, Text
from filiera.views.drawing import KIND_GROUPS, PROJECTS, UNKNOWN, KindGroup, group_of, tie_group
from filiera.vocabulary import DCAT, DCTERMS, FIL, FOAF, ORG, RDFS, SKOS

__all__ = ["HasStore", "page_data"]

_FONT = 13.0
"""Size of the names of hubs, in the units of the layout."""

_LONGEST_NAME = 30
_GROUPS = (*KIND_GROUPS, PROJECTS, UNKNOWN)
_FAMILY_GROUPS = {
    "membership": "membership",
    "structure": "membership",
    "participation": "project",
}


class HasStore(Protocol):
    """An ecosystem, or whatever else holds a store."""

    @property
    def store(self) -> Store:
        """The store with the graph."""


def page_data(ecosystem: HasStore, *, lang: str = "it") -> dict[str, Any]:
    """The document that the page is made of; its shape is told at the top of this module.

    ``lang`` is the language in which the page opens.
    """
    return _Page(ecosystem.store).data(lang)


class _Page:
    """Gathers the parts of the document, each text and source once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.projection: Projection = project(store)
        self.cards: Cards = cards(store)
        self._shown = frozenset(self.projection.nodes)
        self._texts: dict[Text, int] = {}
        self._titles: dict[Text, int] = {}
        self._sources: dict[SourceRef, int] = {}

    def data(self, lang: str) -> dict[str, Any]:
        """The whole document."""
        title, description, body = self._dataset()
        nodes, kinds = self._nodes(body)
        edges, relations = self._edges()
        sources = [_source(source) for source in self._sources]
        return {
            "title": _both(title),
            "subtitle": _both(Text(*map(_first_sentence, description))),
            "lang": lang,
            "focus": local_id(body) if body in self.projection.nodes else None,
            "counts": {
                "nodes": len(nodes),
                "edges": len(edges),
                "sources": self._count(f"?x a <{FIL.Source}>"),
                "facts": self._count(f"?class <{RDFS.subClassOf}> <{FIL.Fact}> . ?x a ?class"),
            },
            "texts": [_both(text) for text in self._texts],
            "kinds": kinds,
            "relations": relations,
            "sources": sources,
            "groupTitles": [_both(text) for text in self._titles],
            "nodes": nodes,
            "edges": edges,
        }

    # The data set --------------------------------------------------------------------------

    def _dataset(self) -> tuple[Text, Text, str]:
        """Title, description and the IRI of the body in focus, empty if there is none."""
        index = self.cards.index
        found = select(self.store, f"SELECT ?d {{ ?d a <{DCAT.Dataset}> }} ORDER BY ?d LIMIT 1")
        for (dataset,) in found:
            name = dataset.value
            bodies = index.values(name, DCTERMS.subject)
            return (
                index.text(name, DCTERMS.title) or NOTHING,
                index.text(name, DCTERMS.description) or NOTHING,
                bodies[0] if bodies else "",
            )
        return NOTHING, NOTHING, ""

    def _count(self, pattern: str) -> int:
        query = f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}"
        return next(int(count.value) for (count,) in select(self.store, query))

    # Nodes ---------------------------------------------------------------------------------

    def _nodes(self, body: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        projection = self.projection
        shown = [self.cards.get(iri) for iri in projection.nodes]
        radii = 4.0 + 2.2 * np.sqrt(projection.degrees())
        positions = layout(
            len(shown),
            projection.sources,
            projection.targets,
            node_boxes(radii, self._hub_names(shown), font=_FONT),
            focus=projection.nodes.index(body) if body in projection.nodes else None,
        )
        groups = [self._kind_group(card) for card in shown]
        counts = Counter(group.id for group in groups)
        used = [group for group in _GROUPS if counts[group.id]]
        members = members_of_focus(self.store) or set()
        nodes = []
        for number, card in enumerate(shown):
            node: dict[str, Any] = {
                "id": card.id,
                "label": _both(card.label),
                "kind": used.index(groups[number]),
                "x": round(float(positions[number, 0])),
                "y": round(float(positions[number, 1])),
                "size": round(float(radii[number]), 1),
            }
            if card.iri in members:
                node["member"] = True
            nodes.append(node | self._told(card))
        kinds = [
            {
                "id": group.id,
                "label": _both(group.label),
                "shape": group.shape,
                "colour": group.colour,
                "count": counts[group.id],
            }
            for group in used
        ]
        return nodes, kinds

    def _hub_names(self, shown: list[Card]) -> list[str]:
        """The names that have room reserved: those of the nodes with most edges."""
        degrees = self.projection.degrees()
        hubs = set(np.argsort(-degrees, kind="stable")[: max(12, len(shown) // 10)].tolist())
        return [
            max(card.label, key=len)[:_LONGEST_NAME] if number in hubs and degrees[number] else ""
            for number, card in enumerate(shown)
        ]

    def _kind_group(self, card: Card) -> KindGroup:
        index = self.cards.index
        if FOAF.Project in index.types(card.iri):
            return PROJECTS
        return group_of(
            local_id(top)
            for kind in index.values(card.iri, ORG.classification)
            for top in self._tops(kind, frozenset())
        )

    def _tops(self, concept: str, below: frozenset[str]) -> set[str]:
        broader = [
            other
            for other in self.cards.index.values(concept, SKOS.broader)
            if other not in below and other != concept
        ]
        if not broader:
            return {concept}
        return {top for other in broader for top in self._tops(other, below | {concept})}

    def _told(self, card: Card) -> dict[str, Any]:
        """What the panel shows of a node, without what is not known."""
        told: dict[str, Any] = {}
        if card.aliases:
            told["aliases"] = list(card.aliases)
        if card.kind != NOTHING:
            told["kindLabel"] = self._text(card.kind)
        if card.place:
            it, en = card.place
            told["town"] = it if it == en else f"{it} ({en})"
        if card.description != NOTHING:
            told["description"] = self._text(card.description)
        if card.website:
            told["website"] = card.website
        told["groups"] = [
            {
                "id": group.id,
                "title": self._titles.setdefault(group.title, len(self._titles)),
                "statements": [self._statement(statement) for statement in group.statements],
            }
            for group in card.groups
        ]
        return told

    def _statement(self, statement: Statement) -> dict[str, Any]:
        text, other = statement.pattern, statement.other
        if other and other not in self._shown:
            text, other = text.with_other(statement.other_label), None
        told: dict[str, Any] = {
            "text": self._text(text),
            "sources": [self._source(source) for source in statement.sources],
        }
        if statement.when != NOTHING:
            told["when"] = self._text(statement.when)
        for name, said in (("note", statement.note), ("inferred", statement.inferred)):
            if said:
                told[name] = self._text(Text.same(said))
        if statement.disagrees:
            told["disagrees"] = True
        if other:
            told["other"] = local_id(other)
        return told

    # Edges ---------------------------------------------------------------------------------

    def _edges(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        projection = self.projection
        counts = Counter(projection.kinds.tolist())
        relations = [
            {
                "id": _relation_id(relation),
                "label": _both(reading.label),
                "inverse": _both(reading.inverse),
                "symmetric": reading.symmetric,
                "group": _relation_group(relation),
                "count": counts[kind],
            }
            for kind, (relation, reading) in enumerate(
                zip(
                    projection.relations,
                    readings(self.store, projection.relations),
                    strict=True,
                )
            )
        ]
        edges = [
            self._edge(kind, *edge)
            for kind, edge in zip(projection.kinds.tolist(), projection.edges(), strict=True)
        ]
        return edges, relations

    def _edge(
        self, kind: int, source: str, target: str, relation: Relation, fact: str
    ) -> dict[str, Any]:
        index = self.cards.index
        ends: dict[str, Any] = {"from": local_id(source), "to": local_id(target)}
        if relation.family == "structure":
            rows = [row for row in rows_of(index, source) if target in row.all(fact)]
            whens: list[Text] = []
        else:
            rows = rows_of(index, fact)
            dated = sorted((first_day([row]), row.when()) for row in rows)
            whens = list(dict.fromkeys(when for _, when in dated if when != NOTHING))
        told: dict[str, Any] = ends | {"relation": kind}
        if whens:
            when = Text(
                " / ".join(text.it for text in whens), " / ".join(text.en for text in whens)
            )
            told["when"] = self._text(when)
        stating = self.cards.sources([row.source for row in rows])
        told["sources"] = [self._source(source) for source in stating]
        return told

    # What is named by a number --------------------------------------------------------------

    def _text(self, text: Text) -> int:
        return self._texts.setdefault(text, len(self._texts))

    def _source(self, source: SourceRef) -> int:
        return self._sources.setdefault(source, len(self._sources))


def _both(text: Text) -> str | dict[str, str]:
    return text.it if text.it == text.en else {"it": text.it, "en": text.en}


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?])\s", text.strip(), maxsplit=1)[0]


def _source(source: SourceRef) -> dict[str, str]:
    told = {
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published,
        "url": source.url,
        "language": source.language,
    }
    return {"id": source.id} | {name: said for name, said in told.items() if said}


def _relation_id(relation: Relation) -> str:
    name = local_id(relation.iri) if relation.iri else ""
    return name if relation.family == "tie" else "/".join(filter(None, (relation.family, name)))


def _relation_group(relation: Relation) -> str:
    return _FAMILY_GROUPS.get(relation.family) or tie_group(local_id(relation.iri))
