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
import contextlib
import ctypes
import gc
import json
import os
import resource
import select
import signal
import socket
import struct
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filiera.errors import FilieraError
from filiera.server.limits import Limits

__all__ = ["Job", "LimitReached", "Reply", "WorkerFailed", "Workers"]

Job = Mapping[str, Any]

_LENGTH = struct.Struct(">Q")
_REPLY = struct.Struct(">cHHQ")  # outcome, HTTP status, bytes of the media type, bytes of the body
_ANSWERED, _FAILED, _KILLED = b"A", b"F", b"K"
_PR_SET_PDEATHSIG = 1
_GRACE_SECONDS = 5


@dataclass(frozen=True)
class Reply:
    """What a worker answers: an HTTP status, a media type and a body."""

    status: int
    media_type: str
    body: bytes


class LimitReached(FilieraError):
    """A job was ended at a limit; the text names it and its setting, ``status`` suits HTTP."""

    def __init__(self, message: str, status: int = 503) -> None:
        super().__init__(message)
        self.status = status


class WorkerFailed(FilieraError):
    """A worker ended on a fault of its own; ``details`` is for the log."""

    def __init__(self, message: str, details: str) -> None:
        super().__init__(message)
        self.details = details


class Workers:
    """Runs jobs in processes forked from this one.

    ``handle`` turns a job (a mapping that JSON can hold) into a `Reply`; it runs in the worker
    and sees everything that this process had in memory when `Workers` was made, and what
    ``prepare`` has added in the spawner. Make it before any thread and before the event loop:
    making it forks.
    """

    def __init__(
        self,
        handle: Callable[[Job], Reply],
        limits: Limits,
        prepare: Callable[[], None] = lambda: None,
    ) -> None:
        self._limits = limits
        self._places = asyncio.Semaphore(limits.workers)
        self._stopped = False
        self._control, theirs = socket.socketpair()
        self._spawner = os.fork()
        if self._spawner == 0:  # pragma: no cover - the forked process
            self._control.close()
            _spawner_main(theirs, handle, prepare)
        theirs.close()

    def is_alive(self) -> bool:
        """Whether jobs can be run."""
        if self._spawner == 0:
            return False
        if os.waitpid(self._spawner, os.WNOHANG)[0] == 0:
            return True
        self._spawner = 0
        return False

    def stop(self) -> None:
        """End all jobs at once and take no more; safe in a signal handler."""
        self._stopped = True
        self._control.close()

    def close(self) -> None:
        """Stop, and wait until no process is left."""
        self.stop()
        if self.is_alive():
            os.waitpid(self._spawner, 0)
            self._spawner = 0

    async def run(self, job: Job, *, limited: bool = True) -> Reply:
        """Run one job and return its reply.

        ``limited=False`` is for our own work, which keeps no time, no memory and no turn.
        Raises `LimitReached` at a limit and `WorkerFailed` when the worker ends otherwise.
        """
        try:
            return await (self._run_in_turn(job) if limited else self._run(job, 0, 0))
        except (LimitReached, WorkerFailed):
            if self._stopped:
                raise LimitReached("The server is being stopped.") from None
            raise

    async def _run_in_turn(self, job: Job) -> Reply:
        try:
            async with asyncio.timeout(self._limits.queue_seconds):
                await self._places.acquire()
        except TimeoutError:
            raise LimitReached(
                f"{self._limits.workers} queries are running already, and this one waited "
                f"{self._limits.queue_seconds} seconds for its turn "
                f"(settings {Limits.setting('workers')} and {Limits.setting('queue_seconds')}). "
                "Try again in a moment."
            ) from None
        try:
            return await self._run(job, self._limits.query_seconds, self._limits.query_memory_mb)
        finally:
            self._places.release()

    async def _run(self, job: Job, seconds: int, memory_mb: int) -> Reply:
        reader, writer = await asyncio.open_unix_connection(sock=self._hand_over())
        try:
            order = json.dumps({"seconds": seconds, "memory_mb": memory_mb, "job": job}).encode()
            writer.write(_LENGTH.pack(len(order)) + order)
            async with asyncio.timeout(seconds + _GRACE_SECONDS if seconds else None):
                outcome, status, type_length, body_length = _REPLY.unpack(
                    await reader.readexactly(_REPLY.size)
                )
                media_type = (await reader.readexactly(type_length)).decode()
                body = await reader.readexactly(body_length)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise WorkerFailed(
                "The process that answered this query was ended from outside.", str(error)
            ) from error
        except TimeoutError:
            raise self._time_limit() from None
        finally:
            writer.transport.abort()  # a worker that still runs is now killed by the spawner
        if outcome == _FAILED:
            raise WorkerFailed("The server failed here; its log says why.", body.decode())
        if outcome == _KILLED:
            raise self._killed_by(status)
        return Reply(status, media_type, body)

    def _hand_over(self) -> socket.socket:
        """Our end of a pair of sockets whose other end a new worker reads."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._control, [b"j"], [theirs.fileno()])
            except OSError as error:
                ours.close()
                raise WorkerFailed(
                    "The process that answers queries has ended. Start the server again.",
                    f"cannot hand a job to the spawner: {error}",
                ) from error
        ours.setblocking(False)
        return ours

    def _time_limit(self) -> LimitReached:
        return LimitReached(
            f"The query took longer than {self._limits.query_seconds} seconds and was ended. "
            "Ask for less (LIMIT, narrower patterns), or raise the setting "
            f"{Limits.setting('query_seconds')}."
        )

    def _killed_by(self, number: int) -> LimitReached:
        if number == signal.SIGALRM:
            return self._time_limit()
        if number == signal.SIGSEGV:
            return LimitReached(
                "The query is nested too deeply for the engine and was ended. "
                "Write it with fewer groups inside one another.",
                status=400,
            )
        return LimitReached(
            f"The query needed more than {self._limits.query_memory_mb} MiB of memory and was "
            "ended. Ask for less (LIMIT, fewer rows to sort or group), or raise the setting "
            f"{Limits.setting('query_memory_mb')}."
        )


def _spawner_main(
    control: socket.socket, handle: Callable[[Job], Reply], prepare: Callable[[], None]
) -> None:  # pragma: no cover - runs in a forked process
    """Fork a worker for each socket that comes in; never returns."""
    try:
        prepare()
        gc.freeze()  # what is loaded now stays shared: no collection touches it in a worker
        _Spawner(control, handle).run()
    finally:
        os._exit(0)


class _Spawner:  # pragma: no cover - runs in a forked process
    def __init__(self, control: socket.socket, handle: Callable[[Job], Reply]) -> None:
        self._control = control
        self._handle = handle
        self._sockets: dict[int, socket.socket] = {}  # worker's process id -> its socket
        self._poll = select.poll()
        self._ended, self._wake = socket.socketpair()

    def run(self) -> None:
        # An interrupt at the terminal reaches the whole group; the server decides what it means.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        self._wake.setblocking(False)
        signal.set_wakeup_fd(self._wake.fileno(), warn_on_full_buffer=False)
        self._poll.register(self._control, select.POLLIN)
        self._poll.register(self._ended, select.POLLIN)
        while self._step():
            pass
        for pid in self._sockets:
            os.kill(pid, signal.SIGKILL)
        signal.set_wakeup_fd(-1)
        self._reap(0)
        for ours in (self._control, self._ended, self._wake):
            ours.close()

    def _step(self) -> bool:
        """Handle what has happened; false when the server is gone."""
        # Hang-ups come first: reaping and starting close and reuse descriptors.
        happened = {descriptor for descriptor, _ in self._poll.poll()}
        for pid, job in self._sockets.items():
            if job.fileno() in happened:  # nobody wants this worker's reply any more
                self._poll.unregister(job)
                os.kill(pid, signal.SIGKILL)
        if self._ended.fileno() in happened:
            self._ended.recv(4096)
            self._reap(os.WNOHANG)
        if self._control.fileno() in happened:
            message, received, _, _ = socket.recv_fds(self._control, 1, 1)
            if not message:
                return False
            self._start(socket.socket(fileno=received[0]))
        return True

    def _start(self, job: socket.socket) -> None:
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            for inherited in (self._control, self._ended, self._wake, *self._sockets.values()):
                inherited.close()
            _worker_main(job, self._handle)
        self._sockets[pid] = job
        self._poll.register(job, 0)  # no event but the one that is always told: the peer hung up

    def _reap(self, options: int) -> None:
        while self._sockets:
            pid, status = os.waitpid(-1, options)
            if pid == 0:
                return
            job = self._sockets.pop(pid)
            with contextlib.suppress(KeyError):
                self._poll.unregister(job)
            if os.WIFSIGNALED(status):
                job.setblocking(False)
                with contextlib.suppress(OSError):
                    job.send(_REPLY.pack(_KILLED, os.WTERMSIG(status), 0, 0))
            job.close()


def _worker_main(  # pragma: no cover - runs in a forked process
    job_socket: socket.socket, handle: Callable[[Job], Reply]
) -> None:
    """Run one job; never returns."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        _die_with_parent()
        with job_socket.makefile("rb") as stream:
            order = json.loads(stream.read(*_LENGTH.unpack(stream.read(_LENGTH.size))))
        _limit_this_process(order["seconds"], order["memory_mb"])
        try:
            reply = handle(order["job"])
            head = _REPLY.pack(
                _ANSWERED, reply.status, len(reply.media_type.encode()), len(reply.body)
            )
            job_socket.sendall(head + reply.media_type.encode())
            job_socket.sendall(reply.body)
        except MemoryError:
            job_socket.sendall(_REPLY.pack(_KILLED, signal.SIGABRT, 0, 0))
        except Exception:
            details = traceback.format_exc().encode()
            job_socket.sendall(_REPLY.pack(_FAILED, 500, 0, len(details)) + details)
    finally:
        os._exit(0)


def _die_with_parent() -> None:  # pragma: no cover - runs in a forked process
    """On Linux, be killed when the spawner ends, even if that was killed itself."""
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(0)


def _limit_this_process(  # pragma: no cover - runs in a forked process
    seconds: int, memory_mb: int
) -> None:
    """Set the timer and the memory cap of this process; zero sets none."""
    os.nice(5)  # the server goes first
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with Path(os.devnull).open("r+b") as nothing:  # the engine's last words are not for the log
        for descriptor in (0, 1, 2):
            os.dup2(nothing.fileno(), descriptor)
    if seconds:
        signal.setitimer(signal.ITIMER_REAL, seconds)
    memory = Path("/proc/self/statm")
    if memory_mb and memory.exists():
        pages = int(memory.read_text().split()[0])
        cap = pages * resource.getpagesize() + memory_mb * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (cap, cap))
