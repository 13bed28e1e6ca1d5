"""The legend: real shapes, true counts, and a filter."""

from __future__ import annotations

import re
from collections import Counter

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Opened
from tests.browser.page_data import KINDS, RELATIONS, PageData


def entry(opened: Opened, key: str) -> Locator:
    return opened.page.locator(f".entry[data-key='{key}']")


def test_counts_are_true(opened: Opened, data: PageData) -> None:
    kinds = Counter(KINDS[node["kind"]][0] for node in data["nodes"])
    for kind, count in kinds.items():
        expect(entry(opened, f"kind:{kind}").locator(".entry-count")).to_have_text(str(count))
    groups = Counter(RELATIONS[edge["relation"]][6] for edge in data["edges"])
    for group, count in groups.items():
        expect(entry(opened, f"group:{group}").locator(".entry-count")).to_have_text(str(count))
    members = sum(node.get("member", False) for node in data["nodes"])
    expect(entry(opened, "member:yes").locator(".entry-count")).to_have_text(str(members))
    expect(opened.page.locator(".entry")).to_have_count(len(kinds) + len(groups) + 2)


def test_shapes_are_those_of_the_map(opened: Opened) -> None:
    outlines = opened.page.locator(".entry[data-key^='kind:'] path").evaluate_all(
        "paths => paths.map(path => path.getAttribute('d'))"
    )
    assert len(set(outlines)) == len(KINDS)
    hues = opened.page.locator(".entry[data-key^='kind:'] path").evaluate_all(
        "paths => paths.map(path => getComputedStyle(path).fill)"
    )
    assert len(set(hues)) == len(KINDS)


def test_a_click_hides_and_shows_a_kind(opened: Opened, data: PageData) -> None:
    everything = opened.state()
    companies = {node["id"] for node in data["nodes"] if node["kind"] == 0}
    button = entry(opened, "kind:company")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    state = opened.state()
    assert state["nodes"] == len(data["nodes"]) - len(companies)
    assert state["edges"] == sum(
        edge["from"] not in companies and edge["to"] not in companies for edge in data["edges"]
    )
    assert opened.page.evaluate("filiera.screenPos('acme')") is None
    opened.position("universita-di-modena")
    expect(opened.page.locator("#legend-shown")).to_have_text(
        f"In vista {state['nodes']} di {everything['nodes']} voci, "
        f"{state['edges']} di {everything['edges']} legami"
    )
    button.click()
    assert opened.state() == everything
    expect(opened.page.locator("#legend-shown")).to_be_hidden()


def test_a_click_hides_a_group_of_ties_only(opened: Opened, data: PageData) -> None:
    supplies = sum(edge["relation"] == 0 for edge in data["edges"])
    entry(opened, "group:supply").click()
    state = opened.state()
    assert state["nodes"] == len(data["nodes"])
    assert state["edges"] == len(data["edges"]) - supplies


def test_only_leaves_one_kind(opened: Opened, data: PageData) -> None:
    row = opened.page.locator("#legend li", has=entry(opened, "kind:university"))
    row.hover()
    row.get_by_role("button", name="Mostra solo: Università").click()
    assert opened.state()["nodes"] == sum(node["kind"] == 1 for node in data["nodes"])
    opened.page.get_by_role("button", name="Mostra tutto").click()
    assert opened.state()["nodes"] == len(data["nodes"])


def test_members_can_be_left_alone(opened: Opened, data: PageData) -> None:
    entry(opened, "member:no").click()
    assert opened.state()["nodes"] == sum(node.get("member", False) for node in data["nodes"])


def test_hiding_everything_says_so_and_offers_the_way_back(opened: Opened, data: PageData) -> None:
    for kind in KINDS:
        entry(opened, f"kind:{kind[0]}").click()
    message = opened.page.locator("#message")
    expect(message).to_contain_text("I filtri nascondono tutto")
    message.get_by_role("button", name="Mostra tutto").click()
    expect(message).to_be_hidden()
    assert opened.state()["nodes"] == len(data["nodes"])


def test_what_is_selected_stays_in_view_and_hidden_ties_are_told(opened: Opened) -> None:
    opened.page.evaluate("filiera.select('landi-renzo')")
    entry(opened, "kind:company").click()
    opened.position("landi-renzo")
    assert opened.page.evaluate("filiera.screenPos('acme')") is None
    hidden = opened.page.locator(".panel-hidden")
    expect(hidden).to_contain_text("2 legami sono nascosti dai filtri.")
    hidden.get_by_role("button", name="Mostra tutto").click()
    opened.position("acme")
    expect(hidden).to_have_count(0)


def test_pointing_at_an_entry_makes_its_things_stand_out(opened: Opened) -> None:
    entry(opened, "kind:university").hover()
    names = {text["text"] for text in opened.drawn_texts()}
    assert "Università di Modena" in names
    assert "Landi Renzo" not in names
    opened.page.mouse.move(700, 400)
    assert "Landi Renzo" in {text["text"] for text in opened.drawn_texts()}


def test_counts_follow_the_other_filters_and_the_whole_is_still_told(
    opened: Opened, data: PageData
) -> None:
    page = opened.page
    members = Counter(KINDS[node["kind"]][0] for node in data["nodes"] if node.get("member", False))
    kinds = Counter(KINDS[node["kind"]][0] for node in data["nodes"])
    entry(opened, "member:no").click()
    for kind, whole in kinds.items():
        now, row = members[kind], entry(opened, f"kind:{kind}")
        expect(row.locator(".entry-now")).to_have_text(str(now))
        assert row.get_attribute("data-none") == ("" if now == 0 else None)
        if now < whole:
            expect(row).to_have_accessible_name(re.compile(rf"\b{now} di {whole}$"))
            expect(row.locator(".entry-whole")).to_have_text(f"/{whole}")
    # Its own filter does not empty an entry: that is how many there would be.
    others = len(data["nodes"]) - sum(members.values())
    expect(entry(opened, "member:no").locator(".entry-count")).to_have_text(str(others))
    inside = {node["id"] for node in data["nodes"] if node.get("member", False)}
    supplies = [edge for edge in data["edges"] if edge["relation"] == 0]
    left = sum(edge["from"] in inside and edge["to"] in inside for edge in supplies)
    ties = entry(opened, "group:supply")
    expect(ties.locator(".entry-now")).to_have_text(str(left))
    page.get_by_role("button", name="English").click()
    expect(ties).to_have_accessible_name(re.compile(rf"\b{left} of {len(supplies)}$"))


def test_nothing_goes_from_the_legend_when_it_counts_none(opened: Opened, data: PageData) -> None:
    entries = opened.page.locator(".entry").count()
    for kind in KINDS[1:]:
        entry(opened, f"kind:{kind[0]}").click()
    companies = {node["id"] for node in data["nodes"] if node["kind"] == 0}
    ties = Counter(
        RELATIONS[edge["relation"]][6]
        for edge in data["edges"]
        if edge["from"] in companies and edge["to"] in companies
    )
    groups = {relation[6] for relation in RELATIONS}
    assert any(ties[group] == 0 for group in groups)
    for group in groups:
        expect(entry(opened, f"group:{group}").locator(".entry-now")).to_have_text(str(ties[group]))
    expect(opened.page.locator(".entry")).to_have_count(entries)
