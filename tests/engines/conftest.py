"""The real graph in every kind of store, loaded once; and servers that hold nothing yet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

import filiera
from filiera.store.addresses import SETTINGS
from filiera.store.connecting import connect
from tests.engines.loads import emptied
from tests.engines.servers import VIRTUOSO_CREDENTIALS, oxigraph_server, virtuoso_server


@pytest.fixture(scope="session", autouse=True)
def _no_settings() -> Iterator[None]:
    """The machine's own settings do not reach the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in SETTINGS:
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session")
def oxigraph() -> Iterator[str]:
    """Address of an Oxigraph server that holds the real graph."""
    with oxigraph_server() as address:
        filiera.open_graph(store=address).close()
        yield address


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a Virtuoso that holds the real graph; reading it needs no password."""
    with virtuoso_server(tmp_path_factory.mktemp("virtuoso")) as address:
        with pytest.MonkeyPatch.context() as patch:
            for name, value in VIRTUOSO_CREDENTIALS.items():
                patch.setenv(name, value)
            filiera.open_graph(store=address).close()
        yield address


@pytest.fixture(scope="session")
def engines(
    tmp_path_factory: pytest.TempPathFactory, oxigraph: str, virtuoso: str
) -> Iterator[dict[str, filiera.Ecosystem]]:
    """The real graph by the engine that holds it."""
    places: dict[str, str | Path] = {
        "disk": tmp_path_factory.mktemp("disk") / "store",
        "oxigraph": oxigraph,
        "virtuoso": virtuoso,
    }
    with ExitStack() as opened:
        yield {
            name: opened.enter_context(filiera.open_graph(store=place, lang="en"))
            for name, place in places.items()
        }


@pytest.fixture(scope="module")
def oxigraph_address() -> Iterator[str]:
    """Address of an Oxigraph server for the loads of a module."""
    with oxigraph_server() as address:
        yield address


@pytest.fixture(scope="module")
def virtuoso_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a Virtuoso for the loads of a module."""
    with virtuoso_server(tmp_path_factory.mktemp("virtuoso"), buffers=2000) as address:
        yield address


@pytest.fixture(params=["oxigraph"])
def address(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Address of a server that holds nothing."""
    for name, value in VIRTUOSO_CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    found: str = request.getfixturevalue(f"{request.param}_address")
    remote, _ = connect(found)
    emptied(remote)
    remote.close()
    return found
