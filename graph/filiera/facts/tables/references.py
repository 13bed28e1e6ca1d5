"""Sources and places: what the other tables refer to."""

from __future__ import annotations

from filiera.facts.model import (
    Column,
    DisplayName,
    External,
    Named,
    NodePattern,
    Number,
    Part,
    Property,
    Reference,
    SlugCell,
    Table,
    Text,
    Url,
    bilingual,
)
from filiera.facts.tables.common import ANNOTATED, SOURCED, concept_column, dated, reference_column
from filiera.vocabulary import DCTERMS, FIL, FOAF, META, PROV, SCHEMA

__all__ = ["PLACES", "SOURCES"]

SOURCES = Table(
    "sources",
    bilingual("Fonti", "Sources"),
    bilingual(
        "Le pagine pubbliche da cui vengono i fatti", "The public pages that the facts come from"
    ),
    (
        Column(
            "id",
            SlugCell("source"),
            bilingual("Identificativo", "Id"),
            bilingual("Identificativo della fonte", "Id of the source"),
            required=True,
        ),
        Column(
            "url",
            Url(),
            bilingual("Indirizzo", "Address"),
            bilingual("Indirizzo della pagina", "Address of the page"),
            Property(SCHEMA.url),
            required=True,
        ),
        Column(
            "title",
            Text(),
            bilingual("Titolo", "Title"),
            bilingual("Titolo della pagina", "Title of the page"),
            Property(DCTERMS.title),
        ),
        Column(
            "publisher",
            Text(),
            bilingual("Editore", "Publisher"),
            bilingual("Chi la pubblica", "Who publishes it"),
            Named("publisher", FOAF.Agent, DCTERMS.publisher),
        ),
        dated(
            "published",
            "published",
            "Pubblicata",
            "Published",
            "Quando è stata pubblicata",
            "When it was published",
        ),
        Column(
            "language",
            Text(),
            bilingual("Lingua", "Language"),
            bilingual("Codice della lingua (it, en …)", "Code of the language (it, en …)"),
            Property(DCTERMS.language),
        ),
        *ANNOTATED,
    ),
    NodePattern("graph", (Part("id"),)),
    (FIL.Source, PROV.Entity),
    ("id",),
    graph=META,
)

PLACES = Table(
    "places",
    bilingual("Luoghi", "Places"),
    bilingual(
        "Stati, regioni, province, comuni e località, ciascuno dentro il maggiore",
        "Countries, regions, provinces, municipalities and localities, each within the larger one",
    ),
    (
        Column(
            "id",
            SlugCell("place"),
            bilingual("Identificativo", "Id"),
            bilingual("Identificativo del luogo", "Id of the place"),
            required=True,
        ),
        concept_column(
            "kind",
            "place-kind",
            "Tipo",
            "Kind",
            "Stato, regione, provincia, comune, località",
            "Country, region, province, municipality, locality",
            DCTERMS.type,
            required=True,
        ),
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
            bilingual("Nome in inglese, se diverso", "Name in English, if different"),
            DisplayName("en"),
        ),
        reference_column(
            "parent",
            Reference(("place",)),
            "Dentro",
            "Within",
            "Il luogo più grande che lo contiene",
            "The larger place that contains it",
            SCHEMA.containedInPlace,
        ),
        Column(
            "code",
            Text(),
            bilingual("Codice", "Code"),
            bilingual(
                "ISTAT per i comuni, sigla per le province, ISO 3166-1 per gli Stati",
                "ISTAT for municipalities, vehicle code for provinces, ISO 3166-1 for countries",
            ),
            Property(FIL.code),
        ),
        Column(
            "latitude",
            Number(low=-90, high=90),
            bilingual("Latitudine", "Latitude"),
            bilingual("In gradi, WGS 84", "In degrees, WGS 84"),
            Property(SCHEMA.latitude),
        ),
        Column(
            "longitude",
            Number(low=-180, high=180),
            bilingual("Longitudine", "Longitude"),
            bilingual("In gradi, WGS 84", "In degrees, WGS 84"),
            Property(SCHEMA.longitude),
        ),
        Column(
            "geonames_id",
            External("https://sws.geonames.org/{}/"),
            bilingual("GeoNames", "GeoNames"),
            bilingual("Numero del luogo in GeoNames", "Number of the place in GeoNames"),
            Property(SCHEMA.sameAs),
        ),
        *SOURCED,
    ),
    NodePattern("place", (Part("id"),)),
    (SCHEMA.Place,),
    ("id",),
)
