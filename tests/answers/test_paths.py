"""Paths: how two organisations hang together."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import filiera
from filiera.answers.paths import Paths, paths
from filiera.build import build
from filiera.errors import ParameterError, UnknownName, UsageError
from filiera.offered import answer
from filiera.store import MemoryStore
from filiera.vocabulary import ID
from tests.conftest import MakeDataset
from tests.small_cluster import iri, small_store

NODES = ("acme", "bank", "bolt", "cogs", "delta", "gear-project", "hub", "its", "lab", "net", "uni")


def found(answer: Paths) -> list[list[str]]:
    """Ids along each path."""
    return [[halt.iri.removeprefix(ID.base) for halt in path.halts] for path in answer.paths]


def small(one: str, other: str, k: int = 3, at: date | None = None) -> Paths:
    return paths(small_store(), iri(one), iri(other), k=k, at=at)


def test_the_direct_link_comes_first_with_all_its_facts() -> None:
    told = small("bolt", "acme")
    assert found(told)[0] == ["bolt", "acme"]
    assert [link.text("en") for link in told.paths[0].steps[0]] == [
        "Bolt is controlled by Acme, as of 2021",
        "Bolt is a partner of Acme, since 2019 / since March 2019",
        "Bolt is supplied by Acme, since 2018",
    ]
    assert told.paths[0].summary("it") == "Bolt e Acme sono collegati direttamente"
    assert told.paths[0].cost == 1


def test_each_step_is_read_from_the_side_one_comes_from() -> None:
    there, back = (small(*ends, k=1).paths[0] for ends in (("uni", "acme"), ("acme", "uni")))
    assert [step[0].sentence("en") for step in there.steps] == [
        "Università takes part in Better gears as coordinator",
        "Better gears has Acme among its participants, as partner",
    ]
    assert [step[0].sentence("it") for step in back.steps] == [
        "Acme partecipa a Better gears come partner",
        "Better gears ha Università tra i partecipanti, come coordinatore",
    ]
    assert there.steps[0][0].forward
    assert not there.steps[1][0].forward


def test_memberships_and_structures_are_told_too() -> None:
    sentences = {
        link.sentence("en")
        for ends in (("uni", "cogs"), ("cogs", "uni"), ("team", "acme"), ("acme", "team"))
        for path in small(*ends, k=6).paths
        for step in path.steps
        for link in step
    }
    assert "Hub has Cogs as a member" in sentences
    assert "Cogs is a member of Hub" in sentences
    assert "Università is a member of Hub" in sentences
    assert "Hub has Università as a member" in sentences
    assert "Battery team is a unit of Hub" in sentences
    assert "Hub has Battery team as a unit" in sentences


def test_how_much_is_known() -> None:
    told = paths(small_store(), iri("acme"), iri("uni"), body=iri("hub"), at=date(2022, 1, 1))
    assert told.knowledge is not None
    assert told.to_dict("en")["knowledge"]["members_named"] == told.knowledge.named > 0
    assert f"this graph names {told.knowledge.named} of them." in told.markdown("en")
    nobody = small("acme", "uni")
    assert nobody.knowledge is None
    assert nobody.to_dict("en")["knowledge"] is None
    assert "this graph names" not in nobody.markdown("en")


def test_not_linked_is_an_answer() -> None:
    told = small("pair-a", "acme")
    assert told.paths == ()
    assert told.verdict("en").startswith(
        "Pair A and Acme are not linked in this graph, whatever the date: no chain of the 18 known"
    )
    assert "Può esserci un legame che nessuna fonte del grafo racconta." in told.markdown("it")
    assert told.to_dict("en")["linked"] is False


def test_a_date_leaves_out_what_had_ended() -> None:
    during, after = (small("bank", "delta", at=day) for day in (date(2011, 1, 1), date(2020, 1, 1)))
    assert found(during) == [["bank", "delta"]]
    assert "on 1 January 2011" in during.verdict("en")
    assert found(after) == []
    assert after.at_other_times
    assert after.verdict("en").endswith("At other times they are linked.")
    assert after.verdict("it").endswith("In altri tempi sono collegati.")
    assert after.to_dict("it")["at"] == "2020-01-01"


def test_every_sentence_has_the_sources_that_state_its_fact() -> None:
    told = small("uni", "acme", k=4)
    for path in told.paths:
        for step in path.steps:
            for link in step:
                assert link.evidence.sources
                for source in link.evidence.sources:
                    asked = f"ASK {{ GRAPH <{source.iri}> {{ <{link.evidence.fact}> ?p ?o }} }}"
                    assert bool(small_store().query(asked)), link.text("en")


def test_reading_it() -> None:
    assert (
        small("acme", "uni", k=1)
        .markdown("it")
        .startswith(
            "# Acme – Università\n\nAcme e Università sono collegati in questo grafo, a"
            " qualunque data. La spiegazione trovata:\n\n"
            "## 1. Acme – Better gears – Università\n\n"
            "- Acme partecipa a Better gears come partner, dal 2020 al 2021 [1]\n"
        )
    )
    text = small("acme", "uni", k=1).markdown("en")
    assert "\nCost 3.0: 2 steps; Better gears (ties to 2 others).\n" in text
    assert "(legami con 2 altri)" in small("acme", "uni", k=1).paths[0].summary("it")
    assert "people in office are not used" in text
    assert "## Sources\n\n1. " in text


@pytest.mark.parametrize(
    ("ends", "k", "hub", "message"),
    [
        (("acme", "acme"), 3, 1.0, "two different ones"),
        (("acme", "nobody"), 3, 1.0, "is no organisation"),
        (("acme", "bolt"), 0, 1.0, "1 to 20"),
        (("acme", "bolt"), 21, 1.0, "1 to 20"),
        (("acme", "bolt"), 3, -1.0, "between 0 and 100"),
    ],
)
def test_what_cannot_be_asked(ends: tuple[str, str], k: int, hub: float, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        paths(small_store(), iri(ends[0]), iri(ends[1]), k=k, hub=hub)


@given(st.sampled_from(NODES), st.sampled_from(NODES), st.integers(1, 6))
@settings(max_examples=40, deadline=None)
def test_the_reverse_of_a_path_is_a_path(one: str, other: str, k: int) -> None:
    if one == other:
        return
    there, back = small(one, other, k), small(other, one, k)
    assert [path[::-1] for path in found(back)] == found(there)
    assert [path.cost for path in back.paths] == [path.cost for path in there.paths]
    for path, reverse in zip(there.paths, back.paths, strict=True):
        facts = [[link.evidence.fact for link in step] for step in path.steps]
        assert facts == [[link.evidence.fact for link in step] for step in reverse.steps[::-1]]
        for step, (here, there_) in zip(path.steps, pairwise(path.halts), strict=True):
            assert all((link.left, link.right) == (here.iri, there_.iri) for link in step)


def test_both_engines_tell_the_same(ecosystem: filiera.Ecosystem) -> None:
    ends = [ecosystem.resolve(name) for name in ("toyota-material-handling", "ferrari")]
    one, other = (paths(ecosystem.store, *ends, k=8, engine=e) for e in ("igraph", "networkx"))
    assert one == other


def test_toyota_and_manz(ecosystem: filiera.Ecosystem) -> None:
    told = ecosystem.paths("Toyota Material Handling Manufacturing Italy", "Manz Italy", k=2)
    assert found(told) == [
        ["toyota-material-handling-manufacturing-italy", "clust-er-mech", "manz-italy"],
        [
            "toyota-material-handling-manufacturing-italy",
            "toyota-material-handling",
            "arco-fuel-cells",
            "kemet-electronics-italia",
            "manz-italy",
        ],
    ]
    first, second = told.paths
    assert first.steps[0][0].text("en") == (
        "Toyota Material Handling Manufacturing Italy is a member of Clust-ER Mechatronics and"
        " Motoristics, since some day between January and July 2020"
    )
    (said,) = first.steps[0][0].to_dict("en")["evidence"]["dates"]
    assert said == {
        "role": "start",
        "edtf": "[2020-01-01..2020-07-31]",
        "earliest": "2020-01-01",
        "latest": "2020-07-31",
    }
    assert (
        second.steps[3][0].text("en") == "Kemet Electronics Italia gave rise to Manz Italy, in 2014"
    )


def test_landi_renzo_and_unimore(ecosystem: filiera.Ecosystem) -> None:
    told = ecosystem.paths("landi renzo", "unimore", k=2)
    assert found(told) == [
        ["landi-renzo", "unimore"],
        ["landi-renzo", "unimore-landi-fuel-cells", "unimore"],
    ]
    assert [link.relation.rsplit("/")[-1] for link in told.paths[0].steps[0]] == [
        "research-partner-of"
    ]


def test_before_the_cluster_toyota_and_manz_were_not_in_it(ecosystem: filiera.Ecosystem) -> None:
    ends = ("toyota-material-handling-manufacturing-italy", "manz-italy")
    told = ecosystem.paths(*ends, at=date(2019, 12, 31))
    assert all("clust-er-mech" not in path for path in found(told))


def test_an_end_that_nobody_knows(ecosystem: filiera.Ecosystem) -> None:
    with pytest.raises(UnknownName):
        ecosystem.paths("Zzyzx Qwfp", "unimore")


def test_offered_by_name(ecosystem: filiera.Ecosystem) -> None:
    content = answer(ecosystem, "paths", {"from": "landi renzo", "to": "unimore", "k": "1"}, "it")
    assert content["paths"][0]["summary"].endswith("sono collegati direttamente")
    assert content["weights"] == {"step": 1, "hub": 1.0}
    with pytest.raises(ParameterError, match="whole number"):
        answer(ecosystem, "paths", {"from": "landi renzo", "to": "unimore", "k": "many"}, "it")


def test_a_role_that_is_not_stated(make_dataset: MakeDataset) -> None:
    store = MemoryStore()
    build(
        make_dataset(
            projects="id,kind,name,source\nplan,project,Plan,page-a\n",
            participations="project,organisation,source\nplan,acme,page-a\nplan,bolt,page-a\n",
            ties=None,
        ),
        store,
    )
    told = paths(store, iri("acme"), iri("bolt"))
    assert [step[0].sentence("en") for step in told.paths[0].steps] == [
        "Acme takes part in Plan",
        "Plan has Bolt among its participants",
    ]
