"""A real kernel: what a notebook sends and gets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel


@pytest.fixture(scope="module")
def kernel() -> Iterator[BlockingKernelClient]:
    manager, client = start_new_kernel(kernel_name="python3")
    try:
        execute(client, "%env LC_ALL=en_GB.UTF-8")
        execute(client, "%load_ext filiera")
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def execute(client: BlockingKernelClient, code: str) -> list[dict[str, Any]]:
    """The messages that a cell shows."""
    shown: list[dict[str, Any]] = []
    client.execute_interactive(code, timeout=60, output_hook=lambda message: shown.append(message))
    return [one for one in shown if one["msg_type"] not in ("status", "execute_input")]


def test_a_cell_opens_the_graph_and_shows_a_table(kernel: BlockingKernelClient) -> None:
    shown = execute(kernel, "%%sparql --lang en\nSELECT ?c WHERE { id:landi-renzo a ?c }")
    assert shown[0]["content"]["text"] == (
        "No graph was open: the default one is open now, in the variable eco.\n"
    )
    data = shown[1]["content"]["data"]
    assert '<a href="http://www.w3.org/ns/org#Organization">' in data["text/html"]
    assert data["text/plain"].startswith("c\n")


def test_an_answer_shows_itself_as_markdown(kernel: BlockingKernelClient) -> None:
    shown = execute(kernel, "%ask gaps chain=batteries --lang it")
    assert shown[-1]["content"]["data"]["text/markdown"].startswith("### Vuoti della filiera")


def test_an_error_is_one_sentence(kernel: BlockingKernelClient) -> None:
    (shown,) = execute(kernel, "%%sparql --lang en\nSELECT ?x {\n ?x foo:a 1 }")
    assert shown["msg_type"] == "error"
    assert shown["content"]["traceback"] == [
        "The query is not well-formed SPARQL, line 2, column 10: Prefix not found",
        "     ?x foo:a 1 }",
        "             ^",
    ]


@pytest.mark.parametrize(
    ("code", "match", "replaced"),
    [
        ("%ask ga", "gaps", "ga"),
        ("%%sparql\nSELECT ?x { ?x fil:memberO", "fil:memberOf", "fil:memberO"),
        ("%ask partners near=Reggio Emi", '"Reggio Emilia"', "Reggio Emi"),
    ],
)
def test_the_notebook_completes(
    kernel: BlockingKernelClient, code: str, match: str, replaced: str
) -> None:
    execute(kernel, "import filiera; eco = filiera.open_graph(lang='en')")
    reply = kernel.complete(code, len(code), reply=True, timeout=30)["content"]
    assert match in reply["matches"]
    assert code[reply["cursor_start"] : reply["cursor_end"]] == replaced
