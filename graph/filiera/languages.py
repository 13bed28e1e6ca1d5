"""The two languages of Filiera, and how one of them is chosen."""

from __future__ import annotations

import os
from collections.abc import Mapping

__all__ = ["LANGUAGES", "best", "from_environment", "in_language"]

LANGUAGES = ("it", "en")


def from_environment(environment: Mapping[str, str] | None = None) -> str:
    """Language that the locale asks for: ``it`` for an Italian one, else ``en``.

    >>> from_environment({"LANG": "it_IT.UTF-8"})
    'it'
    >>> from_environment({"LANG": "de_DE.UTF-8"})
    'en'
    """
    values = os.environ if environment is None else environment
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = values.get(name)
        if value:
            return "it" if value.lower().startswith("it") else "en"
    return "en"


def best(texts: Mapping[str, str], lang: str) -> str:
    """Text in ``lang``, else Italian, English, without language, any; empty if there is none.

    >>> best({"en": "supplies", "it": "fornisce"}, "en")
    'supplies'
    >>> best({"": "ART-ER"}, "it")
    'ART-ER'
    """
    for choice in (lang, *LANGUAGES, ""):
        if choice in texts:
            return texts[choice]
    return next(iter(texts.values()), "")


def in_language(text: str | Mapping[str, str], lang: str) -> str:
    """A text that stands for itself, or that of a language.

    >>> in_language("ART-ER", "it"), in_language({"it": "socio", "en": "member"}, "en")
    ('ART-ER', 'member')
    """
    return text if isinstance(text, str) else text[lang]
