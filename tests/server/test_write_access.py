"""Writing that is refused before a server starts: without a good token, or to a store elsewhere."""

from __future__ import annotations

import subprocess
from typing import cast

import pytest

from filiera.ecosystem import Ecosystem
from filiera.errors import UsageError
from filiera.server import WriteAccess, create_app
from filiera.store import Store
from tests.cli.test_program import PROGRAM, environment
from tests.small_cluster import FOLDER, small_dataset

from .conftest import TOKEN


@pytest.mark.parametrize(
    ("token", "told"),
    [("", "it is not set"), ("short", "16 characters or more"), ("a b" * 9, "without spaces")],
)
def test_a_token_that_can_be_guessed_or_not_be_sent_is_refused(token: str, told: str) -> None:
    with pytest.raises(UsageError, match=told) as refused:
        WriteAccess.from_environment({"FILIERA_WRITE_TOKEN": token})
    assert "export FILIERA_WRITE_TOKEN=$(python3 -c" in refused.value.message


def test_a_store_on_a_server_is_not_written_to_from_here() -> None:
    elsewhere = Ecosystem(cast("Store", object()), small_dataset())
    with pytest.raises(UsageError, match="at its own address"):
        create_app(elsewhere, writing=WriteAccess(TOKEN))


def test_without_a_token_the_command_does_not_start() -> None:
    command = [*PROGRAM, "serve", "--writable", "--port", "0", "--data", str(FOLDER)]
    settings = {**environment(), "FILIERA_WRITE_TOKEN": ""}
    ended = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "FILIERA_WRITE_TOKEN" in ended.stderr
