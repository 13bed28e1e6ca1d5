"""The graph as files: everything is in them, always the same, whole or not at all."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import networkx
import pyoxigraph
import pytest
import rdflib
from pyoxigraph import NamedNode

from filiera.ecosystem import Ecosystem
from filiera.errors import OutputError, UsageError
from filiera.store import MemoryStore
from filiera.views.export import ENDINGS, export
from filiera.views.fact_table import COLUMNS
from filiera.views.files import new_file
from filiera.views.network_files import plain_network, write_gexf, write_graphml
from filiera.vocabulary import CONCEPT, DCTERMS, DERIVED, FIL, GRAPH, META, ONTOLOGY, ORG, RDFS
from tests.small_cluster import iri, small_dataset, small_store

MERGED = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml"}


@pytest.fixture(scope="module")
def small() -> Ecosystem:
    """The small cluster, in English."""
    return Ecosystem(small_store(), small_dataset(), lang="en")


@pytest.mark.parametrize("ending", MERGED)
def test_triple_formats_hold_the_default_graph(
    small: Ecosystem, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"graph.{ending}"
    export(small, path)
    triples = {quad.triple for quad in small.store.quads()}
    assert {quad.triple for quad in pyoxigraph.parse(path=path)} == triples
    assert len(rdflib.Graph().parse(path, format=MERGED[ending])) == len(triples) > 1000


@pytest.mark.parametrize("ending", ["trig", "nq"])
def test_quad_formats_hold_all_graphs(small: Ecosystem, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"graph.{ending}"
    export(small, path)
    assert set(pyoxigraph.parse(path=path)) == set(small.store.graph_quads())


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_export_is_the_same_every_time(small: Ecosystem, tmp_path: Path, ending: str) -> None:
    first, second = tmp_path / f"first.{ending}", tmp_path / f"second.{ending}"
    export(small, first)
    again = pyoxigraph.Store()
    again.extend(sorted(small.store.graph_quads(), key=str, reverse=True))
    shuffled = Ecosystem(MemoryStore(again), small_dataset(), lang="en")
    export(shuffled, second)
    assert first.read_bytes() == second.read_bytes()
    assert [path.name for path in sorted(tmp_path.iterdir())] == [first.name, second.name]


def test_prefixes_are_those_of_the_data_set(small: Ecosystem, tmp_path: Path) -> None:
    path = tmp_path / "graph.TTL"
    export(small, path)
    text = path.read_text(encoding="utf-8")
    assert "@prefix id: <https://w3id.org/filiera/id/> ." in text
    assert "\nid:acme a org:Organization ;\n" in text


# Facts as a table ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rows(small: Ecosystem, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    """Rows of the CSV export of the small cluster."""
    path = tmp_path_factory.mktemp("csv") / "facts.csv"
    export(small, path)
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_a_fact_is_a_row_for_each_source(rows: list[dict[str, str]]) -> None:
    said = [row for row in rows if row["fact"] == iri("membership/acme--hub")]
    assert [
        (row["source_label"], row["start"], row["note_it"], row["note_en"]) for row in said
    ] == [
        ("Early page", "[2020-01-01..2020-07-31]", "Entrata con altri", "Joined with others"),
        ("Late page", "2020", "", ""),
    ]
    assert {
        (row["type_label"], row["subject"], row["predicate_label"], row["value_label"])
        for row in said
    } == {("membership", iri("acme"), "member", "Hub")}


def test_figures_keep_number_date_and_details(rows: list[dict[str, str]]) -> None:
    found = {
        (row["value"], row["date"], row["source_label"], row["details"])
        for row in rows
        if row["predicate_label"] == "members"
    }
    assert found == {
        ("100", "2020", "Early page", ""),
        ("120", "2020", "Late page", ""),
        ("80", "2020", "Late page", "ofKind=company; precision=approximately"),
        ("140", "2021", "Late page", ""),
    }


def test_a_text_in_two_languages_and_several_values_stay_whole(rows: list[dict[str, str]]) -> None:
    gears = next(row for row in rows if row["type_label"] == "offering")
    assert (gears["value"], gears["language"]) == ("Gears; Ingranaggi", "en; it")
    assert gears["details"] == "technology@en=Milling; technology@it=Fresatura"
    decision = next(row for row in rows if row["type_label"] == "decision" and row["details"])
    assert decision["subject"] == iri("hub")
    assert decision["value"] == f"{iri('hub')}; {iri('team')}"
    assert decision["value_label"] == "Hub; Battery team"


def test_what_is_said_of_a_thing_is_a_row_for_each_statement(rows: list[dict[str, str]]) -> None:
    said = {
        (row["predicate"], row["value"], row["language"])
        for row in rows
        if row["fact"] == iri("acme") and row["source_label"] == "Late page"
    }
    assert said == {
        (DCTERMS.description, "Fa ingranaggi e viti, dal 2020 anche motori", "it"),
        (DCTERMS.description, "Makes gears and screws, since 2020 also motors", "en"),
        (ORG.classification, f"{CONCEPT.base}kind/listed-company", ""),
        (RDFS.comment, "In seguito rinominata motors", "it"),
        (RDFS.comment, "Renamed motors later", "en"),
    }


def test_every_statement_of_a_source_is_in_the_table(
    small: Ecosystem, rows: list[dict[str, str]]
) -> None:
    told = Counter((row["source"], row["fact"]) for row in rows)
    stated = {
        (quad.graph_name.value, quad.subject.value)
        for quad in small.store.graph_quads()
        if isinstance(quad.graph_name, NamedNode)
        and isinstance(quad.subject, NamedNode)
        and quad.graph_name.value not in (DERIVED, META, ONTOLOGY)
    }
    assert set(told) == stated
    facts = {
        (graph, node)
        for graph, node in stated
        if _is_fact(small, NamedNode(node), NamedNode(graph))
    }
    assert facts
    assert all(told[fact] == 1 for fact in facts)


def _is_fact(small: Ecosystem, node: NamedNode, graph: NamedNode) -> bool:
    return bool(
        small.query(
            f"ASK {{ GRAPH <{graph.value}> {{ <{node.value}> a ?class }}"
            " ?class rdfs:subClassOf fil:Fact }"
        )
    )


def test_columns_are_documented(rows: list[dict[str, str]]) -> None:
    assert [name for name in rows[0] if not name.endswith("_label")] == list(COLUMNS)


# Networks -----------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
def test_no_node_and_no_edge_is_dropped(small: Ecosystem, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"network.{ending}"
    export(small, path)
    network = small.network()
    read = networkx.read_graphml(path) if ending == "graphml" else networkx.read_gexf(path)
    assert set(read.nodes) == set(network.nodes)
    assert Counter(read.edges()) == Counter(network.edges())
    assert sum(1 for _ in network.edges) > 5


def test_edges_keep_what_is_known_of_them(small: Ecosystem, tmp_path: Path) -> None:
    path = tmp_path / "network.graphml"
    export(small, path)
    read = networkx.read_graphml(path, force_multigraph=True)
    known = read.get_edge_data(iri("acme"), iri("bolt"), iri("tie/acme--supplies--bolt"))
    assert known["relation"] == "supplies"
    assert known["start_date"] == "2018"
    assert known["sources"] == "early"
    assert read.nodes[iri("acme")]["slug"] == "acme"


def test_every_network_attribute_becomes_text_or_a_number(small: Ecosystem) -> None:
    plain = plain_network(small.network())
    values = [value for _, data in plain.nodes(data=True) for value in data.values()]
    values += [value for *_, data in plain.edges(data=True) for value in data.values()]
    assert {type(value) for value in values} <= {str, int, float, bool}
    assert "" not in values


def test_edges_that_share_a_key_get_keys_of_their_own() -> None:
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    network.add_edge("c", "d", key="unitOf", weight=None, names=["x", "y"])
    network.add_edge("a", "b", key="unitOf")
    plain = plain_network(network)
    assert list(plain.edges(keys=True)) == [
        ("a", "b", "unitOf"),
        ("c", "d", "unitOf?from=c&to=d"),
    ]
    assert plain.edges["c", "d", "unitOf?from=c&to=d"] == {"names": "x; y"}


def test_gexf_bears_the_day_of_the_data_or_none() -> None:
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    network.add_edge("a", "b", key="k")
    dated, undated = io.BytesIO(), io.BytesIO()
    write_gexf(network, dated, "2021-04-01")
    write_gexf(network, undated)
    assert b'lastmodifieddate="2021-04-01"' in dated.getvalue()
    assert b"lastmodifieddate" not in undated.getvalue()


def test_hostile_names_survive_the_formats() -> None:
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    network.add_node("a", label='<script>alert("x")</script> & "Söhne"')
    out = io.BytesIO()
    write_graphml(network, out)
    read = networkx.parse_graphml(out.getvalue().decode())
    assert read.nodes["a"]["label"] == '<script>alert("x")</script> & "Söhne"'


# Files --------------------------------------------------------------------------------------


def test_an_unknown_ending_lists_those_that_there_are(small: Ecosystem, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"end it in one of: \.ttl, \.nt, .*\.gexf$"):
        export(small, tmp_path / "graph.zip")
    with pytest.raises(UsageError):
        export(small, tmp_path / "graph")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_exists_is_replaced_only_by_force(small: Ecosystem, tmp_path: Path) -> None:
    path = tmp_path / "graph.nt"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="exists already; give another name, or --force"):
        export(small, path)
    assert path.read_text(encoding="utf-8") == "mine"
    export(small, path, force=True)
    assert path.stat().st_size > 1000


def test_places_that_cannot_be_written_are_refused(
    small: Ecosystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(OutputError, match="does not exist"):
        export(small, tmp_path / "nowhere" / "graph.nt")
    folder = tmp_path / "folder.nt"
    folder.mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        export(small, folder)
    monkeypatch.setattr("os.access", lambda path, mode: False)
    with pytest.raises(OutputError, match="permission denied"):
        export(small, tmp_path / "graph.nt")
    assert list(tmp_path.iterdir()) == [folder]


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "graph.nt"
    path.write_text("mine", encoding="utf-8")

    def write(error: Exception) -> None:
        with new_file(path, force=True) as output:
            output.write(b"half")
            raise error

    with pytest.raises(OutputError, match="cannot be written: No space left on device"):
        write(OSError(28, "No space left on device"))
    with pytest.raises(KeyError):
        write(KeyError())
    assert path.read_text(encoding="utf-8") == "mine"
    assert list(tmp_path.iterdir()) == [path]


def test_a_name_that_is_too_long_is_refused(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 300 + ".nt")
    with pytest.raises(OutputError, match="cannot be written"), new_file(path):
        raise AssertionError


def test_a_device_is_written_in_place() -> None:
    with new_file(Path("/dev/null")) as output:
        output.write(b"gone")
    assert Path("/dev/null").is_char_device()


def test_an_ontology_graph_is_no_source(rows: list[dict[str, str]]) -> None:
    assert {row["source"] for row in rows} == {
        GRAPH.editorial,
        GRAPH.early,
        GRAPH.late,
        GRAPH.undated,
    }
    assert not any(row["predicate"].startswith(FIL.base + "startE") for row in rows)
