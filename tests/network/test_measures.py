"""Measures: obvious on obvious networks, the same by both engines, and true to what they mean."""

from __future__ import annotations

import sys
from itertools import pairwise

import networkx
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from filiera.network import measures
from filiera.network.projection import project
from filiera.network.shortest import best_ways, cost_of
from filiera.network.simple import LARGE, Simple, chosen_engine, simple
from tests.small_cluster import iri, small_store

ENGINES = ("igraph", "networkx")


def network(count: int, pairs: list[tuple[int, int]]) -> Simple:
    ends = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    names = [f"thing-{number}" for number in range(count)]
    array = np.array(ends, dtype=np.int32).reshape(-1, 2)
    return Simple(names, array, [[number] for number in range(len(ends))])


STAR = network(5, [(0, 1), (0, 2), (0, 3), (0, 4)])
BOW_TIE = network(8, [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5), (3, 5), (5, 6)])
"""Two triangles joined by 2–3, a tail 5–6, and 7 alone."""


@st.composite
def networks(draw: st.DrawFn) -> Simple:
    count = draw(st.integers(2, 14))
    node = st.integers(0, count - 1)
    return network(count, draw(st.lists(st.tuples(node, node), max_size=30)))


@pytest.mark.parametrize("engine", ENGINES)
def test_the_middle_of_a_star_stands_between_all_others(engine: str) -> None:
    assert measures.betweenness(STAR, engine).tolist() == [1, 0, 0, 0, 0]
    assert measures.constraint(STAR, [0, 1], engine) == {0: 0.25, 1: 1.0}
    assert measures.pieces(STAR, engine) == {0: [1, 1, 1, 1]}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_bow_tie_falls_apart_at_its_knot_and_its_tail(engine: str) -> None:
    assert measures.pieces(BOW_TIE, engine) == {2: [4, 2], 3: [3, 3], 5: [5, 1]}
    assert measures.constraint(BOW_TIE, [7], engine) == {7: None}
    found = measures.communities(BOW_TIE, engine)
    assert found.groups == [[3, 4, 5, 6], [0, 1, 2]]
    assert found.method == ("leiden" if engine == "igraph" else "louvain")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_network_without_edges_has_no_middle(engine: str, count: int) -> None:
    empty = network(count, [])
    assert measures.betweenness(empty, engine).tolist() == [0.0] * count
    assert measures.pieces(empty, engine) == {}
    assert measures.communities(empty, engine).groups == []
    assert not count or best_ways(empty, 0, count - 1, 2, engine=engine) in ([], [[0]])


@given(networks())
@settings(max_examples=80, deadline=None)
def test_both_engines_measure_the_same(small: Simple) -> None:
    everyone = range(len(small.nodes))
    one, other = (measures.betweenness(small, engine) for engine in ENGINES)
    np.testing.assert_allclose(one, other, atol=1e-12)
    assert ((one >= 0) & (one <= 1 + 1e-12)).all()
    tight, loose = (measures.constraint(small, everyone, engine) for engine in ENGINES)
    assert tight == {node: pytest.approx(value) for node, value in loose.items()}
    assert measures.pieces(small, "igraph") == measures.pieces(small, "networkx")


@given(networks())
@settings(max_examples=80, deadline=None)
def test_pieces_are_what_is_left(small: Simple) -> None:
    around = small.neighbours()
    whole = small.to_networkx()
    found = measures.pieces(small)
    for node in range(len(small.nodes)):
        left = measures.pieces_without(around, node)
        assert len(left) > 1 if node in found else len(left) <= 1
        if node in found:
            assert [len(piece) for piece in left] == found[node]
        own = networkx.node_connected_component(whole, node) - {node}
        parts = networkx.connected_components(whole.subgraph(own))
        assert sorted(left) == sorted(sorted(part) for part in parts)


@given(networks(), st.data(), st.integers(1, 6), st.sampled_from([0.0, 1.0, 2.5]))
@settings(max_examples=120, deadline=None)
def test_best_ways(small: Simple, data: st.DataObject, k: int, hub: float) -> None:
    node = st.integers(0, len(small.nodes) - 1)
    source, target = data.draw(node), data.draw(node)
    assume(source != target)
    ways = best_ways(small, source, target, k, hub=hub, engine="igraph")
    assert ways == best_ways(small, source, target, k, hub=hub, engine="networkx")
    back = best_ways(small, target, source, k, hub=hub, engine="networkx")
    assert [way[::-1] for way in back] == ways

    graph = small.to_networkx()
    every = [list(way) for way in networkx.all_simple_paths(graph, source, target)]
    assert len(ways) == min(k, len(every))
    costs = [cost_of(small, way, hub=hub) for way in ways]
    cheapest = sorted(cost_of(small, way, hub=hub) for way in every)[:k]
    assert costs == pytest.approx(cheapest, abs=0.05)
    for way in ways:
        assert len(set(way)) == len(way)
        assert all(graph.has_edge(*step) for step in pairwise(way))


def test_a_hub_is_gone_around() -> None:
    """0 and 1 meet in the hub 2, which joins everybody, and over 3 and 4, which join few."""
    around = [(0, 2), (1, 2), (0, 3), (3, 4), (4, 1), *((2, far) for far in range(5, 25))]
    small = network(25, around)
    assert best_ways(small, 0, 1, 1) == [[0, 3, 4, 1]]
    assert best_ways(small, 0, 1, 1, hub=0.0) == [[0, 2, 1]]


def test_igraph_is_for_large_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    large = network(LARGE + 1, [(0, 1)])
    assert (chosen_engine(STAR), chosen_engine(large)) == ("networkx", "igraph")
    assert chosen_engine(STAR, "igraph") == "igraph"
    monkeypatch.setitem(sys.modules, "igraph", None)
    assert chosen_engine(large) == "networkx"
    assert measures.communities(BOW_TIE).method == "louvain"


@pytest.mark.parametrize("engine", ENGINES)
def test_an_estimate_looks_out_from_some_nodes(
    monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    ring = network(12, [(node, (node + 1) % 12) for node in range(12)])
    exact = measures.betweenness(ring, engine)
    assert measures.starts(ring) is None
    monkeypatch.setattr(measures, "EXACT", 5)
    monkeypatch.setattr(measures, "STARTS", 12)
    np.testing.assert_allclose(measures.betweenness(ring, engine), exact)
    monkeypatch.setattr(measures, "STARTS", 3)
    assert measures.starts(ring) == [0, 5, 11]
    assert measures.betweenness(ring, engine).mean() == pytest.approx(exact.mean())


def test_a_pair_is_joined_once_by_all_its_facts() -> None:
    projection = project(small_store())
    joined = simple(projection)
    pair = [joined.nodes.index(iri(name)) for name in ("acme", "bolt")]
    edges = joined.edges[joined.pairs.tolist().index(pair)]
    assert {projection.relations[projection.kinds[edge]].family for edge in edges} == {"tie"}
    assert len(edges) == 3
    assert sum(map(len, joined.edges)) == len(projection.facts)
    assert not simple(projection, joined.nodes).edges
