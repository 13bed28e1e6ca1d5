"""Random draws with the unevenness of real data; each takes the generator that it uses up."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Generic, TypeVar

__all__ = ["Weighted", "date_as_said", "day", "low", "share", "very_low"]

T = TypeVar("T")


class Weighted(Generic[T]):
    """Draws the keys of a mapping in the proportion of its values."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self._keys = list(weights)
        self._steps = list(accumulate(weights.values()))

    def draw(self, draw: random.Random) -> T:
        """One of the keys."""
        return self._keys[bisect(self._steps, draw.random() * self._steps[-1])]


def low(draw: random.Random, count: int) -> int:
    """A number below ``count``, rather a low one: the first tenth gets a third of the draws."""
    return int(count * draw.random() ** 2)


def very_low(draw: random.Random, count: int) -> int:
    """A number below ``count``, most often a very low one: the first tenth gets half."""
    return int(count * draw.random() ** 3.3)


def share(draw: random.Random, count: int, part: float) -> Iterator[int]:
    """About ``part`` of the numbers below ``count``, in order, and all of the first hundredth.

    Of those who have been there longest, and have the most ties, the most is known.
    """
    return (number for number in range(count) if draw.random() < part or number < count // 100)


def day(draw: random.Random) -> str:
    """A day between 2012 and 2025."""
    return f"{draw.randrange(2012, 2026)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}"


def date_as_said(draw: random.Random) -> str:
    """A date in EDTF as sources say it: mostly a year, sometimes a month, a day or a range."""
    kind = draw.random()
    if kind < 0.5:
        return str(draw.randrange(1950, 2026))
    if kind < 0.7:
        return day(draw)[:7]
    if kind < 0.9:
        return day(draw)
    year = draw.randrange(2005, 2026)
    if kind < 0.95:
        return f"[{year}-01-01..{year}-06-30]"
    return f"[..{year}]" if kind < 0.98 else f"{year}~"
