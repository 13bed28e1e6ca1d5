"""What the parser of SPARQL says of a malformed query, as a person can read it."""

from __future__ import annotations

import re

__all__ = ["parser_words", "update_word"]

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
