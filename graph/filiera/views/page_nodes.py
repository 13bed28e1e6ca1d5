"""The nodes of the page: what they are, where they stand in each layout, how they are linked."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from filiera.answers.cards import Card, Cards
from filiera.answers.gaps import GapReader
from filiera.answers.latest_figures import latest_figures
from filiera.answers.lifetimes import lifetime
from filiera.answers.member_times import founding_of, member_times
from filiera.iris import local_id
from filiera.network import measures
from filiera.network.attributes import members_of_focus
from filiera.network.forces import default_engine
from filiera.network.layout import layout, node_boxes
from filiera.network.projection import Projection
from filiera.network.reading import values_of
from filiera.network.simple import simple
from filiera.views.drawing import KIND_GROUPS, PROJECTS, UNKNOWN, KindGroup, group_of
from filiera.views.page_cards import PageCards
from filiera.views.page_chains import PageChains
from filiera.views.page_communities import page_communities, radii_of
from filiera.views.page_layouts import Drawn, by_chain, by_place, in_rings, written
from filiera.views.page_places import PagePlaces
from filiera.views.page_refs import Refs, both, span_data
from filiera.views.page_standing import remarks_text, state_of
from filiera.vocabulary import FIL, FOAF, ORG, SKOS, concept

__all__ = ["PageNodes"]

_FONT = 13.0
"""Size of the names of hubs, in the units of the layout."""

_LONGEST_NAME = 30
_GROUPS = (*KIND_GROUPS, PROJECTS, UNKNOWN)


class PageNodes:
    """Gathers what the page holds of each node of a projection.

    Of a network that is too large for the page to hold the ``whole``, what is said of single
    nodes is left out, and the layouts other than that by forces.
    """

    def __init__(
        self,
        projection: Projection,
        reader: GapReader,
        chains: PageChains,
        places: PagePlaces,
        refs: Refs,
        *,
        whole: bool = True,
    ) -> None:
        self._projection, self._reader, self._refs = projection, reader, refs
        self._whole = whole
        self._chains, self._places = chains, places
        self._cards: Cards = reader.cards
        card = self._cards.get if whole else self._cards.head
        self._shown: list[Card] = [card(iri) for iri in projection.nodes]
        fields = values_of(projection.store, FIL.activeIn)
        self._fields = {iri: fields[iri] for iri in projection.nodes if iri in fields}
        self._stages = values_of(projection.store, FIL.worksAtStage)
        self._employees = latest_figures(projection.store, concept("measure", "employees"))
        self._field_numbers = {
            field: number
            for number, field in enumerate(
                sorted({field for known in self._fields.values() for field in known})
            )
        }

    def data(self, body: str, today: date, at_once: int) -> dict[str, Any]:
        """Nodes, kinds, fields, communities and layouts; ``body`` is the one in focus.

        More nodes than ``at_once`` are laid out by communities.
        """
        projection = self._projection
        degrees = projection.degrees()
        radii = radii_of(degrees)
        boxes = node_boxes(radii, self._hub_names(degrees), font=_FONT)
        focus = projection.nodes.index(body) if body in projection.nodes else None
        network = simple(projection)
        communities = page_communities(projection, at_once, network)
        folded = communities.discs is not None
        positions = (
            communities.positions(projection, radii)
            if folded
            else layout(
                len(projection.nodes), projection.sources, projection.targets, boxes, focus=focus
            )
        )
        groups = [self._kind_group(card) for card in self._shown]
        counts = Counter(group.id for group in groups)
        used = [group for group in _GROUPS if counts[group.id]]
        kinds = [used.index(group) for group in groups]
        drawn = Drawn(projection.nodes, kinds, degrees.tolist(), radii, boxes, focus)
        members = members_of_focus(projection.store) or set()
        member_days = self._member_days(body)
        writer = PageCards(frozenset(projection.nodes), self._refs)
        # It would take half of the time, and tell little where hubs are inside communities.
        between = (
            np.zeros(len(projection.nodes))
            if folded
            else measures.betweenness(network, default_engine())
        )
        community = communities.of_nodes()
        points: list[tuple[float, float] | None] = []
        nodes = []
        for number, card in enumerate(self._shown):
            place, point = self._places.of(card.iri)
            points.append(point)
            node: dict[str, Any] = {
                "id": card.id,
                "label": both(card.label),
                "kind": kinds[number],
                "x": round(float(positions[number, 0])),
                "y": round(float(positions[number, 1])),
                "size": round(float(radii[number]), 1),
            }
            if card.iri in members:
                node["member"] = True
            if card.iri in member_days:
                node["memberDays"] = member_days[card.iri]
            node |= self._life(card.iri, today)
            if point:
                node["at"] = list(point)
            if place is not None:
                node["place"] = place
            others = self._places.others(card.iri)
            if others:
                node["otherPlaces"] = others
            node |= self._claims(card.iri)
            if card.iri in self._employees:
                node["employees"] = round(self._employees[card.iri])
            if between[number] >= 0.00005:
                node["betweenness"] = round(float(between[number]), 4)
            if number in community:
                node["community"] = community[number]
            node |= writer.told(card)
            if not self._whole:
                del node["groups"]
            nodes.append(node)
        return {
            "nodes": nodes,
            "kinds": [
                {
                    "id": group.id,
                    "label": both(group.label),
                    "shape": group.shape,
                    "colour": group.colour,
                    "count": counts[group.id],
                }
                for group in used
            ],
            "fields": [
                {
                    "id": local_id(field).rsplit("/", 1)[-1],
                    "label": both(self._cards.index.label(field)),
                }
                for field in self._field_numbers
            ],
            "communities": communities.data(degrees, lambda node: self._shown[node].label),
            "layouts": self._layouts(drawn, points) if self._whole else {},
        }

    def _layouts(
        self, drawn: Drawn, points: list[tuple[float, float] | None]
    ) -> dict[str, list[list[int]]]:
        stages = [self._stage_numbers(iri) for iri in self._projection.nodes]
        return {
            "chain": written(by_chain(drawn, self._chains, stages)),
            "place": written(by_place(drawn, points)),
            "circle": written(in_rings(drawn)),
        }

    def _member_days(self, body: str) -> dict[str, list[Any]]:
        """The spans in which each is or was a member of a body; none without a body."""
        founded = founding_of(self._cards.index, body)
        days: dict[str, list[Any]] = {}
        for time in member_times(self._cards.index, body) if body else ():
            days.setdefault(time.member, []).append(span_data(time.span(founded)))
        return days

    def _life(self, iri: str, today: date) -> dict[str, Any]:
        """From when to when it exists, and what marks it today."""
        told: dict[str, Any] = {}
        span = lifetime(self._cards.index, iri)
        if span:
            told["span"] = span_data(span)
        standing, firms = self._reader.view(today)
        state = state_of(standing, iri)
        if state:
            risks, notes = firms.remarks(iri)
            told["standing"] = state
            told["standingText"] = self._refs.text(remarks_text(notes, risks))
        return told

    def _claims(self, iri: str) -> dict[str, Any]:
        """The fields in which it is active and the stages at which it works."""
        told: dict[str, Any] = {}
        if iri in self._fields:
            told["fields"] = [self._field_numbers[field] for field in self._fields[iri]]
        stages = self._stage_numbers(iri)
        return told | {"stages": stages} if stages else told

    def _stage_numbers(self, iri: str) -> list[int]:
        numbers = self._chains.numbers
        return sorted(numbers[stage] for stage in self._stages.get(iri, ()) if stage in numbers)

    def _hub_names(self, degrees: NDArray[np.int64]) -> list[str]:
        """The names that have room reserved: those of the nodes with most edges."""
        hubs = set(np.argsort(-degrees, kind="stable")[: max(12, len(self._shown) // 10)].tolist())
        return [
            max(card.label, key=len)[:_LONGEST_NAME] if number in hubs and degrees[number] else ""
            for number, card in enumerate(self._shown)
        ]

    def _kind_group(self, card: Card) -> KindGroup:
        index = self._cards.index
        if FOAF.Project in index.types(card.iri):
            return PROJECTS
        return group_of(
            local_id(top)
            for kind in index.values(card.iri, ORG.classification)
            for top in self._tops(kind, frozenset())
        )

    def _tops(self, concept: str, below: frozenset[str]) -> set[str]:
        broader = [
            other
            for other in self._cards.index.values(concept, SKOS.broader)
            if other not in below and other != concept
        ]
        if not broader:
            return {concept}
        return {top for other in broader for top in self._tops(other, below | {concept})}
