"""Positions of one connected component by forces: igraph when installed, else numpy.

Both start from graph distances and then let charged nodes on springs settle, so that
the leaves of a hub open around it like a fan. Both give the same positions in every run.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["ENGINES", "default_engine", "force_positions", "seeded"]

ENGINES = ("igraph", "numpy")
"""What can compute the forces, best first."""

Points = NDArray[np.float64]
Ends = NDArray[np.int32]

_SMALL = 2000
"""Up to this many nodes every pair is looked at; above, igraph sorts nodes into a grid."""

_ROUNDS = 250
_QUICK_ROUNDS = 60
_REST = 30.0
"""Distance, in the units of the force model, between the ends of an edge at the start."""


def default_engine() -> str:
    """``igraph`` when the package is there, else ``numpy``."""
    try:
        import igraph  # noqa: F401
    except ImportError:
        return "numpy"
    return "igraph"


def force_positions(
    count: int, sources: Ends, targets: Ends, *, engine: str, seed: int, quick: bool = False
) -> Points:
    """Positions, shape (count, 2), of a connected simple graph with at least three nodes.

    ``quick`` gives a rough shape in a fraction of the time.
    """
    if engine == "igraph":
        return _by_igraph(count, sources, targets, seed, quick)
    return _by_numpy(count, sources, targets, seed, quick)


def _by_igraph(count: int, sources: Ends, targets: Ends, seed: int, quick: bool) -> Points:
    import igraph

    graph: Any = igraph.Graph(n=count, edges=np.column_stack((sources, targets)).tolist())
    with seeded(seed):
        if quick:
            settled = graph.layout_fruchterman_reingold(
                niter=_QUICK_ROUNDS, grid=count > _SMALL // 4
            )
        elif count > _SMALL:
            settled = graph.layout_fruchterman_reingold(niter=_ROUNDS, grid=True)
        else:
            start = graph.layout_kamada_kawai(maxiter=10 * count)
            settled = graph.layout_graphopt(
                seed=[(x * _REST, y * _REST) for x, y in start.coords], niter=_ROUNDS
            )
    return np.array(settled.coords, dtype=np.float64)


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Python's generator, which igraph draws from, at a fixed seed; put back afterwards."""
    state = random.getstate()
    random.seed(seed)
    try:
        yield
    finally:
        random.setstate(state)


def _by_numpy(count: int, sources: Ends, targets: Ends, seed: int, quick: bool) -> Points:
    """Springs along the edges, charges on the nodes, no node moving far in one round."""
    points = _distance_scaling(count, sources, targets) * _REST
    points += np.random.default_rng(seed).normal(scale=1.0, size=points.shape)
    most = _QUICK_ROUNDS // 3 if quick else _ROUNDS
    rounds = int(np.clip(5e8 / count**2, min(40, most), most))
    for turn in range(rounds):
        pull = (points[targets] - points[sources]) / 25.0
        force = _repulsion(points)
        np.add.at(force, sources, pull)
        np.add.at(force, targets, -pull)
        reach = np.linalg.norm(force, axis=1, keepdims=True)
        longest = 10.0 * (1.0 - turn / rounds)
        points += force * (np.minimum(reach, longest) / np.maximum(reach, 1e-9))
    return points


def _repulsion(points: Points) -> Points:
    """Charges that push with the inverse square of the distance, some rows at a time."""
    force = np.empty_like(points)
    for first in range(0, len(points), 500):
        rows = points[first : first + 500]
        across = rows[:, :1] - points[:, 0]
        along = rows[:, 1:] - points[:, 1]
        square = np.maximum(across * across + along * along, 1.0)
        weight = 2000.0 / (square * np.sqrt(square))
        force[first : first + 500] = weight.sum(axis=1, keepdims=True) * rows - weight @ points
    return force


def _distance_scaling(count: int, sources: Ends, targets: Ends) -> Points:
    """Two main axes of the distances to some pivots (Brandes and Pich, Pivot MDS, 2006)."""
    neighbours: list[list[int]] = [[] for _ in range(count)]
    for one, other in zip(sources.tolist(), targets.tolist(), strict=True):
        neighbours[one].append(other)
        neighbours[other].append(one)
    nearest = np.full(count, np.inf)
    pivot = int(np.argmax([len(around) for around in neighbours]))
    columns = []
    for _ in range(min(count, 40)):
        column = _distances(neighbours, pivot)
        columns.append(column)
        nearest = np.minimum(nearest, column)
        pivot = int(np.argmax(nearest))
    square = np.column_stack(columns) ** 2
    centred = square - square.mean(axis=0) - square.mean(axis=1, keepdims=True) + square.mean()
    left, values, _ = np.linalg.svd(-0.5 * centred, full_matrices=False)
    axes: Points = left[:, :2] * np.sqrt(values[:2])
    axes *= count**0.5 / max(float(axes.std()), 1e-9) / 4.0
    return axes


def _distances(neighbours: list[list[int]], start: int) -> Points:
    steps = np.full(len(neighbours), np.inf)
    steps[start] = 0.0
    ring = [start]
    while ring:
        following = []
        for node in ring:
            for near in neighbours[node]:
                if np.isinf(steps[near]):
                    steps[near] = steps[node] + 1.0
                    following.append(near)
        ring = following
    return steps
