"""The quality of the facts as people read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from filiera.answers.dates import date_text
from filiera.answers.numbers import decimal_text
from filiera.texts import Text, elided

if TYPE_CHECKING:
    from filiera.answers.quality import Faults, Quality
    from filiera.answers.questions_to_ask import ToAsk

__all__ = ["quality_markdown"]

_SOURCES, _QUESTIONS = 15, 20

_TITLE = Text("Qualità dei fatti, {day}", "Quality of the facts, {day}")
_SCORE = Text("Punteggio: {score} su 1", "Score: {score} of 1")
_FORMULA = Text(
    "È la media di cinque quote: fatti con una data, o che non ne hanno il posto ({dated}); fatti"
    " con almeno due fonti ({confirmed}); fatti che non invecchiano, o confermati dal {since} in"
    " poi ({fresh}); organizzazioni con un luogo ({placed}); organizzazioni con un settore"
    " ({in_field}). Un disaccordo tra fonti non lo abbassa: chi nascondesse la seconda fonte"
    " avrebbe altrimenti un punteggio migliore.",
    "It is the mean of five shares: facts that bear a date, or have no place for one ({dated});"
    " facts with two sources or more ({confirmed}); facts that do not go stale, or were confirmed"
    " on {since} or later ({fresh}); organisations with a place ({placed}); organisations with a"
    " sector ({in_field}). A dispute between sources does not lower it: else whoever hid the"
    " second source would score better.",
)
_STALE = Text(
    "Un fatto invecchia quando dice come stanno le cose, nessuna fonte ne dice la fine, e né una"
    " sua data né l'uscita di una sua fonte arriva ad almeno {years} anni fa.",
    "A fact is stale when it says how things stand, no source tells its end, and neither a date of"
    " it nor the appearance of a source of it reaches to {years} years ago or later.",
)
_COUNTS = Text("In cifre", "In figures")
_OF = Text("su", "of")
_BY_CLASS = Text("Per classe", "By class")
_BY_SOURCE = Text("Per fonte: quelle i cui fatti mancano di più", "By source: those that want most")
_ASK = Text("Che cosa chiedere, a chi", "What to ask, of whom")
_MENDS = Text("{use} punti", "{use} points")
_COULD = Text("potrebbe saperlo anche: {names}", "could know too: {names}")
_MORE = Text("E altre {n} domande.", "And {n} more questions.")
_MORE_SOURCES = Text("E altre {n} fonti.", "And {n} more sources.")
_FAULTS = (
    ("undated", Text("senza data", "no date")),
    ("single", Text("una fonte", "one source")),
    ("stale", Text("da confermare", "stale")),
    ("disputed", Text("in disaccordo", "in dispute")),
)
_CLASS, _SOURCE, _FACTS = Text("Classe", "Class"), Text("Fonte", "Source"), Text("Fatti", "Facts")


def quality_markdown(quality: Quality, lang: str) -> str:
    """Headings, the score with its formula, tables of counts, and questions."""
    score = quality.score
    parts = {
        name: f"{getattr(score, name):.0%}"
        for name in ("dated", "confirmed", "fresh", "placed", "in_field")
    }
    day = date_text(lang, quality.at.isoformat())
    lines = [
        f"# {_TITLE(lang).format(day=day)}",
        "",
        f"**{_SCORE(lang).format(score=decimal_text(score.value, lang))}**",
        "",
        elided(_FORMULA(lang).format(**parts, since=date_text(lang, quality.since))),
        "",
        _STALE(lang).format(years=quality.stale_years),
        "",
        f"## {_COUNTS(lang)}",
        "",
        *(f"- {one.label(lang)}: {one.count} {_OF(lang)} {one.total}" for one in quality.measures),
        "",
        f"## {_BY_CLASS(lang)}",
        "",
        *_table(_CLASS(lang), quality.by_class, lang),
        "",
        f"## {_BY_SOURCE(lang)}",
        "",
        *_table(_SOURCE(lang), quality.by_source[:_SOURCES], lang),
        "",
        *_beyond(len(quality.by_source) - _SOURCES, _MORE_SOURCES(lang)),
        f"## {_ASK(lang)}",
        "",
        *(_asked(number, one, lang) for number, one in enumerate(quality.to_ask[:_QUESTIONS], 1)),
        "",
        *_beyond(quality.questions - _QUESTIONS, _MORE(lang)),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def _table(first: str, rows: Sequence[Faults], lang: str) -> Iterator[str]:
    titles = [first, _FACTS(lang), *(title(lang) for _, title in _FAULTS)]
    yield "| " + " | ".join(titles) + " |"
    yield "| --- |" + " ---: |" * (len(titles) - 1)
    for row in rows:
        label = row.label(lang).replace("|", "\\|").replace("\n", " ")
        counts = [row.facts, *(getattr(row, name) for name, _ in _FAULTS)]
        cells = [*map(str, counts)]
        if row.timeless == row.facts:
            cells[1] = "–"
        yield f"| {label} | " + " | ".join(cells) + " |"


def _asked(number: int, one: ToAsk, lang: str) -> str:
    faults = [f"{count} {title(lang)}" for name, title in _FAULTS if (count := getattr(one, name))]
    details = [_MENDS(lang).format(use=one.use), *faults]
    said = f"{number}. {one.sentence(lang)} – {', '.join(details)}"
    if one.website:
        said += f" <{one.website}>"
    if one.publishers:
        said += f"; {_COULD(lang).format(names=', '.join(one.publishers))}"
    return said


def _beyond(more: int, text: str) -> list[str]:
    return [text.format(n=more), ""] if more > 0 else []
