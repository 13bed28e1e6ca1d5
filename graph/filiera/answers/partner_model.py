"""What an answer on partners holds, and the weights of its score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from filiera.answers.evidence import Evidence
from filiera.answers.firms import Remark
from filiera.answers.needs import Need
from filiera.answers.spoken import Spoken
from filiera.texts import Text

__all__ = ["WEIGHTS", "Excluded", "Partner", "Partners", "Reason", "Wish"]

WEIGHTS: Mapping[str, float] = {
    "fit": 50,
    "sources": 8,
    "recency": 10,
    "ties": 12,
    "shared": 8,
    "distance": 12,
}
"""Weight of each part of the score; only their proportions count."""


@dataclass(frozen=True)
class Wish:
    """Who is looked for. All but ``need`` may be left out; things are given by IRI.

    ``asker`` is the organisation that asks; ``near`` a place, ``within`` the greatest distance
    from it in km; ``kind`` a concept of kind; ``member`` true for members of ``body`` only,
    false for others only.
    """

    need: Need
    asker: str = ""
    near: str = ""
    within: float | None = None
    kind: str = ""
    member: bool | None = None
    body: str = ""


@dataclass(frozen=True)
class Reason:
    """What speaks for a partner, or is to be known of it, with its evidence."""

    part: str
    text: Text
    evidence: tuple[Evidence, ...] = ()

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "part": self.part,
            "text": self.text(lang),
            "evidence": [one.to_dict(lang) for one in self.evidence],
        }


@dataclass(frozen=True)
class Partner:
    """An organisation that answers the need; ``parts`` are those of its score, from 0 to 1."""

    iri: str
    label: Text
    score: float
    parts: Mapping[str, float]
    exact: bool
    kilometres: float | None
    reasons: tuple[Reason, ...]
    cautions: tuple[Remark, ...]

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "organisation": self.iri,
            "label": self.label(lang),
            "score": round(self.score, 1),
            "parts": {name: round(value, 3) for name, value in self.parts.items()},
            "exact": self.exact,
            "kilometres": None if self.kilometres is None else round(self.kilometres, 1),
            "reasons": [reason.to_dict(lang) for reason in self.reasons],
            "cautions": [caution.to_dict(lang) for caution in self.cautions],
        }


@dataclass(frozen=True)
class Excluded:
    """An organisation that answers the need and is left out, with the reason.

    ``why`` is ``closed``, ``trouble``, ``not-yet-founded``, ``same-group``, ``far`` or
    ``unplaced``.
    """

    iri: str
    label: Text
    why: str
    text: Text
    evidence: tuple[Evidence, ...] = ()

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "organisation": self.iri,
            "label": self.label(lang),
            "why": self.why,
            "text": self.text(lang),
            "evidence": [one.to_dict(lang) for one in self.evidence],
        }


@dataclass(frozen=True)
class Partners(Spoken):
    """The best partners for a need, and the best of those that were left out."""

    wish: Wish
    at: date
    weights: Mapping[str, float]
    found: int
    partners: tuple[Partner, ...]
    excluded: tuple[Excluded, ...]
    labels: Mapping[str, Text]

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        wish = self.wish
        return {
            "need": {"words": wish.need.words, "thing": wish.need.thing or None,
                     "label": wish.need.told()(lang)},
            "asker": wish.asker or None,
            "near": wish.near or None,
            "within_km": wish.within,
            "kind": wish.kind or None,
            "member": wish.member,
            "body": wish.body or None,
            "at": self.at.isoformat(),
            "weights": dict(self.weights),
            "found": self.found,
            "labels": {iri: text(lang) for iri, text in self.labels.items()},
            "partners": [partner.to_dict(lang) for partner in self.partners],
            "excluded": [one.to_dict(lang) for one in self.excluded],
        }  # fmt: skip

    def markdown(self, lang: str) -> str:
        """What people read: the ranked list with reasons, who is missing and why, the weights."""
        from filiera.answers.partners_told import told

        return told(self, lang)
