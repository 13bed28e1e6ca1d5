"""The land behind the map of the page: linked to the places, and small."""

from __future__ import annotations

import gzip
import json
from typing import Any

import filiera
from filiera.views.outline import outline_for
from filiera.views.page_data import page_data
from filiera.views.page_outline import page_outline

MODENA = {"id": "modena", "label": "Modena", "at": [44.647, 10.925], "kind": "municipality"}
PLACES: list[dict[str, Any]] = [
    MODENA,
    {
        "id": "provincia-modena",
        "label": {"it": "Provincia di Modena", "en": "Province of Modena"},
        "kind": "province",
    },
    {
        "id": "provincia-reggio-emilia",
        "label": {"it": "Provincia di Reggio nell'Emilia", "en": "Province of Reggio Emilia"},
        "kind": "province",
    },
    {
        "id": "provincia-palermo",
        "label": {
            "it": "Città metropolitana di Palermo",
            "en": "Metropolitan City of Palermo",
        },
        "kind": "province",
    },
    {"id": "spagna", "label": {"it": "Spagna", "en": "Spain"}, "kind": "country"},
    {"id": "giappone", "label": {"it": "Giappone", "en": "Japan"}, "kind": "country"},
]


def linked(outline: dict[str, Any], group: str) -> dict[str, str]:
    return {
        shape["name"]: PLACES[shape["place"]]["id"] for shape in outline[group] if "place" in shape
    }


def test_provinces_and_countries_are_linked_to_their_places() -> None:
    outline = page_outline(PLACES)
    assert outline is not None
    assert linked(outline, "provinces") == {
        "Modena": "provincia-modena",
        "Reggio nell'Emilia": "provincia-reggio-emilia",
        "Palermo": "provincia-palermo",
    }
    assert linked(outline, "countries") == {"Spain": "spagna"}


def test_a_named_country_of_europe_is_in_the_box_and_one_beyond_is_not() -> None:
    outline = page_outline(PLACES)
    assert outline is not None
    west, south, east, _ = outline["box"]
    assert west < -9
    assert south < 38
    assert east < 40
    assert "Japan" not in {shape["name"] for shape in outline["countries"]}
    assert {"Portugal", "Italy"} <= {shape["name"] for shape in outline["countries"]}


def test_a_town_alone_has_the_provinces_around_it() -> None:
    outline = page_outline([MODENA])
    assert outline is not None
    names = {shape["name"] for shape in outline["provinces"]}
    assert {"Modena", "Bologna", "Mantova"} <= names
    assert "Torino" not in names
    assert all("place" not in shape for shape in outline["provinces"])


def test_without_coordinates_there_is_no_land() -> None:
    assert page_outline([{"id": "modena", "label": "Modena"}]) is None


def test_the_land_of_the_real_data_weighs_little(ecosystem: filiera.Ecosystem) -> None:
    outline = page_data(ecosystem)["outline"]
    text = json.dumps(outline, separators=(",", ":"), ensure_ascii=False).encode()
    assert len(gzip.compress(text, 9)) <= 9_000
    assert all(len(arc) >= 4 and len(arc) % 2 == 0 for arc in outline["arcs"])


def test_what_is_far_is_coarser_than_what_is_near() -> None:
    def corners_of_florence(point: tuple[float, float]) -> int:
        outline = outline_for([point])
        assert outline is not None
        (shape,) = (shape for shape in outline["provinces"] if shape["code"] == "FI")
        arcs = {arc if arc >= 0 else ~arc for ring in shape["rings"] for arc in ring}
        return sum(len(outline["arcs"][arc]) // 2 for arc in arcs)

    assert corners_of_florence((43.77, 11.25)) > corners_of_florence((44.65, 10.93))
