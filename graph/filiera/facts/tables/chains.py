"""Value chains, their stages, and the claims that an organisation works at a stage."""

from __future__ import annotations

from filiera.facts.model import (
    Column,
    DisplayName,
    NodePattern,
    Part,
    Property,
    Reference,
    References,
    Table,
    Text,
    bilingual,
)
from filiera.facts.tables.common import (
    AGENT,
    AS_OF,
    SOURCED,
    concept_column,
    described,
    identified,
    reference_column,
    thing_node,
)
from filiera.vocabulary import DCTERMS, FIL, SKOS

__all__ = ["CAPABILITIES", "CHAINS", "STAGES"]


def _labels() -> tuple[Column, Column]:
    return (
        Column(
            "label_it",
            Text(),
            bilingual("Nome (it)", "Name (it)"),
            bilingual("Nome in italiano", "Name in Italian"),
            DisplayName("it"),
            required=True,
        ),
        Column(
            "label_en",
            Text(),
            bilingual("Nome (en)", "Name (en)"),
            bilingual("Nome in inglese", "Name in English"),
            DisplayName("en"),
            required=True,
        ),
    )


def _definitions() -> tuple[Column, Column]:
    return described(
        "definition",
        SKOS.definition,
        "Definizione",
        "Definition",
        "Che cosa comprende, con parole nostre",
        "What it comprises, in our own words",
    )


CHAINS = Table(
    "chains",
    bilingual("Filiere", "Value chains"),
    bilingual(
        "Una filiera industriale; il gruppo di lavoro che se ne occupa è un'altra cosa",
        "An industrial value chain; the working group that deals with it is another thing",
    ),
    (
        identified("chain", "della filiera", "the value chain"),
        *_labels(),
        Column(
            "group",
            AGENT,
            bilingual("Gruppo di lavoro", "Working group"),
            bilingual("Il gruppo che se ne occupa", "The group that works on it"),
            Property(FIL.worksOn, inverse=True),
        ),
        *_definitions(),
        *SOURCED,
    ),
    thing_node(),
    (FIL.ValueChain,),
    ("id",),
)

STAGES = Table(
    "stages",
    bilingual("Stadi", "Stages"),
    bilingual(
        "Gli stadi di una filiera, e quali stadi ciascuno alimenta",
        "The stages of a value chain, and which stages each one feeds",
    ),
    (
        identified("stage", "dello stadio", "the stage"),
        reference_column(
            "chain",
            Reference(("chain",)),
            "Filiera",
            "Chain",
            "La filiera di cui è stadio",
            "The chain of which it is a stage",
            FIL.stageOf,
            required=True,
        ),
        *_labels(),
        reference_column(
            "parent",
            Reference(("stage",)),
            "Fa parte di",
            "Part of",
            "Lo stadio più ampio che lo comprende",
            "The larger stage that comprises it",
            DCTERMS.isPartOf,
        ),
        reference_column(
            "feeds",
            References(("stage",)),
            "Alimenta",
            "Feeds",
            "Gli stadi a cui passa il suo prodotto, separati da punto e virgola",
            "The stages that its product goes to, separated by semicolons",
            FIL.feeds,
        ),
        concept_column(
            "kind",
            "stage-kind",
            "Tipo",
            "Kind",
            "Stadio o servizio trasversale",
            "Stage or cross-cutting service",
            DCTERMS.type,
            required=True,
        ),
        *_definitions(),
        *SOURCED,
    ),
    thing_node(),
    (FIL.Stage,),
    ("id",),
)

CAPABILITIES = Table(
    "capabilities",
    bilingual("Capacità", "Capabilities"),
    bilingual(
        "La prova che un'organizzazione lavora a uno stadio",
        "Evidence that an organisation works at a stage",
    ),
    (
        reference_column(
            "organisation",
            AGENT,
            "Organizzazione",
            "Organisation",
            "Chi vi lavora",
            "Who works there",
            FIL.subject,
            required=True,
        ),
        reference_column(
            "stage",
            Reference(("stage",)),
            "Stadio",
            "Stage",
            "A quale stadio",
            "At which stage",
            FIL.stage,
            required=True,
        ),
        *described(
            "what",
            DCTERMS.description,
            "Che cosa",
            "What",
            "Che cosa vi fa, con parole nostre",
            "What it does there, in our own words",
        ),
        AS_OF,
        *SOURCED,
    ),
    NodePattern("capability", (Part("organisation"), Part("stage"))),
    (FIL.CapabilityClaim,),
    ("organisation", "stage"),
)
