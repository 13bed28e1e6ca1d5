"""Answers show themselves in the language of the graph that was asked."""

from __future__ import annotations

from typing import Any

import pytest

import filiera
from filiera.answers.spoken import Spoken, spoken


class Saying(Spoken):
    def to_dict(self, lang: str) -> dict[str, Any]:
        return {"lang": lang}

    def markdown(self, lang: str) -> str:
        return f"# {lang}\n\n##### deep\n\n<script>x</script> <https://a.example> \\<i #\n"


def test_headings_stand_below_those_of_the_notebook_and_names_are_no_html() -> None:
    assert spoken(Saying(), "it")._repr_markdown_() == (
        "### it\n\n##### deep\n\n&lt;script>x&lt;/script> <https://a.example> \\<i #\n"
    )


def test_the_language_is_no_part_of_the_answer() -> None:
    assert Saying(lang="it") == Saying(lang="en")


@pytest.mark.parametrize(
    ("lang", "titles"),
    [
        ("it", ["Vuoti della filiera", "Partner per", "Chi fa da ponte", "Qualità dei fatti"]),
        ("en", ["Gaps of the value chain", "Partners for", "Who links groups", "Quality of the"]),
    ],
)
def test_answers_speak_the_language_of_the_graph(
    ecosystem: filiera.Ecosystem, lang: str, titles: list[str]
) -> None:
    eco = filiera.Ecosystem(ecosystem.store, ecosystem.dataset, lang=lang)
    told = [
        eco.gaps("batteries"),
        eco.partners("battery management system"),
        eco.brokers(),
        eco.quality(),
    ]
    for answer, title in zip(told, titles, strict=True):
        assert answer._repr_markdown_().startswith(f"### {title}")
    for one in (eco.history(), eco.paths("landi-renzo", "unimore"), eco.show("landi-renzo")):
        assert one._repr_markdown_().startswith("### ")
        assert ("Fonti" if lang == "it" else "Sources") in one._repr_markdown_()
