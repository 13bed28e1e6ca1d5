"""The map page, the catalogue and the health of the server, over real HTTP."""

from __future__ import annotations

import gzip
import http.client
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import filiera
from filiera.views.page_data import page_data
from filiera.views.page_template import served_policy

from .conftest import RunningServer


class _Lang(HTMLParser):
    lang: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "html":
            self.lang = dict(attrs)["lang"]


def _lang(html: str) -> str | None:
    page = _Lang()
    page.feed(html)
    return page.lang


@pytest.mark.parametrize(
    ("path", "accept_language", "lang"),
    [
        ("/", None, "it"),
        ("/", "en-GB,en;q=0.9,it;q=0.5", "en"),
        ("/", "de, it;q=0.1", "it"),
        ("/", "fr", "it"),
        ("/?lang=en", "it", "en"),
        ("/?lang=it", "en", "it"),
    ],
)
def test_the_map_comes_in_the_language_of_the_visitor(
    server: RunningServer, path: str, accept_language: str | None, lang: str
) -> None:
    headers = {"accept-language": accept_language} if accept_language else {}
    answer = server.client.get(path, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert _lang(answer.text) == lang


def test_the_map_comes_with_its_policy_and_security_headers(server: RunningServer) -> None:
    headers = server.client.get("/").headers
    assert headers["content-security-policy"] == served_policy()
    assert "frame-ancestors" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["vary"] == "Accept-Encoding, Accept-Language"


def test_every_other_answer_has_a_policy_that_allows_nothing(server: RunningServer) -> None:
    for path in ("/health", "/ask", "/answers", "/sparql", "/nowhere"):
        headers = server.client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none';")
        assert headers["x-content-type-options"] == "nosniff"


def _parts(server: RunningServer) -> list[str]:
    """Addresses of the style, the script and the data of the map."""
    html = server.client.get("/").text
    parts = {f"/{part}" for part in re.findall(r'href="((?:assets|data)/[^"]+)"', html)}
    return sorted(parts, key=lambda part: (".css", ".js", ".json").index(Path(part).suffix))


def test_the_parts_of_the_map_are_kept_for_good(
    server: RunningServer, ecosystem: filiera.Ecosystem
) -> None:
    style, script, data = _parts(server)
    types = {}
    for part in (style, script, data):
        answer = server.client.get(part)
        assert answer.status_code == 200
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["vary"] == "Accept-Encoding"
        types[part] = answer.headers["content-type"]
        tag = {"if-none-match": answer.headers["etag"]}
        assert server.client.get(part, headers=tag).status_code == 304
        plain = server.client.get(part, headers={"accept-encoding": "identity"})
        assert "content-encoding" not in plain.headers
        assert plain.content == answer.content
    assert types == {
        style: "text/css; charset=utf-8",
        script: "text/javascript; charset=utf-8",
        data: "application/json",
    }
    expected = page_data(ecosystem)
    del expected["lang"]
    assert server.client.get(data).json() == json.loads(json.dumps(expected))


def test_parts_that_are_no_longer_there_are_told(server: RunningServer) -> None:
    for path in ("/assets/app-0000000000000000.js", "/data/0000000000000000.json", "/assets/"):
        assert server.client.get(path).status_code == 404


def test_an_unknown_language_is_told(server: RunningServer) -> None:
    answer = server.client.get("/?lang=de")
    assert answer.status_code == 400
    assert "lang takes it or en" in answer.text


@pytest.mark.parametrize(
    ("accept_encoding", "compressed"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip;q=0.0", False),
        ("identity", False),
        ("", False),
    ],
)
def test_the_map_is_compressed_for_whom_can_read_that(
    server: RunningServer, accept_encoding: str, compressed: bool
) -> None:
    host = re.sub("^http://|/$", "", server.address)
    connection = http.client.HTTPConnection(host)
    connection.request("GET", "/?lang=en", headers={"Accept-Encoding": accept_encoding})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    assert (answer.getheader("content-encoding") == "gzip") is compressed
    html = gzip.decompress(body) if compressed else body
    assert _lang(html.decode()) == "en"


def test_a_page_that_is_known_is_not_sent_again(server: RunningServer) -> None:
    first = server.client.get("/?lang=it")
    tag = first.headers["etag"]
    for known in (tag, f'"other", {tag}', "*"):
        again = server.client.get("/?lang=it", headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    assert server.client.get("/?lang=it", headers={"if-none-match": '"x"'}).status_code == 200
    assert server.client.get("/?lang=en").headers["etag"] != tag


def test_a_question_is_answered_as_rows(
    server: RunningServer, ecosystem: filiera.Ecosystem
) -> None:
    parameters = {"body": "clust-er-mech", "at": "2020-12-31"}
    expected = ecosystem.ask("members-at", lang="en", **parameters)
    answer = server.client.get("/ask/members-at", params={**parameters, "lang": "en"})
    assert answer.status_code == 200
    content = answer.json()
    assert content["title"] == expected.title
    assert [column["name"] for column in content["columns"]] == expected.names
    assert [column["title"] for column in content["columns"]] == [
        column.title for column in expected.columns
    ]
    assert len(content["rows"]) == len(expected) >= 16
    assert next(iter(content["rows"][0])) == expected.names[0]
    italian = server.client.get("/ask/members-at", params={**parameters, "lang": "it"}).json()
    assert italian["title"] != content["title"]


def test_faults_of_a_question_are_told(server: RunningServer) -> None:
    unknown = server.client.get("/ask/member-at")
    assert unknown.status_code == 404
    assert "members-at" in unknown.text
    parameter = server.client.get("/ask/members-at?colour=red")
    assert parameter.status_code == 400
    assert "colour" in parameter.text
    name = server.client.get("/ask/members-at?body=zzzzzz")
    assert name.status_code == 404
    assert "zzzzzz" in name.text


@pytest.mark.parametrize(
    ("address", "italian", "english"),
    [
        ("/ask/member-at", "nessuna domanda “member-at”; forse “members-at”?", "no question “mem"),
        ("/ask/members-at?body=zzzzzz", "body: qui nulla si chiama “zzzzzz”", "body: nothing here"),
        ("/answers/gaps", "“gaps” vuole chain=…, per esempio chain=", "“gaps” needs chain=…"),
        ("/answers/gaps?chain=zzzzzz", "qui nulla si chiama “zzzzzz”", "nothing here is called"),
        ("/names?type=colour&q=a", "type='colour' non è un tipo di cosa", "type='colour' is no"),
        ("/data/card/zzzzzz.json", "di 'zzzzzz' non si dice nulla", "nothing is said of 'zzzzzz'"),
    ],
)
def test_faults_are_told_in_the_language_of_the_reader(
    server: RunningServer, address: str, italian: str, english: str
) -> None:
    joint = "&" if "?" in address else "?"
    for lang, told in (("it", italian), ("en", english)):
        by_browser = server.client.get(address, headers={"accept-language": f"de, {lang};q=0.5"})
        other = "en" if lang == "it" else "it"
        by_address = server.client.get(
            f"{address}{joint}lang={lang}", headers={"accept-language": other}
        )
        assert by_browser.text.startswith(told)
        assert by_address.text == by_browser.text
        assert by_browser.status_code in (400, 404)


def test_the_catalogue_lists_its_questions(
    server: RunningServer, ecosystem: filiera.Ecosystem
) -> None:
    listed = server.client.get("/ask?lang=en").json()
    assert {entry["question"] for entry in listed} == {q.name for q in ecosystem.questions()}
    (members_at,) = (entry for entry in listed if entry["question"] == "members-at")
    assert members_at["title"] == ecosystem.questions()["members-at"].title["en"]
    assert "at" in {parameter["name"] for parameter in members_at["parameters"]}


def test_health_tells_what_is_served(server: RunningServer, ecosystem: filiera.Ecosystem) -> None:
    assert server.client.get("/health").json() == {
        "status": "ok",
        "dataset": "clust-er-mech",
        "quads": len(ecosystem.store),
    }


def test_addresses_that_do_not_exist_are_told(server: RunningServer) -> None:
    answer = server.client.get("/nowhere")
    assert (answer.status_code, answer.text) == (404, "Not Found\n")


def test_a_page_of_another_host_cannot_reach_a_server_on_loopback(server: RunningServer) -> None:
    for host in ("example.org", "example.org:8000", "127.0.0.1.example.org"):
        assert server.client.get("/health", headers={"host": host}).status_code == 400
    for host in ("localhost", "127.0.0.1:80", "[::1]:8000"):
        assert server.client.get("/health", headers={"host": host}).status_code == 200


def test_the_analyses_are_listed_and_answer(server: RunningServer) -> None:
    listed = server.client.get("/answers?lang=it").json()
    gaps = next(entry for entry in listed if entry["answer"] == "gaps")
    assert gaps["title"] == "Vuoti di una filiera"
    needed = {p["name"]: p["example"] for p in gaps["parameters"] if p["required"]}
    answer = server.client.get("/answers/gaps", params={"lang": "it", **needed})
    assert answer.json()["label"] == "Batterie ed elettrificazione mobile"
    assert answer.headers["vary"] == "Accept-Language"
