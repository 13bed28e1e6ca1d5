"""The graphs in which a remote store keeps its books, and what keeps them out of answers."""

from __future__ import annotations

import re

from filiera.store.keywords import NOT_KEYWORDS

__all__ = ["HIDDEN", "LOADING", "MARK", "MERGE", "STAGING", "hidden_condition", "without_books"]

HIDDEN = "https://w3id.org/filiera/store/"
"""What the names of all graphs begin with that hold no facts."""
MARK = f"{HIDDEN}mark"
"""What the store says of itself: data set, digest, format."""
LOADING = f"{HIDDEN}loading"
"""Who is loading what, and which pieces have arrived."""
MERGE = f"{HIDDEN}merge"
"""The default graph, on servers that have none of their own."""
STAGING = f"{HIDDEN}staging/"
"""Beginning of the names of graphs that are being loaded."""

_ENGINES_OWN = (
    "http://www.openlinksw.com/",
    "http://localuriqaserver/",
    "http://localhost:8890/",
    "http://www.w3.org/ns/ldp#",
)
"""Beginnings of the names of graphs that a server keeps for itself."""
_TOKEN = re.compile(
    NOT_KEYWORDS.pattern + r"| (?P<graph>\bGRAPH\b) | (?P<brace>[{}])",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_VARIABLE = re.compile(r"[?$]\w+")


def hidden_condition(variable: str) -> str:
    """FILTER that leaves out the graphs with the books of the store and of its server."""
    parts = (f'!STRSTARTS(STR({variable}), "{start}")' for start in (HIDDEN, *_ENGINES_OWN))
    return f"FILTER({' && '.join(parts)})"


def without_books(query: str) -> str:
    """A query in which ``GRAPH ?g`` does not see what the store keeps for itself.

    A FILTER holds for the whole group in which it stands, so it may follow the braces.

    >>> without_books("ASK { GRAPH ?g { ?s ?p ?o } }")
    'ASK { GRAPH ?g { ?s ?p ?o } FILTER(!STRSTARTS(STR(?g), "https://w3id.org/filiera/store/")) }'
    """
    parts: list[str] = []
    done = 0
    waiting: list[str] = []  # for each open brace, the variable of its GRAPH
    named = False
    variable = ""
    for match in _TOKEN.finditer(query):
        if match["comment"] is not None:
            continue
        if match["brace"] == "{":
            waiting.append(variable)
            named, variable = False, ""
        elif match["brace"] == "}":
            closed = waiting.pop() if waiting else ""
            if closed:
                condition = f' FILTER(!STRSTARTS(STR({closed}), "{HIDDEN}"))'
                parts += [query[done : match.end()], condition]
                done = match.end()
        elif match["graph"] is not None:
            named = True
        elif named and match["name"] is not None and _VARIABLE.fullmatch(match[0]):
            variable, named = match[0], False
        else:
            named = False
    return "".join([*parts, query[done:]])
