"""Bad data: one sentence a fault, with the place and the mending, all at once."""

from __future__ import annotations

import csv
import string

import pytest
from pyoxigraph import Literal, NamedNode

from filiera.build import build
from filiera.build.pipeline import check_facts
from filiera.errors import FactsError, UsageError
from filiera.facts.dataset import Dataset
from filiera.facts.problems import MESSAGES, Problem
from filiera.store import MemoryStore
from filiera.vocabulary import FIL
from tests.conftest import TABLES, MakeDataset


def sentences(dataset: Dataset, lang: str = "en") -> list[str]:
    return [problem.text(lang) for problem in check_facts(dataset).problems]


def test_good_data_has_no_fault(make_dataset: MakeDataset) -> None:
    assert sentences(make_dataset()) == []


def test_every_message_has_both_languages_with_the_same_places() -> None:
    for code, texts in MESSAGES.items():
        assert set(texts) == {"it", "en"}, code
        names = [
            {
                name.removesuffix("_it").removesuffix("_en")
                for _, name, _, _ in string.Formatter().parse(text)
                if name
            }
            for text in texts.values()
        ]
        assert names[0] == names[1], code


@pytest.mark.parametrize(
    ("table", "content", "expected"),
    [
        (
            "sources",
            TABLES["sources"].replace("Page A", "Pagina perch\xe9").encode("latin-1"),
            "sources.csv: the file is not UTF-8 (byte 0xe9 at position 83); save it as CSV UTF-8",
        ),
        (
            "ties",
            "from,relation,source\nacme,supplies,page-a\n",
            "ties.csv: the column “to” is missing; add it to the header",
        ),
        (
            "ties",
            "from,relation,to,source,sorce\nacme,supplies,bolt,page-a,\n",
            "ties.csv: this table has no column “sorce”; perhaps “source”? Remove or correct it",
        ),
        (
            "ties",
            "from,relation,to,to,source\nacme,supplies,bolt,bolt,page-a\n",
            "ties.csv: the column “to” stands twice; keep one",
        ),
        (
            "ties",
            "from,relation,to,source\nacme,supplies,bolt\n",
            "ties.csv, row 1: the row has 3 cells instead of 4; check commas and quotation marks",
        ),
        (
            "ties",
            'from,relation,to,source\nacme,supplies,"bolt"x,page-a\n',
            "ties.csv: the file is not readable CSV (',' expected after '\"'); check its quotation marks",
        ),
        (
            "ties",
            "from,relation,to,source\nacme,suplies,bolt,page-a\n",
            "ties.csv, row 1, column “relation”, cell “suplies”: no such concept in the scheme"
            " “relation”; the nearest is “supplies”",
        ),
        (
            "ties",
            "from,relation,to,source\nacme,fornisce,bolt,page-a\n",
            "ties.csv, row 1, column “relation”, cell “fornisce”: no such concept in the scheme"
            " “relation”; the nearest is “supplies”",
        ),
        (
            "ties",
            "from,relation,to,source\nacme,supplies,blot,page-a\n",
            "ties.csv, row 1, column “to”, cell “blot”: no row of organisations.csv, bodies.csv has"
            " this id; the nearest is “bolt”",
        ),
        (
            "ties",
            "from,relation,to,source\nacme,supplies,,page-a\n",
            "ties.csv, row 1, column “to”: the cell is empty but required; give a value or remove the row",
        ),
        (
            "ties",
            "from,relation,to,source\nacme,supplies,acme,page-a\n",
            "ties.csv, row 1, column “to”, cell “acme”: both ends of the tie are the same"
            " organisation; correct one",
        ),
        (
            "ties",
            "from,relation,to,start,source\nacme,supplies,bolt,31/02/2020,page-a\n",
            "ties.csv, row 1, column “start”, cell “31/02/2020”: there is no such day; correct the"
            " date",
        ),
        (
            "ties",
            "from,relation,to,start,end,source\nacme,supplies,bolt,2021,2019-05,page-a\n",
            "ties.csv, row 1, column “end”, cell “2019-05”: it ends (2019-05) before it starts"
            " (2021); swap or correct the two dates",
        ),
        (
            "ties",
            "from,relation,to,source\nacme,partner-of,bolt,page-a\nbolt,partner-of,acme,page-a\n",
            "ties.csv, row 2, cell “acme | partner-of | bolt | page-a”: the same source already"
            " states this in row 1; merge them or number it in “occurrence”",
        ),
        (
            "ties",
            "from,relation,to,source,note_en\nacme,supplies,bolt,page-a,ask mario@example.org\n",
            "ties.csv, row 1, column “note_en”, cell “ask mario@example.org”: this looks like an e-mail"
            " address of a person: contacts and private data stay out of the graph; remove it",
        ),
        (
            "ties",
            "from,relation,to,source,note_en\nacme,supplies,bolt,page-a,a\x07b\n",
            "ties.csv, row 1, column “note_en”, cell “a\x07b”: contains a control character (U+0007);"
            " remove it",
        ),
        (
            "ties",
            "from,relation,to,occurrence,source\nacme,supplies,bolt,0,page-a\n",
            "ties.csv, row 1, column “occurrence”, cell “0”: the number is out of range (1 … 99)",
        ),
        (
            "figures",
            "subject,measure,value,source\nacme,employees,a hundred,page-a\n",
            "figures.csv, row 1, column “value”, cell “a hundred”: not a number; write digits only,"
            " with a point for decimals",
        ),
        (
            "sources",
            TABLES["sources"] + "meta,https://example.org/c,,,,\n",
            "sources.csv, row 3, column “id”, cell “meta”: “meta” is reserved; choose another id",
        ),
        (
            "sources",
            TABLES["sources"] + "page-c,www.example.org,,,,\n",
            "sources.csv, row 3, column “url”, cell “www.example.org”: not a complete web address;"
            " write it with http:// or https://, for example “https://www.example.org”",
        ),
        (
            "sources",
            TABLES["sources"] + "page-c,https://example.org/x?y[0]=1,,,,\n",
            "sources.csv, row 3, column “url”, cell “https://example.org/x?y[0]=1”: not a complete web address;"
            " write it with http:// or https://, for example “https://example.org/x?y%5B0%5D=1”",
        ),
        (
            "events",
            "id,kind,name_it,name_en,concerns,source\nfair,fair,Fiera,Fair,acme;;bolt,page-a\n",
            "events.csv, row 1, column “concerns”, cell “acme;;bolt”: not a valid id; use lower case,"
            " digits and single hyphens, for example “acme;bolt”",
        ),
        (
            "sources",
            TABLES["sources"] + "Page C,https://example.org/c,,,,\n",
            "sources.csv, row 3, column “id”, cell “Page C”: not a valid id; use lower case, digits"
            " and single hyphens, for example “page-c”",
        ),
        (
            "projects",
            "id,kind,name,source\nacme,project,Acme,page-a\n",
            "projects.csv, row 1, column “id”, cell “acme”: the id is already used in"
            " organisations.csv, row 1; choose another",
        ),
        (
            "tyes",
            "from,to\n",
            "tyes.csv: no table has this name; the tables are: sources, places, organisations,"
            " bodies, names, projects, chains, stages, events, decisions, commitments, memberships,"
            " ties, offices, participations, capabilities, fields, offerings, phases, figures, redirects",
        ),
    ],
)
def test_a_fault_is_told_with_its_place_and_its_mending(
    make_dataset: MakeDataset, table: str, content: str | bytes, expected: str
) -> None:
    assert sentences(make_dataset(**{table: content})) == [expected]


def test_all_faults_come_at_once_and_in_italian(make_dataset: MakeDataset) -> None:
    dataset = make_dataset(
        ties="from,relation,to,source\nacme,suplies,bolt,page-a\nacme,supplies,nobody,page-x\n",
        figures="subject,measure,value,date,source\nacme,employees,1,2020-02-30,page-a\n",
    )
    told = sentences(dataset, "it")
    assert len(told) == 4
    assert told[0] == (
        "ties.csv, riga 1, colonna «relation», cella «suplies»: il concetto non esiste nello schema"
        " «relation»; il più vicino è «supplies»"
    )
    with pytest.raises(FactsError) as caught:
        build(dataset, MemoryStore())
    assert len(caught.value.problems) == 4
    assert caught.value.exit_code == 1


def test_a_partial_build_takes_the_good_rows_and_reports_the_others(
    make_dataset: MakeDataset,
) -> None:
    dataset = make_dataset(
        ties="from,relation,to,source\nacme,suplies,bolt,page-a\nacme,supplies,bolt,page-a\n"
    )
    report = build(dataset, MemoryStore(), partial=True)
    assert report.rows["ties"] == 1
    assert [problem.row for problem in report.problems] == [1]


def test_a_row_is_counted_without_the_header_and_blank_lines_do_no_harm(
    make_dataset: MakeDataset,
) -> None:
    dataset = make_dataset(
        ties="from,relation,to,source\n\nacme,supplies,bolt,page-a\n,,,\nacme,x,bolt,page-a\n"
    )
    assert [problem.row for problem in check_facts(dataset).problems] == [4]


def test_an_unknown_dataset_and_a_broken_description_are_told(make_dataset: MakeDataset) -> None:
    with pytest.raises(UsageError, match="no data set “nowhere”"):
        Dataset.find("nowhere")
    folder = make_dataset().folder
    with pytest.raises(UsageError, match="no data set “xxx"):
        Dataset.find("x" * 300)
    (folder / "dataset.toml").write_text("id = ", encoding="utf-8")
    with pytest.raises(FactsError, match=r"dataset\.toml"):
        Dataset.find(folder)
    (folder / "dataset.toml").unlink()
    with pytest.raises(FactsError, match=r"dataset\.toml"):
        Dataset.find(folder)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('id = "Not A Slug"', "id"),
        ("title = 5", "title"),
        ('title = {"en> <x" = "A"}', "title"),
        ('licence = "CC BY"', "licence"),
        ('licence = {url = "http://a> <b"}', "licence"),
        ('collected = "yesterday"', "collected"),
        ('body = "No Such"', "body"),
        ('base = "not an address"', "base"),
        ('base = "https://example.org/data"', "base"),
        ('base = "https://example.org/data#"', "base"),
        ('base = "https://example.org/id/"', "base"),
    ],
)
def test_a_setting_that_will_not_do_is_told(
    make_dataset: MakeDataset, line: str, name: str
) -> None:
    folder = make_dataset().folder
    identifier = "" if name == "id" else 'id = "small"\n'
    (folder / "dataset.toml").write_text(f"{identifier}{line}\n", encoding="utf-8")
    with pytest.raises(FactsError, match=f"dataset.toml: “{name}” will not do; it takes "):
        Dataset.find(folder)


def test_all_bad_settings_are_told_at_once(make_dataset: MakeDataset) -> None:
    folder = make_dataset().folder
    (folder / "dataset.toml").write_text('body = "A B"\nbase = "x"\n', encoding="utf-8")
    with pytest.raises(FactsError) as caught:
        Dataset.find(folder)
    assert [problem.values["name"] for problem in caught.value.problems] == ["id", "body", "base"]


def test_a_body_that_no_row_gives_is_told(make_dataset: MakeDataset) -> None:
    folder = make_dataset().folder
    (folder / "dataset.toml").write_text('id = "small"\nbody = "acne"\n', encoding="utf-8")
    (problem,) = check_facts(Dataset.find(folder)).problems
    assert problem.text("it") == (
        "dataset.toml: «body»: nessuna riga di organisations.csv, bodies.csv ha"
        " l'identificativo «acne»; il più vicino è «acme»"
    )


def test_files_of_other_systems_are_read(make_dataset: MakeDataset) -> None:
    """A byte order mark, line ends of Windows, and accents that are written as marks."""
    tables = {
        name: ("\ufeff" + content.replace("\n", "\r\n")).encode()
        for name, content in TABLES.items()
    }
    tables["names"] = (
        "organisation,name,kind,start,source\n"
        "acme,Societa\u0300 Acme,name,2001,page-a\n"
        "acme,Societ\u00e0 Acme,name,2001,page-b\n"
    ).encode()
    folder = make_dataset(**tables).folder
    path = folder / "dataset.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    store = MemoryStore()
    report = build(Dataset.find(folder), store)
    assert report.rows == build(make_dataset("plain", names=tables["names"]), MemoryStore()).rows
    names = {
        quad.object.value
        for quad in store.quads(None, NamedNode(FIL.name))
        if isinstance(quad.object, Literal)
    }
    assert names == {"Acme", "Bolt", "Cluster", "ACME S.p.A.", "Societ\u00e0 Acme"}


@pytest.mark.parametrize("separator", [";", "\t"])
def test_another_separator_is_told(make_dataset: MakeDataset, separator: str) -> None:
    dataset = make_dataset(ties=TABLES["ties"].replace(",", separator))
    assert sentences(dataset) == [
        f"ties.csv: the cells are separated by “{separator.replace(chr(9), '⇥')}”; save the file as"
        " CSV separated by commas"
    ]


def test_a_folder_without_tables_is_told(make_dataset: MakeDataset) -> None:
    dataset = make_dataset()
    for path in dataset.files():
        path.unlink()
    assert "no table" in sentences(dataset)[0]


def test_an_unreadable_file_is_told(make_dataset: MakeDataset) -> None:
    dataset = make_dataset()
    path = dataset.folder / "ties.csv"
    path.unlink()
    path.mkdir()
    assert sentences(dataset) == [
        "ties.csv: the file cannot be read (Is a directory); check that it exists and may be read"
    ]


def test_a_long_cell_is_cut_in_the_sentence() -> None:
    told = Problem("ties.csv", "empty", 1, "to", "x" * 200).text("en")
    assert "x" * 79 + "…" in told
    assert "x" * 80 not in told


def test_a_cell_may_be_longer_than_what_python_takes_by_default(
    make_dataset: MakeDataset,
) -> None:
    before = csv.field_size_limit(1000)
    try:
        note = "long " * 1000
        dataset = make_dataset(
            memberships=f"member,body,source,note_en\nacme,cluster,page-a,{note}\n"
        )
        assert check_facts(dataset).problems == []
    finally:
        csv.field_size_limit(before)
