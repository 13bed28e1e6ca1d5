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

import contextlib
import functools
import inspect
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from filiera.languages import LANGUAGES
from filiera.texts import Text

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
    "in_own_language",
    "speaking",
]

_Class = TypeVar("_Class", bound=type)


class FilieraError(Exception):
    """Base of all errors that Filiera raises on purpose.

    The text says what is wrong, where, and how to mend it, in Italian and in English. A plain
    string is the same in both: for what only the words of another program can tell. ``lang`` is
    the language of ``str(error)``: English, or that of the ecosystem whose method raised it.
    """

    exit_code = 2
    lang = "en"

    def __init__(self, message: Text | str) -> None:
        super().__init__(message)
        self.said = message if isinstance(message, Text) else Text.same(message)

    def __str__(self) -> str:
        return self.said(self.lang)

    @property
    def message(self) -> str:
        """The text in English."""
        return self.said.en

    def text(self, lang: str) -> str:
        """The text in ``it`` or ``en``.

        >>> UsageError(Text("la data manca", "the date is missing")).text("it")
        'la data manca'
        """
        return self.said(lang)

    def about(self, place: str) -> None:
        """Put in front of the text what it is about, such as the name of a parameter."""
        self.said = Text(f"{place}: {self.said.it}", f"{place}: {self.said.en}")


class UsageError(FilieraError):
    """The request itself is wrong."""


class UnknownName(UsageError):
    """No thing bears the name; ``candidates`` holds the nearest names."""

    def __init__(self, message: Text | str, candidates: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


class AmbiguousName(UsageError):
    """Several things bear the name; ``candidates`` holds their ids and labels."""

    def __init__(self, message: Text | str, candidates: Sequence[str] = ()) -> None:
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

    def __init__(
        self, message: Text | str, line: int = 0, column: int = 0, expected: str = ""
    ) -> None:
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
        it, en = ("\n".join(problem.text(lang) for problem in self.problems) for lang in LANGUAGES)
        super().__init__(Text(it, en))
        self.lang = lang


class StoreError(FilieraError):
    """A store cannot be opened, read or written."""


class OutputError(FilieraError):
    """A file or folder cannot be written."""


class MissingPart(FilieraError):
    """An optional package is not installed, or the page is not built."""


@contextlib.contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Errors that leave the block speak a language."""
    try:
        yield
    except FilieraError as error:
        error.lang = lang
        raise


def in_own_language(speaker: _Class) -> _Class:
    """Class decorator: errors that leave public methods speak the ``lang`` of the object.

    A method that takes ``lang`` itself has its errors speak that.
    """
    for name, method in list(vars(speaker).items()):
        if inspect.isfunction(method) and not name.startswith("_"):
            setattr(speaker, name, _speaking(method))
    return speaker


def _speaking(method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def told(self: Any, *args: Any, **named: Any) -> Any:
        try:
            return method(self, *args, **named)
        except FilieraError as error:
            given = inspect.signature(method).bind(self, *args, **named).arguments
            error.lang = given.get("lang") or self.lang
            raise

    return told
