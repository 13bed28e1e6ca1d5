"""Communities as discs: they never meet, and hold what is in them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from filiera.network.community_layout import disc_radii, discs, in_discs, tied_communities
from filiera.network.layout import ASPECT

Ends = NDArray[np.int32]
SIZES = [120, 60, 40, 9, 7, 5, 3, 2]


def network(
    seed: int = 3,
) -> tuple[list[list[int]], Ends, Ends, Ends, NDArray[np.float64]]:
    """Groups, owners, sources, targets and radii; the last nodes are in no group."""
    draw = np.random.default_rng(seed)
    groups, first = [], 0
    for size in SIZES:
        groups.append(list(range(first, first + size)))
        first += size
    count = first + 30
    owner = np.full(count, -1, np.int32)
    ends = []
    for number, group in enumerate(groups):
        owner[group] = number
        ends += [(group[0], node) for node in group[1:]]
    # The last two groups have no tie to another.
    inside = groups[-2][0]
    ends += [tuple(draw.integers(0, inside, 2)) for _ in range(200)]
    sources, targets = (np.array(side, np.int32) for side in zip(*ends, strict=True))
    radii = 4.0 + draw.random(count) * 20
    return groups, owner, sources, targets, radii


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.floats(5, 2000), min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 59), st.integers(0, 59)), max_size=120),
)
def test_discs_never_meet(sizes: list[float], ties: list[tuple[int, int]]) -> None:
    owner = np.arange(len(sizes), dtype=np.int32)
    ends = [(one % len(sizes), other % len(sizes)) for one, other in ties]
    sources, targets = (np.array([end[side] for end in ends], np.int32) for side in (0, 1))
    found = discs(np.array(sizes), *tied_communities(len(sizes), owner, sources, targets))
    gaps = np.linalg.norm(found.middles[:, None] - found.middles, axis=2)
    gaps -= found.radii[:, None] + found.radii
    np.fill_diagonal(gaps, np.inf)
    assert gaps.min(initial=np.inf) > 1.0


def test_ties_between_communities_are_counted_once_each_way() -> None:
    owner = np.array([0, 0, 1, 1, 2, -1], np.int32)
    sources = np.array([0, 2, 1, 0, 4, 5], np.int32)
    targets = np.array([2, 1, 0, 5, 2, 5], np.int32)
    pairs, weights = tied_communities(3, owner, sources, targets)
    assert pairs.tolist() == [[0, 1], [1, 2]]
    assert weights.tolist() == [2, 1]


def test_everybody_is_inside_the_own_disc_and_who_has_none_below_all() -> None:
    groups, owner, sources, targets, radii = network()
    pairs, weights = tied_communities(len(groups), owner, sources, targets)
    found = discs(disc_radii(groups, radii), pairs, weights)
    placed = in_discs(groups, found, sources, targets, radii)
    for group, middle, radius in zip(groups, found.middles, found.radii, strict=True):
        far = np.linalg.norm(placed[group] - middle, axis=1) + radii[group]
        assert far.max() <= radius + 1e-6
        # Nobody stands on another: a disc has room for all.
        near = np.linalg.norm(placed[group][:, None] - placed[group], axis=2)
        np.fill_diagonal(near, np.inf)
        assert near.min() > 1.0
    outside = placed[owner < 0]
    assert outside[:, 1].min() > (found.middles[:, 1] + found.radii).max()
    assert len(np.unique(outside.round(3), axis=0)) == len(outside)
    again = in_discs(groups, found, sources, targets, radii)
    assert np.array_equal(placed, again)


def test_communities_lie_along_the_page_and_those_alone_below() -> None:
    groups, owner, sources, targets, radii = network()
    pairs, weights = tied_communities(len(groups), owner, sources, targets)
    found = discs(disc_radii(groups, radii), pairs, weights)
    tied = sorted(set(pairs.ravel().tolist()))
    assert tied == list(range(len(groups) - 2))
    bottom = (found.middles[tied, 1] + found.radii[tied]).max()
    assert (found.middles[-2:, 1] - found.radii[-2:]).min() >= bottom - 1e-6
    wide, tall = np.ptp(found.middles[tied], axis=0)
    assert 0.5 < wide / tall / ASPECT < 2.5


@pytest.mark.parametrize("engine", ["numpy", "igraph"])
def test_it_needs_no_engine(monkeypatch: pytest.MonkeyPatch, engine: str) -> None:
    monkeypatch.setattr("filiera.network.community_layout.default_engine", lambda: engine)
    groups, owner, sources, targets, radii = network()
    pairs, weights = tied_communities(len(groups), owner, sources, targets)
    found = discs(disc_radii(groups, radii), pairs, weights)
    placed = in_discs(groups, found, sources, targets, radii)
    assert np.isfinite(placed).all()
