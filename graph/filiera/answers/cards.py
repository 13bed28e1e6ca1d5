"""Cards: everything that the sources say of a thing, in groups, each statement with its sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from filiera.answers.index import Index, LazyIndex, WholeIndex
from filiera.answers.lines import lines_about
from filiera.answers.rows import DatedRole, Line, rows_of
from filiera.answers.spoken import Spoken
from filiera.answers.wording import GROUPS
from filiera.errors import UnknownName
from filiera.iris import local_id
from filiera.languages import LANGUAGES
from filiera.store import Store
from filiera.texts import NOTHING, Text
from filiera.vocabulary import DCTERMS, FIL, FOAF, ORG, RDFS, SCHEMA

__all__ = ["Card", "CardGroup", "Cards", "SourceRef", "Statement", "card", "cards"]


@dataclass(frozen=True)
class SourceRef:
    """A source as a card names it; ``published`` is EDTF text, empty if unknown."""

    iri: str
    id: str
    title: str
    publisher: str
    published: str
    url: str
    language: str


@dataclass(frozen=True)
class Statement:
    """What one or more sources say of the thing, in one sentence.

    ``other`` is the IRI of another thing that the sentence names; in ``pattern`` its label
    is left open as ``{}``. ``disagrees`` is true where sources exclude each other: figures
    that differ, dates that share no day. ``days`` are those that ``when`` tells of. ``note`` and
    ``inferred`` are empty texts where there are none.
    """

    pattern: Text
    when: Text
    sources: tuple[SourceRef, ...]
    note: Text = NOTHING
    inferred: Text = NOTHING
    disagrees: bool = False
    other: str | None = None
    other_label: Text = NOTHING
    days: tuple[DatedRole, ...] = ()

    def text(self, lang: str) -> str:
        """The sentence in ``it`` or ``en``."""
        whole = self.pattern.with_other(self.other_label) if self.other else self.pattern
        return whole(lang)


@dataclass(frozen=True)
class CardGroup:
    """Statements of one subject matter, such as memberships or figures."""

    id: str
    title: Text
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Card(Spoken):
    """What the graph holds of one thing. Texts are called with a language: ``card.label("it")``.

    ``description`` is that of the latest source, ``aliases`` are its other names,
    ``place`` is the narrowest place in which a source sees it.
    """

    iri: str
    id: str
    label: Text
    kind: Text
    description: Text
    groups: tuple[CardGroup, ...]
    aliases: tuple[str, ...] = ()
    place: Text | None = None
    website: str = ""

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        from filiera.answers.card_told import card_data

        return card_data(self, lang)

    def markdown(self, lang: str) -> str:
        """What people read: groups of statements, each with its sources."""
        from filiera.answers.card_told import card_markdown

        return card_markdown(self, lang)


class Cards:
    """Makes cards out of an index of statements."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._sources: dict[str, SourceRef] = {}

    def __contains__(self, iri: object) -> bool:
        return isinstance(iri, str) and bool(self.index.properties(iri))

    def get(self, iri: str) -> Card:
        """The card of a thing. Raises UnknownName where nothing is said of it."""
        if iri not in self:
            raise UnknownName(
                Text(
                    f"nel grafo nulla si chiama {iri}; cercalo per nome",
                    f"nothing in the graph is called {iri}; look for it by its name",
                )
            )
        index = self.index
        label = index.label(iri)
        homepages = index.values(iri, FOAF.homepage)
        seat = self.seat(iri)
        return Card(
            iri=iri,
            id=local_id(iri),
            label=label,
            kind=self._kind(iri),
            description=self.description(iri),
            groups=self._groups(lines_about(index, iri)),
            aliases=self._aliases(iri, label),
            place=index.label(seat) if seat else None,
            website=homepages[0] if homepages else "",
        )

    def head(self, iri: str) -> Card:
        """The card of a thing with its names and its kind alone: for when very many are wanted."""
        label = self.index.label(iri)
        return Card(
            iri=iri,
            id=local_id(iri),
            label=label,
            kind=self._kind(iri),
            description=NOTHING,
            groups=(),
            aliases=self._aliases(iri, label),
        )

    def source(self, iri: str) -> SourceRef:
        """A source by the IRI of its graph."""
        known = self._sources.get(iri)
        if known is None:
            known = self._sources[iri] = self._read_source(iri)
        return known

    def sources(self, iris: Iterable[str]) -> tuple[SourceRef, ...]:
        """Sources in the order of their dates, those without a date last."""
        found = {self.source(iri) for iri in iris}
        return tuple(
            sorted(found, key=lambda source: (self._published(source.iri) or "~", source.id))
        )

    def _published(self, iri: str) -> str:
        """The latest day on which a source can have appeared; empty if nothing is known."""
        return max(self.index.values(iri, FIL.publishedLatest), default="")

    def seat(self, iri: str) -> str:
        """IRI of the narrowest place in which a source sees a thing; empty for none."""
        return next(iter(self.seats(iri)), "")

    def seats(self, iri: str) -> tuple[str, ...]:
        """All places in which sources see a thing, the narrowest first; none that holds another."""
        index = self.index
        places = {
            place
            for node, predicate in index.referrers(iri)
            if predicate == ORG.siteOf
            for place in index.values(node, FIL.place)
        }
        wider = {place for inner in places for place in self._around(inner) if place != inner}
        return tuple(sorted(places - wider, key=lambda place: (-len(self._around(place)), place)))

    def around(self, place: str) -> tuple[str, ...]:
        """A place and those in which it lies, the narrowest first."""
        around = self._around(place)
        return tuple(sorted(around, key=lambda iri: (-len(self._around(iri)), iri)))

    def _read_source(self, iri: str) -> SourceRef:
        index = self.index

        def first(predicate: str) -> str:
            return next(iter(index.values(iri, predicate)), "")

        publisher = first(DCTERMS.publisher)
        return SourceRef(
            iri=iri,
            id=local_id(iri),
            title=first(DCTERMS.title),
            publisher=index.label(publisher).it if publisher else "",
            published=first(FIL.published),
            url=first(SCHEMA.url),
            language=first(DCTERMS.language),
        )

    def _groups(self, lines: Iterable[Line]) -> tuple[CardGroup, ...]:
        found: dict[str, list[Line]] = {}
        for line in lines:
            found.setdefault(line.group, []).append(line)
        return tuple(
            CardGroup(
                name,
                title,
                tuple(self._statement(line) for line in sorted(found[name], key=_order)),
            )
            for name, title in GROUPS.items()
            if name in found
        )

    def _statement(self, line: Line) -> Statement:
        return Statement(
            pattern=line.text,
            when=line.when,
            sources=self.sources(line.sources),
            note=_joined(line.notes),
            inferred=_joined(line.inferences),
            disagrees=line.disagrees,
            other=line.other or None,
            other_label=self.index.label(line.other) if line.other else NOTHING,
            days=line.days,
        )

    def _kind(self, iri: str) -> Text:
        index = self.index
        concepts = index.values(iri, ORG.classification) or index.values(iri, DCTERMS.type)
        labels = [index.label(concept) for concept in concepts]
        if not labels:
            own = [name for name in index.types(iri) if index.text(name, RDFS.label)]
            # Ours and the one that it refines may have the same label.
            labels = list(dict.fromkeys(index.label(name) for name in own))
        return Text(", ".join(text.it for text in labels), ", ".join(text.en for text in labels))

    def description(self, iri: str) -> Text:
        """What the latest source says, the fullest if several; undated sources come last."""
        rows = rows_of(self.index, iri)
        found = [
            (self._published(row.source), text.it != text.en, len(text.it), text)
            for row in rows
            if (text := row.text(DCTERMS.description))
        ]
        return max(found)[-1] if found else NOTHING

    def _aliases(self, iri: str, label: Text) -> tuple[str, ...]:
        index = self.index
        names = set(index.values(iri, FIL.acronym))
        for node, predicate in index.referrers(iri):
            if predicate == FIL.subject and FIL.Naming in index.types(node):
                names.update(index.values(node, FIL.name))
        return tuple(sorted(names - set(label)))

    def _around(self, place: str) -> set[str]:
        """Places in which a place lies, itself included."""
        known, following = set[str](), [place]
        while following:
            here = following.pop()
            if here not in known:
                known.add(here)
                following.extend(self.index.values(here, SCHEMA.containedInPlace))
        return known


def cards(store: Store) -> Cards:
    """Cards of all things, from one pass over the store: for when many are wanted."""
    return Cards(WholeIndex(store))


def card(store: Store, iri: str) -> Card:
    """The card of one thing, looked up by itself.

    Raises UnknownName where nothing is said of it.
    """
    return Cards(LazyIndex(store)).get(iri)


def _joined(remarks: Iterable[Text]) -> Text:
    """Remarks one after the other, each once in a language."""
    return Text(*("; ".join(dict.fromkeys(one(lang) for one in remarks)) for lang in LANGUAGES))


def _order(line: Line) -> tuple[tuple[str, ...], Text, Text]:
    return line.order, line.text, line.when
