"""A server with narrow limits; the one with the limits it comes with stands in ``tests``."""

from __future__ import annotations

import pytest

from tests.running_server import RunningServer, StartServer

__all__ = ["RunningServer", "StartServer"]


@pytest.fixture(scope="session")
def strict_server(start_server: StartServer) -> RunningServer:
    """A server with narrow limits."""
    return start_server(
        FILIERA_QUERY_SECONDS="1",
        FILIERA_QUERY_MEMORY_MB="200",
        FILIERA_RESULT_MB="1",
        FILIERA_QUERY_KB="64",
        FILIERA_WORKERS="2",
        FILIERA_QUEUE_SECONDS="3",
    )
