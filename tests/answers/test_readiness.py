"""The check against published criteria: criteria with their sources, and what a graph says."""

from __future__ import annotations

from datetime import date

import pytest

import filiera
from filiera.answers.readiness import criteria
from filiera.answers.report import report
from filiera.build import build
from filiera.store import MemoryStore
from filiera.vocabulary import ID
from tests.conftest import MakeDataset

FEW = {
    "figures": """\
subject,measure,of_kind,nature,precision,value,date,source
cluster,members,,,,9,2020,page-a
""",
}


def found(make_dataset: MakeDataset, at: date, **tables: str) -> dict[str, str]:
    """Status of each criterion, by its id, in a small data set."""
    store = MemoryStore()
    build(make_dataset("data", **tables), store)
    checked = report(store, f"{ID.base}cluster", at=at).readiness
    return {finding.criterion.id: finding.status for finding in checked.findings}


def test_every_criterion_names_its_page_and_how_it_is_read() -> None:
    known = criteria()
    assert [one.id for one in known] == [
        "members",
        "types",
        "public-bodies",
        "management",
        "website",
        "activity",
        "legal-entity",
        "platform-listing",
    ]
    for one in known:
        assert one.source.url.startswith("https://")
        assert one.source.publisher
        assert one.source.read == date(2026, 11, 22)
        for text in (one.text, one.reading):
            assert text.it != text.en
            assert text.it.endswith(".")
    assert {one.id: one.minimum for one in known if one.minimum} == {
        "members": 15,
        "types": 2,
        "activity": 2,
    }


def test_the_real_cluster(ecosystem: filiera.Ecosystem) -> None:
    checked = ecosystem.report(at=date(2026, 11, 22)).readiness
    assert {one.criterion.id: one.status for one in checked.findings} == {
        "members": "met",
        "types": "met",
        "public-bodies": "met",
        "management": "unknown",
        "website": "unknown",
        "activity": "met",
        "legal-entity": "unknown",
        "platform-listing": "unknown",
    }
    assert (checked.count("met"), checked.count("not-met"), checked.count("unknown")) == (4, 0, 4)
    assert checked["members"].text.it == (
        "Questo grafo nomina 17 soci certi; ne servono 15."
        " Una fonte ne dichiara più di 130, a gennaio 2023."
    )
    assert checked["types"].text.en == (
        "Types known: training, industry, research and universities."
    )
    assert checked["management"].text.en.startswith(
        "Federico Capucci is known as cluster manager (last confirmed: 12 May 2025)"
    )
    assert "https://mech.clust-er.it" in checked["website"].text.it
    for name in ("members", "types", "public-bodies", "management", "website", "activity"):
        assert all(one.sources for one in checked[name].evidence), name
        assert checked[name].evidence
    with pytest.raises(KeyError):
        checked["nothing"]


def test_before_the_second_number_was_stated(ecosystem: filiera.Ecosystem) -> None:
    checked = ecosystem.report(at=date(2020, 7, 31)).readiness
    assert checked["members"].text.en == (
        "This graph names 16 certain members; 15 are asked for. A source states 103 of them,"
        " in July 2020."
    )
    assert checked["management"].text.en == "This graph names no cluster manager."


def test_few_members_are_not_enough_where_a_source_counts_them(make_dataset: MakeDataset) -> None:
    assert found(make_dataset, date(2021, 1, 1), **FEW)["members"] == "not-met"


def test_ignorance_is_no_failure(make_dataset: MakeDataset) -> None:
    statuses = found(make_dataset, date(2021, 1, 1))
    assert statuses.pop("platform-listing") == "unknown"
    assert set(statuses.values()) == {"unknown"}


def test_what_a_graph_can_say_for_a_criterion(make_dataset: MakeDataset) -> None:
    tables = {
        "organisations": """\
id,name,legal_name,kind,place,founded,website,source
acme,Acme,,company,,,,page-a
region,Region,,public-authority,,,,page-a
cluster,Cluster,Cluster Association,cluster,,2017-05,https://cluster.example,page-a
""",
        "memberships": """\
member,body,start,source
acme,cluster,2018,page-a
region,cluster,2018,page-a
""",
        "events": """\
id,kind,name_it,name_en,date,organiser,source
fair,seminar,Fiera,Fair,2020-05,cluster,page-a
""",
        "offices": """\
person,office,body,start,source
Ada Rossi,cluster-manager,cluster,2030,page-a
""",
        "ties": None,
        "figures": None,
    }
    assert found(make_dataset, date(2021, 1, 1), **tables) == {  # type: ignore[arg-type]
        "members": "unknown",
        "types": "met",
        "public-bodies": "met",
        "management": "unknown",
        "website": "unknown",
        "activity": "met",
        "legal-entity": "met",
        "platform-listing": "unknown",
    }
    later = found(make_dataset, date(2024, 1, 1), **tables)  # type: ignore[arg-type]
    assert later["activity"] == "unknown"
