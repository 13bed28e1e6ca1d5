"""How a card is cited: as a sentence and as an entry of BibTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from filiera.answers.dates import date_text
from filiera.facts.dataset import Dataset
from filiera.languages import best
from filiera.views.card_words import WORDS

__all__ = ["Citation", "citation", "licence_name"]

_LICENCES = re.compile(r"https?://creativecommons\.org/licenses/([a-z-]+)/([0-9.]+)/?")
_SPDX = re.compile(r"https?://spdx\.org/licenses/([A-Za-z0-9.-]+)")
_SPECIAL = re.compile(r"[\\{}$&#%_~^]")
_ESCAPED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Citation:
    """A sentence and an entry of BibTeX for the same."""

    sentence: str
    bibtex: str


def citation(dataset: Dataset, iri: str, label: str, lang: str, today: date) -> Citation:
    """The citation of a card: who publishes it, what, where, which state, seen when, licence."""
    title, day = best(dataset.title, lang), date_text(lang, today.isoformat())
    marks = "«»" if lang == "it" else "“”"
    parts = [dataset.publisher, f"{marks[0]}{label}{marks[1]}"]
    collected = ""
    if dataset.collected:
        said = date_text(lang, dataset.collected)
        collected = WORDS["collected"](lang).replace("{day}", said)
    whole = f"{title} ({collected})" if title and collected else title or collected
    accessed = WORDS["accessed"](lang).replace("{day}", day)
    name = licence_name(dataset.licence)
    licence = f"{WORDS['licence'](lang)}: {name}." if name else ""
    head = ", ".join(part for part in (*parts, whole) if part)
    sentence = " ".join(part for part in (f"{head}.", f"{iri} ({accessed}).", licence) if part)
    fields = {
        "author": f"{{{_tex(dataset.publisher)}}}" if dataset.publisher else "",
        "title": f"{{{_tex(label)}}}",
        "howpublished": _tex(title),
        "year": (dataset.collected or today.isoformat())[:4],
        "url": iri,
        "urldate": today.isoformat(),
        "note": _tex("; ".join(part for part in (collected, name) if part)),
        "language": {"it": "italian", "en": "english"}[lang],
    }
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items() if value]
    name = re.sub(r"[^A-Za-z0-9]+", "-", iri.partition("://")[2].partition("/")[2]).strip("-")
    return Citation(sentence, "\n".join([f"@misc{{{name},", *lines, "}"]))


def licence_name(address: str) -> str:
    """Short name of a licence by its address, else the address itself.

    >>> licence_name("https://creativecommons.org/licenses/by/4.0/")
    'CC BY 4.0'
    >>> licence_name("https://spdx.org/licenses/MIT")
    'MIT'
    """
    named = _SPDX.fullmatch(address)
    if named:
        return named[1]
    known = _LICENCES.fullmatch(address)
    return f"CC {known[1].upper()} {known[2]}" if known else address


def _tex(text: str) -> str:
    """A text as BibTeX reads it: one line, its special characters escaped."""
    plain = _BLANKS.sub(" ", text).strip()
    return _SPECIAL.sub(lambda found: _ESCAPED.get(found[0], f"\\{found[0]}"), plain)
