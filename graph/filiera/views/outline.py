"""The outlines behind the places of a data set: provinces of Italy, and countries.

``tools/browser/outline.mjs`` makes them from Natural Earth and tells the shape of the data.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any

from filiera.views import built_page

__all__ = ["outline_for"]

Box = tuple[float, float, float, float]
Place = tuple[float, float]
Point = tuple[int, int]

_MARGIN = 0.25
_LEAST_MARGIN = 0.75

# What counts as Europe, and how coarse the outlines are there: the smallest corner (a triangle,
# in square degrees) that stays, by how many degrees it is from the nearest point at least.
_EUROPE: Box = (-10.0, 36.0, 19.5, 58.0)
_COARSENESS = ((0.3, 0.0), (0.9, 0.008), (2.0, 0.05), (math.inf, 0.25))
_ISLAND = 0.5  # square degrees of the box around the smallest island far from all points


def outline_for(
    points: Iterable[tuple[float, float]], named: Collection[str] = ()
) -> dict[str, Any] | None:
    """The outlines around some points (latitude and longitude in degrees); None without points.

    What `built_page.outlines` gives, but only the rings that reach into the box of the points
    and a margin (a quarter of its extent, 0.75 degrees at least), the arcs that they need, and
    beside ``scale``, ``arcs``, ``provinces`` and ``countries`` that ``box`` as [west, south, east,
    north] in degrees: beyond it, the outlines are not whole. ``named`` are provinces and countries,
    by their names in the outlines, that are wanted in any case: the box grows to hold what they
    have in Europe.

    All other provinces with no point nearby are one shape among the countries, "Italy", without
    their borders. What is far from all points is coarser, by the effective area of corners
    (Visvalingam and Whyatt 1993); no corner goes whose loss would move a point to another side of
    a border. Raises MissingPart.
    """
    found = sorted(set(points))
    if not found:
        return None
    outlines = built_page.outlines()
    box = _with_named(_around(found), outlines, frozenset(named))
    numbers: dict[int, int] = {}

    def renumbered(arc: int) -> int:
        number = numbers.setdefault(_forward(arc), len(numbers))
        return number if arc >= 0 else ~number

    near = [_around([point]) for point in found]
    provinces = [
        shape
        for shape in outlines["provinces"]
        if shape["name"] in named
        or any(_meet(_ring_box(tuple(ring)), around) for ring in shape["rings"] for around in near)
    ]
    far = [shape for shape in outlines["provinces"] if shape not in provinces]
    italy = {"name": "Italy", "rings": _rest_of_italy(far)}
    shapes = {
        group: [
            {**shape, "rings": [[renumbered(arc) for arc in ring] for ring in rings]}
            for shape in drawn
            if (rings := [ring for ring in shape["rings"] if _shows(ring, box, found)])
        ]
        for group, drawn in (
            ("provinces", provinces),
            ("countries", [*outlines["countries"], italy]),
        )
    }
    scale = outlines["scale"]
    places = [(longitude * scale, latitude * scale) for latitude, longitude in found]
    arcs = [_coarser(outlines["arcs"][number], places, scale) for number in numbers]
    return {"scale": scale, "box": list(box), "arcs": arcs, **shapes}


def _with_named(box: Box, outlines: dict[str, Any], names: frozenset[str]) -> Box:
    """The box that also holds what these shapes have in Europe."""
    for shape in outlines["provinces"] + outlines["countries"]:
        if shape["name"] not in names:
            continue
        for ring in shape["rings"]:
            other = _ring_box(tuple(ring))
            if _meet(other, _EUROPE):
                west, south = max(other[0], _EUROPE[0]), max(other[1], _EUROPE[1])
                east, north = min(other[2], _EUROPE[2]), min(other[3], _EUROPE[3])
                box = min(box[0], west), min(box[1], south), max(box[2], east), max(box[3], north)
    return box


def _around(points: list[tuple[float, float]]) -> Box:
    """The box of the points with its margin: west, south, east, north."""
    souths, wests = zip(*points, strict=True)
    west, south, east, north = min(wests), min(souths), max(wests), max(souths)
    margin = max(_LEAST_MARGIN, _MARGIN * max(east - west, north - south))
    west, south, east, north = west - margin, south - margin, east + margin, north + margin
    return round(west, 3), round(south, 3), round(east, 3), round(north, 3)


def _shows(ring: Sequence[int], box: Box, points: Sequence[Place]) -> bool:
    """Whether a ring reaches into the box, and is no small island far from all points."""
    around = _ring_box(tuple(ring))
    if len(ring) > 1 or not _meet(around, box):
        return _meet(around, box)
    west, south, east, north = around
    large = (east - west) * (north - south) > _ISLAND
    return large or any(_meet(around, _around([point])) for point in points)


def _meet(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


@cache
def _ring_box(ring: tuple[int, ...]) -> Box:
    boxes = [_arc_box(_forward(arc)) for arc in ring]
    wests, souths, easts, norths = zip(*boxes, strict=True)
    return min(wests), min(souths), max(easts), max(norths)


@cache
def _arc_box(number: int) -> Box:
    outlines = built_page.outlines()
    steps = outlines["arcs"][number]
    x = y = 0
    xs, ys = [], []
    for step_x, step_y in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + step_x, y + step_y
        xs.append(x / outlines["scale"])
        ys.append(y / outlines["scale"])
    return min(xs), min(ys), max(xs), max(ys)


def _forward(arc: int) -> int:
    return arc if arc >= 0 else ~arc


def _coarser(steps: list[int], places: Sequence[Place], scale: int) -> list[int]:
    """An arc without the corners that are too small for where they are; its ends stay."""
    points = _points(steps)
    places = sorted(places)
    wests = [place[0] for place in places]
    tolerances = [_coarseness(point, places, scale) * scale * scale for point in points]

    def excess(corner: int) -> float:
        """How much smaller a corner is than what stays there; infinite for one that stays."""
        if not 0 < corner < len(points) - 1 or tolerances[corner] == 0:
            return math.inf
        triangle = points[corner - 1 : corner + 2]
        part = _area(*triangle) / tolerances[corner]
        across = [x for x, _ in triangle]
        there = places[bisect_left(wests, min(across)) : bisect_right(wests, max(across))]
        return math.inf if any(_within(place, triangle) for place in there) else part

    parts = [excess(corner) for corner in range(len(points))]
    while (least := min(parts)) < 1:
        corner = parts.index(least)
        del points[corner], tolerances[corner], parts[corner]
        for beside in (corner - 1, corner):
            parts[beside] = excess(beside)
    return _steps(points)


def _points(steps: Sequence[int]) -> list[Point]:
    points: list[Point] = []
    x = y = 0
    for step_x, step_y in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + step_x, y + step_y
        points.append((x, y))
    return points


def _steps(points: Sequence[Point]) -> list[int]:
    starts = [(0, 0), *points]
    return [
        step
        for before, point in zip(starts, points, strict=False)
        for step in (point[0] - before[0], point[1] - before[1])
    ]


def _coarseness(point: Place, places: Sequence[Place], scale: int) -> float:
    near = min(math.dist(point, place) for place in places) / scale
    return next(tolerance for distance, tolerance in _COARSENESS if near < distance)


def _rest_of_italy(shapes: Iterable[dict[str, Any]]) -> list[list[int]]:
    """The rings around provinces taken together: without the borders between them."""
    arcs = {arc for shape in shapes for ring in shape["rings"] for arc in ring}
    outer = sorted(arc for arc in arcs if ~arc not in arcs)
    ends = {arc: _ends(arc) for arc in outer}
    begin: dict[Point, list[int]] = {}
    for arc in outer:
        begin.setdefault(ends[arc][0], []).append(arc)
    rings: list[list[int]] = []
    left = set(outer)
    for first in outer:
        if first not in left:
            continue
        ring, here = [], first
        while here in left:
            left.remove(here)
            ring.append(here)
            here = next((arc for arc in begin[ends[here][1]] if arc in left), first)
        rings.append(ring)
    return rings


def _ends(arc: int) -> tuple[Point, Point]:
    points = _points(built_page.outlines()["arcs"][_forward(arc)])
    return (points[0], points[-1]) if arc >= 0 else (points[-1], points[0])


def _area(one: Place, other: Place, third: Place) -> float:
    return abs(_turn(one, other, third)) / 2


def _turn(one: Place, other: Place, third: Place) -> float:
    return (other[0] - one[0]) * (third[1] - one[1]) - (third[0] - one[0]) * (other[1] - one[1])


def _within(place: Place, corners: Sequence[Place]) -> bool:
    """Whether a place lies in a triangle or on its border."""
    turns = [_turn(corners[n - 1], corners[n], place) for n in range(3)]
    return all(turn >= 0 for turn in turns) or all(turn <= 0 for turn in turns)
