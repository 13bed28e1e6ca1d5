"""Loading a store on a server: resumed, visible at once, harmless when broken off."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pyoxigraph import QuerySolutions

import filiera
from filiera.build import build
from filiera.build.opening import open_store
from filiera.build.remote import build_on_server
from filiera.errors import StoreError
from filiera.facts.dataset import Dataset
from filiera.results import Value
from filiera.store import MemoryStore, Store, patterns, uploading
from filiera.store.bookkeeping import HIDDEN, LOADING, STAGING
from filiera.store.connecting import connect
from filiera.store.http import Server
from filiera.store.remote import RemoteStore, read_store_mark
from filiera.texts import Text
from tests.conftest import MakeDataset
from tests.engines.loads import building, changed, dump, emptied, graphs
from tests.engines.servers import VIRTUOSO_CREDENTIALS
from tests.small_cluster import FOLDER, small_dataset, small_store

PROGRAM = "from filiera_command import main; main()"
READ = """
import json, select, sys
from filiera.store.connecting import connect

remote, _ = connect(sys.argv[1])
while not select.select([sys.stdin], [], [], 0)[0]:
    print(json.dumps(sorted(str(row) for row in remote.query(sys.argv[2]))), flush=True)
remote.close()
"""


BOTH = pytest.mark.parametrize("address", ["oxigraph", "virtuoso"], indirect=True)
"""For what a server has a part in; what is decided before is tested with the faster one."""


@pytest.fixture(autouse=True)
def _always_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers look for a change each time, not once a second."""
    monkeypatch.setattr(patterns, "_FRESH_SECONDS", 0.0)


@BOTH
def test_what_was_loaded_is_what_was_built(address: str) -> None:
    arrived: list[tuple[int, int]] = []
    report = build_on_server(
        small_dataset(), address, progress=lambda done, total: arrived.append((done, total))
    )
    remote, marked = connect(address)
    assert marked
    assert remote.mark.dataset == "small"
    assert remote.mark.digest == report.digest
    assert dump(remote) == dump(small_store())
    assert len(remote) == len(small_store()) == report.quads
    assert arrived[-1] == (report.quads, report.quads)
    assert not [name for name in graphs(remote) if name.startswith((STAGING, LOADING))]
    remote.close()


def test_a_store_with_the_same_facts_is_not_built_again(address: str) -> None:
    with filiera.open_graph(FOLDER, store=address) as first:
        assert first.built is not None
        assert isinstance(first.store, RemoteStore)
    with filiera.open_graph(FOLDER, store=address) as second:
        assert second.built is None
        assert second.ask("members-at", body="hub").rows == first_rows(second)


def first_rows(ecosystem: filiera.Ecosystem) -> list[tuple[Value, ...]]:
    here = filiera.Ecosystem(small_store(), small_dataset(), lang=ecosystem.lang)
    return here.ask("members-at", body="hub").rows


def test_changed_facts_replace_what_was_there(address: str, make_dataset: MakeDataset) -> None:
    build_on_server(make_dataset(), address)
    altered = changed(make_dataset)
    build_on_server(altered, address)
    expected = MemoryStore()
    build(altered, expected)
    remote, _ = connect(address)
    assert dump(remote) == dump(expected)
    assert b"Page B again" in dump(remote)
    remote.close()


def killed_at(first: int, dataset: Dataset, address: str, many: int = 1_000_000) -> None:
    """Kill a build as soon as ``first`` pieces have arrived; for ``many`` see `building`."""
    running = building(dataset, address, many)
    assert running.stdout
    assert running.stdin
    for _ in range(first):
        assert running.stdout.readline(), "the build ended before it could be killed"
        running.stdin.write("\n")
        running.stdin.flush()
    running.stdout.readline()
    running.send_signal(signal.SIGKILL)
    running.communicate()


@contextmanager
def pieces_sent() -> Iterator[list[str]]:
    """Collects the updates that say that a piece has arrived."""
    sent: list[str] = []
    original = Server.update

    def update(self: Server, sparql: str, **how: bool) -> None:
        if f"<{HIDDEN}piece>" in sparql and "INSERT DATA" in sparql:
            sent.append(sparql)
        original(self, sparql, **how)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Server, "update", update)
        yield sent


@BOTH
def test_a_killed_load_leaves_the_old_state_and_is_resumed(
    address: str, make_dataset: MakeDataset
) -> None:
    with pieces_sent() as all_pieces:
        build_on_server(make_dataset(), address)
    remote, _ = connect(address)
    before = dump(remote)
    altered = changed(make_dataset)
    killed_at(1, altered, address)

    # Readers see the old graph, whole, though much of the new one is on the server.
    assert [name for name in graphs(remote) if name.startswith(STAGING)]
    assert dump(remote) == before
    named = remote.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    assert isinstance(named, QuerySolutions)
    assert not [row for row in named if row[0].value.startswith(HIDDEN)]

    told: list[Text] = []
    with pieces_sent() as missing:
        store, report = open_store(altered, address, tell=told.append)
    assert report is not None
    assert "broken off" in told[0].en
    assert 1 <= len(missing) < len(all_pieces)
    expected = MemoryStore()
    build(altered, expected)
    assert dump(store) == dump(remote) == dump(expected)
    assert not [name for name in graphs(remote) if name.startswith((STAGING, LOADING))]
    store.close()
    remote.close()


def test_what_a_load_of_other_facts_left_is_removed(
    address: str, make_dataset: MakeDataset
) -> None:
    killed_at(0, changed(make_dataset), address)
    build_on_server(make_dataset(), address)
    remote, _ = connect(address)
    assert not [name for name in graphs(remote) if name.startswith((STAGING, LOADING))]
    assert b"Page B again" not in dump(remote)
    remote.close()


@BOTH
def test_much_for_an_empty_store_goes_straight_to_its_place(
    address: str, make_dataset: MakeDataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = make_dataset()
    with pieces_sent() as all_pieces:
        build_on_server(dataset, address)
    remote, _ = connect(address)
    expected = dump(remote)
    emptied(remote)
    killed_at(1, dataset, address, many=0)

    # What is there is not yet a graph for anybody, and not taken for somebody else's.
    assert not [name for name in graphs(remote) if name.startswith(STAGING)]
    assert 0 < len(remote) < len(expected.splitlines())
    assert read_store_mark(remote.server) is None
    monkeypatch.setattr(uploading, "_MANY", 0)
    told: list[Text] = []
    with pieces_sent() as missing:
        store, report = open_store(dataset, address, tell=told.append)
    assert report is not None
    assert "broken off; the graph is not whole" in told[0].en
    assert 1 <= len(missing) < len(all_pieces)
    assert dump(store) == expected
    assert not [name for name in graphs(remote) if name.startswith((STAGING, LOADING))]
    store.close()

    # Now that there is something, what takes its place is exchanged for it.
    killed_at(1, changed(make_dataset), address, many=0)
    assert [name for name in graphs(remote) if name.startswith(STAGING)]
    assert dump(remote) == expected
    remote.close()


def test_a_straight_load_of_other_facts_is_removed(address: str, make_dataset: MakeDataset) -> None:
    killed_at(2, changed(make_dataset), address, many=0)
    remote, _ = connect(address)
    assert len(remote) > 0
    dataset = make_dataset()
    build_on_server(dataset, address)
    expected = MemoryStore()
    build(dataset, expected)
    assert dump(remote) == dump(expected)
    assert not [name for name in graphs(remote) if name.startswith((STAGING, LOADING))]
    remote.close()


@BOTH
def test_readers_see_the_old_graph_or_the_new_one(address: str, make_dataset: MakeDataset) -> None:
    """One reads all the time while another load takes the place of what was there."""
    old, new = make_dataset(), changed(make_dataset)
    expected = set()
    for dataset in (old, new):
        here = MemoryStore()
        build(dataset, here)
        expected.add(tuple(sorted(rows(here))))
    assert len(expected) == 2
    build_on_server(old, address)
    reader = subprocess.Popen(
        [sys.executable, "-c", READ, address, TITLES],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert reader.stdout
    assert reader.stdin
    lines = [reader.stdout.readline()]  # it has seen the old graph, and goes on
    build_on_server(new, address)
    reader.stdin.close()
    lines += reader.stdout
    assert reader.wait() == 0
    reader.stdout.close()
    seen = [tuple(json.loads(line)) for line in lines]
    assert len(seen) > 1
    assert set(seen) <= expected


def rows(store: Store) -> list[str]:
    """The titles that a store holds, as text."""
    return [str(row) for row in store.query(TITLES)]  # type: ignore[union-attr]


TITLES = """
SELECT ?g ?s ?title {
  { GRAPH ?g { ?s dcterms:title ?title } } UNION { ?s dcterms:title ?title }
}
"""


def test_an_exchange_that_was_broken_off_is_told_and_mended(
    virtuoso_address: str, make_dataset: MakeDataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where graphs cannot be exchanged at once, nobody reads while only some are."""
    for name, value in VIRTUOSO_CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(patterns, "_PATIENCE_SECONDS", 0.0)
    build_on_server(make_dataset(), virtuoso_address, force=True)
    altered = changed(make_dataset)

    class Broken(Exception):
        pass

    original = Server.update

    def update(self: Server, sparql: str, **how: bool) -> None:
        if sparql.startswith("COPY"):
            raise Broken
        original(self, sparql, **how)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Server, "update", update)
        with pytest.raises(Broken):
            build_on_server(altered, virtuoso_address)
    remote, _ = connect(virtuoso_address)
    with pytest.raises(StoreError, match=r"graphs of the store at .* are being exchanged"):
        remote.query(TITLES)
    told: list[Text] = []
    # This process has the load still: it is the one that says so, and goes on.
    build_on_server(altered, virtuoso_address, force=True)
    expected = MemoryStore()
    build(altered, expected)
    store, _ = open_store(altered, virtuoso_address, tell=told.append)
    assert told == []
    assert dump(store) == dump(expected)
    store.close()
    remote.close()


def test_the_command_builds_and_asks(address: str) -> None:
    build_here = ["build", str(FOLDER), "--format", "csv", "--no-shapes"]
    ask = ["ask", "members-at", "body=hub", "--data", str(FOLDER), "--lang", "en"]
    built, asked = (
        subprocess.run(
            [sys.executable, "-c", PROGRAM, *arguments, "--store", address],
            capture_output=True,
            text=True,
            check=True,
        )
        for arguments in (build_here, ask)
    )
    assert "organisations,Organisations,13,0" in built.stdout
    assert built.stderr == f"{len(small_store())} quads in the graph\n"  # no bar in a pipe
    assert "Acme" in asked.stdout
    assert asked.stderr == ""
