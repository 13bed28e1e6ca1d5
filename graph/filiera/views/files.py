"""Files that are there whole or not at all: written beside, then renamed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from filiera.errors import OutputError
from filiera.reasons import reason
from filiera.texts import Text

__all__ = ["new_file", "refuse_unwritable"]


@contextmanager
def new_file(path: Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """Open a file for writing that takes the name ``path`` only when all is written.

    After an error there is no file, or the one that was there before. A device or a pipe is
    written to as it stands. Raises OutputError when ``path`` exists and ``force`` is false,
    is a folder, or cannot be written.
    """
    refuse_unwritable(path, force=force)
    in_place = path.exists() and not path.is_file()
    target = path if in_place else path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with target.open("wb") as output:
            yield output
        if not in_place:
            target.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        if not in_place:
            target.unlink(missing_ok=True)


def refuse_unwritable(path: Path, *, force: bool = False) -> None:
    """Raise OutputError if ``path`` cannot be written, before any work is done for it."""
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        mode = 0
    except OSError as error:
        raise _unwritable(path, error) from error
    if stat.S_ISDIR(mode):
        raise OutputError(
            Text(
                f"{path} è una cartella; indica un file al suo interno",
                f"{path} is a folder; name a file in it",
            )
        )
    if stat.S_ISREG(mode) and not force:
        raise OutputError(
            Text(
                f"{path} esiste già; dai un altro nome, o --force per sostituirlo",
                f"{path} exists already; give another name, or --force to replace it",
            )
        )
    folder = path.absolute().parent
    if folder.exists() and not folder.is_dir():
        raise OutputError(
            Text(
                f"{folder} è un file e non una cartella; indica un altro posto",
                f"{folder} is a file and no folder; name another place",
            )
        )
    if not folder.is_dir():
        raise OutputError(
            Text(
                f"la cartella {folder} non esiste; creala, o indicane un'altra",
                f"the folder {folder} does not exist; make it, or name another one",
            )
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OutputError(
            Text(
                f"in {folder} non si possono creare file: permesso negato;"
                " indica un'altra cartella",
                f"no file can be made in {folder}: permission denied; name another folder",
            )
        )


def _unwritable(path: Path, error: OSError) -> OutputError:
    why = reason(error)
    return OutputError(
        Text(
            f"{path} non si può scrivere: {why.it}; indica un altro file",
            f"{path} cannot be written: {why.en}; name another file",
        )
    )
