"""Asking the catalogue in tests: short rows, and data sets in which something is changed."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from filiera import Ecosystem
from filiera.build import build
from filiera.facts.dataset import Dataset
from filiera.results import Iri, Value
from filiera.store import MemoryStore

Cell = str | int | Decimal | float | None
Row = dict[str, str]


def short(value: Value) -> Cell:
    """A cell as it stands in expected rows: the last part of an IRI, a day as ISO text."""
    if isinstance(value, Iri):
        return value.rsplit("/", 1)[-1]
    return value.isoformat() if isinstance(value, date) else value


def answer(
    ecosystem: Ecosystem, question: str, columns: str = "", /, **parameters: Any
) -> list[tuple[Cell, ...]]:
    """Rows of an answer, of the columns that are named (all, if none is)."""
    results = ecosystem.ask(question, **parameters)
    names = columns.split() or results.names
    picked = [results.column(name) for name in names]
    return [tuple(short(value) for value in row) for row in zip(*picked, strict=True)]


class Facts:
    """A copy of the facts, to change and to build anew."""

    def __init__(self, original: Path, folder: Path) -> None:
        shutil.copytree(original, folder)
        self.folder = folder

    def edit(self, table: str, where: Row, /, **cells: str) -> None:
        """Put other cells into the rows that fit ``where``; at least one must."""
        names, rows = self._read(table)
        fitting = [row for row in rows if fits(row, where)]
        assert fitting, f"{table}: no row fits {where}"
        for row in fitting:
            row.update(cells)
        self._write(table, names, rows)

    def drop(self, table: str, **where: str) -> None:
        """Take out the rows that fit; at least one must."""
        names, rows = self._read(table)
        kept = [row for row in rows if not fits(row, where)]
        assert len(kept) < len(rows), f"{table}: no row fits {where}"
        self._write(table, names, kept)

    def add(self, table: str, **cells: str) -> None:
        """Add a row; the cells that are not given stay empty."""
        names, rows = self._read(table)
        self._write(table, names, [*rows, dict.fromkeys(names, "") | cells])

    def built(self) -> Ecosystem:
        """The graph of these facts."""
        store, dataset = MemoryStore(), Dataset.find(self.folder)
        return Ecosystem(store, dataset, lang="en", report=build(dataset, store))

    def _read(self, table: str) -> tuple[list[str], list[Row]]:
        with (self.folder / f"{table}.csv").open(encoding="utf-8", newline="") as text:
            reader = csv.DictReader(text)
            return list(reader.fieldnames or ()), list(reader)

    def _write(self, table: str, names: list[str], rows: list[Row]) -> None:
        with (self.folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as text:
            writer = csv.DictWriter(text, names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def fits(row: Row, where: Row) -> bool:
    """Whether a row has the cells that are asked for."""
    return all(row[name] == value for name, value in where.items())


Ask = Callable[..., list[tuple[Cell, ...]]]
"""(question, columns, parameters) → rows, of one graph."""
