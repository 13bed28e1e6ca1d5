"""Where the ontology, the facts and the questions lie.

In a checkout they are read in place; an installed wheel carries copies under
``filiera/_data``. This module is the only one that knows the difference.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["datasets_dir", "ontology_dir", "queries_dir"]

_PACKAGE = Path(__file__).resolve().parent
_CARRIED = _PACKAGE / "_data"
_CHECKOUT = _PACKAGE.parents[1]


def ontology_dir() -> Path:
    """Folder with ``filiera.ttl``, and ``schemes``, ``shapes``, ``rules``, ``criteria`` …"""
    return _CARRIED / "ontology" if _CARRIED.is_dir() else _CHECKOUT / "ontology"


def queries_dir() -> Path:
    """Folder with the catalogue: one ``.rq`` file a question."""
    return _CARRIED / "queries" if _CARRIED.is_dir() else _CHECKOUT / "queries"


def datasets_dir() -> Path:
    """Folder with the data sets that come with Filiera, one folder each."""
    return _CARRIED / "facts" if _CARRIED.is_dir() else _CHECKOUT / "graph" / "facts"
