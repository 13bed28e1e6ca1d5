"""What the parser of SPARQL says of a malformed query, as a person can read it."""

from __future__ import annotations

import re

from pyoxigraph import Store as Oxigraph

from filiera.errors import QueryError
from filiera.store.keywords import calls_a_service
from filiera.texts import Text
from filiera.vocabulary import PREFIXES

__all__ = [
    "checked",
    "expected_text",
    "malformed_query",
    "parser_words",
    "refuse_service",
    "unanswered",
    "update_word",
]

_POSITION = re.compile(r"(?:error at (\d+):(\d+): )?(.*)", re.DOTALL)
_REASON = re.compile(r"[A-Z]\w+(?: \w+)* [a-z]+(?: \w+)*")  # a sentence among what is expected
_CHARACTER_CLASS = re.compile(r",? ?\['?[^]\"]*'?\]")
_UPDATE = re.compile(
    r"(?:\s|\#.*(?:\n|$)|(?:base|prefix)\b[^<>]*<[^<>]*>)*"
    r"(insert|delete|load|clear|create|drop|copy|move|add|with)\b",
    re.IGNORECASE,
)


def parser_words(message: str) -> tuple[int, int, str]:
    """Line, column and what was expected there, without the parser's classes of characters.

    >>> parser_words("error at 1:15: expected one of REDUCED, [_]")
    (1, 15, 'expected one of REDUCED')
    """
    match = _POSITION.fullmatch(message)
    assert match is not None  # every part of the pattern may be absent
    expected = _CHARACTER_CLASS.sub("", " ".join(match[3].split()))
    reason = _REASON.search(expected)
    hint = reason[0] if reason else expected
    return int(match[1] or 1), int(match[2] or 1), "" if hint == "expected" else hint


def update_word(sparql: str) -> str:
    """The keyword of the update that a text is; empty if it begins as a query does.

    >>> update_word("PREFIX a: <http://a/> insert data { a:a a:b a:c }")
    'INSERT'
    """
    match = _UPDATE.match(sparql)
    return match[1].upper() if match else ""


def expected_text(expected: str) -> Text:
    """What the parser would have taken, in both languages; its own reasons stay as they are.

    >>> expected_text("expected one of REDUCED, FROM").it
    'atteso uno fra REDUCED, FROM'
    """
    for en, it in (("expected one of ", "atteso uno fra "), ("expected ", "atteso ")):
        if expected.startswith(en):
            return Text(it + expected.removeprefix(en), expected)
    return Text.same(expected)


def refuse_service(sparql: str) -> None:
    """Raise QueryError for a query that would have other hosts asked."""
    if calls_a_service(sparql):
        raise QueryError(
            Text(
                "SERVICE non è ammesso: alle query risponde solo questo grafo; toglilo",
                "SERVICE is not allowed: queries are answered from this graph only; leave it out",
            )
        )


def malformed_query(sparql: str, message: str) -> QueryError:
    """The error for a query that is none, from what the parser says of it."""
    update = update_word(sparql)
    if update:
        return QueryError(
            Text(
                f"{update} cambierebbe il grafo; si risponde solo a SELECT, ASK, CONSTRUCT e"
                " DESCRIBE",
                f"{update} would change the graph; only SELECT, ASK, CONSTRUCT and DESCRIBE"
                " are answered",
            )
        )
    line, column, expected = parser_words(message)
    hint = expected_text(expected)
    if expected:
        hint = Text(f": {hint.it}", f": {hint.en}")
    return QueryError(
        Text(
            f"la query non è SPARQL ben formato: errore a {line}:{column}{hint.it}",
            f"the query is not well-formed SPARQL: error at {line}:{column}{hint.en}",
        ),
        line,
        column,
        expected,
    )


def unanswered(error: Exception) -> QueryError:
    """The error for a query that an engine began to answer and could not."""
    return QueryError(
        Text(
            f"alla query non si può rispondere: {error}",
            f"the query cannot be answered: {error}",
        )
    )


def checked(sparql: str, base: str | None) -> None:
    """Raise QueryError for what is no query, or would have other hosts asked.

    The parser of the embedded engine says where; an empty store runs nothing.
    """
    refuse_service(sparql)
    try:
        Oxigraph().query(sparql, base_iri=base, prefixes=PREFIXES)
    except SyntaxError as error:
        raise malformed_query(sparql, str(error)) from error
    except ValueError as error:
        raise unanswered(error) from error
