"""The SPARQL page, used as a person would: on one server, in real Chromium."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Dialog, Locator, Page, Route, expect

from tests.browser.conftest import axe_violations
from tests.browser.hostile import ADDRESSES, MARKS
from tests.server.conftest import RunningServer

MEMBERS = "SELECT ?member ?name { ?member fil:memberOf id:clust-er-mech ; skos:prefLabel ?name }"
SUPPLIES = "CONSTRUCT { ?a fil:supplies ?b } WHERE { ?a fil:supplies ?b }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
MANY = "SELECT ?thing ?count { ?thing a ?class . BIND(STRLEN(STR(?thing)) AS ?count) }"
STATED = (
    'SELECT ?day ?members { VALUES (?day ?members) { ("2018-01-01"^^xsd:date 30)'
    ' ("2020-07-31"^^xsd:date 103) ("2023-01-31"^^xsd:date 130) } }'
)


@dataclass
class Editor:
    """The opened page, with what it asked of other hosts and complained of."""

    page: Page
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The query as it stands in the editor."""
        lines: list[str] = self.page.locator(".CodeMirror-line").all_inner_texts()
        return "\n".join(line.replace("\u200b", "") for line in lines)

    def write(self, text: str) -> None:
        """Put another query in place of what stands there: pasted, its end key by key."""
        self.page.locator(".CodeMirror-code").click()
        self.page.keyboard.press("Control+a")
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text[:-7])
        self.page.keyboard.press("Control+v")
        self.page.keyboard.type(text[-7:])

    def run(self) -> None:
        """Run what stands there, and wait for what comes of it."""
        self.page.locator("#run").click()
        self.answered()

    def answered(self) -> None:
        """Wait for the answer, or for what went wrong."""
        expect(self.page.locator("#answer")).to_have_attribute("aria-busy", "false", timeout=20_000)

    def column(self, number: int) -> list[str]:
        """The texts of one column of the rows that are shown."""
        return self.page.locator(f".rows tbody td:nth-child({number})").all_inner_texts()

    def tab(self, name: str) -> Locator:
        """A view of the answer."""
        return self.page.locator("#answer").get_by_role("tab", name=name)


Open = Callable[..., Editor]


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """A server of the real data that ends answers of more than four megabytes."""
    running = RunningServer(None, False, {"FILIERA_RESULT_MB": "4"})
    yield running
    assert running.stop() == (0, "ended well\n", "")


@pytest.fixture
def open_editor(browser: Browser, server: RunningServer) -> Iterator[Open]:
    """Opens the page, with a query that runs or without; afterwards it must have kept quiet."""
    opened: list[Editor] = []

    def open_one(
        query: str = "", *, view: str = "", address: str = "", lang: str = "en", **context: Any
    ) -> Editor:
        options: dict[str, Any] = {
            "viewport": {"width": 1366, "height": 900},
            "reduced_motion": "reduce",
            "locale": "it-IT",
        } | context
        page = browser.new_context(**options).new_page()
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        one = Editor(page)
        opened.append(one)

        def watch(route: Route) -> None:
            if route.request.url.startswith(server.address):
                route.continue_()
            else:
                one.foreign.append(route.request.url)
                route.abort()

        page.context.route("**/*", watch)
        page.on("pageerror", lambda error: one.complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                one.complaints.append(message.text)
                # What the server refuses is shown on the page, and told here by the browser.
                if message.type in ("error", "warning") and "Failed to load" not in message.text
                else None
            ),
        )

        def refuse(dialog: Dialog) -> None:
            one.complaints.append(f"a dialog: {dialog.message}")
            dialog.dismiss()

        page.on("dialog", refuse)
        fragment = f"#query={quote(query)}&view={view}" if query else ""
        page.goto(address or f"{server.address}editor?lang={lang}{fragment}")
        page.wait_for_selector("html[data-ready]")
        if query or address:
            one.answered()
        return one

    yield open_one
    for one in opened:
        assert one.page.evaluate("window.__pwned") is None
        one.page.context.close()
        assert one.foreign == []
        assert one.complaints == []


def test_a_person_writes_with_suggestions_runs_and_opens_a_card(open_editor: Open) -> None:
    editor = open_editor()
    page = editor.page
    hints = page.locator(".CodeMirror-hint")
    editor.write("SELECT ?who ?name WHERE { ?who fil:member")
    expect(hints.first).to_have_text(re.compile(r"^fil:memberOf\s*member of$"))
    expect(page.locator("#term-help")).to_contain_text("The body to which an organisation belongs")
    page.keyboard.press("Enter")
    page.keyboard.type(" clust")  # a thing by its name, as people type it
    expect(hints.filter(has_text="id:clust-er-mech").first).to_be_visible()
    while "active" not in (
        hints.filter(has_text="id:clust-er-mech").first.get_attribute("class") or ""
    ):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type(" ; skos:prefLabel ?n")
    expect(hints).to_have_text([re.compile(r"\?name")])
    page.keyboard.press("Enter")
    page.keyboard.type(" }")
    assert editor.text == (
        "SELECT ?who ?name WHERE { ?who fil:memberOf id:clust-er-mech ; skos:prefLabel ?name }"
    )
    expect(page.locator("#mistake")).to_be_empty()
    page.keyboard.press("Control+Enter")
    editor.answered()
    expect(page.locator(".answer-told")).to_contain_text(re.compile(r"^17 rows · \d+ ms"))
    page.get_by_role("button", name="name", exact=True).click()
    names = editor.column(2)
    assert names == sorted(names, key=str.casefold)
    page.get_by_role("button", name="name", exact=True).click()
    assert editor.column(2) == names[::-1]
    page.locator(".rows").get_by_role("link", name="Manz Italy").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Manz Italy")
    page.go_back()
    expect(page.locator(".answer-told")).to_contain_text("17 rows")


def test_a_word_of_the_language_leads_to_its_term(open_editor: Open) -> None:
    editor = open_editor(lang="it")
    hints = editor.page.locator(".CodeMirror-hint")
    editor.write("SELECT * { ?a aderi")
    expect(hints.filter(has_text="fil:memberOf")).to_contain_text("aderisce a")
    editor.write("SELECT * { ?a a sede")
    expect(hints.first).to_have_text(re.compile(r"^(?:fil:Seat|org:Site)\s*sede$"))
    editor.page.keyboard.press("Escape")
    editor.page.get_by_role("tab", name="Vocabolario").click()
    editor.page.get_by_label("Cerca classi e proprietà").fill("aderisce")
    editor.page.get_by_role("button", name=re.compile("^fil:memberOf")).click()
    assert editor.text.endswith("fil:memberOf")
    word = editor.page.locator(".cm-string-2", has_text="fil:memberOf")
    word.hover()
    expect(word).to_have_attribute("title", re.compile("^aderisce a – L'organismo"))


def test_a_mistake_is_shown_where_it_is(open_editor: Open) -> None:
    editor = open_editor()
    page = editor.page
    editor.write("SELECT ?a WHERE {\n?a fil:memberOf\n}")
    mistake = page.locator("#mistake")
    expect(mistake).to_contain_text("Line 3, column 1: “}” cannot stand here. Expected: ")
    expect(page.locator(".mistaken")).to_have_text("}")
    editor.run()
    trouble = page.get_by_role("alert")
    expect(trouble).to_contain_text("The query has a mistake")
    expect(trouble).to_contain_text("malformed at line 3, column 1")
    expect(trouble.get_by_role("button")).to_have_text("Go to line 3, column 1")
    editor.write("SELECT * { ?a fill:memberOf ?b }")
    expect(mistake).to_have_text("Line 1, column 15: the prefix “fill:” is not declared.")
    editor.write("ASK { ?a fil:memberOf ?b }")
    expect(mistake).to_be_empty()
    editor.run()
    expect(page.locator(".answer-told")).to_contain_text("Yes")
    editor.write("INSERT DATA { id:a fil:memberOf id:b }")
    editor.run()
    expect(page.get_by_role("alert")).to_contain_text("INSERT is not allowed")


def test_a_runaway_is_stopped_a_limit_told_and_a_server_that_is_gone(open_editor: Open) -> None:
    editor = open_editor()
    page = editor.page
    editor.write(RUNAWAY)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer")).to_contain_text("The graph is answering")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("alert")).to_contain_text("Stopped")
    editor.write("SELECT * { ?a ?b ?c . ?d ?e ?f }")
    editor.run()
    expect(page.get_by_role("alert")).to_contain_text("The query reached a limit")
    expect(page.get_by_role("alert")).to_contain_text("raise the setting FILIERA_RESULT_MB")
    page.context.route("**/sparql", lambda route: route.abort())
    editor.run()
    expect(page.get_by_role("alert")).to_contain_text("The server does not answer")
    page.context.unroute("**/sparql")
    editor.write(MEMBERS)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".answer-told")).to_contain_text("17 rows")


def test_many_rows_are_turned_sorted_and_searched(open_editor: Open) -> None:
    editor = open_editor(MANY)
    page = editor.page
    counted = page.locator(".answer-told strong").inner_text()
    total = int(re.sub(r"\D", "", counted))
    assert total > 5000
    assert len(editor.column(1)) == 100
    page.get_by_role("button", name="Last page").click()
    assert len(editor.column(1)) == total % 100 or 100
    expect(page.locator(".pager")).to_contain_text(f"of {total:,}")
    page.get_by_role("button", name="count", exact=True).click()
    lengths = [int(text) for text in editor.column(2)]
    assert lengths == sorted(lengths)
    expect(page.locator(".pager")).to_contain_text("1–100 of")
    page.get_by_label("Search the rows").fill("landi renzo")
    expect(page.locator(".rows-tools")).to_contain_text(re.compile(r"\d+ rows found"))
    assert all("landi" in text.casefold() for text in editor.column(1))


def test_examples_are_taken_in_the_language_of_the_page_and_queries_are_remembered(
    open_editor: Open,
) -> None:
    editor = open_editor(lang="it")
    page = editor.page
    topics = page.locator("#side h3").all_inner_texts()
    assert topics[:2] == ["Soci e reti", "Filiere e stadi"]
    page.get_by_label("Cerca tra gli esempi").fill("stadi di una filiera")
    page.get_by_role("button", name=re.compile("^Stadi di una filiera e chi vi lavora")).click()
    editor.answered()
    assert editor.text.startswith("# Stadi di una filiera e chi vi lavora")
    expect(page.locator(".answer-told")).to_contain_text("righe")
    expect(page.locator(".rows")).to_contain_text("Manz Italy")
    page.get_by_role("button", name="English").click()
    expect(page.locator(".answer-told")).to_contain_text("rows")
    expect(page).to_have_title(re.compile("^Query in SPARQL"))
    page.get_by_role("tab", name="Recent").click()
    expect(page.locator("#side .entry")).to_have_text([re.compile("^Stadi di una filiera")])
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(page.get_by_role("heading", level=1)).to_have_text("Query in SPARQL")
    assert editor.text.startswith("# Stadi di una filiera"), "what was written is still there"
    expect(page.locator("#side .entry")).to_have_count(1)


def test_a_link_opens_the_same_query_and_view(open_editor: Open, server: RunningServer) -> None:
    editor = open_editor(STATED)
    page = editor.page
    editor.tab("Chart").click()
    expect(page.get_by_role("img")).to_be_visible()
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    link: str = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{server.address}editor")
    assert len(link) < len(server.address) + len(STATED) + 60
    other = open_editor(address=link)
    assert other.text == STATED
    points = other.page.get_by_role("img").locator("circle title").all_text_contents()
    assert points == ["2018-01-01: 30", "2020-07-31: 103", "2023-01-31: 130"]


def test_files_are_what_the_endpoint_sends(open_editor: Open, server: RunningServer) -> None:
    formats = {
        MEMBERS: {
            "CSV": "text/csv",
            "TSV": "text/tab-separated-values",
            "JSON": "application/sparql-results+json",
            "XML": "application/sparql-results+xml",
        },
        SUPPLIES: {
            "Turtle": "text/turtle",
            "N-Triples": "application/n-triples",
            "JSON-LD": "application/ld+json",
            "RDF/XML": "application/rdf+xml",
        },
    }
    for query, offered in formats.items():
        editor = open_editor(query)
        files = editor.page.get_by_role("group", name="Download").get_by_role("button")
        expect(files).to_have_text(list(offered))
        for name, media_type in offered.items():
            with editor.page.expect_download() as started:
                files.get_by_text(name, exact=True).click()
            content = started.value.path().read_bytes()
            expected = server.ask(query, media_type).content
            assert sorted(content.splitlines()) == sorted(expected.splitlines()), name


def test_triples_and_pairs_are_drawn_as_a_network(open_editor: Open, server: RunningServer) -> None:
    editor = open_editor(SUPPLIES, view="network")
    page = editor.page
    triples = server.ask(SUPPLIES, "application/n-triples").text.splitlines()
    things = {part for line in triples for part in (line.split()[0], line.split()[2])}
    frame = page.locator(".network-frame")
    expect(frame).to_have_attribute("data-drawn", str(len(things)))
    drawn = page.get_by_role(
        "application", name=f"Network: {len(things)} entries, {len(triples)} ties"
    )
    drawn.focus()
    page.keyboard.press("Enter")  # the one with most ties
    told = page.locator(".network-told")
    expect(told.locator("strong a")).to_be_visible()
    assert told.locator("a").count() > 1
    chosen = told.locator("strong a").inner_text()
    editor.page.get_by_role("button", name=re.compile("dark theme")).click()
    expect(told.locator("strong a")).to_have_text(chosen)
    editor.tab("Table").click()
    assert {text.splitlines()[0] for text in editor.column(2)} == {"supplies"}
    pairs = open_editor(
        "SELECT ?a ?b ?c { ?a fil:supplies ?b . ?b fil:supplies ?c }", view="network"
    )
    expect(pairs.page.locator(".network-frame")).to_have_attribute("data-drawn", re.compile(r"\d+"))
    before = pairs.page.locator("#map").get_attribute("aria-label")
    pairs.page.get_by_label("To", exact=True).select_option("c")
    expect(pairs.page.locator("#map")).not_to_have_attribute("aria-label", before or "")


def test_it_is_accessible_in_the_dark(open_editor: Open) -> None:
    editor = open_editor(STATED, color_scheme="dark")
    page = editor.page
    assert axe_violations(page) == []
    editor.write("SELECT * { ?a fil:x }\n")
    expect(page.locator("#mistake")).to_contain_text("cannot stand here")
    editor.run()
    assert axe_violations(page) == []


def test_it_is_accessible_and_used_by_keys(open_editor: Open) -> None:
    editor = open_editor(STATED)
    page = editor.page
    editor.tab("Table").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("img")).to_be_visible()
    page.get_by_role("tab", name="Vocabulary").click()
    page.keyboard.press("F1")
    expect(page.get_by_role("dialog")).to_contain_text("runs the query")
    assert axe_violations(page) == []
    page.keyboard.press("Escape")
    editor.write(RUNAWAY)
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_role("alert")).to_contain_text("Stopped")
    page.keyboard.press("Tab")
    expect(page.locator("#run")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_it_fits_a_phone(open_editor: Open) -> None:
    editor = open_editor(
        MEMBERS, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = editor.page
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    sizes: list[float] = page.locator("button:visible").evaluate_all(
        "all => all.map(one => Math.min(one.offsetWidth, one.offsetHeight))"
    )
    assert min(sizes) >= 24
    expect(page.locator(".answer-told")).to_contain_text("17 rows")


def test_hostile_answers_run_nothing(open_editor: Open, server: RunningServer) -> None:
    terms = [{"type": "literal", "value": mark, "xml:lang": "it"} for mark in MARKS]
    iris = [{"type": "uri", "value": address} for address in (*ADDRESSES, *MARKS)]
    rows = [
        {"a": iri, MARKS[0]: terms[place % len(terms)], "b": iris[place - 1]}
        for place, iri in enumerate(iris)
    ]
    answer = {"head": {"vars": ["a", MARKS[0], "b"]}, "results": {"bindings": rows}}
    editor = open_editor()
    page = editor.page

    def spoil(route: Route) -> None:
        route.fulfill(body=json.dumps(answer), content_type="application/sparql-results+json")

    page.context.route("**/sparql", spoil)
    editor.run()
    table = page.locator(".rows")
    expect(table.locator("tbody tr")).to_have_count(len(rows))
    expect(table).to_contain_text("<img src=x onerror=window.__pwned=1>")
    assert "\u202e" not in table.inner_text()
    addresses = [link.get_attribute("href") or "" for link in table.get_by_role("link").all()]
    assert all(re.match(r"https?://|id/|graph/", address) for address in addresses), addresses
    editor.tab("Network").click()
    expect(page.locator(".network-frame")).to_have_attribute("data-drawn", re.compile(r"\d+"))
    editor.tab("Raw").click()
    expect(page.locator(".raw")).to_contain_text("javascript:window.__pwned=1")
    page.context.unroute("**/sparql")
    page.context.route(
        "**/sparql", lambda route: route.fulfill(status=400, body=MARKS[1] + " line 1, column 9")
    )
    editor.run()
    expect(page.get_by_role("alert")).to_contain_text(MARKS[1])


def test_the_questions_of_the_map_open_here(open_editor: Open, server: RunningServer) -> None:
    editor = open_editor()
    page = editor.page
    page.goto(f"{server.address}?lang=en#/questions")
    own = page.get_by_role("link", name="Whoever knows SPARQL can write their own.")
    expect(own).to_have_attribute("href", "editor?lang=en", timeout=20_000)
    page.goto(f"{server.address}?lang=en#/questions?ask=members-at&p.at=2020-12-31")
    page.locator('[data-key="sparql"] summary').click(timeout=20_000)
    page.get_by_role("link", name="Open in the editor").click()
    editor.answered()
    expect(page.locator(".answer-told")).to_contain_text("17 rows")
    page.get_by_role("link", name=re.compile("Back to the map")).click()
    expect(page.locator("html")).to_have_attribute("data-delivery", "served")
