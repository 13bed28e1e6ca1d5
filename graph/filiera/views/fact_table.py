"""Every fact as a row, once for each source that states it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from filiera.ecosystem import Ecosystem
from filiera.languages import LANGUAGES, best
from filiera.results import Column, Iri, Results, Value
from filiera.vocabulary import DCTERMS, FIL, ORG, RDF, RDFS, SILENT_GRAPHS, SKOS

__all__ = ["COLUMNS", "fact_table"]


@dataclass(frozen=True)
class _Reading:
    """How a class of facts reads as a sentence: subject, predicate, value.

    ``predicate`` is the property whose concept says what is stated (a role, a measure);
    where there is none, the property of the value says it.
    """

    subject: str
    predicate: str
    value: str


_READINGS: dict[str, _Reading] = {
    FIL.Membership: _Reading(ORG.member, ORG.role, ORG.organization),
    FIL.Tie: _Reading(FIL["from"], FIL.relation, FIL.to),
    FIL.OfficeTerm: _Reading(FIL.holder, FIL.role, FIL.body),
    FIL.FieldClaim: _Reading(FIL.subject, "", FIL.field),
    FIL.Offering: _Reading(FIL.subject, "", SKOS.prefLabel),
    FIL.Naming: _Reading(FIL.subject, DCTERMS.type, FIL.name),
    FIL.Phase: _Reading(FIL.subject, "", FIL.status),
    FIL.CapabilityClaim: _Reading(FIL.subject, "", FIL.stage),
    FIL.Figure: _Reading(FIL.subject, FIL.measure, FIL.value),
    FIL.Participation: _Reading(FIL.participant, FIL.role, FIL.project),
    FIL.Seat: _Reading(ORG.siteOf, "", FIL.place),
    FIL.Decision: _Reading(FIL.decidedBy, FIL.effect, FIL.affects),
    FIL.Commitment: _Reading(FIL.committedBy, FIL.outcome, FIL.concerns),
}

_TIMES = {"start": FIL.start, "end": FIL.end, "as_of": FIL.asOf, "date": FIL.date}
_REMARKS = {
    f"{name}_{lang}": (predicate, lang)
    for name, predicate in (("note", RDFS.comment), ("inferred", FIL.inference))
    for lang in LANGUAGES
}

COLUMNS: dict[str, tuple[str, str]] = {
    "fact": ("text", "IRI of the fact, or of the thing that the row describes"),
    "type": ("thing", "class of the fact"),
    "subject": ("thing", "what it is said of"),
    "predicate": ("thing", "what is said: relation, role, measure or property"),
    "value": ("thing", "the other thing, the number or the text"),
    "start": ("text", "since when, as said (EDTF)"),
    "end": ("text", "until when, as said (EDTF)"),
    "as_of": ("text", "day on which it held, as said (EDTF)"),
    "date": ("text", "day or period, as said (EDTF)"),
    "language": ("text", "language of the value, where it is a text in one"),
    "source": ("thing", "graph of the source that says so"),
    "details": ("text", "all else that the source says of it: property=value; …"),
    "note_it": ("text", "remark, in Italian"),
    "note_en": ("text", "remark, in English"),
    "inferred_it": ("text", "how it was worked out, in Italian"),
    "inferred_en": ("text", "how it was worked out, in English"),
}
"""Columns of the table: kind and meaning. Those of kind ``thing`` are followed by a label."""


class _Said(NamedTuple):
    """One object of a statement; ``lang`` is empty but for a text in a language."""

    value: Iri | str
    lang: str


def fact_table(ecosystem: Ecosystem) -> Results:
    """All that the sources state, in rows with the columns ``COLUMNS``.

    A fact (membership, tie, figure …) is one row for each source that states it. What a
    source says of a thing directly (its kind, its website) is one row for each statement.
    """
    rows: list[tuple[Value, ...]] = []
    for (source, node), said in sorted(_stated(ecosystem).items()):
        record = _Record(ecosystem, source, node, said)
        rows.extend(record.rows())
    columns = [Column(name, name, kind) for name, (kind, _) in COLUMNS.items()]
    return Results(columns, rows, lang=ecosystem.lang)


def _stated(ecosystem: Ecosystem) -> dict[tuple[str, str], dict[str, list[_Said]]]:
    """Objects by predicate of each (graph of a source, node).

    The earliest and latest days are left out: they follow from the dates as said.
    """
    stated: dict[tuple[str, str], dict[str, list[_Said]]] = defaultdict(lambda: defaultdict(list))
    for quad in ecosystem.store.graph_quads():
        graph, subject, term = quad.graph_name, quad.subject, quad.object
        assert isinstance(subject, NamedNode)
        if not isinstance(graph, NamedNode) or graph.value in SILENT_GRAPHS:
            continue
        predicate = quad.predicate.value
        if predicate.startswith(FIL.base) and predicate.endswith(("Earliest", "Latest")):
            continue
        if isinstance(term, Literal):
            said = _Said(term.value, term.language or "")
        else:
            assert isinstance(term, NamedNode)
            said = _Said(_labelled(ecosystem, term.value), "")
        stated[graph.value, subject.value][predicate].append(said)
    return stated


class _Record:
    """What one source says of one node, as rows."""

    def __init__(
        self, ecosystem: Ecosystem, source: str, node: str, said: Mapping[str, list[_Said]]
    ) -> None:
        self._ecosystem = ecosystem
        self._node = _labelled(ecosystem, node)
        self._source = _labelled(ecosystem, source)
        self._said = {name: sorted(objects) for name, objects in said.items()}

    def rows(self) -> Iterator[tuple[Value, ...]]:
        """One row for a fact; for another thing, one for each thing said of it."""
        types = self._said.get(RDF.type, [])
        facts = [said for said in types if said.value in _READINGS]
        if facts:
            yield self._fact(facts[0].value, _READINGS[facts[0].value])
            return
        others = {name: said for name, said in self._said.items() if name != RDF.type}
        for predicate, objects in sorted((others or self._said).items()):
            for said in objects:
                yield self._row(
                    {
                        "type": _joined(types),
                        "subject": self._node,
                        "predicate": _labelled(self._ecosystem, predicate),
                        "value": _joined([said]),
                        "language": said.lang,
                    }
                )

    def _fact(self, kind: str, reading: _Reading) -> tuple[Value, ...]:
        own = {reading.subject, reading.value, *_TIMES.values(), RDF.type}
        predicate: Iri | str | None = _labelled(self._ecosystem, reading.value)
        if reading.predicate in self._said:
            predicate = _joined(self._said[reading.predicate])
            own.add(reading.predicate)
        values = self._said.get(reading.value, [])
        remarks = {
            (term, lang): [said for said in self._said.get(term, []) if said.lang == lang]
            for term, lang in _REMARKS.values()
        }
        details = [
            f"{_local(name)}{'@' * bool(said.lang)}{said.lang}={_short(said.value)}"
            for name, objects in self._said.items()
            if name not in own
            for said in objects
            if (name, said.lang) not in remarks
        ]
        return self._row(
            {
                "type": _labelled(self._ecosystem, kind),
                "subject": _joined(self._said.get(reading.subject, [])),
                "predicate": predicate,
                "value": _joined(values),
                "language": "; ".join(sorted({said.lang for said in values if said.lang})),
                "details": "; ".join(sorted(details)),
                **{name: _joined(self._said.get(term, [])) for name, term in _TIMES.items()},
                **{name: _joined(remarks[remark]) for name, remark in _REMARKS.items()},
            }
        )

    def _row(self, cells: Mapping[str, Value]) -> tuple[Value, ...]:
        known: dict[str, Value] = {"fact": self._node, "source": self._source, **cells}
        return tuple(known.get(name) or None for name in COLUMNS)


def _labelled(ecosystem: Ecosystem, iri: str) -> Iri:
    return Iri(iri, best(ecosystem.labels.texts(iri), ecosystem.lang))


def _joined(objects: Sequence[_Said]) -> Iri | str | None:
    if not objects:
        return None
    texts = "; ".join(said.value for said in objects)
    labels = [said.value.label for said in objects if isinstance(said.value, Iri)]
    return Iri(texts, "; ".join(labels)) if labels else texts


def _short(value: Iri | str) -> str:
    return value.label if isinstance(value, Iri) else value


def _local(iri: str) -> str:
    return iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
