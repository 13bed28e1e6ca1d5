"""Where the stages of a chain stand: columns in the order of the flow, rows without overlap."""

from __future__ import annotations

from typing import NamedTuple

from filiera.answers.chain_stages import ChainStages

__all__ = ["Cell", "stage_grid"]


class Cell(NamedTuple):
    """Place of a stage; ``column`` is ``None`` for what serves the whole chain."""

    column: int | None
    row: int


def stage_grid(chain: ChainStages) -> dict[str, Cell]:
    """The cells of all stages of a chain.

    A stage stands to the right of what feeds it, and next to what it feeds where it can; parts
    stand below their whole, in the order of the flow, and what feeds a part feeds the whole. What
    is sent back (``fil:precedes`` leaves it out) moves nothing. The longest way through the chain
    has the first row.
    """
    flow = [stage for stage, _ in chain.in_order if not chain.cross_cutting(stage)]
    inside = set(flow)
    top_of: dict[str, str] = {}
    for stage in flow:
        # The order of the chain has every whole before its parts.
        top_of.setdefault(stage, top_of.get(chain.parents.get(stage, ""), stage))
    columns, lengths = _columns(chain, flow, top_of)
    blocks = {
        top: [stage for stage in flow if top_of[stage] == top] for top in dict.fromkeys(columns)
    }
    height: dict[int, int] = {}
    grid: dict[str, Cell] = {}
    for top in sorted(blocks, key=lambda stage: (-lengths[stage], flow.index(stage))):
        column = columns[top]
        for stage in blocks[top]:
            grid[stage] = Cell(column, height.get(column, 0))
            height[column] = height.get(column, 0) + 1
    aside = [stage for stage, _ in chain.in_order if stage not in inside]
    return grid | {stage: Cell(None, row) for row, stage in enumerate(aside)}


def _columns(
    chain: ChainStages, flow: list[str], top_of: dict[str, str]
) -> tuple[dict[str, int], dict[str, int]]:
    """Columns of the wholes, and of each the length of the longest way through it."""
    tops = list(dict.fromkeys(top_of[stage] for stage in flow))
    following: dict[str, set[str]] = {top: set() for top in tops}
    for stage in flow:
        for fed in chain.feeds(stage):
            if fed in top_of and fed in chain.follows.get(stage, ()):
                following[top_of[stage]].add(top_of[fed])
    order = _sorted(tops, following)
    place = {stage: number for number, stage in enumerate(order)}
    # Of a circle only what leads on is kept.
    ahead = {
        one: sorted(other for other in following[one] if place[other] > place[one]) for one in order
    }
    column = dict.fromkeys(order, 0)
    for one in order:
        for other in ahead[one]:
            column[other] = max(column[other], column[one] + 1)
    tail = dict.fromkeys(order, 0)
    for one in reversed(order):
        tail[one] = max((tail[other] + 1 for other in ahead[one]), default=0)
    lengths = {one: column[one] + tail[one] for one in order}
    fed_by = {other for others in ahead.values() for other in others}
    for one in reversed(order):
        incoming = sum(one in others for others in ahead.values())
        if ahead[one] and (one not in fed_by or len(ahead[one]) > incoming):
            column[one] = min(column[other] for other in ahead[one]) - 1
    return column, lengths


def _sorted(stages: list[str], following: dict[str, set[str]]) -> list[str]:
    """Stages after those that they follow; where all wait for each other, the first goes first."""
    order: list[str] = []
    waiting = dict.fromkeys(stages)
    while waiting:
        blocked = {other for one in waiting for other in following[one] if other != one}
        free = [stage for stage in waiting if stage not in blocked] or [next(iter(waiting))]
        order += free
        for stage in free:
            del waiting[stage]
    return order
