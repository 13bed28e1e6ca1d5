"""Positions of a network too large to be seen at once: communities as discs, apart from each other.

The page opens on the discs and shows what is inside a disc once it is opened. So boxes need not
be pushed apart all over the network: the discs are, and inside a disc the nodes are spread evenly.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from filiera.network.boxes import Boxes, Points, rows, separate
from filiera.network.forces import Ends, default_engine, force_positions
from filiera.network.layout import ASPECT

__all__ = ["Discs", "disc_radii", "discs", "in_discs", "tied_communities"]

_ROOM = 3.2
"""Side of the square that a node has inside its disc, by its radius."""

_BETWEEN = 0.5
"""Air between two discs, by the radius of the smaller one: names and ties pass there."""

_LEAST_BETWEEN = 40.0
_FILLED = 0.7
"""Share of the page that the squares round the discs take, before they are pushed apart."""

_FORCED = 4000
"""Members up to which forces find the shape of a community; more are set by their degree."""

_GOLDEN = np.pi * (3 - np.sqrt(5))


class Discs(NamedTuple):
    """Where the communities are: middles, shape (n, 2), and radii, in drawing units."""

    middles: Points
    radii: Points


def disc_radii(groups: Sequence[Sequence[int]], radii: Points) -> Points:
    """How large the disc of each group is: with room for all its nodes, whose radii are given."""
    ground = [float(((_ROOM * radii[list(group)]) ** 2).sum()) for group in groups]
    return np.sqrt(np.array(ground) / np.pi)


def tied_communities(
    count: int, owner: NDArray[np.int32], sources: Ends, targets: Ends
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Pairs of communities with edges between them, shape (pairs, 2), and how many edges.

    ``owner`` is the community of each node, -1 for none; ``count`` is how many there are.
    """
    one, other = owner[sources].astype(np.int64), owner[targets].astype(np.int64)
    between = (one >= 0) & (other >= 0) & (one != other)
    one, other = one[between], other[between]
    keys, counts = np.unique(
        np.minimum(one, other) * count + np.maximum(one, other), return_counts=True
    )
    pairs = np.column_stack((keys // max(count, 1), keys % max(count, 1))).astype(np.int32)
    return pairs, counts.astype(np.int64)


def discs(
    radii: Points, pairs: NDArray[np.int32], weights: NDArray[np.int64], *, seed: int = 1
) -> Discs:
    """The communities as discs that never meet, those with most ties between them near each other.

    ``pairs`` and ``weights`` are those of `tied_communities`. Communities without ties to others
    stand in rows below.
    """
    count = len(radii)
    sides = 2 * radii + np.maximum(_LEAST_BETWEEN, _BETWEEN * radii)
    middles = np.zeros((count, 2))
    tied = np.unique(pairs.ravel()).astype(np.intp)
    alone = np.setdiff1d(np.arange(count), tied)
    if len(tied):
        middles[tied] = _together(sides[tied], np.searchsorted(tied, pairs), weights, seed)
    if len(alone):
        width = float(np.sqrt((sides**2).sum() * ASPECT / _FILLED))
        if len(tied):
            width = max(width, float(np.ptp(middles[tied, 0])))
        own = sides[alone].tolist()
        corners = np.array(rows([(side, side) for side in own], width, 0.0))
        below = corners + sides[alone, None] / 2 - (width / 2, 0.0)
        if len(tied):
            middle = (middles[tied, 0].min() + middles[tied, 0].max()) / 2
            below += (middle, float((middles[tied, 1] + sides[tied] / 2).max()))
        middles[alone] = below
    return Discs(middles, radii)


def _together(
    sides: Points, pairs: NDArray[np.intp], weights: NDArray[np.int64], seed: int
) -> Points:
    """Middles of squares of these sides, as close as they go, those with strong ties near."""
    count = len(sides)
    if count == 1:
        return np.zeros((1, 2))
    # All ties of a dense network would draw everything to one point: the strongest tell most.
    strong = np.zeros(len(pairs), bool)
    strong[np.argsort(-weights, kind="stable")[: 2 * count]] = True
    for end in (0, 1):  # and of each at least one
        order = np.lexsort((-weights, pairs[:, end]))
        strong[order[np.unique(pairs[order, end], return_index=True)[1]]] = True
    chosen = pairs[strong].astype(np.int32)
    spread = _evenly(count, chosen, seed)
    # What is large takes more of the room: its rank counts by its ground.
    angles = np.arctan2(spread[:, 1], spread[:, 0])
    order = np.argsort(np.hypot(*spread.T), kind="stable")
    ground = sides[order] ** 2
    filled = np.cumsum(ground) - ground / 2
    far = np.empty(count)
    far[order] = np.sqrt(filled / _FILLED / np.pi)
    stretch = np.array([np.sqrt(ASPECT), 1 / np.sqrt(ASPECT)])
    points = far[:, None] * np.column_stack((np.cos(angles), np.sin(angles))) * stretch
    return separate(points, Boxes(sides, sides, np.zeros(count)), seed=seed)


def _evenly(count: int, ends: NDArray[np.int32], seed: int) -> Points:
    """Nodes round (0, 0) in a disc of radius 1, as dense everywhere, by forces or their degree."""
    if 3 < count <= _FORCED and len(ends):
        settled = force_positions(
            count, ends[:, 0], ends[:, 1], engine=default_engine(), seed=seed, quick=True
        )
        centred = settled - np.median(settled, axis=0)
        angles = np.arctan2(centred[:, 1], centred[:, 0])
        ranks = np.argsort(np.argsort(np.hypot(*centred.T), kind="stable"), kind="stable")
    else:
        degrees = np.bincount(ends.ravel(), minlength=count)
        ranks = np.argsort(np.argsort(-degrees, kind="stable"), kind="stable")
        angles = ranks * _GOLDEN
    far = np.sqrt((ranks + 0.5) / count)
    spread: Points = far[:, None] * np.column_stack((np.cos(angles), np.sin(angles)))
    return spread


def in_discs(
    groups: Sequence[Sequence[int]],
    found: Discs,
    sources: Ends,
    targets: Ends,
    radii: Points,
    *,
    seed: int = 1,
) -> Points:
    """Positions of all nodes, shape (n, 2): each inside the disc of its group.

    Nodes of no group stand in rows below all discs. ``radii`` are those of the nodes.
    """
    count = len(radii)
    placed = np.zeros((count, 2))
    owner, place = np.full(count, -1, np.int32), np.zeros(count, np.int32)
    for number, group in enumerate(groups):
        owner[list(group)], place[list(group)] = number, np.arange(len(group))
    inside = (owner[sources] == owner[targets]) & (owner[sources] >= 0) & (sources != targets)
    ends = np.column_stack((sources[inside], targets[inside]))
    of_edge = owner[ends[:, 0]]
    order = np.argsort(of_edge, kind="stable")
    borders = np.cumsum(np.bincount(of_edge, minlength=len(groups)))[:-1]
    for group, middle, radius, edges in zip(
        groups, found.middles, found.radii, np.split(ends[order], borders), strict=True
    ):
        members = np.array(group, np.intp)
        placed[members] = middle + _inside(radii[members], float(radius), place[edges], seed)
    aside = np.flatnonzero(owner < 0)
    if len(aside):
        placed[aside] = _rows_below(found, radii[aside])
    return placed


def _inside(radii: Points, radius: float, ends: NDArray[np.int32], seed: int) -> Points:
    """Nodes round (0, 0), spread evenly over a disc, those with ties near each other."""
    simple = np.unique(np.sort(ends, axis=1), axis=0) if len(ends) else ends
    placed: Points = (radius - radii)[:, None] * _evenly(len(radii), simple, seed)
    return placed


def _rows_below(found: Discs, radii: Points) -> Points:
    """Places in rows as wide as the discs lie, below them, for nodes of these radii."""
    if len(found.radii):
        left = float((found.middles[:, 0] - found.radii).min())
        right = float((found.middles[:, 0] + found.radii).max())
        bottom = float((found.middles[:, 1] + found.radii).max())
    else:
        left, right, bottom = 0.0, 0.0, 0.0
    side = _ROOM * float(radii.max())
    across = max(int((right - left) / side), int(np.sqrt(len(radii))), 1)
    number = np.arange(len(radii))
    start = (left + right) / 2 - (min(across, len(radii)) - 1) * side / 2
    return np.column_stack(
        (start + number % across * side, bottom + 2 * side + number // across * side)
    )
