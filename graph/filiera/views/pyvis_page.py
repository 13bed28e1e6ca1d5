"""The pyvis network of the page, which a notebook shows as the page itself."""

from __future__ import annotations

from typing import Any

from pyvis.network import Network

from filiera.views.notebook_frame import FRAME_TITLE, notebook_frame

__all__ = ["PageNetwork"]


class PageNetwork(Network):  # type: ignore[misc]  # pyvis comes without types
    """A pyvis network as people know it, and the last line of a notebook's cell shows it."""

    def __init__(self, lang: str, **options: Any) -> None:
        super().__init__(**options)
        self.lang = lang

    def __repr__(self) -> str:
        """One line; pyvis itself prints every node and every edge."""
        return f"{FRAME_TITLE(self.lang)} ({self.num_nodes()} + {self.num_edges()})"

    def _repr_html_(self) -> str:
        return notebook_frame(self.generate_html("page.html"), self.lang)
