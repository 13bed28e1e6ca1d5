"""The history of the body in focus, as the page holds it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from filiera.answers.cards import Cards
from filiera.answers.happenings import Happening
from filiera.answers.history import history
from filiera.answers.member_times import founding_of, member_times, standing
from filiera.answers.stated_members import StatedMembers
from filiera.iris import local_id
from filiera.store import Store
from filiera.texts import NOTHING, Text
from filiera.views.page_refs import Refs, day_number

__all__ = ["page_history"]

_KINDS = {
    "event": "event",
    "decision": "decision",
    "joined": "joined",
    "left": "left",
    "renamed": "renamed",
    "taken-over": "bought",
    "merged": "bought",
    "founded": "founded",
}
"""What the page calls the kinds of happenings; all others are ``other``."""


def page_history(
    store: Store,
    cards: Cards,
    body: str,
    moments: Sequence[date],
    shown: Iterable[str],
    refs: Refs,
) -> dict[str, Any]:
    """Members stated and named, and what happened; all empty without a body."""
    if not body:
        return {"stated": [], "named": [], "happenings": []}
    told = history(store, body)
    times = member_times(cards.index, body)
    founded = founding_of(cards.index, body)
    counts = [standing(times, moment.isoformat(), founded) for moment in moments]
    nodes = frozenset(shown)
    return {
        "stated": [_stated(one, refs) for one in told.stated if one.total],
        "named": [[len(certain), len(possible)] for certain, possible in counts],
        "happenings": [_happening(one, body, nodes, refs) for one in told.happenings],
    }


def _stated(one: StatedMembers, refs: Refs) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if one.days.latest:
        told["day"] = day_number(one.days.latest)
    told["value"] = int(one.value) if one.value == int(one.value) else float(one.value)
    if one.precision != NOTHING:
        told["precision"] = refs.text(one.precision)
    told["text"] = refs.text(Text(one.sentence("it"), one.sentence("en")))
    told["sources"] = refs.cited([one.evidence])
    if one.disagrees:
        told["disagrees"] = True
    return told


def _happening(one: Happening, body: str, nodes: frozenset[str], refs: Refs) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if one.day:
        told["day"] = day_number(one.day)
    if one.days.latest and one.days.latest > one.day:
        told["last"] = day_number(one.days.latest)
    told["text"] = refs.text(one.text.colon(one.detail if one.detail != NOTHING else None))
    if one.when != NOTHING:
        told["when"] = refs.text(one.when)
    told["sources"] = refs.cited(one.evidence)
    others = [iri for iri in dict.fromkeys((one.thing, one.other)) if iri in nodes and iri != body]
    if others:
        told["others"] = [local_id(iri) for iri in others]
    told["kind"] = _KINDS.get(one.kind, "other")
    if one.disagrees:
        told["disagrees"] = True
    return told
