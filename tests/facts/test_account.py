"""The account of the collected rows: nothing was lost, and nothing came from nowhere."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from filiera.facts.dataset import Dataset
from filiera.facts.tables import TABLES

DOCS = Path(__file__).resolve().parents[2] / "docs"

Row = dict[str, str]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def account() -> list[Row]:
    return read(DOCS / "facts-account.csv")


@pytest.fixture(scope="module")
def facts() -> dict[str, dict[str, Row]]:
    """Rows of today's tables by their key, written as the account writes it."""
    folder = Dataset.find().folder
    return {
        name: {
            " | ".join(row[column] for column in (*table.key, "source") if column in row): row
            for row in read(folder / f"{name}.csv")
        }
        for name, table in TABLES.items()
    }


def test_every_collected_row_leads_to_a_row_that_is_there(
    account: list[Row], facts: dict[str, dict[str, Row]]
) -> None:
    lost = [row for row in account if row["key"] not in facts[row["table"]]]
    assert lost == []
    assert all(row["how"] for row in account)


def test_no_collected_row_is_missing_from_the_account(account: list[Row]) -> None:
    page = (DOCS / "facts-account.md").read_text(encoding="utf-8")
    promised = {
        name: int(n) for name, n in re.findall(r"^\| (\w+) \| (\d+) \|", page, re.MULTILINE)
    }
    assert len(promised) == 18
    for name, count in promised.items():
        numbers = {int(row["row"]) for row in account if row["collected"] == name}
        assert numbers == set(range(1, count + 1)), name


def test_every_row_has_an_origin_or_is_the_projects_own(
    account: list[Row], facts: dict[str, dict[str, Row]]
) -> None:
    reached = {(row["table"], row["key"]) for row in account}
    own = Counter(
        name
        for name, rows in facts.items()
        for key, row in rows.items()
        if (name, key) not in reached and row.get("source") == "editorial"
    )
    orphans = [
        (name, key)
        for name, rows in facts.items()
        for key, row in rows.items()
        if (name, key) not in reached and row.get("source") != "editorial"
    ]
    assert orphans == [], "name new rows in docs/facts-account.csv (collected: added)"
    assert own == {"chains": 8, "places": 1, "redirects": 3}
