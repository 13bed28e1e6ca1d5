"""Figures and phases: what is counted, and what changes with time."""

from __future__ import annotations

from filiera.facts.model import Column, NodePattern, Number, Part, Property, Table, bilingual
from filiera.facts.tables.common import (
    AS_OF,
    END,
    OCCURRENCE,
    SOURCED,
    START,
    THING,
    concept_column,
    dated,
    reference_column,
)
from filiera.vocabulary import FIL

__all__ = ["FIGURES", "PHASES"]

FIGURES = Table(
    "figures",
    bilingual("Cifre", "Figures"),
    bilingual(
        "Un numero che una fonte dice di una cosa a una data; un intervallo di date è un periodo",
        "A number that a source states of a thing at a date; an interval of dates is a period",
    ),
    (
        reference_column(
            "subject",
            THING,
            "Di che cosa",
            "Subject",
            "Di che cosa si dice",
            "What it is said of",
            FIL.subject,
            required=True,
        ),
        concept_column(
            "measure",
            "measure",
            "Misura",
            "Measure",
            "Che cosa si misura",
            "What is measured",
            FIL.measure,
            required=True,
        ),
        concept_column(
            "of_kind",
            "kind",
            "Del tipo",
            "Of kind",
            "Il tipo di organizzazioni contate, se non tutte",
            "The kind of organisations counted, if not all",
            FIL.ofKind,
        ),
        concept_column(
            "nature",
            "nature",
            "Natura",
            "Nature",
            "Previsione, obiettivo, preliminare; vuoto se constatato",
            "Forecast, target, preliminary; empty if observed",
            FIL.nature,
        ),
        concept_column(
            "precision",
            "precision",
            "Precisione",
            "Precision",
            "Circa, almeno, oltre; vuoto se esatto",
            "About, at least, more than; empty if exact",
            FIL.precision,
        ),
        Column(
            "value",
            Number(),
            bilingual("Valore", "Value"),
            bilingual(
                "Il numero, nell'unità della misura", "The number, in the unit of the measure"
            ),
            Property(FIL.value),
            required=True,
        ),
        dated("date", "date", "Data", "Date", "Il giorno o il periodo", "The day or the period"),
        *SOURCED,
    ),
    NodePattern(
        "figure",
        (
            Part("subject"),
            Part("measure"),
            Part("of_kind"),
            Part("nature"),
            Part("date", via="date"),
        ),
        undated=True,
    ),
    (FIL.Figure,),
    ("subject", "measure", "of_kind", "nature", "date"),
)

PHASES = Table(
    "phases",
    bilingual("Fasi di vita", "Phases"),
    bilingual(
        "Lo stato di un'organizzazione o di un gruppo nel tempo: attiva, in liquidazione …",
        "The state of an organisation or a group over time: active, in liquidation …",
    ),
    (
        reference_column(
            "subject",
            THING,
            "Di che cosa",
            "Subject",
            "Chi è in questo stato",
            "What is in this state",
            FIL.subject,
            required=True,
        ),
        concept_column(
            "status",
            "status",
            "Stato",
            "Status",
            "In quale stato",
            "In which state",
            FIL.status,
            required=True,
        ),
        START,
        END,
        AS_OF,
        OCCURRENCE,
        *SOURCED,
    ),
    NodePattern("phase", (Part("subject"), Part("status")), occurrence=True),
    (FIL.Phase,),
    ("subject", "status", "occurrence"),
)
