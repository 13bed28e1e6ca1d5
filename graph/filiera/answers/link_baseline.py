"""How well suggestions find ties that are known, measured by hiding some of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from filiera.answers.numbers import decimal_text, number_text, percent_text
from filiera.network.link_prediction import (
    CUTS,
    MOST,
    Measured,
    Scoring,
    measure,
    trials,
    unlinked,
)
from filiera.network.pairs import Neighbourhood
from filiera.network.simple import Simple
from filiera.texts import Text

__all__ = ["FEWEST", "METHOD_NAMES", "OWN", "REPETITIONS", "Baseline", "baseline"]

FEWEST = 5
"""With fewer known ties there is nothing to measure."""
REPETITIONS = 10
OWN = "suggestions"
"""Name of the score by which suggestions are ranked."""

METHOD_NAMES: Mapping[str, tuple[Text, str]] = {
    OWN: (Text("questi suggerimenti", "these suggestions"), ""),
    "common": (Text("parte: in comune", "part: in common"), ""),
    "stages": (Text("parte: stadi vicini", "part: neighbouring stages"), ""),
    "fields": (Text("parte: settori in comune", "part: common fields"), ""),
    "near": (Text("parte: vicinanza", "part: nearness"), ""),
    "chance": (Text("caso", "chance"), ""),
    "common-neighbours": (
        Text("vicini in comune", "common neighbours"),
        "Liben-Nowell & Kleinberg 2007, https://doi.org/10.1002/asi.20591",
    ),
    "jaccard": (Text("Jaccard", "Jaccard"), "Jaccard 1901, https://doi.org/10.5169/seals-266450"),
    "adamic-adar": (
        Text("Adamic–Adar", "Adamic–Adar"),
        "Adamic & Adar 2003, https://doi.org/10.1016/S0378-8733(03)00009-1",
    ),
    "resource-allocation": (
        Text("allocazione di risorse", "resource allocation"),
        "Zhou, Lü & Zhang 2009, https://doi.org/10.1140/epjb/e2009-00335-8",
    ),
    "preferential-attachment": (
        Text("attaccamento preferenziale", "preferential attachment"),
        "Barabási & Albert 1999, https://doi.org/10.1126/science.286.5439.509",
    ),
}
"""Name and reference of each method."""

_EXPLAINED = Text(
    "Per {repetitions} volte {hidden} dei {known} legami noti tra {organisations} organizzazioni"
    " sono stati nascosti, con tutto ciò che ne segue, e cercati tra {others} coppie senza legame"
    "{drawn}. AUC: quante volte su 1 un legame nascosto precede una coppia senza legame di"
    " organizzazioni degli stessi tipi; il caso dà 0,50. Precisione@k: quota di legami nascosti"
    " tra le prime k coppie. Media ± deviazione standard. Si misurano solo i legami: che"
    " due si incontrino già in un progetto o in una rete, qui non conta.",
    "{repetitions} times, {hidden} of the {known} known ties between {organisations}"
    " organisations were hidden, with all that follows from them, and looked for among {others}"
    " pairs without a tie{drawn}. AUC: how often, of 1, a hidden tie comes before a pair without a"
    " tie of organisations of the same types; chance gives 0.50. Precision@k: share of hidden"
    " ties among the first k pairs. Mean ± standard deviation. Only ties are measured: whether two"
    " meet already in a project or a network plays no part here.",
)
_DRAWN = Text(", estratte a sorte", ", drawn by lot")
_MEANS = Text(
    "Che cosa significa: questi suggerimenti mettono un legame nascosto davanti a una coppia"
    " qualunque {times} volte su 100, {verdict} (50); legami nascosti tra le loro prime dieci"
    " coppie: in media {hits}. {rank} Legami nascosti senza più alcun partner, progetto o rete"
    " in comune: {share}; chi guarda solo la rete non può vederli. Una coppia senza legame in"
    " questo grafo può averne uno che nessuna fonte racconta: la precisione vera può essere più"
    " alta. Un suggerimento è un motivo per parlarsi, non una previsione.",
    "What it means: these suggestions put a hidden tie before some other pair {times} times of"
    " 100, {verdict} (50); hidden ties among their first ten pairs: {hits} on average. {rank}"
    " Hidden ties with no partner, project or network in common any more: {share}; who looks at"
    " the network alone cannot see them. A pair without a tie in this graph may have one"
    " that no source tells of: the true precision may be higher. A suggestion is a reason to talk,"
    " not a forecast.",
)
_VERDICTS = (
    (0.55, Text("cioè come il caso", "which is no better than chance")),
    (0.7, Text("cioè poco meglio del caso", "which is little better than chance")),
    (0.85, Text("cioè meglio del caso", "which is better than chance")),
    (1.01, Text("cioè molto meglio del caso", "which is far better than chance")),
)
"""What is said of an AUC below each limit."""
_FIRST = Text("Per AUC nessun altro metodo fa meglio.", "By AUC no other method does better.")
_BETTER = Text("Per AUC fa meglio “{best}” ({auc}).", "By AUC “{best}” does better ({auc}).")
_SHARPER = Text(
    "Tra le prime {cut} coppie ne trova di più “{best}” ({share} contro {own}).",
    "Among the first {cut} pairs “{best}” finds more ({share} against {own}).",
)


@dataclass(frozen=True)
class Baseline:
    """Measures of each method, the best AUC first.

    ``hidden`` of the ``known`` pairs with a tie were hidden in each repetition; ``others`` are the
    pairs without a tie that they were looked for among, ``drawn`` where these are a draw.
    ``unreachable`` is the share of hidden pairs that are left with nothing in common.
    """

    organisations: int
    known: int
    hidden: int
    others: int
    drawn: bool
    repetitions: int
    unreachable: float
    methods: tuple[Measured, ...]

    def __getitem__(self, method: str) -> Measured:
        """The measures of a method by its name."""
        return next(one for one in self.methods if one.method == method)

    def explained(self, lang: str) -> str:
        """What was measured, and how."""
        counts = ("organisations", "known", "hidden", "others", "repetitions")
        numbers = {name: _whole(getattr(self, name)) for name in counts}
        drawn = _DRAWN if self.drawn else Text("", "")
        return _EXPLAINED.put(**numbers, drawn=drawn)(lang)

    def meaning(self, lang: str) -> str:
        """What the figures mean, in plain words."""
        own, best = self[OWN], self.methods[0]
        better = _BETTER.put(best=METHOD_NAMES[best.method][0], auc=_two_digits(best.auc))
        ranks = [better if best.auc > own.auc else _FIRST, *self._sharper(own)]
        return _MEANS.put(
            share=Text.same(percent_text(self.unreachable, lang)),
            times=Text.same(f"{100 * own.auc:.0f}"),
            verdict=next(said for limit, said in _VERDICTS if own.auc < limit),
            hits=_decimal(10 * own.precision[10]),
            rank=Text(" ".join(one.it for one in ranks), " ".join(one.en for one in ranks)),
        )(lang)

    def _sharper(self, own: Measured) -> Iterator[Text]:
        """Which other method finds more among the first pairs, at each cut."""
        for cut in CUTS:
            best = max(self.methods, key=lambda one: one.precision[cut])
            if best.precision[cut] > own.precision[cut]:
                yield _SHARPER.put(
                    cut=Text.same(str(cut)),
                    best=METHOD_NAMES[best.method][0],
                    share=_two_digits(best.precision[cut]),
                    own=_two_digits(own.precision[cut]),
                )

    def table(self, lang: str) -> str:
        """The measures as a Markdown table, a row a method."""
        precision = "precisione" if lang == "it" else "precision"
        heads = ["metodo" if lang == "it" else "method", "AUC"]
        heads += [f"{precision}@{cut}" for cut in CUTS]
        heads.append("fonte" if lang == "it" else "reference")
        lines = [heads, ["---"] * len(heads)]
        for one in self.methods:
            name, reference = METHOD_NAMES[one.method]
            cells = [name(lang), _spread(one.auc, one.auc_spread, lang)]
            cells += [_spread(one.precision[k], one.precision_spread[k], lang) for k in CUTS]
            lines.append([*cells, reference])
        return "\n".join(f"| {' | '.join(cells)} |".replace("|  |", "| |") for cells in lines)

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "organisations": self.organisations,
            "known_ties": self.known,
            "hidden_ties": self.hidden,
            "pairs_without_tie": self.others,
            "drawn": self.drawn,
            "repetitions": self.repetitions,
            "hidden_with_nothing_in_common": round(self.unreachable, 4),
            "methods": [
                {
                    "method": one.method,
                    "name": METHOD_NAMES[one.method][0](lang),
                    "reference": METHOD_NAMES[one.method][1] or None,
                    "auc": round(one.auc, 4),
                    "auc_spread": round(one.auc_spread, 4),
                    "precision": {str(k): round(one.precision[k], 4) for k in CUTS},
                    "precision_spread": {str(k): round(one.precision_spread[k], 4) for k in CUTS},
                }
                for one in self.methods
            ],
            "text": self.explained(lang),
            "meaning": self.meaning(lang),
        }


def baseline(
    network: Simple,
    known: NDArray[np.int64],
    linked: NDArray[np.int64],
    organisations: NDArray[np.int64],
    types: NDArray[np.int64],
    own: Scoring,
) -> Baseline | None:
    """Measure all methods on a network; ``None`` where fewer than `FEWEST` ties are known.

    known: keys of the pairs of organisations with a tie. linked: of all pairs that are, or were,
    linked by anything. organisations: their places in the network. types: the type of every node,
    as a number. own: the score and its parts.
    """
    if len(known) < FEWEST:
        return None
    size = len(network.nodes)
    others = unlinked(organisations, linked, size)
    rounds = list(trials(network, known, REPETITIONS))
    alone = [
        np.mean(Neighbourhood(trial.left).common(trial.hidden) == 0).item() for trial in rounds
    ]
    count = len(organisations)
    return Baseline(
        organisations=count,
        known=len(known),
        hidden=len(rounds[0].hidden),
        others=len(others),
        drawn=count * (count - 1) // 2 > MOST,
        repetitions=REPETITIONS,
        unreachable=float(np.mean(alone)),
        methods=measure(rounds, others, types, own),
    )


def _whole(value: int) -> Text:
    return Text(*(number_text(Decimal(value), lang) for lang in ("it", "en")))


def _decimal(value: float) -> Text:
    rounded = Decimal(f"{value:.1f}")
    return Text(*(number_text(rounded, lang) for lang in ("it", "en")))


def _two_digits(value: float) -> Text:
    return Text(*(decimal_text(value, lang) for lang in ("it", "en")))


def _spread(mean: float, spread: float, lang: str) -> str:
    return f"{decimal_text(mean, lang)} ± {decimal_text(spread, lang)}"
