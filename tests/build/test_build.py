"""From facts to graph: the triples of each row, the merge, the derived and the meta graph."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QuerySolutions

from filiera.build import build
from filiera.build.opening import open_store
from filiera.errors import FactsError, StoreError
from filiera.facts.dataset import Dataset
from filiera.store import DiskStore, MemoryStore, Store
from filiera.vocabulary import DERIVED, EDITORIAL, GRAPH, ID, META, ONTOLOGY
from tests.conftest import MakeDataset

PREFIXES = """
PREFIX fil: <https://w3id.org/filiera/ontology#>
PREFIX id: <https://w3id.org/filiera/id/>
PREFIX graph: <https://w3id.org/filiera/graph/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX void: <http://rdfs.org/ns/void#>
PREFIX prov: <http://www.w3.org/ns/prov#>
"""


def built(dataset: Dataset) -> MemoryStore:
    store = MemoryStore()
    build(dataset, store)
    return store


def rows(store: Store, query: str) -> list[tuple[str, ...]]:
    solutions = store.query(PREFIXES + query)
    assert isinstance(solutions, QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return [tuple(short(solution[name]) for name in names) for solution in solutions]


def short(term: object) -> str:
    value = str(getattr(term, "value", ""))
    for base in (ID.base, GRAPH.base, "https://w3id.org/filiera/ontology#"):
        value = value.removeprefix(base)
    return value


def counts(pairs: list[tuple[str, ...]]) -> dict[str, str]:
    return {pair[0]: pair[1] for pair in pairs}


def lines(store: Store) -> bytes:
    buffer = io.BytesIO()
    store.dump(buffer)
    return buffer.getvalue()


def test_two_sources_of_one_membership_meet_in_one_node(make_dataset: MakeDataset) -> None:
    store = built(make_dataset())
    assert rows(
        store,
        """SELECT ?m ?source ?said ?from ?to WHERE { GRAPH ?source {
        ?m a fil:Membership ; fil:start ?said ; fil:startEarliest ?from ;
        fil:startLatest ?to } } ORDER BY ?source""",
    ) == [
        (
            "membership/acme--cluster",
            "page-a",
            "[2020-01-01..2020-07-31]",
            "2020-01-01",
            "2020-07-31",
        ),
        ("membership/acme--cluster", "page-b", "2020", "2020-01-01", "2020-12-31"),
    ]


def test_a_tie_that_holds_both_ways_is_one_node_whoever_names_it(make_dataset: MakeDataset) -> None:
    store = built(make_dataset())
    assert rows(
        store,
        "SELECT DISTINCT ?t ?a ?b WHERE { ?t fil:from ?a ; fil:to ?b } ORDER BY ?t",
    ) == [
        ("tie/acme--partner-of--bolt", "acme", "bolt"),
        ("tie/acme--supplies--bolt", "acme", "bolt"),
    ]


def test_figures_of_one_day_meet_and_undated_ones_stay_apart(make_dataset: MakeDataset) -> None:
    store = built(
        make_dataset(
            figures="subject,measure,value,date,source\nacme,employees,100,2020,page-a\n"
            "acme,employees,120.50,2020,page-b\nacme,employees,7,,page-a\nacme,employees,8,,page-b\n"
        )
    )
    assert rows(store, "SELECT ?f ?v WHERE { ?f fil:value ?v } ORDER BY ?f ?v") == [
        ("figure/acme--employees--2020", "100"),
        ("figure/acme--employees--2020", "120.5"),
        ("figure/acme--employees--undated--page-a", "7"),
        ("figure/acme--employees--undated--page-b", "8"),
    ]


def test_founding_years_of_two_sources_stand_side_by_side(make_dataset: MakeDataset) -> None:
    store = built(make_dataset())
    assert rows(
        store,
        """SELECT ?source ?year WHERE { GRAPH ?source { id:phase/acme--existing fil:start ?year } }
        ORDER BY ?source""".replace("id:phase/acme--existing", f"<{ID.base}phase/acme--existing>"),
    ) == [("page-a", "1999"), ("page-b", "2001")]


def test_the_first_row_gives_the_display_name_and_every_row_a_naming(
    make_dataset: MakeDataset,
) -> None:
    store = built(make_dataset())
    assert rows(
        store, "SELECT ?name WHERE { GRAPH graph:editorial { id:acme skos:prefLabel ?name } }"
    ) == [("Acme",)]
    assert rows(
        store, "SELECT ?name WHERE { ?n fil:subject id:acme ; fil:name ?name } ORDER BY ?name"
    ) == [
        ("ACME S.p.A.",),
        ("Acme",),
    ]
    assert rows(store, "SELECT ?name WHERE { id:acme skos:altLabel ?name }") == [("ACME S.p.A.",)]


def test_rules_conclude_into_their_own_graph_and_the_merge(make_dataset: MakeDataset) -> None:
    store = built(make_dataset())
    for where in ("", "GRAPH graph:derived"):
        assert rows(store, f"SELECT ?a ?b WHERE {{ {where} {{ ?a fil:memberOf ?b }} }}") == [
            ("acme", "cluster")
        ]
        assert rows(
            store, f"SELECT ?a ?b WHERE {{ {where} {{ ?a fil:partnerOf ?b }} }} ORDER BY ?a"
        ) == [
            ("acme", "bolt"),
            ("bolt", "acme"),
        ]


def test_the_default_graph_is_the_merge_of_all_named_graphs_each_triple_once(
    make_dataset: MakeDataset,
) -> None:
    store = built(make_dataset())
    named = {quad.triple for quad in store.graph_quads() if isinstance(quad.graph_name, NamedNode)}
    assert {quad.triple for quad in store.quads()} == named
    assert len(list(store.quads())) == len(named)


def test_the_graphs_are_those_of_the_sources_and_the_reserved_ones(
    make_dataset: MakeDataset,
) -> None:
    store = built(make_dataset())
    graphs = {row[0] for row in rows(store, "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")}
    reserved = {name.removeprefix(GRAPH.base) for name in (DERIVED, EDITORIAL, META, ONTOLOGY)}
    assert graphs == {"page-a", "page-b"} | reserved


def test_no_blank_node_is_published(make_dataset: MakeDataset) -> None:
    assert b"_:" not in lines(built(make_dataset())).replace(b'"', b"")


def test_the_description_counts_what_is_there(make_dataset: MakeDataset) -> None:
    store = built(make_dataset())
    stated = counts(rows(store, "SELECT ?g ?n WHERE { ?d void:subset ?g . ?g void:triples ?n }"))
    counted = counts(
        rows(
            store,
            """SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } FILTER(?g != graph:meta) }
            GROUP BY ?g""",
        )
    )
    assert {graph: n for graph, n in stated.items() if graph != "meta"} == counted
    assert rows(
        store,
        "SELECT ?n WHERE { ?d void:classPartition ?p . ?p void:class fil:Tie ; void:entities ?n }",
    ) == [("2",)]
    assert rows(
        store,
        "SELECT ?tool WHERE { ?d prov:wasGeneratedBy/prov:wasAssociatedWith/skos:prefLabel ?tool }",
    ) == [("Filiera 0.1.0",)]


def test_two_builds_are_the_same_to_the_byte(make_dataset: MakeDataset) -> None:
    dataset = make_dataset()
    assert lines(built(dataset)) == lines(built(dataset))


def test_a_change_of_a_cell_changes_the_graph_and_its_digest(make_dataset: MakeDataset) -> None:
    first, second = MemoryStore(), MemoryStore()
    before = build(make_dataset("a"), first)
    after = build(
        make_dataset(
            "b", figures="subject,measure,value,date,source\nacme,employees,101,2020,page-a\n"
        ),
        second,
    )
    assert before.digest != after.digest
    assert lines(first) != lines(second)


def test_a_dataset_of_its_own_base_has_its_own_iris(make_dataset: MakeDataset) -> None:
    dataset = make_dataset()
    description = dataset.folder / "dataset.toml"
    description.write_text(
        'base = "https://data.example.org/"\n' + description.read_text(encoding="utf-8"),
        encoding="utf-8",
    )
    store = built(Dataset.find(dataset.folder))
    assert rows(
        store, "SELECT ?m ?g WHERE { GRAPH ?g { ?m a fil:Membership } } ORDER BY ?g LIMIT 1"
    ) == [
        (
            "https://data.example.org/id/membership/acme--cluster",
            "https://data.example.org/graph/page-a",
        )
    ]


def test_disk_and_memory_hold_the_same(make_dataset: MakeDataset, tmp_path: Path) -> None:
    dataset = make_dataset()
    disk, report = open_store(dataset, tmp_path / "store")
    assert report is not None
    assert lines(disk) == lines(built(dataset))
    disk.close()
    again, none = open_store(dataset, tmp_path / "store")
    assert none is None
    again.close()


def test_changed_facts_are_built_again_and_faulty_ones_leave_the_store_as_it_was(
    make_dataset: MakeDataset, tmp_path: Path
) -> None:
    folder = tmp_path / "store"
    open_store(make_dataset(), folder)[0].close()
    changed = make_dataset(ties="from,relation,to,source\nbolt,supplies,acme,page-a\n")
    store, report = open_store(changed, folder)
    assert report is not None
    good = lines(store)
    store.close()
    faulty = make_dataset(ties="from,relation,to,source\nbolt,suplies,acme,page-a\n")
    with pytest.raises(FactsError):
        open_store(faulty, folder)
    kept = DiskStore(folder)
    assert lines(kept) == good
    kept.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "store"]


def test_a_store_of_another_dataset_is_left_alone(
    make_dataset: MakeDataset, tmp_path: Path
) -> None:
    folder = tmp_path / "store"
    open_store(make_dataset(), folder)[0].close()
    other = make_dataset("other")
    description = other.folder / "dataset.toml"
    text = description.read_text(encoding="utf-8").replace('id = "small"', 'id = "other"')
    description.write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match="holds the data set “small”, not “other”"):
        open_store(Dataset.find(other.folder), folder)
    kept = DiskStore(folder)
    assert kept.mark.dataset == "small"
    assert len(kept) > 0
    kept.close()


def test_results_of_the_real_data_are_deterministic() -> None:
    first, second = MemoryStore(), MemoryStore()
    dataset = Dataset.find()
    build(dataset, first)
    build(dataset, second)
    assert lines(first) == lines(second)
