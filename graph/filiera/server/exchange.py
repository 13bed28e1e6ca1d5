"""An order to a worker and its reply, over the socket that the two share."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from dataclasses import dataclass
from time import clock_gettime, monotonic
from typing import Any

from filiera.server.messages import LENGTH, REPLY, STARTED

__all__ = ["Told", "WorkerProcess", "exchange"]


class WorkerProcess:
    """The process of a worker, as soon as it has told its ``id``."""

    def __init__(self) -> None:
        self.id = 0
        self._begun = monotonic()

    def used(self) -> float:
        """Seconds of processor that it has used; outside Linux, seconds that have passed."""
        if sys.platform != "linux":
            return monotonic() - self._begun
        if not self.id:
            return 0.0
        try:
            return clock_gettime(~self.id << 3 | 2)  # see clock_getcpuclockid(3)
        except OSError:  # it has just ended, and its reply is on the way
            return 0.0


@dataclass(frozen=True)
class Told:
    """What came back: an outcome of `filiera.server.messages`, and what it brings."""

    outcome: bytes
    status: int
    media_type: str
    body: bytes


async def exchange(
    worker: socket.socket, order: dict[str, Any], process: WorkerProcess | None = None
) -> Told:
    """Send ``order`` over our end of a pair of sockets, and wait for what comes back.

    ``process`` learns which process works on it. The socket is closed in the end, whatever
    happens. Raises ConnectionError when the other end is closed before all has come.
    """
    process = process or WorkerProcess()
    transport, receiver = await asyncio.get_running_loop().create_unix_connection(
        lambda: _Receiver(process), sock=worker
    )
    try:
        text = json.dumps(order).encode()
        transport.write(LENGTH.pack(len(text)) + text)
        return await receiver.told
    finally:
        transport.abort()


class _Receiver(asyncio.BufferedProtocol):
    """Takes in a reply where it is to lie, for it may be large."""

    def __init__(self, process: WorkerProcess) -> None:
        self.told: asyncio.Future[Told] = asyncio.get_running_loop().create_future()
        self._process = process
        self._head: tuple[bytes, int, int, int] | None = None
        self._expect(REPLY.size)

    def get_buffer(self, sizehint: int) -> memoryview:
        """Where the next bytes belong."""
        return memoryview(self._space)[self._filled :]

    def buffer_updated(self, nbytes: int) -> None:
        """Some bytes have come."""
        self._filled += nbytes
        if self._filled < len(self._space):
            return
        if self._head is None:
            head = outcome, _, type_length, body_length = REPLY.unpack(self._space)
            if outcome == STARTED:
                self._process.id = body_length
                self._expect(REPLY.size)
                return
            self._head = head
            self._expect(type_length + body_length)
            if self._space:
                return
        outcome, status, type_length, _ = self._head
        if not self.told.done():
            with memoryview(self._space) as space:
                media_type, body = str(space[:type_length], "utf-8"), bytes(space[type_length:])
            self.told.set_result(Told(outcome, status, media_type, body))
        self._expect(1)  # nothing but the end, for which there must be room, too

    def connection_lost(self, exc: Exception | None) -> None:
        """The other end is closed, or this one."""
        if not self.told.done():
            self.told.set_exception(ConnectionError(f"only a part of a reply came: {exc}"))
            self.told.exception()  # nobody may be waiting any more

    def _expect(self, size: int) -> None:
        self._space, self._filled = bytearray(size), 0
