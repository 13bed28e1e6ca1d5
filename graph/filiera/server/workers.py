"""Processes that run one job each and can be killed: a job can harm nobody but itself.

The engine knows no time limit, and a deeply nested query overflows the stack of its parser.
Both end a process, so no foreign query is read or run in the process that serves.

Before the server starts its event loop it forks one *spawner*, which holds the loaded graph.
For each job the server opens a pair of sockets and hands one end to the spawner, which forks a
*worker*. The worker reads its job from the socket, writes its reply there and ends. The
spawner stays single-threaded, so forking it is safe; memory is shared until somebody writes.

Nothing is left behind: a worker is ended by its own timer, by the spawner when the server
closes its end of the socket, and by the spawner when the server itself is gone.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from time import monotonic

from filiera.errors import FilieraError
from filiera.server.exchange import WorkerProcess, exchange
from filiera.server.forked import HEAVY_NICENESS, REFUSED, spawner_main
from filiera.server.lanes import Lanes, Turn
from filiera.server.limits import LimitReached, Limits
from filiera.server.messages import (
    CHANGE,
    COMMAND,
    END,
    FAILED,
    KILLED,
    LIMITED,
    LOWER,
    START,
    Job,
    Reply,
)
from filiera.server.processes import Former, adopt_orphans, hung_up, wait_for

__all__ = ["WorkerFailed", "Workers"]

_GRACE_SECONDS = 5
_MOMENT = 0.1
_QUICK_STEP, _QUICK_PATIENCE = 0.01, 10
"""Seconds from one look at a query in the quick lane to the next, at least; and how many times
``quick_ms`` may pass before it has to leave even if it has hardly used the processor."""
_QUICK, _OWN = 1, 4
"""Niceness of the workers: the server goes first, then what is quick, then our own work."""


class WorkerFailed(FilieraError):
    """A worker ended on a fault of its own; ``details`` is for the log."""

    def __init__(self, message: str, details: str) -> None:
        super().__init__(message)
        self.details = details


class Workers:
    """Runs jobs in processes forked from this one.

    ``handle`` turns a job (a mapping that JSON can hold) into a `Reply`; it runs in the worker
    and sees everything that this process had in memory when `Workers` was made, and what
    ``prepare`` has added in the spawner. ``change`` does the jobs that change the graph;
    ``settled`` is called when nobody sees an older state any more. Make it before any thread and
    before the event loop: making it forks.
    """

    def __init__(
        self,
        handle: Callable[[Job], Reply],
        limits: Limits,
        prepare: Callable[[], None] = lambda: None,
        change: Callable[[Job], Reply] | None = None,
        settled: Callable[[], None] = lambda: None,
    ) -> None:
        self._limits = limits
        self._lanes = Lanes(limits)
        self._numbers = count()
        self._stopped = False
        self._settled = settled
        self.others: list[Callable[[], None]] = []
        """What is to be called at a stop, too; safe in a signal handler."""
        self._former: list[Former] = []
        self._control, theirs = socket.socketpair()
        self._spawner = os.fork()
        if self._spawner == 0:  # pragma: no cover - the forked process
            self._control.close()
            spawner_main(theirs, handle, prepare, change)
        theirs.close()

    def is_alive(self) -> bool:
        """Whether jobs can be run."""
        return not hung_up(self._control)

    def stop(self) -> None:
        """End all jobs at once and take no more; safe in a signal handler."""
        self._stopped = True
        self._control.close()
        for former in self._former:
            former.control.close()
        for end in self.others:
            end()

    def close(self) -> None:
        """Stop, and wait until no process is left."""
        self.stop()
        for former in self._former:
            wait_for(former.pid)
        if self._spawner:
            wait_for(self._spawner)
        self._former, self._spawner = [], 0

    async def run(self, job: Job, turn: Turn | None = None, *, limited: bool = True) -> Reply:
        """Run one job and return its reply.

        ``turn`` says who asks, and is told in which lane the job ran.
        ``limited=False`` is for our own work, which keeps no time, no memory and no turn.
        Raises `LimitReached` at a limit and `WorkerFailed` when the worker ends otherwise.
        """
        turn = turn or Turn()
        turn.job = job
        try:
            if limited:
                return await self._run_in_turn(job, turn)
            return await self._run(job, next(self._numbers), 0, 0, _OWN)
        except LimitReached as reached:
            raise self.or_stopped(reached) from reached.__cause__
        except WorkerFailed as failed:
            raise self.or_stopped(failed) from failed.__cause__

    async def _run_in_turn(self, job: Job, turn: Turn) -> Reply:
        """In the quick lane first; what is not done there goes on in the heavy lane, if it can.

        If it cannot, it is ended, and begins anew when it has a place there: what waits is the
        text of a query, which takes no processor and no memory to speak of.
        """
        seconds, memory_mb = self._limits.query_seconds, self._limits.query_memory_mb
        lanes, number = self._lanes, next(self._numbers)
        goes_on = False
        working: asyncio.Task[Reply] | None = None
        try:
            async with lanes.place(lanes.quick, turn):
                process = WorkerProcess()
                working = asyncio.create_task(
                    self._run(job, number, seconds, memory_mb, _QUICK, process)
                )
                if await self._is_done_quickly(working, process):
                    return working.result()
                goes_on = lanes.heavy.try_enter(turn.client)
            if goes_on:
                turn.lane = lanes.heavy.name
                self._lower(number)
                try:
                    return await working
                finally:
                    lanes.heavy.leave(turn.client)
        finally:
            if working is not None:
                working.cancel()
        async with lanes.place(lanes.heavy, turn):
            return await self._run(job, next(self._numbers), seconds, memory_mb, HEAVY_NICENESS)

    async def _is_done_quickly(self, working: asyncio.Task[Reply], process: WorkerProcess) -> bool:
        """Wait until the work is done, or has used up its time in the quick lane.

        What counts is the time of the processor, so that a small query stays a small one on a
        busy machine; but nobody stays for long by waiting for something else.
        """
        quick = self._limits.quick_ms / 1000
        end = monotonic() + _QUICK_PATIENCE * quick
        while (left := min(quick - process.used(), end - monotonic())) > 0 and not working.done():
            await asyncio.wait([working], timeout=max(left, _QUICK_STEP))
        return working.done()

    def or_stopped(self, error: FilieraError) -> FilieraError:
        """The error to tell: once all is being ended, that is why."""
        return LimitReached("The server is being stopped.") if self._stopped else error

    async def change(self, job: Job, *, limited: bool = True) -> Reply:
        """Run a job that changes the graph: in whole, or not at all. One at a time.

        Jobs that were begun before see the graph as it was, jobs that are begun after it as it
        is. Raises what `run` raises; nothing has changed then.
        """
        control, theirs = socket.socketpair()
        limits = (self._limits.query_seconds, self._limits.query_memory_mb) if limited else (0, 0)
        try:
            with theirs:
                worker = self._hand_over(CHANGE, 0, theirs)
            successor = WorkerProcess()
            reply = await self._exchange(worker, job, *limits, 0, successor)
            if reply.status < REFUSED:
                self._succeed(successor.id, control)
            return reply
        except (LimitReached, WorkerFailed) as error:
            raise self.or_stopped(error) from error.__cause__
        finally:
            if control is not self._control:
                control.close()

    def _succeed(self, successor: int, control: socket.socket) -> None:
        """Let a process, which is at the other end of ``control``, run the jobs from now on."""
        adopt_orphans()
        with suppress(OSError):
            self._control.sendall(COMMAND.pack(END, 0))
        self._former.append(Former(self._spawner, self._control))
        self._spawner, self._control = successor, control
        self._forget()

    def _forget(self) -> None:
        """Forget the spawners that have ended; look again in a moment if any has not."""
        self._former = [former for former in self._former if not former.is_gone()]
        if self._former and not self._stopped:
            asyncio.get_running_loop().call_later(_MOMENT, self._forget)
        elif not self._former:
            self._settled()

    async def _run(
        self,
        job: Job,
        number: int,
        seconds: int,
        memory_mb: int,
        niceness: int,
        process: WorkerProcess | None = None,
    ) -> Reply:
        worker = self._hand_over(START, number)
        return await self._exchange(worker, job, seconds, memory_mb, niceness, process)

    async def _exchange(
        self,
        worker: socket.socket,
        job: Job,
        seconds: int,
        memory_mb: int,
        niceness: int,
        process: WorkerProcess | None,
    ) -> Reply:
        """Give the process at the other end of ``worker`` its order, and wait for its reply."""
        order = {"seconds": seconds, "memory_mb": memory_mb, "nice": niceness, "job": job}
        try:
            # When the exchange ends, a worker that still runs is killed by the spawner.
            async with asyncio.timeout(seconds + _GRACE_SECONDS if seconds else None):
                told = await exchange(worker, order, process)
        except ConnectionError as error:
            raise WorkerFailed(
                "The process that answered this query was ended from outside.", str(error)
            ) from error
        except TimeoutError:
            raise self._limits.reached("query_seconds") from None
        if told.outcome == FAILED:
            raise WorkerFailed("The server failed here; its log says why.", told.body.decode())
        if told.outcome == KILLED:
            raise self.killed_by(told.status)
        if told.outcome == LIMITED:
            raise self._limits.reached(told.body.decode())
        return Reply(told.status, told.media_type, told.body)

    def _hand_over(self, command: bytes, number: int, *more: socket.socket) -> socket.socket:
        """Our end of a pair of sockets whose other end a new worker reads."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                descriptors = [each.fileno() for each in (theirs, *more)]
                socket.send_fds(self._control, [COMMAND.pack(command, number)], descriptors)
            except OSError as error:
                ours.close()
                raise WorkerFailed(
                    "The process that answers queries has ended. Start the server again.",
                    f"cannot hand a job to the spawner: {error}",
                ) from error
        ours.setblocking(False)
        return ours

    def _lower(self, number: int) -> None:
        """Let the worker of a job go behind all others."""
        with suppress(OSError):  # the spawner has ended, and the job will tell
            self._control.sendall(COMMAND.pack(LOWER, number))

    def killed_by(self, number: int) -> LimitReached:
        """What is told of a job whose process was ended by a signal at a limit."""
        if number == signal.SIGALRM:
            return self._limits.reached("query_seconds")
        if number == signal.SIGSEGV:
            return LimitReached(
                "The query is nested too deeply for the engine and was ended. "
                "Write it with fewer groups inside one another.",
                status=400,
            )
        return self._limits.reached("query_memory_mb")
