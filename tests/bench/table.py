"""The table of measurements: what is promised, what was measured, and whether it holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Line", "markdown"]


@dataclass(frozen=True)
class Line:
    """One promise. ``holds`` is ``None`` for what is only told."""

    what: str
    limit: str
    measured: str
    holds: bool | None = None


def markdown(lines: Iterable[Line]) -> str:
    """The lines as a table in Markdown."""
    words = {True: "yes", False: "**no**", None: ""}
    rows = [
        f"| {line.what} | {line.limit} | {line.measured} | {words[line.holds]} |" for line in lines
    ]
    return "\n".join(["| what | limit | measured | holds |", "| --- | --- | --- | --- |", *rows])
