"""What the answer on brokers is made of: organisations, what they hold together, groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from filiera.answers.evidence import Evidence
from filiera.answers.numbers import decimal_text, percent_text
from filiera.texts import Text

__all__ = ["Broker", "Community", "Loss", "Named"]

_SHOWN = 5
"""Names that a sentence lists before it says how many more there are."""


@dataclass(frozen=True)
class Named:
    """A thing and its label."""

    iri: str
    label: Text

    def to_dict(self, lang: str) -> dict[str, str]:
        """What JSON holds of it."""
        return {"iri": self.iri, "label": self.label(lang)}


@dataclass(frozen=True)
class Loss:
    """What falls apart without a node: ``sizes`` of what is left of its component.

    ``cut_off`` are all things that the largest of the pieces no longer reaches.
    """

    sizes: tuple[int, ...]
    cut_off: tuple[Named, ...]


@dataclass(frozen=True)
class Broker:
    """An organisation and how much it stands between others.

    ``betweenness`` is a share (0 to 1); ``constraint`` is None without neighbours;
    ``communities`` are the ids of the groups that its neighbours belong to; ``loss`` is None
    where nothing falls apart. ``evidence`` holds the facts of its edges.
    """

    iri: str
    label: Text
    neighbours: int
    betweenness: float
    constraint: float | None
    community: int | None
    communities: tuple[int, ...]
    loss: Loss | None
    evidence: tuple[Evidence, ...]

    def sentence(self, lang: str) -> str:
        """What the measures say of it, in plain words."""
        share, held = percent_text(self.betweenness, lang), ""
        if self.constraint is not None:
            word = "vincolo" if lang == "it" else "constraint"
            held = f"; {word} {decimal_text(self.constraint, lang)}"
        groups = len(self.communities)
        if lang == "it":
            return (
                f"{self.label.it} ha {self.neighbours} vicini in"
                f" {groups} {'gruppo' if groups == 1 else 'gruppi'}; cammini più brevi tra gli"
                f" altri che passano di qui: {share}{held}."
            )
        return (
            f"{self.label.en} has {self.neighbours} neighbours in"
            f" {groups} {'group' if groups == 1 else 'groups'}; {share} of the shortest ways"
            f" between others lead through it{held}."
        )

    def falling(self, lang: str) -> str:
        """What falls apart if it leaves; empty where nothing does."""
        if self.loss is None:
            return ""
        names = [named.label(lang) for named in self.loss.cut_off]
        listed = ", ".join(names[:_SHOWN])
        more = len(names) - _SHOWN
        pieces = len(self.loss.sizes)
        if lang == "it":
            listed += f" e altri {more}" if more > 0 else ""
            return (
                f"Senza {self.label.it} la sua parte di rete si divide in {pieces}:"
                f" {'resta staccato 1 nodo' if len(names) == 1 else f'{len(names)} nodi staccati'}"
                f" ({listed})."
            )
        listed += f" and {more} more" if more > 0 else ""
        return (
            f"Without {self.label.en} its part of the network falls into {pieces}:"
            f" {len(names)} {'thing' if len(names) == 1 else 'things'} cut off ({listed})."
        )

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        loss = self.loss
        return {
            "iri": self.iri,
            "label": self.label(lang),
            "text": " ".join(filter(None, (self.sentence(lang), self.falling(lang)))),
            "neighbours": self.neighbours,
            "betweenness": round(self.betweenness, 6),
            "constraint": None if self.constraint is None else round(self.constraint, 6),
            "community": self.community,
            "links_communities": list(self.communities),
            "articulation": loss is not None,
            "pieces": list(loss.sizes) if loss else [],
            "cut_off": [named.to_dict(lang) for named in loss.cut_off] if loss else [],
            "evidence": [evidence.to_dict(lang) for evidence in self.evidence],
        }


@dataclass(frozen=True)
class Community:
    """A group: its size, and the things in it with most neighbours."""

    id: int
    size: int
    central: tuple[Named, ...]

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "id": self.id,
            "size": self.size,
            "central": [named.to_dict(lang) for named in self.central],
        }
