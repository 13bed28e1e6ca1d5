"""The sections of the table: each makes what it needs, measures it, and tells the lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.asking import Answer
from tests.bench.generator import generate
from tests.bench.measuring import NOISY, Measurement, geometric_mean, measure, pairs
from tests.bench.table import Line

__all__ = [
    "Workshop",
    "answering",
    "asking",
    "loading",
    "measuring_networks",
    "projecting",
]

_SEED = 7


@dataclass(frozen=True)
class Workshop:
    """Where the generated data lies, and how much is measured."""

    folder: Path
    sizes: Sequence[int]
    """Organisations of the ecosystems that are loaded and projected."""
    asked: int
    """Organisations of the ecosystem that is asked, and that rdflib has to load."""
    drawn: int
    """Organisations of the ecosystem that networkx has to measure and lay out."""
    limit: int
    """Seconds of processor after which a question to rdflib is broken off."""
    repeats: int
    """Pairs of runs of which the median is taken."""

    def dataset(self, organisations: int) -> Path:
        """Folder of a generated data set, made when it is first asked for."""
        folder = self.folder / f"{organisations}"
        if not folder.exists():
            generate(folder, organisations, _SEED)
        return folder

    def quads(self, organisations: int) -> Path:
        """N-Quads file of a generated data set, as the build makes it before the rules."""
        file = self.folder / f"{organisations}.nq"
        if not file.exists():
            measure("text", self.dataset(organisations), file)
        return file


def loading(shop: Workshop) -> Iterator[Line]:
    """From the tables to a graph that can be asked."""
    for size in shop.sizes:
        folder, file = shop.dataset(size), shop.quads(size)
        found = pairs(("ours", folder), ("bare", file), shop.repeats)
        quads = found[0][1].result["quads"]
        what = f"tables → queryable in memory, {size:,} organisations ({quads:,} quads)"
        yield _compared(f"{what}: against the bare bulk load", found, "≤", 1.25)
        yield _after_loading(folder, size)
    folder, file = shop.dataset(shop.asked), shop.quads(shop.asked)
    found = pairs(("rdflib_load", file), ("ours", folder), 1)
    yield _compared(f"the same, {shop.asked:,} organisations: against rdflib", found, "≥", 5)


def _after_loading(folder: Path, size: int) -> Line:
    measured = measure("after_loading", folder)
    seconds: dict[str, float] = measured.result["seconds"]
    slowest = max(seconds, key=lambda name: seconds[name])
    told = (
        f"{measured.wall:.1f} s: rules {measured.wall - seconds['description']:.1f} s,"
        f" description {seconds['description']:.1f} s; the slowest is {slowest}"
        f" ({seconds[slowest]:.1f} s); {measured.result['quads']:,} quads, peak {_peak([measured])}"
    )
    return Line(f"rules and description after loading, {size:,} organisations", "", told)


def asking(shop: Workshop) -> Iterator[Line]:
    """The catalogue in our store and in rdflib."""
    folder, file = shop.dataset(shop.asked), shop.folder / f"{shop.asked}-built.nq"
    measure("dump", folder, file)
    ours: dict[str, Answer] = measure("catalogue", file, folder).result["answers"]
    theirs: dict[str, Answer] = measure("catalogue_rdflib", file, folder, shop.limit).result[
        "answers"
    ]
    mean = geometric_mean([theirs[name]["cpu"] / ours[name]["cpu"] for name in ours])
    broken = sum(answer["rows"] is None for answer in theirs.values())
    what = f"the catalogue ({len(ours)} questions), {shop.asked:,} organisations"
    yield Line(
        f"{what}: geometric mean against rdflib",
        "≥ 20 ×",
        f"{mean:.0f} × ({broken} broken off in rdflib after {shop.limit} s, which counts as"
        " their time)",
        mean >= 20,
    )
    by_time = sorted(ours, key=lambda name: -ours[name]["cpu"])
    slow = [name for name in by_time if ours[name]["cpu"] > 0.1]
    shown = [f"{name} {ours[name]['cpu'] * 1000:.0f} ms" for name in slow or by_time[:1]]
    yield Line(
        f"{what}: each question",
        "≤ 100 ms CPU",
        f"{'over the limit' if slow else 'the slowest'}: {', '.join(shown)}",
        not slow,
    )
    unlike = [
        f"{name} ({ours[name]['rows']} rows, rdflib {theirs[name]['rows']})"
        for name in ours
        if theirs[name]["rows"] not in (None, ours[name]["rows"])
    ]
    told = ", ".join(unlike) or f"all of the {len(ours) - broken} answered"
    yield Line(f"{what}: as many rows as rdflib", "all", told, not unlike)


def answering(shop: Workshop) -> Iterator[Line]:
    """Every answer that is offered by name."""
    measured = measure("answers", shop.dataset(shop.asked)).result["answers"]
    for name, ways in measured.items():
        seconds, given = max(ways, key=lambda way: float(way[0]))
        words = " ".join(f"{key}={value}" for key, value in given.items())
        yield Line(
            f"the answer `{name}`, {shop.asked:,} organisations",
            "< 2 s",
            f"{seconds:.2f} s" + (f" ({words})" if words else ""),
            seconds < 2,
        )


def projecting(shop: Workshop) -> Iterator[Line]:
    """From the graph to a network that algorithms can work on."""
    for size in shop.sizes:
        folder = shop.dataset(size)
        found = pairs(("projection_rdflib", folder), ("projection", folder), shop.repeats)
        edges = found[0][1].result["edges"]
        what = f"graph → igraph, {size:,} organisations ({edges:,} edges)"
        yield _compared(f"{what}: against rdflib's external_graph_libs", found, "≥", 3)


def measuring_networks(shop: Workshop) -> Iterator[Line]:
    """Communities, betweenness and layout: with igraph, and the same with networkx."""
    yield from _communities(shop)
    folder = shop.dataset(shop.drawn)
    found = pairs(("betweenness", folder, "networkx"), ("betweenness", folder, "igraph"), 1)
    theirs, ours = (run.result["scores"] for run in found[0])
    what = f"betweenness, exact, {shop.drawn:,} organisations ({len(ours):,} nodes)"
    yield _compared(f"{what}: against networkx", found, "≥", 40)
    apart = max(abs(one - other) for one, other in zip(ours, theirs, strict=True))
    yield Line(f"{what}: furthest from networkx", "≤ 1e-9", f"{apart:.0e}", apart <= 1e-9)
    found = pairs(("positions_networkx", folder), ("positions", folder), 1)
    what = f"layout, {shop.drawn:,} organisations ({found[0][1].result['nodes']:,} nodes)"
    yield _compared(f"{what}: against networkx's forceatlas2_layout", found, "≥", 100)


def _communities(shop: Workshop) -> Iterator[Line]:
    folder = shop.dataset(shop.asked)
    runs = ("communities", folder, "networkx"), ("communities", folder, "igraph")
    found = pairs(*runs, shop.repeats)
    theirs, ours = (run.result for run in found[0])
    what = f"communities, {shop.asked:,} organisations ({ours['nodes']:,} nodes)"
    yield _compared(f"{what}: Leiden against networkx's Louvain", found, "≥", 15)
    yield Line(
        f"{what}: modularity",
        "no lower",
        f"{ours['modularity']:.4f} against {theirs['modularity']:.4f}",
        ours["modularity"] >= theirs["modularity"],
    )


def _compared(
    what: str,
    found: Sequence[tuple[Measurement, Measurement]],
    side: str,
    limit: float,
) -> Line:
    ratio = median(first.wall / second.wall for first, second in found)
    firsts, seconds = ([pair[side] for pair in found] for side in (0, 1))
    others = max(run.others for pair in found for run in pair)
    noise = f"; other programs took up to {others:.0%} of the machine" if others > NOISY else ""
    return Line(
        what,
        f"{side} {limit:g} ×",
        f"{ratio:.2f} × ({_times(firsts)} against {_times(seconds)}; peak {_peak(firsts)}"
        f" against {_peak(seconds)}{noise})",
        ratio <= limit if side == "≤" else ratio >= limit,
    )


def _times(runs: Iterable[Measurement]) -> str:
    measured = list(runs)
    wall, cpu = median(run.wall for run in measured), median(run.cpu for run in measured)
    return f"{wall:.2f} s, CPU {cpu:.2f} s"


def _peak(runs: Iterable[Measurement]) -> str:
    return f"{max(run.peak for run in runs):,.0f} MiB"
