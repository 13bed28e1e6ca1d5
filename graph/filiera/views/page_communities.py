"""The communities of the page; of a network too large to be shown at once, what it opens on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from filiera.network import measures
from filiera.network.boxes import Points
from filiera.network.community_layout import Discs, disc_radii, discs, in_discs, tied_communities
from filiera.network.projection import Projection
from filiera.network.simple import Simple, simple
from filiera.texts import Text
from filiera.views.page_refs import both

__all__ = ["PageCommunities", "page_communities", "radii_of"]

_FEW = 10
"""Members below which a community without ties to others is shown with all such, as one."""

_NEARER = 0.7
"""Room for nodes without ties, by that for others: none of their edges needs any."""

_STRONGEST = 400
"""Bundles of ties that tell how communities hang together; all of them would tell nothing."""

_SMALL = Text("Piccoli gruppi", "Small groups")
_LOOSE = Text("Senza legami", "Without ties")


def radii_of(degrees: NDArray[np.int64]) -> Points:
    """The radii at which nodes with these numbers of edges are drawn."""
    return 4.0 + 2.2 * np.sqrt(degrees)


@dataclass(frozen=True)
class PageCommunities:
    """Communities, the largest first, by the numbers of their nodes.

    Of a folded network every node is in one of the groups: ``apart`` tells which of them are no
    communities, but hold what is in small groups of its own (``small``) or has no ties
    (``loose``). Only then the groups have ``discs``, and ``pairs`` and ``weights`` tell how many
    ties go between two.
    """

    groups: list[list[int]]
    apart: dict[int, str]
    discs: Discs | None
    pairs: NDArray[np.int32]
    weights: NDArray[np.int64]

    def of_nodes(self) -> dict[int, int]:
        """The number of the group of each node that is in one."""
        return {node: number for number, group in enumerate(self.groups) for node in group}

    def positions(self, projection: Projection, radii: Points) -> Points:
        """Where the nodes of a folded network stand: inside the discs."""
        assert self.discs is not None
        return in_discs(self.groups, self.discs, projection.sources, projection.targets, radii)

    def data(
        self, degrees: NDArray[np.int64], label: Callable[[int], Text]
    ) -> list[dict[str, Any]]:
        """What the page holds of each; ``label`` names a node, and its community after it."""
        told: list[dict[str, Any]] = []
        for number, group in enumerate(self.groups):
            apart = self.apart.get(number)
            hub = max(group, key=lambda node: (degrees[node], -node))
            name = {"small": _SMALL, "loose": _LOOSE}[apart] if apart else label(hub)
            one: dict[str, Any] = {"label": both(name), "count": len(group)}
            if self.discs:
                x, y = self.discs.middles[number]
                radius = round(float(self.discs.radii[number]))
                one |= {"x": round(float(x)), "y": round(float(y)), "r": radius}
            told.append(one | ({"apart": apart} if apart else {}))
        return told

    def bundles(self) -> list[list[int]]:
        """The strongest ties between communities, the strongest first: two numbers and how many."""
        order = np.argsort(-self.weights, kind="stable")[:_STRONGEST]
        strongest: list[list[int]] = np.column_stack(
            (self.pairs[order], self.weights[order])
        ).tolist()
        return strongest


def page_communities(
    projection: Projection, at_once: int, network: Simple | None = None
) -> PageCommunities:
    """The communities of a projection, which is folded if it has more nodes than ``at_once``.

    ``network`` is its simple network, where that is known.
    """
    groups = measures.communities(network or simple(projection)).groups
    count = len(projection.nodes)
    if count <= at_once:
        return PageCommunities(groups, {}, None, np.empty((0, 2), np.int32), np.empty(0, np.int64))
    pairs, _ = _tied(groups, projection)
    tied = set(pairs.ravel().tolist())
    kept = [group for n, group in enumerate(groups) if n in tied or len(group) >= _FEW]
    inside = {node for group in groups for node in group}
    small = sorted(inside.difference(*kept))
    loose = sorted(set(range(count)) - inside)
    apart: dict[int, str] = {}
    for name, rest in (("small", small), ("loose", loose)):
        if rest:
            apart[len(kept)] = name
            kept.append(rest)
    pairs, weights = _tied(kept, projection)
    sizes = disc_radii(kept, radii_of(projection.degrees()))
    for number, name in apart.items():
        sizes[number] *= _NEARER if name == "loose" else 1.0
    return PageCommunities(kept, apart, discs(sizes, pairs, weights), pairs, weights)


def _tied(
    groups: Sequence[Sequence[int]], projection: Projection
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    owner = np.full(len(projection.nodes), -1, np.int32)
    for number, group in enumerate(groups):
        owner[list(group)] = number
    return tied_communities(len(groups), owner, projection.sources, projection.targets)
