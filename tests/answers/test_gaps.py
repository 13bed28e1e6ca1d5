"""Gaps of a value chain, on a small one whose answer is obvious and on the real ones."""

from __future__ import annotations

import json
from datetime import date

import pytest

import filiera
from filiera.answers.days import given_day
from filiera.answers.firms import Firm
from filiera.answers.gaps import GAP_STATUSES, STATUSES, Gaps
from filiera.errors import ParameterError, UnknownName, UnknownQuestion, UsageError
from filiera.offered import ANSWERS, answer
from filiera.vocabulary import ID
from tests.answers.gap_tables import TABLES, TODAY
from tests.conftest import MakeDataset


@pytest.fixture
def things(make_dataset: MakeDataset) -> filiera.Ecosystem:
    """The graph of the small chain."""
    return filiera.open_graph(make_dataset(**TABLES).folder, lang="en")


@pytest.fixture
def answered(things: filiera.Ecosystem) -> Gaps:
    """Its gaps."""
    return things.gaps("things", at=TODAY)


def _ids(found: tuple[Firm, ...] | tuple[str, ...]) -> list[str]:
    iris = [one if isinstance(one, str) else one.iri for one in found]
    return [iri.removeprefix(ID.base) for iri in iris]


@pytest.mark.parametrize(
    ("stage", "status"),
    [
        ("ore", "nobody-known"),
        ("make", "covered"),
        ("make-cut", "covered"),
        ("make-weld", "one-only"),
        ("test", "at-risk"),
        ("use", "outside-only"),
        ("reuse", "at-risk"),
        ("help", "at-risk"),
    ],
)
def test_each_status(answered: Gaps, stage: str, status: str) -> None:
    assert answered[stage].status == status
    assert answered[stage].is_gap == (status in GAP_STATUSES)


def test_who_works_at_a_part_works_at_the_whole(answered: Gaps) -> None:
    assert _ids(answered["make"].members) == ["acme", "bolt"]
    assert _ids(answered["make"].others) == ["parent"]
    assert _ids(answered["make-weld"].wider) == ["parent"]
    assert answered["make"].gaps_within == ()


def test_what_comes_next_suffers_and_then_what_comes_after(answered: Gaps) -> None:
    assert _ids(answered["ore"].breaks) == ["make"]
    assert _ids(answered["ore"].breaks_further) == ["use", "reuse"]
    assert _ids(answered["make-cut"].breaks) == ["make-weld"]
    assert answered["help"].breaks == ()  # what is cross-cutting feeds no stage in particular


def test_risks_have_their_evidence(answered: Gaps) -> None:
    liquid, owned = answered["test"].members
    (abroad,) = owned.risks
    assert (abroad.kind, abroad.text("en")) == ("owner-abroad", "owned by Far AG (Germany)")
    assert [one.fact for one in abroad.evidence] == [ID["tie/far--acquired--owned"]]
    (trouble,) = liquid.risks
    assert (trouble.kind, trouble.text("it")) == ("trouble", "in liquidazione (dal 2024)")
    assert [source.id for source in trouble.evidence[0].sources] == ["page-new"]
    (stale,) = answered["help"].members[0].risks
    assert (stale.kind, stale.text("en")) == ("stale", "last confirmed: 2016")


def test_an_owner_in_the_same_country_is_no_risk(make_dataset: MakeDataset) -> None:
    claims = TABLES["capabilities"] + "below,ore,,,,page-bare\n"
    with filiera.open_graph(make_dataset(**TABLES | {"capabilities": claims}).folder) as graph:
        (firm,) = graph.gaps("things", at=TODAY)["ore"].members
        assert (firm.risks, [note.text("en") for note in firm.notes]) == ((), ["owned by Parent"])
        assert firm.confirmed is None  # no day is known, so it is not old either


def test_who_is_closed_or_not_founded_yet_does_not_count(answered: Gaps) -> None:
    assert _ids(answered["reuse"].members) == ["liquid"]
    assert _ids(answered["reuse"].gone) == ["gone"]
    assert _ids(answered["ore"].gone) == ["late"]


def test_the_date_decides(things: filiera.Ecosystem) -> None:
    then = things.gaps("things", at=date(2018, 12, 31))
    assert _ids(then["make-cut"].others) == ["acme"]  # became a member in 2019
    (bolt,) = then["make-cut"].members
    assert (bolt.member, bolt.only_later) == ("possibly", True)
    assert [firm.risks for firm in then["test"].members] == [(), ()]
    assert _ids(then["reuse"].members) == ["gone", "liquid"]
    assert then["help"].others[0].risks == ()
    assert (then.knowledge.stated, then.knowledge.stated_evidence) == (None, ())
    assert _ids(things.gaps("things", at=date(2030, 1, 1))["ore"].members) == ["late"]


def test_years_until_a_claim_is_stale(things: filiera.Ecosystem) -> None:
    assert things.gaps("things", at=TODAY, stale_years=10)["help"].status == "one-only"
    leap = things.gaps("things", at=date(2028, 2, 29), stale_years=3)
    assert leap["make-cut"].status == "covered"
    assert things.gaps("things", at=date(2028, 8, 1), stale_years=3)["make-cut"].status == "at-risk"


def test_whom_to_invite(answered: Gaps) -> None:
    assert _ids(answered["use"].invite) == ["stranger"]
    assert _ids(answered["test"].invite) == ["far"]


def test_the_body_is_no_member_of_itself(make_dataset: MakeDataset) -> None:
    claims = TABLES["capabilities"] + "cluster,ore,,,,page-new\ncluster,use,,,,page-new\n"
    tables = TABLES | {"capabilities": claims}
    answered = filiera.open_graph(make_dataset(**tables).folder).gaps("things", at=TODAY)
    assert (answered["ore"].status, answered["use"].status) == ("nobody-known", "outside-only")
    assert _ids(answered["ore"].others) == ["cluster"], "what it claims is told all the same"
    assert _ids(answered["use"].invite) == ["stranger"]
    assert "is the cluster itself" in answered.markdown("en")
    assert "With reservations: Cluster" not in answered.markdown("en")


def test_before_it_is_founded_a_body_has_no_members(make_dataset: MakeDataset) -> None:
    founded = TABLES["organisations"].replace("cluster,bologna,,,", "cluster,bologna,2012,,")
    graph = filiera.open_graph(make_dataset(**TABLES | {"organisations": founded}).folder)
    assert graph.gaps("things", at=date(2011, 12, 31)).knowledge.named == 0
    assert graph.gaps("things", at=date(2013, 1, 1)).knowledge.named > 0


def test_how_much_is_known(answered: Gaps) -> None:
    known = answered.knowledge
    assert (known.stated, known.stated_text("it")) == (40, "più di 40")
    assert (known.named, known.placed, known.placed_here) == (7, 6, 6)
    assert known.organisations_placed_here == 9


def test_it_is_told_with_numbered_sources(answered: Gaps) -> None:
    text = answered.markdown("en")
    assert text.startswith("# Gaps of the value chain: Things\n")
    assert "a source states more than 40 members in 2024 [1]" in text
    assert "- **Use**. To invite: Stranger. Feels it first: Reuse.\n" in text
    assert "A stage where the graph knows nobody may well have somebody." in text
    assert "1. New page, Gazette, 2025-07. <https://example.org/new>\n" in text
    italian = answered.markdown("it")
    assert "- **Uso**. Da invitare: Stranger. Ne risentono subito: Riuso.\n" in italian
    assert "\n\n\n" not in text + italian


def test_a_chain_without_stages(things: filiera.Ecosystem) -> None:
    empty = things.gaps("empty")
    assert empty.stages == ()
    assert "No gap in this graph." in empty.markdown("en")
    with pytest.raises(KeyError):
        empty["ore"]


def test_json_holds_everything(things: filiera.Ecosystem) -> None:
    content = answer(things, "gaps", {"chain": "things", "at": "2026-11-22"}, "it")
    assert json.loads(json.dumps(content)) == content
    stages = {stage["stage"]: stage for stage in content["stages"]}
    claim = stages[ID["make-cut"]]["members"][0]["claims"][0]
    assert claim["fact"] == ID["capability/acme--make-cut"]
    assert claim["sources"][0]["url"] == "https://example.org/new"
    dates = stages[ID.help]["members"][0]["claims"][0]["dates"]
    assert dates == [
        {"role": "asOf", "edtf": "2016", "earliest": "2016-01-01", "latest": "2016-12-31"}
    ]


def test_wrong_use_is_told(things: filiera.Ecosystem) -> None:
    with pytest.raises(UnknownQuestion, match="gaps"):
        answer(things, "gap", {}, "en")
    with pytest.raises(ParameterError, match="colour"):
        answer(things, "gaps", {"chain": "things", "colour": "red"}, "en")
    with pytest.raises(ParameterError, match="needs chain"):
        answer(things, "gaps", {}, "en")
    with pytest.raises(UnknownName):
        answer(things, "gaps", {"chain": "zzzzzzz"}, "en")
    with pytest.raises(UsageError, match="soon"):
        answer(things, "gaps", {"chain": "things", "at": "soon"}, "en")


def test_every_answer_has_an_example_of_what_it_needs() -> None:
    for offered in ANSWERS.values():
        assert all(offered.parameters[needed] for needed in offered.needed)
        assert offered.title.it != offered.title.en


def test_days_are_read_as_people_give_them() -> None:
    assert given_day("2020-02") == date(2020, 2, 29)
    assert given_day(None) is None
    assert given_day("today") == date.today()


# Real data ----------------------------------------------------------------------------------


def test_the_battery_chain(ecosystem: filiera.Ecosystem) -> None:
    found = ecosystem.gaps("chain-batteries", at=TODAY)
    by_status = {
        status: {s.iri.removeprefix(ID.base) for s in found.stages if s.status == status}
        for status in STATUSES
    }
    assert by_status["nobody-known"] == {
        "erm-raw-materials", "erm-active-materials", "erm-cell-manufacturing",
        "erm-electrode-manufacturing", "erm-cell-assembly", "erm-formation", "erm-financing",
    }  # fmt: skip
    assert by_status["one-only"] == {
        "erm-bms", "erm-charging", "erm-off-highway", "erm-second-life", "erm-ip-patents",
    }  # fmt: skip
    assert by_status["at-risk"] == {
        "erm-production-equipment", "erm-formation-equipment", "erm-winding-stacking-equipment",
        "erm-micro-mobility", "erm-training",
    }  # fmt: skip
    assert "erm-module-pack" in by_status["covered"]
    motorcycles = found["erm-motorcycles"]
    assert _ids(motorcycles.invite) == ["ducati"]
    assert set(_ids(motorcycles.others)) == {"ducati", "energica"}
    assert (found.knowledge.stated, found.knowledge.named) == (130, 17)


def test_the_battery_chain_in_2020(ecosystem: filiera.Ecosystem) -> None:
    winding = ecosystem.gaps("batteries", at=date(2020, 12, 31))["erm-winding-stacking-equipment"]
    (manz,) = winding.members
    assert manz.member == "certainly"
    assert [risk.kind for risk in manz.risks] == ["owner-abroad"]
