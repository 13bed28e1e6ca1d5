"""The words of the SPARQL page: the same in both languages, all used, none missing."""

from __future__ import annotations

import re
from pathlib import Path

from filiera.views import editor_page

EDITOR = Path(editor_page.__file__).parent / "editor"


def _entries(lang: str) -> dict[str, str]:
    """What is said in a language, by key, as it is written."""
    text = (EDITOR / "words.js").read_text(encoding="utf-8")
    (body,) = re.findall(rf"^  {lang}: \{{\n(.*?)^  \}},$", text, re.M | re.S)
    entries = re.findall(r"^    (\w+): (.+),$", body, re.M)
    assert len(entries) == len(dict(entries)) == len(body.splitlines())
    return dict(entries)


def test_both_languages_say_the_same_things_with_the_same_gaps() -> None:
    italian, english = _entries("it"), _entries("en")
    assert list(italian) == list(english)
    for key in italian:
        gaps = [set(re.findall(r"\{\w+\}", entry)) for entry in (italian[key], english[key])]
        assert gaps[0] == gaps[1], key
        assert italian[key].startswith("[") == english[key].startswith("["), key


def test_everything_that_is_said_has_words_and_all_words_are_said() -> None:
    modules = {
        path: path.read_text(encoding="utf-8")
        for path in EDITOR.rglob("*")
        if path.suffix in (".js", ".j2") and path.name != "words.js"
    }
    rest = "\n".join(modules.values())
    said = set(re.findall(r'\bsay\(\s*"(\w+)"', rest))
    said |= set(re.findall(r'data-say(?:-label|-placeholder)?="(\w+)"', rest))
    words = _entries("en").keys()
    assert said - words == set()
    of_the_theme = {"toDark", "toLight"}
    unsaid = {
        key
        for key in words - said - of_the_theme
        if f'"{key}"' not in rest and f"`{key.partition('_')[0]}_${{" not in rest
    }
    assert unsaid == set()
