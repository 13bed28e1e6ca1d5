"""Plots of the tables that questions give, as each question declares."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, cast

import networkx

from filiera.answers.numbers import number_text
from filiera.errors import UsageError
from filiera.facts.dates import span
from filiera.facts.problems import CellFault
from filiera.results import Iri, Results, Value
from filiera.texts import Text
from filiera.views.plot_bars import Bar, draw_bars
from filiera.views.plot_places import Town, counted, draw_network, draw_towns
from filiera.views.plot_sheet import BLUE, GOLD, GREEN, ORANGE, Sheet, place_labels
from filiera.views.plot_time import Span, draw_spans

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_results"]

_ENDS = (
    ("from", "to", "how"),
    ("owner", "owned", "relation"),
    ("by", "owned", "relation"),
    ("supplier", "customer", ""),
    ("second", "supplier", ""),
    ("organisation", "network", ""),
    ("asked", "other", "relation"),
)
"""Columns that are the ends of an edge, with the one that names the relation."""

_STACKS = {
    "facts-by-sources": ("one", "more"),
    "kinds-joined": ("certainly", "possibly"),
    "partners-of": ("partnerships", "research", "supply", "projects"),
    "undated-facts": ("undated",),
}
"""Columns that a bar puts side by side, by question; else it is the first one with numbers."""

_COLOURS = (BLUE, ORANGE, GREEN, GOLD)
_ASIDE = ("source", "precision", "nature", "address", "certainty", "mode")
"""Columns that do not name a row of a time line."""

_UNSAID = Text("senza data", "without a date")
_SOURCES = Text("Fonti", "Sources")
_MORE = Text("e altre {n}", "and {n} more")
_UNPLACED = Text("Senza coordinate, non disegnati: {n}.", "Without coordinates, not drawn: {n}.")
_UNDATED = Text("Senza data, non disegnate: {n}.", "Without a date, not drawn: {n}.")
_OFFERED = Text(
    "si disegnano gaps, partners, paths, brokers, suggestions, history e quality, e le domande il"
    " cui disegno è bar, line, map, network o timeline",
    "gaps, partners, paths, brokers, suggestions, history and quality can be plotted, and the"
    " questions whose drawing is bar, line, map, network or timeline",
)


def plot_results(answer: Results, sheet: Sheet) -> Axes:
    """Draw a table as its question declares.

    Raises UsageError for a table that declares no drawing, or has no rows.
    """
    drawing = answer.details.get("drawing", "table")
    ways = {
        "bar": _bars,
        "line": _timeline,
        "timeline": _timeline,
        "map": _map,
        "network": _network,
    }
    if drawing not in ways:
        name = answer.details.get("question")
        what = Text.same(f"“{name}”") if name else Text("SPARQL libero", "free SPARQL")
        raise UsageError(
            Text(
                f"la risposta a {what.it} è una tabella da leggere e non ha un disegno:"
                f" {_OFFERED.it}",
                f"the answer to {what.en} is a table to read and has no drawing: {_OFFERED.en}",
            )
        )
    if not answer.rows:
        raise UsageError(
            Text(
                "la risposta non ha righe, quindi non c'è nulla da disegnare",
                "the answer has no rows, so there is nothing to draw",
            )
        )
    return ways[drawing](answer, sheet)


def _bars(answer: Results, sheet: Sheet) -> Axes:
    """The numbers that make up the measure of the question, side by side in one bar a row."""
    question = str(answer.details.get("question", ""))
    first = next(column.name for column in answer.columns if column.kind == "number")
    measured = [
        column for column in answer.columns if column.name in _STACKS.get(question, (first,))
    ]
    places = [answer.names.index(column.name) for column in measured]
    lead = [
        place
        for place, column in enumerate(answer.columns[: min(places)])
        if column.kind != "number"
    ]
    bars = []
    for row, shown in zip(answer.rows, answer.texts(), strict=True):
        label = " · ".join(shown[place] for place in lead if shown[place])
        values = [Decimal(str(row[place] or 0)) for place in places]
        parts = tuple((float(v), colour) for v, colour in zip(values, _COLOURS, strict=False))
        stated = any(row[place] is not None for place in places)
        said = number_text(sum(values, Decimal(0)), sheet.lang) if stated else "–"
        bars.append(Bar(label or _UNSAID(sheet.lang), parts, said))
    legend = [(column.title, colour) for column, colour in zip(measured, _COLOURS, strict=False)]
    _, more = draw_bars(sheet, bars, legend if len(legend) > 1 else ())
    subtitle = ", ".join(column.title for column in measured)
    return sheet.finish(answer.title, subtitle, _foot(more, answer, sheet.lang))


def _timeline(answer: Results, sheet: Sheet) -> Axes:
    dates = [
        index for index, column in enumerate(answer.columns) if column.kind in ("edtf", "date")
    ]
    numbers = (
        [index for index, column in enumerate(answer.columns) if column.kind == "number"][:1]
        if answer.details.get("drawing") == "line"
        else []
    )
    lead = [
        index
        for index, column in enumerate(answer.columns)
        if column.kind in ("thing", "text") and column.name not in _ASIDE
    ][:2]
    spans, undated = [], 0
    for row, shown in zip(answer.rows, answer.texts(), strict=True):
        days = [day for index in dates for day in _days(row[index])]
        if not days:
            undated += 1
            continue
        said = next(shown[index] for index in dates if shown[index])
        words = [shown[index] for index in lead]
        words += [number_text(Decimal(str(row[index])), sheet.lang) for index in numbers]
        label = " · ".join(filter(None, words))
        spans.append(Span(label, min(days), max(days), said))
    if not spans:
        raise UsageError(
            Text(
                "nessuna riga della risposta ha una data, quindi non c'è una linea del tempo",
                "no row of the answer bears a date, so there is no time line to draw",
            )
        )
    _, more = draw_spans(sheet, spans)
    left_out = _UNDATED(sheet.lang).format(n=undated) if undated else ""
    subtitle = ", ".join(answer.columns[index].title for index in dates)
    return sheet.finish(answer.title, subtitle, _foot(more, answer, sheet.lang, left_out))


def _map(answer: Results, sheet: Sheet) -> Axes:
    where = answer.details.get("coordinates", {})
    kinds = [column.kind for column in answer.columns]
    counts: dict[str, float] = {}
    names: dict[str, str] = {}
    column = "place" if "place" in answer.names else "seat"
    index = answer.names.index(column)
    for row in answer.rows:
        place = row[index]
        if isinstance(place, Iri):
            names[place] = place.label
            said = row[kinds.index("number")] if column == "place" else 1
            counts[place] = counts.get(place, 0.0) + float(cast(int, said))
    towns = [
        Town(names[place], where[place][0], where[place][1], count)
        for place, count in counts.items()
        if place in where
    ]
    if not towns:
        raise UsageError(
            Text(
                "nessun luogo della risposta ha coordinate, quindi non c'è una mappa da disegnare",
                "no place of the answer has coordinates, so there is no map to draw",
            )
        )
    ax, labels, farther = draw_towns(sheet, towns)
    left_out = len(counts) - len(towns)
    unplaced = _UNPLACED(sheet.lang).format(n=left_out) if left_out else ""
    number = kinds.index("number") if column == "place" else answer.names.index("organisation")
    found = sheet.finish(
        answer.title, answer.columns[number].title, _foot(unplaced, answer, sheet.lang, farther)
    )
    place_labels(ax, labels)
    return found


def _network(answer: Results, sheet: Sheet) -> Axes:
    network: networkx.DiGraph[str] = networkx.DiGraph()
    labels: dict[tuple[str, str], dict[str, None]] = {}
    for one, other, label in _edges(answer):
        for end in (one, other):
            network.add_node(str(end), label=end.label)
        labels.setdefault((str(one), str(other)), {})[label] = None
    for (start, goal), said in labels.items():
        network.add_edge(start, goal, label=", ".join(filter(None, said)))
    if not network:
        raise UsageError(
            Text(
                "nessuna riga della risposta unisce due cose, quindi non c'è una rete da disegnare",
                "no row of the answer joins two things, so there is no network to draw",
            )
        )
    foot = _foot("", answer, sheet.lang)
    return draw_network(network, sheet, answer.title, counted(network, sheet.lang), foot)


def _edges(answer: Results) -> Iterator[tuple[Iri, Iri, str]]:
    asked = answer.details.get("asked")
    names = answer.names
    for row, shown in zip(answer.rows, answer.texts(), strict=True):
        cells: dict[str, Value] = dict(zip(names, row, strict=True))
        words = dict(zip(names, shown, strict=True))
        cells.setdefault("asked", asked)
        for one, other, relation in _ENDS:
            ends = cells.get(one), cells.get(other)
            if isinstance(ends[0], Iri) and isinstance(ends[1], Iri):
                yield ends[0], ends[1], words.get(relation, "")


def _days(value: Value) -> list[date]:
    if isinstance(value, date):
        return [value]
    found = []
    for said in str(value or "").split(" / "):
        try:
            meant = span(said)
        except CellFault:
            continue
        found += [day for day in (meant.earliest, meant.latest) if day]
    return found


def _foot(more: str, answer: Results, lang: str, note: str = "") -> str:
    """Sources that the rows name, else nothing: a table that only counts them names none."""
    named = [name for name in ("source", "firstSource", "secondSource") if name in answer.names]
    labels = dict.fromkeys(
        value.label for name in named for value in answer.column(name) if isinstance(value, Iri)
    )
    said = ""
    if labels:
        titles = list(labels)
        said = f"{_SOURCES(lang)}: " + "; ".join(titles[:3])
        if len(titles) > 3:
            said += "; " + _MORE(lang).format(n=len(titles) - 3)
    return " ".join(filter(None, (more, note, said)))
