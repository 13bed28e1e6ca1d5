"""The embedded stores: queries, loading while the text is made, and marks on disk."""

from __future__ import annotations

import io
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QuerySolutions

from filiera.errors import QueryError, StoreError
from filiera.store import DiskStore, Mark, MemoryStore
from filiera.store.embedded import FORMAT

TRIPLE = b"<https://example.org/s> <https://example.org/p> <https://example.org/o> .\n"
QUAD = TRIPLE.replace(b" .\n", b" <https://example.org/g> .\n")


def test_quads_come_in_while_they_are_made() -> None:
    store = MemoryStore()
    store.load(iter([TRIPLE, QUAD]))
    assert len(store) == 2
    assert [str(quad.predicate) for quad in store.quads(NamedNode("https://example.org/s"))] == [
        "<https://example.org/p>"
    ]
    assert len(list(store.graph_quads(NamedNode("https://example.org/g")))) == 1


def test_what_goes_wrong_while_quads_are_made_reaches_the_caller() -> None:
    def broken() -> Iterator[bytes]:
        yield TRIPLE
        raise ZeroDivisionError("half way")

    with pytest.raises(ZeroDivisionError, match="half way"):
        MemoryStore().load(broken())


def test_faulty_text_is_refused_and_the_maker_is_stopped() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b"this is no N-Quads\n" * 10_000

    with pytest.raises(StoreError, match=r"not well-formed N-Quads: .*line 1"):
        MemoryStore().load(endless())


def test_a_disk_that_cannot_be_written_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def bulk_load(self, **_: object) -> None:
            raise OSError("No space left on device")

    store = MemoryStore()
    monkeypatch.setattr(store, "oxigraph", Full())
    with pytest.raises(StoreError, match="cannot be written: No space left on device"):
        store.load([QUAD])


def test_a_query_never_reaches_out_to_other_hosts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        stranger.settimeout(0.2)
        address = f"http://127.0.0.1:{stranger.getsockname()[1]}/"
        with pytest.raises(QueryError, match="SERVICE is not allowed"):
            MemoryStore().query(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}")
        with pytest.raises(TimeoutError):
            stranger.accept()
    silent = "SELECT ?service { ?service rdfs:label 'SERVICE' } # SERVICE"
    rows = MemoryStore().query(silent)
    assert isinstance(rows, QuerySolutions)
    assert list(rows) == []


@pytest.mark.parametrize("text", ["SELECT * WHERE { ?s ?p", "not sparql", ""])
def test_a_malformed_query_is_told_with_the_words_of_the_parser(text: str) -> None:
    with pytest.raises(QueryError, match=r"not well-formed SPARQL: .*1:"):
        MemoryStore().query(text)
    with pytest.raises(QueryError, match="not well-formed SPARQL"):
        MemoryStore().update(text + "x")


def test_a_dump_is_sorted_and_ends_with_a_line_break() -> None:
    store, buffer = MemoryStore(), io.BytesIO()
    store.load([QUAD, TRIPLE])
    store.dump(buffer)
    assert buffer.getvalue() == b"".join(sorted([QUAD, TRIPLE]))


def test_a_store_on_disk_keeps_its_quads_and_its_digest(tmp_path: Path) -> None:
    store = DiskStore(tmp_path / "store", Mark("small", "abc", 2))
    store.load([TRIPLE])
    store.close()
    again = DiskStore(tmp_path / "store")
    assert len(again) == 1
    assert again.mark == Mark("small", "abc", 2)
    again.close()


def test_a_store_in_use_is_told(tmp_path: Path) -> None:
    store = DiskStore(tmp_path / "store")
    with pytest.raises(StoreError, match="cannot be opened"):
        DiskStore(tmp_path / "store")
    store.close()


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        (json.dumps({"format": FORMAT + 1}), "newer than this Filiera knows"),
        (json.dumps({"digest": "abc"}), "names no format"),
        ("not json", "is not a store of Filiera"),
        (None, "is not a store of Filiera"),
    ],
)
def test_a_folder_that_is_no_store_is_told_and_left_alone(
    tmp_path: Path, mark: str | None, message: str
) -> None:
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    if mark is not None:
        (tmp_path / "filiera-store.json").write_text(mark, encoding="utf-8")
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(StoreError, match=message):
        DiskStore(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == before
