"""The page around a pyvis network, and the page that a server sends.

The same script and style (`filiera.views.built_page`) go out in two ways:

- `render_page` makes one self-contained document, which holds the style, the script and the
  page data (:mod:`filiera.views.page_data`), compressed. It asks no other host for anything, so
  it works from a double click without a network and in a frame of a notebook, and its Content
  Security Policy allows exactly the script and the style that are in it.
- `render_served` makes a small document that loads them from its server.

The network is drawn by the page's own canvas modules: vis-network, which pyvis brings for its
own template, would by itself take more than half of what the page may weigh.
"""

from __future__ import annotations

import base64
import hashlib
import json
import lzma
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from filiera.languages import in_language
from filiera.texts import harmless
from filiera.views import built_page

if TYPE_CHECKING:
    from pyvis.network import Network

__all__ = [
    "bind_template",
    "data_json",
    "embedded_data",
    "making_policy",
    "render_making",
    "render_page",
    "render_served",
    "served_policy",
]

_PARTS = Path(__file__).parent / "page"
_TEMPLATE = "template.html.j2"
_STAND_IN = "making.html.j2"
_DRAWN = ("x", "y", "size")
_SELF = "'self'"
_NONE = "'none'"

# What a served page says before its script is there to say it (page/words/states.js).
_WAITING = {"it": "Si carica la rete", "en": "Loading the network"}
_AGAIN = {"it": "Riprova", "en": "Try again"}

# What the server says while it makes the data of the page, and when it could not.
_MAKING = {"it": "Si prepara la mappa", "en": "The map is being made"}
# A refresh that the document states is no loading anew where the address has a fragment.
_ANEW = "setTimeout(() => location.reload(), 2000);"
_MAKING_HELP = {
    "it": "È una rete grande: la prima volta ci vuole un po'. La pagina si apre da sé.",
    "en": "This is a large network: the first time takes a while. The page opens by itself.",
}
_FAILED = {"it": "La mappa non si è potuta preparare", "en": "The map could not be made"}
_FAILED_HELP = {
    "it": "Il registro del server dice perché. Domande e ricerche SPARQL rispondono lo stesso.",
    "en": "The log of the server says why. Questions and SPARQL queries are answered all the same.",
}

# LZMA is a quarter smaller than deflate, but read by our own script (page/lzma.js): some 100 ms
# for a million bytes.
_MUCH = 2_000_000
_LZMA = [{"id": lzma.FILTER_LZMA1, "preset": 9, "lc": 4, "lp": 0, "pb": 0, "dict_size": 1 << 22}]
_DEFLATED = 0x78  # the first byte of what zlib packs; that of our LZMA is another


@dataclass(frozen=True)
class _Page:
    """What the template is filled with.

    Delivered as a "file", ``style`` and ``script`` are texts; "served", they are addresses, as
    ``data`` is, and the policy comes as a header.
    """

    delivery: str
    lang: str
    title: str
    subtitle: str
    style: Markup | str
    script: Markup | str
    policy: str = ""
    data: str = ""
    whole: str = ""
    waiting: str = ""
    again: str = ""


def render_page(network: Network, data: dict[str, Any], *, lang: str) -> str:
    """Return the HTML document that shows a network.

    `network` is the pyvis network and `data` the page data that belongs to it: the same
    things and as many ties. Things stand where the network has them, in its sizes. `lang`
    ("it" or "en") is the language in which the page opens when neither the address nor an
    earlier visit says otherwise.

    Raises ValueError when network and data do not show the same.
    """
    bind_template(network, data, lang=lang)
    html: str = network.generate_html("page.html")
    return html


def bind_template(network: Network, data: dict[str, Any], *, lang: str) -> None:
    """Give a pyvis network our template: its own `generate_html` then makes our page."""

    def page_data(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> str:
        content = data_json({**_as_drawn(data, nodes, edges), "lang": lang})
        return base64.b64encode(_packed(content)).decode()

    environment = _environment()
    environment.filters["page_data"] = page_data
    environment.globals["page"] = _Page(
        delivery="file",
        lang=lang,
        title=harmless(in_language(data["title"], lang)),
        subtitle=harmless(in_language(data["subtitle"], lang)),
        style=Markup(built_page.style()),
        script=Markup(built_page.script()),
        policy=_policy(_hash(built_page.script()), _hash(built_page.style()), _NONE),
    )
    network.templateEnv = environment
    network.path = _TEMPLATE
    network.cdn_resources = "in_line"


def render_served(
    title: str | dict[str, str],
    subtitle: str | dict[str, str],
    *,
    lang: str,
    data: str,
    script: str,
    style: str,
    whole: str = "",
) -> str:
    """Return the HTML document that loads page data, script and style from these addresses.

    Where ``data`` is that of an overview, the page goes on to ask for the ``whole``.
    """
    page = _Page(
        delivery="served",
        lang=lang,
        title=harmless(in_language(title, lang)),
        subtitle=harmless(in_language(subtitle, lang)),
        style=style,
        script=script,
        data=data,
        whole=whole,
        waiting=in_language(_WAITING, lang),
        again=in_language(_AGAIN, lang),
    )
    return _environment().get_template(_TEMPLATE).render(page=page)


def render_making(title: Mapping[str, str], *, lang: str, style: str, failed: bool) -> str:
    """Return the HTML document that stands in for a served page whose data is being made.

    It asks for itself again every two seconds; when making has ``failed``, a person does.
    `making_policy` is its Content Security Policy.
    """
    said, told = (_FAILED, _FAILED_HELP) if failed else (_MAKING, _MAKING_HELP)
    template = _environment().get_template(_STAND_IN)
    return template.render(
        title=harmless(in_language(dict(title), lang)),
        lang=lang,
        style=style,
        failed=failed,
        said=in_language(said, lang),
        help=in_language(told, lang),
        again=in_language(_AGAIN, lang),
        script=Markup(_ANEW),
    )


def making_policy() -> str:
    """Return the value of the Content-Security-Policy header of `render_making`."""
    return f"{_policy(_hash(_ANEW), _SELF, _NONE)}; frame-ancestors 'self'"


def served_policy() -> str:
    """Return the value of the Content-Security-Policy header of the served page.

    >>> served_policy().split("; ")[1]
    "script-src 'self'"
    """
    return f"{_policy(_SELF, _SELF, _SELF)}; frame-ancestors 'self'"


def data_json(data: dict[str, Any]) -> bytes:
    """Return page data as it is sent: JSON without blanks, in UTF-8."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return harmless(text).encode()


def embedded_data(html: str) -> dict[str, Any]:
    """Return the page data that a self-contained page holds."""
    _, _, rest = html.partition('id="page-data">')
    packed = base64.b64decode(rest.partition("<")[0])
    unpack = zlib.decompress if packed[0] == _DEFLATED else lzma.decompress
    data: dict[str, Any] = json.loads(unpack(packed))
    return data


def _packed(content: bytes) -> bytes:
    """Page data as a file holds it: as small as can be, or quick to read where it is much."""
    if len(content) > _MUCH:
        return zlib.compress(content, 9)
    return lzma.compress(content, lzma.FORMAT_ALONE, filters=_LZMA)


def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(_PARTS), autoescape=True, trim_blocks=True)


def _policy(script: str, style: str, connect: str) -> str:
    """The policy of the document itself (an element cannot say frame-ancestors)."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {script}",
            f"style-src {style}",
            "img-src data: blob:",
            f"connect-src {connect}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _as_drawn(
    data: dict[str, Any], nodes: list[dict[str, Any]], edges: list[dict[str, Any]]
) -> dict[str, Any]:
    """The page data with the places and sizes that the pyvis nodes have."""
    drawn = {node["id"]: node for node in nodes}
    if drawn.keys() != {node["id"] for node in data["nodes"]} or len(edges) != len(data["edges"]):
        raise ValueError(
            f"the page data holds {len(data['nodes'])} things and {len(data['edges'])} ties, the "
            f"network {len(nodes)} and {len(edges)}: make both from the same ecosystem"
        )
    return {
        **data,
        "nodes": [
            {
                **node,
                **{key: drawn[node["id"]][key] for key in _DRAWN if key in drawn[node["id"]]},
            }
            for node in data["nodes"]
        ],
    }
