"""What to ask whom next: one question for each asked and matter, those that mend most first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any

from filiera.answers.cards import Cards
from filiera.answers.fact_states import FactState
from filiera.texts import NOTHING, Text
from filiera.vocabulary import DCTERMS, EDITORIAL, FIL, FOAF

__all__ = ["ToAsk", "to_ask"]

_NAMED = 5
_KNOWING = 3
_WEIGHTS = {"disputed": 3, "stale": 3, "undated": 2, "single": 1, "missing": 2}
"""What it is worth to mend a fault: most where something may not be true today."""
_WEIGHT_OF_FOCUS = 2
_PROFILE = "profile"
_MATTERS: dict[str, Text] = {
    FIL.Membership: Text(
        "chi ne fa parte, da quando, e ancora oggi?", "who is part of it, since when, and still?"
    ),
    FIL.OfficeTerm: Text(
        "chi vi ricopre quale carica, da quando, e ancora oggi?",
        "who holds which office there, since when, and still?",
    ),
    FIL.Tie: Text(
        "con chi ha questi legami, da quando, e ancora oggi?",
        "with whom are these ties, since when, and do they still hold?",
    ),
    FIL.CapabilityClaim: Text(
        "a quali stadi di filiera lavora, e ancora oggi?",
        "at which stages of a chain does it work, and still?",
    ),
    FIL.FieldClaim: Text("in quali settori lavora oggi?", "in which sectors does it work today?"),
    FIL.Offering: Text("che cosa offre oggi?", "what does it offer today?"),
    FIL.Naming: Text("con quali nomi, e da quando?", "under which names, and since when?"),
    FIL.Phase: Text(
        "da quando esiste, e in che stato è?", "since when does it exist, and in what state is it?"
    ),
    FIL.Figure: Text("quali cifre, e di che giorno?", "which figures, and of what day?"),
    FIL.Participation: Text(
        "in quali progetti, in che ruolo e da quando a quando?",
        "in which projects, in what role, from when to when?",
    ),
    FIL.Seat: Text("dove ha sede oggi?", "where is its seat today?"),
    FIL.Decision: Text("che cosa è stato deciso, e quando?", "what was decided, and when?"),
    FIL.Commitment: Text(
        "che ne è stato dell'impegno, e quando?", "what became of the commitment, and when?"
    ),
}
_ELSE = Text("che cosa vale, e da quando?", "what holds, and since when?")
_MISSING = {
    (True, True): Text(
        "dove ha sede e in che settore lavora?", "where is its seat, and in which sector is it?"
    ),
    (True, False): Text("dove ha sede?", "where is its seat?"),
    (False, True): Text("in che settore lavora?", "in which sector is it?"),
}


@dataclass(frozen=True)
class ToAsk:
    """A question: whom to ask, what, how much it mends, and who could know besides.

    ``matter`` is the IRI of the class of the facts, or ``profile`` for place and sector.
    ``use`` counts what the answer would mend: three for a dispute or a missing confirmation, two
    for a missing date, place or sector, one for a missing second source; twice that where the
    body in focus or one of its members is asked. ``about`` are others whom the facts concern,
    ``publishers`` those whose sources say most of it, and so could know.
    """

    asked: str
    label: Text
    website: str
    matter: str
    question: Text
    use: int
    undated: int
    single: int
    stale: int
    disputed: int
    facts: tuple[str, ...]
    about: tuple[str, ...]
    about_labels: tuple[Text, ...]
    publishers: tuple[str, ...]

    def sentence(self, lang: str) -> str:
        """Whom to ask what, about whom."""
        said = f"{self.label(lang)}: {self.question(lang)}"
        if not self.about:
            return said
        named = ", ".join(label(lang) for label in self.about_labels[:_NAMED])
        more = len(self.about) - _NAMED
        if more > 0:
            named += f" e {more} ancora" if lang == "it" else f" and {more} more"
        return f"{said} ({named})"

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "ask": self.asked,
            "label": self.label(lang),
            "website": self.website or None,
            "matter": self.matter,
            "question": self.question(lang),
            "sentence": self.sentence(lang),
            "use": self.use,
            "undated": self.undated,
            "single": self.single,
            "stale": self.stale,
            "disputed": self.disputed,
            "facts": list(self.facts),
            "about": list(self.about),
            "could_know": list(self.publishers),
        }


def to_ask(
    cards: Cards,
    states: Sequence[FactState],
    since: str,
    unplaced: Iterable[str],
    without_field: Iterable[str],
    focus: Set[str],
    most: int,
) -> tuple[tuple[ToAsk, ...], int]:
    """The questions of most use (then by IRI), and how many there are in all."""
    groups: dict[tuple[str, str], list[FactState]] = {}
    for state in states:
        wanting = (state.undated and not state.timeless) or state.single or state.stale(since)
        if state.asked and (wanting or state.disputed):
            groups.setdefault((state.asked, state.kind), []).append(state)
    missing = {one: [True, False] for one in unplaced}
    for one in without_field:
        missing.setdefault(one, [False, False])[1] = True
    uses = {key: _use(key[0], focus, **_faults(group, since)) for key, group in groups.items()}
    for asked, lacks in missing.items():
        uses[asked, _PROFILE] = _use(asked, focus, missing=sum(lacks))
    chosen = nsmallest(most, uses, key=lambda key: (-uses[key], key))
    heard = _Heard(cards, states, {asked for asked, _ in chosen})
    return tuple(
        _question(
            cards,
            asked,
            matter,
            uses[asked, matter],
            groups.get((asked, matter), ()),
            missing.get(asked, [False, False]),
            since,
            heard,
        )
        for asked, matter in chosen
    ), len(uses)


def _faults(group: Sequence[FactState], since: str) -> dict[str, int]:
    return {
        "undated": sum(state.undated and not state.timeless for state in group),
        "single": sum(state.single for state in group),
        "stale": sum(state.stale(since) for state in group),
        "disputed": sum(state.disputed for state in group),
    }


def _use(asked: str, focus: Set[str], **faults: int) -> int:
    mended = sum(_WEIGHTS[fault] * count for fault, count in faults.items())
    return mended * (_WEIGHT_OF_FOCUS if asked in focus else 1)


def _question(
    cards: Cards,
    asked: str,
    matter: str,
    use: int,
    group: Sequence[FactState],
    lacks: Sequence[bool],
    since: str,
    heard: _Heard,
) -> ToAsk:
    index = cards.index
    about = tuple(dict.fromkeys(state.other for state in group if state.other))
    profile = _MISSING.get((lacks[0], lacks[1]), NOTHING)
    return ToAsk(
        asked=asked,
        label=index.label(asked),
        website=next(iter(index.values(asked, FOAF.homepage)), ""),
        matter=matter,
        question=profile if matter == _PROFILE else _MATTERS.get(matter, _ELSE),
        use=use,
        **_faults(group, since),
        facts=tuple(state.iri for state in group),
        about=about,
        about_labels=tuple(index.label(iri) for iri in about),
        publishers=heard.publishers(asked, group),
    )


class _Heard:
    """Publishers of the sources that speak of some organisations."""

    def __init__(self, cards: Cards, states: Iterable[FactState], things: Set[str]) -> None:
        self._index = cards.index
        self._names: dict[str, list[str]] = {}
        self._of: dict[str, Counter[str]] = {thing: Counter() for thing in things}
        for state in states:
            for thing in (state.asked, state.other):
                if thing in self._of:
                    self._of[thing].update(self._publishers(state.sources))

    def publishers(self, asked: str, group: Iterable[FactState]) -> tuple[str, ...]:
        """Those who spoke of some facts, then those who say most of the one asked."""
        here = Counter(name for state in group for name in self._publishers(state.sources))
        names = [
            name
            for counter in (here, self._of[asked])
            for name, _ in sorted(counter.items(), key=lambda item: (-item[1], item[0]))
        ]
        return tuple(dict.fromkeys(names))[:_KNOWING]

    def _publishers(self, sources: Iterable[str]) -> Iterator[str]:
        """None for what the project itself asserts."""
        for source in sources:
            if source not in self._names:
                publishers = self._index.values(source, DCTERMS.publisher)
                known = [] if source == EDITORIAL else publishers
                self._names[source] = [self._index.label(iri).it for iri in known]
            yield from self._names[source]
