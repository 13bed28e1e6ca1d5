"""Plots that read like a page: the stages of a chain, and chains of links between two things."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filiera.answers.dates import date_text
from filiera.answers.gap_model import STATUSES, Gaps, StageGap
from filiera.answers.paths import Path, Paths
from filiera.texts import Text
from filiera.views.plot_bars import MORE
from filiera.views.plot_sheet import (
    BLUE,
    GOLD,
    GREEN,
    INK,
    ORANGE,
    PURPLE,
    QUIET,
    Sheet,
    named_sources,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_gaps", "plot_paths"]

_LINE = 0.155
"""Height of a line of small text, in inches."""
_AIR = 0.13
_SMALL = 8.0
_LETTER = _SMALL * 0.59 / 72
"""Width of a letter of small text, in inches, rather too wide than too narrow."""
_NAMES = 3
"""Lines of names that a stage shows."""

STATUS_COLOURS = {
    "nobody-known": ORANGE,
    "outside-only": GOLD,
    "at-risk": PURPLE,
    "one-only": BLUE,
    "covered": GREEN,
}

_GAPS = Text("Vuoti della filiera: {chain}", "Gaps of the value chain: {chain}")
_SEEN = Text(
    "Dall'inizio della filiera alla fine, al {day}. In nero chi è in {body}; in grigio, tra"
    " parentesi, chi ne è fuori",
    "From the start of the chain to its end, on {day}. In black, members of {body}; in grey and in"
    " brackets, those outside",
)
_KNOWN = Text(
    "Questo grafo non conosce tutti: uno stadio vuoto può ben avere qualcuno.",
    "This graph does not know everybody: an empty stage may well have somebody.",
)
_OTHERS = Text("e altri {n}", "and {n} more")
_APART = Text("Nessun legame in questo grafo", "No link in this graph")
_ALSO = Text("altri fatti: {n}", "further facts: {n}")


@dataclass(frozen=True)
class _Row:
    """A stage with the lines that stand beside it."""

    stage: StageGap
    name: tuple[str, ...]
    members: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def height(self) -> float:
        lines = max(len(self.name), len(self.members) + len(self.others), 1)
        return lines * _LINE + _AIR


def plot_gaps(answer: Gaps, sheet: Sheet) -> Axes:
    """The stages in the order of the flow, in the colour of their status, with who works there."""
    lang, width = sheet.lang, sheet.width
    status, who = width * 0.40, width * 0.585
    room = int((width - who) / _LETTER)
    rows = [
        _Row(
            stage,
            tuple(
                textwrap.wrap(stage.label(lang), int((status - 0.3 - 0.18 * stage.depth) / _LETTER))
            ),
            _names([firm.label(lang) for firm in stage.members], room, lang),
            _names([firm.label(lang) for firm in stage.others], room, lang, brackets=True),
        )
        for stage in answer.stages
    ]
    ax = sheet.open(sum(row.height for row in rows) + 0.1)
    shown = _fitting([row.height for row in rows], sheet)
    y = 0.0
    for row in rows[:shown]:
        colour = STATUS_COLOURS[row.stage.status]
        indent = 0.18 * row.stage.depth
        top, middle = y + _AIR / 2, y + row.height / 2
        ax.barh(middle, 0.09, left=indent, height=row.height - 0.05, color=colour)
        _lines(ax, indent + 0.18, top, row.name, INK)
        _lines(ax, status, top, [STATUSES[row.stage.status](lang)], colour, weight="bold")
        _lines(ax, who, top, row.members, INK)
        _lines(ax, who, top + len(row.members) * _LINE, row.others, QUIET)
        y += row.height
        ax.axhline(y, color="#e5e2da", linewidth=0.6)
    _page(ax, width, y)
    day = Text(*(date_text(one, answer.at.isoformat()) for one in ("it", "en")))
    evidence = (
        one
        for stage in answer.stages
        for firm in (*stage.members, *stage.others)
        for one in (*firm.claims, *firm.membership)
    )
    left_out = len(rows) - shown
    more = MORE(lang).format(n=left_out) if left_out else ""
    return sheet.finish(
        _GAPS.put(chain=answer.label)(lang),
        _SEEN.put(day=day, body=answer.body_label)(lang),
        " ".join(filter(None, (more, _KNOWN(lang), named_sources(evidence, lang)))),
    )


def plot_paths(answer: Paths, sheet: Sheet) -> Axes:
    """Each path from the top down, side by side: things, and the facts that join them."""
    lang, width = sheet.lang, sheet.width
    columns = min(3, max(len(answer.paths), 1))
    across = width / columns
    told = [_told(path, lang, int((across - 0.45) / _LETTER)) for path in answer.paths]
    bands = [told[at : at + columns] for at in range(0, len(told), columns)]
    heights = [max(sum(height for _, _, height in path) for path in band) + 0.2 for band in bands]
    ax = sheet.open(sum(heights) or 0.6)
    shown = _fitting(heights, sheet)
    y = 0.0
    for band, height in zip(bands[:shown], heights, strict=False):
        for column, path in enumerate(band):
            _chain(ax, column * across, y, path)
        y += height
    if not told:
        ax.text(width / 2, 0.3, _APART(lang), ha="center", va="center", color=QUIET)
    _page(ax, width, y or 0.6)
    left_out = len(told) - sum(map(len, bands[:shown]))
    more = MORE(lang).format(n=left_out) if left_out else ""
    evidence = (link.evidence for path in answer.paths for step in path.steps for link in step)
    return sheet.finish(
        f"{answer.one.label(lang)} – {answer.other.label(lang)}",
        answer.verdict(lang).rstrip(":"),
        " ".join(filter(None, (more, named_sources(evidence, lang)))),
    )


_Told = list[tuple[tuple[str, ...], bool, float]]
"""Lines of a thing (true) or of the facts of a step, with their height."""


def _told(path: Path, lang: str, letters: int) -> _Told:
    found: _Told = []
    for place, halt in enumerate(path.halts):
        if place:
            step = path.steps[place - 1]
            lines = textwrap.wrap(step[0].text(lang), letters)
            if len(step) > 1:
                lines.append(_ALSO(lang).format(n=len(step) - 1))
            found.append((tuple(lines), False, len(lines) * _LINE + 0.1))
        name = tuple(textwrap.wrap(halt.label(lang), letters))
        found.append((name, True, len(name) * _LINE + 0.1))
    return found


def _chain(ax: Axes, left: float, top: float, path: _Told) -> None:
    y, dots = top, []
    for lines, thing, height in path:
        if thing:
            dots.append(y + 0.05 + _LINE / 2)
        _lines(ax, left + 0.3, y + 0.05, lines, INK if thing else QUIET,
               weight="bold" if thing else "normal")  # fmt: skip
        y += height
    ax.plot([left + 0.12] * 2, [dots[0], dots[-1]], color=QUIET, linewidth=1.2, zorder=1)
    inner = [BLUE] * (len(dots) - 2)
    ax.scatter([left + 0.12] * len(dots), dots, s=46, color=[INK, *inner, INK], zorder=2)


def _names(
    names: Sequence[str], letters: int, lang: str, *, brackets: bool = False
) -> tuple[str, ...]:
    """Names in a few lines; how many more there are is said."""
    for count in range(len(names), 0, -1):
        said = ", ".join(names[:count])
        if count < len(names):
            said += f" {_OTHERS(lang).format(n=len(names) - count)}"
        lines = textwrap.wrap(f"({said})" if brackets else said, letters)
        if len(lines) <= _NAMES:
            return tuple(lines)
    return ()


def _fitting(heights: Sequence[float], sheet: Sheet) -> int:
    """How many of the first blocks there is room for."""
    room, used = sheet.height, 0.0
    for count, height in enumerate(heights):
        used += height
        if room is not None and used > room and count:
            return count
    return len(heights)


def _lines(
    ax: Axes, x: float, y: float, lines: Sequence[str], colour: str, weight: str = "normal"
) -> None:
    for number, line in enumerate(lines):
        ax.text(x, y + (number + 0.5) * _LINE, line, size=_SMALL, color=colour, weight=weight,
                va="center_baseline", ha="left")  # fmt: skip


def _page(ax: Axes, width: float, height: float) -> None:
    ax.set_xlim(0, width)
    ax.set_ylim(height, 0)
    ax.set_xticks([])
    ax.set_yticks([])
