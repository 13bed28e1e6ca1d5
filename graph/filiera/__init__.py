"""Filiera: a knowledge graph of an industrial cluster, built, asked and shown.

>>> import filiera
>>> eco = filiera.open_graph()
>>> len(eco.ask("members-at", body="clust-er-mech", at="2020-12-31")) > 0
True
"""

from __future__ import annotations

from filiera.ecosystem import Ecosystem, open_graph
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
from filiera.results import Results
from filiera.version import __version__

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
    "open_graph",
]
