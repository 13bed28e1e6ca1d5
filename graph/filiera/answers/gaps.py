"""Gaps of a value chain: at which of its stages this graph knows nobody, or too few.

An organisation works at a stage if a capability claim places it there, or at a part of the stage.
The claim is as old as the last day for which a source makes it: the day on which it held, where
the source names one, else the day on which the source was published (what ``fil:lastKnown`` says,
with each source taken by itself). A stage where this graph knows nobody may well have somebody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property

from pyoxigraph import Literal, NamedNode, QuerySolutions

from filiera.answers.cards import Cards
from filiera.answers.coverage import knowledge
from filiera.answers.firms import STALE_YEARS, Firm, Firms
from filiera.answers.gap_model import GAP_STATUSES, STATUSES, Gaps, StageGap
from filiera.answers.index import LazyIndex
from filiera.answers.standing import Standing
from filiera.store import Store
from filiera.texts import NOTHING, Text
from filiera.vocabulary import DCTERMS, PREFIXES

__all__ = ["GAP_STATUSES", "STALE_YEARS", "STATUSES", "Gaps", "StageGap", "gaps"]


def gaps(
    store: Store,
    chain: str,
    body: str,
    *,
    at: date | None = None,
    stale_years: int = STALE_YEARS,
    firms: Firms | None = None,
) -> Gaps:
    """Gaps of a chain as the body sees them, both given by IRI, at a date (today).

    ``firms`` are those of the same body, date and years, read already for another chain.
    """
    day = at or date.today()
    if firms is None:
        firms = Firms(Cards(LazyIndex(store)), Standing(store, day), body, stale_years)
    return _Reading(store, chain, body, day, stale_years, firms).answer()


class _Reading:
    """Reads what an answer needs, once."""

    def __init__(
        self, store: Store, chain: str, body: str, at: date, stale_years: int, firms: Firms
    ) -> None:
        self.store, self.chain, self.body, self.at = store, chain, body, at
        self.stale_years = stale_years
        self.firms, self.cards, self.standing = firms, firms.cards, firms.standing
        self.index = self.cards.index
        self.parents: dict[str, str] = {}
        self.parts: dict[str, list[str]] = defaultdict(list)
        self.stages = sorted(row[0] for row in self._select("?a", f"?a fil:stageOf <{chain}>"))
        for stage, whole in self._pairs(
            f"?a fil:stageOf <{chain}> ; dcterms:isPartOf ?b . ?b fil:stageOf <{chain}>"
        ).items():
            self.parents[stage] = min(whole)
            self.parts[min(whole)].append(stage)
        self.follows = self._pairs(f"?a fil:stageOf <{chain}> ; fil:precedes ?b")
        self.claimed: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for organisation, stage, claim in self._claims():
            self.claimed[stage].append((organisation, claim))

    def answer(self) -> Gaps:
        below = {stage: self._below(stage) for stage in self.stages}
        crowds = {stage: self._crowd(below[stage]) for stage in self.stages}
        found = {stage: self._status(crowds[stage]) for stage in self.stages}
        results = tuple(
            self._stage(stage, depth, crowds[stage], found, below[stage])
            for stage, depth in self._in_order()
        )
        named = {iri for stage in results for iri in (*stage.breaks_further, *stage.breaks)}
        named |= {iri for stage in results for iri in stage.wider} | set(self.stages)
        return Gaps(
            self.chain,
            self.index.label(self.chain),
            self.body,
            self.index.label(self.body),
            self.at,
            self.stale_years,
            results,
            {iri: self.index.label(iri) for iri in named},
            knowledge(self.store, self.cards, self.standing, self.body, self.chain),
        )

    def _stage(
        self,
        stage: str,
        depth: int,
        crowd: list[Firm],
        statuses: dict[str, str],
        below: list[str],
    ) -> StageGap:
        there = [firm for firm in crowd if not firm.gone]
        others = [firm for firm in there if not firm.member]
        direct = self.follows.get(stage, set())
        further = self._after(direct)
        gaps_within = [part for part in below if part != stage and statuses[part] in GAP_STATUSES]
        present = {firm.iri for firm in there}
        return StageGap(
            iri=stage,
            label=self.index.label(stage),
            kind=self._kind(stage),
            parent=self.parents.get(stage, ""),
            depth=depth,
            status=statuses[stage],
            members=tuple(firm for firm in there if firm.member),
            others=tuple(others),
            gone=tuple(firm for firm in crowd if firm.gone),
            invite=tuple(firm.iri for firm in others if _may_join(firm)),
            wider=tuple(iri for iri in self._wider(stage) if iri not in present),
            breaks=tuple(sorted(direct, key=self._by_order)),
            breaks_further=tuple(sorted(further - direct, key=self._by_order)),
            gaps_within=tuple(gaps_within),
        )

    def _kind(self, stage: str) -> Text:
        kinds = self.index.values(stage, DCTERMS.type)
        return self.index.label(kinds[0]) if kinds else NOTHING

    def _status(self, crowd: list[Firm]) -> str:
        there = [firm for firm in crowd if not firm.gone and not firm.itself]
        members = [firm for firm in there if firm.member]
        sound = sum(not firm.risks for firm in members)
        if members:
            return "covered" if sound > 1 else "one-only" if sound else "at-risk"
        return "outside-only" if there else "nobody-known"

    # Stages ---------------------------------------------------------------------------------

    @cached_property
    def _places(self) -> dict[str, int]:
        """Place of each stage in the order of the chain: after those that precede it."""
        order: dict[str, int] = {}
        waiting = dict.fromkeys(self.stages)
        while waiting:
            blocked = {after for stage in waiting for after in self.follows.get(stage, ())}
            free = [stage for stage in waiting if stage not in blocked] or list(waiting)
            for stage in free:
                order[stage] = len(order)
                del waiting[stage]
        return order

    def _by_order(self, stage: str) -> tuple[int, str]:
        return self._places.get(stage, len(self.stages)), stage

    def _in_order(self) -> list[tuple[str, int]]:
        """Stages with their depth: wholes in the order of the chain, parts behind their whole.

        Cross-cutting activities come last.
        """
        found: dict[str, int] = {}

        def add(stage: str, depth: int) -> None:
            if stage not in found:
                found[stage] = depth
                for part in sorted(self.parts[stage], key=self._by_order):
                    add(part, depth + 1)

        def late(stage: str) -> tuple[bool, tuple[int, str]]:
            kinds = self.index.values(stage, DCTERMS.type)
            return any(kind.endswith("/cross-cutting") for kind in kinds), self._by_order(stage)

        for stage in sorted((s for s in self.stages if s not in self.parents), key=late):
            add(stage, 0)
        for stage in self.stages:  # parts of each other, which have no whole
            add(stage, 0)
        return list(found.items())

    def _below(self, stage: str) -> list[str]:
        return _closure([stage], lambda one: self.parts.get(one, ()))

    def _after(self, stages: Iterable[str]) -> set[str]:
        return set(_closure(stages, lambda one: self.follows.get(one, ())))

    def _wider(self, stage: str) -> list[str]:
        """Who is placed at a stage that comprises this one, by a claim that names no part."""
        parent = self.parents.get(stage)
        above = _closure([parent] if parent else [], self._parent_of)
        return sorted(
            {
                organisation
                for whole in above
                if whole != stage
                for organisation, _ in self.claimed.get(whole, ())
                if not self.standing.closed(organisation)
                and not self.standing.founded_later(organisation)
            }
        )

    def _parent_of(self, stage: str) -> tuple[str, ...]:
        return (self.parents[stage],) if stage in self.parents else ()

    # Organisations --------------------------------------------------------------------------

    def _crowd(self, stages: Iterable[str]) -> list[Firm]:
        """Organisations with a claim at one of the stages, those without a risk first."""
        claims: dict[str, list[str]] = defaultdict(list)
        for stage in stages:
            for organisation, claim in self.claimed.get(stage, ()):
                claims[organisation].append(claim)
        firms = [self.firms.firm(organisation, facts) for organisation, facts in claims.items()]
        return sorted(firms, key=lambda firm: (len(firm.risks), firm.label.en.casefold(), firm.iri))

    def _claims(self) -> list[tuple[str, str, str]]:
        """(organisation, stage, claim) of the claims at the stages of the chain."""
        pattern = (
            f"?stage fil:stageOf <{self.chain}> . ?claim fil:stage ?stage ;"
            " a fil:CapabilityClaim ; fil:subject ?organisation ."
        )
        return [
            (row[0], row[1], row[2]) for row in self._select("?organisation ?stage ?claim", pattern)
        ]

    def _pairs(self, pattern: str) -> dict[str, set[str]]:
        pairs: dict[str, set[str]] = defaultdict(set)
        for one, other in self._select("?a ?b", pattern):
            pairs[one].add(other)
        return pairs

    def _select(self, names: str, pattern: str) -> Iterator[tuple[str, ...]]:
        prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
        rows = self.store.query(f"{prefixes} SELECT DISTINCT {names} {{ {pattern} }}")
        assert isinstance(rows, QuerySolutions)
        for row in rows:
            yield tuple(term.value for term in row if isinstance(term, NamedNode | Literal))


def _closure(start: Iterable[str], following: Callable[[str], Iterable[str]]) -> list[str]:
    """Everything that can be reached, the start included, each once."""
    found: dict[str, None] = {}
    waiting = list(start)
    while waiting:
        here = waiting.pop(0)
        if here not in found:
            found[here] = None
            waiting.extend(sorted(following(here)))
    return list(found)


def _may_join(firm: Firm) -> bool:
    """Whether a body may invite it: not the body itself, and not in trouble."""
    return not firm.itself and not any(risk.kind == "trouble" for risk in firm.risks)
