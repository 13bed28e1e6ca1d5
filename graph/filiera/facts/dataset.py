"""A data set: a folder with ``dataset.toml`` and one CSV file a table."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from filiera.errors import FactsError, UsageError
from filiera.facts.problems import Problem
from filiera.facts.slugs import SLUG
from filiera.resources import datasets_dir
from filiera.texts import Text
from filiera.vocabulary import BASE

__all__ = ["DEFAULT_DATASET", "Dataset"]

DEFAULT_DATASET = "clust-er-mech"
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class Dataset:
    """What ``dataset.toml`` says, and where the tables lie."""

    folder: Path
    id: str
    title: Mapping[str, str]
    description: Mapping[str, str] = field(default_factory=dict)
    licence: str = ""
    """Address of the licence of the facts."""
    publisher: str = ""
    collected: str = ""
    body: str = ""
    """Id of the body in focus, such as the cluster; may be empty."""
    base: str = BASE
    """Address that ends in a slash; ``id/`` and ``graph/`` follow it."""

    @classmethod
    def find(cls, name: str | Path = DEFAULT_DATASET) -> Dataset:
        """Open a data set by the name of one that comes with Filiera, or by its folder.

        Raises UsageError if there is no such data set, FactsError if its description has faults.
        """
        own = datasets_dir() / str(name)
        folder = own if SLUG.fullmatch(str(name)) and _is_folder(own) else Path(name)
        if not _is_folder(folder):
            known = ", ".join(
                sorted(path.parent.name for path in datasets_dir().glob("*/dataset.toml"))
            )
            raise UsageError(
                Text(
                    f"nessuna raccolta “{name}”: non è una cartella, né una di quelle di Filiera"
                    f" ({known}); dai il percorso di una cartella con dataset.toml",
                    f"no data set “{name}”: it is neither a folder nor one of those that come with"
                    f" Filiera ({known}); give the path of a folder with dataset.toml",
                )
            )
        return cls.read(folder)

    @classmethod
    def read(cls, folder: Path) -> Dataset:
        """Read ``dataset.toml`` of a folder; FactsError says all that is wrong with it."""
        try:
            values: dict[str, Any] = tomllib.loads(
                (folder / "dataset.toml").read_text(encoding="utf-8-sig")
            )
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            problem = Problem("dataset.toml", "no-dataset", values={"reason": str(error)})
            raise FactsError([problem]) from error
        faults = [
            Problem("dataset.toml", "bad-setting", values={"name": name, **wanted})
            for name, (fits, wanted) in _SETTINGS.items()
            if (name in values or name == "id") and not fits(values.get(name))
        ]
        if faults:
            raise FactsError(faults)
        return cls(
            folder=folder,
            id=values["id"],
            title=_texts(values.get("title")),
            description=_texts(values.get("description")),
            licence=values.get("licence", {}).get("url", ""),
            publisher=str(values.get("publisher", "")),
            collected=str(values.get("collected", "")),
            body=str(values.get("body", "")),
            base=values.get("base", BASE),
        )

    @property
    def id_base(self) -> str:
        """Base IRI of the things of this data set."""
        return f"{self.base}id/"

    @property
    def graph_base(self) -> str:
        """Base IRI of the graphs of its sources."""
        return f"{self.base}graph/"

    @property
    def iri(self) -> str:
        """IRI of the data set itself."""
        return f"{self.id_base}dataset/{self.id}"

    def focus(self, name: str | None = None) -> str:
        """``name``, else the id of the body in focus; UsageError if there is neither."""
        if not (name or self.body):
            raise UsageError(
                Text(
                    "questa raccolta non riguarda un organismo in particolare; indicane uno con"
                    " body",
                    "this data set is about no body in particular; name one with body",
                )
            )
        return name or self.body

    def files(self) -> list[Path]:
        """CSV files of the folder, sorted by name."""
        return sorted(self.folder.glob("*.csv"))

    def digest(self, *others: Path) -> str:
        """SHA-256 over the description, the tables and ``others``: two equal ones build equally."""
        total = hashlib.sha256()
        for path in (self.folder / "dataset.toml", *self.files(), *others):
            content = path.read_bytes()
            total.update(f"{path.name}\0{len(content)}\0".encode())
            total.update(content)
        return total.hexdigest()


def _texts(value: object) -> dict[str, str]:
    if isinstance(value, dict):
        return {str(lang): str(text) for lang, text in value.items()}
    return {"": str(value)} if value else {}


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long for one, or lies where we may not look
        return False


# What a setting holds goes into the graph as it stands, so its form is checked. ---------------


def _is_slug(value: object) -> bool:
    return isinstance(value, str) and SLUG.fullmatch(value) is not None


def _is_language(value: object) -> bool:
    return isinstance(value, str) and _LANGUAGE.fullmatch(value) is not None


def _is_texts(value: object) -> bool:
    if isinstance(value, dict):
        return all(_is_language(lang) and isinstance(text, str) for lang, text in value.items())
    return isinstance(value, str)


def _is_address(value: object) -> bool:
    if not isinstance(value, str) or not value.startswith(("http://", "https://")):
        return False
    try:
        NamedNode(value)
    except ValueError:
        return False
    return True


def _is_base(value: object) -> bool:
    # An id is what follows /id/ or /graph/ in an IRI, so neither may stand in the base itself.
    return (
        isinstance(value, str)
        and _is_address(value)
        and value.endswith("/")
        and not any(part in value for part in ("/id/", "/graph/", "?", "#"))
    )


def _is_licence(value: object) -> bool:
    return isinstance(value, dict) and ("url" not in value or _is_address(value["url"]))


def _is_day(value: object) -> bool:
    try:
        return bool(date.fromisoformat(str(value)))
    except ValueError:
        return False


_SETTINGS: dict[str, tuple[Callable[[object], bool], dict[str, str]]] = {
    "id": (
        _is_slug,
        {
            "what_it": 'minuscole, cifre e trattini singoli, per esempio id = "mio-cluster"',
            "what_en": 'lower case, digits and single hyphens, for example id = "my-cluster"',
        },
    ),
    "title": (
        _is_texts,
        {"what_it": "un testo, o una tabella it, en", "what_en": "a text, or a table it, en"},
    ),
    "description": (
        _is_texts,
        {"what_it": "un testo, o una tabella it, en", "what_en": "a text, or a table it, en"},
    ),
    "licence": (
        _is_licence,
        {
            "what_it": "una tabella con url, un indirizzo che comincia con https://",
            "what_en": "a table with url, an address that starts with https://",
        },
    ),
    "collected": (
        _is_day,
        {"what_it": "un giorno come 2026-11-22", "what_en": "a day such as 2026-11-22"},
    ),
    "body": (
        _is_slug,
        {
            "what_it": "l'id di un'organizzazione; senza un organismo togli la riga",
            "what_en": "the id of an organisation; without such a body remove the line",
        },
    ),
    "base": (
        _is_base,
        {
            "what_it": "un indirizzo https:// che finisce con / e non contiene /id/ né /graph/",
            "what_en": "an https:// address that ends in / and has neither /id/ nor /graph/ in it",
        },
    ),
}
"""Setting → whether a value fits, and what it takes."""
