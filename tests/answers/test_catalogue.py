"""The catalogue: headers, parameters as typed terms, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from filiera.answers.catalogue import Catalogue, Question
from filiera.errors import DataError, ParameterError, UnknownName, UnknownQuestion

HEADER = """\
#+ title: {it: Prova, en: Trial}
#+ description: {it: Una prova., en: A trial.}
#+ parameters:
#+   - {name: at, type: date, label: {it: Data, en: Date}, default: "2020", edge: first}
#+   - {name: who, type: organisation, label: {it: Chi, en: Who}, default: acme, focus: true}
#+   - {name: n, type: integer, label: {it: Quanti, en: How many}, default: 2}
#+   - {name: word, type: text, label: {it: Parola, en: Word}}
#+ columns:
#+   - {name: x, kind: number, label: {it: X, en: X}}
"""
QUERY = """
# VALUES ?at { "a comment is left alone" }
SELECT ?x WHERE {
  VALUES ?at { "2020-01-01"^^xsd:date }
  VALUES ?who { <https://w3id.org/filiera/id/acme> }
  VALUES ?n { 2 }
  VALUES ?word { UNDEF }
  BIND(?n AS ?x)
}
"""

Ask = Callable[..., str]


@pytest.fixture
def question(tmp_path: Path) -> Question:
    (tmp_path / "trial.rq").write_text(HEADER + QUERY, encoding="utf-8")
    return Catalogue(tmp_path)["trial"]


@pytest.fixture
def bound(question: Question) -> Ask:
    def ask(focus: str = "", **given: object) -> str:
        return question.sparql(given, lambda name, kinds: f"urn:{kinds[0]}:{name}", focus=focus)

    return ask


def test_defaults_are_bound_as_terms(bound: Ask) -> None:
    text = bound()
    assert 'VALUES ?at { "2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date> }' in text
    assert "VALUES ?who { <urn:organisation:acme> }" in text
    assert "VALUES ?n { 2 }" in text
    assert "VALUES ?word { UNDEF }" in text
    assert '# VALUES ?at { "a comment is left alone" }' in text


def test_the_body_in_focus_takes_the_place_of_the_default(bound: Ask) -> None:
    assert "VALUES ?who { <urn:organisation:cluster> }" in bound(focus="cluster")
    assert "VALUES ?who { <urn:organisation:bolt> }" in bound(focus="cluster", who="bolt")


@pytest.mark.parametrize(
    ("value", "day"),
    [("2021", "2021-01-01"), ("2021-03", "2021-03-01"), (date(2021, 3, 5), "2021-03-05")],
)
def test_a_date_means_its_edge(bound: Ask, value: object, day: str) -> None:
    assert f'VALUES ?at {{ "{day}"^^' in bound(at=value)
    assert f'"{date.today()}"^^' in bound(at="today")


def test_what_is_typed_is_never_pasted(bound: Ask) -> None:
    text = bound(word='x" } DROP ALL #\\')
    assert r'VALUES ?word { "x\" } DROP ALL #\\" }' in text


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"att": "2020"}, "has no parameter “att”; it takes: at, who, n, word"),
        ({"at": "soon"}, "at='soon' is not a date such as 2020"),
        ({"at": "2020-02-31"}, "is not a date"),
        ({"n": "two"}, "n='two' is not a whole number"),
        ({"at": "[..2020]"}, "is not a date"),
    ],
)
def test_ill_formed_parameters_are_told(bound: Ask, given: dict[str, str], message: str) -> None:
    with pytest.raises(ParameterError, match=message.replace("[", r"\[")):
        bound(**given)


def test_a_required_parameter_is_asked_for(tmp_path: Path) -> None:
    header = HEADER.replace('default: "2020", edge: first', 'required: true, example: "2021"')
    (tmp_path / "trial.rq").write_text(header + QUERY, encoding="utf-8")
    with pytest.raises(ParameterError, match="needs at=…, for example at='2021'"):
        Catalogue(tmp_path)["trial"].sparql({"at": ""}, lambda name, kinds: name)


def test_a_name_that_is_not_known_names_its_parameter(question: Question) -> None:
    def nobody(name: str, kinds: object) -> str:
        raise UnknownName(f"no “{name}”")

    with pytest.raises(UnknownName, match="who: no “acme”"):
        question.sparql({"who": "acme"}, nobody)
    with pytest.raises(ParameterError, match="needs who=…; its default, acme, is not in this"):
        question.sparql({}, nobody)


def test_an_unknown_question_names_the_nearest(question: Question, tmp_path: Path) -> None:
    with pytest.raises(UnknownQuestion, match="did you mean “trial”"):
        Catalogue(tmp_path)["trail"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("#+ title: {it: Prova, en: Trial}\n", "", "title"),
        ("#+ title: {it: Prova, en: Trial}", "#+ title: {it: Prova", "header"),
        ("type: integer", "type: float", "parameter type float"),
        ("VALUES ?n { 2 }", "BIND(2 AS ?n)", r"no block VALUES \?n"),
    ],
)
def test_a_faulty_file_is_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    (tmp_path / "trial.rq").write_text((HEADER + QUERY).replace(old, new), encoding="utf-8")
    with pytest.raises(DataError, match=message):
        Catalogue(tmp_path)
