"""Lists of the report as sheets of a workbook: what changed, gaps, ties, capabilities, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filiera.answers.dates import date_text
from filiera.answers.gap_model import STATUSES
from filiera.answers.readiness_model import READINESS
from filiera.texts import Text
from filiera.views.report_sheets import (
    AS_STATED,
    CERTAINTY,
    DISAGREE,
    FIRST_DAY,
    LAST_DAY,
    SOURCES_HELP,
    agreement_field,
    day,
    disagreement,
    organisation,
    sources,
    stated_words,
)
from filiera.workbook import Cell, Field, Link, Share, Sheet, said_cells, said_fields

if TYPE_CHECKING:
    from filiera.answers.evidence import Evidence
    from filiera.answers.gap_model import Gaps, StageGap
    from filiera.answers.report_model import Report
    from filiera.workbook.sheets import Tone

__all__ = [
    "brokers",
    "capabilities",
    "changes",
    "gaps",
    "numbered_sources",
    "readiness",
    "stated",
    "ties",
    "years",
]

_SOURCES = Text("Fonti", "Sources")
_ORGANISATION = Text("Organizzazione", "Organisation")
_CHAIN, _STAGE = Text("Filiera", "Chain"), Text("Stadio", "Stage")
_NO_STAGES = Text("nessuno stadio noto a questo grafo", "no stage known to this graph")
_YES = Text("sì", "yes")
_GAP_TONES: dict[str, Tone] = {
    "nobody-known": "bad",
    "outside-only": "bad",
    "at-risk": "doubtful",
    "one-only": "doubtful",
    "covered": "good",
}
_READINESS_TONES: dict[str, Tone] = {"met": "good", "not-met": "bad", "unknown": "doubtful"}
_FAMILIES = {
    "tie": Text("legame", "tie"),
    "membership": Text("adesione", "membership"),
    "participation": Text("progetto", "project"),
}


def changes(report: Report, lang: str) -> Sheet:
    """What changed since the day asked for, the certain before the possible."""
    possible = CERTAINTY["possibly"](lang)
    fields = (
        Field(Text("Che cosa", "What")(lang), width=60),
        Field(_ORGANISATION(lang), width=34),
        Field(Text("Certezza", "Certainty")(lang), marks={possible: "doubtful"}),
        Field(AS_STATED(lang), width=30),
        Field(FIRST_DAY(lang)),
        Field(LAST_DAY(lang)),
        agreement_field(lang),
        _sources_field(lang),
    )
    rows: list[tuple[Cell, ...]] = []
    for change in report.changes:
        one = change.happening
        label = report.history.labels.get(one.thing)
        rows.append(
            (
                one.text(lang),
                organisation(label(lang), one.thing) if label else None,
                CERTAINTY[change.certainty](lang),
                one.when(lang) or None,
                day(one.days.earliest),
                day(one.days.latest),
                DISAGREE(lang) if one.disagrees else None,
                sources(report, one.evidence),
            )
        )
    return Sheet("changes", Text("Novità", "What is new")(lang), fields, tuple(rows))


def years(report: Report, lang: str) -> Sheet:
    """How many members are named at the end of each year, and the number stated by then."""
    fields = (
        Field(Text("Anno", "Year")(lang)),
        Field(Text("Fino al", "Up to")(lang)),
        Field(Text("Noti per nome, certi", "Named, certain")(lang), width=20),
        Field(Text("Noti per nome, possibili", "Named, possible")(lang), width=20),
        Field(
            Text("Ultimo numero dichiarato", "Latest number stated")(lang),
            Text(
                "L'ultimo numero di tutti i soci che una fonte dice per un giorno fino a"
                " questo; se le fonti non concordano, il più alto",
                "The latest number of all members that a source states for a day up to this one;"
                " where sources disagree, the highest",
            )(lang),
            width=20,
        ),
        Field(Text("Detto per", "Stated for")(lang), width=26),
        _sources_field(lang),
    )
    rows: list[tuple[Cell, ...]] = []
    for named in report.history.named:
        latest = max(named.stated, key=lambda one: one.value, default=None)
        rows.append(
            (
                int(named.day[:4]),
                day(named.day),
                len(named.certain),
                len(named.possible),
                latest.value if latest else None,
                stated_words(latest, lang) if latest else None,
                sources(report, (latest.evidence,)) if latest else None,
            )
        )
    return Sheet("years", Text("Negli anni", "Over the years")(lang), fields, tuple(rows))


def stated(report: Report, lang: str) -> Sheet:
    """The numbers of members that sources state, each against those that are named."""
    fields = (
        Field(Text("Che cosa", "What")(lang), width=34),
        Field(Text("Numero", "Number")(lang)),
        Field(Text("Precisione", "Precision")(lang)),
        Field(AS_STATED(lang), width=30),
        Field(FIRST_DAY(lang)),
        Field(LAST_DAY(lang)),
        Field(Text("Noti per nome", "Named here")(lang)),
        Field(Text("In forse", "Possibly more")(lang)),
        agreement_field(lang),
        _sources_field(lang),
    )
    rows = tuple(
        (
            one.label(lang),
            one.value,
            one.precision(lang) or None,
            one.when(lang) or None,
            day(one.days.earliest),
            day(one.days.latest),
            len(one.named),
            len(one.possible),
            DISAGREE(lang) if one.disagrees else None,
            sources(report, (one.evidence,)),
        )
        for one in report.stated
    )
    return Sheet("stated", Text("Numeri dichiarati", "Stated numbers")(lang), fields, rows)


def gaps(report: Report, lang: str) -> Sheet:
    """Every stage of every chain: who works there, and what the graph does not know."""
    marks = {STATUSES[status](lang): tone for status, tone in _GAP_TONES.items()}
    fields = (
        Field(_CHAIN(lang), width=34),
        Field(_STAGE(lang), width=38),
        Field(Text("Stato", "Status")(lang), marks=marks, width=22),
        Field(Text("Soci", "Members")(lang), width=40),
        Field(Text("Rischi", "Risks")(lang), width=40),
        Field(Text("Altri", "Others")(lang), width=40),
        Field(Text("Chiusi o non ancora fondati", "Closed or not yet founded")(lang), width=30),
        Field(
            Text("Forse", "Possibly")(lang),
            Text(
                "Chi una fonte pone a uno stadio più ampio senza dire a quale parte",
                "Whom a source places at a wider stage without saying at which part",
            )(lang),
            width=30,
        ),
        Field(Text("Da invitare", "To invite")(lang), width=36),
        Field(Text("Stadi che ne risentono", "Stages that suffer")(lang), width=36),
        _sources_field(lang),
    )
    rows: list[tuple[Cell, ...]] = []
    for chain in report.chains:
        if chain.gaps is None:
            rows.append((chain.label(lang), None, _NO_STAGES(lang), *(None,) * 8))
            continue
        rows += [_stage_row(report, chain.gaps, stage, lang) for stage in chain.gaps.stages]
    name = Text("Vuoti", "Gaps")(lang)
    return Sheet("gaps", name, fields, tuple(rows), frozen_columns=2)


def _stage_row(report: Report, gaps: Gaps, stage: StageGap, lang: str) -> tuple[Cell, ...]:
    everybody = (*stage.members, *stage.others, *stage.gone)
    labels = {iri: label(lang) for iri, label in gaps.labels.items()}
    labels |= {firm.iri: firm.label(lang) for firm in everybody}
    risks = [
        f"{firm.label(lang)}: {risk.text(lang)}" for firm in stage.members for risk in firm.risks
    ]
    told = (
        evidence
        for firm in everybody
        for evidence in (*firm.claims, *(one for risk in firm.risks for one in risk.evidence))
    )
    return (
        gaps.label(lang),
        stage.label(lang),
        STATUSES[stage.status](lang),
        ", ".join(labels[firm.iri] for firm in stage.members) or None,
        "; ".join(risks) or None,
        ", ".join(labels[firm.iri] for firm in stage.others) or None,
        ", ".join(labels[firm.iri] for firm in stage.gone) or None,
        ", ".join(labels[iri] for iri in stage.wider) or None,
        ", ".join(labels[iri] for iri in stage.invite) or None,
        ", ".join(labels[iri] for iri in stage.breaks) or None,
        sources(report, told),
    )


def readiness(report: Report, lang: str) -> Sheet:
    """Published criteria for clusters, and what this graph says of each."""
    marks = {READINESS[status](lang): tone for status, tone in _READINESS_TONES.items()}
    fields = (
        Field(Text("Criterio", "Criterion")(lang), width=50),
        Field(Text("Esito", "Finding")(lang), marks=marks, width=24),
        Field(Text("Perché", "Why")(lang), width=60),
        Field(Text("Come è stato letto", "How it is read")(lang), width=50),
        Field(Text("Chi pubblica il criterio", "Published by")(lang), width=30),
        Field(Text("Dove", "Where")(lang), width=40),
        Field(Text("Letto il", "Read on")(lang)),
        _sources_field(lang),
    )
    rows = tuple(
        (
            finding.criterion.text(lang),
            READINESS[finding.status](lang),
            finding.text(lang),
            finding.criterion.reading(lang),
            finding.criterion.source.publisher,
            Link(finding.criterion.source.title, finding.criterion.source.url),
            finding.criterion.source.read,
            sources(report, finding.evidence),
        )
        for finding in report.readiness.findings
    )
    return Sheet("readiness", Text("Criteri", "Criteria")(lang), fields, rows)


def brokers(report: Report, lang: str) -> Sheet:
    """Who links groups that otherwise do not meet, the first of the ranking."""
    fields = (
        Field(_ORGANISATION(lang), width=34),
        Field(Text("Vicini", "Neighbours")(lang)),
        Field(
            Text("Cammini più brevi", "Betweenness")(lang),
            Text(
                "Parte dei cammini più brevi tra gli altri che passano di qui",
                "Share of the shortest ways between others that lead through it",
            )(lang),
        ),
        Field(Text("Che cosa significa", "What it means")(lang), width=90),
        _sources_field(lang),
    )
    rows = tuple(
        (
            organisation(one.label(lang), one.iri),
            one.neighbours,
            Share(round(one.betweenness, 6)),
            " ".join(filter(None, (one.sentence(lang), one.falling(lang)))),
            sources(report, one.evidence),
        )
        for one in report.brokers.brokers
    )
    return Sheet("brokers", Text("Chi fa da ponte", "Brokers")(lang), fields, rows)


def ties(report: Report, lang: str) -> Sheet:
    """Facts that join a member to another organisation or to a project."""
    begins, ends = Text("Inizio", "Begin")(lang), Text("Fine", "End")(lang)
    held = Text("Risulta", "Held")(lang)
    fields = (
        Field(Text("Da", "From")(lang), width=34),
        Field(Text("Relazione", "Relation")(lang), width=34),
        Field(Text("A", "To")(lang), width=34),
        Field(Text("Tipo di legame", "Kind of tie")(lang)),
        Field(Text("Entro il cluster", "Within the cluster")(lang)),
        Field(AS_STATED(lang), width=30),
        *(
            Field(f"{title}: {edge(lang).lower()}")
            for title in (begins, ends, held)
            for edge in (FIRST_DAY, LAST_DAY)
        ),
        agreement_field(lang),
        _sources_field(lang),
    )
    rows = tuple(
        (
            organisation(tie.source.label(lang), tie.source.iri),
            tie.relation(lang),
            organisation(tie.target.label(lang), tie.target.iri),
            _FAMILIES[tie.family](lang),
            _YES(lang) if tie.within else None,
            tie.evidence.when(lang) or None,
            *_days(tie.evidence, "start"),
            *_days(tie.evidence, "end"),
            *_days(tie.evidence, "asOf", "date"),
            disagreement((tie.evidence,), lang),
            sources(report, (tie.evidence,)),
        )
        for tie in report.ties
    )
    return Sheet("ties", Text("Legami", "Ties")(lang), fields, rows)


def capabilities(report: Report, lang: str) -> Sheet:
    """Who works at which stage of which chain, as sources say."""
    fields = (
        Field(_ORGANISATION(lang), width=34),
        Field(_CHAIN(lang), width=34),
        Field(_STAGE(lang), width=38),
        Field(Text("Che cosa fa", "What it does")(lang), width=60),
        Field(AS_STATED(lang), width=30),
        Field(FIRST_DAY(lang)),
        Field(LAST_DAY(lang)),
        _sources_field(lang),
    )
    rows = tuple(
        (
            organisation(one.organisation.label(lang), one.organisation.iri),
            one.chain.label(lang),
            one.stage.label(lang),
            one.what(lang) or None,
            one.evidence.when(lang) or None,
            *_days(one.evidence, "asOf", "date", "start"),
            sources(report, (one.evidence,)),
        )
        for one in report.capabilities
    )
    return Sheet("capabilities", Text("Capacità", "Capabilities")(lang), fields, rows)


def numbered_sources(report: Report, lang: str) -> Sheet:
    """The sources with the numbers under which the other sheets cite them."""
    fields = (
        Field(Text("N.", "No.")(lang)),
        Field(Text("Titolo", "Title")(lang), width=60),
        Field(Text("Editore", "Publisher")(lang), width=30),
        *said_fields(Text("Pubblicata", "Published")(lang), lang),
        Field(Text("Lingua", "Language")(lang)),
        Field(Text("Indirizzo", "Address")(lang), width=60),
        Field(Text("Identificativo", "Id")(lang), width=30),
    )
    rows = tuple(
        (
            number,
            source.title or None,
            source.publisher or None,
            *said_cells(source.published, lambda edtf: date_text(lang, edtf)),
            source.language or None,
            Link(source.url, source.url) if source.url else None,
            source.id,
        )
        for number, source in enumerate(report.sources, 1)
    )
    keys = {str(number): number - 1 for number in range(1, len(rows) + 1)}
    return Sheet("sources", _SOURCES(lang), fields, rows, keys=keys)


def _sources_field(lang: str) -> Field:
    return Field(_SOURCES(lang), SOURCES_HELP(lang), width=14)


def _days(evidence: Evidence, *roles: str) -> tuple[Cell, Cell]:
    """First and last day that the dates of some roles can mean; ``None`` for an open side."""
    dates = [said for said in evidence.dates if said.role in roles]
    first = min((said.earliest for said in dates), default="")
    last = max((said.latest or "9" for said in dates), default="9")
    return day(first), None if last == "9" else day(last)
