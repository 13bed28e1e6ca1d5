"""What the page names by a number: texts, titles of groups and sources, each once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from filiera.answers.cards import SourceRef
from filiera.answers.evidence import Evidence
from filiera.answers.spans import Span
from filiera.texts import NOTHING, Text

__all__ = ["Refs", "both", "day_number", "span_data", "when_all"]

_EPOCH = date(1970, 1, 1).toordinal()


class _TextNumber(int):
    """Number of a text before all are known and sorted."""


_NOT_PLAIN = frozenset((_TextNumber, dict, list))


class Refs:
    """Numbers of texts, titles and sources.

    Sources and titles are in the order in which they are first named. Texts are sorted in the
    end, since texts that are alike compress far better side by side.
    """

    def __init__(self) -> None:
        self._texts: dict[Text, _TextNumber] = {}
        self._titles: dict[Text, int] = {}
        self._sources: dict[SourceRef, int] = {}

    def text(self, text: Text) -> int:
        """The number of a text, until `settled` gives the last one."""
        return self._texts.setdefault(text, _TextNumber(len(self._texts)))

    def title(self, text: Text) -> int:
        """The number of the title of a group of statements."""
        return self._titles.setdefault(text, len(self._titles))

    def sources(self, sources: Iterable[SourceRef]) -> list[int]:
        """The numbers of sources, each once, in their order."""
        known = self._sources
        return [known.setdefault(source, len(known)) for source in dict.fromkeys(sources)]

    def cited(self, evidence: Iterable[Evidence]) -> list[int]:
        """The numbers of all sources of some evidence, in the order of the page."""
        return sorted(self.sources(source for one in evidence for source in one.sources))

    def data(self) -> dict[str, Any]:
        """What the numbers stand for."""
        return {
            "texts": [both(text) for text in self._sorted],
            "groupTitles": [both(text) for text in self._titles],
            "sources": [_source(source) for source in self._sources],
        }

    def settled(self, document: dict[str, Any]) -> dict[str, Any]:
        """A document with the last numbers of its texts."""
        numbers = [0] * len(self._texts)
        for number, text in enumerate(self._sorted):
            numbers[self._texts[text]] = number

        def settle(part: Any) -> Any:
            kind = type(part)
            if kind is _TextNumber:
                return numbers[part]
            if kind is dict:
                return {
                    name: settle(value) if type(value) in _NOT_PLAIN else value
                    for name, value in part.items()
                }
            if kind is list:
                return [settle(value) if type(value) in _NOT_PLAIN else value for value in part]
            return part

        settled: dict[str, Any] = settle(document)
        return settled

    @property
    def _sorted(self) -> list[Text]:
        return sorted(self._texts, key=lambda text: (text.it == text.en, text.en, text.it))


def both(text: Text) -> str | dict[str, str]:
    """A text as the page holds it: one string where both languages say the same."""
    return text.it if text.it == text.en else {"it": text.it, "en": text.en}


def day_number(day: str) -> int | None:
    """Days since 1970-01-01 of an ISO day; ``None`` for an open side.

    >>> day_number("1970-01-31"), day_number("")
    (30, None)
    """
    return date.fromisoformat(day).toordinal() - _EPOCH if day else None


def span_data(span: Span) -> list[list[int | None] | None]:
    """A span as two pairs of days, the certain (or ``None``) and the possible one."""
    return [
        [day_number(day) for day in days] if days is not None else None
        for days in (span.certain, span.possible)
    ]


def when_all(evidence: Iterable[Evidence]) -> Text:
    """When facts hold, what differs joined with a slash."""
    whens = dict.fromkeys(one.when for one in evidence if one.when != NOTHING)
    return Text(" / ".join(when.it for when in whens), " / ".join(when.en for when in whens))


def _source(source: SourceRef) -> dict[str, str]:
    told = {
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published,
        "url": source.url,
        "language": source.language,
    }
    return {"id": source.id} | {name: said for name, said in told.items() if said}
