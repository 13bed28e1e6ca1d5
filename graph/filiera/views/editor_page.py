"""The page on which people write SPARQL: a small document that loads its script and style.

What it offers to whoever writes (prefixes, terms, examples) comes as data of its own, and what it
shows comes from the endpoint, so the document is the same for every graph but for its title.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from filiera.languages import in_language
from filiera.texts import harmless

__all__ = ["EditorAddresses", "render_editor"]

_PARTS = Path(__file__).parent / "editor"
_TEMPLATE = "template.html.j2"

# What the document says before its script is there to say it.
_TITLE = {"it": "Interrogare in SPARQL", "en": "Query in SPARQL"}
_WAITING = {"it": "Si prepara l’editor", "en": "The editor is being made ready"}
_NO_SCRIPT = {
    "it": "Per scrivere qui serve JavaScript. L’endpoint /sparql risponde anche senza.",
    "en": "Writing here needs JavaScript. The endpoint /sparql answers without it, too.",
}


@dataclass(frozen=True)
class EditorAddresses:
    """Where the page finds its parts, relative to its own address."""

    script: str
    style: str
    network: str
    """The script that draws networks; loaded when one is drawn."""
    terms: str
    """Prefixes, terms and examples, as JSON."""
    endpoint: str = "sparql"
    home: str = "./"


def render_editor(title: Mapping[str, str], *, lang: str, addresses: EditorAddresses) -> str:
    """Return the HTML document; ``title`` is that of the data set, ``lang`` ``it`` or ``en``."""
    environment = Environment(loader=FileSystemLoader(_PARTS), autoescape=True, trim_blocks=True)
    return environment.get_template(_TEMPLATE).render(
        lang=lang,
        titles={
            language: harmless(in_language(dict(title), language)) for language in ("it", "en")
        },
        dataset=harmless(in_language(dict(title), lang)),
        title=in_language(_TITLE, lang),
        waiting=in_language(_WAITING, lang),
        no_script=in_language(_NO_SCRIPT, lang),
        addresses=addresses,
    )
