"""What cards say of their own, in both languages; all else comes from the graph.

In a text, ``{}`` stands for the label of the other thing and ``{name}`` for a part.
"""

from __future__ import annotations

from filiera.texts import Text
from filiera.vocabulary import DCTERMS, FIL, FOAF, ORG, SCHEMA, SKOS

__all__ = [
    "BARE",
    "DISSOLVED",
    "DUE",
    "DURATION",
    "END_UNKNOWN",
    "FOUNDED",
    "GROUPS",
    "INFERENCE",
    "INVERSES",
    "NOTE",
    "PROPERTIES",
    "SEAT",
]

GROUPS: dict[str, Text] = {
    "identity": Text("In breve", "At a glance"),
    "names": Text("Nomi", "Names"),
    "phases": Text("Stati nel tempo", "Statuses over time"),
    "memberships": Text("Aderisce a", "Member of"),
    "members": Text("Soci", "Members"),
    "structure": Text("Struttura", "Structure"),
    "stages": Text("Filiere e stadi", "Value chains and stages"),
    "claims": Text("Chi vi lavora", "Who works there"),
    "seats": Text("Chi ha sede qui", "Who has a seat here"),
    "places": Text("Luoghi compresi", "Places within"),
    "fields": Text("Settori e temi", "Fields and topics"),
    "offerings": Text("Prodotti e servizi", "Products and services"),
    "ties": Text("Legami", "Ties"),
    "projects": Text("Progetti", "Projects"),
    "participants": Text("Partecipanti", "Participants"),
    "offices": Text("Cariche", "Offices"),
    "figures": Text("Cifre", "Figures"),
    "happenings": Text("Eventi, decisioni, impegni", "Events, decisions, commitments"),
}
"""Groups of a card, in the order in which they are shown."""

BARE = Text("{}", "{}")
SEAT = Text("sede", "seat")
FOUNDED = Text("fondazione", "founded")
DISSOLVED = Text("scioglimento", "dissolved")
DURATION = Text("durata", "duration")
DUE = Text("scadenza", "due")
END_UNKNOWN = Text("fine non nota", "end unknown")
NOTE = Text("nota", "note")
INFERENCE = Text("dedotto", "inferred")

PROPERTIES: dict[str, Text] = {
    ORG.classification: Text("tipo", "kind"),
    DCTERMS.type: Text("tipo", "kind"),
    DCTERMS.isPartOf: Text("parte di", "part of"),
    DCTERMS.publisher: Text("editore", "publisher"),
    DCTERMS.language: Text("lingua", "language"),
    FOAF.homepage: Text("sito", "website"),
    ORG.unitOf: Text("unità di", "unit of"),
    ORG.subOrganizationOf: Text("fa parte di", "part of"),
    SCHEMA.containedInPlace: Text("in", "in"),
    SCHEMA.latitude: Text("latitudine", "latitude"),
    SCHEMA.longitude: Text("longitudine", "longitude"),
    SCHEMA.sameAs: Text("lo stesso luogo", "the same place"),
    SCHEMA.url: Text("indirizzo", "address"),
    SKOS.definition: Text("definizione", "definition"),
}
"""Names of properties of reused vocabularies; own terms are named in the ontology."""

INVERSES: dict[str, tuple[str, Text]] = {
    ORG.unitOf: ("structure", Text("comprende: {}", "comprises: {}")),
    ORG.subOrganizationOf: ("structure", Text("comprende: {}", "comprises: {}")),
    FIL.worksOn: ("structure", Text("se ne occupa {}", "{} works on it")),
    FIL.stageOf: ("stages", BARE),
    DCTERMS.isPartOf: ("stages", BARE),
    SCHEMA.containedInPlace: ("places", BARE),
    FIL.feeds: ("stages", Text("alimentata da {}", "fed by {}")),
    FIL.affects: ("happenings", BARE),
    FIL.decidedBy: ("happenings", BARE),
    FIL.takenAt: ("happenings", BARE),
    FIL.promptedBy: ("happenings", BARE),
    FIL.committedBy: ("happenings", BARE),
    FIL.concerns: ("happenings", BARE),
    FIL.madeAt: ("happenings", BARE),
    FIL.organiser: ("happenings", BARE),
}
"""Group and text of a statement that another thing makes of the one on the card."""
