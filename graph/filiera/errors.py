"""The errors of Filiera, one tree.

FilieraError                 what went wrong, where, and how to mend it
├── UsageError               asked in a way that cannot be answered (exit code 2)
│   ├── UnknownName          no thing of that name; carries the nearest ones
│   ├── AmbiguousName        several things of that name; carries them
│   ├── UnknownQuestion      no such question in the catalogue
│   ├── ParameterError       a question's parameter is missing, unknown or ill-formed
│   └── QueryError           the SPARQL text is malformed or not allowed here
├── DataError                the data has faults (exit code 1)
│   └── FactsError           carries every problem of a data set at once
├── StoreError               a store cannot be opened, read or written
├── OutputError              a file cannot be written where it was asked for
└── MissingPart              what is needed is not installed, or not built
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filiera.facts.problems import Problem

__all__ = [
    "AmbiguousName",
    "DataError",
    "FactsError",
    "FilieraError",
    "MissingPart",
    "OutputError",
    "ParameterError",
    "QueryError",
    "StoreError",
    "UnknownName",
    "UnknownQuestion",
    "UsageError",
]


class FilieraError(Exception):
    """Base of all errors that Filiera raises on purpose.

    The text says what is wrong, where, and how to mend it.
    """

    exit_code = 2

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UsageError(FilieraError):
    """The request itself is wrong."""


class UnknownName(UsageError):
    """No thing bears the name; ``candidates`` holds the nearest names."""

    def __init__(self, message: str, candidates: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


class AmbiguousName(UsageError):
    """Several things bear the name; ``candidates`` holds their ids and labels."""

    def __init__(self, message: str, candidates: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


class UnknownQuestion(UsageError):
    """The catalogue has no question of that name."""


class ParameterError(UsageError):
    """A parameter of a question is missing, unknown or ill-formed."""


class QueryError(UsageError):
    """A SPARQL text is malformed or asks for something that is not allowed.

    ``line`` and ``column`` count from 1 and are 0 where there is no place to point at;
    ``expected`` is what the parser would have taken there.
    """

    def __init__(self, message: str, line: int = 0, column: int = 0, expected: str = "") -> None:
        super().__init__(message)
        self.line = line
        self.column = column
        self.expected = expected


class DataError(FilieraError):
    """The data has faults."""

    exit_code = 1


class FactsError(DataError):
    """A data set has faults; ``problems`` lists all of them."""

    def __init__(self, problems: Sequence[Problem], lang: str = "en") -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.text(lang) for problem in self.problems))


class StoreError(FilieraError):
    """A store cannot be opened, read or written."""


class OutputError(FilieraError):
    """A file or folder cannot be written."""


class MissingPart(FilieraError):
    """An optional package is not installed, or the page is not built."""
