"""What the server and its workers say to one another: a job goes in, a reply comes out."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = [
    "ANSWERED",
    "CHANGE",
    "END",
    "FAILED",
    "JOB",
    "KILLED",
    "LENGTH",
    "PROCESS",
    "REPLY",
    "Job",
    "Reply",
]

Job = Mapping[str, Any]
"""A job: what JSON can hold."""

JOB, CHANGE, END = b"j", b"c", b"e"
"""What the spawner is told: take a job (with its socket), make a successor for one (with two
sockets: of the job, and the one over which the successor is told), end when all is done."""
PROCESS = struct.Struct(">Q")
"""What a successor says when it takes the spawner's place: its process id."""
LENGTH = struct.Struct(">Q")
"""Comes before an order: its bytes."""
REPLY = struct.Struct(">cHHQ")
"""Comes before a reply: outcome, HTTP status, bytes of the media type, bytes of the body."""
ANSWERED, FAILED, KILLED = b"A", b"F", b"K"
"""Outcomes: a reply; a fault whose traceback is the body; the signal in place of the status."""


@dataclass(frozen=True)
class Reply:
    """What a worker answers: an HTTP status, a media type and a body."""

    status: int
    media_type: str
    body: bytes
