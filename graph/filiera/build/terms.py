"""RDF terms as N-Quads text (W3C RDF 1.1 N-Quads, section 4)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from filiera.vocabulary import EDTF, XSD

__all__ = ["day", "edtf", "iri", "literal", "number"]

_ESCAPED = re.compile(r'[\x00-\x1f\x7f"\\]')
_SHORT = {"\t": "\\t", "\b": "\\b", "\n": "\\n", "\r": "\\r", "\f": "\\f", '"': '\\"', "\\": "\\\\"}


def iri(value: str) -> str:
    """``<value>``; the caller has checked that it is a legal IRI."""
    return f"<{value}>"


def literal(text: str, lang: str | None = None) -> str:
    """Plain or language-tagged literal.

    >>> print(literal('Motori "sicuri"', "it"))
    "Motori \\"sicuri\\""@it
    """
    body = _ESCAPED.sub(_escape, text)
    return f'"{body}"@{lang}' if lang else f'"{body}"'


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _SHORT.get(character) or f"\\u{ord(character):04X}"


def edtf(text: str) -> str:
    """Date as it was said."""
    return f'"{text}"^^<{EDTF}>'


def day(value: date) -> str:
    """One day."""
    return f'"{value.isoformat()}"^^<{XSD.date}>'


def number(text: str) -> str:
    """Decimal in its canonical form, so that every engine keeps it as it is.

    >>> number("2.50")
    '"2.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    plain = format(Decimal(text), "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return f'"{plain}"^^<{XSD.decimal}>'
