"""A small invented cluster: twelve organisations, two sources that disagree, every kind of fact."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from filiera.build import build
from filiera.facts.dataset import Dataset
from filiera.store import MemoryStore
from filiera.vocabulary import ID

__all__ = ["iri", "small_dataset", "small_store"]

FOLDER = Path(__file__).parent / "small"


def small_dataset() -> Dataset:
    """The data set in ``tests/small``."""
    return Dataset.find(FOLDER)


@cache
def small_store() -> MemoryStore:
    """The built graph of the small cluster; no test may change it."""
    store = MemoryStore()
    build(small_dataset(), store)
    return store


def iri(identifier: str) -> str:
    """IRI of a thing of the small cluster."""
    return ID.base + identifier
