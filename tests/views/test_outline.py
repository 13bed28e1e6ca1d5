"""The outlines behind the places: whole, small, and where they are on Earth."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import filiera
from filiera.results import Results
from filiera.views import built_page
from filiera.views.outline import outline_for

Outline = dict[str, Any]
Point = tuple[float, float]

BOLOGNA, MODENA, REGGIO, PARMA = (44.494, 11.343), (44.647, 10.925), (44.698, 10.631), (44.8, 10.33)
PALERMO, AOSTA, TRIESTE, CAGLIARI = (38.1, 13.35), (45.737, 7.32), (45.68, 13.78), (39.23, 9.12)
SAN_MARINO, TOKYO, DETROIT = (43.94, 12.46), (35.68, 139.7), (42.33, -83.4)
MOSCOW, CHUKOTKA, ADRIATIC = (55.75, 37.6), (67.0, -175.0), (43.5, 15.0)


def arc(outline: Outline, number: int) -> list[tuple[int, int]]:
    steps = outline["arcs"][number if number >= 0 else ~number]
    x = y = 0
    points = []
    for step_x, step_y in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + step_x, y + step_y
        points.append((x, y))
    return points if number >= 0 else points[::-1]


def corners(outline: Outline, ring: list[int]) -> list[tuple[int, int]]:
    arcs = [arc(outline, number) for number in ring]
    for before, after in pairwise([*arcs, arcs[0]]):
        assert before[-1] == after[0], "a ring is closed"
    return [point for points in arcs for point in points[:-1]]


def holds(outline: Outline, shape: dict[str, Any], place: Point) -> bool:
    """Whether a place is within a shape, by the even-odd rule."""
    y, x = (degrees * outline["scale"] for degrees in place)
    crossings = 0
    for ring in shape["rings"]:
        points = corners(outline, ring)
        for (x1, y1), (x2, y2) in pairwise([*points, points[0]]):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                crossings += 1
    return crossings % 2 == 1


def where(outline: Outline, place: Point) -> list[str]:
    return [
        shape.get("code", shape["name"])
        for shape in outline["provinces"] + outline["countries"]
        if holds(outline, shape, place)
    ]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (BOLOGNA, ["BO"]),
        (MODENA, ["MO"]),
        (REGGIO, ["RE"]),
        (PARMA, ["PR"]),
        (PALERMO, ["PA"]),
        (AOSTA, ["AO"]),
        (TRIESTE, ["TS"]),
        (CAGLIARI, ["CA"]),
        (SAN_MARINO, ["San Marino"]),
        (TOKYO, ["Japan"]),
        (DETROIT, ["United States of America"]),
        (MOSCOW, ["Russia"]),
        (ADRIATIC, []),
    ],
)
def test_every_place_lies_in_one_shape(place: Point, expected: list[str]) -> None:
    assert where(built_page.outlines(), place) == expected


def test_the_provinces_have_their_codes_and_names_of_today() -> None:
    provinces = {shape["code"]: shape["name"] for shape in built_page.outlines()["provinces"]}
    assert len(provinces) == 110
    assert provinces["RE"] == "Reggio nell'Emilia"
    assert provinces["TO"] == "Torino"
    assert provinces["FC"] == "Forlì-Cesena"
    assert "Italy" not in {shape["name"] for shape in built_page.outlines()["countries"]}


def test_a_border_between_neighbours_is_there_once() -> None:
    outlines = built_page.outlines()
    sides = defaultdict[int, set[str]](set)
    for shape in outlines["provinces"] + outlines["countries"]:
        for ring in shape["rings"]:
            for number in ring:
                sides[number if number >= 0 else ~number].add(shape["name"])
    assert set(sides) == set(range(len(outlines["arcs"])))
    assert {len(names) for names in sides.values()} == {1, 2}
    assert sum(len(names) == 2 for names in sides.values()) > 400
    assert any(names == {"Imperia", "France"} for names in sides.values())


def test_the_places_of_the_real_data_get_what_they_need_and_no_more(
    ecosystem: filiera.Ecosystem,
) -> None:
    found = ecosystem.query(
        "SELECT ?north ?east { ?place schema:latitude ?north ; schema:longitude ?east }"
    )
    assert isinstance(found, Results)
    points = [(float(str(row["north"])), float(str(row["east"]))) for row in found.to_dicts()]
    assert len(points) > 40
    outline = outline_for(points)
    assert outline is not None
    text = json.dumps(outline, separators=(",", ":")).encode()
    assert len(text) < 50_000
    assert len(gzip.compress(text, 9)) < 20_000
    provinces = {shape["code"] for shape in outline["provinces"]}
    assert {"PC", "PR", "RE", "MO", "BO", "FE", "RA", "FC", "RN"} <= provinces
    assert "PA" not in provinces
    west, south, east, north = outline["box"]
    for latitude, longitude in points:
        assert south < latitude < north
        assert west < longitude < east
        assert len(where(outline, (latitude, longitude))) == 1


def test_without_places_there_is_nothing_to_outline() -> None:
    assert outline_for([]) is None


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(-60, 75, allow_nan=False),
            st.floats(-170, 175, allow_nan=False),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_a_part_shows_at_its_points_what_the_whole_shows(points: list[Point]) -> None:
    outline = outline_for(points)
    assert outline is not None
    for place in points:
        assert where(outline, place) == where(built_page.outlines(), place)
