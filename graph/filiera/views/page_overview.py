"""What the page of a very large network opens on, ready long before all of its data.

Communities with their names, sizes and places, and the ties between them: some kilobytes. The
page draws them at once, and fetches the whole data meanwhile.
"""

from __future__ import annotations

from typing import Any

from filiera.answers.index import LazyIndex
from filiera.network.projection import project
from filiera.views.page_communities import page_communities
from filiera.views.page_data import MOST_AT_ONCE, HasStore
from filiera.views.page_dataset import PageDataset

__all__ = ["page_overview"]


def page_overview(ecosystem: HasStore, *, at_once: int = MOST_AT_ONCE) -> dict[str, Any]:
    """The overview of a network that opens on its communities; told in ``docs/page-data.md``.

    That is one of more nodes than ``at_once``. Communities, their order and their places are
    those of the whole data.
    """
    store = ecosystem.store
    index = LazyIndex(store)
    dataset = PageDataset(store, index)
    projection = project(store)
    communities = page_communities(projection, at_once)
    return {
        **dataset.titles(),
        "counts": dataset.counts(len(projection.nodes), len(projection.facts)),
        "communities": communities.data(
            projection.degrees(), lambda node: index.label(projection.nodes[node])
        ),
        "bundles": communities.bundles(),
    }
