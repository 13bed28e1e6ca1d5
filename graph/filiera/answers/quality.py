"""How good the facts are: which want a date, a second source or an update, and whom to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pyoxigraph import NamedNode, QuerySolutions

from filiera.answers.cards import Cards, SourceRef
from filiera.answers.catalogue import Catalogue
from filiera.answers.dates import date_text
from filiera.answers.evidence import source_data
from filiera.answers.fact_states import FactState, fact_states
from filiera.answers.index import Index, LazyIndex
from filiera.answers.quality_text import quality_markdown
from filiera.answers.questions_to_ask import ToAsk, to_ask
from filiera.answers.spoken import Spoken
from filiera.store import Store
from filiera.texts import Text
from filiera.vocabulary import EDITORIAL, FIL, ORG, RDF

__all__ = ["STALE_YEARS", "Faults", "Measure", "Quality", "Score", "quality"]

STALE_YEARS = 5
"""Years without confirmation after which a fact counts as stale, unless told otherwise."""
_MOST_QUESTIONS = 100


@dataclass(frozen=True)
class Measure:
    """A count of facts, or of organisations, and of how many it is a part."""

    id: str
    label: Text
    count: int
    total: int


@dataclass(frozen=True)
class Score:
    """The score and its parts, each a share from 0 to 1.

    ``dated``: facts that bear a date, or have no place for one. ``confirmed``: facts with two
    sources or more. ``fresh``: facts that cannot go stale, or were confirmed lately enough.
    ``placed`` and ``in_field``: organisations with a place, with a sector. A share of nothing
    is 1. A dispute does not lower the score: who hid the second source would score better.
    """

    dated: float
    confirmed: float
    fresh: float
    placed: float
    in_field: float

    @property
    def value(self) -> float:
        """The mean of the five parts."""
        parts = (self.dated, self.confirmed, self.fresh, self.placed, self.in_field)
        return sum(parts) / len(parts)


@dataclass(frozen=True)
class Faults:
    """Facts of a class, or that a source states, and how many of them want something.

    ``timeless`` counts those without a date that have no place for one.
    """

    iri: str
    label: Text
    facts: int
    undated: int
    timeless: int
    single: int
    disputed: int
    stale: int
    source: SourceRef | None = None

    @classmethod
    def of(
        cls,
        iri: str,
        label: Text,
        states: Sequence[FactState],
        since: str,
        source: SourceRef | None = None,
    ) -> Faults:
        """Count the faults of some facts."""
        return cls(
            iri,
            label,
            len(states),
            sum(state.undated for state in states),
            sum(state.undated and state.timeless for state in states),
            sum(state.single for state in states),
            sum(state.disputed for state in states),
            sum(state.stale(since) for state in states),
            source,
        )

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "iri": self.iri,
            "label": self.label(lang),
            "facts": self.facts,
            "undated": self.undated,
            "timeless": self.timeless,
            "single": self.single,
            "disputed": self.disputed,
            "stale": self.stale,
            "source": source_data(self.source) if self.source else None,
        }


@dataclass(frozen=True)
class Quality(Spoken):
    """Measures, score, faults by class and by source, and what to ask whom next.

    ``since`` is the day before which a fact has to have been confirmed to be stale;
    ``unplaced`` and ``without_field`` are organisations. ``to_ask`` are the hundred questions of
    most use, in that order, and ``questions`` is how many there are.
    """

    at: date
    stale_years: int
    since: str
    score: Score
    measures: tuple[Measure, ...]
    by_class: tuple[Faults, ...]
    by_source: tuple[Faults, ...]
    unplaced: tuple[str, ...]
    without_field: tuple[str, ...]
    to_ask: tuple[ToAsk, ...]
    questions: int

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        score = self.score
        return {
            "at": self.at.isoformat(),
            "stale_years": self.stale_years,
            "stale_before": self.since,
            "score": score.value,
            "formula": "(dated + confirmed + fresh + placed + in_field) / 5",
            "parts": {
                "dated": score.dated,
                "confirmed": score.confirmed,
                "fresh": score.fresh,
                "placed": score.placed,
                "in_field": score.in_field,
            },
            "measures": [
                {
                    "id": measure.id,
                    "label": measure.label(lang),
                    "count": measure.count,
                    "total": measure.total,
                }
                for measure in self.measures
            ],
            "by_class": [faults.to_dict(lang) for faults in self.by_class],
            "by_source": [faults.to_dict(lang) for faults in self.by_source],
            "unplaced": list(self.unplaced),
            "without_field": list(self.without_field),
            "to_ask": [one.to_dict(lang) for one in self.to_ask],
            "questions": self.questions,
        }

    def markdown(self, lang: str) -> str:
        """The score with its formula, the counts, and the questions to ask first."""
        return quality_markdown(self, lang)


def quality(
    store: Store, focus: str = "", *, at: date | None = None, stale_years: int = STALE_YEARS
) -> Quality:
    """Look at every fact and every organisation.

    ``focus`` is the IRI of the body that the data set is about, if there is one; ``at`` is the
    day from which stale is told.
    """
    day = at or date.today()
    since = _years_before(day, stale_years).isoformat()
    cards = Cards(LazyIndex(store))
    index = cards.index
    disputed = _disputed(store)
    states = fact_states(store, disputed)
    organisations = _organisations(store)
    placed = {state.asked for state in states if state.kind == FIL.Seat}
    active = {state.asked for state in states if state.kind == FIL.FieldClaim}
    unplaced = tuple(one for one in organisations if one not in placed)
    without_field = tuple(one for one in organisations if one not in active)
    questions, count = to_ask(
        cards, states, since, unplaced, without_field, _near(store, focus), _MOST_QUESTIONS
    )
    return Quality(
        at=day,
        stale_years=stale_years,
        since=since,
        score=score(states, since, len(organisations), len(unplaced), len(without_field)),
        measures=(
            *_fact_measures(states, since, len(disputed)),
            Measure(
                "unplaced",
                Text("organizzazioni senza luogo", "organisations without a place"),
                len(unplaced),
                len(organisations),
            ),
            Measure(
                "without-field",
                Text("organizzazioni senza settore", "organisations without a sector"),
                len(without_field),
                len(organisations),
            ),
        ),
        by_class=_by_class(index, states, since),
        by_source=_by_source(cards, states, since),
        unplaced=unplaced,
        without_field=without_field,
        to_ask=questions,
        questions=count,
    )


def score(
    states: Sequence[FactState], since: str, organisations: int, unplaced: int, without_field: int
) -> Score:
    """The score of some facts and organisations."""
    total = len(states)
    return Score(
        dated=_share(sum(state.dated or state.timeless for state in states), total),
        confirmed=_share(sum(len(state.sources) > 1 for state in states), total),
        fresh=_share(sum(state.fresh(since) for state in states), total),
        placed=_share(organisations - unplaced, organisations),
        in_field=_share(organisations - without_field, organisations),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _years_before(day: date, years: int) -> date:
    year = max(day.year - years, 1)
    leap_day_missing = (day.month, day.day) == (2, 29) and year % 4 != 0
    return day.replace(year=year, day=28) if leap_day_missing else day.replace(year=year)


def _fact_measures(states: Sequence[FactState], since: str, disputes: int) -> Iterable[Measure]:
    day = Text(*(date_text(lang, since) for lang in ("it", "en")))
    counts = (
        ("undated", Text("fatti senza data", "facts without a date"),
         sum(state.undated for state in states)),
        ("single-source", Text("fatti con una sola fonte", "facts with a single source"),
         sum(state.single for state in states)),
        ("disagreements",
         Text("fatti su cui le fonti non concordano", "facts on which sources disagree"), disputes),
        ("stale",
         Text("fatti non confermati dal {day} in poi", "facts not confirmed on {day} or later")
         .put(day=day), sum(state.stale(since) for state in states)),
    )  # fmt: skip
    return (Measure(name, label, count, len(states)) for name, label, count in counts)


def _organisations(store: Store) -> list[str]:
    """Organisations other than the units of another one."""
    units = set(_subjects(store, ORG.unitOf))
    return sorted(set(_subjects(store, RDF.type, ORG.Organization)) - units)


def _subjects(store: Store, predicate: str, thing: str | None = None) -> Iterator[str]:
    value = None if thing is None else NamedNode(thing)
    for quad in store.quads(None, NamedNode(predicate), value):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject.value


def _near(store: Store, focus: str) -> frozenset[str]:
    """The body in focus and its members: what is asked of them is of most use."""
    return frozenset({focus, *_subjects(store, FIL.memberOf, focus)}) if focus else frozenset()


def _disputed(store: Store) -> set[str]:
    """Facts that the question ``disagreements`` finds, asked of everything."""
    sparql = Catalogue()["disagreements"].sparql({}, resolve=lambda name, kinds: name)
    rows = store.query(sparql)
    assert isinstance(rows, QuerySolutions)
    return {row["fact"].value for row in rows}


def _by_class(index: Index, states: Sequence[FactState], since: str) -> tuple[Faults, ...]:
    groups: dict[str, list[FactState]] = {}
    for state in states:
        groups.setdefault(state.kind, []).append(state)
    found = [Faults.of(kind, index.label(kind), group, since) for kind, group in groups.items()]
    return tuple(sorted(found, key=lambda one: (-one.facts, one.iri)))


def _by_source(cards: Cards, states: Sequence[FactState], since: str) -> tuple[Faults, ...]:
    """Sources whose facts want most, first."""
    groups: dict[str, list[FactState]] = {}
    for state in states:
        for source in state.sources:
            if source != EDITORIAL:
                groups.setdefault(source, []).append(state)
    found = [
        Faults.of(iri, cards.index.label(iri), group, since, cards.source(iri))
        for iri, group in groups.items()
    ]
    return tuple(sorted(found, key=lambda one: (-(one.undated + one.single + one.stale), one.iri)))
