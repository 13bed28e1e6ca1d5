"""Overlapping boxes are found whatever their sizes, as comparing each pair would find them."""

from __future__ import annotations

import numpy as np
import pytest

from filiera.network.boxes import Boxes, Points, overlaps, separate


def scattered(count: int, giants: int, seed: int) -> tuple[Points, Boxes]:
    """Boxes of common sizes, among them some very large ones."""
    chance = np.random.default_rng(seed)
    points = chance.uniform(-400, 400, (count, 2))
    widths, heights = chance.uniform(5, 60, count), chance.uniform(5, 20, count)
    widths[:giants] *= 9
    heights[:giants] *= 20
    return points, Boxes(widths, heights, chance.uniform(0, 9, count))


def by_each_pair(points: Points, boxes: Boxes) -> list[tuple[int, int]]:
    """The pairs that overlap, in the order that `overlaps` promises."""
    order = np.argsort(points[:, 0], kind="stable").tolist()
    y = points[:, 1] + boxes.drops
    found = []
    for step in range(1, len(order)):
        for one, other in zip(order, order[step:], strict=False):
            wide = (boxes.widths[one] + boxes.widths[other]) / 2
            high = (boxes.heights[one] + boxes.heights[other]) / 2
            apart = abs(points[one, 0] - points[other, 0])
            if apart < wide - 1e-9 and abs(y[one] - y[other]) < high - 1e-9:
                found.append((one, other))
    return found


@pytest.mark.parametrize(("count", "giants"), [(2, 0), (3, 3), (40, 1), (300, 0), (300, 4)])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_overlaps_are_those_of_each_pair_in_their_order(count: int, giants: int, seed: int) -> None:
    points, boxes = scattered(count, giants, seed)
    one, other = overlaps(points, boxes)
    assert list(zip(one.tolist(), other.tolist(), strict=True)) == by_each_pair(points, boxes)


@pytest.mark.parametrize("count", [0, 1])
def test_none_or_one_box_overlaps_nothing(count: int) -> None:
    points, boxes = scattered(count, 0, 1)
    assert [len(ends) for ends in overlaps(points, boxes)] == [0, 0]


def test_boxes_in_one_place_are_pushed_apart() -> None:
    points, boxes = scattered(30, 2, 1)
    apart = separate(np.zeros_like(points), boxes, seed=1)
    assert by_each_pair(apart, boxes) == []
