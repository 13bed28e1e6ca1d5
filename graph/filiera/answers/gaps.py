"""Gaps of a value chain: at which of its stages this graph knows nobody, or too few.

An organisation works at a stage if a capability claim places it there, or at a part of the stage.
The claim is as old as the last day for which a source makes it: the day on which it held, where
the source names one, else the day on which the source was published (what ``fil:lastKnown`` says,
with each source taken by itself). A stage where this graph knows nobody may well have somebody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from filiera.answers.cards import Cards
from filiera.answers.chain_stages import ChainStages
from filiera.answers.coverage import Coverage
from filiera.answers.firms import STALE_YEARS, Firm, Firms
from filiera.answers.gap_model import GAP_STATUSES, STATUSES, Gaps, StageGap
from filiera.answers.index import LazyIndex
from filiera.answers.standing import Standing
from filiera.network.reading import select
from filiera.store import Store
from filiera.vocabulary import FIL

__all__ = ["GAP_STATUSES", "STALE_YEARS", "STATUSES", "GapReader", "Gaps", "StageGap", "gaps"]


def gaps(
    store: Store,
    chain: str,
    body: str,
    *,
    at: date | None = None,
    stale_years: int = STALE_YEARS,
) -> Gaps:
    """Gaps of a chain as the body sees them, both given by IRI, at a date (today)."""
    return GapReader(store, body, stale_years=stale_years).gaps(chain, at or date.today())


class GapReader:
    """Gaps as a body sees them, of several chains or at several dates.

    What does not change from one to the other is read once. ``cards`` are those of the store.
    """

    def __init__(
        self,
        store: Store,
        body: str,
        *,
        stale_years: int = STALE_YEARS,
        cards: Cards | None = None,
    ) -> None:
        self.cards = cards or Cards(LazyIndex(store))
        self._store, self._body, self._stale_years = store, body, stale_years
        self._coverage = Coverage(store, self.cards, body)
        self._chains: dict[str, ChainStages] = {}
        self._view: tuple[Standing, Firms] | None = None

    def gaps(self, chain: str, at: date) -> Gaps:
        """Gaps of a chain, given by IRI, at a date."""
        standing, firms = self.view(at)
        reading = _Reading(self.stages(chain), self._claimed, standing, firms, self.cards)
        results = reading.results()
        label = self.cards.index.label
        named = {iri for stage in results for iri in (*stage.breaks_further, *stage.breaks)}
        named |= {iri for stage in results for iri in (*stage.wider, stage.iri)}
        return Gaps(
            chain,
            label(chain),
            self._body,
            label(self._body),
            at,
            self._stale_years,
            results,
            {iri: label(iri) for iri in named},
            self._coverage.knowledge(standing, chain),
        )

    def stages(self, chain: str) -> ChainStages:
        """The stages of a chain."""
        if chain not in self._chains:
            self._chains[chain] = ChainStages(self._store, self.cards.index, chain)
        return self._chains[chain]

    def view(self, at: date) -> tuple[Standing, Firms]:
        """How organisations stand at a date, and what is to be known of them.

        The last one is kept, so ask for all of a date before going on to the next.
        """
        if self._view is None or self._view[0].at != at.isoformat():
            standing = self._standing.on(at)
            self._view = standing, self._firms.on(standing)
        return self._view

    @cached_property
    def _standing(self) -> Standing:
        return Standing(self._store, date.today())

    @cached_property
    def _firms(self) -> Firms:
        return Firms(self.cards, self._standing, self._body, self._stale_years)

    @cached_property
    def _claimed(self) -> dict[str, list[tuple[str, str]]]:
        """(organisation, claim) of the capability claims at each stage."""
        claimed: dict[str, list[tuple[str, str]]] = defaultdict(list)
        claims = (
            f"SELECT DISTINCT ?organisation ?stage ?claim {{ ?claim <{FIL.stage}> ?stage ;"
            f" a <{FIL.CapabilityClaim}> ; <{FIL.subject}> ?organisation }}"
        )
        for organisation, stage, claim in select(self._store, claims):
            claimed[stage.value].append((organisation.value, claim.value))
        return claimed


class _Reading:
    """The stages of one chain at one date."""

    def __init__(
        self,
        chain: ChainStages,
        claimed: dict[str, list[tuple[str, str]]],
        standing: Standing,
        firms: Firms,
        cards: Cards,
    ) -> None:
        self.chain, self.claimed = chain, claimed
        self.standing, self.firms, self.index = standing, firms, cards.index

    def results(self) -> tuple[StageGap, ...]:
        chain = self.chain
        crowds = {stage: self._crowd(chain.below(stage)) for stage in chain.stages}
        statuses = {stage: _status(crowd) for stage, crowd in crowds.items()}
        return tuple(
            self._stage(stage, depth, crowds[stage], statuses) for stage, depth in chain.in_order
        )

    def _stage(
        self, stage: str, depth: int, crowd: list[Firm], statuses: dict[str, str]
    ) -> StageGap:
        chain = self.chain
        there = [firm for firm in crowd if not firm.gone]
        others = [firm for firm in there if not firm.member]
        direct = chain.follows.get(stage, set())
        further = chain.after(direct)
        gaps_within = [
            part for part in chain.below(stage) if part != stage and statuses[part] in GAP_STATUSES
        ]
        present = {firm.iri for firm in there}
        return StageGap(
            iri=stage,
            label=self.index.label(stage),
            kind=chain.kind(stage),
            parent=chain.parents.get(stage, ""),
            depth=depth,
            status=statuses[stage],
            members=tuple(firm for firm in there if firm.member),
            others=tuple(others),
            gone=tuple(firm for firm in crowd if firm.gone),
            invite=tuple(firm.iri for firm in others if _may_join(firm)),
            wider=tuple(iri for iri in self._wider(stage) if iri not in present),
            breaks=tuple(sorted(direct, key=chain.by_order)),
            breaks_further=tuple(sorted(further - direct, key=chain.by_order)),
            gaps_within=tuple(gaps_within),
        )

    def _wider(self, stage: str) -> list[str]:
        """Who is placed at a stage that comprises this one, by a claim that names no part."""
        return sorted(
            {
                organisation
                for whole in self.chain.above(stage)
                for organisation, _ in self.claimed.get(whole, ())
                if not self.standing.closed(organisation)
                and not self.standing.founded_later(organisation)
            }
        )

    def _crowd(self, stages: Iterable[str]) -> list[Firm]:
        """Organisations with a claim at one of the stages, those without a risk first."""
        claims: dict[str, list[str]] = defaultdict(list)
        for stage in stages:
            for organisation, claim in self.claimed.get(stage, ()):
                claims[organisation].append(claim)
        firms = [self.firms.firm(organisation, facts) for organisation, facts in claims.items()]
        return sorted(firms, key=lambda firm: (len(firm.risks), firm.label.en.casefold(), firm.iri))


def _status(crowd: list[Firm]) -> str:
    there = [firm for firm in crowd if not firm.gone and not firm.itself]
    members = [firm for firm in there if firm.member]
    sound = sum(not firm.risks for firm in members)
    if members:
        return "covered" if sound > 1 else "one-only" if sound else "at-risk"
    return "outside-only" if there else "nobody-known"


def _may_join(firm: Firm) -> bool:
    """Whether a body may invite it: not the body itself, and not in trouble."""
    return not firm.itself and not any(risk.kind == "trouble" for risk in firm.risks)
