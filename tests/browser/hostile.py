"""Hostile texts: each would run, break out or upset a page that trusted its data."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from tests.browser.page_data import PageData

MARKS = [
    "<img src=x onerror=window.__pwned=1>",
    "</script><script>window.__pwned=1</script>",
    '"><svg onload=window.__pwned=1>',
    "'-window.__pwned-'",
    "<!--<script>",
    "{{7*7}}{% raw %}${window.__pwned=1}",
    "\u202eotseuq\u202c \u2028\u2029\u0000\ufeff",
    "النص من اليمين إلى اليسار",
    "]]>&lt;b&gt;&amp;&#x3c;",
    "Lungo " * 50,
]

ADDRESSES = [
    "javascript:window.__pwned=1",
    "JaVaScRiPt:window.__pwned=1//https://",
    "data:text/html,<script>window.__pwned=1</script>",
    "\tjavascript:window.__pwned=1",
    "vbscript:x",
    "https://example.org/\"onclick=window.__pwned=1 x='",
    "no address at all",
]


def hostile_page(data: PageData) -> PageData:
    """The same page with a hostile mark in every text and a hostile address in every link."""
    page = deepcopy(data)
    turn = iter(range(10**6))

    def mark(text: str) -> str:
        return f"{text} {MARKS[next(turn) % len(MARKS)]}"

    def spoil(value: Any) -> Any:
        if isinstance(value, str):
            return mark(value)
        if isinstance(value, list):
            return [spoil(item) for item in value]
        if isinstance(value, dict):
            return {key: spoil(item) for key, item in value.items()}
        return value

    page["title"], page["subtitle"] = spoil(page["title"]), spoil(page["subtitle"])
    page["texts"] = spoil(page["texts"])
    page["groupTitles"] = spoil(page["groupTitles"])
    for item in page["kinds"] + page["relations"] + page["nodes"]:
        for key in ("label", "inverse", "aliases", "town"):
            if key in item:
                item[key] = spoil(item[key])
    for node in page["nodes"]:
        node["website"] = ADDRESSES[next(turn) % len(ADDRESSES)]
    for source in page["sources"]:
        source["title"] = mark(source.get("title", ""))
        source["publisher"] = mark(source.get("publisher", ""))
        source["published"] = mark(source.get("published", ""))
        source["url"] = ADDRESSES[next(turn) % len(ADDRESSES)]
    return page


FORMULAS = [
    '=HYPERLINK("https://example.org/","x")',
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
]
"""What a spreadsheet would take for a formula, when a text begins with it."""

_IDS = {
    *("id", "from", "to", "other", "others", "group", "focus", "lang", "moments", "base"),
    *("kind", "shape", "status", "state", "standing", "drawing", "type", "topic", "option"),
    *("default", "language", "collected", "code"),
}
"""Keys of ids, of dates, and of words that stand for a choice of the page's own."""


def hostile_everywhere(data: PageData) -> PageData:
    """The same page with a hostile mark in every text of all parts, and a hostile address in
    every link; names are formulas too, or 300 characters long."""
    turn = iter(range(10**7))

    def mark(text: str) -> str:
        number = next(turn)
        if number % 7 == 6:
            return f"{FORMULAS[number % len(FORMULAS)]} {text}"
        return f"{text} {MARKS[number % len(MARKS)]}"

    def spoil(value: Any, key: str = "") -> Any:
        if key in _IDS:
            return value
        if key in ("url", "website"):
            return ADDRESSES[next(turn) % len(ADDRESSES)]
        if isinstance(value, str):
            return mark(value)
        if isinstance(value, list):
            return [spoil(item, key) for item in value]
        if isinstance(value, dict):
            return {name: spoil(item, name) for name, item in value.items()}
        return value

    spoiled: PageData = spoil(data)
    return spoiled
