"""Validation hands back sentences: which thing, which fault, how to mend it, who states it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat

from filiera.build import build
from filiera.build.validation import Finding, Report, validate
from filiera.errors import UsageError
from filiera.facts.dataset import Dataset
from filiera.store import MemoryStore
from filiera.vocabulary import DERIVED, EDITORIAL, FIL, GRAPH, ID, META
from tests.ontology.examples import PROLOGUE, Fault, put, valid_store
from tests.ontology.sources import CORE

TIE = ID["tie/firm--supplies--other"]
SHAPES = """
@prefix ex: <https://example.org/> .
@prefix fil: <https://w3id.org/filiera/ontology#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


@pytest.fixture
def store() -> MemoryStore:
    """The valid example with the labels of the ontology."""
    store = valid_store()
    store.oxigraph.load(path=CORE, format=RdfFormat.TURTLE)
    return store


def only(report: Report) -> Finding:
    (finding,) = report.findings
    return finding


def shapes_folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "own.ttl").write_text(SHAPES + text, encoding="utf-8")
    return tmp_path


def test_a_graph_without_fault_conforms(store: MemoryStore) -> None:
    report = validate(store)
    assert report.conforms
    assert report.findings == ()
    assert report.text() == ""


def test_the_real_data_conform() -> None:
    store = MemoryStore()
    build(Dataset.find(), store)
    report = validate(store)
    assert report.conforms
    assert [finding.text() for finding in report.findings if finding.severity != "info"] == []


def test_a_fault_becomes_a_sentence_in_both_languages(store: MemoryStore) -> None:
    put(store, Fault("fair", "fil:organiser", "id:cells", ""))
    report = validate(store)
    assert not report.conforms
    assert only(report) == Finding(
        severity="violation",
        focus=ID.fair,
        label={"it": "Fiera", "en": "Fair"},
        path=FIL.organiser,
        value=ID.cells,
        message={
            "it": "L'organizzatore di un evento non è un'organizzazione della raccolta: "
            "aggiungerla o correggere la colonna organiser della tabella events.",
            "en": "The organiser of an event is not an organisation of the data set: "
            "add it, or mend column organiser of table events.",
        },
        sources=(GRAPH.source,),
    )
    assert report.text("it") == (
        "Errore: Fiera (fair). L'organizzatore di un evento non è un'organizzazione della "
        "raccolta: aggiungerla o correggere la colonna organiser della tabella events. "
        "[cells] Lo afferma: source."
    )
    assert report.text() == (
        "Error: Fair (fair). The organiser of an event is not an organisation of the data set: "
        "add it, or mend column organiser of table events. [cells] Stated by: source."
    )


def test_a_fact_without_name_is_called_by_its_class(store: MemoryStore) -> None:
    put(store, Fault("tie/firm--supplies--other", "fil:to", "id:fair", ""))
    finding = only(validate(store))
    assert finding.label == {
        "it": "legame firm--supplies--other",
        "en": "tie firm--supplies--other",
    }


def test_a_thing_that_is_unknown_is_called_by_its_id(store: MemoryStore) -> None:
    store.update(f"{PROLOGUE} INSERT DATA {{ id:ghost fil:feeds id:ghost }}")
    findings = [f for f in validate(store).findings if f.message["en"].startswith("A stage feeds")]
    assert [finding.label for finding in findings] == [{"it": "ghost", "en": "ghost"}]


def test_only_the_source_that_states_the_fault_is_named(store: MemoryStore) -> None:
    kind = "https://w3id.org/filiera/concept/status/active"
    for graph in ("", "GRAPH graph:another"):
        opening, closing = (f"{graph} {{", "}") if graph else ("", "")
        store.update(
            f"{PROLOGUE} INSERT DATA {{ {opening} id:firm org:classification <{kind}> {closing} }}"
        )
    finding = only(validate(store))
    assert (finding.value, finding.sources) == (kind, (GRAPH.another,))


def test_a_missing_value_is_laid_to_all_who_speak_of_the_thing(store: MemoryStore) -> None:
    put(store, Fault("fair", "dcterms:type", None, ""))
    for graph in (GRAPH.another, EDITORIAL, DERIVED):
        store.update(f"{PROLOGUE} INSERT DATA {{ GRAPH <{graph}> {{ id:fair fil:code 'x' }} }}")
    assert only(validate(store)).sources == (GRAPH.another, GRAPH.source)


def test_warnings_and_notes_do_not_break_conformance(store: MemoryStore) -> None:
    put(store, Fault("firm", "org:classification", None, ""))
    put(store, Fault("tanks", "fil:stageOf", "id:chain-batteries", ""))
    report = validate(store)
    assert report.conforms
    assert [finding.severity for finding in report.findings] == ["warning", "info"]
    assert (report.count("violation"), report.count("warning"), report.count("info")) == (0, 1, 1)
    assert report.text("it").startswith("Avviso: Idrogeno (chain-hydrogen). ")
    assert report.text("en").splitlines()[1].startswith("Note: Firm (firm). No source says")


def test_the_worst_comes_first(store: MemoryStore) -> None:
    put(store, Fault("firm", "org:classification", None, ""))
    put(store, Fault("tie/firm--supplies--other", "fil:to", "id:fair", ""))
    assert [f.severity for f in validate(store).findings] == ["violation", "info"]


class TestFactsWithoutSource:
    def drop_from(self, store: MemoryStore, graph: str) -> None:
        store.update(f"DELETE WHERE {{ GRAPH <{graph}> {{ <{TIE}> ?property ?value }} }}")

    def test_a_fact_that_nobody_states_is_reported(self, store: MemoryStore) -> None:
        self.drop_from(store, GRAPH.source)
        finding = only(validate(store))
        assert (finding.focus, finding.severity, finding.sources) == (TIE, "violation", ())
        assert finding.text("it") == (
            "Errore: legame firm--supplies--other (tie/firm--supplies--other). "
            "Nessuna fonte lo afferma: indicarne una nella colonna source o togliere la riga."
        )

    @pytest.mark.parametrize("graph", [DERIVED, META])
    def test_what_is_concluded_is_no_statement(self, store: MemoryStore, graph: str) -> None:
        self.drop_from(store, GRAPH.source)
        store.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <{TIE}> <{FIL.lastKnown}> 1 }} }}")
        assert not validate(store).conforms

    def test_the_project_may_state_a_fact_itself(self, store: MemoryStore) -> None:
        self.drop_from(store, GRAPH.source)
        store.update(f"INSERT DATA {{ GRAPH <{EDITORIAL}> {{ <{TIE}> a <{FIL.Tie}> }} }}")
        assert validate(store).conforms


class TestShapesOfOnesOwn:
    def test_a_message_without_language_stands_for_both(
        self, store: MemoryStore, tmp_path: Path
    ) -> None:
        folder = shapes_folder(
            tmp_path,
            """ex:Firms a sh:NodeShape ; sh:targetNode <https://w3id.org/filiera/id/firm> ;
            sh:property [ sh:path fil:code ; sh:minCount 1 ; sh:message "no code" ] .""",
        )
        finding = only(validate(store, folder))
        assert finding.message == {"it": "no code", "en": "no code"}
        assert (finding.path, finding.value) == (FIL.code, None)

    def test_a_literal_or_blank_node_is_called_by_its_text(
        self, store: MemoryStore, tmp_path: Path
    ) -> None:
        folder = shapes_folder(
            tmp_path,
            """ex:Codes a sh:NodeShape ; sh:targetObjectsOf fil:code , fil:feeds ;
            sh:in ( "036023" "MO" "IT" ) ; sh:message "unknown code"@en .""",
        )
        store.update(f"DELETE WHERE {{ ?stage <{FIL.feeds}> ?fed }}")
        code = Quad(NamedNode(ID.firm), NamedNode(FIL.code), Literal('a "code"'))
        fed = Quad(NamedNode(ID.cells), NamedNode(FIL.feeds), BlankNode("fed"))
        store.oxigraph.extend([code, fed])
        report = validate(store, folder)
        assert {finding.label["it"] for finding in report.findings} == {'a "code"', "fed"}
        assert {finding.sources for finding in report.findings} == {()}
        assert not report.conforms

    def test_a_literal_value_is_looked_up_as_it_was_stated(
        self, store: MemoryStore, tmp_path: Path
    ) -> None:
        folder = shapes_folder(
            tmp_path,
            """ex:Names a sh:NodeShape ; sh:targetNode <https://w3id.org/filiera/id/cluster> ;
            sh:property [ sh:path skos:prefLabel ; sh:in ( "Cluster"@en ) ; sh:message "odd"@en ] ;
            sh:property [ sh:path fil:code ; sh:in ( 1 ) ; sh:message "odd"@en ] .""",
        )
        for graph, value in (("one", '"Gruppo"@it'), ("two", "2"), ("three", "3")):
            name = "skos:prefLabel" if graph == "one" else "fil:code"
            triple = f"id:cluster {name} {value}"
            store.update(
                f"{PROLOGUE} INSERT DATA {{ {triple} GRAPH graph:{graph} {{ {triple} }} }}"
            )
        assert [(f.value, f.sources) for f in validate(store, folder).findings] == [
            ("2", (GRAPH.two,)),
            ("3", (GRAPH.three,)),
            ("Gruppo", (GRAPH.one, GRAPH.source)),
        ]

    def test_a_folder_without_shapes_is_refused(self, store: MemoryStore, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="holds no shapes"):
            validate(store, tmp_path)

    def test_a_file_that_is_no_turtle_is_refused(self, store: MemoryStore, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match=r"own\.ttl is not well-formed Turtle"):
            validate(store, shapes_folder(tmp_path, "this is no shape"))

    @pytest.mark.parametrize(
        "constraint",
        [
            'sh:property [ sh:path fil:code ; sh:minCount "one" ]',
            'sh:sparql [ sh:select "SELECT $this { VALUES ?a { 1 } }" ]',
        ],
    )
    def test_a_shape_that_cannot_be_applied_is_refused(
        self, store: MemoryStore, tmp_path: Path, constraint: str
    ) -> None:
        folder = shapes_folder(
            tmp_path, f"ex:Bad a sh:NodeShape ; sh:targetNode ex:a ; {constraint} ."
        )
        with pytest.raises(UsageError, match="cannot be applied"):
            validate(store, folder)
