"""Finding what people mean by a name: ids, IRIs, names as typed, and names nearly so."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode

from filiera.answers.renames import successor
from filiera.errors import AmbiguousName, UnknownName
from filiera.facts.dataset import Dataset
from filiera.labels import Labels
from filiera.languages import LANGUAGES
from filiera.store import Store
from filiera.texts import NOTHING, Text
from filiera.vocabulary import (
    CONCEPT,
    DCTERMS,
    FIL,
    FOAF,
    ORG,
    PREFIXES,
    RDF,
    SCHEMA,
    SKOS,
)

__all__ = ["KINDS", "Match", "Names", "fold"]

KINDS: dict[str, str] = {
    "organisation": ORG.Organization,
    "project": FOAF.Project,
    "chain": FIL.ValueChain,
    "stage": FIL.Stage,
    "event": SCHEMA.Event,
    "decision": FIL.Decision,
    "commitment": FIL.Commitment,
    "source": FIL.Source,
    "place": SCHEMA.Place,
    "person": FOAF.Person,
}
"""Kind of thing → class of its instances; ``concept:<scheme>`` and ``thing`` are kinds too."""

_KIND_NAMES = {
    "organisation": Text("organizzazione", "organisation"),
    "project": Text("progetto", "project"),
    "chain": Text("filiera", "chain"),
    "stage": Text("stadio", "stage"),
    "event": Text("evento", "event"),
    "decision": Text("decisione", "decision"),
    "commitment": Text("impegno", "commitment"),
    "source": Text("fonte", "source"),
    "place": Text("luogo", "place"),
    "person": Text("persona", "person"),
}

THINGS = ("organisation", "project", "chain", "stage", "event", "decision", "commitment")

_NAMING = (SKOS.prefLabel, SKOS.altLabel, FIL.acronym, DCTERMS.title)
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
_INITIALS = re.compile(r"(?<=\b\w)\.\s?(?=\w\b)")
_NO_WORD = re.compile(r"[\W_]+")
_PREFIXED = re.compile(r"([a-z]+):(\S+)")
_ID = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*")
_FORM = re.compile(
    r"(?: (?:spa|srls?|snc|sas|sapa|scarl|scrl|scpa|scpl|sc|coop|onlus|ets|sb|gmbh|ag|kg|kgaa|ug|ev"
    r"|co|company|corp|corporation|inc|llc|llp|ltd|limited|plc|pte|pty|sa|sarl|se|sl|nv|bv|ab|oy|as"
    r"|aps|spzoo|doo|kft|societa|societa benefit|societa consortile|societa cooperativa"
    r"|societa per azioni|societa a responsabilita limitata))+$"
)
"""Legal forms at the end of a folded name."""

_NEAR = 80.0
"""Score (0 to 100) from which a name counts as nearly the one that was typed."""
_MARGIN = 5.0
"""How far the best one must be ahead of the next to be taken."""
_BY_WORDS = 0.9
"""Worth of a name that only shares words with the one typed."""
_LISTED = 12


@dataclass(frozen=True)
class Match:
    """The thing that a name means.

    ``how`` is ``iri``, ``id``, ``name``, or ``near`` where the name only resembles one of its
    names. ``id`` is the short form that finds it again.
    """

    iri: str
    id: str
    label: str
    type: str
    how: str


class Names:
    """The names in a store, looked up as people type them.

    Case, accents, punctuation and legal forms at the end (srl, S.p.A., GmbH) do not count. An
    id that is typed exactly wins over every name; a former id means what bears another one now.
    """

    def __init__(self, store: Store, dataset: Dataset, lang: str = "en") -> None:
        self._store = store
        self._dataset = dataset
        self._lang = lang
        self._labels = Labels(store)
        self._tables: dict[tuple[str, ...], _Table] = {}

    def find(self, text: str, types: Sequence[str] = ()) -> Match:
        """The thing of one of the kinds ``types`` that is meant by ``text``.

        ``types`` holds keys of ``KINDS``, ``thing`` or ``concept:<scheme>``; none stands for
        ``thing``; without kinds, a whole id or IRI may also be that of a place, a person or a
        source. Raises UnknownName with the three nearest, or AmbiguousName with all
        candidates.
        """
        kinds = _spread(types)
        typed = text.strip()
        fitting = kinds if types else tuple(KINDS)
        for how, iri in self._identifiers(typed, kinds):
            kind = self._kind_of(iri, fitting)
            if kind is not None:
                return self._match(iri, kind, how)
        for how, iri in self._identifiers(typed, kinds):
            present = self._successor(iri)
            kind = self._kind_of(present, fitting) if present else None
            if kind is not None:
                return self._match(present, kind, how)
        table = self._table(kinds)
        folded = fold(typed)
        for index in (table.names, table.bare):
            key = folded if index is table.names else bare(folded)
            found = index.get(key.replace(" ", ""), ())
            if found:
                return self._only(typed, [(iri, "name") for iri in found], table)
        return self._near(typed, folded, table)

    def suggest(self, prefix: str, types: Sequence[str] = (), n: int = 10) -> list[Match]:
        """Up to ``n`` things a name of which starts with ``prefix``, or has a word that does."""
        table = self._table(_spread(types))
        start = fold(prefix)
        ranks: dict[str, tuple[int, int, str]] = {}
        for name, iri in table.spoken:
            place = 0 if name.startswith(start) else 1 if f" {start}" in name else None
            if place is not None:
                rank = (place, len(name), name)
                ranks[iri] = min(rank, ranks.get(iri, rank))
        chosen = sorted(ranks, key=lambda iri: (ranks[iri], iri))[:n]
        return [self._match(iri, table.kinds[iri], "name") for iri in chosen]

    def nearest(self, text: str, types: Sequence[str] = (), n: int = 3) -> list[Match]:
        """The ``n`` things of some kinds whose names resemble ``text`` most, however little."""
        table = self._table(_spread(types))
        folded = fold(text)
        scores = table.scores(bare(folded)) if folded else {}
        ranked = sorted(scores, key=lambda iri: (-scores[iri], iri))
        return [self._match(iri, table.kinds[iri], "near") for iri in ranked[:n]]

    def texts(self, iri: str) -> dict[str, str]:
        """Labels of a thing by language."""
        return dict(self._labels.texts(iri))

    # Identifiers ----------------------------------------------------------------------------

    def _identifiers(self, text: str, kinds: Sequence[str]) -> Iterator[tuple[str, str]]:
        """IRIs that the text may stand for, the most literal one first, with how."""
        if "://" in text:
            yield "iri", text
        prefixed = _PREFIXED.fullmatch(text)
        if prefixed and prefixed[1] in PREFIXES:
            own = {"id": self._dataset.id_base, "graph": self._dataset.graph_base}
            yield "id", own.get(prefixed[1], PREFIXES[prefixed[1]]) + prefixed[2]
        if not _ID.fullmatch(text):
            return
        yield "id", self._dataset.id_base + text
        for kind in kinds:
            if kind in ("place", "person"):
                yield "id", f"{self._dataset.id_base}{kind}/{text}"
            elif kind == "source":
                yield "id", self._dataset.graph_base + text
            elif kind == "chain":
                yield "id", f"{self._dataset.id_base}chain-{text}"
            elif kind.startswith("concept:"):
                yield "id", f"{CONCEPT.base}{kind[8:]}/{text}"

    def _successor(self, iri: str) -> str:
        """What stands for a former id today; empty for all else."""
        try:
            return successor(self._store, self._dataset, iri)
        except ValueError:  # no IRI
            return ""

    def _kind_of(self, iri: str, kinds: Sequence[str]) -> str | None:
        try:
            node = NamedNode(iri)
        except ValueError:
            return None
        classes = {
            quad.object.value
            for quad in self._store.quads(node, NamedNode(RDF.type))
            if isinstance(quad.object, NamedNode)
        }
        for kind in kinds:
            if kind.startswith("concept:"):
                if SKOS.Concept in classes and iri.startswith(f"{CONCEPT.base}{kind[8:]}/"):
                    return kind
            elif KINDS[kind] in classes:
                return kind
        return None

    # Names ----------------------------------------------------------------------------------

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        """Names of everything that has one, by IRI."""
        names: dict[str, list[str]] = {}
        for predicate in _NAMING:
            for quad in self._store.quads(None, NamedNode(predicate)):
                if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                    names.setdefault(quad.subject.value, []).append(quad.object.value)
        return names

    def _table(self, kinds: tuple[str, ...]) -> _Table:
        if kinds not in self._tables:
            members = {iri: kind for kind in reversed(kinds) for iri in self._members(kind)}
            self._tables[kinds] = _Table(
                members, ((iri, self._names.get(iri, ()), self._short(iri)) for iri in members)
            )
        return self._tables[kinds]

    def _members(self, kind: str) -> Iterator[str]:
        if kind.startswith("concept:"):
            scheme = NamedNode(CONCEPT.base + kind[8:])
            quads = self._store.quads(None, NamedNode(SKOS.inScheme), scheme)
        else:
            quads = self._store.quads(None, NamedNode(RDF.type), NamedNode(KINDS[kind]))
        for quad in quads:
            if isinstance(quad.subject, NamedNode):
                yield quad.subject.value

    def _near(self, typed: str, folded: str, table: _Table) -> Match:
        scores = table.scores(bare(folded)) if folded else {}
        ranked = sorted(scores, key=lambda iri: (-scores[iri], iri))
        if ranked and scores[ranked[0]] >= _NEAR:
            floor = max(_NEAR, scores[ranked[0]] - _MARGIN)
            close = [(iri, "near") for iri in ranked if scores[iri] > floor or iri == ranked[0]]
            return self._only(typed, close, table)
        nearest = [self._called(iri).bracket(Text.same(self._short(iri))) for iri in ranked[:3]]
        listed = [one(self._lang) for one in nearest]
        hint = Text(
            f"; i nomi più vicini: {', '.join(one.it for one in nearest)}",
            f"; the nearest names are: {', '.join(one.en for one in nearest)}",
        )
        raise UnknownName(
            Text(
                f"qui nulla si chiama “{typed}”{hint.it if listed else ''}",
                f"nothing here is called “{typed}”{hint.en if listed else ''}",
            ),
            listed,
        )

    def _only(self, typed: str, found: Sequence[tuple[str, str]], table: _Table) -> Match:
        matches = [self._match(iri, table.kinds[iri], how) for iri, how in found]
        if len(matches) == 1:
            return matches[0]
        mixed = len({match.type for match in matches}) > 1
        known = sorted(
            Text.same(match.id).bracket(
                self._called(match.iri), _KIND_NAMES.get(match.type) if mixed else None
            )
            for match in matches
        )
        listed = [one(self._lang) for one in known]
        it, en = (", ".join(one(lang) for one in known[:_LISTED]) for lang in LANGUAGES)
        more = len(known) - _LISTED
        others = Text(f" e altre {more}", f" and {more} more") if more > 0 else NOTHING
        raise AmbiguousName(
            Text(
                f"“{typed}” può indicare {len(listed)} cose: {it}{others.it};"
                " dai l'identificativo di quella che intendi",
                f"“{typed}” can mean {len(listed)} things: {en}{others.en};"
                " give the id of the one you mean",
            ),
            listed,
        )

    def _match(self, iri: str, kind: str, how: str) -> Match:
        return Match(iri, self._short(iri), self._called(iri)(self._lang), kind, how)

    def _called(self, iri: str) -> Text:
        texts = self._labels.texts(iri)
        return Text.of(texts) if texts else Text.same(self._short(iri))

    def _short(self, iri: str) -> str:
        for base in (self._dataset.id_base, self._dataset.graph_base):
            if iri.startswith(base):
                return iri[len(base) :]
        return iri.rsplit("/", 1)[-1]


class _Table:
    """Names of the things of some kinds, folded: as they are and without legal form."""

    def __init__(
        self, kinds: dict[str, str], things: Iterable[tuple[str, Sequence[str], str]]
    ) -> None:
        self.kinds = kinds
        self.names: dict[str, dict[str, None]] = {}
        self.bare: dict[str, dict[str, None]] = {}
        self.spoken: list[tuple[str, str]] = []
        for iri, names, short in things:
            own = short.rsplit("/", 1)[-1].replace("-", " ")
            spellings = {fold(name) for name in names} | {own, own.removeprefix("chain ")}
            for name in spellings - {""}:
                self.names.setdefault(name.replace(" ", ""), {})[iri] = None
                self.bare.setdefault(bare(name).replace(" ", ""), {})[iri] = None
                self.spoken.append((name, iri))

    def scores(self, text: str) -> dict[str, float]:
        """How much each thing's best name resembles ``text``, for the more likely ones."""
        from rapidfuzz import fuzz, process

        scores: dict[str, float] = {}
        names = [bare(name) for name, _ in self.spoken]
        for scorer, worth in ((fuzz.ratio, 1.0), (fuzz.token_set_ratio, _BY_WORDS)):
            for _, score, index in process.extract(text, names, scorer=scorer, limit=40):
                iri = self.spoken[index][1]
                scores[iri] = max(scores.get(iri, 0.0), score * worth)
        return scores


def _spread(types: Sequence[str]) -> tuple[str, ...]:
    kinds: dict[str, None] = {}
    for kind in types or ("thing",):
        kinds.update(dict.fromkeys(THINGS if kind == "thing" else (kind,)))
    return tuple(kinds)


def fold(text: str) -> str:
    """Words of a name in lower case, without accents and punctuation.

    >>> fold("Università «Nicolò» S.p.A.")
    'universita nicolo spa'
    """
    lowered = text.casefold().translate(_LETTERS)
    if not lowered.isascii():
        decomposed = unicodedata.normalize("NFKD", lowered).casefold()
        lowered = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _NO_WORD.sub(" ", _INITIALS.sub("", lowered)).strip()


def bare(folded: str) -> str:
    """A folded name without the legal forms at its end; itself if nothing else is left.

    >>> bare("manz italy srl"), bare("spa")
    ('manz italy', 'spa')
    """
    return _FORM.sub("", folded)
