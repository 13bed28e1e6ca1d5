"""A frame of a notebook, which carries a whole page in it."""

from __future__ import annotations

import html

from filiera.texts import Text

__all__ = ["FRAME_HEIGHT", "FRAME_TITLE", "FRAME_WIDTH", "notebook_frame"]

FRAME_HEIGHT, FRAME_WIDTH = 640, "100%"
FRAME_TITLE = Text("La rete, da esplorare", "The network, to explore")


def notebook_frame(
    page: str, lang: str, *, height: int = FRAME_HEIGHT, width: str = FRAME_WIDTH
) -> str:
    """The frame: it may run its own script, and reach nothing of the notebook around it."""
    # The page is full of double quotation marks: in single ones it stays a third smaller.
    inner = html.escape(page, quote=False).replace("'", "&#39;")
    return (
        f'<iframe title="{html.escape(FRAME_TITLE(lang))}"'
        ' sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"'
        f' width="{width}" height="{height}"'
        ' style="border:1px solid var(--jp-border-color2, #d3d0c7)"'
        f" srcdoc='{inner}'></iframe>"
    )
