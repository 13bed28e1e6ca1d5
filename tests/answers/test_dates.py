"""Dates said in words, in both languages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiera.answers.dates import date_text, when_text

SAID = [
    # EDTF, role, Italian, English
    ("2020", "date", "nel 2020", "in 2020"),
    ("2020-07", "date", "a luglio 2020", "in July 2020"),
    ("2020-04", "date", "ad aprile 2020", "in April 2020"),
    ("2020-07-03", "date", "il 3 luglio 2020", "on 3 July 2020"),
    ("2020-07-08", "date", "l'8 luglio 2020", "on 8 July 2020"),
    ("2020-07-01", "date", "il 1º luglio 2020", "on 1 July 2020"),
    ("2020-XX", "date", "nel 2020", "in 2020"),
    ("202X", "date", "negli anni 2020", "in the 2020s"),
    ("2020-21", "date", "nella primavera 2020", "in spring 2020"),
    ("2020-23", "date", "nell'autunno 2020", "in autumn 2020"),
    ("2020-33", "date", "nel primo trimestre 2020", "in the first quarter of 2020"),
    ("2020?", "date", "nel 2020 (incerto)", "in 2020 (uncertain)"),
    ("2020-07~", "date", "a luglio 2020 circa", "in July 2020 approximately"),
    (
        "[2020-01-01..2020-07-31]",
        "date",
        "tra gennaio e luglio 2020",
        "between January and July 2020",
    ),
    ("[2018..2019]", "date", "tra il 2018 e il 2019", "between 2018 and 2019"),
    (
        "[2020-07-03..2020-07-11]",
        "date",
        "tra il 3 e l'11 luglio 2020",
        "between 3 and 11 July 2020",
    ),
    ("[..2020-07]", "date", "entro luglio 2020", "by July 2020"),
    ("[2020-07..]", "date", "non prima di luglio 2020", "not before July 2020"),
    ("[2019,2020]", "date", "nel 2019 o nel 2020", "in 2019 or in 2020"),
    ("2024-01/2024-09", "date", "da gennaio a settembre 2024", "from January to September 2024"),
    ("2019/..", "date", "dal 2019", "since 2019"),
    ("2012", "start", "dal 2012", "since 2012"),
    ("2012-08-08", "start", "dall'8 agosto 2012", "since 8 August 2012"),
    (
        "[2020-01-01..2020-07-31]",
        "start",
        "da un giorno tra gennaio e luglio 2020",
        "since some day between January and July 2020",
    ),
    ("[..2020-07]", "start", "da luglio 2020 o prima", "since July 2020 or earlier"),
    ("[2020-07..]", "start", "da luglio 2020 o dopo", "since July 2020 or later"),
    ("[2019,2020]", "start", "dal 2019 o dal 2020", "since 2019 or since 2020"),
    ("2015-08", "end", "fino ad agosto 2015", "until August 2015"),
    ("[..2021]", "end", "fino al 2021 al più tardi", "until 2021 at the latest"),
    ("[2021..]", "end", "almeno fino al 2021", "at least until 2021"),
    (
        "[2020..2021]",
        "end",
        "fino a un giorno tra il 2020 e il 2021",
        "until some day between 2020 and 2021",
    ),
    ("[2019,2020]", "end", "fino al 2019 o al 2020", "until 2019 or until 2020"),
    ("2022-01", "as_of", "risulta a gennaio 2022", "as of January 2022"),
    ("[..2022]", "as_of", "risulta entro il 2022", "holding by 2022"),
    ("some day", "date", "some day", "some day"),
    ("2020-13", "date", "2020-13", "2020-13"),
    ("2020-02-30", "date", "2020-02-30", "2020-02-30"),
    ("2020-21-05", "date", "2020-21-05", "2020-21-05"),
    ("202X-05", "date", "202X-05", "202X-05"),
    ("[some..2020]", "date", "[some..2020]", "[some..2020]"),
    ("[2020,some]", "date", "[2020,some]", "[2020,some]"),
    ("../..", "date", "../..", "../.."),
]


@pytest.mark.parametrize(("edtf", "role", "italian", "english"), SAID)
def test_a_date_is_said_by_its_role(edtf: str, role: str, italian: str, english: str) -> None:
    assert when_text("it", **{role: edtf}) == italian
    assert when_text("en", **{role: edtf}) == english


@pytest.mark.parametrize(
    ("start", "end", "italian", "english"),
    [
        ("2012", "2015-06", "dal 2012 a giugno 2015", "from 2012 to June 2015"),
        ("2020-01", "2020-07", "da gennaio a luglio 2020", "from January to July 2020"),
        ("2020-01-03", "2020-01-08", "dal 3 all'8 gennaio 2020", "from 3 to 8 January 2020"),
        (
            "2019-12-03",
            "2020-01-08",
            "dal 3 dicembre 2019 all'8 gennaio 2020",
            "from 3 December 2019 to 8 January 2020",
        ),
        ("2012", "2012", "nel 2012", "in 2012"),
        (
            "2012",
            "[2015..2016]",
            "dal 2012, fino a un giorno tra il 2015 e il 2016",
            "since 2012, until some day between 2015 and 2016",
        ),
    ],
)
def test_a_beginning_and_an_end_make_a_period(
    start: str, end: str, italian: str, english: str
) -> None:
    assert when_text("it", start=start, end=end) == italian
    assert when_text("en", start=start, end=end) == english


def test_a_period_and_the_day_it_was_seen_stand_side_by_side() -> None:
    assert when_text("en", start="2012", as_of="2020") == "since 2012, as of 2020"
    assert when_text("it", start="2012", as_of="2020") == "dal 2012, risulta nel 2020"
    assert when_text("it") == ""


def test_a_date_by_itself_has_no_word_before_it() -> None:
    assert date_text("it", "2020-07-08") == "8 luglio 2020"
    assert date_text("en", "2020-09") == "September 2020"
    assert date_text("it", "[..2020-09]") == "entro settembre 2020"


days = st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31))


@given(day=days, lang=st.sampled_from(["it", "en"]))
def test_two_days_are_never_said_alike(day: date, lang: str) -> None:
    following = day + timedelta(days=1)
    assert when_text(lang, date=str(day)) != when_text(lang, date=str(following))


@given(first=days, last=days, lang=st.sampled_from(["it", "en"]))
def test_a_span_names_both_of_its_years(first: date, last: date, lang: str) -> None:
    first, last = min(first, last), max(first, last)
    said = when_text(lang, date=f"[{first}..{last}]")
    assert str(first.year) in said
    assert str(last.year) in said
