"""The membership report as an Excel workbook: an overview, tables, sources, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filiera.answers.dates import date_text
from filiera.ecosystem import Ecosystem
from filiera.texts import Text
from filiera.views import report_lists, report_sheets
from filiera.views.report_words import WORDS
from filiera.workbook import Book, Cell, Chart, Goto, Line, Link, Page, Share, Sheet, workbook_bytes

if TYPE_CHECKING:
    from filiera.answers.report_model import Report

__all__ = ["report_workbook"]

_OVERVIEW, _NOTES = Text("Panoramica", "Overview"), Text("Note", "Notes")
_AT = Text("Situazione al", "As of")
_SINCE = Text("Novità dal", "News since")
_CERTAIN = Text("Soci certi, noti per nome", "Certain members, known by name")
_POSSIBLE = Text("Soci possibili", "Possible members")
_STATED = Text("Soci dichiarati dalle fonti", "Members stated by sources")
_COVERAGE = Text("Quanti di questi sono noti per nome", "Share of these known by name")
_NONE_STATED = Text("nessun numero noto", "no number known")
_CHANGES = Text("Novità, certe e possibili", "What is new, certain and possible")
_GAPS = Text("Stadi senza soci noti", "Stages without a known member")
_MET = Text("Criteri soddisfatti", "Criteria met")
_OF = Text("su {all}", "of {all}")
_CONTENTS = Text("Fogli", "Sheets")
_ROWS = Text("Righe", "Rows")
_CAUTION = Text(
    "Dice ciò che dicono le fonti: chi qui non compare può ben essere socio. Le note spiegano"
    " come si è contato.",
    "It says what the sources say: who does not appear here may well be a member. The notes"
    " explain how things were counted.",
)
_BY_KIND = Text("Soci per tipo", "Members by kind")
_BY_CHAIN = Text("Soci per filiera", "Members by chain")
_BY_PROVINCE = Text("Soci per provincia", "Members by province")
_YEARS = Text("Soci negli anni", "Members over the years")
_DATES = Text(
    "Una data sta nelle parole della fonte; accanto, il primo e l'ultimo giorno che può indicare."
    " Dove un giorno manca, le fonti non lo dicono.",
    "A date stands in the words of the source, with the first and the last day that it can mean"
    " beside it. Where a day is missing, the sources do not tell it.",
)
_MARKS = Text(
    "I colori segnano lo stato degli stadi e dei criteri, ciò che è solo possibile, i rischi, e"
    " le fonti che non concordano.",
    "Colours mark the status of stages and criteria, what is only possible, risks, and sources"
    " that disagree.",
)
_MADE = Text("Data del rapporto", "Date of the report")
_COLLECTED = Text("Fatti raccolti il", "Facts collected on")
_PUBLISHER = Text("Fatti a cura di", "Facts published by")
_LICENCE = Text("Licenza dei fatti", "Licence of the facts")
_CC_BY = "https://creativecommons.org/licenses/by/4.0/"


def report_workbook(ecosystem: Ecosystem, report: Report, lang: str) -> bytes:
    """The report as the content of an ``.xlsx`` file.

    The overview comes first, the notes last; names lead to the row of the member, numbers of
    sources to the list of sources. The same report always gives the same bytes.
    """
    tables = (
        report_sheets.members(report, lang),
        report_lists.changes(report, lang),
        report_sheets.matrix(report, lang),
        *report_sheets.count_sheets(report, lang),
        report_lists.years(report, lang),
        report_lists.stated(report, lang),
        report_lists.gaps(report, lang),
        report_lists.readiness(report, lang),
        report_lists.brokers(report, lang),
        report_lists.ties(report, lang),
        report_lists.capabilities(report, lang),
        report_lists.numbered_sources(report, lang),
    )
    on = Text(*(date_text(one, report.at.isoformat()) for one in ("it", "en")))
    title = WORDS["title"].put(body=report.label, day=on)(lang)
    book = Book(
        title=title,
        sheets=(
            _overview(report, title, tables, lang),
            *tables,
            _notes(ecosystem, report, lang),
        ),
        day=report.at,
        lang=lang,
        author=ecosystem.dataset.publisher,
        comments=ecosystem.dataset.licence,
    )
    return workbook_bytes(book)


def _overview(report: Report, title: str, tables: tuple[Sheet, ...], lang: str) -> Page:
    stated = report.stated_today
    stages = [stage for chain in report.chains if chain.gaps for stage in chain.gaps.stages]
    weak = sum(stage.is_gap for stage in stages)
    findings = report.readiness.findings
    met = report.readiness.count("met")
    pairs: list[tuple[Text, tuple[Cell, ...]]] = [
        (_AT, (report.at,)),
        (_SINCE, (report.since,)),
        (_CERTAIN, (Goto(report.certain, "members"),)),
        (_POSSIBLE, (Goto(report.possible, "members"),)),
    ]
    if stated is None:
        pairs.append((_STATED, (_NONE_STATED(lang),)))
    else:
        cited = report_sheets.sources(report, (stated.evidence,))
        pairs.append((_STATED, (stated.value, report_sheets.stated_words(stated, lang), cited)))
    if report.coverage is not None:
        pairs.append((_COVERAGE, (Share(report.coverage),)))
    pairs += [
        (_CHANGES, (Goto(len(report.changes), "changes"),)),
        (_GAPS, (Goto(weak, "gaps"), _OF(lang).format(all=len(stages)))),
        (_MET, (Goto(met, "readiness"), _OF(lang).format(all=len(findings)))),
    ]
    lines = [
        Line((title,), "title"),
        *([Line((text,))] if (text := report.description(lang)) else []),
        *(Line((name(lang), *cells), "pair") for name, cells in pairs),
        Line((_CAUTION(lang),)),
        Line(()),
        Line((_CONTENTS(lang), _ROWS(lang)), "heading"),
        *(Line((Goto(table.name, table.key), len(table.rows))) for table in tables),
        Line((Goto(_NOTES(lang), "notes"),)),
    ]
    return Page("overview", _OVERVIEW(lang), tuple(lines), tuple(_charts(report, lang)))


def _charts(report: Report, lang: str) -> list[Chart]:
    charts = [
        Chart(title(lang), "bar", sheet, 0, (1, 2), len(counts))
        for title, sheet, counts in (
            (_BY_KIND, "kinds", report.kinds),
            (_BY_CHAIN, "chains_counted", report.chains_counted),
            (_BY_PROVINCE, "provinces", report.provinces),
        )
        if counts
    ]
    if report.history.named:
        rows = len(report.history.named)
        charts.append(Chart(_YEARS(lang), "line", "years", 1, (2, 4), rows))
    return charts


def _notes(ecosystem: Ecosystem, report: Report, lang: str) -> Page:
    dataset = ecosystem.dataset
    licence = dataset.licence
    name = "CC BY 4.0" if licence == _CC_BY else licence
    facts: list[tuple[Text, Cell]] = [
        (_MADE, report.at),
        (_COLLECTED, report_sheets.day(dataset.collected)),
        (_PUBLISHER, dataset.publisher or None),
        (_LICENCE, Link(name, licence) if licence else None),
    ]
    return Page(
        "notes",
        _NOTES(lang),
        (
            Line((_NOTES(lang),), "title"),
            *(Line((note.text(lang),)) for note in report.notes),
            Line((_DATES(lang),)),
            Line((_MARKS(lang),)),
            Line(()),
            *(Line((name(lang), cell), "pair") for name, cell in facts if cell is not None),
        ),
    )
