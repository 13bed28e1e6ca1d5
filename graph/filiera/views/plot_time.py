"""Plots over time: the members of a body, numbers with a day, and rows with dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from filiera.answers.evidence import Footnotes
from filiera.answers.history import History
from filiera.answers.numbers import number_text
from filiera.texts import Text
from filiera.views.plot_bars import MORE
from filiera.views.plot_sheet import (
    BLUE,
    GREEN,
    QUIET,
    SIZE,
    Label,
    Sheet,
    place_labels,
    wrapped,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Span", "draw_spans", "plot_history"]

_TITLE = Text("Soci nel tempo: {body}", "Members over time: {body}")
_MEASURED = Text(
    "Quanti ne dichiarano le fonti, e quanti questo grafo ne nomina",
    "How many sources state, and how many this graph names",
)
_STATED = Text("dichiarati da una fonte", "stated by a source")
_NAMED = Text("nominati in questo grafo", "named in this graph")
_POSSIBLE = Text("nominati, forse", "named, possibly")
_UNDATED = Text("Senza data, non disegnati: {numbers}.", "Without a date, not drawn: {numbers}.")
_SOURCES = Text("Fonti", "Sources")
_MOST = 40
_ROW = 0.3


@dataclass(frozen=True)
class Span:
    """A row of a time line: its label, its first and last day, and how the time was said."""

    label: str
    first: date
    last: date
    said: str


def plot_history(answer: History, sheet: Sheet) -> Axes:
    """Members stated as steps with the marks of their sources, and members named."""
    lang = sheet.lang
    ax = sheet.open(3.4)
    notes = Footnotes(lang)
    stated = [one for one in answer.stated if one.total and one.days.latest]
    points = [
        (
            _day(one.days.latest),
            float(one.value),
            " ".join(filter(None, (one.precision(lang), number_text(one.value, lang))))
            + notes.cite(one.evidence),
        )
        for one in stated
    ]
    undated = [
        number_text(one.value, lang) + notes.cite(one.evidence)
        for one in answer.stated
        if one.total and not one.days.latest
    ]
    days = [_number(_day(one.day)) for one in answer.named]
    certain = [len(one.certain) for one in answer.named]
    perhaps = [len(one.certain) + len(one.possible) for one in answer.named]
    if days:
        ax.fill_between(
            days, certain, perhaps, step="post", color=GREEN, alpha=0.25, linewidth=0,
            label=_POSSIBLE(lang),
        )  # fmt: skip
        ax.step(days, certain, where="post", color=GREEN, linewidth=2, label=_NAMED(lang))
    if points:
        ends = [*(_number(day) for day, _, _ in points), max([*days, _number(points[-1][0])])]
        ax.step(
            ends, [*(value for _, value, _ in points), points[-1][1]], where="post", color=BLUE,
            linewidth=2, label=_STATED(lang),
        )  # fmt: skip
        ax.scatter(ends[:-1], [value for _, value, _ in points], color=BLUE, s=34, zorder=3)
    highest = max([*perhaps, *(value for _, value, _ in points), 1])
    ax.set_ylim(0, highest * 1.18)
    if days:
        _years(ax, min(days), max([*days, *(_number(day) for day, _, _ in points)]))
    ax.yaxis.grid(True)
    ax.tick_params(axis="y", labelsize=8, labelcolor=QUIET)
    labels = [Label(said, _number(day), value, 4) for day, value, said in points]
    if days:
        labels.append(Label(str(certain[-1]), days[-1], certain[-1], 2))
    if days or points:
        ax.legend(loc="upper left", ncols=3, bbox_to_anchor=(-0.01, -0.07), handlelength=1.4)
    foot = [_UNDATED(lang).format(numbers="; ".join(undated))] if undated else []
    foot += [line for line in notes.markdown().split("\n")[2:] if line]
    found = sheet.finish(
        _TITLE.put(body=answer.label)(lang),
        _MEASURED(lang),
        "\n".join(foot),
    )
    place_labels(ax, labels, size=SIZE - 1, above=True)
    return found


def draw_spans(sheet: Sheet, spans: Sequence[Span]) -> tuple[Axes, str]:
    """Draw rows over the years, each from its first to its last day, the earliest first."""
    ordered = sorted(spans, key=lambda one: (one.first, one.last, one.label))
    shown = min(len(ordered), _MOST)
    ax = sheet.open(shown * _ROW + 0.3)
    shown = sheet.rows(shown, _ROW * 0.75)
    rows = ordered[:shown]
    first = min(_number(one.first) for one in rows)
    last = max(_number(one.last) for one in rows)
    _years(ax, first, last)
    for row, one in enumerate(rows):
        begin, end = _number(one.first), _number(one.last)
        ax.plot([begin, end], [row, row], color=BLUE, linewidth=5, marker="o", markersize=6)
    ax.set_yticks(range(shown), [wrapped(_short(one.label), 44) for one in rows], size=8)
    ax.set_ylim(shown - 0.4, -0.6)
    ax.xaxis.grid(True)
    _say_times(ax, rows)
    left_out = len(ordered) - shown
    return ax, MORE(sheet.lang).format(n=left_out) if left_out else ""


def _say_times(ax: Axes, rows: Sequence[Span]) -> None:
    """Write each time behind its bar, else before it; where neither has room, make some."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    texts = [
        ax.annotate(
            one.said, (_number(one.last), row), (7, 0), textcoords="offset points", va="center",
            size=7.5, color=QUIET,
        )
        for row, one in enumerate(rows)
    ]  # fmt: skip
    for text in texts:
        text.set_in_layout(False)
    figure.draw_without_rendering()
    frame = ax.get_window_extent().width
    left, right = ax.get_xlim()
    wanted = right
    for text, one in zip(texts, rows, strict=True):
        share = (text.get_window_extent().width + 22) / frame
        room = share * (right - left)
        if _number(one.last) + room <= right:
            continue
        if _number(one.first) - room >= left:
            text.set_horizontalalignment("right")
            text.xy = (_number(one.first), text.xy[1])
            text.set_position((-7, 0))
        else:
            wanted = max(wanted, (_number(one.last) - left * share) / max(1 - share, 0.1))
    ax.set_xlim(left, wanted)


def _short(label: str) -> str:
    return label if len(label) <= 44 else label[:43].rstrip() + "…"


def _years(ax: Axes, first: float, last: float) -> None:
    """Whole years below the axis, few enough to stand apart."""
    begin, end = date.fromordinal(int(first)).year, date.fromordinal(int(last)).year + 1
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if (end - begin) / step <= 12)
    years = [year for year in range(begin - begin % step, end + 1, step) if year >= begin]
    ax.set_xticks([date(year, 1, 1).toordinal() for year in years], [str(y) for y in years])
    ax.set_xlim(date(begin, 1, 1).toordinal() - 20, date(end, 1, 1).toordinal() + 20)
    ax.tick_params(axis="x", labelsize=8, pad=7)


def _day(iso: str) -> date:
    return date.fromisoformat(iso)


def _number(day: date) -> float:
    return float(day.toordinal())
