"""What every client is asked for, and what the graph answers to it."""

from __future__ import annotations

from filiera.vocabulary import GRAPH, ID, PREFIXES

__all__ = [
    "COUNT",
    "DESCRIBE_FORLI",
    "EVERYTHING",
    "FORLI",
    "FORLI_NAMES",
    "MALFORMED",
    "OF_A_SOURCE",
    "PLACE",
    "PLACE_VALUES",
    "SOURCE",
    "SOURCE_TRIPLES",
    "THERE_IS",
    "XSD",
]

_USED = ("dcterms", "fil", "schema", "skos", "xsd")
_PROLOGUE = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in _USED)

FORLI = f"{ID.base}place/forli"
SOURCE = f"{GRAPH.base}lanazione-2024-02-07-toyota"
SOURCE_TRIPLES = 21
XSD = PREFIXES["xsd"]

# A letter beyond ASCII goes there and comes back; a tag of a language, a plain text whose zero
# must stay, and a number.
PLACE = f"""{_PROLOGUE}SELECT ?label ?code ?latitude ?kind WHERE {{
  ?place skos:prefLabel ?label ; fil:code ?code ; schema:latitude ?latitude ; dcterms:type ?kind .
  FILTER(?label = "Forlì"@it)
}}"""
PLACE_VALUES = {
    "label": "Forlì",
    "code": "040012",
    "latitude": "44.22177",
    "kind": "https://w3id.org/filiera/concept/place-kind/municipality",
}

FORLI_NAMES = (
    f"{_PROLOGUE}CONSTRUCT {{ <{FORLI}> skos:prefLabel ?name }}"
    f" WHERE {{ <{FORLI}> skos:prefLabel ?name }}"
)
DESCRIBE_FORLI = f"DESCRIBE <{FORLI}>"
THERE_IS = "ASK { <%s> ?p ?o }"
EVERYTHING = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
OF_A_SOURCE = f"SELECT ?s ?p ?o WHERE {{ GRAPH <{SOURCE}> {{ ?s ?p ?o }} }}"
MALFORMED = "SELECT ?s\nWHERE { ?s ?p ?o"
