"""The layouts of the page: everybody has a place, and nobody stands on anybody."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import filiera
from filiera.views.page_data import page_data
from tests.small_cluster import small_store

Data = dict[str, Any]
TODAY = date(2026, 11, 22)
LAYOUTS = ("chain", "place", "circle")


@pytest.fixture(scope="module")
def small() -> Data:
    return page_data(SimpleNamespace(store=small_store()), lang="en", today=TODAY)


@pytest.fixture(scope="module")
def real(ecosystem: filiera.Ecosystem) -> Data:
    return page_data(ecosystem, today=TODAY)


def positions(data: Data, layout: str) -> dict[str, NDArray[np.int64]]:
    points = np.array(data["layouts"][layout])
    return {node["id"]: point for node, point in zip(data["nodes"], points, strict=True)}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", ["small", "real"])
def test_no_two_discs_meet(name: str, layout: str, request: pytest.FixtureRequest) -> None:
    data: Data = request.getfixturevalue(name)
    points = data["layouts"][layout]
    assert len(points) == len(data["nodes"])
    assert all(type(value) is int for point in points for value in point)
    where = np.array(points, dtype=float)
    radii = np.array([node["size"] for node in data["nodes"]])
    apart = np.linalg.norm(where[:, None] - where[None], axis=2)
    need = radii[:, None] + radii[None]
    np.fill_diagonal(apart, np.inf)
    assert (apart >= need).all()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts_have_the_scale_of_the_first(real: Data, layout: str) -> None:
    first = np.array([[node["x"], node["y"]] for node in real["nodes"]])
    other = np.array(real["layouts"][layout])
    ratio = np.ptp(other, axis=0).max() / np.ptp(first, axis=0).max()
    assert 0.4 < ratio < 1.6
    assert np.abs((other.max(axis=0) + other.min(axis=0)) / 2).max() < 90, "round the middle"


def test_a_chain_is_a_cluster_from_left_to_right(real: Data) -> None:
    where = positions(real, "chain")
    (chain,) = [one for one in real["chains"] if one["id"] == "chain-automation-robotics"]
    only: dict[int, list[str]] = {}
    for node in real["nodes"]:
        own = node.get("stages", [])
        if len(own) == 1 and own[0] in chain["stages"]:
            only.setdefault(own[0], []).append(node["id"])
    used = [stage for stage in chain["stages"] if stage in only]
    assert len(used) > 2
    for before, after in pairwise(used):
        if real["stages"][after]["column"] is None or (
            real["stages"][before]["column"] < real["stages"][after]["column"]
        ):
            rights = max(where[one][0] for one in only[before])
            assert rights < min(where[one][0] for one in only[after])
    in_none = [
        node["id"]
        for node in real["nodes"]
        if not node.get("stages") and node["id"] not in {c.get("group") for c in real["chains"]}
    ]
    lowest = max(where[one][1] for one in where if one not in set(in_none) | {real["focus"]})
    assert min(where[one][1] for one in in_none) > lowest, "those in none stand below"


def test_places_lie_as_on_a_map(real: Data) -> None:
    where = positions(real, "place")
    towns: dict[str, list[NDArray[np.int64]]] = {}
    for node in real["nodes"]:
        if "at" in node:
            town = real["places"][node["place"]]["id"]
            towns.setdefault(town, []).append(where[node["id"]])
    middle = {town: np.mean(points, axis=0) for town, points in towns.items()}
    west_to_east = ["parma", "reggio-nell-emilia", "modena", "bologna"]
    assert [middle[town][0] for town in west_to_east] == sorted(
        middle[town][0] for town in west_to_east
    )
    assert middle["bologna"][1] > middle["modena"][1], "south of it"
    lowest = max(where[node["id"]][1] for node in real["nodes"] if "at" in node)
    unplaced = [where[node["id"]][1] for node in real["nodes"] if "at" not in node]
    assert min(unplaced) > lowest


def test_rings_are_round_the_focus(real: Data) -> None:
    where = positions(real, "circle")
    assert np.linalg.norm(where[real["focus"]]) < 90
    degrees = {node["id"]: 0 for node in real["nodes"]}
    for edge in real["edges"]:
        for end in ("from", "to"):
            degrees[edge[end]] += 1
    for kind in range(len(real["kinds"])):
        group = [
            node["id"]
            for node in real["nodes"]
            if node["kind"] == kind and node["id"] != real["focus"]
        ]
        away = {one: np.linalg.norm(where[one] - where[real["focus"]]) for one in group}
        best, least = max(group, key=degrees.__getitem__), min(group, key=degrees.__getitem__)
        assert away[best] < away[least], "the best connected stand inside"
