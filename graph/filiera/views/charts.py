"""Small charts as SVG text: bars in a table's cell, and numbers over the years.

A page that holds them gives the classes their colours, so that they follow its theme and print.
Every text is escaped; none of them holds script or style.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

__all__ = ["Point", "Step", "bar", "over_years"]

_WIDTH, _HEIGHT = 720, 270
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 92, 26, 30


@dataclass(frozen=True)
class Point:
    """A number on a day, which lies at ``year`` (a fraction tells the day), with its label."""

    year: float
    value: float
    label: str


@dataclass(frozen=True)
class Step:
    """Numbers that hold from ``year`` on: the certain ones, and the possible on top of them."""

    year: float
    certain: int
    possible: int


def bar(certain: int, possible: int, most: int) -> Markup:
    """A horizontal bar; ``most`` is the number that fills the whole width.

    >>> "100%" in bar(3, 0, 3)
    True
    """
    whole = max(most, certain + possible, 1)
    sure, perhaps = 100 * certain / whole, 100 * possible / whole
    return Markup(
        '<svg class="bar" aria-hidden="true" focusable="false" width="100%" height="10">'
        '<rect class="sure" width="{}%" height="10" rx="2"/>'
        '<rect class="perhaps" x="{}%" width="{}%" height="10" rx="2"/></svg>'
    ).format(f"{sure:g}", f"{sure:g}", f"{perhaps:g}")


def over_years(
    stated: Sequence[Point],
    named: Sequence[Step],
    *,
    title: str,
    stated_label: str,
    named_label: str,
) -> Markup:
    """Dots for numbers stated on a day, and an area for those named since a day.

    Between two dots there is no line: nobody stated what lies between. Without any number
    there is no chart (an empty text).
    """
    years = [point.year for point in stated] + [step.year for step in named]
    values = [point.value for point in stated]
    values += [float(step.certain + step.possible) for step in named]
    if not years or not max(values):
        return Markup("")
    first, last = int(min(years)), int(max(years)) + 1
    top = _round_up(max(values))
    scale = _Scale(first, last, top)
    parts = [
        Markup('<svg class="years" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(
            _WIDTH, _HEIGHT, title
        ),
        *_grid(scale, top),
        *_area(scale, named, last),
        *_dots(scale, stated),
    ]
    if named:
        end = named[-1]
        parts.append(
            Markup('<text class="named" x="{}" y="{}">{} {}</text>').format(
                f"{scale.x(last) + 6:g}",
                f"{scale.y(end.certain + end.possible) + 4:g}",
                end.certain + end.possible,
                named_label,
            )
        )
    if stated:
        parts.append(
            Markup('<text class="stated" x="{}" y="14">● {}</text>').format(_LEFT, stated_label)
        )
    return Markup("").join([*parts, Markup("</svg>")])


@dataclass(frozen=True)
class _Scale:
    first: int
    last: int
    top: int

    def x(self, year: float) -> float:
        share = (year - self.first) / (self.last - self.first)
        return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)

    def y(self, value: float) -> float:
        return round(_HEIGHT - _BOTTOM - value / self.top * (_HEIGHT - _TOP - _BOTTOM), 1)


def _grid(scale: _Scale, top: int) -> list[Markup]:
    parts = []
    for part in range(5):
        value = top * part / 4
        parts.append(
            Markup(
                '<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/>'
                '<text class="tick" x="{}" y="{}" text-anchor="end">{}</text>'
            ).format(
                _LEFT,
                _WIDTH - _RIGHT,
                f"{scale.y(value):g}",
                f"{scale.y(value):g}",
                _LEFT - 8,
                f"{scale.y(value) + 4:g}",
                f"{value:g}",
            )
        )
    every = max(1, (scale.last - scale.first) // 10)
    for year in range(scale.first, scale.last, every):
        parts.append(
            Markup('<text class="tick" x="{}" y="{}" text-anchor="middle">{}</text>').format(
                f"{scale.x(year + 0.5):g}", _HEIGHT - 8, year
            )
        )
    return parts


def _area(scale: _Scale, named: Sequence[Step], last: int) -> list[Markup]:
    """Two areas in steps: all that are named, and on top of it the certain ones."""
    if not named:
        return []
    parts = []
    ends = [step.year for step in named[1:]] + [float(last)]
    for cls, numbers in (
        ("perhaps", [step.certain + step.possible for step in named]),
        ("sure", [step.certain for step in named]),
    ):
        path = [f"M{scale.x(named[0].year):g} {scale.y(0):g}"]
        for step, number, end in zip(named, numbers, ends, strict=True):
            height = scale.y(number)
            path.append(f"L{scale.x(step.year):g} {height:g}L{scale.x(end):g} {height:g}")
        path.append(f"L{scale.x(last):g} {scale.y(0):g}Z")
        parts.append(Markup('<path class="{}" d="{}"/>').format(cls, "".join(path)))
    return parts


def _dots(scale: _Scale, stated: Sequence[Point]) -> list[Markup]:
    parts = []
    for point in stated:
        x, y = scale.x(point.year), scale.y(point.value)
        parts.append(
            Markup(
                '<line class="stem" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
                '<circle class="stated" cx="{0}" cy="{1}" r="5"/>'
                '<text class="value" x="{0}" y="{3}" text-anchor="middle">{4}</text>'
            ).format(f"{x:g}", f"{y:g}", f"{scale.y(0):g}", f"{y - 11:g}", escape(point.label))
        )
    return parts


def _round_up(value: float) -> int:
    """The next number that four lines divide well.

    >>> [_round_up(value) for value in (3, 17, 130, 1040)]
    [4, 20, 160, 1200]
    """
    step = 4
    while step * 10 <= value:
        step *= 10
    return next(step * factor for factor in (1, 2, 3, 4, 5, 6, 8, 10, 20) if step * factor >= value)
