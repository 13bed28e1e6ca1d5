"""What the parser of the command line says of a mistake, in Italian.

The parser speaks English alone. What it says is a handful of sentences; one that is not known
here stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from filiera.languages import LANGUAGES

__all__ = ["asked_language", "in_italian"]

_SENTENCES = (
    (r"No such command (.+?)\.(.*)", r"Non c'è un comando \1.\2"),
    (r"No such option: (\S+)(.*)", r"Non c'è un'opzione \1.\2"),
    (r"Missing command\.", "Manca il comando."),
    (r"Missing argument (.+?)\.(.*)", r"Manca l'argomento \1.\2"),
    (r"Missing option (.+?)\.(.*)", r"Manca l'opzione \1.\2"),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.+)\)", r"C'è qualcosa di troppo: \1"),
    (r"Option (.+) requires an argument\.", r"L'opzione \1 vuole un valore."),
    (r"Option (.+) does not take a value\.", r"L'opzione \1 non prende un valore."),
    (r"Invalid value for (.+?): (.+)", r"Il valore di \1 non va bene: \2"),
)
_PARTS = (
    (r"[.,]? *\(?Did you mean(?: one of:)? (.+?)\?\)?", r" Forse \1?"),
    (r"\(Possible options: (.+)\)", r" Forse \1?"),
    (r"(.+) is not one of (.+)\.", r"\1 non è fra \2."),
    (r"(.+) is not a valid (?:int(?:eger)?(?: range)?)\.", r"\1 non è un numero intero."),
    (r"(.+) is not a valid (?:float(?: range)?)\.", r"\1 non è un numero."),
    (r"(.+) is not in the range (.+)\.", r"\1 non sta nell'intervallo \2."),
)


def in_italian(message: str) -> str:
    """A sentence of the parser in Italian; as it is where it is not known.

    >>> in_italian("No such option: --langg Did you mean --lang?")
    "Non c'è un'opzione --langg. Forse --lang?"
    >>> in_italian("Invalid value for '--top': 'x' is not a valid int.")
    "Il valore di '--top' non va bene: 'x' non è un numero intero."
    """
    for english, italian in _SENTENCES:
        match = re.fullmatch(english, message, re.DOTALL)
        if match:
            parts = [_part(part) for part in match.groups(default="")]
            return _filled(italian, parts)
    return message


def _filled(italian: str, parts: Sequence[str]) -> str:
    return re.sub(r"\\(\d)", lambda place: parts[int(place[1]) - 1], italian)


def _part(text: str) -> str:
    for english, italian in _PARTS:
        match = re.fullmatch(english, text.strip(), re.DOTALL)
        if match:
            return match.expand(italian)
    return text


def asked_language(arguments: Sequence[str]) -> str:
    """The language that ``--lang`` names in a command line; empty where it names none.

    For a command line that could not be read to its end.

    >>> asked_language(["show", "acme", "--lang", "it", "--frob"])
    'it'
    """
    for before, after in zip(arguments, [*arguments[1:], ""], strict=True):
        given = after if before == "--lang" else before.removeprefix("--lang=")
        if before.startswith("--lang") and given in LANGUAGES:
            return given
    return ""
