"""The edges of the network as sentences, read from the side that the reader comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from filiera.answers.cards import Cards
from filiera.answers.evidence import Evidence, Footnotes
from filiera.network.labels import Reading, readings
from filiera.network.projection import Projection, Relation
from filiera.texts import Text
from filiera.vocabulary import ORG

__all__ = ["Link", "Links"]

_VOWELS = "aeiou"

_MEMBER = (
    Text("{left} aderisce a {right}", "{left} is a member of {right}"),
    Text("{left} ha {right} tra i suoi soci", "{left} has {right} as a member"),
)
_IN_BODY = (
    Text("{left} è {role} di {right}", "{left} is {role} of {right}"),
    Text("{left} ha {right} come {role}", "{left} has {right} as {role}"),
)
_PARTICIPANT = (
    Text("{left} partecipa a {right}", "{left} takes part in {right}"),
    Text("{left} ha {right} tra i partecipanti", "{left} has {right} among its participants"),
)
_IN_PROJECT = (
    Text("{left} partecipa a {right} come {role}", "{left} takes part in {right} as {role}"),
    Text(
        "{left} ha {right} tra i partecipanti, come {role}",
        "{left} has {right} among its participants, as {role}",
    ),
)
_STRUCTURE = {
    ORG.unitOf: (
        Text("{left} è un'unità di {right}", "{left} is a unit of {right}"),
        Text("{left} ha come unità {right}", "{left} has {right} as a unit"),
    ),
    ORG.subOrganizationOf: (
        Text("{left} fa parte di {right}", "{left} is part of {right}"),
        Text("{left} comprende {right}", "{left} comprises {right}"),
    ),
}


@dataclass(frozen=True)
class Link:
    """A fact that joins two nodes, told from ``left`` to ``right``."""

    left: str
    right: str
    family: str
    relation: str
    forward: bool
    """Whether the fact itself runs from left to right."""
    sentence: Text
    evidence: Evidence

    def text(self, lang: str) -> str:
        """The sentence, with when it holds."""
        when = self.evidence.when(lang)
        return f"{self.sentence(lang)}, {when}" if when else self.sentence(lang)

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "left": self.left,
            "right": self.right,
            "family": self.family,
            "relation": self.relation or None,
            "forward": self.forward,
            "text": self.text(lang),
            "evidence": self.evidence.to_dict(lang),
        }

    def markdown(self, lang: str, notes: Footnotes) -> str:
        """The sentence with the marks of its sources."""
        return f"{self.text(lang)}{notes.cite(self.evidence)}"


class Links:
    """Tells the edges of a projection."""

    def __init__(self, cards: Cards, projection: Projection) -> None:
        self._cards = cards
        self._projection = projection
        self._readings: list[Reading] | None = None

    def tell(self, edge: int, left: int) -> Link:
        """An edge by its number, read from the node at the place ``left``."""
        graph = self._projection
        source, target = int(graph.sources[edge]), int(graph.targets[edge])
        kind = int(graph.kinds[edge])
        relation = graph.relations[kind]
        forward = source == left
        right = target if forward else source
        names = {
            "left": self._cards.index.label(graph.nodes[left]),
            "right": self._cards.index.label(graph.nodes[right]),
        }
        return Link(
            graph.nodes[left],
            graph.nodes[right],
            relation.family,
            relation.iri,
            forward,
            self._pattern(kind, forward).put(**names),
            self.evidence(edge),
        )

    def evidence(self, edge: int) -> Evidence:
        """The fact of an edge; for a structure, the statement of the inner organisation."""
        graph = self._projection
        relation = graph.relations[int(graph.kinds[edge])]
        if relation.family != "structure":
            return Evidence.of(self._cards, graph.facts[edge])
        inner = graph.nodes[int(graph.sources[edge])]
        outer = graph.nodes[int(graph.targets[edge])]
        said = self._cards.index.properties(inner).get(relation.iri, ())
        sources = self._cards.sources(one.source for one in said if one.value == outer)
        return Evidence(inner, sources)

    def _pattern(self, kind: int, forward: bool) -> Text:
        relation = self._projection.relations[kind]
        side = 0 if forward else 1
        if relation.family == "structure":
            return _STRUCTURE[relation.iri][side]
        if relation.family == "tie":
            reading = self._reading(kind)
            verb = (reading.label if forward else reading.inverse).literal()
            return Text(f"{{left}} {verb.it} {{right}}", f"{{left}} {verb.en} {{right}}")
        in_body = relation.family == "membership"
        if not relation.iri:
            return (_MEMBER if in_body else _PARTICIPANT)[side]
        role = self._role(relation, article=in_body)
        return (_IN_BODY if in_body else _IN_PROJECT)[side].put(role=role)

    def _role(self, relation: Relation, *, article: bool) -> Text:
        role = self._cards.index.label(relation.iri)
        if not article or not role.en:
            return role
        return Text(role.it, f"{'an' if role.en[0].lower() in _VOWELS else 'a'} {role.en}")

    def _reading(self, kind: int) -> Reading:
        if self._readings is None:
            graph = self._projection
            self._readings = readings(graph.store, graph.relations)
        return self._readings[kind]
