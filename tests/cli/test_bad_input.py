"""Bad input: one clear message each, the right exit code, no traceback, nothing half-written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.conftest import TABLES, MakeDataset
from tests.small_cluster import FOLDER

BAD_FACTS: dict[str, tuple[dict[str, str | bytes], str]] = {
    "not UTF-8": (
        {"organisations": "id,name,source\nacme,Citt\xe0,page-a\n".encode("latin-1")},
        "organisations.csv: the file is not UTF-8 (byte 0xe0",
    ),
    "missing column": (
        {"ties": "from,to,source\nacme,bolt,page-a\n"},
        "ties.csv: the column “relation” is missing; add it to the header",
    ),
    "unknown concept": (
        {"ties": "from,relation,to,source\nacme,suplies,bolt,page-a\n"},
        "ties.csv, row 1, column “relation”, cell “suplies”: no such concept",
    ),
    "dangling reference": (
        {"ties": "from,relation,to,source\nacme,supplies,boltt,page-a\n"},
        "ties.csv, row 1, column “to”, cell “boltt”: no row of organisations.csv, bodies.csv has"
        " this id; the nearest is “bolt”",
    ),
    "impossible date": (
        {"ties": "from,relation,to,start,source\nacme,supplies,bolt,2021-02-30,page-a\n"},
        "ties.csv, row 1, column “start”, cell “2021-02-30”: there is no such day",
    ),
    "duplicate key": (
        {"ties": "from,relation,to,source\n" + "acme,supplies,bolt,page-a\n" * 2},
        "ties.csv, row 2",
    ),
    "e-mail address": (
        {"memberships": "member,body,source,note\nacme,cluster,page-a,ask ada@acme.example\n"},
        "memberships.csv, row 1, column “note”, cell “ask ada@acme.example”: this looks like an"
        " e-mail address of a person",
    ),
    "unreadable CSV": (
        {"ties": 'from,relation,to,source\nacme,"supplies,bolt,page-a\n'},
        "ties.csv: the file is not readable CSV",
    ),
}


@pytest.mark.parametrize("command", ["build", "check", "ask", "show", "export"])
@pytest.mark.parametrize("fault", BAD_FACTS)
def test_faults_of_the_facts(
    run: Run, make_dataset: MakeDataset, tmp_path: Path, fault: str, command: str
) -> None:
    tables, message = BAD_FACTS[fault]
    folder = make_dataset(**tables).folder
    arguments: dict[str, tuple[object, ...]] = {
        "build": (folder, "--out", tmp_path / "graph.nq"),
        "check": (folder,),
        "ask": ("counts-by-kind", "--data", folder, "-o", tmp_path / "answer.csv"),
        "show": ("acme", "--data", folder, "--store", tmp_path / "store"),
        "export": ("-o", tmp_path / "graph.ttl", "--data", folder),
    }
    ran = run(command, *arguments[command])
    assert ran.code == 1
    told = ran.out if command == "check" else ran.err
    assert message in told
    assert ran.out == "" or command == "check"
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_all_faults_are_told_at_once(run: Run, make_dataset: MakeDataset) -> None:
    folder = make_dataset(
        ties="from,relation,to,source\nacme,suplies,boltt,page-a\n",
        figures="subject,measure,value,source\nacme,employees,many,page-a\n",
        sources=TABLES["sources"].replace("https://example.org/a", "example.org/a"),
    ).folder
    ran = run("build", folder)
    assert ran.code == 1
    assert [line.split(":")[0] for line in ran.err.splitlines()] == [
        "sources.csv, row 1, column “url”, cell “example.org/a”",
        "ties.csv, row 1, column “relation”, cell “suplies”",
        "figures.csv, row 1, column “value”, cell “many”",
        "ties.csv, row 1, column “to”, cell “boltt”",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ask", "membres-at"), "no question “membres-at”; did you mean “members-at”?"),
        (("questions", "membres-at"), "no question “membres-at”; did you mean “members-at”?"),
        (("ask", "members-at", "when=2020"), "the question “members-at” has no parameter “when”"),
        (("ask", "members-at", "2020"), "“2020” is no parameter; write it as key=value"),
        (("ask", "members-at", "=2020"), "“=2020” is no parameter; write it as key=value"),
        (("ask", "members-at", "at=1", "at=2"), "the parameter “at” is given twice; give it once"),
        (("ask", "members-at", "lang=it"), "the language is an option, not a parameter"),
        (
            ("ask", "members-at", "body=hub", "at=soon"),
            "the question “members-at”: at='soon' is not a date",
        ),
        (("ask", "members-at", "body=zzz"), "body: nothing here is called “zzz”"),
        (("ask", "members-at", "body=pair"), "body: “pair” can mean 2 things: pair-a"),
        (("show", "zzz"), "nothing here is called “zzz”; the nearest names are: "),
        (("show", "pair"), "“pair” can mean 2 things: pair-a (Pair A), pair-b (Pair B); give"),
        (("query", "SELECT"), "the query is not well-formed SPARQL: error at 1:"),
        (("export", "-o", "graph.zip"), "the ending of graph.zip names no format; end it in"),
        (("export", "-o", "graph"), "the ending of graph names no format; end it in one of: .ttl"),
        (("build", "-o", "graph.zip"), "the ending of graph.zip names no format; end it in"),
    ],
)
def test_wrong_requests(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    data = () if arguments[0] == "questions" else ("--data", FOLDER)
    ran = run(*arguments, *data)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"filiera: {message}")
    assert ran.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_data_set(run: Run, tmp_path: Path) -> None:
    ran = run("build", tmp_path / "nowhere")
    assert ran.code == 2
    assert ran.err.startswith(f"filiera: no data set “{tmp_path / 'nowhere'}”: it is neither")
    (tmp_path / "empty").mkdir()
    ran = run("show", "acme", "--data", tmp_path / "empty", "--lang", "it")
    assert ran.code == 1
    assert ran.err.startswith("dataset.toml: manca «dataset.toml», o non si legge")


@pytest.mark.parametrize("command", ["build", "ask", "export"])
def test_a_store_of_a_newer_version(run: Run, tmp_path: Path, command: str) -> None:
    store = tmp_path / "store"
    store.mkdir()
    mark = store / "filiera-store.json"
    mark.write_text(json.dumps({"format": 99, "digest": ""}), encoding="utf-8")
    more = {"build": (), "ask": ("counts-by-kind",), "export": ("-o", tmp_path / "graph.nt")}
    ran = run(command, *more[command], "--store", store, "--data", FOLDER)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        f"filiera: the store in {store} has format 99, newer than this Filiera knows (2);"
        " update Filiera, or name another folder\n"
    )
    assert list(store.iterdir()) == [mark]
    assert list(tmp_path.iterdir()) == [store]


def test_a_folder_that_is_no_store(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    ran = run("build", FOLDER, "--out", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"filiera: {tmp_path} is not a store of Filiera")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "-o", "taken.nq"),
        ("check", "-o", "taken.md"),
        ("questions", "-o", "taken.csv"),
        ("ask", "counts-by-kind", "-o", "taken.csv"),
        ("query", "ASK {}", "-o", "taken.txt"),
        ("show", "acme", "-o", "taken.txt"),
        ("export", "-o", "taken.ttl"),
        ("network", "-o", "taken.html"),
    ],
)
def test_a_file_that_exists_is_never_overwritten_unasked(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / arguments[-1]
    path.write_text("mine", encoding="utf-8")
    data = () if arguments[0] == "questions" else ("--data", FOLDER)
    ran = run(*arguments, *data)
    assert ran.code == 2
    assert ran.err == (
        f"filiera: {path.name} exists already; give another name, or --force to replace it\n"
    )
    assert path.read_text(encoding="utf-8") == "mine"
    assert run(*arguments, *data, "--force").code == 0
    assert path.read_text(encoding="utf-8") != "mine"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "-o", "graph.nq"),
        ("ask", "counts-by-kind", "-o", "answer.csv"),
        ("show", "acme", "-o", "card.md"),
        ("export", "-o", "graph.ttl"),
        ("network", "-o", "map.html"),
    ],
)
def test_a_place_that_cannot_be_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    nowhere, file = tmp_path / "nowhere", tmp_path / "file"
    for folder, message in (
        (nowhere, f"the folder {nowhere} does not exist; make it, or name another one"),
        (file, f"{file} is a file and no folder; name another place"),
    ):
        ran = run(*arguments[:-1], folder / arguments[-1], "--data", FOLDER)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == f"filiera: {message}\n"
    monkeypatch.setattr("filiera.views.files.os.access", lambda path, mode: False)
    ran = run(*arguments[:-1], tmp_path / arguments[-1], "--data", FOLDER)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        f"filiera: no file can be made in {tmp_path}: permission denied; name another folder\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_default_of_another_data_set_is_asked_for(run: Run, make_dataset: MakeDataset) -> None:
    small = make_dataset().folder
    ran = run("ask", "ties-of", "--data", small)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "filiera: the question “ties-of” needs organisation=…;"
        " its default, landi-renzo, is not in this data set\n"
    )
    ran = run("ask", "ties-of", "organisation=nobody", "--data", small)
    assert "nothing here is called “nobody”" in ran.err


def test_a_period_that_ends_before_it_starts(run: Run) -> None:
    ran = run("ask", "joined-between", "from=2021", "--lang", "en")
    assert (ran.code, ran.out, ran.err) == (
        2,
        "",
        "filiera: the question “joined-between”: from=2021-01-01 is after to=2020-12-31;"
        " give both, the earlier one first\n",
    )
    assert run("ask", "joined-between", "from=2020-07-31", "to=2020-07-31").code == 0
