"""The address: all that lasts stands in it, and comes back with it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

import filiera
from filiera.views.page_data import page_data
from tests.browser.conftest import Open, Opened, write_page
from tests.browser.page_data import PageData
from tests.server.conftest import RunningServer

PASSING = {"hovered", "query", "found", "scale"}
"""What passes with the pointer and the keyboard, and is in no address."""

VALUES: dict[str, list[str]] = {
    "hide": ["kind:companies", "member:no", "group:supply,kind:knowledge"],
    "province": ["provincia-modena", "provincia-modena,provincia-reggio-emilia"],
    "field": ["automotive", "acoustics-and-vibration,automotive"],
    "in": ["chain-batteries", "chain-batteries,chain-hydrogen"],
    "stage": ["erm-bms"],
    "relation": ["membership/associate", "membership/applicant,membership/associate"],
    "source": ["modenatoday-dorna-2024"],
    "at": ["2012-12-31", "2020-12-31"],
    "compare": ["2016-12-31"],
    "chain": ["chain-batteries", "chain-engines-vehicles"],
    "open": ["erm-bms"],
    "layout": ["chain", "place", "circle"],
    "colour": ["chain", "province", "member", "community"],
    "size": ["betweenness", "same"],
    "steps": ["1", "2"],
    "expand": ["landi-renzo", "bi-rex,landi-renzo"],
    "sort": ["ties", "-sources", "town"],
    "columns": ["name,ties", "name,kind,website"],
    "ask": ["gaps"],
}

SAID_AS = {
    **dict.fromkeys(("province", "field", "in", "stage", "relation", "source"), "chosen"),
    "hide": "hidden",
    "compare": "compared",
    "open": "opened",
    "colour": "colouring",
    "size": "sizing",
    "expand": "expanded",
    "ask": "question",
    "p.chain": "parameters",
}
"""Under what name ``window.filiera.state()`` says what a key of the address holds."""


@pytest.fixture(scope="module")
def real_data(ecosystem: filiera.Ecosystem) -> PageData:
    """The data of the real page."""
    return page_data(ecosystem)


@pytest.fixture(scope="module")
def real_file(tmp_path_factory: pytest.TempPathFactory, real_data: PageData) -> Path:
    """The page of the real ecosystem, in Italian."""
    return write_page(tmp_path_factory.mktemp("address") / "page.html", real_data)


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """A server of the real data."""
    running = RunningServer(None, False, {})
    yield running
    running.client.close()
    assert running.stop() == (0, "ended well\n", "")


def lasting(opened: Opened) -> dict[str, Any]:
    """What is to come back."""
    return {name: value for name, value in opened.state().items() if name not in PASSING}


def arrived(opened: Opened, hash: str) -> dict[str, Any]:
    """The state after an address that is typed into an open page."""
    opened.page.evaluate("hash => { location.hash = hash; }", hash)
    opened.page.wait_for_function(
        "() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(true))))"
    )
    return lasting(opened)


def said(opened: Opened) -> dict[str, Any]:
    """What is to come back, without what a server tells of a link whenever it is ready."""
    later = {"path", "nodes", "edges"}
    return {name: value for name, value in lasting(opened).items() if name not in later}


def hash_of(opened: Opened) -> str:
    return "#" + opened.page.url.partition("#")[2]


@pytest.mark.parametrize("key", list(VALUES))
def test_each_key_changes_its_part_of_the_state_and_stands_in_the_address(
    open_page: Open, real_file: Path, key: str
) -> None:
    opened = open_page(real_file)
    usual = lasting(opened)
    for value in VALUES[key]:
        state = arrived(opened, f"#/?{key}={value}")
        said = SAID_AS.get(key, key)
        assert state[said] != usual[said], value
        assert f"{key}={value}" in hash_of(opened)
    assert arrived(opened, "#/") == usual


def states(number: int) -> Iterator[str]:
    """Addresses of many states, the same in every run."""
    draw = random.Random("addresses of the explorer")
    for _ in range(number):
        view = draw.choice(["", "network", "chain", "map", "time", "table", "questions"])
        selected = draw.choice(["", "landi-renzo", "bi-rex", "clust-er-mech", "manz-italy"])
        keys = draw.sample(list(VALUES), draw.randint(0, 6))
        query = [f"{key}={draw.choice(VALUES[key])}" for key in keys]
        if "ask=gaps" in query:
            query.append("p.chain=chain-batteries")
        if selected == "landi-renzo" and draw.random() < 0.5:
            query.append("to=bi-rex")
        path = "/".join(part for part in (view, selected) if part)
        yield f"#/{path}{'?' if query else ''}{'&'.join(query)}"


def test_every_state_comes_back_with_its_address(open_page: Open, real_file: Path) -> None:
    opened, again = open_page(real_file), open_page(real_file)
    for hash in states(10):
        state = arrived(opened, hash)
        canonical = hash_of(opened)
        again.page.goto("about:blank")
        again.page.goto(f"{again.address}{canonical}")
        again.wait_ready()
        assert lasting(again) == state, hash
        assert hash_of(again) == canonical, hash
        again.page.reload()
        again.wait_ready()
        assert lasting(again) == state, hash


def test_what_is_done_with_the_mouse_comes_back_too(open_page: Open, real_file: Path) -> None:
    opened = open_page(real_file, hash="#/table")
    page = opened.page
    page.locator("[data-facet=province] summary").click()
    page.locator("[data-facet=province] .facet-value").nth(1).click()
    page.locator("#legend .entry").nth(1).click()
    page.get_by_role("button", name="Legami in vista", exact=True).click()
    page.locator(".table-view tbody a[data-thing]").first.click()
    page.get_by_role("button", name="English").click()
    page.locator("#theme").click()
    state = lasting(opened)
    assert state["lang"] == "en"
    assert state["sort"] == "-ties"
    assert state["selected"]
    page.reload()
    opened.wait_ready()
    assert lasting(opened) == state


def test_back_and_forward_walk_through_views_and_selections(
    open_page: Open, real_file: Path
) -> None:
    opened = open_page(real_file)
    page = opened.page
    page.locator("#views [data-view=table]").click()
    page.locator("#legend .entry").nth(1).click()
    page.evaluate("filiera.select('landi-renzo')")
    page.locator("#views [data-view=chain]").click()
    end = lasting(opened)
    page.go_back()
    page.wait_for_function("() => filiera.state().view === 'table'")
    assert opened.state()["selected"] == "landi-renzo"
    page.go_back()
    opened.selected(None)
    assert opened.state()["view"] == "table"
    assert opened.state()["hidden"] != []
    page.go_back()
    page.wait_for_function("() => filiera.state().view === 'network'")
    for _ in range(3):
        page.go_forward()
    page.wait_for_function("() => filiera.state().view === 'chain'")
    assert lasting(opened) == end


def test_old_links_lead_to_their_thing(open_page: Open, real_file: Path) -> None:
    for hash in ("#/landi-renzo", "#/landi-renzo?", "#landi-renzo", "#/network/landi-renzo"):
        opened = open_page(real_file, hash=hash)
        assert opened.state()["selected"] == "landi-renzo"
        assert opened.state()["view"] == "network"
        expect(opened.page.locator("#panel h2")).to_have_text("Landi Renzo")


BROKEN = [
    "#/no-such-thing",
    "#/table/no-such-thing?sort=-ties",
    "#/%E0%A4%A",
    "#/%",
    "#//",
    "#/table//?",
    "#/network/../../etc",
    "#?&&==&",
    "#/?to=nobody&expand=nobody,community:99999",
    "#/?at=yesterday",
    "#/?at=1066&compare=9999-99-99",
    "#/?steps=99",
    "#/?steps=-1&layout=&colour=&size=",
    "#/?layout=spiral&colour=taste&size=elephant",
    "#/?layout=__proto__&colour=constructor&size=toString",
    "#/map?open=nowhere",
    "#/chain?chain=no-chain&open=no-stage",
    "#/chain?chain=__proto__&compare=2016",
    "#/time?open=nothing&at=2016",
    "#/table?sort=taste&columns=taste,smell",
    "#/table?sort=-&columns=,,,",
    "#/table?sort=constructor&columns=__proto__",
    "#/questions?ask=nothing",
    "#/questions?ask=__proto__&p.__proto__=1&p.constructor=2",
    "#/questions?ask=gaps&p.chain=no-chain&p.nonsense=1",
    "#/?hide=nothing,kind:nothing,__proto__",
    "#/?p.x=%00%ff&sort=%u0000",
    "#/?province=" + "x" * 5000,
    "#/" + quote("<img src=x onerror=window.__pwned=1>"),
    "#/table?sort=" + quote('"><svg onload=window.__pwned=1>'),
]


def test_broken_and_unknown_addresses_do_no_harm(open_page: Open, real_file: Path) -> None:
    opened = open_page(real_file)
    for hash in BROKEN:
        opened.page.goto("about:blank")
        opened.page.goto(f"{opened.address}{hash}")
        opened.wait_ready()
        assert opened.complaints == [], hash
        assert opened.state()["selected"] is None
        opened.page.locator("#views [data-view=table]").click()
        opened.page.evaluate("filiera.select('landi-renzo')")
        opened.selected("landi-renzo")
        assert opened.complaints == [], hash


def test_a_selection_that_is_not_there_is_said(open_page: Open, real_file: Path) -> None:
    opened = open_page(real_file, hash="#/table/no-such-thing")
    expect(opened.page.locator("#notice")).to_contain_text("no-such-thing")
    assert opened.state()["view"] == "table"


def test_a_link_in_a_card_keeps_filters_moment_and_view(open_page: Open, real_file: Path) -> None:
    opened = open_page(
        real_file, hash="#/table/landi-renzo?hide=kind:other&at=2022-12-31&sort=-ties"
    )
    before = opened.state()
    link = opened.page.locator("#panel-content a[data-thing]").first
    thing = link.get_attribute("data-thing")
    link.click()
    opened.selected(thing)
    after = opened.state()
    for key in ("view", "hidden", "at", "sort"):
        assert after[key] == before[key]


def test_the_served_page_has_the_same_addresses(open_page: Open, server: RunningServer) -> None:
    opened = open_page(server.address)
    for hash in list(states(5)):
        arrived(opened, hash)
        state = said(opened)
        opened.page.reload()
        opened.wait_ready()
        assert said(opened) == state, hash
