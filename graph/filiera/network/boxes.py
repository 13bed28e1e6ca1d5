"""Boxes around nodes: kept apart, and set in rows."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Boxes", "overlaps", "rows", "separate"]

Points = NDArray[np.float64]
_Pairs = tuple[NDArray[np.intp], NDArray[np.intp]]

_ROUNDS_BEFORE_GROWTH = 40
_GROWTH = 1.04
_AIR = 16.0
"""Boxes at most this far apart are watched for overlaps, until one has moved half of it."""
_LARGE = 0.995
"""Share of the boxes that count as of common size: not to be measured by the few largest."""
_SLACK = 1e-6
"""What rounding may take from the reach of a search."""


class Boxes(NamedTuple):
    """Room that each node takes: arrays of one length, in drawing units.

    ``drops`` says how far the middle of the box lies below the node, since a label
    hangs under its node.
    """

    widths: Points
    heights: Points
    drops: Points

    def take(self, chosen: NDArray[np.intp]) -> Boxes:
        """Boxes of some nodes, in the order of ``chosen``."""
        return Boxes(self.widths[chosen], self.heights[chosen], self.drops[chosen])

    def extent(self, points: Points) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of all boxes with the nodes at ``points``."""
        middle = points[:, 1] + self.drops
        return (
            float((points[:, 0] - self.widths / 2).min()),
            float((middle - self.heights / 2).min()),
            float((points[:, 0] + self.widths / 2).max()),
            float((middle + self.heights / 2).max()),
        )


def overlaps(points: Points, boxes: Boxes) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs of nodes whose boxes cover common ground, as two arrays of equal length.

    Boxes that only touch do not overlap.
    """
    return _near(points, boxes, 0.0)


def _near(points: Points, boxes: Boxes, air: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs of nodes whose boxes overlap or are less than ``air`` apart on both axes.

    The few largest boxes are compared with all that are near them on the x axis; all others lie
    in bands as high as the highest of them, and are compared within their band and the next. The
    pairs come in the order of how far apart they are in the order of x, then in that order.
    """
    order = np.argsort(points[:, 0], kind="stable")
    x, y = points[order, 0], (points[:, 1] + boxes.drops)[order]
    half_width, half_height = boxes.widths[order] / 2, boxes.heights[order] / 2
    if len(order) < 2:
        return np.empty(0, np.intp), np.empty(0, np.intp)
    large = (half_width > np.quantile(half_width, _LARGE)) | (
        half_height > np.quantile(half_height, _LARGE)
    )
    few, many = np.flatnonzero(large), np.flatnonzero(~large)
    reach = 2 * float(half_width.max()) + air + _SLACK
    who, other = _ranges(np.searchsorted(x, x[few] - reach), np.searchsorted(x, x[few] + reach))
    wanted = (few[who] < other) | ~large[other]  # two large ones once
    one, two = _in_bands(
        x[many],
        y[many],
        2 * float(half_width[many].max(initial=0.0)) + air + _SLACK,
        2 * float(half_height[many].max(initial=0.0)) + air + _SLACK,
    )
    ends = np.concatenate((few[who[wanted]], many[one])), np.concatenate((other[wanted], many[two]))
    one, two = np.minimum(*ends), np.maximum(*ends)
    across = half_width[two] + half_width[one] - (x[two] - x[one])
    along = half_height[two] + half_height[one] - np.abs(y[two] - y[one])
    found = (across > 1e-9 - air) & (along > 1e-9 - air) & (one != two)
    one, two = one[found], two[found]
    sorting = np.lexsort((one, two - one))
    return order[one[sorting]], order[two[sorting]]


def _in_bands(x: Points, y: Points, wide: float, high: float) -> _Pairs:
    """Pairs of points less than ``wide`` apart on the x axis, in one band or in two that touch."""
    if not len(x):
        return np.empty(0, np.intp), np.empty(0, np.intp)
    # Bands one after another on one axis, too far apart for any to reach into another.
    stride = float(np.ptp(x)) + 3 * wide
    along = np.floor((y - y.min()) / high) * stride + (x - x.min())
    order = np.argsort(along, kind="stable")
    along = along[order]
    own, beside = _ranges(np.arange(1, len(x) + 1), np.searchsorted(along, along + wide))
    below, next_to = _ranges(
        np.searchsorted(along, along + stride - wide), np.searchsorted(along, along + stride + wide)
    )
    return order[np.concatenate((own, below))], order[np.concatenate((beside, next_to))]


def _ranges(starts: NDArray[np.intp], stops: NDArray[np.intp]) -> _Pairs:
    """All numbers of some ranges, as two arrays: which range, and the number."""
    counts = np.maximum(stops - starts, 0)
    which = np.repeat(np.arange(len(counts)), counts)
    return which, np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts - starts, counts)


def _overlapping(
    points: Points, boxes: Boxes, one: NDArray[np.intp], other: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Those of some pairs whose boxes overlap."""
    x, y = points[:, 0], points[:, 1] + boxes.drops
    half_width, half_height = boxes.widths / 2, boxes.heights / 2
    across = half_width[one] + half_width[other] - np.abs(x[other] - x[one])
    along = half_height[one] + half_height[other] - np.abs(y[other] - y[one])
    found = np.flatnonzero((across > 1e-9) & (along > 1e-9))
    return one[found], other[found]


def separate(points: Points, boxes: Boxes, *, seed: int) -> Points:
    """Push boxes apart until none overlaps; large boxes move less than small ones.

    Each pair moves along the axis that needs the shorter way. Where pushing alone does not
    settle, the whole drawing grows a little and pushing goes on, so it always ends.
    """
    placed, seen = points.copy(), points.copy()
    near = _near(seen, boxes, _AIR)
    weights = boxes.widths * boxes.heights
    jitter = np.random.default_rng(seed)
    turn = 0
    while True:
        if np.abs(placed - seen).max(initial=0.0) > _AIR / 2:
            seen = placed.copy()
            near = _near(seen, boxes, _AIR)
        one, other = _overlapping(placed, boxes, *near)
        if not len(one):
            return placed
        turn += 1
        if turn % _ROUNDS_BEFORE_GROWTH == 0:
            placed = placed * _GROWTH + jitter.normal(scale=0.01, size=placed.shape)
        _push(placed, boxes, weights, one, other)


def _push(
    placed: Points, boxes: Boxes, weights: Points, one: NDArray[np.intp], other: NDArray[np.intp]
) -> None:
    gap = placed[other] - placed[one]
    gap[:, 1] += boxes.drops[other] - boxes.drops[one]
    room = np.column_stack(
        (
            (boxes.widths[one] + boxes.widths[other]) / 2,
            (boxes.heights[one] + boxes.heights[other]) / 2,
        )
    )
    depth = room - np.abs(gap)
    axis = np.where(depth[:, 0] <= depth[:, 1], 0, 1)
    pair = np.arange(len(one))
    side = np.where(gap[pair, axis] >= 0, 1.0, -1.0)
    move = side * (depth[pair, axis] * 0.6 + 0.05)
    share = weights[other] / (weights[one] + weights[other])
    np.add.at(placed, (one, axis), -move * share)
    np.add.at(placed, (other, axis), move * (1.0 - share))


def rows(sizes: list[tuple[float, float]], width: float, gap: float) -> list[tuple[float, float]]:
    """Top left corners of rectangles set in rows of at most ``width``, each row centred
    and its rectangles in the middle of its height.

    ``sizes`` are widths and heights; their order is kept. A rectangle wider than ``width``
    has a row of its own.

    >>> rows([(4, 2), (4, 1), (6, 3)], 10, 1)
    [(0.5, 0.0), (5.5, 0.5), (2.0, 3.0)]
    """
    lines: list[list[int]] = []
    used = width
    for index, (wide, _) in enumerate(sizes):
        if not lines or used + gap + wide > width:
            lines.append([])
            used = -gap
        lines[-1].append(index)
        used += gap + wide
    corners: list[tuple[float, float]] = []
    top = 0.0
    for line in lines:
        left = (width - sum(sizes[i][0] for i in line) - gap * (len(line) - 1)) / 2
        tall = max(sizes[i][1] for i in line)
        for index in line:
            corners.append((left, top + (tall - sizes[index][1]) / 2))
            left += sizes[index][0] + gap
        top += tall + gap
    return corners
