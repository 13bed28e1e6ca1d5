"""Evidence: the fact that a statement of an answer rests on, who states it, and for when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from filiera.answers.cards import Cards, SourceRef
from filiera.answers.rows import rows_of
from filiera.texts import NOTHING, Text
from filiera.vocabulary import FIL

__all__ = ["Evidence", "Footnotes", "SaidDate", "source_data", "source_name"]

_ROLES = ("start", "end", "asOf", "date")
_SOURCES = Text("Fonti", "Sources")
_MORE = Text("e altre {count}", "and {count} more")
_CITED, _CITED_WHOLE = 3, 4


@dataclass(frozen=True)
class SaidDate:
    """A date of a fact: what it is the date of, as it was said (EDTF), and its two days (ISO)."""

    role: str
    edtf: str
    earliest: str
    latest: str


@dataclass(frozen=True)
class Evidence:
    """A fact, the sources that state it, and when it holds.

    ``fact`` is the IRI of the node; ``when`` is empty where no source gives a date, and joins
    with a slash what sources say differently.
    """

    fact: str
    sources: tuple[SourceRef, ...]
    when: Text = NOTHING
    dates: tuple[SaidDate, ...] = ()

    @classmethod
    def of(cls, cards: Cards, fact: str) -> Evidence:
        """Evidence of a fact node: ``Evidence.of(Cards(LazyIndex(store)), iri)``."""
        rows = rows_of(cards.index, fact)
        whens = dict.fromkeys(when for row in rows if any(when := row.when()))
        return cls(
            fact,
            cards.sources(row.source for row in rows),
            Text(" / ".join(w.it for w in whens), " / ".join(w.en for w in whens)),
            tuple(
                dict.fromkeys(
                    SaidDate(
                        role, edtf, row.one(FIL[f"{role}Earliest"]), row.one(FIL[f"{role}Latest"])
                    )
                    for row in rows
                    for role in _ROLES
                    for edtf in row.all(FIL[role])
                )
            ),
        )

    @classmethod
    def all(cls, cards: Cards, facts: Iterable[str]) -> tuple[Evidence, ...]:
        """Evidence of several facts, each once, in their order."""
        return tuple(cls.of(cards, fact) for fact in dict.fromkeys(facts))

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it: the fact, when it holds, its dates, its sources."""
        return {
            "fact": self.fact,
            "when": self.when(lang),
            "dates": [
                {
                    "role": said.role,
                    "edtf": said.edtf,
                    "earliest": said.earliest or None,
                    "latest": said.latest or None,
                }
                for said in self.dates
            ],
            "sources": [source_data(source) for source in self.sources],
        }


def source_data(source: SourceRef) -> dict[str, Any]:
    """What JSON holds of a source."""
    return {
        "source": source.iri,
        "title": source.title or source.id,
        "publisher": source.publisher,
        "published": source.published,
        "url": source.url,
    }


def source_name(source: SourceRef) -> str:
    """Title and publisher; the id of the source only where it has neither."""
    return ", ".join(part for part in (source.title, source.publisher) if part) or source.id


class Footnotes:
    """Numbers the sources of a text in the order in which it cites them.

    A sentence that more than four sources state cites three, and says how many more there are;
    JSON has them all.
    """

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._numbers: dict[SourceRef, int] = {}

    def cite(self, *evidence: Evidence) -> str:
        """Marks to put behind a sentence, with the space before them: `` [1] [2]``."""
        sources = list(dict.fromkeys(source for one in evidence for source in one.sources))
        more = 0
        if len(sources) > _CITED_WHOLE:
            more = len(sources) - _CITED
            # Those that the text cites anyhow come first: its list of sources stays short.
            sources = sorted(sources, key=lambda source: source not in self._numbers)[:_CITED]
        marks = [self._numbers.setdefault(s, len(self._numbers) + 1) for s in sources]
        said = "".join(f" [{mark}]" for mark in sorted(marks))
        return said + (f" {_MORE.put(count=Text.same(str(more)))(self._lang)}" if more else "")

    def markdown(self) -> str:
        """The list of the sources under its heading; empty if none was cited."""
        if not self._numbers:
            return ""
        lines = [f"## {_SOURCES(self._lang)}", ""]
        for source, number in self._numbers.items():
            said = ", ".join(filter(None, (source_name(source), source.published)))
            link = f" <{source.url}>" if source.url else ""
            lines.append(f"{number}. {said}.{link}")
        return "\n".join(lines) + "\n"
