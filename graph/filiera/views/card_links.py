"""Links of a card's page: to other cards, and to the web where an address may be one."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

__all__ = ["Link", "web_link"]

_NEVER = frozenset(" <>\"'`\\")


@dataclass(frozen=True)
class Link:
    """A label, its address (empty for none), and whether it leads to another site."""

    label: str
    href: str = ""
    outward: bool = False


def web_link(address: str) -> Link | None:
    """An address of the web as a link with its host, any other as text; ``None`` for none.

    >>> web_link("https://www.example.org/a")
    Link(label='example.org', href='https://www.example.org/a', outward=True)
    >>> web_link("javascript:alert(1)").href
    ''
    """
    if not address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return Link(address)
    plain = address.isprintable() and not set(address) & _NEVER
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
        return Link(address)
    return Link(parts.hostname.removeprefix("www."), address, outward=True)
