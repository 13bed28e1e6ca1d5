"""``filiera build`` and ``filiera check``."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph
import pytest

from filiera.build.pipeline import inputs_digest
from filiera.store import DiskStore
from tests.cli.conftest import Run
from tests.conftest import TABLES, MakeDataset

BAD_TIES = "from,relation,to,source\nacme,supplies,nobody,page-a\nacme,suplies,bolt,page-a\n"
BAD_TIES_TOLD = [
    "ties.csv, row 2, column “relation”, cell “suplies”: no such concept in the scheme"
    " “relation”; the nearest is “supplies”",
    "ties.csv, row 1, column “to”, cell “nobody”: no row of organisations.csv, bodies.csv has"
    " this id; the nearest is “",
]
UNFIT_TIES = "from,relation,to,start,end,source\nacme,supplies,bolt,2020,,page-a\n"


def test_build_counts_the_rows_of_each_table(run: Run, make_dataset: MakeDataset) -> None:
    ran = run("build", make_dataset().folder)
    assert ran.code == 0
    assert ran.lines == [
        "table\tlabel\trows\trefused",
        "sources\tSources\t2\t0",
        "places\tPlaces\t2\t0",
        "organisations\tOrganisations\t4\t0",
        "memberships\tMemberships\t2\t0",
        "ties\tTies\t3\t0",
        "figures\tFigures\t2\t0",
    ]
    assert ran.err.endswith(" quads in the graph\n")


def test_build_speaks_italian(run: Run, make_dataset: MakeDataset) -> None:
    ran = run("build", make_dataset().folder, "--lang", "it", "--format", "md")
    assert ran.lines[0] == "| Tabella | Contiene | Righe prese | Rifiutate |"
    assert "| sources | Fonti | 2 | 0 |" in ran.lines
    assert ran.err.endswith(" quadruple nel grafo\n")


def test_build_writes_a_file(run: Run, make_dataset: MakeDataset, tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    assert run("build", make_dataset().folder, "--out", path).code == 0
    quads = set(pyoxigraph.parse(path=path))
    assert any("tie/acme--supplies--bolt" in str(quad.subject) for quad in quads)
    assert sorted(found.name for found in tmp_path.iterdir()) == ["data", "graph.nq"]


def test_build_makes_a_store(run: Run, make_dataset: MakeDataset, tmp_path: Path) -> None:
    dataset, folder, file = make_dataset(), tmp_path / "store", tmp_path / "graph.ttl"
    assert run("build", "--data", dataset.folder, "--store", folder, "-o", file).code == 0
    mark = DiskStore.read_mark(folder)
    assert mark is not None
    assert mark.digest == inputs_digest(dataset)
    assert file.read_text(encoding="utf-8").startswith("@prefix ")
    again = run("build", dataset.folder, "--out", folder)
    assert again.code == 0
    assert sorted(found.name for found in tmp_path.iterdir()) == ["data", "graph.ttl", "store"]


@pytest.mark.parametrize("out", ["graph.nq", "store"])
def test_faults_are_all_told_and_nothing_is_written(
    run: Run, make_dataset: MakeDataset, tmp_path: Path, out: str
) -> None:
    ran = run("build", make_dataset(ties=BAD_TIES).folder, "--out", tmp_path / out)
    assert (ran.code, ran.out) == (1, "")
    assert len(ran.err.splitlines()) == 2
    for line, told in zip(ran.err.splitlines(), BAD_TIES_TOLD, strict=True):
        assert line.startswith(told)
    assert [found.name for found in tmp_path.iterdir()] == ["data"]


def test_faults_are_told_in_italian(run: Run, make_dataset: MakeDataset) -> None:
    ran = run("build", make_dataset(ties=BAD_TIES).folder, "--lang", "it")
    assert ran.err.startswith("ties.csv, riga 2, colonna «relation», cella «suplies»: il concetto")


def test_keep_going_builds_from_the_good_rows(
    run: Run, make_dataset: MakeDataset, tmp_path: Path
) -> None:
    path = tmp_path / "graph.nq"
    ties = BAD_TIES.replace("nobody", "bolt")
    ran = run("build", make_dataset(ties=ties).folder, "--keep-going", "-o", path)
    assert ran.code == 1
    assert "ties\tTies\t1\t1" in ran.lines
    assert ran.err.startswith("ties.csv, row 2, column “relation”, cell “suplies”")
    assert "tie/acme--supplies--bolt" in path.read_text(encoding="utf-8")


@pytest.fixture
def unfit(make_dataset: MakeDataset, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A data set whose graph breaks a shape: an organisation needs a website there."""
    shapes = tmp_path / "shapes"
    shapes.mkdir()
    (shapes / "things.ttl").write_text(
        """
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix org: <http://www.w3.org/ns/org#> .
        @prefix foaf: <http://xmlns.com/foaf/0.1/> .
        [] a sh:NodeShape ; sh:targetClass org:Organization ;
          sh:property [ sh:path foaf:homepage ; sh:minCount 1 ;
            sh:message "No website."@en , "Manca il sito."@it ] .
        """,
        encoding="utf-8",
    )
    from filiera.build import validation

    real = validation.validate
    monkeypatch.setattr(validation, "validate", lambda store: real(store, shapes))
    return make_dataset().folder


@pytest.mark.parametrize("out", ["graph.nq", "store"])
def test_a_graph_that_breaks_a_shape_is_not_written(
    run: Run, unfit: Path, tmp_path: Path, out: str
) -> None:
    before = sorted(tmp_path.iterdir())
    ran = run("build", unfit, "--out", tmp_path / out)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines()[0].startswith("Error: Acme (acme). No website.")
    assert ran.err.splitlines()[-1] == (
        "filiera: the graph does not fit its shapes: correct the facts above, or give --keep-going"
    )
    assert sorted(tmp_path.iterdir()) == before


def test_a_graph_that_breaks_a_shape_is_written_if_asked(
    run: Run, unfit: Path, tmp_path: Path
) -> None:
    kept = run("build", unfit, "--out", tmp_path / "kept.nt", "--keep-going", "--lang", "it")
    assert kept.code == 1
    assert kept.err.startswith("Errore: Acme (acme). Manca il sito.")
    skipped = run("build", unfit, "--out", tmp_path / "skipped.nt", "--no-shapes")
    assert skipped.code == 0
    assert "website" not in skipped.err
    assert (tmp_path / "kept.nt").read_bytes() == (tmp_path / "skipped.nt").read_bytes()


def test_two_data_sets_or_two_folders_are_too_many(
    run: Run, make_dataset: MakeDataset, tmp_path: Path
) -> None:
    folder = make_dataset().folder
    ran = run("build", folder, "--data", "clust-er-mech")
    assert ran.code == 2
    assert "two data sets are named" in ran.err
    ran = run("build", folder, "--store", tmp_path / "one", "--out", tmp_path / "two")
    assert ran.code == 2
    assert "two places are named" in ran.err


# check --------------------------------------------------------------------------------------


def test_check_of_good_data(run: Run, make_dataset: MakeDataset) -> None:
    ran = run("check", make_dataset().folder)
    assert ran.code == 0
    assert ran.lines[:4] == ["Facts", "  no faults", "", "Graph"]
    assert [line for line in ran.lines[-7:] if "confirmed" not in line] == [
        "Quality",
        "  facts without a date: 5 of 11",
        "  facts with a single source: 7 of 11",
        "  facts on which sources disagree: 2 of 11",
        "  organisations without a place: 2 of 3",
        "  organisations without a sector: 3 of 3",
    ]


def test_check_of_rows_with_faults(run: Run, make_dataset: MakeDataset) -> None:
    ran = run("check", make_dataset(ties=BAD_TIES).folder, "--lang", "it")
    assert ran.code == 1
    assert ran.lines[0] == "Fatti"
    assert ran.lines[1].startswith("  ties.csv, riga 2, colonna «relation»")
    assert ran.lines[2].startswith("  ties.csv, riga 1, colonna «to»")
    assert ran.lines[3:] == [
        "",
        "Grafo",
        "  non controllato: prima vanno corretti i fatti",
    ]


def test_check_of_a_graph_that_breaks_a_shape(run: Run, unfit: Path) -> None:
    ran = run("check", unfit)
    assert ran.code == 1
    assert "  Error: Acme (acme). No website. Stated by: page-a, page-b." in ran.lines


def test_check_says_once_what_many_things_have_in_common(
    run: Run, make_dataset: MakeDataset
) -> None:
    rows = "".join(f"firm-{n},Firm {n},page-a\n" for n in range(7))
    ran = run(
        "check",
        make_dataset(
            organisations="id,name,source\n" + rows,
            memberships=None,
            ties=None,
            figures=None,
            places=None,
        ).folder,
    )
    alike = [line for line in ran.lines if "(× 7)" in line]
    assert len(alike) == 1
    assert alike[0].startswith("  Note (× 7): ")
    assert alike[0].endswith(" Firm 0; Firm 1; Firm 2; Firm 3; and 3 more")


def test_check_as_a_table_has_a_row_for_each_finding(
    run: Run, make_dataset: MakeDataset, tmp_path: Path
) -> None:
    path = tmp_path / "findings.json"
    assert run("check", make_dataset(ties=BAD_TIES).folder, "-o", path).code == 1
    rows = json.loads(path.read_text(encoding="utf-8"))
    assert [(row["check"], row["severity"], row["where"]) for row in rows] == [
        ("Facts", "violation", "ties.csv"),
        ("Facts", "violation", "ties.csv"),
    ]
    good = json.loads(
        run("check", make_dataset(ties=TABLES["ties"]).folder, "--format", "json").out
    )
    assert {row["check"] for row in good} <= {"Graph", "Quality"}
    assert [row["finding"] for row in good if row["where"] == "undated"] == [
        "facts without a date: 5 of 11"
    ]


def test_check_of_the_real_data_finds_no_fault(run: Run) -> None:
    ran = run("check")
    assert ran.code == 0
    assert ran.lines[:2] == ["Facts", "  no faults"]
    assert not any(line.startswith("  Error") for line in ran.lines)
