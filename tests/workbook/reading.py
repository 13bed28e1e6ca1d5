"""Reading workbooks back, as a program of somebody else sees them."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import load_workbook

__all__ = ["column", "link", "read", "table"]


def read(content: bytes) -> Any:
    """The workbook in some bytes, opened by openpyxl."""
    return load_workbook(io.BytesIO(content))


def table(workbook: Any, name: str) -> list[tuple[Any, ...]]:
    """Values of the table on a sheet, its header first."""
    sheet = workbook[name]
    [found] = sheet.tables.values()
    return [tuple(cell.value for cell in row) for row in sheet[found.ref]]


def column(workbook: Any, name: str, heading: str) -> list[Any]:
    """Values below a heading of the table on a sheet."""
    header, *rows = table(workbook, name)
    return [row[header.index(heading)] for row in rows]


def link(cell: Any) -> str:
    """Where a cell leads: a web address, or a cell such as ``'Members'!A2``; else empty."""
    found = cell.hyperlink
    if found is None:
        return ""
    if found.target and found.location:
        return f"{found.target}#{found.location}"
    return str(found.target or found.location)
