"""Arrangements: groups, maps and rings keep the boxes of nodes apart, in every shape of data."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from filiera.network.arrangements import columns, on_map, rings, set_in_rows
from filiera.network.boxes import overlaps
from filiera.network.layout import node_boxes

RADII = np.linspace(4, 24, 40)
NAMES = ["" if number % 4 else "A name that is long" for number in range(40)]
BOXES = node_boxes(RADII, NAMES, font=13.0)


def test_stages_stand_beside_each_other_and_tall_ones_are_broken() -> None:
    stacks = [list(range(20)), [20, 21]]
    points = columns(stacks, BOXES)
    assert len({float(x) for x in points[:20, 0]}) > 1
    assert points[:20, 0].max() < points[20:, 0].min()
    chosen = BOXES.take(np.arange(22))
    assert not len(overlaps(points, chosen)[0])
    assert columns([], BOXES).shape == (0, 2)


def test_groups_and_those_of_none() -> None:
    groups = [list(range(10)), list(range(10, 30))]
    shapes = [columns([group], BOXES) for group in groups]
    points = set_in_rows(groups, shapes, list(range(30, 40)), BOXES)
    assert not len(overlaps(points, BOXES)[0])
    assert points[:30, 1].max() < points[30:, 1].min()
    everyone = set_in_rows([], [], list(range(40)), BOXES)
    assert not len(overlaps(everyone, BOXES)[0])
    assert everyone.mean(axis=0) == pytest.approx([0, 0], abs=80)


def test_towns_that_meet_are_pushed_apart_and_far_ones_drawn_in() -> None:
    towns = [list(range(20)), list(range(20, 30)), [30]]
    points = [(44.49, 11.34), (44.5, 11.35), (35.7, 139.7)]
    placed = on_map(towns, points, list(range(31, 40)), BOXES)
    assert not len(overlaps(placed, BOXES)[0])
    assert placed[30, 0] > placed[:30, 0].max(), "Tokyo lies in the east"
    assert np.ptp(placed[:, 0]) < 4000
    assert placed[31:, 1].min() > placed[:31, 1].max()


def test_a_map_of_one_town_and_of_none() -> None:
    one = on_map([list(range(40))], [(44.49, 11.34)], [], BOXES)
    assert not len(overlaps(one, BOXES)[0])
    none = on_map([], [], list(range(40)), BOXES)
    assert not len(overlaps(none, BOXES)[0])


@pytest.mark.parametrize("sizes", [(39,), (1, 1, 37), (13, 13, 13), (38, 1)])
def test_discs_in_rings_never_meet(sizes: tuple[int, ...]) -> None:
    ends = np.cumsum((1, *sizes))
    sectors = [list(range(first, last)) for first, last in pairwise(ends)]
    points = rings(sectors, 0, RADII)
    apart = np.linalg.norm(points[:, None] - points[None], axis=2) + 1e9 * np.eye(40)
    assert (apart > RADII[:, None] + RADII[None]).all()
    assert points[0].tolist() == [0, 0]


def test_rings_without_a_middle_and_without_nodes() -> None:
    points = rings([list(range(40))], None, RADII)
    assert len({tuple(point) for point in points.tolist()}) == 40
    assert rings([], None, np.zeros(0)).shape == (0, 2)
    assert rings([], 0, np.ones(1)).tolist() == [[0, 0]]
