"""Measures of pairs: the same as those of networkx."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiera.network import pairs
from filiera.network.pairs import METHODS, Neighbourhood, Valued, keys_of, shared
from filiera.network.simple import Simple

NODES = 8
EDGES = st.sets(
    st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)).filter(lambda e: e[0] < e[1])
)
REFERENCES: dict[str, Callable[..., Any]] = {
    "jaccard": networkx.jaccard_coefficient,
    "adamic-adar": networkx.adamic_adar_index,
    "resource-allocation": networkx.resource_allocation_index,
    "preferential-attachment": networkx.preferential_attachment,
}


def network(edges: set[tuple[int, int]], size: int = NODES) -> Simple:
    """A simple network with these edges."""
    chosen = sorted(edges)
    table = np.array(chosen, dtype=np.int32).reshape(-1, 2)
    return Simple(
        [str(node) for node in range(size)], table, [[place] for place in range(len(chosen))]
    )


def everything(size: int = NODES) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Keys of all pairs."""
    return keys_of(*np.triu_indices(size, 1), size)


@given(EDGES)
def test_the_measures_are_those_of_networkx(edges: set[tuple[int, int]]) -> None:
    around, keys = Neighbourhood(network(edges)), everything()
    graph = network(edges).to_networkx()
    pairs_of = list(zip(*np.divmod(keys, NODES), strict=True))
    for name, reference in REFERENCES.items():
        expected = [score for _, _, score in reference(graph, pairs_of)]
        assert METHODS[name](around, keys).tolist() == pytest.approx(expected)
    common = [len(list(networkx.common_neighbors(graph, one, other))) for one, other in pairs_of]
    assert around.common(keys).tolist() == common
    assert set(around.keys) == set(keys[np.array(common) > 0])


@given(EDGES)
def test_what_shares_nothing_scores_nothing_and_nobody_more_than_all(
    edges: set[tuple[int, int]],
) -> None:
    around, keys = Neighbourhood(network(edges)), everything()
    assert np.all((around.jaccard(keys) >= 0) & (around.jaccard(keys) <= 1))
    nothing = around.common(keys) == 0
    for name in ("jaccard", "adamic-adar", "resource-allocation"):
        assert not METHODS[name](around, keys)[nothing].any()


def test_a_pair_has_one_key_whichever_comes_first() -> None:
    one, other = np.array([3, 1]), np.array([2, 7])
    assert keys_of(one, other, 10).tolist() == keys_of(other, one, 10).tolist() == [23, 17]


def test_what_joins_too_many_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    groups, members = np.array([0, 0, 0, 1, 1]), np.array([0, 1, 2, 1, 2])
    assert shared(groups, members, 3).keys.tolist() == [1, 2, 5]
    monkeypatch.setattr(pairs, "TOO_MANY", 2)
    few = shared(groups, members, 3)
    assert few.keys.tolist() == [5]
    assert few.adamic_adar.tolist() == pytest.approx([1 / np.log(2)])
    assert few.resource_allocation.tolist() == [0.5]


def test_pairs_without_a_value_have_none() -> None:
    nothing = Valued(np.empty(0, np.int64), np.empty(0))
    assert nothing.of(np.array([1, 2])).tolist() == [0, 0]
    some = Valued(np.array([2, 5]), np.array([0.5, 1.0]))
    assert some.of(np.array([9, 5, 2, 0])).tolist() == [0, 1, 0.5, 0]
