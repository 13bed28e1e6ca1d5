"""The data of the network page: one JSON document in both languages.

Its shape is told in ``docs/page-data.md``. This module holds the nodes and edges with what the
panel says of them; the other parts are in ``page_*.py`` beside it.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Protocol

from filiera.answers.cards import cards
from filiera.answers.gaps import GapReader
from filiera.iris import local_id
from filiera.network.projection import project
from filiera.network.reading import select
from filiera.store import Store
from filiera.texts import NOTHING, Text
from filiera.views.card_citation import licence_name
from filiera.views.page_boards import boards
from filiera.views.page_chains import PageChains
from filiera.views.page_edges import PageEdges
from filiera.views.page_history import page_history
from filiera.views.page_moments import moments
from filiera.views.page_nodes import PageNodes
from filiera.views.page_outline import page_outline
from filiera.views.page_places import PagePlaces
from filiera.views.page_questions import page_questions
from filiera.views.page_refs import Refs, both
from filiera.vocabulary import DCAT, DCTERMS, FIL, RDFS, VOID

__all__ = ["MOST_WHOLE", "HasStore", "page_data"]

MOST_WHOLE = 20_000
"""Things up to which a file holds all that is said of each."""

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
) -> dict[str, Any]:
    """The document that the page is made of; its shape is told in ``docs/page-data.md``.

    ``lang`` is the language in which the page opens, ``today`` its last moment. A network of
    more things than ``whole`` comes without what is said of single things, with the latest
    moments alone and in the layout by forces alone.
    """
    with _uncollected():
        return _Page(ecosystem.store, today or date.today()).data(lang, whole)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for garbage, which takes a third of the time and finds next to none."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class _Page:
    """Gathers the parts of the document, each text and source once."""

    def __init__(self, store: Store, today: date) -> None:
        self.store = store
        self.today = today
        self.cards = cards(store)

    def data(self, lang: str, most: int) -> dict[str, Any]:
        """The document, without the cards where there are more than ``most`` nodes."""
        store, refs = self.store, Refs()
        title, description, body = self._dataset()
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
            body, self.today
        )
        edges = PageEdges(projection, self.cards, refs).data()
        document = {
            "title": both(title),
            "subtitle": both(Text(*map(_first_sentence, description))),
            "lang": lang,
            "focus": local_id(body) if body in shown else None,
            "counts": {
                "nodes": len(nodes["nodes"]),
                "edges": len(edges["edges"]),
                "sources": self._count(f"?x a <{FIL.Source}>"),
                "facts": self._count(f"?class <{RDFS.subClassOf}> <{FIL.Fact}> . ?x a ?class"),
            },
            "moments": [day.isoformat() for day in days],
            "boards": boards(reader, chains, days, refs) if body else [],
            "history": page_history(store, self.cards, body, days, shown, refs),
            "places": places.data(),
            "outline": page_outline(places.data()),
            "questions": page_questions(local_id(body) if body else ""),
            "cite": self._cite(),
            **({} if whole else {"cards": "apart"}),
            **chains.data(),
            **nodes,
            **edges,
        }
        document |= refs.data()
        return refs.settled({name: document[name] for name in (*_ORDER, *document)})

    # The data set --------------------------------------------------------------------------

    def _dataset(self) -> tuple[Text, Text, str]:
        """Title, description and the IRI of the body in focus, empty if there is none."""
        index = self.cards.index
        found = select(self.store, f"SELECT ?d {{ ?d a <{DCAT.Dataset}> }} ORDER BY ?d LIMIT 1")
        for (dataset,) in found:
            name = dataset.value
            bodies = index.values(name, DCTERMS.subject)
            return (
                index.text(name, DCTERMS.title) or NOTHING,
                index.text(name, DCTERMS.description) or NOTHING,
                bodies[0] if bodies else "",
            )
        return NOTHING, NOTHING, ""

    def _cite(self) -> dict[str, str]:
        """What a citation names besides the thing: base of the IRIs, publisher, day, licence."""
        index = self.cards.index
        found = select(self.store, f"SELECT ?d {{ ?d a <{DCAT.Dataset}> }} ORDER BY ?d LIMIT 1")
        name = next((dataset.value for (dataset,) in found), "")
        told = {
            "base": index.values(name, VOID.uriSpace),
            "publisher": [index.label(iri).it for iri in index.values(name, DCTERMS.publisher)],
            "collected": index.values(name, DCTERMS.modified),
            "licence": [licence_name(iri) for iri in index.values(name, DCTERMS.license)],
        }
        return {name: values[0] for name, values in told.items() if values}

    def _count(self, pattern: str) -> int:
        query = f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}"
        return next(int(count.value) for (count,) in select(self.store, query))


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?])\s", text.strip(), maxsplit=1)[0]
