"""The command that reports on the membership of a cluster: ``report``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from filiera.cli.opening import opened
from filiera.cli.options import At, Data, Force, Lang, StorePlace
from filiera.cli.output import emit, emit_binary, patience, refuse_terminal, say
from filiera.errors import OutputError, UsageError
from filiera.reasons import reason
from filiera.texts import Text

if TYPE_CHECKING:
    from filiera.answers.report_model import Report
    from filiera.ecosystem import Ecosystem

__all__ = ["add_report"]

_WRITING = {"it": "Preparo il rapporto …", "en": "Preparing the report …"}
_WRITTEN = {"it": "scritto {path}", "en": "{path} written"}


class ReportFormat(StrEnum):
    """How a report is written."""

    html = "html"
    md = "md"
    xlsx = "xlsx"
    json = "json"


def add_report(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        epilog="Example: filiera report --since 2025 --lang it -o assemblea.html -o assemblea.xlsx"
    )(report)


def report(
    *,
    body: Annotated[
        str | None,
        typer.Option(
            "--body",
            metavar="NAME",
            help="The cluster to report on.  [default: that of the data set]",
            show_default=False,
        ),
    ] = None,
    at: At = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="DATE",
            help="Tell what has changed from the first day of this date on."
            "  [default: a year before]",
            show_default=False,
        ),
    ] = None,
    data: Data = None,
    store: StorePlace = None,
    form: Annotated[
        ReportFormat | None,
        typer.Option(
            "--format",
            help="How to write the report, to one file or to the standard output."
            "  [default: what the ending of -o says, else md]",
            show_default=False,
        ),
    ] = None,
    lang: Lang,
    out: Annotated[
        list[Path] | None,
        typer.Option(
            "-o",
            "--out",
            metavar="FILE",
            help="Write to this file: .html to read and print, .md, .xlsx or .json. Give it"
            " several times for several files.",
            show_default=False,
        ),
    ] = None,
    every: Annotated[
        Path | None,
        typer.Option(
            "--all",
            metavar="DIR",
            help="Write the HTML, the Markdown and the Excel workbook into this folder.",
            show_default=False,
        ),
    ] = None,
    force: Force = False,
) -> None:
    """Report on the members of a cluster, as it is laid before an assembly.

    Members stated and named, by kind, chain and province; what is new; the gaps of each chain;
    who links the others; a map; how the cluster stands against published criteria; the sources.
    All formats hold the same report, made once.
    """
    from filiera.answers.days import given_day
    from filiera.views.files import refuse_unwritable
    from filiera.views.report_files import report_format

    day, first = given_day(at), given_day(since, "first")
    files = list(out or ())
    if form is not None and (len(files) > 1 or every is not None):
        raise UsageError(
            Text(
                "--format vale per un file; per più file bastano le estensioni",
                "--format holds for one file; let the endings of several name theirs",
            )
        )
    formats = [form.value if form else report_format(path) for path in files]
    for path in files:
        refuse_unwritable(path, force=force)
    spoken = lang.value
    with opened(data, store, spoken) as ecosystem:
        with patience(_WRITING[spoken]):
            told = ecosystem.report(body, at=day, since=first)
        if every is not None:
            named = _files_in(every, told)
            for path in named:
                refuse_unwritable(path, force=force)
            files += named
            formats += [report_format(path) for path in named]
        if not files:
            _to_output(ecosystem, told, form or ReportFormat.md, spoken)
        for path, settled in zip(files, formats, strict=True):
            _to_file(ecosystem, told, path, settled, spoken, force)


def _files_in(folder: Path, report: Report) -> list[Path]:
    """Files of all formats to read, named for the body and the date; makes the folder."""
    from filiera.iris import local_id

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = reason(error)
        raise OutputError(
            Text(
                f"la cartella {folder} non si può creare: {why.it}; indicane un'altra",
                f"the folder {folder} cannot be made: {why.en}; name another one",
            )
        ) from error
    name = f"{local_id(report.body).replace('/', '-')}-{report.at.isoformat()}"
    return [folder / f"{name}.{ending}" for ending in ("html", "md", "xlsx")]


def _to_output(ecosystem: Ecosystem, report: Report, form: ReportFormat, lang: str) -> None:
    from filiera.views.report_files import report_bytes

    if form is ReportFormat.xlsx:
        refuse_terminal(None)
        emit_binary(report_bytes(ecosystem, report, form.value, lang), None)
    else:
        emit(report_bytes(ecosystem, report, form.value, lang), None)


def _to_file(
    ecosystem: Ecosystem, report: Report, path: Path, form: str, lang: str, force: bool
) -> None:
    from filiera.views.report_files import write_report

    with patience(_WRITING[lang]):
        write_report(ecosystem, report, path, lang, form=form, force=force)
    say(_WRITTEN[lang].format(path=path))
