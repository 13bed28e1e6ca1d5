"""The options that the commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from filiera.languages import from_environment

__all__ = [
    "AnswerFormat",
    "AnswerFormatOption",
    "At",
    "Data",
    "Force",
    "Format",
    "FormatOption",
    "Lang",
    "Language",
    "Out",
    "StorePlace",
]


class Format(StrEnum):
    """How an answer is written."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    jsonl = "jsonl"
    xlsx = "xlsx"
    md = "md"


class AnswerFormat(StrEnum):
    """How an answer in sentences is written."""

    text = "text"
    json = "json"
    md = "md"


class Language(StrEnum):
    """Language of labels, titles and reports."""

    it = "it"
    en = "en"


def _of_the_locale() -> Language:
    return Language(from_environment())


def _remember(context: typer.Context, language: Language) -> Language:
    """Let the program know the language, for the message of an error."""
    context.find_root().obj = language.value
    return language


Data: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--data",
        metavar="DATASET",
        help="Data set: the name of one that comes with Filiera, or a folder with dataset.toml."
        "  [default: clust-er-mech]",
        show_default=False,
    ),
]
StorePlace: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="DIR_OR_URL",
        help="Keep the graph in this folder, or on the SPARQL server at this address, and build it"
        " again only when the facts change.  [default: in memory]",
        show_default=False,
    ),
]
FormatOption: TypeAlias = Annotated[
    Format | None,
    typer.Option(
        "--format",
        help="How to write the answer.  [default: what the ending of -o says, else table on a"
        " terminal and tsv in a pipe]",
        show_default=False,
    ),
]
Lang: TypeAlias = Annotated[
    Language,
    typer.Option(
        "--lang",
        default_factory=_of_the_locale,
        callback=_remember,
        help="Language of labels, titles and reports.  [default: that of the locale]",
        show_default=False,
    ),
]
Out: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--out",
        metavar="FILE",
        help="Write to this file, not to the standard output.",
        show_default=False,
    ),
]
Force: TypeAlias = Annotated[
    bool, typer.Option("--force", help="Replace a file that exists already.")
]
AnswerFormatOption: TypeAlias = Annotated[
    AnswerFormat | None,
    typer.Option(
        "--format",
        help="How to write the answer.  [default: what the ending of -o says, else text]",
        show_default=False,
    ),
]
At: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="DATE",
        help="Answer for the last day of this date, such as 2020, 2020-07 or 2020-07-08."
        "  [default: today]",
        show_default=False,
    ),
]
