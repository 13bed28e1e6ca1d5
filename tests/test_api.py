"""The public face: what a person finds under ``import filiera``."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

import filiera
from filiera.results import Results
from filiera.vocabulary import CONCEPT, FIL, GRAPH, ID
from tests.conftest import MakeDataset


def test_all_that_is_promised_is_there() -> None:
    for name in filiera.__all__:
        assert hasattr(filiera, name), name
    public = {
        name
        for name, value in vars(filiera).items()
        if not name.startswith("_") and getattr(value, "__module__", "").startswith("filiera")
    }
    assert public <= set(filiera.__all__)


def test_select_ask_and_construct_give_what_fits(ecosystem: filiera.Ecosystem) -> None:
    assert ecosystem.query(f"ASK {{ <{ID.base}landi-renzo> a ?class }}") is True
    table = ecosystem.query(f"SELECT ?class WHERE {{ <{ID.base}landi-renzo> a ?class }}")
    assert isinstance(table, Results)
    assert "http://www.w3.org/ns/org#Organization" in table.column("class")
    triples = ecosystem.query(
        f"CONSTRUCT WHERE {{ <{ID.base}landi-renzo> <{FIL.memberOf}> ?body }}"
    )
    assert isinstance(triples, list)
    assert f"{ID.base}clust-er-mech" in {triple.object.value for triple in triples}  # type: ignore[union-attr]


def test_rdflib_sees_the_same_store(ecosystem: filiera.Ecosystem) -> None:
    members = ecosystem.query(f"SELECT ?m WHERE {{ ?m <{FIL.memberOf}> <{ID.base}clust-er-mech> }}")
    assert isinstance(members, Results)
    dataset = ecosystem.rdf
    assert isinstance(dataset, rdflib.Dataset)
    found = dataset.default_graph.subjects(
        rdflib.URIRef(FIL.memberOf), rdflib.URIRef(ID.base + "clust-er-mech")
    )
    assert {str(member) for member in found} == set(members.column("m"))
    seed = dataset.graph(rdflib.URIRef(GRAPH["seed-2020-07"]))
    assert (
        rdflib.URIRef(ID.base + "membership/landi-renzo--clust-er-mech"),
        rdflib.RDF.type,
        rdflib.URIRef(FIL.Membership),
    ) in seed


def test_a_folder_of_ones_own_is_opened(make_dataset: MakeDataset, tmp_path: Path) -> None:
    folder = make_dataset().folder
    with filiera.open_graph(folder, lang="it") as memory:
        assert memory.built is not None
        assert memory.built.rows["ties"] == 3
        assert memory.lang == "it"
    with filiera.open_graph(folder, store=tmp_path / "store") as disk:
        assert len(disk.store) == memory.built.quads


def test_errors_are_one_tree_with_exit_codes() -> None:
    errors = [getattr(filiera, name) for name in filiera.__all__]
    tree = [kind for kind in errors if isinstance(kind, type) and issubclass(kind, Exception)]
    assert len(tree) == 12
    assert all(issubclass(kind, filiera.FilieraError) for kind in tree)
    assert filiera.FactsError([]).exit_code == 1
    assert filiera.UnknownName("no such thing").exit_code == 2


@pytest.mark.parametrize("form", ["SELECT *", "ASK", "CONSTRUCT { ?s ?p ?o }"])
def test_what_fails_while_a_query_runs_is_told(
    ecosystem: filiera.Ecosystem, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("filiera.store.malformed.calls_a_service", lambda query: False)
    unreachable = f"{form} {{ SERVICE <http://127.0.0.1:9/sparql> {{ ?s ?p ?o }} }}"
    with pytest.raises(filiera.QueryError, match="the query cannot be answered"):
        ecosystem.query(unreachable)


def test_pandas_missing_is_told(
    ecosystem: filiera.Ecosystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with pytest.raises(filiera.MissingPart, match="pip install"):
        Results([], []).to_pandas()


def test_labels_come_in_both_languages(ecosystem: filiera.Ecosystem) -> None:
    iri = CONCEPT.base + "relation/supplies"
    assert (ecosystem.label(iri, "it"), ecosystem.label(iri, "en")) == ("fornisce", "supplies")
