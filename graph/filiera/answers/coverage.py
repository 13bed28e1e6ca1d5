"""How much a graph knows of a cluster: what is named in it against what is stated."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions

from filiera.answers.cards import Cards
from filiera.answers.evidence import Evidence, Footnotes
from filiera.answers.numbers import number_text
from filiera.answers.standing import Standing
from filiera.store import Store
from filiera.texts import NOTHING, Text
from filiera.vocabulary import CONCEPT, FIL, PREFIXES

__all__ = ["Coverage", "Knowledge", "MembersKnown", "members_known"]

_KNOWN = Text(
    "Di {body} {stated}; questo grafo ne nomina {named}. Ciò che il grafo non conosce può ben"
    " esserci.",
    "Of {body}, {stated}; this graph names {named} of them. What the graph does not know may well"
    " be there.",
)
_STATED = Text("una fonte dichiara {number} soci", "a source states {number} members")
_NOT_STATED = Text(
    "nessuna fonte dichiara quanti soci vi siano",
    "no source states how many members there are",
)


@dataclass(frozen=True)
class MembersKnown:
    """How many members of a body a graph names, against how many are stated.

    ``body`` is the label of the body. ``stated`` is the latest number of members that a source
    states by the date, ``None`` if none does, and ``stated_text`` the number as it is stated
    ("more than 130"). ``named`` are the members that this graph names.
    """

    body: Text
    stated: int | None
    stated_text: Text
    stated_evidence: tuple[Evidence, ...]
    named: int

    def sentence(self, cited: str = "") -> Text:
        """What is known of the members, to read; ``cited`` are the marks of the sources."""
        stated = _NOT_STATED
        if self.stated is not None:
            when = self.stated_evidence[0].when
            stated = _STATED.put(number=self.stated_text)
            stated = Text(*(f"{stated(one)} {when(one)}".rstrip() + cited for one in ("it", "en")))
        return _KNOWN.put(body=self.body, stated=stated, named=Text.same(str(self.named)))

    def markdown(self, lang: str, notes: Footnotes) -> str:
        """The sentence with the marks of its sources."""
        return self.sentence(notes.cite(*self.stated_evidence))(lang)

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "members_stated": self.stated,
            "members_stated_text": self.stated_text(lang) or None,
            "members_stated_evidence": [one.to_dict(lang) for one in self.stated_evidence],
            "members_named": self.named,
        }


@dataclass(frozen=True)
class Knowledge(MembersKnown):
    """Counts that tell how far to trust that something is missing from a chain.

    ``placed`` are the named members with a capability claim anywhere, ``placed_here`` with one in
    the chain. ``organisations_placed`` and ``organisations_placed_here`` count organisations of
    any sort with a claim.
    """

    placed: int
    placed_here: int
    organisations_placed: int
    organisations_placed_here: int

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return super().to_dict(lang) | {
            "members_with_capability": self.placed,
            "members_with_capability_in_chain": self.placed_here,
            "organisations_with_capability": self.organisations_placed,
            "organisations_with_capability_in_chain": self.organisations_placed_here,
        }


def members_known(store: Store, cards: Cards, standing: Standing, body: str) -> MembersKnown | None:
    """What the graph knows of the members of a body, given by IRI; ``None`` without a body."""
    return Coverage(store, cards, body).members(standing) if body else None


class Coverage:
    """What a graph knows of the members of a body, given by IRI; read once for all dates."""

    def __init__(self, store: Store, cards: Cards, body: str) -> None:
        self._store, self._cards, self._body = store, cards, body
        self._evidence: dict[str, Evidence] = {}

    def members(self, standing: Standing) -> MembersKnown:
        """How much is known of the members at the date of ``standing``."""
        label = self._cards.index.label(self._body)
        stated, text, evidence = self._stated(standing.at)
        return MembersKnown(label, stated, text, evidence, len(standing.members(self._body)))

    def knowledge(self, standing: Standing, chain: str) -> Knowledge:
        """How much is known at the date of ``standing`` of the members and of a chain."""
        members = set(standing.members(self._body))
        placed, here = self._anywhere, self._within[chain]
        stated, text, evidence = self._stated(standing.at)
        return Knowledge(
            body=self._cards.index.label(self._body),
            stated=stated,
            stated_text=text,
            stated_evidence=evidence,
            named=len(members),
            placed=len(members & placed),
            placed_here=len(members & here),
            organisations_placed=len(placed),
            organisations_placed_here=len(here),
        )

    @cached_property
    def _placed(self) -> set[tuple[str, str]]:
        """(organisation, chain) of each capability claim; no chain is an empty text."""
        rows = _rows(
            self._store,
            "SELECT DISTINCT ?organisation ?chain { ?claim a fil:CapabilityClaim ;"
            " fil:subject ?organisation ; fil:stage ?stage ."
            " OPTIONAL { ?stage fil:stageOf ?chain } }",
        )
        return {(_text(row, "organisation"), _text(row, "chain")) for row in rows}

    @cached_property
    def _anywhere(self) -> set[str]:
        return {organisation for organisation, _ in self._placed}

    @cached_property
    def _within(self) -> defaultdict[str, set[str]]:
        """Organisations by the chain in which a claim places them."""
        within: defaultdict[str, set[str]] = defaultdict(set)
        for organisation, chain in self._placed:
            within[chain].add(organisation)
        return within

    @cached_property
    def _figures(self) -> list[tuple[str, int, str]]:
        """(day, number of members, figure) of all kinds, neither forecast nor target."""
        measure = f"<{CONCEPT.base}measure/members>"
        return [
            (_text(row, "day"), int(float(_text(row, "value"))), _text(row, "figure"))
            for row in _rows(
                self._store,
                f"""SELECT DISTINCT ?figure ?value ?day {{
                    ?figure a fil:Figure ; fil:subject <{self._body}> ; fil:measure {measure} ;
                        fil:value ?value ; fil:lastKnown ?day .
                    MINUS {{ ?figure fil:ofKind ?kind }}
                    MINUS {{ ?figure fil:nature ?nature }}
                }}""",
            )
        ]

    def _stated(self, at: str) -> tuple[int | None, Text, tuple[Evidence, ...]]:
        """Latest number of members; the highest of a day."""
        known = [one for one in self._figures if one[0] <= at]
        if not known:
            return None, NOTHING, ()
        _, value, figure = max(known)
        number = Text(*(number_text(Decimal(value), lang) for lang in ("it", "en")))
        index = self._cards.index
        precisions = index.values(figure, FIL.precision)
        if precisions:
            said = index.label(precisions[0])
            number = Text(f"{said.it} {number.it}", f"{said.en} {number.en}")
        if figure not in self._evidence:
            self._evidence[figure] = Evidence.of(self._cards, figure)
        return value, number, (self._evidence[figure],)


def _rows(store: Store, select: str) -> QuerySolutions:
    prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
    rows = store.query(prefixes + select)
    assert isinstance(rows, QuerySolutions)
    return rows


def _text(row: QuerySolution, name: str) -> str:
    term = row[name]
    return term.value if isinstance(term, NamedNode | Literal) else ""
