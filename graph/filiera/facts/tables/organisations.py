"""Organisations, bodies, their names, fields of activity and offerings."""

from __future__ import annotations

from filiera.facts.model import (
    About,
    Classification,
    Column,
    Concept,
    DisplayName,
    NodePattern,
    Parent,
    Part,
    Property,
    Reference,
    Table,
    Text,
    Times,
    bilingual,
)
from filiera.facts.tables.common import (
    AGENT,
    END,
    SOURCED,
    START,
    WEBSITE,
    concept_column,
    dated,
    described,
    identified,
    reference_column,
    thing_node,
)
from filiera.vocabulary import DCTERMS, FIL, ORG, SKOS, concept

__all__ = ["BODIES", "FIELDS", "NAMES", "OFFERINGS", "ORGANISATIONS"]


def _naming(kind: str, column: str) -> About:
    return About(
        NodePattern("naming", (Part("id"), Part(column, via="slug"))),
        (FIL.Naming,),
        FIL.subject,
        Property(FIL.name),
        ((DCTERMS.type, concept("naming-kind", kind)),),
    )


def _existing(role: str) -> About:
    return About(
        NodePattern("phase", (Part("id"), Part("", fixed="existing"))),
        (FIL.Phase,),
        FIL.subject,
        Times(role),
        ((FIL.status, concept("status", "existing")),),
    )


_KIND = Column(
    "kind",
    Concept("kind"),
    bilingual("Tipo", "Kind"),
    bilingual("Che tipo di organizzazione è", "What kind of organisation it is"),
    Classification(ORG.classification),
)


def _existence(name: str, role: str, it: str, en: str, help_it: str, help_en: str) -> Column:
    plain = dated(name, role, it, en, help_it, help_en)
    return Column(plain.name, plain.cell, plain.label, plain.help, _existing(role))


_FOUNDED = _existence(
    "founded", "start", "Fondata", "Founded", "Quando è nata", "When it came into being"
)
_DISSOLVED = _existence(
    "dissolved",
    "end",
    "Cessata",
    "Dissolved",
    "Quando ha cessato di esistere",
    "When it ceased to be",
)

ORGANISATIONS = Table(
    "organisations",
    bilingual("Organizzazioni", "Organisations"),
    bilingual(
        "Una riga è ciò che una fonte dice di un'organizzazione; la prima riga dà il nome mostrato",
        "A row is what one source says of one organisation; the first row gives the name shown",
    ),
    (
        identified("agent", "dell'organizzazione", "the organisation"),
        Column(
            "name",
            Text(),
            bilingual("Nome", "Name"),
            bilingual("Nome usato dalla fonte", "Name that the source uses"),
            DisplayName(also=_naming("name", "name")),
        ),
        Column(
            "legal_name",
            Text(),
            bilingual("Ragione sociale", "Legal name"),
            bilingual("Denominazione legale", "Name in law"),
            _naming("legal", "legal_name"),
        ),
        _KIND,
        Column(
            "place",
            Reference(("place",)),
            bilingual("Luogo", "Place"),
            bilingual(
                "Il luogo più preciso che la fonte dice",
                "The most precise place that the source states",
            ),
            About(
                NodePattern("seat", (Part("id"), Part("place"))),
                (FIL.Seat, ORG.Site),
                ORG.siteOf,
                Property(FIL.place),
            ),
        ),
        _FOUNDED,
        _DISSOLVED,
        WEBSITE,
        *described(
            "activity",
            DCTERMS.description,
            "Attività",
            "Activity",
            "Che cosa fa, con parole nostre",
            "What it does, in our own words",
        ),
        *SOURCED,
    ),
    thing_node(),
    (ORG.Organization,),
    ("id",),
)

BODIES = Table(
    "bodies",
    bilingual("Enti e gruppi", "Bodies"),
    bilingual(
        "Cluster, gruppi di lavoro, reti, comitati: una riga è ciò che ne dice una fonte",
        "Clusters, working groups, networks, committees: a row is what one source says of one",
    ),
    (
        identified("agent", "dell'ente o del gruppo", "the body or group"),
        Column(_KIND.name, _KIND.cell, _KIND.label, _KIND.help, _KIND.says, required=True),
        Column(
            "acronym",
            Text(),
            bilingual("Sigla", "Acronym"),
            bilingual("Sigla usata", "Acronym in use"),
            Property(FIL.acronym),
        ),
        Column(
            "name_it",
            Text(),
            bilingual("Nome (it)", "Name (it)"),
            bilingual("Nome in italiano", "Name in Italian"),
            DisplayName("it", also=_naming("name", "name_it")),
        ),
        Column(
            "name_en",
            Text(),
            bilingual("Nome (en)", "Name (en)"),
            bilingual("Nome in inglese", "Name in English"),
            DisplayName("en"),
        ),
        Column(
            "parent",
            AGENT,
            bilingual("Fa parte di", "Part of"),
            bilingual(
                "L'organizzazione di cui è un gruppo, o da cui dipende",
                "The organisation of which it is a group, or under which it stands",
            ),
            Parent(ORG.unitOf, ORG.subOrganizationOf, (FIL.WorkingGroup, ORG.OrganizationalUnit)),
        ),
        _FOUNDED,
        _DISSOLVED,
        WEBSITE,
        *described(
            "purpose",
            DCTERMS.description,
            "Scopo",
            "Purpose",
            "A che cosa serve, con parole nostre",
            "What it is for, in our own words",
        ),
        *SOURCED,
    ),
    thing_node(),
    (ORG.Organization,),
    ("id",),
)

NAMES = Table(
    "names",
    bilingual("Nomi", "Names"),
    bilingual(
        "I nomi che un'organizzazione porta o ha portato",
        "Names that an organisation bears or bore",
    ),
    (
        reference_column(
            "organisation",
            AGENT,
            "Organizzazione",
            "Organisation",
            "Chi porta il nome",
            "Who bears the name",
            FIL.subject,
            required=True,
        ),
        Column(
            "name",
            Text(),
            bilingual("Nome", "Name"),
            bilingual("Il nome", "The name"),
            Property(FIL.name),
            required=True,
        ),
        concept_column(
            "kind",
            "naming-kind",
            "Tipo di nome",
            "Kind of name",
            "Ragione sociale, sigla, marchio …",
            "Legal name, acronym, brand …",
            DCTERMS.type,
        ),
        START,
        END,
        *SOURCED,
    ),
    NodePattern("naming", (Part("organisation"), Part("name", via="slug"))),
    (FIL.Naming,),
    ("organisation", "name"),
)

FIELDS = Table(
    "fields",
    bilingual("Campi di attività", "Fields of activity"),
    bilingual(
        "Settori, tecnologie e temi su cui lavora un'organizzazione o un progetto",
        "Sectors, technologies and themes that an organisation or a project works on",
    ),
    (
        reference_column(
            "organisation",
            Reference(("agent", "project")),
            "Organizzazione",
            "Organisation",
            "Chi vi lavora",
            "Who works on it",
            FIL.subject,
            required=True,
        ),
        concept_column(
            "field",
            "field",
            "Campo",
            "Field",
            "Settore, tecnologia o tema",
            "Sector, technology or theme",
            FIL.field,
            required=True,
        ),
        concept_column(
            "focus",
            "focus",
            "Ruolo del campo",
            "Focus",
            "Se è priorità, applicazione o tecnologia",
            "Whether it is a priority, an application or a technology",
            FIL.focus,
        ),
        *SOURCED,
    ),
    NodePattern("field", (Part("organisation"), Part("field"), Part("focus"))),
    (FIL.FieldClaim,),
    ("organisation", "field", "focus"),
)

OFFERINGS = Table(
    "offerings",
    bilingual("Prodotti e servizi", "Products and services"),
    bilingual("Che cosa offre un'organizzazione", "What an organisation offers"),
    (
        reference_column(
            "organisation",
            AGENT,
            "Organizzazione",
            "Organisation",
            "Chi lo offre",
            "Who offers it",
            FIL.subject,
            required=True,
        ),
        *described(
            "product",
            SKOS.prefLabel,
            "Prodotto",
            "Product",
            "Prodotto o servizio",
            "Product or service",
            required=True,
        ),
        *described(
            "technology",
            FIL.technology,
            "Tecnologia",
            "Technology",
            "Con quale tecnologia",
            "With which technology",
        ),
        *SOURCED,
    ),
    NodePattern("offering", (Part("organisation"), Part("product_en", via="slug"))),
    (FIL.Offering,),
    ("organisation", "product_en"),
)
