"""The map of a report: the cluster, its members and those tied to them, as an SVG that prints."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup, escape

from filiera.answers.evidence import Evidence
from filiera.answers.report_model import Member, Neighbour, Report
from filiera.iris import local_id
from filiera.network.layout import layout, node_boxes
from filiera.texts import Text
from filiera.views.drawing import PROJECTS, KindGroup, group_of

__all__ = ["ReportMap", "report_map"]

_MEMBERS = 80
"""How many members are drawn at most: those with most ties."""
_NEIGHBOURS = 40
"""How many neighbours are drawn: those tied to most members, then some of each member."""
_FONT = 11.5
_LONGEST = 30
_MARGIN = 10
_RADII = {"cluster": 13.0, "member": 7.5, "other": 5.0}


@dataclass(frozen=True)
class ReportMap:
    """The drawing, and what it shows of what there is."""

    svg: Markup
    nodes: int
    pairs: int
    members_left_out: int
    left_out: int
    evidence: tuple[Evidence, ...]
    """Facts of the ties that are drawn."""
    groups: tuple[tuple[KindGroup, Markup], ...]
    """Groups of kinds that are drawn, each with its shape."""


@dataclass(frozen=True)
class _Node:
    iri: str
    label: str
    role: str
    group: KindGroup


def report_map(report: Report, lang: str, *, title: Text) -> ReportMap | None:
    """The map of a report; ``None`` where there is no member to draw."""
    if not report.members:
        return None
    members = _drawn_members(report)
    shown = _chosen(report, {member.iri for member in members} | {report.body})
    nodes = [_Node(report.body, _name(report.acronym or report.label(lang)), "cluster", _cluster())]
    top_kinds = _tops_of_members(report)
    nodes += [
        _Node(m.iri, _name(m.label(lang)), "member", group_of(top_kinds[m.iri])) for m in members
    ]
    nodes += [_Node(n.thing.iri, _name(n.thing.label(lang)), "other", _group(n)) for n in shown]
    places = {node.iri: number for number, node in enumerate(nodes)}
    drawn = [tie for tie in report.ties if tie.source.iri in places and tie.target.iri in places]
    ties = {_pair(places[tie.source.iri], places[tie.target.iri]) for tie in drawn}
    ties = {(one, other) for one, other in ties if one != other}
    memberships = {(0, places[member.iri]) for member in members} - ties
    pairs = sorted(ties | memberships)
    radii = np.array([_RADII[node.role] for node in nodes])
    boxes = node_boxes(radii, [node.label for node in nodes], font=_FONT)
    ends = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    points = layout(len(nodes), ends[:, 0], ends[:, 1], boxes, focus=0)
    left, top, right, bottom = boxes.extent(points)
    spots = [(float(x), float(y)) for x, y in points]
    parts = [
        Markup('<svg class="network" viewBox="{} {} {} {}" role="img" aria-label="{}">').format(
            f"{left - _MARGIN:.0f}",
            f"{top - _MARGIN:.0f}",
            f"{right - left + 2 * _MARGIN:.0f}",
            f"{bottom - top + 2 * _MARGIN:.0f}",
            title.put(
                nodes=Text.same(str(len(nodes))),
                edges=Text.same(str(len(pairs))),
                body=report.label,
            )(lang),
        )
    ]
    for one, other in pairs:
        parts.append(
            Markup('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(
                "tie" if (one, other) in ties else "belongs",
                *(f"{value:.1f}" for spot in (spots[one], spots[other]) for value in spot),
            )
        )
    for node, (x, y) in zip(nodes, spots, strict=True):
        parts.append(_mark(node.group, _RADII[node.role], x, y, node.role))
    for node, (x, y) in zip(nodes, spots, strict=True):
        parts.append(
            Markup('<text class="{}" x="{}" y="{}" text-anchor="middle">{}</text>').format(
                node.role, f"{x:.1f}", f"{y + _RADII[node.role] + _FONT:.1f}", escape(node.label)
            )
        )
    groups = {node.group.id: node.group for node in nodes}
    counts = Counter(node.group.id for node in nodes)
    return ReportMap(
        Markup("").join([*parts, Markup("</svg>")]),
        len(nodes),
        len(pairs),
        len(report.members) - len(members),
        len(report.neighbours) - len(shown),
        tuple(tie.evidence for tie in drawn),
        tuple((groups[name], _swatch(groups[name])) for name, _ in counts.most_common()),
    )


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _drawn_members(report: Report) -> tuple[Member, ...]:
    facts = Counter(end.iri for tie in report.ties for end in (tie.source, tie.target))
    kept = sorted(report.members, key=lambda one: (-facts[one.iri], one.iri))[:_MEMBERS]
    return tuple(member for member in report.members if member in kept)


def _chosen(report: Report, members: Container[str]) -> list[Neighbour]:
    """Neighbours to draw: those of several members, then in turn one of each member drawn."""
    shared = [one for one in report.neighbours if len(one.members) > 1]
    chosen = sorted(shared, key=lambda one: (-len(one.members), one.thing.iri))[:_NEIGHBOURS]
    facts: Counter[str] = Counter(
        end.iri for tie in report.ties for end in (tie.source, tie.target)
    )
    waiting: dict[str, list[Neighbour]] = defaultdict(list)
    for one in sorted(report.neighbours, key=lambda one: (facts[one.thing.iri], one.thing.iri)):
        if len(one.members) == 1 and one.members[0] in members:
            waiting[one.members[0]].append(one)
    while len(chosen) < _NEIGHBOURS and any(waiting.values()):
        for member in sorted(waiting):
            if waiting[member] and len(chosen) < _NEIGHBOURS:
                chosen.append(waiting[member].pop())
    return chosen


def _tops_of_members(report: Report) -> dict[str, list[str]]:
    tops: dict[str, list[str]] = defaultdict(list)
    for count in report.kinds:
        for iri in (*count.certain, *count.possible):
            tops[iri].append(_slug(count.iri))
    return tops


def _group(neighbour: Neighbour) -> KindGroup:
    return PROJECTS if neighbour.project else group_of(map(_slug, neighbour.kinds))


def _cluster() -> KindGroup:
    return group_of(["association"])


def _slug(iri: str) -> str:
    return local_id(iri).rsplit("/", 1)[-1]


def _name(label: str) -> str:
    return label if len(label) <= _LONGEST else label[: _LONGEST - 1].rstrip() + "…"


def _swatch(group: KindGroup) -> Markup:
    mark = _mark(group, 5.0, 8, 8, "member")
    return Markup('<svg class="swatch" width="16" height="16" aria-hidden="true">{}</svg>').format(
        mark
    )


def _mark(group: KindGroup, radius: float, x: float, y: float, role: str) -> Markup:
    """The shape of a group of kinds, as on the map page; ``role`` tells how it is filled."""
    name = f"hue-{group.colour} {role}"
    if group.shape == "dot":
        return Markup('<circle class="{}" cx="{}" cy="{}" r="{}"/>').format(
            name, f"{x:.1f}", f"{y:.1f}", f"{radius:g}"
        )
    sides, turn, spike = _SHAPES[group.shape]
    angles = np.arange(sides) * 2 * np.pi / sides + turn
    reach = np.where(np.arange(sides) % 2, radius * spike, radius * 1.25)
    corners = " ".join(
        f"{x + r * np.sin(a):.1f},{y - r * np.cos(a):.1f}"
        for a, r in zip(angles, reach, strict=True)
    )
    return Markup('<polygon class="{}" points="{}"/>').format(name, corners)


_SHAPES = {
    "square": (4, np.pi / 4, 1.25),
    "diamond": (4, 0.0, 1.25),
    "hexagon": (6, 0.0, 1.25),
    "triangle": (3, 0.0, 1.25),
    "star": (10, 0.0, 0.6),
}
"""Corners of a shape, by how much it is turned, and how far in every second corner lies."""
