"""Who answers a need: a stage, a chain, a field, or words found in what the sources say.

Words are compared folded (no accents, no case), each with the words of a text in one language;
two words match from a likeness of 83 in 100. A text is worth the share of the words of the need
that it has, rare words counting more, and counts from ``ENOUGH`` on.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode, QuerySolutions
from rapidfuzz import fuzz, process

from filiera.answers.index import Index
from filiera.answers.names import Names, fold
from filiera.errors import AmbiguousName, UnknownName, UsageError
from filiera.store import Store
from filiera.texts import Text
from filiera.vocabulary import DCTERMS, FIL, PREFIXES, SKOS

__all__ = ["ENOUGH", "WORTH", "Fit", "Need", "Needs", "need_of"]

ENOUGH = 0.6
"""Share of the words of a need from which a text answers it."""
_ALIKE = 83.0
_CLEAR = 0.99
"""Likeness from which a stage is the one that is meant, so that its neighbours count too."""
_STOP = frozenset(
    re.findall(
        r"\w+",
        "a al alla all and con da dal dalla de dei del della delle di e ed for from gli i il in la"
        " le lo nel nella of on or per su the to un una with",
    )
)

WORTH = {
    "stage": 1.0,
    "offering": 0.9,
    "claim": 0.9,
    "field": 0.7,
    "wider-stage": 0.6,
    "activity": 0.6,
    "stage-definition": 0.6,
    "next-stage": 0.4,
    "same-chain": 0.2,
}
"""What a perfect match of each kind is worth: a claim at the stage itself, a product, what a
claim says, a field, a stage that comprises the one needed, the stated activity, a stage of which
the definition answers the need, a stage that feeds the one needed or is fed by it, any other stage
of its chain."""


@dataclass(frozen=True)
class Need:
    """What is looked for: the words as typed, and the thing that they name, if they name one."""

    words: str
    thing: str = ""
    label: Text | None = None

    def told(self) -> Text:
        """The need as people read it."""
        return self.label or Text.same(self.words)


@dataclass(frozen=True)
class Fit:
    """Why an organisation answers a need: how, by which fact, and how well from 0 to 1."""

    kind: str
    value: float
    fact: str
    text: Text


def need_of(names: Names, text: str) -> Need:
    """The need that a text tells: a stage, chain or field of that very name, else its words.

    Raises UsageError for a text without words.
    """
    if not _words(text):
        raise UsageError(
            Text(
                f"“{text}” non dice che cosa serve; dai uno stadio, un campo o delle parole",
                f"“{text}” says no need; give a stage, a field, or words for it",
            )
        )
    with suppress(UnknownName, AmbiguousName):
        match = names.find(text, ("stage", "chain", "concept:field"))
        if match.how != "near":
            return Need(text, match.iri, Text.of(names.texts(match.iri)))
    return Need(text)


class Needs:
    """What the graph says that organisations do, ready to be compared with needs."""

    def __init__(self, store: Store, index: Index) -> None:
        self._store = store
        self._index = index

    def fits(self, need: Need) -> dict[str, list[Fit]]:
        """Reasons by organisation, the best first; one for each fact."""
        spoken = [need.words] if need.label is None else list(dict.fromkeys(need.label))
        queries = [words for text in spoken if (words := _words(text))]
        found: dict[str, dict[str, Fit]] = defaultdict(dict)
        for organisation, fit in (*self._at_stages(need, queries), *self._said(need, queries)):
            known = found[organisation].get(fit.fact)
            if known is None or fit.value > known.value:
                found[organisation][fit.fact] = fit
        return {
            organisation: sorted(fits.values(), key=lambda fit: (-fit.value, fit.fact))
            for organisation, fits in found.items()
        }

    # Stages ---------------------------------------------------------------------------------

    def _at_stages(self, need: Need, queries: Sequence[Sequence[str]]) -> Iterator[tuple[str, Fit]]:
        stages = self._stages_of(need, queries)
        for organisation, stage, claim in self._claims:
            what = self._index.text(claim, DCTERMS.description)
            kind, value = stages.get(stage, ("", 0.0))
            if value:
                lead = _LEADS[kind].put(stage=self._index.label(stage))
                yield organisation, Fit(kind, value, claim, lead.colon(what))
            if what and (value := self._likeness(queries, what)):
                lead = _LEADS["stage"].put(stage=self._index.label(stage))
                yield organisation, Fit("claim", value * WORTH["claim"], claim, lead.colon(what))

    def _stages_of(
        self, need: Need, queries: Sequence[Sequence[str]]
    ) -> dict[str, tuple[str, float]]:
        """Stages that answer a need, with how they do and how well."""
        index = self._index
        meant: dict[str, tuple[str, float]] = {}
        for stage in self._stages:
            if need.thing:
                of_chain = need.thing in index.values(stage, FIL.stageOf)
                match = ("stage", 1.0 if stage == need.thing else 0.7 if of_chain else 0.0)
            else:
                slug = Text.same(stage.rsplit("/", 1)[-1].replace("-", " "))
                match = ("stage", self._likeness(queries, index.label(stage), slug))
                if not match[1]:
                    defined = index.text(stage, SKOS.definition)
                    match = ("stage-definition", self._likeness(queries, defined))
            if match[1]:
                meant[stage] = match
        found: dict[str, tuple[str, float]] = {}

        def add(stages: Iterable[str], kind: str, value: float) -> None:
            for stage in stages:
                if value * WORTH[kind] > found.get(stage, ("", 0.0))[1]:
                    found[stage] = (kind, value * WORTH[kind])

        for stage, (kind, value) in meant.items():
            add(self._around(stage, self._parts), kind, value)
            if kind == "stage":
                add(self._around(stage, self._wholes) - {stage}, "wider-stage", value)
            if kind == "stage" and value > _CLEAR:
                add((*self._next[stage], *self._previous[stage]), "next-stage", value)
                chains = set(index.values(stage, FIL.stageOf))
                near = (s for s in self._stages if chains & set(index.values(s, FIL.stageOf)))
                add(near, "same-chain", value)
        return found

    @staticmethod
    def _around(stage: str, steps: dict[str, list[str]]) -> set[str]:
        found, waiting = set[str](), [stage]
        while waiting:
            here = waiting.pop()
            if here not in found:
                found.add(here)
                waiting.extend(steps[here])
        return found

    # Texts ----------------------------------------------------------------------------------

    def _said(self, need: Need, queries: Sequence[Sequence[str]]) -> Iterator[tuple[str, Fit]]:
        index = self._index
        for organisation, offering in self._offerings:
            product = index.text(offering, SKOS.prefLabel)
            if product is None:
                continue
            technology = index.text(offering, FIL.technology)
            value = self._likeness(queries, product, technology)
            if value:
                text = Text("offre: {what}", "offers: {what}").put(what=product.bracket(technology))
                yield organisation, Fit("offering", value * WORTH["offering"], offering, text)
        for organisation, field, claim in self._fields:
            named = need.thing and need.thing in self._around(field, self._broader)
            value = 1.0 if named else self._likeness(queries, index.label(field))
            if value:
                text = Text("attiva nel settore: {field}", "active in the field: {field}")
                text = text.put(field=index.label(field))
                yield organisation, Fit("field", value * WORTH["field"], claim, text)
        for organisation in self._described:
            said = index.text(organisation, DCTERMS.description)
            if said and (value := self._likeness(queries, said)):
                text = Text("attività: {what}", "activity: {what}").put(what=said)
                yield organisation, Fit("activity", value * WORTH["activity"], organisation, text)

    def _likeness(self, queries: Sequence[Sequence[str]], *texts: Text | None) -> float:
        """How much of a need some texts, taken together, have in one language; 0 if not enough."""
        best = 0.0
        for lang in ("it", "en"):
            words = {word for text in texts if text for word in _words(text(lang))}
            for query in queries:
                total = sum(self._rarity(word) for word in query)
                shared = sum(self._rarity(word) for word in query if self._like(word) & words)
                best = max(best, shared / total)
        return best if best >= ENOUGH else 0.0

    def _like(self, word: str) -> set[str]:
        """Words of the graph that resemble a word."""
        known = self._alike.get(word)
        if known is None:
            found = process.extract(
                word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=None
            )
            known = self._alike[word] = {other for other, _, _ in found}
        return known

    def _rarity(self, word: str) -> float:
        texts = sum(self._counts[other] for other in self._like(word))
        return math.log(2 + len(self._described) / (1 + texts))

    # What the graph says --------------------------------------------------------------------

    @cached_property
    def _alike(self) -> dict[str, set[str]]:
        return {}

    @cached_property
    def _counts(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        index = self._index
        for stage in self._stages:
            counts.update(_words(stage.rsplit("/", 1)[-1].replace("-", " ")))
            counts.update(word for text in index.label(stage) for word in _words(text))
        predicates = (DCTERMS.description, SKOS.prefLabel, FIL.technology, SKOS.definition)
        things = [
            *self._stages,
            *(claim for _, _, claim in self._claims),
            *(offering for _, offering in self._offerings),
            *dict.fromkeys(field for _, field, _ in self._fields),
            *self._described,
        ]
        for thing in things:
            for predicate in predicates:
                text = index.text(thing, predicate)
                if text:
                    counts.update({word for one in text for word in _words(one)})
        return counts

    @cached_property
    def _vocabulary(self) -> list[str]:
        return list(self._counts)

    @cached_property
    def _stages(self) -> list[str]:
        return [row[0] for row in self._select("?a", "?a a fil:Stage")]

    @cached_property
    def _claims(self) -> list[tuple[str, ...]]:
        return self._select("?a ?b ?c", "?c a fil:CapabilityClaim ; fil:subject ?a ; fil:stage ?b")

    @cached_property
    def _offerings(self) -> list[tuple[str, ...]]:
        return self._select("?a ?b", "?b a fil:Offering ; fil:subject ?a")

    @cached_property
    def _fields(self) -> list[tuple[str, ...]]:
        return self._select(
            "?a ?b ?c",
            "?c a fil:FieldClaim ; fil:subject ?a ; fil:field ?b . ?a a ?class"
            " . VALUES ?class { org:Organization }",
        )

    @cached_property
    def _described(self) -> list[str]:
        rows = self._select("?a", "?a a org:Organization ; dcterms:description ?text")
        return [row[0] for row in rows]

    @cached_property
    def _parts(self) -> dict[str, list[str]]:
        return _by_first(self._select("?b ?a", "?a a fil:Stage ; dcterms:isPartOf ?b"))

    @cached_property
    def _wholes(self) -> dict[str, list[str]]:
        return _by_first(self._select("?a ?b", "?a a fil:Stage ; dcterms:isPartOf ?b"))

    @cached_property
    def _next(self) -> dict[str, list[str]]:
        return _by_first(self._select("?a ?b", "?a fil:precedes ?b"))

    @cached_property
    def _previous(self) -> dict[str, list[str]]:
        return _by_first(self._select("?b ?a", "?a fil:precedes ?b"))

    @cached_property
    def _broader(self) -> dict[str, list[str]]:
        return _by_first(self._select("?a ?b", "?a skos:broader ?b"))

    def _select(self, names: str, pattern: str) -> list[tuple[str, ...]]:
        prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
        rows = self._store.query(f"{prefixes} SELECT DISTINCT {names} {{ {pattern} }}")
        assert isinstance(rows, QuerySolutions)
        return sorted(
            tuple(term.value for term in row if isinstance(term, NamedNode | Literal))
            for row in rows
        )


_LEADS = {
    "stage": Text("lavora allo stadio {stage}", "works at the stage {stage}"),
    "wider-stage": Text("lavora allo stadio più ampio {stage}", "works at the wider stage {stage}"),
    "stage-definition": Text(
        "lavora allo stadio {stage}, la cui definizione risponde alla richiesta",
        "works at the stage {stage}, the definition of which answers the need",
    ),
    "same-chain": Text(
        "lavora nella stessa filiera, allo stadio {stage}",
        "works in the same value chain, at the stage {stage}",
    ),
    "next-stage": Text("lavora allo stadio vicino {stage}", "works at the next stage {stage}"),
}


def _words(text: str) -> list[str]:
    return [word for word in dict.fromkeys(fold(text).split()) if word not in _STOP]


def _by_first(pairs: Iterable[tuple[str, ...]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        found[one].append(other)
    return found
