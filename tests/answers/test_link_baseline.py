"""The measured baseline: nothing hidden is seen, and the documented figures are those found."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest

import filiera
from filiera.answers.link_baseline import METHOD_NAMES, OWN, REPETITIONS, Baseline
from filiera.answers.suggestions import WEIGHTS, Search, weighed
from filiera.network.link_prediction import CUTS, trials
from filiera.network.pairs import METHODS, Neighbourhood, keys_of

TODAY = date(2026, 11, 22)
DOCUMENT = Path(__file__).parents[2] / "docs" / "suggestions.md"


@pytest.fixture(scope="module")
def measured(ecosystem: filiera.Ecosystem) -> Baseline:
    """The baseline on the real data."""
    found = ecosystem.suggestions(at=TODAY, top=1, baseline=True).baseline
    assert found is not None
    return found


def _known(search: Search) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Pairs that a fact of the table of ties joins."""
    projection = search.projection
    tie = [projection.relations[kind].family == "tie" for kind in projection.kinds.tolist()]
    return np.unique(keys_of(projection.sources[tie], projection.targets[tie], search.size))


def _leave_out(folder: Path, hidden: set[frozenset[str]]) -> int:
    """Take every row that joins a hidden pair out of the tables; how many there were."""
    lost = 0
    for table, ends in (
        ("ties", ("from", "to")),
        ("memberships", ("member", "body")),
        ("bodies", ("id", "parent")),
    ):
        path = folder / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows, names = list(reader), list(reader.fieldnames or ())
        kept = []
        for row in rows:
            if frozenset(row[end] for end in ends) not in hidden:
                kept.append(row)
                continue
            lost += 1
            if table == "bodies":  # the body stays, what it is a part of does not
                kept.append({**row, "parent": ""})
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names)
            writer.writeheader()
            writer.writerows(kept)
    return lost


def test_nothing_that_follows_from_a_hidden_tie_is_seen(
    ecosystem: filiera.Ecosystem, tmp_path: Path
) -> None:
    """With ties hidden, all scores are those of a graph built from tables that never had them."""
    search = Search(ecosystem.store, ecosystem.body(), TODAY)
    (trial,) = trials(search.network, _known(search), 1)
    assert len(trial.hidden) > 50
    hidden = {
        frozenset(search.nodes[place].rsplit("/", 1)[-1] for place in divmod(key, search.size))
        for key in trial.hidden.tolist()
    }
    folder = tmp_path / "never"
    shutil.copytree(ecosystem.dataset.folder, folder)
    assert _leave_out(folder, hidden) >= len(hidden)
    with filiera.open_graph(folder, lang="en") as never:
        other = Search(never.store, never.body(), TODAY)
        assert other.nodes == search.nodes
        keys = keys_of(*np.triu_indices(search.size, 1), search.size)
        left, built = Neighbourhood(trial.left), Neighbourhood(other.network)
        for method in METHODS.values():
            np.testing.assert_allclose(method(left, keys), method(built, keys))
        ours, theirs = search.parts(left, keys), other.parts(built, keys)
        for part in WEIGHTS:
            np.testing.assert_allclose(ours[part], theirs[part])
        np.testing.assert_allclose(weighed(ours), weighed(theirs))
        # It would show: with the ties in sight the scores differ.
        whole = search.parts(Neighbourhood(search.network), keys)
        assert not np.allclose(weighed(whole), weighed(theirs))


def test_every_method_is_measured_and_named(measured: Baseline) -> None:
    assert {one.method for one in measured.methods} == set(METHOD_NAMES)
    assert set(METHOD_NAMES) == {*METHODS, *WEIGHTS, OWN, "chance"}
    for one in measured.methods:
        assert 0 <= one.auc <= 1
        assert all(0 <= one.precision[cut] <= 1 for cut in CUTS)
    assert [one.auc for one in measured.methods] == sorted(
        (one.auc for one in measured.methods), reverse=True
    )
    assert measured["chance"].auc == pytest.approx(0.5, abs=0.05)
    assert measured[OWN].auc > measured["chance"].auc
    assert measured.hidden == round(measured.known / 5)
    assert (measured.repetitions, measured.drawn) == (REPETITIONS, False)
    assert 0 <= measured.unreachable <= 1


def test_it_is_told_in_plain_words(measured: Baseline, ecosystem: filiera.Ecosystem) -> None:
    text = ecosystem.suggestions(at=TODAY, top=1, baseline=True).markdown("it")
    assert "## Quanto ci si può fidare" in text
    assert measured.table("it") in text
    assert "legami nascosti tra le loro prime dieci coppie: in media" in text
    assert "| caso | 0,5" in text
    data = measured.to_dict("en")
    assert len(data["methods"]) == len(METHOD_NAMES)
    assert data["meaning"] == measured.meaning("en")
    assert data["methods"][0]["auc"] == round(measured.methods[0].auc, 4)


@pytest.mark.parametrize(
    ("auc", "verdict", "rank"),
    [
        (0.50, "which is no better than chance", "does better (0.60)"),
        (0.65, "which is little better than chance", "By AUC no other method does better."),
        (0.80, "which is better than chance", "By AUC no other method does better."),
        (1.00, "which is far better than chance", "By AUC no other method does better."),
    ],
)
def test_the_words_follow_the_figures(
    measured: Baseline, auc: float, verdict: str, rank: str
) -> None:
    from dataclasses import replace

    own = replace(measured[OWN], auc=auc, precision={10: 0.5, 50: 0.25})
    other = replace(measured["jaccard"], auc=0.6, precision={10: 0.5, 50: 0.75})
    methods = tuple(sorted((own, other), key=lambda one: -one.auc))
    said = replace(measured, methods=methods, drawn=True)
    assert verdict in said.meaning("en")
    assert rank in said.meaning("en")
    assert "Among the first 50 pairs “Jaccard” finds more (0.75 against 0.25)." in said.meaning(
        "en"
    )
    assert "first 10 pairs “" not in said.meaning("en")
    assert "pairs without a tie, drawn by lot." in said.explained("en")


def test_the_documented_figures_are_those_that_come_out(measured: Baseline) -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    for part in (measured.explained("en"), measured.table("en"), measured.meaning("en")):
        assert part in document
    for part, weight in WEIGHTS.items():
        assert f"| `{part}`: " in document
        assert f"| {weight:g} |\n" in document
