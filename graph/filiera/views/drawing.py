"""How kinds of nodes and relations are grouped to be told apart in a drawing.

A drawing holds few shapes and colours, the vocabulary many concepts. Groups are given by the
top concepts of the scheme of kinds, and by the relations themselves; the tests look up that
every concept of the ontology has its group.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from filiera.texts import Text

__all__ = ["COLOURS", "KIND_GROUPS", "PROJECTS", "UNKNOWN", "KindGroup", "group_of", "tie_group"]


class KindGroup(NamedTuple):
    """Kinds of nodes that are drawn alike, with a shape of vis-network and a colour."""

    id: str
    label: Text
    shape: str
    colour: int
    kinds: frozenset[str] = frozenset()
    """Slugs of the top concepts of the scheme of kinds."""


COLOURS = {0: "#5a6069", 1: "#3584dc", 2: "#b84a10", 3: "#057a5f", 4: "#6d1d6e", 5: "#ae880c"}
"""Colours of the light theme by number; 0 is neutral."""

KIND_GROUPS = (
    KindGroup(
        "companies",
        Text("imprese e investitori", "companies and investors"),
        "dot",
        1,
        frozenset({"company", "brand", "financial-institution", "motorsport-organisation"}),
    ),
    KindGroup(
        "knowledge",
        Text(
            "università, ricerca, innovazione, formazione",
            "universities, research, innovation, training",
        ),
        "square",
        2,
        frozenset({"university", "research-organisation", "innovation-centre", "training-body"}),
    ),
    KindGroup(
        "networks",
        Text(
            "cluster, associazioni, reti e loro gruppi",
            "clusters, associations, networks and their groups",
        ),
        "diamond",
        3,
        frozenset(
            {
                "association",
                "network",
                "consortium",
                "partnership",
                "forum",
                "foundation",
                "organisational-unit",
            }
        ),
    ),
    KindGroup(
        "public",
        Text("enti pubblici e agenzie", "public bodies and agencies"),
        "hexagon",
        4,
        frozenset({"public-body"}),
    ),
)
PROJECTS = KindGroup("projects", Text("progetti e programmi", "projects and programmes"), "star", 5)
UNKNOWN = KindGroup(
    "unknown",
    Text("tipo non indicato o altro", "kind not stated or other"),
    "triangle",
    0,
    frozenset({"other-body"}),
)

_SPECIFIC_FIRST = ("knowledge", "public", "networks", "companies")
"""Which group counts where a kind has several broader ones, such as a research consortium."""

_TIE_GROUPS = {
    "supply": ("supplies",),
    "ownership": (
        "acquired",
        "acquired-assets-of",
        "controls",
        "invested-in",
        "lends-to",
        "founded",
        "flowed-into",
        "spun-off-from",
        "joint-venture-with",
    ),
    "research": ("partner-of", "research-partner-of", "laboratory-of", "works-on-themes-of"),
    "membership": ("part-of", "represented-on-board-of"),
    "project": ("coordinates", "promotes", "manages", "funds", "took-part-in-programme-of"),
    "other": (
        "supports",
        "hosted-at",
        "present-at",
        "co-organised-event-with",
        "hosted-event-of",
        "supported-event-with",
        "took-part-in-mission-with",
    ),
}
_GROUP_OF_TIE = {slug: group for group, slugs in _TIE_GROUPS.items() for slug in slugs}


def tie_group(slug: str) -> str:
    """Group of a relation between organisations: supply, ownership, research … or other."""
    return _GROUP_OF_TIE.get(slug, "other")


def group_of(tops: Iterable[str]) -> KindGroup:
    """Group of a node by the slugs of the top concepts over its kinds.

    >>> group_of(["consortium", "research-organisation"]).id
    'knowledge'
    """
    wanted = set(tops)
    groups = {group.id: group for group in KIND_GROUPS if group.kinds & wanted}
    return next((groups[name] for name in _SPECIFIC_FIRST if name in groups), UNKNOWN)
