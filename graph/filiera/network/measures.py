"""Measures of who links whom, on the simple network: igraph for large ones, else networkx.

Both give the same numbers. Only communities differ by what is installed: Leiden needs igraph,
Louvain stands in for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
from numpy.typing import NDArray

from filiera.network.forces import default_engine, seeded
from filiera.network.simple import LARGE, Simple, chosen_engine

__all__ = [
    "EXACT",
    "STARTS",
    "Communities",
    "betweenness",
    "communities",
    "constraint",
    "pieces",
    "pieces_without",
    "starts",
]

EXACT = 5000
"""Up to this many linked nodes betweenness is exact; above, it is estimated."""
STARTS = 1000
"""Nodes from which an estimate of betweenness looks out."""

_SEED = 1
_EFFORT = {"small": (10, 10), "large": (1, 3)}
"""How often Leiden sets out anew, and how often it goes over the network each time."""


@dataclass(frozen=True)
class Communities:
    """Groups of nodes, the largest first, those without any edge left out."""

    groups: list[list[int]]
    modularity: float
    method: str
    """``leiden`` or ``louvain``."""


def starts(network: Simple) -> list[int] | None:
    """Nodes from which betweenness is looked for: ``None`` for all, else evenly spread ones."""
    linked = np.flatnonzero(network.degrees())
    if len(linked) <= EXACT:
        return None
    chosen: list[int] = linked[np.linspace(0, len(linked) - 1, STARTS).astype(int)].tolist()
    return chosen


def betweenness(network: Simple, engine: str | None = None) -> NDArray[np.float64]:
    """Share of the pairs of other linked nodes whose shortest ways lead through each node.

    A pair with several shortest ways counts in parts. Nodes without any edge are no part of a
    pair. Estimated where `starts` gives nodes.
    """
    linked = int(np.count_nonzero(network.degrees()))
    pairs = (linked - 1) * (linked - 2) / 2
    if pairs <= 0:
        return np.zeros(len(network.nodes))
    chosen = starts(network)
    if chosen is not None:
        pairs *= len(chosen) / linked
    if chosen_engine(network, engine) == "igraph":
        graph = network.to_igraph()
        if chosen is None:
            return np.array(graph.betweenness()) / pairs
        return np.array(graph.betweenness(sources=chosen)) / pairs
    import networkx

    plain = network.to_networkx()
    if chosen is None:
        scores = networkx.betweenness_centrality(plain, normalized=False)
    else:
        everything = range(len(network.nodes))
        scores = networkx.betweenness_centrality_subset(plain, chosen, everything)
    return np.array([scores[node] for node in range(len(network.nodes))]) / pairs


def constraint(
    network: Simple, nodes: Iterable[int], engine: str | None = None
) -> dict[int, float | None]:
    """Burt's constraint of some nodes; ``None`` for those without neighbours."""
    wanted = list(nodes)
    if chosen_engine(network, engine) == "igraph":
        scores = dict(zip(wanted, network.to_igraph().constraint(wanted), strict=True))
    else:
        import networkx

        scores = networkx.constraint(network.to_networkx(), wanted)
    return {node: None if isnan(scores[node]) else float(scores[node]) for node in wanted}


def communities(network: Simple, engine: str | None = None) -> Communities:
    """Groups that hold together more than chance would have it (greatest modularity).

    By Leiden (Traag, Waltman and van Eck, 2019) where igraph is installed, on small networks
    the best of several attempts; else by Louvain. The same in every run.
    """
    if (engine or default_engine()) == "igraph":
        graph = network.to_igraph()
        attempts, rounds = _EFFORT["large" if len(network.nodes) > LARGE else "small"]
        with seeded(_SEED):
            tried = [
                graph.community_leiden(objective_function="modularity", n_iterations=rounds)
                for _ in range(attempts)
            ]
        found = max(tried, key=lambda groups: float(groups.modularity))
        return Communities(_by_size(list(found)), float(found.modularity), "leiden")
    import networkx

    graph = network.to_networkx()
    if not len(network.pairs):
        return Communities([], float("nan"), "louvain")
    sets = networkx.community.louvain_communities(graph, seed=_SEED)
    score = float(networkx.community.modularity(graph, sets))
    return Communities(_by_size([sorted(group) for group in sets]), score, "louvain")


def pieces(network: Simple, engine: str | None = None) -> dict[int, list[int]]:
    """Of each articulation point: the sizes of what is left of its component without it.

    An articulation point is a node without which its component falls apart. The sizes are
    sorted, the largest first.
    """
    if chosen_engine(network, engine) == "igraph":
        graph = network.to_igraph()
        blocks = [sorted(block) for block in graph.biconnected_components()]
        cuts = sorted(graph.articulation_points())
    else:
        import networkx

        plain = network.to_networkx()
        blocks = [sorted(block) for block in networkx.biconnected_components(plain)]
        cuts = sorted(networkx.articulation_points(plain))
    return _sizes_beyond(blocks, cuts)


def pieces_without(neighbours: Sequence[Sequence[int]], node: int) -> list[list[int]]:
    """What is left of the component of a node when it goes: groups, the largest first."""
    seen = {node}
    found = []
    for first in neighbours[node]:
        if first in seen:
            continue
        seen.add(first)
        piece = [first]
        for here in piece:
            for near in neighbours[here]:
                if near not in seen:
                    seen.add(near)
                    piece.append(near)
        found.append(sorted(piece))
    return sorted(found, key=lambda piece: (-len(piece), piece))


def _by_size(groups: list[list[int]]) -> list[list[int]]:
    several = [sorted(group) for group in groups if len(group) > 1]
    return sorted(several, key=lambda group: (-len(group), group))


def _sizes_beyond(blocks: list[list[int]], cuts: list[int]) -> dict[int, list[int]]:
    """Sizes of the pieces, from the tree of blocks and the nodes that join them."""
    joining: dict[int, list[int]] = {cut: [] for cut in cuts}
    for number, block in enumerate(blocks):
        for node in block:
            if node in joining:
                joining[node].append(number)
    below: list[int] = [0] * len(blocks)  # nodes that only this block ties to its parent
    parent: dict[int, int | None] = {}
    whole: dict[int, int] = {}
    for root in range(len(blocks)):
        if root in parent:
            continue
        parent[root] = None
        order = [root]
        for number in order:
            for cut in blocks[number]:
                if cut in joining and cut != parent[number]:
                    for other in joining[cut]:
                        if other != number:
                            parent[other] = cut
                            order.append(other)
        for number in reversed(order):
            below[number] = len(blocks[number]) - (parent[number] is not None)
            for cut in blocks[number]:
                if cut in joining and cut != parent[number]:
                    below[number] += sum(below[o] for o in joining[cut] if o != number)
        whole.update(dict.fromkeys(order, below[root]))
    found = {}
    for cut, around in joining.items():
        under = [below[number] for number in around if parent[number] == cut]
        above = whole[around[0]] - 1 - sum(under)
        found[cut] = sorted([*under, above] if above else under, reverse=True)
    return found
