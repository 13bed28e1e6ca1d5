"""From the rows of a table to N-Quads text.

A writer is made once for a table: each column becomes a small function, so that a row costs
little more than its triples. Every triple is written twice, into the graph of its source and
into the default graph, which holds the merge of all.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

from filiera.build import terms
from filiera.build.cells import checker, iri_prefix, iri_with_space
from filiera.build.ledger import Ledger
from filiera.facts.concepts import Concepts
from filiera.facts.dataset import Dataset
from filiera.facts.dates import span
from filiera.facts.model import (
    About,
    Classification,
    Column,
    DisplayName,
    FormerId,
    Named,
    NodePattern,
    Parent,
    Property,
    Reference,
    References,
    SlugCell,
    Table,
    Times,
)
from filiera.facts.problems import CellFault, Problem
from filiera.facts.slugs import slugify
from filiera.vocabulary import EDITORIAL, FIL, RDF, SKOS

__all__ = ["RowWriter"]

Cells = list[str]
Say = Callable[[str, str, Cells, list[str]], None]
"""(term, node, cells, triples of the row's graph): adds what the cell says."""

_TYPE = f"<{RDF.type}>"


class RowWriter:
    """Writes the rows of one table; what it meets goes into the ledger."""

    def __init__(
        self, table: Table, file: str, dataset: Dataset, concepts: Concepts, ledger: Ledger
    ) -> None:
        self.table = table
        self.file = file
        self._dataset = dataset
        self._concepts = concepts
        self._ledger = ledger
        self._index = {column.name: index for index, column in enumerate(table.columns)}
        self._source = self._index.get("source")
        self._node = self._node_maker(table.node)
        self._types = self._type_lines(table.types)
        self._keys: dict[tuple[str, ...], int] = {}
        self._key = [self._index[name] for name in table.key]
        if self._source is not None:
            self._key.append(self._source)
        self._display: list[str] = []
        self._columns = [self._prepare(index, column) for index, column in enumerate(table.columns)]
        self._periods = self._period_columns()
        ledger.rows.setdefault(table.name, 0)

    def write(self, number: int, cells: Cells, out: list[str]) -> None:
        """Check a row and add its lines of N-Quads to ``out``; faults go into the ledger."""
        before = len(self._ledger.problems)
        cells = self._one_direction(cells)
        checked = self._check(number, cells)
        self._check_key(number, cells)
        self._check_period(number, cells)
        if len(self._ledger.problems) > before:
            return
        self._ledger.rows[self.table.name] += 1
        node = self._node(cells)
        triples = [f"{node} {_TYPE} {name}" for name in self._types]
        for say, term in checked:
            say(term, node, cells, triples)
        out.append(_twice(triples, self._graph(cells)))
        if self._display:
            out.append(_twice(self._display, f"<{EDITORIAL}>"))
            self._display.clear()

    def _one_direction(self, cells: Cells) -> Cells:
        """A tie that holds both ways is one tie, whichever end a source names first."""
        ends = self.table.node.ends
        if ends is None:
            return cells
        first, relation, second = (self._index[name] for name in ends)
        if cells[relation] in self._concepts.symmetric and cells[second] < cells[first]:
            cells = list(cells)
            cells[first], cells[second] = cells[second], cells[first]
        return cells

    def _graph(self, cells: Cells) -> str:
        if self.table.graph:
            return f"<{self.table.graph}>"
        assert self._source is not None
        source = cells[self._source]
        return (
            f"<{EDITORIAL}>" if source == "editorial" else f"<{self._dataset.graph_base}{source}>"
        )

    # Checks ---------------------------------------------------------------------------------

    def _check(self, number: int, cells: Cells) -> list[tuple[Say, str]]:
        checked: list[tuple[Say, str]] = []
        for (column, check, say, refers, gives), text in zip(self._columns, cells, strict=True):
            if not text:
                if column.required:
                    self._fault(number, column.name, text, CellFault("empty"))
                continue
            try:
                term = check(text)
            except CellFault as fault:
                self._fault(number, column.name, text, fault)
                continue
            if refers is not None:
                if isinstance(column.cell, References):
                    refers.update(part.strip() for part in text.split(";"))
                else:
                    refers.add(text)
            elif gives is not None:
                gives.setdefault(text, (self.file, number))
            if say is not None:
                checked.append((say, term))
        return checked

    def _check_key(self, number: int, cells: Cells) -> None:
        key = tuple([cells[index] for index in self._key])
        first = self._keys.setdefault(key, number)
        if first != number:
            shown = " | ".join(part for part in key if part)
            self._fault(number, None, shown, CellFault("duplicate-key", first=str(first)))

    def _check_period(self, number: int, cells: Cells) -> None:
        for start, end in self._periods:
            if cells[start] and cells[end]:
                try:
                    first, last = span(cells[start]), span(cells[end])
                except CellFault:
                    continue
                if first.earliest and last.latest and last.latest < first.earliest:
                    fault = CellFault("period-reversed", start=cells[start], end=cells[end])
                    self._fault(number, self.table.columns[end].name, cells[end], fault)
        ends = self.table.node.ends
        if ends and cells[self._index[ends[0]]] == cells[self._index[ends[2]]]:
            self._fault(number, ends[2], cells[self._index[ends[2]]], CellFault("same-ends"))

    def _fault(self, number: int, column: str | None, text: str, fault: CellFault) -> None:
        self._ledger.problems.append(
            Problem(self.file, fault.code, number, column, text, fault.values)
        )

    def _period_columns(self) -> list[tuple[int, int]]:
        pairs = (("start", "end"), ("founded", "dissolved"))
        return [
            (self._index[start], self._index[end])
            for start, end in pairs
            if start in self._index and end in self._index
        ]

    # Columns --------------------------------------------------------------------------------

    def _prepare(
        self, index: int, column: Column
    ) -> tuple[
        Column,
        Callable[[str], str],
        Say | None,
        set[str] | None,
        dict[str, tuple[str, int]] | None,
    ]:
        lang = column.says.lang if isinstance(column.says, Property | DisplayName) else None
        check = checker(column.cell, self._dataset, self._concepts, lang)
        refers = gives = None
        if isinstance(column.cell, Reference | References):
            refers = self._ledger.references.setdefault(column.cell.groups, set())
        elif isinstance(column.cell, SlugCell):
            gives = self._ledger.group(column.cell.group)
        return column, check, self._saying(index, column), refers, gives

    def _saying(self, index: int, column: Column) -> Say | None:
        match column.says:
            case None:
                return None
            case Times(role):
                return _times(role)
            case Property(predicate, inverse=True):
                line = f" <{predicate}> "
                return lambda term, node, cells, triples: triples.append(term + line + node)
            case Property(predicate) if isinstance(column.cell, References):
                return self._list(predicate, column.cell)
            case Property(predicate):
                line = f" <{predicate}> "
                return lambda term, node, cells, triples: triples.append(node + line + term)
            case Named(prefix, kind, predicate):
                return self._named(index, prefix, kind, predicate)
            case DisplayName(lang, also):
                return self._display_name(lang, self._about(also, index) if also else None)
            case Classification(predicate):
                return self._classification(index, predicate)
            case Parent():
                return self._parent(column.says)
            case About():
                return self._about(column.says, index)

    def _list(self, predicate: str, cell: References) -> Say:
        prefix = iri_prefix(cell.groups[0], self._dataset)
        line = f" <{predicate}> <{prefix}"

        def say(term: str, node: str, cells: Cells, triples: list[str]) -> None:
            triples.extend(f"{node}{line}{part.strip()}>" for part in term.split(";"))

        return say

    def _named(self, index: int, prefix: str, kind: str, predicate: str) -> Say:
        base = f"{self._dataset.id_base}{prefix}/"

        def say(term: str, node: str, cells: Cells, triples: list[str]) -> None:
            other = f"<{base}{slugify(cells[index])}>"
            triples.append(f"{node} <{predicate}> {other}")
            triples.append(f"{other} {_TYPE} <{kind}>")
            triples.append(f"{other} <{SKOS.prefLabel}> {term}")

        return say

    def _display_name(self, lang: str | None, also: Say | None) -> Say:
        named, line = self._ledger.named, f" <{SKOS.prefLabel}> "

        def say(term: str, node: str, cells: Cells, triples: list[str]) -> None:
            if (node, lang) not in named:
                named.add((node, lang))
                self._display.append(node + line + term)
            if also is not None:
                also(term, node, cells, triples)

        return say

    def _classification(self, index: int, predicate: str) -> Say:
        classes = self._concepts.instance_class

        def say(term: str, node: str, cells: Cells, triples: list[str]) -> None:
            triples.append(f"{node} <{predicate}> {term}")
            kind = classes.get(cells[index])
            if kind is not None:
                triples.append(f"{node} {_TYPE} <{kind}>")

        return say

    def _parent(self, parent: Parent) -> Say:
        kind, classes = self._index["kind"], self._concepts.instance_class

        def say(term: str, node: str, cells: Cells, triples: list[str]) -> None:
            is_unit = classes.get(cells[kind]) in parent.unit_classes
            triples.append(f"{node} <{parent.unit if is_unit else parent.other}> {term}")

        return say

    def _about(self, about: About, index: int) -> Say:
        maker = self._node_maker(about.pattern)
        types = [f" {_TYPE} {name}" for name in self._type_lines(about.types)]
        constants = [f" <{predicate}> <{value}>" for predicate, value in about.constants]
        link = f" <{about.link}> "
        inner = self._inner(about.says, index)

        def say(term: str, node: str, cells: Cells, triples: list[str]) -> None:
            fact = maker(cells)
            triples.extend(fact + line for line in types)
            triples.append(fact + link + node)
            triples.extend(fact + line for line in constants)
            inner(term, fact, cells, triples)

        return say

    def _inner(self, says: Property | Times, index: int) -> Say:
        if isinstance(says, Times):
            return _times(says.role)
        line = f" <{says.predicate}> "
        if says.predicate == FIL.name:
            # A name is the same string whatever the language of the column that holds it.
            return lambda term, node, cells, triples: triples.append(
                node + line + terms.literal(cells[index])
            )
        return lambda term, node, cells, triples: triples.append(node + line + term)

    # Nodes ----------------------------------------------------------------------------------

    def _type_lines(self, types: tuple[str, ...]) -> list[str]:
        return [f"<{name}>" for name in types]

    def _node_maker(self, pattern: NodePattern) -> Callable[[Cells], str]:
        if len(pattern.parts) == 1 and not pattern.occurrence:
            return self._thing_maker(pattern)
        base = f"<{self._dataset.id_base}{pattern.prefix}/"
        parts = [
            (self._index.get(part.column, -1), _VIA[part.via], part.fixed) for part in pattern.parts
        ]
        occurrence = self._index["occurrence"] if pattern.occurrence else None

        def make(cells: Cells) -> str:
            names = [fixed or via(cells[index]) for index, via, fixed in parts]
            if pattern.undated and not names[-1]:
                assert self._source is not None
                names[-1] = f"undated--{cells[self._source]}"
            if occurrence is not None and cells[occurrence] not in ("", "1"):
                names.append(cells[occurrence])
            return base + "--".join([name for name in names if name]) + ">"

        return make

    def _thing_maker(self, pattern: NodePattern) -> Callable[[Cells], str]:
        column = self._index[pattern.parts[0].column]
        cell = self.table.columns[column].cell
        if isinstance(cell, FormerId):
            dataset = self._dataset
            return lambda cells: f"<{iri_with_space(cells[column], dataset)}>"
        assert isinstance(cell, SlugCell)
        base = "<" + iri_prefix(cell.group, self._dataset)
        return lambda cells: f"{base}{cells[column]}>"


def _twice(triples: list[str], graph: str) -> str:
    """Lines that put triples into the default graph, and again into ``graph``."""
    named = f" {graph} .\n"
    return " .\n".join(triples) + " .\n" + named.join(triples) + named


def _times(role: str) -> Say:
    said, earliest, latest = (
        f" <{FIL[role]}> ",
        f" <{FIL[role + 'Earliest']}> ",
        f" <{FIL[role + 'Latest']}> ",
    )

    @cache
    def lines(text: str) -> tuple[str, ...]:
        meant = span(text)
        edges: tuple[tuple[str, date | None], ...] = (
            (earliest, meant.earliest),
            (latest, meant.latest),
        )
        return (
            said + terms.edtf(text),
            *(line + terms.day(edge) for line, edge in edges if edge is not None),
        )

    def say(term: str, node: str, cells: Cells, triples: list[str]) -> None:
        triples.extend([node + line for line in lines(term)])

    return say


def _plain(text: str) -> str:
    return text


def _date_slug(text: str) -> str:
    return slugify(text.replace("..", "-or-").replace("/", "-to-")) if text else ""


def _name_slug(text: str) -> str:
    return slugify(text) if text else ""


_VIA: dict[str, Callable[[str], str]] = {"plain": _plain, "slug": _name_slug, "date": _date_slug}
