"""The catalogue: one ``.rq`` file a question, described by its ``#+`` header.

A question's parameters stand in its text as blocks ``VALUES ?name { … }`` that hold the
default, so that the file runs as it is in any SPARQL tool. Asking puts a typed term in the
block's place; nothing that a user types is ever pasted into the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from filiera.build import terms
from filiera.errors import DataError, FilieraError, ParameterError, UnknownName, UnknownQuestion
from filiera.facts.dates import span
from filiera.facts.problems import CellFault
from filiera.facts.reading import nearest
from filiera.resources import queries_dir
from filiera.texts import Text

__all__ = ["Catalogue", "Parameter", "Question"]

Resolve = Callable[[str, Sequence[str]], str]
"""(name as typed, kinds of thing) → IRI."""

_KINDS = {
    "thing",
    "organisation",
    "chain",
    "stage",
    "event",
    "project",
    "source",
    "place",
    "person",
}
_OTHER = {"date", "text", "integer"}


@dataclass(frozen=True)
class Parameter:
    """A parameter of a question.

    ``type`` is ``date``, ``text``, ``integer``, ``concept:<scheme>`` or a kind of thing
    (``organisation``, ``chain``, ``source`` …). ``default`` is ``None`` where the parameter
    may stay open and ``required`` is false.
    """

    name: str
    type: str
    label: Mapping[str, str]
    default: str | None
    example: str
    required: bool
    edge: str
    """For a date: whether ``2020`` means its ``first`` or its ``last`` day."""
    focus: bool = False
    """Whether the body that the data set is about takes the place of the default."""


@dataclass(frozen=True)
class Question:
    """A question of the catalogue."""

    name: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    columns: tuple[tuple[str, str, Mapping[str, str]], ...]
    """(name, kind, title) of each column."""
    drawing: str
    topic: str
    """Under which questions of its sort it is listed: ``members``, ``chains`` …"""
    text: str

    def sparql(
        self, given: Mapping[str, Any], resolve: Resolve, lang: str = "en", focus: str = ""
    ) -> str:
        """The query with the parameters bound as typed terms.

        ``given`` maps names to values as typed. A block ``VALUES ?lang { … }`` gets the
        language of the answer, for texts that are not labels. ``focus`` is the id of the body
        that the data set is about, if there is one. Raises ParameterError for an unknown,
        missing or ill-formed one.
        """
        names = [parameter.name for parameter in self.parameters]
        for name in given:
            if name not in names:
                known = ", ".join(names)
                raise ParameterError(
                    Text(
                        f"la domanda “{self.name}” non ha un parametro “{name}”;"
                        f" prende: {known or 'nessuno'}",
                        f"the question “{self.name}” has no parameter “{name}”;"
                        f" it takes: {known or 'none'}",
                    )
                )
        text = _bind(self.text, "lang", terms.literal(lang))
        days: dict[str, str] = {}
        for parameter in self.parameters:
            value = given.get(parameter.name)
            if value is None or value == "":
                value = focus if parameter.focus and focus else parameter.default
            if value is None and parameter.required:
                raise ParameterError(
                    Text(
                        f"la domanda “{self.name}” vuole {parameter.name}=…,"
                        f" per esempio {parameter.name}={parameter.example!r}",
                        f"the question “{self.name}” needs {parameter.name}=…,"
                        f" for example {parameter.name}={parameter.example!r}",
                    )
                )
            try:
                term = "UNDEF" if value is None else _term(self.name, parameter, value, resolve)
            except UnknownName as error:
                if given.get(parameter.name):
                    raise
                raise ParameterError(  # the default is a thing of another data set
                    Text(
                        f"la domanda “{self.name}” vuole {parameter.name}=…;"
                        f" il suo valore di serie, {parameter.default}, non è in questa raccolta",
                        f"the question “{self.name}” needs {parameter.name}=…;"
                        f" its default, {parameter.default}, is not in this data set",
                    )
                ) from error
            if parameter.type == "date" and value is not None:
                days[parameter.name] = term
            text = _bind(text, parameter.name, term)
        if {"from", "to"} <= days.keys() and days["from"] > days["to"]:
            first, last = days["from"][1:11], days["to"][1:11]
            raise ParameterError(
                Text(
                    f"la domanda “{self.name}”: from={first} viene dopo to={last};"
                    " dai tutte e due, prima la più vecchia",
                    f"the question “{self.name}”: from={first} is after to={last};"
                    " give both, the earlier one first",
                )
            )
        return text


class Catalogue:
    """All questions of a folder, by name."""

    def __init__(self, folder: Path | None = None) -> None:
        self._questions = _read_folder(folder or queries_dir())

    def __iter__(self) -> Iterator[Question]:
        return iter(self._questions.values())

    def __len__(self) -> int:
        return len(self._questions)

    def __getitem__(self, name: str) -> Question:
        """Question of that name; UnknownQuestion names the nearest one."""
        if name not in self._questions:
            close = nearest(name, set(self._questions))
            raise UnknownQuestion(
                Text(
                    f"nessuna domanda “{name}”; forse “{close}”?"
                    " “filiera questions” le elenca tutte",
                    f"no question “{name}”; did you mean “{close}”?"
                    " “filiera questions” lists them all",
                )
            )
        return self._questions[name]


@lru_cache(maxsize=8)
def _read_folder(folder: Path) -> dict[str, Question]:
    return {path.stem: _read(path) for path in sorted(folder.glob("*.rq"))}


def _read(path: Path) -> Question:
    import yaml

    text = path.read_text(encoding="utf-8")
    header = "\n".join(line[2:] for line in text.splitlines() if line.startswith("#+"))
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        values = yaml.load(header, Loader=loader)
        parameters = tuple(_parameter(entry) for entry in values.get("parameters", ()))
        columns = tuple(
            (entry["name"], entry.get("kind", "text"), entry["label"])
            for entry in values["columns"]
        )
        question = Question(
            path.stem,
            values["title"],
            values["description"],
            parameters,
            columns,
            values.get("drawing", "table"),
            values.get("topic", "other"),
            text,
        )
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise DataError(
            Text(
                f"{path.name}: l'intestazione #+ non è come deve essere: {error!r}",
                f"{path.name}: the #+ header is not as it should be: {error!r}",
            )
        ) from error
    for parameter in parameters:
        if not _block(parameter.name).search(_blind(text)):
            raise DataError(
                Text(
                    f"{path.name}: nella query manca il blocco VALUES ?{parameter.name} {{ … }}",
                    f"{path.name}: no block VALUES ?{parameter.name} {{ … }} in the query",
                )
            )
    return question


def _parameter(entry: Mapping[str, Any]) -> Parameter:
    kind = str(entry["type"])
    if kind not in _KINDS | _OTHER and not kind.startswith("concept:"):
        raise KeyError(f"parameter type {kind}")
    default = entry.get("default")
    return Parameter(
        entry["name"],
        kind,
        entry["label"],
        None if default is None else str(default),
        str(entry.get("example", default if default is not None else "")),
        bool(entry.get("required", False)),
        str(entry.get("edge", "last")),
        bool(entry.get("focus", False)),
    )


def _block(name: str) -> re.Pattern[str]:
    return re.compile(r"VALUES\s+\?" + re.escape(name) + r"\s*\{([^{}]*)\}")


def _blind(text: str) -> str:
    """The text with comments blanked, so that no block is looked for inside one."""
    return re.sub(r"(?m)^\s*#.*$", lambda match: " " * len(match.group()), text)


def _bind(text: str, name: str, term: str) -> str:
    parts: list[str] = []
    last = 0
    for match in _block(name).finditer(_blind(text)):
        parts.append(text[last : match.start(1)])
        parts.append(f" {term} ")
        last = match.end(1)
    return "".join(parts) + text[last:]


_WANTED = {
    "date": Text(
        "una data come 2020, 2020-07 o 2020-07-08", "a date such as 2020, 2020-07 or 2020-07-08"
    ),
    "integer": Text("un numero intero", "a whole number"),
}


def _term(question: str, parameter: Parameter, value: Any, resolve: Resolve) -> str:
    try:
        return _typed(parameter, value, resolve)
    except (CellFault, ValueError) as error:
        wanted = _WANTED.get(parameter.type, Text.same(parameter.type))
        raise ParameterError(
            Text(
                f"la domanda “{question}”: {parameter.name}={value!r} non è {wanted.it}",
                f"the question “{question}”: {parameter.name}={value!r} is not {wanted.en}",
            )
        ) from error
    except FilieraError as error:
        error.about(parameter.name)
        raise


def _typed(parameter: Parameter, value: Any, resolve: Resolve) -> str:
    if parameter.type == "date":
        return terms.day(_day(value, parameter.edge))
    if parameter.type == "integer":
        return str(int(value))
    if parameter.type == "text":
        return terms.literal(str(value))
    return terms.iri(resolve(str(value), (parameter.type,)))


def _day(value: Any, edge: str) -> date:
    if isinstance(value, date):
        return value
    if str(value) == "today":
        return date.today()
    meant = span(str(value))
    day = meant.earliest if edge == "first" else meant.latest
    if day is None:
        raise ValueError(value)
    return day
