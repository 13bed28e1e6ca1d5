"""Plots of what is counted or measured: partners, brokers, quality, and rows with numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from filiera.answers.brokers import Brokers
from filiera.answers.dates import date_text
from filiera.answers.numbers import number_text, percent_text
from filiera.answers.partner_model import Partners
from filiera.answers.quality import Quality
from filiera.answers.suggestion_model import PARTS, WEIGHTS, Suggestions
from filiera.texts import Text
from filiera.views.drawing import COLOURS
from filiera.views.plot_sheet import (
    BLUE,
    GOLD,
    GREEN,
    INK,
    ORANGE,
    PURPLE,
    QUIET,
    Sheet,
    named_sources,
    wrapped,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Bar", "draw_bars", "plot_brokers", "plot_partners", "plot_quality", "plot_suggestions"]

_ROW = 0.36
"""Height of a bar with its air, in inches."""
_MOST = 30
"""Bars of one plot; how many more there are is said."""
_LABEL = 36
"""Letters in a line of a label."""
_LINE = 0.15

MORE = Text("Altre righe, non disegnate: {n}.", "Rows not drawn: {n} more.")

_PARTS = {
    "fit": (Text("risponde alla richiesta", "answers the need"), BLUE),
    "sources": (Text("quante fonti lo dicono", "how many sources say so"), GOLD),
    "recency": (Text("conferma recente", "recently confirmed"), GREEN),
    "ties": (Text("legami con chi chiede", "ties to the asker"), PURPLE),
    "shared": (Text("progetti e reti in comune", "shared projects and networks"), COLOURS[0]),
    "distance": (Text("vicinanza", "nearness"), ORANGE),
}
_PARTNERS = Text("Partner per: {need}", "Partners for: {need}")
_SCORE = Text(
    "Punti su 100, per motivo, al {day}. Trovate in questo grafo: {n}",
    "Points of 100, by reason, on {day}. Found in this graph: {n}",
)
_PAIRS = Text("Chi dovrebbe conoscersi", "Who should know each other")
_NOBODY = Text("Nessuno in questo grafo", "Nobody in this graph")
_BROKERS = Text("Chi fa da ponte", "Who links groups")
_SHARE = Text(
    "Quota dei cammini più brevi tra gli altri che passano di qui (intermediazione)",
    "Share of the shortest ways between others that lead through it (betweenness)",
)
_TEARS = Text("uscendo stacca altri dalla rete", "its leaving cuts others off")
_HOLDS = Text("senza, la rete resta unita", "without it the network holds")
_CUT = Text("ne stacca {n}", "cuts off {n}")
_QUALITY = Text("Qualità dei fatti, {day}: {score}", "Quality of the facts, {day}: {score}")
_MEAN = Text(
    "Il punteggio è la media delle cinque quote", "The score is the mean of the five shares"
)
_SHARES = {
    "dated": Text(
        "fatti con una data, o che non ne hanno il posto",
        "facts with a date, or with no place for one",
    ),
    "confirmed": Text("fatti con almeno due fonti", "facts with two sources or more"),
    "fresh": Text(
        "fatti che non invecchiano, o confermati dal {since} in poi",
        "facts that do not go stale, or were confirmed on {since} or later",
    ),
    "placed": Text("organizzazioni con un luogo", "organisations with a place"),
    "in_field": Text("organizzazioni con un settore", "organisations with a sector"),
}


@dataclass(frozen=True)
class Bar:
    """A row: its label, its parts from left to right as (value, colour), and what is written."""

    label: str
    parts: tuple[tuple[float, str], ...]
    said: str


def draw_bars(
    sheet: Sheet, bars: Sequence[Bar], legend: Sequence[tuple[str, str]] = ()
) -> tuple[Axes, str]:
    """Draw bars from the top down; gives the axes, and a sentence on those for which room lacks.

    legend: (text, colour) of each part.
    """
    from matplotlib.patches import Patch

    shown = min(len(bars), _MOST)
    extra = 0.28 * ((len(legend) + 2) // 3)
    labels = [wrapped(bar.label, _LABEL) for bar in bars[:shown]]
    lines = max((label.count("\n") + 1 for label in labels), default=1)
    height = max(_ROW, lines * _LINE + 0.08)
    ax = sheet.open(max(shown, 1) * height + extra)
    shown = sheet.rows(shown, height * 0.75)
    for row, bar in enumerate(bars[:shown]):
        start = 0.0
        for value, colour in bar.parts:
            ax.barh(row, value, left=start, height=0.62, color=colour)
            start += value
        ax.annotate(
            bar.said, (start, row), (5, 0), textcoords="offset points", va="center", color=INK,
            size=8,
        )  # fmt: skip
    ax.set_yticks(range(shown), labels[:shown], size=8.5, linespacing=1.05)
    ax.set_xticks([])
    ax.set_ylim(max(shown, 1) - 0.4, -0.6)
    longest = max((sum(value for value, _ in bar.parts) for bar in bars[:shown]), default=1.0)
    # Room at the right for what is written behind the longest bar.
    ax.set_xlim(0, (longest or 1.0) * (1.05 + 0.016 * max((len(b.said) for b in bars), default=0)))
    ax.axvline(0, color=QUIET, linewidth=0.8)
    if legend:
        ax.legend(
            handles=[Patch(color=colour, label=text) for text, colour in legend],
            loc="upper left",
            bbox_to_anchor=(-0.02, -0.01),
            ncols=min(3, len(legend)),
            handlelength=1.0,
            columnspacing=1.4,
        )
    left_out = len(bars) - shown
    return ax, MORE(sheet.lang).format(n=left_out) if left_out else ""


def plot_partners(answer: Partners, sheet: Sheet) -> Axes:
    """Score of each partner, in parts by reason."""
    lang = sheet.lang
    bars = []
    for partner in answer.partners:
        total = sum(answer.weights[name] for name in partner.parts)
        parts = tuple(
            (100 * answer.weights[name] * partner.parts[name] / total, colour)
            for name, (_, colour) in _PARTS.items()
            if name in partner.parts
        )
        said = number_text(Decimal(str(round(partner.score, 1))), lang)
        if partner.kilometres is not None:
            said += f" · {partner.kilometres:.0f} km"
        bars.append(Bar(partner.label(lang), parts, said))
    used = {name for partner in answer.partners for name in partner.parts}
    legend = [(text(lang), colour) for name, (text, colour) in _PARTS.items() if name in used]
    ax, more = draw_bars(sheet, bars, legend)
    if not bars:
        _empty(ax, _NOBODY(lang))
    subtitle = _SCORE.put(day=_day(answer.at.isoformat()), n=Text.same(str(answer.found)))(lang)
    evidence = (
        one for partner in answer.partners for reason in partner.reasons for one in reason.evidence
    )
    foot = " ".join(filter(None, (more, named_sources(evidence, lang))))
    return sheet.finish(_PARTNERS.put(need=answer.wish.need.told())(lang), subtitle, foot)


def plot_suggestions(answer: Suggestions, sheet: Sheet) -> Axes:
    """Score of each pair, in parts by reason."""
    lang, colours = sheet.lang, (BLUE, GOLD, GREEN, PURPLE, ORANGE, COLOURS[0])
    used = {name: None for pair in answer.pairs for name in pair.parts}
    hues = dict(zip(used, colours, strict=False))
    bars = []
    for pair in answer.pairs:
        total = sum(WEIGHTS[name] for name in pair.parts)
        parts = tuple(
            (100 * WEIGHTS[name] * value / total, hues[name]) for name, value in pair.parts.items()
        )
        said = number_text(Decimal(str(round(pair.score, 1))), lang)
        if pair.kilometres is not None:
            said += f" · {pair.kilometres:.0f} km"
        bars.append(Bar(f"{pair.one.label(lang)} – {pair.other.label(lang)}", parts, said))
    # Each text gives the part before the colon, and its formula behind it.
    legend = [(PARTS[name](lang).partition(":")[0], colour) for name, colour in hues.items()]
    ax, more = draw_bars(sheet, bars, legend)
    if not bars:
        _empty(ax, _NOBODY(lang))
    day = _day(answer.at.isoformat())
    evidence = (one for pair in answer.pairs for why in pair.reasons for one in why.evidence)
    foot = " ".join(filter(None, (more, named_sources(evidence, lang))))
    subtitle = _SCORE.put(day=day, n=Text.same(str(answer.found)))(lang)
    return sheet.finish(_PAIRS(lang), subtitle, foot)


def plot_brokers(answer: Brokers, sheet: Sheet) -> Axes:
    """Betweenness of each broker; those whose leaving tears the network are marked."""
    lang = sheet.lang
    bars = []
    for broker in answer.brokers:
        said = percent_text(broker.betweenness, lang)
        if broker.loss:
            said += f" · {_CUT(lang).format(n=len(broker.loss.cut_off))}"
        colour = ORANGE if broker.loss else BLUE
        bars.append(Bar(broker.label(lang), ((100 * broker.betweenness, colour),), said))
    legend = [
        (text(lang), colour)
        for text, colour, tears in ((_TEARS, ORANGE, True), (_HOLDS, BLUE, False))
        if any((broker.loss is not None) is tears for broker in answer.brokers)
    ]
    ax, more = draw_bars(sheet, bars, legend)
    if not bars:
        _empty(ax, _NOBODY(lang))
    evidence = (one for broker in answer.brokers for one in broker.evidence)
    foot = " ".join(filter(None, (more, answer.method(lang), named_sources(evidence, lang))))
    return sheet.finish(_BROKERS(lang), _SHARE(lang), foot)


def plot_quality(answer: Quality, sheet: Sheet) -> Axes:
    """The five shares of the score."""
    lang, score = sheet.lang, answer.score
    since = _day(answer.since)
    bars = [
        Bar(text.put(since=since)(lang), ((100 * share, BLUE),), percent_text(share, lang))
        for name, text in _SHARES.items()
        for share in (getattr(score, name),)
    ]
    ax, more = draw_bars(sheet, bars)
    ax.set_xlim(0, 112)
    day = _day(answer.at.isoformat())
    title = _QUALITY.put(day=day, score=Text.same(percent_text(score.value, lang)))(lang)
    sources = (faults.source for faults in answer.by_source if faults.source)
    foot = " ".join(filter(None, (more, named_sources(sources, lang))))
    return sheet.finish(title, _MEAN(lang), foot)


def _empty(ax: Axes, text: str) -> None:
    ax.set_yticks([])
    ax.text(0.5, 0.5, text, transform=ax.transAxes, ha="center", va="center", color=QUIET)


def _day(iso: str) -> Text:
    return Text(date_text("it", iso), date_text("en", iso))
