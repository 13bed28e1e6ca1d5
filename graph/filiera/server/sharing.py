"""One store, read by many processes."""

from __future__ import annotations

import fcntl
from typing import IO

from pyoxigraph import Store as Oxigraph

from filiera.ecosystem import Ecosystem
from filiera.store import DiskStore

__all__ = ["SharedStore"]

_MODERATE = 300_000
"""Quads up to which what may be kept of a server is fetched before anybody asks."""


class SharedStore:
    """The store of an ecosystem, made fit for reading in forked processes.

    Memory is shared by forking alone. A store on disk has threads that do not come along, and
    rearranges its files while others read them. So it is closed here, which ends its threads,
    and opened anew for reading in each process that reads. Its lock is kept: no other filiera
    can write there meanwhile. Of a store on a server, each process has connections of its own,
    and they end with it; what such a store keeps here is fetched once, for all.
    """

    def __init__(self, ecosystem: Ecosystem) -> None:
        self.store = ecosystem.store
        self.quads = len(self.store)
        self._lock: IO[bytes] | None = None
        if isinstance(self.store, DiskStore):
            self.store.oxigraph = Oxigraph()
            self.lock()

    def lock(self) -> None:
        """Keep others from writing to the store that is there now."""
        if isinstance(self.store, DiskStore):
            lock = (self.store.quads_folder / "LOCK").open("r+b")
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.close()
            self._lock = lock

    def follow(self) -> None:
        """Take up the state that a write has left on disk; `open` opens it."""
        if isinstance(self.store, DiskStore):
            self.store.mark = self.store.read_mark(self.store.folder) or self.store.mark

    def open(self) -> None:
        """Open the store for reading in this process; for memory there is nothing to do."""
        if isinstance(self.store, DiskStore):
            self.store.oxigraph = Oxigraph.read_only(str(self.store.quads_folder))
        elif self.store.far and self.quads <= _MODERATE:
            self.store.keep()

    def tidy(self) -> None:
        """Remove what nobody reads any more."""
        if isinstance(self.store, DiskStore):
            self.store.tidy(older=True)

    def close(self) -> None:
        """Let others write again."""
        if self._lock is not None:
            self._lock.close()
