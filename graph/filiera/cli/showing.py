"""The command that shows one thing: ``show``."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from filiera.cli.opening import meant, opened
from filiera.cli.options import Data, Force, Format, FormatOption, Lang, Out, StorePlace
from filiera.cli.output import emit, settle, width_of, write_results

__all__ = ["add_showing"]


def add_showing(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog='Example: filiera show "landi renzo" --lang it')(show)


def show(
    name: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME",
            help="Name of an organisation, project, chain, stage, event …, as people type it, or"
            " its id.",
        ),
    ],
    *,
    data: Data = None,
    store: StorePlace = None,
    form: FormatOption = None,
    lang: Lang,
    out: Out = None,
    force: Force = False,
) -> None:
    """Show all that the sources say of a thing.

    Each statement stands with its date and its sources. Where sources disagree, their
    statements stand side by side, marked ≠. The format “table” is text to read; csv, tsv and
    jsonl hold a row for each statement and source.
    """
    from filiera.answers.card_told import card_data, card_markdown, card_text
    from filiera.views.card_table import card_table

    spoken = lang.value
    settled = settle(form, out, piped=Format.table)
    with opened(data, store, spoken) as ecosystem:
        card = ecosystem.show(meant(ecosystem, " ".join(name), spoken))
        if settled is Format.table:
            emit(card_text(card, spoken, width_of(out)), out, force=force)
        elif settled is Format.md:
            emit(card_markdown(card, spoken), out, force=force)
        elif settled is Format.json:
            document = json.dumps(card_data(card, spoken), ensure_ascii=False, indent=2)
            emit(document + "\n", out, force=force)
        else:
            write_results(card_table(card, spoken), settled, out, force=force)
