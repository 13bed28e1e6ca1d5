"""Building the graph of a data set into a store on a server."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filiera.build.exchanging import Tell
from filiera.build.pipeline import BuildReport, build, inputs_digest
from filiera.errors import StoreError
from filiera.facts.dataset import Dataset
from filiera.store import DiskStore, Mark, MemoryStore, Store
from filiera.store.bookkeeping import LOADING, hidden_condition
from filiera.store.connecting import connect
from filiera.store.remote import CHANGING, RemoteStore, read_store_mark
from filiera.store.uploading import Progress, loads_straight, upload
from filiera.texts import Text

__all__ = ["build_on_server", "open_on_server"]

_LARGE = 1 << 26
"""Bytes of facts above which the graph is built on disk before it is sent."""


def open_on_server(
    dataset: Dataset,
    address: str,
    lang: str,
    progress: Progress,
    tell: Tell,
) -> tuple[Store, BuildReport | None]:
    """Store at an address, built and loaded when it does not hold the graph of these facts.

    A load that was broken off goes on where it stopped. Raises StoreError for a store with
    another data set or with quads that are not Filiera's.
    """
    remote, marked = connect(address)
    try:
        report = _ready(remote, marked, dataset, lang, progress, tell)
    except BaseException:
        remote.close()
        raise
    return remote, report


def _ready(
    remote: RemoteStore, marked: bool, dataset: Dataset, lang: str, progress: Progress, tell: Tell
) -> BuildReport | None:
    """Build the graph into the store, unless it is there; the report if it was built."""
    refuse_other(remote, marked, dataset)
    if remote.count(f"{{ GRAPH <{LOADING}> {{ ?s ?p ?o }} }}"):
        name = remote.server.name
        whole = marked and _whole(remote)
        tell(
            Text(
                f"Un caricamento di {name} è in corso o è stato interrotto;"
                + (" i lettori vedono il grafo di prima." if whole else " il grafo non è intero."),
                f"A load of {name} is going on or was broken off;"
                + (" readers see the graph of before." if whole else " the graph is not whole."),
            )
        )
    if marked and remote.mark.digest == inputs_digest(dataset) and _whole(remote):
        return None
    with _workshop(dataset) as local:
        report = build(dataset, local, lang=lang)
        upload(local, remote, Mark(dataset.id, report.digest), progress=progress)
    return report


def build_on_server(
    dataset: Dataset,
    address: str,
    *,
    partial: bool = False,
    lang: str = "en",
    force: bool = False,
    check: Callable[[Store], None] = lambda store: None,
    progress: Progress = lambda done, total: None,
) -> BuildReport:
    """Build the graph here, check it, and let it take the place of what is on the server.

    ``check`` sees the finished graph and may raise; the server is not touched then. ``progress``
    is told how many quads have arrived, and of how many. A server that holds this graph already
    is left as it is, unless ``force``, which also takes over from another filiera that seems to
    be loading.
    """
    remote, marked = connect(address)
    try:
        refuse_other(remote, marked, dataset)
        with _workshop(dataset) as local:
            report = build(dataset, local, partial=partial, lang=lang)
            check(local)
            mark = Mark(dataset.id, report.digest, len(report.problems))
            if not force and marked and remote.mark == mark and _whole(remote):
                return report
            upload(local, remote, mark, force=force, progress=progress)
    finally:
        remote.close()
    return report


def _whole(remote: RemoteStore) -> bool:
    """Whether the graphs of a marked store are all there."""
    found = read_store_mark(remote.server)
    return found is not None and found.state != CHANGING


@contextmanager
def _workshop(dataset: Dataset) -> Iterator[MemoryStore]:
    """A store to build in: in memory, or for much on disk, in a folder that is removed."""
    if sum(path.stat().st_size for path in dataset.files()) < _LARGE:
        yield MemoryStore()
        return
    with tempfile.TemporaryDirectory(prefix="filiera-") as folder:
        store = DiskStore(Path(folder) / "store")
        try:
            yield store
        finally:
            store.close()


def refuse_other(remote: RemoteStore, marked: bool, dataset: Dataset) -> None:
    """Raise StoreError for a store that holds something else than this data set."""
    if marked and remote.mark.dataset != dataset.id:
        raise StoreError(
            Text(
                f"l'archivio in {remote.server.name} contiene la raccolta"
                f" “{remote.mark.dataset}”, non"
                f" “{dataset.id}”; indica la sua raccolta con --data, o un altro archivio con"
                " --store",
                f"the store at {remote.server.name} holds the data set “{remote.mark.dataset}”, not"
                f" “{dataset.id}”; name its data set with --data, or another store with --store",
            )
        )
    if marked or loads_straight(remote):
        return
    strange = list(
        remote.rows(f"SELECT ?g {{ GRAPH ?g {{ ?s ?p ?o }} {hidden_condition('?g')} }} LIMIT 1")
    )
    what = (
        Text(f"triple nel grafo {strange[0][0]}", f"triples in the graph {strange[0][0]}")
        if strange
        else None
    )
    if not what and remote.default_graph is None and remote.count("{ ?s ?p ?o }"):
        what = Text("triple nel suo grafo predefinito", "triples in its default graph")
    if what:
        raise StoreError(
            Text(
                f"l'archivio in {remote.server.name} contiene {what.it}, che non vengono da"
                " Filiera;"
                " svuotalo, o indica un altro archivio",
                f"the store at {remote.server.name} holds {what.en}, which Filiera has not put"
                " there;"
                " empty it, or name another store",
            )
        )
