"""The build: facts to rows to N-Quads to store, then rules, then the description."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from filiera.build.derive import derive, rule_files
from filiera.build.describe import counts, describe
from filiera.build.ledger import Ledger
from filiera.build.rows import RowWriter
from filiera.errors import FactsError
from filiera.facts.concepts import Concepts, ontology_files
from filiera.facts.dataset import Dataset
from filiera.facts.problems import Problem
from filiera.facts.reading import nearest, read_rows
from filiera.facts.tables import TABLES
from filiera.store import Store
from filiera.version import __version__
from filiera.vocabulary import ONTOLOGY

__all__ = ["BuildReport", "build", "check_facts", "inputs_digest", "quads_of"]

_PIECE = 64
"""Texts of rows that are joined to one piece: some 100 kB."""


@dataclass
class BuildReport:
    """What a build took in and what it refused.

    ``rows`` counts the rows taken by table; ``problems`` lists what was refused; ``quads`` is
    the size of the store, in which every triple stands in its graph and in the default one.
    """

    dataset: Dataset
    rows: dict[str, int]
    problems: list[Problem] = field(default_factory=list)
    quads: int = 0
    digest: str = ""


def inputs_digest(dataset: Dataset) -> str:
    """Tells of everything that a build depends on: facts, ontology, schemes, rules, version."""
    return f"{dataset.digest(*ontology_files(), *rule_files())}-{__version__}"


def build(
    dataset: Dataset, store: Store, *, partial: bool = False, lang: str = "en"
) -> BuildReport:
    """Build the graph of a data set into an empty store.

    Raises FactsError with every fault of the data set, unless ``partial``: then the rows
    without fault are taken and the report lists the others. After an error the store holds
    an unfinished graph and must be thrown away.
    """
    ledger = Ledger()
    store.load(quads_of(dataset, ledger))
    if ledger.problems and not partial:
        raise FactsError(ledger.problems, lang)
    derive(store)
    digest = inputs_digest(dataset)
    store.load(["".join(describe(dataset, digest)).encode()])
    store.load(["".join(counts(store, dataset)).encode()])
    return BuildReport(dataset, ledger.rows, ledger.problems, len(store), digest)


def check_facts(dataset: Dataset) -> Ledger:
    """Read every row and check it without building anything; the faults are in the ledger."""
    ledger = Ledger()
    for _ in quads_of(dataset, ledger):
        pass
    return ledger


def quads_of(dataset: Dataset, ledger: Ledger) -> Iterator[bytes]:
    """Stream the graph of the facts as N-Quads text, whole lines at a time.

    The ledger holds all faults when the stream has ended.
    """
    concepts = Concepts.read()
    yield "".join(f"{triple} .\n{triple} <{ONTOLOGY}> .\n" for triple in concepts.triples).encode()
    files = {path.stem: path for path in dataset.files()}
    _check_tables(files, ledger)
    for table in TABLES.values():
        path = files.get(table.name)
        if path is None:
            continue
        writer = RowWriter(table, path.name, dataset, concepts, ledger)
        out: list[str] = []
        for number, cells in read_rows(path, table, ledger.problems):
            writer.write(number, cells, out)
            if len(out) >= _PIECE:
                yield "".join(out).encode()
                out.clear()
        yield "".join(out).encode()
    ledger.settle(dataset)


def _check_tables(files: dict[str, Path], ledger: Ledger) -> None:
    if not files:
        ledger.problems.append(Problem("sources.csv", "no-tables"))
    for name in sorted(files.keys() - TABLES.keys()):
        values = {"known": ", ".join(TABLES), "nearest": nearest(name, set(TABLES))}
        ledger.problems.append(Problem(f"{name}.csv", "unknown-table", values=values))
