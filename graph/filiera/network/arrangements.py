"""Arrangements of nodes that do not follow from forces: groups in columns, on a map, in rings.

All of them keep the boxes of nodes apart, are centred on (0, 0), and are the same in every run.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from filiera.network.boxes import Boxes, Points, rows, separate

__all__ = ["columns", "on_map", "rings", "set_in_rows"]

_ASPECT = 1.7
"""Width of a block by its height."""
_GAP = 18.0
"""Air between the boxes of two nodes."""
_GROUPS_APART = 90.0
"""Air between two groups."""
_RINGS_APART = 34.0
"""Air between the discs in rings, where no room is kept for names."""
_WIDTH = 1700.0
"""Width of rows, and of the part of a map that is true before towns are pushed apart."""
_TRUE, _BEYOND = 0.85, 0.35
"""Share of the nodes for which a map is true; how much wider it is with all the others."""


def columns(stacks: Sequence[Sequence[int]], boxes: Boxes) -> Points:
    """Nodes in columns from left to right; points in the order of the stacks, one after another.

    Tall columns are broken into several beside each other, so that none is taller than the whole
    is wide.
    """
    total = sum(map(len, stacks))
    tallest = max(3, int(np.ceil(np.sqrt(total / _ASPECT))))
    found: list[Points] = [np.zeros((0, 2))]
    left = 0.0
    for stack in stacks:
        for first in range(0, len(stack), tallest):
            chosen = boxes.take(np.array(stack[first : first + tallest], np.intp))
            tops = np.concatenate(([0.0], np.cumsum(chosen.heights + _GAP)[:-1]))
            middle = tops + chosen.heights / 2 - chosen.drops
            width = float(chosen.widths.max())
            found.append(np.column_stack((np.full(len(middle), left + width / 2), middle)))
            left += width + _GAP
    return np.concatenate(found)


def set_in_rows(
    groups: Sequence[Sequence[int]],
    shapes: Sequence[Points],
    aside: Sequence[int],
    boxes: Boxes,
) -> Points:
    """Groups of nodes, each with its own points, in rows; nodes of no group in a block below.

    Every node of ``boxes`` is in one group or aside.
    """
    placed = np.zeros((len(boxes.widths), 2))
    extents = [
        boxes.take(np.array(group, np.intp)).extent(points)
        for group, points in zip(groups, shapes, strict=True)
    ]
    sizes = [(right - left, bottom - top) for left, top, right, bottom in extents]
    width = max([_WIDTH, *(wide for wide, _ in sizes)])
    corners = rows(sizes, width, _GROUPS_APART)
    for group, points, extent, corner in zip(groups, shapes, extents, corners, strict=True):
        placed[list(group)] = points + np.subtract(corner, extent[:2])
    return _with_aside(placed, [node for group in groups for node in group], aside, boxes)


def on_map(
    towns: Sequence[Sequence[int]],
    points: Sequence[tuple[float, float]],
    aside: Sequence[int],
    boxes: Boxes,
    *,
    seed: int = 1,
) -> Points:
    """Nodes at their towns, given as (latitude, longitude); those without one in rows below.

    The nodes of a town stand round its middle, and towns that meet are pushed apart. Where most
    towns lie the map is true; what is far away is drawn nearer, in its direction.
    """
    placed = np.zeros((len(boxes.widths), 2))
    if towns:
        shapes = [_patch(town, boxes) for town in towns]
        extents = np.array(
            [
                boxes.take(np.array(town, np.intp)).extent(shape)
                for town, shape in zip(towns, shapes, strict=True)
            ]
        )
        sizes = extents[:, 2:] - extents[:, :2]
        room = Boxes(sizes[:, 0] + _GAP, sizes[:, 1] + _GAP, np.zeros(len(towns)))
        middles = separate(_projected(points, [len(town) for town in towns]), room, seed=seed)
        for town, shape, middle, extent in zip(towns, shapes, middles, extents, strict=True):
            placed[list(town)] = shape - (extent[:2] + extent[2:]) / 2 + middle
    return _with_aside(placed, [node for town in towns for node in town], aside, boxes)


def rings(sectors: Sequence[Sequence[int]], middle: int | None, radii: Points) -> Points:
    """Nodes in rings round a middle, each group in its own sector.

    A sector is as wide as its group needs room, and filled from the inside in the order of the
    group. ``middle`` is a node of no group that stands in the centre; ``radii`` are those of the
    nodes, whose discs never meet. What their names need is not kept free.
    """
    placed = np.zeros((len(radii), 2))
    room = 2 * radii + _RINGS_APART
    ground = [float((room[list(sector)] ** 2).sum()) for sector in sectors]
    inside = _RINGS_APART + (float(radii[middle]) if middle is not None else 0.0)
    start = -np.pi / 2
    for sector, own in zip(sectors, ground, strict=True):
        share = 2 * np.pi * own / sum(ground)
        waiting = list(sector)
        inner = inside
        while waiting:
            thick = float(room[waiting].max())
            # Wide enough for the angle of the sector to hold one disc at least.
            narrow = thick / 2 / np.sin(min(share, np.pi) / 2) if len(sectors) > 1 else 0.0
            radius = max(inner + thick / 2, narrow)
            angles = 2 * np.arcsin(np.minimum(room[waiting] / 2 / radius, 1.0))
            seats = max(1, int(np.searchsorted(np.cumsum(angles), share + 1e-9, side="right")))
            ring, waiting = waiting[:seats], waiting[seats:]
            spare = (share - float(angles[:seats].sum())) / seats
            at = start + np.cumsum(angles[:seats] + spare) - (angles[:seats] + spare) / 2
            placed[ring] = radius * np.column_stack((np.cos(at), np.sin(at)))
            inner = radius + thick / 2
        start += share
    return placed


def _patch(town: Sequence[int], boxes: Boxes) -> Points:
    """The nodes of a town in a spiral round the first."""
    chosen = boxes.take(np.array(town, np.intp))
    side = float(np.sqrt((chosen.widths * chosen.heights).mean()))
    steps = np.arange(len(town))
    angles = steps * np.pi * (3 - np.sqrt(5))
    spiral = (0.7 * side * np.sqrt(steps))[:, None] * np.column_stack(
        (np.cos(angles), np.sin(angles))
    )
    return separate(spiral, chosen, seed=1)


def _projected(points: Sequence[tuple[float, float]], weights: Sequence[int]) -> Points:
    """Latitudes and longitudes on the page: true in the middle, drawn in beyond it.

    ``weights`` are the numbers of nodes at the points.
    """
    where = np.array(points, dtype=float)
    flat = np.column_stack((where[:, 1] * np.cos(np.radians(where[:, 0].mean())), -where[:, 0]))
    flat = flat - np.median(np.repeat(flat, weights, axis=0), axis=0)
    # The page is wider than tall, so what lies north or south is far sooner.
    away = np.linalg.norm(flat * (1.0, _ASPECT), axis=1)
    true = max(float(np.quantile(np.repeat(away, weights), _TRUE)), 0.1)
    beyond = np.maximum(away / true, 1.0)
    drawn: Points = flat * ((1.0 + _BEYOND * (1.0 - 1.0 / beyond)) / beyond)[:, None]
    return drawn * (_WIDTH / (2 * true))


def _block(nodes: Sequence[int], boxes: Boxes, width: float) -> Points:
    """Nodes in rows of a width, in their order, the top left corner at (0, 0)."""
    chosen = boxes.take(np.array(nodes, np.intp))
    sizes = list(zip(chosen.widths.tolist(), chosen.heights.tolist(), strict=True))
    corners = np.array(rows(sizes, width, _GAP)).reshape(-1, 2)
    half = np.column_stack((chosen.widths / 2, chosen.heights / 2 - chosen.drops))
    placed: Points = corners + half
    return placed


def _with_aside(placed: Points, there: Sequence[int], aside: Sequence[int], boxes: Boxes) -> Points:
    """Sets nodes that have no place yet into a block below the others, and centres all."""
    if aside:
        middle, bottom, width = 0.0, 0.0, _WIDTH
        if there:
            extent = boxes.take(np.array(there, np.intp)).extent(placed[list(there)])
            middle, bottom = (extent[0] + extent[2]) / 2, extent[3] + _GROUPS_APART
            width = max(width, extent[2] - extent[0])
        below = _block(aside, boxes, width)
        placed[list(aside)] = below + np.array([middle - width / 2, bottom])
    if not len(placed):
        return placed
    left, top, right, bottom = boxes.extent(placed)
    return placed - ((left + right) / 2, (top + bottom) / 2)
