"""Plots of things with a position: towns by their coordinates, and networks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import networkx
import numpy as np

from filiera.network.boxes import Points
from filiera.network.layout import layout, node_boxes
from filiera.texts import Text
from filiera.views.plot_sheet import BLUE, INK, ORANGE, QUIET, SIZE, Label, Sheet, place_labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Town", "counted", "draw_network", "draw_towns", "plot_network"]

_TITLE = Text("La rete", "The network")
_COUNTED = Text("Nodi: {nodes}; archi: {edges}", "Nodes: {nodes}; edges: {edges}")
_UNNAMED = Text(
    "Nodi con il nome: {shown} di {all}, quelli con più legami.",
    "Nodes named: {shown} of {all}, those with most links.",
)
_LINES = "#b9b6ad"
_FEW = 40
"""Nodes up to which edges are arrows, each with its relation."""
_MOST_NAMED = 70
"""Nodes that are named in a larger network: those with most neighbours."""
_LONGEST = 42
"""Letters of a name on a network."""
_MEMBERS, _OTHERS = Text("nel cluster", "in the cluster"), Text("altri", "others")
_FARTHER = Text("Fuori dal riquadro: {names}.", "Outside the frame: {names}.")
_CORE = 0.9
"""Share of what is counted that the frame of a map holds at least."""


class Town(NamedTuple):
    """A place on a map: its name, its coordinates in degrees, and how much there is."""

    name: str
    latitude: float
    longitude: float
    amount: float


def draw_towns(sheet: Sheet, towns: Sequence[Town]) -> tuple[Axes, list[Label], str]:
    """Draw circles whose area is the amount; north is up, and a km as long across as up.

    Gives the axes, the labels, and a sentence on the towns that lie too far away to be drawn.
    """
    near, far = _framed(towns)
    ax = sheet.open(5.2)
    most = max(town.amount for town in near)
    areas = [25 + 600 * town.amount / most for town in near]
    ax.scatter(
        [town.longitude for town in near],
        [town.latitude for town in near],
        s=areas,
        color=BLUE,
        alpha=0.55,
        edgecolor=INK,
        linewidth=0.6,
    )
    middle = sum(town.latitude for town in near) / len(near)
    ax.set_aspect(1 / math.cos(math.radians(middle)), adjustable="datalim")
    ax.margins(0.15)
    ax.set_xticks([])
    ax.set_yticks([])
    labels = [
        Label(f"{town.name} {town.amount:g}", town.longitude, town.latitude, math.sqrt(area) / 2)
        for town, area in zip(near, areas, strict=True)
    ]
    names = ", ".join(f"{town.name} {town.amount:g}" for town in far)
    return ax, labels, _FARTHER(sheet.lang).format(names=names) if far else ""


def _framed(towns: Sequence[Town]) -> tuple[list[Town], list[Town]]:
    """Towns about the middle of what is counted, and those so far off that they would crowd them.

    Both are ordered by amount.
    """
    heavy = sorted(towns, key=lambda town: (-town.amount, town.name))
    total = sum(town.amount for town in heavy)
    north = _median([(town.latitude, town.amount) for town in heavy])
    east = _median([(town.longitude, town.amount) for town in heavy])

    def away(town: Town) -> float:
        across = (town.longitude - east) * math.cos(math.radians(north))
        return math.hypot(town.latitude - north, across)

    held, radius = 0.0, 0.0
    for town in sorted(heavy, key=away):
        held, radius = held + town.amount, away(town)
        if held >= _CORE * total:
            break
    inside = [town for town in heavy if away(town) <= 1.5 * radius + 1e-9]
    return inside, [town for town in heavy if town not in inside]


def _median(weighted: Sequence[tuple[float, float]]) -> float:
    values = np.array(sorted(weighted))
    reached = np.cumsum(values[:, 1])
    return float(values[np.searchsorted(reached, reached[-1] / 2), 0])


def plot_network(network: networkx.Graph[Any], sheet: Sheet) -> Axes:
    """The nodes and edges of a network, laid out by forces, the same every time."""
    return draw_network(network, sheet, _TITLE(sheet.lang), counted(network, sheet.lang))


def counted(network: networkx.Graph[Any], lang: str) -> str:
    """How many nodes and edges a network has."""
    counts = {"nodes": network.number_of_nodes(), "edges": network.number_of_edges()}
    return _COUNTED(lang).format(**counts)


def draw_network(
    network: networkx.Graph[Any], sheet: Sheet, title: str, subtitle: str, foot: str = ""
) -> Axes:
    """Draw a network whose nodes may carry ``label`` and ``kinds``, its edges ``label``."""
    lang, nodes = sheet.lang, list(network)
    places = {node: place for place, node in enumerate(nodes)}
    ends = [(places[one], places[other]) for one, other in network.edges()]
    names = [_name(network.nodes[node], node, lang) for node in nodes]
    degrees = dict(networkx.Graph(network).degree())
    small = len(nodes) <= _FEW
    sizes = np.array([3.5 + 1.6 * math.sqrt(degrees[node]) for node in nodes])
    boxes = node_boxes(sizes, names if small else [""] * len(nodes), font=SIZE)
    pairs = np.array(ends, dtype=np.int32).reshape(-1, 2)
    points = layout(len(nodes), pairs[:, 0], pairs[:, 1], boxes)
    ax = sheet.open(min(5.6, 2.4 + 0.25 * len(nodes)))
    if small:
        for one, other in ends:
            ax.annotate(
                "", points[other], points[one],
                arrowprops={"arrowstyle": "-|>" if network.is_directed() else "-",
                            "color": _LINES, "linewidth": 0.8,
                            "shrinkA": sizes[one] / 2, "shrinkB": sizes[other] / 2 + 1},
            )  # fmt: skip
    else:
        from matplotlib.collections import LineCollection

        lines = [(points[one], points[other]) for one, other in ends]
        ax.add_collection(LineCollection(lines, colors=_LINES, linewidths=0.6, zorder=1))
    _dots(ax, network, points, sizes, lang)
    ax.set_xticks([])
    ax.set_yticks([])
    ax.margins(0.2 if small else 0.1)
    ax.set_aspect("equal", adjustable="datalim")
    ax.invert_yaxis()
    ordered = sorted(range(len(nodes)), key=lambda place: (-degrees[nodes[place]], names[place]))
    labels = [
        Label(names[place], float(points[place, 0]), float(points[place, 1]), sizes[place] / 2)
        for place in ordered[: None if small else _MOST_NAMED]
    ]
    note = _UNNAMED(lang).format(shown=len(labels), all=len(nodes))
    sheet.finish(title, subtitle, " ".join(filter(None, (note, foot))))
    written = place_labels(ax, labels, size=SIZE - (1.0 if small else 1.5))
    note = _UNNAMED(lang).format(shown=len(written), all=len(nodes))
    said = " ".join(filter(None, (note if len(written) < len(nodes) else "", foot)))
    if small:
        taken = [text.get_window_extent() for text in written]
        middles = []
        for one, other, data in network.edges(data=True):
            x, y = (points[places[one]] + points[places[other]]) / 2
            if data.get("label"):
                middles.append(Label(_name(data, "", lang), float(x), float(y), 0))
        for text in place_labels(ax, middles, size=SIZE - 2, taken=taken, centred=True):
            text.set_color(QUIET)
    return sheet.finish(title, subtitle, said)


def _dots(ax: Axes, network: networkx.Graph[Any], points: Points, sizes: Points, lang: str) -> None:
    """The nodes; where it is known who is a member of the cluster, that is what colours mean."""
    members = [data.get("member") for _, data in network.nodes(data=True)]
    known = any(member is not None for member in members)
    groups = (
        (_MEMBERS(lang), ORANGE, [member is True for member in members]),
        (_OTHERS(lang), BLUE, [member is not True for member in members]),
    )
    for text, colour, chosen in groups:
        if any(chosen):
            ax.scatter(
                points[chosen, 0], points[chosen, 1], s=sizes[chosen] ** 2, color=colour,
                edgecolor="white", linewidth=0.6, zorder=2 + (colour == ORANGE), label=text,
            )  # fmt: skip
    if known:
        ax.legend(loc="upper left", bbox_to_anchor=(-0.01, 0.01), ncols=2, handletextpad=0.2)


def _name(data: Mapping[str, Any], node: object, lang: str) -> str:
    name = str(data.get(f"label_{lang}") or data.get("label") or str(node).rsplit("/", 1)[-1])
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
