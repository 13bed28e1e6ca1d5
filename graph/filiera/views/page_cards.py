"""What the panel of the page tells of a thing: its card, with texts and sources by number.

The cards of a small network are in the page data; those of a large one are fetched one by one.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from filiera.answers.cards import Card, Cards, Statement
from filiera.answers.index import LazyIndex
from filiera.iris import local_id
from filiera.store import Store
from filiera.texts import NOTHING
from filiera.views.page_refs import Refs, both

__all__ = ["PageCards", "page_card"]


def page_card(store: Store, iri: str) -> dict[str, Any]:
    """The card of one thing by itself, for a page whose data holds none.

    It is what a node of the page data says of its card, and ``texts``, ``groupTitles`` and
    ``sources``, which its numbers mean. A statement that names another thing gives its label as
    ``otherLabel`` too, for the page may not show that thing. Raises UnknownName where nothing is
    said of it.
    """
    refs = Refs()
    told = PageCards(None, refs).told(Cards(LazyIndex(store)).get(iri))
    return refs.settled(told | refs.data())


class PageCards:
    """Writes cards; ``shown`` are the nodes of the page, which a statement can point to.

    Where these are not known, a statement tells the label of what it points to.
    """

    def __init__(self, shown: Container[str] | None, refs: Refs) -> None:
        self._shown, self._refs = shown, refs

    def told(self, card: Card) -> dict[str, Any]:
        """What the panel shows of a node, without what is not known."""
        told: dict[str, Any] = {}
        if card.aliases:
            told["aliases"] = list(card.aliases)
        if card.kind != NOTHING:
            told["kindLabel"] = self._refs.text(card.kind)
        if card.place:
            it, en = card.place
            told["town"] = it if it == en else f"{it} ({en})"
        if card.description != NOTHING:
            told["description"] = self._refs.text(card.description)
        if card.website:
            told["website"] = card.website
        told["groups"] = [
            {
                "id": group.id,
                "title": self._refs.title(group.title),
                "statements": [self._statement(statement) for statement in group.statements],
            }
            for group in card.groups
        ]
        return told

    def _statement(self, statement: Statement) -> dict[str, Any]:
        text, other = statement.pattern, statement.other
        if other and self._shown is not None and other not in self._shown:
            text, other = text.with_other(statement.other_label), None
        told: dict[str, Any] = {
            "text": self._refs.text(text),
            "sources": self._refs.sources(statement.sources),
        }
        if statement.when != NOTHING:
            told["when"] = self._refs.text(statement.when)
        for name, said in (("note", statement.note), ("inferred", statement.inferred)):
            if said != NOTHING:
                told[name] = self._refs.text(said)
        if statement.disagrees:
            told["disagrees"] = True
        if other:
            told["other"] = local_id(other)
            if self._shown is None:
                told["otherLabel"] = both(statement.other_label)
        return told
