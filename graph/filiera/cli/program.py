"""The program ``filiera``: its commands, and how errors end it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup

from filiera.cli.answering import add_answering
from filiera.cli.building import add_building
from filiera.cli.exporting import add_exporting
from filiera.cli.gaps import add_gaps
from filiera.cli.history import add_history
from filiera.cli.linking import add_linking
from filiera.cli.mistakes import asked_language, in_italian
from filiera.cli.output import say
from filiera.cli.partners import add_partners
from filiera.cli.quality import add_quality
from filiera.cli.report import add_report
from filiera.cli.serving import add_serving
from filiera.cli.showing import add_showing
from filiera.cli.suggestions import add_suggestions
from filiera.errors import FactsError, FilieraError
from filiera.languages import from_environment
from filiera.version import __version__

__all__ = ["app", "main"]


_WrongLine = cast("type[typer.BadParameter]", typer.BadParameter.__bases__[0])
"""What the parser raises for a command line that it cannot read."""


@contextmanager
def _told_in(lang: str) -> Iterator[None]:
    """Let the parser's own errors be told in Italian, where that is the language."""
    try:
        yield
    except _WrongLine as error:
        # Without arguments there is no mistake: the error is the help.
        if lang != "it" or type(error).__name__ == "NoArgsIsHelpError":
            raise
        if error.ctx is not None:
            say(error.ctx.get_usage().replace("Usage:", "Uso:", 1))
            say(f"“{error.ctx.command_path} --help” dice di più.\n")
        say(f"Errore: {in_italian(error.format_message())}")
        raise typer.Exit(error.exit_code) from error


class _Commands(TyperGroup):
    """The commands; an error of Filiera becomes one message and its exit code."""

    _arguments: Sequence[str] = ()

    def make_context(self, info_name: Any, args: list[str], *more: Any, **extra: Any) -> Any:
        """Read the options that stand before the command."""
        self._arguments = tuple(args)
        with _told_in(from_environment()):
            return super().make_context(info_name, args, *more, **extra)

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        """Run the command that was asked for."""
        # An option may be wrong before --lang is read.
        lang = asked_language(self._arguments) or from_environment()
        try:
            with _told_in(lang):
                return super().invoke(ctx)
        except FactsError as error:
            lang = ctx.obj or from_environment()
            for problem in error.problems:
                say(problem.text(lang))
            raise typer.Exit(error.exit_code) from error
        except FilieraError as error:
            say(f"filiera: {error.text(ctx.obj or from_environment())}")
            raise typer.Exit(error.exit_code) from error


app = typer.Typer(
    name="filiera",
    cls=_Commands,
    help="Build, ask and show the knowledge graph of an industrial cluster.\n\n"
    "Data goes to the standard output, messages to the standard error. Exit codes: 0 done,"
    " 1 the data has faults, 2 wrong usage.",
    epilog='Example: filiera show "Landi Renzo"',
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _add in (
    add_building,
    add_answering,
    add_showing,
    add_linking,
    add_gaps,
    add_partners,
    add_suggestions,
    add_history,
    add_quality,
    add_report,
    add_exporting,
    add_serving,
):
    _add(app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"filiera {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Print the version and end."
        ),
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the program with the arguments of the process."""
    app(prog_name="filiera")
