"""The membership report as a workbook: what a manager finds on each sheet, in both languages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

import filiera
from filiera.answers.report_model import Report
from filiera.ecosystem import Ecosystem
from filiera.views.report_workbook import report_workbook
from tests.answers.gap_tables import TABLES
from tests.conftest import MakeDataset
from tests.small_cluster import iri, small_dataset, small_store
from tests.workbook.reading import column, link, read, table

AT, SINCE = date(2022, 6, 30), date(2019, 1, 1)
SHEETS = {
    "it": [
        "Panoramica", "Soci", "Novità", "Per filiera e tipo", "Per tipo", "Per filiera",
        "Per provincia", "Negli anni", "Numeri dichiarati", "Vuoti", "Criteri", "Chi fa da ponte",
        "Legami", "Capacità", "Fonti", "Note",
    ],
    "en": [
        "Overview", "Members", "What is new", "By chain and kind", "By kind", "By chain",
        "By province", "Over the years", "Stated numbers", "Gaps", "Criteria", "Brokers", "Ties",
        "Capabilities", "Sources", "Notes",
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def small() -> Ecosystem:
    """The small cluster."""
    return Ecosystem(small_store(), small_dataset(), lang="en")


@pytest.fixture(scope="module")
def report(small: Ecosystem) -> Report:
    """Its report."""
    return small.report(at=AT, since=SINCE)


@pytest.fixture(scope="module")
def workbook(small: Ecosystem, report: Report) -> Any:
    """The workbook of the report, in English."""
    return read(report_workbook(small, report, "en"))


@pytest.mark.parametrize("lang", ["it", "en"])
def test_every_sheet_is_there_and_ready_to_use(small: Ecosystem, report: Report, lang: str) -> None:
    found = read(report_workbook(small, report, lang))
    assert found.sheetnames == SHEETS[lang]
    title = {
        "it": "Nodo: i soci al 30 giugno 2022",
        "en": "Hub: its members on 30 June 2022",
    }[lang]
    assert found.properties.title == title
    assert found.properties.creator == "Tests"
    assert found.properties.created == datetime(2022, 6, 30)
    for sheet in found.worksheets:
        assert sheet.oddHeader.left.text == title
    for page in (found.worksheets[0], found.worksheets[-1]):
        assert page.page_setup.orientation == "portrait"
    for sheet in found.worksheets[1:-1]:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        [made] = sheet.tables.values()
        header_row = int(made.ref.split(":")[0][1:])
        assert made.autoFilter.ref == made.ref
        assert sheet.freeze_panes in (f"B{header_row + 1}", f"C{header_row + 1}")
        assert sheet.print_title_rows == f"${header_row}:${header_row}"


def test_both_languages_hold_the_same_numbers(small: Ecosystem, report: Report) -> None:
    italian, english = (read(report_workbook(small, report, lang)) for lang in ("it", "en"))
    for one, other in zip(italian.worksheets, english.worksheets, strict=True):
        assert one.dimensions == other.dimensions
        for mine, yours in zip(one.iter_rows(), other.iter_rows(), strict=True):
            for cell, twin in zip(mine, yours, strict=True):
                assert cell.data_type == twin.data_type
                if cell.data_type != "s":
                    assert cell.value == twin.value
    assert column(italian, "Soci", "Socio") == ["certo", "possibile", "certo", "certo"]
    assert column(italian, "Vuoti", "Stato") == ["nessuno noto", "solo fuori dal cluster"]


def test_the_same_report_gives_the_same_bytes(small: Ecosystem, report: Report) -> None:
    assert report_workbook(small, report, "it") == report_workbook(small, report, "it")


def test_members_stand_with_what_is_known_of_them(workbook: Any) -> None:
    header, *rows = table(workbook, "Members")
    acme, bolt, cogs, _ = (dict(zip(header, row, strict=True)) for row in rows)
    assert {name: acme[name] for name in ("Member", "Kind", "Town", "Legal name", "Sources")} == {
        "Member": "certain",
        "Kind": "company, listed company",
        "Town": "Bologna",
        "Legal name": "Acme S.p.A.",
        "Sources": "1, 2",
    }
    assert (acme["Since, as stated"], acme["First day"], acme["Last day"]) == (
        "in 2020 / between January and July 2020",
        datetime(2020, 1, 1),
        datetime(2020, 12, 31),
    )
    assert (bolt["Member"], bolt["Attention"], bolt["Remarks"]) == (
        "possible",
        None,
        "owned by Acme",
    )
    assert (cogs["Attention"], cogs["Sources"]) == ("risk", 1)
    assert cogs["Website"] is None


def test_names_and_numbers_lead_to_their_rows(workbook: Any) -> None:
    ties = workbook["Ties"]
    rows = {(row[0].value, row[1].value): row for row in ties.iter_rows(min_row=2)}
    row = rows["Acme", "supplies"]
    assert (row[2].value, link(row[0]), link(row[2])) == ("Bolt", "'Members'!A2", "'Members'!A3")
    assert (row[-1].value, link(row[-1])) == (2, "'Sources'!A3")
    assert link(rows["Delta", "acquired"][0]) == ""
    assert workbook["Sources"]["A3"].value == 2
    header = [cell.value for cell in workbook["Sources"][1]]
    address = workbook["Sources"].cell(3, header.index("Address") + 1)
    assert (address.value, link(address)) == ("https://example.org/early",) * 2
    website = workbook["Members"].cell(2, table(workbook, "Members")[0].index("Website") + 1)
    assert link(website) == "https://acme.example"


def test_each_source_is_cited_by_its_number(workbook: Any, report: Report) -> None:
    assert column(workbook, "Sources", "No.") == [1, 2]
    assert column(workbook, "Sources", "Id") == ["late", "early"]
    assert table(workbook, "Sources")[2][3:6] == (
        "May 2019",
        datetime(2019, 5, 1),
        datetime(2019, 5, 31),
    )
    for sheet in workbook.worksheets[1:-2]:
        header = table(workbook, sheet.title)[0]
        for cited in column(workbook, sheet.title, "Sources") if "Sources" in header else ():
            for number in str(cited or 1).split(", "):
                assert 1 <= int(number) <= len(report.sources)


def test_a_tie_has_the_days_of_each_of_its_dates(workbook: Any) -> None:
    header, *rows = table(workbook, "Ties")
    told = {row[:3]: dict(zip(header, row, strict=True)) for row in rows}
    control, deal = told["Acme", "controls", "Bolt"], told["Delta", "acquired", "Cogs"]
    assert control["Held: last day"] == datetime(2021, 12, 31)
    assert control["Begin: first day"] is None
    assert control["Within the cluster"] == "yes"
    assert (deal["When, as stated"], deal["Begin: first day"], deal["Begin: last day"]) == (
        "in 2015 / in 2017",
        datetime(2015, 1, 1),
        datetime(2017, 12, 31),
    )
    assert (deal["Agreement"], control["Agreement"]) == ("sources disagree", None)


def test_what_is_counted_twice_is_told(workbook: Any, report: Report) -> None:
    matrix = workbook["By chain and kind"]
    assert matrix["A2"].value.startswith("A member may work in several chains and be of several")
    assert table(workbook, "By chain and kind") == [
        ("Chain", "company", "university", "Members, each once"),
        ("chain not known", 3, 1, 4),
        ("Members, each once", 3, 1, 4),
    ]
    assert table(workbook, "By kind")[1] == ("company", 2, 1, 3, "Acme, Bolt (possible), Cogs")
    assert workbook["By province"]["A1"].value == (
        "A member may stand in several rows: the rows count 4 entries for 4 members."
    )
    assert column(workbook, "By province", "In all") == [2, 2]


def test_changes_numbers_and_years(workbook: Any) -> None:
    assert table(workbook, "What is new")[1] == (
        "Cogs joins Hub", "Cogs", "certain", "in 2019", datetime(2019, 1, 1),
        datetime(2019, 12, 31), None, 1,
    )  # fmt: skip
    assembly = next(row for row in table(workbook, "What is new") if row[0] == "Assembly")
    assert assembly[1:7] == (
        None, "certain", "in July 2020 / on 3 August 2020", datetime(2020, 7, 1),
        datetime(2020, 8, 3), "sources disagree",
    )  # fmt: skip
    assert column(workbook, "Stated numbers", "Number") == [100, 120, 80, 140]
    agreement = column(workbook, "Stated numbers", "Agreement")
    assert agreement == ["sources disagree", "sources disagree", None, None]
    assert table(workbook, "Over the years")[-1] == (
        2022, datetime(2022, 6, 30), 3, 1, 140, "in 2021", 1,
    )  # fmt: skip


def test_the_overview_counts_leads_and_draws(workbook: Any) -> None:
    sheet = workbook["Overview"]
    rows = {row[0].value: row for row in sheet.iter_rows()}
    certain = rows["Certain members, known by name"][1]
    assert (certain.value, link(certain)) == (3, "'Members'!A1")
    stated = rows["Members stated by sources"]
    assert [cell.value for cell in stated[1:4]] == [140, "in 2021", 1]
    assert link(stated[3]) == "'Sources'!A2"
    share = rows["Share of these known by name"][1]
    assert (share.value, share.number_format) == (pytest.approx(3 / 140), "0.0%")
    gaps = rows["Stages without a known member"]
    assert [cell.value for cell in gaps[1:3]] == [2, "of 2"]
    assert (rows["Ties"][1].value, link(rows["Ties"][0])) == (7, "'Ties'!A1")
    assert [chart.tagname for chart in sheet._charts] == ["barChart"] * 3 + ["lineChart"]
    assert [chart.series[0].cat.strRef.f for chart in sheet._charts[:3]] == [
        "'By kind'!$A$4:$A$5",
        "'By chain'!$A$4",
        "'By province'!$A$4:$A$5",
    ]
    years = sheet._charts[3].series
    assert [one.val.numRef.f for one in years] == [
        "'Over the years'!$C$2:$C$14",
        "'Over the years'!$E$2:$E$14",
    ]


def test_marks_show_what_needs_attention(workbook: Any) -> None:
    def marked(name: str) -> set[str]:
        rules = workbook[name].conditional_formatting._cf_rules.values()
        return {rule.formula[0].strip('"') for found in rules for rule in found}

    assert marked("Gaps") == {
        "nobody known", "only outside the cluster", "at risk", "one only", "covered",
    }  # fmt: skip
    assert marked("Members") == {"possible", "risk", "sources disagree"}
    assert marked("Criteria") == {"met", "not met", "cannot be said from this graph"}
    assert "sources disagree" in marked("Ties") & marked("What is new") & marked("Stated numbers")


def test_notes_say_how_it_was_made(workbook: Any, report: Report) -> None:
    rows = [row[:2] for row in workbook["Notes"].iter_rows(values_only=True)]
    texts = [row[0] for row in rows]
    for note in report.notes:
        assert note.text("en") in texts
    assert ("Date of the report", datetime(2022, 6, 30)) in rows
    assert ("Facts collected on", datetime(2021, 4, 1)) in rows
    assert "Licence of the facts" not in texts


def test_gaps_tell_who_works_where_and_what_is_not_known(make_dataset: MakeDataset) -> None:
    with filiera.open_graph(make_dataset(**TABLES).folder, lang="en") as things:
        made = things.report(at=date(2026, 11, 22))
        found = read(report_workbook(things, made, "en"))
    header, *rows = table(found, "Gaps")
    told = {row[1]: dict(zip(header, row, strict=True)) for row in rows}
    assert told[None]["Chain"] == "Empty"
    assert told[None]["Status"] == "no stage known to this graph"
    assert {stage: row["Status"] for stage, row in told.items() if stage} == {
        "Ore": "nobody known",
        "Making": "covered",
        "Cutting": "covered",
        "Welding": "one only",
        "Testing": "at risk",
        "Use": "only outside the cluster",
        "Reuse": "at risk",
        "Help": "at risk",
    }
    testing = told["Testing"]
    assert testing["Members"] == "Liquid, Owned"
    assert testing["Others"] == "Far AG"
    assert testing["Risks"].startswith("Liquid: in liquidation (since 2024); Owned: ")
    assert testing["Stages that suffer"] == "Use"
    assert told["Use"]["To invite"] == "Stranger"
    assert told["Cutting"]["Possibly"] == "Parent"
    assert told["Reuse"]["Closed or not yet founded"] == "Gone"
    capability = next(row for row in table(found, "Capabilities") if row[2] == "Help")
    assert capability[:7] == (
        "Acme", "Things", "Help", None, "as of 2016", datetime(2016, 1, 1), datetime(2016, 12, 31),
    )  # fmt: skip


def test_hostile_names_stay_texts(make_dataset: MakeDataset) -> None:
    firms = """\
id,name,kind,place,website,source
acme,"=HYPERLINK(""https://evil.example"")",company,bologna,,page-a
bolt,@SUM(A1:A9),company,,,page-a
cluster,-Cluster & <r>all</r>,cluster,,https://example.org,page-a
"""
    with filiera.open_graph(make_dataset(organisations=firms).folder, lang="it") as ecosystem:
        made = ecosystem.report(at=date(2026, 11, 22))
        found = read(report_workbook(ecosystem, made, "it"))
    assert column(found, "Soci", "Organizzazione") == ['=HYPERLINK("https://evil.example")']
    assert found["Panoramica"]["A1"].value == ("-Cluster & <r>all</r>: i soci al 22 novembre 2026")
    types = {cell.data_type for sheet in found for row in sheet.iter_rows() for cell in row}
    assert "f" not in types
    targets = [link(cell) for sheet in found for row in sheet.iter_rows() for cell in row]
    assert not [target for target in targets if "evil" in target]


def test_a_body_without_stated_numbers(make_dataset: MakeDataset) -> None:
    with filiera.open_graph(make_dataset(figures=None).folder, lang="it") as ecosystem:
        made = ecosystem.report(at=date(2026, 11, 22))
        found = read(report_workbook(ecosystem, made, "it"))
    rows = {row[0]: row for row in found["Panoramica"].iter_rows(values_only=True)}
    assert rows["Soci dichiarati dalle fonti"][1] == "nessun numero noto"
    assert "Quanti di questi sono noti per nome" not in rows
    assert table(found, "Numeri dichiarati")[1:] == [(None,) * 10]


def test_the_real_report(ecosystem: filiera.Ecosystem) -> None:
    made = ecosystem.report(at=date(2026, 11, 22), since=date(2020, 1, 1))
    found = read(report_workbook(ecosystem, made, "it"))
    assert found.sheetnames == SHEETS["it"]
    names = column(found, "Soci", "Organizzazione")
    assert len(names) == len(made.members) == 17
    assert "Toyota Material Handling Manufacturing Italy" in names
    assert len(column(found, "Vuoti", "Stadio")) == 72
    assert column(found, "Fonti", "N.") == list(range(1, len(made.sources) + 1))
    stated = next(
        row[1:4] for row in found["Panoramica"].iter_rows(values_only=True) if row[1] == 130
    )
    assert stated == (130, "più di 130, a gennaio 2023", 1)
    notes = {row[0].value: row[1] for row in found["Note"].iter_rows()}
    licence = notes["Licenza dei fatti"]
    assert (licence.value, link(licence)) == (
        "CC BY 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
    )
    iris = column(found, "Soci", "IRI")
    assert iris == [member.iri for member in made.members]
    assert iri("landi-renzo") in iris
