"""Other layouts of the page than that by forces: by value chain, by place, in rings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from filiera.network.arrangements import columns, on_map, rings, set_in_rows
from filiera.network.boxes import Boxes, Points
from filiera.views.page_chains import PageChains

__all__ = ["Drawn", "by_chain", "by_place", "in_rings", "written"]


@dataclass(frozen=True)
class Drawn:
    """The nodes of the page as layouts need them, all in the same order.

    ``kinds`` are places in the legend, ``degrees`` numbers of edges; ``focus`` is the node that
    the page is about.
    """

    nodes: list[str]
    kinds: list[int]
    degrees: list[int]
    radii: Points
    boxes: Boxes
    focus: int | None

    def sorted(self, chosen: Sequence[int]) -> list[int]:
        """Nodes by kind, and the best connected of a kind first; the focus before all."""
        return sorted(
            chosen,
            key=lambda node: (node != self.focus, self.kinds[node], -self.degrees[node], node),
        )


def by_chain(drawn: Drawn, chains: PageChains, stages: Sequence[Sequence[int]]) -> Points:
    """A cluster for each chain, its stages from left to right; who is in none is in a block.

    ``stages`` are the stages of each node. Who is in several chains stands with the one in which
    it has most stages, of these with the one that has fewest organisations.
    """
    size = Counter(chain for own in stages for chain in {chains.chain_of[stage] for stage in own})
    groups = {group: chain for chain, group in sorted(chains.groups.items(), reverse=True)}
    clusters: dict[int, dict[int, list[int]]] = {}
    rest: list[int] = []
    for node, own in enumerate(stages):
        counts = Counter(chains.chain_of[stage] for stage in own)
        if counts and node != drawn.focus:
            chain = min(counts, key=lambda one: (-counts[one], size[one], one))
            column = min(chains.place_of[stage] for stage in own if chains.chain_of[stage] == chain)
        elif drawn.nodes[node] in groups and node != drawn.focus:
            chain, column = chains.chains.index(groups[drawn.nodes[node]]), -1
        else:
            rest.append(node)
            continue
        clusters.setdefault(chain, {}).setdefault(column, []).append(node)
    sets: list[list[int]] = []
    shapes: list[Points] = []
    for chain in sorted(clusters):
        stacks = [drawn.sorted(nodes) for _, nodes in sorted(clusters[chain].items())]
        sets.append([node for stack in stacks for node in stack])
        shapes.append(columns(stacks, drawn.boxes))
    return set_in_rows(sets, shapes, drawn.sorted(rest), drawn.boxes)


def by_place(drawn: Drawn, points: Sequence[tuple[float, float] | None]) -> Points:
    """Every node at the point of its town; those without one in rows below the map."""
    towns: dict[tuple[float, float], list[int]] = {}
    aside: list[int] = []
    for node, point in enumerate(points):
        if point:
            towns.setdefault(point, []).append(node)
        else:
            aside.append(node)
    ordered = sorted(towns)
    together = [sorted(towns[point], key=lambda n: (-drawn.degrees[n], n)) for point in ordered]
    return on_map(together, ordered, drawn.sorted(aside), drawn.boxes)


def in_rings(drawn: Drawn) -> Points:
    """A sector for each kind, the best connected inside, the focus in the middle."""
    sectors: dict[int, list[int]] = {}
    for node in drawn.sorted(range(len(drawn.nodes))):
        if node != drawn.focus:
            sectors.setdefault(drawn.kinds[node], []).append(node)
    return rings([sectors[kind] for kind in sorted(sectors)], drawn.focus, drawn.radii)


def written(points: Points) -> list[list[int]]:
    """Positions as the page holds them."""
    rounded: list[list[int]] = np.rint(points).astype(int).tolist()
    return rounded
