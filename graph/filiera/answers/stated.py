"""What a source states: its facts and things, by what they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pyoxigraph import NamedNode

from filiera.answers.cards import CardGroup, Cards, Statement
from filiera.answers.rows import rows_of
from filiera.store import Store
from filiera.texts import OTHER, Text
from filiera.vocabulary import FIL, FOAF, ORG, RDF, SCHEMA, SILENT_GRAPHS

__all__ = ["stated_by"]

_OPEN = Text(OTHER, OTHER)
_TITLES = {
    ORG.Organization: Text("Organizzazioni", "Organisations"),
    ORG.OrganizationalUnit: Text("Unità", "Units"),
    FIL.WorkingGroup: Text("Gruppi di lavoro", "Working groups"),
    FOAF.Project: Text("Progetti", "Projects"),
    FOAF.Person: Text("Persone", "Persons"),
    FOAF.Agent: Text("Editori e altri soggetti", "Publishers and other agents"),
    SCHEMA.Place: Text("Luoghi", "Places"),
    SCHEMA.Event: Text("Eventi", "Events"),
    FIL.Decision: Text("Decisioni", "Decisions"),
    FIL.Commitment: Text("Impegni", "Commitments"),
    FIL.ValueChain: Text("Filiere", "Value chains"),
    FIL.Stage: Text("Stadi di filiera", "Stages of value chains"),
    FIL.Membership: Text("Adesioni", "Memberships"),
    FIL.Tie: Text("Legami", "Ties"),
    FIL.Participation: Text("Partecipazioni a progetti", "Participations in projects"),
    FIL.Naming: Text("Nomi", "Names"),
    FIL.Phase: Text("Stati nel tempo", "Statuses over time"),
    FIL.Seat: Text("Sedi", "Seats"),
    FIL.FieldClaim: Text("Settori e temi", "Fields and topics"),
    FIL.CapabilityClaim: Text("Chi lavora a uno stadio", "Who works at a stage"),
    FIL.Offering: Text("Prodotti e servizi", "Products and services"),
    FIL.OfficeTerm: Text("Cariche", "Offices"),
    FIL.Figure: Text("Cifre", "Figures"),
}
"""Titles of the groups, where the label of a class, which is in the singular, is not enough."""


def stated_by(
    store: Store, cards: Cards, source: str, texts_of: Callable[[str], Mapping[str, str]]
) -> tuple[CardGroup, ...]:
    """What a source tells of, one group a class; each statement names a fact or a thing.

    None for a graph in which nobody states anything, such as that of the rules' conclusions.
    ``texts_of`` gives the labels of an IRI by language (`filiera.labels.Labels.texts`).
    """
    if source in SILENT_GRAPHS:
        return ()
    index = cards.index
    typed: dict[str, set[str]] = {}
    for quad in store.graph_quads(NamedNode(source)):
        if quad.predicate.value == RDF.type and isinstance(quad.subject, NamedNode):
            assert isinstance(quad.object, NamedNode)
            typed.setdefault(quad.subject.value, set()).add(quad.object.value)
    groups: dict[str, list[Statement]] = {}
    for node, classes in typed.items():
        # A thing may have a general class and a special one; ours are the special ones.
        own = sorted(classes, key=lambda iri: (not iri.startswith(FIL.base), iri))
        (row,) = (row for row in rows_of(index, node) if row.source == source)
        texts = texts_of(node)
        label = Text.of(texts) if texts else index.label(node)
        said = Statement(_OPEN, row.when(), (), other=node, other_label=label, days=row.days())
        groups.setdefault(own[0], []).append(said)
    return tuple(
        CardGroup(
            f"stated-{number}",
            _TITLES.get(name) or index.label(name),
            tuple(sorted(groups[name], key=lambda said: (said.other_label, said.when))),
        )
        for number, name in enumerate(
            sorted(groups, key=lambda name: (-len(groups[name]), name)), 1
        )
    )
