"""Columns and references that several tables share."""

from __future__ import annotations

from filiera.facts.model import (
    Column,
    Concept,
    Edtf,
    NodePattern,
    Number,
    Part,
    Property,
    Reference,
    References,
    SlugCell,
    Text,
    Times,
    Url,
    bilingual,
)
from filiera.vocabulary import DCTERMS, FIL, FOAF, RDFS

__all__ = [
    "AGENT",
    "ANNOTATED",
    "AS_OF",
    "END",
    "OCCURRENCE",
    "SOURCED",
    "START",
    "THING",
    "THINGS",
    "TITLE",
    "WEBSITE",
    "concept_column",
    "dated",
    "described",
    "identified",
    "reference_column",
    "thing_node",
]

AGENT = Reference(("agent",))
_THINGS = ("agent", "project", "event", "decision", "commitment", "chain", "stage")
THING = Reference(_THINGS)
THINGS = References(_THINGS)


def described(
    name: str,
    predicate: str,
    it: str,
    en: str,
    help_it: str,
    help_en: str,
    *,
    required: bool = False,
) -> tuple[Column, Column]:
    """Two columns, ``name_it`` and ``name_en``, with a text in each language."""
    return (
        Column(
            f"{name}_it",
            Text(),
            bilingual(f"{it} (it)", f"{en} (it)"),
            bilingual(f"{help_it}, in italiano", f"{help_en}, in Italian"),
            Property(predicate, lang="it"),
            required,
        ),
        Column(
            f"{name}_en",
            Text(),
            bilingual(f"{it} (en)", f"{en} (en)"),
            bilingual(f"{help_it}, in inglese", f"{help_en}, in English"),
            Property(predicate, lang="en"),
            required,
        ),
    )


NOTE = described(
    "note",
    RDFS.comment,
    "Nota",
    "Note",
    "Osservazione nostra sulla riga",
    "Remark of ours on the row",
)
INFERRED = described(
    "inferred",
    FIL.inference,
    "Dedotto",
    "Inferred",
    "Come si è ricavato il dato, se la fonte non lo dice alla lettera",
    "How this was worked out, when the source does not literally say it",
)
SOURCED = (
    Column(
        "source",
        Reference(("source",)),
        bilingual("Fonte", "Source"),
        bilingual("La fonte che lo dice", "The source that says so"),
        required=True,
    ),
    *NOTE,
    *INFERRED,
)
ANNOTATED = (*NOTE, *INFERRED)


def dated(name: str, role: str, it: str, en: str, help_it: str, help_en: str) -> Column:
    """Column with a date as said (EDTF) of the given role."""
    return Column(name, Edtf(), bilingual(it, en), bilingual(help_it, help_en), Times(role))


START = dated("start", "start", "Inizio", "Start", "Da quando vale", "Since when it holds")
END = dated(
    "end",
    "end",
    "Fine",
    "End",
    "Fino a quando vale; vuoto significa che non è noto",
    "Until when it holds; empty means that it is not known",
)
AS_OF = dated(
    "as_of",
    "asOf",
    "Valido al",
    "As of",
    "Giorno in cui la fonte dice che vale",
    "Day on which the source says that it holds",
)
OCCURRENCE = Column(
    "occurrence",
    Number(whole=True, low=1, high=99),
    bilingual("Volta", "Occurrence"),
    bilingual(
        "Numero progressivo se la stessa cosa accade più volte",
        "Running number when the same thing happens more than once",
    ),
)
TITLE = described(
    "title",
    DCTERMS.title,
    "Titolo",
    "Title",
    "Come lo chiama la fonte, se dice di più",
    "What the source calls it, if it says more",
)
WEBSITE = Column(
    "website",
    Url(),
    bilingual("Sito web", "Website"),
    bilingual("Indirizzo del sito", "Address of the website"),
    Property(FOAF.homepage),
)


def identified(group: str, it: str, en: str) -> Column:
    """Column with the id that the row gives to a thing."""
    return Column(
        "id",
        SlugCell(group),
        bilingual("Identificativo", "Id"),
        bilingual(
            f"Identificativo {it}: minuscole, cifre e trattini; non cambia mai",
            f"Id of {en}: lower case, digits and hyphens; it never changes",
        ),
        required=True,
    )


def thing_node() -> NodePattern:
    """Pattern of a thing that has an id of its own."""
    return NodePattern("", (Part("id"),))


def concept_column(
    name: str,
    scheme: str,
    it: str,
    en: str,
    help_it: str,
    help_en: str,
    predicate: str,
    *,
    required: bool = False,
) -> Column:
    """Column with a concept of a scheme."""
    return Column(
        name,
        Concept(scheme),
        bilingual(it, en),
        bilingual(help_it, help_en),
        Property(predicate),
        required,
    )


def reference_column(
    name: str,
    cell: Reference | References,
    it: str,
    en: str,
    help_it: str,
    help_en: str,
    predicate: str,
    *,
    required: bool = False,
) -> Column:
    """Column that refers to one or more things."""
    return Column(
        name, cell, bilingual(it, en), bilingual(help_it, help_en), Property(predicate), required
    )
