"""A history as people read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from filiera.answers.dates import date_text
from filiera.answers.evidence import Footnotes
from filiera.answers.happenings import CERTAINLY, POSSIBLY, Happening
from filiera.texts import Text, elided

if TYPE_CHECKING:
    from filiera.answers.history import Difference, History, NamedOn

__all__ = ["history_markdown"]

_TITLE = Text("Storia di {body}", "History of {body}")
_UNTIL = Text("fino al {day}", "up to {day}")
_IGNORANCE = Text(
    "Di un socio che qui non compare non si sa nulla: non vuol dire che non ci sia.",
    "Of a member that does not appear here nothing is known: that does not mean there is none.",
)
_STATED = Text("Soci dichiarati", "Members stated")
_NONE_STATED = Text(
    "Nessuna fonte in questo grafo ne dichiara il numero.",
    "No source in this graph states a number.",
)
_NAMED = Text("Soci noti per nome", "Members known by name")
_COLUMNS = (
    Text("Giorno", "Day"),
    Text("Certamente", "Certainly"),
    Text("Forse", "Possibly"),
    Text("Dichiarati", "Stated"),
)
_YEARS = Text("Anno per anno", "Year by year")
_NOTHING = Text(
    "Le fonti di questo grafo non dicono nulla.", "The sources of this graph tell nothing."
)
_UNDATED = Text("Senza data", "Without a date")
_DIFFERENCE = Text(
    "Che cosa è cambiato dal {first} al {last}", "What changed from {first} to {last}"
)
_NO_CHANGE = Text("Nessun cambiamento noto in questo grafo.", "No change that this graph knows of.")
_CERTAINTIES = {
    CERTAINLY: Text("Certamente in questo tempo", "Certainly in this time"),
    POSSIBLY: Text("Forse in questo tempo", "Possibly in this time"),
}
_MEMBERS = Text(
    "Soci noti per nome in questo grafo: {a}, poi {b}.",
    "Members known by name in this graph: {a}, then {b}.",
)
_KNOWN = Text("{n} certamente e {m} forse", "{n} certainly and {m} possibly")
_JOINED = Text(
    "Ingressi: {a} certamente, {b} forse. Uscite: {c} certamente, {d} forse.",
    "Joined: {a} certainly, {b} possibly. Left: {c} certainly, {d} possibly.",
)
_DECLARED = Text("Soci dichiarati: {a}, poi {b}.", "Members stated: {a}, then {b}.")
_UNKNOWN = Text("non noto", "not known")
_DISAGREE = Text("le fonti non concordano", "sources disagree")


def history_markdown(history: History, lang: str) -> str:
    """Headings, sentences and numbered sources."""
    notes = Footnotes(lang)
    title = _TITLE(lang).format(body=history.label(lang))
    if history.at:
        title += ", " + elided(_UNTIL(lang).format(day=date_text(lang, history.at)))
    lines = [f"# {title}", ""]
    if history.difference:
        lines += _difference(history.difference, notes, lang)
    lines += [f"## {_STATED(lang)}", ""]
    lines += [
        f"- {'≠ ' if one.disagrees else ''}{one.sentence(lang)}.{notes.cite(one.evidence)}"
        for one in history.stated
    ] or [_NONE_STATED(lang)]
    lines += ["", f"## {_NAMED(lang)}", "", _IGNORANCE(lang), ""]
    lines += _table(history.named, lang)
    if not history.difference:
        lines += [f"## {_YEARS(lang)}", ""]
        if not history.happenings:
            lines += [_NOTHING(lang), ""]
        for year, happenings in history.by_year().items():
            lines += [f"### {year or _UNDATED(lang)}", "", *_told(happenings, notes, lang), ""]
    return "\n".join(lines) + "\n" + notes.markdown()


def _told(happenings: Iterable[Happening], notes: Footnotes, lang: str) -> Iterator[str]:
    for one in happenings:
        if not one.disagrees:
            yield f"- {one.sentence(lang)}.{notes.cite(*one.evidence)}"
            continue
        yield f"- ≠ {one.sentence(lang)} ({_DISAGREE(lang)}):"
        for version in one.versions:
            when = version.when(lang) or _UNDATED(lang).lower()
            yield f"  - {when}{notes.cite(version.evidence)}"


def _table(named: Iterable[NamedOn], lang: str) -> list[str]:
    rows = [
        "| " + " | ".join(column(lang) for column in _COLUMNS) + " |",
        "| --- | ---: | ---: | ---: |",
    ]
    for one in named:
        cells = (
            date_text(lang, one.day), str(len(one.certain)), str(len(one.possible)),
            _stated(one, lang),
        )  # fmt: skip
        rows.append("| " + " | ".join(cells) + " |")
    return [*rows, ""] if len(rows) > 2 else []


def _stated(named: NamedOn, lang: str) -> str:
    """Numbers stated for the latest day up to then."""
    numbers = dict.fromkeys(f"{one.precision(lang)} {one.value}".strip() for one in named.stated)
    return " / ".join(numbers) or "–"


def _difference(difference: Difference, notes: Footnotes, lang: str) -> Iterator[str]:
    first, last = difference.first, difference.last
    days = {"first": date_text(lang, first.day), "last": date_text(lang, last.day)}
    yield f"## {elided(_DIFFERENCE(lang).format(**days))}"
    yield ""
    cited = notes.cite(*(one.evidence for day in (first, last) for one in day.stated))
    numbers = [_stated(day, lang).replace("–", _UNKNOWN(lang)) for day in (first, last)]
    yield f"- {_DECLARED(lang).format(a=numbers[0], b=numbers[1])}{cited}"
    yield f"- {_MEMBERS(lang).format(a=_known(first, lang), b=_known(last, lang))}"
    counts = {
        "a": difference.counted(CERTAINLY, "joined", "attested"),
        "b": difference.counted(POSSIBLY, "joined", "attested"),
        "c": difference.counted(CERTAINLY, "left"),
        "d": difference.counted(POSSIBLY, "left"),
    }
    yield f"- {_JOINED(lang).format(**counts)}"
    yield ""
    if not difference.changes:
        yield from (_NO_CHANGE(lang), "")
    for certainty, title in _CERTAINTIES.items():
        of_this = [
            change.happening for change in difference.changes if change.certainty == certainty
        ]
        if of_this:
            yield from (f"### {title(lang)}", "", *_told(of_this, notes, lang), "")


def _known(named: NamedOn, lang: str) -> str:
    return _KNOWN(lang).format(n=len(named.certain), m=len(named.possible))
