"""A text in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from filiera.languages import best

__all__ = ["NOTHING", "OTHER", "Text", "elided", "harmless"]

OTHER = "{}"
"""Stands in a text for the label of another thing."""

_BEFORE_VOWEL = re.compile(r"\b([Aa]|[Dd][ae]|[Nn]e)l (?=(?:8|11)\b)")
_SEEN = "\t\n"
_COMMANDS = {
    code: "\ufffd"
    for first, last in (
        (0x00, 0x1F),  # ASCII: among them the escapes that a terminal obeys
        (0x7F, 0x9F),  # and those of Latin-1, which some terminals obey as well
        (0x061C, 0x061C),  # what turns the direction of all that follows:
        (0x200E, 0x200F),  # marks,
        (0x202A, 0x202E),  # embeddings and overrides,
        (0x2066, 0x2069),  # isolates
    )
    for code in range(first, last + 1)
    if chr(code) not in _SEEN
}


class Text(NamedTuple):
    """The same said in Italian and in English.

    >>> Text("fornisce", "supplies")("en")
    'supplies'
    """

    it: str
    en: str

    def __call__(self, lang: str) -> str:
        """The text in ``it`` or ``en``."""
        return self.it if lang == "it" else self.en

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Text:
        """Best text for each language out of texts by language.

        >>> Text.of({"": "ART-ER"})
        Text(it='ART-ER', en='ART-ER')
        """
        return cls(best(texts, "it"), best(texts, "en"))

    @classmethod
    def same(cls, text: str) -> Text:
        """One text for both languages."""
        return cls(text, text)

    def literal(self) -> Text:
        """The text with no place for another thing left in it: for what comes from data."""
        return Text(self.it.replace(OTHER, "{ }"), self.en.replace(OTHER, "{ }"))

    def put(self, **parts: Text) -> Text:
        """Fill in named places such as ``{role}``; ``{}`` stays as it is.

        >>> Text("{role} di {}", "{role} of {}").put(role=Text("socio", "member"))
        Text(it='socio di {}', en='member of {}')
        >>> Text("al {day}", "on {day}").put(day=Text("8 luglio", "8 July")).it
        "all'8 luglio"
        """
        it, en = self
        for name, part in parts.items():
            plain = part.literal()
            it, en = it.replace(f"{{{name}}}", plain.it), en.replace(f"{{{name}}}", plain.en)
            if plain.it.startswith(("8", "11")):
                it = elided(it)
        return Text(it, en)

    def bracket(self, *details: Text | None) -> Text:
        """Add details in brackets, those that there are.

        >>> Text.same("Modena").bracket(None, Text("Emilia-Romagna", "Emilia-Romagna")).en
        'Modena (Emilia-Romagna)'
        """
        there = [detail.literal() for detail in details if detail]
        if not there:
            return self
        it, en = (", ".join(side) for side in zip(*there, strict=True))
        return Text(f"{self.it} ({it})", f"{self.en} ({en})")

    def colon(self, detail: Text | None) -> Text:
        """Add a detail after a colon, if there is one.

        >>> Text("misura", "measure").colon(Text.same("12")).it
        'misura: 12'
        """
        if not detail:
            return self
        plain = detail.literal()
        return Text(f"{self.it}: {plain.it}", f"{self.en}: {plain.en}")

    def with_other(self, label: Text) -> Text:
        """Put the label of the other thing where ``{}`` stands."""
        return Text(self.it.replace(OTHER, label.it, 1), self.en.replace(OTHER, label.en, 1))


NOTHING = Text("", "")


def elided(text: str) -> str:
    """An Italian text with “al”, “dal” and the like elided before 8 and 11, said with a vowel.

    >>> elided("Che cosa è cambiato dal 11 maggio al 8 luglio 2020, fino al 18")
    "Che cosa è cambiato dall'11 maggio all'8 luglio 2020, fino al 18"
    """
    return _BEFORE_VOWEL.sub(r"\1ll'", text)


def harmless(text: str) -> str:
    """A text in which control characters and those that turn the direction are shown as such.

    Data may come from anywhere. So that a name can neither command a terminal nor make what
    stands beside it read otherwise, each of them becomes a replacement character where people
    read it; what goes into files for programs stays as it is.

    >>> harmless("Acme\\x1b[2J \\u202egnihton") == "Acme\\ufffd[2J \\ufffdgnihton"
    True
    """
    return text.translate(_COMMANDS)
