"""The tables of facts as a workbook: every cell of the CSV files, in both languages."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import filiera
from filiera.build import build
from filiera.ecosystem import Ecosystem
from filiera.facts.dataset import Dataset
from filiera.facts.model import Edtf, Number
from filiera.facts.tables import TABLES
from filiera.store import MemoryStore
from filiera.views.export import export
from filiera.views.fact_workbook import fact_workbook
from filiera.workbook import limits
from tests.bench.generator import generate
from tests.conftest import MakeDataset
from tests.small_cluster import small_dataset, small_store
from tests.workbook.reading import column, link, read, table


@pytest.fixture(scope="module", params=["it", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    """Each language in turn."""
    return str(request.param)


@pytest.fixture(scope="module")
def workbook(lang: str) -> Any:
    """The tables of the small cluster, read back."""
    return read(fact_workbook(Ecosystem(small_store(), small_dataset()), lang))


def stated(dataset: Dataset, name: str) -> list[dict[str, str]]:
    """Rows of a CSV file, every column of the table among them."""
    with (dataset.folder / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [{column: row.get(column, "") for column in TABLES[name].header} for row in rows]


def told(workbook: Any, name: str, lang: str) -> list[dict[str, str]]:
    """Rows of a sheet with the names and texts of the CSV file."""
    definition = TABLES[name]
    header, *rows = table(workbook, definition.label[lang])
    at = [header.index(column.label[lang]) for column in definition.columns]
    return [
        {
            column.name: "" if row[index] is None else str(row[index])
            for column, index in zip(definition.columns, at, strict=True)
        }
        for row in rows
    ]


def test_every_cell_of_every_file_is_there(workbook: Any, lang: str) -> None:
    dataset = small_dataset()
    names = [path.stem for path in dataset.files()]
    assert len(names) > 15
    for name in names:
        numbers = [c.name for c in TABLES[name].columns if isinstance(c.cell, Number)]
        found, wanted = told(workbook, name, lang), stated(dataset, name)
        for row in (*found, *wanted):
            row.update({number: str(float(row[number])) for number in numbers if row[number]})
        assert found == wanted, name


def test_headings_say_in_a_comment_what_they_hold(workbook: Any, lang: str) -> None:
    for definition in TABLES.values():
        if definition.label[lang] not in workbook.sheetnames:
            continue
        header = workbook[definition.label[lang]][1]
        comments = {cell.value: cell.comment.text for cell in header}
        for one in definition.columns:
            assert comments[one.label[lang]] == f"{one.name}: {one.help[lang]}"


def test_a_date_has_its_first_and_last_day(workbook: Any, lang: str) -> None:
    definition = TABLES["memberships"]
    start = next(one for one in definition.columns if one.name == "start")
    assert isinstance(start.cell, Edtf)
    header, first, second, *_ = table(workbook, definition.label[lang])
    at = header.index(start.label[lang])
    assert (
        header[at + 1 : at + 3]
        == {
            "it": ("Inizio: primo giorno", "Inizio: ultimo giorno"),
            "en": ("Start: first day", "Start: last day"),
        }[lang]
    )
    assert first[at : at + 3] == (
        "[2020-01-01..2020-07-31]",
        datetime(2020, 1, 1),
        datetime(2020, 7, 31),
    )
    assert second[at : at + 3] == ("2020", datetime(2020, 1, 1), datetime(2020, 12, 31))


def test_ids_lead_to_their_rows_and_addresses_open(workbook: Any, lang: str) -> None:
    names = {name: TABLES[name].label[lang] for name in TABLES}
    ties = workbook[names["ties"]]
    header = [cell.value for cell in ties[1]]
    source = ties.cell(2, header.index(TABLES["ties"].columns[-3].label[lang]) + 1)
    target = link(source)
    sheet, _, place = target.rpartition("!")
    assert sheet == f"'{names['sources']}'"
    assert workbook[names["sources"]][place].value == source.value
    member = workbook[names["memberships"]]["A2"]
    assert (member.value, link(member)) == ("acme", f"'{names['organisations']}'!A2")
    page = workbook[names["sources"]]["B2"]
    assert (page.value, link(page)) == ("https://example.org/early",) * 2


def test_the_first_sheet_tells_what_there_is(workbook: Any, lang: str) -> None:
    first = workbook.worksheets[0]
    assert first.title == {"it": "Guida", "en": "About"}[lang]
    rows = {row[0].value: row for row in first.iter_rows()}
    line = rows[TABLES["memberships"].label[lang]]
    assert line[1].value == len(stated(small_dataset(), "memberships"))
    assert line[2].value == TABLES["memberships"].help[lang]
    assert link(line[0]) == f"'{TABLES['memberships'].label[lang]}'!A1"
    collected = rows[{"it": "Fatti raccolti il", "en": "Facts collected on"}[lang]][1]
    assert collected.value == datetime(2021, 4, 1)
    assert workbook.properties.created == datetime(2021, 4, 1)


def test_numbers_are_numbers_and_codes_are_texts(make_dataset: MakeDataset) -> None:
    with filiera.open_graph(make_dataset().folder) as ecosystem:
        found = read(fact_workbook(ecosystem, "en"))
    assert column(found, "Places", "Code") == ["IT", "037006"]
    assert column(found, "Places", "Latitude") == [None, 44.49381]
    assert column(found, "Figures", TABLES["figures"].columns[5].label["en"]) == [100, 120]


HOSTILE = """\
id,name,kind,place,website,activity_en,source
acme,"=HYPERLINK(""https://evil.example"",""Acme"")",company,,https://example.org/{long},{text},page-a
bolt,<r><t>Bolt</t></r>,company,,,@SUM(A1:A9),page-a
plus,+1+1,company,,,-2+3,page-a
cluster,Cluster,cluster,,,_x000D_,page-a
"""


def test_hostile_facts_stay_texts_and_stay_whole(make_dataset: MakeDataset) -> None:
    activity = "a" * 40_000
    firms = HOSTILE.format(long="x" * limits.URL_TEXT, text=activity)
    with filiera.open_graph(make_dataset(organisations=firms).folder) as ecosystem:
        found = read(fact_workbook(ecosystem, "en"))
    assert column(found, "Organisations", "Name") == [
        '=HYPERLINK("https://evil.example","Acme")',
        "<r><t>Bolt</t></r>",
        "+1+1",
        "Cluster",
    ]
    sheet = found["Organisations"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n"}
    website = column(found, "Organisations", "Website")[0]
    assert website == "https://example.org/" + "x" * limits.URL_TEXT
    shown = next(
        text for row in sheet.iter_rows(values_only=True) for text in row if "aaa" in str(text)
    )
    rests = [row[3] for row in table(found, "Remarks")[1:] if row[3]]
    assert shown.removesuffix(" […]") + "".join(rests) == activity
    assert all(
        link(cell).startswith(("'", "https://example.org/"))
        for row in sheet.iter_rows()
        for cell in row
        if link(cell)
    )


def test_rows_that_the_build_refused_are_told(make_dataset: MakeDataset) -> None:
    dataset = make_dataset(
        figures="subject,measure,value,date,source\nacme,employees,many,2020,page-a\n",
        ties="from,relation,to,source\nacme,supplies\nbolt,partner-of,acme,page-a\n",
    )
    store = MemoryStore()
    report = build(dataset, store, partial=True)
    found = read(fact_workbook(Ecosystem(store, dataset, report=report), "en"))
    said = [row[0] for row in found["About"].iter_rows(values_only=True) if row[0]]
    at = said.index("Rows with faults, which are not in the graph, or not whole")
    assert len(said[at + 1 :]) == len(report.problems) == 2
    assert column(found, "Figures", TABLES["figures"].columns[5].label["en"]) == ["many"]


def test_a_bare_data_set_has_a_bare_first_sheet(tmp_path: Path) -> None:
    (tmp_path / "dataset.toml").write_text('id = "bare"\n', encoding="utf-8")
    (tmp_path / "sources.csv").write_text("id,url\na,https://example.org\n", encoding="utf-8")
    with filiera.open_graph(tmp_path) as ecosystem:
        found = read(fact_workbook(ecosystem, "it"))
    assert found.sheetnames == ["Guida", "Fonti"]
    assert found["Guida"]["A1"].value == "bare"
    assert found.properties.created == datetime(1980, 1, 1)


def test_an_export_is_in_the_language_of_the_ecosystem(tmp_path: Path) -> None:
    path = tmp_path / "facts.xlsx"
    export(Ecosystem(small_store(), small_dataset(), lang="it"), path)
    assert "Adesioni" in read(path.read_bytes()).sheetnames


def test_many_organisations_lose_nothing(tmp_path: Path) -> None:
    dataset = generate(tmp_path, 1_500, seed=7)
    found = read(fact_workbook(Ecosystem(MemoryStore(), dataset), "en"))
    for path in dataset.files():
        name = TABLES[path.stem].label["en"]
        with path.open(encoding="utf-8", newline="") as lines:
            rows = sum(1 for _ in csv.reader(lines)) - 1
        sheet = found[name]
        assert sheet.max_row == rows + 1
        assert sheet.freeze_panes == "B2"
    assert found["Organisations"].max_row > 1_500
    assert date.fromisoformat(dataset.collected) == found.properties.created.date()
