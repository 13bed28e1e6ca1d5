"""Reading of tables out of a store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from pyoxigraph import Literal, QuerySolutions

from filiera.store import Store

__all__ = ["select", "texts_of", "values_of"]


def select(store: Store, sparql: str) -> Iterator[tuple[Any, ...]]:
    """Rows of a SELECT query in which every variable is bound, as RDF terms."""
    rows = store.query(sparql)
    assert isinstance(rows, QuerySolutions)
    for row in rows:
        yield tuple(row)


def values_of(store: Store, predicate: str) -> dict[str, list[str]]:
    """Distinct values of a property by subject, sorted."""
    found: dict[str, set[str]] = defaultdict(set)
    for subject, term in select(store, f"SELECT ?s ?o {{ ?s <{predicate}> ?o }}"):
        found[subject.value].add(term.value)
    return {
        subject: sorted(values) if len(values) > 1 else list(values)
        for subject, values in found.items()
    }


def texts_of(store: Store, predicate: str) -> dict[str, dict[str, str]]:
    """Texts of a property by subject and language; the least where there are several."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for subject, term in select(store, f"SELECT ?s ?o {{ ?s <{predicate}> ?o }}"):
        if isinstance(term, Literal):
            texts, lang = found[subject.value], term.language or ""
            texts[lang] = min(term.value, texts.get(lang, term.value))
    return dict(found)
