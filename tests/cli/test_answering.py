"""``filiera questions``, ``ask`` and ``query``."""

from __future__ import annotations

import csv
import io
import json
import shlex
from pathlib import Path

import pyoxigraph
import pytest

import filiera
from filiera.answers.catalogue import Catalogue
from tests.cli.conftest import Run
from tests.conftest import MakeDataset

SUPPLIES = "SELECT ?from ?to { ?from fil:supplies ?to }"
ACME, BOLT = "https://w3id.org/filiera/id/acme", "https://w3id.org/filiera/id/bolt"


@pytest.fixture
def small(make_dataset: MakeDataset) -> Path:
    """Folder of a small data set."""
    return make_dataset().folder


# questions ----------------------------------------------------------------------------------


def test_questions_are_listed_with_titles_and_parameters(run: Run) -> None:
    ran = run("questions", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert [row["question"] for row in rows] == [question.name for question in Catalogue()]
    members = next(row for row in rows if row["question"] == "members-at")
    assert members == {
        "question": "members-at",
        "title": "Members at a date",
        "parameters": "body= at=",
    }


def test_questions_speak_italian(run: Run) -> None:
    ran = run("questions", "--lang", "it", "--format", "table")
    assert ran.lines[0].split() == ["Domanda", "Titolo", "Parametri"]


def test_a_question_is_shown_whole(run: Run) -> None:
    ran = run("questions", "members-at")
    question = Catalogue()["members-at"]
    assert ran.lines[0] == "members-at: Members at a date"
    assert question.description["en"].strip() in ran.out
    for parameter in question.parameters:
        assert f"\n  {parameter.name} ({parameter.type}, " in ran.out
        assert parameter.label["en"] in ran.out
    for name, kind, title in question.columns:
        assert f"\n  {name} ({kind}): {title['en']}\n" in ran.out
    assert "\nExample: filiera ask members-at body=" in ran.out
    assert "\nSELECT " in ran.out
    assert "#+" not in ran.out


@pytest.fixture(scope="module")
def real_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a store with the graph of the real data."""
    folder = tmp_path_factory.mktemp("real") / "store"
    filiera.open_graph(store=folder).close()
    return folder


@pytest.mark.parametrize("name", [question.name for question in Catalogue()])
def test_the_example_of_each_question_can_be_asked(run: Run, real_store: Path, name: str) -> None:
    example = next(
        line for line in run("questions", name).lines if line.startswith("Example: filiera ask ")
    )
    ran = run("ask", *shlex.split(example)[3:], "--store", real_store)
    assert (ran.code, ran.err) == (0, "")


# ask ----------------------------------------------------------------------------------------


def test_ask_gives_rows_with_labels(run: Run, small: Path) -> None:
    ran = run("ask", "members-at", "body=cluster", "at=2020-12-31", "--data", small)
    assert ran.code == 0
    rows = list(csv.DictReader(io.StringIO(ran.out), delimiter="\t"))
    assert [(row["member"], row["member_label"]) for row in rows] == [(ACME, "Acme")]


def test_ask_takes_names_as_people_type_them(run: Run, small: Path) -> None:
    exact = run("ask", "ties-of", "organisation=acme", "--data", small)
    typed = run("ask", "ties-of", "organisation=ACME spa", "--data", small)
    assert (typed.code, typed.err) == (0, "")
    assert typed.out == exact.out
    guessed = run("ask", "ties-of", "organisation=acmee", "--data", small)
    assert guessed.out == exact.out
    assert guessed.err == "organisation: “acmee” taken as Acme (acme)\n"


@pytest.mark.parametrize(
    ("form", "start"),
    [
        ("table", "Members at a date\n\nMember "),
        ("csv", "member,member_label,"),
        ("tsv", "member\tmember_label\t"),
        ("json", '[\n  {\n    "member": "https://w3id.org/filiera/id/acme",\n'),
        ("jsonl", '{"member": "https://w3id.org/filiera/id/acme", "member_label": "Acme", '),
        ("md", "## Members at a date\n\n| Member | "),
    ],
)
def test_ask_writes_every_format(
    run: Run, small: Path, tmp_path: Path, form: str, start: str
) -> None:
    arguments = ("ask", "members-at", "body=cluster", "at=2021", "--data", small)
    ran = run(*arguments, "--format", form)
    assert ran.code == 0
    assert ran.out.startswith(start)
    path = tmp_path / f"answer.{'txt' if form == 'table' else form}"
    assert run(*arguments, "-o", path).code == 0
    assert path.read_text(encoding="utf-8") == ran.out


def test_an_answer_without_rows_says_so(run: Run, small: Path) -> None:
    asked = ("ask", "members-at", "body=cluster", "at=1990", "--data", small)
    assert run(*asked, "--format", "table").out == "Members at a date\n\nno rows\n"
    assert run(*asked, "--format", "table", "--lang", "it").out.endswith("\n\nnessuna riga\n")
    assert run(*asked, "--format", "json").out == "[]\n"


def test_a_store_is_kept_and_not_taken_for_another(
    run: Run, make_dataset: MakeDataset, tmp_path: Path
) -> None:
    small, store = make_dataset().folder, tmp_path / "store"
    asked = ("ask", "members-at", "body=cluster", "at=2021", "--store", store)
    first = run(*asked, "--data", small)
    assert (first.code, (store / "filiera-store.json").is_file()) == (0, True)
    assert run(*asked, "--data", small).out == first.out
    other = run(*asked)
    assert (other.code, other.out) == (2, "")
    assert other.err == (
        f"filiera: the store in {store} holds the data set “small”, not “clust-er-mech”; name its"
        " data set with --data, or another folder with --store\n"
    )
    changed = make_dataset("data", ties=None).folder
    assert run(*asked, "--data", changed).code == 0


def test_a_store_without_its_faulty_rows_says_so_each_time(
    run: Run, make_dataset: MakeDataset, tmp_path: Path
) -> None:
    ties = "from,relation,to,source\nacme,suplies,bolt,page-a\nacme,supplies,bolt,page-a\n"
    faulty, store = make_dataset(ties=ties).folder, tmp_path / "store"
    assert run("build", faulty, "--keep-going", "--out", store).code == 1
    asked = run("ask", "ties-of", "organisation=acme", "--store", store, "--data", faulty)
    assert asked.code == 0
    assert "rows with faults are missing from this graph (1)" in asked.err


# query --------------------------------------------------------------------------------------


def test_query_answers_a_select(run: Run, small: Path) -> None:
    ran = run("query", SUPPLIES, "--data", small)
    assert ran.lines == ["from\tfrom_label\tto\tto_label", f"{ACME}\tAcme\t{BOLT}\tBolt"]


def test_query_reads_a_file_or_the_standard_input(run: Run, small: Path, tmp_path: Path) -> None:
    expected = run("query", SUPPLIES, "--data", small).out
    path, plain = tmp_path / "question.rq", tmp_path / "question"
    path.write_text("\ufeff# who supplies whom\n" + SUPPLIES, encoding="utf-8")
    plain.write_text(SUPPLIES, encoding="utf-8")
    assert run("query", path, "--data", small).out == expected
    assert run("query", plain, "--data", small).out == expected
    assert run("query", "-", "--data", small, stdin=SUPPLIES).out == expected


def test_a_query_may_be_longer_than_any_name_of_a_file(run: Run, small: Path) -> None:
    ran = run("query", f"DESCRIBE <https://example.org/{'x' * 300}>", "--data", small)
    assert (ran.code, ran.err) == (0, "")


def test_query_says_yes_or_no(run: Run, small: Path) -> None:
    ask, never = "ASK { id:acme fil:supplies id:bolt }", "ASK { id:bolt fil:supplies id:acme }"
    assert run("query", ask, "--data", small).out == "yes\n"
    assert run("query", ask, "--data", small, "--lang", "it").out == "sì\n"
    assert run("query", never, "--data", small, "--lang", "it").out == "no\n"


def test_query_prints_triples(run: Run, small: Path, tmp_path: Path) -> None:
    construct = "CONSTRUCT { ?a fil:supplies ?b } WHERE { ?a fil:supplies ?b }"
    turtle = run("query", construct, "--data", small).out
    assert turtle.endswith("\nid:acme fil:supplies id:bolt .\n")
    lines = run("query", construct, "--data", small, "--format", "nt").out
    assert lines == f"<{ACME}> <https://w3id.org/filiera/ontology#supplies> <{BOLT}> .\n"
    path = tmp_path / "supplies.jsonld"
    assert run("query", construct, "--data", small, "-o", path).code == 0
    assert json.loads(path.read_text(encoding="utf-8"))[0]["@id"] == ACME
    described = run("query", f"DESCRIBE <{ACME}>", "--data", small, "--format", "nt").out
    triples = list(pyoxigraph.parse(described, format=pyoxigraph.RdfFormat.N_TRIPLES))
    assert len(triples) > 5


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("SELECT * { ?s ?p }",), "the query is not well-formed SPARQL: error at 1:"),
        (
            ("ASK { ?s foo:bar ?o }",),
            "the query is not well-formed SPARQL: error at 1:17: Prefix not found\n",
        ),
        (
            ("PREFIX a: <a:> insert DATA { a:a a:b a:c }",),
            "INSERT would change the graph; only SEL",
        ),
        (
            ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",),
            "SERVICE is not allowed: queries are answered from this graph only; leave it out",
        ),
        ((SUPPLIES, "--format", "ttl"), "a SELECT gives rows, which cannot be written as ttl"),
        (("DESCRIBE id:acme", "--format", "csv"), "CONSTRUCT and DESCRIBE give triples; write"),
        (("DESCRIBE id:acme", "-o", "acme.csv"), "CONSTRUCT and DESCRIBE give triples; write"),
        (("missing.rq",), "the query file missing.rq cannot be read: No such file or directory"),
        ((SUPPLIES, "-o", "answer.zip"), "the ending of answer.zip names no format; end it in"),
    ],
)
def test_query_refuses_clearly(
    run: Run, small: Path, arguments: tuple[str, ...], message: str
) -> None:
    ran = run("query", *arguments, "--data", small)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"filiera: {message}")
    assert ran.err.count("\n") == 1


def test_query_refuses_what_is_not_utf_8(run: Run, small: Path, tmp_path: Path) -> None:
    path = tmp_path / "question.rq"
    path.write_bytes(b"# perch\xe9\n" + SUPPLIES.encode())
    ran = run("query", path, "--data", small)
    assert (ran.code, ran.err) == (
        2,
        f"filiera: the query file {path} is not UTF-8; save the query as UTF-8\n",
    )
    ran = run("query", "-", "--data", small, stdin=b"\xff")
    assert (ran.code, ran.err) == (
        2,
        "filiera: the standard input is not UTF-8; save the query as UTF-8\n",
    )
