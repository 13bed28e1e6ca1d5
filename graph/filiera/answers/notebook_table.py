"""A table as HTML for a notebook: readable in every theme, and without a style sheet."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from itertools import islice

from filiera.texts import Text

__all__ = ["SHOWN", "left_out", "table"]

SHOWN = 50
"""Rows that a notebook shows; how many more there are is said."""

_MORE = Text(
    "… altre {n} righe non mostrate: le hanno .rows e .to_pandas()",
    "… {n} more rows not shown: .rows and .to_pandas() have them",
)
_ONE_MORE = Text(
    "… un'altra riga non mostrata: l'hanno .rows e .to_pandas()",
    "… 1 more row not shown: .rows and .to_pandas() have it",
)
_NONE = Text("nessuna riga", "no rows")
# JupyterLab aligns cells to the right by itself, and names its colours in variables.
_LEFT, _RIGHT = ' style="text-align:left"', ' style="text-align:right"'
_LINE = "border-bottom:1px solid var(--jp-border-color2, currentColor)"
_CAPTION = "caption-side:top;text-align:left;font-weight:600;color:currentColor"


def table(
    title: str,
    titles: Sequence[str],
    numbers: Sequence[bool],
    rows: Iterable[Sequence[tuple[str, str]]],
    count: int,
    lang: str,
) -> str:
    """The table with its title as caption; what comes from data never counts as HTML.

    numbers: whether each column holds numbers, which stand at the right. rows: cells of (text,
    link), the link empty where there is none; a link that is no web address is left out.
    count: how many rows there are in all.
    """
    sides = [_RIGHT if number else _LEFT for number in numbers]
    head = "".join(
        f'<th scope="col"{side}>{html.escape(text)}</th>'
        for text, side in zip(titles, sides, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(_cell(*cell, side) for cell, side in zip(row, sides, strict=True))
        + "</tr>"
        for row in islice(rows, SHOWN)
    )
    caption = f'<caption style="{_CAPTION}">{html.escape(title)}</caption>' if title else ""
    said = left_out(count, lang) if count else _NONE(lang)
    foot = ""
    if said:
        wide = max(1, len(titles))
        foot = f'<tfoot><tr><td colspan="{wide}"{_LEFT}><em>{said}</em></td></tr></tfoot>'
    return (
        f'<table lang="{lang}">{caption}<thead style="{_LINE}"><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody>{foot}</table>"
    )


def left_out(count: int, lang: str) -> str:
    """The sentence on the rows that are not shown; empty where all are."""
    more = count - SHOWN
    return "" if more <= 0 else (_ONE_MORE if more == 1 else _MORE)(lang).format(n=more)


def _cell(text: str, link: str, side: str) -> str:
    shown = html.escape(text)
    if link.startswith(("http://", "https://")):
        shown = f'<a href="{html.escape(link)}">{shown}</a>'
    return f"<td{side}>{shown}</td>"
