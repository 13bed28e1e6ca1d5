"""A data set: a folder with ``dataset.toml`` and one CSV file a table."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filiera.errors import FactsError, UsageError
from filiera.facts.problems import Problem
from filiera.facts.slugs import SLUG
from filiera.resources import datasets_dir
from filiera.vocabulary import BASE

__all__ = ["DEFAULT_DATASET", "Dataset"]

DEFAULT_DATASET = "clust-er-mech"
_BASE_FORM = re.compile(r"https?://[^\s<>\"{}|\\^`]+[/#]")


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
    notes_language: str = "en"
    body: str = ""
    """Id of the body in focus, such as the cluster; may be empty."""
    base: str = BASE

    @classmethod
    def find(cls, name: str | Path = DEFAULT_DATASET) -> Dataset:
        """Open a data set by the name of one that comes with Filiera, or by its folder.

        Raises UsageError if there is no such data set, FactsError if its description has faults.
        """
        own = datasets_dir() / str(name)
        folder = own if SLUG.fullmatch(str(name)) and own.is_dir() else Path(name)
        if not folder.is_dir():
            known = ", ".join(
                sorted(path.parent.name for path in datasets_dir().glob("*/dataset.toml"))
            )
            raise UsageError(
                f"no data set “{name}”: it is neither a folder nor one of those that come with"
                f" Filiera ({known}); give the path of a folder with dataset.toml"
            )
        return cls.read(folder)

    @classmethod
    def read(cls, folder: Path) -> Dataset:
        """Read ``dataset.toml`` of a folder; FactsError says what is wrong with it."""
        try:
            values: dict[str, Any] = tomllib.loads(
                (folder / "dataset.toml").read_text(encoding="utf-8")
            )
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise _unreadable(str(error)) from error
        identifier = str(values.get("id", ""))
        if not SLUG.fullmatch(identifier):
            raise _unreadable("id")
        base = str(values.get("base", BASE))
        if not _BASE_FORM.fullmatch(base):
            raise _unreadable(f"base = {base!r}")
        return cls(
            folder=folder,
            id=identifier,
            title=_texts(values.get("title")),
            description=_texts(values.get("description")),
            licence=str(dict(values.get("licence", {})).get("url", "")),
            publisher=str(values.get("publisher", "")),
            collected=str(values.get("collected", "")),
            notes_language=str(values.get("notes_language", "en")),
            body=str(values.get("body", "")),
            base=base,
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


def _unreadable(reason: str) -> FactsError:
    return FactsError([Problem("dataset.toml", "no-dataset", values={"reason": reason})])
