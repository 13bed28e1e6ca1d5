"""How the edges of a projection read, from either end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from filiera.iris import local_id
from filiera.network.reading import select, texts_of
from filiera.store import Store
from filiera.texts import Text
from filiera.vocabulary import FIL, ORG, SKOS

if TYPE_CHECKING:
    from filiera.network.projection import Relation

__all__ = ["Reading", "readings"]


class Reading(NamedTuple):
    """A relation read from its source to its target, and back."""

    label: Text
    inverse: Text
    symmetric: bool


_IN_ROLE = Reading(Text("{role} di", "{role} of"), Text("ha come {role}", "has as {role}"), False)
_UNNAMED = {
    "tie": Reading(
        Text("ha un legame con", "has a tie with"), Text("ha un legame con", "has a tie with"), True
    ),
    "membership": Reading(
        Text("aderisce a", "member of"), Text("ha come socio", "has as member"), False
    ),
    "participation": Reading(
        Text("partecipa a", "participates in"),
        Text("ha come partecipante", "has as participant"),
        False,
    ),
}
_STRUCTURE = {
    ORG.unitOf: Reading(Text("unità di", "unit of"), Text("ha come unità", "has as unit"), False),
    ORG.subOrganizationOf: Reading(
        Text("fa parte di", "part of"), Text("comprende", "comprises"), False
    ),
}


def readings(store: Store, relations: Iterable[Relation]) -> list[Reading]:
    """Reading of each relation, in their order."""
    names, inverses = (texts_of(store, term) for term in (SKOS.prefLabel, FIL.inverseLabel))
    symmetric = {
        relation.value
        for (relation,) in select(store, f"SELECT ?r {{ ?r <{FIL.symmetric}> true }}")
    }
    found = []
    for relation in relations:
        if relation.family == "structure":
            found.append(_STRUCTURE[relation.iri])
        elif not relation.iri:
            found.append(_UNNAMED[relation.family])
        else:
            name = Text.of(names.get(relation.iri) or {"": local_id(relation.iri)})
            if relation.family == "tie":
                inverse = Text.of(inverses[relation.iri]) if relation.iri in inverses else name
                found.append(Reading(name, inverse, relation.iri in symmetric))
            else:
                role = _IN_ROLE
                found.append(Reading(role.label.put(role=name), role.inverse.put(role=name), False))
    return found
