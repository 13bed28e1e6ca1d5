"""Filiera: a knowledge graph of an industrial cluster, built, asked and shown.

>>> import filiera
>>> eco = filiera.open_graph()
>>> len(eco.ask("members-at", body="clust-er-mech", at="2020-12-31")) > 0
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from filiera.ecosystem import Ecosystem
from filiera.errors import (
    AmbiguousName,
    DataError,
    FactsError,
    FilieraError,
    MissingPart,
    OutputError,
    ParameterError,
    QueryError,
    StoreError,
    UnknownName,
    UnknownQuestion,
    UsageError,
)
from filiera.opening import open_graph
from filiera.results import Results
from filiera.version import __version__

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell
    from matplotlib.axes import Axes

__all__ = [
    "AmbiguousName",
    "DataError",
    "Ecosystem",
    "FactsError",
    "FilieraError",
    "MissingPart",
    "OutputError",
    "ParameterError",
    "QueryError",
    "Results",
    "StoreError",
    "UnknownName",
    "UnknownQuestion",
    "UsageError",
    "__version__",
    "load_ipython_extension",
    "open_graph",
    "plot",
    "unload_ipython_extension",
]


def load_ipython_extension(shell: InteractiveShell) -> None:
    """What ``%load_ext filiera`` runs: the magics ``%%sparql``, ``%ask`` and ``%questions``."""
    from filiera.jupyter.extension import load

    load(shell)


def unload_ipython_extension(shell: InteractiveShell) -> None:
    """What ``%unload_ext filiera`` runs."""
    from filiera.jupyter.extension import unload

    unload(shell)


def plot(answer: object, ax: Axes | None = None, lang: str | None = None) -> Axes:
    """Draw an answer with matplotlib, and give the axes that it is drawn on.

    answer: a table of the catalogue (drawn as its question declares), an answer such as
    ``eco.gaps("batteries")``, or a network such as ``eco.network()``.
    ax: where to draw; without it on a figure of its own, as large as the answer needs.
    lang: ``it`` or ``en``; by default the language of the answer.

    Raises MissingPart without matplotlib, UsageError for what is not to be drawn.
    """
    from filiera.views.plots import plot as drawn

    return drawn(answer, ax, lang)
