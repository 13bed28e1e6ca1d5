"""Readiness: how a cluster stands against published criteria for cluster organisations.

The criteria are data, in ``ontology/criteria``, each with the page it was read on. A criterion is
not met only where the graph knows that; where it knows too little, that is what it says.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from filiera.answers.cards import Cards
from filiera.answers.dates import date_text
from filiera.answers.evidence import Evidence
from filiera.answers.firms import known_days
from filiera.answers.history import History
from filiera.answers.member_times import kinds_of, with_broader
from filiera.answers.numbers import number_text
from filiera.answers.readiness_model import Criterion, CriterionSource, Finding, Readiness
from filiera.answers.stated_members import StatedMembers
from filiera.resources import ontology_dir
from filiera.texts import NOTHING, Text
from filiera.vocabulary import DCTERMS, FIL, FOAF, concept

__all__ = ["Known", "criteria", "readiness"]

_FILE = "criteria/cluster-profiles.toml"
_PUBLIC = concept("kind", "public-body")
_MANAGER = concept("office", "cluster-manager")
_LEGAL = concept("naming-kind", "legal")
_DEEDS = ("event", "decision")

_NAMED = Text(
    "Questo grafo nomina {named} soci certi; ne servono {minimum}.",
    "This graph names {named} certain members; {minimum} are asked for.",
)
_STATED = Text("Una fonte ne dichiara {stated}{when}.", "A source states {stated} of them{when}.")
_NO_NUMBER = Text("Nessuna fonte ne dichiara il numero.", "No source states their number.")
_TYPES = Text("Tipi noti: {types}.", "Types known: {types}.")
_NO_TYPES = Text("Dei soci non è noto nessun tipo.", "No type of the members is known.")
_PUBLIC_MEMBERS = Text("Soci pubblici: {names}.", "Public members: {names}.")
_PUBLIC_TIES = Text(
    "Legami del cluster con enti pubblici: {names}.",
    "Ties of the cluster with public bodies: {names}.",
)
_NO_PUBLIC = Text(
    "Questo grafo non conosce né soci pubblici né legami con enti pubblici.",
    "This graph knows neither public members nor ties with public bodies.",
)
_MANAGED = Text(
    "Risulta cluster manager {name}{when}; non sono note le ore di lavoro.",
    "{name} is known as cluster manager{when}; the working hours are not known.",
)
_UNMANAGED = Text(
    "Questo grafo non nomina un cluster manager.", "This graph names no cluster manager."
)
_SITE = Text(
    "Il sito è {address}; se abbia una versione inglese non è noto.",
    "The website is {address}; whether it has an English version is not known.",
)
_NO_SITE = Text(
    "Questo grafo non conosce un sito del cluster.", "This graph knows no website of the cluster."
)
_ACTIVE = Text("Ultima attività nota: {deed}.", "Last activity known: {deed}.")
_INACTIVE = Text(
    "Questo grafo non conosce attività del cluster con una data.",
    "This graph knows no activity of the cluster with a date.",
)
_LEGAL_NAME = Text("Denominazione legale: {name}.", "Legal name: {name}.")
_NO_LEGAL_NAME = Text(
    "Questo grafo non conosce la denominazione legale del cluster.",
    "This graph does not know the legal name of the cluster.",
)
_NOT_HELD = Text("Questo grafo non contiene questa informazione.", "This graph does not hold this.")


@dataclass(frozen=True)
class Known:
    """What the checks look at: certain members at the date, and the history up to it.

    ``memberships`` gives the evidence of each certain member by IRI; ``around`` are
    organisations tied to the cluster, or to what it is part of, with the evidence of the tie.
    """

    body: str
    at: date
    history: History
    stated: tuple[StatedMembers, ...]
    memberships: Mapping[str, tuple[Evidence, ...]]
    around: tuple[tuple[str, Evidence], ...]


@dataclass(frozen=True)
class _Type:
    label: Text
    kinds: frozenset[str]


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads((ontology_dir() / _FILE).read_text(encoding="utf-8"))


def criteria() -> tuple[Criterion, ...]:
    """The criteria, in the order in which they stand."""
    sources = {
        entry["id"]: CriterionSource(
            entry["id"],
            entry["title"],
            entry["publisher"],
            entry["url"],
            entry["read"],
            Text(entry.get("note_it", ""), entry.get("note_en", "")),
        )
        for entry in _data()["source"]
    }
    return tuple(
        Criterion(
            entry["id"],
            Text(entry["text_it"], entry["text_en"]),
            entry["check"],
            entry.get("minimum", 0),
            Text(entry["reading_it"], entry["reading_en"]),
            sources[entry["source"]],
        )
        for entry in _data()["criterion"]
    )


def readiness(cards: Cards, known: Known) -> Readiness:
    """The findings on a cluster at a date."""
    checks = _Checks(cards, known)
    return Readiness(known.body, known.at, tuple(map(checks.finding, criteria())))


class _Checks:
    def __init__(self, cards: Cards, known: Known) -> None:
        self._cards = cards
        self._index = cards.index
        self._known = known
        self._types = tuple(
            _Type(
                Text(entry["label_it"], entry["label_en"]),
                frozenset(concept("kind", slug) for slug in entry["kinds"]),
            )
            for entry in _data()["type"]
        )

    def finding(self, criterion: Criterion) -> Finding:
        """What the check that a criterion names finds."""
        checks: dict[str, Callable[[Criterion], Finding]] = {
            "members": self._members,
            "types": self._member_types,
            "public-bodies": self._public_bodies,
            "management": self._management,
            "website": self._website,
            "activity": self._activity,
            "legal-entity": self._legal_entity,
            "none": lambda criterion: Finding(criterion, "unknown", _NOT_HELD),
        }
        return checks[criterion.check](criterion)

    def _members(self, criterion: Criterion) -> Finding:
        known = self._known
        named, minimum = len(known.memberships), criterion.minimum
        text = _NAMED.put(named=_number(named), minimum=_number(minimum))
        evidence = [one for found in known.memberships.values() for one in found]
        if not known.stated:
            return Finding(
                criterion,
                "met" if named >= minimum else "unknown",
                _spaced(text, _NO_NUMBER),
                tuple(evidence),
            )
        most = max(known.stated, key=lambda one: one.value)
        number = Text(*(number_text(most.value, lang) for lang in ("it", "en")))
        number = _spaced(most.precision, number)
        said = _STATED.put(stated=number, when=_lead(most.when))
        met = named >= minimum or most.value >= minimum
        evidence += [one.evidence for one in known.stated]
        return Finding(criterion, "met" if met else "not-met", _spaced(text, said), tuple(evidence))

    def _member_types(self, criterion: Criterion) -> Finding:
        found: dict[Text, list[Evidence]] = {}
        for member, evidence in self._known.memberships.items():
            self._sort(found, kinds_of(self._index, member), evidence)
        for stated in self._known.history.stated:
            # A kind of which new members are counted has members.
            if stated.kind and not stated.nature and stated.value:
                self._sort(found, with_broader(self._index, [stated.kind]), (stated.evidence,))
        if not found:
            return Finding(criterion, "unknown", _NO_TYPES)
        names = sorted(found)
        types = Text(*(", ".join(name(lang) for name in names) for lang in ("it", "en")))
        met = len(found) >= criterion.minimum
        # The types of those that the graph does not name may be others.
        return Finding(
            criterion,
            "met" if met else "unknown",
            _TYPES.put(types=types),
            _unique(one for name in names for one in found[name]),
        )

    def _sort(
        self, found: dict[Text, list[Evidence]], kinds: Iterable[str], evidence: Iterable[Evidence]
    ) -> None:
        for type in self._types:
            if type.kinds & set(kinds):
                found.setdefault(type.label, []).extend(evidence)

    def _public_bodies(self, criterion: Criterion) -> Finding:
        members = [one for one in self._known.memberships if self._is_public(one)]
        if members:
            evidence = _unique(e for one in members for e in self._known.memberships[one])
            return Finding(criterion, "met", self._names(_PUBLIC_MEMBERS, members), evidence)
        around = [(one, tie) for one, tie in self._known.around if self._is_public(one)]
        if around:
            evidence = _unique(tie for _, tie in around)
            names = list(dict.fromkeys(one for one, _ in around))
            return Finding(criterion, "met", self._names(_PUBLIC_TIES, names), evidence)
        return Finding(criterion, "unknown", _NO_PUBLIC)

    def _is_public(self, iri: str) -> bool:
        return _PUBLIC in kinds_of(self._index, iri)

    def _names(self, text: Text, iris: Iterable[str]) -> Text:
        labels = [self._index.label(iri) for iri in iris]
        return text.put(
            names=Text(*(", ".join(label(lang) for label in labels) for lang in ("it", "en")))
        )

    def _management(self, criterion: Criterion) -> Finding:
        index, at = self._index, self._known.at
        found = []
        for node in self._about(FIL.body):
            if _MANAGER in index.values(node, FIL.role):
                first, last = known_days(index, [node])
                if first is None or first <= at:
                    found.append((last or date.min, node))
        if not found:
            return Finding(criterion, "unknown", _UNMANAGED)
        last, node = max(found)
        day = NOTHING if last == date.min else _last_known(last)
        person = index.label(index.values(node, FIL.holder)[0])
        text = _MANAGED.put(name=person, when=day)
        return Finding(criterion, "unknown", text, (Evidence.of(self._cards, node),))

    def _about(self, *predicates: str) -> list[str]:
        """Nodes that point to the cluster by one of some properties."""
        return [
            node
            for node, predicate in self._index.referrers(self._known.body)
            if predicate in predicates
        ]

    def _website(self, criterion: Criterion) -> Finding:
        body = self._known.body
        addresses = self._index.properties(body).get(FOAF.homepage, ())
        if not addresses:
            return Finding(criterion, "unknown", _NO_SITE)
        address = min(said.value for said in addresses)
        sources = self._cards.sources(said.source for said in addresses)
        text = _SITE.put(address=Text.same(address))
        return Finding(criterion, "unknown", text, (Evidence(body, sources),))

    def _activity(self, criterion: Criterion) -> Finding:
        at = self._known.at.isoformat()
        deeds = [
            one
            for one in self._known.history.happenings
            if one.kind in _DEEDS and one.day and one.day <= at
        ]
        if not deeds:
            return Finding(criterion, "unknown", _INACTIVE)
        last = max(deeds, key=lambda one: one.day)
        since = f"{int(at[:4]) - criterion.minimum}{at[4:]}"
        name = last.text.literal()
        text = _ACTIVE.put(
            deed=Text(*(f"{name(lang)}{_lead(last.when)(lang)}" for lang in ("it", "en")))
        )
        status = "met" if (last.days.latest or last.day) >= since else "unknown"
        return Finding(criterion, status, text, last.evidence)

    def _legal_entity(self, criterion: Criterion) -> Finding:
        index = self._index
        for node in self._about(FIL.subject):
            if _LEGAL in index.values(node, DCTERMS.type):
                name = Text.same(index.values(node, FIL.name)[0])
                return Finding(
                    criterion,
                    "met",
                    _LEGAL_NAME.put(name=name),
                    (Evidence.of(self._cards, node),),
                )
        return Finding(criterion, "unknown", _NO_LEGAL_NAME)


def _number(value: int) -> Text:
    return Text.same(str(value))


def _last_known(day: date) -> Text:
    it, en = (date_text(lang, day.isoformat()) for lang in ("it", "en"))
    return Text(f" (ultima conferma: {it})", f" (last confirmed: {en})")


def _lead(when: Text) -> Text:
    """A time behind a sentence, after a comma, if there is one."""
    return Text(f", {when.it}", f", {when.en}") if when.it else NOTHING


def _spaced(*parts: Text) -> Text:
    return Text(*(" ".join(filter(None, (part(lang) for part in parts))) for lang in ("it", "en")))


def _unique(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(evidence))
