"""The commands on how organisations hang together: ``paths`` and ``brokers``."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

from filiera.cli.opening import meant, opened
from filiera.cli.options import AnswerFormatOption, Data, Force, Lang, Out, StorePlace
from filiera.cli.telling import tell

__all__ = ["add_linking"]

_WHO = ("organisation", "project")
_A_NAME = "Name of an organisation, body or project, as people type it, or its id."
_AnyTime: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="DATE",
        help="Leave out what had certainly ended before the last day of this date, or certainly"
        " began after it.  [default: facts of all times]",
        show_default=False,
    ),
]


def add_linking(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command(epilog='Example: filiera paths "Landi Renzo" Unimore --k 5')(paths)
    app.command(epilog="Example: filiera brokers --without clust-er-mech --at 2024")(brokers)


def paths(
    one: Annotated[str, typer.Argument(metavar="A", help=_A_NAME)],
    other: Annotated[str, typer.Argument(metavar="B", help=_A_NAME)],
    *,
    k: Annotated[int, typer.Option("--k", help="How many paths, at most 20.")] = 3,
    at: _AnyTime = None,
    data: Data = None,
    store: StorePlace = None,
    form: AnswerFormatOption = None,
    lang: Lang,
    out: Out = None,
    force: Force = False,
) -> None:
    """Tell how two organisations hang together.

    The best explanations over ties, shared projects, networks and memberships, each step a
    sentence with its dates and sources. What joins everybody explains little, so hubs cost more.
    “Not linked in this graph” is an answer too.
    """
    from filiera.answers.days import given_day

    spoken = lang.value
    with opened(data, store, spoken) as ecosystem:
        ends = [meant(ecosystem, name, spoken, _WHO) for name in (one, other)]
        tell(ecosystem.paths(*ends, k=k, at=given_day(at)), form, spoken, out, force=force)


def brokers(
    *,
    top: Annotated[int, typer.Option("--top", help="How many of each ranking.")] = 10,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            metavar="NAME",
            help="Leave out the links of this one, such as the cluster that joins everybody; may"
            " be given several times.",
            show_default=False,
        ),
    ] = None,
    at: _AnyTime = None,
    data: Data = None,
    store: StorePlace = None,
    form: AnswerFormatOption = None,
    lang: Lang,
    out: Out = None,
    force: Force = False,
) -> None:
    """Tell who links groups that otherwise do not meet, and what falls apart if one leaves.

    Each measure is explained in a sentence with its reference; which network it was computed on
    is stated.
    """
    from filiera.answers.days import given_day

    spoken = lang.value
    with opened(data, store, spoken) as ecosystem:
        left_out = [meant(ecosystem, name, spoken, _WHO) for name in without or ()]
        answer = ecosystem.brokers(at=given_day(at), top=top, without=left_out)
        tell(answer, form, spoken, out, force=force)
