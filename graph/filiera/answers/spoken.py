"""Answers that know their language, so that a notebook shows them as people read them."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeVar

__all__ = ["Spoken", "spoken"]

_HEADING = re.compile(r"^#{1,4}(?= )", re.MULTILINE)
_MARKUP = re.compile(r"(?<!\\)<(?!https?://)")


@dataclass(frozen=True)
class Spoken(ABC):
    """Base of the answers that are told in sentences.

    ``lang`` is the language in which the answer shows itself; it is no part of what the answer
    says, and two that differ in nothing else are equal.
    """

    lang: str = field(default="en", kw_only=True, compare=False)

    def __init_subclass__(cls) -> None:
        # IPython takes the first class that tells how it prints; a dataclass has its own __repr__.
        cls._repr_pretty_ = Spoken._repr_pretty_  # type: ignore[method-assign]

    @abstractmethod
    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""

    @abstractmethod
    def markdown(self, lang: str) -> str:
        """What people read."""

    def _repr_markdown_(self) -> str:
        """What a notebook shows: headings two levels lower, below those of the notebook.

        Names come from data, so nothing in them counts as HTML.
        """
        text = _MARKUP.sub("&lt;", self.markdown(self.lang))
        return _HEADING.sub(lambda match: f"##{match[0]}", text)

    def _repr_pretty_(self, printer: Printer, cycle: bool) -> None:
        """What IPython shows in a terminal."""
        printer.text(self.markdown(self.lang).rstrip())


class Printer(Protocol):
    """What IPython hands to an object that prints itself."""

    def text(self, text: str) -> None:
        """Print a text."""


AnySpoken = TypeVar("AnySpoken", bound=Spoken)


def spoken(answer: AnySpoken, lang: str) -> AnySpoken:
    """The same answer, showing itself in ``lang``."""
    return replace(answer, lang=lang)
