"""Opening a store that holds the graph of a data set, building it when it does not."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from filiera.build.exchanging import Tell, building_beside, put_in_order
from filiera.build.pipeline import BuildReport, build, inputs_digest
from filiera.errors import StoreError
from filiera.facts.dataset import Dataset
from filiera.store import DiskStore, Mark, MemoryStore, Store, is_address
from filiera.texts import Text

__all__ = ["build_on_disk", "log_it", "open_store"]


def log_it(text: Text) -> None:
    """Tell the log what a person should know."""
    logging.getLogger("filiera").warning("%s", text.en)


def open_store(
    dataset: Dataset,
    place: str | Path | None,
    lang: str = "en",
    progress: Callable[[int, int], None] = lambda done, total: None,
    tell: Tell = log_it,
) -> tuple[Store, BuildReport | None]:
    """Store with the graph of ``dataset``, and the report if it was built just now.

    Without a place the graph is built in memory. A folder, or a SPARQL server at an address,
    that holds the graph of the same facts is opened as it is; any other is built anew beside
    the old graph and then put in its place. Raises StoreError when that would lose what was
    written to it. ``progress`` is told how many quads have arrived at a server; ``tell`` what
    was found of builds that were broken off.
    """
    if place is None:
        memory = MemoryStore()
        return memory, build(dataset, memory, lang=lang)
    if isinstance(place, str) and is_address(place):
        from filiera.build.remote import open_on_server

        return open_on_server(dataset, place, lang, progress, tell)
    folder = Path(place)
    put_in_order(folder, tell)
    mark = DiskStore.read_mark(folder)
    if mark is not None and mark.digest == inputs_digest(dataset):
        return DiskStore(folder), None
    if mark is not None and mark.writes:
        raise StoreError(
            Text(
                f"nell'archivio in {folder} si è scritto ({mark.writes} volte) dopo la"
                " costruzione, e i fatti sono cambiati: una nuova costruzione perderebbe ciò che è"
                " stato scritto. Prima salvalo in un file (filiera export), poi costruisci di"
                " nuovo con filiera build --out, o indica un'altra cartella con --store",
                f"the store in {folder} was written to ({mark.writes} times) since it was built,"
                " and its facts have changed: a new build would lose what was written. Write it to"
                " a file first (filiera export), then build anew with filiera build --out, or name"
                " another folder with --store",
            )
        )
    report = build_on_disk(dataset, folder, lang=lang, tell=tell)
    return DiskStore(folder), report


def build_on_disk(
    dataset: Dataset,
    folder: Path,
    *,
    partial: bool = False,
    lang: str = "en",
    check: Callable[[Store], None] = lambda store: None,
    tell: Tell = log_it,
) -> BuildReport:
    """Build into a new folder beside ``folder`` and then exchange the two.

    ``check`` sees the finished graph and may raise. After an error ``folder`` is what it was
    before.
    """
    _refuse_other(folder, dataset)
    with building_beside(folder, tell) as beside:
        _refuse_other(folder, dataset)
        store = DiskStore(beside, Mark(dataset.id, inputs_digest(dataset)))
        report = build(dataset, store, partial=partial, lang=lang)
        store.write_mark(replace(store.mark, refused=len(report.problems)))
        check(store)
        store.close()
    return report


def _refuse_other(folder: Path, dataset: Dataset) -> None:
    mark = DiskStore.read_mark(folder)
    if mark is not None and mark.dataset != dataset.id:
        raise StoreError(
            Text(
                f"l'archivio in {folder} contiene la raccolta “{mark.dataset}”, non “{dataset.id}”;"
                " indica la sua raccolta con --data, o un'altra cartella con --store",
                f"the store in {folder} holds the data set “{mark.dataset}”, not “{dataset.id}”;"
                " name its data set with --data, or another folder with --store",
            )
        )
