"""What a report says of its own, in both languages; all else comes from the graph."""

from __future__ import annotations

from filiera.texts import Text

__all__ = ["WORDS"]

WORDS: dict[str, Text] = {
    "and_perhaps": Text("{n} (più {perhaps} in forse)", "{n} (and possibly {perhaps} more)"),
    "report": Text("Rapporto per l'assemblea", "Report for the assembly"),
    "title": Text("{body}: i soci al {day}", "{body}: its members on {day}"),
    "as_of": Text("al {day}", "on {day}"),
    "contents": Text("Indice", "Contents"),
    "key_stated": Text("soci dichiarati", "members stated"),
    "key_named": Text("nominati in questo rapporto", "named in this report"),
    "key_possible": Text("più {n} in forse", "and possibly {n} more"),
    "key_coverage": Text("di quelli dichiarati", "of those stated"),
    "key_stages": Text(
        "stadi di filiera su {n} senza soci noti",
        "stages of {n} without a known member",
    ),
    "key_criteria": Text("criteri su {n} soddisfatti", "criteria of {n} met"),
    "none_stated": Text("nessuna fonte lo dice", "no source says"),
    "summary": Text("In breve", "In short"),
    "time": Text("Quanti sono, nel tempo", "How many, over the years"),
    "time_intro": Text(
        "Quanti soci dichiarano le fonti, e quanti questo grafo ne nomina.",
        "How many members the sources state, and how many of them this graph names.",
    ),
    "time_alt": Text(
        "Soci dichiarati dalle fonti e soci nominati, per anno. I numeri sono nella tabella.",
        "Members stated by sources and members named, by year. The table holds the numbers.",
    ),
    "stated": Text("dichiarati", "stated"),
    "named": Text("nominati", "named"),
    "possible": Text("possibili", "possible"),
    "certain": Text("certi", "certain"),
    "day": Text("Giorno", "Day"),
    "stated_others": Text("Altri numeri dichiarati", "Other numbers stated"),
    "counts": Text("Di che tipo, in quali filiere, dove", "Of which kind, in which chains, where"),
    "by_kind": Text("Per tipo", "By kind"),
    "by_kind_stated": Text("Per tipo, come lo dicono le fonti", "By kind, as sources say it"),
    "by_chain": Text("Per filiera", "By value chain"),
    "by_province": Text("Per provincia", "By province"),
    "crossing": Text("Filiere e tipi", "Chains and kinds"),
    "crossing_intro": Text(
        "Ogni casella conta i soci di quel tipo attribuiti a quella filiera.",
        "Each cell counts the members of that kind placed in that chain.",
    ),
    "members_count": Text("Soci", "Members"),
    "in_all": Text("Soci in tutto", "Members in all"),
    "once": Text(
        "{entries} voci per {members} soci: chi sta sotto più d'una conta una volta sola nel"
        " totale.",
        "{entries} entries for {members} members: who stands under several counts once in the"
        " total.",
    ),
    "map": Text("La rete attorno ai soci", "The network around the members"),
    "map_intro": Text(
        "I soci, con chi le fonti legano a loro: imprese, università, reti, progetti.",
        "The members, with those whom sources tie to them: companies, universities, networks,"
        " projects.",
    ),
    "map_left": Text(
        "Altri vicini, non disegnati: {n}.",
        "Other neighbours, not drawn: {n}.",
    ),
    "map_members_left": Text(
        "Soci con meno legami, non disegnati: {n}.",
        "Members with fewest ties, not drawn: {n}.",
    ),
    "map_sources": Text("Fonti dei legami disegnati", "Sources of the ties that are drawn"),
    "map_alt": Text(
        "Rete di {nodes} nodi e {edges} coppie collegate attorno a {body}.",
        "Network of {nodes} nodes and {edges} linked pairs around {body}.",
    ),
    "cluster": Text("il cluster", "the cluster"),
    "member": Text("socio", "member"),
    "others": Text("altri", "others"),
    "members": Text("I soci", "The members"),
    "name": Text("Nome", "Name"),
    "kind": Text("Tipo", "Kind"),
    "chains": Text("Filiere e stadi", "Chains and stages"),
    "where": Text("Dove", "Where"),
    "since": Text("Ingresso", "Joined"),
    "groups": Text("gruppi di lavoro", "working groups"),
    "sources_short": Text("Fonti", "Sources"),
    "unknown": Text("non noto", "not known"),
    "undated": Text("senza data", "without a date"),
    "website": Text("sito", "website"),
    "no_members": Text("Questo grafo non nomina soci.", "This graph names no member."),
    "news": Text("Che cosa è cambiato dal {day}", "What has changed since {day}"),
    "joined": Text("Entrati", "Joined"),
    "left": Text("Usciti", "Left"),
    "status": Text("Che cosa è accaduto ai soci", "What happened to members"),
    "deeds": Text("Eventi e decisioni del cluster", "Events and decisions of the cluster"),
    "no_joined": Text(
        "Nessun ingresso noto a questo grafo.", "No member that this graph knows to have joined."
    ),
    "no_left": Text(
        "Nessuna uscita nota a questo grafo.",
        "None that this graph knows to have left.",
    ),
    "no_status": Text("Nulla di noto a questo grafo.", "Nothing that this graph knows."),
    "no_deeds": Text(
        "Nessun evento e nessuna decisione noti a questo grafo.",
        "No event and no decision that this graph knows.",
    ),
    "perhaps": Text("forse in questo periodo", "possibly in this time"),
    "gaps": Text("Filiere: chi c'è, chi manca", "Value chains: who is there, who is missing"),
    "gaps_intro": Text(
        "Ogni filiera stadio per stadio, nell'ordine in cui l'uno alimenta l'altro. Un vuoto è"
        " uno stadio dove questo grafo non conosce soci.",
        "Each chain stage by stage, in the order in which one feeds the next. A gap is a stage"
        " where this graph knows no member.",
    ),
    "gaps_count": Text(
        "{gaps} stadi su {stages} senza soci noti",
        "{gaps} stages of {stages} without a known member",
    ),
    "gap_one": Text(
        "1 stadio su {stages} senza soci noti", "1 stage of {stages} without a known member"
    ),
    "gap_none": Text(
        "soci noti a ogni stadio ({stages})",
        "known members at every stage ({stages})",
    ),
    "group_of": Text("gruppo di lavoro: {groups}", "working group: {groups}"),
    "no_group": Text("nessun gruppo di lavoro del cluster", "no working group of the cluster"),
    "cross": Text("Trasversali", "Cross-cutting"),
    "invite": Text("da invitare", "to invite"),
    "outside": Text("fuori dal cluster, con riserva", "outside the cluster, with reservations"),
    "more": Text("e altri {n}", "and {n} more"),
    "legend": Text("Legenda", "Legend"),
    "no_chains": Text("Questo grafo non conosce filiere.", "This graph knows no value chain."),
    "brokers": Text("Chi fa da ponte", "Who links the others"),
    "brokers_intro": Text(
        "Organizzazioni che collegano gruppi che altrimenti non si incontrano, nella rete senza"
        " il cluster stesso.",
        "Organisations that link groups which otherwise do not meet, in the network without the"
        " cluster itself.",
    ),
    "is_member": Text("socio", "member"),
    "falls": Text("Che cosa si staccherebbe", "What would fall apart"),
    "no_brokers": Text("Nessuna in questo grafo.", "None in this graph."),
    "readiness": Text("Verifica dei criteri pubblicati", "Check against published criteria"),
    "readiness_intro": Text(
        "Che cosa chiedono, a un'organizzazione cluster, le fonti citate; e che cosa ne dice"
        " questo grafo.",
        "What the sources named ask of a cluster organisation, and what this graph says of it.",
    ),
    "asked": Text("Si chiede", "Asked"),
    "found": Text("Questo grafo dice", "This graph says"),
    "result": Text("Esito", "Result"),
    "criteria_from": Text("Da dove vengono i criteri", "Where the criteria come from"),
    "read_on": Text("letto il {day}", "read on {day}"),
    "notes": Text("Come leggere questo rapporto", "How to read this report"),
    "sources": Text("Fonti", "Sources"),
    "no_sources": Text("Nessuna.", "None."),
    "made": Text(
        "Fatto con Filiera dai fatti di “{data}”; ogni numero tra parentesi quadre rimanda a una"
        " fonte.",
        "Made with Filiera from the facts of “{data}”; each number in square brackets leads to a"
        " source.",
    ),
    "page_of": Text("pagina", "page"),
    "sum_stated": Text(
        "Una fonte dichiara {stated} soci ({when}); questo rapporto ne nomina {named}.",
        "A source states {stated} members ({when}); this report names {named} of them.",
    ),
    "sum_unstated": Text(
        "Nessuna fonte dichiara quanti siano i soci; questo rapporto ne nomina {named}.",
        "No source states how many members there are; this report names {named}.",
    ),
    "sum_still": Text(
        "Dal {day} questo grafo non conosce né ingressi né uscite; eventi e decisioni del"
        " cluster: {deeds}.",
        "Since {day} this graph knows of nobody who joined or left; events and decisions of the"
        " cluster: {deeds}.",
    ),
    "sum_joined": Text(
        "Dal {day}, per quanto è noto a questo grafo: ingressi {joined}, uscite {left}, eventi e"
        " decisioni del cluster {deeds}.",
        "Since {day}, as far as this graph knows: joined {joined}, left {left}, events and"
        " decisions of the cluster {deeds}.",
    ),
    "sum_gaps": Text(
        "Nelle filiere descritte ({chains}) gli stadi senza soci noti sono {gaps} su"
        " {stages}; per {invite} di questi c'è chi invitare.",
        "In the chains described ({chains}) {gaps} of {stages} stages have no known member; for"
        " {invite} of these there is somebody to invite.",
    ),
    "sum_risk": Text(
        "Stadi in cui tutti i soci noti presentano un rischio: {risk}.",
        "Stages at which the known members all bear a risk: {risk}.",
    ),
    "sum_criteria": Text(
        "Criteri pubblicati soddisfatti: {met} su {all}; non soddisfatti: {not_met}; per"
        " {unknown} questo grafo non permette di dirlo.",
        "Published criteria met: {met} of {all}; not met: {not_met}; of {unknown} this graph"
        " cannot say.",
    ),
}
"""Texts by name; places in braces are filled in."""
