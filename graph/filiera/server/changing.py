"""How the state that is served changes: a copy of the spawner is changed, and takes its place.

The spawner forks a *successor*, which has the whole graph as its own from then on, as memory is
shared only until somebody writes. The successor makes the change under the limits of any job.
When that fails or is ended, it is gone and nothing has happened. When it succeeds, it answers,
and is a spawner from then on: the server hands it all further jobs, and tells the old one to
finish what it has and end. So each query sees one state from its first to its last row.

A store on disk is changed by a process of its own (`filiera.server.disk_writing`); there the
successor only opens what that has left.
"""

from __future__ import annotations

import json

from filiera.ecosystem import Ecosystem
from filiera.network.projection import node_count
from filiera.server.messages import Job, Reply
from filiera.server.sharing import SharedStore
from filiera.server.writing import done, write
from filiera.store import DiskStore, MemoryStore

__all__ = ["Changes", "reopen_job"]


def reopen_job() -> Job:
    """Job that takes up what a write has left on disk."""
    return {"kind": "reopen"}


class Changes:
    """Makes changes to an ecosystem; called in a successor of the spawner.

    The reply to one that was made tells, as JSON, how many quads and things there are now.
    """

    def __init__(self, ecosystem: Ecosystem, shared: SharedStore) -> None:
        self._ecosystem, self._shared = ecosystem, shared

    def __call__(self, job: Job) -> Reply:
        """Do what a job says; what was read of the store before is read anew."""
        store = self._shared.store
        assert isinstance(store, MemoryStore)  # a server with another store is not writable
        if isinstance(store, DiskStore):
            self._shared.follow()
            self._shared.open()
            reply = Reply(204, "", b"")
        else:
            reply = write(store, self._ecosystem.dataset, job)
        if not done(reply):
            return reply
        self._ecosystem.renew()
        self._ecosystem.names  # noqa: B018 - read once here, shared by all workers
        counts = {"quads": len(store), "things": node_count(store)}
        return Reply(reply.status, "application/json", json.dumps(counts).encode())
