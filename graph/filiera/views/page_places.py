"""The places of the page: where things have their seats, and what these lie in."""

from __future__ import annotations

from typing import Any

from filiera.answers.cards import Cards
from filiera.answers.nearness import Nearness
from filiera.iris import local_id
from filiera.store import Store
from filiera.views.page_refs import both
from filiera.vocabulary import DCTERMS, SCHEMA

__all__ = ["PagePlaces"]

_WIDER = ("province", "region", "country")


class PagePlaces:
    """Numbers of places, in the order in which they are first asked for."""

    def __init__(self, store: Store, cards: Cards) -> None:
        self._cards = cards
        self._nearness = Nearness(store, cards.index)
        self._numbers: dict[str, int] = {}

    def of(self, thing: str) -> tuple[int | None, tuple[float, float] | None]:
        """The place in which a thing has its seat, and its coordinates, as far as known."""
        seat = self._cards.seat(thing)
        if not seat:
            return None, None
        number = self._number(seat)
        for wider in self._around(seat).values():
            self._number(wider)
        return number, self.point(seat)

    def others(self, thing: str) -> list[int]:
        """The further places in which sources see a thing, beside that of its seat."""
        seats = self._cards.seats(thing)[1:]
        for seat in seats:
            self._number(seat)
            for wider in self._around(seat).values():
                self._number(wider)
        return [self._number(seat) for seat in seats]

    def point(self, place: str) -> tuple[float, float] | None:
        """Latitude and longitude of a place, to some ten metres."""
        point = self._nearness.point(place)
        return (round(point[0], 4), round(point[1], 4)) if point else None

    def data(self) -> list[dict[str, Any]]:
        """All places that were asked for, and those in which they lie."""
        return [self._told(place) for place in self._numbers]

    def _number(self, place: str) -> int:
        return self._numbers.setdefault(place, len(self._numbers))

    def _kind(self, place: str) -> str:
        kinds = self._cards.index.values(place, DCTERMS.type)
        return local_id(kinds[0]).rsplit("/", 1)[-1] if kinds else ""

    def _around(self, place: str) -> dict[str, str]:
        """The province, region and country in which a place lies, by kind."""
        found: dict[str, str] = {}
        seen, following = {place}, [place]
        while following:
            here = following.pop(0)
            for wider in self._cards.index.values(here, SCHEMA.containedInPlace):
                if wider not in seen:
                    seen.add(wider)
                    following.append(wider)
                    found.setdefault(self._kind(wider), wider)
        return {kind: found[kind] for kind in _WIDER if kind in found}

    def _told(self, place: str) -> dict[str, Any]:
        told: dict[str, Any] = {
            "id": local_id(place).rsplit("/", 1)[-1],
            "label": both(self._cards.index.label(place)),
        }
        point = self.point(place)
        if point:
            told["at"] = list(point)
        told |= {kind: self._numbers[wider] for kind, wider in self._around(place).items()}
        kind = self._kind(place)
        return told | {"kind": kind} if kind else told
