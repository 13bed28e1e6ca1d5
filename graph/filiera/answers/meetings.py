"""Where organisations meet already: in projects, and in bodies so small that all sit together."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from filiera.network.pairs import TOO_MANY, shared
from filiera.network.projection import Projection
from filiera.network.reading import select
from filiera.network.simple import Simple
from filiera.store import Store
from filiera.vocabulary import FIL, RDF, concept

__all__ = ["LARGEST", "Meetings"]

LARGEST = 30
"""In a body with more links, or more stated members, than this not everybody meets everybody."""

_SEATS = frozenset(
    concept("relation", slug)
    for slug in (
        "controls",
        "founded",
        "invested-in",
        "laboratory-of",
        "part-of",
        "represented-on-board-of",
    )
)
"""Ties by which an organisation has a seat in another one, or is a part of it."""


class Meetings:
    """Which organisations were ever, by the date of a network, in one project or small body.

    They may have been there at different times: most facts have no date of their end.
    """

    def __init__(self, store: Store, begun: Projection, network: Simple, body: str) -> None:
        """Read where everybody sits.

        begun: the facts that had begun by the date. network: the same ones, simple. body: the
        cluster in focus, which is no reason.
        """
        self.links = network.degrees()
        self._there: defaultdict[int, defaultdict[int, list[int]]] = defaultdict(
            lambda: defaultdict(list)
        )
        stated = _stated(store)
        rows: set[tuple[int, int]] = set()
        ends = zip(
            begun.sources.tolist(), begun.targets.tolist(), begun.kinds.tolist(), strict=True
        )
        for edge, (inner, via, kind) in enumerate(ends):
            relation, node = begun.relations[kind], begun.nodes[via]
            if inner == via or node == body:
                continue
            if relation.family == "tie" and relation.iri not in _SEATS:
                continue
            largest = TOO_MANY if relation.family == "participation" else LARGEST
            if max(float(self.links[via]), stated.get(node, 0)) > largest:
                continue
            self._there[inner][via].append(edge)
            rows.add((via, inner))
        table = np.array(sorted(rows), dtype=np.int64).reshape(-1, 2)
        self.keys: NDArray[np.int64] = shared(table[:, 0], table[:, 1], len(begun.nodes)).keys
        """Pairs that meet, sorted."""

    def places(self, one: int, other: int) -> dict[int, dict[int, list[int]]]:
        """Where two meet, the smallest first, with the edges of ``begun`` of each of the two."""
        if one not in self._there or other not in self._there:
            return {}
        here, there = self._there[one], self._there[other]
        common = sorted(here.keys() & there.keys(), key=lambda via: (self.links[via], via))
        return {via: {one: here[via], other: there[via]} for via in common}


def _stated(store: Store) -> dict[str, float]:
    """The largest number of members that a source states of each body, forecasts apart."""
    rows = select(
        store,
        f"SELECT ?body (MAX(?value) AS ?most) {{ ?figure <{RDF.type}> <{FIL.Figure}> ;"
        f" <{FIL.measure}> <{concept('measure', 'members')}> ; <{FIL.subject}> ?body ;"
        f" <{FIL.value}> ?value MINUS {{ ?figure <{FIL.nature}> ?nature }} }} GROUP BY ?body",
    )
    return {body.value: float(most.value) for body, most in rows}
