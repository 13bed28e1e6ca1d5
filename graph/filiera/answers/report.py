"""The report on the membership of a cluster, as it is laid before its assembly."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from pyoxigraph import Literal, NamedNode, QuerySolutions

from filiera.answers.brokers import Named, brokers
from filiera.answers.cards import Cards, SourceRef
from filiera.answers.evidence import Evidence
from filiera.answers.gaps import GapReader
from filiera.answers.happenings import CERTAINLY, POSSIBLY, said_on
from filiera.answers.history import history
from filiera.answers.index import LazyIndex
from filiera.answers.member_times import (
    MemberTime,
    founding_of,
    member_times,
    with_broader,
)
from filiera.answers.readiness import Known, readiness
from filiera.answers.report_around import Around, tops
from filiera.answers.report_model import Chain, Count, Member, Report
from filiera.answers.report_notes import notes
from filiera.answers.rows import rows_of
from filiera.errors import UsageError
from filiera.iris import local_id
from filiera.store import Store
from filiera.texts import Text
from filiera.vocabulary import DCTERMS, FIL, FOAF, ORG, PREFIXES, concept

__all__ = ["report"]

_COMMITTEE = concept("kind", "committee")
_CROSS_CUTTING = concept("stage-kind", "cross-cutting")
_LEGAL = concept("naming-kind", "legal")
_UNKNOWN_KIND = Text("tipo non noto", "kind not known")
_UNKNOWN_CHAIN = Text("filiera non nota", "chain not known")
_UNKNOWN_PROVINCE = Text("provincia non nota", "province not known")


def report(
    store: Store, body: str, *, at: date | None = None, since: date | None = None, top: int = 8
) -> Report:
    """The report on a body, given by IRI, at a date (today).

    since: the day from which changes are told; by default a year before the date.
    top: how many brokers are told.

    Raises UsageError where ``since`` comes after the date.
    """
    at = at or date.today()
    since = since or _year_before(at)
    if since > at:
        raise UsageError(
            Text(
                f"since, {since}, viene dopo la data del rapporto, {at}",
                f"since, {since}, comes after the date of the report, {at}",
            )
        )
    with _no_search_for_cycles():
        return _Reporter(store, body, at, since).report(top)


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Python looks for cycles of objects ever again while many are made: a quarter of the time
    of a report, which makes none.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


class _Reporter:
    """Reads what a report needs, once."""

    def __init__(self, store: Store, body: str, at: date, since: date) -> None:
        self.store, self.body, self.at, self.since = store, body, at, since
        self.cards = Cards(LazyIndex(store))
        self.index = self.cards.index
        self.gaps = GapReader(store, body, cards=self.cards)
        _, self.firms = self.gaps.view(at)
        self.founded = founding_of(self.index, body)
        self.evidence: dict[str, Evidence] = {}

    def report(self, top: int) -> Report:
        store, body, index = self.store, self.body, self.index
        told = history(store, body, at=self.at, cards=self.cards)
        changed = history(store, body, start=self.since, end=self.at, cards=self.cards).difference
        assert changed is not None
        today = told.named[-1]
        members = self.members
        certain = {member.iri: member.evidence for member in members if member.certain}
        around = Around(store, self.cards, body, self.at, members)
        ties = tuple(around.ties())
        known = Known(body, self.at, told, today.stated, certain, tuple(around.tied()))
        result = Report(
            body=body,
            label=index.label(body),
            acronym=min(index.values(body, FIL.acronym), default=""),
            description=self.cards.description(body),
            website=min(index.values(body, FOAF.homepage), default=""),
            at=self.at,
            since=self.since,
            today=today,
            members=members,
            groups=tuple(map(self._named, self.units)),
            kinds=self._counts(self._top_kinds, _UNKNOWN_KIND),
            kinds_stated=self._counts(lambda member: member.kinds, _UNKNOWN_KIND),
            chains_counted=self._counts(lambda member: member.chains, _UNKNOWN_CHAIN),
            provinces=self._counts(lambda member: member.provinces, _UNKNOWN_PROVINCE),
            stated=told.stated,
            history=told,
            difference=changed,
            chains=tuple(self._chains()),
            brokers=brokers(store, at=self.at, top=top, without=(body,), cards=self.cards),
            readiness=readiness(self.cards, known),
            capabilities=tuple(around.capabilities()),
            ties=ties,
            neighbours=around.neighbours(ties),
            notes=(),
            sources=(),
        )
        return _with_sources(result)

    # Members --------------------------------------------------------------------------------

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """Members at the date in the order of their names."""
        spells: dict[str, list[tuple[str, MemberTime]]] = defaultdict(list)
        day = self.at.isoformat()
        for time in member_times(self.index, self.body):
            if level := time.at(day, self.founded):
                spells[time.member].append((level, time))
        found = [self._member(iri, held) for iri, held in spells.items()]
        return tuple(sorted(found, key=lambda one: (one.label.it.casefold(), one.iri)))

    def _member(self, iri: str, spells: Sequence[tuple[str, MemberTime]]) -> Member:
        index = self.index
        level = CERTAINLY if any(one == CERTAINLY for one, _ in spells) else POSSIBLY
        # Of several spells the one that surely holds, else the last one, tells since when.
        _, spell = max(spells, key=lambda one: (one[0] == level, one[1].node))
        rows = rows_of(index, spell.node)
        role = "start" if any(row.all(FIL.start) for row in rows) else "asOf"
        risks, remarks = self.firms.remarks(iri)
        legal = [
            name
            for node, predicate in index.referrers(iri)
            if predicate == FIL.subject and _LEGAL in index.values(node, DCTERMS.type)
            for name in index.values(node, FIL.name)
        ]
        stages = self._placed.get(iri, ())
        return Member(
            iri=iri,
            id=local_id(iri),
            label=index.label(iri),
            legal_name=" / ".join(
                {_plain(name): name for name in sorted(legal, reverse=True)}.values()
            ),
            description=self.cards.description(iri),
            website=min(index.values(iri, FOAF.homepage), default=""),
            kinds=self._each(index.values(iri, ORG.classification)),
            groups=self._each(self._groups.get(iri, ())),
            chains=self._each(chain for chain, _ in stages),
            stages=self._each(stage for _, stage in stages),
            town=self._town(iri),
            provinces=self._each(self._places("province").get(iri, ())),
            regions=self._each(self._places("region").get(iri, ())),
            certainty=level,
            since=said_on(rows, role),
            since_edtf=" / ".join(sorted({edtf for row in rows for edtf in row.all(FIL[role])})),
            days=spell.joining(self.founded),
            remarks=(*risks, *remarks),
            evidence=tuple(self._evidence(time.node) for _, time in spells),
        )

    def _town(self, iri: str) -> Text:
        """Municipalities of its seats, else the localities; several joined by a comma."""
        places = self._places("municipality").get(iri) or self._places("locality").get(iri) or []
        labels = [place.label for place in self._each(places)]
        return Text(*(", ".join(label(lang) for label in labels) for lang in ("it", "en")))

    @cached_property
    def _placed(self) -> dict[str, list[tuple[str, str]]]:
        """(chain, stage) at which each organisation works, by capability claims."""
        return self._grouped(
            "?claim a fil:CapabilityClaim ; fil:subject ?a ; fil:stage ?c . ?c fil:stageOf ?b"
        )

    @cached_property
    def units(self) -> list[str]:
        """Working groups of the body: its units, but for committees."""
        index = self.index
        return [
            node
            for node, predicate in index.referrers(self.body)
            if predicate == ORG.unitOf
            and _COMMITTEE not in with_broader(index, index.values(node, ORG.classification))
        ]

    @cached_property
    def _groups(self) -> dict[str, list[str]]:
        """Working groups that each organisation takes part in at the date."""
        found: dict[str, list[str]] = defaultdict(list)
        for unit in self.units:
            for time in member_times(self.index, unit):
                if time.at(self.at.isoformat(), self.founded):
                    found[time.member].append(unit)
        return found

    def _places(self, kind: str) -> dict[str, list[str]]:
        if kind not in self._by_place:
            of_kind = concept("place-kind", kind)
            self._by_place[kind] = {
                organisation: [place for place, _ in places]
                for organisation, places in self._grouped(
                    f"?a fil:memberOf <{self.body}> ; fil:locatedIn ?b ."
                    f" ?b dcterms:type <{of_kind}> . BIND(?b AS ?c)"
                ).items()
            }
        return self._by_place[kind]

    @cached_property
    def _by_place(self) -> dict[str, dict[str, list[str]]]:
        return {}

    # Counts ---------------------------------------------------------------------------------

    def _top_kinds(self, member: Member) -> tuple[Named, ...]:
        return self._each(tops(self.index, member.iri))

    def _counts(
        self, headings: Callable[[Member], Iterable[Named]], unknown: Text
    ) -> tuple[Count, ...]:
        """Members under each heading, the fullest first, those of unknown heading last."""
        certain: dict[str, list[str]] = defaultdict(list)
        possible: dict[str, list[str]] = defaultdict(list)
        labels = {"": unknown}
        for member in self.members:
            for heading in tuple(headings(member)) or (Named("", unknown),):
                labels[heading.iri] = heading.label
                (certain if member.certain else possible)[heading.iri].append(member.iri)
        counts = [
            Count(iri, labels[iri], tuple(certain[iri]), tuple(possible[iri]))
            for iri in {**certain, **possible}
        ]
        return tuple(sorted(counts, key=lambda one: (not one.iri, -one.number, one.label.it)))

    # Chains ---------------------------------------------------------------------------------

    def _chains(self) -> Iterator[Chain]:
        groups = self._grouped("?b fil:worksOn ?a . BIND(?b AS ?c)")
        staged = {chain for _, chain in self._pairs("?a fil:stageOf ?b")}
        every = staged | {chain for chain, _ in self._pairs("?a a fil:ValueChain . BIND(?a AS ?b)")}
        own = set(self.units)
        crossing = frozenset(
            stage
            for stage, _ in self._pairs(f"?a dcterms:type <{_CROSS_CUTTING}> ; fil:stageOf ?b")
        )
        for chain in sorted(every, key=lambda iri: (self.index.label(iri).it.casefold(), iri)):
            yield Chain(
                chain,
                self.index.label(chain),
                self._each(group for group, _ in groups.get(chain, ()) if group in own),
                self.gaps.gaps(chain, self.at) if chain in staged else None,
                crossing,
            )

    # Reading --------------------------------------------------------------------------------

    def _evidence(self, fact: str) -> Evidence:
        if fact not in self.evidence:
            self.evidence[fact] = Evidence.of(self.cards, fact)
        return self.evidence[fact]

    def _named(self, iri: str) -> Named:
        return Named(iri, self.index.label(iri))

    def _each(self, iris: Iterable[str]) -> tuple[Named, ...]:
        """Things with their labels, each once, in the order of the labels."""
        found = map(self._named, dict.fromkeys(iris))
        return tuple(sorted(found, key=lambda one: (one.label.it.casefold(), one.iri)))

    def _grouped(self, pattern: str) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for one, other, third in self._rows("?a ?b ?c", pattern):
            found[one].append((other, third))
        return found

    def _pairs(self, pattern: str) -> Iterator[tuple[str, str]]:
        for row in self._rows("?a ?b", pattern):
            yield row[0], row[1]

    def _rows(self, names: str, pattern: str) -> list[tuple[str, ...]]:
        prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
        rows = self.store.query(f"{prefixes} SELECT DISTINCT {names} {{ {pattern} }}")
        assert isinstance(rows, QuerySolutions)
        return sorted(
            tuple(term.value for term in row if isinstance(term, NamedNode | Literal))
            for row in rows
        )


def _plain(name: str) -> str:
    """A name by which spellings such as S.p.A. and spa are one."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _with_sources(result: Report) -> Report:
    """The report with its sources, in the order in which it first needs them, and its notes."""
    told = (
        *(one.evidence for one in result.today.stated),
        *(one.evidence for one in result.stated),
        *(one for member in result.members for one in member.evidence),
        *(one for member in result.members for remark in member.remarks for one in remark.evidence),
        *(one for change in result.changes for one in change.happening.evidence),
        *(one for chain in result.chains if chain.gaps for one in _of_gaps(chain)),
        *(one for finding in result.readiness.findings for one in finding.evidence),
        *(one for broker in result.brokers.brokers for one in broker.evidence),
        *(one for broker in result.brokers.critical for one in broker.evidence),
        *(one.evidence for one in result.capabilities),
        *(one.evidence for one in result.ties),
        *(one for happening in result.history.happenings for one in happening.evidence),
    )
    sources: dict[SourceRef, None] = dict.fromkeys(
        source for evidence in told for source in evidence.sources
    )
    return replace(result, notes=notes(result), sources=tuple(sources))


def _of_gaps(chain: Chain) -> Iterator[Evidence]:
    assert chain.gaps is not None
    yield from chain.gaps.knowledge.stated_evidence
    for stage in chain.gaps.stages:
        for firm in (*stage.members, *stage.others, *stage.gone):
            yield from firm.claims
            yield from firm.membership
            for remark in (*firm.risks, *firm.notes):
                yield from remark.evidence


def _year_before(day: date) -> date:
    """The same day a year before; the last of February where there is none."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day - timedelta(days=366)
