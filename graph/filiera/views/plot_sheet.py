"""What every plot shares: figure, palette, title, the line of sources, labels that keep apart."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from filiera.answers.cards import SourceRef
from filiera.answers.evidence import Evidence
from filiera.errors import MissingPart
from filiera.texts import Text
from filiera.views.drawing import COLOURS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Annotation

__all__ = [
    "BLUE",
    "GOLD",
    "GREEN",
    "GROUND",
    "HAIR",
    "INK",
    "ORANGE",
    "PURPLE",
    "QUIET",
    "SIZE",
    "Label",
    "Sheet",
    "named_sources",
    "place_labels",
    "style",
    "wrapped",
]

GROUND, INK, QUIET, HAIR = "#fbfaf7", "#1c1e22", "#5a6069", "#e5e2da"
"""Colours of the page's light theme (``views/page/theme.css``), as are those of the hues."""

BLUE, ORANGE, GREEN, PURPLE, GOLD = (COLOURS[number] for number in range(1, 6))
"""The hues of the page, which colour-blind eyes tell apart."""

SIZE = 9.0
"""Size of the text in points."""

_WIDTH = 8.6
"""Width of a figure in inches."""
_EDGE = 0.012
"""Where titles begin, in widths of the figure."""
_PAD, _PADS = 0.09, 0.5
"""Air around each part, and around all of them together, in inches."""
_LETTER = 0.56
"""Mean width of a letter by the size of the text."""
_SOURCES = Text("Fonti", "Sources")
_ONE_SOURCE = Text("Fonte", "Source")
_MORE = Text("e altre {n}", "and {n} more")
_NAMED_SOURCES = 4
_STYLE = {
    # The one font that comes with matplotlib: the same letters on every machine.
    "font.family": "DejaVu Sans",
    "font.size": SIZE,
    "text.color": INK,
    "axes.labelcolor": QUIET,
    "axes.edgecolor": HAIR,
    "axes.facecolor": GROUND,
    "figure.facecolor": GROUND,
    "savefig.facecolor": GROUND,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.spines.bottom": False,
    "axes.grid": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "grid.color": HAIR,
    "grid.linewidth": 0.8,
    "xtick.color": QUIET,
    "ytick.color": INK,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "xtick.minor.size": 0,
    "ytick.minor.size": 0,
    "legend.frameon": False,
    "legend.fontsize": SIZE - 1,
    "figure.dpi": 100,
    "text.usetex": False,
    "text.parse_math": False,
}


@contextmanager
def style() -> Iterator[None]:
    """Our settings while the block runs; those of the session come back after it.

    Raises MissingPart without matplotlib.
    """
    try:
        from matplotlib import interactive, is_interactive, rc_context, style
    except ImportError as error:
        raise MissingPart(
            Text(
                "matplotlib non è installato; installalo con: pip install 'filiera[notebook]'",
                "matplotlib is not installed; install it with: pip install 'filiera[notebook]'",
            )
        ) from error
    with rc_context(), style.context(["default", _STYLE], after_reset=True):
        yield
        # The first figure of a notebook loads its backend, which turns this on for the session.
        drawn_at_once = is_interactive()
    interactive(drawn_at_once)


class Sheet:
    """The axes of a plot with their title and sources.

    ``ax`` is where to draw: the axes that were given, else those of a new figure.
    """

    def __init__(self, ax: Axes | None, lang: str) -> None:
        self._given = ax
        self.lang = lang
        if ax is not None:
            self.ax = ax

    def open(self, height: float) -> Axes:
        """Axes with room for ``height`` inches of drawing, if they are not given."""
        if self._given is None:
            from matplotlib import pyplot
            from matplotlib.layout_engine import ConstrainedLayoutEngine

            self._drawing = height
            engine = ConstrainedLayoutEngine(w_pad=2 * _PAD, h_pad=_PAD)
            _, self.ax = pyplot.subplots(figsize=(_WIDTH, height), layout=engine)
        return self.ax

    @property
    def width(self) -> float:
        """Width for drawing, in inches."""
        if self._given is None:
            return _WIDTH - 0.3
        return self._inches()[0]

    @property
    def height(self) -> float | None:
        """Height for drawing, in inches; ``None`` where the figure grows with what is drawn."""
        return None if self._given is None else self._inches()[1]

    def rows(self, wanted: int, height: float) -> int:
        """How many rows of ``height`` inches there is room for, at least one."""
        return wanted if self.height is None else max(1, min(wanted, int(self.height / height)))

    def finish(self, title: str, subtitle: str, foot: str) -> Axes:
        """Put the title, what is measured below it, and the line of sources at the bottom."""
        heading = wrapped(title, _letters(self.width, SIZE + 2))
        below = wrapped(subtitle, _letters(self.width, SIZE - 0.5))
        said = wrapped(foot, _letters(self.width, SIZE - 1.5))
        if self._given is not None:
            self.ax.set_title(f"{heading}\n{below}", loc="left", size=SIZE, color=INK)
            self.ax.set_xlabel(said, loc="left", size=SIZE - 1.5, color=QUIET)
            return self.ax
        figure = self._figure()
        # The drawing keeps its height, so that the texts in it never meet.
        around = sum(
            size * 1.3 / 72 * (text.count("\n") + 1)
            for text, size in ((heading, SIZE + 2), (below, SIZE - 0.5), (said, SIZE - 1.5))
        )
        figure.set_size_inches(_WIDTH, self._drawing + around + _PADS)
        figure.suptitle(heading, x=_EDGE, ha="left", size=SIZE + 2, weight="bold", color=INK)
        figure.supxlabel(said, x=_EDGE, ha="left", size=SIZE - 1.5, color=QUIET)
        line = self.ax.set_title(below, loc="left", size=SIZE - 0.5, color=QUIET, pad=8)
        # The second line begins where the first does, also where labels stand left of the axes;
        # for that, and for labels that were placed, the layout stays as it now is.
        for _ in range(2):  # the first time settles the sizes, the second the places
            figure.draw_without_rendering()
        figure.set_layout_engine("none")
        box = self.ax.get_position()
        line.set_x((_EDGE - box.x0) / box.width)
        return self.ax

    def _inches(self) -> tuple[float, float]:
        box = self.ax.get_window_extent()
        return box.width / self._figure().dpi, box.height / self._figure().dpi

    def _figure(self) -> Figure:
        figure = self.ax.get_figure(root=True)
        assert figure is not None
        return figure


def _letters(inches: float, size: float) -> int:
    return max(16, int(inches * 72 / (size * _LETTER)))


def wrapped(text: str, letters: int) -> str:
    """The text in lines of at most so many letters; a ``$`` in it starts no formula."""
    return "\n".join(
        line for part in text.split("\n") for line in textwrap.wrap(part, letters) or [""]
    )


def named_sources(sources: Iterable[SourceRef | Evidence], lang: str) -> str:
    """The line that names who says it: the publishers most cited first, then how many more."""
    counts: dict[str, int] = {}
    for one in sources:
        for source in one.sources if isinstance(one, Evidence) else (one,):
            name = source.publisher or source.title or source.id
            counts[name] = counts.get(name, 0) + 1
    if not counts:
        return ""
    names = sorted(counts, key=lambda name: (-counts[name], name))
    said = "; ".join(names[:_NAMED_SOURCES])
    if len(names) > _NAMED_SOURCES:
        said += "; " + _MORE(lang).format(n=len(names) - _NAMED_SOURCES)
    return f"{(_ONE_SOURCE if len(names) == 1 else _SOURCES)(lang)}: {said}"


class Label(NamedTuple):
    """A text that belongs to a point; the earlier ones of a list are placed first."""

    text: str
    x: float
    y: float
    radius: float
    """Of the mark at the point, in points."""


_SIDES = (
    (1, 0, "left", "center"),
    (-1, 0, "right", "center"),
    (0, 1, "center", "bottom"),
    (0, -1, "center", "top"),
    (0.7, 0.7, "left", "bottom"),
    (0.7, -0.7, "left", "top"),
    (-0.7, 0.7, "right", "bottom"),
    (-0.7, -0.7, "right", "top"),
)


def place_labels(
    ax: Axes,
    labels: Sequence[Label],
    *,
    size: float = SIZE - 1.5,
    taken: Iterable[Any] = (),
    above: bool = False,
    centred: bool = False,
) -> list[Annotation]:
    """Write labels beside their points where they touch neither another label nor the edge.

    Those that find no room are left out; what was written is returned. ``taken`` are boxes in
    pixels that stay free; with ``above`` a label stands above its point if it can,
    with ``centred`` on it, else to the right. Call it when the limits of the axes are settled.
    """
    from matplotlib.patheffects import withStroke

    sides = _SIDES[2:] + _SIDES[:2] if above else _SIDES
    if centred:
        sides = ((0, 0, "center", "center"), *sides)
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()
    frame = ax.get_window_extent()
    boxes = list(taken)
    written: list[Annotation] = []
    for label in labels:
        for across, up, horizontal, vertical in sides:
            away = label.radius + 2.5
            text = ax.annotate(
                label.text,
                (label.x, label.y),
                (across * away, up * away),
                textcoords="offset points",
                ha=horizontal,
                va=vertical,
                size=size,
                color=INK,
                path_effects=[withStroke(linewidth=2.2, foreground=GROUND)],
            )
            text.set_in_layout(False)
            box = text.get_window_extent().padded(1.5)
            # A name above or below its point may lean inwards from the edge.
            lean = max(frame.x0 - box.x0, 0) - max(box.x1 - frame.x1, 0)
            if horizontal == "center" and lean:
                text.xyann = (across * away + lean * 72 / figure.dpi, up * away)
                box = box.translated(lean, 0)
            inside = (
                box.x0 >= frame.x0 - 1
                and box.x1 <= frame.x1 + 1
                and box.y0 >= frame.y0
                and box.y1 <= frame.y1
            )
            if inside and not any(box.overlaps(other) for other in boxes):
                boxes.append(box)
                written.append(text)
                break
            text.remove()
    return written
