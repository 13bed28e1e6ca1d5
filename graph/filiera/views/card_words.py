"""What the pages of cards say of their own, in both languages."""

from __future__ import annotations

from filiera.texts import Text

__all__ = ["COLUMNS_OF_KNOWN", "LANGUAGE_NAMES", "WORDS"]

WORDS: dict[str, Text] = {
    "accessed": Text("consultato il {day}", "accessed {day}"),
    "all_sources": Text("Fonti", "Sources"),
    "also_in": Text("anche fonti", "also sources"),
    "also": Text("Altri nomi", "Other names"),
    "and_more": Text("e altri {n}, più sotto", "and {n} more, below"),
    "and_one_more": Text("e un altro, più sotto", "and one more, below"),
    "cite": Text("Come citare", "Cite this"),
    "citation": Text("Citazione", "Citation"),
    "collected": Text("dati raccolti al {day}", "data as of {day}"),
    "contents": Text("In questa pagina", "On this page"),
    "data": Text("I dati", "The data"),
    "disagree": Text("Le fonti non concordano", "Sources disagree"),
    "explorer": Text("Apri nell’esploratore", "Open in the explorer"),
    "facts": Text("{n} affermazioni", "{n} statements"),
    "fact": Text("una affermazione", "one statement"),
    "former": Text("Prima", "Formerly"),
    "founded": Text("Fondazione", "Founded"),
    "inferred": Text("Dedotto", "Inferred"),
    "iri": Text("Indirizzo", "Address"),
    "kind": Text("Tipo", "Kind"),
    "language": Text("Lingua", "Language"),
    "licence": Text("Licenza", "Licence"),
    "missing": Text("Nulla a questo indirizzo", "Nothing at this address"),
    "missing_help": Text(
        "Questo grafo non conosce «{id}». Non vuol dire che non esista: qui nessuna fonte raccolta "
        "ne parla.",
        "This graph does not know “{id}”. That does not mean that there is no such thing: no "
        "source collected here speaks of it.",
    ),
    "nearest": Text("I nomi più vicini", "The nearest names"),
    "neighbours": Text("Con chi è in relazione", "What it is linked to"),
    "no_date": Text("data non indicata", "no date given"),
    "no_source": Text("fonte non indicata", "no source given"),
    "note": Text("Nota", "Note"),
    "ontology": Text("Il vocabolario", "The vocabulary"),
    "original": Text("Pagina originale", "Original page"),
    "publisher": Text("Editore", "Publisher"),
    "published": Text("Pubblicata", "Published"),
    "said": Text("Che cosa", "What"),
    "skip": Text("Vai alla scheda", "Go to the card"),
    "source": Text("una fonte", "one source"),
    "source_number": Text("fonte {n}", "source {n}"),
    "sources": Text("{n} fonti", "{n} sources"),
    "standing": Text("Situazione attuale", "As things stand"),
    "state_bought": Text("acquisita da altri", "bought by others"),
    "state_closed": Text("non più attiva", "closed"),
    "state_insolvent": Text("insolvente", "insolvent"),
    "state_liquidation": Text("in liquidazione", "in liquidation"),
    "state_liquidation-sought": Text("liquidazione richiesta", "liquidation sought"),
    "state_not-yet-founded": Text("non ancora fondata", "not yet founded"),
    "stated": Text("Che cosa afferma", "What it states"),
    "switch": Text("English", "Italiano"),
    "timeline": Text("Cronologia", "Timeline"),
    "timeline_help": Text(
        "Pieno dove è certo, chiaro dove è solo possibile; un cerchio segna un giorno o un periodo "
        "in cui è avvenuto o in cui una fonte lo conosce.",
        "Solid where it is certain, pale where it is only possible; a circle marks the day or "
        "period in which it happened or a source knows of it.",
    ),
    "undated_rest": Text(
        "Altre {n} affermazioni non hanno una data.", "{n} more statements have no date."
    ),
    "undated_one": Text("Un’altra affermazione non ha data.", "One more statement has no date."),
    "unknown": Text("non noto in questo grafo", "not known in this graph"),
    "unknown_help": Text(
        "Nessuna fonte raccolta lo dice. Non vuol dire che non ci sia.",
        "No source collected says it. That does not mean that there is none.",
    ),
    "unknowns": Text("Che cosa questo grafo non sa", "What this graph does not know"),
    "website": Text("Sito", "Website"),
    "when": Text("Quando", "When"),
    "where": Text("Dove", "Where"),
}
"""Texts of a page; ``{n}`` and the like are filled in."""

COLUMNS_OF_KNOWN: dict[str, Text] = {
    "description": Text("una descrizione", "a description"),
    "founded": Text("quando è nata", "when it began"),
    "kind": Text("di che tipo è", "of what kind it is"),
    "where": Text("dove ha sede", "where it has its seat"),
    "website": Text("il sito", "its website"),
}
"""What a page says is not known, where nothing is said of it."""

LANGUAGE_NAMES: dict[str, Text] = {
    "de": Text("tedesco", "German"),
    "en": Text("inglese", "English"),
    "es": Text("spagnolo", "Spanish"),
    "fr": Text("francese", "French"),
    "it": Text("italiano", "Italian"),
    "pt": Text("portoghese", "Portuguese"),
}
"""Names of the languages of sources; another one is named by its tag."""
