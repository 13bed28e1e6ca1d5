"""What can be wrong with a data set, and the sentences that say so in Italian and English."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

__all__ = ["MESSAGES", "CellFault", "Problem"]

MESSAGES: Final[dict[str, dict[str, str]]] = {
    "unreadable": {
        "it": "il file non si legge ({reason}); controlla che esista e che i permessi lo consentano",
        "en": "the file cannot be read ({reason}); check that it exists and may be read",
    },
    "not-utf-8": {
        "it": "il file non è in UTF-8 (byte {byte} alla posizione {position}); salvalo come CSV UTF-8",
        "en": "the file is not UTF-8 (byte {byte} at position {position}); save it as CSV UTF-8",
    },
    "not-csv": {
        "it": "il file non è un CSV leggibile ({reason}); controlla le virgolette",
        "en": "the file is not readable CSV ({reason}); check its quotation marks",
    },
    "unknown-table": {
        "it": "nessuna tabella si chiama così; le tabelle sono: {known}",
        "en": "no table has this name; the tables are: {known}",
    },
    "missing-column": {
        "it": "manca la colonna «{column}»; aggiungila all'intestazione",
        "en": "the column “{column}” is missing; add it to the header",
    },
    "unknown-column": {
        "it": "la colonna «{column}» non esiste in questa tabella; forse «{nearest}»? Toglila o correggila",
        "en": "this table has no column “{column}”; perhaps “{nearest}”? Remove or correct it",
    },
    "repeated-column": {
        "it": "la colonna «{column}» compare due volte; tienine una",
        "en": "the column “{column}” stands twice; keep one",
    },
    "wrong-width": {
        "it": "la riga ha {found} celle invece di {expected}; controlla virgole e virgolette",
        "en": "the row has {found} cells instead of {expected}; check commas and quotation marks",
    },
    "empty": {
        "it": "la cella è vuota ma è obbligatoria; scrivi un valore o togli la riga",
        "en": "the cell is empty but required; give a value or remove the row",
    },
    "not-a-slug": {
        "it": "non è un identificativo valido; usa minuscole, cifre e trattini singoli, per esempio «{suggestion}»",
        "en": "not a valid id; use lower case, digits and single hyphens, for example “{suggestion}”",
    },
    "not-a-date": {
        "it": "non è una data EDTF; scrivi per esempio 2020, 2020-07, 2020-07-08 o [2020-01-01..2020-07-31]",
        "en": "not an EDTF date; write for example 2020, 2020-07, 2020-07-08 or [2020-01-01..2020-07-31]",
    },
    "impossible-date": {
        "it": "questo giorno non esiste; correggi la data",
        "en": "there is no such day; correct the date",
    },
    "day-first-date": {
        "it": "la data va scritta anno-mese-giorno: «{suggestion}»",
        "en": "dates are written year-month-day: “{suggestion}”",
    },
    "period-reversed": {
        "it": "finisce ({end}) prima di cominciare ({start}); scambia o correggi le due date",
        "en": "it ends ({end}) before it starts ({start}); swap or correct the two dates",
    },
    "not-an-address": {
        "it": "non è un indirizzo web completo; scrivilo con http:// o https://, per esempio «{suggestion}»",
        "en": "not a complete web address; write it with http:// or https://, for example “{suggestion}”",
    },
    "not-a-number": {
        "it": "non è un numero; scrivi solo cifre, con il punto per i decimali",
        "en": "not a number; write digits only, with a point for decimals",
    },
    "out-of-range": {
        "it": "il numero è fuori dai limiti ({low} … {high})",
        "en": "the number is out of range ({low} … {high})",
    },
    "unknown-concept": {
        "it": "il concetto non esiste nello schema «{scheme}»; il più vicino è «{nearest}»",
        "en": "no such concept in the scheme “{scheme}”; the nearest is “{nearest}”",
    },
    "dangling": {
        "it": "nessuna riga di {tables} ha questo identificativo; il più vicino è «{nearest}»",
        "en": "no row of {tables} has this id; the nearest is “{nearest}”",
    },
    "duplicate-key": {
        "it": "la stessa fonte dice già la stessa cosa alla riga {first}; uniscile o numera con «occurrence»",
        "en": "the same source already states this in row {first}; merge them or number it in “occurrence”",
    },
    "id-taken": {
        "it": "l'identificativo è già usato in {table}, riga {first}; scegline un altro",
        "en": "the id is already used in {table}, row {first}; choose another",
    },
    "no-such-space": {
        "it": "prima della barra va «place» per un luogo o «graph» per una fonte; per il resto basta l'identificativo, per esempio «{suggestion}»",
        "en": "before the slash goes “place” for a place or “graph” for a source; all else is the id alone, for example “{suggestion}”",
    },
    "former-in-use": {
        "it": "{table}, riga {row}, usa ancora questo identificativo; togli qui la riga o dai un altro identificativo là",
        "en": "{table}, row {row}, still uses this id; remove the row here, or give another id there",
    },
    "redirect-twice": {
        "it": "la riga {first} manda questo identificativo a «{other}»; ne va lasciata una",
        "en": "row {first} sends this id to “{other}”; keep one of the two",
    },
    "redirect-chain": {
        "it": "anche «{present}» è un identificativo di prima; scrivi quello di oggi, «{last}»",
        "en": "“{present}” is a former id, too; write the present one, “{last}”",
    },
    "redirect-circle": {
        "it": "gli identificativi rimandano l'uno all'altro in cerchio; scrivi quello che è in uso",
        "en": "the ids lead to each other in a circle; write the one that is in use",
    },
    "reserved": {
        "it": "«{value}» è riservato; scegli un altro identificativo",
        "en": "“{value}” is reserved; choose another id",
    },
    "personal-data": {
        "it": "sembra {what_it} di una persona: i contatti e i dati privati non entrano nel grafo; togli il dato",
        "en": "this looks like {what_en} of a person: contacts and private data stay out of the graph; remove it",
    },
    "control-character": {
        "it": "contiene un carattere di controllo ({character}); toglilo",
        "en": "contains a control character ({character}); remove it",
    },
    "same-ends": {
        "it": "i due capi del legame sono la stessa organizzazione; correggine uno",
        "en": "both ends of the tie are the same organisation; correct one",
    },
    "no-dataset": {
        "it": "manca «dataset.toml», o non si legge ({reason}); crealo accanto alle tabelle",
        "en": "“dataset.toml” is missing or unreadable ({reason}); put one beside the tables",
    },
    "bad-setting": {
        "it": "«{name}» non va bene; serve {what_it}",
        "en": "“{name}” will not do; it takes {what_en}",
    },
    "unknown-body": {
        "it": "«body»: nessuna riga di {tables} ha l'identificativo «{body}»; il più vicino è «{nearest}»",
        "en": "“body”: no row of {tables} has the id “{body}”; the nearest is “{nearest}”",
    },
    "wrong-separator": {
        "it": "le celle sono separate da «{separator}»; salva il file come CSV separato da virgole",
        "en": "the cells are separated by “{separator}”; save the file as CSV separated by commas",
    },
    "no-tables": {
        "it": "la cartella non contiene nessuna tabella; ne serve almeno «sources.csv»",
        "en": "the folder has no table; at least “sources.csv” is needed",
    },
}
"""Every fault that a data set can have, by its code, with the sentence in each language."""


class CellFault(ValueError):
    """A cell that cannot be taken as it is; ``code`` names the message, ``values`` fill it."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Problem:
    """One fault, with the place where it was found.

    ``row`` counts the lines of data from 1 (the header is not counted); it and ``column``
    are ``None`` where the fault is of a whole file.
    """

    file: str
    code: str
    row: int | None = None
    column: str | None = None
    cell: str | None = None
    values: dict[str, str] = field(default_factory=dict)

    def text(self, lang: str) -> str:
        """Sentence in ``it`` or ``en``: file, row, column, the cell, the fault, the mending.

        >>> Problem("ties.csv", "empty", 3, "to").text("en")
        'ties.csv, row 3, column “to”: the cell is empty but required; give a value or remove the row'
        """
        row, column, cell = (
            ("riga", "colonna", "cella") if lang == "it" else ("row", "column", "cell")
        )
        opening, closing = "«»" if lang == "it" else "“”"
        place = self.file
        if self.row is not None:
            place += f", {row} {self.row}"
        if self.column is not None:
            place += f", {column} {opening}{self.column}{closing}"
        if self.cell:
            shown = self.cell if len(self.cell) <= 80 else self.cell[:79] + "…"
            place += f", {cell} {opening}{shown}{closing}"
        return (
            f"{place}: {MESSAGES[self.code]['it' if lang == 'it' else 'en'].format(**self.values)}"
        )
