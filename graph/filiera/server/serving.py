"""From an ecosystem to a server that listens, until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import resource
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable, Iterator
from types import FrameType

import uvicorn

from filiera.ecosystem import Ecosystem
from filiera.errors import UsageError
from filiera.server.access import opened_log
from filiera.server.app import create_app
from filiera.server.connections import Connections
from filiera.server.gate import Gate
from filiera.server.limits import Limits
from filiera.server.workers import Workers
from filiera.server.write_access import WriteAccess

__all__ = ["browser_address", "listen", "serve"]

_STOP_SECONDS = 2
_WAITING_CONNECTIONS = 2048
_OTHER_FILES = 256
_SWEEP_TICKS = 5
"""Tenths of a second from one look at all connections to the next."""


def serve(
    ecosystem: Ecosystem,
    host: str = "127.0.0.1",
    port: int = 8000,
    open_browser: bool = False,
    *,
    announce: Callable[[str], None] = lambda address: None,
    limits: Limits | None = None,
    access_log: str | None = None,
    log_queries: bool = False,
    writing: WriteAccess | None = None,
) -> None:
    """Serve ``ecosystem`` until an interrupt or a termination signal; for the main thread.

    ``port`` 0 takes a free one. ``announce`` is called once with the address, as soon as
    connections are taken. ``access_log`` is a file, or ``-`` for stderr, that gets a line for
    each request, with ``log_queries`` with what was asked. Raises `UsageError` when the address
    cannot be had, `OutputError` when the log cannot be written. ``writing`` with a token lets
    the graph be changed by whoever has that.
    """
    limits = limits or Limits.from_environment()
    # This forks: nothing is open or running yet.
    app = create_app(ecosystem, host=host, limits=limits, writing=writing)
    with (
        contextlib.closing(app.state.server) as served,
        listen(host, port) as listener,
        opened_log(access_log, contents=log_queries) as log,
    ):
        address = browser_address(host, listener.getsockname()[1])
        connections = Connections(limits, log)
        config = uvicorn.Config(
            Gate(app, limits, log),
            http=connections,  # type: ignore[arg-type]  # called as a protocol class is
            ws="none",
            log_level="warning",
            access_log=False,
            server_header=False,
            # A query may come in the address, where a byte may be written as three characters.
            h11_max_incomplete_event_size=(3 * limits.query_kb + limits.header_kb) * 1024,
            timeout_keep_alive=limits.idle_seconds,
            timeout_graceful_shutdown=_STOP_SECONDS,
        )
        logging.getLogger("uvicorn.error").addFilter(_worth_telling)
        server = _Server(config, served.workers, connections)
        _allow_files(limits.connections + _OTHER_FILES)
        announce(address)
        if open_browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        with _ended_by_signals():
            server.run(sockets=[listener])


class _Server(uvicorn.Server):
    """A server that closes slow connections, and gives up running queries when it is to stop."""

    def __init__(self, config: uvicorn.Config, workers: Workers, connections: Connections) -> None:
        super().__init__(config)
        self._workers = workers
        self._connections = connections

    async def on_tick(self, counter: int) -> bool:
        """Called ten times a second."""
        if counter % _SWEEP_TICKS == 0:
            self._connections.sweep()
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Wait for running answers, but not for clients that never take theirs."""
        end = asyncio.get_running_loop().call_later(_STOP_SECONDS - 0.5, self._connections.abort)
        await super().shutdown(sockets)
        end.cancel()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take a signal to stop."""
        self._workers.stop()
        super().handle_exit(sig, frame)


def _worth_telling(record: logging.LogRecord) -> bool:
    """Leave out what any client can provoke; the access log tells of it."""
    return record.msg != "Invalid HTTP request received."


def _allow_files(count: int) -> None:
    """Let this process open as many files and connections, where the system permits it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count if hard == resource.RLIM_INFINITY else min(count, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections at an address; `UsageError` when it cannot be had."""
    if not 0 <= port <= 65535:
        raise UsageError(f"Port {port} is not between 0 and 65535. Give another --port.")
    try:
        family, *_, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise UsageError(
            f"There is no host {host!r} ({error.strerror}). Give --host a name or an address of "
            "this machine, for example 127.0.0.1."
        ) from error
    try:
        return socket.create_server(address, family=family, backlog=_WAITING_CONNECTIONS)
    except OSError as error:
        if error.errno == errno.EADDRNOTAVAIL:
            raise UsageError(
                f"{host} is not an address of this machine. Give --host one that is, for example "
                "127.0.0.1."
            ) from error
        reasons = {
            errno.EADDRINUSE: "is already in use by another program",
            errno.EACCES: "may not be used by this user",
        }
        reason = reasons.get(error.errno or 0, f"cannot be used ({error.strerror})")
        raise UsageError(
            f"Port {port} on {host} {reason}. Give another one: --port {_another(port)}."
        ) from error


def _another(port: int) -> int:
    return port + 1 if 1024 <= port < 65535 else 8001


def browser_address(host: str, port: int) -> str:
    """Address at which a browser on this machine finds the server.

    >>> browser_address("0.0.0.0", 8000)
    'http://127.0.0.1:8000/'
    """
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}/"


@contextlib.contextmanager
def _ended_by_signals() -> Iterator[None]:
    """An interrupt or a termination signal is a wish to stop, not a failure.

    uvicorn shuts down at the signal and then raises it once more for whoever ran before.
    """
    previous = {
        number: signal.signal(number, lambda received, frame: None)
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
