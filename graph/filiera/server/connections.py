"""Connections that cannot be held for nothing.

uvicorn has a time limit for a connection on which nothing happens between two requests, but none
for a client that sends its head or its body byte by byte, or never takes its answer. So all open
connections are looked at twice a second, and those that are too slow are closed.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import sys
from collections import Counter
from http import HTTPStatus
from time import monotonic
from typing import Any, cast

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from filiera.server.access import AccessLog, Visit
from filiera.server.gate import SECURITY_HEADERS, UNSENT
from filiera.server.lanes import client_of
from filiera.server.limits import SEND_AT_LEAST, LimitReached, Limits

__all__ = ["Connection", "Connections"]

_RESET = struct.pack("ii", 1, 0)
_TEXT = (b"content-type", b"text/plain; charset=utf-8")


class Connections:
    """The connections that are open; called, it makes one more, as uvicorn wants it."""

    def __init__(self, limits: Limits, log: AccessLog | None = None) -> None:
        self.limits = limits
        self.log = log or AccessLog()
        self._open: dict[Connection, None] = {}  # the oldest comes first

    def __call__(self, *args: Any, **options: Any) -> Connection:
        """A protocol for a connection that is about to open."""
        return Connection(self, *args, **options)

    def opened(self, connection: Connection) -> bool:
        """Take in a connection; false when there is no room for it.

        For its sake one is closed of the client that has more open than anybody: one that is not
        being answered, if there is any, else the latest.
        """
        self._open[connection] = None
        if len(self._open) <= self.limits.connections:
            return True
        ((greediest, most),) = Counter(each.who for each in self._open).most_common(1)
        if connection.who == greediest or most == 1:
            return False
        theirs = [each for each in self._open if each.who == greediest]
        spare = next((each for each in theirs if each.is_spare()), theirs[-1])
        spare.refuse(self.limits.reached("connections"))
        return True

    def closed(self, connection: Connection) -> None:
        """Forget a connection."""
        self._open.pop(connection, None)

    def abort(self) -> None:
        """Close all connections at once."""
        for connection in list(self._open):
            connection.transport.abort()

    def sweep(self) -> None:
        """Close the connections that are too slow, or hold more than there is room for."""
        now = monotonic()
        for connection in list(self._open):
            connection.look(now)
        waiting = [each for each in self._open if each.waiting_bytes()]
        room = self.limits.sending_mb * 2**20
        while waiting and sum(each.waiting_bytes() for each in waiting) > room:
            slowest = min(waiting, key=lambda each: each.sending_since)
            waiting.remove(slowest)
            slowest.abandon("sending_mb")


class Connection(H11Protocol):
    """A connection that knows for how long a request or an answer has been on its way."""

    def __init__(self, connections: Connections, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._connections = connections
        self._limits = connections.limits
        self.who = ""
        """The client, as `client_of` counts."""
        self.sending_since = 0.0
        self._receiving_since: float | None = None
        self._checked, self._left = 0.0, 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request, unless too many connections are open."""
        super().connection_made(transport)
        self.who = client_of(self.client[0] if self.client else None)
        self._receiving_since = monotonic()
        if not self._connections.opened(self):
            self.refuse(self._limits.reached("connections"))

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._connections.closed(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; note since when a request is on its way that has not arrived whole."""
        super().data_received(data)
        if self.conn.their_state not in (h11.IDLE, h11.SEND_BODY):
            self._receiving_since = None
        elif self._receiving_since is None:
            self._receiving_since = monotonic()

    def on_response_complete(self) -> None:
        """Wait for the next request; what has come of it already is read by now."""
        if self.conn.their_state is not h11.SEND_BODY:
            self._receiving_since = None
        super().on_response_complete()

    def is_spare(self) -> bool:
        """Whether nothing is lost that the server has worked on: the client is to act now."""
        return self._receiving_since is not None or self._running() is None

    def _running(self) -> RequestResponseCycle | None:
        """The request that is being answered."""
        cycle = cast("RequestResponseCycle | None", self.cycle)
        return cycle if cycle is not None and not cycle.response_complete else None

    def waiting_bytes(self) -> int:
        """Bytes of answers that the client has not taken yet."""
        scope = cast("dict[str, int]", self.scope) if self._running() is not None else {}
        return self.transport.get_write_buffer_size() + scope.get(UNSENT, 0)

    def look(self, now: float) -> None:
        """Close the connection if the client is too slow."""
        since = self._receiving_since
        if since is not None and now - since > self._limits.receive_seconds:
            self.refuse(self._limits.reached("receive_seconds"))
        left = self.waiting_bytes()
        if left == 0 or self._left == 0 or left > self._left:
            if self._left == 0 or left == 0:
                self.sending_since = now
            self._checked, self._left = now, left
        elif now - self._checked > self._limits.send_seconds:
            if self._left - left < SEND_AT_LEAST:
                self.abandon("send_seconds")
            self._checked, self._left = now, left

    def refuse(self, reached: LimitReached) -> None:
        """Tell what limit was reached, where that can still be told, and close."""
        self._receiving_since = None
        self._say(reached.status, str(reached), reached.limit)

    def abandon(self, limit: str) -> None:
        """Close at once, without what the client has not taken."""
        self._connections.log.write(Visit("-", "-", limit=limit))
        self._receiving_since = None
        # Without this the system would keep for the client what it has not taken.
        self.transport.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, _RESET
        )
        self.transport.abort()

    def shutdown(self) -> None:
        """Close when the running answer is sent; at once where the client is to act."""
        if self.transport.is_closing():
            return
        if self._running() is not None and self.is_spare():
            self.refuse(LimitReached("The server is being stopped."))
        else:
            super().shutdown()

    def _unsupported_upgrade_warning(self) -> None:
        """Say nothing in the log: any client can ask for what is not there."""

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, or too long a head."""
        error = sys.exc_info()[1]
        if isinstance(error, h11.RemoteProtocolError) and error.error_status_hint == 431:
            self.refuse(self._limits.reached("header_kb"))
        else:
            self._say(400, "This is not HTTP as RFC 9112 writes it.")

    def _say(self, status: int, text: str, limit: str = "") -> None:
        if self.transport.is_closing():
            return
        body = f"{text}\n".encode()
        self._connections.log.write(Visit("-", "-", status, len(body), limit))
        running = self._running()
        if running is not None:  # the application shall say no more
            running.disconnected = True
            running.message_event.set()
            if running.response_started:
                self.transport.abort()
                return
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.abort()
            return
        headers = [
            _TEXT,
            (b"connection", b"close"),
            (b"content-length", str(len(body)).encode()),
            *((name.encode(), value.encode()) for name, value in SECURITY_HEADERS.items()),
        ]
        for event in (
            h11.Response(status_code=status, headers=headers, reason=HTTPStatus(status).phrase),
            h11.Data(data=body),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()
