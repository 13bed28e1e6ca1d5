"""How good the facts are: counts, the score and its law, and what to ask whom."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import filiera
from filiera.answers.fact_states import FactState
from filiera.answers.quality import Quality, Score, score
from filiera.offered import answer
from filiera.vocabulary import FIL, ID
from tests.conftest import MakeDataset

AT = date(2022, 12, 31)


def of(make_dataset: MakeDataset, **tables: str | None) -> Quality:
    """Quality of the small data set at the end of 2022."""
    with filiera.open_graph(make_dataset(**tables).folder, lang="en") as ecosystem:
        return ecosystem.quality(at=AT, stale_years=2)


def test_every_fault_is_counted(make_dataset: MakeDataset) -> None:
    quality = of(make_dataset)
    assert {one.id: (one.count, one.total) for one in quality.measures} == {
        "undated": (5, 11),
        "single-source": (7, 11),
        "disagreements": (2, 11),
        "stale": (2, 11),
        "unplaced": (2, 3),
        "without-field": (3, 3),
    }
    assert quality.since == "2020-12-31"
    # Undated are the names and the seat; a seat has no place for a date.
    assert quality.score == Score(7 / 11, 4 / 11, 9 / 11, 1 / 3, 0)
    assert quality.score.value == pytest.approx((7 / 11 + 4 / 11 + 9 / 11 + 1 / 3) / 5)


def test_faults_by_class_and_by_source(make_dataset: MakeDataset) -> None:
    quality = of(make_dataset)
    classes = {one.iri: one for one in quality.by_class}
    tie = classes[FIL.Tie]
    assert (tie.facts, tie.undated, tie.single, tie.stale) == (2, 0, 1, 1)
    seat = classes[FIL.Seat]
    assert (seat.facts, seat.undated, seat.timeless, seat.stale) == (1, 1, 1, 1)
    assert [one.source.id for one in quality.by_source if one.source] == ["page-a", "page-b"]
    assert sum(one.facts for one in quality.by_class) == 11
    assert "| seat | 1 | – | 1 | 1 | 0 |" in quality.markdown("en")


def test_what_mends_most_is_asked_first(make_dataset: MakeDataset) -> None:
    quality = of(make_dataset)
    uses = [one.use for one in quality.to_ask]
    assert uses == sorted(uses, reverse=True)
    assert quality.questions == len(quality.to_ask)
    supply = next(one for one in quality.to_ask if one.matter == FIL.Tie)
    assert (supply.asked, supply.about) == (ID.acme, (ID.bolt,))
    assert (supply.single, supply.stale, supply.use) == (1, 1, 8)
    assert supply.publishers == ("Gazette", "Herald")
    assert supply.sentence("en") == (
        "Acme: with whom are these ties, since when, and do they still hold? (Bolt)"
    )
    profile = next(
        one for one in quality.to_ask if one.asked == ID.bolt and one.matter == "profile"
    )
    assert profile.question.en == "where is its seat, and in which sector is it?"


def test_an_end_and_a_recent_source_keep_a_fact_from_going_stale(
    make_dataset: MakeDataset,
) -> None:
    ties = "from,relation,to,start,end,source\nacme,supplies,bolt,2010,{},page-{}\n"

    def stale(end: str, page: str) -> int:
        quality = of(make_dataset, ties=ties.format(end, page))
        return next(one.stale for one in quality.by_class if one.iri == FIL.Tie)

    assert (stale("", "a"), stale("2012", "a"), stale("", "b")) == (1, 0, 0)


def test_a_graph_without_facts_has_no_faults(make_dataset: MakeDataset) -> None:
    with filiera.open_graph(
        make_dataset(
            organisations=None, places=None, memberships=None, ties=None, figures=None
        ).folder
    ) as ecosystem:
        quality = ecosystem.quality(at=AT)
    assert quality.score.value == 1
    assert (quality.to_ask, quality.by_class) == ((), ())


def test_it_is_data_too(make_dataset: MakeDataset) -> None:
    data = of(make_dataset).to_dict("it")
    assert json.loads(json.dumps(data)) == data
    assert data["score"] == pytest.approx(sum(data["parts"].values()) / 5)
    assert data["to_ask"][0]["facts"]


def test_it_is_offered_by_name(ecosystem: filiera.Ecosystem) -> None:
    data = answer(ecosystem, "quality", {"at": "2026", "stale_years": "9"}, "it")
    assert (data["at"], data["stale_before"]) == ("2026-12-31", "2017-12-31")
    with pytest.raises(filiera.ParameterError, match="not a whole number"):
        answer(ecosystem, "quality", {"stale_years": "few"}, "it")


def test_the_real_data(ecosystem: filiera.Ecosystem) -> None:
    quality = ecosystem.quality(at=date(2026, 11, 22))
    first = quality.to_ask[0]
    assert (first.asked, first.matter) == (ID["clust-er-mech"], FIL.Membership)
    assert "Clust-ER MECH" in first.publishers
    measures = {one.id: one.count for one in quality.measures}
    assert measures["single-source"] == sum(one.single for one in quality.by_class)
    assert measures["undated"] == sum(one.undated for one in quality.by_class)
    assert measures["stale"] == sum(one.stale for one in quality.by_class)
    text = quality.markdown("it")
    assert "E altre " in text
    assert "**Punteggio: 0," in text


def test_a_leap_day_has_years_before_it(make_dataset: MakeDataset) -> None:
    with filiera.open_graph(make_dataset().folder) as ecosystem:
        assert ecosystem.quality(at=date(2024, 2, 29), stale_years=1).since == "2023-02-28"
        assert ecosystem.quality(at=date(2024, 2, 29), stale_years=4).since == "2020-02-29"


DAYS = st.sampled_from(["", "2010-01-01", "2020-12-31", "2022-05-01"])
STATES = st.builds(
    FactState,
    iri=st.just("fact"),
    kind=st.sampled_from([FIL.Tie, FIL.Seat, FIL.Figure]),
    asked=st.just(""),
    other=st.just(""),
    sources=st.sets(st.sampled_from("abc"), min_size=1).map(tuple),
    dated=st.booleans(),
    timeless=st.booleans(),
    confirmed=DAYS,
    lasting=st.booleans(),
    disputed=st.booleans(),
)


@given(st.lists(STATES, max_size=8), st.integers(0, 9), st.data())
def test_a_score_lies_between_0_and_1(
    states: Sequence[FactState], organisations: int, data: st.DataObject
) -> None:
    lacking = st.integers(0, organisations)
    found = score(states, "2020-12-31", organisations, data.draw(lacking), data.draw(lacking))
    for part in (found.dated, found.confirmed, found.fresh, found.placed, found.in_field):
        assert 0 <= part <= 1
    assert 0 <= found.value <= 1


DATES = st.sampled_from(["", "2010", "2019-05", "2022", "[2020-01-01..2022-06-30]"])
ROLES = st.sampled_from(["start", "end", "as_of"])
ROWS = st.lists(
    st.tuples(st.sampled_from(["acme", "bolt"]), DATES, DATES, st.sampled_from(["a", "b"])),
    min_size=1,
    max_size=3,
    unique_by=lambda row: (row[0], row[3]),
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ROWS, st.data())
def test_a_further_source_and_date_never_lower_the_score(
    make_dataset: MakeDataset, rows: list[tuple[str, str, str, str]], data: st.DataObject
) -> None:
    header = "member,body,start,end,as_of,source\n"
    given_rows = [
        f"{member},cluster,{start},,{as_of},page-{page}\n" for member, start, as_of, page in rows
    ]
    told = rows[data.draw(st.integers(0, len(rows) - 1))][0]
    cells = {"start": "", "end": "", "as_of": ""} | {
        data.draw(ROLES): data.draw(DATES.filter(bool))
    }
    further = f"{told},cluster,{cells['start']},{cells['end']},{cells['as_of']},page-c\n"
    sources = (
        "id,url,title,publisher,published,language\n"
        "page-a,https://example.org/a,A,Gazette,2010,en\n"
        "page-b,https://example.org/b,B,Herald,,en\n"
        f"page-c,https://example.org/c,C,Herald,{data.draw(DATES)},en\n"
    )
    tables: dict[str, str | None] = {
        "sources": sources, "places": None, "ties": None, "figures": None,
        "organisations": "id,name,source\nacme,Acme,page-a\nbolt,Bolt,page-a\ncluster,C,page-a\n",
    }  # fmt: skip
    before = of(make_dataset, memberships=header + "".join(given_rows), **tables)
    after = of(make_dataset, memberships=header + "".join(given_rows) + further, **tables)
    assert 0 <= before.score.value <= after.score.value <= 1
