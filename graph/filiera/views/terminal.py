"""Answers as plain text: a table that fits the terminal, or a list where it cannot."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from filiera.results import Column, Results
from filiera.texts import harmless

__all__ = ["markdown_table", "shortened", "table_text"]

_LONGEST = 240
"""Characters of a cell that a terminal shows."""
_UNBROKEN = (24, 16, 12)
"""Up to how many characters a word stays whole, as far as the room allows."""
_GAP = 2
"""Characters between two columns."""
_FOOT = {
    "rows": {"it": "{n} righe", "en": "{n} rows"},
    "row": {"it": "{n} riga", "en": "{n} row"},
    "empty": {"it": "sempre vuote: {names}", "en": "always empty: {names}"},
}


def table_text(results: Results, width: int | None = None, *, colour: bool = False) -> str:
    """The rows with the titles of their columns, lined up.

    ``width`` is that of the terminal: columns shrink and wrap to it, very long cells are cut
    with an ellipsis, columns without any value are named below the table, and a table that
    does not fit becomes a list. ``None`` is for a file: nothing wraps and nothing is cut.
    """
    rows = [tuple(map(harmless, row)) for row in results.texts()]
    if width is None:
        return _table(results.columns, rows, _natural(results.columns, rows), colour=False)
    rows = [tuple(shortened(cell, _LONGEST) for cell in row) for row in rows]
    filled = [any(row[place] for row in rows) for place in range(len(results.columns))]
    empty = [column for column, full in zip(results.columns, filled, strict=True) if not full]
    columns = [column for column, full in zip(results.columns, filled, strict=True) if full]
    rows = [tuple(cell for cell, full in zip(row, filled, strict=True) if full) for row in rows]
    widths = _fitted(columns, rows, width)
    if widths is None:
        text = "".join(_list(columns, rows, width))
    else:
        text = _table(columns, rows, widths, colour=colour)
    return f"{text}\n({_foot(len(rows), empty, results.lang)})\n"


def markdown_table(results: Results) -> str:
    """The rows as a Markdown table (GitHub flavour)."""
    lines = [
        [_escaped(column.title) for column in results.columns],
        ["---:" if column.kind == "number" else "---" for column in results.columns],
        *([_escaped(cell) for cell in row] for row in results.texts()),
    ]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def shortened(text: str, length: int) -> str:
    """The text, cut with an ellipsis where it is longer.

    >>> shortened("meccatronica", 6)
    'mecca…'
    """
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _escaped(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")


def _foot(rows: int, empty: Sequence[Column], lang: str) -> str:
    said = [_FOOT["row" if rows == 1 else "rows"][lang].format(n=rows)]
    if empty:
        names = ", ".join(column.title for column in empty)
        said.append(_FOOT["empty"][lang].format(names=names))
    return "; ".join(said)


def _natural(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[int]:
    """Width that each column needs so that nothing wraps."""
    from rich.cells import cell_len

    return [
        max([cell_len(column.title), *(cell_len(row[place]) for row in rows)])
        for place, column in enumerate(columns)
    ]


def _fitted(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int
) -> list[int] | None:
    """Widths that fit the terminal; ``None`` if too many words would have to be broken."""
    natural = _natural(columns, rows)
    room = width - _GAP * (len(columns) - 1)
    if sum(natural) <= room:
        return natural
    words = [
        max(map(len, " ".join([column.title, *(row[place] for row in rows)]).split()))
        for place, column in enumerate(columns)
    ]
    for unbroken in _UNBROKEN:
        widths = [min(word, unbroken) for word in words]
        if sum(widths) <= room:
            for _ in range(room - sum(widths)):
                # The column whose longest cell wraps most often gets one character more.
                tightest = max(range(len(widths)), key=lambda place: natural[place] / widths[place])
                widths[tightest] += 1
            return widths
    return None


def _list(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    for number, row in enumerate(rows, 1):
        yield f"{number}.\n" if number == 1 else f"\n{number}.\n"
        for column, cell in zip(columns, row, strict=True):
            if cell:
                filled = textwrap.fill(
                    f"{column.title}: {cell}", width, initial_indent="  ", subsequent_indent="    "
                )
                yield filled + "\n"


def _table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    *,
    colour: bool,
) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(
        box=box.SIMPLE_HEAD,
        padding=(0, _GAP - 1, 0, 0),
        pad_edge=False,
        show_edge=False,
        header_style="bold",
    )
    for column, width in zip(columns, widths, strict=True):
        table.add_column(
            Text(column.title),
            justify="right" if column.kind == "number" else "left",
            width=width,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console = Console(
        width=sum(widths) + _GAP * len(widths),
        color_system="standard" if colour else None,
        force_terminal=colour,
        legacy_windows=False,
    )
    with console.capture() as capture:
        console.print(table)
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())
