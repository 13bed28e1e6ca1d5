"""Completion behind ``%ask`` and in the cells of ``%%sparql``."""

from __future__ import annotations

import re
from collections.abc import Iterable, MutableMapping, Sequence
from functools import lru_cache
from typing import Any

from filiera.ecosystem import Ecosystem
from filiera.errors import UsageError
from filiera.jupyter.lines import OPTIONS, PAIR
from filiera.jupyter.magics import graph_in
from filiera.languages import LANGUAGES
from filiera.offered import ANSWERS
from filiera.vocabulary import PREFIXES

__all__ = ["Completion", "quoted"]

_MOST = 50
"""Names that are offered at once."""

_ASK = re.compile(r"(?:.*\n)*\s*(?:\w+\s*=\s*)?%ask\s+(?P<rest>[^\n]*)")
_SPARQL = re.compile(r"\s*%%sparql(?P<options>[^\n]*)(?P<body>\n[\s\S]*)?")
_LIST = re.compile(r"(?:.*\n)*\s*%questions(?P<options>[^\n]*)")
_VALUE = re.compile(r"(?:^|\s)(?P<name>\w+)=(?P<value>\"[^\"]*|'[^']*|[^\"'\s][^=]*|)$")
_VARIABLE = re.compile(r"[?$]\w*$")
_TERM = re.compile(r"(?<![\w<])(?P<prefix>[a-z]\w*):(?P<local>[\w-]*)$")
_WORD = re.compile(r"(?<![\w:<?$/])\w+$")
_COMMENT_OR_TEXT = re.compile(r"#[^\n]*$|(?:\"[^\"\n]*|'[^'\n]*|<[^<>\s]*)$")

_KEYWORDS = (
    "ASK", "ASC", "BASE", "BIND", "BOUND", "COALESCE", "CONSTRUCT", "CONTAINS", "COUNT", "DESC",
    "DESCRIBE", "DISTINCT", "EXISTS", "FILTER", "FROM", "GRAPH", "GROUP BY", "GROUP_CONCAT",
    "HAVING", "LANG", "LCASE", "LIMIT", "MAX", "MIN", "MINUS", "NOT EXISTS", "OFFSET", "OPTIONAL",
    "ORDER BY", "PREFIX", "REGEX", "SAMPLE", "SELECT", "STR", "STRSTARTS", "SUM", "UNION", "VALUES",
    "WHERE", "YEAR",
)  # fmt: skip
_TERMS_IN_USE = """
SELECT DISTINCT ?term {
  { ?s ?term ?o } UNION { ?s a ?term } UNION { ?term a owl:Class }
  UNION { ?term a owl:ObjectProperty } UNION { ?term a owl:DatatypeProperty }
}
"""


class Completion:
    """Completes what people type behind the magics, over the variables of a session."""

    def __init__(self, variables: MutableMapping[str, Any]) -> None:
        self._variables = variables

    def at(self, before: str, whole: str = "") -> tuple[str, list[str]]:
        """The end of the text that would be replaced, and what could stand in its place.

        before: the cell up to the cursor; whole: all of it, for the variables of a query.
        """
        if match := _SPARQL.fullmatch(before):
            if match["body"] is None:
                return self._option(match["options"])
            return self._in_query(match["body"], whole or before)
        if match := _ASK.fullmatch(before):
            return self._in_ask(match["rest"])
        if match := _LIST.fullmatch(before):
            return self._option(match["options"])
        return "", []

    # %ask -------------------------------------------------------------------------------------

    def _in_ask(self, rest: str) -> tuple[str, list[str]]:
        name, space, tail = rest.partition(" ")
        if not space:
            return name, sorted(one for one in self._names() if one.startswith(name))
        kinds = self._kinds(name)
        fragment, found = self._option(tail)
        if found:
            return fragment, found
        if (match := _VALUE.search(tail)) and match["name"] in kinds:
            found = self._values(kinds[match["name"]], match["value"])
            if found or match["value"].startswith(("'", '"')):
                return match["value"], found
        if re.search(r"(?:^|\s)-o\s+\w*$", tail):  # the name of a variable yet to be made
            return "", []
        word = re.split(r"\s", tail)[-1]
        given = {match["name"] for match in PAIR.finditer(tail)}
        return word, [f"{one}=" for one in kinds if one.startswith(word) and one not in given]

    def _option(self, text: str) -> tuple[str, list[str]]:
        before, _, word = text.rpartition(" ")
        last = before.rstrip().rpartition(" ")[2]
        if last == "--lang":
            return word, [lang for lang in LANGUAGES if lang.startswith(word)]
        if last == "--graph":
            names = (name for name, one in self._variables.items() if isinstance(one, Ecosystem))
            return word, sorted(
                one for one in names if one.startswith(word) and not one.startswith("_")
            )
        if word.startswith("-") and last != "-o":
            given = text.split()[:-1]
            return word, [one for one in OPTIONS if one.startswith(word) and one not in given]
        return word, []

    def _names(self) -> Iterable[str]:
        yield from ANSWERS
        ecosystem = self._ecosystem()
        if ecosystem is not None:
            yield from (question.name for question in ecosystem.catalogue)

    def _kinds(self, name: str) -> dict[str, tuple[str, ...]]:
        """Parameters of a question or analysis, each with the kinds of thing that it takes."""
        if name in ANSWERS:
            offered = ANSWERS[name]
            return {one: tuple(offered.kinds.get(one, ())) for one in offered.parameters}
        ecosystem = self._ecosystem()
        questions = ecosystem.catalogue if ecosystem is not None else ()
        for question in questions:
            if question.name == name:
                return {one.name: (one.type,) for one in question.parameters}
        return {}

    def _values(self, kinds: Sequence[str], typed: str) -> list[str]:
        ecosystem = self._ecosystem()
        if ecosystem is None or not kinds or kinds[0] in ("date", "text", "integer"):
            return []
        mark = typed[:1] if typed[:1] in ("'", '"') else ""
        start = typed.removeprefix(mark)
        if start != start.lstrip():
            return []
        labels = [match.label for match in ecosystem.names.suggest(start, kinds, _MOST)]
        return [quoted(label, mark) for label in dict.fromkeys(labels)]

    # %%sparql ---------------------------------------------------------------------------------

    def _in_query(self, body: str, whole: str) -> tuple[str, list[str]]:
        line = body.rpartition("\n")[2]
        if match := _TERM.search(line):
            return match[0], self._terms(match["prefix"], match["local"])
        if _COMMENT_OR_TEXT.search(line):
            return "", []
        if match := _VARIABLE.search(line):
            known = dict.fromkeys(re.findall(r"[?$]\w+", whole))
            typed = match[0]
            return typed, [one for one in known if one.startswith(typed) and one != typed]
        if match := _WORD.search(line):
            word = match[0]
            prefixes = [f"{one}:" for one in PREFIXES if one.startswith(word)]
            words = [one for one in _KEYWORDS if one.startswith(word.upper())]
            return word, prefixes + [one.lower() if word.islower() else one for one in words]
        return "", []

    def _terms(self, prefix: str, local: str) -> list[str]:
        ecosystem = self._ecosystem()
        if ecosystem is None or prefix not in PREFIXES:
            return []
        if prefix == "id":
            things = ecosystem.names.suggest(local.replace("-", " "), ("thing", "place"), _MOST)
            return [f"id:{one.id}" for one in things if one.id.startswith(local)]
        base = PREFIXES[prefix]
        names = (iri.removeprefix(base) for iri in _in_use(ecosystem) if iri.startswith(base))
        return sorted(
            f"{prefix}:{one}" for one in names if one.startswith(local) and "/" not in one
        )

    def _ecosystem(self) -> Ecosystem | None:
        """The graph to complete from; none is opened for it, as that would take a while."""
        if not any(isinstance(one, Ecosystem) for one in self._variables.values()):
            return None
        try:
            return graph_in(self._variables)
        except UsageError:
            return None


@lru_cache(maxsize=4)
def _in_use(ecosystem: Ecosystem) -> tuple[str, ...]:
    """IRIs of the terms of the ontology and of those that the graph uses besides."""
    answer = ecosystem.query(_TERMS_IN_USE)
    assert not isinstance(answer, bool | list)
    return tuple(str(term) for term in answer.column("term"))


def quoted(label: str, mark: str) -> str:
    """A name as it can stand behind ``key=``: in quotes where it needs them.

    mark: the quotation mark that was typed already, if any.
    """
    if not mark and not re.search(r"\s|[\"']", label):
        return label
    mark = mark or '"'
    if mark in label:
        mark = "'" if mark == '"' else '"'
    return f"{mark}{label}{mark}"
