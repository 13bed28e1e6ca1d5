"""Stores of quads behind one protocol: in memory or on disk."""

from filiera.store.embedded import DiskStore, MemoryStore
from filiera.store.protocol import Solutions, Store

__all__ = ["DiskStore", "MemoryStore", "Solutions", "Store"]
