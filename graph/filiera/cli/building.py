"""The commands that build: ``build``, ``check``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from filiera.cli.opening import dataset_of
from filiera.cli.options import Data, Force, Format, FormatOption, Lang, Out, StorePlace
from filiera.cli.output import emit, patience, say, settle, write_results
from filiera.errors import DataError, UsageError
from filiera.texts import Text

if TYPE_CHECKING:
    from filiera.build import BuildReport
    from filiera.facts.dataset import Dataset
    from filiera.results import Results
    from filiera.store import Store
    from filiera.views.check_report import CheckReport

__all__ = ["add_building"]

_WORDS = {
    "table": {"it": "Tabella", "en": "Table"},
    "rows": {"it": "Righe prese", "en": "Rows taken"},
    "refused": {"it": "Rifiutate", "en": "Refused"},
    "building": {"it": "Costruisco il grafo …", "en": "Building the graph …"},
    "checking": {"it": "Controllo il grafo …", "en": "Checking the graph …"},
    "holds": {"it": "Contiene", "en": "Holds"},
    "quads": {"it": "{n} quadruple nel grafo", "en": "{n} quads in the graph"},
}
_UNFIT = Text(
    "il grafo non rispetta le forme: correggi i fatti qui sopra, o usa --keep-going",
    "the graph does not fit its shapes: correct the facts above, or give --keep-going",
)

DatasetName = Annotated[
    str | None,
    typer.Argument(
        metavar="[DATASET]",
        help="Data set: the name of one that comes with Filiera, or a folder with dataset.toml."
        "  [default: clust-er-mech]",
        show_default=False,
    ),
]


def add_building(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command(epilog="Example: filiera build clust-er-mech --out graph.nq")(build)
    app.command(epilog="Example: filiera check my-cluster --lang it")(check)


def build(
    dataset: DatasetName = None,
    *,
    data: Data = None,
    store: StorePlace = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            metavar="FILE_OR_DIR",
            help="Where the graph goes: a file, in the format of its ending (see “filiera export"
            " --help”), or a folder for a store on disk, as --store makes one.",
            show_default=False,
        ),
    ] = None,
    keep_going: Annotated[
        bool,
        typer.Option("--keep-going", help="Build from the rows without fault; still exit with 1."),
    ] = False,
    no_shapes: Annotated[
        bool, typer.Option("--no-shapes", help="Do not check the graph against the SHACL shapes.")
    ] = False,
    form: FormatOption = None,
    lang: Lang,
    force: Force = False,
) -> None:
    """Turn facts into the graph, checked.

    Prints the rows taken and refused, table by table. Nothing is written when there are faults.
    """
    chosen = _chosen(dataset, data)
    place, file = _destinations(store, out, force)
    shapes = _Shapes(lang.value, keep_going, skip=no_shapes)
    report = _build(chosen, place, file, shapes, lang.value, keep_going=keep_going, force=force)
    for problem in report.problems:
        say(problem.text(lang.value))
    write_results(_counts(report, lang.value), settle(form, None), None)
    say(_WORDS["quads"][lang.value].format(n=report.quads))
    if report.problems or shapes.faulty:
        raise typer.Exit(1)


def check(
    dataset: DatasetName = None,
    *,
    data: Data = None,
    form: FormatOption = None,
    lang: Lang,
    out: Out = None,
    force: Force = False,
) -> None:
    """Check the rows, the graph and its quality.

    Prints sentences, or with --format a row for each finding. Exits with 1 where something is
    wrong; warnings and notes are not.
    """
    chosen, spoken = _chosen(dataset, data), lang.value
    settled = settle(form, out, piped=Format.table)
    with patience(_WORDS["checking"][spoken]):
        report = _checked(chosen)
    if settled is Format.table:
        emit(report.text(spoken), out, force=force)
    else:
        write_results(report.table(spoken), settled, out, force=force)
    if not report.conforms:
        raise typer.Exit(1)


def _chosen(dataset: str | None, data: str | None) -> Dataset:
    if dataset is not None and data is not None and dataset != data:
        raise UsageError(
            Text(
                f"sono indicate due raccolte, “{dataset}” e “{data}”; indicane una",
                f"two data sets are named, “{dataset}” and “{data}”; name one",
            )
        )
    return dataset_of(dataset or data)


def _destinations(
    store: str | None, out: Path | None, force: bool
) -> tuple[str | None, Path | None]:
    """Folder or address of the store and file of the graph, as far as they are asked for."""
    from filiera.views.export import ending_of
    from filiera.views.files import refuse_unwritable

    if out is None:
        return store, None
    if out.is_dir() or not out.suffix:
        if store is not None and Path(store) != out:
            raise UsageError(
                Text(
                    f"per l'archivio sono indicati due posti, {store} e {out}; indicane uno",
                    f"two places are named for the store, {store} and {out}; name one",
                )
            )
        return str(out), None
    ending_of(out)
    refuse_unwritable(out, force=force)
    return store, out


def _checked(dataset: Dataset) -> CheckReport:
    from filiera.answers.quality import quality
    from filiera.build import build as build_graph
    from filiera.build.validation import validate
    from filiera.store import MemoryStore
    from filiera.views.check_report import CheckReport

    memory = MemoryStore()
    report = build_graph(dataset, memory, partial=True)
    if report.problems:
        return CheckReport(report.problems, None)
    return CheckReport((), validate(memory), quality(memory).measures)


class _Shapes:
    """The check of a graph against its shapes, before it goes anywhere."""

    def __init__(self, lang: str, keep_going: bool, *, skip: bool) -> None:
        self.faulty = False
        self._lang = lang
        self._keep_going = keep_going
        self._skip = skip

    def __call__(self, store: Store) -> None:
        """Say what is wrong; raise DataError unless the build shall go on."""
        if self._skip:
            return
        from filiera.build.validation import validate

        report = validate(store)
        for finding in report.findings:
            if finding.severity != "info":
                say(finding.text(self._lang))
        self.faulty = not report.conforms
        if self.faulty and not self._keep_going:
            raise DataError(_UNFIT)


def _build(
    dataset: Dataset,
    place: str | None,
    file: Path | None,
    shapes: _Shapes,
    lang: str,
    *,
    keep_going: bool,
    force: bool,
) -> BuildReport:
    from filiera.build import build as build_graph
    from filiera.build.opening import build_on_disk
    from filiera.ecosystem import Ecosystem
    from filiera.store import DiskStore, MemoryStore, is_address
    from filiera.views.export import export

    def opened() -> Store:
        """The store that was built."""
        if place is None:
            return memory
        if not is_address(place):
            return DiskStore(Path(place))
        from filiera.store.connecting import connect

        return connect(place)[0]

    memory = MemoryStore()
    with patience(_WORDS["building"][lang]) as status:
        if place is None:
            report = build_graph(dataset, memory, partial=keep_going, lang=lang)
            shapes(memory)
        elif is_address(place):
            from filiera.build.remote import build_on_server

            report = build_on_server(
                dataset,
                place,
                partial=keep_going,
                lang=lang,
                force=force,
                check=shapes,
                progress=status.sent(lang),
            )
        else:
            report = build_on_disk(
                dataset,
                Path(place),
                partial=keep_going,
                lang=lang,
                check=shapes,
                tell=lambda text: say(text(lang)),
            )
        if file is not None:
            with Ecosystem(opened(), dataset, lang=lang) as ecosystem:
                export(ecosystem, file, force=force)
    return report


def _counts(report: BuildReport, lang: str) -> Results:
    from filiera.facts.tables import TABLES
    from filiera.results import Column, Results

    refused: dict[str, set[int | None]] = {}
    for problem in report.problems:
        refused.setdefault(problem.file.removesuffix(".csv"), set()).add(problem.row)
    rows = [
        (name, TABLES[name].label[lang], report.rows.get(name, 0), len(refused.get(name, ())))
        for name in TABLES
        if name in report.rows or name in refused
    ]
    columns = [
        Column("table", _WORDS["table"][lang]),
        Column("label", _WORDS["holds"][lang]),
        Column("rows", _WORDS["rows"][lang], "number"),
        Column("refused", _WORDS["refused"][lang], "number"),
    ]
    return Results(columns, list(rows), lang=lang)
