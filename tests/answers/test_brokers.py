"""Brokers: who links groups, and what falls apart if one leaves."""

from __future__ import annotations

from datetime import date

import pytest

import filiera
from filiera.answers.brokers import Brokers, brokers
from filiera.build import build
from filiera.errors import UsageError
from filiera.offered import answer
from filiera.store import MemoryStore
from filiera.vocabulary import ID
from tests.conftest import MakeDataset
from tests.small_cluster import iri, small_store

ORGANISATIONS = """\
id,name,kind,source
a1,A1,company,page-a
a2,A2,company,page-a
mid,Middle,company,page-a
b1,B1,company,page-a
b2,B2,company,page-a
tail,Tail,company,page-a
alone,Alone,company,page-a
cluster,Cluster,cluster,page-a
"""
TIES = """\
from,relation,to,start,end,source
a1,supplies,a2,,,page-a
a1,supplies,mid,,,page-a
a2,supplies,mid,,,page-a
a2,partner-of,mid,2019,,page-b
b1,supplies,mid,,,page-a
mid,supplies,b2,,,page-a
b1,supplies,b2,,,page-a
b1,controls,tail,2010,2015,page-b
"""


@pytest.fixture
def bow_tie(make_dataset: MakeDataset) -> MemoryStore:
    """Two triangles that meet in ``mid``; ``tail`` hangs on ``b1`` until 2015."""
    tables = {"organisations": ORGANISATIONS, "ties": TIES, "memberships": None, "figures": None}
    store = MemoryStore()
    build(make_dataset(**tables), store)
    return store


def ids(found: Brokers) -> tuple[list[str], list[str]]:
    """Who stands in the middle, and who is critical."""
    one, other = (
        [broker.iri.removeprefix(ID.base) for broker in ranking]
        for ranking in (found.brokers, found.critical)
    )
    return one, other


@pytest.mark.parametrize("engine", ["igraph", "networkx", None])
def test_the_knot_is_the_broker(bow_tie: MemoryStore, engine: str | None) -> None:
    found = brokers(bow_tie, engine=engine)
    assert ids(found) == (["mid", "b1"], ["mid", "b1"])
    middle, second = found.brokers
    assert middle.betweenness == pytest.approx(6 / 10)
    assert second.betweenness == pytest.approx(4 / 10)
    assert middle.neighbours == 4
    assert len(middle.communities) == 2
    assert middle.loss is not None
    assert middle.loss.sizes == (3, 2)
    assert [named.label.en for named in middle.loss.cut_off] == ["A1", "A2"]
    assert (found.things, found.linked, found.pairs, found.facts) == (8, 6, 7, 8)
    assert found.method_of_communities == ("louvain" if engine == "networkx" else "leiden")


def test_each_rests_on_its_facts(bow_tie: MemoryStore) -> None:
    middle = brokers(bow_tie).brokers[0]
    assert len(middle.evidence) == 5
    assert {source.id for one in middle.evidence for source in one.sources} == {"page-a", "page-b"}


def test_a_date(bow_tie: MemoryStore) -> None:
    found = brokers(bow_tie, at=date(2020, 6, 30))
    assert ids(found) == (["mid"], ["mid"])
    assert found.linked == 5
    assert "on 30 June 2020" in found.method("en")
    assert "facts of all times" in brokers(bow_tie).method("en")


def test_how_much_is_known(ecosystem: filiera.Ecosystem, bow_tie: MemoryStore) -> None:
    found = ecosystem.brokers(at=date(2026, 11, 22), top=1)
    assert (
        "Of Clust-ER Mechatronics and Motoristics, a source states more than 130 members in"
        " January 2023 [1]; this graph names 17 of them."
    ) in found.markdown("en")
    assert (
        "Di Clust-ER Meccatronica e Motoristica una fonte dichiara più di 130 soci a gennaio"
        " 2023 [1]; questo grafo ne nomina 17."
    ) in found.markdown("it")
    known = found.to_dict("en")["knowledge"]
    assert (known["members_stated"], known["members_named"]) == (130, 17)
    unstated = brokers(bow_tie, body=iri("cluster"))
    assert "Of Cluster, no source states how many members there are;" in unstated.markdown("en")
    assert brokers(bow_tie).knowledge is None
    assert "this graph names" not in brokers(bow_tie).markdown("en")


def test_without_one(bow_tie: MemoryStore) -> None:
    found = brokers(bow_tie, without=[iri("mid")])
    assert ids(found) == (["b1"], ["b1"])
    assert found.method("en").endswith("Left out: Middle.")
    assert found.to_dict("it")["without"] == [{"iri": iri("mid"), "label": "Middle"}]


def test_reading_it(bow_tie: MemoryStore) -> None:
    text = brokers(bow_tie, top=1).markdown("en")
    assert (
        "1. Middle has 4 neighbours in 2 groups; 60.0% of the shortest ways between others lead"
        " through it; constraint 0.53. [1] [2]\n"
    ) in text
    assert (
        "- Without Middle its part of the network falls into 2: 2 things cut off (A1, A2). [1] [2]"
    ) in text
    assert "Other articulation points: 1." in text
    assert "Other groups: 1." in text
    for reference in ("Freeman", "Burt", "Traag", "Hopcroft"):
        assert reference in text
    italian = brokers(bow_tie, top=1, engine="networkx").markdown("it")
    assert "cammini più brevi tra gli altri che passano di qui: 60,0%; vincolo 0,53." in italian
    assert "Senza Middle la sua parte di rete si divide in 2: 2 nodi staccati (A1, A2)." in italian
    assert "Blondel" in italian


def test_where_nobody_stands_in_the_middle(make_dataset: MakeDataset) -> None:
    store = MemoryStore()
    build(make_dataset(ties=None, memberships=None, figures=None), store)
    found = brokers(store)
    assert ids(found) == ([], [])
    assert found.markdown("en").count("None in this graph.") == 3
    assert found.to_dict("en")["modularity"] is None


def test_projects_join_but_are_not_ranked() -> None:
    found = brokers(small_store())
    assert "gear-project" not in {name for ranking in ids(found) for name in ranking}


def test_what_cannot_be_asked() -> None:
    with pytest.raises(UsageError, match="top lies between"):
        brokers(small_store(), top=0)
    with pytest.raises(UsageError, match="is no organisation"):
        brokers(small_store(), without=[iri("nobody")])


def test_the_real_data(ecosystem: filiera.Ecosystem) -> None:
    found = ecosystem.brokers(top=3)
    assert ids(found) == (
        ["clust-er-mech", "unimore", "muner"],
        ["clust-er-mech", "fondazione-rei", "e80-group"],
    )
    without = ecosystem.brokers(top=3, without=["clust-er-mech"])
    assert ids(without)[0] == ["unimore", "unibo", "bi-rex"]
    assert found == ecosystem.brokers(top=3)


def test_both_engines_rank_the_same(ecosystem: filiera.Ecosystem) -> None:
    one, other = (brokers(ecosystem.store, engine=engine) for engine in ("igraph", "networkx"))
    assert ids(one) == ids(other)
    assert [broker.constraint for broker in one.brokers] == pytest.approx(
        [broker.constraint for broker in other.brokers]
    )
    # Leiden does no worse than Louvain.
    assert one.modularity >= other.modularity - 0.005


def test_offered_by_name(ecosystem: filiera.Ecosystem) -> None:
    content = answer(ecosystem, "brokers", {"top": "2", "without": "clust-er-mech"}, "en")
    assert len(content["brokers"]) == 2
    assert content["network"]["directed"] is False
    assert all(broker["evidence"] for broker in content["brokers"])
    assert [measure["measure"] for measure in content["measures"]] == [
        "betweenness",
        "constraint",
        "articulation",
        "leiden",
    ]
