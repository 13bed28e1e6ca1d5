"""What a query needs to know: the patterns of the quads that can bear on its answer.

The algebra of SPARQL 1.1 (section 18) matches every triple pattern on its own. So a query has
the same answer over any part of a data set that holds all quads which fit its patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

__all__ = ["EVERYTHING", "Wanted", "wanted"]


class Wanted(NamedTuple):
    """A pattern of quads: IRIs, or ``None`` where any term fits.

    ``named`` tells the named graphs from the default graph; ``graph`` is one of the named ones.
    """

    named: bool
    subject: str | None = None
    predicate: str | None = None
    object: str | None = None
    graph: str | None = None

    def covering(self) -> Iterator[Wanted]:
        """All patterns that every quad fits which fits this one; this one is among them.

        >>> Wanted(False, None, "p:") in set(Wanted(False, "s:", "p:").covering())
        True
        """
        for terms in product(*({term, None} for term in self[1:])):
            yield Wanted(self.named, *terms)


EVERYTHING = frozenset({Wanted(False), Wanted(True)})

_VALUES = re.compile(r"(VALUES\s+\?\w+\s*)\{[^{}]*\}", re.IGNORECASE)
_DATASET = re.compile(r"\bFROM\b", re.IGNORECASE)


def wanted(query: str, prefixes: str) -> frozenset[Wanted]:
    """Patterns of the quads that a query can need; `EVERYTHING` where that cannot be told.

    prefixes: declarations that the query may leave out.

    >>> wanted("ASK { GRAPH ?g { ?s <p:> <o:> } }", "")
    frozenset({Wanted(named=True, subject=None, predicate='p:', object='o:', graph=None)})
    """
    return _wanted(prefixes + _VALUES.sub(r"\1{ UNDEF }", query))


@lru_cache(512)
def _wanted(query: str) -> frozenset[Wanted]:
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        algebra = translateQuery(parseQuery(query)).algebra
    except Exception:  # what another parser takes and this one does not needs no telling apart
        return EVERYTHING
    try:
        found = frozenset(_patterns(algebra, None))
    except _Unbounded:
        return EVERYTHING
    if algebra.get("datasetClause"):  # its default graph is made of named ones
        found = frozenset(one._replace(named=True, graph=None) for one in found)
    return found


class _Unbounded(Exception):
    """A query that may need anything."""


_JOINS = {"Join", "LeftJoin", "Minus"}
_TRANSPARENT = {"Graph", "Filter", "Extend"}
_NOTHING: frozenset[Any] = frozenset()


def _patterns(part: Any, graph: Any, bound: frozenset[Any] = _NOTHING) -> Iterator[Wanted]:
    """Patterns in a part of the algebra.

    graph: the term after GRAPH, if there is one. bound: variables to which the parts that this
    one is joined with give terms of the data.
    """
    from rdflib.plugins.sparql.algebra import translateGroupGraphPattern
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(part, list | tuple | set):
        for one in part:
            yield from _patterns(one, graph)
    if not isinstance(part, CompValue):
        return
    if part.name == "DescribeQuery":
        yield from _described(part)
    if part.name == "BGP":
        near = bound | _certain(part)
        for triple in part.triples:
            yield from _of_triple(triple, graph, near)
        return
    if part.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
        yield from _patterns(translateGroupGraphPattern(part.graph), graph)
        return
    inner = part.term if part.name == "Graph" else graph
    if part.name == "Graph" and not any(_patterns(part.p, inner)):
        raise _Unbounded  # GRAPH ?g { } asks which graphs there are
    for name, value in part.items():
        if name in ("template", "_vars", "PV"):
            continue
        near = (
            bound if name in ("p", "p1", "p2") and part.name in _TRANSPARENT | _JOINS else _NOTHING
        )
        if part.name == "Join" and name == "p1":
            near |= _certain(part.p2)
        elif part.name in _JOINS and name == "p2":
            near |= _certain(part.p1)
        yield from _patterns(value, inner, near)


def _certain(part: Any) -> frozenset[Any]:
    """Variables that a part gives terms of the data, whatever else is found."""
    if part.name == "BGP":
        return frozenset(
            end
            for subject, path, object in part.triples
            if not _may_stand_still(path)
            for end in (subject, object)
        )
    if part.name == "Join":
        return _certain(part.p1) | _certain(part.p2)
    if part.name in _TRANSPARENT:
        return _certain(part.p)
    return _certain(part.p1) if part.name in _JOINS else _NOTHING


def _described(query: Any) -> Iterator[Wanted]:
    from rdflib import URIRef

    for term in query.PV:
        if not isinstance(term, URIRef):
            raise _Unbounded
        yield Wanted(False, str(term))


def _may_stand_still(path: Any) -> bool:
    from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath

    if isinstance(path, MulPath):
        return bool(path.zero) or _may_stand_still(path.path)
    if isinstance(path, InvPath):
        return _may_stand_still(path.arg)
    if isinstance(path, SequencePath):
        return all(map(_may_stand_still, path.args))
    return isinstance(path, AlternativePath) and any(map(_may_stand_still, path.args))


def _of_triple(triple: Iterable[Any], graph: Any, bound: frozenset[Any]) -> Iterator[Wanted]:
    from rdflib import URIRef
    from rdflib.paths import Path

    subject, path, object = triple
    place = Wanted(graph is not None, graph=_iri(graph))
    if not isinstance(path, Path):
        yield place._replace(subject=_iri(subject), predicate=_iri(path), object=_iri(object))
        return
    ends = (subject, object)
    if _may_stand_still(path) and not any(isinstance(end, URIRef) or end in bound for end in ends):
        # Every term of the graph is zero steps away from itself: where no other pattern beside
        # it says which ones count, the path asks for all of them.
        yield place
        return
    for predicate in _steps(path):
        yield place._replace(predicate=predicate)


def _steps(path: Any) -> Iterator[str | None]:
    """Predicates along a path; ``None`` for any."""
    from rdflib import URIRef
    from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath

    if isinstance(path, URIRef):
        yield str(path)
    elif isinstance(path, AlternativePath | SequencePath):
        for step in path.args:
            yield from _steps(step)
    elif isinstance(path, InvPath):
        yield from _steps(path.arg)
    elif isinstance(path, MulPath):
        yield from _steps(path.path)
    else:
        yield None


def _iri(term: Any) -> str | None:
    from rdflib import URIRef

    return str(term) if isinstance(term, URIRef) else None
