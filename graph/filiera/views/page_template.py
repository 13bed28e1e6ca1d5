"""The page around a pyvis network: one self-contained HTML document.

The document holds its style, its script and the page data (:mod:`filiera.views.page_data`).
It asks no other host for anything, so it works from a double click without a network, and
its Content Security Policy allows exactly the script and the style that are in it.

The network is drawn by the page's own canvas modules: vis-network, which pyvis brings for its
own template, would by itself take more than half of what the page may weigh.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from filiera.languages import in_language
from filiera.texts import harmless

if TYPE_CHECKING:
    from pyvis.network import Network

__all__ = ["bind_template", "content_security_policy", "render_page"]

_PARTS = Path(__file__).parent / "page"
_TEMPLATE = "template.html.j2"
_STYLES = ("theme.css", "layout.css", "controls.css", "panel.css")
_FIRST_MODULE = "app"
_DRAWN = ("x", "y", "size")

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:const|function|class) (\w+))", re.MULTILINE)
_DOC_COMMENT = re.compile(r"^[ \t]*/\*\*.*?\*/\n", re.MULTILINE | re.DOTALL)
_LINE_COMMENT = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_STYLE_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)

_ESCAPES = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


@dataclass(frozen=True)
class _Page:
    """What the template is filled with."""

    lang: str
    title: str
    subtitle: str
    policy: str
    style: Markup
    script: Markup


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

    def page_data(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> Markup:
        return Markup(_script_json({**_as_drawn(data, nodes, edges), "lang": lang}))

    environment = Environment(loader=FileSystemLoader(_PARTS), autoescape=True)
    environment.filters["page_data"] = page_data
    environment.globals["page"] = _Page(
        lang=lang,
        title=harmless(in_language(data["title"], lang)),
        subtitle=harmless(in_language(data["subtitle"], lang)),
        policy=_policy(),
        style=Markup(_style()),
        script=Markup(_script()),
    )
    network.templateEnv = environment
    network.path = _TEMPLATE
    network.cdn_resources = "in_line"


def content_security_policy() -> str:
    """Return the value of the Content-Security-Policy header with which to serve the page.

    >>> content_security_policy().split("; ")[0]
    "default-src 'none'"
    """
    return f"{_policy()}; frame-ancestors 'self'"


@lru_cache(maxsize=1)
def _policy() -> str:
    """The policy of the document itself (an element cannot say frame-ancestors)."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(_script())}",
            f"style-src {_hash(_style())}",
            "img-src data: blob:",
            "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@lru_cache(maxsize=1)
def _style() -> str:
    sheets = ((_PARTS / name).read_text(encoding="utf-8") for name in _STYLES)
    return "".join(_INDENT.sub("", _STYLE_COMMENT.sub("", sheet)) for sheet in sheets)


@lru_cache(maxsize=1)
def _script() -> str:
    """All modules of the page as one script, each before those that import it."""
    order: dict[str, str] = {}

    def add(name: str) -> None:
        if name in order:
            return
        source = (_PARTS / f"{name}.js").read_text(encoding="utf-8")
        for _, imported in _IMPORT.findall(source):
            add(imported)
        order[name] = _enclosed(name, source)

    add(_FIRST_MODULE)
    return "".join(order.values())


def _enclosed(name: str, source: str) -> str:
    """A module as a function of the one script: its imports become constants, its exports a result.

    >>> print(_enclosed("b", 'import { one } from "./a.js";\\nexport const two = one + one;\\n'))
    const b_module = (() => {
    const { one } = a_module;
    const two = one + one;
    return { two };
    })();
    <BLANKLINE>
    """
    exports = ", ".join(_EXPORT.findall(source))
    source = _LINE_COMMENT.sub("", _DOC_COMMENT.sub("", source))
    source = _IMPORT.sub(r"const {\1} = \2_module;\n", source)
    source = _INDENT.sub("", _EXPORT.sub("", source)).strip("\n")
    return f"const {name}_module = (() => {{\n{source}\nreturn {{ {exports} }};\n}})();\n"


def _script_json(data: dict[str, Any]) -> str:
    """JSON that no HTML parser takes for anything else inside a script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return harmless(text).translate(_ESCAPES)


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
