"""From an address to a store: which server it is, and how far it is trusted."""

from __future__ import annotations

from filiera.errors import StoreError
from filiera.store.addresses import Addresses
from filiera.store.http import Server
from filiera.store.patterns import PatternStore
from filiera.store.remote import RemoteStore, read_store_mark
from filiera.texts import Text

__all__ = ["connect"]

_TRUSTED = ("oxigraph",)
"""Beginnings of the names of servers that answered every question right when tested."""


def connect(address: str | Addresses) -> tuple[RemoteStore, bool]:
    """Store on the server at an address, and whether it bears a mark.

    A server that is not known gets the dialect ``patterns``, with which every answer is right;
    FILIERA_STORE_DIALECT chooses another. Raises StoreError when the server cannot be reached,
    or holds a store that was loaded for another dialect.
    """
    addresses = Addresses.of(address) if isinstance(address, str) else address
    server = Server(addresses)
    try:
        return _store(server, addresses.dialect)
    except BaseException:
        server.close()
        raise


def _store(server: Server, chosen: str) -> tuple[RemoteStore, bool]:
    found = read_store_mark(server)
    trusted = server.software.lower().startswith(_TRUSTED)
    dialect = chosen or ("standard" if trusted else "patterns")
    if found is not None and found.dialect and found.dialect != dialect:
        raise StoreError(
            Text(
                f"l'archivio in {server.name} è stato caricato per il dialetto {found.dialect}, non"
                f" {dialect}; imposta FILIERA_STORE_DIALECT={found.dialect}, o svuota l'archivio e"
                " costruiscilo di nuovo",
                f"the store at {server.name} was loaded for the dialect {found.dialect}, not"
                f" {dialect}; set FILIERA_STORE_DIALECT={found.dialect}, or empty the store and"
                " build"
                " it anew",
            )
        )
    kind = RemoteStore if dialect == "standard" else PatternStore
    return kind(server, found.mark if found else None), found is not None
