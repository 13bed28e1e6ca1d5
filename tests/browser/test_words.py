"""The words of the page: the same in both languages, and all of them used."""

from __future__ import annotations

import re
from pathlib import Path

from filiera.views import page_template
from filiera.views.drawing import tie_group

PAGE = Path(page_template.__file__).parent / "page"


def words() -> dict[str, dict[str, str]]:
    """What `words.js` says, by language and key, as it is written there."""
    text = (PAGE / "words.js").read_text(encoding="utf-8")
    languages = re.findall(r"^  (it|en): \{\n(.*?)^  \},$", text, re.MULTILINE | re.DOTALL)
    return {
        language: dict(re.findall(r"^    (\w+): (.+),$", body, re.MULTILINE))
        for language, body in languages
    }


def test_both_languages_say_the_same_things_with_the_same_gaps() -> None:
    said = words()
    assert list(said) == ["it", "en"]
    assert list(said["it"]) == list(said["en"])
    for key, italian in said["it"].items():
        gaps, english_gaps = (
            set(re.findall(r"\{\w+\}", text)) for text in (italian, said["en"][key])
        )
        assert gaps == english_gaps, key
        assert italian.startswith("[") == said["en"][key].startswith("["), key


def test_every_word_is_used() -> None:
    rest = "\n".join(
        path.read_text(encoding="utf-8") for path in PAGE.iterdir() if path.name != "words.js"
    )
    for key in words()["it"]:
        stem = key.removesuffix("Help") if key != "mapHelp" else key
        if not key.startswith("group_"):
            assert f'"{stem}"' in rest, key


def test_every_group_of_ties_has_a_name() -> None:
    groups = {
        tie_group(slug) for slug in ("supplies", "acquired", "partner-of", "part-of", "funds")
    }
    named = {key.removeprefix("group_") for key in words()["it"] if key.startswith("group_")}
    assert groups | {"other"} == named
