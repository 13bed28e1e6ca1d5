"""The command that serves the graph over HTTP: ``serve``."""

from __future__ import annotations

from typing import Annotated

import typer

from filiera.cli.opening import opened
from filiera.cli.options import Data, Lang, StorePlace
from filiera.cli.output import emit, say

__all__ = ["add_serving"]

_STOP = {"it": "Ctrl-C per fermare", "en": "Ctrl-C stops it"}
_WRITABLE = {
    "it": (
        "Scrivibile con il token; quanto si scrive resta nell'archivio su disco, ma una nuova "
        "costruzione del grafo dalle tabelle non lo contiene",
        "Scrivibile con il token; quanto si scrive è in memoria e va perso quando il server "
        "finisce (con --store resta)",
    ),
    "en": (
        "Writable with the token; what is written stays in the store on disk, but a new build of "
        "the graph from its tables does not hold it",
        "Writable with the token; what is written is in memory and gone when the server ends "
        "(with --store it stays)",
    ),
}
"""By language: with a store on disk, and in memory."""


def add_serving(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog="Example: filiera serve --port 8123 --open")(serve)


def serve(
    port: Annotated[
        int,
        typer.Option("--port", min=0, max=65535, help="Port to listen at; 0 takes a free one."),
    ] = 8000,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen at; other machines reach 0.0.0.0.")
    ] = "127.0.0.1",
    open_browser: Annotated[
        bool, typer.Option("--open", help="Open the map in the browser.")
    ] = False,
    writable: Annotated[
        bool,
        typer.Option(
            "--writable",
            help="Let whoever has the token in FILIERA_WRITE_TOKEN change the graph. In memory "
            "that lasts until the server ends, with --store it stays; a new build of the graph "
            "from its tables holds nothing of it.",
        ),
    ] = False,
    access_log: Annotated[
        str | None,
        typer.Option(
            "--access-log",
            metavar="FILE",
            help="Write a line of JSON a request to this file; - for stderr.",
        ),
    ] = None,
    log_queries: Annotated[
        bool, typer.Option("--log-queries", help="Write into the access log what was asked, too.")
    ] = False,
    *,
    data: Data = None,
    store: StorePlace = None,
    lang: Lang,
) -> None:
    """Serve the map, the questions and SPARQL.

    The map is at /, SPARQL at /sparql. Prints the address when it is ready; Ctrl-C ends it.
    """
    from filiera.server import WriteAccess
    from filiera.server import serve as serve_graph

    writing = WriteAccess.from_environment() if writable else None

    def announce(address: str) -> None:
        emit(f"{address}\n", None)
        say(_STOP[lang.value])
        if writable:
            say(_WRITABLE[lang.value][store is None])

    with opened(data, store, lang.value) as ecosystem:
        serve_graph(
            ecosystem,
            host,
            port,
            open_browser,
            announce=announce,
            access_log=access_log,
            log_queries=log_queries,
            writing=writing,
        )
