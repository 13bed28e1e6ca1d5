"""The pages of things and sources at their own addresses, over real HTTP."""

from __future__ import annotations

import http.client
import re
from urllib.parse import urlsplit

import pytest

import filiera
from filiera.server import cards
from filiera.views.card_page import card_page
from filiera.views.card_template import card_policy

from .conftest import RunningServer


def _heading(html: str) -> str:
    (heading,) = re.findall(r"<h1>(.*?)</h1>", html)
    return str(heading)


def _raw(server: RunningServer, path: str) -> tuple[int, str]:
    """What the server answers to a path that no client has tidied."""
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=30)
    connection.request("GET", path, headers={"accept-language": "en"})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/id/manz-italy", "Manz Italy"),
        ("/id/place/modena", "Modena"),
        ("/id/chain-batteries", "Batteries and mobile electrification"),
        ("/id/person/alessandro-talamelli", "Alessandro Talamelli"),
        ("/id/membership/provincia-di-piacenza--musp", "Provincia di Piacenza · MUSP"),
        ("/graph/seed-2020-07", "Sedici nuovi soci e una nuova value chain, luglio 2020"),
    ],
)
def test_things_facts_and_sources_have_a_page(
    server: RunningServer, path: str, heading: str
) -> None:
    answer = server.client.get(path, headers={"accept-language": "en"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert _heading(answer.text) == heading
    assert f'href="https://w3id.org/filiera{path}"' in answer.text


@pytest.mark.parametrize(
    ("query", "accept_language", "lang"),
    [
        ("", "en-GB,en;q=0.9", "en"),
        ("", "de, it;q=0.1", "it"),
        ("", "fr", "it"),
        ("?lang=en", "it", "en"),
        ("?lang=it", "en", "it"),
    ],
)
def test_a_page_comes_in_the_language_of_the_visitor(
    server: RunningServer, query: str, accept_language: str, lang: str
) -> None:
    headers = {"accept-language": accept_language}
    answer = server.client.get(f"/id/manz-italy{query}", headers=headers)
    assert f'<html lang="{lang}">' in answer.text
    assert answer.headers["vary"] == "Accept-Encoding, Accept-Language"
    kept = f'href="/id/manz-ag?lang={lang}"' if query else 'href="/id/manz-ag"'
    assert kept in answer.text


def test_the_page_is_that_of_the_card(server: RunningServer, ecosystem: filiera.Ecosystem) -> None:
    iri = ecosystem.dataset.id_base + "landi-renzo"
    served = server.client.get("/id/landi-renzo?lang=it").text
    assert served == card_page(ecosystem, iri, lang="it", keep_language=True)


def test_a_page_allows_no_script(server: RunningServer) -> None:
    for path in ("/id/manz-italy", "/id/nobody-knows-it"):
        headers = server.client.get(path).headers
        assert headers["content-security-policy"] == card_policy()
        assert headers["x-content-type-options"] == "nosniff"


def test_a_page_that_is_known_is_not_sent_again(server: RunningServer) -> None:
    first = server.client.get("/id/sacmi")
    assert first.headers["content-encoding"] == "gzip"
    assert first.headers["cache-control"] == "no-cache"
    tag = first.headers["etag"]
    again = server.client.get("/id/sacmi", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    other = server.client.get("/id/sacmi?lang=en", headers={"if-none-match": tag})
    assert other.status_code == 200
    assert server.client.head("/id/sacmi").headers["etag"] == tag


def test_what_is_not_there_offers_the_nearest_names(server: RunningServer) -> None:
    answer = server.client.get("/id/manz-itali?lang=en")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert _heading(answer.text) == "Nothing at this address"
    assert 'href="/id/manz-italy?lang=en"' in answer.text
    assert "etag" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/id/../../etc/passwd",
        "/id/..%2f..%2fetc%2fpasswd",
        "/id/%3Cscript%3Ealert(1)%3C/script%3E",
        "/id/a%20b%22%3E%7D%20UNION%20%7B",
        "/id/%00",
        "/id/",
        "/graph/",
        "/graph/../id/manz-italy",
        "/id/" + "x" * 4000,
        "/id/caff%C3%A8",
        "/id/%ff",
    ],
)
def test_odd_paths_are_told_and_harm_nothing(server: RunningServer, path: str) -> None:
    status, text = _raw(server, path)
    assert status == 404
    assert _heading(text) == "Nothing at this address"
    assert "root:" not in text
    assert "<script" not in text


def test_an_encoded_path_is_the_same_thing(server: RunningServer) -> None:
    assert _raw(server, "/id/%6danz-italy") == _raw(server, "/id/manz-italy")
    assert _raw(server, "/id/place%2Fmodena")[0] == 200


def test_an_unknown_language_is_told(server: RunningServer) -> None:
    assert server.client.get("/id/manz-italy?lang=de").status_code == 400


def test_every_alternate_answers(server: RunningServer) -> None:
    html = server.client.get("/id/manz-italy").text
    alternates = re.findall(r'<link rel="alternate" ([^>]+)>', html)
    assert len(alternates) == 3
    for alternate in alternates:
        known = dict(re.findall(r'(\w+)="([^"]*)"', alternate))
        answer = server.client.get(known["href"])
        assert answer.status_code == 200
        if "type" in known:
            assert answer.headers["content-type"].startswith(known["type"])
            assert "manz-italy" in answer.text
        else:
            assert f'<html lang="{known["hreflang"]}">' in answer.text


def test_links_among_cards_lead_to_cards(server: RunningServer) -> None:
    html = server.client.get("/id/manz-italy?lang=en").text
    links = sorted(set(re.findall(r'href="(/(?:id|graph)/[^"]+)"', html)))
    assert len(links) > 30
    for link in links:
        assert server.client.get(link).status_code == 200, link


def test_the_pages_of_late_are_kept(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch, ecosystem: filiera.Ecosystem
) -> None:
    import asyncio

    from starlette.applications import Starlette
    from starlette.requests import Request

    from filiera.server.messages import Job, Reply

    asked: list[str] = []

    async def run(request: Request, job: Job) -> Reply:
        asked.append(job["path"])
        return Reply(200, "text/html", b"<p>")

    monkeypatch.setattr(cards, "_KEPT", 2)
    app = Starlette(routes=cards.CardPages(run, lambda request: "it").routes())

    async def visit(*names: str) -> None:
        import httpx

        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            for name in names:
                assert (await client.get(f"/id/{name}")).status_code == 200

    asyncio.run(visit("a", "b", "a", "c", "a", "b"))
    assert asked == ["a", "b", "c", "b"]
