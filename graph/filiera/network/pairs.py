"""Pairs of nodes scored by what they share: the neighbourhood measures of link prediction.

A pair of places is one number, its key: the lower place times the number of nodes, plus the
higher one. So pairs are sorted, looked up and compared as arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from filiera.network.simple import Simple

__all__ = ["METHODS", "TOO_MANY", "Neighbourhood", "Shared", "Valued", "keys_of", "shared"]

TOO_MANY = 1000
"""What joins more nodes than this says nothing of a pair, and is passed over."""

Keys = NDArray[np.int64]
Scores = NDArray[np.float64]


def keys_of(one: NDArray[np.integer], other: NDArray[np.integer], size: int) -> Keys:
    """Keys of pairs of places among ``size`` nodes, whichever of the two comes first."""
    low, high = np.minimum(one, other), np.maximum(one, other)
    keys: Keys = low.astype(np.int64) * size + high
    return keys


@dataclass(frozen=True)
class Valued:
    """Values of some pairs, by sorted keys; every other pair has 0."""

    keys: Keys
    values: Scores

    def of(self, keys: Keys) -> Scores:
        """The values of pairs in the order in which they are asked for."""
        if not len(self.keys):
            return np.zeros(len(keys))
        found = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        values: Scores = np.where(self.keys[found] == keys, self.values[found], 0.0)
        return values


@dataclass(frozen=True)
class Shared:
    """Pairs of members of the same groups, by sorted keys.

    ``common`` is the number of groups that a pair shares, ``adamic_adar`` the sum of
    1 / ln(members) over these groups, ``resource_allocation`` that of 1 / members.
    """

    keys: Keys
    common: Scores
    adamic_adar: Scores
    resource_allocation: Scores


def shared(groups: NDArray[np.integer], members: NDArray[np.integer], size: int) -> Shared:
    """What pairs of members share; ``groups[i]`` has the member ``members[i]``, stated once.

    Adamic, L. A. and Adar, E. (2003); Zhou, T., Lü, L. and Zhang, Y.-C. (2009).
    """
    order = np.lexsort((members, groups))
    groups, members = groups[order], members[order]
    _, starts, sizes = np.unique(groups, return_index=True, return_counts=True)
    ends = np.repeat(starts + sizes, sizes)
    counted = np.repeat(sizes, sizes)
    # Each member meets those that stand behind it in its group.
    places = np.arange(len(members))
    meetings = np.where(counted > TOO_MANY, 0, ends - places - 1)
    first = np.repeat(places, meetings)
    behind = np.arange(len(first)) - np.repeat(np.cumsum(meetings) - meetings, meetings)
    met = keys_of(members[first], members[first + 1 + behind], size)
    keys, which = np.unique(met, return_inverse=True)
    joined = counted[first].astype(np.float64)

    def total(weights: Scores | None) -> Scores:
        return np.bincount(which, weights, minlength=len(keys)).astype(np.float64)

    return Shared(keys, total(None), total(1 / np.log(joined)), total(1 / joined))


class Neighbourhood:
    """Measures of pairs on a simple network; pairs that have nothing in common have 0."""

    def __init__(self, network: Simple) -> None:
        self.size = len(network.nodes)
        self.degrees = network.degrees().astype(np.float64)
        one, other = network.pairs[:, 0], network.pairs[:, 1]
        self._shared = shared(np.concatenate((one, other)), np.concatenate((other, one)), self.size)

    @property
    def keys(self) -> Keys:
        """Pairs with a common neighbour, sorted."""
        return self._shared.keys

    def common(self, keys: Keys) -> Scores:
        """Number of common neighbours (Liben-Nowell and Kleinberg 2007)."""
        return Valued(self._shared.keys, self._shared.common).of(keys)

    def jaccard(self, keys: Keys) -> Scores:
        """Common neighbours as a share of all neighbours of the two (Jaccard 1901)."""
        common = self.common(keys)
        one, other = np.divmod(keys, self.size)
        union: Scores = self.degrees[one] + self.degrees[other] - common
        return np.divide(common, union, out=np.zeros(len(keys)), where=union > 0)

    def adamic_adar(self, keys: Keys) -> Scores:
        """Common neighbours, each counted 1 / ln of its own number (Adamic and Adar 2003)."""
        return Valued(self._shared.keys, self._shared.adamic_adar).of(keys)

    def resource_allocation(self, keys: Keys) -> Scores:
        """Common neighbours, each counted 1 / its own number (Zhou, Lü and Zhang 2009)."""
        return Valued(self._shared.keys, self._shared.resource_allocation).of(keys)

    def preferential_attachment(self, keys: Keys) -> Scores:
        """Neighbours of the one times neighbours of the other (Barabási and Albert 1999)."""
        one, other = np.divmod(keys, self.size)
        product: Scores = self.degrees[one] * self.degrees[other]
        return product


METHODS: Mapping[str, Callable[[Neighbourhood, Keys], Scores]] = {
    "preferential-attachment": Neighbourhood.preferential_attachment,
    "common-neighbours": Neighbourhood.common,
    "jaccard": Neighbourhood.jaccard,
    "adamic-adar": Neighbourhood.adamic_adar,
    "resource-allocation": Neighbourhood.resource_allocation,
}
"""The measures that look at nothing but the network, by name."""
