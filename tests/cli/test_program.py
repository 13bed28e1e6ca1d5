"""The program as a whole: help, version, pipes, terminals, interruption."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from typer.main import get_command

import filiera_command
from filiera.cli import app, main, output
from filiera.version import __version__
from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
COMMANDS = [
    "build",
    "check",
    "questions",
    "ask",
    "query",
    "show",
    "paths",
    "brokers",
    "gaps",
    "partners",
    "suggestions",
    "history",
    "quality",
    "report",
    "export",
    "network",
    "serve",
]
PROGRAM = [sys.executable, "-c", "from filiera_command import main; main()"]


def environment(**variables: str) -> dict[str, str]:
    """Environment of the process, with the package on the path and an English locale."""
    paths = os.pathsep.join([str(ROOT / "graph"), os.environ.get("PYTHONPATH", "")])
    return {**os.environ, "PYTHONPATH": paths, "LC_ALL": "en_GB.UTF-8", **variables}


def test_version(run: Run) -> None:
    ran = run("--version")
    assert (ran.code, ran.out) == (0, f"filiera {__version__}\n")


def test_help_lists_every_command(run: Run) -> None:
    ran = run("--help")
    assert ran.code == 0
    assert re.findall(r"^  (\w+)  +\S", ran.out.split("Commands:")[1], re.MULTILINE) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_an_example(run: Run, command: str) -> None:
    ran = run(command, "-h")
    assert ran.code == 0
    assert f"Example: filiera {command}" in ran.out


def test_every_command_and_option_is_documented() -> None:
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    commands = get_command(app).commands  # type: ignore[attr-defined]
    assert sorted(commands) == sorted(COMMANDS)
    for name, command in commands.items():
        assert f"### `filiera {name}" in text
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("-"):
                    assert f"`{option}" in text, (name, option)


@pytest.mark.parametrize("arguments", [(), ("nonsense",), ("show",), ("ask", "--colour")])
def test_wrong_usage_ends_with_2(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert "Traceback" not in ran.err


def test_help_loads_nothing_heavy() -> None:
    heavy = "{'rdflib', 'networkx', 'numpy', 'pyshacl', 'starlette', 'uvicorn', 'pyvis', 'rich'}"
    loaded = subprocess.run(
        [sys.executable, "-c", f"import sys, filiera.cli; print({heavy} & set(sys.modules))"],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout == "set()\n"


def test_main_is_the_program(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["filiera", "--version"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"filiera {__version__}\n"


def test_a_standard_output_that_is_full_is_told() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ended = subprocess.run(
            [*PROGRAM, "query", "SELECT * { ?s ?p ?o } LIMIT 9"],
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (ended.returncode, ended.stderr) == (
        2,
        "filiera: the answer cannot be written to the standard output: No space left on device;"
        " make room, or write to a file with -o\n",
    )


def test_a_reader_that_stops_reading_is_no_error() -> None:
    started = subprocess.Popen(
        [*PROGRAM, "query", "SELECT * { ?s ?p ?o }"],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert started.stdout is not None
    assert started.stderr is not None
    started.stdout.readline()
    started.stdout.close()
    assert started.stderr.read() == b""
    started.stderr.close()
    assert started.wait(timeout=30) == 0


def test_an_interruption_is_quiet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("filiera.opening.open_graph", interrupted)
    ran = run("ask", "counts-by-kind")
    assert (ran.code, ran.out, ran.err) == (130, "", "")


def test_an_interruption_while_loading_is_quiet(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Loading(ModuleType):
        def __getattr__(self, name: str) -> object:
            raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "filiera.cli", Loading("filiera.cli"))
    with pytest.raises(SystemExit) as ended:
        filiera_command.main()
    assert ended.value.code == 130
    assert capsys.readouterr() == ("", "")


def test_a_fault_of_the_program_is_not_hidden(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("filiera.opening.open_graph", broken)
    with pytest.raises(ZeroDivisionError):
        run("ask", "counts-by-kind")


@pytest.mark.parametrize("form", ["table", "md", "csv"])
def test_data_cannot_command_a_terminal(form: str) -> None:
    parent, child = os.openpty()
    query = r"SELECT ('a\u001B[2Jb\u009B2Jc\u202Ed' AS ?who) {}"
    started = subprocess.Popen(
        [*PROGRAM, "query", query, "--format", form],
        env=environment(COLUMNS="60", TERM="dumb"),
        stdout=child,
        stderr=subprocess.DEVNULL,
    )
    os.close(child)
    text = b"".join(_read_all(parent)).decode()
    assert started.wait(timeout=30) == 0
    assert "a\ufffd[2Jb\ufffd2Jc\ufffdd" in text


def test_a_pipe_gets_the_data_as_they_are(run: Run) -> None:
    query = r"SELECT ('a\u001Bb\u202Ec' AS ?who) {}"
    assert run("query", query, "--format", "csv").out == "who\na\x1bb\u202ec\n"


def test_on_a_terminal_an_answer_is_a_table_that_fits() -> None:
    parent, child = os.openpty()
    query = "SELECT ('Ada' AS ?who) ('word word word word word word word word' AS ?said) {}"
    started = subprocess.Popen(
        [*PROGRAM, "query", query],
        env=environment(COLUMNS="30", TERM="dumb"),
        stdout=child,
        stderr=subprocess.PIPE,
    )
    assert started.stderr is not None
    os.close(child)
    text = b"".join(_read_all(parent)).decode().replace("\r\n", "\n")
    assert started.stderr.read() == b""
    started.stderr.close()
    assert started.wait(timeout=30) == 0
    plain = re.sub(r"\x1b\[\d*m", "", text)
    assert re.sub(r" +$", "", plain, flags=re.MULTILINE) == (
        "who  said\n"
        "──────────────────────────────\n"
        "Ada  word word word word word\n"
        "     word word word\n"
        "\n"
        "(1 row)\n"
    )


def _read_all(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            data = os.read(terminal, 65536)
        except OSError:
            break
        if not data:
            break
        yield data
    os.close(terminal)


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_what_takes_long_is_told_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(output, "_SLOW", 0.0)
    with output.patience("Building the graph …"):
        for _ in range(100):
            if "Building the graph …" in terminal.getvalue():
                break
            time.sleep(0.02)
    assert "Building the graph …" in terminal.getvalue()


def test_what_is_quick_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, pipe = _Terminal(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", terminal)
    with output.patience("Building …"):
        pass
    monkeypatch.setattr(sys, "stderr", pipe)
    monkeypatch.setattr(output, "_SLOW", 0.0)
    with output.patience("Building …"):
        time.sleep(0.05)
    assert "Building" not in terminal.getvalue() + pipe.getvalue()
