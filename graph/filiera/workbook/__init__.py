"""Excel workbooks: what they are made of, and how they are written.

Knows nothing of a graph: ``sheets`` holds the parts, ``writing`` makes bytes of them.
"""

from __future__ import annotations

from filiera.workbook.sheets import (
    Book,
    Cell,
    Chart,
    Field,
    Goto,
    Line,
    Link,
    Page,
    Share,
    Sheet,
    said_cells,
    said_fields,
)
from filiera.workbook.writing import workbook_bytes

__all__ = [
    "Book",
    "Cell",
    "Chart",
    "Field",
    "Goto",
    "Line",
    "Link",
    "Page",
    "Share",
    "Sheet",
    "said_cells",
    "said_fields",
    "workbook_bytes",
]
