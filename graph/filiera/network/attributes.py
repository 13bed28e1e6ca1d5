"""What is known of the nodes and edges of a projection, read with a few large queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from filiera.iris import local_id
from filiera.network.labels import readings
from filiera.network.projection import FACTS
from filiera.network.reading import select, texts_of, values_of
from filiera.texts import Text
from filiera.vocabulary import DCAT, DCTERMS, FIL, ORG, RDF, SCHEMA, SKOS

if TYPE_CHECKING:
    from filiera.network.projection import Projection
    from filiera.store import Store

__all__ = ["edge_attributes", "members_of_focus", "node_attributes"]

_TIMES = {"start": FIL.start, "end": FIL.end, "as_of": FIL.asOf}


def node_attributes(projection: Projection, lang: str) -> list[dict[str, Any]]:
    """Attributes of each node, in the order of ``projection.nodes``."""
    store = projection.store
    labels = texts_of(store, SKOS.prefLabel)
    kinds = values_of(store, ORG.classification)
    for node, concepts in values_of(store, DCTERMS.type).items():
        kinds.setdefault(node, concepts)
    classes = values_of(store, RDF.type)
    places = _places(store)
    members = members_of_focus(store)
    found = []
    for node in projection.nodes:
        slug = local_id(node)
        known: dict[str, Any] = {"id": slug} | _labelled("label", labels.get(node), slug, lang)
        known["types"] = classes.get(node, [])
        if node in kinds:
            first = kinds[node][0]
            known["kind"] = first.rsplit("/", 1)[-1]
            known["kinds"] = [kind.rsplit("/", 1)[-1] for kind in kinds[node]]
            known |= _labelled("kind_label", labels.get(first), known["kind"], lang)
        if members is not None:
            known["member"] = node in members
        if node in places:
            place = places[node]
            known["place"] = Text.of(labels[place])(lang) if place in labels else place
        found.append(known)
    return found


def edge_attributes(projection: Projection, lang: str) -> Iterator[dict[str, Any]]:
    """Attributes of each edge, in the order of ``projection.facts``."""
    store = projection.store
    shown = readings(store, projection.relations)
    times = {name: values_of(store, term) for name, term in _TIMES.items()}
    sources = _sources(store, projection)
    for kind, (source, target, relation, fact) in zip(
        projection.kinds.tolist(), projection.edges(), strict=True
    ):
        reading = shown[kind]
        known: dict[str, Any] = {
            "family": relation.family,
            "relation": local_id(relation.iri) or relation.family,
            "label": reading.label(lang),
            "label_it": reading.label.it,
            "label_en": reading.label.en,
            "symmetric": reading.symmetric,
        }
        for name, stated in times.items():
            if fact in stated:
                known[name] = " / ".join(stated[fact])
        key = (source, fact, target) if relation.family == "structure" else fact
        known["sources"] = sources.get(key, [])
        yield known


def _labelled(name: str, texts: dict[str, str] | None, other: str, lang: str) -> dict[str, str]:
    text = Text.of(texts or {"": other})
    return {name: text(lang), f"{name}_it": text.it, f"{name}_en": text.en}


def _places(store: Store) -> dict[str, str]:
    """The narrowest place in which each thing has a seat."""
    around = values_of(store, SCHEMA.containedInPlace)
    depths: dict[str, int] = {}

    def depth(place: str) -> int:
        if place not in depths:
            depths[place] = 0  # a place that lies in itself, by mistake, must not hang us
            depths[place] = 1 + max(map(depth, around.get(place, [])), default=0)
        return depths[place]

    seats: dict[str, set[str]] = defaultdict(set)
    for thing, place in select(
        store, f"SELECT ?a ?b {{ ?seat <{ORG.siteOf}> ?a ; <{FIL.place}> ?b }}"
    ):
        seats[thing.value].add(place.value)
    return {thing: max(sorted(places), key=depth) for thing, places in seats.items()}


def members_of_focus(store: Store) -> set[str] | None:
    """Members of the body in focus; ``None`` where the data set names no such body."""
    bodies = {
        body.value
        for (body,) in select(
            store, f"SELECT ?b {{ ?a a <{DCAT.Dataset}> ; <{DCTERMS.subject}> ?b }}"
        )
    }
    if not bodies:
        return None
    return {
        member.value
        for member, body in select(store, f"SELECT ?a ?b {{ ?a <{FIL.memberOf}> ?b }}")
        if body.value in bodies
    }


def _sources(store: Store, projection: Projection) -> dict[str | tuple[str, str, str], list[str]]:
    """Ids of the sources that state each edge, sorted."""
    found: dict[str | tuple[str, str, str], set[str]] = defaultdict(set)
    families = {relation.family for relation in projection.relations}
    for family, terms in FACTS.items():
        if family in families:
            stated = f"SELECT ?f ?g {{ GRAPH ?g {{ ?f a <{terms.of_class}> }} }}"
            for fact, graph in select(store, stated):
                found[fact.value].add(local_id(graph.value))
    for relation in projection.relations:
        if relation.family == "structure":
            stated = f"SELECT ?s ?o ?g {{ GRAPH ?g {{ ?s <{relation.iri}> ?o }} }}"
            for inner, outer, graph in select(store, stated):
                key = (inner.value, relation.iri, outer.value)
                found[key].add(local_id(graph.value))
    return {key: sorted(ids) for key, ids in found.items()}
