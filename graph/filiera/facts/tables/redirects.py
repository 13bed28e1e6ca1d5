"""Redirects: the ids that things had before, so that nothing that points to them is lost."""

from __future__ import annotations

from filiera.facts.model import (
    Column,
    FormerId,
    NodePattern,
    Part,
    PresentId,
    Property,
    Table,
    bilingual,
)
from filiera.facts.tables.common import SOURCED, concept_column, dated
from filiera.vocabulary import DCTERMS

__all__ = ["REDIRECTS"]

REDIRECTS = Table(
    "redirects",
    bilingual("Identificativi di prima", "Former ids"),
    bilingual(
        "Gli identificativi che non si usano più, e quelli che ne hanno preso il posto",
        "Ids that are no longer in use, and those that have taken their place",
    ),
    (
        Column(
            "former",
            FormerId(),
            bilingual("Identificativo di prima", "Former id"),
            bilingual(
                "Identificativo che non si usa più; di un luogo «place/…», di una fonte «graph/…»",
                "Id that is no longer in use; of a place “place/…”, of a source “graph/…”",
            ),
            required=True,
        ),
        Column(
            "present",
            PresentId(),
            bilingual("Identificativo di oggi", "Present id"),
            bilingual(
                "Identificativo che ne ha preso il posto, scritto allo stesso modo",
                "Id that has taken its place, written in the same way",
            ),
            Property(DCTERMS.isReplacedBy),
            required=True,
        ),
        dated(
            "date",
            "date",
            "Data",
            "Date",
            "Quando è cambiato",
            "When it changed",
        ),
        concept_column(
            "reason",
            "id-change",
            "Motivo",
            "Reason",
            "Perché è cambiato",
            "Why it changed",
            DCTERMS.type,
            required=True,
        ),
        *SOURCED,
    ),
    NodePattern("", (Part("former"),)),
    (),
    ("former", "present"),
)
