"""The command that tells the gaps of a value chain: ``gaps``."""

from __future__ import annotations

from typing import Annotated

import typer

from filiera.cli.opening import opened
from filiera.cli.options import AnswerFormatOption, At, Data, Force, Lang, Out, StorePlace
from filiera.cli.telling import tell

__all__ = ["add_gaps"]


def add_gaps(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog="Example: filiera gaps chain-batteries --lang it")(gaps)


def gaps(
    chain: Annotated[
        list[str],
        typer.Argument(metavar="CHAIN", help="Name of a value chain, as people type it."),
    ],
    *,
    body: Annotated[
        str | None,
        typer.Option(
            "--body",
            metavar="NAME",
            help="The cluster whose gaps are asked for.  [default: that of the data set]",
            show_default=False,
        ),
    ] = None,
    at: At = None,
    stale_years: Annotated[
        int,
        typer.Option(
            "--stale-years", min=1, help="Years after which an unrepeated claim is a risk."
        ),
    ] = 5,
    data: Data = None,
    store: StorePlace = None,
    form: AnswerFormatOption = None,
    lang: Lang,
    out: Out = None,
    force: Force = False,
) -> None:
    """Tell at which stages of a value chain this graph knows nobody, or too few.

    Each stage is covered, has one member only, is at risk, has organisations outside the cluster
    only, or nobody known. Says whom to invite, what suffers downstream, and how much the graph
    knows at all.
    """
    from filiera.answers.days import given_day

    spoken, day = lang.value, given_day(at)
    with opened(data, store, spoken) as ecosystem:
        answer = ecosystem.gaps(" ".join(chain), body=body, at=day, stale_years=stale_years)
        tell(answer, form, spoken, out, force=force)
