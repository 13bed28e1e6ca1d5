"""The network as measures need it: undirected, each pair of nodes joined once, no loops."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from filiera.network.projection import Projection

if TYPE_CHECKING:
    import networkx

__all__ = ["LARGE", "Simple", "chosen_engine", "simple"]

LARGE = 1000
"""Above this many nodes igraph computes, where it is installed; it gives the same results."""


@dataclass(frozen=True)
class Simple:
    """Who touches whom, out of a projection.

    ``pairs`` (int32, shape (n, 2)) are places in ``nodes``, the lower one first, sorted.
    ``edges[i]`` are the numbers of the edges of the projection that join the pair ``i``.
    """

    nodes: list[str]
    pairs: NDArray[np.int32]
    edges: list[list[int]]

    def degrees(self) -> NDArray[np.int64]:
        """Number of neighbours of each node."""
        return np.bincount(self.pairs.ravel(), minlength=len(self.nodes))

    def neighbours(self) -> list[list[int]]:
        """Neighbours of each node, sorted."""
        around: list[list[int]] = [[] for _ in self.nodes]
        for one, other in self.pairs.tolist():
            around[one].append(other)
            around[other].append(one)
        return [sorted(near) for near in around]

    def to_networkx(self, weights: NDArray[np.float64] | None = None) -> networkx.Graph[int]:
        """As a ``networkx.Graph`` over the places of the nodes, with ``weight`` if given."""
        import networkx

        graph: networkx.Graph[int] = networkx.empty_graph(len(self.nodes))
        if weights is None:
            graph.add_edges_from(self.pairs.tolist())
        else:
            ends = zip(self.pairs.tolist(), weights.tolist(), strict=True)
            graph.add_weighted_edges_from((one, other, weight) for (one, other), weight in ends)
        return graph

    def to_igraph(self) -> Any:
        """As an undirected ``igraph.Graph`` over the places of the nodes."""
        import igraph

        return igraph.Graph(n=len(self.nodes), edges=self.pairs)


def simple(projection: Projection, without: Collection[str] = ()) -> Simple:
    """The simple network of a projection; nodes ``without`` lose all their edges."""
    lost = {place for place, node in enumerate(projection.nodes) if node in set(without)}
    found: dict[tuple[int, int], list[int]] = {}
    ends = zip(projection.sources.tolist(), projection.targets.tolist(), strict=True)
    for number, (source, target) in enumerate(ends):
        if source != target and source not in lost and target not in lost:
            pair = (source, target) if source < target else (target, source)
            found.setdefault(pair, []).append(number)
    pairs = sorted(found)
    return Simple(
        projection.nodes,
        np.array(pairs, dtype=np.int32).reshape(-1, 2),
        [found[pair] for pair in pairs],
    )


def chosen_engine(network: Simple, engine: str | None = None) -> str:
    """``igraph`` for a large network where it is installed, else ``networkx``; or as asked."""
    from filiera.network.forces import default_engine

    if engine is not None:
        return engine
    large = len(network.nodes) > LARGE
    return "igraph" if large and default_engine() == "igraph" else "networkx"
