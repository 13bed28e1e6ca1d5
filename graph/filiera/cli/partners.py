"""The command that looks for partners: ``partners``."""

from __future__ import annotations

from typing import Annotated

import typer

from filiera.cli.opening import opened
from filiera.cli.options import AnswerFormatOption, At, Data, Force, Lang, Out, StorePlace
from filiera.cli.telling import tell

__all__ = ["add_partners"]


def add_partners(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        epilog="Example: filiera partners battery management system"
        ' --near "Reggio Emilia" --within 60 --limit 3'
    )(partners)


def partners(
    need: Annotated[
        list[str],
        typer.Argument(
            metavar="NEED",
            help="What is needed: a stage, value chain or field, or words in Italian or English.",
        ),
    ],
    *,
    asker: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="NAME",
            help="Organisation that looks for partners; its own group is left out.",
            show_default=False,
        ),
    ] = None,
    near: Annotated[
        str | None,
        typer.Option("--near", metavar="PLACE", help="Place to be near.", show_default=False),
    ] = None,
    within: Annotated[
        float | None,
        typer.Option(
            "--within",
            metavar="KM",
            min=0.1,
            help="Greatest distance from the place, or from the seats of who looks.",
            show_default=False,
        ),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind", metavar="KIND", help="Kind of organisation only.", show_default=False
        ),
    ] = None,
    member: Annotated[
        bool | None,
        typer.Option(
            "--member/--no-member",
            help="Members of the cluster only, or others only.  [default: both]",
            show_default=False,
        ),
    ] = None,
    weight: Annotated[
        list[str] | None,
        typer.Option(
            "--weight",
            metavar="PART=NUMBER",
            help="Weight of a part of the score: fit, sources, recency, ties, shared, distance."
            " May be given several times.",
            show_default=False,
        ),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "--top", min=1, help="How many to list.")] = 10,
    at: At = None,
    data: Data = None,
    store: StorePlace = None,
    form: AnswerFormatOption = None,
    lang: Lang,
    out: Out = None,
    force: Force = False,
) -> None:
    """Tell who answers a need, ranked, each with its reasons and sources.

    Says, too, who seems good and is left out, and why: closed or in liquidation, of the same
    group, too far away. The weights of the score stand below the answer.
    """
    from filiera.answers.days import given_day
    from filiera.answers.partners import weights_of

    spoken, day, weights = lang.value, given_day(at), weights_of(weight or ())
    with opened(data, store, spoken) as ecosystem:
        answer = ecosystem.partners(
            " ".join(need),
            asker=asker,
            near=near,
            within=within,
            kind=kind,
            member=member,
            at=day,
            weights=weights,
            limit=limit,
        )
        tell(answer, form, spoken, out, force=force)
