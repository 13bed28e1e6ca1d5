"""Validation of a built graph against the SHACL shapes of the ontology.

pySHACL is the referee. It sees the default graph, the merge of what all sources state; that
each fact is stated by some source is asked of the store itself, because SHACL knows no named
graphs. What is found is handed back as sentences in Italian and English.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyoxigraph

from filiera.errors import UsageError
from filiera.resources import ontology_dir
from filiera.store import Store
from filiera.store.rdflib_store import to_rdflib
from filiera.texts import Text
from filiera.vocabulary import EDITORIAL, FIL, GRAPH, ID, RDF, RDFS, SILENT_GRAPHS, SKOS

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

__all__ = ["Finding", "Report", "Severity", "validate"]

Severity = Literal["violation", "warning", "info"]

_SEVERITIES: Mapping[str, Severity] = {
    "Violation": "violation",
    "Warning": "warning",
    "Info": "info",
}
_SEVERITY_WORDS: Mapping[Severity, Mapping[str, str]] = {
    "violation": {"it": "Errore", "en": "Error"},
    "warning": {"it": "Avviso", "en": "Warning"},
    "info": {"it": "Nota", "en": "Note"},
}
_STATED_BY = {"it": "Lo afferma", "en": "Stated by"}
_UNSOURCED = {
    "it": "Nessuna fonte lo afferma: indicarne una nella colonna source o togliere la riga.",
    "en": "No source states it: name one in column source, or remove the row.",
}


@dataclass(frozen=True)
class Finding:
    """One fault of one thing.

    ``label`` and ``message`` hold a text for each of ``it`` and ``en``; ``message`` says what
    is wrong and how to mend it. ``sources`` are the graphs of the sources that state it.
    """

    severity: Severity
    focus: str
    label: Mapping[str, str]
    path: str | None
    value: str | None
    message: Mapping[str, str]
    sources: tuple[str, ...]

    def text(self, lang: str = "en") -> str:
        """One sentence: how bad, which thing, which fault and its mend, who states it."""
        parts = [
            f"{_SEVERITY_WORDS[self.severity][lang]}: {self.label[lang]} "
            f"({_short(self.focus)}). {self.message[lang]}"
        ]
        if self.value is not None:
            parts.append(f"[{_short(self.value)}]")
        if self.sources:
            names = ", ".join(_short(source) for source in self.sources)
            parts.append(f"{_STATED_BY[lang]}: {names}.")
        return " ".join(parts)


@dataclass(frozen=True)
class Report:
    """All findings, the worst first, then by thing."""

    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing is really wrong; warnings and notes do not count."""
        return self.count("violation") == 0

    def count(self, severity: Severity) -> int:
        """Number of findings of one severity."""
        return sum(finding.severity == severity for finding in self.findings)

    def text(self, lang: str = "en") -> str:
        """The findings, one a line."""
        return "\n".join(finding.text(lang) for finding in self.findings)


def validate(store: Store, shapes: Path | None = None) -> Report:
    """Check the default graph of a store.

    Parameters
    ----------
    store
        The store that holds the graph.
    shapes
        Folder of ``.ttl`` files with shapes; those of the ontology if left out.

    Returns
    -------
    Report
        Every finding, with who states it.

    Raises
    ------
    UsageError
        The folder holds no shapes, or shapes that cannot be read or applied.
    """
    results = _run_shacl(_default_graph(store), shapes or ontology_dir() / "shapes")
    drafts = [*_shacl_drafts(results), *_unsourced_drafts(store)]
    order = list(_SEVERITY_WORDS)
    findings = (
        Finding(
            severity=draft.severity,
            focus=draft.focus,
            label=_labels(store, draft.focus) if draft.named else _twice(draft.focus),
            path=draft.path,
            value=draft.value,
            message=draft.message,
            sources=_sources(store, draft) if draft.named else (),
        )
        for draft in drafts
    )
    return Report(
        tuple(
            sorted(
                findings,
                key=lambda f: (order.index(f.severity), f.focus, f.message["en"], f.value or ""),
            )
        )
    )


@dataclass(frozen=True)
class _Draft:
    """A finding before the store was asked for the name of the thing and the sources."""

    severity: Severity
    focus: str
    named: bool
    """Whether the thing has an IRI, so that the store can be asked about it."""
    path: str | None
    value: str | None
    value_term: str | None
    message: Mapping[str, str]


def _run_shacl(data: rdflib.Graph, folder: Path) -> rdflib.Graph:
    import pyshacl
    import rdflib

    shapes = _read_shapes(folder)
    try:
        # In place: nothing is inferred, so the graph stays as it is and need not be copied.
        _, results, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", inplace=True)
        # pySHACL raises some of its errors and hands others back.
        if isinstance(results, Exception):
            raise results
    except RuntimeError as error:
        raise UsageError(
            Text(
                f"le forme in {folder} non si possono applicare: {error}",
                f"the shapes in {folder} cannot be applied: {error}",
            )
        ) from error
    assert isinstance(results, rdflib.Graph)
    return results


def _read_shapes(folder: Path) -> rdflib.Graph:
    import rdflib

    paths = sorted(folder.glob("*.ttl"))
    if not paths:
        raise UsageError(
            Text(
                f"{folder} non contiene forme: indica una cartella con file Turtle (.ttl)",
                f"{folder} holds no shapes: name a folder with Turtle files (.ttl)",
            )
        )
    shapes = rdflib.Graph()
    for path in paths:
        try:
            shapes.parse(path, format="turtle")
        except (SyntaxError, ValueError) as error:
            raise UsageError(
                Text(
                    f"{path} non è Turtle ben formato: {error}",
                    f"{path} is not well-formed Turtle: {error}",
                )
            ) from error
    return shapes


def _default_graph(store: Store) -> rdflib.Graph:
    import rdflib

    graph = rdflib.Graph()
    for quad in store.quads():
        graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    return graph


def _term_text(term: Node) -> str | None:
    """A term as SPARQL writes it; ``None`` for a blank node, which no query can name."""
    import rdflib

    if isinstance(term, rdflib.URIRef):
        return str(pyoxigraph.NamedNode(term))
    if isinstance(term, rdflib.Literal):
        datatype = pyoxigraph.NamedNode(term.datatype) if term.datatype else None
        return str(pyoxigraph.Literal(term, language=term.language, datatype=datatype))
    return None


def _shacl_drafts(results: rdflib.Graph) -> Iterator[_Draft]:
    import rdflib
    from rdflib.namespace import SH

    for result in results.objects(predicate=SH.result):
        messages = {
            message.language: str(message)
            for message in results.objects(result, SH.resultMessage)
            if isinstance(message, rdflib.Literal)
        }
        path = results.value(result, SH.resultPath)
        value = results.value(result, SH.value)
        focus = results.value(result, SH.focusNode)
        severity = str(results.value(result, SH.resultSeverity)).rpartition("#")[2]
        fallback = messages.get("en") or next(iter(messages.values()), "")
        # A shape on a node gives the node itself as the value: that says nothing more.
        value = None if value == focus else value
        yield _Draft(
            severity=_SEVERITIES.get(severity, "violation"),
            focus=str(focus),
            named=isinstance(focus, rdflib.URIRef),
            path=str(path) if isinstance(path, rdflib.URIRef) else None,
            value=None if value is None else str(value),
            value_term=None if value is None else _term_text(value),
            message={lang: messages.get(lang, fallback) for lang in ("it", "en")},
        )


def _unsourced_drafts(store: Store) -> Iterator[_Draft]:
    silent = " , ".join(f"<{graph}>" for graph in SILENT_GRAPHS)
    rows = _rows(
        store,
        f"""SELECT DISTINCT ?fact WHERE {{
          ?class <{RDFS.subClassOf}> <{FIL.Fact}> .
          ?fact a ?class .
          MINUS {{
            GRAPH ?source {{ ?fact ?property ?value }}
            FILTER (?source NOT IN ( {silent} ))
          }}
        }}""",
    )
    for row in rows:
        yield _Draft("violation", row["fact"].value, True, None, None, None, _UNSOURCED)


def _labels(store: Store, focus: str) -> Mapping[str, str]:
    """Name of a thing in both languages; of a nameless fact, its class and what it is about."""
    names = _by_language(
        row["label"]
        for row in _rows(store, f"SELECT ?label {{ <{focus}> <{SKOS.prefLabel}> ?label }}")
    )
    if names:
        fallback = names.get("") or next(iter(names.values()))
        return {lang: names.get(lang, fallback) for lang in ("it", "en")}
    classes = _by_language(
        row["label"]
        for row in _rows(
            store,
            f"SELECT ?label {{ <{focus}> <{RDF.type}> ?class . ?class <{RDFS.label}> ?label }}",
        )
    )
    about = focus.removeprefix(ID.base).rpartition("/")[2]
    return {lang: f"{classes[lang]} {about}" if lang in classes else about for lang in ("it", "en")}


def _short(iri: str) -> str:
    """An IRI of the data without its base, as the tables have it."""
    return iri.removeprefix(ID.base).removeprefix(GRAPH.base)


def _twice(text: str) -> Mapping[str, str]:
    return {"it": text, "en": text}


def _by_language(labels: Iterable[pyoxigraph.Literal]) -> dict[str, str]:
    """First text of each language (the empty one for plain texts), in a stable order."""
    found: dict[str, str] = {}
    for label in sorted(labels, key=lambda term: str(term.value)):
        found.setdefault(label.language or "", label.value)
    return found


def _sources(store: Store, draft: _Draft) -> tuple[str, ...]:
    """Graphs that state the fault: the very triple, else the property, else the thing.

    What the project itself asserts counts only where nobody else states anything.
    """
    patterns = [f"<{draft.focus}> ?property ?value"]
    if draft.path:
        patterns.insert(0, f"<{draft.focus}> <{draft.path}> ?value")
        if draft.value_term:
            patterns.insert(0, f"<{draft.focus}> <{draft.path}> {draft.value_term}")
    for pattern in patterns:
        rows = _rows(store, f"SELECT DISTINCT ?source {{ GRAPH ?source {{ {pattern} }} }}")
        graphs = {row["source"].value for row in rows} - set(SILENT_GRAPHS)
        if graphs:
            return tuple(sorted(graphs - {EDITORIAL} or graphs))
    return ()


def _rows(store: Store, query: str) -> pyoxigraph.QuerySolutions:
    solutions = store.query(query)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    return solutions
