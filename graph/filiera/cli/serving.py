"""The command that serves the graph over HTTP: ``serve``."""

from __future__ import annotations

from typing import Annotated

import typer

from filiera.cli.opening import opened
from filiera.cli.options import Data, Lang, StorePlace
from filiera.cli.output import emit, say

__all__ = ["add_serving"]

_STOP = {"it": "Ctrl-C per fermare", "en": "Ctrl-C stops it"}


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
    *,
    data: Data = None,
    store: StorePlace = None,
    lang: Lang,
) -> None:
    """Serve the map, the questions and SPARQL.

    The map is at /, SPARQL at /sparql. Prints the address when it is ready; Ctrl-C ends it.
    """
    from filiera.server import serve as serve_graph

    def announce(address: str) -> None:
        emit(f"{address}\n", None)
        say(_STOP[lang.value])

    with opened(data, store, lang.value) as ecosystem:
        serve_graph(ecosystem, host, port, open_browser, announce=announce)
