"""Suggestions: who should know each other, and why."""

from __future__ import annotations

import io
from datetime import date
from functools import cache
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import filiera
from filiera.answers import meetings
from filiera.answers.standing import Standing
from filiera.answers.suggestions import PARTS, WEIGHTS, Suggestions, suggestions
from filiera.build import build
from filiera.errors import ParameterError, UsageError
from filiera.facts.dataset import Dataset
from filiera.network.reading import select
from filiera.offered import ANSWERS, answer
from filiera.store import MemoryStore
from filiera.texts import Text
from filiera.vocabulary import FIL, ID, RDF
from tests.conftest import DESCRIPTION

TODAY = date(2026, 11, 22)
TABLES = {
    "sources": """\
id,url,title,publisher,published,language
page-a,https://example.org/a,Page A,Gazette,2020-07,it
page-b,https://example.org/b,Page B,Herald,2021-03-05,en
""",
    "organisations": """\
id,name,kind,place,dissolved,source
miner,Miner,company,bologna,,page-a
smelter,Smelter,company,modena,,page-a
wheel,Wheel,company,,,page-a
tyre,Tyre,company,,,page-a
axle,Axle,company,,,page-a
gone,Gone,company,bologna,2019,page-a
liquid,Liquid,company,bologna,,page-a
sister,Sister,company,bologna,,page-a
brother,Brother,company,bologna,,page-a
parent,Parent,company,,,page-a
friend,Friend,company,,,page-a
lab,Lab,company,,,page-a
uni,University,university,,,page-a
team,Team,company,,,page-a
cluster,Cluster,cluster,,,page-a
""",
    "bodies": """\
id,kind,name_it,name_en,parent,source
group-one,working-group,Gruppo,Group,cluster,page-a
""",
    "places": """\
id,kind,label_it,parent,code,latitude,longitude,source
italia,country,Italia,,IT,,,editorial
bologna,municipality,Bologna,italia,037006,44.49381,11.33875,page-a
modena,municipality,Modena,italia,036023,44.64783,10.92539,page-a
""",
    "chains": """\
id,label_it,label_en,source
chain-iron,Ferro,Iron,editorial
chain-other,Altro,Other,editorial
""",
    "stages": """\
id,chain,label_it,label_en,parent,feeds,kind,source
ore,chain-iron,Minerale,Ore,,melt,stage,page-a
melt,chain-iron,Fusione,Melting,,,stage,page-a
melt-pure,chain-iron,Purezza,Purity,melt,cast,stage,page-a
cast,chain-iron,Getto,Casting,,,stage,page-a
""",
    "capabilities": """\
organisation,stage,source
miner,ore,page-a
smelter,melt,page-b
gone,ore,page-a
liquid,ore,page-a
sister,ore,page-a
brother,melt,page-a
""",
    "fields": """\
organisation,field,source
miner,batteries,page-b
smelter,batteries,page-b
""",
    "memberships": """\
member,body,source
miner,cluster,page-a
smelter,cluster,page-a
wheel,cluster,page-a
tyre,group-one,page-a
""",
    "ties": """\
from,relation,to,start,end,source
wheel,supplies,axle,2019,,page-a
tyre,partner-of,axle,,,page-b
parent,controls,sister,,,page-a
parent,acquired,brother,2015,,page-a
friend,partner-of,miner,2010,2012,page-a
friend,partner-of,wheel,2030,,page-a
""",
    "phases": """\
subject,status,start,source
liquid,in-liquidation,2024,page-a
""",
    "projects": """\
id,kind,name,source
steel,project,Steel,page-b
""",
    "participations": """\
project,organisation,role,source
steel,lab,partner,page-b
steel,uni,coordinator,page-b
""",
    "figures": """\
subject,measure,value,date,source
cluster,members,40,2024,page-a
""",
}


@cache
def base() -> bytes:
    """The graph of the tables, as N-Quads."""
    store = MemoryStore()
    with TemporaryDirectory() as folder:
        Path(folder, "dataset.toml").write_text(DESCRIPTION, encoding="utf-8")
        for name, content in TABLES.items():
            Path(folder, f"{name}.csv").write_text(content, encoding="utf-8")
        build(Dataset.find(Path(folder)), store)
    output = io.BytesIO()
    store.dump(output)
    return output.getvalue()


def with_ties(*ties: tuple[str, str]) -> MemoryStore:
    """The graph with more ties."""
    lines = []
    for one, other in ties:
        node = f"<{ID.base}tie/{one}--supports--{other}>"
        for said in (
            f"<{RDF.type}> <{FIL.Tie}>",
            f"<{FIL.relation}> <https://w3id.org/filiera/concept/relation/supports>",
            f"<{FIL['from']}> <{ID.base}{one}>",
            f"<{FIL.to}> <{ID.base}{other}>",
        ):
            graph = "<https://w3id.org/filiera/graph/page-a>"
            lines += [f"{node} {said} .\n", f"{node} {said} {graph} .\n"]
    store = MemoryStore()
    store.load([base(), "".join(lines).encode()])
    return store


def asked(
    *ties: tuple[str, str],
    name: str = "",
    chain: str = "",
    member: bool | None = None,
    met: bool = False,
    at: date = TODAY,
    top: int = 100,
) -> Suggestions:
    """Suggestions for the small graph with more ties."""
    return suggestions(
        with_ties(*ties),
        body=ID.cluster,
        name=ID.base + name if name else "",
        chain=ID.base + chain if chain else "",
        member=member,
        met=met,
        at=at,
        top=top,
    )


def ids(told: Suggestions) -> list[tuple[str, str]]:
    """The pairs by their ids."""
    return [
        (pair.one.iri.removeprefix(ID.base), pair.other.iri.removeprefix(ID.base))
        for pair in told.pairs
    ]


# A small graph whose answer is obvious ------------------------------------------------------


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
    told = _rebuilt(capabilities=more)
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
    assert ("miner", "smelter") not in ids(_rebuilt(capabilities=more))


def _rebuilt(at: date = TODAY, *, met: bool = False, **tables: str) -> Suggestions:
    with TemporaryDirectory() as folder:
        Path(folder, "dataset.toml").write_text(DESCRIPTION, encoding="utf-8")
        for name, content in (TABLES | tables).items():
            Path(folder, f"{name}.csv").write_text(content, encoding="utf-8")
        with filiera.open_graph(folder, lang="en") as opened:
            return opened.suggestions(at=at, met=met, top=1000)


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


# Who meets already --------------------------------------------------------------------------


def test_who_meets_in_a_project_is_left_out_and_counted() -> None:
    told = asked(met=True)
    assert ("lab", "uni") in ids(told)
    assert (told.found, told.meeting) == (5, 1)
    labs = next(pair for pair in told.pairs if pair.one.iri == ID.lab)
    assert labs.places == (ID.steel,)
    (reason,) = labs.reasons
    assert reason.part == "met"
    assert reason.text == Text(
        "si sono già incontrate in Steel, che ha 2 legami: Lab partecipa a Steel come partner;"
        " University partecipa a Steel come coordinatore",
        "have met already in Steel, which has 2 links: Lab takes part in Steel as partner;"
        " University takes part in Steel as coordinator",
    )
    assert {source.id for one in reason.evidence for source in one.sources} == {"page-b"}
    left_out = asked()
    assert [pair for pair in told.pairs if not pair.places] == list(left_out.pairs)
    assert (
        "Pairs left out because they meet already in a project or a small network: 1; --met"
        " shows them, too.\n" in left_out.markdown("en")
    )
    assert "in una piccola rete: 1; tra i motivi c'è dove.\n" in told.markdown("it")
    assert left_out.to_dict("en")["meeting_already"] == 1
    found = {tuple(pair["meet_in"]): pair for pair in told.to_dict("en")["pairs"]}
    assert found[ID.steel,]["reasons"][0]["part"] == "met"
    # Who is asked for and meets nobody reads nothing of it.
    assert "meet already in a project or a small network:" not in asked(name="miner").markdown("en")


def _ties(relation: str) -> str:
    return TABLES["ties"] + "".join(
        f"{one},{relation},axle,2001,2005,page-a\n" for one in ("team", "lab")
    )


@pytest.mark.parametrize(
    "relation", ["founded", "invested-in", "part-of", "represented-on-board-of"]
)
def test_owners_and_parts_of_a_small_body_meet(relation: str) -> None:
    claims = TABLES["capabilities"] + "lab,melt-pure,page-a\nteam,cast,page-a\n"
    told = _rebuilt(ties=_ties(relation), capabilities=claims, met=True)
    pair = next(pair for pair in told.pairs if pair.one.iri == ID.lab and pair.other.iri == ID.team)
    assert pair.places == (ID.axle,)
    assert pair.reasons[0].text.en.startswith("have met already in Axle, which has 4 links: Lab ")
    assert len(pair.reasons[0].evidence) == 2


def test_who_shares_a_partner_does_not_meet() -> None:
    ties = TABLES["ties"] + "team,supplies,axle,,,page-a\nlab,research-partner-of,axle,,,page-a\n"
    told = _rebuilt(ties=ties)
    pair = next(pair for pair in told.pairs if pair.one.iri == ID.lab and pair.other.iri == ID.team)
    assert pair.places == ()
    assert [reason.text.en for reason in pair.reasons] == [
        "in common Axle, which has 4 links: Lab does research with Axle; Team supplies Axle"
    ]


def test_members_of_a_large_body_do_not_all_meet() -> None:
    def club(members: int, stated: int) -> Suggestions:
        guests = [f"guest-{number}" for number in range(members)]
        return _rebuilt(
            organisations=TABLES["organisations"]
            + "club,Club,association,,,page-a\n"
            + "".join(f"{guest},{guest},company,,,page-a\n" for guest in guests),
            memberships=TABLES["memberships"]
            + "".join(f"{guest},club,page-a\n" for guest in guests),
            figures=TABLES["figures"] + f"club,members,{stated},2024,page-a\n",
        )

    for members, stated, meeting in ((30, 30, 1), (31, 31, 0), (3, 31, 0)):
        told = club(members, stated)
        pairs = members * (members - 1) // 2
        assert told.meeting == 1 + pairs * meeting
        assert told.found == 4 + pairs * (1 - meeting)


def test_a_project_of_thousands_is_no_meeting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meetings, "TOO_MANY", 1)  # Steel has two participants
    told = asked(met=True)
    assert told.meeting == 0
    assert [pair.places for pair in told.pairs if pair.one.iri == ID.lab] == [()]


def test_the_date_decides_who_has_met() -> None:
    projects = "id,kind,name,start,source\nsteel,project,Steel,,page-b\n"
    participations = """\
project,organisation,role,start,end,source
steel,lab,partner,2010,2012,page-b
steel,uni,coordinator,2010,,page-b
"""
    ties = TABLES["ties"] + "lab,supplies,axle,,,page-a\nuni,supplies,axle,,,page-a\n"
    for year, meeting in ((2009, 0), (2011, 1), (2020, 1)):
        told = _rebuilt(
            date(year, 6, 30), projects=projects, participations=participations, ties=ties, met=True
        )
        (pair,) = (one for one in told.pairs if {one.one.iri, one.other.iri} == {ID.lab, ID.uni})
        assert len(pair.places) == told.meeting == meeting
        assert [reason.part for reason in pair.reasons] == ["met"] * meeting + ["common"]


def test_an_office_or_an_owner_is_no_reason() -> None:
    town = "town,Town,public-authority,,,page-a\nbank,Bank,bank,,,page-a\n"
    capabilities = TABLES["capabilities"] + "bank,cast,page-a\nlab,melt-pure,page-a\n"
    ties = TABLES["ties"] + "".join(
        f"{one},supports,axle,,,page-a\n" for one in ("town", "bank", "team")
    )
    told = _rebuilt(
        organisations=TABLES["organisations"] + town,
        ties=ties + "friend,controls,axle,,,page-a\n",
        capabilities=capabilities,
    )
    assert ("team", "wheel") in ids(told)
    assert {pair for pair in ids(told) if {"town", "bank"} & {*pair}} == {
        ("bank", "brother"),
        ("bank", "lab"),
        ("bank", "smelter"),
    }  # at neighbouring stages
    assert not {pair for pair in ids(told) if "friend" in pair}  # it owns Axle


def test_a_sentence_is_said_once_with_all_its_times() -> None:
    ties = (
        TABLES["ties"]
        .replace("start,end,source", "start,end,source,occurrence")
        .replace("page-a\n", "page-a,\n")
        .replace("page-b\n", "page-b,\n")
        + "tyre,supplies,lab,2001,,page-a,1\ntyre,supplies,lab,2011,,page-a,2\n"
        + "uni,supplies,lab,,,page-a,\n"
    )
    told = _rebuilt(ties=ties)
    pair = next(pair for pair in told.pairs if {pair.one.iri, pair.other.iri} == {ID.tyre, ID.uni})
    assert pair.reasons[0].text.en == (
        "in common Lab, which has 3 links: Tyre supplies Lab, since 2001 / since 2011;"
        " University supplies Lab"
    )
    assert len(pair.reasons[0].evidence) == 3


# Laws ---------------------------------------------------------------------------------------

_PEOPLE = ["miner", "smelter", "wheel", "tyre", "axle", "sister", "friend", "lab", "uni", "team"]
_TIES = st.lists(
    st.tuples(st.sampled_from([*_PEOPLE, "gone", "liquid", "parent"]), st.sampled_from(_PEOPLE)),
    max_size=12,
    unique=True,
)


@settings(max_examples=25, deadline=None)
@given(_TIES)
def test_what_holds_of_every_pair(ties: list[tuple[str, str]]) -> None:
    told = asked(*ties)
    tied = {frozenset(tie) for tie in ties}
    assert len(told.pairs) == told.found
    for (one, other), pair in zip(ids(told), told.pairs, strict=True):
        assert one < other
        assert frozenset((one, other)) not in tied
        assert {one, other}.isdisjoint({"gone", "liquid", "cluster", "group-one"})
        assert 0 <= pair.score <= 100
        assert all(0 <= value <= 1 for value in pair.parts.values())
        assert pair.parts["common"] or pair.parts["stages"]
        assert {one, other} != {"lab", "uni"}
        assert not pair.places
        assert {reason.part for reason in pair.reasons} == {
            part for part, value in pair.parts.items() if value
        }
    assert [pair.score for pair in told.pairs] == sorted(
        (p.score for p in told.pairs), reverse=True
    )


@settings(max_examples=15, deadline=None)
@given(_TIES, st.data())
def test_a_pair_is_the_same_from_both_sides_and_a_tie_removes_it(
    ties: list[tuple[str, str]], data: st.DataObject
) -> None:
    told = asked(*ties)
    pair = data.draw(st.sampled_from(told.pairs))
    one, other = (end.iri.removeprefix(ID.base) for end in (pair.one, pair.other))
    for here, there in ((one, other), (other, one)):
        mine = asked(*ties, name=here)
        (found,) = (p for p in mine.pairs if p.other.iri == ID.base + there)
        assert found.one.iri == ID.base + here
        assert (found.score, found.parts, found.kilometres) == (
            pair.score,
            pair.parts,
            pair.kilometres,
        )
        assert {reason.part for reason in found.reasons} == {r.part for r in pair.reasons}
        assert (one, other) not in ids(asked(*ties, (here, there)))


@settings(max_examples=15, deadline=None)
@given(_TIES)
def test_met_adds_pairs_and_changes_none(ties: list[tuple[str, str]]) -> None:
    told, all_of_them = asked(*ties), asked(*ties, met=True)
    assert [pair for pair in all_of_them.pairs if not pair.places] == list(told.pairs)
    meet = [pair for pair in all_of_them.pairs if pair.places]
    assert len(meet) == told.meeting == all_of_them.meeting
    for pair in meet:
        assert [reason.part for reason in pair.reasons].count("met") == min(len(pair.places), 4)


# The real data ------------------------------------------------------------------------------


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
