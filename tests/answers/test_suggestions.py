"""Suggestions: who should know each other, and why."""

from __future__ import annotations

from datetime import date
from math import log

import pytest

from filiera.answers.suggestions import PARTS, WEIGHTS, suggestions
from filiera.errors import UsageError
from filiera.vocabulary import ID
from tests.answers.suggesting import TABLES, TODAY, asked, ids, rebuilt, with_ties


def test_the_pairs_and_their_order() -> None:
    told = asked()
    # miner and smelter: stages, field, 36 km. The brother melts too, in the miner's town, and the
    # sister digs; to each other they are of one group. Who is gone or in liquidation is nowhere.
    assert ids(told) == [
        ("miner", "smelter"),
        ("brother", "miner"),
        ("sister", "smelter"),
        ("tyre", "wheel"),
    ]
    assert (told.found, told.meeting) == (4, 1)
    assert (told.organisations, told.tied) == (14, 5)


def test_the_score_is_the_weighted_mean_of_its_parts() -> None:
    told = asked()
    first, tyres = told.pairs[0], told.pairs[-1]
    assert first.kilometres == pytest.approx(37, abs=1)
    assert first.kilometres is not None
    field = (1 / log(2)) / (1 + 1 / log(2))
    assert first.parts == pytest.approx(
        {"common": 0, "stages": 1, "fields": field, "near": 1 / (1 + first.kilometres / 50)},
    )
    assert tyres.parts == pytest.approx({"common": field, "stages": 0, "fields": 0, "near": 0})
    assert tyres.kilometres is None
    for pair in told.pairs:
        mean = sum(WEIGHTS[part] * pair.parts[part] for part in PARTS) / sum(WEIGHTS.values())
        assert pair.score == pytest.approx(100 * mean)


def test_reasons_are_sentences_with_evidence() -> None:
    miners, *_, tyres = asked().pairs
    assert [(reason.part, reason.text.en) for reason in miners.reasons] == [
        ("stages", "Miner works at “Ore”, which feeds “Melting”, where Smelter works"),
        ("fields", "common fields: batteries"),
        ("near", "seats 37 km apart: Bologna and Modena"),
    ]
    assert miners.reasons[0].text.it == (
        "Miner lavora a “Minerale”, che alimenta “Fusione”, dove lavora Smelter"
    )
    (stages, *_) = miners.reasons
    assert [one.fact.removeprefix(ID.base) for one in stages.evidence] == [
        "capability/miner--ore",
        "capability/smelter--melt",
        "ore",
    ]
    assert {source.id for one in stages.evidence for source in one.sources} == {"page-a", "page-b"}
    assert [reason.text.en for reason in tyres.reasons] == [
        "in common Axle, which has 2 links: Tyre is a partner of Axle; Wheel supplies Axle,"
        " since 2019"
    ]
    for pair in asked(met=True).pairs:
        assert pair.reasons
        assert all(one.sources for reason in pair.reasons for one in reason.evidence)


def test_what_is_to_be_known_of_them() -> None:
    brother = asked().pairs[1].one
    assert [caution.text.en for caution in brother.cautions] == [
        "last confirmed: 2020",
        "owned by Parent",
    ]
    assert not brother.member
    assert asked().pairs[0].one.member


def test_parts_of_stages() -> None:
    more = TABLES["capabilities"] + "axle,cast,page-a\nlab,melt-pure,page-a\n"
    told = rebuilt(capabilities=more)
    parts = {pair: one.parts["stages"] for pair, one in zip(ids(told), told.pairs, strict=True)}
    assert parts["axle", "lab"] == 1
    assert parts["axle", "smelter"] == 0.5  # only a part of melting feeds casting
    texts = {
        pair: [reason.text.en for reason in one.reasons]
        for pair, one in zip(ids(told), told.pairs, strict=True)
    }
    assert texts["axle", "smelter"] == [
        "Smelter works at “Melting”, which in part feeds “Casting”, where Axle works"
    ]


def test_who_does_both_needs_nobody() -> None:
    more = TABLES["capabilities"] + "miner,melt,page-a\nsmelter,ore,page-a\n"
    assert ("miner", "smelter") not in ids(rebuilt(capabilities=more))


def test_the_date_decides() -> None:
    before = ids(asked(at=date(2018, 6, 30)))
    assert ("gone", "smelter") in before  # dissolved in 2019
    assert ("liquid", "smelter") in before  # in liquidation from 2024
    assert ("tyre", "wheel") not in before  # Wheel supplies Axle since 2019
    assert asked(at=date(2031, 1, 1)).tied == asked().tied + 1  # Friend and Wheel, from 2030


def test_who_was_tied_before_is_not_suggested() -> None:
    assert ("friend", "miner") not in ids(asked(("friend", "axle"), ("miner", "axle")))
    assert ("friend", "tyre") in ids(asked(("friend", "axle")))
    # Friend and Wheel, both tied to Axle, are tied to each other from 2030.
    assert ("friend", "wheel") in ids(asked(("friend", "axle")))
    assert ("friend", "wheel") not in ids(asked(("friend", "axle"), at=date(2031, 1, 1)))


def test_the_cluster_itself_joins_nobody() -> None:
    told = asked()
    assert ("miner", "wheel") not in ids(told)  # members of the same cluster
    everybody = {iri for pair in ids(told) for iri in pair}
    assert everybody.isdisjoint({"cluster", "group-one"})


def test_one_organisation() -> None:
    told = asked(name="smelter")
    assert ids(told) == [("smelter", "miner"), ("smelter", "sister")]
    assert told.found == 2
    assert told.markdown("en").startswith("# Whom Smelter should get to know\n")
    assert asked(name="parent").markdown("it").count("Nessuna coppia in questo grafo.") == 1
    closed = asked(name="liquid")
    assert closed.found == 0
    assert "Liquid is in no pair: in liquidation (since 2024). [" in closed.markdown("en")


def test_one_chain_and_members() -> None:
    stages = [("miner", "smelter"), ("brother", "miner"), ("sister", "smelter")]
    assert ids(asked(chain="chain-iron")) == stages
    assert ids(asked(chain="chain-other")) == []
    assert ids(asked(member=True)) == [("miner", "smelter")]
    assert ids(asked(member=False)) == ids(asked())[1:]
    # With a name, the other one decides.
    assert ids(asked(member=True, name="brother")) == [("brother", "miner")]
    assert ids(asked(member=False, name="smelter")) == [("smelter", "sister")]
    text = asked(chain="chain-iron", member=True).markdown("it")
    assert "Solo a stadi vicini della filiera Ferro. Solo tra soci di Cluster." in text


def test_many_things_in_common_are_told_briefly() -> None:
    ties = [(end, via) for end in ("lab", "uni") for via in ("axle", "tyre", "parent", "friend")]
    told = asked(*ties, met=True)
    pair = next(pair for pair in told.pairs if pair.one.iri == ID.lab)
    assert [reason.part for reason in pair.reasons] == ["met", *["common"] * 4]
    assert [reason.text.en.split(":")[0] for reason in pair.reasons][-1] == "also in common"
    assert len(pair.reasons[-1].evidence) == 2  # a tie for each of the two


def test_it_is_told_with_numbered_sources() -> None:
    text = asked(top=1).markdown("en")
    assert text.startswith("# Who should know each other\n\nOn 22 November 2026: pairs of")
    assert "Pairs found: 4, among 14 organisations with 5 pairs that are tied already." in text
    assert "Of Cluster, a source states 40 members in 2024 [1]; this graph names 3 of them." in text
    assert "1. **Miner – Smelter** (" in text
    assert "where Smelter works [1] [2]\n" in text
    assert "Page B, Herald, 2021-03-05. <https://example.org/b>" in text
    assert "How far to trust it" not in text
    for part, weight in WEIGHTS.items():
        assert f"- {PARTS[part].it} ({weight:g})" in asked().markdown("it")


def test_too_few_ties_to_measure() -> None:
    told = suggestions(with_ties(), body=ID.cluster, at=TODAY, measured=True)
    assert told.baseline is None
    assert told.to_dict("en")["baseline"] is None
    assert "Too few ties are known to measure it." in told.markdown("en")


def test_wrong_use_is_told() -> None:
    store = with_ties()
    with pytest.raises(UsageError, match="top lies between"):
        suggestions(store, top=0)
    with pytest.raises(UsageError, match="joins everybody"):
        suggestions(store, body=ID.cluster, name=ID.cluster)
    for nobody in ("nobody", "group-one", "steel"):
        with pytest.raises(UsageError, match="is no organisation"):
            suggestions(store, body=ID.cluster, name=ID.base + nobody)
    with pytest.raises(UsageError, match="nobody is a member"):
        suggestions(store, member=True)


def test_without_a_body_in_focus() -> None:
    told = suggestions(with_ties(), at=TODAY, top=100)
    assert told.knowledge is None
    assert told.to_dict("it")["knowledge"] is None
    # Now the cluster is a network as any other, of which a source states 40 members.
    assert ("miner", "wheel") in ids(told)
    assert "this graph names" not in told.markdown("en")
