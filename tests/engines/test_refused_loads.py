"""Loading a store on a server where that is refused: what is there stays as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import filiera
from filiera.build import build
from filiera.build.opening import open_store
from filiera.build.remote import build_on_server
from filiera.errors import StoreError
from filiera.facts.dataset import Dataset
from filiera.store import MemoryStore
from filiera.store.connecting import connect
from tests.conftest import MakeDataset
from tests.engines.loads import building, changed, dump, graphs
from tests.engines.servers import oxigraph_server
from tests.small_cluster import small_dataset, small_store


@pytest.fixture
def oxigraph_union() -> Iterator[str]:
    with oxigraph_server("--union-default-graph") as address:
        yield address


def test_another_data_set_is_refused(address: str, make_dataset: MakeDataset) -> None:
    build_on_server(small_dataset(), address)
    other = make_dataset()
    text = (other.folder / "dataset.toml").read_text().replace('"small"', '"other"')
    (other.folder / "dataset.toml").write_text(text)
    with pytest.raises(StoreError, match="holds the data set “small”, not “other”"):
        open_store(Dataset.find(other.folder), address)
    remote, _ = connect(address)
    assert dump(remote) == dump(small_store())
    remote.close()


def test_what_is_not_filiera_s_is_not_touched(address: str) -> None:
    remote, _ = connect(address)
    remote.server.update("INSERT DATA { GRAPH <http://example.org/g> { <a:s> <a:p> <a:o> } }")
    with pytest.raises(StoreError, match=r"example\.org/g>?, which Filiera has not put there"):
        open_store(small_dataset(), address)
    assert "http://example.org/g" in graphs(remote)
    remote.close()


def test_faulty_facts_leave_the_server_as_it_was(address: str, make_dataset: MakeDataset) -> None:
    build_on_server(make_dataset(), address)
    remote, _ = connect(address)
    before = dump(remote)
    faulty = make_dataset("faulty", figures="subject,measure,value,date,source\nacme,x,1,,page-a\n")
    with pytest.raises(filiera.FactsError):
        build_on_server(faulty, address)
    assert dump(remote) == before
    remote.close()


def test_a_second_builder_is_refused(address: str, make_dataset: MakeDataset) -> None:
    dataset = make_dataset()
    running = building(dataset, address)
    assert running.stdout
    assert running.stdout.readline()  # the first piece has arrived, and it waits
    with pytest.raises(StoreError, match=f"process {running.pid} on .* is loading the store"):
        build_on_server(changed(make_dataset), address)
    running.communicate("\n" * 10)
    assert running.returncode == 0
    remote, _ = connect(address)
    expected = MemoryStore()
    build(dataset, expected)
    assert dump(remote) == dump(expected)
    remote.close()


def test_a_default_graph_that_is_a_union_is_refused(
    oxigraph_union: str, make_dataset: MakeDataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StoreError, match="is the union of its named graphs; set FILIERA_STORE_D"):
        build_on_server(make_dataset(), oxigraph_union)
    monkeypatch.setenv("FILIERA_STORE_DIALECT", "patterns")
    build_on_server(make_dataset(), oxigraph_union)
    remote, _ = connect(oxigraph_union)
    expected = MemoryStore()
    build(make_dataset(), expected)
    assert dump(remote) == dump(expected)
    remote.close()
    monkeypatch.setenv("FILIERA_STORE_DIALECT", "standard")
    with pytest.raises(StoreError, match="was loaded for the dialect patterns, not standard"):
        connect(oxigraph_union)
