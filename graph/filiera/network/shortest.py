"""The best ways from one node to another, going around hubs where that is not too far."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from filiera.network.simple import Simple, chosen_engine

__all__ = ["HUB", "best_ways", "cost_of"]

HUB = 1.0
"""What a node between the ends costs, by the binary logarithm of its number of neighbours."""

_UNIT = 10.0**12
_THOUSANDTH = 10.0**9


def best_ways(
    network: Simple,
    source: int,
    target: int,
    k: int,
    *,
    hub: float = HUB,
    engine: str | None = None,
) -> list[list[int]]:
    """Up to ``k`` simple ways from source to target, the cheapest first.

    A way costs 1 for each step and ``hub`` times log2(neighbours) for each node between its
    ends. Both engines give the same ways, and from target to source the same ones reversed:
    weights are whole numbers that floats hold exactly, and ways of equal cost (to a
    thousandth) are told apart by a fixed number of each pair.
    """
    weights = _weights(network, hub)
    if chosen_engine(network, engine) == "igraph":
        graph = network.to_igraph()
        if target not in graph.subcomponent(source):
            return []
        found: list[list[int]] = graph.get_k_shortest_paths(
            source, to=target, k=k, weights=weights.tolist(), mode="all", output="vpath"
        )
        return [list(way) for way in found]
    import networkx

    try:
        ways = networkx.shortest_simple_paths(
            network.to_networkx(weights), source, target, weight="weight"
        )
        return [list(way) for way in islice(ways, k)]
    except networkx.NetworkXNoPath:
        return []


def cost_of(network: Simple, way: Sequence[int], *, hub: float = HUB) -> float:
    """What a way costs: its steps, and the hubs between its ends.

    >>> import numpy as np
    >>> star = Simple(list("abcd"), np.array([[0, 1], [0, 2], [0, 3]], np.int32), [[0], [1], [2]])
    >>> round(cost_of(star, [1, 0, 2]), 3)
    3.585
    """
    degrees = network.degrees()
    return len(way) - 1 + hub * float(sum(np.log2(degrees[node]) for node in way[1:-1]))


def _weights(network: Simple, hub: float) -> NDArray[np.float64]:
    """Half of what each end costs, and 1; all ways between two nodes share their outer halves."""
    if not len(network.pairs):
        return np.zeros(0)
    halves = hub * np.log2(np.maximum(network.degrees(), 1)) / 2.0
    ends = 1.0 + halves[network.pairs[:, 0]] + halves[network.pairs[:, 1]]
    names = network.nodes
    marks = [
        crc32(f"{names[one]}\n{names[other]}".encode()) & 0xFFFFFF
        for one, other in network.pairs.tolist()
    ]
    rounded: NDArray[np.float64] = np.round(ends * (_UNIT / _THOUSANDTH)) * _THOUSANDTH
    return rounded + np.array(marks, dtype=np.float64)
