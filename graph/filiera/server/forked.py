"""The forked side of the workers: the spawner, and the workers that it forks.

The spawner has one thread and does nothing but fork a worker for each socket that the server
hands over, kill those whose socket the server has closed, and tell of those that were killed.
A worker reads one order from its socket, does the job, writes the reply and ends. A *successor*
is a worker that changes the graph, and when it has done so is the spawner from then on.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import resource
import select
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from filiera.server.limits import LimitReached
from filiera.server.messages import (
    ANSWERED,
    CHANGE,
    COMMAND,
    END,
    FAILED,
    KILLED,
    LENGTH,
    LIMITED,
    LOWER,
    REPLY,
    START,
    STARTED,
    Job,
    Reply,
)

__all__ = ["HEAVY_NICENESS", "REFUSED", "die_with_parent", "limit_this_process", "spawner_main"]

_PR_SET_PDEATHSIG = 1
REFUSED = 300
"""Status from which a reply says that nothing was changed."""
HEAVY_NICENESS = 7
"""Of a worker in the heavy lane: those in the quick lane and the server go first, but other
programs of the machine do not keep it waiting for ever."""


_Handle = Callable[[Job], Reply]


def spawner_main(
    control: socket.socket,
    handle: _Handle,
    prepare: Callable[[], None],
    change: _Handle | None = None,
) -> None:  # pragma: no cover - runs in a forked process
    """Fork a worker for each socket that comes in; never returns."""
    try:
        prepare()
        gc.freeze()  # what is loaded now stays shared: no collection touches it in a worker
        _Spawner(control, handle, change).run()
    finally:
        os._exit(0)


class _Spawner:  # pragma: no cover - runs in a forked process
    def __init__(self, control: socket.socket, handle: _Handle, change: _Handle | None) -> None:
        self._control = control
        self._handle = handle
        self._change = change
        self._successor = 0
        self._ending = False
        self._sockets: dict[int, socket.socket] = {}  # worker's process id -> its socket
        self._numbers: dict[int, int] = {}  # number of a job -> its worker's process id
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
        while self._step() and not (self._ending and not self._sockets):
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
            message, received, _, _ = socket.recv_fds(self._control, COMMAND.size, 2)
            if not message:
                return False
            command, number = COMMAND.unpack(message)
            sockets = [socket.socket(fileno=descriptor) for descriptor in received]
            if command == START:
                self._start(number, *sockets)
            elif command == CHANGE:
                self._start_successor(*sockets)
            elif command == END:
                done = self._sockets.pop(self._successor, None)
                if done is not None:
                    done.close()
                self._ending = True
            elif command == LOWER and number in self._numbers:
                with contextlib.suppress(OSError):  # it has ended
                    low = min(19, os.getpriority(os.PRIO_PROCESS, 0) + HEAVY_NICENESS)
                    os.setpriority(os.PRIO_PROCESS, self._numbers[number], low)
        return True

    def _start(self, number: int, job: socket.socket) -> None:
        pid = os.fork()
        if pid == 0:
            self._close_inherited()
            _worker_main(job, self._handle)
        self._sockets[pid] = job
        self._numbers[number] = pid
        self._poll.register(job, 0)  # no event but the one that is always told: the peer hung up

    def _start_successor(self, job: socket.socket, control: socket.socket) -> None:
        pid = os.fork()
        if pid == 0:
            self._close_inherited()
            assert self._change is not None
            _successor_main(job, control, self._handle, self._change)
        control.close()
        # Nobody kills it for hanging up: what is written is written, whoever waits for it.
        self._sockets[pid] = job
        self._successor = pid

    def _close_inherited(self) -> None:
        signal.set_wakeup_fd(-1)
        for inherited in (self._control, self._ended, self._wake, *self._sockets.values()):
            inherited.close()

    def _reap(self, options: int) -> None:
        while self._sockets:
            pid, status = os.waitpid(-1, options)
            if pid == 0:
                return
            job = self._sockets.pop(pid, None)
            if job is None:  # a successor that has ended before this process
                continue
            self._numbers = {number: of for number, of in self._numbers.items() if of != pid}
            with contextlib.suppress(KeyError):
                self._poll.unregister(job)
            if os.WIFSIGNALED(status):
                job.setblocking(False)
                with contextlib.suppress(OSError):
                    job.send(REPLY.pack(KILLED, os.WTERMSIG(status), 0, 0))
            job.close()


def _worker_main(  # pragma: no cover - runs in a forked process
    job_socket: socket.socket, handle: _Handle
) -> None:
    """Run one job; never returns."""
    try:
        order = _order(job_socket)
        os.nice(order["nice"])
        with _faults_told(job_socket):
            _send(job_socket, handle(order["job"]))
    finally:
        os._exit(0)


def _successor_main(  # pragma: no cover - runs in a forked process
    job_socket: socket.socket, control: socket.socket, handle: _Handle, change: _Handle
) -> None:
    """Run one job that changes the graph, and be the spawner if it did; never returns.

    It keeps its priority, since those that it forks later go behind it.
    """
    try:
        order = _order(job_socket)
        with _faults_told(job_socket):
            reply = change(order["job"])
            if reply.status >= REFUSED:
                _send(job_socket, reply)
                return
            _lift_limits()
            gc.collect()
            gc.freeze()
            _send(job_socket, reply)
            job_socket.close()
            _Spawner(control, handle, change).run()
    finally:
        os._exit(0)


def _order(job_socket: socket.socket) -> dict[str, Any]:  # pragma: no cover - forked
    """Read the order for this process, and set its limits."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    die_with_parent()
    job_socket.sendall(REPLY.pack(STARTED, 0, 0, os.getpid()))
    with job_socket.makefile("rb") as stream:
        order: dict[str, Any] = json.loads(stream.read(*LENGTH.unpack(stream.read(LENGTH.size))))
    with Path(os.devnull).open("r+b") as nothing:  # the engine's last words are not for the log
        for descriptor in (0, 1, 2):
            os.dup2(nothing.fileno(), descriptor)
    limit_this_process(order["seconds"], order["memory_mb"])
    return order


@contextlib.contextmanager
def _faults_told(job_socket: socket.socket) -> Iterator[None]:  # pragma: no cover - forked
    """A fault within becomes the reply."""
    try:
        yield
    except LimitReached as reached:
        name = reached.limit.encode()
        job_socket.sendall(REPLY.pack(LIMITED, reached.status, 0, len(name)) + name)
    except MemoryError:
        job_socket.sendall(REPLY.pack(KILLED, signal.SIGABRT, 0, 0))
    except Exception:
        details = traceback.format_exc().encode()
        job_socket.sendall(REPLY.pack(FAILED, 500, 0, len(details)) + details)


def _send(job_socket: socket.socket, reply: Reply) -> None:  # pragma: no cover - forked
    media_type = reply.media_type.encode()
    head = REPLY.pack(ANSWERED, reply.status, len(media_type), len(reply.body))
    job_socket.sendall(head + media_type)
    job_socket.sendall(reply.body)


def die_with_parent() -> None:  # pragma: no cover - runs in a forked process
    """On Linux, be killed when the spawner ends, even if that was killed itself."""
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(0)


def limit_this_process(  # pragma: no cover - runs in a forked process
    seconds: int, memory_mb: int
) -> None:
    """Set the timer and the memory cap of this process; zero sets none."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if seconds:
        signal.setitimer(signal.ITIMER_REAL, seconds)
    memory = Path("/proc/self/statm")
    if memory_mb and memory.exists():
        pages = int(memory.read_text().split()[0])
        cap = pages * resource.getpagesize() + memory_mb * 2**20
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (cap, most))


def _lift_limits() -> None:  # pragma: no cover - runs in a forked process
    """Let this process live on without limits, and without its parent."""
    signal.setitimer(signal.ITIMER_REAL, 0)
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, 0)
