"""Suggestions out of the real data."""

from __future__ import annotations

import pytest

import filiera
from filiera.answers.standing import Standing
from filiera.answers.suggestions import WEIGHTS
from filiera.errors import ParameterError
from filiera.network.reading import select
from filiera.offered import ANSWERS, answer
from filiera.vocabulary import FIL, ID
from tests.answers.suggesting import TODAY

_TOGETHER = (
    f"SELECT ?one ?other {{ ?a <{FIL.project}> ?project ; <{FIL.participant}> ?one ."
    f" ?b <{FIL.project}> ?project ; <{FIL.participant}> ?other FILTER (?one != ?other) }}"
)


def test_the_first_pair_of_those_who_meet_already(ecosystem: filiera.Ecosystem) -> None:
    first = ecosystem.suggestions(at=TODAY, met=True, top=1).pairs[0]
    assert (first.one.iri, first.other.iri) == (ID.unibo, ID.unimore)
    assert [place.removeprefix(ID.base) for place in first.places] == [
        "fondazione-democenter",
        "ecosister",
        "fondazione-ecosister",
        "muner",
        "bi-rex",
    ]
    assert [
        tuple(end.iri.removeprefix(ID.base) for end in (pair.one, pair.other))
        for pair in ecosystem.suggestions(at=TODAY, top=5).pairs
    ] == [
        ("five", "unibo"),
        ("fondazione-democenter", "hpe-coxa"),
        ("flash-battery", "marposs"),
        ("hpe-coxa", "vm-motori"),
        ("curti", "npc-spacemind"),
    ]


def test_the_real_data(ecosystem: filiera.Ecosystem) -> None:
    told = ecosystem.suggestions("flash battery", at=TODAY, top=3)
    assert [pair.other.iri.removeprefix(ID.base) for pair in told.pairs] == [
        "marposs",
        "rei-lab",
        "silk-faw",
    ]
    assert [round(pair.score, 1) for pair in told.pairs] == [59.6, 41.9, 41.9]
    assert (told.found, told.meeting) == (36, 0)
    assert told == ecosystem.suggestions("flash battery", at=TODAY, top=3)
    everything = ecosystem.suggestions(at=TODAY, top=1000)
    assert (everything.found, everything.meeting) == (1239, 904)
    shared = {
        frozenset((one.value, other.value)) for one, other in select(ecosystem.store, _TOGETHER)
    }
    assert len(shared) > 100
    standing = Standing(ecosystem.store, TODAY)
    for pair in everything.pairs:
        assert frozenset((pair.one.iri, pair.other.iri)) not in shared
        for end in (pair.one, pair.other):
            assert not standing.closed(end.iri)
            assert not standing.troubles(end.iri)


def test_offered_by_name(ecosystem: filiera.Ecosystem) -> None:
    content = answer(ecosystem, "suggestions", {"top": "2", "member": "yes", "at": "2026"}, "it")
    assert [len(pair["organisations"]) for pair in content["pairs"]] == [2, 2]
    assert content["weights"] == dict(WEIGHTS)
    assert content["baseline"] is None
    assert content["knowledge"]["members_named"] > 0
    assert all(reason["evidence"] for pair in content["pairs"] for reason in pair["reasons"])
    example = answer(ecosystem, "suggestions", ANSWERS["suggestions"].parameters, "en")
    assert example["for"] == ID["flash-battery"]
    assert example["pairs"]
    met = answer(ecosystem, "suggestions", {"top": "1", "met": "yes"}, "en")
    assert met["met"] is True
    assert met["pairs"][0]["meet_in"]
    with pytest.raises(ParameterError, match="neither yes nor no"):
        answer(ecosystem, "suggestions", {"member": "perhaps"}, "en")
