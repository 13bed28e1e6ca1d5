"""The command that tells how a body became what it is: ``history``."""

from __future__ import annotations

from typing import Annotated

import typer

from filiera.cli.opening import opened
from filiera.cli.options import AnswerFormatOption, At, Data, Force, Lang, Out, StorePlace
from filiera.cli.telling import tell

__all__ = ["add_history"]


def add_history(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog="Example: filiera history mech --from 2020 --to 2022")(history)


def history(
    body: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[BODY]",
            help="Name of the body, as people type it.  [default: the body in focus]",
            show_default=False,
        ),
    ] = None,
    *,
    start: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DATE",
            help="Tell what changed from the first day of this date on.",
            show_default=False,
        ),
    ] = None,
    end: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="DATE",
            help="Tell what changed up to the last day of this date.",
            show_default=False,
        ),
    ] = None,
    at: At = None,
    data: Data = None,
    store: StorePlace = None,
    form: AnswerFormatOption = None,
    lang: Lang,
    out: Out = None,
    force: Force = False,
) -> None:
    """Tell the history of a body: its members, stated and named, and what happened, by year.

    Who joined, left, took another name, was taken over, went into liquidation or ceased;
    decisions and events. With --from or --to: what changed between two days, certainly and
    possibly. Where sources disagree, their statements stand side by side, marked ≠.
    """
    from filiera.answers.days import given_day

    days = given_day(start, "first"), given_day(end), given_day(at)
    with opened(data, store, lang.value) as ecosystem:
        told = ecosystem.history(
            " ".join(body) if body else None, start=days[0], end=days[1], at=days[2]
        )
        tell(told, form, lang.value, out, force=force)
