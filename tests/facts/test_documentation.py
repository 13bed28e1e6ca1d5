"""The tables described: the page, the data package, and the definitions themselves."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from filiera.facts.concepts import Concepts
from filiera.facts.dataset import Dataset
from filiera.facts.documentation import datapackage, tables_in_markdown
from filiera.facts.model import Concept, Table
from filiera.facts.tables import TABLES

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_on_the_tables_is_up_to_date() -> None:
    assert (ROOT / "docs" / "facts.md").read_text(encoding="utf-8") == tables_in_markdown()


def test_the_data_package_is_up_to_date() -> None:
    dataset = Dataset.find()
    committed = json.loads((dataset.folder / "datapackage.json").read_text(encoding="utf-8"))
    assert committed == datapackage(dataset)


def test_the_data_package_fits_the_files() -> None:
    dataset = Dataset.find()
    for resource in datapackage(dataset)["resources"]:
        with (dataset.folder / resource["path"]).open(encoding="utf-8", newline="") as lines:
            header = next(csv.reader(lines))
        assert header == [field["name"] for field in resource["schema"]["fields"]]


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_a_table_is_described_in_both_languages_and_its_schemes_exist(table: Table) -> None:
    slugs = Concepts.read().slugs
    assert set(table.label) == set(table.help) == {"it", "en"}
    assert len(set(table.header)) == len(table.header)
    assert set(table.key) <= set(table.header)
    for column in table.columns:
        assert set(column.label) == set(column.help) == {"it", "en"}
        assert all(text and not text.endswith(".") for text in column.help.values())
        if isinstance(column.cell, Concept):
            assert slugs[column.cell.scheme], column.name
