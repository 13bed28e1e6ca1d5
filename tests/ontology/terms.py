"""Which terms are declared, and which terms the repository uses where."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import rdflib

from filiera import vocabulary
from tests.ontology.sources import CORE, ROOT, VOCABULARIES, load, turtle_files

FIL = vocabulary.FIL.base
CONCEPT = vocabulary.CONCEPT.base
EDTF = "http://id.loc.gov/datatypes/edtf/"
# Namespaces of data, not of terms.
DATA = (vocabulary.ID.base, vocabulary.GRAPH.base)


def declared() -> dict[str, set[str]]:
    """Terms by namespace: the own ones, the concepts, and those of the reused vocabularies."""
    terms = dict(map(_term_list, VOCABULARIES.glob("*.txt")))
    core = {quad.subject.value for quad in load(CORE)}
    terms[FIL] = {iri.removeprefix(FIL) for iri in core if iri.startswith(FIL)}
    terms[EDTF] = {"EDTF"}
    terms[CONCEPT] = {
        quad.subject.value.removeprefix(CONCEPT) for quad in load(*turtle_files("schemes"))
    }
    return terms


def _term_list(path: Path) -> tuple[str, set[str]]:
    """Namespace (first line) and terms of a list in ``tests/vocabularies``."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return lines[0].removeprefix("# "), {line for line in lines if not line.startswith("#")}


def used() -> Iterator[tuple[str, str]]:
    """IRIs of terms used in ontology, schemes, shapes, rules, questions and code, with the file."""
    for path in (CORE, *turtle_files("schemes", "shapes")):
        yield from ((iri, path.name) for iri in in_turtle(path))
    for folder in ("ontology/rules", "queries"):
        for path in sorted(ROOT.joinpath(folder).glob("*.rq")):
            yield from ((iri, path.name) for iri in in_sparql(path.read_text(encoding="utf-8")))
    for path in sorted(ROOT.joinpath("graph/filiera").rglob("*.py")):
        yield from ((iri, path.name) for iri in in_python(path.read_text(encoding="utf-8")))


def in_turtle(path: Path) -> set[str]:
    """IRIs of a Turtle file that stand for terms: its own subjects are declared, not used."""
    graph = rdflib.Graph().parse(path)
    uses = {str(predicate) for predicate in graph.predicates()}
    for subject, predicate, value in graph:
        if isinstance(value, rdflib.URIRef) and predicate != rdflib.RDFS.isDefinedBy:
            uses.add(str(value))
        if isinstance(value, rdflib.Literal) and value.datatype:
            uses.add(str(value.datatype))
        assert isinstance(subject, rdflib.URIRef | rdflib.BNode)
    return uses


_NAME = re.compile(r"(?<![\w:#<-])([A-Za-z][\w-]*):([A-Za-z][\w-]*(?:\\/[\w-]+)*)")
_IRI = re.compile(r"<(https?://[^\s<>\"{}]+)>")
_PREFIX = re.compile(r"PREFIX\s+([\w-]*):\s*<([^>]+)>", re.IGNORECASE)


def in_sparql(text: str) -> set[str]:
    """IRIs of a SPARQL text; prefixes are its own and those every query may leave out."""
    prefixes = {**vocabulary.PREFIXES, **dict(_PREFIX.findall(text))}
    body = _PREFIX.sub("", "\n".join(line.partition("#+")[0] for line in text.splitlines()))
    body = re.sub(r"(?m)^\s*#.*$", "", body)
    plain = re.sub(r'"(?:[^"\\\n]|\\.)*"', '""', body)
    found = set(_IRI.findall(plain))
    for prefix, local in _NAME.findall(_IRI.sub(" ", plain)):
        if prefix in prefixes:
            found.add(prefixes[prefix] + local.replace("\\", ""))
    return found


def in_python(text: str) -> set[str]:
    """IRIs that a module names: ``FIL.from``, ``FIL["from"]``, ``concept("a", "b")``, SPARQL."""
    tree = ast.parse(text)
    namespaces = {
        name: value
        for name, value in vars(vocabulary).items()
        if isinstance(value, vocabulary.Namespace)
    }
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=term) if name in namespaces:
                if term != "base":
                    found.add(namespaces[name][term])
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str(term))):
                if name in namespaces:
                    found.add(namespaces[name][term])
            case ast.Call(
                func=ast.Name(id="concept"),
                args=[ast.Constant(value=str(scheme)), ast.Constant(value=str(slug))],
            ):
                found.add(vocabulary.concept(scheme, slug))
            case ast.Constant(value=str(string)) if id(node) not in _docstrings(tree):
                found |= {iri for iri in in_sparql(string) if iri.startswith(_known())}
    return found


def _docstrings(tree: ast.Module) -> set[int]:
    """Identities of the texts that stand alone, which document and do nothing."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _known() -> tuple[str, ...]:
    return tuple(vocabulary.PREFIXES.values())
