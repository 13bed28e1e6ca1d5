"""Tables of the report as sheets of a workbook: the members, and how they are counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from filiera.answers.numbers import number_text
from filiera.texts import Text
from filiera.workbook import Cell, Field, Goto, Link, Sheet

if TYPE_CHECKING:
    from filiera.answers.brokers import Named
    from filiera.answers.evidence import Evidence
    from filiera.answers.report_model import Count, Report
    from filiera.answers.stated_members import StatedMembers

__all__ = [
    "AS_STATED",
    "CERTAINTY",
    "DISAGREE",
    "FIRST_DAY",
    "LAST_DAY",
    "RISKS",
    "SOURCES_HELP",
    "agreement_field",
    "count_sheets",
    "day",
    "disagreement",
    "matrix",
    "members",
    "names",
    "organisation",
    "sources",
    "stated_words",
]

AS_STATED = Text("Quando, come detto", "When, as stated")
FIRST_DAY, LAST_DAY = Text("Primo giorno", "First day"), Text("Ultimo giorno", "Last day")
SOURCES_HELP = Text(
    "Numeri del foglio Fonti; se sono più d'uno, il link porta al primo",
    "Numbers on the sheet Sources; where there are several, the link leads to the first",
)
CERTAINTY = {
    "certainly": Text("certo", "certain"),
    "possibly": Text("possibile", "possible"),
}
RISKS = ("trouble", "owner-abroad", "owner-trouble", "stale", "closed")
"""Kinds of remarks that a manager should look at."""

DISAGREE = Text("fonti discordi", "sources disagree")
_AGREEMENT = Text("Accordo", "Agreement")
_RISK = Text("rischio", "risk")
_COUNTED = (Text("Certi", "Certain"), Text("Possibili", "Possible"), Text("In tutto", "In all"))
_WHO = Text("Chi", "Who")
_MANY = Text(
    "Un socio può stare in più righe: le righe contano {entries} voci per {members} soci.",
    "A member may stand in several rows: the rows count {entries} entries for {members} members.",
)
_MATRIX_NOTES = (
    Text(
        "Quanti soci, certi e possibili, stanno in una filiera e sono di un tipo.",
        "How many members, certain and possible, work in a chain and are of a kind.",
    ),
    Text(
        "Un socio può lavorare in più filiere ed essere di più tipi: righe e colonne non si"
        " sommano. I totali contano ciascuno una volta sola.",
        "A member may work in several chains and be of several kinds: rows and columns do not add"
        " up. The totals count each one once.",
    ),
)
_ONCE = Text("Soci, ciascuno una volta", "Members, each once")


def members(report: Report, lang: str) -> Sheet:
    """The members, certain and possible, in the order of their names."""
    possible = CERTAINTY["possibly"](lang)
    fields = (
        Field(Text("Organizzazione", "Organisation")(lang), width=34),
        Field(Text("Socio", "Member")(lang), marks={possible: "doubtful"}),
        Field(Text("Tipo", "Kind")(lang), width=26),
        Field(Text("Filiere", "Chains")(lang), width=30),
        Field(Text("Stadi", "Stages")(lang), width=34),
        Field(Text("Gruppi di lavoro", "Working groups")(lang), width=26),
        Field(Text("Comune", "Town")(lang)),
        Field(Text("Provincia", "Province")(lang)),
        Field(Text("Regione", "Region")(lang)),
        Field(Text("Da quando, come detto", "Since, as stated")(lang), width=26),
        Field(
            FIRST_DAY(lang),
            Text("Primo giorno in cui può aver aderito", "First day on which it can have joined")(
                lang
            ),
        ),
        Field(
            LAST_DAY(lang),
            Text("Ultimo giorno in cui può aver aderito", "Last day on which it can have joined")(
                lang
            ),
        ),
        agreement_field(lang),
        Field(Text("Attenzione", "Attention")(lang), marks={_RISK(lang): "bad"}),
        Field(Text("Osservazioni", "Remarks")(lang), width=40),
        Field(Text("Ragione sociale", "Legal name")(lang), width=26),
        Field(Text("Attività", "Activity")(lang), width=50),
        Field(Text("Sito web", "Website")(lang), width=30),
        Field(Text("Fonti", "Sources")(lang), SOURCES_HELP(lang)),
        Field("IRI", width=30),
    )
    rows: list[tuple[Cell, ...]] = []
    for member in report.members:
        risky = any(remark.kind in RISKS for remark in member.remarks)
        rows.append(
            (
                member.label(lang),
                CERTAINTY[member.certainty](lang),
                names(member.kinds, lang),
                names(member.chains, lang),
                names(member.stages, lang),
                names(member.groups, lang),
                member.town(lang) or None,
                names(member.provinces, lang),
                names(member.regions, lang),
                member.since(lang) or None,
                day(member.days.earliest),
                day(member.days.latest),
                disagreement(member.evidence, lang),
                _RISK(lang) if risky else None,
                "; ".join(remark.text(lang) for remark in member.remarks) or None,
                member.legal_name or None,
                member.description(lang) or None,
                Link(member.website, member.website) if member.website else None,
                sources(report, member.evidence),
                Link(member.iri, member.iri),
            )
        )
    keys = {member.iri: row for row, member in enumerate(report.members)}
    return Sheet("members", Text("Soci", "Members")(lang), fields, tuple(rows), keys=keys)


def matrix(report: Report, lang: str) -> Sheet:
    """How many members stand in each chain and are of each kind; totals count each one once."""
    kinds = report.kinds
    fields = (
        Field(Text("Filiera", "Chain")(lang), width=40),
        *(Field(kind.label(lang), width=16) for kind in kinds),
        Field(_ONCE(lang), width=18),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            chain.label(lang),
            *(len(report.crossing(chain, kind)) for kind in kinds),
            chain.number,
        )
        for chain in report.chains_counted
    ]
    rows.append((_ONCE(lang), *(kind.number for kind in kinds), len(report.members)))
    return Sheet(
        "chain_and_kind",
        Text("Per filiera e tipo", "By chain and kind")(lang),
        fields,
        tuple(rows),
        notes=tuple(note(lang) for note in _MATRIX_NOTES),
    )


def count_sheets(report: Report, lang: str) -> tuple[Sheet, Sheet, Sheet]:
    """Members by kind, by chain and by province, one sheet each, with who they are."""
    return (
        _counts(report, "kinds", Text("Per tipo", "By kind"), Text("Tipo", "Kind"), lang),
        _counts(
            report,
            "chains_counted",
            Text("Per filiera", "By chain"),
            Text("Filiera", "Chain"),
            lang,
        ),
        _counts(
            report,
            "provinces",
            Text("Per provincia", "By province"),
            Text("Provincia", "Province"),
            lang,
        ),
    )


def _counts(report: Report, what: str, name: Text, heading: Text, lang: str) -> Sheet:
    counts: Sequence[Count] = getattr(report, what)
    found, entries = report.total(counts)
    fields = (
        Field(heading(lang), width=40),
        *(Field(title(lang)) for title in _COUNTED),
        Field(_WHO(lang), width=90),
    )
    rows = tuple(
        (
            count.label(lang),
            len(count.certain),
            len(count.possible),
            count.number,
            _who(report, count, lang),
        )
        for count in counts
    )
    note = _MANY(lang).format(entries=entries, members=found)
    return Sheet(what, name(lang), fields, rows, notes=(note,))


def _who(report: Report, count: Count, lang: str) -> str:
    certain = [report.member(iri).label(lang) for iri in count.certain]
    possible = [
        f"{report.member(iri).label(lang)} ({CERTAINTY['possibly'](lang)})"
        for iri in count.possible
    ]
    return ", ".join(sorted(certain + possible, key=str.casefold))


# Cells -------------------------------------------------------------------------------------


def names(things: Iterable[Named], lang: str) -> str | None:
    """Labels of things in one cell; ``None`` for none."""
    return ", ".join(thing.label(lang) for thing in things) or None


def day(iso: str) -> date | None:
    """Day of ISO text; ``None`` where it is empty."""
    return date.fromisoformat(iso) if iso else None


def agreement_field(lang: str) -> Field:
    """Column that marks where sources disagree."""
    return Field(_AGREEMENT(lang), marks={DISAGREE(lang): "bad"}, width=18)


def disagreement(evidence: Iterable[Evidence], lang: str) -> str | None:
    """Mark of facts for whose beginning, end or day sources give dates that share no day."""
    for one in evidence:
        for role in ("start", "end", "date"):
            dates = [said for said in one.dates if said.role == role]
            first = max((said.earliest for said in dates), default="")
            last = min((said.latest for said in dates if said.latest), default="")
            if first and last and first > last:
                return DISAGREE(lang)
    return None


def stated_words(stated: StatedMembers, lang: str) -> str:
    """When a number is stated for, and how exactly, where it is not exact."""
    number = f"{stated.precision(lang)} {number_text(stated.value, lang)}"
    return ", ".join(filter(None, (number if any(stated.precision) else "", stated.when(lang))))


def organisation(label: str, iri: str) -> Goto:
    """Name of an organisation, which leads to its row if it is a member."""
    return Goto(label, "members", iri)


def sources(report: Report, evidence: Iterable[Evidence]) -> Cell:
    """Numbers of the sources of some evidence, leading to the first of them."""
    numbers = report.cite(*evidence)
    if not numbers:
        return None
    text = numbers[0] if len(numbers) == 1 else ", ".join(map(str, numbers))
    return Goto(text, "sources", str(numbers[0]))
