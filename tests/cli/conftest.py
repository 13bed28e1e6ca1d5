"""Running the program as a user does: what it prints where, and its exit code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from typer.testing import CliRunner

from filiera.cli import app


@dataclass(frozen=True)
class Ran:
    """How a run of the program ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """Lines of the standard output."""
        return self.out.splitlines()


Run = Callable[..., Ran]


@pytest.fixture
def run() -> Run:
    """Runs the program in this process; an exception that it lets through fails the test."""

    def start(*arguments: object, stdin: str | bytes | None = None) -> Ran:
        result = CliRunner().invoke(
            app,
            [str(argument) for argument in arguments],
            input=stdin,
            env={"LC_ALL": "en_GB.UTF-8"},
            prog_name="filiera",
        )
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(result.exit_code, result.stdout, result.stderr)

    return start
