"""Errors in both languages: each place that raises one, and the faces that tell it."""

from __future__ import annotations

import ast
import copy
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import filiera
from filiera.errors import FilieraError
from filiera.texts import Text
from tests.conftest import MakeDataset

PACKAGE = Path(filiera.__file__).parent
ENGLISH = re.compile(
    r"\b(?:the|of|is|are|was|not|give|name|cannot|with|which|takes|there|holds|another)\b"
)
# What the endpoint says to programs, in English: the SPARQL protocol knows no language.
PROTOCOL = {
    path.name for path in (PACKAGE / "server").glob("*.py") if path.stem not in ("jobs", "serving")
}


def kinds(kind: type[FilieraError]) -> Iterator[str]:
    yield kind.__name__
    for under in kind.__subclasses__():
        yield from kinds(under)


def raised() -> Iterator[tuple[str, ast.expr]]:
    """Place and text of every error of the tree that the package makes.

    FactsError is made of problems, which have both languages by their own definition.
    """
    names = set(kinds(FilieraError)) - {"FactsError"}
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.parent.name == "server" and path.name in PROTOCOL:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = {
            target.id: node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names:
                text = node.args[0]
                if isinstance(text, ast.Name):
                    text = constants[text.id]
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", text


def words(part: ast.expr) -> str:
    """The words of a text in the source, without what is put into it."""
    pieces = part.values if isinstance(part, ast.JoinedStr) else [part]
    return " ".join(str(piece.value) for piece in pieces if isinstance(piece, ast.Constant))


def test_every_error_is_written_in_italian_and_in_english() -> None:
    found = list(raised())
    assert len(found) > 100
    for place, text in found:
        assert isinstance(text, ast.Call), place
        assert getattr(text.func, "id", "") == "Text", place
        it, en = text.args
        assert words(it).strip(), place
        assert words(it) != words(en), place
        assert not ENGLISH.search(words(it)), f"{place}: {words(it)}"


def test_an_error_speaks_both_languages_and_english_unless_told() -> None:
    error = filiera.UnknownName(Text("qui nulla si chiama così", "nothing is called so"), ["a"])
    assert (error.text("it"), error.text("en")) == (
        "qui nulla si chiama così",
        "nothing is called so",
    )
    assert (error.message, str(error)) == ("nothing is called so",) * 2
    error.lang = "it"
    assert str(error) == "qui nulla si chiama così"
    error.about("body")
    assert (error.text("it"), error.message) == (
        "body: qui nulla si chiama così",
        "body: nothing is called so",
    )
    for again in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert str(again) == "body: qui nulla si chiama così"
    assert filiera.StoreError("disk on fire").text("it") == "disk on fire"


def test_python_tells_errors_in_the_language_of_the_graph(make_dataset: MakeDataset) -> None:
    folder = make_dataset().folder
    with filiera.open_graph(folder, lang="it") as italian:
        with pytest.raises(filiera.UnknownName, match=r"^qui nulla si chiama “zzz”"):
            italian.show("zzz")
        with pytest.raises(filiera.ParameterError, match="non ha un parametro “when”"):
            italian.ask("members-at", when="2020")
        with pytest.raises(filiera.ParameterError, match="has no parameter “when”"):
            italian.ask("members-at", lang="en", when="2020")
        with pytest.raises(filiera.QueryError, match="non è SPARQL ben formato: errore a 1:7"):
            italian.query("SELECT")
    with (
        filiera.open_graph(folder, lang="en") as english,
        pytest.raises(filiera.UnknownName, match=r"^nothing here is called “zzz”"),
    ):
        english.show("zzz")
    with pytest.raises(filiera.UsageError, match=r"^nessuna raccolta “nowhere”"):
        filiera.open_graph("nowhere", lang="it")
