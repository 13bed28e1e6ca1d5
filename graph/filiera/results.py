"""Answers as tables: rows of Python values with labels for every IRI."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Triple

from filiera.errors import MissingPart
from filiera.vocabulary import XSD

if TYPE_CHECKING:
    import pandas

    from filiera.labels import Labels

__all__ = ["Column", "Iri", "Results", "Value", "value_of"]


class Iri(str):
    """An IRI with the label that people read; as a string it is the IRI itself."""

    __slots__ = ("label",)
    label: str

    def __new__(cls, value: str, label: str = "") -> Iri:
        """Make an IRI; without a label its last part serves."""
        made = super().__new__(cls, value)
        made.label = label or value.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]
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
        texts = labels.of(iris, lang)
        rows = [tuple(value_of(term, texts) for term in row) for row in raw]
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

    def to_pandas(self) -> pandas.DataFrame:
        """Data frame with the columns of ``to_dicts``; MissingPart when pandas is not there."""
        try:
            import pandas
        except ImportError as error:
            raise MissingPart(
                "pandas is not installed; install it with: pip install pandas"
            ) from error
        return pandas.DataFrame(self.to_dicts(), columns=self._machine_names())

    def _repr_html_(self) -> str:
        """Table for Jupyter: labels, each IRI a link."""
        head = "".join(f"<th>{html.escape(column.title)}</th>" for column in self.columns)
        body = "".join(
            "<tr>" + "".join(map(_html, row, shown)) + "</tr>"
            for row, shown in zip(self.rows, self.texts(), strict=True)
        )
        caption = f"<caption>{html.escape(self.title)}</caption>" if self.title else ""
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def _shown(self, column: Column, value: Value) -> str:
        if column.kind != "edtf" or not value:
            return _text(value)
        from filiera.answers.dates import date_text

        return " / ".join(date_text(self.lang, said) for said in str(value).split(" / "))

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


def value_of(term: object, labels: Mapping[str, str]) -> Value:
    """Python value of an RDF term; literals of other datatypes stay text."""
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return Iri(term.value, labels.get(term.value, ""))
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


def _html(value: Value, shown: str) -> str:
    text = html.escape(shown)
    if isinstance(value, Iri) and value.startswith(("http://", "https://")):
        text = f'<a href="{html.escape(value)}">{text}</a>'
    return f"<td>{text}</td>"


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    assert isinstance(value, date)
    return value.isoformat()
