"""What the page says of the data set as a whole."""

from __future__ import annotations

import re
from typing import Any

from filiera.answers.index import Index
from filiera.iris import local_id
from filiera.network.reading import select
from filiera.store import Store
from filiera.texts import NOTHING, Text
from filiera.views.card_citation import licence_name
from filiera.views.page_refs import both
from filiera.vocabulary import DCAT, DCTERMS, FIL, RDFS, VOID

__all__ = ["PageDataset"]


class PageDataset:
    """Title, subtitle, body in focus, counts and citation, read out of a store."""

    def __init__(self, store: Store, index: Index) -> None:
        self._store, self._index = store, index
        found = select(store, f"SELECT ?d {{ ?d a <{DCAT.Dataset}> }} ORDER BY ?d LIMIT 1")
        self._name = next((dataset.value for (dataset,) in found), "")

    @property
    def body(self) -> str:
        """IRI of the body in focus, empty if there is none."""
        return next(iter(self._index.values(self._name, DCTERMS.subject)), "")

    def titles(self) -> dict[str, Any]:
        """Title, and the first sentence of the description."""
        title = self._index.text(self._name, DCTERMS.title) or NOTHING
        description = self._index.text(self._name, DCTERMS.description) or NOTHING
        first = Text(
            *(re.split(r"(?<=[.!?])\s", text.strip(), maxsplit=1)[0] for text in description)
        )
        return {"title": both(title), "subtitle": both(first)}

    def counts(self, nodes: int, edges: int) -> dict[str, int]:
        """How many nodes, edges, sources and facts there are."""
        return {
            "nodes": nodes,
            "edges": edges,
            "sources": self._count(f"?x a <{FIL.Source}>"),
            "facts": self._count(f"?class <{RDFS.subClassOf}> <{FIL.Fact}> . ?x a ?class"),
        }

    def cite(self) -> dict[str, str]:
        """What a citation names besides the thing: base of the IRIs, publisher, day, licence."""
        index, name = self._index, self._name
        told = {
            "base": index.values(name, VOID.uriSpace),
            "publisher": [index.label(iri).it for iri in index.values(name, DCTERMS.publisher)],
            "collected": index.values(name, DCTERMS.modified),
            "licence": [licence_name(iri) for iri in index.values(name, DCTERMS.license)],
        }
        return {key: values[0] for key, values in told.items() if values}

    def focus(self, shown: frozenset[str]) -> str | None:
        """The id of the body in focus, where it is one of the nodes shown."""
        return local_id(self.body) if self.body in shown else None

    def _count(self, pattern: str) -> int:
        query = f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}"
        return next(int(count.value) for (count,) in select(self._store, query))
