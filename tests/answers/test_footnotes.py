"""Marks of the sources behind a sentence, and the list that they number."""

from __future__ import annotations

from filiera.answers.cards import SourceRef
from filiera.answers.evidence import Evidence, Footnotes


def _said_by(*names: str) -> Evidence:
    return Evidence(
        "https://example.org/fact",
        tuple(
            SourceRef(f"https://example.org/{name}", name, "", "", "", "", "it") for name in names
        ),
    )


def test_sources_are_numbered_as_they_are_cited() -> None:
    notes = Footnotes("en")
    assert notes.cite(_said_by("a", "b")) == " [1] [2]"
    assert notes.cite(_said_by("c"), _said_by("a")) == " [1] [3]"
    assert notes.cite() == ""
    assert notes.markdown() == "## Sources\n\n1. a.\n2. b.\n3. c.\n"


def test_of_many_sources_a_few_are_cited_and_the_others_counted() -> None:
    for lang, more in (("it", "e altre 3"), ("en", "and 3 more")):
        notes = Footnotes(lang)
        assert notes.cite(_said_by("a", "b", "c", "d")) == " [1] [2] [3] [4]"
        assert notes.cite(_said_by("e", "f", "g", "h", "d", "b")) == f" [2] [4] [5] {more}"
        assert notes.markdown().splitlines()[2:] == ["1. a.", "2. b.", "3. c.", "4. d.", "5. e."]
