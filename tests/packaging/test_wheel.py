"""What is installed works without the checkout, and holds what it should."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections import deque
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import filiera
from tests.page_build import load_build

CHECKOUT = Path(__file__).parents[2]
BUILT = (
    "app.css",
    "app.js",
    "editor.css",
    "editor.js",
    "editor_network.js",
    "manifest.json",
    "outline.json",
)

USE = """
import sys
import filiera
from filiera import resources

assert filiera.__file__.startswith(sys.argv[1]), filiera.__file__
for folder in (resources.ontology_dir(), resources.queries_dir(), resources.datasets_dir()):
    assert str(folder).startswith(sys.argv[1]), folder
with filiera.open_graph(lang="en") as ecosystem:
    print(len(ecosystem.store), len(ecosystem.questions()))
    print(len(ecosystem.network_page().generate_html()))
"""


def _project() -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    return project


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    """The wheel, built from the checkout without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return zipfile.Path(built)


def _names(wheel: zipfile.Path) -> set[str]:
    return {name for name in wheel.root.namelist() if not name.endswith("/")}


def test_the_wheel_holds_every_file_that_git_holds(wheel: zipfile.Path) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    if tracked.returncode:  # unpacked from an archive: what lies there is what there is
        paths = [
            str(path.relative_to(CHECKOUT))
            for path in CHECKOUT.rglob("*")
            if path.is_file() and path.name != ".lock"
        ]
    else:
        paths = tracked.stdout.splitlines()
    moved = {
        "graph/filiera/": "filiera/",
        "graph/filiera_command.py": "filiera_command.py",
        "graph/facts/": "filiera/_data/facts/",
        "ontology/": "filiera/_data/ontology/",
        "queries/": "filiera/_data/queries/",
    }
    expected = {
        target + path.removeprefix(source)
        for path in paths
        for source, target in moved.items()
        if path.startswith(source) and "__pycache__" not in path and (CHECKOUT / path).exists()
    }
    expected |= {f"filiera/views/built/{name}" for name in BUILT}
    carried = {name for name in _names(wheel) if ".dist-info/" not in name}
    assert carried == expected
    assert "filiera/py.typed" in carried
    assert "filiera/_data/facts/clust-er-mech/dataset.toml" in carried


def test_an_sdist_carries_the_built_page_and_needs_no_node(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)]
    subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True)
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        assert not [name for name in packed.getnames() if "node_modules" in name]
        packed.extractall(tmp_path, filter="data")
    (unpacked,) = (path for path in tmp_path.iterdir() if path.is_dir())
    built = unpacked / "graph" / "filiera" / "views" / "built"
    assert sorted(path.name for path in built.iterdir()) == list(BUILT)
    assert load_build(unpacked / "tools" / "browser").is_current()
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel"],
        cwd=unpacked,
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (again,) = (unpacked / "dist").glob("*.whl")
    for name in BUILT:
        inside = zipfile.Path(again) / "filiera" / "views" / "built" / name
        assert inside.read_bytes() == (built / name).read_bytes()


def test_the_wheel_says_what_it_is(wheel: zipfile.Path) -> None:
    (info,) = {name.split("/")[0] for name in _names(wheel) if ".dist-info/" in name}
    about = metadata.PathDistribution(wheel / info)
    assert about.version == filiera.__version__
    assert about.metadata["License-Expression"] == "MIT AND CC-BY-4.0"
    (script,) = about.entry_points
    assert (script.name, script.value) == ("filiera", "filiera_command:main")
    licence = (wheel / info / "licenses" / "LICENSE").read_text(encoding="utf-8")
    assert "MIT License" in licence
    assert "CC BY 4.0" in licence


def test_an_installed_filiera_works_anywhere(wheel: zipfile.Path, tmp_path: Path) -> None:
    place = tmp_path / "installed"
    with zipfile.ZipFile(str(wheel.root.filename)) as packed:
        packed.extractall(place)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    start = f"import sys; sys.path.insert(0, {str(place)!r})\n{USE}"
    done = subprocess.run(
        [sys.executable, "-c", start, str(place)],
        cwd=elsewhere,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    with filiera.open_graph(lang="en") as ecosystem:
        expected = [len(ecosystem.store), len(ecosystem.questions())]
    quads, questions, page = map(int, done.stdout.split())
    assert [quads, questions] == expected
    assert page > 100_000
    program = f"import sys; sys.path.insert(0, {str(place)!r}); sys.argv[1:] = ['--version']\n"
    program += "from filiera_command import main\nmain()"
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=elsewhere, capture_output=True, text=True, check=True
    )
    assert said.stdout == f"filiera {filiera.__version__}\n"


def _closure(requirements: list[str]) -> set[str]:
    """Names of the installed packages that requirements bring in, all the way down."""
    seen: set[str] = set()
    waiting = deque((Requirement(text), "") for text in requirements)
    while waiting:
        requirement, extra = waiting.popleft()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        for wanted in ("", *sorted(requirement.extras)):
            if f"{name}[{wanted}]" in seen:
                continue
            seen.add(f"{name}[{wanted}]")
            for text in metadata.requires(name) or []:
                waiting.append((Requirement(text), wanted))
    return {entry.split("[")[0] for entry in seen}


def test_no_part_of_the_core_is_copyleft() -> None:
    core = _closure(_project()["dependencies"])
    assert {"rdflib", "pyoxigraph", "markupsafe"} <= core
    assert "igraph" not in core
    for name in core:
        about = metadata.metadata(name)
        fields = ("License-Expression", "License", "Classifier")
        texts = [text for field in fields for text in about.get_all(field, [])]
        licences = [
            text.split("\n")[0] for text in texts if " :: " not in text or "License" in text
        ]
        assert any(licences), f"{name} names no licence"
        assert not re.search(r"\b[AL]?GPL|General Public", " ".join(licences)), (name, licences)


def test_the_core_stays_small() -> None:
    size = 0
    for name in _closure(_project()["dependencies"]):
        for file in metadata.files(name) or []:
            path = Path(str(file.locate()))
            if "__pycache__" not in file.parts and path.is_file():
                size += path.stat().st_size
    assert 50e6 < size < 150e6, f"{size / 1e6:.0f} MB"


def test_every_version_is_pinned_and_no_address_is_named() -> None:
    lines = (CHECKOUT / "constraints.txt").read_text().splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    for pin in pins:
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.+!]*", pin), pin
    names = [canonicalize_name(pin.split("==")[0]) for pin in pins]
    assert len(names) == len(set(names))
    extras = _project()["optional-dependencies"]
    wanted = _project()["dependencies"] + [text for texts in extras.values() for text in texts]
    assert {canonicalize_name(Requirement(text).name) for text in wanted} <= set(names)
    installed = _closure(_project()["dependencies"] + extras["fast"] + extras["test"])
    assert installed <= set(names)


def test_npm_packages_are_pinned_and_no_registry_is_named() -> None:
    tools = CHECKOUT / "tools" / "browser"
    lock = json.loads((tools / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert {name for name in packages if "esbuild" in name} >= {"node_modules/esbuild"}
    for name, entry in packages.items():
        assert entry["integrity"].startswith("sha512-"), name
        assert "resolved" not in entry, name
    wanted = json.loads((tools / "package.json").read_text(encoding="utf-8"))
    for group in ("dependencies", "devDependencies"):
        assert lock["packages"][""][group] == wanted[group]
        assert all(re.fullmatch(r"[0-9.]+", version) for version in wanted[group].values())
