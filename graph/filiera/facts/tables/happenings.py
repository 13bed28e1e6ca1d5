"""Events, decisions and commitments."""

from __future__ import annotations

from filiera.facts.model import (
    Column,
    DisplayName,
    Reference,
    Table,
    Text,
    bilingual,
)
from filiera.facts.tables.common import (
    AGENT,
    SOURCED,
    THINGS,
    concept_column,
    dated,
    described,
    identified,
    reference_column,
    thing_node,
)
from filiera.vocabulary import DCTERMS, FIL, SCHEMA

__all__ = ["COMMITMENTS", "DECISIONS", "EVENTS"]

_EVENT = Reference(("event",))
_DATE = dated("date", "date", "Data", "Date", "Quando è accaduto", "When it happened")


def _names() -> tuple[Column, Column]:
    return (
        Column(
            "name_it",
            Text(),
            bilingual("Nome (it)", "Name (it)"),
            bilingual("Nome in italiano", "Name in Italian"),
            DisplayName("it"),
            required=True,
        ),
        Column(
            "name_en",
            Text(),
            bilingual("Nome (en)", "Name (en)"),
            bilingual("Nome in inglese", "Name in English"),
            DisplayName("en"),
            required=True,
        ),
    )


def _result() -> tuple[Column, Column]:
    return described(
        "result",
        FIL.result,
        "Esito",
        "Result",
        "Che cosa ne è venuto, con parole nostre",
        "What came of it, in our own words",
    )


EVENTS = Table(
    "events",
    bilingual("Eventi", "Events"),
    bilingual("Assemblee, missioni, fiere, incontri", "Assemblies, missions, fairs, meetings"),
    (
        identified("event", "dell'evento", "the event"),
        concept_column(
            "kind",
            "event-kind",
            "Tipo",
            "Kind",
            "Assemblea, missione, fiera …",
            "Assembly, mission, fair …",
            DCTERMS.type,
            required=True,
        ),
        *_names(),
        _DATE,
        concept_column(
            "mode",
            "event-mode",
            "Modalità",
            "Mode",
            "In presenza, online, mista",
            "In person, online, hybrid",
            FIL.mode,
        ),
        reference_column(
            "place",
            Reference(("place",)),
            "Luogo",
            "Place",
            "Dove si è tenuto",
            "Where it was held",
            FIL.place,
        ),
        reference_column(
            "organiser",
            AGENT,
            "Organizzatore",
            "Organiser",
            "Chi lo ha organizzato",
            "Who organised it",
            FIL.organiser,
        ),
        reference_column(
            "concerns",
            THINGS,
            "Riguarda",
            "Concerns",
            "Le cose di cui trattava, separate da punto e virgola",
            "The things that it dealt with, separated by semicolons",
            FIL.concerns,
        ),
        *described(
            "about",
            DCTERMS.description,
            "Argomento",
            "About",
            "Di che cosa trattava, con parole nostre",
            "What it dealt with, in our own words",
        ),
        *_result(),
        *SOURCED,
    ),
    thing_node(),
    (SCHEMA.Event,),
    ("id",),
)

DECISIONS = Table(
    "decisions",
    bilingual("Decisioni", "Decisions"),
    bilingual(
        "Che cosa ha deciso un ente, e che cosa cambia", "What a body decided, and what it changes"
    ),
    (
        identified("decision", "della decisione", "the decision"),
        *_names(),
        _DATE,
        reference_column(
            "meeting",
            _EVENT,
            "Riunione",
            "Meeting",
            "La riunione in cui è stata presa",
            "The meeting at which it was taken",
            FIL.takenAt,
        ),
        reference_column(
            "decided_by",
            AGENT,
            "Decisa da",
            "Decided by",
            "Chi l'ha presa",
            "Who took it",
            FIL.decidedBy,
        ),
        concept_column(
            "effect",
            "effect",
            "Effetto",
            "Effect",
            "Crea, abolisce, finanzia …",
            "Creates, abolishes, funds …",
            FIL.effect,
            required=True,
        ),
        reference_column(
            "affects",
            THINGS,
            "Tocca",
            "Affects",
            "Le cose che cambia, separate da punto e virgola",
            "The things that it changes, separated by semicolons",
            FIL.affects,
        ),
        concept_column(
            "of_kind",
            "kind",
            "Per il tipo",
            "For kind",
            "Il tipo di organizzazioni per cui vale",
            "The kind of organisations that it holds for",
            FIL.ofKind,
        ),
        reference_column(
            "prompted_by",
            _EVENT,
            "Mossa da",
            "Prompted by",
            "L'evento da cui è nata",
            "The event that gave rise to it",
            FIL.promptedBy,
        ),
        *_result(),
        *SOURCED,
    ),
    thing_node(),
    (FIL.Decision,),
    ("id",),
)

COMMITMENTS = Table(
    "commitments",
    bilingual("Impegni", "Commitments"),
    bilingual(
        "Che cosa un ente si è impegnato a fare ed entro quando; l'esito, se una fonte lo dice",
        "What a body undertook to do and by when; the outcome, if a source states it",
    ),
    (
        identified("commitment", "dell'impegno", "the commitment"),
        *_names(),
        reference_column(
            "committed_by",
            AGENT,
            "Preso da",
            "Committed by",
            "Chi si è impegnato",
            "Who undertook it",
            FIL.committedBy,
        ),
        reference_column(
            "concerns",
            THINGS,
            "Riguarda",
            "Concerns",
            "Le cose di cui tratta, separate da punto e virgola",
            "The things that it deals with, separated by semicolons",
            FIL.concerns,
        ),
        reference_column(
            "made_at",
            _EVENT,
            "Preso in",
            "Made at",
            "La riunione in cui è stato preso",
            "The meeting at which it was made",
            FIL.madeAt,
        ),
        dated("due", "due", "Scadenza", "Due", "Entro quando", "By when"),
        concept_column(
            "outcome",
            "outcome",
            "Esito",
            "Outcome",
            "Mantenuto, in ritardo, non mantenuto",
            "Kept, late, not kept",
            FIL.outcome,
        ),
        dated(
            "outcome_date",
            "date",
            "Data dell'esito",
            "Outcome date",
            "Quando si è avuto l'esito",
            "When the outcome came about",
        ),
        *SOURCED,
    ),
    thing_node(),
    (FIL.Commitment,),
    ("id",),
)
