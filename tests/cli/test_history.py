"""``filiera history``."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.small_cluster import FOLDER


def test_the_body_in_focus_without_a_name(run: Run) -> None:
    ran = run("history", "--data", FOLDER)
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[0] == "History of Hub"
    stated = "- ≠ members: 100, in 2020; 3 known by name in this graph, possibly 1 more. [1]"
    assert stated in ran.lines
    assert "- Acme joins Hub, in 2020 / between January and July 2020. [1] [2]" in ran.lines


def test_the_difference_between_two_dates(run: Run) -> None:
    ran = run("history", "--from", "2020", "--to", "2020-12", "--data", FOLDER, "--lang", "it")
    assert ran.code == 0
    assert "Che cosa è cambiato dal 1º gennaio 2020 al 31 dicembre 2020" in ran.lines
    assert "- Ingressi: 1 certamente, 1 forse. Uscite: 0 certamente, 0 forse." in ran.lines


def test_it_is_written_as_data(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "history.json"
    assert run("history", "hub", "--at", "2021", "--data", FOLDER, "-o", path).code == 0
    data = json.loads(path.read_text(encoding="utf-8"))
    assert (data["at"], data["difference"]) == ("2021-12-31", None)


def test_dates_in_the_wrong_order_are_refused(run: Run) -> None:
    ran = run("history", "--from", "2021", "--to", "2020", "--data", FOLDER)
    assert ran.code == 2
    assert "2021-01-01, comes after the last, 2020-12-31" in ran.err
    assert run("history", "--from", "soon", "--data", FOLDER).code == 2
