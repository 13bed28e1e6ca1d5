"""Opening the graph that a command works on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from filiera.cli.output import patience, say

if TYPE_CHECKING:
    from filiera.ecosystem import Ecosystem
    from filiera.facts.dataset import Dataset

__all__ = ["dataset_of", "meant", "opened"]

_UNDONE = {
    "it": "Nota: una scrittura interrotta non ha lasciato traccia; il grafo è quello di prima",
    "en": "Note: a write that was broken off has left nothing; the graph is as it was before",
}
_TAKEN = {"it": "inteso come", "en": "taken as"}


def dataset_of(data: str | None) -> Dataset:
    """Data set that ``--data`` names, the one that comes with Filiera if it names none."""
    from filiera.facts.dataset import DEFAULT_DATASET, Dataset

    return Dataset.find(data or DEFAULT_DATASET)


def opened(data: str | None, store: str | None, lang: str) -> Ecosystem:
    """Graph of a data set, built when needed; says so if the store lacks faulty rows."""
    from filiera.opening import open_graph

    dataset = dataset_of(data)
    what = {
        "it": f"Costruisco il grafo di {dataset.id} …",
        "en": f"Building the graph of {dataset.id} …",
    }
    with patience(what[lang]) as status:
        ecosystem = open_graph(
            dataset.folder,
            store=store,
            lang=lang,
            progress=status.sent(lang),
            tell=lambda text: say(text(lang)),
        )
    refused = getattr(getattr(ecosystem.store, "mark", None), "refused", 0)
    if refused:
        missing = {
            "it": f"Attenzione: nel grafo mancano righe con errori ({refused}); vedi filiera check",
            "en": f"Note: rows with faults are missing from this graph ({refused});"
            " see filiera check",
        }
        say(missing[lang])
    if getattr(ecosystem.store, "undone", False):
        say(_UNDONE[lang])
    return ecosystem


def meant(ecosystem: Ecosystem, name: str, lang: str, types: Sequence[str] = ()) -> str:
    """IRI of the thing; says which one is taken when the name only resembles its names."""
    match = ecosystem.find(name, types)
    if match.how == "near":
        say(f"“{name}” {_TAKEN[lang]} {ecosystem.label(match.iri, lang)} ({match.id})")
    return match.iri
