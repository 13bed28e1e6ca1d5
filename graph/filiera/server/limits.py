"""The limits of the server: one definition, one environment variable and one message each."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from filiera.errors import FilieraError, UsageError

__all__ = ["SEND_AT_LEAST", "LimitReached", "Limits"]

SEND_AT_LEAST = 64 * 1024
"""Bytes of its answer that a client has to take in each stretch of ``send_seconds``."""


class LimitReached(FilieraError):
    """A request was refused or ended at a limit.

    The text names the limit and its setting, ``status`` suits HTTP, and ``limit`` is the name of
    the limit, or empty where no setting helps.
    """

    def __init__(self, message: str, status: int = 503, limit: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.limit = limit


def _limit(default: int, text: str, message: str = "", status: int = 503) -> Any:
    return field(default=default, metadata={"help": text, "message": message, "status": status})


@dataclass(frozen=True)
class Limits:
    """What requests may cost. All are whole numbers above zero.

    Each limit is set by the environment variable that `setting` names, for example
    ``FILIERA_QUERY_SECONDS`` for ``query_seconds``.

    >>> Limits.from_environment({"FILIERA_QUERY_SECONDS": "5"}).query_seconds
    5
    """

    query_seconds: int = _limit(
        30,
        "seconds that one query may run, parsing included",
        "The query took longer than {query_seconds} seconds and was ended. Ask for less (LIMIT, "
        "narrower patterns), or raise the setting {setting}.",
    )
    query_memory_mb: int = _limit(
        1024,
        "MiB that one query may take beside the graph",
        "The query needed more than {query_memory_mb} MiB of memory and was ended. Ask for less "
        "(LIMIT, fewer rows to sort or group), or raise the setting {setting}.",
    )
    result_mb: int = _limit(
        64,
        "MiB that one result may have",
        "The result is larger than {result_mb} MiB. Ask for less (LIMIT, fewer columns), or raise "
        "the setting {setting}.",
    )
    query_kb: int = _limit(
        256,
        "KiB that the text of a query may have",
        "The query is longer than {query_kb} KiB. Shorten it, or raise the setting {setting}.",
        413,
    )
    parameters: int = _limit(
        256,
        "parameters that one address or form may have",
        "More than {parameters} parameters came. Send fewer, or raise the setting {setting}.",
        400,
    )
    body_mb: int = _limit(
        16,
        "MiB that the body of a request may have",
        "The body is longer than {body_mb} MiB. Send less, or raise the setting {setting}.",
        413,
    )
    header_kb: int = _limit(
        32,
        "KiB that the headers of a request may have together",
        "The headers are longer than {header_kb} KiB. Send fewer or shorter ones, or raise the "
        "setting {setting}.",
        431,
    )
    connections: int = _limit(
        512,
        "connections at the same time",
        "{connections} connections are open already. Try again in a moment, or raise the setting "
        "{setting}.",
    )
    idle_seconds: int = _limit(5, "seconds that a connection is kept open between two requests")
    receive_seconds: int = _limit(
        20,
        "seconds in which a request has to arrive, head and body",
        "The request did not arrive within {receive_seconds} seconds. Send it faster, or raise "
        "the setting {setting}.",
        408,
    )
    send_seconds: int = _limit(
        20,
        "seconds in which a client has to take 64 KiB of its answer, or the rest of it",
        "The client took less than 64 KiB of its answer in {send_seconds} seconds (setting "
        "{setting}).",
        499,
    )
    sending_mb: int = _limit(
        512,
        "MiB of answers that clients have not taken yet, all together",
        "Answers of more than {sending_mb} MiB were waiting for slow clients (setting {setting}).",
        499,
    )
    quick_ms: int = _limit(
        100,
        "milliseconds of processor that a query may use before it needs a place in the heavy lane",
    )
    quick_workers: int = _limit(4, "queries that run in the quick lane at the same time")
    workers: int = _limit(4, "queries that run in the heavy lane at the same time")
    queue_seconds: int = _limit(
        10,
        "seconds that a query may wait for its turn",
        "The query waited {queue_seconds} seconds for its turn while others ran. Try again in a "
        "moment, or raise the settings FILIERA_WORKERS and {setting}.",
    )
    queue: int = _limit(
        256,
        "queries that may wait for their turn, all together",
        "{queue} queries are waiting for their turn already. Ask one after the other, or raise "
        "the setting {setting}.",
    )
    map_things: int = _limit(
        5000, "things up to which the map holds all facts, not fetching each card"
    )

    @staticmethod
    def setting(name: str) -> str:
        """Environment variable that sets the limit ``name``."""
        return f"FILIERA_{name.upper()}"

    def message(self, name: str) -> str:
        """What is told when the limit ``name`` is reached; empty where nothing is refused."""
        (limit,) = (limit for limit in fields(self) if limit.name == name)
        message: str = limit.metadata["message"]
        return message.format(setting=self.setting(name), **asdict(self))

    def reached(self, name: str) -> LimitReached:
        """The error that tells that the limit ``name`` is reached."""
        (limit,) = (limit for limit in fields(self) if limit.name == name)
        return LimitReached(self.message(name), limit.metadata["status"], name)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Limits:
        """Limits with the values that the environment sets.

        Raises `UsageError` when a value is no whole number above zero.
        """
        values = os.environ if environment is None else environment
        given: dict[str, int] = {}
        for limit in fields(cls):
            text = values.get(cls.setting(limit.name))
            if text is None:
                continue
            if not text.isascii() or not text.isdigit() or int(text) == 0:
                raise UsageError(
                    f"{cls.setting(limit.name)} is {text!r}; it takes a whole number above zero: "
                    f"{limit.metadata['help']}."
                )
            given[limit.name] = int(text)
        return cls(**given)
