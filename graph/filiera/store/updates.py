"""The text of a SPARQL update: what it may not do, and the dataset that a request gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from filiera.store.keywords import NOT_KEYWORDS

__all__ = ["empties", "loads", "with_dataset"]

# The engine wants no space after a keyword: LOADSILENT<x>, LOAD:x and LOADex:x are all LOADs.
_KEYWORD = (
    "add|all|base|clear|copy|create|data|default|delete|drop|graph|insert|into|load|move|named"
    "|prefix|silent|to|using|version|where|with"
)
_KEYWORDS = re.compile(_KEYWORD, re.IGNORECASE)
_JOINED = re.compile(f"(?:{_KEYWORD})+", re.IGNORECASE)
_TOKEN = re.compile(
    NOT_KEYWORDS.pattern + rf"| (?P<word>{_KEYWORD}) | (?P<brace>[{{}}])",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_NAME_FOLLOWS = (
    *("add", "base", "copy", "graph", "into", "load", "move", "named"),
    *("prefix", "silent", "to", "using", "with"),
)


def loads(update: str) -> bool:
    """Whether an update holds the operation LOAD, which reads other addresses or files.

    >>> loads("CLEAR ALL ; LOAD <http://example.org/>")
    True
    >>> loads('INSERT DATA { <a:s> <a:p> "LOAD <http://example.org/>" }')
    False
    """
    return any(word == "load" for word, _, _ in _outside_braces(update))


def empties(update: str) -> bool:
    """Whether an update clears or drops all graphs, so that nothing of before counts.

    >>> empties("DROP SILENT ALL ; INSERT DATA { <a:s> <a:p> 1 }")
    True
    """
    return any(word == "all" for word, _, _ in _outside_braces(update))


def with_dataset(update: str, using: Sequence[str], using_named: Sequence[str]) -> str:
    """An update whose WHERE clauses see the graphs ``using`` and ``using_named``, and no others.

    Raises ValueError when the update says itself which graphs they see.

    >>> with_dataset("DELETE WHERE { ?s ?p ?o }", ["http://example.org/g"], [])
    'DELETE { ?s ?p ?o } USING <http://example.org/g> WHERE { ?s ?p ?o }'
    """
    if not using and not using_named:
        return update
    clauses = [f"USING <{iri}>" for iri in using]
    clauses += [f"USING NAMED <{iri}>" for iri in using_named]
    if not using:  # as in the protocol, the default graph is empty then: no graph has this name
        clauses.insert(0, "USING <urn:uuid:00000000-0000-0000-0000-000000000000>")
    dataset = " ".join(clauses)
    parts: list[str] = []
    done, before, pattern_of = 0, "", -1
    for word, start, end in _outside_braces(update):
        if word in ("using", "with"):
            raise ValueError(word.upper())
        if word == "where":
            if before == "delete":  # the short form: what is deleted is the pattern
                pattern_of = start
            else:
                parts += [update[done:start], dataset, " "]
                done = start
        elif word == "}" and pattern_of >= 0:
            pattern = update[pattern_of + len("where") : end].strip()
            parts += [update[done:pattern_of], f"{pattern} {dataset} "]
            done, pattern_of = pattern_of, -1
        before = word
    return "".join([*parts, update[done:]])


def _outside_braces(update: str) -> Iterator[tuple[str, int, int]]:
    """Keywords in lower case, and outermost braces, that stand outside all braces; where."""
    depth, before = 0, ""
    for match in _TOKEN.finditer(update):
        if match["brace"] == "{":
            if depth == 0:
                yield "{", match.start(), match.end()
            depth, before = depth + 1, ""
        elif match["brace"] == "}":
            depth -= 1
            if depth == 0:
                yield "}", match.start(), match.end()
        elif depth == 0 and match["word"]:
            before = match[0].lower()
            yield before, match.start(), match.end()
        elif depth == 0 and match["prefix"] is not None:
            # Where no name is awaited, what looks like one is a keyword with a name behind it.
            joined = _JOINED.match(match["prefix"]) if before not in _NAME_FOLLOWS else None
            for word in _KEYWORDS.finditer(joined[0] if joined else ""):
                yield word[0].lower(), match.start() + word.start(), match.start() + word.end()
            before = ""
        elif match["iri"] is not None:
            before = ""
