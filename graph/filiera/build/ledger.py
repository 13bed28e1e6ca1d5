"""What the rows of a data set have in common: ids, references, keys and faults."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from filiera.build.redirects import redirect_problems
from filiera.facts.dataset import Dataset
from filiera.facts.model import Reference, References, Table
from filiera.facts.problems import Problem
from filiera.facts.reading import nearest, read_rows
from filiera.facts.tables import TABLES

__all__ = ["Ledger"]


@dataclass
class Ledger:
    """Collects while rows are written, and settles at the end what no row can know alone."""

    problems: list[Problem] = field(default_factory=list)
    ids: dict[str, dict[str, tuple[str, int]]] = field(default_factory=dict)
    """Group → id → (file, row) where it was first given."""
    references: dict[tuple[str, ...], set[str]] = field(default_factory=dict)
    """Groups → ids that some row refers to."""
    named: set[tuple[str, str | None]] = field(default_factory=set)
    """(IRI, language) of the things that have got their display name."""
    rows: dict[str, int] = field(default_factory=dict)
    """Rows taken, by table."""

    def group(self, name: str) -> dict[str, tuple[str, int]]:
        """Ids of a group."""
        return self.ids.setdefault(name, {})

    def settle(self, dataset: Dataset) -> None:
        """Note every id that two groups share and every reference that leads nowhere.

        References to a table that could not be read at all are not held against the rows.
        """
        self._shared_ids()
        broken = {problem.file for problem in self.problems if problem.row is None}
        dangling = {
            groups: missing
            for groups, wanted in self.references.items()
            if not broken.intersection(f"{name}.csv" for name in _tables_of(groups))
            and (missing := wanted - self._known(groups))
        }
        if dangling:
            self._locate(dataset, dangling)
        if not broken:
            self.problems += redirect_problems(dataset, self.ids)
        tables = [f"{name}.csv" for name in _tables_of(("agent",))]
        if dataset.body and not broken.intersection(tables):
            known = self._known(("agent",))
            if dataset.body not in known:
                values = {
                    "body": dataset.body,
                    "tables": ", ".join(tables),
                    "nearest": nearest(dataset.body, known),
                }
                self.problems.append(Problem("dataset.toml", "unknown-body", values=values))

    def _known(self, groups: Iterable[str]) -> set[str]:
        known = set[str]().union(*(self.group(name) for name in groups))
        return known | {"editorial"} if "source" in groups else known

    def _shared_ids(self) -> None:
        taken: dict[str, tuple[str, int]] = {}
        for name, ids in self.ids.items():
            if name in ("source", "place"):
                continue
            for identifier in taken.keys() & ids.keys():
                file, first = taken[identifier]
                values = {"table": file, "first": str(first)}
                where, row = ids[identifier]
                self.problems.append(Problem(where, "id-taken", row, "id", identifier, values))
            taken.update(ids)

    def _locate(self, dataset: Dataset, dangling: dict[tuple[str, ...], set[str]]) -> None:
        for path in dataset.files():
            table = TABLES.get(path.stem)
            if table is None:
                continue
            columns = [
                (index, column.name, column.cell.groups)
                for index, column in enumerate(table.columns)
                if isinstance(column.cell, Reference | References)
                and column.cell.groups in dangling
            ]
            if not columns:
                continue
            for number, cells in read_rows(path, table, []):
                for index, name, groups in columns:
                    for part in cells[index].split(";"):
                        if part.strip() in dangling[groups]:
                            self._dangles(path.name, number, name, part.strip(), groups)

    def _dangles(
        self, file: str, number: int, column: str, text: str, groups: tuple[str, ...]
    ) -> None:
        tables = ", ".join(f"{name}.csv" for name in _tables_of(groups))
        values = {"tables": tables, "nearest": nearest(text, self._known(groups))}
        self.problems.append(Problem(file, "dangling", number, column, text, values))


def _tables_of(groups: tuple[str, ...]) -> list[str]:
    return [name for name, table in TABLES.items() if _gives(table, groups)]


def _gives(table: Table, groups: tuple[str, ...]) -> bool:
    return getattr(table.columns[0].cell, "group", None) in groups
