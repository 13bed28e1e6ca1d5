"""The report as one self-contained HTML document, to read on a screen and to print.

It holds its style and its drawings, has no script, and asks no other host for anything; its
Content Security Policy allows the one style sheet that is in it and nothing else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from filiera.answers.brokers import Named
from filiera.answers.cards import SourceRef
from filiera.answers.dates import date_text
from filiera.answers.evidence import Evidence, source_name
from filiera.answers.firms import Firm
from filiera.answers.gap_model import STATUSES, StageGap
from filiera.answers.happenings import CERTAINLY
from filiera.answers.history import Change
from filiera.answers.numbers import number_text, percent_text
from filiera.answers.readiness_model import READINESS, CriterionSource
from filiera.answers.report_model import Chain, Count, Report
from filiera.answers.stated_members import StatedMembers
from filiera.texts import Text
from filiera.views.charts import Point, Step, bar, over_years
from filiera.views.report_map import ReportMap, report_map
from filiera.views.report_style import policy, style_sheet
from filiera.views.report_words import WORDS

__all__ = ["report_page"]

_PARTS = Path(__file__).parent / "report"


def report_page(report: Report, lang: str) -> str:
    """The document in ``it`` or ``en``."""
    environment = Environment(
        loader=FileSystemLoader(_PARTS), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    page = _Page(report, lang)
    environment.filters |= {
        "say": lambda text: text(lang),
        "capital": _capital,
        "day": page.day,
        "percent": lambda share: percent_text(share, lang),
        "number": lambda value: number_text(value, lang),
        "web": _web,
    }
    environment.globals |= {"t": page.word, "cite": page.cite, "bar": bar, "some": _some}
    environment.globals["source_name"] = source_name
    style = style_sheet(page.running_title, WORDS["page_of"](lang))
    return environment.get_template("report.html.j2").render(
        page=page,
        report=report,
        lang=lang,
        style=Markup(style),
        policy=policy(style),
        statuses=STATUSES,
        readiness=READINESS,
    )


@dataclass(frozen=True)
class _Stage:
    """A stage with its parts, as the board shows it."""

    stage: StageGap
    parts: tuple[StageGap, ...]


def _in_flow(stages: list[_Stage]) -> list[_Stage]:
    """Stages with the longest way to the end of the chain first; else in the order given."""
    whole = {part.iri: one.stage.iri for one in stages for part in (one.stage, *one.parts)}
    following: dict[str, set[str]] = defaultdict(set)
    for one in stages:
        for part in (one.stage, *one.parts):
            following[one.stage.iri] |= {whole[iri] for iri in part.breaks if iri in whole}
        following[one.stage.iri].discard(one.stage.iri)
    ways = dict.fromkeys(following, 0)
    for _ in stages:  # enough rounds for the longest way; stages that feed each other stop there
        for iri, others in following.items():
            ways[iri] = max((min(ways[other] + 1, len(stages)) for other in others), default=0)
    return sorted(stages, key=lambda one: -ways[one.stage.iri])


class _Page:
    """What the template asks for."""

    def __init__(self, report: Report, lang: str) -> None:
        self.report = report
        self.lang = lang
        self.cited: set[int] = set()
        """Numbers of the sources that the document has led to so far."""

    def word(self, name: str, **parts: object) -> str:
        """A text of the report's own, with its places filled in."""
        texts = {
            key: part if isinstance(part, Text) else Text.same(str(part))
            for key, part in parts.items()
        }
        return WORDS[name].put(**texts)(self.lang)

    def day(self, day: date | str) -> str:
        """A day as people write it."""
        return date_text(self.lang, day if isinstance(day, str) else day.isoformat())

    def cite(self, evidence: Iterable[Evidence]) -> Markup:
        """Marks that lead to the sources; numbers that follow each other become a range."""
        runs: list[list[int]] = []
        for number in self.report.cite(*evidence):
            self.cited.add(number)
            if runs and number == runs[-1][-1] + 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        if not runs:
            return Markup("")
        marks = Markup(", ").join(
            Markup('<a href="#s{}">{}</a>').format(
                run[0],
                f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)),
            )
            for run in runs
        )
        return Markup(' <span class="cite">[{}]</span>').format(marks)

    def is_cited(self, source: SourceRef) -> bool:
        """Whether the document leads to a source."""
        return self.report.number(source) in self.cited

    # Numbers --------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        """The title of the document."""
        return self.word("title", body=self.report.label, day=self.day(self.report.at))

    @property
    def running_title(self) -> str:
        """What stands at the foot of every printed page but the first."""
        report = self.report
        return f"{report.acronym or report.label(self.lang)} · {self.day(report.at)}"

    def stated_text(self, stated: StatedMembers) -> str:
        """A number as it is stated, with “more than” where the source says so."""
        number = number_text(stated.value, self.lang)
        return " ".join(filter(None, (stated.precision(self.lang), number)))

    @cached_property
    def stages(self) -> tuple[StageGap, ...]:
        """Stages of all chains."""
        return tuple(
            stage for chain in self.report.chains if chain.gaps for stage in chain.gaps.stages
        )

    @property
    def gaps(self) -> int:
        """How many stages are gaps."""
        return sum(stage.is_gap for stage in self.stages)

    @property
    def staged_chains(self) -> tuple[Chain, ...]:
        """Chains whose stages the graph knows."""
        return tuple(chain for chain in self.report.chains if chain.gaps)

    def summary(self) -> list[str]:
        """The report in a few sentences."""
        report = self.report
        stated, named = report.stated_today, self.counted_with(report.certain, report.possible)
        if stated:
            number = self.stated_text(stated)
            when = stated.when
            said = [self.word("sum_stated", stated=number, when=when, named=named)]
        else:
            said = [self.word("sum_unstated", named=named)]
        joined, left = report.changed("joined", "attested"), report.changed("left")
        said.append(
            self.word(
                "sum_joined" if joined or left else "sum_still",
                day=self.day(report.since),
                joined=self._changed(joined),
                left=self._changed(left),
                deeds=len(self.deeds),
            )
        )
        if self.stages:
            said.append(
                self.word(
                    "sum_gaps",
                    chains=len(self.staged_chains),
                    gaps=self.gaps,
                    stages=len(self.stages),
                    invite=sum(stage.is_gap and bool(stage.invite) for stage in self.stages),
                )
            )
            if risk := sum(stage.status == "at-risk" for stage in self.stages):
                said.append(self.word("sum_risk", risk=risk))
        checked = report.readiness
        said.append(
            self.word(
                "sum_criteria",
                all=len(checked.findings),
                met=checked.count("met"),
                not_met=checked.count("not-met"),
                unknown=checked.count("unknown"),
            )
        )
        return said

    def counted_with(self, certain: int, possible: int) -> str:
        """A number, with how many more there may be."""
        return self.word("and_perhaps", n=certain, perhaps=possible) if possible else str(certain)

    def _changed(self, changes: Sequence[Change]) -> str:
        certain = sum(map(self.is_certain, changes))
        return self.counted_with(certain, len(changes) - certain)

    # Charts ---------------------------------------------------------------------------------

    @property
    def stated_totals(self) -> tuple[StatedMembers, ...]:
        """Numbers of all members on a day that is known."""
        return tuple(one for one in self.report.stated if one.total and one.days.latest)

    @property
    def stated_others(self) -> tuple[StatedMembers, ...]:
        """All other numbers that sources state."""
        dated = self.stated_totals
        return tuple(one for one in self.report.stated if one not in dated)

    def chart(self) -> Markup:
        """Members stated and named over the years."""
        points = [
            Point(_year(one.days.latest), float(one.value), self.stated_text(one))
            for one in self.stated_totals
        ]
        steps = [
            Step(_year(one.day), len(one.certain), len(one.possible))
            for one in self.report.history.named
        ]
        return over_years(
            points,
            [step for step in steps if step.certain or step.possible],
            title=self.word("time_alt"),
            stated_label=self.word("stated"),
            named_label=self.word("named"),
        )

    def counted(self) -> list[tuple[str, Sequence[Count]]]:
        """Counts with their headings, those that count anybody."""
        report = self.report
        every = (
            ("by_kind", report.kinds),
            ("by_kind_stated", report.kinds_stated if len(report.kinds_stated) > 1 else ()),
            ("by_chain", report.chains_counted),
            ("by_province", report.provinces),
        )
        return [(self.word(name), counts) for name, counts in every if counts]

    def most(self, counts: Sequence[Count]) -> int:
        """The number that fills a whole bar."""
        return max(count.number for count in counts)

    @cached_property
    def map(self) -> ReportMap | None:
        """The network around the members."""
        return report_map(self.report, self.lang, title=WORDS["map_alt"])

    # Changes --------------------------------------------------------------------------------

    @property
    def deeds(self) -> tuple[Change, ...]:
        """Events, decisions and commitments, and what the cluster itself joined or left."""
        kinds = ("event", "decision", "commitment", "joined-network", "left-network")
        return self.report.changed(*kinds)

    def news(self) -> list[tuple[str, tuple[Change, ...], str]]:
        """(heading, changes, what is said where there are none) of each sort of change."""
        report = self.report
        told = ("joined", "attested", "left", "in-network")
        deeds = self.deeds
        happened = tuple(
            change
            for change in report.changes
            if change.happening.kind not in told and change not in deeds
        )
        return [
            (self.word("joined"), report.changed("joined", "attested"), self.word("no_joined")),
            (self.word("left"), report.changed("left"), self.word("no_left")),
            (self.word("status"), happened, self.word("no_status")),
            (self.word("deeds"), deeds, self.word("no_deeds")),
        ]

    def joined(self, things: Iterable[Named]) -> str:
        """The labels of some things, with commas."""
        return ", ".join(thing.label(self.lang) for thing in things)

    def is_member(self, iri: str) -> bool:
        """Whether an organisation is among the members."""
        return any(member.iri == iri for member in self.report.members)

    def told(self, change: Change) -> str:
        """A change in a sentence; who joined or left, under that heading, by name and day."""
        happening = change.happening
        label = self.report.history.labels.get(happening.thing)
        if happening.kind in ("joined", "left") and label and happening.when(self.lang):
            return f"{label(self.lang)}, {happening.when(self.lang)}"
        return happening.sentence(self.lang)

    def is_certain(self, change: Change) -> bool:
        """Whether it surely happened within the time."""
        return change.certainty == CERTAINLY

    # Gaps -----------------------------------------------------------------------------------

    def board(self, chain: Chain) -> list[tuple[bool, list[_Stage]]]:
        """Stages in the order of the flow, then the cross-cutting ones, each with its parts."""
        assert chain.gaps is not None
        found: list[_Stage] = []
        for stage in chain.gaps.stages:
            if stage.depth == 0:
                found.append(_Stage(stage, ()))
            else:
                whole = found[-1]
                found[-1] = _Stage(whole.stage, (*whole.parts, stage))
        cross = [one for one in found if one.stage.iri in chain.cross_cutting]
        flow = _in_flow([one for one in found if one not in cross])
        return [(crossing, ones) for crossing, ones in ((False, flow), (True, cross)) if ones]

    def gap_count(self, chain: Chain) -> str:
        """How many stages of a chain are gaps."""
        assert chain.gaps is not None
        stages = len(chain.gaps.stages)
        gaps = sum(stage.is_gap for stage in chain.gaps.stages)
        name = "gaps_count" if gaps > 1 else "gap_one" if gaps else "gap_none"
        return self.word(name, gaps=gaps, stages=stages)

    # Readiness ------------------------------------------------------------------------------

    def criterion_sources(self) -> dict[CriterionSource, str]:
        """Where the criteria come from, each with a letter."""
        sources = dict.fromkeys(
            finding.criterion.source for finding in self.report.readiness.findings
        )
        return {source: chr(ord("A") + number) for number, source in enumerate(sources)}


def _web(address: str) -> str:
    """An address that leads to the web, else nothing."""
    return address if re.match(r"https?://[^\s\"'<>]+\Z", address) else ""


def _some(things: Sequence[Firm], number: int) -> Sequence[Firm]:
    """The first of some things, or all where only one more would be left out."""
    return things if len(things) <= number + 1 else things[:number]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _year(day: str) -> float:
    """A day as a year with the part of it that has passed."""
    given = date.fromisoformat(day)
    return given.year + (given.timetuple().tm_yday - 1) / 366
