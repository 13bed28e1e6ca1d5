"""Measures Filiera against its budgets and prints the table in Markdown.

    python -m tests.bench [--organisations N …] [--quick] [--only PART …]

All that is measured runs in processes of its own, one after the other. Ratios are medians over
pairs of runs that take turns, so that a slow moment of the machine falls on both sides.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench import drawing, programs, sections, serving, using
from tests.bench.sections import Workshop
from tests.bench.table import Line, markdown

_PARTS: dict[str, Callable[[Workshop], Iterator[Line]]] = {
    "loading": sections.loading,
    "catalogue": sections.asking,
    "answers": sections.answering,
    "projection": sections.projecting,
    "measures": sections.measuring_networks,
    "page": programs.page,
    "using": using.using,
    "drawing": drawing.drawing,
    "commands": programs.commands,
    "serving": serving.serving,
}


def main() -> None:
    """Measure what the command line asks for and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--organisations", type=int, nargs="+", metavar="N")
    parser.add_argument("--quick", action="store_true", help="small sizes, to try it out")
    parser.add_argument("--only", nargs="+", choices=_PARTS, default=list(_PARTS))
    chosen = parser.parse_args()
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="filiera-bench-") as folder:
        shop = Workshop(
            folder=Path(folder),
            sizes=chosen.organisations or [10_000 if chosen.quick else 100_000],
            asked=1_000 if chosen.quick else 10_000,
            drawn=1_200 if chosen.quick else 5_000,
            limit=2 if chosen.quick else 10,
            repeats=1 if chosen.quick else 3,
        )
        for part in chosen.only:
            sys.stderr.write(f"measuring: {part}\n")
            lines.extend(_PARTS[part](shop))
    sys.stdout.write(markdown(lines) + "\n")


if __name__ == "__main__":
    main()
