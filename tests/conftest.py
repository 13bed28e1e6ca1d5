"""What several tests share: the built graph of the real data, and small data sets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import filiera
from filiera.facts.dataset import DEFAULT_DATASET, Dataset
from tests.page_build import load_build
from tests.running_server import RunningServer, StartServer
from tests.small_cluster import FOLDER

MakeDataset = Callable[..., Dataset]

LONGEST = (
    "engines/test_answers.py",
    "engines/test_loading.py",
    "views/test_plots.py",
    "browser/test_address.py",
    "jupyter/test_exploration.py",
    "packaging/test_wheel.py",
)
"""Files of tests that begin first: one that begins last keeps the whole run waiting."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first, each in the order it has."""
    place = {Path(__file__).parent / name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path, len(place)))


DESCRIPTION = """
id = "small"
body = "cluster"
publisher = "Filiera"
collected = 2026-11-22
[title]
it = "Piccolo"
en = "Small"
"""

TABLES = {
    "sources": """\
id,url,title,publisher,published,language
page-a,https://example.org/a,Page A,Gazette,2020-07,it
page-b,https://example.org/b,Page B,Herald,2021-03-05,en
""",
    "organisations": """\
id,name,kind,place,founded,source
acme,Acme,company,bologna,1999,page-a
acme,ACME S.p.A.,,,2001,page-b
bolt,Bolt,company,,,page-a
cluster,Cluster,cluster,,2017-05,page-a
""",
    "places": """\
id,kind,label_it,parent,code,latitude,longitude,source
italia,country,Italia,,IT,,,editorial
bologna,municipality,Bologna,italia,037006,44.49381,11.33875,page-a
""",
    "memberships": """\
member,body,start,as_of,source,note_en
acme,cluster,[2020-01-01..2020-07-31],,page-a,Joined in the first half of 2020
acme,cluster,2020,,page-b,
""",
    "ties": """\
from,relation,to,start,end,source
acme,supplies,bolt,2018,,page-a
bolt,partner-of,acme,2019,2020,page-a
acme,partner-of,bolt,2019-03,,page-b
""",
    "figures": """\
subject,measure,value,date,source
acme,employees,100,2020,page-a
acme,employees,120,2020,page-b
""",
}
"""A small data set in which everything is obvious."""


@pytest.fixture(scope="session", autouse=True)
def built_page() -> None:
    """The page is built from the sources as they are."""
    load_build().build()


@pytest.fixture(scope="session")
def ecosystem() -> Iterator[filiera.Ecosystem]:
    """The graph of the real data, in English; no test may change it."""
    with filiera.open_graph(lang="en") as opened:
        yield opened


@pytest.fixture(scope="session")
def start_server() -> Iterator[StartServer]:
    """Starts servers of the real graph, or of ``data``; ends what is left of them."""
    started: list[RunningServer] = []

    def start(
        store: Path | None = None,
        open_browser: bool = False,
        writable: bool = False,
        data: Path | str = DEFAULT_DATASET,
        **settings: str,
    ) -> RunningServer:
        started.append(RunningServer(store, open_browser, settings, writable=writable, data=data))
        return started[-1]

    yield start
    ends = [server.stop() for server in started if server.process.poll() is None]
    for server in started:
        server.client.close()
    assert ends == [(0, "ended well\n", "")] * len(ends)


@pytest.fixture(scope="session")
def server(start_server: StartServer) -> RunningServer:
    """A server with the limits it comes with."""
    return start_server()


@pytest.fixture(scope="session")
def writable_server(start_server: StartServer) -> RunningServer:
    """A server of the small cluster that may be changed; a module clears it at first."""
    return start_server(writable=True, data=FOLDER)


@pytest.fixture
def make_dataset(tmp_path: Path) -> MakeDataset:
    """Writes a data set: the small one, with the tables that are given put in or left out."""

    def make(folder: str = "data", /, **tables: str | bytes | None) -> Dataset:
        place = tmp_path / folder
        place.mkdir(parents=True, exist_ok=True)
        contents = TABLES | tables
        firms = contents["organisations"]
        # Without the row that "body" would name, nothing is named.
        lost = not isinstance(firms, bytes) and "\ncluster," not in (firms or "")
        description = DESCRIPTION.replace('body = "cluster"\n', "") if lost else DESCRIPTION
        (place / "dataset.toml").write_text(description, encoding="utf-8")
        for name, content in contents.items():
            if isinstance(content, bytes):
                (place / f"{name}.csv").write_bytes(content)
            elif content is not None:
                (place / f"{name}.csv").write_text(content, encoding="utf-8")
        return Dataset.find(place)

    return make
