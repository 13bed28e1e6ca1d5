"""Why two organisations should know each other, in sentences with their evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from filiera.answers.affinities import Affinities, Joint
from filiera.answers.cards import Cards
from filiera.answers.edges import Link, Links
from filiera.answers.evidence import Evidence
from filiera.answers.firms import Firms
from filiera.answers.meetings import Meetings
from filiera.answers.numbers import number_text
from filiera.answers.partner_model import Reason
from filiera.network.projection import Projection
from filiera.network.simple import Simple
from filiera.texts import Text
from filiera.vocabulary import FIL

__all__ = ["Reasons"]

_SHOWN = 3
"""Reasons of a kind that are told each by itself; the others are named in one sentence."""

_FEEDS = Text(
    "{giver} lavora a “{earlier}”, che alimenta “{later}”, dove lavora {taker}",
    "{giver} works at “{earlier}”, which feeds “{later}”, where {taker} works",
)
_PRECEDES = Text(
    "{giver} lavora a “{earlier}”, che in parte alimenta “{later}”, dove lavora {taker}",
    "{giver} works at “{earlier}”, which in part feeds “{later}”, where {taker} works",
)
_COMMON = Text(
    "in comune {via}, che ha {links} legami: {said}",
    "in common {via}, which has {links} links: {said}",
)
_MORE = Text("in comune anche: {names}", "also in common: {names}")
_MEET = Text(
    "si sono già incontrate in {via}, che ha {links} legami: {said}",
    "have met already in {via}, which has {links} links: {said}",
)
_MEET_MORE = Text("si sono incontrate anche in: {names}", "have met also in: {names}")
_FIELDS = Text("settori e temi in comune: {names}", "common fields: {names}")
_NEAR = Text("sedi a {km} km: {one} e {other}", "seats {km} km apart: {one} and {other}")
_SAME_TOWN = Text("sedi nello stesso luogo: {one}", "seats in the same place: {one}")


class Reasons:
    """Tells the parts of the score of pairs of places of a network."""

    def __init__(
        self,
        cards: Cards,
        firms: Firms,
        affinities: Affinities,
        projection: Projection,
        network: Simple,
        meetings: Meetings,
        begun: Projection,
    ) -> None:
        self._cards = cards
        self._firms = firms
        self._affinities = affinities
        self._links = Links(cards, projection)
        self._meetings = meetings
        self._begun = Links(cards, begun)
        self._nodes = network.nodes
        self._degrees = network.degrees()
        self._joined: dict[int, dict[int, list[int]]] = {}
        ends = network.pairs.tolist()
        for (one, other), edges in zip(ends, network.edges, strict=True):
            self._joined.setdefault(one, {})[other] = edges
            self._joined.setdefault(other, {})[one] = edges

    def of(self, one: int, other: int, chain: str) -> tuple[float | None, tuple[Reason, ...]]:
        """Kilometres between two places of the network, and all reasons.

        First where they meet already, then stages.
        """
        here, there = self._nodes[one], self._nodes[other]
        joints = self._affinities.joints(here, there, chain)
        meet = self._meetings.places(one, other)
        degrees = self._meetings.links
        reasons = [*self._told("met", meet, degrees, self._begun, _MEET, _MEET_MORE)]
        reasons += [self._joint(joint) for joint in joints[:_SHOWN]]
        reasons += self._common(one, other, meet)
        fields = self._affinities.common_fields(here, there)
        if fields:
            claims = [claim for facts in fields.values() for claim in facts]
            text = _FIELDS.put(names=self._listed(list(fields)))
            reasons.append(Reason("fields", text, self._firms.evidence(claims)))
        seats = self._affinities.seats(here, there)
        if seats is None:
            return None, tuple(reasons)
        kilometres, (seat, place), (other_seat, other_place) = seats
        rounded = Decimal(f"{kilometres:.1f}")
        text = (_SAME_TOWN if place == other_place else _NEAR).put(
            km=Text(*(number_text(rounded, lang) for lang in ("it", "en"))),
            one=self._label(place),
            other=self._label(other_place),
        )
        evidence = self._firms.evidence([seat, other_seat])
        reasons.append(Reason("near", text, evidence))
        return kilometres, tuple(reasons)

    def _joint(self, joint: Joint) -> Reason:
        link = joint.link
        text = (_FEEDS if link.value == 1 else _PRECEDES).put(
            giver=self._label(joint.giver),
            taker=self._label(joint.taker),
            earlier=self._label(link.earlier),
            later=self._label(link.later),
        )
        said = self._cards.index.properties(link.earlier).get(FIL.feeds, ())
        sources = self._cards.sources(one.source for one in said if one.value == link.later)
        stage = (Evidence(link.earlier, sources),) if sources else ()
        return Reason("stages", text, (*self._firms.evidence(joint.claims), *stage))

    def _common(self, one: int, other: int, told: Collection[int]) -> Iterator[Reason]:
        """What else the two have in common in the network."""
        here, there = self._joined.get(one, {}), self._joined.get(other, {})
        shared = (here.keys() & there.keys()) - set(told)
        vias = sorted(shared, key=lambda via: (self._degrees[via], via))
        places = {via: {one: here[via], other: there[via]} for via in vias}
        return self._told("common", places, self._degrees, self._links, _COMMON, _MORE)

    def _told(
        self,
        part: str,
        places: Mapping[int, Mapping[int, list[int]]],
        degrees: NDArray[np.int64],
        links: Links,
        each: Text,
        others: Text,
    ) -> Iterator[Reason]:
        """Things that two are linked to, in their order; ``places`` gives the edges of each."""
        told = {
            via: [links.tell(edge, end) for end, edges in ends.items() for edge in edges]
            for via, ends in places.items()
        }
        for via in list(told)[:_SHOWN]:
            text = each.put(
                via=self._label(self._nodes[via]),
                links=Text.same(str(degrees[via])),
                said=Text(*(_sentences(told[via], lang) for lang in _LANGS)),
            )
            yield Reason(part, text, tuple(link.evidence for link in told[via]))
        rest = list(told)[_SHOWN:]
        if rest:
            text = others.put(names=self._listed([self._nodes[via] for via in rest]))
            evidence = [link.evidence for via in rest for link in told[via]]
            yield Reason(part, text, tuple(dict.fromkeys(evidence)))

    def _label(self, iri: str) -> Text:
        return self._cards.index.label(iri)

    def _listed(self, iris: list[str]) -> Text:
        labels = [self._label(iri) for iri in iris]
        return Text(*(", ".join(label(lang) for label in labels) for lang in _LANGS))


def _sentences(links: list[Link], lang: str) -> str:
    """What links say, each sentence once, with all the times at which it holds."""
    times: dict[str, list[str]] = {}
    for link in links:
        times.setdefault(link.sentence(lang), []).append(link.evidence.when(lang))
    return "; ".join(
        ", ".join([sentence, *filter(None, [" / ".join(filter(None, dict.fromkeys(when)))])])
        for sentence, when in times.items()
    )


_LANGS = ("it", "en")
