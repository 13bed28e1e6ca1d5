"""A card as text to read, as Markdown, and as data."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from filiera.answers.dates import date_text
from filiera.texts import NOTHING, Text

if TYPE_CHECKING:
    from filiera.answers.cards import Card, SourceRef, Statement

__all__ = ["MARK", "card_data", "card_markdown", "card_text"]

_WORDS = {
    "also": {"it": "anche", "en": "also"},
    "sources": {"it": "Fonti", "en": "Sources"},
    "disagree": {"it": "le fonti non concordano", "en": "sources disagree"},
    "note": {"it": "nota", "en": "note"},
    "inferred": {"it": "dedotto", "en": "inferred"},
    "undated": {"it": "senza data", "en": "undated"},
}
MARK = "≠"
"""Stands at statements on which sources disagree."""

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


def card_text(card: Card, lang: str, width: int | None = None) -> str:
    """The card to read: groups of statements, each with its date and its numbered sources.

    Statements on which sources disagree stand side by side, marked ``≠``. ``width`` is that
    of the terminal; without one nothing wraps.
    """
    numbers = _numbered(card)
    lines = [card.label(lang), *_under_the_name(card, lang)]
    if card.description(lang):
        lines += ["", card.description(lang)]
    filled = [_filled(line, width, "") for line in lines]
    for group in card.groups:
        filled += ["", group.title(lang).upper()]
        for statement in group.statements:
            mark = MARK if statement.disagrees else " "
            cited = "".join(f"[{numbers[source.iri]}]" for source in statement.sources)
            filled.append(_filled(f"{mark} {_sentence(statement, lang)} {cited}".rstrip(), width))
            filled += [
                _filled(f"      {remark}", width, " " * 8) for remark in _remarks(statement, lang)
            ]
    if any(statement.disagrees for statement in _statements(card)):
        filled += ["", f"{MARK} {_WORDS['disagree'][lang]}"]
    filled += ["", _WORDS["sources"][lang].upper()]
    for source, number in zip(_sources(card), numbers.values(), strict=True):
        filled.append(_filled(f"[{number}] {_reference(source, lang)}", width))
        if source.url:
            filled.append(f"    {source.url}")
    return "".join(f"{line}\n" for line in filled)


def card_markdown(card: Card, lang: str) -> str:
    """The card as Markdown, the sources as links."""
    numbers = _numbered(card)
    lines = [f"# {_escaped(card.label(lang))}", ""]
    lines += [f"{_escaped(line)}  " for line in _under_the_name(card, lang)]
    if card.description(lang):
        lines += ["", _escaped(card.description(lang))]
    for group in card.groups:
        lines += ["", f"## {_escaped(group.title(lang))}", ""]
        for statement in group.statements:
            mark = f"**{MARK}** " if statement.disagrees else ""
            cited = " ".join(_link(numbers[source.iri], source) for source in statement.sources)
            lines.append(f"- {mark}{_escaped(_sentence(statement, lang))} {cited}".rstrip())
            lines += [f"  - {_escaped(remark)}" for remark in _remarks(statement, lang)]
    if any(statement.disagrees for statement in _statements(card)):
        lines += ["", f"**{MARK}** {_WORDS['disagree'][lang]}"]
    lines += ["", f"## {_WORDS['sources'][lang]}", ""]
    for source, number in zip(_sources(card), numbers.values(), strict=True):
        address = f" <{source.url}>" if source.url else ""
        lines.append(f"{number}. {_escaped(_reference(source, lang))}{address}")
    return "".join(f"{line}\n" for line in lines)


def card_data(card: Card, lang: str) -> dict[str, Any]:
    """The card as plain data, for JSON: groups of statements, and the sources that they name."""
    return {
        "iri": card.iri,
        "id": card.id,
        "label": card.label(lang),
        "kind": card.kind(lang),
        "aliases": list(card.aliases),
        "place": card.place(lang) if card.place else None,
        "website": card.website or None,
        "description": card.description(lang) or None,
        "groups": [
            {
                "id": group.id,
                "title": group.title(lang),
                "statements": [
                    {
                        "text": statement.text(lang),
                        "when": statement.when(lang) or None,
                        "disagrees": statement.disagrees,
                        "other": statement.other,
                        "note": statement.note(lang) or None,
                        "inferred": statement.inferred(lang) or None,
                        "sources": [source.iri for source in statement.sources],
                    }
                    for statement in group.statements
                ],
            }
            for group in card.groups
        ],
        "sources": [
            {
                "iri": source.iri,
                "id": source.id,
                "title": source.title,
                "publisher": source.publisher or None,
                "published": source.published or None,
                "url": source.url or None,
                "language": source.language or None,
            }
            for source in _sources(card)
        ],
    }


def _under_the_name(card: Card, lang: str) -> Iterator[str]:
    facts = (card.kind(lang), card.place(lang) if card.place else "", card.id, card.website)
    yield " · ".join(fact for fact in facts if fact)
    if card.aliases:
        yield f"{_WORDS['also'][lang]}: {', '.join(card.aliases)}"


def _statements(card: Card) -> Iterator[Statement]:
    for group in card.groups:
        yield from group.statements


def _sources(card: Card) -> list[SourceRef]:
    """Sources in the order in which the card first names them."""
    found = {source.iri: source for said in _statements(card) for source in said.sources}
    return list(found.values())


def _numbered(card: Card) -> dict[str, int]:
    return {source.iri: number for number, source in enumerate(_sources(card), 1)}


def _sentence(statement: Statement, lang: str) -> str:
    when = statement.when(lang)
    return f"{statement.text(lang)}, {when}" if when else statement.text(lang)


def _remarks(statement: Statement, lang: str) -> Iterator[str]:
    for name in ("note", "inferred"):
        remark: Text = getattr(statement, name)
        if remark != NOTHING:
            yield f"{_WORDS[name][lang]}: {remark(lang)}"


def _reference(source: SourceRef, lang: str) -> str:
    published = date_text(lang, source.published) if source.published else _WORDS["undated"][lang]
    title = f"“{source.title}”" if source.title else source.id
    return ", ".join(part for part in (source.publisher, title, published) if part)


def _link(number: int, source: SourceRef) -> str:
    return f"[[{number}]](<{source.url}>)" if source.url else f"[{number}]"


def _filled(line: str, width: int | None, indent: str = "    ") -> str:
    if width is None:
        return line
    return textwrap.fill(
        line,
        width,
        subsequent_indent=indent,
        drop_whitespace=True,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
