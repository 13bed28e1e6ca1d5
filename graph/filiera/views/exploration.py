"""The interactive page inside a notebook: a frame that carries the whole page in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from filiera.errors import UsageError
from filiera.texts import Text
from filiera.views.network_page import network_page
from filiera.views.notebook_frame import FRAME_TITLE, notebook_frame
from filiera.views.page_data import HasStore

__all__ = ["Exploration", "explore"]

_LEAST = 200
_WIDTH = re.compile(r"\d+(?:\.\d+)?(?:%|px|em|rem|vw)")


@dataclass(frozen=True, repr=False)
class Exploration:
    """A page that a notebook shows in a frame; ``page`` is the whole HTML document."""

    page: str
    lang: str
    height: int
    width: str

    def __repr__(self) -> str:
        return f"{FRAME_TITLE(self.lang)} ({len(self.page) // 1024} KB)"

    def _repr_html_(self) -> str:
        return notebook_frame(self.page, self.lang, height=self.height, width=self.width)


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
