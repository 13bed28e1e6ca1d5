"""The addresses of a SPARQL server, and what the environment says of it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from filiera.errors import UsageError
from filiera.texts import Text

__all__ = ["DIALECTS", "SETTINGS", "Addresses", "is_address"]

SETTINGS: dict[str, str] = {
    "FILIERA_STORE_UPDATE": "address for updates, where it does not follow from --store",
    "FILIERA_STORE_GRAPHS": "address of the Graph Store protocol; “none” does without it",
    "FILIERA_STORE_USER": "user name, sent with a password (Basic or Digest, as the server asks)",
    "FILIERA_STORE_PASSWORD": "password of that user",
    "FILIERA_STORE_TOKEN": "bearer token, instead of user and password",
    "FILIERA_STORE_DIALECT": "standard or patterns: how much the server is trusted with",
    "FILIERA_STORE_SECONDS": "seconds that one request may take (300)",
    "FILIERA_STORE_ROWS": "rows that may be fetched from a server of the dialect patterns"
    " (5000000)",
}
"""Environment variables that describe a remote store, each with what it says."""

DIALECTS = ("standard", "patterns")


def is_address(store: object) -> bool:
    """Whether ``--store`` names a server, and not a folder.

    >>> is_address("http://127.0.0.1:7878/query"), is_address("my/folder")
    (True, False)
    """
    return isinstance(store, str) and store.lower().startswith(("http://", "https://"))


@dataclass(frozen=True)
class Addresses:
    """Where a SPARQL server takes queries, updates and graphs, and who asks.

    ``graphs`` is empty where the server has no Graph Store protocol, ``dialect`` where the
    server itself shall tell by its name. What is secret is never shown.
    """

    query: str
    update: str
    graphs: str = ""
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    dialect: str = ""
    seconds: int = 300
    rows: int = 5_000_000

    @classmethod
    def of(cls, store: str, environment: Mapping[str, str] | None = None) -> Addresses:
        """Addresses that follow from ``--store`` and the environment.

        Raises UsageError for an address with a password in it, or a setting that is none.

        >>> Addresses.of("http://127.0.0.1:7878", {}).update
        'http://127.0.0.1:7878/update'
        """
        values = os.environ if environment is None else environment
        parts = urlsplit(store)
        if "@" in parts.netloc:
            raise UsageError(
                Text(
                    "l'indirizzo di un archivio non deve contenere la password; mettila in"
                    " FILIERA_STORE_USER"
                    " e FILIERA_STORE_PASSWORD, o un token in FILIERA_STORE_TOKEN",
                    "the address of a store must hold no password; put it into"
                    " FILIERA_STORE_USER and"
                    " FILIERA_STORE_PASSWORD, or a token into FILIERA_STORE_TOKEN",
                )
            )
        if not parts.hostname or parts.query or parts.fragment:
            raise UsageError(
                Text(
                    f"--store {store!r} non è l'indirizzo di un server SPARQL; indicane uno come"
                    " http://127.0.0.1:7878/query",
                    f"--store {store!r} is no address of a SPARQL server; name one such as"
                    " http://127.0.0.1:7878/query",
                )
            )
        query, update, graphs = _siblings(parts.path.rstrip("/"))
        base = (parts.scheme, parts.netloc)
        named = values.get("FILIERA_STORE_GRAPHS")
        dialect = values.get("FILIERA_STORE_DIALECT", "")
        if dialect and dialect not in DIALECTS:
            raise UsageError(
                Text(
                    f"FILIERA_STORE_DIALECT è {dialect!r}; vale {' o '.join(DIALECTS)}",
                    f"FILIERA_STORE_DIALECT is {dialect!r}; it takes {' or '.join(DIALECTS)}",
                )
            )
        made = graphs and urlunsplit((*base, graphs, "", ""))
        return cls(
            query=urlunsplit((*base, query, "", "")),
            update=values.get("FILIERA_STORE_UPDATE") or urlunsplit((*base, update, "", "")),
            graphs="" if named == "none" else named or made,
            user=values.get("FILIERA_STORE_USER", ""),
            password=values.get("FILIERA_STORE_PASSWORD", ""),
            token=values.get("FILIERA_STORE_TOKEN", ""),
            dialect=dialect,
            seconds=_number(values, "FILIERA_STORE_SECONDS", cls.seconds),
            rows=_number(values, "FILIERA_STORE_ROWS", cls.rows),
        )


def _siblings(path: str) -> tuple[str, str, str]:
    """Paths for queries, updates and graphs, as the servers that people run arrange them."""
    if not path:  # Oxigraph, named by its host alone
        return "/query", "/update", "/store"
    if path == "/query":  # Oxigraph
        return path, "/update", "/store"
    if path == "/sparql":  # Virtuoso
        return path, "/sparql-auth", "/sparql-graph-crud-auth"
    if "/repositories/" in path:  # GraphDB and others made with RDF4J
        return path, f"{path}/statements", f"{path}/rdf-graphs/service"
    if path.startswith("/blazegraph/"):
        return path, path, ""
    stem, _, last = path.rpartition("/")
    if last in ("query", "sparql"):  # Fuseki /dataset/sparql, Stardog /database/query
        return path, f"{stem}/update", ""
    return path, path, ""


def _number(values: Mapping[str, str], name: str, default: int) -> int:
    text = values.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and int(text)):
        raise UsageError(
            Text(
                f"{name} è {text!r}; vuole un numero intero maggiore di zero",
                f"{name} is {text!r}; it takes a whole number above zero",
            )
        )
    return int(text)
