"""The chronicle of a body: all that changed for it, its units and its members, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from filiera.answers.cards import Cards
from filiera.answers.happenings import Days, Happening, days_of, happening
from filiera.answers.index import Index
from filiera.answers.member_times import MemberTime
from filiera.answers.rows import Row, rows_of
from filiera.iris import local_id
from filiera.texts import NOTHING, Text
from filiera.vocabulary import DCTERMS, FIL, ORG, concept

__all__ = ["chronicle"]

_JOINED = Text("{member} entra in {body}", "{member} joins {body}")
_LEFT = Text("{member} esce da {body}", "{member} leaves {body}")
_ATTESTED = Text(
    "{member} fa parte di {body} (giorno di ingresso non noto)",
    "{member} is a member of {body} (day of joining not known)",
)
_FOUNDED = Text("{thing} nasce", "{thing} comes into being")
_DISSOLVED = Text("{thing} cessa di esistere", "{thing} ceases to exist")
_STATUS = Text("{thing}: {status}", "{thing}: {status}")
_RENAMED = Text("{old} prende il nome {new}", "{old} takes the name {new}")
_CONTROLLED = Text("{buyer} prende il controllo di {thing}", "{buyer} takes control of {thing}")

_EXISTING = concept("status", "existing")
_CHANGES = {
    concept("status", slug)
    for slug in ("insolvent", "liquidation-sought", "in-liquidation", "merged", "dissolved")
}
_ACQUIRED = {concept("relation", slug) for slug in ("acquired", "acquired-assets-of")}
_CONTROLS = concept("relation", "controls")
_FLOWED_INTO = concept("relation", "flowed-into")
_FORMER = concept("naming-kind", "former")
_NAMES = {concept("naming-kind", slug) for slug in ("name", "legal")}
_DEEDS = {
    FIL.affects: "decision",
    FIL.decidedBy: "decision",
    FIL.committedBy: "commitment",
    FIL.concerns: "event",
    FIL.organiser: "event",
}
_CLASSES = {FIL.Decision: "decision", FIL.Commitment: "commitment"}


def chronicle(
    cards: Cards, body: str, times: Sequence[MemberTime], founded: str
) -> list[Happening]:
    """Happenings in the order of their days, those without a date last.

    Those of a member are told from the day on which it can have joined to the day on which it
    can have left; what befell it before is no history of the body.
    """
    index = cards.index
    units = [
        node
        for node, predicate in index.referrers(body)
        if predicate in (ORG.unitOf, ORG.subOrganizationOf)
    ]
    found = [*_memberships(cards, body, times, founded), *_networks(cards, body)]
    for thing in (body, *units):
        found += _changes(cards, thing, own=True)
        found += _deeds(cards, thing)
    seen: dict[str, list[MemberTime]] = {}
    for time in times:
        seen.setdefault(time.member, []).append(time)
    for member, spells in seen.items():
        found += [
            change
            for change in _changes(cards, member, own=False)
            if any(_meanwhile(change.days, spell, founded) for spell in spells)
        ]
    each = {(one.evidence[0].fact, one.kind): one for one in found}
    return sorted(each.values(), key=lambda one: (one.day or "~", one.kind, one.evidence[0].fact))


def _meanwhile(days: Days, time: MemberTime, founded: str) -> bool:
    joined = time.joining(founded).earliest or founded
    if days.latest and days.latest < joined:
        return False
    return not (time.end.latest and days.earliest > time.end.latest)


def _memberships(
    cards: Cards, body: str, times: Sequence[MemberTime], founded: str
) -> Iterator[Happening]:
    index = cards.index
    for time in times:
        node, member = time.node, time.member
        names = {"member": index.label(member), "body": index.label(body)}
        if index.values(node, FIL.start):
            text = _JOINED.put(**names)
            yield happening(cards, "joined", node, "start", member, text, other=body)
        else:
            text, days = _ATTESTED.put(**names), time.joining(founded)
            yield happening(cards, "attested", node, "asOf", member, text, other=body, within=days)
        if index.values(node, FIL.end):
            text = _LEFT.put(**names)
            yield happening(cards, "left", node, "end", member, text, other=body)


def _networks(cards: Cards, body: str) -> Iterator[Happening]:
    """What the body itself joined and left."""
    index = cards.index
    for node, predicate in index.referrers(body):
        if predicate != ORG.member:
            continue
        for network in index.values(node, ORG.organization):
            names = {"member": index.label(body), "body": index.label(network)}
            for kind, role, text in (
                ("joined-network", "start", _JOINED),
                ("in-network", "asOf", _ATTESTED),
                ("left-network", "end", _LEFT),
            ):
                known = role == "asOf" and index.values(node, FIL.start)
                if index.values(node, FIL[role]) and not known:
                    yield happening(cards, kind, node, role, body, text.put(**names), other=network)


def _changes(cards: Cards, thing: str, *, own: bool) -> Iterator[Happening]:
    """Phases, names and owners; of a member (not ``own``) only what changes its state."""
    index = cards.index
    namings = []
    for node, predicate in index.referrers(thing):
        if predicate == FIL.subject:
            types = index.types(node)
            if FIL.Phase in types:
                yield from _phase(cards, node, thing, own)
            elif FIL.Naming in types:
                namings.append(node)
        elif predicate == FIL.to:
            yield from _taken_over(cards, node, thing, own)
        elif predicate == FIL["from"]:
            yield from _merged(cards, node, thing)
    yield from _renamed(cards, namings, thing)


def _phase(cards: Cards, node: str, thing: str, own: bool) -> Iterator[Happening]:
    index = cards.index
    name = index.label(thing)
    for status in index.values(node, FIL.status):
        if status == _EXISTING:
            if own and index.values(node, FIL.start):
                yield happening(cards, "founded", node, "start", thing, _FOUNDED.put(thing=name))
            if index.values(node, FIL.end):
                yield happening(cards, "dissolved", node, "end", thing, _DISSOLVED.put(thing=name))
        elif own or status in _CHANGES:
            text = _STATUS.put(thing=name, status=index.label(status))
            role = "start" if index.values(node, FIL.start) else "asOf"
            momentary = index.values(status, FIL.momentary) == ["true"]
            yield happening(
                cards, local_id(status).rsplit("/", 1)[-1], node, role, thing, text,
                lasting=not momentary,
            )  # fmt: skip


def _taken_over(cards: Cards, node: str, thing: str, own: bool) -> Iterator[Happening]:
    index = cards.index
    relations, dated = index.values(node, FIL.relation), index.values(node, FIL.start)
    for relation in relations:
        for buyer in index.values(node, FIL["from"]):
            if relation in _ACQUIRED or (own and relation == _FLOWED_INTO):
                kind = "merged" if relation == _FLOWED_INTO else "taken-over"
                text = _told(index, buyer, relation, thing)
                yield happening(cards, kind, node, "start", thing, text, other=buyer)
            elif relation == _CONTROLS and dated:
                text = _CONTROLLED.put(buyer=index.label(buyer), thing=index.label(thing))
                yield happening(cards, "taken-over", node, "start", thing, text, other=buyer)


def _merged(cards: Cards, node: str, thing: str) -> Iterator[Happening]:
    index = cards.index
    if _FLOWED_INTO in index.values(node, FIL.relation):
        for other in index.values(node, FIL.to):
            text = _told(index, thing, _FLOWED_INTO, other)
            yield happening(cards, "merged", node, "start", thing, text, other=other)


def _told(index: Index, one: str, relation: str, other: str) -> Text:
    parts = [index.label(iri).literal() for iri in (one, relation, other)]
    return Text(" ".join(part.it for part in parts), " ".join(part.en for part in parts))


def _renamed(cards: Cards, namings: Sequence[str], thing: str) -> Iterator[Happening]:
    """A name that begins where an earlier one is known to be a former one."""
    index = cards.index
    former = [node for node in namings if _FORMER in index.values(node, DCTERMS.type)]
    for node in namings:
        starts = index.values(node, FIL.startLatest)
        if not starts or not _NAMES & set(index.values(node, DCTERMS.type)):
            continue
        earlier = [
            (days_of(rows_of(index, old), "start").earliest, name, old)
            for old in former
            for name in index.values(old, FIL.name)
        ]
        earlier = [one for one in earlier if one[0] <= max(starts)]
        if earlier:
            _, name, old = max(earlier)
            new = Text.same(index.values(node, FIL.name)[0])
            text = _RENAMED.put(old=Text.same(name), new=new)
            yield happening(cards, "renamed", node, "start", thing, text, before=[old])


def _deeds(cards: Cards, thing: str) -> Iterator[Happening]:
    """Decisions, events and commitments about a body or by it."""
    index = cards.index
    for node, predicate in index.referrers(thing):
        kind = _DEEDS.get(predicate)
        if kind is None:
            continue
        kind = next((_CLASSES[name] for name in index.types(node) if name in _CLASSES), kind)
        rows = rows_of(index, node)
        role = "due" if kind == "commitment" else "date"
        label = index.label(node)
        text = label.literal().bracket(*_kinds(rows))
        yield happening(cards, kind, node, role, thing, text, detail=_result(rows))


def _kinds(rows: Sequence[Row]) -> list[Text]:
    found = [row.labels(name) for row in rows for name in (FIL.effect, FIL.outcome)]
    return list(dict.fromkeys(text for text in found if text))


def _result(rows: Sequence[Row]) -> Text:
    """What came of it, by the source that says most."""
    texts = [text for row in rows if (text := row.text(FIL.result))]
    return max(texts, key=lambda text: (len(text.it), text), default=NOTHING)
