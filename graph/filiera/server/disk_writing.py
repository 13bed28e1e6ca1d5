"""One change of a store on disk, made in a process of its own: an order comes on standard input.

The store's files never change once they are written, so a copy of them costs next to nothing: it
is made by links. The change is made in the copy; then the mark of the store names the copy, which
is one step of the file system. Whoever is ended before that step has changed nothing, whoever is
ended after it has changed all. Those who read go on reading the old files.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import signal
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from pyoxigraph import Store as Oxigraph

from filiera.errors import StoreError
from filiera.facts.dataset import Dataset
from filiera.server.forked import die_with_parent, limit_this_process
from filiera.server.messages import Job, Reply
from filiera.server.writing import done, write
from filiera.store import DiskStore, Mark, MemoryStore
from filiera.store.embedded import write_mark

__all__ = ["Ended", "change_on_disk", "main"]


class Ended(Exception):
    """The process was ended by the signal ``number``."""

    def __init__(self, number: int, errors: str) -> None:
        super().__init__(errors)
        self.number = number


class _Copy(DiskStore):
    """The copy in which a change is made."""

    def __init__(self, folder: Path, quads: Path) -> None:
        self.folder, self.mark = folder, Mark()
        MemoryStore.__init__(self, Oxigraph(str(quads)))

    def load(self, chunks: Iterable[bytes]) -> None:
        """Add N-Quads; they are on disk once all is done."""
        MemoryStore.load(self, chunks)


async def change_on_disk(
    store: DiskStore,
    dataset: Dataset,
    job: Job,
    seconds: int,
    memory_mb: int,
    begun: Callable[[asyncio.subprocess.Process], None],
) -> Reply:
    """Change the store in its folder, in another process, which ``begun`` is told of.

    ``store`` itself stays as it is.

    Raises `Ended` when that process is ended, at a limit or from outside.
    """
    order = {
        "folder": str(store.folder.resolve()),
        "dataset": str(dataset.folder.resolve()),
        "job": dict(job),
        "seconds": seconds,
        "memory_mb": memory_mb,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "from filiera.server.disk_writing import main; main()",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    begun(process)
    try:
        output, errors = await process.communicate(json.dumps(order).encode())
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    if process.returncode:
        raise Ended(-process.returncode, errors.decode(errors="replace"))
    answer = json.loads(output)
    return Reply(answer["status"], answer["media_type"], answer["body"].encode())


def _change(folder: Path, dataset: Path, job: Job) -> Reply:
    mark = DiskStore.read_mark(folder)
    if mark is None:
        raise StoreError(f"there is no store in {folder} any more")
    after = replace(mark, writes=mark.writes + 1)
    new = folder / after.quads
    shutil.rmtree(new, ignore_errors=True)  # a change that was ended may have left it
    Oxigraph.read_only(str(folder / mark.quads)).backup(str(new))
    store = _Copy(folder, new)
    reply = write(store, Dataset.read(dataset), job)
    if done(reply):
        store.oxigraph.flush()
        store.close()
        write_mark(folder, after)
    else:
        store.close()
        shutil.rmtree(new, ignore_errors=True)
    return reply


def main() -> None:
    """Take an order from standard input, and answer on standard output."""
    order = json.load(sys.stdin)
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_this_process(order["seconds"], order["memory_mb"])
    try:
        reply = _change(Path(order["folder"]), Path(order["dataset"]), order["job"])
    except MemoryError:
        sys.exit(f"{order['memory_mb']} MiB of memory are not enough")
    answer = {
        "status": reply.status,
        "media_type": reply.media_type,
        "body": reply.body.decode(),
    }
    json.dump(answer, sys.stdout)
