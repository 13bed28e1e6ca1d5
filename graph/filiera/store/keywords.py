"""The keywords of a SPARQL text, told from what only looks like one."""

from __future__ import annotations

import re

__all__ = ["NOT_KEYWORDS", "calls_a_service", "keywords"]

# Everything in which a keyword may stand without being one. The names of prefixes are kept
# where they end in "service": `SERVICE:x {` is a call when the empty prefix is declared.
NOT_KEYWORDS = re.compile(
    r"""(?P<comment>\#[^\n\r]*)
    | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\[uU][0-9A-Fa-f]+)*>)
    | (?P<text>\"{3}(?:\"{0,2}(?:[^\"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
              | \"(?:[^\"\\\n\r]|\\.)*\" | '(?:[^'\\\n\r]|\\.)*')
    | (?P<name>[?$]\w+ | @[A-Za-z][A-Za-z0-9-]*)
    | (?P<prefix>[\w.-]*):(?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\.)(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*)?
    """,
    re.VERBOSE | re.DOTALL,
)
_LIKE_SERVICE = re.compile("service", re.IGNORECASE)
_SERVICE = re.compile(r"service(?!:)|service:[^\s{]*\s*\{", re.IGNORECASE)


def calls_a_service(query: str) -> bool:
    """Whether the query holds the keyword SERVICE, which reaches out to other hosts.

    >>> calls_a_service("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    True
    >>> calls_a_service('SELECT * { ?service rdfs:label "SERVICE" }  # SERVICE')
    False
    """
    return _LIKE_SERVICE.search(query) is not None and _SERVICE.search(keywords(query)) is not None


def keywords(query: str) -> str:
    """A query without its comments, texts and names; an IRI leaves ``<>``.

    >>> keywords("SELECT ?s { ?s a <http://example.org/SERVICE> }  # SERVICE").split()
    ['SELECT', '{', 'a', '<>', '}']
    """

    def replacement(match: re.Match[str]) -> str:
        if match["iri"] is not None:
            return " <> "
        if match["prefix"] is not None:
            kept = match["prefix"].lower().endswith("service") or not match["prefix"]
            return match[0] if kept else " : "
        return " "

    return NOT_KEYWORDS.sub(replacement, query)
