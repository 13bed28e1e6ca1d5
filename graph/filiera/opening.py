"""Opening the graph of a data set: built when needed, from memory, a folder or a server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from filiera.build.opening import log_it, open_store
from filiera.ecosystem import Ecosystem
from filiera.errors import speaking
from filiera.facts.dataset import Dataset
from filiera.languages import from_environment
from filiera.texts import Text

__all__ = ["open_graph"]


def open_graph(
    dataset: str | Path = "clust-er-mech",
    *,
    store: str | Path | None = None,
    lang: str | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    tell: Callable[[Text], None] = log_it,
) -> Ecosystem:
    """Open the graph of a data set, building it when needed.

    dataset: name of one that comes with Filiera, or a folder with ``dataset.toml``.
    store: ``None`` builds in memory; a folder keeps the graph on disk, the address of a SPARQL
    server there, and it is built again only when the facts have changed.
    lang: ``it`` or ``en``; by default what the locale asks for.
    progress: told how many quads have arrived at a server, and how many there are.
    tell: told what was found of builds that were broken off; by default the log is.

    Raises FactsError with all faults of the data, StoreError, UsageError.
    """
    with speaking(lang or from_environment()):
        chosen = Dataset.find(dataset)
        opened, report = open_store(chosen, store, lang or "en", progress, tell)
    return Ecosystem(opened, chosen, lang=lang, report=report)
