"""How far organisations are from a place, by the places of their seats."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import Literal, NamedNode, QuerySolutions

from filiera.answers.index import Index
from filiera.store import Store
from filiera.vocabulary import ORG, PREFIXES, SCHEMA

__all__ = ["HALF_KM", "Nearness", "distances", "kilometres"]

HALF_KM = 50
"""Kilometres at which nearness counts half: 1 / (1 + km / 50)."""

_EARTH_KM = 6371.0088

Point = tuple[float, float]
"""Latitude and longitude in degrees."""


def kilometres(one: Point, other: Point) -> float:
    """Great-circle distance on a sphere.

    >>> round(kilometres((44.4938, 11.3387), (44.6989, 10.6297)))
    61
    """
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, point)) for point in (one, other))
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(half))


def distances(points: list[Point]) -> NDArray[np.float64]:
    """Kilometres between all points, shape (n, n)."""
    latitude, longitude = np.radians(np.array(points, dtype=np.float64).reshape(-1, 2)).T
    half = np.sin((latitude[:, None] - latitude) / 2) ** 2
    across = np.sin((longitude[:, None] - longitude) / 2) ** 2
    half += np.cos(latitude[:, None]) * np.cos(latitude) * across
    apart: NDArray[np.float64] = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1)))
    return apart


class Nearness:
    """Places with coordinates, and the seats in them; regions and countries have none."""

    def __init__(self, store: Store, index: Index) -> None:
        self._store = store
        self._index = index

    def point(self, place: str) -> Point | None:
        """Coordinates of a place."""
        latitude = self._index.values(place, SCHEMA.latitude)
        longitude = self._index.values(place, SCHEMA.longitude)
        return (float(latitude[0]), float(longitude[0])) if latitude and longitude else None

    def seats(self, organisation: str) -> list[tuple[str, str, Point]]:
        """(seat, place, coordinates) of the seats of an organisation whose place has them."""
        return self._seats[organisation]

    def nearest(self, organisation: str, points: list[Point]) -> tuple[float, str, str] | None:
        """Kilometres to the nearest of some points, with the seat and its place."""
        return min(
            (
                (kilometres(here, point), seat, place)
                for seat, place, here in self.seats(organisation)
                for point in points
            ),
            default=None,
        )

    @cached_property
    def _seats(self) -> defaultdict[str, list[tuple[str, str, Point]]]:
        prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
        rows = self._store.query(
            f"{prefixes} SELECT DISTINCT ?organisation ?seat ?place"
            f" {{ ?seat <{ORG.siteOf}> ?organisation ; fil:place ?place }}"
        )
        assert isinstance(rows, QuerySolutions)
        found: defaultdict[str, list[tuple[str, str, Point]]] = defaultdict(list)
        for row in rows:
            organisation, seat, place = (
                term.value for term in row if isinstance(term, NamedNode | Literal)
            )
            point = self.point(place)
            if point:
                found[organisation].append((seat, place, point))
        return found
