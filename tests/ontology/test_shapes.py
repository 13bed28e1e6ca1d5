"""Each shape lets the valid example pass and reports each fault that is put into it."""

from __future__ import annotations

import pytest
import rdflib
from rdflib.namespace import SH

from filiera.build.validation import validate
from filiera.store import MemoryStore
from filiera.vocabulary import ID
from tests.ontology.examples import PROLOGUE, Fault, put, valid_store
from tests.ontology.sources import turtle_files

CONCEPT = "<https://w3id.org/filiera/concept/kind/company>"
KIND = "<https://w3id.org/filiera/concept/relation/supplies>"
MEMBERSHIP = "membership/firm--cluster"
TIE = "tie/firm--supplies--other"
OFFICE = "office/ada-bianchi--president--cluster"
FIELD = "field/firm--batteries"
OFFERING = "offering/firm--packs"
NAMING = "naming/firm--firm"
PHASE = "phase/firm--existing"
CAPABILITY = "capability/firm--cells"
FIGURE = "figure/cluster--members--2020"
PARTICIPATION = "participation/project--firm"
SEAT = "seat/firm--modena"
PERSON = "person/ada-bianchi"

FAULTS = [
    Fault(MEMBERSHIP, "org:member", None, "Membership without a definite member"),
    Fault(MEMBERSHIP, "org:member", "id:cluster", "Membership without a definite member"),
    Fault(MEMBERSHIP, "org:member", "id:other", "Membership without a definite member", kept=True),
    Fault(MEMBERSHIP, "org:organization", "id:fair", "Membership without a definite body"),
    Fault(MEMBERSHIP, "org:role", CONCEPT, "The role of a membership"),
    Fault(TIE, "fil:from", None, "Tie without a definite beginning"),
    Fault(TIE, "fil:from", "id:other", "Tie without a definite beginning"),
    Fault(TIE, "fil:from", "id:cluster", "Tie without a definite beginning", kept=True),
    Fault(TIE, "fil:to", "id:fair", "Tie without a definite end"),
    Fault(TIE, "fil:relation", None, "The relation of a tie"),
    Fault(TIE, "fil:relation", CONCEPT, "The relation of a tie"),
    Fault(OFFICE, "fil:holder", "id:firm", "The holder of an office"),
    Fault(OFFICE, "fil:body", None, "Office without a definite body"),
    Fault(OFFICE, "fil:role", CONCEPT, "The office must be"),
    Fault(OFFICE, "fil:affiliation", "id:fair", "The affiliation of the holder"),
    Fault(FIELD, "fil:subject", "id:fair", "A field belongs to"),
    Fault(FIELD, "fil:field", CONCEPT, "The field must be"),
    Fault(FIELD, "fil:focus", CONCEPT, "The focus of a field"),
    Fault(OFFERING, "fil:subject", None, "Offering without a definite organisation"),
    Fault(OFFERING, "skos:prefLabel", '"Pacchi"@it', "The offering has no name in English"),
    Fault(OFFERING, "skos:prefLabel", '"Packs"@en', "The offering has no name in Italian"),
    Fault(NAMING, "fil:subject", "id:project", "Name without a definite organisation"),
    Fault(NAMING, "fil:name", None, "A naming needs a name"),
    Fault(NAMING, "fil:name", '"Firm "', "A naming needs a name"),
    Fault(NAMING, "fil:name", '"Firm"@en', "A naming needs a name"),
    Fault(NAMING, "dcterms:type", None, "The type of a name"),
    Fault(PHASE, "fil:subject", None, "A phase is about one thing"),
    Fault(PHASE, "fil:status", CONCEPT, "The status of a phase"),
    Fault(CAPABILITY, "fil:subject", "id:cells", "Capability without a definite organisation"),
    Fault(CAPABILITY, "fil:stage", "id:chain-batteries", "The stage of a capability"),
    Fault(FIGURE, "fil:subject", "id:firm", "A figure is about one thing", kept=True),
    Fault(FIGURE, "fil:measure", CONCEPT, "The measure of a figure"),
    Fault(FIGURE, "fil:value", None, "A figure needs a decimal number"),
    Fault(FIGURE, "fil:value", '"many"', "A figure needs a decimal number"),
    Fault(FIGURE, "fil:value", '"many"^^xsd:decimal', "A figure needs a decimal number"),
    Fault(FIGURE, "fil:ofKind", KIND, "The kind to which a figure is confined"),
    Fault(FIGURE, "fil:nature", CONCEPT, "The nature of a figure"),
    Fault(FIGURE, "fil:precision", CONCEPT, "The precision of a figure"),
    Fault(PARTICIPATION, "fil:project", "id:fair", "The project of a participation"),
    Fault(PARTICIPATION, "fil:participant", None, "Participation without a definite organisation"),
    Fault(PARTICIPATION, "fil:role", CONCEPT, "The role in a project"),
    Fault(SEAT, "org:siteOf", None, "Seat without a definite organisation"),
    Fault(SEAT, "fil:place", "id:firm", "The place of a seat"),
    Fault("decision", "skos:prefLabel", '"Decisione"@it', "The decision has no name in English"),
    Fault("decision", "skos:prefLabel", '"Decision"@en', "The decision has no name in Italian"),
    Fault("decision", "fil:effect", None, "The effect of a decision"),
    Fault("decision", "fil:decidedBy", "id:fair", "The decision-maker"),
    Fault("decision", "fil:takenAt", "id:firm", "The meeting of a decision"),
    Fault("decision", "fil:promptedBy", "id:firm", "The occasion of a decision"),
    Fault("decision", "fil:ofKind", KIND, "The kind to which a decision is confined"),
    Fault("manifesto", "skos:prefLabel", '"Manifesto"@it', "The commitment has no name in English"),
    Fault("manifesto", "skos:prefLabel", '"Manifesto"@en', "The commitment has no name in Italian"),
    Fault("manifesto", "fil:committedBy", None, "It is not known who made the commitment"),
    Fault("manifesto", "fil:madeAt", "id:firm", "The event of a commitment"),
    Fault("manifesto", "fil:outcome", CONCEPT, "The outcome of a commitment"),
    Fault("firm", "skos:prefLabel", None, "An organisation needs a name"),
    Fault("cluster", "skos:prefLabel", '"Grappolo"@it', "An organisation needs a name", kept=True),
    Fault("firm", "org:classification", None, "No source says what kind", "info"),
    Fault("firm", "org:classification", KIND, "The kind of an organisation"),
    Fault("firm", "foaf:homepage", '"https://firm.example/"', "The website must be"),
    Fault("firm", "foaf:homepage", "<ftp://firm.example/>", "The website must be"),
    Fault("other", "org:subOrganizationOf", "id:fair", "The parent body"),
    Fault("group", "org:unitOf", "id:fair", "The body of which it is a unit"),
    Fault("group", "org:unitOf", None, "A working group belongs to a body"),
    Fault("group", "fil:worksOn", "id:cells", "A working group works on a value chain"),
    Fault(PERSON, "foaf:mbox", "<mailto:ada@firm.example>", "The graph holds nothing of a person"),
    Fault(PERSON, "skos:prefLabel", None, "A person needs a name"),
    Fault(PERSON, "skos:prefLabel", '"ada@firm.example"', "A person needs a name"),
    Fault("project", "skos:prefLabel", None, "A project needs a name or an acronym"),
    Fault("project", "dcterms:type", None, "The kind of a project"),
    Fault("project", "fil:programme", CONCEPT, "The programme of a project"),
    Fault("project", "foaf:homepage", "<ftp://project.example/>", "The website must be"),
    Fault("fair", "skos:prefLabel", '"Fiera"@it', "The event has no name in English"),
    Fault("fair", "skos:prefLabel", '"Fair"@en', "The event has no name in Italian"),
    Fault("fair", "dcterms:type", CONCEPT, "The kind of an event"),
    Fault("fair", "fil:mode", CONCEPT, "The mode of an event"),
    Fault("fair", "fil:organiser", "id:cells", "The organiser of an event"),
    Fault("fair", "fil:place", "id:firm", "The place of an event"),
    Fault("chain-hydrogen", "skos:prefLabel", '"Idrogeno"@it', "The value chain has no name in E"),
    Fault("chain-hydrogen", "skos:prefLabel", '"Hydrogen"@en', "The value chain has no name in I"),
    Fault("tanks", "skos:prefLabel", '"Serbatoi"@it', "The stage has no name in English"),
    Fault("tanks", "skos:prefLabel", '"Tanks"@en', "The stage has no name in Italian"),
    Fault("tanks", "fil:stageOf", "id:chain-batteries", "The value chain of a stage", kept=True),
    Fault("tanks", "dcterms:type", None, "The kind of a stage"),
    Fault("tanks", "dcterms:isPartOf", "id:packs", "The parent of the stage belongs to another"),
    Fault("cells", "dcterms:isPartOf", "id:assembly", "A stage contains itself"),
    Fault("packs", "fil:feeds", "id:tanks", "The stage feeds one of another value chain"),
    Fault("packs", "fil:feeds", "id:packs", "A stage feeds itself"),
    Fault("place/modena", "skos:prefLabel", None, "A place needs a name"),
    Fault("place/modena", "dcterms:type", None, "The kind of a place"),
    Fault("place/modena", "schema:containedInPlace", "id:firm", "The place that contains another"),
    Fault("place/italy", "schema:containedInPlace", "place:modena", "A place contains itself"),
    Fault("place/modena", "schema:latitude", "144.65", "A latitude runs from"),
    Fault("place/modena", "schema:longitude", "-190.5", "A longitude runs from"),
    Fault("place/modena", "fil:code", '"36023"', "The ISTAT code of a municipality"),
    Fault("place/mo", "fil:code", '"Mo"', "The vehicle code of a province"),
    Fault("place/italy", "fil:code", '"ITA"', "The ISO 3166-1 code of a country"),
    Fault("graph:source", "dcterms:title", None, "The source has no title", "info"),
    Fault(MEMBERSHIP, "fil:start", '"2019"', "The start must be in EDTF"),
    Fault(MEMBERSHIP, "fil:end", '"2021"', "The end must be in EDTF"),
    Fault(MEMBERSHIP, "fil:asOf", '"2020"', "The as-of date must be in EDTF"),
    Fault(FIGURE, "fil:date", '"2020"', "The date must be in EDTF"),
    Fault("manifesto", "fil:due", '"2020-09"', "The due date must be in EDTF"),
    Fault("graph:source", "fil:published", '"2020-07"', "The publication date must be in EDTF"),
    Fault(MEMBERSHIP, "fil:startEarliest", '"2020-01-01"^^xsd:date', "The start: the earliest day"),
    Fault(MEMBERSHIP, "fil:endEarliest", '"2022-01-01"^^xsd:date', "The end: the earliest day"),
    Fault(MEMBERSHIP, "fil:asOfEarliest", '"2022-01-01"^^xsd:date', "The as-of date: the earliest"),
    Fault(FIGURE, "fil:dateEarliest", '"2022-01-01"^^xsd:date', "The date: the earliest day"),
    Fault("manifesto", "fil:dueEarliest", '"2022-01-01"^^xsd:date', "The due date: the earliest"),
    Fault(
        "graph:source",
        "fil:publishedEarliest",
        '"2022-01-01"^^xsd:date',
        "The publication date: the earliest day",
    ),
    Fault("manifesto", "fil:dueLatest", '"September"', "The due date gives no day"),
    Fault(MEMBERSHIP, "fil:startLatest", '"December"', "The start gives no day"),
    Fault(MEMBERSHIP, "fil:endEarliest", '"2021"', "The end gives no day"),
    Fault(MEMBERSHIP, "fil:asOfLatest", '"December"', "The as-of date gives no day"),
    Fault(FIGURE, "fil:dateLatest", '"December"', "The date gives no day"),
    Fault("graph:source", "fil:publishedLatest", '"July"', "The publication date gives no day"),
]
# Faults that cannot be put into one node: they take an example of their own below.
OF_THEIR_OWN = (
    "The value chain has no stages",
    "The end comes before the start",
    "The parent of a stage",
    "What a stage feeds",
)


def found(store: MemoryStore) -> set[tuple[str, str, str]]:
    return {(f.focus, f.severity, f.message["en"]) for f in validate(store).findings}


def test_the_valid_example_has_no_fault() -> None:
    assert validate(valid_store()).findings == ()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f"{f.property} of {f.focus}: {f.message}")
def test_the_fault_is_reported(fault: Fault) -> None:
    store = valid_store()
    iri = put(store, fault)
    assert [
        message
        for focus, severity, message in found(store)
        if focus == iri and severity == fault.severity and message.startswith(fault.message)
    ]


def test_every_message_is_provoked_and_in_both_languages() -> None:
    shapes = rdflib.Graph()
    for path in turtle_files("shapes"):
        shapes.parse(path)
    messages: dict[rdflib.term.Node, dict[str | None, str]] = {}
    for subject, message in shapes.subject_objects(SH.message):
        assert isinstance(message, rdflib.Literal)
        messages.setdefault(subject, {})[message.language] = str(message)
    assert all(set(texts) == {"it", "en"} for texts in messages.values())
    provoked = tuple(fault.message for fault in FAULTS) + OF_THEIR_OWN
    assert {
        text["en"] for text in messages.values() if not text["en"].startswith(provoked)
    } == set()


def test_a_chain_without_stages_is_a_warning() -> None:
    store = valid_store()
    for text in ("id:tanks ?property ?value", "?stage fil:stageOf id:chain-hydrogen"):
        store.update(f"{PROLOGUE} DELETE WHERE {{ {text} }}")
    ((focus, severity, message),) = found(store)
    assert (focus, severity) == (ID["chain-hydrogen"], "warning")
    assert message.startswith("The value chain has no stages")


@pytest.mark.parametrize(
    ("property", "message"),
    [("dcterms:isPartOf", "The parent of a stage"), ("fil:feeds", "What a stage feeds")],
)
def test_a_stage_leads_only_to_stages(property: str, message: str) -> None:
    store = valid_store()
    put(store, Fault("packs", property, "id:firm", message))
    assert any(text.startswith(message) for _, _, text in found(store))


class TestOrderOfDays:
    """One text of a time must be in order; where sources state two, none is preferred."""

    END_EARLY = (
        Fault(MEMBERSHIP, "fil:end", '"2018"^^edtf:EDTF', ""),
        Fault(MEMBERSHIP, "fil:endEarliest", '"2018-01-01"^^xsd:date', ""),
        Fault(MEMBERSHIP, "fil:endLatest", '"2018-12-31"^^xsd:date', ""),
    )

    def test_an_end_before_the_start_is_reported(self) -> None:
        store = valid_store()
        for fault in self.END_EARLY:
            put(store, fault)
        ((focus, severity, message),) = found(store)
        assert (focus, severity) == (ID[MEMBERSHIP], "violation")
        assert message.startswith("The end comes before the start")

    def test_two_sources_may_state_two_ends(self) -> None:
        store = valid_store()
        for fault in self.END_EARLY:
            put(store, fault._replace(kept=True))
        assert found(store) == set()

    def test_two_sources_may_state_two_starts(self) -> None:
        store = valid_store()
        for property, value in (
            ("fil:start", '"2015"^^edtf:EDTF'),
            ("fil:startEarliest", '"2015-01-01"^^xsd:date'),
            ("fil:startLatest", '"2015-12-31"^^xsd:date'),
        ):
            put(store, Fault(MEMBERSHIP, property, value, "", kept=True))
        assert found(store) == set()

    def test_an_open_side_is_no_fault(self) -> None:
        store = valid_store()
        put(store, Fault(MEMBERSHIP, "fil:endLatest", None, ""))
        assert found(store) == set()
