"""When things hold, by the data of the page, against the answers that say so."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

import filiera
from filiera.answers.standing import Standing
from filiera.views.page_data import page_data
from filiera.vocabulary import ID
from tests.small_cluster import small_store
from tests.views.page_numbers import said

Data = dict[str, Any]
TODAY = date(2026, 11, 22)
_EPOCH = date(1970, 1, 1)


@pytest.fixture(scope="module")
def small() -> Data:
    return page_data(SimpleNamespace(store=small_store()), lang="en", today=TODAY)


@pytest.fixture(scope="module")
def real(ecosystem: filiera.Ecosystem) -> Data:
    return page_data(ecosystem, today=TODAY)


def days(*texts: str | None) -> list[int | None]:
    return [(date.fromisoformat(text) - _EPOCH).days if text else None for text in texts]


def certainty(span: list[Any], day: date) -> str:
    """What a view makes of a span on a day."""
    number = (day - _EPOCH).days
    certain, possible = (
        bounds is not None
        and (bounds[0] is None or bounds[0] <= number)
        and (bounds[1] is None or number <= bounds[1])
        for bounds in span
    )
    return "certainly" if certain else "possibly" if possible else ""


def edge(data: Data, start: str, relation: str, end: str) -> Data:
    (found,) = [
        edge
        for edge in data["edges"]
        if (edge["from"], edge["to"]) == (start, end)
        and data["relations"][edge["relation"]]["id"] == relation
    ]
    return dict(found)


def test_edges_hold_certainly_and_possibly(small: Data) -> None:
    supplies = edge(small, "acme", "supplies", "bolt")
    assert supplies["days"] == [days("2018-12-31", None), days("2018-01-01", None)]
    controls = edge(small, "acme", "controls", "bolt")
    assert controls["days"] == [days("2021-12-31", None), [None, None]], "known on a day"
    joined = edge(small, "acme", "membership/member", "hub")
    assert joined["days"] == [days("2020-12-31", None), days("2020-01-01", None)]
    left = edge(small, "bolt", "membership/founding-member", "hub")
    assert left["days"] == [days("2018-12-31", "2022-01-01"), days("2018-01-01", "2022-12-31")]
    lent = edge(small, "bank", "lends-to", "delta")
    assert lent["days"] == [days("2010-12-31", "2012-01-01"), days("2010-01-01", "2012-12-31")]
    assert "days" not in edge(small, "team", "structure/unitOf", "hub")


def test_members_are_those_of_the_question_at_every_moment(
    real: Data, ecosystem: filiera.Ecosystem
) -> None:
    memberships = [
        edge
        for edge in real["edges"]
        if edge["to"] == "clust-er-mech"
        and real["relations"][edge["relation"]]["id"] == "membership/member"
    ]
    assert len(memberships) == 17
    seen = set[str]()
    for moment in real["moments"]:
        answer = ecosystem.ask("members-at", body="clust-er-mech", at=moment)
        expected: dict[str, str] = {}
        for row in answer.to_dicts():
            member, sure = (str(row[name]).rsplit("/", 1)[-1] for name in ("member", "certainty"))
            expected[member] = min(sure, expected.get(member, sure))
        found = {
            edge["from"]: certainty(edge["days"], date.fromisoformat(moment))
            for edge in memberships
        }
        assert {member: sure for member, sure in found.items() if sure} == expected, moment
        seen |= set(expected.values())
    assert seen == {"certainly", "possibly"}


@pytest.mark.parametrize("name", ["small", "real"])
def test_named_members_are_those_of_the_history_at_every_moment(
    name: str, request: pytest.FixtureRequest, ecosystem: filiera.Ecosystem
) -> None:
    from filiera.answers.history import history

    data: Data = request.getfixturevalue(name)
    store = small_store() if name == "small" else ecosystem.store
    assert len(data["history"]["named"]) == len(data["moments"])
    for moment, counts in zip(data["moments"], data["history"]["named"], strict=True):
        body = ID.base + data["focus"]
        last = history(store, body, at=date.fromisoformat(moment)).named[-1]
        assert (last.day, [len(last.certain), len(last.possible)]) == (moment, counts)
    assert len({tuple(counts) for counts in data["history"]["named"]}) > 2


def test_history_tells_what_the_answer_tells(real: Data, ecosystem: filiera.Ecosystem) -> None:
    answer = ecosystem.history()
    told = real["history"]
    assert len(told["happenings"]) == len(answer.happenings)
    for one, happening in zip(told["happenings"], answer.happenings, strict=True):
        assert said(real, one["text"]).startswith(happening.text("en"))
        if happening.day:
            assert [one["day"]] == days(happening.day)
        assert {real["sources"][number]["id"] for number in one["sources"]} == {
            source.id for evidence in happening.evidence for source in evidence.sources
        }
    kinds = {one["kind"] for one in told["happenings"]}
    assert {"event", "decision", "joined", "founded"} <= kinds
    totals = [one for one in answer.stated if one.total]
    assert [one["value"] for one in told["stated"]] == [int(one.value) for one in totals]
    assert any(one["value"] == 103 for one in told["stated"])
    joined = next(one for one in told["happenings"] if one["kind"] == "joined")
    nodes = {node["id"] for node in real["nodes"]}
    assert joined["others"]
    assert set(joined["others"]) <= nodes - {"clust-er-mech"}


@pytest.mark.parametrize("name", ["small", "real"])
def test_lifetimes_agree_with_who_works_at_a_date(
    name: str, request: pytest.FixtureRequest, ecosystem: filiera.Ecosystem
) -> None:
    data: Data = request.getfixturevalue(name)
    standing = Standing(small_store() if name == "small" else ecosystem.store, TODAY)
    spans = {node["id"]: node["span"] for node in data["nodes"] if "span" in node}
    assert spans
    for moment in map(date.fromisoformat, data["moments"]):
        then = standing.on(moment)
        for identifier, span in spans.items():
            iri, sure = ID.base + identifier, certainty(span, moment)
            if sure == "certainly":
                assert not then.closed(iri)
                assert not then.founded_later(iri)
            elif not sure:
                assert then.closed(iri) or then.founded_later(iri)
            if then.founded_later(iri):
                assert not sure


def test_when_things_exist(small: Data) -> None:
    spans = {node["id"]: node["span"] for node in small["nodes"] if "span" in node}
    assert spans["hub"] == [days("2017-05-31", None), days("2017-05-01", None)]
    assert spans["bank"] == [days("2019-05-31", None), [None, None]]
    assert spans["acme"][1] == days("1999-01-01", None), "the sources differ by two years"
    assert "lonely" not in spans


def test_the_standing_of_today_is_that_of_the_answers(
    real: Data, ecosystem: filiera.Ecosystem
) -> None:
    standing = Standing(ecosystem.store, TODAY)
    marked = {node["id"]: node for node in real["nodes"] if "standing" in node}
    assert marked["manz-italy"]["standing"] == "liquidation"
    assert "in liquidation" in said(real, marked["manz-italy"]["standingText"])
    for node in real["nodes"]:
        iri = ID.base + node["id"]
        trouble = standing.closed(iri) or standing.troubles(iri) or standing.founded_later(iri)
        assert ("standing" in node) == bool(trouble or standing.owners(iri))
    earlier = page_data(ecosystem, today=date(2020, 12, 31))
    then = {node["id"]: node.get("standing") for node in earlier["nodes"]}
    assert then["manz-italy"] != "liquidation"
    assert earlier["moments"][-1] == (date(2020, 12, 30) + timedelta(days=1)).isoformat()
