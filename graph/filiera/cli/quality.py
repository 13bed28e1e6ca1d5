"""The command that tells how good the facts are, and what to ask next: ``quality``."""

from __future__ import annotations

from typing import Annotated

import typer

from filiera.cli.opening import opened
from filiera.cli.options import AnswerFormatOption, At, Data, Force, Lang, Out, StorePlace
from filiera.cli.telling import tell

__all__ = ["add_quality"]


def add_quality(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog="Example: filiera quality --lang it")(quality)


def quality(
    *,
    stale_years: Annotated[
        int,
        typer.Option(
            "--stale-years",
            min=1,
            help="Years after which a fact that nobody has confirmed is stale.",
        ),
    ] = 5,
    at: At = None,
    data: Data = None,
    store: StorePlace = None,
    form: AnswerFormatOption = None,
    lang: Lang,
    out: Out = None,
    force: Force = False,
) -> None:
    """Tell how good the facts are: a score, counts by class and source, what to ask whom next.

    Counts facts without a date, with a single source, in dispute and stale, and organisations
    without place or sector. The questions stand in the order of the facts that they would mend.
    """
    from filiera.answers.days import given_day

    day = given_day(at)
    with opened(data, store, lang.value) as ecosystem:
        told = ecosystem.quality(at=day, stale_years=stale_years)
        tell(told, form, lang.value, out, force=force)
