"""Any multigraph, measured by both engines, and by networkx on the multigraph itself."""

from __future__ import annotations

from typing import Any

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filiera.network import measures
from filiera.network.projection import Projection, Relation
from filiera.network.simple import Simple, simple
from filiera.store import MemoryStore

ENGINES = ("igraph", "networkx")


@st.composite
def projections(draw: st.DrawFn) -> Projection:
    """Directed edges in any number between any two nodes, loops among them; nodes without any."""
    count = draw(st.integers(0, 14))
    node = st.integers(0, max(count - 1, 0))
    edges = draw(st.lists(st.tuples(node, node), max_size=40 if count else 0))
    ends = np.array(edges, dtype=np.int32).reshape(-1, 2)
    return Projection(
        store=MemoryStore(),
        nodes=[f"https://example.org/{number:02}" for number in range(count)],
        sources=ends[:, 0],
        targets=ends[:, 1],
        kinds=np.zeros(len(edges), np.int16),
        relations=[Relation("tie", "https://example.org/knows")],
        facts=[f"https://example.org/fact/{number:02}" for number in range(len(edges))],
    )


def multigraph(projection: Projection) -> networkx.MultiGraph[int]:
    """The same edges as networkx holds them, none left out."""
    graph: networkx.MultiGraph[int] = networkx.MultiGraph()
    graph.add_nodes_from(range(len(projection.nodes)))
    graph.add_edges_from(zip(projection.sources.tolist(), projection.targets.tolist(), strict=True))
    return graph


@given(projections())
@settings(max_examples=100, deadline=None)
def test_each_pair_is_joined_once_and_no_edge_is_lost(projection: Projection) -> None:
    network, whole = simple(projection), multigraph(projection)
    assert len(network.nodes) == len(whole)
    for (one, other), edges in zip(network.pairs.tolist(), network.edges, strict=True):
        assert len(edges) == whole.number_of_edges(one, other)
        for edge in edges:
            assert {projection.sources[edge], projection.targets[edge]} == {one, other}
    loops = networkx.number_of_selfloops(whole)
    assert sum(map(len, network.edges)) + loops == whole.number_of_edges()


@given(projections())
@settings(max_examples=100, deadline=None)
def test_betweenness(projection: Projection) -> None:
    network = simple(projection)
    plain = networkx.Graph(multigraph(projection))
    linked = [node for node in plain if set(plain[node]) - {node}]
    expected = networkx.betweenness_centrality(plain.subgraph(linked))
    for engine in ENGINES:
        scores = measures.betweenness(network, engine)
        wanted = [expected.get(node, 0.0) for node in range(len(network.nodes))]
        np.testing.assert_allclose(scores, wanted, rtol=0, atol=1e-9)


@given(projections())
@settings(max_examples=100, deadline=None)
def test_components_and_articulation_points(projection: Projection) -> None:
    network, whole = simple(projection), multigraph(projection)
    plain = networkx.Graph(whole)
    plain.remove_edges_from(list(networkx.selfloop_edges(plain)))
    cuts = set(networkx.articulation_points(plain))
    for engine in ENGINES:
        found = measures.pieces(network, engine)
        assert found.keys() == cuts
        for cut, sizes in found.items():
            own = networkx.node_connected_component(plain, cut) - {cut}
            parts = networkx.connected_components(plain.subgraph(own))
            assert sizes == sorted(map(len, parts), reverse=True)
    components = {frozenset(part) for part in networkx.connected_components(whole)}
    assert {frozenset(part) for part in network.to_igraph().connected_components()} == components
    assert set(map(frozenset, networkx.connected_components(network.to_networkx()))) == components


@given(projections())
@settings(max_examples=100, deadline=None)
def test_constraint(projection: Projection) -> None:
    network = simple(projection)
    plain = networkx.Graph(multigraph(projection))
    plain.remove_edges_from(list(networkx.selfloop_edges(plain)))
    expected = networkx.constraint(plain) if len(plain) else {}
    for engine in ENGINES:
        found = measures.constraint(network, range(len(network.nodes)), engine)
        assert found.keys() == expected.keys()
        for node, value in found.items():
            if value is None:
                assert not plain[node]
            else:
                assert value == pytest.approx(expected[node], abs=1e-9)


@given(projections())
@settings(max_examples=100, deadline=None)
def test_communities_are_groups_of_the_stated_modularity(projection: Projection) -> None:
    network = simple(projection)
    plain = network.to_networkx()
    linked = {node for node in plain if plain[node]}
    for engine in ENGINES:
        found = measures.communities(network, engine)
        assert found == measures.communities(network, engine) or not linked
        grouped = [node for group in found.groups for node in group]
        assert sorted(grouped) == sorted(linked)
        if linked:
            alone = [{node} for node in plain if node not in linked]
            parts = [*map(set, found.groups), *alone]
            score = networkx.community.modularity(plain, parts)
            assert found.modularity == pytest.approx(score, abs=1e-9)


def _as_network(graph: networkx.Graph[Any]) -> Simple:
    plain = networkx.convert_node_labels_to_integers(graph)
    pairs = sorted((min(pair), max(pair)) for pair in plain.edges() if pair[0] != pair[1])
    return Simple(
        [f"https://example.org/{node:04}" for node in plain],
        np.array(pairs, dtype=np.int32),
        [[number] for number in range(len(pairs))],
    )


KNOWN = {
    "karate club": networkx.karate_club_graph(),
    "women and clubs": networkx.davis_southern_women_graph(),
    "families of Florence": networkx.florentine_families_graph(),
    "people of a novel": networkx.les_miserables_graph(),
    "planted groups": networkx.planted_partition_graph(5, 20, 0.4, 0.02, seed=3),
    "ring of cliques": networkx.ring_of_cliques(8, 6),
    "small world": networkx.connected_watts_strogatz_graph(120, 6, 0.1, seed=3),
    "preferential attachment": networkx.barabasi_albert_graph(300, 2, seed=3),
    "large": networkx.barabasi_albert_graph(1500, 2, seed=3),
}


@given(projections())
@settings(max_examples=100, deadline=None, derandomize=True)
def test_leiden_is_no_worse_than_louvain_on_small_networks(projection: Projection) -> None:
    network = simple(projection)
    leiden, louvain = (measures.communities(network, engine) for engine in ENGINES)
    assert leiden.modularity >= louvain.modularity - 1e-9 or not len(network.pairs)


@pytest.mark.parametrize("name", KNOWN)
def test_leiden_is_no_worse_than_louvain(name: str) -> None:
    network = _as_network(KNOWN[name])
    leiden, louvain = (measures.communities(network, engine) for engine in ENGINES)
    assert leiden.modularity >= louvain.modularity - 1e-9
