"""What a workbook is made of: pages to read, tables to sort and filter, charts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from filiera.facts.dates import span
from filiera.facts.problems import CellFault
from filiera.texts import Text

__all__ = [
    "SAID_SEPARATOR",
    "Book",
    "Cell",
    "Chart",
    "Field",
    "Goto",
    "Line",
    "Link",
    "Page",
    "Share",
    "Sheet",
    "said_cells",
    "said_fields",
]

SAID_SEPARATOR = " / "
"""Joins dates that sources say differently."""

_FIRST = Text("{}: primo giorno", "{}: first day")
_LAST = Text("{}: ultimo giorno", "{}: last day")
_FIRST_HELP = Text(
    "Il primo giorno che la data può indicare; vuoto se non si sa",
    "The earliest day that the date can mean; empty where it is not known",
)
_LAST_HELP = Text(
    "L'ultimo giorno che la data può indicare; vuoto se non si sa",
    "The latest day that the date can mean; empty where it is not known",
)


@dataclass(frozen=True)
class Link:
    """A text that opens a web address."""

    text: str
    url: str


@dataclass(frozen=True)
class Goto:
    """A text or a number that leads to a row of a sheet, both by their keys.

    Where there is no such row it is plain; without ``row`` it leads to the top of the sheet.
    """

    text: str | int
    sheet: str
    row: str = ""


@dataclass(frozen=True)
class Share:
    """A number from 0 to 1, shown as a percentage."""

    value: float


Cell: TypeAlias = str | bool | int | float | Decimal | date | Share | Link | Goto | None
"""What a cell may hold. A text is a text, whatever it begins with; a date is a day."""

Tone: TypeAlias = Literal["bad", "doubtful", "good"]


@dataclass(frozen=True)
class Field:
    """A column: its heading, a remark on it, and what is marked in it.

    ``marks`` gives a colour to the cells that hold exactly one of these texts. ``width`` is in
    characters; by default it follows from what the column holds.
    """

    title: str
    help: str = ""
    marks: Mapping[str, Tone] = field(default_factory=dict)
    width: int | None = None


@dataclass(frozen=True)
class Sheet:
    """A table on a sheet of its own: header frozen, filters on, ready to print.

    ``key`` names it for links, and as a table in Excel; ``notes`` stand above the header.
    ``keys`` are the keys of the rows that others lead to: key → index of the row.
    """

    key: str
    name: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    keys: Mapping[str, int] = field(default_factory=dict)
    frozen_columns: int = 1


@dataclass(frozen=True)
class Line:
    """A line of a page: its cells from the left, and how it looks."""

    cells: tuple[Cell, ...]
    style: Literal["title", "heading", "name", "text", "pair"] = "text"


@dataclass(frozen=True)
class Chart:
    """A chart of columns of a sheet: names along the axis, one series for each column of values.

    A ``bar`` puts the series behind each other; a ``line`` runs over the days in the column of
    ``names``. ``rows`` is how many rows, from the first one, are drawn.
    """

    title: str
    kind: Literal["bar", "line"]
    sheet: str
    names: int
    values: tuple[int, ...]
    rows: int


@dataclass(frozen=True)
class Page:
    """A sheet to read from top to bottom, with charts below its lines."""

    key: str
    name: str
    lines: tuple[Line, ...]
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True)
class Book:
    """A workbook: its sheets in order, and what its properties say.

    ``day`` is the date of what it holds, if there is one: not when it was written, so that the
    same data gives the same bytes.
    """

    title: str
    sheets: tuple[Page | Sheet, ...]
    day: date | None = None
    lang: str = "en"
    author: str = ""
    comments: str = ""


def said_fields(title: str, lang: str, help: str = "") -> tuple[Field, Field, Field]:
    """Columns of a date as it was said: the words, the first and the last day it can mean."""
    return (
        Field(title, help),
        Field(_FIRST(lang).format(title), _FIRST_HELP(lang)),
        Field(_LAST(lang).format(title), _LAST_HELP(lang)),
    )


def said_cells(
    said: str | None, shown: Callable[[str], str] = str
) -> tuple[str | None, date | None, date | None]:
    """Cells for ``said_fields`` out of a date in EDTF, or of several joined by `` / ``.

    ``shown`` puts one date into words. A text that is no date has no days.

    >>> said_cells("2020-02")
    ('2020-02', datetime.date(2020, 2, 1), datetime.date(2020, 2, 29))
    """
    if not said:
        return None, None, None
    dates = said.split(SAID_SEPARATOR)
    spans = [_days(one) for one in dates]
    return (
        SAID_SEPARATOR.join(shown(one) for one in dates),
        _edge(min, (first for first, _ in spans)),
        _edge(max, (last for _, last in spans)),
    )


def _days(said: str) -> tuple[date | None, date | None]:
    try:
        _, earliest, latest = span(said)
    except CellFault:
        return None, None
    return earliest, latest


def _edge(choose: Callable[[Iterable[date]], date], days: Iterable[date | None]) -> date | None:
    """The outermost of several days; ``None`` if one of them is open."""
    found = list(days)
    known = [day for day in found if day is not None]
    return choose(known) if len(known) == len(found) else None
