"""What the server and its workers say to one another: a job goes in, a reply comes out."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = [
    "ANSWERED",
    "CHANGE",
    "COMMAND",
    "END",
    "FAILED",
    "KILLED",
    "LENGTH",
    "LIMITED",
    "LOWER",
    "REPLY",
    "START",
    "STARTED",
    "Job",
    "Reply",
]

Job = Mapping[str, Any]
"""A job: what JSON can hold."""

COMMAND = struct.Struct(">cQ")
"""What the spawner is told: a command and the number of the job it is about."""
START, LOWER = b"S", b"L"
"""Commands: fork a worker for the socket that comes along; let a worker go behind all others."""
CHANGE, END = b"C", b"E"
"""Commands: fork a successor for the socket of its job and for that over which it is told from
then on, which come along; leave all to the successor, and end when what runs is done."""

LENGTH = struct.Struct(">Q")
"""Comes before an order: its bytes."""
REPLY = struct.Struct(">cHHQ")
"""Comes before a reply: outcome, HTTP status, bytes of the media type, bytes of the body."""
STARTED, ANSWERED, FAILED, KILLED, LIMITED = b"S", b"A", b"F", b"K", b"L"
"""Outcomes: none yet, the process id stands in place of the bytes of the body; a reply; a fault
whose traceback is the body; the signal in place of the status; a limit whose name is the body."""


@dataclass(frozen=True)
class Reply:
    """What a worker answers: an HTTP status, a media type and a body."""

    status: int
    media_type: str
    body: bytes
