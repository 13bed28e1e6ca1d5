"""The value chains of the page and their stages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from filiera.answers.gaps import GapReader
from filiera.iris import local_id
from filiera.network.reading import select, values_of
from filiera.store import Store
from filiera.views.page_refs import Refs, both
from filiera.views.page_stage_grid import Cell, stage_grid
from filiera.vocabulary import DCTERMS, FIL, SKOS

__all__ = ["PageChains"]


class PageChains:
    """Chains in the order of how many organisations are placed in them, the most first.

    Stages are numbered through all chains, in the order of the answer on gaps.
    """

    def __init__(self, store: Store, reader: GapReader, shown: Iterable[str], refs: Refs) -> None:
        self._store, self._reader, self._refs = store, reader, refs
        self._index = reader.cards.index
        self.nodes = frozenset(shown)
        """The IRIs of the nodes of the page."""
        placed = Counter(
            chain for chains in values_of(store, FIL.worksInChain).values() for chain in chains
        )
        named = {c.value for (c,) in select(store, f"SELECT ?c {{ ?c a <{FIL.ValueChain}> }}")}
        named |= {c.value for (c,) in select(store, f"SELECT ?c {{ ?s <{FIL.stageOf}> ?c }}")}
        self.chains = sorted(named, key=lambda chain: (-placed[chain], chain))
        homes: dict[str, int] = {}
        for number, chain in enumerate(self.chains):
            for stage, _ in reader.stages(chain).in_order:
                # Sources may put a stage into two chains; it is drawn as one of the first.
                homes.setdefault(stage, number)
        self.stages = list(homes)
        self.chain_of = list(homes.values())
        """The chain of each stage."""
        self.numbers = {stage: number for number, stage in enumerate(self.stages)}

    @cached_property
    def place_of(self) -> list[int]:
        """The column of each stage; what serves the whole chain comes after all others."""
        places = [self.cells[stage].column for stage in self.stages]
        last = len(places)
        return [last if place is None else place for place in places]

    @cached_property
    def cells(self) -> dict[str, Cell]:
        """Place of each stage on the board of its chain."""
        grids = [stage_grid(self._reader.stages(chain)) for chain in self.chains]
        return {
            stage: grids[chain][stage]
            for stage, chain in zip(self.stages, self.chain_of, strict=True)
        }

    @cached_property
    def groups(self) -> dict[str, str]:
        """The group that works on each chain, where it is a node of the page."""
        found: dict[str, str] = {}
        for group, chains in sorted(values_of(self._store, FIL.worksOn).items()):
            for chain in chains:
                if group in self.nodes:
                    found.setdefault(chain, group)
        return found

    def data(self) -> dict[str, Any]:
        """Chains and stages."""
        return {
            "chains": [self._chain(chain) for chain in self.chains],
            "stages": [
                self._stage(chain, stage)
                for stage, chain in zip(self.stages, self.chain_of, strict=True)
            ],
        }

    def _chain(self, chain: str) -> dict[str, Any]:
        told: dict[str, Any] = {"id": local_id(chain), "label": both(self._index.label(chain))}
        definition = self._index.text(chain, SKOS.definition)
        if definition:
            told["definition"] = self._refs.text(definition)
        if chain in self.groups:
            told["group"] = local_id(self.groups[chain])
        told["stages"] = [self.numbers[stage] for stage, _ in self._reader.stages(chain).in_order]
        return told

    def _stage(self, number: int, stage: str) -> dict[str, Any]:
        stages, cell = self._reader.stages(self.chains[number]), self.cells[stage]
        told: dict[str, Any] = {
            "id": local_id(stage),
            "label": both(self._index.label(stage)),
            "chain": number,
        }
        kinds = self._index.values(stage, DCTERMS.type)
        if kinds:
            told["kind"] = local_id(kinds[0]).rsplit("/", 1)[-1]
        definition = self._index.text(stage, SKOS.definition)
        if definition:
            told["definition"] = self._refs.text(definition)
        told["feeds"] = [self.numbers[fed] for fed in stages.feeds(stage)]
        if stage in stages.parents:
            told["parent"] = self.numbers[stages.parents[stage]]
        told |= {"column": cell.column, "row": cell.row}
        return told
