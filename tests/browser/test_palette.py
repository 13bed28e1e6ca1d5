"""The colours: readable in both themes, and apart for colour-blind eyes."""

from __future__ import annotations

import math
import re
from itertools import combinations
from pathlib import Path

import pytest

from filiera.views import page_template

THEME = Path(page_template.__file__).parent / "page" / "theme.css"
HUES = [f"hue-{number}" for number in range(1, 6)]

SIGHT = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""How eyes see linear RGB (Machado, Oliveira and Fernandes 2009, severity 1)."""


def palette(theme: str) -> dict[str, str]:
    pairs = re.findall(
        r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", THEME.read_text(encoding="utf-8")
    )
    return {name: dark if theme == "dark" else light for name, light, dark in pairs}


def linear(colour: str) -> tuple[float, float, float]:
    def one(at: int) -> float:
        value = int(colour[at : at + 2], 16) / 255
        return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)

    return one(1), one(3), one(5)


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG 2.2)."""
    low, high = sorted(
        0.2126 * red + 0.7152 * green + 0.0722 * blue
        for red, green, blue in (linear(one), linear(other))
    )
    return (high + 0.05) / (low + 0.05)


def oklab(colour: str, sight: str) -> tuple[float, ...]:
    """Where a colour lies for an eye (Oklab, Ottosson 2020)."""
    red, green, blue = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, linear(colour), strict=True))))
        for row in SIGHT[sight]
    )
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read(theme: str) -> None:
    colours = palette(theme)
    for ground in ("ground", "sheet"):
        for text in ("ink", "quiet", "link"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    assert contrast(colours["doubt"], colours["doubt-ground"]) >= 4.5
    assert contrast(colours["quiet"], colours["doubt-ground"]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("hue", HUES)
def test_shapes_stand_out_from_the_ground(theme: str, hue: str) -> None:
    colours = palette(theme)
    assert contrast(colours[hue], colours["ground"]) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("sight", SIGHT)
def test_hues_stay_apart(theme: str, sight: str) -> None:
    colours = palette(theme)
    for one, other in combinations(HUES, 2):
        apart = math.dist(oklab(colours[one], sight), oklab(colours[other], sight))
        assert apart >= 0.09, (one, other)
