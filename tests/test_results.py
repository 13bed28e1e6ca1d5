"""Answers as tables: values, labels, and the formats they leave in."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

import filiera
from filiera.results import Column, Iri, Results

PREFIXES = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"


@pytest.fixture
def results() -> Results:
    return Results(
        [
            Column("who", "Chi", "thing"),
            Column("n", "Quanti", "number"),
            Column("day", "Giorno", "date"),
        ],
        [
            (Iri("https://example.org/a", "Àcme & <b>"), Decimal("2.50"), date(2020, 7, 8)),
            (None, 3, None),
        ],
        title="Prova",
        lang="it",
    )


def test_rows_iterate_and_columns_are_named(results: Results) -> None:
    assert results.names == ["who", "n", "day"]
    assert len(results) == 2
    assert [row[1] for row in results] == [Decimal("2.50"), 3]
    assert results[0][0] == "https://example.org/a"
    assert results.column("day") == [date(2020, 7, 8), None]
    with pytest.raises(KeyError):
        results.column("nothing")


def test_dictionaries_carry_the_label_beside_the_iri(results: Results) -> None:
    assert results.to_dicts() == [
        {
            "who": "https://example.org/a",
            "who_label": "Àcme & <b>",
            "n": Decimal("2.50"),
            "day": date(2020, 7, 8),
        },
        {"who": None, "who_label": None, "n": 3, "day": None},
    ]


def test_csv_and_json_hold_the_same(results: Results) -> None:
    assert results.to_csv() == (
        "who,who_label,n,day\nhttps://example.org/a,Àcme & <b>,2.50,2020-07-08\n,,3,\n"
    )
    assert json.loads(results.to_json())[0] == {
        "who": "https://example.org/a",
        "who_label": "Àcme & <b>",
        "n": 2.5,
        "day": "2020-07-08",
    }


def test_pandas_gets_the_same_columns(results: Results) -> None:
    frame = results.to_pandas()
    assert list(frame.columns) == ["who", "who_label", "n", "day"]
    assert frame.shape == (2, 4)


def test_jupyter_gets_an_escaped_table_with_links(results: Results) -> None:
    shown = results._repr_html_()
    assert '<a href="https://example.org/a">Àcme &amp; &lt;b&gt;</a>' in shown
    assert "<b>" not in shown
    assert '<th scope="col" style="text-align:right">Quanti</th>' in shown
    assert '<td style="text-align:right">2.50</td>' in shown
    assert '<td style="text-align:left">2020-07-08</td>' in shown
    assert ">Prova</caption>" in shown
    assert "<tfoot>" not in shown


def test_a_link_that_is_no_web_address_is_left_out() -> None:
    bad = Results([Column("a", "A", "thing")], [(Iri("javascript:alert(1)", "x"),)])
    assert ">x</td>" in bad._repr_html_()
    assert "href" not in bad._repr_html_()


@pytest.mark.parametrize(
    ("rows", "lang", "said"),
    [
        (50, "en", ""),
        (51, "en", "… 1 more row not shown: .rows and .to_pandas() have it"),
        (53, "it", "… altre 3 righe non mostrate: le hanno .rows e .to_pandas()"),
        (0, "it", "nessuna riga"),
    ],
)
def test_a_long_table_is_cut_and_says_so(rows: int, lang: str, said: str) -> None:
    many = Results([Column("n", "N", "number")], [(n,) for n in range(rows)], lang=lang)
    shown = many._repr_html_()
    assert shown.count("<tr>") == 1 + min(rows, 50) + bool(said)
    assert (f"<em>{said}</em>" in shown) is bool(said)


def test_a_source_links_to_its_page_and_a_thing_to_its_own_address(
    ecosystem: filiera.Ecosystem,
) -> None:
    answer = ecosystem.ask("sources-of", about="manz-italy")
    links = [value.link for value in answer.column("source") if isinstance(value, Iri)]
    assert links == answer.column("address")
    assert f'href="{links[0]}"' in answer._repr_html_().replace("&amp;", "&")
    members = ecosystem.ask("members-at", body="clust-er-mech", at="2020-12-31")._repr_html_()
    assert 'href="https://w3id.org/filiera/id/landi-renzo"' in members


def test_a_printed_answer_is_a_table(results: Results) -> None:
    assert str(results) == (
        "Chi         Quanti  Giorno\nÀcme & <b>  2.50    2020-07-08\n            3"
    )


def test_texts_are_what_people_read(results: Results) -> None:
    assert list(results.texts()) == [("Àcme & <b>", "2.50", "2020-07-08"), ("", "3", "")]


def test_dates_as_said_are_read_in_words(results: Results) -> None:
    said = Results(
        [Column("start", "Inizio", "edtf")],
        [("[2020-01-01..2020-07-31]",), ("2020 / 2020-07",), (None,), ("unreadable",)],
        lang="it",
    )
    assert [row[0] for row in said.texts()] == [
        "tra gennaio e luglio 2020",
        "2020 / luglio 2020",
        "",
        "unreadable",
    ]
    assert said.to_dicts()[0] == {"start": "[2020-01-01..2020-07-31]"}
    assert ">tra gennaio e luglio 2020</td>" in said._repr_html_()


def test_literals_become_python_values(ecosystem: filiera.Ecosystem) -> None:
    answer = ecosystem.query(
        PREFIXES
        + """SELECT * WHERE { VALUES (?i ?d ?f ?b ?t ?bad ?text ?tagged) {
        (7 2.50 1e0 true "2020-07-08"^^xsd:date "2020-02-31"^^xsd:date "x" "y"@it) } }"""
    )
    assert isinstance(answer, Results)
    assert dict(zip(answer.names, answer[0], strict=True)) == {
        "i": 7,
        "d": Decimal("2.5"),
        "f": 1.0,
        "b": True,
        "t": date(2020, 7, 8),
        "bad": "2020-02-31",
        "text": "x",
        "tagged": "y",
    }


def test_iris_have_labels_in_the_language_asked_for(ecosystem: filiera.Ecosystem) -> None:
    query = "SELECT ?c WHERE { VALUES ?c { <https://w3id.org/filiera/concept/relation/supplies> } }"
    labels = []
    for lang in ("it", "en"):
        answer = ecosystem.query(query, lang)
        assert isinstance(answer, Results)
        value = answer[0][0]
        assert isinstance(value, Iri)
        labels.append(value.label)
    assert labels == ["fornisce", "supplies"]


def test_a_source_without_title_is_named_by_its_publication(
    ecosystem: filiera.Ecosystem,
) -> None:
    iri = "https://w3id.org/filiera/graph/adnkronos-2022-08-landi"
    assert ecosystem.label(iri) == "Adnkronos, 2022-08"
    assert ecosystem.label("https://w3id.org/filiera/graph/editorial") == "By Filiera itself"


@pytest.mark.parametrize(
    ("fact", "it", "en"),
    [
        (
            "tie/schuler--acquired--sovema-group",
            "Schuler · ha acquisito · Sovema Group",
            "Schuler · acquired · Sovema Group",
        ),
        (
            "figure/flash-battery--revenue--2018",
            "Flash Battery · ricavi · 2018",
            "Flash Battery · revenue · 2018",
        ),
        (
            "seat/manz-italy--sasso-marconi",
            "Manz Italy · Sasso Marconi",
            "Manz Italy · Sasso Marconi",
        ),
    ],
)
def test_a_fact_is_named_by_what_it_is_about(
    ecosystem: filiera.Ecosystem, fact: str, it: str, en: str
) -> None:
    iri = f"https://w3id.org/filiera/id/{fact}"
    assert (ecosystem.label(iri, "it"), ecosystem.label(iri, "en")) == (it, en)


def test_an_iri_without_label_shows_its_last_part(ecosystem: filiera.Ecosystem) -> None:
    assert Iri("https://example.org/things#one").label == "one"
    assert ecosystem.label("https://example.org/things/two") == "two"
