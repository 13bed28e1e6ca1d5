"""Answers as tables: rows of Python values with labels for every IRI."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Triple

from filiera.errors import MissingPart, OutputError
from filiera.reasons import reason
from filiera.texts import Text
from filiera.vocabulary import XSD

if TYPE_CHECKING:
    import pandas

    from filiera.answers.spoken import Printer
    from filiera.labels import Labels
    from filiera.workbook import Cell, Field

__all__ = ["Column", "Iri", "Results", "Value", "value_of"]


class Iri(str):
    """An IRI with the label that people read; as a string it is the IRI itself.

    ``link`` is where a click leads: the web page of a source, else the IRI itself.
    """

    __slots__ = ("label", "link")
    label: str
    link: str

    def __new__(cls, value: str, label: str = "", link: str = "") -> Iri:
        """Make an IRI; without a label its last part serves."""
        made = super().__new__(cls, value)
        made.label = label or value.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]
        made.link = link or value
        return made


Value: TypeAlias = Iri | str | bool | int | Decimal | float | date | None
"""What a cell of an answer can hold; ``None`` where the query gave nothing."""

_INTEGERS = {
    XSD[name]
    for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")
}


@dataclass(frozen=True)
class Column:
    """A column of an answer: its name, and its title in the language of the answer.

    ``kind`` is ``thing`` where it holds IRIs, ``edtf`` where it holds dates as they were said
    (several ones joined by `` / ``), else ``text``, ``number`` or ``date``.
    """

    name: str
    title: str
    kind: str = "text"


@dataclass
class Results:
    """Rows of an answer, in the order in which the query gave them.

    Iterates over the rows, each a tuple of values in the order of ``columns``.
    """

    columns: list[Column]
    rows: list[tuple[Value, ...]]
    title: str = ""
    lang: str = "en"
    details: dict[str, Any] = field(default_factory=dict)
    """What else is known of the answer: its question, parameters, the drawing that fits."""

    @classmethod
    def of(
        cls,
        solutions: QuerySolutions,
        labels: Labels,
        lang: str,
        columns: Sequence[Column] | None = None,
        title: str = "",
        details: Mapping[str, Any] | None = None,
    ) -> Results:
        """Take the rows of a SELECT; IRIs get their labels in ``lang``."""
        names = [variable.value for variable in solutions.variables]
        raw = [tuple(solution[name] for name in names) for solution in solutions]
        iris = {term.value for row in raw for term in row if isinstance(term, NamedNode)}
        texts, pages = labels.of(iris, lang), labels.pages(iris)
        rows = [tuple(value_of(term, texts, pages) for term in row) for row in raw]
        given = {column.name: column for column in columns or ()}
        return cls(
            [given.get(name) or Column(name, name, _kind(rows, i)) for i, name in enumerate(names)],
            rows,
            title,
            lang,
            dict(details or {}),
        )

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> tuple[Value, ...]:
        return self.rows[index]

    def __str__(self) -> str:
        """Plain table: titles, then the rows as people read them, in columns."""
        table = [[column.title for column in self.columns], *map(list, self.texts())]
        widths = [max(map(len, cells)) for cells in zip(*table, strict=True)]
        lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in table)
        return "\n".join(lines)

    @property
    def names(self) -> list[str]:
        """Names of the columns."""
        return [column.name for column in self.columns]

    def column(self, name: str) -> list[Value]:
        """Values of one column, by its name; KeyError if there is none."""
        if name not in self.names:
            raise KeyError(name)
        index = self.names.index(name)
        return [row[index] for row in self.rows]

    def texts(self) -> Iterator[tuple[str, ...]]:
        """Rows as people read them: labels for IRIs, dates in words, empty text for nothing."""
        for row in self.rows:
            yield tuple(map(self._shown, self.columns, row))

    def to_dicts(self) -> list[dict[str, Value]]:
        """One dictionary a row; a column of IRIs is followed by ``<name>_label``."""
        names = self._machine_names()
        return [dict(zip(names, self._machine_row(row), strict=True)) for row in self.rows]

    def to_csv(self, delimiter: str = ",") -> str:
        """CSV text with a header; IRIs in full, each followed by its label."""
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
        writer.writerow(self._machine_names())
        for row in self.rows:
            writer.writerow("" if value is None else value for value in self._machine_row(row))
        return buffer.getvalue()

    def to_json(self, indent: int | None = 2) -> str:
        """JSON array of the dictionaries of ``to_dicts``; dates are ISO text, decimals numbers."""
        return json.dumps(self.to_dicts(), ensure_ascii=False, indent=indent, default=_plain)

    def to_excel(self, path: str | Path) -> None:
        """Write an Excel workbook with one table; a file that is there already is replaced.

        What ``excel`` gives. Raises OutputError if the file cannot be written.
        """
        try:
            Path(path).write_bytes(self.excel())
        except OSError as error:
            why = reason(error)
            raise OutputError(
                Text(
                    f"{path} non si può scrivere: {why.it}; indica un altro file",
                    f"{path} cannot be written: {why.en}; name another file",
                )
            ) from error

    def excel(self) -> bytes:
        """Content of an Excel workbook with one table: numbers and days are numbers and days.

        A column of IRIs holds their labels; the IRIs themselves stand last. A column of dates as
        they were said holds them in words and is followed by the first and the last day that each
        can mean. The same rows always give the same bytes.
        """
        from filiera.workbook import Book, Field, Sheet, workbook_bytes

        things = [index for index, column in enumerate(self.columns) if column.kind == "thing"]
        sheet = Sheet(
            "answer",
            "Risposta" if self.lang == "it" else "Answer",
            (
                *(field for column in self.columns for field in self._fields(column)),
                *(Field(f"{self.columns[index].title}: IRI") for index in things),
            ),
            tuple(
                (
                    *(
                        cell
                        for column, value in zip(self.columns, row, strict=True)
                        for cell in self._cells(column, value)
                    ),
                    *(_address(row[index]) for index in things),
                )
                for row in self.rows
            ),
        )
        return workbook_bytes(Book(self.title or sheet.name, (sheet,), lang=self.lang))

    def to_pandas(self) -> pandas.DataFrame:
        """Data frame with the columns of ``to_dicts``; MissingPart when pandas is not there."""
        try:
            import pandas
        except ImportError as error:
            raise MissingPart(
                Text(
                    "pandas non è installato; installalo con: pip install pandas",
                    "pandas is not installed; install it with: pip install pandas",
                )
            ) from error
        return pandas.DataFrame(self.to_dicts(), columns=self._machine_names())

    def _repr_html_(self) -> str:
        """Table for a notebook: labels, each IRI a link, in the colours of its theme."""
        from filiera.answers.notebook_table import table

        numbers = [column.kind == "number" for column in self.columns]
        titles = [column.title for column in self.columns]
        links = ([value.link if isinstance(value, Iri) else "" for value in row] for row in self)
        cells = (list(zip(*row, strict=True)) for row in zip(self.texts(), links, strict=True))
        return table(self.title, titles, numbers, cells, len(self), self.lang)

    def _repr_pretty_(self, printer: Printer, cycle: bool) -> None:
        """Table for IPython in a terminal."""
        from filiera.answers.notebook_table import SHOWN, left_out

        lines = str(self).split("\n")
        more = left_out(len(self), self.lang)
        lines = [*lines[: SHOWN + 1], more] if more else lines
        printer.text("\n".join([self.title, *lines] if self.title else lines))

    def _shown(self, column: Column, value: Value) -> str:
        if column.kind != "edtf" or not value:
            return _text(value)
        return " / ".join(map(self._said, str(value).split(" / ")))

    def _fields(self, column: Column) -> tuple[Field, ...]:
        """Columns of a workbook for one of the answer."""
        from filiera.workbook import Field, said_fields

        if column.kind == "edtf":
            return said_fields(column.title, self.lang)
        return (Field(column.title),)

    def _cells(self, column: Column, value: Value) -> tuple[Cell, ...]:
        """Cells of a workbook for one of the answer."""
        from filiera.workbook import Link, said_cells

        if column.kind == "edtf":
            return said_cells(None if value is None else str(value), self._said)
        if column.kind == "thing":
            return (_text(value) or None,)
        if isinstance(value, str):
            return (Link(str(value), str(value)),)
        return (value,)

    def _said(self, edtf: str) -> str:
        from filiera.answers.dates import date_text

        return date_text(self.lang, edtf)

    def _machine_names(self) -> list[str]:
        names: list[str] = []
        for column in self.columns:
            names.append(column.name)
            if column.kind == "thing":
                names.append(f"{column.name}_label")
        return names

    def _machine_row(self, row: tuple[Value, ...]) -> list[Value]:
        values: list[Value] = []
        for column, value in zip(self.columns, row, strict=True):
            values.append(str(value) if isinstance(value, Iri) else value)
            if column.kind == "thing":
                values.append(value.label if isinstance(value, Iri) else None)
        return values


def _address(value: Value) -> Cell:
    from filiera.workbook import Link

    return Link(str(value), str(value)) if isinstance(value, Iri) else None


def value_of(
    term: object, labels: Mapping[str, str], pages: Mapping[str, str] | None = None
) -> Value:
    """Python value of an RDF term; literals of other datatypes stay text.

    ``labels`` and ``pages`` hold the label and the web page of an IRI.
    """
    if term is None:
        return None
    if isinstance(term, NamedNode):
        page = pages.get(term.value, "") if pages else ""
        return Iri(term.value, labels.get(term.value, ""), page)
    if isinstance(term, Literal):
        return _literal(term)
    if isinstance(term, BlankNode):
        return Iri(f"_:{term.value}")
    assert isinstance(term, Triple)
    return str(term)


def _literal(term: Literal) -> Value:
    datatype, text = term.datatype.value, term.value
    try:
        if datatype in _INTEGERS:
            return int(text)
        if datatype == XSD.decimal:
            return Decimal(text)
        if datatype in (XSD.double, XSD.float):
            return float(text)
        if datatype == XSD.date:
            return date.fromisoformat(text)
    except (ValueError, ArithmeticError):
        return text
    if datatype == XSD.boolean:
        return text in ("true", "1")
    return text


def _kind(rows: list[tuple[Value, ...]], index: int) -> str:
    values = [row[index] for row in rows if row[index] is not None]
    if any(isinstance(value, Iri) for value in values):
        return "thing"
    if values and all(isinstance(value, int | Decimal | float) for value in values):
        return "number"
    if values and all(isinstance(value, date) for value in values):
        return "date"
    return "text"


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Iri):
        return value.label
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    assert isinstance(value, date)
    return value.isoformat()
