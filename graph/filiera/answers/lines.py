"""All lines about a thing: from its facts, its own properties, and what others say of it."""

from __future__ import annotations

from collections.abc import Iterator

from filiera.answers.dates import date_text
from filiera.answers.fact_lines import fact_lines
from filiera.answers.index import Index
from filiera.answers.rows import Line, Row, conflicting_roles, first_day, rows_of
from filiera.answers.wording import BARE, DUE, DURATION, INFERENCE, INVERSES, NOTE, PROPERTIES
from filiera.iris import is_thing
from filiera.texts import NOTHING, Text
from filiera.vocabulary import DCTERMS, FIL, FOAF, ORG, RDF, RDFS, SKOS

__all__ = ["lines_about"]

_DATES = ("start", "end", "asOf", "date", "due")
_SKIPPED = {
    RDF.type,
    RDFS.comment,
    FIL.inference,
    SKOS.prefLabel,
    *(FIL[role + side] for role in _DATES for side in ("", "Earliest", "Latest")),
}
_RANKS = {
    ORG.classification: "0",
    DCTERMS.type: "0",
    FIL.acronym: "4",
    FOAF.homepage: "5",
    DCTERMS.description: "7",
    SKOS.definition: "7",
}
_WITHOUT_NAME = (DCTERMS.description, SKOS.definition)


def lines_about(index: Index, thing: str) -> list[Line]:
    """All lines about a thing; those that say the same of the same are joined."""
    joined: dict[tuple[str, Text, Text, str], Line] = {}
    for line in _lines(index, thing):
        known = joined.setdefault(line.key(), line)
        if known is not line:
            known.disagrees = known.disagrees or line.disagrees
            known.sources += [one for one in line.sources if one not in known.sources]
            known.notes += [one for one in line.notes if one not in known.notes]
            known.inferences += [one for one in line.inferences if one not in known.inferences]
    return list(joined.values())


def _lines(index: Index, thing: str) -> Iterator[Line]:
    yield from _own_lines(index, thing)
    happenings = set()
    for node, predicate in index.referrers(thing):
        inverse = INVERSES.get(predicate)
        if inverse is None:
            yield from fact_lines(index, node, predicate)
        elif inverse[0] != "happenings":
            yield from _inverse_lines(index, node, predicate, thing)
        elif node not in happenings:
            happenings.add(node)
            yield from _happening_lines(index, node)


def _own_lines(index: Index, thing: str) -> Iterator[Line]:
    rows = rows_of(index, thing)
    conflicts = conflicting_roles(rows)
    for row in rows:
        for line in (*_own_dates(row), *_own_properties(row), *_remarks(row)):
            if line.when != NOTHING or line.text.it.startswith(DUE.it):
                line.disagrees = any(row.all(FIL[role]) for role in conflicts)
            line.order = (*line.order, line.text.it)
            yield line


def _own_dates(row: Row) -> Iterator[Line]:
    day = row.index.label(FIL.date)
    for text, roles in ((DURATION, ("start", "end", "asOf")), (day, ("date",))):
        when = row.when(*roles)
        if when != NOTHING:
            line = _own(row, "identity", text, "3", when)
            line.days = row.days(*roles)
            yield line
    for due in row.all(FIL.due):
        day = Text(date_text("it", due), date_text("en", due))
        yield _own(row, "identity", DUE.colon(day), "3")


def _own_properties(row: Row) -> Iterator[Line]:
    for predicate in row.predicates():
        if predicate in _SKIPPED:
            continue
        name = PROPERTIES.get(predicate) or row.index.label(predicate)
        group = INVERSES[predicate][0] if predicate in INVERSES else "identity"
        group = "identity" if group in ("happenings", "places") else group
        rank = _RANKS.get(predicate, "6")
        text = row.text(predicate)
        if text:
            said = text if predicate in _WITHOUT_NAME else name.colon(text)
            yield _own(row, group, said, rank)
        for value in row.iris(predicate):
            # A web address may have the look of an id: https://example.org/id/7.
            if is_thing(value) and predicate != FOAF.homepage:
                other = Text(f"{name.it}: {{}}", f"{name.en}: {{}}")
                yield _own(row, group, other, rank, other=value)
            elif predicate == FOAF.homepage:
                yield _own(row, group, name.colon(Text.same(value)), rank)
            else:
                yield _own(row, group, name.colon(row.index.label(value)), rank)


def _remarks(row: Row) -> Iterator[Line]:
    for predicate, name, rank in ((RDFS.comment, NOTE, "8"), (FIL.inference, INFERENCE, "9")):
        text = row.text(predicate)
        if text:
            yield _own(row, "identity", name.colon(text), rank)


def _own(
    row: Row, group: str, text: Text, rank: str, when: Text = NOTHING, other: str = ""
) -> Line:
    return Line(group, text, when, other, order=(rank,), sources=[row.source])


def _inverse_lines(index: Index, node: str, predicate: str, thing: str) -> Iterator[Line]:
    group, text = INVERSES[predicate]
    for row in rows_of(index, node):
        if thing in row.all(predicate):
            line = Line(group, text, other=node, order=(text.it, index.label(node).it))
            line.sources = [row.source]
            yield line


def _happening_lines(index: Index, node: str) -> Iterator[Line]:
    """An event, decision or commitment, as each of its sources tells it."""
    rows = rows_of(index, node)
    conflicts = conflicting_roles(rows)
    day = first_day(rows)
    for row in rows:
        if not row.all(RDF.type):
            continue
        due = [Text(date_text("it", day), date_text("en", day)) for day in row.all(FIL.due)]
        details = (row.labels(FIL.effect), row.labels(FIL.outcome), *map(DUE.colon, due))
        text = BARE.bracket(*details).colon(row.text(FIL.result))
        line = Line("happenings", text, row.when("date"), node, order=(day, node, first_day([row])))
        line.disagrees = any(row.all(FIL[role]) for role in conflicts)
        yield line.from_row(row)
