"""Stores of quads behind one protocol: in memory or on disk."""

from filiera.store.embedded import DiskStore, Mark, MemoryStore
from filiera.store.protocol import Solutions, Store

__all__ = ["DiskStore", "Mark", "MemoryStore", "Solutions", "Store"]
