"""The questions of the page: the catalogue and the analyses as forms, in both languages.

Told in brief, so that a page without a server can list them and say how they are asked; the
whole descriptions come with the answers.
"""

from __future__ import annotations

import re
from typing import Any

from filiera.answers.catalogue import Catalogue, Parameter
from filiera.answers.forms import FORMS, Field, Form
from filiera.offered import ANSWERS, Offered
from filiera.texts import Text
from filiera.views.page_refs import both

__all__ = ["page_questions"]


def page_questions(body: str) -> list[dict[str, Any]]:
    """The analyses, then the questions of the catalogue; ``body`` is the id of the one in focus.

    Each with its fields; ``docs/page-data.md`` tells the shape.
    """
    names = sorted(ANSWERS, key=[*FORMS, *ANSWERS].index)
    analyses = [_analysis(name, ANSWERS[name], body) for name in names]
    return analyses + [
        _lean(
            {
                "id": question.name,
                "title": _both(question.title),
                "about": _brief(question.description),
                "topic": question.topic,
                "drawing": question.drawing,
                "fields": [_parameter(parameter, body) for parameter in question.parameters],
            }
        )
        for question in Catalogue()
    ]


def _analysis(name: str, offered: Offered, body: str) -> dict[str, Any]:
    form = FORMS.get(name, Form())
    return _lean(
        {
            "id": name,
            "title": both(offered.title),
            "about": both(form.about),
            "fields": [
                _field(key, form.fields.get(key), offered, body)
                for key in sorted(offered.parameters, key=[*form.fields, *offered.parameters].index)
            ],
        }
    )


def _field(key: str, field: Field | None, offered: Offered, body: str) -> dict[str, Any]:
    known = field or Field(Text(key, key), option=f"--{key}")
    default = body if known.focus else known.default
    return _lean(
        {
            "id": key,
            "label": both(known.label),
            "type": known.type,
            "default": default,
            "example": _example(offered.parameters[key], known.type, default),
            "needed": key in offered.needed,
            "option": known.option,
        }
    )


def _parameter(parameter: Parameter, body: str) -> dict[str, Any]:
    default = body if parameter.focus and body else parameter.default
    return _lean(
        {
            "id": parameter.name,
            "label": _both(parameter.label),
            "type": parameter.type,
            "default": default,
            "example": _example(parameter.example, parameter.type, default),
            "needed": parameter.required and default is None,
        }
    )


def _example(example: str, kind: str, default: str | None) -> str:
    """An example where the page needs one: what may be suggested, or is a date, needs none."""
    return "" if default or kind in ("date", "organisation", "thing") else example


def _lean(entry: dict[str, Any]) -> dict[str, Any]:
    """Without what there is nothing to say of."""
    return {key: value for key, value in entry.items() if value not in (None, "", [], False)}


def _both(texts: Any) -> Any:
    return both(Text(texts["it"], texts["en"]))


def _brief(texts: Any) -> Any:
    """What comes before the first full stop, colon or semicolon."""
    return _both({lang: re.split(r"[.:;](?=\s|$)", text)[0] + "." for lang, text in texts.items()})
