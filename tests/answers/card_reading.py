"""What a card says, as tests read it."""

from __future__ import annotations

from filiera.answers.cards import Card, Statement


def said(card: Card, group: str, lang: str = "en") -> list[tuple[str, str, list[str]]]:
    """(text, when, ids of the sources) of the statements of a group."""
    return [
        (one.text(lang), one.when(lang), [source.id for source in one.sources])
        for one in statements(card, group)
    ]


def statements(card: Card, group: str) -> tuple[Statement, ...]:
    return next((found.statements for found in card.groups if found.id == group), ())
