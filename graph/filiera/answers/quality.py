"""How good the facts are: which bear no date, rest on one source, or are in dispute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import QuerySolutions

from filiera.store import Store
from filiera.texts import Text
from filiera.vocabulary import DERIVED, FIL, META, ONTOLOGY, RDFS

if TYPE_CHECKING:
    from filiera.ecosystem import Ecosystem

__all__ = ["Measure", "quality"]


@dataclass(frozen=True)
class Measure:
    """A count of facts, and of how many it is a part."""

    id: str
    label: Text
    count: int
    total: int


_FACTS = f"?class <{RDFS.subClassOf}> <{FIL.Fact}> . ?fact a ?class ."
_DATES = " ".join(f"<{FIL[role]}>" for role in ("start", "end", "asOf", "date"))
_SOURCED = f"""
    ?class <{RDFS.subClassOf}> <{FIL.Fact}> .
    GRAPH ?source {{ ?fact a ?class }}
    FILTER (?source NOT IN (<{DERIVED}>, <{META}>, <{ONTOLOGY}>))
"""


def quality(ecosystem: Ecosystem) -> list[Measure]:
    """Measures of the facts: without any date, with one source only, with sources that disagree."""
    store = ecosystem.store
    total = _count(store, f"SELECT DISTINCT ?fact {{ {_FACTS} }}")
    undated = _count(
        store,
        f"SELECT DISTINCT ?fact {{ {_FACTS}"
        f" MINUS {{ VALUES ?property {{ {_DATES} }} ?fact ?property ?date }} }}",
    )
    single = _count(
        store,
        f"SELECT ?fact {{ {_SOURCED} }} GROUP BY ?fact HAVING (COUNT(DISTINCT ?source) = 1)",
    )
    return [
        Measure("undated", Text("fatti senza data", "facts without a date"), undated, total),
        Measure(
            "single-source",
            Text("fatti con una sola fonte", "facts with a single source"),
            single,
            total,
        ),
        Measure(
            "disagreements",
            Text("fatti su cui le fonti non concordano", "facts on which sources disagree"),
            len(set(ecosystem.ask("disagreements").column("fact"))),
            total,
        ),
    ]


def _count(store: Store, select: str) -> int:
    rows = store.query(f"SELECT (COUNT(*) AS ?n) {{ {{ {select} }} }}")
    assert isinstance(rows, QuerySolutions)
    return int(next(iter(rows))["n"].value)
