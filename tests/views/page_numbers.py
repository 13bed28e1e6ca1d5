"""What the numbers in the data of a page name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

__all__ = ["TEXTS", "board_at", "numbers", "said"]

TEXTS = frozenset(
    {
        *("text", "when", "note", "inferred", "kindLabel", "description", "definition"),
        *("standingText", "said", "what", "why", "knowledge", "precision"),
    }
)
"""Keys whose value is the number of a text."""


def numbers(part: Any, names: frozenset[str]) -> Iterator[int]:
    """All numbers under some keys, however deep."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name in names and isinstance(value, int):
                yield value
            elif name in names and value and all(isinstance(one, int) for one in value):
                yield from value
            else:
                yield from numbers(value, names)
    elif isinstance(part, list):
        for one in part:
            yield from numbers(one, names)


def said(data: dict[str, Any], number: int, lang: str = "en") -> str:
    """The text of a number."""
    text = data["texts"][number]
    return str(text if isinstance(text, str) else text[lang])


def board_at(data: dict[str, Any], chain: int, moment: int) -> dict[str, Any]:
    """The whole board of a chain at a moment: what the entries up to it leave."""
    board: dict[str, Any] = {"stages": {}}
    for entry in data["boards"][chain]:
        if entry["moment"] <= moment:
            board = {**board, **entry, "stages": board["stages"] | entry["stages"]}
    return board
