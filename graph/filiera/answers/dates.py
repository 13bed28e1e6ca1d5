"""Dates as people say them: EDTF text turned into Italian or English words.

A date keeps the precision and the doubt with which it was said: "2020-07" is
"luglio 2020", never a day of July; "[2020-01-01..2020-07-31]" is some day between
January and July. Reads levels 0 to 2 of the Extended Date/Time Format (ISO 8601-2)
as far as sources use them; a form it does not know is shown as it stands.
"""

from __future__ import annotations

import calendar
import re
from functools import lru_cache
from typing import NamedTuple

__all__ = ["date_text", "when_text"]

_MONTHS = {
    "it": ("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
           "settembre", "ottobre", "novembre", "dicembre"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August",
           "September", "October", "November", "December"),
}  # fmt: skip
_PARTS = {
    "it": {
        21: "primavera", 22: "estate", 23: "autunno", 24: "inverno",
        33: "primo trimestre", 34: "secondo trimestre", 35: "terzo trimestre",
        36: "quarto trimestre", 40: "primo semestre", 41: "secondo semestre",
    },
    "en": {
        21: "spring", 22: "summer", 23: "autumn", 24: "winter",
        33: "the first quarter of", 34: "the second quarter of", 35: "the third quarter of",
        36: "the fourth quarter of", 40: "the first half of", 41: "the second half of",
    },
}  # fmt: skip
_FEMININE = (21, 22)
_DOUBTS = {
    "it": {"?": " (incerto)", "~": " circa", "%": " circa (incerto)"},
    "en": {"?": " (uncertain)", "~": " approximately", "%": " approximately (uncertain)"},
}
_MOMENT = re.compile(r"(\d{3})(\d|X)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([?~%]?)")

# What stands before a moment, by role: (year, month, day, day with elision, masculine
# part of a year, feminine part, part with elision, decade).
_ITALIAN = {
    "in": ("nel ", "a ", "il ", "l'", "nel ", "nella ", "nell'", "negli "),
    "from": ("dal ", "da ", "dal ", "dall'", "dal ", "dalla ", "dall'", "dagli "),
    "to": ("al ", "a ", "al ", "all'", "al ", "alla ", "all'", "agli "),
    "by": ("entro il ", "entro ", "entro il ", "entro l'", "entro il ", "entro la ", "entro l'",
           "entro gli "),
    "of": ("del ", "di ", "del ", "dell'", "del ", "della ", "dell'", "degli "),
    "plain": ("il ", "", "il ", "l'", "il ", "la ", "l'", "gli "),
    "bare": ("", "", "", "", "", "", "", ""),
}  # fmt: skip
_ENGLISH = {"from": "since ", "to": "until ", "by": "by ", "plain": "", "bare": ""}


class _Moment(NamedTuple):
    year: int
    month: int = 0
    day: int = 0
    part: int = 0
    decade: bool = False
    doubt: str = ""


def when_text(lang: str, *, start: str = "", end: str = "", as_of: str = "", date: str = "") -> str:
    """Say when a fact held or happened; empty where no date is given.

    The four dates are EDTF text: when it began, when it ended, a day on which a source
    says that it held, and the day (or period) on which it happened.

    >>> when_text("it", start="[2020-01-01..2020-07-31]")
    'da un giorno tra gennaio e luglio 2020'
    >>> when_text("en", start="2012", end="2015-06")
    'from 2012 to June 2015'
    >>> when_text("it", as_of="2022-01")
    'risulta a gennaio 2022'
    """
    parts = []
    if date:
        parts.append(_happened(date, lang))
    if start or end:
        parts.append(_lasted(start, end, lang))
    if as_of:
        parts.append(_held(as_of, lang))
    return ", ".join(parts)


def date_text(lang: str, edtf: str) -> str:
    """Say a date by itself, without a word before it.

    >>> date_text("en", "2020-07-08"), date_text("it", "2020-07-01")
    ('8 July 2020', '1º luglio 2020')
    >>> date_text("it", "2024-01/2024-09")
    'da gennaio a settembre 2024'
    """
    moment = _moment(edtf)
    return _say(moment, "bare", lang) if moment else _happened(edtf, lang)


def _held(edtf: str, lang: str) -> str:
    if lang == "it":
        return "risulta " + _happened(edtf, lang)
    moment = _moment(edtf)
    return f"as of {_say(moment, 'plain', lang)}" if moment else f"holding {_happened(edtf, lang)}"


def _happened(edtf: str, lang: str) -> str:
    moment = _moment(edtf)
    if moment:
        return _say(moment, "in", lang)
    bounds = _interval(edtf)
    if bounds:
        return _lasted(*bounds, lang) or edtf
    return _one_of(edtf, "in", lang) or edtf


def _lasted(start: str, end: str, lang: str) -> str:
    first, last = _moment(start), _moment(end)
    if first and first == last:
        return _say(first, "in", lang)
    if first and last:
        if lang == "it":
            return f"{_say(first, 'from', lang, last)} {_say(last, 'to', lang)}"
        return f"from {_say(first, 'plain', lang, last)} to {_say(last, 'plain', lang)}"
    said = []
    if start:
        said.append(_side(start, first, "from", lang))
    if end:
        said.append(_side(end, last, "to", lang))
    return ", ".join(said)


def _side(edtf: str, moment: _Moment | None, role: str, lang: str) -> str:
    if moment is None:
        return _one_of(edtf, role, lang) or edtf
    if role == "to" and lang == "it":
        return "fino " + _say(moment, role, lang)
    return _say(moment, role, lang)


def _one_of(edtf: str, role: str, lang: str) -> str:
    """Words for a set ``[a..b]``, ``[..b]``, ``[a..]`` or ``[a,b]``; empty if it is no such set."""
    if not (edtf.startswith("[") and edtf.endswith("]")):
        return ""
    if ".." not in edtf:
        moments = [_moment(part.strip()) for part in edtf[1:-1].split(",")]
        if not all(moments):
            return ""
        before = "fino " if lang == "it" and role == "to" else ""
        choice = " o " if lang == "it" else " or "
        return before + choice.join(_say(moment, role, lang) for moment in moments if moment)
    first_text, last_text = edtf[1:-1].split("..", 1)
    first, last = _coarse(_moment(first_text), 1), _coarse(_moment(last_text), -1)
    if (first_text and not first) or (last_text and not last):
        return ""
    if first and last:
        return _between(first, last, role, lang)
    if last:
        return _at_the_latest(last, role, lang)
    return _at_the_earliest(first, role, lang) if first else ""


def _between(first: _Moment, last: _Moment, role: str, lang: str) -> str:
    if lang == "it":
        day = {"in": "", "from": "da un giorno ", "to": "fino a un giorno "}[role]
        return f"{day}tra {_say(first, 'plain', lang, last)} e {_say(last, 'plain', lang)}"
    day = {"in": "", "from": "since some day ", "to": "until some day "}[role]
    return f"{day}between {_say(first, 'plain', lang, last)} and {_say(last, 'plain', lang)}"


def _at_the_latest(last: _Moment, role: str, lang: str) -> str:
    if role == "in":
        return _say(last, "by", lang)
    if role == "from":
        return _say(last, "from", lang) + (" o prima" if lang == "it" else " or earlier")
    if lang == "it":
        return f"fino {_say(last, 'to', lang)} al più tardi"
    return f"{_say(last, 'to', lang)} at the latest"


def _at_the_earliest(first: _Moment, role: str, lang: str) -> str:
    if role == "in":
        if lang == "it":
            return "non prima " + _say(first, "of", lang)
        return "not before " + _say(first, "plain", lang)
    if role == "from":
        return _say(first, "from", lang) + (" o dopo" if lang == "it" else " or later")
    if lang == "it":
        return f"almeno fino {_say(first, 'to', lang)}"
    return f"at least {_say(first, 'to', lang)}"


def _say(moment: _Moment, role: str, lang: str, before: _Moment | None = None) -> str:
    """Words for one moment; what it shares with the moment said next is left out."""
    name = _name(moment, lang, before)
    if lang == "it":
        lead = _ITALIAN[role][_form(moment)]
        if lead == "a " and name[0] == "a":
            lead = "ad "
        return lead + name + _DOUBTS["it"].get(moment.doubt, "")
    if role == "in":
        prefix = "on " if moment.day else "in the " if moment.decade else "in "
    else:
        prefix = _ENGLISH[role] + ("the " if moment.decade and role != "bare" else "")
    return prefix + name + _DOUBTS["en"].get(moment.doubt, "")


def _name(moment: _Moment, lang: str, before: _Moment | None) -> str:
    year = str(moment.year)
    if moment.decade:
        return f"anni {year}" if lang == "it" else f"{year}s"
    if moment.part:
        return f"{_PARTS[lang][moment.part]} {year}"
    if not moment.month:
        return year
    shares_year = before is not None and before.month > 0 and before.year == moment.year
    words = [_MONTHS[lang][moment.month - 1]]
    if moment.day:
        words.insert(0, "1º" if lang == "it" and moment.day == 1 else str(moment.day))
        if shares_year and before and before.day and before.month == moment.month:
            words.pop()
    if not (shares_year and before and bool(before.day) == bool(moment.day)):
        words.append(year)
    return " ".join(words)


def _form(moment: _Moment) -> int:
    if moment.decade:
        return 7
    if moment.part:
        if _PARTS["it"][moment.part][0] in "aeiou":
            return 6
        return 5 if moment.part in _FEMININE else 4
    if moment.day:
        return 3 if moment.day in (8, 11) else 2
    return 1 if moment.month else 0


def _coarse(moment: _Moment | None, side: int) -> _Moment | None:
    """Drop the day of a bound that is just the first (last) day of its month."""
    if moment is None or not moment.day:
        return moment
    edge = 1 if side > 0 else calendar.monthrange(moment.year, moment.month)[1]
    if moment.day != edge:
        return moment
    return moment._replace(day=0)


def _interval(edtf: str) -> tuple[str, str] | None:
    if edtf.count("/") != 1:
        return None
    start, end = ("" if side in ("", "..") else side for side in edtf.split("/"))
    return start, end


@lru_cache(maxsize=4096)
def _moment(edtf: str) -> _Moment | None:
    match = _MOMENT.fullmatch(edtf)
    if not match:
        return None
    stem, digit, month, day, doubt = match.groups()
    if digit == "X":
        return None if month else _Moment(int(stem) * 10, decade=True, doubt=doubt)
    year = int(stem + digit)
    if month in (None, "XX"):
        return _Moment(year, doubt=doubt)
    number = int(month)
    if number in _PARTS["it"]:
        return None if day else _Moment(year, part=number, doubt=doubt)
    if not 1 <= number <= 12:
        return None
    if day in (None, "XX"):
        return _Moment(year, number, doubt=doubt)
    if not 1 <= int(day) <= calendar.monthrange(year, number)[1]:
        return None
    return _Moment(year, number, int(day), doubt=doubt)
