"""``filiera export`` and ``filiera network``."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiera.views.export import ENDINGS
from filiera.views.page_template import embedded_data
from tests.cli.conftest import Run
from tests.small_cluster import FOLDER
from tests.workbook.reading import read, table


@pytest.mark.parametrize("ending", ENDINGS)
def test_export_writes_each_format(run: Run, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"graph.{ending}"
    ran = run("export", "-o", path, "--data", FOLDER)
    assert (ran.code, ran.out, ran.err) == (0, "", f"{path} written\n")
    if ending == "xlsx":
        assert table(read(path.read_bytes()), "Organisations")[1][:2] == ("acme", "Acme")
    else:
        assert b"acme" in path.read_bytes()
    assert list(tmp_path.iterdir()) == [path]


def test_export_from_a_store_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    memory, disk = tmp_path / "memory.trig", tmp_path / "disk.trig"
    assert run("export", "-o", memory, "--data", FOLDER).code == 0
    for _ in range(2):
        arguments = ("-o", disk, "--data", FOLDER, "--store", tmp_path / "store", "--force")
        assert run("export", *arguments).code == 0
        assert disk.read_bytes() == memory.read_bytes()


def test_export_help_tells_what_each_ending_holds(run: Run) -> None:
    text = " ".join(run("export", "--help").out.split())
    assert "trig, nq: all graphs, one for each source." in text
    assert all(f"{ending}" in text for ending in ENDINGS)


def test_network_writes_a_page(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("network", "--data", FOLDER, "--lang", "it")
    assert (ran.code, ran.out, ran.err) == (0, "", "scritto small.html\n")
    page = (tmp_path / "small.html").read_text(encoding="utf-8")
    assert page.lstrip().lower().startswith("<!doctype html>")
    assert "Acme" in [node["label"] for node in embedded_data(page)["nodes"]]
    again = run("network", "--data", FOLDER)
    assert again.code == 2
    assert again.err.startswith("filiera: small.html exists already; give another name, or --force")
    assert run("network", "--data", FOLDER, "-o", "small.html", "--force").code == 0


def test_network_wants_the_name_of_a_page(run: Run) -> None:
    ran = run("network", "-o", "map.gexf")
    assert ran.code == 2
    assert "end it in .html (for graphml and gexf: filiera export)" in ran.err
