"""One store on disk in place of another: one builder at a time, nothing half done.

A store is built in a folder beside its own and then the two are exchanged, which takes two
renamings. What a builder leaves that is killed before, between or after them is put in order by
the next one that opens or builds the store.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from filiera.errors import StoreError
from filiera.reasons import reason
from filiera.texts import Text

__all__ = ["Tell", "building_beside", "put_in_order"]

Tell = Callable[[Text], None]
"""Takes what a person should know."""

_OLD = "-old"


@contextmanager
def building_beside(folder: Path, tell: Tell) -> Iterator[Path]:
    """A new folder beside ``folder``, which takes its place if nothing is raised.

    Waits while another process builds there. Raises StoreError where no folder can be made.
    """
    with ExitStack() as held:
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            held.enter_context(_alone(folder, tell))
            _put_in_order(folder, tell)
            beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        except OSError as error:
            why = reason(error)
            raise StoreError(
                Text(
                    f"in {folder.parent} non si può fare un archivio: {why.it}; indica un'altra"
                    " cartella",
                    f"no store can be made in {folder.parent}: {why.en}; name another folder",
                )
            ) from error
        try:
            yield beside
            _exchange(beside, folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)


def put_in_order(folder: Path, tell: Tell) -> None:
    """Clear up after a builder that was killed; leave one alone that is at work."""
    if not any(_left(folder)):
        return
    with suppress(BlockingIOError, PermissionError), _lock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB):
        _put_in_order(folder, tell)


def _put_in_order(folder: Path, tell: Tell) -> None:
    left = sorted(_left(folder), key=lambda path: path.stat().st_mtime)
    old = [path for path in left if path.name.endswith(_OLD)]
    if not left:
        return
    if old and not folder.exists():
        old[-1].replace(folder)
        tell(
            Text(
                f"Una costruzione di {folder} è stata interrotta: c'è di nuovo il grafo di prima.",
                f"A build of {folder} was broken off: the graph of before is back.",
            )
        )
    elif folder.exists():
        tell(
            Text(
                f"Una costruzione di {folder} è stata interrotta: il grafo è intero, i resti sono"
                " tolti.",
                f"A build of {folder} was broken off: the graph is whole, what was left over is"
                " removed.",
            )
        )
    else:
        tell(
            Text(
                f"Una costruzione di {folder} è stata interrotta prima di finire; i resti sono"
                " tolti.",
                f"A build of {folder} was broken off before it was done; what was left over is"
                " removed.",
            )
        )
    for path in left:
        shutil.rmtree(path, ignore_errors=True)


def _left(folder: Path) -> Iterator[Path]:
    """Folders that builders of a store have made and not removed."""
    for path in folder.parent.glob(f".{folder.name}-*"):
        # mkdtemp adds eight characters: other names belong to other stores.
        if len(path.name.removesuffix(_OLD)) == len(folder.name) + 10 and path.is_dir():
            yield path


@contextmanager
def _alone(folder: Path, tell: Tell) -> Iterator[None]:
    """Keep other builders waiting."""
    with ExitStack() as held:
        try:
            held.enter_context(_lock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB))
        except BlockingIOError:
            tell(
                Text(
                    f"Un altro filiera sta costruendo {folder}; aspetto che finisca.",
                    f"Another filiera is building {folder}; waiting until it is done.",
                )
            )
            held.enter_context(_lock(folder, fcntl.LOCK_EX))
        yield


@contextmanager
def _lock(folder: Path, how: int) -> Iterator[None]:
    """Hold the lock of a store; the system lets go of it when the process ends, however it ends."""
    path = folder.with_name(f".{folder.name}.lock")
    while True:
        with path.open("w") as file:
            fcntl.flock(file, how)
            # Whoever held it before has removed it: the next one makes a file of its own.
            if not _is_still(path, file.fileno()):
                continue
            try:
                yield
            finally:
                path.unlink(missing_ok=True)
            return


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _exchange(new: Path, folder: Path) -> None:
    old = new.with_name(new.name + _OLD)
    if folder.exists():
        folder.replace(old)
    try:
        new.replace(folder)
    except OSError:
        if old.exists():
            old.replace(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
