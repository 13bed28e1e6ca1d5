"""How much a graph knows of a cluster: what is named in it against what is stated."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions

from filiera.answers.cards import Cards
from filiera.answers.evidence import Evidence
from filiera.answers.numbers import number_text
from filiera.answers.standing import Standing
from filiera.store import Store
from filiera.texts import NOTHING, Text
from filiera.vocabulary import CONCEPT, FIL, PREFIXES

__all__ = ["Knowledge", "knowledge"]


@dataclass(frozen=True)
class Knowledge:
    """Counts that tell how far to trust that something is missing.

    ``stated`` is the latest number of members that a source states by the date, ``None`` if none
    does, and ``stated_text`` the number as it is stated ("more than 130"). ``named`` are the
    members that this graph names, ``placed`` those of them with a capability claim anywhere,
    ``placed_here`` with one in the chain. ``organisations_placed`` and
    ``organisations_placed_here`` count organisations of any sort with a claim.
    """

    stated: int | None
    stated_text: Text
    stated_evidence: tuple[Evidence, ...]
    named: int
    placed: int
    placed_here: int
    organisations_placed: int
    organisations_placed_here: int

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "members_stated": self.stated,
            "members_stated_text": self.stated_text(lang),
            "members_stated_evidence": [one.to_dict(lang) for one in self.stated_evidence],
            "members_named": self.named,
            "members_with_capability": self.placed,
            "members_with_capability_in_chain": self.placed_here,
            "organisations_with_capability": self.organisations_placed,
            "organisations_with_capability_in_chain": self.organisations_placed_here,
        }


def knowledge(store: Store, cards: Cards, standing: Standing, body: str, chain: str) -> Knowledge:
    """What the graph knows of the members of a body and of a chain, both given by IRI."""
    members = set(standing.members(body))
    placed: set[str] = set()
    here: set[str] = set()
    for row in _rows(
        store,
        "SELECT DISTINCT ?organisation ?chain { ?claim a fil:CapabilityClaim ;"
        " fil:subject ?organisation ; fil:stage ?stage . OPTIONAL { ?stage fil:stageOf ?chain } }",
    ):
        placed.add(_text(row, "organisation"))
        if _text(row, "chain") == chain:
            here.add(_text(row, "organisation"))
    stated, text, evidence = _stated(store, cards, body, standing.at)
    return Knowledge(
        stated=stated,
        stated_text=text,
        stated_evidence=evidence,
        named=len(members),
        placed=len(members & placed),
        placed_here=len(members & here),
        organisations_placed=len(placed),
        organisations_placed_here=len(here),
    )


def _stated(
    store: Store, cards: Cards, body: str, at: str
) -> tuple[int | None, Text, tuple[Evidence, ...]]:
    """Latest number of members, of all kinds, neither forecast nor target; the highest of a day."""
    measure = f"<{CONCEPT.base}measure/members>"
    found = [
        (_text(row, "day"), int(float(_text(row, "value"))), _text(row, "figure"))
        for row in _rows(
            store,
            f"""SELECT DISTINCT ?figure ?value ?day {{
                ?figure a fil:Figure ; fil:subject <{body}> ; fil:measure {measure} ;
                    fil:value ?value ; fil:lastKnown ?day .
                MINUS {{ ?figure fil:ofKind ?kind }}
                MINUS {{ ?figure fil:nature ?nature }}
            }}""",
        )
    ]
    known = [one for one in found if one[0] <= at]
    if not known:
        return None, NOTHING, ()
    _, value, figure = max(known)
    number = Text(*(number_text(Decimal(value), lang) for lang in ("it", "en")))
    precisions = cards.index.values(figure, FIL.precision)
    if precisions:
        said = cards.index.label(precisions[0])
        number = Text(f"{said.it} {number.it}", f"{said.en} {number.en}")
    return value, number, (Evidence.of(cards, figure),)


def _rows(store: Store, select: str) -> QuerySolutions:
    prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
    rows = store.query(prefixes + select)
    assert isinstance(rows, QuerySolutions)
    return rows


def _text(row: QuerySolution, name: str) -> str:
    term = row[name]
    return term.value if isinstance(term, NamedNode | Literal) else ""
