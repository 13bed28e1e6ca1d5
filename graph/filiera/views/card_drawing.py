"""What is drawn on the page of a card, in numbers: the neighbours, and lanes of time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from filiera.answers.cards import CardGroup
from filiera.texts import Text
from filiera.views.card_neighbours import Neighbour, Neighbours
from filiera.views.card_timeline import Timeline, TimelineRow

__all__ = ["EgoDrawing", "Lane", "Spoke", "ego_drawing", "lanes_of", "shortened"]

_ROW = 46
_HUES = {"ties": 1, "memberships": 3, "members": 3, "structure": 3, "stages": 2, "claims": 2,
         "projects": 5, "participants": 5, "offices": 4, "happenings": 4}  # fmt: skip
_NAME_SIZE, _RELATION_SIZE = 15.0, 13.0
_WIDE = 224.0
_NARROW = 240.0


@dataclass(frozen=True)
class Spoke:
    """A neighbour as it is drawn: ``side`` -1 left, 1 right; ``y`` from the top, in pixels."""

    name: str
    whole_name: str
    relation: str
    whole_relation: str
    href: str
    hue: int
    links: int
    side: int
    y: float


@dataclass(frozen=True)
class EgoDrawing:
    """The neighbours on both sides (``wide``) and in one column (``narrow``), with heights."""

    wide: tuple[Spoke, ...]
    wide_height: int
    narrow: tuple[Spoke, ...]
    narrow_height: int


def ego_drawing(found: Neighbours, href: Callable[[str], str], lang: str) -> EgoDrawing:
    """Places the neighbours around a thing, the closest first, in a language."""
    half = (len(found.shown) + 1) // 2
    tall = max(half, 2) * _ROW
    wide = []
    for side, some in ((-1, found.shown[:half]), (1, found.shown[half:])):
        top = (tall - len(some) * _ROW) / 2
        wide += [
            _spoke(one, href, lang, side, top + (number + 0.5) * _ROW, _WIDE)
            for number, one in enumerate(some)
        ]
    narrow = [
        _spoke(one, href, lang, 1, (number + 0.5) * _ROW, _NARROW)
        for number, one in enumerate(found.shown)
    ]
    return EgoDrawing(tuple(wide), tall, tuple(narrow), len(narrow) * _ROW)


def _spoke(
    one: Neighbour, href: Callable[[str], str], lang: str, side: int, y: float, width: float
) -> Spoke:
    relation = ", ".join(dict.fromkeys(each(lang) for each in one.relations))
    name = one.label(lang)
    return Spoke(
        shortened(name, width, _NAME_SIZE),
        name,
        shortened(relation, width, _RELATION_SIZE),
        relation,
        href(one.iri),
        _HUES.get(one.group, 0),
        one.links,
        side,
        y,
    )


def shortened(text: str, width: float, size: float) -> str:
    """A text cut so that it fits into a width, by a rough measure of its letters.

    >>> shortened("Emilia-Romagna Innovation Agency", 90, 15)
    'Emilia-Rom…'
    """
    used = 0.0
    for place, letter in enumerate(text):
        used += size * (0.3 if letter in " .,:;ilj'I|" else 0.7 if letter.isupper() else 0.56)
        if used > width:
            return f"{text[: max(place - 1, 1)].rstrip()}…"
    return text


@dataclass(frozen=True)
class Lane:
    """The rows of a timeline that belong to one group of the card."""

    title: Text
    rows: tuple[TimelineRow, ...]


def lanes_of(timeline: Timeline, groups: Sequence[CardGroup]) -> list[Lane]:
    """The rows by group, in the order of the card."""
    lanes = []
    for group in groups:
        own = {id(said) for said in group.statements}
        rows = tuple(row for row in timeline.rows if id(row.statement) in own)
        if rows:
            lanes.append(Lane(group.title, rows))
    return lanes
