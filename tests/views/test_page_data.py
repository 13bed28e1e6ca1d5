"""The data of the page as a whole: numbers that name something, and data sets that lack much."""

from __future__ import annotations

import json
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

import filiera
from filiera.build import build
from filiera.store import MemoryStore
from filiera.views.page_data import page_data
from tests.conftest import MakeDataset
from tests.small_cluster import small_store
from tests.views.page_numbers import TEXTS, numbers, said

Data = dict[str, Any]
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def small() -> Data:
    return page_data(SimpleNamespace(store=small_store()), lang="en", today=TODAY)


@pytest.fixture(scope="module")
def real(ecosystem: filiera.Ecosystem) -> Data:
    return page_data(ecosystem, today=TODAY)


def node(data: Data, identifier: str) -> Data:
    (found,) = [node for node in data["nodes"] if node["id"] == identifier]
    return dict(found)


def made(make_dataset: MakeDataset, **tables: str | None) -> Data:
    store = MemoryStore()
    build(make_dataset(**tables), store)
    return page_data(SimpleNamespace(store=store), today=TODAY)


@pytest.mark.parametrize("name", ["small", "real"])
def test_every_number_names_something_and_nothing_is_named_in_vain(
    name: str, request: pytest.FixtureRequest
) -> None:
    data: Data = request.getfixturevalue(name)
    for keys, named in (
        (TEXTS, "texts"),
        ({"sources", "whySources"}, "sources"),
        ({"fields"}, "fields"),
        ({"community"}, "communities"),
        ({"place", "province", "region", "country"}, "places"),
    ):
        parts = {key: part for key, part in data.items() if key not in (named, "counts")}
        if named == "places":
            parts |= {"own places": data["places"]}
        assert set(numbers(parts, frozenset(keys))) == set(range(len(data[named]))), named
    stages = set(numbers([data["nodes"], data["stages"]], frozenset({"feeds", "stages", "parent"})))
    assert stages <= set(range(len(data["stages"])))
    assert sorted(numbers(data["chains"], frozenset({"stages"}))) == list(
        range(len(data["stages"]))
    )
    titles = {group["title"] for told in data["nodes"] for group in told["groups"]}
    assert titles == set(range(len(data["groupTitles"])))


def test_nothing_is_said_where_nothing_is_known(real: Data) -> None:
    def look(part: Any, name: str) -> None:
        if isinstance(part, dict):
            for key, value in part.items():
                look(value, key)
        elif isinstance(part, list):
            for one in part:
                look(one, name)
        elif part is None:
            assert name in ("days", "span", "memberDays", "column")
        elif isinstance(part, bool):
            assert part or name == "symmetric"

    look(real, "")


def test_moments_are_the_ends_of_years_and_today(small: Data, real: Data) -> None:
    assert real["moments"][:2] == ["2000-12-31", "2001-12-31"]
    assert real["moments"][-2:] == ["2025-12-31", "2026-11-22"]
    assert len(real["moments"]) == 27
    assert small["moments"][0] == "2010-12-31", "of the first membership"


def test_what_a_node_is_and_where(small: Data) -> None:
    acme, delta = node(small, "acme"), node(small, "delta")
    assert acme["at"] == [44.4938, 11.3387]
    town = small["places"][acme["place"]]
    assert (town["id"], town["kind"], town["at"]) == ("bologna", "municipality", acme["at"])
    assert small["places"][town["province"]]["id"] == "bologna-province"
    assert small["places"][town["country"]]["label"] == {"it": "Italia", "en": "Italy"}
    assert [small["fields"][field]["id"] for field in acme["fields"]] == ["mechatronics"]
    assert [small["stages"][stage]["id"] for stage in delta["stages"]] == ["packs"]
    assert delta["standing"] == "liquidation"
    assert said(small, delta["standingText"]).startswith("in liquidation")
    community = small["communities"][node(small, "hub")["community"]]
    assert community["count"] >= 2
    assert "community" not in node(small, "lonely")
    assert "betweenness" not in node(small, "lonely")
    assert 0 < node(small, "hub")["betweenness"] <= 1


def test_communities_count_every_linked_node_once(real: Data) -> None:
    linked = {edge[end] for edge in real["edges"] for end in ("from", "to")}
    found = [told.get("community") for told in real["nodes"]]
    for number, community in enumerate(real["communities"]):
        assert community["count"] == found.count(number) > 1
    loops = {edge["from"] for edge in real["edges"] if edge["from"] == edge["to"]}
    assert {told["id"] for told in real["nodes"] if "community" in told} >= linked - loops
    label = real["communities"][node(real, "flash-battery")["community"]]["label"]
    assert any(told["label"] == label for told in real["nodes"])


def test_the_number_of_employees_is_the_latest_that_is_stated(real: Data) -> None:
    stated = {
        said(real, statement["text"])
        for group in node(real, "manz-italy")["groups"]
        for statement in group["statements"]
    }
    assert node(real, "manz-italy")["employees"] == 25, "in January 2026"
    assert {"employees: 112", "employees: 25"} <= stated


def test_the_same_day_gives_the_same_page(real: Data, ecosystem: filiera.Ecosystem) -> None:
    assert json.dumps(page_data(ecosystem, today=TODAY)) == json.dumps(real)


def test_an_empty_store_gives_empty_parts() -> None:
    empty = page_data(SimpleNamespace(store=MemoryStore()), today=TODAY)
    assert empty["moments"] == ["2026-11-22"]
    for name in ("places", "fields", "communities", "chains", "stages", "boards", "texts"):
        assert empty[name] == []
    assert empty["layouts"] == {"chain": [], "place": [], "circle": []}
    assert empty["history"] == {"stated": [], "named": [], "happenings": []}


def test_a_data_set_without_chains_places_and_dates(make_dataset: MakeDataset) -> None:
    data = made(
        make_dataset,
        places=None,
        figures=None,
        organisations="id,name,kind,source\nacme,Acme,company,page-a\nbolt,Bolt,company,page-a\n"
        "cluster,Cluster,cluster,page-a\n",
        memberships="member,body,source\nacme,cluster,page-a\n",
        ties="from,relation,to,source\nacme,supplies,bolt,page-a\n",
    )
    assert data["moments"] == ["2026-11-22"]
    assert (data["places"], data["chains"], data["stages"], data["boards"]) == ([], [], [], [])
    assert not any("days" in edge for edge in data["edges"])
    assert data["history"]["named"] == [[0, 1]], "who joined on a day that nobody tells"
    assert not any({"at", "place", "span"} & set(told) for told in data["nodes"])
    for points in data["layouts"].values():
        assert len(points) == len({tuple(point) for point in points}) == len(data["nodes"])


HOSTILE = '</script><img src=x onerror=alert(1)>"&\u202e{}{name}' + "x" * 200


def test_hostile_texts_stay_texts(make_dataset: MakeDataset) -> None:
    quoted = '"' + HOSTILE.replace('"', '""') + '"'
    data = made(
        make_dataset,
        chains=f"id,label_it,label_en,source\nloop,{quoted},{quoted},page-a\n",
        stages="id,chain,label_it,label_en,feeds,kind,definition_it,definition_en,source\n"
        f"one,loop,{quoted},{quoted},two,stage,{quoted},{quoted},page-a\n"
        "two,loop,Due,Two,one,stage,,,page-a\n",
        capabilities="organisation,stage,what_it,what_en,as_of,source\n"
        f"acme,one,{quoted},{quoted},2020,page-a\n",
        places=f"id,kind,label_it,parent,code,latitude,longitude,source\n"
        f"bologna,municipality,{quoted},,037006,44.49381,11.33875,page-a\n",
    )
    (chain,) = data["chains"]
    assert chain["label"] == HOSTILE
    assert data["stages"][0]["label"] == HOSTILE
    (entry, *_) = data["boards"][0]
    (firm,) = entry["stages"]["0"]["firms"]
    assert said(data, firm["what"]) == HOSTILE
    assert said(data, data["stages"][0]["definition"]) == HOSTILE
    assert [place["label"] for place in data["places"]] == [HOSTILE]
    assert sorted(stage["column"] for stage in data["stages"]) == [0, 1], "a circle is cut"


def test_a_place_within_itself_ends(make_dataset: MakeDataset) -> None:
    store = MemoryStore()
    build(make_dataset(), store)
    inner = "https://w3id.org/filiera/id/place/bologna"
    outer = "https://w3id.org/filiera/id/place/italia"
    store.update(
        f"INSERT DATA {{ GRAPH <https://w3id.org/filiera/graph/page-a> {{ <{outer}>"
        f" <https://schema.org/containedInPlace> <{inner}> }} }}"
    )
    data = page_data(SimpleNamespace(store=store), today=TODAY)
    assert {place["id"] for place in data["places"]} == {"bologna", "italia"}
