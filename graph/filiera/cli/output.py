"""Where answers and messages go: data to the standard output or a file, messages beside."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from filiera.cli.options import Format
from filiera.errors import UsageError
from filiera.reasons import reason
from filiera.texts import Text, harmless

if TYPE_CHECKING:
    from filiera.results import Results

__all__ = [
    "Patience",
    "emit",
    "emit_binary",
    "on_terminal",
    "patience",
    "refuse_terminal",
    "say",
    "settle",
    "width_of",
    "write_results",
]

_BAR = 24
"""Characters of a progress bar."""
_SLOW = 1.0
"""Seconds after which a terminal is told what takes so long."""


def say(message: str) -> None:
    """Write a message to the standard error."""
    typer.echo(harmless(message), err=True)


def on_terminal(out: Path | None = None) -> bool:
    """Whether a person reads the answer: it goes to a terminal, not to a file or a pipe."""
    return out is None and sys.stdout.isatty()


def width_of(out: Path | None = None) -> int | None:
    """Columns of the terminal that the answer goes to; ``None`` if it goes elsewhere."""
    return shutil.get_terminal_size().columns if on_terminal(out) else None


def settle(given: Format | None, out: Path | None, *, piped: Format = Format.tsv) -> Format:
    """Format of an answer: as asked, by the ending of the file, else by where it goes.

    Raises UsageError for a file whose ending names no format when none is given, and for a
    workbook that would go to a terminal.
    """
    if given is not None:
        if given is Format.xlsx:
            refuse_terminal(out)
        return given
    if out is not None:
        ending = out.suffix.lower().removeprefix(".")
        if ending in {"txt", *Format} - {Format.table.value}:
            return Format.table if ending == "txt" else Format(ending)
        raise UsageError(
            Text(
                f"l'estensione di {out} non indica un formato; usa .csv, .tsv, .json, .jsonl,"
                " .xlsx, .md o .txt, o dai --format",
                f"the ending of {out} names no format; end it in .csv, .tsv, .json, .jsonl,"
                " .xlsx, .md or .txt, or give --format",
            )
        )
    return Format.table if on_terminal() else piped


def write_results(results: Results, form: Format, out: Path | None, *, force: bool = False) -> None:
    """Write a table of rows in a format; with its title and the number of rows where it is read."""
    if form is Format.xlsx:
        emit_binary(results.excel(), out, force=force)
    else:
        coloured = form is Format.table and on_terminal(out)
        emit(_rendered(results, form, out), out, force=force, coloured=coloured)


def emit(
    text: str | bytes, out: Path | None, *, force: bool = False, coloured: bool = False
) -> None:
    """Write to a file, whole or not at all, or to the standard output.

    What data could make a terminal do is taken out of the text for one, unless it is
    ``coloured`` and so holds such commands of ours. A reader that stops reading, such as
    ``head``, ends the program without a word.
    """
    data = text.encode() if isinstance(text, str) else text
    if out is not None:
        emit_binary(data, out, force=force)
        return
    with _to_standard_output():
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(
                encoding="utf-8" if not on_terminal() else None, errors="replace"
            )
        shown = data.decode()
        sys.stdout.write(harmless(shown) if on_terminal() and not coloured else shown)


@contextmanager
def _to_standard_output() -> Iterator[None]:
    """Let what is written go out; a reader that stops reading ends the program without a word."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_what_waits()
        raise typer.Exit(0) from None
    except OSError as error:
        _forget_what_waits()
        why = reason(error)
        raise UsageError(
            Text(
                f"la risposta non si può scrivere sullo standard output: {why.it};"
                " fai spazio, o scrivi in un file con -o",
                f"the answer cannot be written to the standard output: {why.en};"
                " make room, or write to a file with -o",
            )
        ) from error


def refuse_terminal(out: Path | None) -> None:
    """Raise UsageError if a workbook would go to a terminal; a file or a pipe can take it."""
    if on_terminal(out):
        raise UsageError(
            Text(
                "una cartella di lavoro Excel non è testo e non si scrive su un terminale; scrivila"
                " in un file con -o FILE.xlsx, o mandala in una pipe",
                "an Excel workbook is no text, so it is not written to a terminal; write it to a"
                " file with -o FILE.xlsx, or send it into a pipe",
            )
        )


def emit_binary(data: bytes, out: Path | None, *, force: bool = False) -> None:
    """Write bytes that are no text, to a file or into a pipe, as ``emit`` does with text."""
    if out is not None:
        from filiera.views.files import new_file

        with new_file(out, force=force) as file:
            file.write(data)
        return
    refuse_terminal(out)
    with _to_standard_output():
        sys.stdout.buffer.write(data)


def _forget_what_waits() -> None:
    """Let what the standard output still holds go nowhere when the program ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Patience:
    """What is being done, shown on a terminal while it takes more than a second."""

    def __init__(self, show: Callable[[str], None] = lambda text: None) -> None:
        self._show = show

    def sent(self, lang: str) -> Callable[[int, int], None]:
        """Shows how many quads have arrived at a server, and of how many."""
        words = {"it": "Carico il grafo sul server", "en": "Loading the graph into the server"}

        def show(done: int, total: int) -> None:
            filled = round(_BAR * done / total) if total else _BAR
            bar = "━" * filled + "╌" * (_BAR - filled)
            self._show(f"{words[lang]} {bar} {done} / {total}")

        return show


@contextmanager
def patience(message: str) -> Iterator[Patience]:
    """Show what is being done while it takes more than a second, on a terminal only."""
    if not sys.stderr.isatty():
        yield Patience()
        return
    from rich.console import Console
    from rich.status import Status

    status = Status(message, console=Console(stderr=True))
    timer = threading.Timer(_SLOW, status.start)
    timer.daemon = True
    timer.start()
    try:
        yield Patience(status.update)
    finally:
        timer.cancel()
        status.stop()


def _rendered(results: Results, form: Format, out: Path | None) -> str:
    if form is Format.csv or form is Format.tsv:
        return results.to_csv("," if form is Format.csv else "\t")
    if form is Format.json:
        return results.to_json() + "\n"
    if form is Format.jsonl:
        rows: list[dict[str, Any]] = json.loads(results.to_json(indent=None))
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    from filiera.views.terminal import markdown_table, table_text

    if form is Format.md:
        heading = f"## {results.title}\n\n" if results.title else ""
        return heading + markdown_table(results)
    heading = f"{results.title}\n\n" if results.title else ""
    if not results.rows:
        return heading + ("nessuna riga\n" if results.lang == "it" else "no rows\n")
    return heading + table_text(results, width_of(out), colour=on_terminal(out))
