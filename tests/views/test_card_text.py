"""Cards to read: groups, dates, numbered sources, and what sources disagree on."""

from __future__ import annotations

import csv
import io
import json

import pytest

from filiera.answers.card_told import card_data, card_markdown, card_text
from filiera.answers.cards import Card, card
from filiera.views.card_table import card_table
from tests.small_cluster import iri, small_store


@pytest.fixture(scope="module")
def hub() -> Card:
    """The card of the cluster, on whose members two sources disagree."""
    return card(small_store(), iri("hub"))


@pytest.fixture(scope="module")
def bolt() -> Card:
    """The card of a small organisation."""
    return card(small_store(), iri("bolt"))


def test_a_card_in_english(bolt: Card) -> None:
    text = card_text(bolt, "en")
    assert text.startswith("Bolt\ncompany · bolt\n\nAT A GLANCE\n  kind: company [1]\n")
    assert "\nMEMBER OF\n  Hub (founding member), from 2018 to 2022 [2]\n" in text
    assert text.endswith(
        "\nSOURCES\n"
        "[1] Gazette, “Early page”, May 2019\n"
        "    https://example.org/early\n"
        "[2] Herald, “Late page”, 5 March 2021\n"
        "    https://example.org/late\n"
    )


def test_a_card_in_italian(bolt: Card) -> None:
    text = card_text(bolt, "it")
    assert text.startswith("Bolt\nimpresa · bolt\n\nIN BREVE\n  tipo: impresa [1]\n")
    assert "\nFONTI\n[1] Gazette, “Early page”, maggio 2019\n" in text


def test_statements_that_disagree_stand_together_and_marked(hub: Card) -> None:
    lines = card_text(hub, "en").splitlines()
    places = [place for place, line in enumerate(lines) if line.startswith("≠ ")]
    marked = [lines[place] for place in places]
    first = next(n for n, line in enumerate(marked) if "100" in line)
    assert "100" in marked[first]
    assert "120" in marked[first + 1]
    assert places[first + 1] == places[first] + 1
    assert marked[-1] == "≠ sources disagree"


def test_a_card_without_disagreement_needs_no_legend(bolt: Card) -> None:
    assert "≠" not in card_text(bolt, "en")
    assert "≠" not in card_markdown(bolt, "en")


def test_a_card_wraps_to_the_terminal(hub: Card) -> None:
    lines = card_text(hub, "en", 50).splitlines()
    assert max(len(line) for line in lines if "https://" not in line) <= 50
    assert " ".join(" ".join(lines).split()) == " ".join(card_text(hub, "en").split())


def test_notes_stand_below_their_statement() -> None:
    acme = card(small_store(), iri("acme"))
    lines = card_text(acme, "en").splitlines()
    place = next(n for n, line in enumerate(lines) if line.strip() == "note: Joined with others")
    assert lines[place - 1].startswith("  Hub (member)")


def test_a_source_without_title_or_address_is_named_by_its_id() -> None:
    italy = card(small_store(), iri("place/italy"))
    assert "[1] Herald, undated, undated\n    https://example.org/undated\n" in card_text(
        italy, "en"
    )


def test_markdown_links_the_sources(bolt: Card) -> None:
    text = card_markdown(bolt, "en")
    assert text.startswith("# Bolt\n\ncompany · bolt  \n\n## At a glance\n\n")
    assert "- kind: company [[1]](<https://example.org/early>)\n" in text
    assert (
        "\n## Sources\n\n1. Gazette, “Early page”, May 2019 <https://example.org/early>\n" in text
    )


def test_the_data_of_a_card_is_plain(hub: Card) -> None:
    data = json.loads(json.dumps(card_data(hub, "it")))
    assert (data["iri"], data["id"], data["label"]) == (iri("hub"), "hub", "Nodo")
    assert data["description"] == "Unisce"
    figures = next(group for group in data["groups"] if group["id"] == "figures")
    assert {said["disagrees"] for said in figures["statements"]} == {True, False}
    named = {source["iri"] for source in data["sources"]}
    assert {
        source
        for group in data["groups"]
        for said in group["statements"]
        for source in said["sources"]
    } == named


def test_the_table_of_a_card_has_a_row_for_each_source(hub: Card) -> None:
    table = card_table(hub, "en")
    assert len(table) == sum(len(said.sources) for group in hub.groups for said in group.statements)
    rows = list(csv.DictReader(io.StringIO(table.to_csv())))
    members = [row for row in rows if row["statement"] == "members: 120"]
    assert [(row["when"], row["disagrees"], row["publisher"]) for row in members] == [
        ("in 2020", "≠", "Herald")
    ]
