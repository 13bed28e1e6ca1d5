"""The report on a membership: a small cluster where all is obvious, and the real one."""

from __future__ import annotations

import gc
import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import filiera
from filiera.answers.evidence import source_name
from filiera.answers.report import report
from filiera.answers.report_model import Report
from filiera.build import build
from filiera.errors import UsageError
from filiera.offered import answer
from filiera.store import MemoryStore
from filiera.vocabulary import ID
from tests.conftest import MakeDataset
from tests.small_cluster import iri, small_store

SMALL_DAY = date(2021, 4, 1)
TODAY = date(2026, 11, 22)


def small(at: date = SMALL_DAY, since: date | None = date(2020, 1, 1)) -> Report:
    return report(small_store(), iri("hub"), at=at, since=since)


@pytest.fixture(scope="module")
def real(ecosystem: filiera.Ecosystem) -> Report:
    return ecosystem.report(at=TODAY, since=date(2025, 1, 1))


def counted(report: Report, name: str) -> dict[str, int]:
    return {count.label.en: count.number for count in getattr(report, name)}


def test_members_of_the_small_cluster() -> None:
    found = small()
    assert [member.id for member in found.members] == ["acme", "bolt", "cogs", "uni"]
    acme = found.member(iri("acme"))
    assert (acme.certainty, acme.since_edtf) == ("certainly", "2020 / [2020-01-01..2020-07-31]")
    assert (acme.days.earliest, acme.days.latest) == ("2020-01-01", "2020-12-31")
    assert acme.legal_name == "Acme S.p.A."
    assert acme.website == "https://acme.example"
    assert [kind.label.en for kind in acme.kinds] == ["company", "listed company"]
    assert (acme.town.en, [one.label.en for one in acme.provinces]) == (
        "Bologna",
        ["Metropolitan city of Bologna"],
    )
    assert [len(one.sources) for one in acme.evidence] == [2]
    bolt = found.member(iri("bolt"))
    assert [remark.text.en for remark in bolt.remarks] == ["owned by Acme"]
    # Cogs left in 2012 and came back in 2019: the second time tells since when.
    cogs = found.member(iri("cogs"))
    assert (cogs.since_edtf, len(cogs.evidence)) == ("2019", 1)


def test_who_may_be_a_member_is_told_apart() -> None:
    found = small(date(2020, 3, 1))
    assert {member.id: member.certainty for member in found.members} == {
        "acme": "possibly",
        "bolt": "certainly",
        "cogs": "certainly",
        "uni": "possibly",
    }
    assert (found.certain, found.possible) == (2, 2)
    assert [len(count.possible) for count in found.kinds] == [1, 1]


def test_numbers_that_disagree_stay_side_by_side() -> None:
    found = small()
    assert sorted(int(one.value) for one in found.today.stated) == [100, 120]
    assert found.stated_today is not None
    assert found.stated_today.value == 120
    assert found.coverage == pytest.approx(4 / 120)
    text = found.markdown("en")
    assert "- ≠ Members stated: 100, in 2020. [1]" in text
    assert "- ≠ Members stated: 120, in 2020. [2]" in text


def test_without_a_number_there_is_no_coverage(make_dataset: MakeDataset) -> None:
    store = MemoryStore()
    build(make_dataset(figures=None), store)
    found = report(store, f"{ID.base}cluster", at=SMALL_DAY)
    assert (found.stated_today, found.coverage) == (None, None)
    assert found.to_dict("en")["members_stated"] is None
    assert "No source in this graph states how many members there are." in found.markdown("en")


def test_a_cluster_of_which_nothing_is_known(make_dataset: MakeDataset) -> None:
    store = MemoryStore()
    build(make_dataset(memberships=None, figures=None, ties=None), store)
    found = report(store, f"{ID.base}cluster", at=SMALL_DAY)
    assert (found.members, found.kinds, found.ties, found.chains) == ((), (), (), ())
    assert found.total(found.kinds) == (0, 0)
    text = found.markdown("it")
    assert "Questo grafo non nomina soci." in text
    assert "Nessun cambiamento noto a questo grafo." in text
    assert "Nessuna in questo grafo." in text
    assert "Quanti sono, per tipo" not in text  # no heading over nothing


def test_working_groups_and_chains_are_two_things(make_dataset: MakeDataset) -> None:
    store = MemoryStore()
    build(
        make_dataset(
            bodies="""\
id,kind,name_it,name_en,parent,source
team,working-group,Gruppo,Team,cluster,page-a
board,committee,Direttivo,Board,cluster,page-a
""",
            chains="id,label_it,label_en,group,source\nsteel,Acciaio,Steel,team,page-a\n",
            memberships="""\
member,body,start,source
acme,cluster,2018,page-a
acme,team,2019,page-a
bolt,cluster,2018,page-a
""",
        ),
        store,
    )
    found = report(store, f"{ID.base}cluster", at=SMALL_DAY)
    assert [group.label.en for group in found.groups] == ["Team"]
    acme = found.member(f"{ID.base}acme")
    assert [group.label.en for group in acme.groups] == ["Team"]
    assert acme.chains == ()
    (chain,) = found.chains
    assert ([group.label.en for group in chain.groups], chain.gaps) == (["Team"], None)
    assert chain.to_dict("en")["gaps"] is None
    notes = {note.id: note.text.en for note in found.notes}
    assert "Members of whom the sources say in which group they take part: 1." in notes["chains"]
    assert "Of this chain the graph does not know the stages." in found.markdown("en")


def test_the_real_cluster_today(real: Report) -> None:
    assert (real.certain, real.possible) == (17, 0)
    assert real.stated_today is not None
    assert (int(real.stated_today.value), real.stated_today.precision.en) == (130, "more than")
    assert real.coverage == pytest.approx(17 / 130)
    assert counted(real, "kinds") == {
        "company": 15,
        "training body": 1,
        "foundation": 1,
        "network": 1,
    }
    assert real.total(real.kinds) == (17, 18)
    assert counted(real, "chains_counted") == {
        "Batteries and mobile electrification": 8,
        "Automation and robotics": 2,
        "Hydrogen and fuel cells": 2,
        "Avionics and aerospace": 1,
        "Advanced and lightweight materials": 1,
        "chain not known": 6,
    }
    assert real.total(real.chains_counted) == (17, 20)
    assert list(counted(real, "provinces").values()) == [6, 3, 1, 1, 1, 5]
    assert real.total(real.provinces) == (17, 17)
    batteries, company = real.chains_counted[0], real.kinds[0]
    assert len(real.crossing(batteries, company)) == 7
    assert [change.happening.text.en for change in real.changed("in-liquidation")] == [
        "Manz Italy: in liquidation"
    ]
    assert real.changed("joined", "attested", "left") == ()


def test_the_real_cluster_at_its_assembly_of_2020(ecosystem: filiera.Ecosystem) -> None:
    found = ecosystem.report(at=date(2020, 7, 31), since=date(2020, 1, 1))
    assert found.stated_today is not None
    assert (int(found.stated_today.value), found.certain, found.possible) == (103, 16, 1)
    assert len(found.changed("joined")) == 16
    assert [change.certainty for change in found.changed("joined")] == ["certainly"] * 16
    sacmi = found.member(f"{ID.base}sacmi")
    assert (sacmi.certainty, sacmi.days.latest) == ("possibly", "2024-01-23")


def test_what_the_members_do_and_with_whom(real: Report) -> None:
    does = {
        (one.organisation.label.en, one.stage.label.en): one.what.en for one in real.capabilities
    }
    assert does["Flash Battery", "Battery management system"] == (
        "Own electronic balancing system for LFP cells"
    )
    members = {member.iri for member in real.members} | {real.body}
    assert real.ties
    for tie in real.ties:
        ends = {tie.source.iri, tie.target.iri} & members
        assert ends
        assert tie.within == (len(ends) == 2)
        assert not (tie.family == "membership" and tie.target.iri == real.body)
    for neighbour in real.neighbours:
        assert neighbour.thing.iri not in members
        assert set(neighbour.members) <= members
    projects = {one.thing.label.en for one in real.neighbours if one.project}
    assert "SMART.ER" in projects


def test_cross_cutting_stages_stand_beside_the_flow(real: Report) -> None:
    (batteries,) = [chain for chain in real.chains if chain.iri == f"{ID.base}chain-batteries"]
    assert batteries.gaps is not None
    beside = [
        stage.label.en for stage in batteries.gaps.stages if stage.iri in batteries.cross_cutting
    ]
    assert "Intellectual property" in beside
    assert "Cell manufacturing" not in beside
    assert len(beside) == 6


def test_sources_are_numbered_once_and_every_evidence_has_its_number(real: Report) -> None:
    assert len({source.iri for source in real.sources}) == len(real.sources)
    assert [real.number(source) for source in real.sources] == [*range(1, len(real.sources) + 1)]
    stated = real.stated_today
    assert stated is not None
    assert real.cite(stated.evidence) == (1,)
    for member in real.members:
        for number in real.cite(*member.evidence):
            assert real.sources[number - 1] in {s for one in member.evidence for s in one.sources}


def test_markdown_tells_it_in_both_languages(real: Report) -> None:
    text = real.markdown("it")
    assert text.startswith("# Clust-ER Meccatronica e Motoristica: i soci al 22 novembre 2026")
    assert "- Soci dichiarati: più di 130, a gennaio 2023. [1]" in text
    assert "| **Bercella** | impresa, piccola o media impresa |" in text
    assert "- Manz Italy: in liquidazione, da gennaio 2026." in text
    assert "  - Produzione degli elettrodi: **nessuno noto**" in text
    cited = {int(part.split("]")[0]) for part in text.split(" [")[1:] if part[0].isdigit()}
    listed = text.split("## Fonti\n\n")[1].splitlines()
    assert {int(line.split(".")[0]) for line in listed} == cited
    english = real.markdown("en")
    assert "## Check against published criteria" in english
    assert len(english.splitlines()) == len(text.splitlines())


def test_a_source_without_a_title_goes_by_its_publisher(real: Report) -> None:
    untitled = next(one for one in real.sources if not one.title and one.publisher)
    text = real.markdown("en")
    assert f". {untitled.publisher}, {untitled.published}. <{untitled.url}>\n" in text
    assert f" {untitled.id}, " not in text
    assert source_name(replace(untitled, publisher="")) == untitled.id


def test_it_is_data(ecosystem: filiera.Ecosystem) -> None:
    data = answer(ecosystem, "report", {"at": "2020-07", "since": "2020"}, "it")
    assert (data["at"], data["since"]) == ("2020-07-31", "2020-01-01")
    assert (data["members_stated"], data["members_certain"]) == (103, 16)
    assert [source["number"] for source in data["sources"][:2]] == [1, 2]
    assert json.loads(json.dumps(data)) == data


def test_the_time_of_changes_is_a_year_without_a_wish() -> None:
    assert small(date(2020, 2, 29), None).since == date(2019, 2, 28)
    assert small(SMALL_DAY, None).since == date(2020, 4, 1)
    with pytest.raises(UsageError, match="2022-01-01, comes after"):
        small(SMALL_DAY, date(2022, 1, 1))


@settings(max_examples=15, deadline=None)
@given(st.dates(date(2009, 1, 1), date(2024, 12, 31)))
def test_the_totals_are_honest_on_any_day(day: date) -> None:
    found = small(day, day)
    everybody = {member.iri for member in found.members}
    for counts in (found.kinds, found.kinds_stated, found.chains_counted, found.provinces):
        members, entries = found.total(counts)
        assert members == len(everybody) <= entries
        assert entries == sum(count.number for count in counts)
    assert found.certain == len(found.today.certain)
    assert found.possible == len(found.today.possible)
    assert found.coverage is None or 0 <= found.coverage <= 1


@pytest.mark.parametrize("searching", [True, False])
def test_the_search_for_cycles_is_left_as_it_was(
    ecosystem: filiera.Ecosystem, searching: bool
) -> None:
    (gc.enable if searching else gc.disable)()
    try:
        ecosystem.report()
        assert gc.isenabled() == searching
    finally:
        gc.enable()
