"""Suggestions: who meets already, and so is left out."""

from __future__ import annotations

from datetime import date

import pytest

from filiera.answers import meetings
from filiera.answers.suggestions import Suggestions
from filiera.texts import Text
from filiera.vocabulary import ID
from tests.answers.suggesting import TABLES, asked, ids, rebuilt


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
    told = rebuilt(ties=_ties(relation), capabilities=claims, met=True)
    pair = next(pair for pair in told.pairs if pair.one.iri == ID.lab and pair.other.iri == ID.team)
    assert pair.places == (ID.axle,)
    assert pair.reasons[0].text.en.startswith("have met already in Axle, which has 4 links: Lab ")
    assert len(pair.reasons[0].evidence) == 2


def test_who_shares_a_partner_does_not_meet() -> None:
    ties = TABLES["ties"] + "team,supplies,axle,,,page-a\nlab,research-partner-of,axle,,,page-a\n"
    told = rebuilt(ties=ties)
    pair = next(pair for pair in told.pairs if pair.one.iri == ID.lab and pair.other.iri == ID.team)
    assert pair.places == ()
    assert [reason.text.en for reason in pair.reasons] == [
        "in common Axle, which has 4 links: Lab does research with Axle; Team supplies Axle"
    ]


def test_members_of_a_large_body_do_not_all_meet() -> None:
    def club(members: int, stated: int) -> Suggestions:
        guests = [f"guest-{number}" for number in range(members)]
        return rebuilt(
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
        told = rebuilt(
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
    told = rebuilt(
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
    told = rebuilt(ties=ties)
    pair = next(pair for pair in told.pairs if {pair.one.iri, pair.other.iri} == {ID.tyre, ID.uni})
    assert pair.reasons[0].text.en == (
        "in common Lab, which has 3 links: Tyre supplies Lab, since 2001 / since 2011;"
        " University supplies Lab"
    )
    assert len(pair.reasons[0].evidence) == 3
