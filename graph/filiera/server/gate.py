"""The gate before the application: what every request and every answer goes through.

It refuses what is too long or can be read in two ways, adds the headers that every answer has,
and tells the access log. Errors that the application does not know of are answered here, too.
"""

from __future__ import annotations

import logging

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from filiera.server.access import CLIENT_LEFT, AccessLog, Visit
from filiera.server.lanes import client_of
from filiera.server.limits import LimitReached, Limits

__all__ = ["SECURITY_HEADERS", "UNSENT", "Gate"]

SECURITY_HEADERS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
"""What every answer has, unless it sets its own."""

UNSENT = "filiera.unsent"
"""Where the scope of a request holds how many bytes of its answer are not handed over yet."""
_PIECE = 256 * 1024

_log = logging.getLogger(__name__)


class Gate:
    """An application that lets through to ``app`` what keeps within ``limits``."""

    def __init__(self, app: ASGIApp, limits: Limits, log: AccessLog | None = None) -> None:
        self._app = app
        self._limits = limits
        self._access = log or AccessLog()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        visit = Visit(scope["method"], scope["path"])
        visit.turn.client = client_of(scope["client"][0] if scope.get("client") else None)
        scope["filiera.turn"] = visit.turn
        started = False

        async def told(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                visit.status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            elif message["type"] == "http.response.body" and visit.method != "HEAD":
                visit.bytes += len(message.get("body", b""))
                await _send_in_pieces(message, scope, send)
                return
            await send(message)

        body = _Body(receive, self._limits)
        try:
            try:
                self._check(scope)
                await self._app(scope, body.receive, told)
            except LimitReached as reached:
                visit.limit = reached.limit
                answer = PlainTextResponse(f"{reached}\n", reached.status)
                await answer(scope, receive, told)
            except _TwoLengths as refused:  # what else comes on this connection is not trusted
                answer = PlainTextResponse(f"{refused}\n", 400, {"connection": "close"})
                await answer(scope, receive, told)
            except ClientDisconnect:
                visit.status = CLIENT_LEFT
            except Exception:  # the application has answered already, if it still could
                _log.exception("%s %s", visit.method, visit.path)
                if not started:
                    answer = PlainTextResponse("The server failed here; its log says why.\n", 500)
                    await answer(scope, receive, told)
        finally:
            self._access.write(visit)

    def _check(self, scope: Scope) -> None:
        """Refuse a head that is too long, or one that two servers may read in two ways."""
        size = sum(len(name) + len(value) + 4 for name, value in scope["headers"])
        if size > self._limits.header_kb * 1024:
            raise self._limits.reached("header_kb")
        headers = Headers(scope=scope)
        if "transfer-encoding" in headers and "content-length" in headers:
            raise _TwoLengths(
                "The request has a Content-Length and a Transfer-Encoding. Send one of them."
            )
        if scope["query_string"].count(b"&") >= self._limits.parameters:
            raise self._limits.reached("parameters")
        if int(headers.get("content-length", 0)) > self._limits.body_mb * 2**20:
            raise self._limits.reached("body_mb")


async def _send_in_pieces(message: Message, scope: Scope, send: Send) -> None:
    """Send a body piece by piece, as the client takes it; so a large one is not held twice.

    What is still to be sent is noted where the connection looks for it.
    """
    body, more = message.get("body", b""), message.get("more_body", False)
    begin = 0
    while len(body) - begin > _PIECE:
        scope[UNSENT] = len(body) - begin - _PIECE
        await send({**message, "body": body[begin : begin + _PIECE], "more_body": True})
        begin += _PIECE
    scope[UNSENT] = 0
    await send({**message, "body": body[begin:], "more_body": more})


class _TwoLengths(Exception):
    pass


class _Body:
    """Counts the body of a request that does not say how long it is."""

    def __init__(self, receive: Receive, limits: Limits) -> None:
        self._receive = receive
        self._limits = limits
        self._size = 0

    async def receive(self) -> Message:
        """The next message; `LimitReached` when the body is too long."""
        message = await self._receive()
        self._size += len(message.get("body", b""))
        if self._size > self._limits.body_mb * 2**20:
            raise self._limits.reached("body_mb")
        return message
