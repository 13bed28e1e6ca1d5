"""The interactive page inside a notebook: a frame that carries the whole page in it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from filiera.errors import UsageError
from filiera.texts import Text
from filiera.views.network_page import network_page
from filiera.views.page_data import HasStore

__all__ = ["Exploration", "explore"]

_LEAST = 200
_WIDTH = re.compile(r"\d+(?:\.\d+)?(?:%|px|em|rem|vw)")
_TITLE = Text("La rete, da esplorare", "The network, to explore")


@dataclass(frozen=True, repr=False)
class Exploration:
    """A page that a notebook shows in a frame; ``page`` is the whole HTML document."""

    page: str
    lang: str
    height: int
    width: str

    def __repr__(self) -> str:
        return f"{_TITLE(self.lang)} ({len(self.page) // 1024} KB)"

    def _repr_html_(self) -> str:
        """The frame: it may run its own script, and reach nothing of the notebook around it."""
        # The page is full of double quotation marks: in single ones it stays a third smaller.
        page = html.escape(self.page, quote=False).replace("'", "&#39;")
        return (
            f'<iframe title="{html.escape(_TITLE(self.lang))}"'
            ' sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"'
            f' width="{self.width}" height="{self.height}"'
            ' style="border:1px solid var(--jp-border-color2, #d3d0c7)"'
            f" srcdoc='{page}'></iframe>"
        )


def explore(ecosystem: HasStore, *, height: int, width: str, lang: str) -> Exploration:
    """The page of the network of an ecosystem; see `Ecosystem.explore`."""
    if height < _LEAST:
        raise UsageError(
            Text(
                f"un riquadro alto {height} pixel è troppo basso per la pagina;"
                f" danne {_LEAST} o più",
                f"a frame of {height} pixels is too low for the page; give {_LEAST} or more",
            )
        )
    if not _WIDTH.fullmatch(width):
        raise UsageError(
            Text(
                f"la larghezza “{width}” non è una misura; scrivila come 100% o 900px",
                f"the width “{width}” is no length; write it as 100% or 900px",
            )
        )
    network = network_page(ecosystem, lang)
    return Exploration(network.generate_html("page.html"), lang, height, width)
