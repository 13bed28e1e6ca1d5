"""The data of the page, the pyvis network, and the page as a file."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import filiera
from filiera.errors import OutputError
from filiera.store import MemoryStore
from filiera.views.network_page import network_page, write_page
from filiera.views.page_data import HasStore, page_data
from filiera.views.page_template import embedded_data, render_page
from tests.small_cluster import small_store

Data = dict[str, Any]


@pytest.fixture(scope="module")
def small() -> HasStore:
    return SimpleNamespace(store=small_store())


@pytest.fixture(scope="module")
def data(small: HasStore) -> Data:
    return page_data(small, lang="en")


def node(data: Data, identifier: str) -> Data:
    (found,) = [node for node in data["nodes"] if node["id"] == identifier]
    return dict(found)


def said(data: Data, identifier: str, group: str) -> list[Data]:
    """Statements of a group, their texts and sources put in for the numbers."""
    (found,) = [one for one in node(data, identifier)["groups"] if one["id"] == group]
    return [
        statement
        | {
            name: data["texts"][statement[name]]
            for name in ("text", "when", "note", "inferred")
            if name in statement
        }
        | {"sources": [data["sources"][index]["id"] for index in statement["sources"]]}
        for statement in found["statements"]
    ]


def test_the_page_says_what_it_is_about(data: Data) -> None:
    assert data["title"] == {"it": "Un piccolo ecosistema", "en": "A small ecosystem"}
    assert data["subtitle"] == {
        "it": "Dodici organizzazioni inventate.",
        "en": "Twelve invented organisations.",
    }
    assert (data["lang"], data["focus"]) == ("en", "hub")


def test_counts_are_those_of_the_graph(data: Data) -> None:
    facts = {
        "memberships": 6,
        "ties": 8,
        "offices": 1,
        "participations": 2,
        "fields": 1,
        "offerings": 1,
        "capabilities": 1,
        "figures": 4,
        "decisions and commitments": 2,
        "phases: 2 stated, 3 of founding": 5,
        "seats": 3,
        "names": 15 + 1 + 1,  # one an organisation, and a legal and a former one of Acme
    }
    assert data["counts"] == {
        "nodes": 16,
        "edges": 18,
        "sources": 3,
        "facts": sum(facts.values()),
    }


def test_the_legend_counts_every_node_once(data: Data) -> None:
    assert [(kind["id"], kind["shape"], kind["count"]) for kind in data["kinds"]] == [
        ("companies", "dot", 7),
        ("knowledge", "square", 3),
        ("networks", "diamond", 3),
        ("public", "hexagon", 1),
        ("projects", "star", 1),
        ("unknown", "triangle", 1),
    ]
    assert [node["kind"] for node in data["nodes"]].count(0) == 7
    assert data["kinds"][node(data, "lab")["kind"]]["id"] == "knowledge"
    assert data["kinds"][node(data, "lonely")["kind"]]["id"] == "unknown"


def test_a_node_tells_what_is_known_and_leaves_out_what_is_not(data: Data) -> None:
    acme = node(data, "acme")
    assert acme["label"] == "Acme"
    assert acme["aliases"] == ["Acme S.p.A.", "Acme Viti"]
    assert acme["town"] == "Bologna"
    assert acme["website"] == "https://acme.example"
    assert acme["member"] is True
    assert data["texts"][acme["kindLabel"]] == {
        "it": "impresa, società quotata",
        "en": "company, listed company",
    }
    assert data["texts"][acme["description"]]["en"].startswith("Makes gears and screws")
    lonely = node(data, "lonely")
    assert set(lonely) == {"id", "label", "kind", "kindLabel", "x", "y", "size", "groups"}
    assert data["texts"][lonely["kindLabel"]] == {"it": "organizzazione", "en": "organisation"}
    assert node(data, "hub")["label"] == {"it": "Nodo", "en": "Hub"}


def test_statements_leave_the_name_of_another_node_open(data: Data) -> None:
    assert said(data, "delta", "ties") == [
        {
            "text": {"it": "ha acquisito {}", "en": "acquired {}"},
            "when": {"it": "nel 2015", "en": "in 2015"},
            "sources": ["early"],
            "disagrees": True,
            "other": "cogs",
        },
        {
            "text": {"it": "ha acquisito {}", "en": "acquired {}"},
            "when": {"it": "nel 2017", "en": "in 2017"},
            "sources": ["late"],
            "inferred": {"it": "Ricavato dai bilanci", "en": "Worked out from the accounts"},
            "disagrees": True,
            "other": "cogs",
        },
        {
            "text": {"it": "ha un prestito da {}", "en": "has a loan from {}"},
            "when": {"it": "dal 2010 al 2012", "en": "from 2010 to 2012"},
            "sources": ["early"],
            "other": "bank",
        },
    ]
    (first, _) = said(data, "acme", "memberships")
    assert first["note"] == {"it": "Entrata con altri", "en": "Joined with others"}


def test_what_is_no_node_is_named_in_the_text(data: Data) -> None:
    (event, *_) = said(data, "hub", "happenings")
    assert event["text"] == {
        "it": "Assemblea: Approvata la filiera",
        "en": "Assembly: Chain approved",
    }
    assert "other" not in event
    assert {
        "text": {"it": "lavora su: Batterie", "en": "works on: Batteries"},
        "sources": ["late"],
    } in (said(data, "team", "structure"))


def test_edges_name_ends_relation_time_and_sources(data: Data) -> None:
    (edge,) = [
        edge for edge in data["edges"] if data["relations"][edge["relation"]]["id"] == "partner-of"
    ]
    assert (edge["from"], edge["to"]) == ("acme", "bolt")
    assert data["texts"][edge["when"]]["en"] == "since 2019 / since March 2019"
    assert [data["sources"][index]["id"] for index in edge["sources"]] == ["early", "late"]
    (unit,) = [
        edge
        for edge in data["edges"]
        if data["relations"][edge["relation"]]["id"] == "structure/unitOf"
    ]
    assert "when" not in unit
    assert [data["sources"][index]["id"] for index in unit["sources"]] == ["late"]


def test_relations_read_both_ways_and_are_grouped(data: Data) -> None:
    found = {relation["id"]: relation for relation in data["relations"]}
    assert found["lends-to"] == {
        "id": "lends-to",
        "label": {"it": "presta denaro a", "en": "lends to"},
        "inverse": {"it": "ha un prestito da", "en": "has a loan from"},
        "symmetric": False,
        "group": "ownership",
        "count": 1,
    }
    assert found["research-partner-of"]["symmetric"] is True
    assert found["membership/member"]["label"] == {"it": "socio di", "en": "member of"}
    assert found["membership/member"]["count"] == 4
    families = ("membership", "participation", "structure")
    assert {
        name: relation["group"]
        for name, relation in found.items()
        if name.partition("/")[0] in families
    } == {
        "membership": "membership",
        "membership/member": "membership",
        "membership/founding-member": "membership",
        "participation/coordinator": "project",
        "participation/partner": "project",
        "structure/unitOf": "membership",
        "structure/subOrganizationOf": "membership",
    }
    assert sum(relation["count"] for relation in data["relations"]) == len(data["edges"])


def test_sources_are_given_with_what_is_known_of_them(data: Data) -> None:
    found = {source["id"]: source for source in data["sources"]}
    assert found["early"] == {
        "id": "early",
        "title": "Early page",
        "publisher": "Gazette",
        "published": "2019-05",
        "url": "https://example.org/early",
        "language": "it",
    }
    assert set(found["undated"]) == {"id", "publisher", "url", "language"}


def test_the_same_graph_gives_the_same_page(small: HasStore, data: Data) -> None:
    assert json.dumps(page_data(small, lang="en")) == json.dumps(data)


def test_an_empty_store_gives_an_empty_page() -> None:
    empty = page_data(SimpleNamespace(store=MemoryStore()))
    assert (empty["nodes"], empty["edges"], empty["focus"]) == ([], [], None)
    assert empty["counts"] == {"nodes": 0, "edges": 0, "sources": 0, "facts": 0}


def test_pyvis_gets_the_same_network_with_fixed_positions(small: HasStore, data: Data) -> None:
    network = network_page(small, "en")
    assert network.directed
    assert network.options.physics.enabled is False
    assert (network.num_nodes(), network.num_edges()) == (16, 18)
    hub, expected = network.get_node("hub"), node(data, "hub")
    assert (hub["label"], hub["shape"], hub["color"]) == ("Hub", "diamond", "#057a5f")
    assert (hub["x"], hub["y"], hub["size"]) == (expected["x"], expected["y"], expected["size"])
    assert "title" not in hub, "pyvis would run what a title holds"
    between = [
        edge for edge in network.get_edges() if edge["from"] == "acme" and edge["to"] == "bolt"
    ]
    assert sorted((edge["label"], edge["arrows"]) for edge in between) == [
        ("controls", "to"),
        ("is a partner of", ""),
        ("supplies", "to"),
    ]
    assert all(edge["smooth"] for edge in between)
    (single,) = [edge for edge in network.get_edges() if edge["from"] == "bank"]
    assert single["smooth"] is False
    html = network.generate_html("page.html")
    assert embedded_data(html) == data
    assert "cdnjs" not in html


def test_the_page_is_written_whole_and_replaced_only_when_asked(
    small: HasStore, tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    write_page(small, path, "it")
    assert path.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>")
    assert [file.name for file in tmp_path.iterdir()] == ["page.html"]
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="exists already"):
        write_page(small, path, "it")
    assert path.read_text(encoding="utf-8") == "mine"
    write_page(small, path, "it", force=True)
    assert embedded_data(path.read_text(encoding="utf-8"))["focus"] == "hub"
    with pytest.raises(OutputError, match="does not exist"):
        write_page(small, tmp_path / "nowhere" / "page.html", "it")


def test_the_real_page_holds_every_edge_and_what_the_sources_say(
    ecosystem: filiera.Ecosystem,
) -> None:
    data = page_data(ecosystem)
    assert data["focus"] == "clust-er-mech"
    assert len(data["nodes"]) == data["counts"]["nodes"] > 450
    assert len(data["edges"]) == data["counts"]["edges"] > 650
    assert sum(kind["count"] for kind in data["kinds"]) == len(data["nodes"])
    points = {(node["x"], node["y"]) for node in data["nodes"]}
    assert len(points) == len(data["nodes"])
    disputed = [one for one in said(data, "manz-italy", "figures") if one.get("disagrees")]
    assert {one["text"]["en"] for one in disputed if one["when"]["en"] == "in December 2024"} == {
        "employees: 110",
        "employees: 112",
    }


def test_the_real_data_of_the_page_stays_small(ecosystem: filiera.Ecosystem) -> None:
    text = json.dumps(page_data(ecosystem), ensure_ascii=False, separators=(",", ":")).encode()
    assert len(text) < 995_000
    assert len(gzip.compress(text, 9)) < 206_000


def test_no_name_turns_the_direction_of_the_page(small: HasStore, data: Data) -> None:
    hostile = json.loads(json.dumps(data))
    hostile["title"] = "Acme \u202egnihton\u2066"
    hostile["nodes"][0]["label"] = "Bolt \x9b2J\u200f"
    html = render_page(network_page(small, "en"), hostile, lang="en")
    assert not re.search("[\x80-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", html)
    assert "<title>Acme \ufffdgnihton\ufffd</title>" in html
    assert embedded_data(html)["nodes"][0]["label"] == "Bolt \ufffd2J\ufffd"
