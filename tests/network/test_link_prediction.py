"""Looking for hidden ties: what is hidden, and how finding them is measured."""

from __future__ import annotations

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from filiera.network import link_prediction
from filiera.network.link_prediction import CUTS, Measured, measure, trials, unlinked, without
from filiera.network.pairs import METHODS, Neighbourhood, keys_of
from tests.network.test_pairs import EDGES, NODES, everything, network

Keys = NDArray[np.int64]
Scores = NDArray[np.float64]
FRIENDS = {
    (one, other) for one in range(30) for other in range(one + 1, 30) if one % 3 == other % 3
}


def by_name(found: tuple[Measured, ...]) -> dict[str, Measured]:
    return {one.method: one for one in found}


def test_a_fifth_is_hidden_always_the_same() -> None:
    whole = network(FRIENDS, 30)
    keys = keys_of(whole.pairs[:, 0], whole.pairs[:, 1], 30)
    rounds = list(trials(whole, keys, 3))
    assert [len(trial.hidden) for trial in rounds] == [round(len(FRIENDS) / 5)] * 3
    assert len({tuple(trial.hidden.tolist()) for trial in rounds}) == 3
    again = list(trials(whole, keys[::-1], 3))
    assert [t.hidden.tolist() for t in again] == [t.hidden.tolist() for t in rounds]
    for trial in rounds:
        left = keys_of(trial.left.pairs[:, 0], trial.left.pairs[:, 1], 30)
        assert set(left) == set(keys) - set(trial.hidden)
        assert len(trial.left.edges) == len(trial.left.pairs)


@settings(max_examples=50)
@given(EDGES, st.data())
def test_a_hidden_tie_leaves_no_trace(edges: set[tuple[int, int]], data: st.DataObject) -> None:
    """What is computed with it hidden is what a network tells that never had it."""
    hidden = data.draw(st.sets(st.sampled_from(sorted(edges)))) if edges else set()
    keys = np.array(sorted(one * NODES + other for one, other in hidden), dtype=np.int64)
    left, never = without(network(edges), keys), network(edges - hidden)
    assert left.pairs.tolist() == never.pairs.tolist()
    for method in METHODS.values():
        told, expected = (method(Neighbourhood(one), everything()) for one in (left, never))
        np.testing.assert_array_equal(told, expected)


def test_who_knows_finds_all_and_who_errs_finds_none() -> None:
    whole = network(FRIENDS, 30)
    known = keys_of(whole.pairs[:, 0], whole.pairs[:, 1], 30)
    others = unlinked(np.arange(30), known, 30)
    assert len(others) + len(known) == 30 * 29 // 2

    def own(around: Neighbourhood, keys: Keys) -> dict[str, Scores]:
        oracle = np.isin(keys, known).astype(np.float64)
        return {"oracle": oracle, "liar": -oracle, "silent": np.zeros(len(keys))}

    rounds = list(trials(whole, known, 4))
    found = measure(rounds, others, np.zeros(30, np.int64), own)
    assert found == measure(rounds, others, np.zeros(30, np.int64), own)
    assert [one.auc for one in found] == sorted((one.auc for one in found), reverse=True)
    named = by_name(found)
    assert (named["oracle"].auc, named["oracle"].auc_spread) == (1.0, 0.0)
    assert named["oracle"].precision[10] == 1.0
    assert named["liar"].auc == 0.0
    assert named["liar"].precision[10] == 0.0
    hidden = len(rounds[0].hidden)
    assert named["silent"].auc == 0.5
    for cut in CUTS:  # where all are equal, any order is as good as chance
        assert named["silent"].precision[cut] == pytest.approx(hidden / (hidden + len(others)))
    # Three cliques: what shares a neighbour is a tie.
    assert named["adamic-adar"].auc > 0.95
    assert 0.3 < named["chance"].auc < 0.7


def test_only_pairs_of_the_same_types_are_compared() -> None:
    whole = network({(0, 1), (0, 2), (1, 2), (3, 4)}, 6)
    known = np.array([1], dtype=np.int64)  # 0 with 1, of type 0 both
    (trial,) = trials(whole, np.repeat(known, 5), 1)
    assert trial.hidden.tolist() == [1]

    def score(around: Neighbourhood, keys: Keys) -> dict[str, Scores]:
        return {"score": np.where(keys == 1, 0.5, np.where(keys > 20, 1.0, 0.0))}

    others = np.array([0 * 6 + 5, 4 * 6 + 5], dtype=np.int64)
    mixed = by_name(measure([trial], others, np.array([0, 0, 0, 0, 0, 0]), score))
    assert mixed["score"].auc == 0.5  # above the one, below the other
    apart = by_name(measure([trial], others, np.array([0, 0, 0, 1, 1, 0]), score))
    assert apart["score"].auc == 1.0
    alone = by_name(measure([trial], others, np.array([0, 2, 0, 1, 1, 0]), score))
    assert alone["score"].auc == 0.5  # nothing to compare it with
    assert alone["score"].precision[10] == pytest.approx(1 / 3)


def test_many_pairs_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_prediction, "MOST", 100)
    linked = np.array([1, 2], dtype=np.int64)
    drawn = unlinked(np.arange(40), linked, 40)
    assert drawn.tolist() == unlinked(np.arange(40), linked, 40).tolist()
    assert 50 < len(drawn) <= 150
    assert not np.isin(drawn, linked).any()
    assert np.all(drawn // 40 < drawn % 40)


def test_nothing_to_rank() -> None:
    empty = network(set(), 2)
    (trial,) = trials(empty, np.empty(0, np.int64), 1)
    (first, *_) = measure([trial], np.empty(0, np.int64), np.zeros(2, np.int64), lambda *given: {})
    assert (first.auc, first.precision[10]) == (0.5, 0.0)
    assert networkx.number_of_edges(trial.left.to_networkx()) == 0
