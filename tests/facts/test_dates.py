"""Dates as said, with the earliest and the latest day."""

from __future__ import annotations

import sys
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filiera.build.pipeline import check_facts
from filiera.facts import dates
from filiera.facts.dataset import Dataset
from filiera.facts.dates import Span, span
from filiera.facts.problems import CellFault


@pytest.mark.parametrize(
    ("said", "earliest", "latest"),
    [
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020-07-08", "2020-07-08", "2020-07-08"),
        ("[2020-01-01..2020-07-31]", "2020-01-01", "2020-07-31"),
        ("2024-01/2024-09", "2024-01-01", "2024-09-30"),
        ("[..2020-07]", None, "2020-07-31"),
        ("[2016..]", "2016-01-01", None),
        ("2016/..", "2016-01-01", None),
        ("2016/", "2016-01-01", None),
        ("../2016", None, "2016-12-31"),
        ("/2016", None, "2016-12-31"),
        ("2020-22", "2020-06-01", "2020-08-31"),
        ("2020-34", "2020-04-01", "2020-06-30"),
        ("2020-41", "2020-07-01", "2020-12-31"),
        ("2020-21/2020-22", "2020-03-01", "2020-08-31"),
    ],
)
def test_a_date_as_said_has_two_days(said: str, earliest: str | None, latest: str | None) -> None:
    meant = span(said)
    assert meant.said == said
    assert (meant.earliest and meant.earliest.isoformat()) == earliest
    assert (meant.latest and meant.latest.isoformat()) == latest


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("2020-02-31", "impossible-date"),
        ("2020-13", "impossible-date"),
        ("0000", "impossible-date"),
        ("31/02/2020", "impossible-date"),
        ("28/02/2020", "day-first-date"),
        ("[2020-02-31..2020-07]", "impossible-date"),
        ("last summer", "not-a-date"),
        ("2020-7", "not-a-date"),
        ("2020-24", "impossible-date"),  # a winter lies in two years
        ("2020-21-01", "impossible-date"),
        ("../..", "not-a-date"),
        ("2020 / 2021", "not-a-date"),
        ("\uff12\uff10\uff12\uff10", "not-a-date"),  # digits, but not those of EDTF
        ("2021/2020", "period-reversed"),
    ],
)
def test_what_is_no_date_is_refused_with_its_reason(said: str, code: str) -> None:
    with pytest.raises(CellFault) as caught:
        span(said)
    assert caught.value.code == code


def test_a_day_first_date_is_turned_round_in_the_suggestion() -> None:
    with pytest.raises(CellFault) as caught:
        span("8.7.2020")
    assert caught.value.values["suggestion"] == "2020-07-08"


@given(st.dates(min_value=date(1, 1, 1)))
def test_a_day_lies_within_its_month_and_its_month_within_its_year(day: date) -> None:
    exact, month, year = (span(day.isoformat()[:width]) for width in (10, 7, 4))
    assert exact.earliest == exact.latest == day
    assert month.earliest is not None
    assert month.latest is not None
    assert year.earliest is not None
    assert year.latest is not None
    assert year.earliest <= month.earliest <= day <= month.latest <= year.latest


@given(st.dates(min_value=date(1000, 1, 1)), st.integers(min_value=0, max_value=4000))
def test_one_day_out_of_two_lies_between_them(first: date, more: int) -> None:
    last = min(first + timedelta(days=more), date(9999, 12, 31)) if first.year < 9980 else first
    meant = span(f"[{first}..{last}]")
    assert (meant.earliest, meant.latest) == (first, last)


DAYS = st.dates(min_value=date(1, 1, 1)).map(date.isoformat)
ODD = ["0000", "2020-00", "2020-13", "2020-02-30", "2020-21", "2020-34", "202X", "2020-XX", "-0044"]
MOMENTS = st.builds(
    lambda day, width, doubt: day[:width] + doubt,
    DAYS,
    st.sampled_from([4, 7, 10]),
    st.sampled_from(["", "", "", "?", "~", "%"]),
) | st.sampled_from(ODD)
SIDES = MOMENTS | st.sampled_from(["", ".."])
DATES = st.one_of(
    MOMENTS,
    st.builds("{}/{}".format, SIDES, SIDES),
    st.builds("[{}..{}]".format, MOMENTS | st.just(""), MOMENTS | st.just("")),
    st.builds("{{{}..{}}}".format, MOMENTS, MOMENTS),
    st.builds("[{},{}]".format, MOMENTS, MOMENTS),
    st.text("0123456789-/.[]{}?~%X", max_size=24),
)
"""Dates of the usual forms, of others, and texts that look like dates."""


def meant(text: str) -> Span | str:
    try:
        return span.__wrapped__(text)
    except CellFault as fault:
        return fault.code


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@given(DATES)
@settings(max_examples=200, deadline=None)
def test_what_is_read_without_the_parser_is_what_the_parser_reads(text: str) -> None:
    quickly = meant(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dates, "_usual", lambda text: None)
        assert quickly == meant(text)


@pytest.mark.parametrize(
    "said", ["2020?", "2020-07~/2021", "2020/..", "/2020", "[2020..2021]", "[..2020-07-08]"]
)
def test_the_usual_forms_need_no_parser(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setitem(sys.modules, "edtf", None)
    assert isinstance(meant(said), Span)


def test_the_real_data_need_no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    span.cache_clear()
    monkeypatch.setitem(sys.modules, "edtf", None)
    assert not check_facts(Dataset.find()).problems
