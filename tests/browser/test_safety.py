"""What the page promises: nothing leaves it, and nothing in the data runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from filiera.views.page_template import render_page
from tests.browser.conftest import Open, Opened
from tests.browser.page_data import PageData, invented_page, pyvis_network


def test_the_policy_allows_only_what_is_in_the_page(page_file: Path) -> None:
    html = page_file.read_text(encoding="utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert policy is not None
    rules = dict(rule.split(" ", 1) for rule in policy[1].replace("&#39;", "'").split("; "))
    assert rules.pop("default-src") == "'none'"
    assert re.fullmatch(r"'sha256-[\w+/=]{44}'", rules.pop("script-src"))
    assert re.fullmatch(r"'sha256-[\w+/=]{44}'", rules.pop("style-src"))
    assert rules == {
        "img-src": "data: blob:",
        "connect-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_the_page_names_no_other_host_to_load_from(page_file: Path) -> None:
    html = page_file.read_text(encoding="utf-8")
    assert not re.findall(r"<(?:script|img|iframe|link)[^>]+(?:src|href)=[\"'](?!data:)", html)
    assert "sourceMappingURL" not in html


def test_foreign_scripts_and_connections_are_refused(opened: Opened) -> None:
    opened.page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'),"
        " { textContent: 'window.foreign = 1' }))"
    )
    assert opened.page.evaluate("window.foreign") is None
    refused = opened.page.evaluate("fetch('https://example.org/').then(() => false, () => true)")
    assert refused
    assert len(opened.complaints) >= 2
    assert all("Content Security Policy" in complaint for complaint in opened.complaints)
    opened.complaints.clear()


def test_hostile_texts_are_shown_and_run_nothing(open_page: Open, hostile_file: Path) -> None:
    opened = open_page(hostile_file)
    page = opened.page
    for thing in ("landi-renzo", "universita-di-modena", "acme", "thing-0", "thing-11"):
        page.mouse.move(*opened.position(thing))
        page.evaluate("id => filiera.select(id)", thing)
        opened.selected(thing)
        assert page.locator("#panel img, #panel script, #panel svg [onload]").count() == 0
    page.evaluate("filiera.select('landi-renzo')")
    shown = page.locator("body").inner_text()
    assert "<img src=x onerror=window.__pwned=1>" in shown
    assert "</script><script>window.__pwned=1</script>" in shown
    page.locator("#search").fill("<script>")
    assert page.locator("#result-list [role=option]").count() > 0
    page.keyboard.press("Enter")
    page.get_by_role("button", name="English").click()
    page.locator(".entry").first.click()
    assert page.locator("script").count() == 2


def test_links_lead_to_the_web_or_into_the_page_only(open_page: Open, hostile_file: Path) -> None:
    opened = open_page(hostile_file)
    seen = set()
    for thing in ["landi-renzo", "acme", *(f"thing-{number}" for number in range(60))]:
        opened.page.evaluate("id => filiera.select(id)", thing)
        seen |= set(
            opened.page.locator("#panel a").evaluate_all("links => links.map(link => link.href)")
        )
    outward = {link for link in seen if not link.startswith(f"{opened.address}#/")}
    assert len(seen) > len(outward) > 0
    assert {link.split(":")[0] for link in outward} <= {"https", "http"}


def test_the_page_breaks_no_line_on_hostile_names(open_page: Open, hostile_file: Path) -> None:
    opened = open_page(hostile_file, viewport={"width": 390, "height": 844})
    opened.page.evaluate("filiera.select('thing-9')")
    assert opened.page.evaluate("document.documentElement.scrollWidth") == 390
    panel = opened.page.locator("#panel-content")
    assert panel.evaluate("content => content.scrollWidth <= content.clientWidth")


def test_own_parts_stay_small() -> None:
    small = invented_page(12, ties=16)
    assert len(render_page(pyvis_network(small), small, lang="it")) < 380_000


def test_things_stand_where_the_network_has_them(
    open_page: Open, tmp_path: Path, data: PageData
) -> None:
    network = pyvis_network(data)
    network.get_node("acme").update(x=0, y=0)
    place = tmp_path / "moved.html"
    place.write_text(render_page(network, data, lang="it"), encoding="utf-8")
    x, y = open_page(place).position("acme")
    assert 600 < x < 1000
    assert 250 < y < 500


def test_network_and_data_must_show_the_same(data: PageData) -> None:
    other = pyvis_network({**data, "nodes": data["nodes"][:3], "edges": data["edges"][:3]})
    with pytest.raises(ValueError, match="443 things"):
        render_page(other, data, lang="it")
