"""The network page: a pyvis network with fixed positions, and the page as a file.

The data of the page, and its shape, are in `filiera.views.page_data`.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filiera.languages import in_language
from filiera.views.drawing import COLOURS
from filiera.views.files import new_file, refuse_unwritable
from filiera.views.page_data import HasStore, page_data

if TYPE_CHECKING:
    from pyvis.network import Network

__all__ = ["network_page", "page_data", "write_page"]


def network_page(ecosystem: HasStore, lang: str = "it") -> Network:
    """The network as a pyvis network: fixed positions, no physics, our template.

    Nodes are ids, with ``label`` in ``lang``, ``shape``, ``color``, ``size``, ``x`` and ``y``;
    edges carry ``label``, and no arrow where the relation holds both ways. A notebook shows it as
    the page.
    """
    from filiera.views.page_template import bind_template

    data = page_data(ecosystem, lang=lang)
    network = _pyvis(data, lang)
    bind_template(network, data, lang=lang)
    return network


def write_page(
    ecosystem: HasStore, path: str | Path, lang: str = "it", *, force: bool = False
) -> None:
    """Write the page as one self-contained file.

    Raises OutputError when ``path`` exists and ``force`` is false, or cannot be written;
    then nothing is left behind.
    """
    from filiera.views.page_template import render_page

    refuse_unwritable(Path(path), force=force)
    data = page_data(ecosystem, lang=lang)
    html = render_page(_pyvis(data, lang), data, lang=lang)
    with new_file(Path(path), force=force) as output:
        output.write(html.encode())


def _pyvis(data: dict[str, Any], lang: str) -> Network:
    from filiera.views.pyvis_page import PageNetwork

    network = PageNetwork(lang, height="100vh", directed=True, cdn_resources="in_line")
    network.toggle_physics(False)
    for node in data["nodes"]:
        kind = data["kinds"][node["kind"]]
        network.add_node(
            node["id"],
            label=in_language(node["label"], lang),
            shape=kind["shape"],
            color=COLOURS[kind["colour"]],
            size=node["size"],
            x=node["x"],
            y=node["y"],
        )
    together = Counter(frozenset((edge["from"], edge["to"])) for edge in data["edges"])
    for edge in data["edges"]:
        relation = data["relations"][edge["relation"]]
        parallel = together[frozenset((edge["from"], edge["to"]))] > 1
        network.add_edge(
            edge["from"],
            edge["to"],
            label=in_language(relation["label"], lang),
            arrows="" if relation["symmetric"] else "to",
            smooth={"type": "curvedCW", "roundness": 0.15} if parallel else False,
        )
    return network
