"""The server's side of a change: one at a time, in memory or on disk."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
from collections.abc import Callable

from filiera.facts.dataset import Dataset
from filiera.server.changing import reopen_job
from filiera.server.disk_writing import Ended, change_on_disk
from filiera.server.limits import Limits
from filiera.server.messages import Job, Reply
from filiera.server.sharing import SharedStore
from filiera.server.workers import WorkerFailed, Workers
from filiera.server.writing import done
from filiera.store import DiskStore

__all__ = ["Writer"]


class Writer:
    """Changes the store that is served; ``changed`` hears of each change that was made.

    It is told the number of quads and of things that are in the store now.
    """

    def __init__(
        self,
        workers: Workers,
        shared: SharedStore,
        dataset: Dataset,
        limits: Limits,
        changed: Callable[[int, int], None],
    ) -> None:
        self._workers, self._shared, self._dataset = workers, shared, dataset
        self._limits, self._changed = limits, changed
        self._turn = asyncio.Lock()
        self._running: set[asyncio.Task[Reply]] = set()
        self._process: asyncio.subprocess.Process | None = None
        workers.others.append(self._end)

    async def write(self, job: Job) -> Reply:
        """Make a change, whole or not at all; the reply says which.

        It goes on when whoever asked for it goes away. Raises `LimitReached` and `WorkerFailed`;
        nothing has changed then.
        """
        task = asyncio.create_task(self._in_turn(job))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def _in_turn(self, job: Job) -> Reply:
        try:
            async with asyncio.timeout(self._limits.queue_seconds):
                await self._turn.acquire()
        except TimeoutError:
            raise self._limits.reached("queue_seconds") from None
        try:
            if isinstance(self._shared.store, DiskStore):
                return await self._on_disk(self._shared.store, job)
            reply = await self._workers.change(job)
            if not done(reply):
                return reply
            return self._made(reply, reply.status)
        finally:
            self._turn.release()

    async def _on_disk(self, store: DiskStore, job: Job) -> Reply:
        limits = self._limits
        try:
            reply = await change_on_disk(
                store,
                self._dataset,
                job,
                limits.query_seconds,
                limits.query_memory_mb,
                self._begun,
            )
        except Ended as error:
            store.tidy(later=True)
            if error.number in (signal.SIGALRM, signal.SIGSEGV, signal.SIGABRT):
                raise self._workers.killed_by(error.number) from None
            failed = WorkerFailed(
                "The server could not change its store; its log says why.", str(error)
            )
            raise self._workers.or_stopped(failed) from None
        if not done(reply):
            return reply
        self._shared.follow()
        self._shared.lock()
        opened = await self._workers.change(reopen_job(), limited=False)
        self._shared.open()
        return self._made(opened, reply.status)

    def _begun(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    def _end(self) -> None:
        """End the process that changes a store on disk."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()

    def _made(self, counted: Reply, status: int) -> Reply:
        counts = json.loads(counted.body)
        self._changed(counts["quads"], counts["things"])
        return Reply(status, "", b"")
