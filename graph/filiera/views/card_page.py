"""The page of one thing, or of one source: a document that needs no script.

It is what a person gets at the address of a thing. All that it says of the thing comes from the
card (`filiera.answers.cards`) and from how the thing stands; this module arranges it: places,
neighbours, dates on a scale, sources side by side where they disagree, what is not known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup

from filiera.answers.cards import Card, CardGroup, Cards, SourceRef, Statement
from filiera.answers.dates import date_text
from filiera.answers.firms import Firms
from filiera.answers.index import LazyIndex
from filiera.answers.names import KINDS
from filiera.answers.renames import former_ids
from filiera.answers.standing import Standing
from filiera.answers.stated import stated_by
from filiera.answers.wording import FOUNDED
from filiera.ecosystem import Ecosystem
from filiera.iris import local_id
from filiera.languages import best
from filiera.texts import NOTHING, OTHER, Text
from filiera.views.addresses import data_address, own_address, page_address
from filiera.views.card_citation import citation, licence_name
from filiera.views.card_drawing import ego_drawing, lanes_of
from filiera.views.card_links import Link, web_link
from filiera.views.card_neighbours import Neighbours, neighbours
from filiera.views.card_template import style, templates
from filiera.views.card_timeline import timeline
from filiera.views.card_words import COLUMNS_OF_KNOWN, LANGUAGE_NAMES, WORDS
from filiera.views.page_standing import state_of
from filiera.views.rdf_formats import FORMATS
from filiera.views.structured_data import structured_data
from filiera.vocabulary import DCTERMS, FIL, FOAF, ORG, RDFS

__all__ = ["card_page", "missing_page", "nearest_things"]

_FEW_DATES = 24
_TIMELESS = ("identity", "names", "fields", "offerings", "places", "seats", "claims")


def card_page(
    ecosystem: Ecosystem,
    iri: str,
    *,
    lang: str,
    keep_language: bool = False,
    today: date | None = None,
) -> str:
    """The page of a thing, a fact or a source, given by IRI.

    ``keep_language`` puts the language into the links to other cards. Raises UnknownName where
    nothing is said of it.
    """
    return _Page(ecosystem, lang, keep_language, today or date.today()).card(iri)


def missing_page(ecosystem: Ecosystem, iri: str, *, lang: str, keep_language: bool = False) -> str:
    """The page for an IRI of which nothing is said: it offers the nearest names."""
    return _Page(ecosystem, lang, keep_language, date.today()).missing(iri)


def nearest_things(ecosystem: Ecosystem, iri: str) -> list[str]:
    """IRIs of the things whose names are nearest to what an IRI ends in."""
    typed = local_id(iri).rsplit("/", 1)[-1].replace("-", " ")
    return [match.iri for match in ecosystem.names.nearest(typed, tuple(KINDS), 6)]


class _Page:
    """Arranges what the templates show."""

    def __init__(self, ecosystem: Ecosystem, lang: str, keep_language: bool, today: date) -> None:
        self._ecosystem, self._dataset = ecosystem, ecosystem.dataset
        self._lang, self._today = lang, today
        self._cards = Cards(LazyIndex(ecosystem.store))
        self._suffix = f"?lang={lang}" if keep_language else ""
        self._cited: dict[SourceRef, dict[str, Any]] = {}

    # Documents ------------------------------------------------------------------------------

    def card(self, iri: str) -> str:
        """The page of what has this IRI."""
        lang = self._lang
        card = self._named(self._cards.get(iri))
        is_source = iri.startswith(self._dataset.graph_base)
        groups = card.groups
        if is_source:
            store, labels = self._ecosystem.store, self._ecosystem.labels
            groups = stated_by(store, self._cards, iri, labels.texts)
        statements = [said for group in groups for said in group.statements]
        if is_source:
            found, dated = Neighbours((), 0), None
        else:
            found = neighbours(card, lambda other: len(self._cards.index.referrers(other)))
            dated = timeline(statements, self._today)
        told = [self._group(group) for group in groups if group.statements]
        content = {
            "label": card.label(lang),
            "kind": self._cards.index.label(FIL.Source)(lang) if is_source else card.kind(lang),
            "aliases": card.aliases,
            "description": card.description(lang),
            "about": self._source(iri) if is_source else self._about(card, statements),
            "standing": self._standing(iri),
            "tally": self._tally(statements),
            "groups": told,
            "ego": ego_drawing(found, self.href, lang) if found.shown else None,
            "rest": found.rest,
            "timeline": dated,
            "lanes": lanes_of(dated, groups) if dated and len(dated.rows) > _FEW_DATES else [],
            "rows": [(row, self._statement(row.statement)) for row in dated.rows] if dated else [],
            "undated": sum(not said.days for said in statements),
            "unknown": self._unknown(card, statements),
            "citation": citation(self._dataset, iri, card.label(lang), lang, self._today),
            "iri": iri,
            "explorer": self._explorer(iri),
            "formats": [
                (form.label, form.media_type, data_address(self._dataset, iri, ending))
                for ending, form in FORMATS.items()
            ],
            "address": self._own_address(iri),
            "structured": structured_data(self._ecosystem, iri, lang, self._today),
        }
        content["sources"] = list(self._cited.values())
        return self._render("card.html.j2", content)

    def missing(self, iri: str) -> str:
        """The page that says that there is nothing, and what there is nearby."""
        nearest = [
            Link(self._label(other)(self._lang), self.href(other))
            for other in nearest_things(self._ecosystem, iri)
        ]
        content = {
            "id": local_id(iri),
            "nearest": nearest,
            "label": WORDS["missing"](self._lang),
            "address": self._address_of_nothing(iri),
            "explorer": self._explorer(""),
        }
        return self._render("missing.html.j2", content)

    def _render(self, template: str, content: dict[str, Any]) -> str:
        lang, dataset = self._lang, self._dataset
        return (
            templates()
            .get_template(template)
            .render(
                **content,
                lang=lang,
                other_lang="en" if lang == "it" else "it",
                say=self._say,
                style=Markup(style()),
                dataset=best(dataset.title, lang),
                licence=Link(licence_name(dataset.licence), dataset.licence),
                home=f"/?lang={lang}",
            )
        )

    def _say(self, key: str, /, **values: object) -> str:
        said = WORDS[key](self._lang)
        for name, value in values.items():
            said = said.replace(f"{{{name}}}", str(value))
        return said

    # Addresses ------------------------------------------------------------------------------

    def href(self, iri: str) -> str:
        """Address of the page of a thing, fact or source on this server; empty for others."""
        return page_address(self._dataset, iri, self._suffix)

    def _own_address(self, iri: str) -> str:
        return page_address(self._dataset, iri)

    def _address_of_nothing(self, iri: str) -> str:
        """Address of the page that says so: what is no concept has no place among the concepts."""
        page = self._own_address(iri)
        return (
            page
            if page.startswith(("/page/id", "/page/graph"))
            else own_address(self._dataset, iri)
        )

    def _explorer(self, iri: str) -> str:
        """Address in the explorer: of the thing itself where it is shown there."""
        index, place = self._cards.index, ""
        types = index.types(iri) if iri else []
        if ORG.Organization in types or FOAF.Project in types:
            place = f"#/{quote(local_id(iri), safe='')}"
        elif FIL.ValueChain in types:
            place = "#/chain?" + urlencode({"chain": local_id(iri)})
        elif iri.startswith(self._dataset.graph_base):
            place = "#/?" + urlencode({"source": local_id(iri)})
        elif FIL.Stage in types:
            chain = next(iter(index.values(iri, FIL.stageOf)), "")
            place = "#/chain?" + urlencode({"chain": local_id(chain), "open": local_id(iri)})
        return f"/?lang={self._lang}{place}"

    # Parts ----------------------------------------------------------------------------------

    def _label(self, iri: str) -> Text:
        texts = self._ecosystem.labels.texts(iri)
        return Text.of(texts) if texts else self._cards.index.label(iri)

    def _named(self, card: Card) -> Card:
        """The card with the name that a fact has by its parts, where it has none of its own."""
        return replace(card, label=self._label(card.iri))

    def _types(self, iri: str) -> list[str]:
        return self._cards.index.types(iri)

    def _about(self, card: Card, statements: Sequence[Statement]) -> list[tuple[str, Any]]:
        """Kind, place, founding and website of an organisation; of others what there is."""
        is_body = ORG.Organization in self._types(card.iri)
        about: list[tuple[str, Any]] = []
        seat = self._cards.seat(card.iri) or (card.iri if self._is_place(card.iri) else "")
        places = [place for place in self._cards.around(seat) if place != card.iri] if seat else []
        if places or is_body:
            about.append(("where", [self._place(place) for place in places]))
        if is_body:
            whens = [self._when(said) for said in _births(statements)]
            about.append(("founded", [Link(" / ".join(whens))] if whens else []))
        website = web_link(card.website)
        if website or is_body:
            about.append(("website", [website] if website else []))
        former = former_ids(self._ecosystem.store, card.iri)
        if former:
            about.append(("former", [Link(local_id(iri)) for iri in former]))
        return about

    def _source(self, iri: str) -> list[tuple[str, Any]]:
        """Publisher, day, language and address of a source, and what is inferred of it."""
        index, source = self._cards.index, self._cards.source(iri)
        publishers = index.values(iri, DCTERMS.publisher)
        day = date_text(self._lang, source.published) if source.published else ""
        website = web_link(source.url)
        tongue = LANGUAGE_NAMES.get(source.language, Text.same(source.language))
        remarks = [
            Link(remark(self._lang))
            for predicate in (FIL.inference, RDFS.comment)
            if (remark := index.text(iri, predicate))
        ]
        return [
            ("publisher", [self._place(publisher) for publisher in publishers]),
            ("published", [Link(day)] if day else []),
            *([("language", [Link(tongue(self._lang))])] if source.language else []),
            ("original", [website] if website else []),
            *([("note", remarks)] if remarks else []),
        ]

    def _is_place(self, iri: str) -> bool:
        return KINDS["place"] in self._types(iri)

    def _place(self, place: str) -> Link:
        return Link(self._label(place)(self._lang), self.href(place))

    def _when(self, statement: Statement) -> str:
        return statement.when(self._lang)

    def _unknown(self, card: Card, statements: Sequence[Statement]) -> list[str]:
        """What no source says of an organisation, though one could expect it."""
        if ORG.Organization not in self._types(card.iri):
            return []
        known = {
            "kind": bool(self._cards.index.values(card.iri, ORG.classification)),
            "where": bool(self._cards.seat(card.iri)),
            "founded": any(_births(statements)),
            "website": bool(card.website),
            "description": card.description != NOTHING,
        }
        return [
            COLUMNS_OF_KNOWN[key](self._lang) for key, is_known in known.items() if not is_known
        ]

    def _standing(self, iri: str) -> dict[str, Any] | None:
        """How an organisation stands today, if that is to be marked, with who says so."""
        if ORG.Organization not in self._types(iri):
            return None
        standing = Standing(self._ecosystem.store, self._today)
        state = state_of(standing, iri)
        if not state:
            return None
        body = self._dataset.id_base + self._dataset.body if self._dataset.body else ""
        risks, notes = Firms(self._cards, standing, body).remarks(iri)
        return {
            "state": state,
            "title": WORDS[f"state_{state}"](self._lang),
            "remarks": [
                {
                    "text": remark.text(self._lang),
                    "sources": self._sources(
                        dict.fromkeys(s for one in remark.evidence for s in one.sources)
                    ),
                }
                for remark in (*notes, *risks)
            ],
        }

    def _tally(self, statements: Sequence[Statement]) -> str:
        sources = {source.iri for said in statements for source in said.sources}
        facts = self._say("fact" if len(statements) == 1 else "facts", n=len(statements))
        if not sources:
            return facts
        return (
            f"{facts} · {self._say('source' if len(sources) == 1 else 'sources', n=len(sources))}"
        )

    def _group(self, group: CardGroup) -> dict[str, Any]:
        timed = group.id not in _TIMELESS and not group.id.startswith("stated")
        return {
            "id": group.id,
            "title": group.title(self._lang),
            "count": len(group.statements),
            "timed": timed,
            "named": all(not said.sources and said.other for said in group.statements),
            "blocks": [
                {
                    "disagrees": block[0].disagrees,
                    "statements": [self._statement(said) for said in block],
                }
                for block in _blocks(group.statements)
            ],
        }

    def _statement(self, statement: Statement) -> dict[str, Any]:
        before, other, after = statement.pattern(self._lang), None, ""
        if statement.other:
            before, _, after = before.partition(OTHER)
            label = statement.other_label
            if label(self._lang) == local_id(statement.other):
                label = self._label(statement.other)
            other = Link(label(self._lang), self.href(statement.other))
        elif before.rpartition(": ")[2].startswith(("http://", "https://")):
            before, _, address = before.rpartition(": ")
            before, other = f"{before}: ", web_link(address)
        return {
            "before": before,
            "other": other,
            "after": after,
            "when": self._when(statement),
            "note": statement.note(self._lang),
            "inferred": statement.inferred(self._lang),
            "sources": self._sources(statement.sources),
        }

    def _sources(self, sources: Collection[SourceRef]) -> list[dict[str, Any]]:
        """Sources as they are cited; they are numbered in the order of their first citation."""
        for source in sources:
            if source not in self._cited:
                self._cited[source] = self._cite(source, len(self._cited) + 1)
        return [self._cited[source] for source in sources]

    def _cite(self, source: SourceRef, number: int) -> dict[str, Any]:
        day = date_text(self._lang, source.published) if source.published else ""
        return {
            "number": number,
            "title": source.title or source.id,
            "href": self.href(source.iri),
            "rest": ", ".join(part for part in (source.publisher, day) if part),
            "original": web_link(source.url),
        }


def _births(statements: Iterable[Statement]) -> list[Statement]:
    return [said for said in statements if said.pattern == FOUNDED and said.when != NOTHING]


def _blocks(statements: Sequence[Statement]) -> list[list[Statement]]:
    """Statements that disagree with each other together, all others alone."""
    blocks: list[list[Statement]] = []
    for said in statements:
        last = blocks[-1] if blocks else None
        if last and said.disagrees and last[0].disagrees and _one_matter(last[0], said):
            last.append(said)
        else:
            blocks.append([said])
    return blocks


def _one_matter(one: Statement, other: Statement) -> bool:
    """The same said of different times, or different values ("employees: …") of one time."""
    if one.other != other.other:
        return False
    if one.pattern == other.pattern:
        return True
    heads = [said.pattern.it.partition(":") for said in (one, other)]
    return bool(heads[0][1]) and heads[0][0] == heads[1][0] and one.when == other.when
