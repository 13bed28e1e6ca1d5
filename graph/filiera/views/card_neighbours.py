"""The small network around a card: the things that its statements name, with their relations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from filiera.answers.cards import Card, CardGroup, Statement
from filiera.texts import OTHER, Text

__all__ = ["Neighbour", "Neighbours", "neighbours"]

_MOST = 14
_RELATIONS = {
    "claims": Text("vi lavora", "works there"),
    "happenings": Text("evento o decisione", "event or decision"),
    "members": Text("socio", "member"),
    "memberships": Text("aderisce a", "member of"),
    "participants": Text("partecipa", "takes part"),
    "places": Text("vi si trova", "lies within"),
    "projects": Text("progetto", "project"),
    "seats": Text("ha sede qui", "has a seat here"),
    "stages": Text("filiera", "value chain"),
}
"""How a group links two things where its statements have no words of their own."""


@dataclass(frozen=True)
class Neighbour:
    """Another thing, how the card's thing is linked to it, and the group of the first link.

    ``links`` is the number of statements that name it.
    """

    iri: str
    label: Text
    relations: tuple[Text, ...]
    group: str
    links: int


@dataclass(frozen=True)
class Neighbours:
    """Those that are shown, and how many there are besides."""

    shown: tuple[Neighbour, ...]
    rest: int


def neighbours(card: Card, standing_of: Callable[[str], int]) -> Neighbours:
    """The neighbours of a thing, those with most statements first, events and decisions last.

    ``standing_of`` tells how well connected a thing is in the graph; it decides between
    neighbours of as many statements.
    """
    found: dict[str, list[tuple[CardGroup, Statement]]] = {}
    for group in card.groups:
        for statement in group.statements:
            if statement.other and statement.other != card.iri:
                found.setdefault(statement.other, []).append((group, statement))
    ranked = sorted(
        found,
        key=lambda iri: (
            found[iri][0][0].id == "happenings",
            -len(found[iri]),
            -standing_of(iri) if len(found) > _MOST else 0,
        ),
    )
    shown = tuple(_neighbour(iri, found[iri]) for iri in ranked[:_MOST])
    return Neighbours(shown, len(found) - len(shown))


def _neighbour(iri: str, told: list[tuple[CardGroup, Statement]]) -> Neighbour:
    relations = dict.fromkeys(_relation(group, statement) for group, statement in told)
    return Neighbour(iri, told[0][1].other_label, tuple(relations), told[0][0].id, len(told))


def _relation(group: CardGroup, statement: Statement) -> Text:
    """How a statement links two things: its words without the name of the other, or its group."""
    words = Text(*(_bare(text) for text in statement.pattern))
    return words if words.it else _RELATIONS.get(group.id, group.title)


def _bare(pattern: str) -> str:
    """What a sentence says besides the name: what stands in brackets after it, if anything."""
    words = pattern.replace(OTHER, "", 1).strip(" :,")
    if words.startswith("("):
        return words[1:].partition(")")[0]
    return words
