"""Real triple stores that the tests start on loopback and end: Oxigraph and Virtuoso."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

__all__ = ["VIRTUOSO_CREDENTIALS", "free_port", "oxigraph_server", "virtuoso_server"]

VIRTUOSO_CREDENTIALS = {"FILIERA_STORE_USER": "dba", "FILIERA_STORE_PASSWORD": "dba"}
"""User and password with which a new Virtuoso starts."""

_PATIENCE = 60
_VIRTUOSO = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
CheckpointInterval = 0
CaseMode = 2
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
DefaultHost = 127.0.0.1
ThreadsPerQuery = 1
TransactionAfterImageLimit = {log}
AsyncQueueMaxThreads = 1
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 10
MaxClientConnections = 10
[SPARQL]
ResultSetMaxRows = 10000
MaxQueryExecutionTime = 60
"""
"""As the package comes, but for the ports: also with its limit of 10,000 rows an answer."""
_LOG = 50_000_000
"""Bytes that a transaction may write, as the package comes."""


def free_port() -> int:
    """A port of loopback that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


@contextmanager
def oxigraph_server(*options: str) -> Iterator[str]:
    """An Oxigraph server, in memory unless ``--location``; gives the address of its queries."""
    program = shutil.which("oxigraph") or Path(sysconfig.get_path("scripts")) / "oxigraph"
    port = free_port()
    started = subprocess.Popen(
        [program, "serve", "--bind", f"127.0.0.1:{port}", *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}/query"
        _wait_for(address, started)
        yield address
    finally:
        started.kill()
        started.wait()


@contextmanager
def virtuoso_server(folder: Path, buffers: int = 10_000, log: int = _LOG) -> Iterator[str]:
    """A Virtuoso with an empty database in a folder; gives the address of its queries.

    ``buffers`` are pages of 8 KiB, ``log`` is what one transaction may write, in bytes.
    """
    program = shutil.which(os.environ.get("FILIERA_VIRTUOSO", "virtuoso-t"))
    assert program, "Virtuoso is not there; tools/set-up.sh test installs it"
    folder.mkdir(parents=True, exist_ok=True)
    http = free_port()
    settings = _VIRTUOSO.format(
        sql=free_port(), http=http, buffers=buffers, dirty=buffers * 3 // 4, log=log
    )
    (folder / "virtuoso.ini").write_text(settings)
    started = subprocess.Popen(
        [program, "+foreground", "+configfile", "virtuoso.ini"],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{http}/sparql"
        _wait_for(address, started)
        yield address
    finally:
        started.kill()  # what is in the database is not needed any more
        started.wait()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            httpx.get(address, params={"query": "ASK { }"}, timeout=10).raise_for_status()
        except httpx.HTTPError:
            assert server.poll() is None, "the server has ended"
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.05)
        else:
            return
