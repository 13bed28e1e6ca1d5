"""The commands that write files: ``export``, ``network``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from filiera.cli.opening import dataset_of, opened
from filiera.cli.options import Data, Force, Lang, StorePlace
from filiera.cli.output import patience, say
from filiera.errors import UsageError
from filiera.texts import Text

__all__ = ["add_exporting"]

_WRITTEN = {"it": "scritto {path}", "en": "{path} written"}
_DRAWING = {"it": "Disegno la rete …", "en": "Drawing the network …"}
_WRITING = {"it": "Scrivo {path} …", "en": "Writing {path} …"}

_ENDINGS = (
    "ttl, nt, jsonld, rdf: the default graph, which merges what all sources say. trig, nq: all"
    " graphs, one for each source. csv: every fact, one row for each source that states it:"
    " fact, type, subject, predicate, value, dates, source and the rest. xlsx: the tables of"
    " facts as an Excel workbook, one sheet a table, headings in the language. graphml, gexf: the"
    " network of organisations and projects, each tie an edge."
)


def add_exporting(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command(epilog="Example: filiera export -o ecosystem.ttl", help=export_help())(export)
    app.command(epilog="Example: filiera network -o map.html --lang it")(network)


def export_help() -> str:
    """Help of ``export``, with what each ending holds."""
    return f"Write the whole graph to a file, in the format of its ending.\n\n{_ENDINGS}"


def export(
    out: Annotated[
        Path,
        typer.Option(
            "-o", "--out", metavar="FILE", help="File to write; its ending names the format."
        ),
    ],
    *,
    data: Data = None,
    store: StorePlace = None,
    lang: Lang,
    force: Force = False,
) -> None:
    """Write the whole graph to a file, in the format of its ending."""
    from filiera.views.export import ending_of
    from filiera.views.export import export as write
    from filiera.views.files import refuse_unwritable

    ending_of(out)
    refuse_unwritable(out, force=force)
    with opened(data, store, lang.value) as ecosystem:
        with patience(_WRITING[lang.value].format(path=out)):
            write(ecosystem, out, force=force)
        say(_WRITTEN[lang.value].format(path=out))


def network(
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            metavar="FILE.html",
            help="Page to write.  [default: the name of the data set, in this folder]",
            show_default=False,
        ),
    ] = None,
    *,
    data: Data = None,
    store: StorePlace = None,
    lang: Lang,
    force: Force = False,
) -> None:
    """Write the network as a web page.

    The page is one self-contained file, which a browser opens without a server.
    """
    from filiera.views.files import refuse_unwritable
    from filiera.views.network_page import write_page

    page = out or Path(f"{dataset_of(data).id}.html")
    if page.suffix.lower() not in (".html", ".htm"):
        raise UsageError(
            Text(
                f"{page} non è il nome di una pagina; falla finire in .html (per graphml e gexf:"
                " filiera export)",
                f"{page} is no name of a page; end it in .html (for graphml and gexf:"
                " filiera export)",
            )
        )
    refuse_unwritable(page, force=force)
    with opened(data, store, lang.value) as ecosystem:
        with patience(_DRAWING[lang.value]):
            write_page(ecosystem, page, lang.value, force=force)
        say(_WRITTEN[lang.value].format(path=page))
