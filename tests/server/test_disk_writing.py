"""Changing a store on disk while it is served: old or new, whole, whatever is killed when."""

from __future__ import annotations

import shutil
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path

import httpx
import psutil
import pytest

import filiera
from filiera.cli.opening import opened
from filiera.errors import StoreError
from filiera.store import DiskStore
from filiera.store.embedded import write_mark
from tests.small_cluster import FOLDER

from .conftest import BEARER, RunningServer, StartServer

EX = "http://example.org/"
NEW = f"INSERT DATA {{ GRAPH <{EX}g> {{ <{EX}s> <{EX}p> <{EX}o> }} }}"
NEVER = (
    "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l "
    "FILTER(CONCAT(STR(?a), STR(?f), STR(?i), STR(?l)) = 'never')"
)
ENDLESS = f"INSERT {{ ?a ?b ?d }} WHERE {{ {NEVER} }}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the small cluster that nobody changes."""
    folder = tmp_path_factory.mktemp("built") / "store"
    with filiera.open_graph(FOLDER, store=folder):
        pass
    return folder


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Path:
    """A store of the small cluster."""
    return Path(shutil.copytree(built, tmp_path / "store"))


def _values(server: RunningServer) -> list[str]:
    return server.ask(f"SELECT ?o {{ <{EX}s> ?p ?o }} ORDER BY ?o", "text/csv").text.split()[1:]


def _wait(condition: object) -> None:
    assert callable(condition)
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_what_is_written_stays(start_server: StartServer, store: Path) -> None:
    server = start_server(store, writable=True, data=FOLDER)
    assert server.update(NEW).status_code == 204
    assert _values(server) == [f"{EX}o"]
    graph = {"graph": f"{EX}h"}
    headers = {"authorization": BEARER, "content-type": "text/turtle"}
    content = f"<{EX}s> <{EX}p> <{EX}z> ."
    put = server.client.put("/graphs", params=graph, content=content, headers=headers)
    assert put.status_code == 201
    assert _values(server) == [f"{EX}o", f"{EX}z"]
    refused = server.update(f"{NEW} ; DROP GRAPH <{EX}none>")
    assert refused.status_code == 409
    # The older quads go when nobody reads them any more.
    _wait(lambda: sorted(path.name for path in store.glob("quads*")) == ["quads-2"])
    assert server.stop()[0] == 0
    with filiera.open_graph(FOLDER, store=store) as again:
        assert again.query(f"ASK {{ GRAPH <{EX}g> {{ <{EX}s> <{EX}p> <{EX}o> }} }}") is True
    mark = DiskStore.read_mark(store)
    assert mark is not None
    assert mark.writes == 2


def test_a_new_build_does_not_lose_it_silently(store: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(FOLDER, tmp_path / "data"))
    mark = DiskStore.read_mark(store)
    assert mark is not None
    shutil.copytree(store / "quads", store / "quads-1")
    write_mark(store, replace(mark, writes=1))
    with filiera.open_graph(data, store=store) as written:
        assert written.built is None
    described = data / "dataset.toml"
    described.write_text(described.read_text() + "\n# changed\n")
    with pytest.raises(StoreError, match="a new build would lose what was written"):
        filiera.open_graph(data, store=store)


def test_readers_read_on_and_a_runaway_ends(start_server: StartServer, store: Path) -> None:
    server = start_server(store, writable=True, data=FOLDER, FILIERA_QUERY_SECONDS="5")
    answers: list[httpx.Response] = []
    writing = threading.Thread(target=lambda: answers.append(server.update(ENDLESS)))
    writing.start()
    while not answers:
        assert server.ask("ASK { id:acme a org:Organization }").json()["boolean"] is True
    writing.join()
    assert answers[0].status_code == 503
    assert "FILIERA_QUERY_SECONDS" in answers[0].text
    assert server.update(NEW).status_code == 204
    assert _values(server) == [f"{EX}o"]
    writing = threading.Thread(target=lambda: answers.append(server.update(ENDLESS)))
    writing.start()
    _wait((store / "quads-2" / "CURRENT").exists)
    server.process.send_signal(signal.SIGTERM)
    writing.join()
    assert (answers[1].status_code, answers[1].text) == (503, "The server is being stopped.\n")
    assert server.stop() == (0, "ended well\n", "")
    assert "quads" not in {path.name for path in store.iterdir()}


def test_whoever_is_killed_in_the_middle_has_changed_nothing(
    start_server: StartServer, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server = start_server(store, writable=True, data=FOLDER)
    assert server.update(NEW).status_code == 204
    more = NEW.replace(f"{EX}o", f"{EX}more")
    for victim in ("writer", "server"):
        answers: list[object] = []

        def write(told: list[object] = answers) -> None:
            try:
                told.append(server.update(f"{more} ; {ENDLESS}").status_code)
            except httpx.HTTPError as error:
                told.append(error)

        writing = threading.Thread(target=write)
        writing.start()
        _wait((store / "quads-2" / "CURRENT").exists)
        (writer,) = server.running("disk_writing")
        below = server.descendants()
        if victim == "writer":
            writer.send_signal(signal.SIGKILL)
            writing.join()
            assert answers == [500]
            assert not (store / "quads-2").exists()
            assert _values(server) == [f"{EX}o"]
        else:
            server.process.kill()
            writing.join()
            server.client.close()
            server.process.communicate()
            _, alive = psutil.wait_procs(below, timeout=20)
            assert alive == []
    with opened(str(FOLDER), str(store), "en"):
        assert "a write that was broken off has left nothing" in capsys.readouterr().err
    again = start_server(store, writable=True, data=FOLDER)
    assert _values(again) == [f"{EX}o"]
    assert [path.name for path in store.glob("quads*")] == ["quads-1"]
    assert again.update(more).status_code == 204
    assert _values(again) == [f"{EX}more", f"{EX}o"]
    assert again.stop()[0] == 0
