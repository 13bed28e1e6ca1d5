"""curl, as the documentation shows it and as scripts use it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.clients.wanted import FORLI_NAMES, MALFORMED, PLACE, PLACE_VALUES, THERE_IS


def _curl(*arguments: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["curl", "--silent", "--show-error", "--noproxy", "*", *arguments],
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def _label(output: str) -> str:
    (row,) = json.loads(output)["results"]["bindings"]
    return str(row["label"]["value"])


@pytest.mark.parametrize(
    "how",
    [
        ["--get"],
        [],
        ["--http1.0"],
        ["--get", "--http1.0"],
        ["--compressed"],
        ["-H", "Expect: 100-continue"],
        ["-H", "Connection: close"],
    ],
)
def test_a_query_is_answered(endpoint: str, how: list[str]) -> None:
    done = _curl(*how, "--data-urlencode", f"query={PLACE}", endpoint)
    assert (done.returncode, done.stderr) == (0, "")
    assert _label(done.stdout) == PLACE_VALUES["label"]


@pytest.mark.parametrize("how", [[], ["-H", "Transfer-Encoding: chunked"]])
def test_a_query_in_a_file_is_sent_as_it_is(endpoint: str, how: list[str], tmp_path: Path) -> None:
    (tmp_path / "place.rq").write_text(PLACE, encoding="utf-8")
    place = f"@{tmp_path / 'place.rq'}"
    kind = "Content-Type: application/sparql-query"
    done = _curl(*how, "-H", kind, "--data-binary", place, endpoint)
    assert _label(done.stdout) == PLACE_VALUES["label"]
    form = _curl("--data-urlencode", f"query{place}", endpoint)
    assert form.stdout == done.stdout


def test_a_file_in_the_format_of_the_header(endpoint: str, tmp_path: Path) -> None:
    target = tmp_path / "forli.nt"
    accept = "Accept: application/n-triples"
    done = _curl("-H", accept, "-o", str(target), "--data-urlencode", f"query={FORLI_NAMES}",
                 "-w", "%{http_code} %{content_type}", endpoint)  # fmt: skip
    assert done.stdout == "200 application/n-triples"
    assert '"Forlì"@it' in target.read_text(encoding="utf-8")


def test_headers_alone(endpoint: str) -> None:
    done = _curl("--head", "--get", "--data-urlencode", f"query={PLACE}", endpoint)
    status, *headers = done.stdout.strip().splitlines()
    assert status == "HTTP/1.1 200 OK"
    assert "content-type: application/sparql-results+json" in [line.lower() for line in headers]


def test_two_requests_on_one_connection(endpoint: str) -> None:
    ask = ["--get", "--data-urlencode", f"query={THERE_IS % 'http://example.org/nowhere'}"]
    done = _curl(*ask, endpoint, endpoint, "-w", "\n%{num_connects}\n")
    first, connects, second, more = done.stdout.splitlines()
    assert json.loads(first)["boolean"] is json.loads(second)["boolean"] is False
    assert (connects, more) == ("1", "0")


def test_a_malformed_query_fails_with_the_place(endpoint: str) -> None:
    done = _curl("--fail-with-body", "--data-urlencode", f"query={MALFORMED}", endpoint)
    assert done.returncode == 22
    assert "malformed at line 2, column 17" in done.stdout
    assert "400" in done.stderr
