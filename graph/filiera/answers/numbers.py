"""Numbers and amounts as people write them in Italian and in English."""

from __future__ import annotations

from decimal import Decimal

__all__ = ["amount_text", "decimal_text", "number_text", "percent_text"]

_MANY = {
    "it": ((10**9, "miliardo", "miliardi"), (10**6, "milione", "milioni")),
    "en": ((10**9, "billion", "billion"), (10**6, "million", "million")),
}
_CURRENCIES = {"EUR": "euro"}


def number_text(value: Decimal, lang: str) -> str:
    """All digits of a number, grouped in thousands.

    >>> number_text(Decimal("1234.5"), "it"), number_text(Decimal("1234.5"), "en")
    ('1.234,5', '1,234.5')
    """
    text = f"{value:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,")) if lang == "it" else text


def amount_text(value: Decimal, unit: str, lang: str) -> str:
    """A number with its unit; large sums of money in millions or billions, nothing rounded off.

    A unit in words (``persons``, ``trucks per day``) is left out: the measure says already
    what is counted, and over what time.

    >>> amount_text(Decimal(14_000_000), "EUR", "it"), amount_text(Decimal(14_000_000), "EUR", "en")
    ('14,0 milioni di euro', 'EUR 14.0 million')
    >>> amount_text(Decimal("3.5"), "%", "it")
    '3,5%'
    """
    currency = unit.partition(" ")[0]
    if currency in _CURRENCIES:
        return _money(value, currency, lang)
    number = number_text(value, lang)
    if unit == "%":
        return f"{number}%"
    in_words = len(unit) > 3 and unit.replace(" ", "").isalpha()
    return number if in_words or not unit else f"{number} {unit}"


def _money(value: Decimal, currency: str, lang: str) -> str:
    name = _CURRENCIES[currency]
    for size, one, many in _MANY[lang]:
        part = value / size
        if abs(part) >= 1 and part == round(part, 3):
            number = number_text(part, lang)
            if part == int(part) and abs(part) < 1000:
                number += ",0" if lang == "it" else ".0"
            if lang == "it":
                return f"{number} {one if abs(part) == 1 else many} di {name}"
            return f"{currency} {number} {many}"
    number = number_text(value, lang)
    return f"{number} {name}" if lang == "it" else f"{currency} {number}"


def decimal_text(value: float, lang: str) -> str:
    """Number with two decimals.

    >>> decimal_text(0.386, "it")
    '0,39'
    """
    text = f"{value:.2f}"
    return text.replace(".", ",") if lang == "it" else text


def percent_text(share: float, lang: str) -> str:
    """Share of one as a percentage with one decimal.

    >>> percent_text(0.155, "en")
    '15.5%'
    """
    text = f"{100 * share:.1f}"
    return f"{text.replace('.', ',')}%" if lang == "it" else f"{text}%"
