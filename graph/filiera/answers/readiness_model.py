"""What the check of a cluster against published criteria holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from filiera.answers.evidence import Evidence
from filiera.texts import Text

__all__ = ["READINESS", "Criterion", "CriterionSource", "Finding", "Readiness"]

READINESS = {
    "met": Text("soddisfatto", "met"),
    "not-met": Text("non soddisfatto", "not met"),
    "unknown": Text("questo grafo non permette di dirlo", "cannot be said from this graph"),
}
"""What can be found of a criterion."""


@dataclass(frozen=True)
class CriterionSource:
    """Where criteria are published, and on which day they were read there."""

    id: str
    title: str
    publisher: str
    url: str
    read: date
    note: Text

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "title": self.title,
            "publisher": self.publisher,
            "url": self.url,
            "read": self.read.isoformat(),
            "note": self.note(lang) or None,
        }


@dataclass(frozen=True)
class Criterion:
    """What a publisher asks of a cluster organisation.

    ``check`` names how this graph is asked for it, ``minimum`` is the number it asks for (0 for
    none), and ``reading`` says how the check reads the criterion.
    """

    id: str
    text: Text
    check: str
    minimum: int
    reading: Text
    source: CriterionSource


@dataclass(frozen=True)
class Finding:
    """What this graph says of a criterion: ``met``, ``not-met`` or ``unknown``, and why."""

    criterion: Criterion
    status: str
    text: Text
    evidence: tuple[Evidence, ...] = ()

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "criterion": self.criterion.id,
            "asked": self.criterion.text(lang),
            "reading": self.criterion.reading(lang),
            "status": self.status,
            "status_label": READINESS[self.status](lang),
            "text": self.text(lang),
            "source": self.criterion.source.to_dict(lang),
            "evidence": [one.to_dict(lang) for one in self.evidence],
        }


@dataclass(frozen=True)
class Readiness:
    """Findings in the order of the criteria."""

    body: str
    at: date
    findings: tuple[Finding, ...]

    def count(self, status: str) -> int:
        """Number of criteria found so."""
        return sum(finding.status == status for finding in self.findings)

    def __getitem__(self, criterion: str) -> Finding:
        """The finding on a criterion, by its id. Raises KeyError."""
        for finding in self.findings:
            if finding.criterion.id == criterion:
                return finding
        raise KeyError(criterion)

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "body": self.body,
            "at": self.at.isoformat(),
            "met": self.count("met"),
            "not_met": self.count("not-met"),
            "unknown": self.count("unknown"),
            "findings": [finding.to_dict(lang) for finding in self.findings],
        }
