"""A card as a table."""

from __future__ import annotations

from filiera.answers.card_told import MARK
from filiera.answers.cards import Card
from filiera.results import Column, Iri, Results

__all__ = ["card_table"]

_COLUMNS = {
    "group": ("text", {"it": "Argomento", "en": "Subject"}),
    "statement": ("text", {"it": "Affermazione", "en": "Statement"}),
    "when": ("text", {"it": "Quando", "en": "When"}),
    "disagrees": ("text", {"it": "Discordanza", "en": "Disagrees"}),
    "source": ("thing", {"it": "Fonte", "en": "Source"}),
    "publisher": ("text", {"it": "Editore", "en": "Publisher"}),
    "published": ("text", {"it": "Data", "en": "Published"}),
    "address": ("text", {"it": "Indirizzo", "en": "Address"}),
    "note": ("text", {"it": "Nota", "en": "Note"}),
    "inferred": ("text", {"it": "Dedotto", "en": "Inferred"}),
}


def card_table(card: Card, lang: str) -> Results:
    """One row for each statement and source of it."""
    rows = [
        (
            group.title(lang),
            statement.text(lang),
            statement.when(lang) or None,
            MARK if statement.disagrees else None,
            Iri(source.iri, source.title),
            source.publisher or None,
            source.published or None,
            source.url or None,
            statement.note(lang) or None,
            statement.inferred(lang) or None,
        )
        for group in card.groups
        for statement in group.statements
        for source in statement.sources
    ]
    columns = [Column(name, title[lang], kind) for name, (kind, title) in _COLUMNS.items()]
    return Results(columns, list(rows), card.label(lang), lang)
