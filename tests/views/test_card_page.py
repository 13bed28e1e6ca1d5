"""The page of a thing or a source: what it says, what it links to, and that nothing in it runs."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from datetime import date
from html.parser import HTMLParser

import pytest

import filiera
from filiera.answers.names import KINDS
from filiera.errors import UnknownName
from filiera.views.card_page import card_page, missing_page
from filiera.views.card_template import card_policy
from tests.conftest import MakeDataset

TODAY = date(2026, 11, 22)
VOID_TAGS = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "path", "circle",
             "rect", "line"}  # fmt: skip


class Page(HTMLParser):
    """Texts of a page by element id and class, and its links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self._open: list[tuple[str, list[str], list[str]]] = []
        self._found: dict[str, list[list[str]]] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.tags.add(tag)
        self.attributes.update(known)
        if known.get("href"):
            self.links.append(str(known["href"]))
        keys = [tag, *(f".{name}" for name in (known.get("class") or "").split())]
        keys += [f"#{known['id']}"] if "id" in known else []
        if tag not in VOID_TAGS:
            words: list[str] = []
            self._open.append((tag, keys, words))
            for key in keys:
                self._found.setdefault(key, []).append(words)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID_TAGS:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for _, _, words in self._open:
            words.append(data)

    def all(self, key: str) -> list[str]:
        """Texts of the elements of a tag, ``.class`` or ``#id``."""
        return [" ".join("".join(words).split()) for words in self._found.get(key, [])]

    def one(self, key: str) -> str:
        """Text of the only such element."""
        (text,) = self.all(key)
        return text


def page_of(ecosystem: filiera.Ecosystem, name: str, lang: str = "en", **how: bool) -> Page:
    dataset = ecosystem.dataset
    base = dataset.graph_base if name.startswith("graph:") else dataset.id_base
    iri = base + name.removeprefix("graph:")
    return Page(card_page(ecosystem, iri, lang=lang, today=TODAY, **how))


@pytest.fixture
def small(make_dataset: MakeDataset) -> filiera.Ecosystem:
    return filiera.open_graph(make_dataset().folder, lang="en")


def test_a_card_says_what_is_known_and_who_says_it(small: filiera.Ecosystem) -> None:
    page = page_of(small, "acme")
    assert page.one("h1") == "Acme"
    assert page.one(".kind") == "company"
    assert page.one(".aliases") == "Other names: ACME S.p.A."
    assert page.all("dt") == ["Where", "Founded", "Website", "Address"]
    assert page.all("dd") == [
        "Bologna, Italia",
        "in 1999 / in 2001",
        "not known in this graph",
        "https://w3id.org/filiera/id/acme",
    ]
    assert page.one(".tally") == "13 statements · 2 sources"
    assert page.all("h2") == [
        "What it is linked to",
        "Timeline",
        "At a glance 4",
        "Names 2",
        "Member of 2",
        "Ties 3",
        "Figures 2",
        "What this graph does not know",
        "Sources 2",
        "Cite this",
    ]
    assert page.one("#ties").split(" Page ")[0] == "Ties 3 supplies Bolt since 2018"
    assert page.one("#unknown").split(" No source")[0] == (
        "What this graph does not know its websitea description"
    )
    assert page.all(".sources") == [
        "Page AGazette, July 2020 example.org Page BHerald, 5 March 2021 example.org"
    ]


def test_what_sources_say_differently_stands_side_by_side(small: filiera.Ecosystem) -> None:
    assert page_of(small, "acme").all(".disagreement") == [
        "Sources disagree founded in 1999 Page A Gazette, July 2020"
        " founded in 2001 Page B Herald, 5 March 2021",
        "Sources disagree employees: 100 in 2020 Page A Gazette, July 2020"
        " employees: 120 in 2020 Page B Herald, 5 March 2021",
    ]


def test_cards_and_sources_are_linked_to_each_other(small: filiera.Ecosystem) -> None:
    links = page_of(small, "acme").links
    cards = {link for link in links if link.startswith(("/page/id/", "/page/graph/"))}
    assert cards == {
        "/page/id/acme?lang=it",
        "/page/id/acme?lang=en",
        "/page/id/bolt",
        "/page/id/cluster",
        "/page/id/place/bologna",
        "/page/id/place/italia",
        "/page/graph/page-a",
        "/page/graph/page-b",
    }
    assert {"/?lang=en#/acme", "https://example.org/a", "https://example.org/b"} <= set(links)
    kept = page_of(small, "acme", keep_language=True).links
    assert "/page/id/bolt?lang=en" in kept
    assert "/page/graph/page-a?lang=en" in kept


def test_a_card_is_in_one_language_as_a_whole(small: filiera.Ecosystem) -> None:
    page = page_of(small, "acme", "it")
    assert '<html lang="it">' in page.html
    assert page.one(".switch") == "English"
    assert page.all("dt") == ["Dove", "Fondazione", "Sito", "Indirizzo"]
    assert page.all("h2")[:3] == ["Con chi è in relazione", "Cronologia", "In breve 4"]
    assert page.one(".citation") == (
        "Filiera, «Acme», Piccolo (dati raccolti al 22 novembre 2026)."
        " https://w3id.org/filiera/id/acme (consultato il 22 novembre 2026)."
    )


def test_the_timeline_is_a_table_of_the_dated_statements(small: filiera.Ecosystem) -> None:
    page = page_of(small, "acme")
    assert page.one(".dates") == (
        "WhenWhat 200020102020 in 1999 founded in 2001 founded since 2018 supplies Bolt"
        " from 2019 to 2020 is a partner of Bolt since March 2019 is a partner of Bolt"
        " in 2020 employees: 100 in 2020 employees: 120"
        " since some day between January and July 2020, end unknown Cluster"
        " since 2020, end unknown Cluster"
    )
    assert "4 more statements have no date." in page.one("#timeline")


def test_many_dates_are_drawn_by_group_and_listed_on_demand(
    ecosystem: filiera.Ecosystem,
) -> None:
    page = page_of(ecosystem, "clust-er-mech")
    assert page.all(".lane-title")[:3] == ["At a glance", "Member of", "Members"]
    assert len(re.findall("<tr>", page.html)) == int(page.one("summary").split()[0]) + 1
    assert re.fullmatch(r"and \d+ more, below", page.all(".rest")[0])
    assert len(page.all(".name")) == 2 * 14


def test_a_citation_names_address_day_and_licence(ecosystem: filiera.Ecosystem) -> None:
    page = page_of(ecosystem, "manz-italy")
    assert page.one(".citation") == (
        "Filiera, “Manz Italy”, The mechatronics ecosystem around Clust-ER MECH"
        " (data as of 22 November 2026). https://w3id.org/filiera/id/manz-italy"
        " (accessed 22 November 2026). Licence: CC BY 4.0."
    )
    assert page.one(".bibtex").startswith("@misc{filiera-id-manz-italy, author = {{Filiera}},")
    assert "urldate = {2026-11-22}, note = {data as of 22 November 2026; CC BY 4.0}" in page.one(
        ".bibtex"
    )


def test_who_is_in_trouble_or_bought_is_marked(ecosystem: filiera.Ecosystem) -> None:
    standing = page_of(ecosystem, "manz-italy").one(".standing")
    assert standing.startswith(
        "As things stand: in liquidation in liquidation (since January 2026) Manz Italy a Sasso"
    )
    assert "owned by Manz AG (Germany)" in standing
    assert "Manz AG: insolvent (since 2024)" in standing
    assert page_of(ecosystem, "clust-er-mech").all(".standing") == []


def test_a_place_tells_who_is_there(small: filiera.Ecosystem) -> None:
    page = page_of(small, "place/bologna")
    assert page.one("#seats") == "Who has a seat here 1 Acme Page A Gazette, July 2020"
    assert page.all("dd")[0] == "Italia"
    assert page_of(small, "place/italia").one("#places").startswith("Places within 1 Bologna")


def test_a_source_tells_what_it_states(small: filiera.Ecosystem) -> None:
    page = page_of(small, "graph:page-a")
    assert page.one(".kind") == "source"
    assert page.all("dd") == [
        "Gazette",
        "July 2020",
        "Italian",
        "example.org",
        "https://w3id.org/filiera/graph/page-a",
    ]
    assert page.all("h2") == [
        "Organisations 3",
        "Names 3",
        "Statuses over time 2",
        "Ties 2",
        "Places 1",
        "Figures 1",
        "Memberships 1",
        "Seats 1",
        "Cite this",
    ]
    assert "Acme · supplies · Bolt since 2018" in page.all("li")
    assert "/page/id/tie/acme--supplies--bolt" in page.links
    assert "/?lang=en#/?source=page-a" in page.links


def test_a_graph_in_which_nobody_states_anything_has_a_page(small: filiera.Ecosystem) -> None:
    assert page_of(small, "graph:derived").all("h2") == ["Cite this"]


def test_a_fact_has_the_names_of_its_parts(small: filiera.Ecosystem) -> None:
    page = page_of(small, "tie/acme--supplies--bolt")
    assert page.one("h1") == "Acme · supplies · Bolt"
    assert page.one(".kind") == "tie"
    assert {"/page/id/acme", "/page/id/bolt"} <= set(page.links)


@pytest.mark.parametrize("lang", ["it", "en"])
def test_everything_in_the_graph_has_a_page(ecosystem: filiera.Ecosystem, lang: str) -> None:
    for kind in KINDS.values():
        rows = ecosystem.query(f"SELECT DISTINCT ?s {{ GRAPH ?g {{ ?s a <{kind}> }} }} LIMIT 3")
        assert isinstance(rows, filiera.Results)
        for (iri,) in rows:
            html = card_page(ecosystem, str(iri), lang=lang, today=TODAY)
            assert f'<link rel="canonical" href="{iri}">' in html


def test_chains_and_stages_open_in_the_explorer(ecosystem: filiera.Ecosystem) -> None:
    assert "/?lang=en#/chain?chain=chain-batteries" in page_of(ecosystem, "chain-batteries").links
    stage = page_of(ecosystem, "na-training").links
    assert "/?lang=en#/chain?chain=chain-nautical&open=na-training" in stage


def test_nothing_is_known_of_what_is_not_there(small: filiera.Ecosystem) -> None:
    iri = small.dataset.id_base + "acmee"
    with pytest.raises(UnknownName):
        card_page(small, iri, lang="en")
    page = Page(missing_page(small, iri, lang="en"))
    assert page.one("h1") == "Nothing at this address"
    assert "“acmee”" in page.one(".description")
    assert page.all("li")[0] == "Acme"
    assert "/page/id/acme" in page.links
    assert Page(missing_page(small, small.dataset.id_base, lang="en")).all("li") == []
    elsewhere = Page(missing_page(small, "https://example.org/acme", lang="en"))
    assert "?lang=it" in elsewhere.links


HOSTILE = [
    "<img src=x onerror=window.__pwned=1>",
    "</style><script>window.__pwned=1</script>",
    "{{7*7}}{% raw %}",
    "<b>bold</b>{}",
]


def test_nothing_in_hostile_data_becomes_markup(make_dataset: MakeDataset) -> None:
    tables = {
        "sources": "id,url,title,publisher,published,language\n"
        f'page-a,https://example.org/a,"{HOSTILE[1]}","{HOSTILE[0]}",2020-07,it\n'
        f'page-b,https://example.org/b,"{HOSTILE[2]}",Herald,2021-03-05,en\n',
        "organisations": "id,name,kind,place,website,source\n"
        f'acme,"{HOSTILE[0]}",company,bologna,,page-a\n'
        f'bolt,"{HOSTILE[1]}",company,,,page-a\n'
        f'cluster,"{HOSTILE[3]}",cluster,,,page-a\n',
        "memberships": "member,body,as_of,source,note_en\n"
        f'acme,cluster,2020,page-a,"{HOSTILE[1]}"\n',
    }
    ecosystem = filiera.open_graph(make_dataset("hostile", **tables).folder)
    for name in ("acme", "bolt", "cluster", "graph:page-a", "tie/acme--supplies--bolt"):
        page = page_of(ecosystem, name)
        assert page.tags.isdisjoint({"img", "b"}), name
        assert page.attributes & {"src", "async", "nonce"} == set()
        for block in page.all("script"):
            assert json.loads(block)["@context"] == "https://schema.org"
        assert not any(attribute.startswith("on") for attribute in page.attributes)
        assert "49" not in page.one("h1")
    assert page_of(ecosystem, "cluster").one("h1") == HOSTILE[3]
    missing = Page(missing_page(ecosystem, ecosystem.dataset.id_base + HOSTILE[0], lang="it"))
    assert missing.tags.isdisjoint({"script", "img"})


def test_the_policy_allows_our_style_and_no_script(small: filiera.Ecosystem) -> None:
    policy = card_policy()
    html = card_page(small, small.dataset.id_base + "acme", lang="en")
    style = html.partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy
    assert " style=" not in html


def test_a_card_names_the_ids_that_a_thing_had(make_dataset: MakeDataset) -> None:
    redirects = "former,present,reason,source\nold-acme,acme,renamed,page-a\n"
    ecosystem = filiera.open_graph(make_dataset(redirects=redirects).folder)
    assert "Formerlyold-acme" in page_of(ecosystem, "acme").one(".about")
    assert "Formerly" not in page_of(ecosystem, "bolt").one(".about")
