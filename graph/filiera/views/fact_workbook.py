"""The tables of facts as an Excel workbook: what the CSV files hold, one sheet a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from filiera.ecosystem import Ecosystem
from filiera.facts import model
from filiera.facts.dataset import Dataset
from filiera.facts.problems import Problem
from filiera.facts.reading import read_rows
from filiera.facts.tables import TABLES
from filiera.languages import best
from filiera.texts import Text
from filiera.workbook import (
    Book,
    Cell,
    Field,
    Goto,
    Line,
    Link,
    Page,
    Sheet,
    said_cells,
    said_fields,
    workbook_bytes,
)

__all__ = ["fact_workbook"]

_ABOUT = Text("Guida", "About")
_TABLES = Text("Tabelle", "Tables")
_TABLE, _ROWS, _MEANING = Text("Tabella", "Table"), Text("Righe", "Rows"), Text("Che cosa", "What")
_COLLECTED = Text("Fatti raccolti il", "Facts collected on")
_PUBLISHER = Text("Editore", "Publisher")
_LICENCE = Text("Licenza dei fatti", "Licence of the facts")
_REFUSED = Text(
    "Righe con errori, che non sono nel grafo o non lo sono per intero",
    "Rows with faults, which are not in the graph, or not whole",
)
_EXPLAINED = (
    Text(
        "Una riga è quello che dice una fonte; due fonti che dicono lo stesso sono due righe.",
        "A row is what one source says; two sources that say the same are two rows.",
    ),
    Text(
        "Un commento su ogni intestazione dice il nome della colonna nei file CSV e che cosa"
        " contiene. L'identificativo di un'altra cosa porta alla sua riga.",
        "A comment on each heading gives the name of the column in the CSV files and what it"
        " holds. The id of another thing leads to its row.",
    ),
    Text(
        "Una data sta come è stata detta (EDTF: 2020, 2020-07, [2020-01-01..2020-07-31]), seguita"
        " dal primo e dall'ultimo giorno che può indicare, se si sanno.",
        "A date stands as it was said (EDTF: 2020, 2020-07, [2020-01-01..2020-07-31]), followed by"
        " the first and the last day that it can mean, where they are known.",
    ),
)


def fact_workbook(ecosystem: Ecosystem, lang: str) -> bytes:
    """All tables of facts of the data set as the content of an ``.xlsx`` file.

    Holds every cell of every row of the CSV files. Rows with faults of a graph that was built
    in spite of them are told on the first sheet.
    """
    dataset = ecosystem.dataset
    problems = list(ecosystem.built.problems if ecosystem.built else ())
    files = {path.stem: path for path in dataset.files()}
    tables = {
        name: [cells for _, cells in read_rows(files[name], table, problems)]
        for name, table in TABLES.items()
        if name in files
    }
    places = _Places(tables)
    sheets = tuple(_sheet(TABLES[name], rows, places, lang) for name, rows in tables.items())
    book = Book(
        title=best(dataset.title, lang) or dataset.id,
        sheets=(_about(dataset, sheets, problems, lang), *sheets),
        day=date.fromisoformat(dataset.collected) if dataset.collected else None,
        lang=lang,
        author=dataset.publisher,
        comments=dataset.licence,
    )
    return workbook_bytes(book)


class _Places:
    """The row of each id: where it is given first."""

    def __init__(self, tables: Mapping[str, Sequence[Sequence[str]]]) -> None:
        self.keys: dict[str, dict[str, int]] = {}
        self._tables: dict[str, list[str]] = {}
        for name, rows in tables.items():
            cell = TABLES[name].columns[0].cell
            keys = self.keys.setdefault(name, {})
            if isinstance(cell, model.SlugCell):
                self._tables.setdefault(cell.group, []).append(name)
                for index, row in enumerate(rows):
                    keys.setdefault(row[0], index)

    def goto(self, id: str, groups: Sequence[str]) -> Cell:
        """Link to the row of an id; the id alone where no table gives it."""
        for group in groups:
            for name in self._tables.get(group, ()):
                if id in self.keys[name]:
                    return Goto(id, name, id)
        return id


def _sheet(table: model.Table, rows: Sequence[Sequence[str]], places: _Places, lang: str) -> Sheet:
    fields: list[Field] = []
    for column in table.columns:
        title, help = column.label[lang], f"{column.name}: {column.help[lang]}"
        if isinstance(column.cell, model.Edtf):
            fields.extend(said_fields(title, lang, help))
        else:
            fields.append(Field(title, help))
    return Sheet(
        table.name,
        table.label[lang],
        tuple(fields),
        tuple(
            tuple(
                cell
                for column, text in zip(table.columns, row, strict=True)
                for cell in _cells(column.cell, text, places)
            )
            for row in rows
        ),
        keys=places.keys[table.name],
    )


def _cells(kind: model.Cell, text: str, places: _Places) -> tuple[Cell, ...]:
    if isinstance(kind, model.Edtf):
        return said_cells(text)
    if not text:
        return (None,)
    match kind:
        case model.Reference(groups) | model.References(groups):
            return (places.goto(text, groups),)
        case model.Url():
            return (Link(text, text),)
        case model.External(template):
            return (Link(text, template.format(text)),)
        case model.Number():
            return (_number(text),)
        case _:
            return (text,)


def _number(text: str) -> Cell:
    try:
        return Decimal(text)
    except ArithmeticError:  # a fault that the build was told to pass over
        return text


def _about(
    dataset: Dataset, sheets: Sequence[Sheet], problems: Sequence[Problem], lang: str
) -> Page:
    lines = [Line((best(dataset.title, lang) or dataset.id,), "title")]
    description = best(dataset.description, lang).strip()
    lines += [Line((description,))] if description else []
    lines += [Line((sentence(lang),)) for sentence in _EXPLAINED]
    facts: list[tuple[Text, Cell]] = [
        (_PUBLISHER, dataset.publisher),
        (_COLLECTED, date.fromisoformat(dataset.collected) if dataset.collected else None),
        (_LICENCE, Link(dataset.licence, dataset.licence) if dataset.licence else None),
    ]
    lines += [Line((name(lang), cell), "pair") for name, cell in facts if cell]
    lines += [Line(()), Line((_TABLES(lang),), "heading")]
    lines.append(Line((_TABLE(lang), _ROWS(lang), _MEANING(lang)), "name"))
    lines += [
        Line((Goto(sheet.name, sheet.key), len(sheet.rows), TABLES[sheet.key].help[lang]), "text")
        for sheet in sheets
    ]
    faults = dict.fromkeys(problem.text(lang) for problem in problems)
    if faults:
        lines += [Line(()), Line((_REFUSED(lang),), "heading")]
        lines += [Line((fault,)) for fault in faults]
    return Page("about", _ABOUT(lang), tuple(lines))
