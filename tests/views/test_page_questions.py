"""The questions of the page: all of them, in both languages, and small."""

from __future__ import annotations

import json
import zlib
from typing import Any

import pytest
import typer

import filiera
from filiera.answers.catalogue import Catalogue
from filiera.answers.forms import FORMS
from filiera.cli import app
from filiera.offered import ANSWERS, Offered, answer
from filiera.texts import Text
from filiera.views import page_questions as module
from filiera.views.page_questions import page_questions

BY_THEMSELVES = {("history", "body"), ("suggestions", "name")}
"""Parameters that are not needed and stand on the command line without an option."""
QUESTIONS = {entry["id"]: entry for entry in page_questions("clust-er-mech")}


def test_analyses_come_first_and_nothing_is_left_out() -> None:
    assert list(QUESTIONS)[: len(ANSWERS)] == sorted(ANSWERS, key=list(FORMS).index)
    assert set(QUESTIONS) == {*ANSWERS, *(question.name for question in Catalogue())}
    assert all(("topic" in QUESTIONS[name]) is (name not in ANSWERS) for name in QUESTIONS)


@pytest.mark.parametrize("name", ANSWERS)
def test_every_field_of_an_analysis_is_told(name: str) -> None:
    fields = {field["id"]: field for field in QUESTIONS[name]["fields"]}
    assert set(fields) == set(ANSWERS[name].parameters) == set(FORMS[name].fields)
    assert {key for key, field in fields.items() if field.get("needed")} == {*ANSWERS[name].needed}
    for key, field in FORMS[name].fields.items():
        assert field.label.it
        assert field.label.en
        alone = key in ANSWERS[name].needed or (name, key) in BY_THEMSELVES
        assert (field.option == "") is alone


def test_the_defaults_are_those_of_the_answers(ecosystem: filiera.Ecosystem) -> None:
    def told(name: str, **given: str) -> dict[str, Any]:
        return answer(ecosystem, name, given, "en")

    assert told("brokers") == told("brokers", top=FORMS["brokers"].fields["top"].default)
    assert told("quality") == told(
        "quality", stale_years=FORMS["quality"].fields["stale_years"].default
    )
    ends = {"from": "landi-renzo", "to": "unimore"}
    assert told("paths", **ends) == told("paths", **ends, k=FORMS["paths"].fields["k"].default)
    need = {"need": "battery"}
    limit = FORMS["partners"].fields["limit"].default
    assert told("partners", **need) == told("partners", **need, limit=limit)


def test_the_body_in_focus_is_the_default() -> None:
    fields = {field["id"]: field for field in QUESTIONS["members-at"]["fields"]}
    assert fields["body"]["default"] == "clust-er-mech"
    elsewhere = {entry["id"]: entry for entry in page_questions("another-body")}
    fields = {field["id"]: field for field in elsewhere["members-at"]["fields"]}
    assert fields["body"]["default"] == "another-body"
    assert fields["at"]["default"] == "2020-12-31"


def test_descriptions_are_brief() -> None:
    about = QUESTIONS["members-at"]["about"]
    assert about["en"] == (
        "Who had joined a body by a date, with no source saying that they had left before it."
    )
    assert all(entry["about"]["it"].endswith(".") for entry in QUESTIONS.values())


def test_an_analysis_without_a_form_is_listed_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    offered = Offered(Text("Prova", "Trial"), {"thing": "x"}, (), ANSWERS["history"].answering)
    monkeypatch.setattr(module, "ANSWERS", {"trial": offered})
    trial = page_questions("")[0]
    assert trial["title"] == {"it": "Prova", "en": "Trial"}
    assert trial["fields"] == [
        {"id": "thing", "label": "thing", "type": "text", "example": "x", "option": "--thing"}
    ]


def test_they_are_small() -> None:
    content = json.dumps(list(QUESTIONS.values()), ensure_ascii=False, separators=(",", ":"))
    assert len(zlib.compress(content.encode(), 9)) < 6 * 1024 + 300


@pytest.mark.parametrize("name", ANSWERS)
def test_the_options_are_those_of_the_command(name: str) -> None:
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    known = {
        option
        for parameter in group.commands[name].params
        for option in (*parameter.opts, *parameter.secondary_opts)
    }
    assert {field.option for field in FORMS[name].fields.values() if field.option} <= known
