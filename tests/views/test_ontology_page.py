"""The page of the ontology: complete, in one language as a whole, with anchors that hold."""

from __future__ import annotations

import re
from collections import Counter

import pytest

import filiera
from filiera.languages import LANGUAGES
from filiera.views.ontology_page import ontology_page
from filiera.views.ontology_terms import Ontology, read_ontology
from filiera.views.ontology_words import SEVERITIES, VALUES, VOCABULARIES, WORDS
from filiera.vocabulary import CONCEPT, FIL, PREFIXES
from tests.views.test_card_page import TODAY, Page

OTHER = {"it": "en", "en": "it"}


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return read_ontology()


@pytest.fixture(scope="module")
def pages(ecosystem: filiera.Ecosystem) -> dict[str, Page]:
    return {
        lang: Page(ontology_page(ecosystem, lang=lang, keep_language=True, today=TODAY))
        for lang in LANGUAGES
    }


def texts_of(ontology: Ontology, lang: str) -> list[str]:
    """Every text of the ontology that the page shows, in one language."""
    terms = [*ontology.classes, *ontology.properties]
    concepts = [concept for scheme in ontology.schemes for concept in scheme.concepts]
    return [
        *(text(lang) for term in terms for text in (term.label, term.definition)),
        *(text(lang) for one in ontology.schemes for text in (one.label, one.description)),
        *(text(lang) for one in concepts for text in (one.label, one.definition)),
        *(text(lang) for shape in ontology.shapes for text, _ in shape.demands),
        *(text(lang) for rule in ontology.rules for text in (rule.title, rule.description)),
        *(name for one in concepts for name in one.also.get(lang, ())),
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_of_it_is_there(pages: dict[str, Page], ontology: Ontology, lang: str) -> None:
    shown = pages[lang].one("main")
    texts = texts_of(ontology, lang)
    assert len(texts) > 1200
    assert [text for text in texts if " ".join(text.split()) not in shown] == []
    for prefix, base in PREFIXES.items():
        assert f"{prefix}: {base}" in shown
    for rule in ontology.rules:
        assert " ".join(rule.text.split()) in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_in_it_is_in_the_other_language(
    pages: dict[str, Page], ontology: Ontology, lang: str
) -> None:
    own, other = set(texts_of(ontology, lang)), set(texts_of(ontology, OTHER[lang]))
    words = [*WORDS.values(), *VALUES.values(), *SEVERITIES.values()]
    words += [purpose for purpose, _ in VOCABULARIES.values()]
    other |= {re.split(r"\{\w+\}", word(OTHER[lang]))[0].strip() for word in words}
    shown = pages[lang].one("main")
    # Short ones may be a part of any word: “do” is in “dominio”.
    foreign = {text for text in other - own if len(text) > 25}
    assert len(foreign) > 700
    assert [text for text in foreign if text in shown] == []
    labels = pages[lang].all("h3") + pages[lang].all("dt") + pages[lang].all("h2")
    whole = {word(OTHER[lang]) for word in words} - {word(lang) for word in words}
    assert not whole & set(labels)


def test_every_text_is_there_in_both_languages(ontology: Ontology) -> None:
    for lang in LANGUAGES:
        assert all(texts_of(ontology, lang))
    pairs = list(zip(texts_of(ontology, "it"), texts_of(ontology, "en"), strict=False))
    assert sum(it == en for it, en in pairs) < 0.1 * len(pairs)


def test_anchors_are_the_local_names(pages: dict[str, Page], ontology: Ontology) -> None:
    page = pages["it"]
    anchors = re.findall(r' id="([^"]*)"', page.html)
    assert [name for name, count in Counter(anchors).items() if count > 1] == []
    terms = [*ontology.classes, *ontology.properties]
    concepts = [concept for scheme in ontology.schemes for concept in scheme.concepts]
    wanted = {term.iri.removeprefix(FIL.base) for term in terms}
    for iri in [one.iri for one in ontology.schemes] + [one.iri for one in concepts]:
        wanted.add(f"concept/{iri.removeprefix(CONCEPT.base)}")
    assert wanted <= set(anchors)
    inner = {link[1:] for link in page.links if link.startswith("#")}
    assert len(inner) > 100
    assert inner <= set(anchors)


def test_a_property_tells_of_what_and_gives_an_example(pages: dict[str, Page]) -> None:
    assert pages["en"].one("#from") == (
        "from fil:from The organisation at which a tie begins, read in the direction of its"
        " relation: the one that supplies, controls or buys. Said of tie Its value is organisation"
        f" (org:Organization) Example {pages['en'].one('#from').partition('Example ')[2]}"
    )
    for lang, arrow in (("it", "Esempio"), ("en", "Example")):
        examples = [text for text in pages[lang].all(".example") if text]
        assert len(examples) > 85
        assert "→" in pages[lang].one("#from").partition(arrow)[2]
    assert "holds both ways" in pages["en"].one("#partnerOf")


def test_an_example_is_in_the_language_of_the_page(pages: dict[str, Page]) -> None:
    it, en = pages["it"].one("#inference"), pages["en"].one("#inference")
    assert "Il mese è quello dell'articolo" in it.partition("Esempio")[2]
    assert "The month is that of the article" in en.partition("Example")[2]


def test_concepts_follow_the_broader_one(pages: dict[str, Page], ontology: Ontology) -> None:
    (kinds,) = (one for one in ontology.schemes if one.iri == f"{CONCEPT.base}project-kind")
    names = [(one.iri.rsplit("/", 1)[-1], one.depth) for one in kinds.concepts]
    place = names.index(("programme", 0))
    assert names[place + 1] == ("research-programme", 1)
    assert len(names) == len(set(names))
    assert "fornisce supplies" in pages["it"].one("#concept/relation")
    assert "Letto dall’altro capo: è rifornita da." in pages["it"].one("#concept/relation/supplies")


def test_demands_are_sentences(pages: dict[str, Page]) -> None:
    shown = pages["en"].one("#shapes")
    assert "Every organisation An organisation needs a name" in shown.replace(
        " (org:Organization)", ""
    )
    assert shown.count("desirable") == 2
    assert shown.count("warning") == 1
    assert "fill in column kind of table organisations. desirable" in shown


def test_it_says_how_to_cite_and_to_fetch_it(pages: dict[str, Page]) -> None:
    page = pages["it"]
    assert page.one(".citation") == (
        "Filiera, «Ontologia di Filiera 0.1.0». https://w3id.org/filiera/ontology"
        " (consultato il 22 novembre 2026). Licenza: MIT."
    )
    assert {
        "/rdf/ontology.ttl",
        "/rdf/ontology.jsonld",
        "/rdf/ontology.nt",
        "/rdf/ontology.rdf",
        "/rdf/ontology.trig",
        "/rdf/shapes.ttl",
        "/context.jsonld",
    } <= set(page.links)
