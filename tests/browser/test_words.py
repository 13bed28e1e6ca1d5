"""The words of the page: the same in both languages, all used, none left in the other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

import filiera
from filiera.views import page_template
from filiera.views.drawing import tie_group
from filiera.views.network_page import write_page as write_real_page
from tests.browser.conftest import Open

PAGE = Path(page_template.__file__).parent / "page"
ORIGIN = "http://words.test"

Words = dict[str, dict[str, str | list[str]]]

# Every text that a person reads or hears: what is written, and what names or explains.
TEXTS_ON_SCREEN = """() => {
  const found = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    if (!element.closest('script, noscript') && walk.currentNode.data.trim()) found.add(walk.currentNode.data.trim());
  }
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
    for (const name of ['aria-label', 'title', 'placeholder']) {
      const text = element.getAttribute(name);
      if (text) found.add(text.trim());
    }
  }
  return [...found];
}"""  # noqa: E501


@pytest.fixture(scope="module")
def words(browser: Browser) -> Words:
    """What `words.js` says, by language and key, as a browser reads it."""

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(f"{ORIGIN}/")
        if name == "":
            route.fulfill(content_type="text/html", body="<!doctype html>")
        else:
            route.fulfill(content_type="text/javascript", path=PAGE / name)

    page = browser.new_page()
    page.route(f"{ORIGIN}/**", answer)
    page.goto(ORIGIN)
    read: Words = page.evaluate(f"import('{ORIGIN}/words.js').then(module => module.words)")
    page.context.close()
    return read


@pytest.fixture(scope="module")
def real_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the real data."""
    place = tmp_path_factory.mktemp("words") / "page.html"
    write_real_page(filiera.open_graph(), place, "it")
    return place


def variants(entry: str | list[str]) -> list[str]:
    """For one and for many, or just the text."""
    return entry if isinstance(entry, list) else [entry]


def as_written() -> list[tuple[str, str, str]]:
    """File, language and key of each entry, as the files have them."""
    found = []
    for path in sorted((PAGE / "words").glob("*.js")):
        text = path.read_text(encoding="utf-8")
        for language, body in re.findall(r"^  (it|en): \{\n(.*?)^  \},$", text, re.M | re.S):
            found += [
                (path.stem, language, key) for key in re.findall(r'^    "?([^":]+)"?:', body, re.M)
            ]
    return found


def test_both_languages_say_the_same_things_with_the_same_gaps(words: Words) -> None:
    assert list(words) == ["it", "en"]
    assert list(words["it"]) == list(words["en"])
    for key, italian in words["it"].items():
        english = words["en"][key]
        assert isinstance(italian, list) == isinstance(english, list), key
        gaps, english_gaps = (
            set(re.findall(r"\{\w+\}", " ".join(variants(entry)))) for entry in (italian, english)
        )
        assert gaps == english_gaps, key
        assert all(text.strip() for text in variants(italian) + variants(english)), key


def test_every_file_has_its_words_in_both_languages_and_none_twice(words: Words) -> None:
    written = as_written()
    keys = {language: [key for _, said, key in written if said == language] for language in words}
    assert keys["it"] == keys["en"]
    assert len(keys["it"]) == len(set(keys["it"])), "one key in two files: one would win"
    assert set(keys["it"]) == set(words["it"]), "a file of words that words.js does not list"


def test_every_word_is_used(words: Words) -> None:
    rest = "\n".join(
        path.read_text(encoding="utf-8")
        for path in PAGE.iterdir()
        if path.is_file() and path.name != "words.js"
    )
    unused = []
    for key in words["it"]:
        stem = key.removesuffix("Help")
        family = key.partition("_")[0]
        named = any(f'"{name}"' in rest or f"`{name}`" in rest for name in (key, stem))
        if not named and f"`{family}_${{" not in rest and f'"{family}_"' not in rest:
            unused.append(key)
    assert unused == [], "words that nothing says"


def test_nothing_is_said_that_has_no_words(words: Words) -> None:
    said = {
        key
        for path in PAGE.glob("*.js")
        for key in re.findall(r'\bsay\(\s*"(\w+)"', path.read_text(encoding="utf-8"))
    }
    template = (PAGE / "template.html.j2").read_text(encoding="utf-8")
    said |= set(re.findall(r'data-say(?:-label|-placeholder)?="(\w+)"', template))
    assert len(said) > 150
    assert said - words["it"].keys() == set()


def test_every_group_of_ties_has_a_name(words: Words) -> None:
    groups = {
        tie_group(slug) for slug in ("supplies", "acquired", "partner-of", "part-of", "funds")
    }
    named = {key.removeprefix("group_") for key in words["it"] if key.startswith("group_")}
    assert groups | {"other"} == named


def patterns(words: Words, language: str, other: str) -> dict[str, re.Pattern[str]]:
    """What a language says and the other does not, as patterns by key."""
    found = {}
    for key, entry in words[language].items():
        foreign = variants(words[other][key])
        for number, text in enumerate(variants(entry)):
            literal = re.sub(r"\{\w+\}", "", text)
            if text not in foreign and len(re.findall(r"[^\W\d_]", literal)) >= 5:
                pattern = re.escape(text).replace(r"\{n\}", r"[\d.,]+")
                pattern = re.sub(r"\\\{\w+\\\}", ".+", pattern)
                found[f"{key} {number}"] = re.compile(pattern, re.S)
    return found


def leftovers(page: Page, words: Words, language: str) -> list[tuple[str, str]]:
    """Texts on screen that are words of the other language."""
    other = "en" if language == "it" else "it"
    foreign = patterns(words, other, language)
    own = patterns(words, language, other)
    return [
        (key, text)
        for text in page.evaluate(TEXTS_ON_SCREEN)
        for key, pattern in foreign.items()
        if pattern.fullmatch(text) and not any(mine.fullmatch(text) for mine in own.values())
    ]


@pytest.mark.parametrize("view", ["network", "chain", "map", "time", "table", "questions"])
def test_the_switch_leaves_no_word_of_the_other_language(
    open_page: Open, real_file: Path, words: Words, view: str
) -> None:
    opened = open_page(real_file, hash=f"#/{view}/landi-renzo?at=2022")
    page = opened.page
    page.locator("#share").click()
    assert leftovers(page, words, "it") == []
    page.get_by_role("button", name="English").click()
    page.locator("#share").click()
    page.locator("#help-open").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert leftovers(page, words, "en") == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Italiano").click()
    for _ in range(30):  # the map names its places again when it has come to rest
        if not leftovers(page, words, "it"):
            break
        page.wait_for_timeout(100)
    assert leftovers(page, words, "it") == []
