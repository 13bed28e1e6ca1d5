"""The report on a membership told in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from filiera.answers.dates import date_text
from filiera.answers.evidence import Evidence, source_name
from filiera.answers.gap_model import STATUSES
from filiera.answers.happenings import CERTAINLY
from filiera.answers.history import Change
from filiera.answers.numbers import number_text, percent_text
from filiera.answers.readiness_model import READINESS
from filiera.answers.report_model import Chain, Count, Report
from filiera.texts import Text

__all__ = ["told"]

_TITLE = Text("{body}: i soci al {day}", "{body}: its members on {day}")
_STATED = Text("Soci dichiarati: {number}, {when}.", "Members stated: {number}, {when}.")
_UNSTATED = Text(
    "Nessuna fonte in questo grafo dichiara quanti siano i soci.",
    "No source in this graph states how many members there are.",
)
_NAMED = Text(
    "Nominati in questo grafo: {certain} certi e {possible} possibili.",
    "Named in this graph: {certain} certain and {possible} possible.",
)
_COVERAGE = Text("Copertura: {share}.", "Coverage: {share}.")
_MEMBERS = Text("I soci", "The members")
_COLUMNS = (
    Text("Nome", "Name"),
    Text("Tipo", "Kind"),
    Text("Filiere", "Chains"),
    Text("Dove", "Where"),
    Text("Ingresso", "Joined"),
    Text("Fonti", "Sources"),
)
_NO_MEMBERS = Text("Questo grafo non nomina soci.", "This graph names no member.")
_POSSIBLE = Text("possibile", "possible")
_COUNTS = Text(
    "Quanti sono, per tipo, filiera e provincia", "How many, by kind, chain and province"
)
_HEADINGS = (
    Text("Per tipo", "By kind"),
    Text("Per filiera", "By value chain"),
    Text("Per provincia", "By province"),
)
_IN_ALL = Text("In tutto", "In all")
_CHANGES = Text("Che cosa è cambiato dal {day}", "What has changed since {day}")
_NO_CHANGES = Text("Nessun cambiamento noto a questo grafo.", "No change that this graph knows of.")
_PERHAPS = Text("forse in questo periodo", "possibly in this time")
_CHAINS = Text("Filiere: chi c'è, chi manca", "Value chains: who is there, who is missing")
_NO_STAGES = Text(
    "Di questa filiera il grafo non conosce gli stadi.",
    "Of this chain the graph does not know the stages.",
)
_INVITE = Text("da invitare: {names}", "to invite: {names}")
_BROKERS = Text("Chi fa da ponte", "Who links the others")
_NONE = Text("Nessuna in questo grafo.", "None in this graph.")
_READINESS = Text("Verifica dei criteri pubblicati", "Check against published criteria")
_READ = Text("{title}, {publisher}, letto il {day}", "{title}, {publisher}, read on {day}")
_NOTES = Text("Come leggere questo rapporto", "How to read this report")
_SOURCES = Text("Fonti", "Sources")


def told(report: Report, lang: str) -> str:
    """The report as Markdown; the sources it cites are listed at its end by their numbers."""
    return _Telling(report, lang).text()


class _Telling:
    def __init__(self, report: Report, lang: str) -> None:
        self._report = report
        self._lang = lang
        self._cited: set[int] = set()

    def text(self) -> str:
        report, lang = self._report, self._lang
        title = _TITLE.put(body=report.label, day=self._day(report.at.isoformat()))(lang)
        lines = [f"# {title}", ""]
        if report.description(lang):
            lines += [report.description(lang), ""]
        for heading, body in (
            ("", self._numbers()),
            (_MEMBERS(lang), self._members()),
            (_COUNTS(lang), self._counts()),
            (_CHANGES.put(day=self._day(report.since.isoformat()))(lang), self._changes()),
            (_CHAINS(lang), self._chains()),
            (_BROKERS(lang), self._brokers()),
            (_READINESS(lang), self._readiness()),
            (_NOTES(lang), (f"- {note.text(lang)}" for note in report.notes)),
            (_SOURCES(lang), self._sources()),
        ):
            told = list(body)
            if heading and told:
                lines += [f"## {heading}", ""]
            lines += [*told, ""] if told else []
        return "\n".join(lines).rstrip("\n") + "\n"

    def _day(self, day: str) -> Text:
        return Text(*(date_text(lang, day) for lang in ("it", "en")))

    def _cite(self, evidence: Iterable[Evidence]) -> str:
        numbers = self._report.cite(*evidence)
        self._cited |= set(numbers)
        return "".join(f" [{number}]" for number in numbers)

    def _numbers(self) -> Iterator[str]:
        report, lang = self._report, self._lang
        if not report.today.stated:
            yield f"- {_UNSTATED(lang)}"
        for one in report.today.stated:
            number = " ".join(filter(None, (one.precision(lang), number_text(one.value, lang))))
            said = _STATED.put(number=Text.same(number), when=one.when)(lang)
            yield f"- {'≠ ' if one.disagrees else ''}{said}{self._cite([one.evidence])}"
        counts = {
            "certain": Text.same(str(report.certain)),
            "possible": Text.same(str(report.possible)),
        }
        yield f"- {_NAMED.put(**counts)(lang)}"
        if report.coverage is not None:
            share = Text(*(percent_text(report.coverage, one) for one in ("it", "en")))
            yield f"- {_COVERAGE.put(share=share)(lang)}"

    def _members(self) -> Iterator[str]:
        report, lang = self._report, self._lang
        if not report.members:
            yield _NO_MEMBERS(lang)
            return
        yield _row([column(lang) for column in _COLUMNS])
        yield _row(["---"] * len(_COLUMNS))
        for member in report.members:
            name = f"**{member.label(lang)}**"
            name += "".join(
                f"; {remark.text(lang)}{self._cite(remark.evidence)}" for remark in member.remarks
            )
            since = member.since(lang) or "–"
            where = [member.town(lang), *(place.label(lang) for place in member.provinces)]
            yield _row(
                [
                    name,
                    ", ".join(kind.label(lang) for kind in member.kinds),
                    ", ".join(chain.label(lang) for chain in member.chains),
                    ", ".join(dict.fromkeys(filter(None, where))),
                    since if member.certain else f"{since} ({_POSSIBLE(lang)})",
                    self._cite(member.evidence).strip(),
                ]
            )

    def _counts(self) -> Iterator[str]:
        report, lang = self._report, self._lang
        every: tuple[Sequence[Count], ...] = (
            report.kinds,
            report.chains_counted,
            report.provinces,
        )
        for heading, counts in zip(_HEADINGS, every, strict=True):
            if counts:
                yield from (f"### {heading(lang)}", "")
                yield from (f"- {count.label(lang)}: {count.number}" for count in counts)
                yield from (f"- **{_IN_ALL(lang)}: {report.total(counts)[0]}**", "")

    def _changes(self) -> Iterator[str]:
        if not self._report.changes:
            yield _NO_CHANGES(self._lang)
        yield from map(self._change, self._report.changes)

    def _change(self, change: Change) -> str:
        told = change.happening.sentence(self._lang)
        if change.certainty != CERTAINLY:
            told += f" ({_PERHAPS(self._lang)})"
        return f"- {told}.{self._cite(change.happening.evidence)}"

    def _chains(self) -> Iterator[str]:
        for chain in self._report.chains:
            yield from (f"### {chain.label(self._lang)}", "")
            yield from self._stages(chain)
            yield ""

    def _stages(self, chain: Chain) -> Iterator[str]:
        lang = self._lang
        if chain.gaps is None:
            yield _NO_STAGES(lang)
            return
        for stage in chain.gaps.stages:
            said = f"{stage.label(lang)}: **{STATUSES[stage.status](lang)}**"
            if stage.members:
                names = [f"{one.label(lang)}{self._cite(one.claims)}" for one in stage.members]
                said += f" ({', '.join(names)})"
            elif stage.invite:
                names = [
                    f"{one.label(lang)}{self._cite(one.claims)}"
                    for one in stage.others
                    if one.iri in stage.invite
                ]
                said += f"; {_INVITE.put(names=Text.same(', '.join(names)))(lang)}"
            yield f"{'  ' * stage.depth}- {said}"

    def _brokers(self) -> Iterator[str]:
        found = self._report.brokers.brokers
        if not found:
            yield _NONE(self._lang)
        for number, broker in enumerate(found, 1):
            yield f"{number}. {broker.sentence(self._lang)}{self._cite(broker.evidence)}"
        yield ""
        yield self._report.brokers.method(self._lang)

    def _readiness(self) -> Iterator[str]:
        lang = self._lang
        for finding in self._report.readiness.findings:
            source = finding.criterion.source
            read = _READ.put(
                title=Text.same(source.title),
                publisher=Text.same(source.publisher),
                day=self._day(source.read.isoformat()),
            )(lang)
            yield (
                f"- **{READINESS[finding.status](lang)}**: {finding.criterion.text(lang)}"
                f" {finding.text(lang)}{self._cite(finding.evidence)}"
                f" ({read}: <{source.url}>)"
            )

    def _sources(self) -> Iterator[str]:
        for number, source in enumerate(self._report.sources, 1):
            if number in self._cited:
                said = (source_name(source), source.published)
                link = f" <{source.url}>" if source.url else ""
                yield f"{number}. {', '.join(filter(None, said))}.{link}"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
