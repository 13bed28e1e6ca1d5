"""What a plot shows, as tests read it."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle


def texts(ax: Axes) -> list[Any]:
    """Everything that is written on the figure."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.canvas.draw()
    beyond = {
        tick.label1
        for axis in (ax.xaxis, ax.yaxis)
        for tick in axis.get_major_ticks()
        if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
    }
    found: list[Any] = list(figure.findobj(matplotlib.text.Text))
    found = [one for one in found if one.get_visible() and one not in beyond]
    return [one for one in found if one.get_text().strip()]


def words(ax: Axes) -> str:
    return "\n".join(one.get_text() for one in texts(ax))


def labels(ax: Axes) -> list[str]:
    """Labels of the rows, in one line each."""
    return [one.get_text().replace("-\n", "-").replace("\n", " ") for one in ax.get_yticklabels()]


def bars(ax: Axes) -> list[Rectangle]:
    return [one for one in ax.patches if isinstance(one, Rectangle)]


def lengths(ax: Axes) -> list[float]:
    """Length of the bar of each row, from the top, all its parts together."""
    rows: dict[int, float] = {}
    for one in bars(ax):
        row = round(one.get_y() + one.get_height() / 2)
        rows[row] = rows.get(row, 0.0) + one.get_width()
    return [rows[row] for row in sorted(rows)]


def points(marks: Any) -> int:
    return len(marks.get_offsets())


def days(line: Any) -> list[float]:
    return list(line.get_xdata())


def untouched(ax: Axes) -> None:
    """No text touches another one, and none leaves the figure."""
    written = texts(ax)
    boxes = [one.get_window_extent() for one in written]
    figure = ax.get_figure(root=True)
    assert figure is not None
    for text, box in zip(written, boxes, strict=True):
        assert box.x0 >= -1, text.get_text()
        assert box.y0 >= -1, text.get_text()
        assert box.x1 <= figure.bbox.x1 + 1, text.get_text()
        assert box.y1 <= figure.bbox.y1 + 1, text.get_text()
    for (one, first), (other, second) in combinations(zip(written, boxes, strict=True), 2):
        assert not first.padded(-1).overlaps(second.padded(-1)), (one.get_text(), other.get_text())
