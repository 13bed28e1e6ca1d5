"""What the server and its workers say to one another: a job goes in, a reply comes out."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["ANSWERED", "FAILED", "KILLED", "LENGTH", "REPLY", "Job", "Reply"]

Job = Mapping[str, Any]
"""A job: what JSON can hold."""

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
