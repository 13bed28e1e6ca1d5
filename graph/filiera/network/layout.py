"""Where to draw the nodes: the same positions in every run.

Each connected component is laid out by forces, turned so that it lies along the page,
stragglers drawn in, and its boxes pushed apart. The largest component takes the middle;
the others follow in rows below it, nodes without any edge last.
"""

from __future__ import annotations

import networkx
import numpy as np
from numpy.typing import NDArray

from filiera.network.boxes import Boxes, Points, rows, separate
from filiera.network.forces import Ends, default_engine, force_positions

__all__ = ["ASPECT", "SPACING", "layout", "node_boxes"]

ASPECT = 1.7
"""Width of a component by its height, as far as its shape allows."""

SPACING = 56.0
"""Side of the square that a node has on average before boxes are pushed apart."""

_LETTER, _LINE, _MARGIN = 0.56, 1.25, 2.0
"""Mean width of a letter and height of a line by the size of the font; air around a box."""

_SATELLITE = 0.7
"""Spacing in all components but the largest, by that in the largest."""

_OUTLYING = 0.85
"""Share of the nodes that stay where the forces put them; those farther out are drawn in."""


def node_boxes(radii: NDArray[np.float64], labels: list[str], *, font: float) -> Boxes:
    """Room for each node as a disc, with its label (empty: none) in one line below it.

    >>> boxes = node_boxes(np.array([5.0, 10.0]), ["", "ART-ER"], font=12.0)
    >>> [round(float(width), 1) for width in boxes.widths]
    [14.0, 44.3]
    """
    wide = np.array([len(label) * font * _LETTER for label in labels])
    tall = np.array([font * _LINE if label else 0.0 for label in labels])
    return Boxes(
        np.maximum(2 * radii, wide) + 2 * _MARGIN,
        2 * radii + tall + 2 * _MARGIN,
        tall / 2,
    )


def layout(
    count: int,
    sources: Ends,
    targets: Ends,
    boxes: Boxes,
    *,
    focus: int | None = None,
    seed: int = 1,
    engine: str | None = None,
) -> Points:
    """Positions of all nodes, shape (count, 2), x to the right and y down, around (0, 0).

    ``sources`` and ``targets`` are the ends of the edges; parallel edges and loops do not
    matter. ``focus`` is a node that should come near the middle. ``engine`` is one of
    `filiera.network.forces.ENGINES`; by default the best that is installed.
    """
    placed = np.zeros((count, 2))
    if not count:
        return placed
    engine = engine or default_engine()
    ends = _simple(sources, targets)
    components = _components(count, ends)
    owner, place = np.empty(count, np.intp), np.empty(count, np.int32)
    for number, members in enumerate(components):
        owner[members], place[members] = number, np.arange(len(members))
    shapes: list[Points] = []
    for number, inner in enumerate(_by_owner(ends, owner, len(components))):
        spacing = SPACING * _SATELLITE if shapes else SPACING
        room = boxes.take(components[number])
        middle = int(place[focus]) if focus is not None and owner[focus] == number else None
        shapes.append(_component(place[inner], room, middle, spacing, seed, engine))
    for members, points in zip(components, _arrange(components, shapes, boxes), strict=True):
        placed[members] = points
    left, top, right, bottom = boxes.extent(placed)
    return placed - ((left + right) / 2, (top + bottom) / 2)


def _simple(sources: Ends, targets: Ends) -> NDArray[np.int32]:
    """Each pair of connected nodes once, the lower index first, sorted; shape (pairs, 2)."""
    ends = np.column_stack((np.minimum(sources, targets), np.maximum(sources, targets)))
    return np.unique(ends[ends[:, 0] != ends[:, 1]], axis=0).astype(np.int32).reshape(-1, 2)


def _components(count: int, ends: NDArray[np.int32]) -> list[NDArray[np.intp]]:
    """Sorted members of each component: large components first, then by first member."""
    graph: networkx.Graph[int] = networkx.empty_graph(count)
    graph.add_edges_from(ends.tolist())
    found = [np.array(sorted(members), np.intp) for members in networkx.connected_components(graph)]
    return sorted(found, key=lambda members: (-len(members), members[0]))


def _by_owner(
    ends: NDArray[np.int32], owner: NDArray[np.intp], count: int
) -> list[NDArray[np.int32]]:
    """Edges of each of the ``count`` components, in their order."""
    owners = owner[ends[:, 0]]
    borders = np.cumsum(np.bincount(owners, minlength=count))[:-1]
    return np.split(ends[np.argsort(owners, kind="stable")], borders)


def _component(
    ends: NDArray[np.int32],
    boxes: Boxes,
    focus: int | None,
    spacing: float,
    seed: int,
    engine: str,
) -> Points:
    count = len(boxes.widths)
    if count == 1:
        return np.zeros((1, 2))
    if count == 2:
        return separate(np.array([[0.0, 0.0], [spacing, 0.0]]), boxes, seed=seed)
    points = force_positions(count, ends[:, 0], ends[:, 1], engine=engine, seed=seed)
    points = _draw_in(_along_the_page(points))
    if focus is not None:
        points = _towards_the_middle(points, focus)
    size = np.ptp(points, axis=0)
    size = np.maximum(size, max(float(size.max()) / 4, 1e-9))
    room = max(count * spacing**2, 4.0 * float((boxes.widths * boxes.heights).sum()))
    stretch = np.array([ASPECT, 1.0]) * np.sqrt(room / ASPECT) / size
    calm = np.exp(np.log(stretch).mean())
    return separate(points * np.clip(stretch, calm * 0.75, calm * 1.35), boxes, seed=seed)


def _along_the_page(points: Points) -> Points:
    """Turn the longest axis of the points to the horizontal."""
    centred = points - points.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    signs = np.sign(axes[np.arange(2), np.argmax(np.abs(axes), axis=1)])
    turned: Points = centred @ (axes * signs[:, None]).T
    return turned


def _draw_in(points: Points) -> Points:
    """Bring nodes far from the others nearer, the farther the more, keeping their order."""
    centred = points - np.median(points, axis=0)
    spread = np.maximum(centred.std(axis=0), 1e-9)
    radius = np.linalg.norm(centred / spread, axis=1)
    limit = max(float(np.quantile(radius, _OUTLYING)), 1e-9)
    beyond = np.maximum(radius / limit, 1.0)
    drawn: Points = centred * ((1.0 + 0.6 * np.log(beyond)) / beyond)[:, None]
    return drawn


def _towards_the_middle(points: Points, focus: int) -> Points:
    """Widen the side on which ``focus`` lies and narrow the other, most of the way."""
    centred = points - points[focus]
    low, high = -centred.min(axis=0), centred.max(axis=0)
    half = (low + high) / 2
    factors = [np.clip(half / np.maximum(side, 1e-9), 0.75, 1.6) for side in (low, high)]
    moved: Points = np.where(centred < 0, centred * factors[0], centred * factors[1])
    return moved


def _arrange(
    components: list[NDArray[np.intp]], shapes: list[Points], boxes: Boxes
) -> list[Points]:
    """Set the largest component above and the others in rows below it."""
    extents = [boxes.take(m).extent(p) for m, p in zip(components, shapes, strict=True)]
    sizes = [(right - left, bottom - top) for left, top, right, bottom in extents]
    ground = sum(wide * tall for wide, tall in sizes)
    gap = SPACING * _SATELLITE
    width = max(sizes[0][0], float(np.sqrt(ground * ASPECT)))
    below = sizes[0][1] + gap
    corners = [((width - sizes[0][0]) / 2, 0.0)]
    corners += [(left, top + below) for left, top in rows(sizes[1:], width, gap)]
    return [
        points + np.array([corner[0] - extent[0], corner[1] - extent[1]])
        for points, corner, extent in zip(shapes, corners, extents, strict=True)
    ]
