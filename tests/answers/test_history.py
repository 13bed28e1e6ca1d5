"""The history of a body: members over time, happenings, and the difference between two days."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QueryBoolean

import filiera
from filiera.answers.happenings import CERTAINLY, POSSIBLY, Days
from filiera.answers.history import History
from filiera.offered import answer
from filiera.vocabulary import ID, concept
from tests.conftest import MakeDataset

SMALL: dict[str, str | None] = {
    "organisations": """\
id,name,kind,founded,source
acme,Acme,company,,page-a
bolt,Bolt,company,,page-a
cog,Cog,university,,page-a
dyn,Dyn,company,,page-a
big,Big,company,,page-a
cluster,Cluster,cluster,2017-05,page-a
""",
    "places": None,
    "memberships": """\
member,body,role,start,end,as_of,source
acme,cluster,,2018,,,page-a
bolt,cluster,,[2019-07-01..2020-06-30],,,page-a
cog,cluster,,,,2020-03-01,page-b
dyn,cluster,,2018,2020-10,,page-b
big,cluster,applicant,2019,,,page-b
cluster,big,,2019-02,,,page-b
""",
    "ties": """\
from,relation,to,start,source
big,acquired,bolt,2020-05,page-a
big,acquired,bolt,2020-08,page-b
big,controls,acme,,page-a
big,acquired,acme,2003,page-a
dyn,flowed-into,big,2021,page-b
""",
    "phases": """\
subject,status,start,as_of,source
acme,in-liquidation,2020-11,,page-b
bolt,insolvent,2001,,page-a
""",
    "names": """\
organisation,name,kind,start,source
acme,Old Acme,former,,page-a
acme,Acme,name,2019,page-b
""",
    "figures": """\
subject,measure,of_kind,precision,value,date,source
cluster,members,,,10,2020,page-a
cluster,members,,more-than,12,2020,page-b
cluster,members,company,,8,2020,page-a
cluster,new-members,,,2,2019/2020,page-a
cluster,members,,,5,,page-b
""",
    "decisions": """\
id,name_it,name_en,date,decided_by,effect,affects,result_en,source
fee,Quota,Fee,2019-06,cluster,abolishes,cluster,No fee.,page-a
""",
    "events": """\
id,kind,name_it,name_en,date,organiser,concerns,source
party,assembly,Assemblea,Assembly,,cluster,cluster,page-a
""",
    "commitments": """\
id,name_it,name_en,committed_by,due,source
promise,Promessa,Promise,cluster,2020-09,page-a
""",
}
UNKNOWN = "(day of joining not known)"


@pytest.fixture
def small(make_dataset: MakeDataset) -> Iterator[filiera.Ecosystem]:
    with filiera.open_graph(make_dataset(**SMALL).folder, lang="en") as opened:
        yield opened


def told(history: History) -> list[tuple[int | None, str, str]]:
    """Year, kind and sentence of each happening."""
    return [(one.year, one.kind, one.sentence("en")) for one in history.happenings]


def names(*slugs: str) -> tuple[str, ...]:
    return tuple(ID[slug] for slug in slugs)


def test_what_happened_by_year(small: filiera.Ecosystem) -> None:
    assert told(small.history()) == [
        (2017, "founded", "Cluster comes into being, in May 2017"),
        (2018, "joined", "Acme joins Cluster, in 2018"),
        (2018, "joined", "Dyn joins Cluster, in 2018"),
        (2019, "renamed", "Old Acme takes the name Acme, in 2019"),
        (2019, "joined-network", "Cluster joins Big, in February 2019"),
        (2019, "decision", "Fee (abolishes), in June 2019: No fee"),
        (2019, "joined", "Bolt joins Cluster, between July 2019 and June 2020"),
        (2020, "attested", f"Cog is a member of Cluster {UNKNOWN}, as of 1 March 2020"),
        (2020, "taken-over", "Big acquired Bolt, in May 2020 / in August 2020"),
        (2020, "commitment", "Promise, due September 2020"),
        (2020, "left", "Dyn leaves Cluster, in October 2020"),
        (2020, "in-liquidation", "Acme: in liquidation, since November 2020"),
        (None, "event", "Assembly"),
    ]  # fmt: skip


def test_sources_that_disagree_stand_side_by_side(small: filiera.Ecosystem) -> None:
    one = next(one for one in small.history().happenings if one.kind == "taken-over")
    assert one.disagrees
    assert one.days == Days("2020-05-01", "2020-08-31")
    assert [(version.edtf, version.evidence.sources[0].id) for version in one.versions] == [
        ("2020-05", "page-a"),
        ("2020-08", "page-b"),
    ]
    text = small.history().markdown("en")
    assert "- ≠ Big acquired Bolt, in May 2020 / in August 2020 (sources disagree):\n" in text
    assert "  - in May 2020 [1]\n  - in August 2020 [2]\n" in text


def test_members_stated_stand_beside_members_named(small: filiera.Ecosystem) -> None:
    stated = {
        (int(one.value), one.new, one.kind): (one.disagrees, len(one.named), len(one.possible))
        for one in small.history().stated
    }
    company = concept("kind", "company")
    assert stated == {
        (10, False, ""): (True, 3, 0),
        (12, False, ""): (True, 3, 0),
        (8, False, company): (False, 2, 0),
        (2, True, ""): (False, 1, 1),
        (5, False, ""): (False, 4, 0),
    }


def test_members_over_time(small: filiera.Ecosystem) -> None:
    named = {one.day: (one.certain, one.possible) for one in small.history().named}
    assert named == {
        "2017-12-31": ((), names("cog")),
        "2018-12-31": (names("acme", "dyn"), names("cog")),
        "2019-12-31": (names("acme", "dyn"), names("bolt", "cog")),
        "2020-12-31": (names("acme", "bolt", "cog"), ()),
    }


def test_the_difference_tells_certain_from_possible(small: filiera.Ecosystem) -> None:
    history = small.history(start=date(2020, 1, 1), end=date(2020, 12, 31))
    difference = history.difference
    assert difference is not None
    assert [(one.certainty, one.happening.kind) for one in difference.changes] == [
        (CERTAINLY, "taken-over"),
        (CERTAINLY, "commitment"),
        (CERTAINLY, "left"),
        (CERTAINLY, "in-liquidation"),
        (POSSIBLY, "joined"),
        (POSSIBLY, "attested"),
    ]
    assert difference.lost == names("dyn")
    assert difference.gained == ()
    text = history.markdown("it")
    assert "- Soci dichiarati: non noto, poi 10 / più di 12. [1] [2]\n" in text
    assert "- Ingressi: 0 certamente, 2 forse. Uscite: 1 certamente, 0 forse.\n" in text
    assert "### Forse in questo tempo\n\n- Bolt entra in Cluster, tra luglio 2019" in text


def test_a_body_of_which_nothing_is_told(small: filiera.Ecosystem) -> None:
    history = small.history("bolt", start=date(2023, 1, 1), end=date(2023, 12, 31))
    assert (history.stated, history.happenings) == ((), ())
    text = history.markdown("en")
    assert "No source in this graph states a number." in text
    assert "No change that this graph knows of." in text
    earlier = small.history("bolt", at=date(1999, 12, 31))
    assert "The sources of this graph tell nothing." in earlier.markdown("en")


def test_what_a_body_belongs_to(small: filiera.Ecosystem) -> None:
    assert told(small.history("cog")) == [
        (2020, "in-network", f"Cog is a member of Cluster {UNKNOWN}, as of 1 March 2020")
    ]
    difference = small.history("cog", start=date(2020, 1, 1), end=date(2020, 12, 31)).difference
    assert difference is not None
    assert [one.certainty for one in difference.changes] == [POSSIBLY]
    left = small.history("dyn").happenings
    assert [one.kind for one in left] == ["joined-network", "left-network", "merged"]


def test_what_is_later_is_left_out(small: filiera.Ecosystem) -> None:
    history = small.history(at=date(2019, 12, 31))
    assert {one.kind for one in history.happenings if one.day > "2019-12-31"} == set()
    assert [one.value for one in history.stated] == [2, 5]
    assert history.named[-1].day == "2019-12-31"
    with pytest.raises(filiera.UsageError, match="comes after the last"):
        small.history(start=date(2021, 1, 1), end=date(2020, 1, 1))


def test_one_end_of_the_time_is_enough(small: filiera.Ecosystem) -> None:
    since = small.history(start=date(2020, 7, 1)).difference
    until = small.history(end=date(2018, 12, 31)).difference
    assert since is not None
    assert until is not None
    assert (since.first.day, since.last.day) == ("2020-07-01", "2020-12-31")
    assert (until.first.day, until.last.day) == ("2017-05-01", "2018-12-31")
    assert until.gained == names("acme", "dyn")


def test_it_is_data_too(small: filiera.Ecosystem) -> None:
    data = small.history(start=date(2020, 1, 1), end=date(2020, 12, 31)).to_dict("en")
    assert json.loads(json.dumps(data)) == data
    change = data["difference"]["changes"][0]
    assert change["certainty"] == "certainly"
    assert change["evidence"][0]["fact"] == ID["tie/big--acquired--bolt"]
    assert (change["earliest"], change["latest"]) == ("2020-05-01", "2020-08-31")


def test_it_is_offered_by_name(small: filiera.Ecosystem) -> None:
    given_days = {"body": "cluster", "from": "2020", "to": "2020"}
    data = answer(small, "history", given_days, "it")
    assert data["difference"]["from"]["day"] == "2020-01-01"
    assert data["difference"]["to"]["day"] == "2020-12-31"
    assert answer(small, "history", {"at": "2019"}, "it")["at"] == "2019-12-31"


def test_the_real_cluster(ecosystem: filiera.Ecosystem) -> None:
    history = ecosystem.history(start=date(2020, 1, 1), end=date(2026, 12, 31))
    assert [(int(one.value), len(one.named)) for one in history.stated if one.total] == [
        (103, 16),
        (130, 16),
        (154, 17),
    ]
    difference = history.difference
    assert difference is not None
    counts = (difference.counted(CERTAINLY, "joined"), difference.counted(POSSIBLY, "attested"))
    assert counts == (16, 1)
    fates = {
        (one.happening.kind, one.happening.thing.removeprefix(ID.base))
        for one in difference.changes
        if one.happening.kind in ("renamed", "taken-over", "in-liquidation")
    }
    assert fates == {
        ("renamed", "flash-battery"),
        ("taken-over", "sovema-group"),
        ("in-liquidation", "manz-italy"),
    }


@pytest.mark.parametrize(
    "day", ["2017-06-30", "2020-03-31", "2020-07-31", "2023-01-31", "2026-06-30"]
)
@pytest.mark.parametrize("body", ["clust-er-mech", "elca-network", "muner", "bi-rex", "musp"])
def test_members_are_those_of_the_catalogue(
    ecosystem: filiera.Ecosystem, body: str, day: str
) -> None:
    rows = ecosystem.ask("members-at", body=body, at=day)
    asked: dict[str, set[str]] = {"certainly": set(), "possibly": set()}
    for member, certainty in zip(rows.column("member"), rows.column("certainty"), strict=True):
        asked[str(certainty).rsplit("/", 1)[-1]].add(str(member))
    named = ecosystem.history(body, at=date.fromisoformat(day)).named
    certain, possible = (named[-1].certain, named[-1].possible) if named else ((), ())
    assert set(certain) == asked["certainly"]
    assert set(possible) == asked["possibly"] - asked["certainly"]


def test_every_source_of_a_sentence_states_its_fact(ecosystem: filiera.Ecosystem) -> None:
    history = ecosystem.history()
    evidence = [one for happening in history.happenings for one in happening.evidence]
    evidence += [one.evidence for one in history.stated]
    assert evidence
    for one in evidence:
        assert one.sources, one.fact
        for source in one.sources:
            asked = f"ASK {{ GRAPH <{source.iri}> {{ <{one.fact}> a ?class }} }}"
            answer = ecosystem.store.query(asked)
            assert isinstance(answer, QueryBoolean)
            assert bool(answer), (source.iri, one.fact)


DAYS = st.dates(date(2015, 1, 1), date(2025, 12, 31)).map(date.isoformat)
SPANS = st.lists(DAYS, min_size=2, max_size=2).map(sorted)


@given(SPANS, SPANS, SPANS)
def test_a_longer_time_holds_no_less(span: list[str], time: list[str], more: list[str]) -> None:
    order = ["", POSSIBLY, CERTAINLY]
    days = Days(*span)
    longer = min(time[0], more[0]), max(time[1], more[1])
    assert order.index(days.within(*longer)) >= order.index(days.within(time[0], time[1]))


@given(SPANS, SPANS)
def test_an_open_side_is_never_certain(span: list[str], time: list[str]) -> None:
    for days in (Days(span[0], ""), Days("", span[1])):
        assert days.within(time[0], time[1]) in ("", POSSIBLY)
    assert Days().within(time[0], time[1]) == ""
