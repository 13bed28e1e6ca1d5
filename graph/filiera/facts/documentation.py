"""The tables described for people (Markdown) and for other tools (a data package)."""

from __future__ import annotations

from typing import Any

from filiera.facts.concepts import Concepts
from filiera.facts.dataset import Dataset
from filiera.facts.model import (
    Cell,
    Column,
    Concept,
    Edtf,
    External,
    FormerId,
    Number,
    PresentId,
    Reference,
    References,
    SlugCell,
    Table,
    Text,
    Url,
)
from filiera.facts.slugs import SLUG
from filiera.facts.tables import TABLES

__all__ = ["datapackage", "tables_in_markdown"]

_DESCRIPTION = """\
## dataset.toml

```toml
id = "my-cluster"
title = "The members of my cluster"
body = "my-cluster-association"
```

| setting | holds | meaning |
| --- | --- | --- |
| `id`* | id | Id of the data set |
| `title`, `description` | text, or a table with one text a language \
(`[title]`, then `it = …`, `en = …`) | What it is called, and what it holds |
| `body` | id of: agent | The cluster that it is about: \
questions take it where none is given, and the map marks its members |
| `publisher` | text | Who publishes it |
| `collected` | day | When the facts were collected |
| `licence` | table with `url` | Under which licence the facts are |
| `base` | web address that ends in `/` | What the IRIs of its things begin with, \
for a cluster with addresses of its own |

`id` is required, and one table, `sources.csv`; all the rest may be left out. In messages \
row 1 is the first row below the header.
"""
_CONCEPTS = """\
## The concepts

What a column that holds a concept takes; the labels in both languages \
and the definitions are in `ontology/schemes`.
"""


def tables_in_markdown() -> str:
    """The page ``docs/facts.md``: every table with its columns, in English."""
    parts = [
        "# The tables of facts\n",
        "A data set is a folder with `dataset.toml` and one CSV file a table (UTF-8, commas)."
        " A row is what one source says; two sources that say the same are two rows and meet in"
        " one node of the graph. Columns marked * are required; others may be left out."
        " This page is made from the definitions in `graph/filiera/facts/tables`.\n",
        _DESCRIPTION,
    ]
    for table in TABLES.values():
        parts.append(f"## {table.name}\n\n{table.help['en']}.\n")
        parts.append("| column | holds | meaning |\n| --- | --- | --- |")
        parts.extend(_markdown_row(column) for column in table.columns)
        parts.append("")
    parts.append(_CONCEPTS)
    parts.append("| scheme | its concepts |\n| --- | --- |")
    used = {
        column.cell.scheme
        for table in TABLES.values()
        for column in table.columns
        if isinstance(column.cell, Concept)
    }
    slugs = Concepts.read().slugs
    parts.extend(
        f"| `{scheme}` | {', '.join(f'`{slug}`' for slug in sorted(slugs[scheme]))} |"
        for scheme in sorted(used)
    )
    return "\n".join(parts).rstrip() + "\n"


def _markdown_row(column: Column) -> str:
    star = "*" if column.required else ""
    return f"| `{column.name}`{star} | {_holds(column.cell)} | {column.help['en']} |"


def _holds(cell: Cell) -> str:
    match cell:
        case Text():
            return "text"
        case SlugCell():
            return "id"
        case Reference(groups):
            return f"id of: {', '.join(groups)}"
        case References(groups):
            return f"ids of: {', '.join(groups)}; separated by `;`"
        case Concept(scheme):
            return f"concept of `{scheme}`"
        case Edtf():
            return "date (EDTF)"
        case Url():
            return "web address"
        case External():
            return "code"
        case FormerId():
            return "id, with `place/` or `graph/` before that of a place or source"
        case PresentId():
            return "id of anything, written in the same way"
        case Number(whole):
            return "whole number" if whole else "number"


def datapackage(dataset: Dataset) -> dict[str, Any]:
    """Description of a data set after the Data Package standard (v1), for its validators.

    References to several tables at once cannot be said there and are left to Filiera.
    """
    present = {path.stem for path in dataset.files()}
    return {
        "profile": "tabular-data-package",
        "name": dataset.id,
        "title": dataset.title.get("en", dataset.id),
        "licenses": [{"path": dataset.licence}] if dataset.licence else [],
        "resources": [
            _resource(table, present) for name, table in TABLES.items() if name in present
        ],
    }


def _resource(table: Table, present: set[str]) -> dict[str, Any]:
    fields = [
        {
            "name": column.name,
            "type": "number" if isinstance(column.cell, Number) else "string",
            "title": column.label["en"],
            "description": column.help["en"],
            "constraints": _constraints(column),
        }
        for column in table.columns
    ]
    keys = [
        {"fields": column.name, "reference": {"resource": target, "fields": "id"}}
        for column in table.columns
        if (target := _only_table(column.cell)) in present and column.name != "source"
    ]
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": {"fields": fields, "foreignKeys": keys, "missingValues": [""]},
    }


def _constraints(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if isinstance(column.cell, SlugCell | Reference | Concept):
        constraints["pattern"] = SLUG.pattern
    return constraints


def _only_table(cell: Cell) -> str | None:
    if not isinstance(cell, Reference) or len(cell.groups) != 1:
        return None
    tables = [
        table.name
        for table in TABLES.values()
        if getattr(table.columns[0].cell, "group", None) == cell.groups[0]
    ]
    return tables[0] if len(tables) == 1 else None
