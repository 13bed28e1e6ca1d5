"""What the report on the membership of a cluster holds, computed once for every format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from filiera.answers.brokers import Brokers, Named
from filiera.answers.cards import SourceRef
from filiera.answers.evidence import Evidence, source_data
from filiera.answers.firms import Remark
from filiera.answers.gap_model import Gaps
from filiera.answers.happenings import CERTAINLY, Days
from filiera.answers.history import Change, Difference, History, NamedOn
from filiera.answers.readiness_model import Readiness
from filiera.answers.spoken import Spoken
from filiera.answers.stated_members import StatedMembers
from filiera.texts import Text

__all__ = ["Capability", "Chain", "Count", "Member", "Neighbour", "Note", "Report", "Tie"]


@dataclass(frozen=True)
class Member:
    """A member of the cluster, certain or possible, at the date of the report.

    ``kinds`` are as sources name them (an organisation may be of several); ``groups`` the
    working groups of the cluster that it takes part in; ``chains`` the value chains at whose
    stages a source places it. ``since`` is the beginning in words, ``since_edtf`` as sources
    write it; ``days`` are the first and last day (ISO) on which it can have joined. ``remarks``
    are the risks and notes that hold at the date; ``evidence`` is that of the membership.
    """

    iri: str
    id: str
    label: Text
    legal_name: str
    description: Text
    website: str
    kinds: tuple[Named, ...]
    groups: tuple[Named, ...]
    chains: tuple[Named, ...]
    stages: tuple[Named, ...]
    town: Text
    provinces: tuple[Named, ...]
    regions: tuple[Named, ...]
    certainty: str
    since: Text
    since_edtf: str
    days: Days
    remarks: tuple[Remark, ...]
    evidence: tuple[Evidence, ...]

    @property
    def certain(self) -> bool:
        """Whether it is surely a member at the date."""
        return self.certainty == CERTAINLY

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "organisation": self.iri,
            "id": self.id,
            "label": self.label(lang),
            "legal_name": self.legal_name or None,
            "description": self.description(lang) or None,
            "website": self.website or None,
            "kinds": [kind.to_dict(lang) for kind in self.kinds],
            "groups": [group.to_dict(lang) for group in self.groups],
            "chains": [chain.to_dict(lang) for chain in self.chains],
            "stages": [stage.to_dict(lang) for stage in self.stages],
            "town": self.town(lang) or None,
            "provinces": [place.to_dict(lang) for place in self.provinces],
            "regions": [place.to_dict(lang) for place in self.regions],
            "member": self.certainty,
            "since": self.since(lang) or None,
            "since_edtf": self.since_edtf or None,
            "first_day": self.days.earliest or None,
            "last_day": self.days.latest or None,
            "remarks": [remark.to_dict(lang) for remark in self.remarks],
            "evidence": [one.to_dict(lang) for one in self.evidence],
        }


@dataclass(frozen=True)
class Count:
    """Members under a heading, by IRI. A member may stand under several: see ``Report.total``.

    ``iri`` is empty for those of whom the graph does not know the heading.
    """

    iri: str
    label: Text
    certain: tuple[str, ...]
    possible: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """How many, possible ones included."""
        return len(self.certain) + len(self.possible)

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "iri": self.iri or None,
            "label": self.label(lang),
            "certain": list(self.certain),
            "possible": list(self.possible),
        }


@dataclass(frozen=True)
class Chain:
    """A value chain: the working group of the cluster that works on it, and its gaps.

    ``gaps`` is ``None`` where the graph knows no stage of the chain; ``cross_cutting`` are the
    IRIs of its stages that stand beside the flow.
    """

    iri: str
    label: Text
    groups: tuple[Named, ...]
    gaps: Gaps | None
    cross_cutting: frozenset[str] = frozenset()

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "iri": self.iri,
            "label": self.label(lang),
            "groups": [group.to_dict(lang) for group in self.groups],
            "gaps": self.gaps.to_dict(lang) if self.gaps else None,
        }


@dataclass(frozen=True)
class Capability:
    """A claim that an organisation works at a stage: a member, or one who could become one."""

    organisation: Named
    member: str
    chain: Named
    stage: Named
    what: Text
    evidence: Evidence

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "organisation": self.organisation.to_dict(lang),
            "member": self.member or None,
            "chain": self.chain.to_dict(lang),
            "stage": self.stage.to_dict(lang),
            "what": self.what(lang),
            "evidence": self.evidence.to_dict(lang),
        }


@dataclass(frozen=True)
class Tie:
    """A fact that joins two organisations, or one and a project; one end is a member.

    ``family`` is ``tie``, ``membership`` or ``participation``; ``relation`` the relation, or
    the role. ``within`` is true where both ends are members or the cluster itself.
    """

    source: Named
    family: str
    relation: Text
    target: Named
    within: bool
    evidence: Evidence

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "from": self.source.to_dict(lang),
            "family": self.family,
            "relation": self.relation(lang),
            "to": self.target.to_dict(lang),
            "within": self.within,
            "evidence": self.evidence.to_dict(lang),
        }


@dataclass(frozen=True)
class Neighbour:
    """An organisation or a project that a fact joins to a member, and is none itself.

    ``kinds`` are the top concepts of its kinds; ``members`` those that it is joined to, the
    cluster itself included.
    """

    thing: Named
    kinds: tuple[str, ...]
    project: bool
    members: tuple[str, ...]

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            **self.thing.to_dict(lang),
            "kinds": list(self.kinds),
            "project": self.project,
            "members": list(self.members),
        }


@dataclass(frozen=True)
class Note:
    """What the reader must know of the report: how it was made, and what the graph lacks."""

    id: str
    text: Text

    def to_dict(self, lang: str) -> dict[str, str]:
        """What JSON holds of it."""
        return {"id": self.id, "text": self.text(lang)}


@dataclass(frozen=True)
class Report(Spoken):
    """The membership of a cluster at a date, and what is to be said of it.

    ``members`` are in the order of their names, possible ones among them. ``kinds`` (the top
    concepts), ``kinds_stated`` (as sources say), ``chains_counted`` and ``provinces`` count them;
    those of unknown heading come last. ``history`` reaches to ``at``, ``difference`` goes from
    ``since`` to ``at``. ``sources`` are numbered from 1 in the order in which the report first
    needs them.
    """

    body: str
    label: Text
    acronym: str
    description: Text
    website: str
    at: date
    since: date
    today: NamedOn
    members: tuple[Member, ...]
    groups: tuple[Named, ...]
    kinds: tuple[Count, ...]
    kinds_stated: tuple[Count, ...]
    chains_counted: tuple[Count, ...]
    provinces: tuple[Count, ...]
    stated: tuple[StatedMembers, ...]
    history: History
    difference: Difference
    chains: tuple[Chain, ...]
    brokers: Brokers
    readiness: Readiness
    capabilities: tuple[Capability, ...]
    ties: tuple[Tie, ...]
    neighbours: tuple[Neighbour, ...]
    notes: tuple[Note, ...]
    sources: tuple[SourceRef, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """What changed between ``since`` and ``at``, the certain first."""
        return self.difference.changes

    @property
    def certain(self) -> int:
        """Number of members who surely are."""
        return sum(member.certain for member in self.members)

    @property
    def possible(self) -> int:
        """Number of members who may be."""
        return len(self.members) - self.certain

    @property
    def stated_today(self) -> StatedMembers | None:
        """The latest number of all members that a source states for a day up to the date.

        Where sources give different numbers for the same day, the highest.
        """
        return max(self.today.stated, key=lambda one: one.value, default=None)

    @property
    def coverage(self) -> float | None:
        """Share of the members stated that the graph names, from 0 to 1; ``None`` if none is."""
        stated = self.stated_today
        return min(1.0, self.certain / float(stated.value)) if stated and stated.value else None

    def total(self, counts: Iterable[Count]) -> tuple[int, int]:
        """(members, entries) of some counts: each member once, and as often as it stands."""
        found = [iri for count in counts for iri in (*count.certain, *count.possible)]
        return len(set(found)), len(found)

    def crossing(self, one: Count, other: Count) -> tuple[str, ...]:
        """Members that stand under both headings, such as a chain and a kind."""
        others = {*other.certain, *other.possible}
        return tuple(iri for iri in (*one.certain, *one.possible) if iri in others)

    def member(self, iri: str) -> Member:
        """The member of an IRI. Raises KeyError."""
        return self._by_iri[iri]

    @cached_property
    def _by_iri(self) -> dict[str, Member]:
        return {member.iri: member for member in self.members}

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {source.iri: number for number, source in enumerate(self.sources, 1)}

    def number(self, source: SourceRef) -> int:
        """Number of a source. Raises KeyError for one that the report does not need."""
        return self._numbers[source.iri]

    def cite(self, *evidence: Evidence) -> tuple[int, ...]:
        """Numbers of the sources that some evidence rests on, sorted, each once."""
        return tuple(
            sorted({self._numbers[source.iri] for one in evidence for source in one.sources})
        )

    def changed(self, *kinds: str) -> tuple[Change, ...]:
        """Changes of some kinds between ``since`` and ``at``, the certain ones first."""
        return tuple(change for change in self.changes if change.happening.kind in kinds)

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "answer": "report",
            "body": self.body,
            "label": self.label(lang),
            "acronym": self.acronym or None,
            "description": self.description(lang) or None,
            "website": self.website or None,
            "at": self.at.isoformat(),
            "since": self.since.isoformat(),
            "members_certain": self.certain,
            "members_possible": self.possible,
            "members_stated": int(self.stated_today.value) if self.stated_today else None,
            "coverage": None if self.coverage is None else round(self.coverage, 4),
            "members": [member.to_dict(lang) for member in self.members],
            "groups": [group.to_dict(lang) for group in self.groups],
            "by_kind": [count.to_dict(lang) for count in self.kinds],
            "by_kind_stated": [count.to_dict(lang) for count in self.kinds_stated],
            "by_chain": [count.to_dict(lang) for count in self.chains_counted],
            "by_province": [count.to_dict(lang) for count in self.provinces],
            "stated": [stated.to_dict(lang) for stated in self.stated],
            "difference": self.difference.to_dict(lang),
            "chains": [chain.to_dict(lang) for chain in self.chains],
            "brokers": self.brokers.to_dict(lang),
            "readiness": self.readiness.to_dict(lang),
            "capabilities": [one.to_dict(lang) for one in self.capabilities],
            "ties": [tie.to_dict(lang) for tie in self.ties],
            "neighbours": [neighbour.to_dict(lang) for neighbour in self.neighbours],
            "notes": [note.to_dict(lang) for note in self.notes],
            "sources": [
                {"number": number, **source_data(source)}
                for number, source in enumerate(self.sources, 1)
            ],
        }

    def markdown(self, lang: str) -> str:
        """What people read: headings, tables, sentences, numbered sources."""
        from filiera.answers.report_told import told

        return told(self, lang)
