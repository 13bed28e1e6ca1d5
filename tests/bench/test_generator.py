"""The generated ecosystems are valid, realistic in what matters, and always the same."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from filiera.build.ledger import Ledger
from filiera.build.pipeline import check_facts, quads_of
from filiera.facts.dataset import Dataset
from filiera.facts.tables import TABLES
from filiera.vocabulary import EDITORIAL, GRAPH
from tests.bench.generator import generate

ORGANISATIONS = 2000


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return generate(tmp_path_factory.mktemp("generated"), ORGANISATIONS, seed=7)


def rows(dataset: Dataset, table: str) -> list[dict[str, str]]:
    with (dataset.folder / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_generated_data_set_has_every_table_and_no_fault(dataset: Dataset) -> None:
    ledger = check_facts(dataset)
    assert [problem.text("en") for problem in ledger.problems] == []
    assert ledger.rows.keys() == TABLES.keys()
    assert all(ledger.rows.values())


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(
    dataset: Dataset, tmp_path: Path
) -> None:
    again = generate(tmp_path / "again", ORGANISATIONS, seed=7)
    other = generate(tmp_path / "other", ORGANISATIONS, seed=8)
    for path in dataset.files():
        assert (again.folder / path.name).read_bytes() == path.read_bytes()
        assert (other.folder / path.name).read_bytes() != path.read_bytes()


def test_an_organisation_has_about_seventeen_quads(dataset: Dataset) -> None:
    """Statements of sources and of the editors; without the ontology and the second copy."""
    stated = {
        line
        for piece in quads_of(dataset, Ledger())
        for line in piece.decode().splitlines()
        if f" <{GRAPH['page-']}" in line or f" <{EDITORIAL}> ." in line
    }
    assert 16 < len(stated) / ORGANISATIONS < 18


def test_a_few_organisations_have_very_many_ties(dataset: Dataset) -> None:
    pairs = {(row["from"], row["to"]) for row in rows(dataset, "ties")}
    degrees = sorted(Counter(end for pair in pairs for end in pair).values(), reverse=True)
    mean = sum(degrees) / ORGANISATIONS
    assert degrees[0] > 20 * mean
    assert degrees[ORGANISATIONS // 2] <= 1
    assert sum(degrees[: ORGANISATIONS // 100]) > 0.15 * sum(degrees)


def test_sources_are_hundreds_and_speak_of_unequally_many_things(dataset: Dataset) -> None:
    said = Counter(row["source"] for row in rows(dataset, "organisations"))
    assert len(rows(dataset, "sources")) > 300
    assert said.most_common(1)[0][1] > 10 * ORGANISATIONS / len(rows(dataset, "sources"))


def test_some_facts_are_stated_twice(dataset: Dataset) -> None:
    ties = [(row["from"], row["relation"], row["to"]) for row in rows(dataset, "ties")]
    assert 0.02 < 1 - len(set(ties)) / len(ties) < 0.1


@pytest.mark.parametrize("organisations", [9, 2_000_000])
def test_an_impossible_size_is_refused(tmp_path: Path, organisations: int) -> None:
    with pytest.raises(ValueError, match="organisations must lie between 10 and"):
        generate(tmp_path / "none", organisations, seed=7)
    assert not (tmp_path / "none").exists()
