"""What the page of the ontology says of its own, in both languages."""

from __future__ import annotations

from filiera.texts import Text
from filiera.vocabulary import EDTF, RDF, XSD

__all__ = ["SEVERITIES", "VALUES", "VOCABULARIES", "WORDS"]

WORDS: dict[str, Text] = {
    "also": Text("Anche", "Also"),
    "backwards": Text("Letto dall’altro capo", "Read from the other end"),
    "both_ways": Text("vale nei due versi", "holds both ways"),
    "classes": Text("Classi", "Classes"),
    "classes_help": Text(
        "Di che cosa si parla. Ciò che può cambiare, essere messo in dubbio o essere contato è un "
        "fatto con un indirizzo proprio, con le sue date e le sue fonti.",
        "What is spoken of. Whatever can change, be doubted or be counted is a fact with an "
        "address of its own, with its dates and its sources.",
    ),
    "concepts": Text("{n} concetti", "{n} concepts"),
    "context": Text("contesto JSON-LD", "JSON-LD context"),
    "domain": Text("Si dice di", "Said of"),
    "downloads": Text("Scarica", "Download"),
    "example": Text("Esempio", "Example"),
    "inverse": Text("Inversa", "Inverse"),
    "kind": Text("Vocabolario", "Vocabulary"),
    "matches": Text("Altrove", "Elsewhere"),
    "of_all": Text("Tutto ciò che ha {term}", "Everything with {term}"),
    "of_class": Text("Ogni {term}", "Every {term}"),
    "parent": Text("Sottoclasse di", "Kind of"),
    "parent_property": Text("Implica", "Implies"),
    "prefixes": Text("Prefissi", "Prefixes"),
    "prefixes_help": Text(
        "Nelle interrogazioni su questo server non serve dichiararli.",
        "Queries on this server need not declare them.",
    ),
    "properties": Text("Proprietà", "Properties"),
    "properties_help": Text(
        "Che cosa se ne dice. Le scorciatoie, che le regole ricavano dai fatti, non hanno data: "
        "la data sta nel fatto.",
        "What is said of it. Shortcuts, which rules conclude from the facts, have no date: the "
        "date stands on the fact.",
    ),
    "range": Text("Il valore è", "Its value is"),
    "reused": Text("Vocabolari riusati", "Reused vocabularies"),
    "reused_help": Text(
        "Termini propri ci sono solo dove questi non ne hanno. Accanto a ogni termine, la parola "
        "con cui qui lo si mostra.",
        "There are own terms only where these have none. Beside each term, the word that it is "
        "shown with here.",
    ),
    "rules": Text("Regole", "Rules"),
    "rules_help": Text(
        "Che cosa segue dai fatti. Le conclusioni stanno in un grafo a parte e non sono mai "
        "scritte a mano.",
        "What follows from the facts. Conclusions stand in a graph of their own and are never "
        "written by hand.",
    ),
    "schemes": Text("Schemi di concetti", "Concept schemes"),
    "schemes_help": Text(
        "Le parole fra cui si sceglie: tipi, ruoli, relazioni, settori.",
        "The words to choose from: kinds, roles, relations, fields.",
    ),
    "shapes": Text("Che cosa si pretende dai dati", "What the data must fulfil"),
    "shapes_help": Text(
        "Il controllo del grafo (SHACL) dice queste frasi quando qualcosa manca o non torna.",
        "The check of the graph (SHACL) says these sentences where something is missing or does "
        "not fit.",
    ),
    "sparql": Text("Il testo della regola", "The text of the rule"),
    "version": Text("Versione", "Version"),
}
"""Texts of the page; ``{n}`` and the like are filled in."""

VALUES: dict[str, Text] = {
    XSD.string: Text("testo", "text"),
    RDF.langString: Text("testo con la sua lingua", "text with its language"),
    XSD.date: Text("giorno", "day"),
    XSD.decimal: Text("numero", "number"),
    XSD.integer: Text("numero intero", "whole number"),
    XSD.boolean: Text("sì o no", "yes or no"),
    EDTF: Text("data come è stata detta (EDTF)", "date as it was said (EDTF)"),
}
"""What the values of a property are, where they are no things."""

SEVERITIES: dict[str, Text] = {
    "Warning": Text("avviso", "warning"),
    "Info": Text("auspicabile", "desirable"),
}
"""How a demand is marked that need not be fulfilled."""

VOCABULARIES: dict[str, tuple[Text, str]] = {
    "org": (
        Text("Organizzazioni, unità, adesioni, sedi", "Organisations, units, memberships, sites"),
        "https://www.w3.org/TR/vocab-org/",
    ),
    "skos": (
        Text("Schemi di concetti e nomi", "Concept schemes and names"),
        "https://www.w3.org/TR/skos-reference/",
    ),
    "prov": (
        Text("Provenienza: fonti e costruzione", "Provenance: sources and the build"),
        "https://www.w3.org/TR/prov-o/",
    ),
    "foaf": (
        Text("Persone, agenti, progetti, siti web", "Persons, agents, projects, websites"),
        "http://xmlns.com/foaf/spec/",
    ),
    "schema": (
        Text("Luoghi, eventi, coordinate, indirizzi", "Places, events, coordinates, addresses"),
        "https://schema.org/",
    ),
    "dcterms": (
        Text("Titoli, descrizioni, tipi, editori", "Titles, descriptions, types, publishers"),
        "https://www.dublincore.org/specifications/dublin-core/dcmi-terms/",
    ),
    "dcat": (
        Text("L’insieme di dati in un catalogo", "The data set in a catalogue"),
        "https://www.w3.org/TR/vocab-dcat-3/",
    ),
    "void": (
        Text("I grafi e quanto contengono", "The graphs and how much they hold"),
        "https://www.w3.org/TR/void/",
    ),
    "owl": (
        Text("Classi e proprietà", "Classes and properties"),
        "https://www.w3.org/TR/owl2-overview/",
    ),
    "rdfs": (
        Text("Etichette, note, gerarchie di termini", "Labels, notes, hierarchies of terms"),
        "https://www.w3.org/TR/rdf-schema/",
    ),
    "rdf": (
        Text("La classe di una cosa", "The class of a thing"),
        "https://www.w3.org/TR/rdf11-concepts/",
    ),
    "xsd": (
        Text("Giorni, numeri, sì e no", "Days, numbers, yes and no"),
        "https://www.w3.org/TR/xmlschema11-2/",
    ),
}
"""What each vocabulary is reused for, and where it is documented."""
