"""The command that tells who should know each other: ``suggestions``."""

from __future__ import annotations

from typing import Annotated

import typer

from filiera.cli.opening import meant, opened
from filiera.cli.options import AnswerFormatOption, At, Data, Force, Lang, Out, StorePlace
from filiera.cli.telling import tell

__all__ = ["add_suggestions"]


def add_suggestions(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog='Example: filiera suggestions "Flash Battery" --top 3')(suggestions)


def suggestions(
    name: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]",
            help="Organisation whose pairs are wanted, as people type it.  [default: all]",
            show_default=False,
        ),
    ] = None,
    *,
    chain: Annotated[
        str | None,
        typer.Option(
            "--chain",
            metavar="CHAIN",
            help="Only pairs at neighbouring stages of this value chain.",
            show_default=False,
        ),
    ] = None,
    member: Annotated[
        bool | None,
        typer.Option(
            "--member/--no-member",
            help="Only pairs of members of the cluster, or only pairs with one that is none."
            "  [default: both]",
            show_default=False,
        ),
    ] = None,
    met: Annotated[
        bool,
        typer.Option(
            "--met",
            help="List those, too, who meet already in a project or a small network.",
        ),
    ] = False,
    top: Annotated[int, typer.Option("--top", help="How many pairs to list.")] = 10,
    baseline: Annotated[
        bool,
        typer.Option(
            "--baseline",
            help="Add how well each method finds known ties when a fifth of them is hidden.",
        ),
    ] = False,
    at: At = None,
    data: Data = None,
    store: StorePlace = None,
    form: AnswerFormatOption = None,
    lang: Lang,
    out: Out = None,
    force: Force = False,
) -> None:
    """Tell which organisations should know each other and are not tied in this graph.

    Pairs at neighbouring stages of a value chain, or with partners, projects or networks in
    common, ranked, each with its reasons and sources; common fields and nearness raise a pair.
    Pairs that meet already in a project or a small network are left out and counted.
    """
    from filiera.answers.days import given_day

    spoken, day = lang.value, given_day(at)
    with opened(data, store, spoken) as ecosystem:
        wanted = meant(ecosystem, " ".join(name), spoken, ("organisation",)) if name else None
        answer = ecosystem.suggestions(
            wanted, chain=chain, member=member, met=met, at=day, top=top, baseline=baseline
        )
        tell(answer, form, spoken, out, force=force)
