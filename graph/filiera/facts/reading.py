"""Reading the CSV files of a data set, row by row, with every fault noted."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from filiera.facts.model import Table
from filiera.facts.problems import Problem

__all__ = ["nearest", "read_rows"]

_LONGEST = 1 << 24
"""Characters that a cell may have."""


def nearest(text: str, known: list[str] | set[str]) -> str:
    """The known word that looks most like ``text``; an ellipsis if there is none.

    >>> nearest("suplies", {"supplies", "funds"})
    'supplies'
    """
    from rapidfuzz import process

    return process.extractOne(text, sorted(known))[0] if known else "…"


def read_rows(path: Path, table: Table, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Yield (row number, cells in the order of the table's columns).

    Cells are stripped and in Unicode normal form C, so that a name with accents is one string
    whichever system it was typed on; a column that the file has not is empty. Faults of the
    file are added to ``problems`` with their place, and the faulty row is not yielded.
    """
    csv.field_size_limit(_LONGEST)
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            composed = (unicodedata.normalize("NFC", line) for line in lines)
            yield from _rows(csv.reader(composed, strict=True), path.name, table, problems)
    except UnicodeDecodeError as error:
        values = {"byte": f"0x{error.object[error.start]:02x}", "position": str(error.start)}
        problems.append(Problem(path.name, "not-utf-8", values=values))
    except csv.Error as error:
        problems.append(Problem(path.name, "not-csv", values={"reason": str(error)}))
    except OSError as error:
        problems.append(
            Problem(path.name, "unreadable", values={"reason": error.strerror or str(error)})
        )


def _rows(
    lines: Iterator[list[str]], file: str, table: Table, problems: list[Problem]
) -> Iterator[tuple[int, list[str]]]:
    header = [name.strip() for name in next(lines, [])]
    if not _header_fits(header, file, table, problems):
        return
    position = {name: index for index, name in enumerate(header)}
    order = [position.get(name, -1) for name in table.header]
    straight = order == list(range(len(header)))
    width = len(header)
    for number, cells in enumerate(lines, 1):
        if len(cells) != width:
            if any(cells):
                values = {"found": str(len(cells)), "expected": str(width)}
                problems.append(Problem(file, "wrong-width", number, values=values))
            continue
        stripped = [cell.strip() for cell in cells]
        if not any(stripped):
            continue
        if straight:
            yield number, stripped
        else:
            yield number, [stripped[index] if index >= 0 else "" for index in order]


def _header_fits(header: list[str], file: str, table: Table, problems: list[Problem]) -> bool:
    found: list[Problem] = []
    if len(header) == 1 and header[0] not in table.header:
        for separator in (";", "\t"):  # what spreadsheets write where the comma is for decimals
            if separator in header[0]:
                values = {"separator": separator.replace("\t", "⇥")}
                problems.append(Problem(file, "wrong-separator", values=values))
                return False
    for name in dict.fromkeys(header):
        if header.count(name) > 1:
            found.append(Problem(file, "repeated-column", values={"column": name}))
        if name not in table.header:
            values = {"column": name, "nearest": nearest(name, list(table.header))}
            found.append(Problem(file, "unknown-column", values=values))
    found.extend(
        Problem(file, "missing-column", values={"column": column.name})
        for column in table.columns
        if column.required and column.name not in header
    )
    problems.extend(found)
    return not found
