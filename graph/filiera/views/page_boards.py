"""The boards of the page: who works at each stage of a chain, at every moment.

All is told by the answer on gaps; here it is only written down, once for each change.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from filiera.answers.firms import Firm
from filiera.answers.gap_model import STATUSES, Gaps, StageGap
from filiera.answers.gaps import GapReader
from filiera.answers.gaps_told import knowledge_text
from filiera.answers.standing import Standing
from filiera.iris import local_id
from filiera.texts import NOTHING
from filiera.views.page_chains import PageChains
from filiera.views.page_refs import Refs, both, when_all
from filiera.views.page_standing import remarks_text, state_of

__all__ = ["SHORT", "boards"]

SHORT = {
    "nobody-known": "nobody",
    "outside-only": "outside",
    "at-risk": "risk",
    "one-only": "one",
    "covered": "covered",
}
"""What the page calls the statuses of the answer on gaps."""


def boards(
    reader: GapReader, chains: PageChains, moments: Sequence[date], refs: Refs
) -> list[list[dict[str, Any]]]:
    """Of each chain one entry for each moment at which it is not as at the one before.

    An entry holds what differs: stages that are as before, and a knowledge that is, are left out.
    """
    entries: list[list[dict[str, Any]]] = [[] for _ in chains.chains]
    known: list[dict[str, Any]] = [{} for _ in chains.chains]
    writer = _Writer(chains, refs)
    for moment, day in enumerate(moments):
        standing, _ = reader.view(day)
        for number, chain in enumerate(chains.chains):
            board = writer.board(reader.gaps(chain, day), standing)
            news = {key: told for key, told in board.items() if known[number].get(key) != told}
            if news:
                entry: dict[str, Any] = {"moment": moment}
                if "knowledge" in news:
                    entry["knowledge"] = news.pop("knowledge")
                entries[number].append(entry | {"stages": news})
                known[number] = board
    return entries


class _Writer:
    def __init__(self, chains: PageChains, refs: Refs) -> None:
        self._chains, self._refs = chains, refs

    def board(self, gaps: Gaps, standing: Standing) -> dict[str, Any]:
        """The stages of a chain by number, and what the graph knows of it."""
        told: dict[str, Any] = {"knowledge": self._refs.text(knowledge_text(gaps))}
        for stage in gaps.stages:
            told[str(self._chains.numbers[stage.iri])] = self._stage(stage, standing)
        return told

    def _stage(self, stage: StageGap, standing: Standing) -> dict[str, Any]:
        told: dict[str, Any] = {
            "status": SHORT[stage.status],
            "said": self._refs.text(STATUSES[stage.status]),
        }
        firms = (*stage.members, *stage.others, *stage.gone)
        if firms:
            told["firms"] = [self._firm(firm, standing) for firm in firms]
        if stage.breaks and stage.status != "covered":
            told["breaks"] = [self._chains.numbers[after] for after in stage.breaks]
        return told

    def _firm(self, firm: Firm, standing: Standing) -> dict[str, Any]:
        refs = self._refs
        told: dict[str, Any] = {"id": local_id(firm.iri)}
        if firm.iri not in self._chains.nodes:
            told["label"] = both(firm.label)
        if firm.member:
            told["member"] = True
        if firm.member == "possibly":
            told["possibly"] = True
        if firm.only_later:
            told["later"] = True
        state = state_of(standing, firm.iri)
        if not state and any(risk.kind == "stale" for risk in firm.risks):
            state = "stale"
        if state:
            told["state"] = state
            told["why"] = refs.text(remarks_text(firm.notes, firm.risks))
            told["whySources"] = refs.cited(
                one for remark in (*firm.notes, *firm.risks) for one in remark.evidence
            )
        if firm.what != NOTHING:
            told["what"] = refs.text(firm.what)
        told["sources"] = refs.cited(firm.claims)
        when = when_all(firm.claims)
        if when != NOTHING:
            told["when"] = refs.text(when)
        return told
