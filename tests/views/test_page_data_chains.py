"""Chains, stages and boards of the page, against the answer on gaps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

import filiera
from filiera.answers.chain_stages import ChainStages
from filiera.answers.gaps import GapReader
from filiera.answers.index import LazyIndex
from filiera.build import build
from filiera.store import MemoryStore
from filiera.views.page_boards import SHORT, boards
from filiera.views.page_chains import PageChains
from filiera.views.page_data import page_data
from filiera.views.page_refs import Refs
from filiera.views.page_stage_grid import Cell, stage_grid
from filiera.vocabulary import ID
from tests.conftest import MakeDataset
from tests.small_cluster import small_store
from tests.views.page_numbers import board_at, said

Data = dict[str, Any]
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def real(ecosystem: filiera.Ecosystem) -> Data:
    return page_data(ecosystem, today=TODAY)


def cells(data: Data, chain: str) -> dict[str, tuple[Any, int]]:
    (found,) = [one for one in data["chains"] if one["id"] == chain]
    stages = [data["stages"][number] for number in found["stages"]]
    return {stage["id"]: (stage["column"], stage["row"]) for stage in stages}


def test_the_battery_chain_flows_from_left_to_right(real: Data) -> None:
    chain = real["chains"][0]
    assert chain["id"] == "chain-batteries", "of the most organisations"
    assert chain["group"] == "vc-e-rmes"
    found = cells(real, "chain-batteries")
    first_row = sorted((place[0], name) for name, place in found.items() if place[1] == 0 and
                       place[0] is not None)  # fmt: skip
    assert [name for _, name in first_row] == [
        "erm-raw-materials",
        "erm-active-materials",
        "erm-cell-manufacturing",
        "erm-module-pack",
        "erm-vehicle-integration",
        "erm-second-life",
        "erm-recycling",
    ]
    inner = ("erm-electrode-manufacturing", "erm-cell-assembly", "erm-formation")
    assert [found[name] for name in inner] == [(2, 1), (2, 2), (2, 3)]
    assert found["erm-module-pack"] == (3, 0)
    assert max(column for column, _ in found.values() if column is not None) == 6
    aside = {name for name, (column, _) in found.items() if column is None}
    assert aside == {
        "erm-engineering-simulation",
        "erm-financing",
        "erm-ip-patents",
        "erm-research",
        "erm-testing-validation",
        "erm-training",
    }


def test_every_stage_stands_right_of_what_feeds_it_and_below_its_whole(
    real: Data, ecosystem: filiera.Ecosystem
) -> None:
    index = LazyIndex(ecosystem.store)
    pairs = 0
    for number, chain in enumerate(real["chains"]):
        known = ChainStages(ecosystem.store, index, ID.base + chain["id"])
        stages = {ID.base + real["stages"][s]["id"]: real["stages"][s] for s in chain["stages"]}
        assert list(stages) == [stage for stage, _ in known.in_order]
        covered: dict[tuple[int | None, int], str] = {}
        for iri, stage in stages.items():
            assert stage["chain"] == number
            for fed in known.feeds(iri):
                if fed in known.follows.get(iri, ()):
                    inside = stage.get("parent") == stages[fed].get("parent") is not None
                    place = "row" if inside else "column"
                    assert stage[place] < stages[fed][place], (iri, fed)
                    pairs += 1
            if "parent" in stage:
                whole = real["stages"][stage["parent"]]
                assert whole["row"] < stage["row"]
                assert whole["column"] == stage["column"]
            cell = (stage["column"], stage["row"])
            assert cell not in covered, (iri, covered.get(cell))
            covered[cell] = iri
    assert pairs > 40


def test_boards_are_the_gaps_at_any_moment(real: Data, ecosystem: filiera.Ecosystem) -> None:
    seen = set[str]()
    for number, chain in enumerate(real["chains"]):
        assert real["boards"][number][0]["moment"] == 0
        # The last moment always; of the battery chain every other one.
        chosen = [*enumerate(real["moments"])][:: -5 if number else -2]
        for moment, day in chosen:
            answer = ecosystem.gaps(chain["id"], at=date.fromisoformat(day))
            board = board_at(real, number, moment)
            assert set(board["stages"]) == {str(stage) for stage in chain["stages"]}
            for stage, told in board["stages"].items():
                gap = answer[real["stages"][int(stage)]["id"]]
                assert told["status"] == SHORT[gap.status], (stage, day)
                firms = (*gap.members, *gap.others, *gap.gone)
                assert [firm["id"] for firm in told.get("firms", [])] == [
                    firm.iri.rsplit("/", 1)[-1] for firm in firms
                ]
                members = [firm["id"] for firm in told.get("firms", []) if "member" in firm]
                assert set(members) >= {firm.iri.rsplit("/", 1)[-1] for firm in gap.members}
                seen.add(told["status"])
    assert seen == set(SHORT.values())


def test_boards_tell_only_what_changes(real: Data) -> None:
    for number in range(len(real["chains"])):
        moments = [entry["moment"] for entry in real["boards"][number]]
        assert moments == sorted(set(moments))
        for entry in real["boards"][number][1:]:
            before = board_at(real, number, entry["moment"] - 1)
            assert entry["stages"] or "knowledge" in entry
            for stage, told in entry["stages"].items():
                assert told != before["stages"][stage]
            assert entry.get("knowledge") != before["knowledge"]


def test_a_firm_is_marked_with_its_evidence(real: Data) -> None:
    last = len(real["moments"]) - 1
    stages = board_at(real, 0, last)["stages"].values()
    manz = [firm for told in stages for firm in told.get("firms", []) if firm["id"] == "manz-italy"]
    assert manz
    for firm in manz:
        assert firm["state"] == "liquidation"
        assert "in liquidation" in said(real, firm["why"])
        titles = {real["sources"][number]["id"] for number in firm["whySources"]}
        assert "zazoom-2026-01-14-manz" in titles
        assert firm["sources"]
    states = {
        firm.get("state")
        for number in range(len(real["chains"]))
        for told in board_at(real, number, last)["stages"].values()
        for firm in told.get("firms", [])
    }
    assert {"bought", "liquidation", "stale", None} <= states
    known = said(real, board_at(real, 0, last)["knowledge"])
    assert known.endswith("A stage where the graph knows nobody may well have somebody.")


def test_the_board_of_the_small_cluster() -> None:
    data = page_data(SimpleNamespace(store=small_store()), lang="en", today=TODAY)
    assert cells(data, "chain-batteries") == {"cells": (0, 0), "packs": (1, 0)}
    (chain,) = data["chains"]
    assert chain["group"] == "team"
    now = board_at(data, 0, len(data["moments"]) - 1)
    assert now["stages"]["0"]["status"] == "nobody"
    assert now["stages"]["0"]["breaks"] == [1]
    assert now["stages"]["1"]["status"] == "outside"
    (delta,) = now["stages"]["1"]["firms"]
    assert (delta["id"], delta["state"]) == ("delta", "liquidation")
    assert said(data, delta["what"]) == "Custom packs"
    assert "label" not in delta
    assert said(data, delta["when"]) == "as of 2020"
    first = board_at(data, 0, 0)["stages"]["1"]["firms"][0]
    assert first["later"] is True
    assert "state" not in first


def test_a_firm_that_is_no_node_brings_its_name() -> None:
    store, refs = small_store(), Refs()
    reader = GapReader(store, ID.base + "hub")
    told = boards(reader, PageChains(store, reader, (), refs), [TODAY], refs)
    (delta,) = told[0][0]["stages"]["1"]["firms"]
    assert (delta["id"], delta["label"]) == ("delta", "Delta")


def test_a_stage_that_sources_put_into_two_chains_is_there_once(make_dataset: MakeDataset) -> None:
    store = MemoryStore()
    stages = "id,chain,label_it,label_en,feeds,kind,source\n"
    stages += "a,one,A,A,b,stage,page-a\nb,one,B,B,,stage,page-a\nb,two,B,B,,stage,page-b\n"
    chains = "id,label_it,label_en,source\none,Una,One,page-a\ntwo,Due,Two,page-a\n"
    build(make_dataset(chains=chains, stages=stages), store)
    data = page_data(SimpleNamespace(store=store), today=TODAY)
    assert [(stage["id"], stage["chain"], stage["column"]) for stage in data["stages"]] == [
        ("a", 0, 0),
        ("b", 0, 1),
    ]
    assert [chain["stages"] for chain in data["chains"]] == [[0, 1], [1]]
    for number in (0, 1):
        board = board_at(data, number, len(data["moments"]) - 1)
        assert set(board["stages"]) == set(map(str, data["chains"][number]["stages"]))


# The grid by itself ------------------------------------------------------------------------


def grid(make_dataset: MakeDataset, *stages: str) -> Mapping[str, Cell]:
    """Cells of stages given as ``id,parent,feeds,kind``."""
    rows = [stage.split(",") for stage in stages]
    header = "id,chain,label_it,label_en,parent,feeds,kind,definition_it,definition_en,source"
    lines = [
        f"{i},loop,{i},{i},{parent},{feeds},{kind},,,page-a" for i, parent, feeds, kind in rows
    ]
    store = MemoryStore()
    chains = "id,label_it,label_en,source\nloop,Giro,Loop,page-a\n"
    build(make_dataset(chains=chains, stages="\n".join([header, *lines]) + "\n"), store)
    found = stage_grid(ChainStages(store, LazyIndex(store), ID.base + "loop"))
    return {iri.rsplit("/", 1)[-1]: cell for iri, cell in found.items()}


def test_what_is_sent_back_moves_nothing(make_dataset: MakeDataset) -> None:
    found = grid(make_dataset, "a,,b,stage", "b,,c,stage", "c,,a,recovery")
    assert found == {"a": Cell(0, 0), "b": Cell(1, 0), "c": Cell(2, 0)}


def test_stages_that_feed_each_other_are_cut_somewhere(make_dataset: MakeDataset) -> None:
    found = grid(make_dataset, "a,,b,stage", "b,,c,stage", "c,,a,stage")
    assert sorted(found.values()) == [Cell(0, 0), Cell(1, 0), Cell(2, 0)]


def test_a_stage_without_neighbours_and_one_for_all(make_dataset: MakeDataset) -> None:
    found = grid(make_dataset, "a,,b,stage", "b,,,stage", "c,,,stage", "d,,,cross-cutting")
    assert found == {"a": Cell(0, 0), "b": Cell(1, 0), "c": Cell(0, 1), "d": Cell(None, 0)}


def test_a_source_stands_next_to_what_it_feeds(make_dataset: MakeDataset) -> None:
    found = grid(make_dataset, "a,,b,stage", "b,,c,stage", "c,,,stage", "late,,c,stage")
    assert found["late"] == Cell(1, 1)


def test_parts_stand_below_their_whole(make_dataset: MakeDataset) -> None:
    found = grid(
        make_dataset,
        "start,,whole,stage",
        "whole,,end,stage",
        "one,whole,two,stage",
        "two,whole,,stage",
        "deep,two,,stage",
        "end,,,stage",
    )
    assert found["start"].column == 0
    assert [found[name] for name in ("whole", "one", "two", "deep")] == [
        Cell(1, 0),
        Cell(1, 1),
        Cell(1, 2),
        Cell(1, 3),
    ]
    assert found["end"] == Cell(2, 0)
