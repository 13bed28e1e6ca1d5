"""Measuring: each task in a fresh process, its time, its memory, and how quiet the machine was."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp, log
from pathlib import Path
from statistics import median
from typing import Any

__all__ = [
    "NOISY",
    "ROOT",
    "Measurement",
    "geometric_mean",
    "measure",
    "pairs",
    "run",
    "wait_until",
]

ROOT = Path(__file__).resolve().parents[2]
NOISY = 0.1
"""Share of the machine in other hands from which a measurement counts as disturbed."""


@dataclass(frozen=True)
class Measurement:
    """What one task took: seconds of clock and of processor, and MiB at the peak.

    ``others`` is the share of the machine that other programs used meanwhile (0 to 1), or 0
    where the system does not tell. ``result`` is what the task itself reports.
    """

    wall: float
    cpu: float
    peak: float
    others: float = 0.0
    result: dict[str, Any] = field(default_factory=dict)


def measure(task: str, *arguments: object) -> Measurement:
    """Run a task of `tests.bench.tasks` in a process of its own.

    Raises RuntimeError with what the task wrote when it fails.
    """
    busy, total = _processor_times()
    command = [sys.executable, "-m", "tests.bench.tasks", task, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{task} failed:\n{done.stderr}")
    report = json.loads(done.stdout)
    busy_after, total_after = _processor_times()
    share = 0.0
    if total_after > total:
        own = report["process"]
        share = max(0.0, (busy_after - busy - own) / (total_after - total))
    return Measurement(report["wall"], report["cpu"], report["peak"], share, report["result"])


def pairs(
    first: Sequence[object], second: Sequence[object], count: int
) -> list[tuple[Measurement, Measurement]]:
    """Measure two tasks by turns, so that slow changes of the machine fall on both alike.

    Pairs during which other programs were busy are measured again, up to as many as were asked
    for; if the machine is never quiet, the disturbed ones count.
    """
    found: list[tuple[Measurement, Measurement]] = []
    quiet: list[tuple[Measurement, Measurement]] = []
    while len(quiet) < count and len(found) < 2 * count:
        order = (first, second) if len(found) % 2 == 0 else (second, first)
        one, other = (measure(str(task), *arguments) for task, *arguments in order)
        found.append((one, other) if order[0] is first else (other, one))
        if max(one.others, other.others) <= NOISY:
            quiet.append(found[-1])
    return quiet or found


def run(command: Sequence[str], count: int) -> tuple[float, float]:
    """Seconds of clock and of processor that a whole command takes; the medians of some runs.

    Raises CalledProcessError when it fails.
    """
    wall, cpu = [], []
    for _ in range(count):
        start, spent = time.perf_counter(), _children()
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        wall.append(time.perf_counter() - start)
        cpu.append(_children() - spent)
    return median(wall), median(cpu)


def wait_until(ready: Any, limit: float = 60.0) -> None:
    """Wait until ``ready()`` is true, looking every 5 ms; TimeoutError after ``limit`` seconds."""
    end = time.perf_counter() + limit
    while not ready():
        if time.perf_counter() > end:
            raise TimeoutError(f"not ready after {limit} s")
        time.sleep(0.005)


def geometric_mean(ratios: Sequence[float]) -> float:
    """Geometric mean of positive numbers."""
    return exp(sum(map(log, ratios)) / len(ratios))


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _processor_times() -> tuple[float, float]:
    """Seconds that all processors were busy, and all seconds, since the start of the system."""
    try:
        line = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0]
    except OSError:
        return 0.0, 0.0
    ticks = [int(part) for part in line.split()[1:9]]
    second = os.sysconf("SC_CLK_TCK")
    idle = ticks[3] + ticks[4]
    return (sum(ticks) - idle) / second, sum(ticks) / second
