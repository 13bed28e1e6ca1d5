"""The embedded stores: Oxigraph in memory, or in a folder on disk."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat
from pyoxigraph import Store as Oxigraph

from filiera.errors import QueryError, StoreError
from filiera.garbage import uncollected
from filiera.store.malformed import malformed_query, refuse_service, unanswered
from filiera.store.protocol import Solutions
from filiera.texts import Text
from filiera.vocabulary import PREFIXES

__all__ = ["FORMAT", "DiskStore", "Mark", "MemoryStore", "about", "asked", "write_mark"]

FORMAT = 2
"""Version of the layout of a store on disk; 2 is one that was written to since it was built."""

_BUILT = 1
_MARK = "filiera-store.json"
_LITTLE = 1 << 20
"""Bytes of text up to which a store on disk does not make new files for them."""
_AHEAD = 3
"""Pieces of text that are made ahead of loading."""
_TURN = 0.0005
"""Seconds that the making thread may keep the interpreter's lock when the loader wants it."""


def asked(
    oxigraph: Oxigraph,
    sparql: str,
    default_graphs: Sequence[str],
    named_graphs: Sequence[str],
    base: str | None,
) -> Solutions:
    """What the embedded engine answers to a query; see `Store.query`."""
    refuse_service(sparql)
    try:
        if not default_graphs and not named_graphs:
            return oxigraph.query(sparql, base_iri=base, prefixes=PREFIXES)
        return oxigraph.query(
            sparql,
            base_iri=base,
            prefixes=PREFIXES,
            default_graph=[NamedNode(iri) for iri in default_graphs],
            named_graphs=[NamedNode(iri) for iri in named_graphs],
        )
    except SyntaxError as error:
        raise malformed_query(sparql, str(error)) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise unanswered(error) from error


def about(
    oxigraph: Oxigraph, subjects: Iterable[str], predicates: Sequence[str], *, named: bool
) -> Iterator[Quad]:
    """Quads of some subjects in the embedded engine; see `Store.about`."""
    wanted: list[NamedNode | None] = [*map(NamedNode, predicates)] or [None]
    for subject in map(NamedNode, subjects):
        for predicate in wanted:
            for quad in oxigraph.quads_for_pattern(
                subject, predicate, None, None if named else DefaultGraph()
            ):
                if not named or isinstance(quad.graph_name, NamedNode):
                    yield quad


class MemoryStore:
    """Quads in memory."""

    far = False
    _piece = 1 << 18
    """Bytes of text that are loaded at once: few enough to stay in the processor's cache."""

    def __init__(self, oxigraph: Oxigraph | None = None) -> None:
        self.oxigraph = Oxigraph() if oxigraph is None else oxigraph
        """The store underneath, for those who know pyoxigraph."""

    def query(
        self,
        sparql: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        base: str | None = None,
    ) -> Solutions:
        """Answer a query; QueryError with the parser's words when it is malformed.

        The prefixes of ``filiera.vocabulary`` need not be declared. QueryError too for SERVICE:
        what is asked is answered from this store, and nobody else learns of it.
        """
        return asked(self.oxigraph, sparql, default_graphs, named_graphs, base)

    def update(self, sparql: str) -> None:
        """Run an update; QueryError when it is malformed."""
        try:
            self.oxigraph.update(sparql)
        except SyntaxError as error:
            raise QueryError(
                Text(
                    f"l'aggiornamento non è SPARQL ben formato: {error}",
                    f"the update is not well-formed SPARQL: {error}",
                )
            ) from error

    def load(self, chunks: Iterable[bytes]) -> None:
        """Add N-Quads while they are still being made.

        A thread makes the next pieces of text while one is loaded, which the interpreter's
        lock does not hold up. What was loaded before an error stays.

        Raises StoreError for text that is no N-Quads, or that cannot be written.
        """
        pieces = _joined(chunks, self._piece)
        # The thread that makes the text would collect what queries gave to other threads, which
        # the engine lets only those let go of.
        with _turns(_TURN), uncollected(), ThreadPoolExecutor(1, "filiera-maker") as maker:
            coming = deque(maker.submit(next, pieces, b"") for _ in range(_AHEAD))
            while text := coming.popleft().result():
                coming.append(maker.submit(next, pieces, b""))
                self._add(text)

    def _add(self, text: bytes) -> None:
        self._checked(self.oxigraph.bulk_load, text)

    @staticmethod
    def _checked(load: Callable[..., None], text: bytes) -> None:
        try:
            load(input=text, format=RdfFormat.N_QUADS, lenient=True)
        except SyntaxError as error:
            raise StoreError(
                Text(
                    f"ciò che si deve caricare non è N-Quads ben formato: {error}",
                    f"what is to be loaded is not well-formed N-Quads: {error}",
                )
            ) from error
        except OSError as error:
            raise StoreError(
                Text(
                    f"l'archivio non si può scrivere: {error}; fai spazio",
                    f"the store cannot be written: {error}; make room for it",
                )
            ) from error

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Quads of the default graph that fit the pattern."""
        return self.oxigraph.quads_for_pattern(subject, predicate, object, DefaultGraph())

    def graph_quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """Quads of one named graph, or of all graphs."""
        return self.oxigraph.quads_for_pattern(None, None, None, graph)

    def about(
        self, subjects: Iterable[str], predicates: Sequence[str] = (), *, named: bool = False
    ) -> Iterator[Quad]:
        """Quads of some subjects, with some predicates or all."""
        return about(self.oxigraph, subjects, predicates, named=named)

    def keep(self) -> None:
        """Do nothing: all is here already."""

    def dump(self, output: BinaryIO) -> None:
        """Write all quads as N-Quads, sorted by line."""
        text = self.oxigraph.dump(format=RdfFormat.N_QUADS)
        assert text is not None
        lines = text.split(b"\n")
        lines.sort()
        output.write(b"\n".join(line for line in lines if line) + b"\n")

    def __len__(self) -> int:
        return len(self.oxigraph)

    def close(self) -> None:
        """Let go of the quads."""
        self.oxigraph = Oxigraph()


@dataclass(frozen=True)
class Mark:
    """What a store on disk says of itself.

    ``dataset`` is the id of its data set, ``digest`` tells of which facts it was made, and
    ``refused`` how many faults were found in them, if it was built all the same. ``writes``
    counts the changes since then; each leaves the quads in another folder.
    """

    dataset: str = ""
    digest: str = ""
    refused: int = 0
    writes: int = 0

    @property
    def quads(self) -> str:
        """Name of the folder with the quads, within the folder of the store."""
        return f"quads-{self.writes}" if self.writes else "quads"


class DiskStore(MemoryStore):
    """Quads in a folder, for what memory does not hold."""

    _piece = 1 << 25
    """As above: many, for each time makes files that are to be merged again later."""

    def __init__(self, folder: Path, mark: Mark | None = None) -> None:
        """Open the store in ``folder``, or make one there and put ``mark`` on it.

        Raises StoreError when the folder is no store, is of a newer version, or is in use.
        """
        self.folder = folder
        found = self.read_mark(folder)
        if found is None:
            folder.mkdir(parents=True, exist_ok=True)
            self.mark = mark or Mark()
            self.write_mark(self.mark)
        else:
            self.mark = found
        try:
            super().__init__(Oxigraph(str(self.quads_folder)))
        except OSError as error:
            raise StoreError(
                Text(
                    f"l'archivio in {folder} non si può aprire: {error};"
                    " lo usa forse un altro filiera?",
                    f"the store in {folder} cannot be opened: {error};"
                    " is another filiera using it?",
                )
            ) from error
        self.undone = self.tidy(later=True)
        """Whether a write was ended before it was done; nothing of it is here."""
        self.tidy(older=True)

    @property
    def quads_folder(self) -> Path:
        """Folder with the quads."""
        return self.folder / self.mark.quads

    def tidy(self, *, older: bool = False, later: bool = False) -> bool:
        """Remove the quads that a write has replaced, or what one has left; whether any were.

        Nobody may read the older ones any more, or be writing the later ones.
        """
        found = False
        for left in self.folder.glob("quads*"):
            number = left.name.removeprefix("quads").removeprefix("-") or "0"
            if number.isdecimal() and (
                (older and int(number) < self.mark.writes)
                or (later and int(number) > self.mark.writes)
            ):
                shutil.rmtree(left, ignore_errors=True)
                found = True
        return found

    def write_mark(self, mark: Mark) -> None:
        """Put a mark on the store, in place of the one it bears."""
        write_mark(self.folder, mark)
        self.mark = mark

    @staticmethod
    def read_mark(folder: Path) -> Mark | None:
        """What a folder says of the store in it; ``None`` if it is empty or not there."""
        if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
            return None
        try:
            mark = json.loads((folder / _MARK).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise StoreError(
                Text(
                    f"{folder} non è un archivio di Filiera ({_MARK} manca o non si legge);"
                    " indica una cartella vuota o nuova",
                    f"{folder} is not a store of Filiera ({_MARK} is missing or unreadable);"
                    " name an empty or a new folder",
                )
            ) from error
        found = mark.get("format") if isinstance(mark, dict) else None
        if not isinstance(found, int):
            raise StoreError(
                Text(
                    f"{folder / _MARK} non dice il formato; indica una cartella vuota o nuova",
                    f"{folder / _MARK} names no format; name an empty or a new folder",
                )
            )
        if found > FORMAT:
            raise StoreError(
                Text(
                    f"l'archivio in {folder} ha il formato {found}, più nuovo di quello noto a"
                    f" questo Filiera ({FORMAT}); aggiorna Filiera, o indica un'altra cartella",
                    f"the store in {folder} has format {found}, newer than this Filiera knows"
                    f" ({FORMAT}); update Filiera, or name another folder",
                )
            )
        return Mark(
            str(mark.get("dataset", "")),
            str(mark.get("digest", "")),
            int(mark.get("refused", 0)),
            int(mark.get("writes", 0)),
        )

    def load(self, chunks: Iterable[bytes]) -> None:
        """Add N-Quads, and have them on disk when done."""
        super().load(chunks)
        self.oxigraph.flush()

    def _add(self, text: bytes) -> None:
        if len(text) > _LITTLE:
            super()._add(text)
        else:  # a bulk load makes a dozen files each time
            self._checked(self.oxigraph.load, text)


def write_mark(folder: Path, mark: Mark) -> None:
    """Put a mark on the store in a folder, whole or not at all."""
    content = {"format": FORMAT if mark.writes else _BUILT, **asdict(mark)}
    new = folder / f"{_MARK}.new"
    with new.open("w", encoding="utf-8") as file:
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / _MARK)


@contextmanager
def _turns(seconds: float) -> Iterator[None]:
    """Change how long a thread keeps the interpreter's lock, for a while."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(seconds)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def _joined(chunks: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Pieces of at least ``size`` bytes, but for the last one."""
    waiting: list[bytes] = []
    length = 0
    for chunk in chunks:
        waiting.append(chunk)
        length += len(chunk)
        if length >= size:
            yield b"".join(waiting)
            waiting.clear()
            length = 0
    if length:
        yield b"".join(waiting)
