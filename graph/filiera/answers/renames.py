"""Where what had another address is found now: ids that were renamed or merged into others.

The table ``redirects`` gives a thing its former ids. A fact has no row there: its address follows
from what it is about, so that of ``membership/old-id--body`` follows from that of ``old-id``.
"""

from __future__ import annotations

from pyoxigraph import NamedNode

from filiera.facts.dataset import Dataset
from filiera.store import Store
from filiera.vocabulary import DCTERMS

__all__ = ["former_ids", "successor"]

_REPLACED = NamedNode(DCTERMS.isReplacedBy)


def former_ids(store: Store, iri: str) -> list[str]:
    """IRIs that stood for a thing before, by name."""
    quads = store.quads(None, _REPLACED, NamedNode(iri))
    return sorted(quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode))


def successor(store: Store, dataset: Dataset, iri: str) -> str:
    """IRI that stands for a former one today; empty where it is no former one.

    Raises ValueError for what is no IRI.
    """
    direct = _replaced(store, iri)
    if direct:
        return direct
    head, slash, name = iri.rpartition("/")
    parts = name.split("--")
    if not slash or len(parts) < 2 or not iri.startswith(dataset.id_base):
        return ""
    present = [_part(store, dataset, part) or part for part in parts]
    if present == parts:
        return ""
    # The ends of a tie that holds both ways stand in the order of their ids.
    for order in (present, present[::-1]):
        candidate = f"{head}/{'--'.join(order)}"
        if next(iter(store.quads(NamedNode(candidate))), None) is not None:
            return candidate
    return ""


def _part(store: Store, dataset: Dataset, part: str) -> str:
    """The present id of one part of a fact's address; empty where it has no other."""
    for base in (dataset.id_base, f"{dataset.id_base}place/"):
        present = _replaced(store, base + part)
        if present.startswith(base):
            return present.removeprefix(base)
    return ""


def _replaced(store: Store, iri: str) -> str:
    for quad in store.quads(NamedNode(iri), _REPLACED):
        if isinstance(quad.object, NamedNode):
            return quad.object.value
    return ""
