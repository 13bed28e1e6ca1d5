"""A store on disk after kill -9: the old state or the new one, whole, and it is said."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from filiera.build import build, exchanging
from filiera.build.opening import build_on_disk, open_store
from filiera.facts.dataset import Dataset
from filiera.store import DiskStore, MemoryStore, Store
from filiera.texts import Text
from tests.conftest import MakeDataset

CHANGED = """\
subject,measure,value,date,source
acme,employees,777,2020,page-a
"""
DYING = """
import os, signal, sys
from pathlib import Path
from filiera.build import exchanging, opening
from filiera.facts.dataset import Dataset

folder, moment = Path(sys.argv[2]), sys.argv[3]

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

rename = Path.replace
def dying_replace(self, target):
    # The first renaming puts the old store aside, the second the new one in its place.
    if moment == "before the new one is there" and Path(target) == folder:
        die()
    done = rename(self, target)
    if moment == "after the new one is there" and Path(target) == folder:
        die()
    return done
Path.replace = dying_replace
opening.build_on_disk(
    Dataset.find(sys.argv[1]), folder, check=die if moment == "while it builds" else lambda s: None
)
"""
UPDATING = """
import sys
from pathlib import Path
from filiera.store import DiskStore
store = DiskStore(Path(sys.argv[1]))
print("ready", flush=True)
store.update('''
    DELETE { ?s ?p ?o } INSERT { ?s ?p ?o, "seen" . GRAPH <urn:copy> { ?s ?p ?o } }
    WHERE { ?s ?p ?o }
''')
print("done", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder for a store, which is not there yet."""
    return tmp_path / "store"


def lines(store: Store) -> bytes:
    written = io.BytesIO()
    store.dump(written)
    return written.getvalue()


def expected(dataset: Dataset) -> bytes:
    store = MemoryStore()
    build(dataset, store)
    return lines(store)


def beside(folder: Path) -> list[str]:
    """What lies in the folder of the store, other than the store and the facts."""
    return sorted(
        path.name for path in folder.parent.iterdir() if path.name.startswith(f".{folder.name}")
    )


def killed(dataset: Dataset, folder: Path, moment: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", DYING, str(dataset.folder), str(folder), moment],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == -signal.SIGKILL, ran.stderr
    assert beside(folder)


@pytest.mark.parametrize(
    ("moment", "holds", "said"),
    [
        ("while it builds", "old", "the graph is whole"),
        ("before the new one is there", "old", "the graph of before is back"),
        ("after the new one is there", "new", "the graph is whole"),
    ],
)
def test_a_killed_build_leaves_one_state_whole(
    make_dataset: MakeDataset, place: Path, moment: str, holds: str, said: str
) -> None:
    old, new = make_dataset(), make_dataset("new", figures=CHANGED)
    build_on_disk(old, place)
    killed(new, place, moment)
    told: list[Text] = []
    store, report = open_store(old if holds == "old" else new, place, tell=told.append)
    assert report is None, "it was there, so it is not built again"
    assert lines(store) == expected(old if holds == "old" else new)
    store.close()
    assert [said in text.en for text in told] == [True]
    assert beside(place) == []


def test_a_first_build_that_was_killed_is_begun_anew(
    make_dataset: MakeDataset, place: Path
) -> None:
    dataset = make_dataset()
    killed(dataset, place, "while it builds")
    told: list[Text] = []
    store, report = open_store(dataset, place, tell=told.append)
    assert report is not None
    assert lines(store) == expected(dataset)
    store.close()
    assert ["before it was done" in text.en for text in told] == [True]
    assert beside(place) == []


def test_a_builder_at_work_is_left_alone_and_waited_for(
    make_dataset: MakeDataset, place: Path
) -> None:
    dataset = make_dataset()
    told: list[Text] = []
    with exchanging.building_beside(place, told.append) as new:
        exchanging.put_in_order(place, told.append)
        assert new.is_dir()
        waiting = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "import sys; from pathlib import Path\n"
                "from filiera.build.opening import build_on_disk\n"
                "from filiera.facts.dataset import Dataset\n"
                "build_on_disk(Dataset.find(sys.argv[1]), Path(sys.argv[2]))",
                str(dataset.folder),
                str(place),
            ],
            stderr=subprocess.PIPE,
            text=True,
        )
        assert waiting.stderr
        assert "Another filiera is building" in waiting.stderr.readline()
        assert not place.exists()
        DiskStore(new).close()
    assert told == []
    assert waiting.wait(60) == 1  # what was put there is a store of no data set: it is refused
    assert "holds the data set “”" in waiting.communicate()[1]
    assert beside(place) == []


def test_an_update_that_was_killed_is_done_or_not(make_dataset: MakeDataset, place: Path) -> None:
    build_on_disk(make_dataset(), place)
    with_all = len(_opened(place))
    for wait_for in ("ready", "done"):
        running = subprocess.Popen(
            [sys.executable, "-c", UPDATING, str(place)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert running.stdout
        while running.stdout.readline().strip() != wait_for:
            pass
        running.kill()
        running.communicate()
        store = _opened(place)
        copied = len(list(store.graph_quads(NamedNode("urn:copy"))))
        seen = len(store) - with_all - copied
        default = sum(1 for _ in store.quads())
        assert (copied == 0 and seen == 0) or (copied > 0 and seen > 0 and default > copied)
        if wait_for == "done":
            assert copied > 0
        store.close()


def _opened(folder: Path) -> DiskStore:
    return DiskStore(folder)
