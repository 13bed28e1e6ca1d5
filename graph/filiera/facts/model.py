"""What a table of facts is: its columns, its keys, and how a row becomes triples.

The definitions in ``filiera.facts.tables`` are made of these parts and drive everything:
reading, checking, building, the documentation and the data package description.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = [
    "About",
    "Cell",
    "Classification",
    "Column",
    "Concept",
    "DisplayName",
    "Edtf",
    "External",
    "FormerId",
    "Named",
    "NodePattern",
    "Number",
    "Parent",
    "Part",
    "PresentId",
    "Property",
    "Reference",
    "References",
    "Saying",
    "SlugCell",
    "Table",
    "Text",
    "Times",
    "Url",
    "bilingual",
]

Bilingual = Mapping[str, str]


def bilingual(it: str, en: str) -> Bilingual:
    """Pair of texts, Italian and English."""
    return {"it": it, "en": en}


# Cells: what a column may hold ------------------------------------------------------------


@dataclass(frozen=True)
class Text:
    """Free text on one line."""


@dataclass(frozen=True)
class SlugCell:
    """The id that the row gives to a thing; ``group`` names the kind of thing."""

    group: str


@dataclass(frozen=True)
class Reference:
    """The id of a thing in one of ``groups``."""

    groups: tuple[str, ...]


@dataclass(frozen=True)
class References:
    """Ids of things in one of ``groups``, separated by semicolons."""

    groups: tuple[str, ...]


@dataclass(frozen=True)
class Concept:
    """The slug of a concept of a scheme in ``ontology/schemes``."""

    scheme: str


@dataclass(frozen=True)
class Edtf:
    """A date as it was said (EDTF)."""


@dataclass(frozen=True)
class Url:
    """A complete web address."""


@dataclass(frozen=True)
class External:
    """An identifier of somebody else; ``template`` makes its IRI."""

    template: str


@dataclass(frozen=True)
class FormerId:
    """An id that nothing bears any more: ``old-name``, ``place/old-name``, ``graph/old-name``."""


@dataclass(frozen=True)
class PresentId:
    """The id of a thing, a place or a source, written like a former one."""


@dataclass(frozen=True)
class Number:
    """A decimal number, or a whole one, between two limits."""

    whole: bool = False
    low: float | None = None
    high: float | None = None


Cell = (
    Text
    | SlugCell
    | Reference
    | References
    | Concept
    | Edtf
    | Url
    | External
    | FormerId
    | PresentId
    | Number
)


# Sayings: what a filled cell says about the node of its row ----------------------------------


@dataclass(frozen=True)
class Property:
    """``node predicate cell``; turned round when ``inverse``."""

    predicate: str
    lang: str | None = None
    inverse: bool = False


@dataclass(frozen=True)
class Times:
    """``node fil:role …``, ``fil:roleEarliest`` and ``fil:roleLatest``."""

    role: str


@dataclass(frozen=True)
class Named:
    """``node predicate <id:prefix/slug>``, where the slug follows from the name in the cell."""

    prefix: str
    type: str
    predicate: str


@dataclass(frozen=True)
class DisplayName:
    """The first row of an id gives its display name (asserted in ``graph:editorial``)."""

    lang: str | None = None
    also: About | None = None


@dataclass(frozen=True)
class Classification:
    """``node predicate concept``, and the class that the concept names for its instances."""

    predicate: str


@dataclass(frozen=True)
class Parent:
    """The whole that an organisation belongs to: a unit of it, or an organisation under it."""

    unit: str
    other: str
    unit_classes: tuple[str, ...]


@dataclass(frozen=True)
class About:
    """A fact node of its own about the row's thing, whose IRI is made of ``pattern``."""

    pattern: NodePattern
    types: tuple[str, ...]
    link: str
    says: Property | Times
    constants: tuple[tuple[str, str], ...] = ()


Saying = Property | Times | Named | DisplayName | Classification | Parent | About


# Nodes, columns, tables --------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """One part of a node's IRI: the cell of a column (``via`` slugs a name or a date)."""

    column: str
    via: str = "plain"
    fixed: str = ""


@dataclass(frozen=True)
class NodePattern:
    """How the IRI of a node follows from what it is about.

    Parts are joined by ``--``; empty ones are left out. ``occurrence`` names the column that
    numbers a thing which happens more than once. ``undated`` adds the source where the last
    part, a date, is empty: two undated statements are not known to be of one day.
    """

    prefix: str
    parts: tuple[Part, ...]
    occurrence: bool = False
    undated: bool = False
    ends: tuple[str, str, str] | None = None
    """Columns of a tie (from, relation, to): the ends are sorted if the relation is symmetric."""


@dataclass(frozen=True)
class Column:
    """A column: its name, what it may hold, what it says, and how people read it."""

    name: str
    cell: Cell
    label: Bilingual
    help: Bilingual
    says: Saying | None = None
    required: bool = False


@dataclass(frozen=True)
class Table:
    """A table: its columns, the node that a row describes, and the key of a row.

    ``key`` with the source identifies a row: one source says a thing once.
    """

    name: str
    label: Bilingual
    help: Bilingual
    columns: tuple[Column, ...]
    node: NodePattern
    types: tuple[str, ...]
    key: tuple[str, ...]
    graph: str | None = None
    """Graph of the rows; ``None`` means the graph of the row's source."""
    constants: tuple[tuple[str, str], ...] = field(default=())

    @property
    def header(self) -> tuple[str, ...]:
        """Names of the columns in order."""
        return tuple(column.name for column in self.columns)
