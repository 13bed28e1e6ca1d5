"""The SPARQL page, used as a person would: on one server, in real Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.editor_page import MEMBERS, RUNAWAY, STATED, Open, editors
from tests.server.conftest import RunningServer

SUPPLIES = "CONSTRUCT { ?a fil:supplies ?b } WHERE { ?a fil:supplies ?b }"
MANY = "SELECT ?thing ?count { ?thing a ?class . BIND(STRLEN(STR(?thing)) AS ?count) }"

open_editor = pytest.fixture(editors)


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """A server of the real data that ends answers of more than four megabytes."""
    running = RunningServer(None, False, {"FILIERA_RESULT_MB": "4"})
    yield running
    assert running.stop() == (0, "ended well\n", "")


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
