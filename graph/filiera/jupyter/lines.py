"""What people write behind a magic: options, a name, parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from filiera.errors import UsageError
from filiera.languages import LANGUAGES
from filiera.texts import Text

__all__ = ["OPTIONS", "PAIR", "AskLine", "Options", "options_of", "read_ask"]

OPTIONS = {"--lang": "it|en", "--graph": "NAME", "-o": "NAME"}
"""Options of the magics, each with what it takes."""

_OPTION = re.compile(
    r"(?:^|(?<=\s))(?P<name>--lang|--graph|-o)(?:[ =]\s*(?P<value>[^\s]+))?(?=\s|$)"
)
_QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'')
PAIR = re.compile(
    r"(?:^|(?<=\s))(?P<name>\w+)="
    r"(?:\"(?P<double>[^\"]*)\"(?=\s|$)|'(?P<single>[^']*)'(?=\s|$)|(?P<bare>.*?)(?=\s+\w+=|\s*$))"
)
"""A parameter: the value may stand in quotes, and needs them only if it holds ``word=``."""


@dataclass(frozen=True)
class Options:
    """Language, name of the graph and name for the answer, as far as they are given."""

    lang: str = ""
    graph: str = ""
    out: str = ""


@dataclass(frozen=True)
class AskLine:
    """The line behind ``%ask``: the name asked for, its parameters, the options."""

    name: str
    parameters: dict[str, str]
    options: Options = field(default_factory=Options)


def options_of(line: str) -> tuple[Options, str]:
    """The options in a line, and the line without them; what stands in quotes is left alone.

    Raises UsageError for an option without its value, a language that there is not, or a name
    that cannot be that of a variable.

    >>> options_of("gaps --lang it chain=batteries")
    (Options(lang='it', graph='', out=''), 'gaps chain=batteries')
    """
    found: dict[str, str] = {}
    kept = []
    for piece, quoted in _pieces(line):
        if quoted:
            kept.append(piece)
            continue
        for match in _OPTION.finditer(piece):
            name, value = match["name"], match["value"] or ""
            if not value:
                raise UsageError(
                    Text(
                        f"l'opzione {name} vuole dopo di sé {OPTIONS[name]}",
                        f"the option {name} wants {OPTIONS[name]} behind it",
                    )
                )
            found[name] = value
        kept.append(_OPTION.sub("", piece))
    lang = found.get("--lang", "")
    if lang and lang not in LANGUAGES:
        raise UsageError(
            Text(
                f"l'opzione --lang prende it o en, non “{lang}”",
                f"the option --lang takes it or en, not “{lang}”",
            )
        )
    for name in ("--graph", "-o"):
        if name in found and not found[name].isidentifier():
            raise UsageError(
                Text(
                    f"l'opzione {name} prende il nome di una variabile, non “{found[name]}”",
                    f"the option {name} takes the name of a variable, not “{found[name]}”",
                )
            )
    rest = re.sub(r"\s{2,}", " ", "".join(kept)).strip()
    return Options(lang, found.get("--graph", ""), found.get("-o", "")), rest


def read_ask(line: str) -> AskLine:
    """Read the line behind ``%ask``.

    Raises UsageError where it is not a name followed by ``key=value``.

    >>> read_ask('partners need=battery management system near="Reggio Emilia"').parameters
    {'need': 'battery management system', 'near': 'Reggio Emilia'}
    """
    options, rest = options_of(line)
    name, _, tail = rest.partition(" ")
    if not name or "=" in name:
        raise UsageError(
            Text(
                "%ask vuole prima il nome di una domanda o di un'analisi; vedi %questions",
                "%ask wants the name of a question or analysis first; see %questions",
            )
        )
    parameters: dict[str, str] = {}
    at = 0
    for match in PAIR.finditer(tail):
        _nothing_between(tail[at : match.start()])
        if match["name"] in parameters:
            raise UsageError(
                Text(
                    f"il parametro “{match['name']}” è dato due volte; dallo una volta",
                    f"the parameter “{match['name']}” is given twice; give it once",
                )
            )
        value = next(text for text in match.group("double", "single", "bare") if text is not None)
        parameters[match["name"]] = value.strip()
        at = match.end()
    _nothing_between(tail[at:])
    return AskLine(name, parameters, options)


def _nothing_between(text: str) -> None:
    if text.strip():
        given = text.strip()
        raise UsageError(
            Text(
                f"“{given}” non è un parametro; scrivilo come nome=valore, per esempio at=2020",
                f"“{given}” is no parameter; write it as key=value, for example at=2020",
            )
        )


def _pieces(line: str) -> Iterator[tuple[str, bool]]:
    """The line in pieces, with whether each stands in quotes."""
    at = 0
    for match in _QUOTED.finditer(line):
        # An apostrophe within a word opens no quotation: Sant'Agata.
        if match.start() and line[match.start() - 1].isalnum():
            continue
        yield line[at : match.start()], False
        yield match[0], True
        at = match.end()
    yield line[at:], False
