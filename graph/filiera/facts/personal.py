"""Private data that must not enter the graph: contacts and tax codes of persons."""

from __future__ import annotations

import re

__all__ = ["personal_data"]

_PATTERNS = re.compile(
    r"(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,})"
    r"|(?P<tax>\b[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]\b)"
    r"|(?P<phone>\+\d{2}[\s.]?\d[\d\s./-]{6,}\d"
    r"|\b(?:tel|cell|phone|fax|mob)[a-z]*[.:\s]+\d[\d\s./-]{5,}\d"
    r"|\b0\d{1,3}[\s/.-]\d{5,8}\b|\b3\d{2}[\s/.-]?\d{6,7}\b)",
    re.IGNORECASE,
)
_DIGIT_OR_AT = re.compile(r"[@\d]")
_WORDS = {
    "mail": {"it": "l'indirizzo di posta", "en": "an e-mail address"},
    "tax": {"it": "il codice fiscale", "en": "a tax code"},
    "phone": {"it": "il numero di telefono", "en": "a telephone number"},
}


def personal_data(text: str) -> dict[str, str] | None:
    """What private data a text seems to hold, named in Italian and English; ``None`` if none.

    >>> personal_data("scrivere a mario.rossi@example.org")["en"]
    'an e-mail address'
    >>> personal_data("350000 addetti nel 2020") is None
    True
    """
    if not _DIGIT_OR_AT.search(text):
        return None
    found = _PATTERNS.search(text)
    return _WORDS[found.lastgroup] if found and found.lastgroup else None
