"""The limits of the server: one definition, one environment variable each."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from filiera.errors import UsageError

__all__ = ["Limits"]


@dataclass(frozen=True)
class Limits:
    """What one request may cost. All are whole numbers above zero.

    Each limit is set by the environment variable that `setting` names, for example
    ``FILIERA_QUERY_SECONDS`` for ``query_seconds``.

    >>> Limits.from_environment({"FILIERA_QUERY_SECONDS": "5"}).query_seconds
    5
    """

    query_seconds: int = field(
        default=30,
        metadata={"help": "seconds that one query may run, parsing included"},
    )
    query_memory_mb: int = field(
        default=1024, metadata={"help": "MiB that one query may take beside the graph"}
    )
    result_mb: int = field(default=64, metadata={"help": "MiB that one result may have"})
    query_kb: int = field(default=256, metadata={"help": "KiB that the text of a query may have"})
    workers: int = field(default=4, metadata={"help": "queries that run at the same time"})
    queue_seconds: int = field(
        default=10, metadata={"help": "seconds that a query may wait for its turn"}
    )
    map_things: int = field(
        default=5000,
        metadata={"help": "things up to which the map holds all facts, not fetching each card"},
    )
    map_at_once: int = field(
        default=20_000,
        metadata={"help": "things up to which the map opens on all, not on communities"},
    )

    @staticmethod
    def setting(name: str) -> str:
        """Environment variable that sets the limit ``name``."""
        return f"FILIERA_{name.upper()}"

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
