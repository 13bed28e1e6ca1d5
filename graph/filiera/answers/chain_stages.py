"""The stages of a value chain: wholes and parts, what precedes what, and their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property

from filiera.answers.index import Index
from filiera.network.reading import select
from filiera.store import Store
from filiera.texts import NOTHING, Text
from filiera.vocabulary import DCTERMS, FIL, concept

__all__ = ["ChainStages"]

_CROSS_CUTTING = concept("stage-kind", "cross-cutting")


class ChainStages:
    """The stages of the chain of an IRI; ``stages`` are their IRIs, sorted.

    ``parents`` gives the whole of a part, ``parts`` the parts of a whole; ``follows`` the stages
    that a stage precedes, whatever is sent back left out.
    """

    def __init__(self, store: Store, index: Index, chain: str) -> None:
        self._index = index
        of_chain = f"?a <{FIL.stageOf}> <{chain}>"
        self.stages = sorted(
            stage.value for (stage,) in select(store, f"SELECT DISTINCT ?a {{ {of_chain} }}")
        )
        self.parents: dict[str, str] = {}
        self.parts: dict[str, list[str]] = defaultdict(list)
        inner = f"{of_chain} ; <{DCTERMS.isPartOf}> ?b . ?b <{FIL.stageOf}> <{chain}>"
        for stage, whole in _pairs(store, inner).items():
            self.parents[stage] = min(whole)
            self.parts[min(whole)].append(stage)
        self.follows = _pairs(store, f"{of_chain} ; <{FIL.precedes}> ?b")

    def kind(self, stage: str) -> Text:
        """What sort of stage it is, in words."""
        kinds = self._index.values(stage, DCTERMS.type)
        return self._index.label(kinds[0]) if kinds else NOTHING

    def cross_cutting(self, stage: str) -> bool:
        """Whether it serves the whole chain instead of standing in its flow."""
        return _CROSS_CUTTING in self._index.values(stage, DCTERMS.type)

    def feeds(self, stage: str) -> list[str]:
        """Stages of the chain that a source says it feeds, sorted."""
        known = set(self.stages)
        return [fed for fed in self._index.values(stage, FIL.feeds) if fed in known]

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

    def by_order(self, stage: str) -> tuple[int, str]:
        """Sorts stages in the order of the chain."""
        return self._places.get(stage, len(self.stages)), stage

    @cached_property
    def in_order(self) -> list[tuple[str, int]]:
        """Stages with their depth: wholes in the order of the chain, parts behind their whole.

        Cross-cutting activities come last.
        """
        found: dict[str, int] = {}

        def add(stage: str, depth: int) -> None:
            if stage not in found:
                found[stage] = depth
                for part in sorted(self.parts.get(stage, ()), key=self.by_order):
                    add(part, depth + 1)

        def late(stage: str) -> tuple[bool, tuple[int, str]]:
            return self.cross_cutting(stage), self.by_order(stage)

        for stage in sorted((s for s in self.stages if s not in self.parents), key=late):
            add(stage, 0)
        for stage in self.stages:  # parts of each other, which have no whole
            add(stage, 0)
        return list(found.items())

    def below(self, stage: str) -> list[str]:
        """A stage and its parts, and the parts of these."""
        return _closure([stage], lambda one: self.parts.get(one, ()))

    def above(self, stage: str) -> list[str]:
        """The stages that comprise a stage, the nearest first."""
        found = _closure([stage], lambda one: (self.parents[one],) if one in self.parents else ())
        return found[1:]

    def after(self, stages: Iterable[str]) -> set[str]:
        """Stages and all that come after them."""
        return set(_closure(stages, lambda one: self.follows.get(one, ())))


def _pairs(store: Store, pattern: str) -> dict[str, set[str]]:
    pairs: dict[str, set[str]] = defaultdict(set)
    for one, other in select(store, f"SELECT DISTINCT ?a ?b {{ {pattern} }}"):
        pairs[one.value].add(other.value)
    return pairs


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
