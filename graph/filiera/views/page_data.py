"""The data of the network page: one JSON document in both languages.

Its shape is told in ``docs/page-data.md``. This module holds the nodes and edges with what the
panel says of them; the other parts are in ``page_*.py`` beside it.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

from filiera.answers.cards import cards
from filiera.answers.gaps import GapReader
from filiera.garbage import uncollected
from filiera.iris import local_id
from filiera.network.projection import project
from filiera.store import Store
from filiera.views.page_boards import boards
from filiera.views.page_chains import PageChains
from filiera.views.page_dataset import PageDataset
from filiera.views.page_edges import PageEdges
from filiera.views.page_history import page_history
from filiera.views.page_moments import moments
from filiera.views.page_nodes import PageNodes
from filiera.views.page_outline import page_outline
from filiera.views.page_places import PagePlaces
from filiera.views.page_questions import page_questions
from filiera.views.page_refs import Refs

__all__ = ["MOST_AT_ONCE", "MOST_WHOLE", "HasStore", "page_data"]

MOST_WHOLE = 20_000
"""Things up to which a file holds all that is said of each."""

MOST_AT_ONCE = 20_000
"""Things up to which the page opens on all, and not on their communities."""

_LATEST = 5
"""Moments of a network that is larger."""


_ORDER = (
    *("layouts", "boards", "history", "relations", "title", "subtitle", "lang", "focus"),
    *("counts", "moments", "fields", "chains", "stages", "groupTitles", "kinds", "texts"),
    *("communities", "sources", "places", "nodes", "edges"),
)
"""Parts that are alike stand side by side: so the document compresses better."""


class HasStore(Protocol):
    """An ecosystem, or whatever else holds a store."""

    @property
    def store(self) -> Store:
        """The store with the graph."""


def page_data(
    ecosystem: HasStore,
    *,
    lang: str = "it",
    today: date | None = None,
    whole: int = MOST_WHOLE,
    at_once: int = MOST_AT_ONCE,
) -> dict[str, Any]:
    """The document that the page is made of; its shape is told in ``docs/page-data.md``.

    ``lang`` is the language in which the page opens, ``today`` its last moment. A network of
    more things than ``whole`` comes without what is said of single things, with the latest
    moments alone and in the layout by forces alone; one of more than ``at_once`` is laid out by
    communities, on which the page opens.
    """
    # Looking for garbage takes a third of the time and finds next to none.
    with uncollected():
        return _Page(ecosystem.store, today or date.today()).data(lang, whole, at_once)


class _Page:
    """Gathers the parts of the document, each text and source once."""

    def __init__(self, store: Store, today: date) -> None:
        self.store = store
        self.today = today
        self.cards = cards(store)

    def data(self, lang: str, most: int, at_once: int) -> dict[str, Any]:
        """The document, without the cards where there are more than ``most`` nodes."""
        store, refs = self.store, Refs()
        dataset = PageDataset(store, self.cards.index)
        body = dataset.body
        projection = project(store)
        shown = frozenset(projection.nodes)
        whole = len(projection.nodes) <= most
        reader = GapReader(store, body, cards=self.cards)
        chains = PageChains(store, reader, shown, refs)
        places = PagePlaces(store, self.cards)
        days = moments(store, self.today)
        if not whole:
            days = days[-_LATEST:]
        nodes = PageNodes(projection, reader, chains, places, refs, whole=whole).data(
            body, self.today, at_once
        )
        edges = PageEdges(projection, self.cards, refs).data()
        document = {
            **dataset.titles(),
            "lang": lang,
            "focus": dataset.focus(shown),
            "counts": dataset.counts(len(nodes["nodes"]), len(edges["edges"])),
            "moments": [day.isoformat() for day in days],
            "boards": boards(reader, chains, days, refs) if body else [],
            "history": page_history(store, self.cards, body, days, shown, refs),
            "places": places.data(),
            "outline": page_outline(places.data()),
            "questions": page_questions(local_id(body) if body else ""),
            "cite": dataset.cite(),
            **({} if whole else {"cards": "apart"}),
            **chains.data(),
            **nodes,
            **edges,
        }
        document |= refs.data()
        return refs.settled({name: document[name] for name in (*_ORDER, *document)})
