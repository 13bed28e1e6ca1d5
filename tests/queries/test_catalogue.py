"""What holds for every question of the catalogue: its header, its text, and that it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pyoxigraph
import pytest
import rdflib
import yaml
from pyoxigraph import NamedNode, Quad, QuerySolutions, RdfFormat

from filiera import Ecosystem
from filiera.answers.catalogue import Catalogue, Question
from filiera.errors import ParameterError, UnknownQuestion
from filiera.resources import queries_dir
from filiera.results import Iri, Value, value_of
from filiera.vocabulary import CONCEPT, FIL, GRAPH, ID, RDF

QUESTIONS = {question.name: question for question in Catalogue()}
every_question = pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS.keys())

WITHOUT_SOURCE = {
    "stages-without-anybody": "lists what no source says",
    "said-by": "the source is what is asked for",
    "facts-by-sources": "counts facts by how many sources they have",
    "undated-facts": "counts facts that no source dates",
}
"""Questions whose answers name and count no source, and why."""
LANGUAGES = {"it", "en"}
DRAWINGS = {"table", "bar", "line", "map", "network", "timeline"}
TOPICS = {"members", "chains", "organisations", "ties", "events", "sources"}
KINDS = {"thing", "text", "number", "date", "edtf"}
PREFIX = re.compile(r"(?m)^PREFIX\s+([\w-]+):\s+<([^>]+)>\n")
PREFIXED = re.compile(r"(?<![\w?:-])([a-z][\w-]*):([\w-]+)")


def header(question: Question) -> dict[str, Any]:
    lines = [line[2:] for line in question.text.splitlines() if line.startswith("#+")]
    values = yaml.safe_load("\n".join(lines))
    assert isinstance(values, dict)
    return values


def body(question: Question) -> str:
    """The query without its comments, texts and prefixes."""
    text = re.sub(r"(?m)(^|\s)# .*$|^#\+.*$", "", PREFIX.sub("", question.text))
    return re.sub(r'"[^"\n]*"', '""', text)


def rows_of(solutions: object) -> list[list[Value]]:
    assert isinstance(solutions, QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return [[value_of(solution[name], {}) for name in names] for solution in solutions]


def test_the_catalogue_holds_every_file() -> None:
    assert set(QUESTIONS) == {path.stem for path in queries_dir().iterdir()}
    assert len(QUESTIONS) >= 24


@every_question
def test_the_header_is_complete_in_both_languages(question: Question) -> None:
    values = header(question)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", question.name)
    assert set(values) <= {"title", "description", "parameters", "columns", "drawing", "topic"}
    assert values["drawing"] in DRAWINGS
    assert values["topic"] in TOPICS
    # A bare “No” would be no text in YAML.
    texts: list[Any] = [question.title, question.description]
    texts += [parameter.label for parameter in question.parameters]
    texts += [label for _, _, label in question.columns]
    for text in texts:
        assert set(text) == LANGUAGES
        assert all(isinstance(part, str) and part.strip() == part != "" for part in text.values())
    assert all(text.endswith(".") for text in question.description.values())
    assert question.title["it"] != question.title["en"]
    assert question.description["it"] != question.description["en"]


@pytest.mark.parametrize("lang", sorted(LANGUAGES))
def test_no_two_questions_have_one_title(lang: str) -> None:
    titles = [question.title[lang] for question in QUESTIONS.values()]
    assert len(titles) == len(set(titles))


@every_question
def test_parameters_say_what_they_need(question: Question) -> None:
    for entry in header(question).get("parameters", ()):
        needed = {"name", "type", "label", "example"}
        assert needed <= set(entry) <= needed | {"default", "required", "edge", "focus"}
        assert re.fullmatch(r"[a-z]+", entry["name"])
        assert entry["example"] not in ("", None)
        # A file that needs something must still run as it stands.
        assert "default" in entry or not entry.get("required", False)
        assert entry.get("edge") in (("first", "last") if entry["type"] == "date" else (None,))


@every_question
def test_parameters_bind(question: Question) -> None:
    """Each block of a parameter gets the one term; nothing of the default is left behind."""
    given = {parameter.name: parameter.example for parameter in question.parameters}
    bound = question.sparql(given, lambda text, kinds: f"urn:test:{kinds[0]}:{text}")
    for parameter in question.parameters:
        pattern = rf"VALUES\s+\?{parameter.name}\s*\{{([^{{}}]*)\}}"
        blocks = re.findall(pattern, bound)
        assert len(blocks) == len(re.findall(pattern, question.text)) > 0
        assert len(set(blocks)) == 1
        if parameter.type not in ("date", "integer", "text"):
            assert blocks[0] == f" <urn:test:{parameter.type}:{parameter.example}> "


@every_question
def test_an_unknown_parameter_is_refused(question: Question, ecosystem: Ecosystem) -> None:
    with pytest.raises(ParameterError, match="has no parameter “colour”"):
        ecosystem.ask(question.name, colour="red")


def test_an_unknown_question_names_the_nearest(ecosystem: Ecosystem) -> None:
    with pytest.raises(UnknownQuestion, match="members-at"):
        ecosystem.ask("member-at")


@every_question
def test_prefixes_are_written_out_and_used(question: Question) -> None:
    declared = dict(PREFIX.findall(question.text))
    used = {prefix for prefix, _ in PREFIXED.findall(body(question))}
    # The datatype of a literal follows its text.
    used |= set(re.findall(r"\^\^([a-z]+):", body(question)))
    assert used == set(declared)
    assert list(declared) == sorted(declared)


@every_question
def test_own_terms_concepts_and_things_are_in_the_graph(
    question: Question, ecosystem: Ecosystem
) -> None:
    declared = dict(PREFIX.findall(question.text))
    named = {declared[prefix] + local for prefix, local in PREFIXED.findall(body(question))}
    for iri in sorted(named):
        if iri.startswith((FIL.base, CONCEPT.base, ID.base, GRAPH.base)):
            assert next(ecosystem.store.quads(NamedNode(iri)), None), f"not in the graph: {iri}"


@every_question
def test_columns_are_those_of_the_answer(question: Question, ecosystem: Ecosystem) -> None:
    solutions = ecosystem.store.query(question.text)
    assert isinstance(solutions, QuerySolutions)
    assert [name for name, _, _ in question.columns] == [
        variable.value for variable in solutions.variables
    ]


@every_question
def test_columns_hold_what_they_say(question: Question, ecosystem: Ecosystem) -> None:
    results = ecosystem.ask(question.name)
    for name, kind, _ in question.columns:
        assert kind in KINDS
        for value in results.column(name):
            assert value is None or holds(kind, value), f"{name} is no {kind}: {value!r}"


def holds(kind: str, value: Value) -> bool:
    if kind == "number":
        return isinstance(value, int | Decimal | float) and not isinstance(value, bool)
    return type(value) is {"thing": Iri, "date": date, "text": str, "edtf": str}[kind]


@every_question
def test_the_answer_tells_its_sources(question: Question, ecosystem: Ecosystem) -> None:
    described = {GRAPH.editorial}
    for quad in ecosystem.store.quads(None, NamedNode(RDF.type), NamedNode(FIL.Source)):
        assert isinstance(quad.subject, NamedNode)
        described.add(quad.subject.value)
    results = ecosystem.ask(question.name)
    telling = [name for name in results.names if "source" in name.lower()]
    assert bool(telling) == (question.name not in WITHOUT_SOURCE)
    named = [name for name, kind, _ in question.columns if name in telling and kind == "thing"]
    for name in named:
        assert {value for value in results.column(name) if value is not None} <= described


@every_question
def test_the_file_answers_as_it_stands_what_its_defaults_ask(
    question: Question, ecosystem: Ecosystem
) -> None:
    asked = ecosystem.ask(question.name)
    assert rows_of(ecosystem.store.query(question.text)) == [list(row) for row in asked.rows]


@every_question
def test_defaults_and_examples_have_an_answer(question: Question, ecosystem: Ecosystem) -> None:
    examples = {parameter.name: parameter.example for parameter in question.parameters}
    assert len(ecosystem.ask(question.name)) > 0
    assert len(ecosystem.ask(question.name, **examples)) > 0


# Other engines ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def turned(ecosystem: Ecosystem) -> pyoxigraph.Store:
    """The same quads, taken in from last to first."""
    store = pyoxigraph.Store()
    store.extend(reversed(list(ecosystem.store.graph_quads())))
    return store


@every_question
def test_rows_come_in_one_order(
    question: Question, ecosystem: Ecosystem, turned: pyoxigraph.Store
) -> None:
    assert re.search(r"(?m)^ORDER BY\s", question.text)
    expected = rows_of(ecosystem.store.query(question.text))
    assert rows_of(turned.query(question.text)) == expected


@pytest.fixture(scope="module")
def part(ecosystem: Ecosystem) -> Iterator[tuple[pyoxigraph.Store, rdflib.Dataset]]:
    """The sixty graphs that hold most, in Oxigraph and in rdflib.

    rdflib goes through every graph for each ``GRAPH ?source``; with all of them it takes long.
    """
    graphs: dict[NamedNode, list[Quad]] = {}
    for quad in ecosystem.store.graph_quads():
        if isinstance(quad.graph_name, NamedNode):
            graphs.setdefault(quad.graph_name, []).append(quad)
    largest = sorted(graphs, key=lambda name: (-len(graphs[name]), name.value))[:60]
    store = pyoxigraph.Store()
    for quad in (quad for name in largest for quad in graphs[name]):
        store.add(quad)
        store.add(Quad(quad.subject, quad.predicate, quad.object))
    text = store.dump(format=RdfFormat.N_QUADS)
    assert text is not None
    dataset = rdflib.Dataset(default_union=False)
    dataset.parse(data=text, format="nquads")
    yield store, dataset
    dataset.close()


# rdflib calls its own deprecated names.
@pytest.mark.filterwarnings("ignore:Dataset[.]:DeprecationWarning")
@every_question
def test_another_engine_gives_the_same_rows(
    question: Question, part: tuple[pyoxigraph.Store, rdflib.Dataset]
) -> None:
    store, dataset = part
    result = dataset.query(question.text)
    assert result.vars is not None
    found = [
        [value_of(pyoxigraph_term(row.get(name)), {}) for name in result.vars]
        for row in result.bindings
        # Where nothing is to be grouped, rdflib gives one row of nothing.
        if row
    ]
    assert found == rows_of(store.query(question.text))


def pyoxigraph_term(term: object) -> NamedNode | pyoxigraph.Literal | None:
    if term is None:
        return None
    if isinstance(term, rdflib.URIRef):
        return NamedNode(str(term))
    assert isinstance(term, rdflib.Literal)
    if term.language:
        return pyoxigraph.Literal(str(term), language=term.language)
    if term.datatype is None:
        return pyoxigraph.Literal(str(term))
    return pyoxigraph.Literal(str(term), datatype=NamedNode(str(term.datatype)))
