"""Plots of answers with matplotlib: one function that knows how each kind is drawn."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

import networkx

from filiera.answers.brokers import Brokers
from filiera.answers.gap_model import Gaps
from filiera.answers.history import History
from filiera.answers.partner_model import Partners
from filiera.answers.paths import Paths
from filiera.answers.quality import Quality
from filiera.answers.suggestion_model import Suggestions
from filiera.errors import UsageError
from filiera.languages import LANGUAGES, from_environment
from filiera.results import Results
from filiera.texts import Text
from filiera.views.plot_bars import plot_brokers, plot_partners, plot_quality, plot_suggestions
from filiera.views.plot_chain import plot_gaps, plot_paths
from filiera.views.plot_places import plot_network
from filiera.views.plot_sheet import Sheet, style
from filiera.views.plot_tables import plot_results
from filiera.views.plot_time import plot_history

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot"]


def plot(answer: object, ax: Axes | None = None, lang: str | None = None) -> Axes:
    """Draw an answer; see `filiera.plot`."""
    if lang is not None and lang not in LANGUAGES:
        raise UsageError(
            Text(
                f"la lingua è it o en, non “{lang}”",
                f"the language is it or en, not “{lang}”",
            )
        )
    spoken = lang or getattr(answer, "lang", "") or from_environment()
    with style():
        return draw(answer, Sheet(ax, spoken))


@singledispatch
def draw(answer: object, sheet: Sheet) -> Axes:
    """Draw an answer on a sheet; another kind of answer registers its own function."""
    kind = type(answer).__name__
    raise UsageError(
        Text(
            f"non c'è un disegno di un {kind}; dai una tabella del catalogo, una risposta"
            " come eco.gaps(…), o un grafo di networkx",
            f"there is no plot of a {kind}; give a table of the catalogue, an answer"
            " such as eco.gaps(…), or a networkx graph",
        )
    )


draw.register(Results, plot_results)
draw.register(Gaps, plot_gaps)
draw.register(Partners, plot_partners)
draw.register(Paths, plot_paths)
draw.register(Brokers, plot_brokers)
draw.register(History, plot_history)
draw.register(Quality, plot_quality)
draw.register(networkx.Graph, plot_network)
draw.register(Suggestions, plot_suggestions)
