"""What a check of a data set found, as text to read and as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from filiera.answers.quality import Measure
from filiera.build.validation import Finding, Report
from filiera.facts.problems import Problem
from filiera.results import Column, Iri, Results, Value
from filiera.texts import Text

__all__ = ["CheckReport"]

_ALIKE = 4
"""Findings that say the same of more things than these are told in one line."""

_TITLES = {
    "facts": Text("Fatti", "Facts"),
    "shapes": Text("Grafo", "Graph"),
    "quality": Text("Qualità", "Quality"),
}
_COLUMNS = {
    "check": Text("Controllo", "Check"),
    "severity": Text("Gravità", "Severity"),
    "where": Text("Dove", "Where"),
    "finding": Text("Esito", "Finding"),
}
_SEVERITIES = {
    "violation": Text("Errore", "Error"),
    "warning": Text("Avviso", "Warning"),
    "info": Text("Nota", "Note"),
}
_NO_FAULT = Text("nessun difetto", "no faults")
_NOT_CHECKED = Text(
    "non controllato: prima vanno corretti i fatti",
    "not checked: the facts have to be corrected first",
)
_MORE = Text("e altri {n}", "and {n} more")
_OF = Text("su", "of")


@dataclass(frozen=True)
class CheckReport:
    """Faults of the rows, findings on the graph, and measures of its quality.

    ``shapes`` is ``None`` where the graph was not checked because rows have faults.
    """

    problems: Sequence[Problem]
    shapes: Report | None
    measures: Sequence[Measure] = field(default=())

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong; warnings and notes do not count."""
        return not self.problems and self.shapes is not None and self.shapes.conforms

    def text(self, lang: str) -> str:
        """Report to read, in ``it`` or ``en``; what many things have in common is said once."""
        lines = [_TITLES["facts"](lang)]
        lines += [f"  {problem.text(lang)}" for problem in self.problems]
        lines += [] if self.problems else [f"  {_NO_FAULT(lang)}"]
        lines += ["", _TITLES["shapes"](lang)]
        if self.shapes is None:
            lines.append(f"  {_NOT_CHECKED(lang)}")
        else:
            lines += [f"  {line}" for line in _told(self.shapes.findings, lang)]
            lines += [] if self.shapes.findings else [f"  {_NO_FAULT(lang)}"]
        if self.measures:
            lines += ["", _TITLES["quality"](lang)]
            lines += [f"  {_measured(measure, lang)}" for measure in self.measures]
        return "".join(f"{line}\n" for line in lines)

    def table(self, lang: str) -> Results:
        """One row for each fault, finding and measure."""
        rows: list[tuple[Value, ...]] = [
            (_TITLES["facts"](lang), "violation", problem.file, problem.text(lang))
            for problem in self.problems
        ]
        rows += [
            (
                _TITLES["shapes"](lang),
                finding.severity,
                Iri(finding.focus, finding.label[lang]),
                finding.text(lang),
            )
            for finding in (self.shapes.findings if self.shapes else ())
        ]
        rows += [
            (_TITLES["quality"](lang), "info", measure.id, _measured(measure, lang))
            for measure in self.measures
        ]
        columns = [Column(name, title(lang)) for name, title in _COLUMNS.items()]
        return Results(columns, rows, lang=lang)


def _told(findings: Sequence[Finding], lang: str) -> Iterator[str]:
    alike: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.severity, finding.message[lang]), []).append(finding)
    for (severity, message), group in alike.items():
        if len(group) <= _ALIKE:
            yield from (finding.text(lang) for finding in group)
            continue
        named = "; ".join(finding.label[lang] for finding in group[:_ALIKE])
        more = _MORE(lang).format(n=len(group) - _ALIKE)
        yield f"{_SEVERITIES[severity](lang)} (× {len(group)}): {message} {named}; {more}"


def _measured(measure: Measure, lang: str) -> str:
    return f"{measure.label(lang)}: {measure.count} {_OF(lang)} {measure.total}"
