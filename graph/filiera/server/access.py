"""The access log: one line of JSON a request, without what was asked unless that is wanted."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import BinaryIO

from filiera.errors import OutputError
from filiera.server.lanes import Turn

__all__ = ["CLIENT_LEFT", "AccessLog", "Visit", "opened_log"]

CLIENT_LEFT = 499
"""Status in the log of a request whose client left before its answer."""
_LONGEST = 2000
"""Characters of a path or of what was asked that are written."""


@dataclass
class Visit:
    """One request, as the log tells of it."""

    method: str
    path: str
    status: int = CLIENT_LEFT
    bytes: int = 0
    limit: str = ""
    turn: Turn = field(default_factory=Turn)
    begun: float = field(default_factory=perf_counter)


class AccessLog:
    """Writes a line for each request to ``stream``; without one it writes nothing.

    Give it one without a buffer, so that what cannot be written is not kept.

    Each line is an object: ``time`` (UTC, ISO 8601), ``method``, ``path`` (without what follows
    the question mark), ``status``, ``bytes`` of the body, ``seconds``, ``lane`` (``quick``,
    ``heavy`` or null) and ``limit`` (the name of the limit that was reached, or null). With
    ``contents`` it has ``asked``, too: the query, or the question with its parameters.
    """

    def __init__(self, stream: BinaryIO | None = None, *, contents: bool = False) -> None:
        self._stream = stream
        self._contents = contents

    def write(self, visit: Visit) -> None:
        """Tell of a request that is over."""
        if self._stream is None:
            return
        line: dict[str, object] = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "method": visit.method[:_LONGEST],
            "path": visit.path[:_LONGEST],
            "status": visit.status,
            "bytes": visit.bytes,
            "seconds": round(perf_counter() - visit.begun, 3),
            "lane": visit.turn.lane or None,
            "limit": visit.limit or visit.turn.limit or None,
        }
        if self._contents:
            asked = {key: value for key, value in visit.turn.job.items() if value}
            line["asked"] = json.dumps(asked)[:_LONGEST] if asked else None
        with suppress(OSError):  # a full disk is no reason to serve nobody
            self._stream.write(f"{json.dumps(line)}\n".encode())


@contextmanager
def opened_log(place: str | None, *, contents: bool = False) -> Iterator[AccessLog]:
    """The access log at ``place``: a file to append to, ``-`` for stderr, ``None`` for none.

    Raises `OutputError` when the file cannot be written.
    """
    if place is None:
        yield AccessLog()
        return
    try:
        stream = (
            open(sys.stderr.fileno(), "wb", buffering=0, closefd=False)  # noqa: SIM115 - below
            if place == "-"
            else Path(place).open("ab", buffering=0)  # noqa: SIM115 - below
        )
    except OSError as error:
        raise OutputError(
            f"The access log {place} cannot be written ({error.strerror}). "
            "Give --access-log another file, or - for stderr."
        ) from error
    with stream:
        yield AccessLog(stream, contents=contents)
