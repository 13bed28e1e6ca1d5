"""Spawners that were replaced, and those that are no children of this process."""

from __future__ import annotations

import ctypes
import os
import socket
import sys
import time
from dataclasses import dataclass

__all__ = ["Former", "adopt_orphans", "hung_up", "wait_for"]

_PR_SET_CHILD_SUBREAPER = 36
_PAUSE = 0.01


@dataclass(frozen=True)
class Former:
    """A spawner that finishes its jobs, and ends when they are done or ``control`` closes."""

    pid: int
    control: socket.socket

    def is_gone(self) -> bool:
        """Whether it has ended; then nothing is left of it."""
        if not hung_up(self.control) or not _ended(self.pid):
            return False
        self.control.close()
        return True


def adopt_orphans() -> None:
    """On Linux, be the parent of processes whose parent ends: of a successor, after a while."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)


def hung_up(control: socket.socket) -> bool:
    """Whether nobody is at the other end of a socket any more."""
    try:
        return control.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def wait_for(pid: int) -> None:
    """Wait until a process has ended, be it a child or not."""
    while not _ended(pid):
        time.sleep(_PAUSE)


def _ended(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG)[0] != 0
    except ChildProcessError:  # not a child, not a child yet, or waited for already
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        return False
