"""The data set that comes with Filiera says everything in Italian and in English, and the same."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

import pytest

from filiera.facts.dataset import Dataset
from filiera.facts.tables import TABLES

Pair = tuple[str, int, str, str, str]
"""File, row, column without its language, Italian, English."""

ENGLISH = {
    *("the", "of", "is", "are", "was", "were", "with", "from", "by", "which", "that", "this"),
    *("these", "for", "to", "at", "on", "as", "an", "not", "it", "has", "have", "been", "who"),
}
ITALIAN = {
    *("il", "lo", "gli", "di", "del", "della", "dei", "delle", "nel", "nella", "che", "con"),
    *("sono", "una", "alla", "dal", "dalla", "è"),
}
NAME = re.compile(r"[A-Z]\S*(?: (?:of|for|the|and|di|del|della|dei|delle|[A-Z]\S*))* [A-Z]\S*")
"""A name of several words, which may be foreign: Plug and Play."""

# What is written with capitals in both languages, and differs.
TRANSLATED = {
    "ERDF": "FESR",
    "EU": "UE",
    "R&D": "R&S",
    "US": "",
    "IPCEIs": "IPCEI",
    "Clust-ERs": "Clust-ER",
}


def pairs() -> Iterator[Pair]:
    for path in Dataset.find().files():
        names = [name[:-3] for name in TABLES[path.stem].header if name.endswith("_it")]
        with path.open(encoding="utf-8", newline="") as file:
            for row, cells in enumerate(csv.DictReader(file), 1):
                for name in names:
                    yield path.stem, row, name, cells[f"{name}_it"], cells[f"{name}_en"]


@pytest.fixture(scope="module")
def said() -> list[Pair]:
    return list(pairs())


def words(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w.&-])[a-zè]+(?![\w&-])", NAME.sub("", text)))


def test_what_is_said_in_one_language_is_said_in_the_other(said: list[Pair]) -> None:
    assert [pair for pair in said if bool(pair[3]) != bool(pair[4])] == []
    notes = {(table, row) for table, row, name, it, _ in said if name == "note" and it}
    inferences = {(table, row) for table, row, name, it, _ in said if name == "inferred" and it}
    assert len(notes) == 695
    assert len(inferences) == 153


def test_no_text_stands_in_the_column_of_the_other_language(said: list[Pair]) -> None:
    told = [
        pair for pair in said if pair[2] not in ("name", "label")
    ]  # a name may be foreign in both
    assert [(*pair[:3], found) for pair in told if (found := words(pair[3]) & ENGLISH)] == []
    assert [(*pair[:3], found) for pair in told if (found := words(pair[4]) & ITALIAN)] == []


@pytest.mark.parametrize("column", ["note", "inferred", "title"])
def test_numbers_and_names_are_the_same_in_both(said: list[Pair], column: str) -> None:
    """Decimal marks differ; of names, those that no language changes: E80, MUSP, H2-ICE."""

    def numbers(text: str) -> list[str]:
        found = re.findall(r"\d[\d.,]*", text)
        return sorted(number.rstrip(".,").replace(",", ".") for number in found)

    def names(text: str) -> set[str]:
        return set(re.findall(r"[A-Za-z0-9&-]*[A-Z][A-Z&0-9-]*[A-Z0-9][A-Za-z0-9&-]*", text))

    told = [pair for pair in said if pair[2] == column and pair[3]]
    assert told
    for table, row, _, it, en in told:
        assert numbers(it) == numbers(en), (table, row)
        assert names(it) == {TRANSLATED.get(name, name) for name in names(en)} - {""}, (table, row)
