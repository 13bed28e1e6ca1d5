"""Stores of quads behind one protocol: in memory, on disk, on a server, in rdflib."""

from filiera.store.addresses import is_address
from filiera.store.embedded import DiskStore, Mark, MemoryStore
from filiera.store.protocol import Solutions, Store

__all__ = ["DiskStore", "Mark", "MemoryStore", "Solutions", "Store", "is_address"]
