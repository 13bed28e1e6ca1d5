"""Rows of an answer as lines of words, so that expected rows read like a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import dedent

from tests.queries.asking import Cell


def lines(rows: Iterable[Sequence[Cell]]) -> list[str]:
    """One line a row: its cells with a space between, ``-`` for nothing.

    >>> lines([("hyd-production", None, 3)])
    ['hyd-production - 3']
    """
    return [" ".join("-" if cell is None else str(cell) for cell in row) for row in rows]


def table(text: str) -> list[str]:
    """The lines of a block of text, without those that are blank.

    >>> table("one - 2\\n\\n  two - 3")
    ['one - 2', 'two - 3']
    """
    return [" ".join(line.split()) for line in dedent(text).splitlines() if line.strip()]
