"""Notes of a report: how to read it, and what the graph does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filiera.texts import Text

if TYPE_CHECKING:
    from filiera.answers.report_model import Note, Report

__all__ = ["notes"]

_TEXTS = {
    "ignorance": Text(
        "Questo rapporto dice ciò che dicono le fonti elencate in fondo, e nient'altro. Chi qui"
        " non compare può ben essere socio: un socio non nominato resta un numero.",
        "This report says what the sources listed at its end say, and nothing else. Who does not"
        " appear here may well be a member: a member that no source names stays a number.",
    ),
    "certainty": Text(
        "“Certo” è chi una fonte mostra come socio entro la data, senza che un'altra ne dica"
        " l'uscita; “possibile” è chi le date lasciano in dubbio. Una fine che nessuna fonte"
        " racconta è ignota, e non toglie l'adesione.",
        "“Certain” is who a source shows as a member by the date, with no other telling that it"
        " left; “possible” is who the dates leave in doubt. An end that no source tells is unknown,"
        " and takes no membership away.",
    ),
    "many": Text(
        "Un'organizzazione può essere di più tipi, stare in più province e lavorare in più filiere:"
        " le voci sommano perciò a più del totale, e il totale conta ciascuna una volta sola.",
        "An organisation may be of several kinds, sit in several provinces and work in several"
        " chains: entries therefore add up to more than the total, and the total counts each one"
        " once.",
    ),
    "chains": Text(
        "Una filiera non è un gruppo di lavoro. Alla filiera un'organizzazione è attribuita se una"
        " fonte dice che cosa fa a uno dei suoi stadi; al gruppo, se una fonte dice che ne fa"
        " parte. {groups}",
        "A value chain is not a working group. An organisation is placed in a chain where a source"
        " says what it does at one of its stages; in a group, where a source says that it takes"
        " part. {groups}",
    ),
    "unknown": Text("Non sono noti: {missing}.", "Not known: {missing}."),
    "gaps": Text(
        "Un vuoto è uno stadio dove questo grafo non conosce soci: può ben essercene uno.",
        "A gap is a stage where this graph knows no member: there may well be one.",
    ),
    "network": Text(
        "La rete è misurata senza gli archi del cluster, che unisce tutti; di ogni misura si dice"
        " come è calcolata nella risposta “brokers”.",
        "The network is measured without the edges of the cluster, which joins everybody; the"
        " answer “brokers” says how each measure is worked out.",
    ),
    "readiness": Text(
        "La verifica dei criteri è un aiuto per preparare un profilo, non una certificazione: chi"
        " pubblica i criteri decide.",
        "The check of criteria helps to prepare a profile and certifies nothing: those who publish"
        " the criteria decide.",
    ),
}


_GROUPED = Text(
    "Soci di cui le fonti dicono a quale gruppo partecipano: {n}.",
    "Members of whom the sources say in which group they take part: {n}.",
)
_UNGROUPED = Text(
    "A quali gruppi partecipino i soci, le fonti di questo grafo non lo dicono.",
    "In which groups the members take part, the sources of this graph do not say.",
)
_MISSING = (
    Text("la filiera di {n} soci", "the chain of {n} members"),
    Text("la provincia di {n}", "the province of {n}"),
    Text("il tipo di {n}", "the kind of {n}"),
)


def notes(report: Report) -> tuple[Note, ...]:
    """The notes of a report, with its numbers in them."""
    from filiera.answers.report_model import Note

    grouped = sum(bool(member.groups) for member in report.members)
    counted = (report.chains_counted, report.provinces, report.kinds)
    missing = [
        text.put(n=Text.same(str(number)))
        for text, counts in zip(_MISSING, counted, strict=True)
        if (number := sum(count.number for count in counts if not count.iri))
    ]
    parts = {
        "groups": _GROUPED.put(n=Text.same(str(grouped))) if grouped else _UNGROUPED,
        "missing": Text(*(", ".join(text(lang) for text in missing) for lang in ("it", "en"))),
    }
    return tuple(
        Note(name, text.put(**parts))
        for name, text in _TEXTS.items()
        if missing or name != "unknown"
    )
