"""What an answer on pairs that should know each other holds, and the weights of its score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from filiera.answers.coverage import MembersKnown
from filiera.answers.firms import Remark
from filiera.answers.link_baseline import Baseline
from filiera.answers.partner_model import Reason
from filiera.answers.spoken import Spoken
from filiera.texts import Text

__all__ = ["PARTS", "WEIGHTS", "End", "Pair", "Suggestions"]

WEIGHTS: Mapping[str, float] = {"common": 40, "stages": 30, "fields": 15, "near": 15}
"""Weight of each part of the score; only their proportions count. Set by hand, fitted to
nothing."""

PARTS: Mapping[str, Text] = {
    "common": Text(
        "partner, progetti e reti in comune: s / (1 + s), con s la somma di 1 / ln(legami) di"
        " ciascuno, perché ciò che unisce tutti dice poco",
        "common partners, projects and networks: s / (1 + s), where s is the sum of"
        " 1 / ln(links) of each, since what joins everybody says little",
    ),
    "stages": Text(
        "stadi vicini di una filiera: 1 se lo stadio dell'una alimenta quello dell'altra, 0,5 se"
        " lo fa solo una loro parte",
        "neighbouring stages of a value chain: 1 if the stage of the one feeds that of the other,"
        " 0.5 if only parts of them do",
    ),
    "fields": Text(
        "settori e temi in comune: s / (1 + s), con s la somma di 1 / ln(organizzazioni attive)",
        "common fields: s / (1 + s), where s is the sum of 1 / ln(organisations active)",
    ),
    "near": Text(
        "vicinanza delle sedi: 1 / (1 + km / 50), 0 se una sede non è nota",
        "nearness of the seats: 1 / (1 + km / 50), 0 if a seat is not known",
    ),
}
"""What each part of the score says, from 0 to 1."""


@dataclass(frozen=True)
class End:
    """An organisation of a pair. ``cautions`` are what is to be known of it."""

    iri: str
    label: Text
    member: bool
    cautions: tuple[Remark, ...] = ()

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "organisation": self.iri,
            "label": self.label(lang),
            "member": self.member,
            "cautions": [caution.to_dict(lang) for caution in self.cautions],
        }


@dataclass(frozen=True)
class Pair:
    """Two organisations that should know each other: score from 0 to 100, parts from 0 to 1.

    ``places`` are the IRIs of the projects and small bodies where they meet already.
    """

    one: End
    other: End
    score: float
    parts: Mapping[str, float]
    kilometres: float | None
    reasons: tuple[Reason, ...]
    places: tuple[str, ...] = ()

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "organisations": [end.to_dict(lang) for end in (self.one, self.other)],
            "score": round(self.score, 1),
            "parts": {name: round(value, 3) for name, value in self.parts.items()},
            "kilometres": None if self.kilometres is None else round(self.kilometres, 1),
            "meet_in": list(self.places),
            "reasons": [reason.to_dict(lang) for reason in self.reasons],
        }


@dataclass(frozen=True)
class Suggestions(Spoken):
    """The best pairs of ``found``, and how much the graph knows.

    ``name``, ``chain`` and ``body`` are IRIs, empty where none was given; ``labels`` holds their
    labels. ``meeting`` counts the pairs that meet already; they are among ``found`` and ``pairs``
    if ``met`` is true, else they are left out. ``out`` says why the organisation of ``name`` is in
    no pair: it is not at work. ``measured`` says whether a ``baseline`` was asked for; it is
    ``None``, too, where too few ties are known. ``organisations`` are those that were looked at,
    ``tied`` their pairs that are or were tied.
    """

    at: date
    name: str
    chain: str
    member: bool | None
    body: str
    labels: Mapping[str, Text]
    pairs: tuple[Pair, ...]
    found: int
    met: bool
    meeting: int
    out: tuple[Remark, ...]
    organisations: int
    tied: int
    knowledge: MembersKnown | None
    measured: bool
    baseline: Baseline | None

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it: labels, IRIs, and evidence with sources and dates."""
        return {
            "answer": "suggestions",
            "at": self.at.isoformat(),
            "for": self.name or None,
            "chain": self.chain or None,
            "member": self.member,
            "body": self.body or None,
            "labels": {iri: text(lang) for iri, text in sorted(self.labels.items())},
            "weights": dict(WEIGHTS),
            "parts": {name: text(lang) for name, text in PARTS.items()},
            "found": self.found,
            "met": self.met,
            "meeting_already": self.meeting,
            "pairs": [pair.to_dict(lang) for pair in self.pairs],
            "not_at_work": [remark.to_dict(lang) for remark in self.out],
            "network": {"organisations": self.organisations, "tied_pairs": self.tied},
            "knowledge": self.knowledge.to_dict(lang) if self.knowledge else None,
            "baseline": self.baseline.to_dict(lang) if self.baseline else None,
        }

    def markdown(self, lang: str) -> str:
        """What people read: the ranked pairs with reasons, the weights, the sources."""
        from filiera.answers.suggestions_told import told

        return told(self, lang)
