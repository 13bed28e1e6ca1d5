"""How well a measure of pairs finds ties that are known: some are hidden, and looked for.

A share of the known pairs is drawn and taken out of the network; every measure is then computed
on what is left, so nothing that follows from a hidden tie (common neighbours, degrees) is left to
see. Liben-Nowell, D. and Kleinberg, J. (2007).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from filiera.network.pairs import METHODS, Neighbourhood, keys_of
from filiera.network.simple import Simple

__all__ = [
    "CUTS",
    "HIDDEN",
    "MOST",
    "Measured",
    "Scoring",
    "Trial",
    "measure",
    "trials",
    "unlinked",
    "without",
]

HIDDEN = 0.2
"""Share of the known pairs that is hidden."""
CUTS = (10, 50)
"""How many of the highest-ranked pairs are looked at."""
MOST = 250_000
"""Up to this many pairs of nodes are all looked at; above, this many are drawn."""

_SEED = 1
_DIGITS = 9

Keys = NDArray[np.int64]
Scores = NDArray[np.float64]
Scoring: TypeAlias = Callable[[Neighbourhood, Keys], Mapping[str, Scores]]
"""Scores of pairs by several methods, by their names."""


@dataclass(frozen=True)
class Trial:
    """One repetition: the pairs that were hidden, and what is left of the network."""

    number: int
    hidden: Keys
    left: Simple


@dataclass(frozen=True)
class Measured:
    """How well a method finds hidden ties: mean and standard deviation over the repetitions.

    ``auc`` is the probability that a hidden tie has a higher score than a pair that is not tied
    and whose ends are of the same types, equal scores counting half. ``precision[k]`` is the
    share of hidden ties among the ``k`` highest scores; what is equal at the cut counts in part.
    """

    method: str
    auc: float
    auc_spread: float
    precision: Mapping[int, float]
    precision_spread: Mapping[int, float]


def without(network: Simple, hidden: Keys) -> Simple:
    """The network without some pairs, and so without all facts that join them."""
    size = len(network.nodes)
    keys = keys_of(network.pairs[:, 0], network.pairs[:, 1], size)
    kept = ~np.isin(keys, hidden)
    edges = [edges for edges, stays in zip(network.edges, kept.tolist(), strict=True) if stays]
    return Simple(network.nodes, network.pairs[kept], edges)


def trials(network: Simple, known: Keys, repetitions: int) -> Iterator[Trial]:
    """Repetitions in which another share of the known pairs is hidden, always the same ones."""
    ordered = sorted(known.tolist())
    for number in range(repetitions):
        draw = random.Random(f"{_SEED}-{number}")
        chosen = draw.sample(ordered, round(HIDDEN * len(ordered)))
        hidden = np.array(sorted(chosen), dtype=np.int64)
        yield Trial(number, hidden, without(network, hidden))


def unlinked(places: NDArray[np.integer], linked: Keys, size: int) -> Keys:
    """Pairs of some nodes that are not linked: all of them, or a fixed draw if they are many."""
    count = len(places)
    total = count * (count - 1) // 2
    if total <= MOST:
        first, second = np.triu_indices(count, 1)
    else:
        drawn = sorted(random.Random(_SEED).sample(range(count * count), 2 * MOST))
        first, second = np.divmod(np.array(drawn, dtype=np.int64), count)
        first, second = first[first < second], second[first < second]
    keys = np.unique(keys_of(places[first], places[second], size))
    return keys[~np.isin(keys, linked)]


def measure(
    rounds: list[Trial],
    others: Keys,
    types: NDArray[np.integer],
    own: Scoring,
) -> tuple[Measured, ...]:
    """How well each method tells the hidden ties from other pairs, the best AUC first.

    others: pairs that are not tied. types: the type of each node, as a number. own:
    methods besides those of the network and chance.
    """
    found: dict[str, list[tuple[float, ...]]] = {}
    for trial in rounds:
        around = Neighbourhood(trial.left)
        pairs = np.concatenate((trial.hidden, others))
        draw = random.Random(f"{_SEED}-chance-{trial.number}")
        scores = {"chance": np.array([draw.random() for _ in range(len(pairs))])}
        scores |= {name: method(around, pairs) for name, method in METHODS.items()}
        scores |= own(around, pairs)
        strata = _types_of(pairs, types, around.size)
        for name, values in scores.items():
            # Sums of the same parts in another order must be equal.
            rounded = np.round(values, _DIGITS)
            area = _auc(rounded, strata, len(trial.hidden))
            cuts = (_precision(rounded, len(trial.hidden), cut) for cut in CUTS)
            found.setdefault(name, []).append((area, *cuts))
    measured = [_measured(name, np.array(rows)) for name, rows in found.items()]
    return tuple(sorted(measured, key=lambda one: (-one.auc, one.method)))


def _measured(name: str, rows: Scores) -> Measured:
    means, spreads = rows.mean(axis=0).tolist(), rows.std(axis=0).tolist()
    return Measured(
        name,
        means[0],
        spreads[0],
        dict(zip(CUTS, means[1:], strict=True)),
        dict(zip(CUTS, spreads[1:], strict=True)),
    )


def _types_of(keys: Keys, types: NDArray[np.integer], size: int) -> Keys:
    """The types of both ends of pairs, as one number a pair."""
    one, other = np.divmod(keys, size)
    return keys_of(types[one], types[other], int(types.max(initial=0)) + 1)


def _auc(scores: Scores, strata: Keys, hidden: int) -> float:
    """Mean over the hidden pairs of the share of like pairs that they outrank."""
    shares: list[float] = []
    for stratum in np.unique(strata[:hidden]):
        there = scores[:hidden][strata[:hidden] == stratum]
        like = np.sort(scores[hidden:][strata[hidden:] == stratum])
        if len(like):
            below = np.searchsorted(like, there, "left")
            above = np.searchsorted(like, there, "right")
            shares += ((below + above) / (2 * len(like))).tolist()
    return float(np.mean(shares)) if shares else 0.5


def _precision(scores: Scores, hidden: int, cut: int) -> float:
    """Share of hidden pairs among the ``cut`` highest, on average over orders of the equal."""
    if len(scores) <= cut:
        return hidden / len(scores) if len(scores) else 0.0
    limit = np.partition(scores, -cut)[-cut]
    surely = scores > limit
    equal = scores == limit
    share = (cut - int(surely.sum())) / int(equal.sum())
    return float((surely[:hidden].sum() + share * equal[:hidden].sum()) / cut)
