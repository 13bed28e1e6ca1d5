"""Lines about a thing from the fact nodes that point at it, one builder a side of a fact."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from filiera.answers.index import Index
from filiera.answers.numbers import amount_text
from filiera.answers.rows import Line, Row, conflicting_roles, first_day, rows_of
from filiera.answers.wording import BARE, DISSOLVED, END_UNKNOWN, FOUNDED, SEAT
from filiera.texts import NOTHING, Text
from filiera.vocabulary import DCTERMS, FIL, ORG, RDF, SCHEMA, SKOS, concept

__all__ = ["fact_lines"]

_EXISTING = concept("status", "existing")
_PLAIN_NAME = concept("naming-kind", "name")


def fact_lines(index: Index, node: str, side: str) -> Iterator[Line]:
    """Lines that a fact gives for the thing at which its property ``side`` points.

    One line for each source and value; none where the property is no side of a fact.
    """
    builder = _BUILDERS.get(side)
    if builder is None:
        return
    rows = rows_of(index, node)
    conflicts = conflicting_roles(rows)
    day = first_day(rows)
    for row in rows:
        if not row.all(side):
            continue
        for line in builder(row):
            disputed = conflicts & set(line.roles) if line.roles else conflicts
            line.disagrees = any(row.all(FIL[role]) for role in disputed)
            line.order = (*line.order, day, node, first_day([row]))
            yield line.from_row(row)


def _membership(row: Row) -> Iterator[Line]:
    text = BARE.bracket(row.labels(ORG.role))
    yield Line("memberships", text, _open_ended(row), row.one(ORG.organization))


def _member(row: Row) -> Iterator[Line]:
    text = BARE.bracket(row.labels(ORG.role))
    yield Line("members", text, _open_ended(row), row.one(ORG.member))


def _open_ended(row: Row) -> Text:
    """When something holds; says so where its end is not known."""
    when = row.when()
    if not row.all(FIL.start) or row.all(FIL.end):
        return when
    return Text(f"{when.it}, {END_UNKNOWN.it}", f"{when.en}, {END_UNKNOWN.en}")


def _tie_out(row: Row) -> Iterator[Line]:
    relation = row.labels(FIL.relation) or NOTHING
    yield _tie(row, relation, row.one(FIL.to))


def _tie_in(row: Row) -> Iterator[Line]:
    relation = row.one(FIL.relation)
    inverse = row.index.text(relation, FIL.inverseLabel) or row.index.label(relation)
    yield _tie(row, inverse, row.one(FIL["from"]))


def _tie(row: Row, relation: Text, other: str) -> Line:
    text = Text(f"{relation.literal().it} {{}}", f"{relation.literal().en} {{}}")
    return Line("ties", text, row.when(), other, order=(relation.it,))


def _office(row: Row) -> Iterator[Line]:
    holder = row.labels(FIL.holder) or NOTHING
    text = holder.colon(_function(row)).bracket(row.labels(FIL.affiliation))
    yield Line("offices", text, _open_ended(row))


def _office_elsewhere(row: Row) -> Iterator[Line]:
    held = (row.labels(FIL.holder) or NOTHING).colon(_function(row)).literal()
    text = Text(f"{held.it}, {{}}", f"{held.en}, {{}}")
    yield Line("offices", text, _open_ended(row), row.one(FIL.body))


def _office_of_person(row: Row) -> Iterator[Line]:
    held = (_function(row) or NOTHING).literal()
    text = Text(f"{held.it}, {{}}", f"{held.en}, {{}}")
    yield Line("offices", text, _open_ended(row), row.one(FIL.body))


def _function(row: Row) -> Text | None:
    """The role, and what the source calls it where that says more."""
    role, title = row.labels(FIL.role), row.text(DCTERMS.title)
    return role.bracket(title) if role else title


def _in_role(row: Row) -> Text:
    return BARE.bracket(row.labels(FIL.role), row.text(DCTERMS.title))


def _field(row: Row) -> Line:
    return Line("fields", (row.labels(FIL.field) or NOTHING).colon(row.labels(FIL.focus)))


def _offering(row: Row) -> Line:
    product = row.text(SKOS.prefLabel) or row.index.label(row.node)
    return Line("offerings", product.bracket(row.text(FIL.technology)), row.when())


def _naming(row: Row) -> Line:
    kinds = [kind for kind in row.all(DCTERMS.type) if kind != _PLAIN_NAME]
    name = row.text(FIL.name) or NOTHING
    return Line("names", name.bracket(*map(row.index.label, kinds)), row.when())


def _phase(row: Row) -> Iterator[Line]:
    if row.one(FIL.status) != _EXISTING:
        yield Line("phases", row.labels(FIL.status) or NOTHING, row.when())
        return
    for text, role, place in ((FOUNDED, "start", "2"), (DISSOLVED, "end", "3")):
        if row.all(FIL[role]):
            yield Line("identity", text, row.on(role), order=(place,), roles=(role,))
    if not row.all(FIL.start) and not row.all(FIL.end):
        yield Line("identity", row.labels(FIL.status) or NOTHING, row.when(), order=("2",))


def _figure(row: Row) -> Iterator[Line]:
    index = row.index
    measure = row.one(FIL.measure)
    unit = next(iter(index.values(measure, FIL.unit)), "")
    head = index.label(measure).bracket(row.labels(FIL.ofKind), row.labels(FIL.nature))
    precision = row.labels(FIL.precision)
    for value in row.all(FIL.value):
        amount = Text(*(amount_text(Decimal(value), unit, lang) for lang in ("it", "en")))
        if precision:
            amount = Text(f"{precision.it} {amount.it}", f"{precision.en} {amount.en}")
        yield Line("figures", head.colon(amount), row.when(), order=(head.it,))


def _claim(row: Row) -> Line:
    stage = row.one(FIL.stage)
    chains = [row.index.label(chain) for chain in row.index.values(stage, FIL.stageOf)]
    text = BARE.bracket(*chains).colon(row.text(DCTERMS.description))
    return Line("stages", text, row.when(), stage)


def _claim_at_stage(row: Row) -> Iterator[Line]:
    text = BARE.colon(row.text(DCTERMS.description))
    yield Line("claims", text, row.when(), row.one(FIL.subject))


def _part(row: Row) -> Iterator[Line]:
    yield Line("projects", _in_role(row), row.when(), row.one(FIL.project))


def _participant(row: Row) -> Iterator[Line]:
    yield Line("participants", _in_role(row), row.when(), row.one(FIL.participant))


def _seat(row: Row) -> Iterator[Line]:
    for place in row.all(FIL.place):
        parents = row.index.values(place, SCHEMA.containedInPlace)
        around = [row.index.label(parent) for parent in parents]
        yield Line("identity", SEAT.colon(row.index.label(place).bracket(*around)), order=("1",))


def _at_place(row: Row) -> Iterator[Line]:
    """Who has a seat at a place, and what happened there."""
    for owner in row.all(ORG.siteOf):
        yield Line("seats", BARE, row.when(), owner, order=(row.index.label(owner).it,))
    if not row.all(ORG.siteOf):
        yield Line("happenings", BARE, row.when("date"), row.node)


def _of_subject(row: Row) -> Iterator[Line]:
    classes = row.all(RDF.type)
    if FIL.Figure in classes:
        yield from _figure(row)
    elif FIL.Phase in classes:
        yield from _phase(row)
    else:
        for name, builder in _SIMPLE.items():
            if name in classes:
                yield builder(row)


_SIMPLE: dict[str, Callable[[Row], Line]] = {
    FIL.FieldClaim: _field,
    FIL.Offering: _offering,
    FIL.Naming: _naming,
    FIL.CapabilityClaim: _claim,
}
_BUILDERS: dict[str, Callable[[Row], Iterator[Line]]] = {
    ORG.member: _membership,
    ORG.organization: _member,
    FIL["from"]: _tie_out,
    FIL.to: _tie_in,
    FIL.body: _office,
    FIL.affiliation: _office_elsewhere,
    FIL.holder: _office_of_person,
    FIL.subject: _of_subject,
    FIL.stage: _claim_at_stage,
    FIL.participant: _part,
    FIL.project: _participant,
    ORG.siteOf: _seat,
    FIL.place: _at_place,
}
