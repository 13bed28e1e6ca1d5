"""What an answer on the gaps of a value chain holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from filiera.answers.coverage import Knowledge
from filiera.answers.firms import Firm
from filiera.answers.spoken import Spoken
from filiera.texts import Text

__all__ = ["GAP_STATUSES", "STATUSES", "Gaps", "StageGap"]

STATUSES = {
    "nobody-known": Text("nessuno noto", "nobody known"),
    "outside-only": Text("solo fuori dal cluster", "only outside the cluster"),
    "at-risk": Text("a rischio", "at risk"),
    "one-only": Text("uno solo", "one only"),
    "covered": Text("coperto", "covered"),
}
"""Statuses of a stage, from the worst to the best; the first two are gaps.

``covered``: at least two members against whom nothing speaks; ``one-only``: one such member;
``at-risk``: members, all with a risk; ``outside-only``: organisations at work, none of them a
member. A new capability claim can only lift a stage.
"""

GAP_STATUSES = ("nobody-known", "outside-only")


@dataclass(frozen=True)
class StageGap:
    """A stage with those who work there or at a part of it, and its status.

    ``wider`` are organisations placed at a stage that comprises this one by a claim that names no
    part: they may work here. ``invite`` are the IRIs of the outsiders against whom no
    trouble is known. ``breaks`` are the stages that come next, ``breaks_further`` all that come
    after those. ``gaps_within`` are its parts that are gaps.
    """

    iri: str
    label: Text
    kind: Text
    parent: str
    depth: int
    status: str
    members: tuple[Firm, ...]
    others: tuple[Firm, ...]
    gone: tuple[Firm, ...]
    invite: tuple[str, ...]
    wider: tuple[str, ...]
    breaks: tuple[str, ...]
    breaks_further: tuple[str, ...]
    gaps_within: tuple[str, ...]

    @property
    def is_gap(self) -> bool:
        """Whether no member of the cluster is known here."""
        return self.status in GAP_STATUSES

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "stage": self.iri,
            "label": self.label(lang),
            "kind": self.kind(lang),
            "part_of": self.parent or None,
            "status": self.status,
            "status_label": STATUSES[self.status](lang),
            "gap": self.is_gap,
            "members": [firm.to_dict(lang) for firm in self.members],
            "others": [firm.to_dict(lang) for firm in self.others],
            "closed": [firm.to_dict(lang) for firm in self.gone],
            "invite": list(self.invite),
            "possibly_from_wider_stage": list(self.wider),
            "breaks": list(self.breaks),
            "breaks_further": list(self.breaks_further),
            "gaps_within": list(self.gaps_within),
        }


@dataclass(frozen=True)
class Gaps(Spoken):
    """The stages of a chain, wholes before their parts, and how much the graph knows."""

    chain: str
    label: Text
    body: str
    body_label: Text
    at: date
    stale_years: int
    stages: tuple[StageGap, ...]
    labels: dict[str, Text]
    knowledge: Knowledge

    def __getitem__(self, stage: str) -> StageGap:
        """The stage of an IRI, or of its last part."""
        for one in self.stages:
            if stage in (one.iri, one.iri.rsplit("/", 1)[-1]):
                return one
        raise KeyError(stage)

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it: labels, IRIs, and evidence with sources and dates."""
        return {
            "chain": self.chain,
            "label": self.label(lang),
            "body": self.body,
            "body_label": self.body_label(lang),
            "at": self.at.isoformat(),
            "stale_after_years": self.stale_years,
            "knowledge": self.knowledge.to_dict(lang),
            "labels": {iri: text(lang) for iri, text in sorted(self.labels.items())},
            "stages": [stage.to_dict(lang) for stage in self.stages],
        }

    def markdown(self, lang: str) -> str:
        """What people read: the gaps first, then every stage, then the sources."""
        from filiera.answers.gaps_told import told

        return told(self, lang)
