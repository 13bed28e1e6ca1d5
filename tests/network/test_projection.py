"""The projection: every fact between organisations is an edge, and none is lost."""

from __future__ import annotations

import sys
from collections import Counter

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Quad

import filiera
from filiera.errors import MissingPart, UsageError
from filiera.facts.problems import CellFault
from filiera.network.projection import Projection, Relation, project
from filiera.store import MemoryStore
from filiera.vocabulary import FIL, ORG, RDF, concept
from tests.small_cluster import iri, small_store

TIES = [
    ("acme", "bolt", "controls"),
    ("acme", "bolt", "partner-of"),
    ("acme", "bolt", "supplies"),
    ("bank", "delta", "lends-to"),
    ("delta", "cogs", "acquired"),
    ("its", "uni", "research-partner-of"),
    ("lab", "uni", "research-partner-of"),
    ("pair-a", "pair-b", "joint-venture-with"),
]


@pytest.fixture(scope="module")
def small() -> Projection:
    return project(small_store())


def edges(projection: Projection) -> list[tuple[str, str, str]]:
    """(source id, target id, slug of the relation) of each edge."""
    return [
        (source.rsplit("/", 1)[-1], target.rsplit("/", 1)[-1], relation.iri.rsplit("/", 1)[-1])
        for source, target, relation, _ in projection.edges()
    ]


def test_nodes_are_organisations_bodies_and_projects_in_order(small: Projection) -> None:
    assert small.nodes == [
        iri(name)
        for name in (
            "acme",
            "bank",
            "bolt",
            "cogs",
            "delta",
            "gear-project",
            "hub",
            "its",
            "lab",
            "lonely",
            "net",
            "pair-a",
            "pair-b",
            "region",
            "team",
            "uni",
        )
    ]


def test_every_fact_is_one_edge_whoever_states_it(small: Projection) -> None:
    assert Counter(relation.family for _, _, relation, _ in small.edges()) == {
        "tie": 8,
        "membership": 6,
        "participation": 2,
        "structure": 2,
    }
    assert edges(project(small_store(), include=["tie"])) == TIES
    assert len(small.facts) == len(small.sources) == len(small.targets) == len(small.kinds) == 18


def test_parallel_relations_and_repeated_memberships_stay_apart(small: Projection) -> None:
    assert Counter(edge[:2] for edge in edges(small))["acme", "bolt"] == 3
    assert [fact for fact in small.facts if "cogs--hub" in fact] == [
        iri("membership/cogs--hub"),
        iri("membership/cogs--hub--2"),
    ]


def test_arrays_point_at_nodes_and_relations(small: Projection) -> None:
    edge = small.facts.index(iri("membership/bolt--hub"))
    assert small.nodes[small.sources[edge]] == iri("bolt")
    assert small.nodes[small.targets[edge]] == iri("hub")
    founding = Relation("membership", concept("membership-role", "founding-member"))
    assert small.relations[small.kinds[edge]] == founding
    assert small.sources.dtype == small.targets.dtype == np.int32
    assert small.kinds.dtype == np.int16
    by_name = dict(zip(small.nodes, small.degrees().tolist(), strict=True))
    assert by_name[iri("hub")] == 7
    assert by_name[iri("lonely")] == 0
    assert sum(by_name.values()) == 2 * 18


@pytest.mark.parametrize(
    ("at", "absent"),
    [
        ("2005", {"acme--hub", "bolt--hub", "cogs--hub", "cogs--hub--2", "acme--supplies--bolt"}),
        ("2011", {"acme--hub", "bolt--hub", "cogs--hub--2", "acme--supplies--bolt"}),
        ("2013", {"acme--hub", "bolt--hub", "cogs--hub", "cogs--hub--2", "acme--supplies--bolt"}),
        ("2020-03", {"cogs--hub", "bank--lends-to--delta"}),
        ("2023", {"bolt--hub", "cogs--hub", "bank--lends-to--delta"}),
        ("[2023..]", {"bolt--hub", "cogs--hub", "bank--lends-to--delta"}),
    ],
)
def test_at_a_date_only_what_certainly_did_not_hold_is_left_out(at: str, absent: set[str]) -> None:
    held = {fact.rsplit("/", 1)[-1] for fact in project(small_store(), at=at).facts}
    asked = {
        "acme--hub",
        "bolt--hub",
        "cogs--hub",
        "cogs--hub--2",
        "acme--supplies--bolt",
        "bank--lends-to--delta",
        "acme--controls--bolt",
    }
    if at in ("2005", "2013"):
        absent = absent | {"bank--lends-to--delta"}
    assert asked - held == absent


def test_what_is_asked_wrongly_is_said() -> None:
    with pytest.raises(UsageError, match=r"friendship.*there are tie, membership"):
        project(small_store(), include=["tie", "friendship"])
    with pytest.raises(CellFault):
        project(small_store(), at="31/02/2020")


def test_networkx_gets_labelled_dated_sourced_edges(small: Projection) -> None:
    network = small.to_networkx("en")
    assert isinstance(network, networkx.MultiDiGraph)
    assert (network.number_of_nodes(), network.number_of_edges()) == (16, 18)
    assert network.nodes[iri("acme")] == {
        "id": "acme",
        "label": "Acme",
        "label_it": "Acme",
        "label_en": "Acme",
        "types": [ORG.Organization],
        "kind": "company",
        "kinds": ["company", "listed-company"],
        "kind_label": "company",
        "kind_label_it": "impresa",
        "kind_label_en": "company",
        "member": True,
        "place": "Bologna",
    }
    assert network.nodes[iri("lonely")]["member"] is False
    assert "kind" not in network.nodes[iri("lonely")]
    assert network.nodes[iri("gear-project")]["kind_label"] == "project"
    assert network.edges[iri("acme"), iri("bolt"), iri("tie/acme--partner-of--bolt")] == {
        "family": "tie",
        "relation": "partner-of",
        "label": "is a partner of",
        "label_it": "è partner di",
        "label_en": "is a partner of",
        "symmetric": True,
        "start": "2019 / 2019-03",
        "sources": ["early", "late"],
    }
    membership = network.edges[iri("bolt"), iri("hub"), iri("membership/bolt--hub")]
    assert membership["label_it"] == "socio fondatore di"
    assert (membership["start"], membership["end"]) == ("2018", "2022")
    without_role = network.edges[iri("uni"), iri("hub"), iri("membership/uni--hub")]
    assert (without_role["relation"], without_role["label"]) == ("membership", "member of")
    assert without_role["as_of"] == "2021-03"
    structure = network.edges[iri("team"), iri("hub"), ORG.unitOf]
    assert (structure["relation"], structure["sources"]) == ("unitOf", ["late"])
    assert small.to_networkx().nodes[iri("hub")]["label"] == "Nodo"


def test_igraph_gets_the_same_network(small: Projection) -> None:
    graph = small.to_igraph()
    assert graph.is_directed()
    assert graph.vs["name"] == small.nodes
    assert graph.es["fact"] == small.facts
    found = [(edge.source_vertex["name"], edge.target_vertex["name"]) for edge in graph.es]
    assert found == [(source, target) for source, target, _, _ in small.edges()]
    assert graph.es["family"] == [relation.family for _, _, relation, _ in small.edges()]


def test_without_igraph_the_extra_is_named(
    small: Projection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "igraph", None)
    with pytest.raises(MissingPart, match=r"pip install 'filiera\[fast\]'"):
        small.to_igraph()


def test_an_empty_store_gives_an_empty_network() -> None:
    empty = project(MemoryStore())
    assert (empty.nodes, empty.facts, len(empty.sources)) == ([], [], 0)
    assert empty.to_networkx().number_of_nodes() == 0
    assert empty.to_igraph().vcount() == 0


def test_no_edge_of_the_real_data_is_lost(ecosystem: filiera.Ecosystem) -> None:
    counted = ecosystem.query(
        """
        SELECT (COUNT(*) AS ?n) WHERE {
          { ?fact a fil:Tie } UNION { ?fact a fil:Membership } UNION { ?fact a fil:Participation }
          UNION { ?unit org:unitOf ?whole } UNION { ?part org:subOrganizationOf ?whole }
        }
        """
    )
    assert isinstance(counted, filiera.Results)
    ((expected,),) = counted
    projection = project(ecosystem.store)
    assert isinstance(expected, int)
    assert len(projection.facts) == expected > 600
    network = projection.to_networkx()
    assert network.number_of_edges() == expected
    assert network.number_of_nodes() == len(projection.nodes)
    assert all(known["sources"] for _, _, known in network.edges(data=True))


names = st.sampled_from([f"n{number}" for number in range(6)])
facts = st.lists(
    st.tuples(st.sampled_from(["tie", "membership", "participation"]), names, names, st.booleans()),
    max_size=25,
)
ENDS = {
    "tie": (FIL.Tie, FIL["from"], FIL.to, FIL.relation),
    "membership": (FIL.Membership, ORG.member, ORG.organization, ORG.role),
    "participation": (FIL.Participation, FIL.participant, FIL.project, FIL.role),
}


@settings(deadline=None)
@given(facts=facts)
def test_any_facts_become_exactly_as_many_edges(
    facts: list[tuple[str, str, str, bool]],
) -> None:
    store = MemoryStore()
    expected = []
    for number, (family, source, target, named) in enumerate(facts):
        fact = iri(f"{family}/{number:03}")
        of_class, first, second, relation = ENDS[family]
        stated = [(RDF.type, of_class), (first, iri(source)), (second, iri(target))]
        if named:
            stated.append((relation, concept("relation", "any")))
        for predicate, value in stated:
            store.oxigraph.add(
                Quad(NamedNode(fact), NamedNode(predicate), NamedNode(value), DefaultGraph())
            )
        expected.append((iri(source), iri(target), family, fact))
    projection = project(store)
    found = [(one, other, kind.family, fact) for one, other, kind, fact in projection.edges()]
    assert found == sorted(expected, key=lambda edge: edge[3])
    assert projection.nodes == sorted({end for edge in expected for end in edge[:2]})
    assert projection.to_networkx().number_of_edges() == len(expected)
