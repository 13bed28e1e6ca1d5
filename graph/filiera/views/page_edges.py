"""The edges of the page and their relations."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

from filiera.answers.cards import Cards
from filiera.answers.member_times import founding_of
from filiera.answers.rows import first_day, rows_of
from filiera.answers.spans import span_of
from filiera.iris import local_id
from filiera.network.labels import readings
from filiera.network.projection import Projection, Relation
from filiera.texts import NOTHING, Text
from filiera.views.drawing import tie_group
from filiera.views.page_refs import Refs, both, span_data
from filiera.vocabulary import FIL

__all__ = ["PageEdges"]

_FAMILY_GROUPS = {
    "membership": "membership",
    "structure": "membership",
    "participation": "project",
}


class PageEdges:
    """Writes each edge of a projection with when it holds and who says so."""

    def __init__(self, projection: Projection, cards: Cards, refs: Refs) -> None:
        self._projection, self._cards, self._refs = projection, cards, refs
        self._founded = cache(lambda body: founding_of(cards.index, body))

    def data(self) -> dict[str, list[dict[str, Any]]]:
        """Edges and relations."""
        projection = self._projection
        counts = Counter(projection.kinds.tolist())
        relations = [
            {
                "id": _relation_id(relation),
                "label": both(reading.label),
                "inverse": both(reading.inverse),
                "symmetric": reading.symmetric,
                "group": _relation_group(relation),
                "count": counts[kind],
                **self._momentary(relation),
            }
            for kind, (relation, reading) in enumerate(
                zip(
                    projection.relations,
                    readings(projection.store, projection.relations),
                    strict=True,
                )
            )
        ]
        edges = [
            self._edge(kind, *edge)
            for kind, edge in zip(projection.kinds.tolist(), projection.edges(), strict=True)
        ]
        return {"relations": relations, "edges": edges}

    def _edge(
        self, kind: int, source: str, target: str, relation: Relation, fact: str
    ) -> dict[str, Any]:
        index = self._cards.index
        ends: dict[str, Any] = {"from": local_id(source), "to": local_id(target)}
        if relation.family == "structure":
            rows = [row for row in rows_of(index, source) if target in row.all(fact)]
            whens: list[Text] = []
            span = None
        else:
            rows = rows_of(index, fact)
            # Nobody joins before the body is there.
            since = self._founded(target) if relation.family == "membership" else ""
            span = span_of(rows, since)
            dated = sorted((first_day([row]), row.when()) for row in rows)
            whens = list(dict.fromkeys(when for _, when in dated if when != NOTHING))
        told: dict[str, Any] = ends | {"relation": kind}
        if whens:
            when = Text(
                " / ".join(text.it for text in whens), " / ".join(text.en for text in whens)
            )
            told["when"] = self._refs.text(when)
        if span:
            told["days"] = span_data(span)
        stating = self._cards.sources([row.source for row in rows])
        told["sources"] = self._refs.sources(stating)
        return told

    def _momentary(self, relation: Relation) -> dict[str, bool]:
        """Whether the relation happens on a day, as a purchase does, and does not go on."""
        momentary = self._cards.index.values(relation.iri, FIL.momentary) == ["true"]
        return {"momentary": True} if momentary else {}


def _relation_id(relation: Relation) -> str:
    name = local_id(relation.iri) if relation.iri else ""
    return name if relation.family == "tie" else "/".join(filter(None, (relation.family, name)))


def _relation_group(relation: Relation) -> str:
    return _FAMILY_GROUPS.get(relation.family) or tie_group(local_id(relation.iri))
