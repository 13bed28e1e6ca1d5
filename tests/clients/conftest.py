"""Comunica, fetched once with the versions of its lock file.

Its package.json holds undici back: version 8, which Comunica asks for, needs Node 22.19 or newer.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.page_build import load_build
from tests.running_server import RunningServer

HERE = Path(__file__).parent
PACKAGES = HERE / "node_modules"


def _fetch(npm: tuple[str, ...]) -> None:
    """Have npm fetch what the lock file names, unless it has."""
    wanted = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    stamp = PACKAGES / ".installed"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(
        [*npm, "ci", *options, "--prefer-offline"],
        cwd=HERE,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        pytest.fail(
            f"npm could not fetch Comunica, with which the endpoint is tested:\n{done.stderr}"
            "Check the network, or npm's settings for a proxy or registry."
        )
    stamp.write_text(wanted)


class Comunica:
    """A process of Comunica, which is asked job by job; and its command line."""

    def __init__(self, node: str) -> None:
        self._node = node
        self._process = subprocess.Popen(
            [node, str(HERE / "comunica.mjs")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def ask(
        self, source: Any, query: str, form: str = "bindings", times: int = 1, auth: str = ""
    ) -> Any:
        """What it answers, once or several times at once; `RuntimeError` with its own error."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        job = {"source": source, "query": query, "form": form, "times": times, "auth": auth}
        self._process.stdin.write(f"{json.dumps(job)}\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline())
        if "error" in told:
            raise RuntimeError(told["error"])
        return told["answers"][0] if times == 1 else told["answers"]

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run ``comunica-sparql``."""
        program = PACKAGES / "@comunica" / "query-sparql" / "bin" / "query.js"
        return subprocess.run(
            [self._node, str(program), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def close(self) -> None:
        """End the process."""
        self._process.communicate()
        assert self._process.returncode == 0


@pytest.fixture(scope="module")
def comunica() -> Iterator[Comunica]:
    """Comunica, with the Node that builds the page."""
    node = load_build().find_node()
    assert node is not None, "Node is missing, though it built the page."
    _fetch(node.npm)
    client = Comunica(node.node)
    yield client
    client.close()


@pytest.fixture(scope="session")
def endpoint(server: RunningServer) -> str:
    """The address of the SPARQL endpoint."""
    return f"{server.address}sparql"
