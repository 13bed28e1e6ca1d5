"""What the tests that load a store on a server do, and what they read off it."""

from __future__ import annotations

import io
import subprocess
import sys

from filiera.facts.dataset import Dataset
from filiera.store import Store
from filiera.store.remote import RemoteStore
from tests.conftest import MakeDataset

BUILD = """
import sys
from filiera.build.remote import build_on_server
from filiera.facts.dataset import Dataset
from filiera.store import uploading

uploading._MANY = int(sys.argv[3])

def told(done, total):
    print(done, total, flush=True)
    sys.stdin.readline()  # goes on when the test says so, or never

build_on_server(Dataset.find(sys.argv[1]), sys.argv[2], progress=told)
"""
CHANGED_SOURCES = """\
id,url,title,publisher,published,language
page-a,https://example.org/a,Page A,Gazette,2020-07,it
page-b,https://example.org/b,Page B again,Herald,2021-03-05,en
"""


def dump(store: Store) -> bytes:
    written = io.BytesIO()
    store.dump(written)
    return written.getvalue()


def graphs(remote: RemoteStore) -> set[str]:
    """Names of all graphs on the server, the store's own among them."""
    rows = remote.rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    return {graph.value for (graph,) in rows}


def emptied(remote: RemoteStore) -> None:
    """Take away all that Filiera and the tests have put on a server."""
    dropped = [
        f"DROP SILENT GRAPH <{name}>"
        for name in graphs(remote)
        if "filiera" in name or "example" in name
    ]
    if remote.default_graph is None:
        dropped.append("CLEAR DEFAULT")
    if dropped:
        remote.server.update(" ;\n".join(dropped))


def changed(make: MakeDataset) -> Dataset:
    """The small cluster of the fixtures with one row more."""
    return make("changed", sources=CHANGED_SOURCES)


def building(dataset: Dataset, address: str, many: int = 1_000_000) -> subprocess.Popen[str]:
    """A build in a process of its own, which goes on after a piece when it is told to.

    More quads than ``many`` go into an empty store without an exchange.
    """
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, str(dataset.folder), address, str(many)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
