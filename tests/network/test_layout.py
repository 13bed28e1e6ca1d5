"""Positions: the same in every run, nothing on top of anything, the focus near the middle."""

from __future__ import annotations

import random
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import filiera
from filiera.network.boxes import Boxes, overlaps, rows, separate
from filiera.network.forces import ENGINES, default_engine, force_positions
from filiera.network.layout import layout, node_boxes
from filiera.network.projection import project


def plain_boxes(count: int, width: float = 12.0, height: float = 12.0) -> Boxes:
    return Boxes(np.full(count, width), np.full(count, height), np.zeros(count))


def ends(pairs: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    array = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    return array[:, 0], array[:, 1]


def test_a_label_needs_room_below_its_node() -> None:
    boxes = node_boxes(np.array([5.0, 5.0]), ["", "Flash Battery"], font=10.0)
    assert boxes.widths.tolist() == pytest.approx([14.0, 13 * 5.6 + 4])
    assert boxes.heights.tolist() == pytest.approx([14.0, 26.5])
    assert boxes.drops.tolist() == pytest.approx([0.0, 6.25])


def test_boxes_that_touch_do_not_overlap_and_those_that_share_ground_do() -> None:
    boxes = plain_boxes(3, 10.0, 10.0)
    points = np.array([[0.0, 0.0], [10.0, 0.0], [14.0, 9.0]])
    one, other = overlaps(points, boxes)
    assert sorted(map(sorted, zip(one.tolist(), other.tolist(), strict=True))) == [[1, 2]]


def test_a_dropped_box_meets_what_lies_below() -> None:
    boxes = Boxes(np.array([10.0, 10.0]), np.array([10.0, 10.0]), np.array([8.0, 0.0]))
    points = np.array([[0.0, 0.0], [0.0, 15.0]])
    assert len(overlaps(points, boxes)[0]) == 1
    assert len(overlaps(points, boxes._replace(drops=np.zeros(2)))[0]) == 0


def test_large_boxes_move_less_than_small_ones() -> None:
    boxes = Boxes(np.array([100.0, 10.0]), np.array([100.0, 10.0]), np.zeros(2))
    before = np.array([[0.0, 0.0], [40.0, 0.0]])
    after = separate(before, boxes, seed=1)
    assert abs(after[0, 0]) < 1.0
    assert after[1, 0] > 54.0


def test_rows_are_centred_and_never_wider_than_asked() -> None:
    assert rows([(4, 2), (4, 1), (6, 3)], 10, 1) == [(0.5, 0.0), (5.5, 0.5), (2.0, 3.0)]
    assert rows([(12, 2), (3, 2)], 10, 1) == [(-1.0, 0.0), (3.5, 3.0)]
    assert rows([], 10, 1) == []


@settings(deadline=None)
@given(
    points=st.lists(st.tuples(st.floats(-100, 100), st.floats(-100, 100)), min_size=1, max_size=25),
    width=st.floats(1, 60),
    height=st.floats(1, 60),
)
def test_any_boxes_can_be_kept_apart(
    points: list[tuple[float, float]], width: float, height: float
) -> None:
    boxes = plain_boxes(len(points), width, height)
    before = np.array(points)
    after = separate(before, boxes, seed=3)
    assert len(overlaps(after, boxes)[0]) == 0
    assert np.array_equal(after, separate(before, boxes, seed=3))


def test_boxes_on_one_spot_are_kept_apart() -> None:
    boxes = plain_boxes(30)
    assert len(overlaps(separate(np.zeros((30, 2)), boxes, seed=1), boxes)[0]) == 0


nodes = st.integers(0, 13)


@pytest.mark.parametrize("engine", ENGINES)
@settings(deadline=None, max_examples=40)
@given(pairs=st.lists(st.tuples(nodes, nodes), max_size=30), focus=nodes)
def test_any_network_is_laid_out_the_same_twice_and_without_overlap(
    engine: str, pairs: list[tuple[int, int]], focus: int
) -> None:
    sources, targets = ends(pairs)
    labels = [f"hub {number}" if number % 4 == 0 else "" for number in range(14)]
    boxes = node_boxes(np.linspace(4, 12, 14), labels, font=13.0)
    placed = layout(14, sources, targets, boxes, focus=focus, engine=engine)
    again = layout(14, sources, targets, boxes, focus=focus, engine=engine)
    assert placed.shape == (14, 2)
    assert np.isfinite(placed).all()
    assert np.array_equal(placed, again)
    assert len(overlaps(placed, boxes)[0]) == 0
    left, top, right, bottom = boxes.extent(placed)
    assert left == pytest.approx(-right)
    assert top == pytest.approx(-bottom)


def test_the_order_direction_and_number_of_edges_do_not_matter() -> None:
    boxes = plain_boxes(5)
    once = layout(5, *ends([(0, 1), (1, 2), (1, 3), (3, 4)]), boxes)
    again = layout(5, *ends([(4, 3), (3, 1), (2, 1), (1, 0), (0, 1), (3, 3)]), boxes)
    assert np.array_equal(once, again)


def test_small_components_lie_below_the_largest_and_lone_nodes_last() -> None:
    star = [(0, leaf) for leaf in range(1, 20)]
    boxes = plain_boxes(25)
    placed = layout(25, *ends([*star, (20, 21)]), boxes)
    largest = placed[:20, 1].max()
    assert placed[20:, 1].min() > largest
    pair, alone = placed[20:22], placed[22:]
    assert pair[:, 0].max() < alone[:, 0].min()


@pytest.mark.parametrize("engine", ENGINES)
def test_neighbours_are_nearer_than_strangers(engine: str) -> None:
    """Two rings joined by one edge: each stays together."""
    ring = [(number, (number + 1) % 10) for number in range(10)]
    other = [(one + 10, two + 10) for one, two in ring]
    placed = layout(20, *ends([*ring, *other, (0, 10)]), plain_boxes(20), engine=engine)
    middles = placed[:10].mean(axis=0), placed[10:].mean(axis=0)
    own = np.linalg.norm(placed[:10] - middles[0], axis=1)
    apart = np.linalg.norm(placed[:10] - middles[1], axis=1)
    assert (own < apart).mean() >= 0.9


@pytest.mark.parametrize("engine", ENGINES)
def test_a_straggler_is_drawn_in_and_the_drawing_is_wider_than_high(engine: str) -> None:
    star = [(0, leaf) for leaf in range(1, 40)]
    tail = [(0, 40), *((number, number + 1) for number in range(40, 50))]
    boxes = plain_boxes(51)
    placed = layout(51, *ends([*star, *tail]), boxes, focus=0, engine=engine)
    width, height = np.ptp(placed, axis=0)
    assert 1.0 < width / height < 4.0
    assert abs(placed[0, 0]) < width / 4


def test_the_generator_of_python_is_left_as_it_was() -> None:
    random.seed(42)
    expected = random.random()
    random.seed(42)
    layout(6, *ends([(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]), plain_boxes(6), engine="igraph")
    assert random.random() == expected


def test_without_igraph_numpy_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert default_engine() == "igraph"
    monkeypatch.setitem(sys.modules, "igraph", None)
    assert default_engine() == "numpy"


def test_large_components_go_through_the_grid_of_igraph() -> None:
    count = 2500
    sources = np.arange(1, count, dtype=np.int32)
    targets = (sources - 1) // 3
    first = force_positions(count, sources, targets.astype(np.int32), engine="igraph", seed=1)
    assert first.shape == (count, 2)
    assert np.isfinite(first).all()


def test_nothing_has_no_positions() -> None:
    assert layout(0, *ends([]), plain_boxes(0)).shape == (0, 2)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_real_network_has_room_for_its_hubs_and_its_cluster_in_the_middle(
    ecosystem: filiera.Ecosystem, engine: str
) -> None:
    projection = project(ecosystem.store)
    degrees = projection.degrees()
    hubs = set(np.argsort(-degrees)[:40].tolist())
    names = ["x" * 25 if number in hubs else "" for number in range(len(degrees))]
    boxes = node_boxes(4 + 2.2 * np.sqrt(degrees), names, font=13.0)
    body = projection.nodes.index(ecosystem.dataset.id_base + ecosystem.dataset.body)
    placed = layout(
        len(degrees), projection.sources, projection.targets, boxes, focus=body, engine=engine
    )
    assert len(overlaps(placed, boxes)[0]) == 0
    left, top, right, bottom = boxes.extent(placed)
    assert 1.3 < (right - left) / (bottom - top) < 2.0
    assert abs(placed[body, 0]) < (right - left) * 0.1
    assert abs(placed[body, 1]) < (bottom - top) * 0.15
