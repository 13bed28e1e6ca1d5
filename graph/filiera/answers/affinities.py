"""What brings two organisations together besides ties: stages, fields, nearness.

Read from capability claims, field claims and seats alone, so no tie is known here, not even
through what follows from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from filiera.answers.index import Index
from filiera.answers.nearness import HALF_KM, Nearness, distances
from filiera.network.pairs import Shared, Valued, keys_of, shared
from filiera.network.reading import select
from filiera.store import Store
from filiera.vocabulary import FIL, RDF

__all__ = ["Affinities", "Joint", "StageLink"]

Keys = NDArray[np.int64]
Scores = NDArray[np.float64]

_FEEDS, _PRECEDES = 1.0, 0.5


@dataclass(frozen=True)
class StageLink:
    """A stage that feeds another, or, where ``value`` is 0.5, a part of one a part of the other."""

    earlier: str
    later: str
    value: float


@dataclass(frozen=True)
class Joint:
    """A link between stages at which ``giver`` and ``taker`` work, by these claims."""

    link: StageLink
    giver: str
    taker: str
    claims: tuple[str, ...]


class Affinities:
    """Stages, fields and seats of the organisations among some nodes, read once."""

    def __init__(self, store: Store, index: Index, nodes: list[str]) -> None:
        self._store = store
        self._nodes = nodes
        self._places = {node: place for place, node in enumerate(nodes)}
        self._nearness = Nearness(store, index)
        self._stages = self._claimed(FIL.CapabilityClaim, FIL.stage)
        self._fields = self._claimed(FIL.FieldClaim, FIL.field)

    # Stages ---------------------------------------------------------------------------------

    def stages(self, chain: str = "") -> Valued:
        """Pairs at neighbouring stages, of a chain if one is given: 1 where the one stage feeds
        the other, a half where only parts of them do.

        Two that both work at both stages do not need each other there.
        """
        found: list[Keys] = []
        values: list[Scores] = []
        for link in self._links:
            if chain and self._chains.get(link.earlier) != chain:
                continue
            givers, takers = (self._at[stage] for stage in (link.earlier, link.later))
            both = np.isin(givers, takers)[:, None] & np.isin(takers, givers)
            one, other = np.nonzero(~both & (givers[:, None] != takers))
            found.append(keys_of(givers[one], takers[other], len(self._nodes)))
            values.append(np.full(len(one), link.value))
        if not found:
            return Valued(np.empty(0, np.int64), np.empty(0))
        keys, value = np.concatenate(found), np.concatenate(values)
        order = np.lexsort((-value, keys))
        keys, first = np.unique(keys[order], return_index=True)
        return Valued(keys, value[order][first])

    def claims(self, organisation: str) -> list[str]:
        """The capability claims of an organisation, at whatever stage."""
        stages = self._stages.get(organisation, {})
        return [claim for claims in stages.values() for claim in claims]

    def joints(self, one: str, other: str, chain: str = "") -> list[Joint]:
        """The links between the stages of two organisations, direct ones first."""
        found = []
        for giver, taker in ((one, other), (other, one)):
            here, there = self._stages.get(giver, {}), self._stages.get(taker, {})
            for link in self._links:
                if chain and self._chains.get(link.earlier) != chain:
                    continue
                both = link.later in here and link.earlier in there
                if link.earlier in here and link.later in there and not both:
                    claims = (*here[link.earlier], *there[link.later])
                    found.append(Joint(link, giver, taker, claims))
        return sorted(found, key=lambda joint: -joint.link.value)

    @cached_property
    def _links(self) -> list[StageLink]:
        feeds, precedes = (
            {(one.value, other.value) for one, other in self._pairs(term)}
            for term in (FIL.feeds, FIL.precedes)
        )
        valued = dict.fromkeys(precedes, _PRECEDES) | dict.fromkeys(feeds, _FEEDS)
        return [
            StageLink(earlier, later, value)
            for (earlier, later), value in sorted(valued.items())
            if earlier in self._at and later in self._at and earlier != later
        ]

    @cached_property
    def _chains(self) -> dict[str, str]:
        return {stage.value: chain.value for stage, chain in self._pairs(FIL.stageOf)}

    @cached_property
    def _at(self) -> dict[str, NDArray[np.int64]]:
        there: defaultdict[str, set[int]] = defaultdict(set)
        for organisation, stages in self._stages.items():
            for stage in stages:
                there[stage].add(self._places[organisation])
        return {stage: np.array(sorted(places)) for stage, places in there.items()}

    # Fields ---------------------------------------------------------------------------------

    def fields(self, keys: Keys) -> Scores:
        """What pairs share in fields, each counted 1 / ln of who is active in it."""
        common = self._common_fields
        return Valued(common.keys, common.adamic_adar).of(keys)

    def common_fields(self, one: str, other: str) -> dict[str, tuple[str, ...]]:
        """Fields of both organisations, those with fewest others first, with the claims."""
        here, there = self._fields.get(one, {}), self._fields.get(other, {})
        active = self._active
        chosen = sorted(here.keys() & there.keys(), key=lambda field: (active[field], field))
        return {field: (*here[field], *there[field]) for field in chosen}

    @cached_property
    def _active(self) -> dict[str, int]:
        counts: defaultdict[str, int] = defaultdict(int)
        for fields in self._fields.values():
            for field in fields:
                counts[field] += 1
        return counts

    @cached_property
    def _common_fields(self) -> Shared:
        numbers = {field: number for number, field in enumerate(sorted(self._active))}
        rows = [
            (numbers[field], self._places[organisation])
            for organisation, fields in self._fields.items()
            for field in fields
        ]
        table = np.array(rows, dtype=np.int64).reshape(-1, 2)
        return shared(table[:, 0], table[:, 1], len(self._nodes))

    # Nearness -------------------------------------------------------------------------------

    def near(self, keys: Keys) -> Scores:
        """1 / (1 + km / 50) between the nearest seats of pairs; 0 where a seat is not known."""
        towns, apart = self._towns
        one, other = np.divmod(keys, len(self._nodes))
        least = np.full(len(keys), np.inf)
        for here in range(towns.shape[1]):
            for there in range(towns.shape[1]):
                start, end = towns[one, here], towns[other, there]
                known = np.flatnonzero((start >= 0) & (end >= 0))
                least[known] = np.minimum(least[known], apart[start[known], end[known]])
        nearness: Scores = 1 / (1 + least / HALF_KM)
        return nearness

    def seats(self, one: str, other: str) -> tuple[float, tuple[str, str], tuple[str, str]] | None:
        """Kilometres between the nearest seats of two, with both (seat, place)."""
        return min(
            (
                (nearest[0], (nearest[1], nearest[2]), (seat, place))
                for seat, place, point in self._nearness.seats(other)
                if (nearest := self._nearness.nearest(one, [point]))
            ),
            default=None,
        )

    @cached_property
    def _towns(self) -> tuple[NDArray[np.int64], Scores]:
        """Towns of each node, -1 for none, shape (nodes, most seats); kilometres between towns."""
        numbers: dict[tuple[float, float], int] = {}
        of_node = [
            sorted({numbers.setdefault(point, len(numbers)) for _, _, point in seats})
            for seats in map(self._nearness.seats, self._nodes)
        ]
        towns = np.full((len(self._nodes), max(map(len, of_node), default=0)), -1)
        for place, known in enumerate(of_node):
            towns[place, : len(known)] = known
        return towns, distances(list(numbers))

    # Reading --------------------------------------------------------------------------------

    def _claimed(self, of_class: str, of_what: str) -> dict[str, dict[str, list[str]]]:
        """What each organisation claims, with the claims."""
        rows = select(
            self._store,
            f"SELECT ?who ?what ?claim {{ ?claim <{RDF.type}> <{of_class}> ;"
            f" <{FIL.subject}> ?who ; <{of_what}> ?what }}",
        )
        found: dict[str, dict[str, list[str]]] = {}
        for who, what, claim in sorted(tuple(term.value for term in row) for row in rows):
            if who in self._places:
                found.setdefault(who, {}).setdefault(what, []).append(claim)
        return found

    def _pairs(self, term: str) -> Iterable[tuple[Any, ...]]:
        return select(self._store, f"SELECT ?s ?o {{ ?s <{term}> ?o }}")
