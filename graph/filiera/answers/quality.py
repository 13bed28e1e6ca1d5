"""How good the facts are: which bear no date, rest on one source, or are in dispute."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import QuerySolutions

from filiera.answers.catalogue import Catalogue
from filiera.store import Store
from filiera.texts import Text
from filiera.vocabulary import FIL, RDFS, SILENT_GRAPHS

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
_SILENT = ", ".join(f"<{graph}>" for graph in SILENT_GRAPHS)
_SOURCED = f"""
    ?class <{RDFS.subClassOf}> <{FIL.Fact}> .
    GRAPH ?source {{ ?fact a ?class }}
    FILTER (?source NOT IN ({_SILENT}))
"""


def quality(store: Store) -> list[Measure]:
    """Measures of the facts: without any date, with one source only, with sources that disagree."""
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
            len(_disputed(store)),
            total,
        ),
    ]


def _disputed(store: Store) -> set[str]:
    """Facts that the question ``disagreements`` finds, asked of everything."""
    sparql = Catalogue()["disagreements"].sparql({}, resolve=lambda name, kinds: name)
    rows = store.query(sparql)
    assert isinstance(rows, QuerySolutions)
    return {row["fact"].value for row in rows}


def _count(store: Store, select: str) -> int:
    rows = store.query(f"SELECT (COUNT(*) AS ?n) {{ {{ {select} }} }}")
    assert isinstance(rows, QuerySolutions)
    return int(next(iter(rows))["n"].value)
