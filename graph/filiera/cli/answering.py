"""The commands that ask: ``questions``, ``ask``, ``query``."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from filiera.cli.opening import opened
from filiera.cli.options import Data, Force, Format, FormatOption, Lang, Out, StorePlace
from filiera.cli.output import emit, say, settle, write_results
from filiera.errors import UsageError
from filiera.reasons import reason
from filiera.texts import Text

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from filiera.answers.catalogue import Question
    from filiera.ecosystem import Ecosystem

__all__ = ["add_answering"]

_WORDS = {
    "question": {"it": "Domanda", "en": "Question"},
    "title": {"it": "Titolo", "en": "Title"},
    "takes": {"it": "Parametri", "en": "Parameters"},
    "gives": {"it": "Colonne", "en": "Columns"},
    "example": {"it": "Esempio", "en": "Example"},
    "required": {"it": "obbligatorio", "en": "required"},
    "default": {"it": "altrimenti", "en": "default"},
    "taken": {"it": "inteso come", "en": "taken as"},
    "yes": {"it": "sì", "en": "yes"},
    "no": {"it": "no", "en": "no"},
}


class QueryFormat(StrEnum):
    """Formats of tables, and of the triples that CONSTRUCT and DESCRIBE give."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    jsonl = "jsonl"
    xlsx = "xlsx"
    md = "md"
    ttl = "ttl"
    nt = "nt"
    jsonld = "jsonld"


_TRIPLES = ("ttl", "nt", "jsonld")


def add_answering(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command(epilog="Example: filiera questions members-at")(questions)
    app.command(epilog="Example: filiera ask members-at body=clust-er-mech at=2020-12-31")(ask)
    app.command(
        epilog="Example: filiera query 'SELECT ?o WHERE { ?o fil:memberOf id:clust-er-mech }'"
    )(query)


def questions(
    name: Annotated[
        str | None,
        typer.Argument(metavar="QUESTION", help="Show this one whole.", show_default=False),
    ] = None,
    *,
    form: FormatOption = None,
    lang: Lang,
    out: Out = None,
    force: Force = False,
) -> None:
    """List the questions that can be asked, or show one.

    Of one question, its description, parameters, columns and SPARQL are shown.
    """
    from filiera.answers.catalogue import Catalogue
    from filiera.results import Column, Results

    catalogue = Catalogue()
    if name is not None:
        emit(_described(catalogue[name], lang.value), out, force=force)
        return
    rows = [
        (
            question.name,
            question.title[lang.value],
            " ".join(f"{parameter.name}=" for parameter in question.parameters),
        )
        for question in catalogue
    ]
    columns = [
        Column("question", _WORDS["question"][lang.value]),
        Column("title", _WORDS["title"][lang.value]),
        Column("parameters", _WORDS["takes"][lang.value]),
    ]
    write_results(
        Results(columns, list(rows), lang=lang.value), settle(form, out), out, force=force
    )


def ask(
    question: Annotated[
        str,
        typer.Argument(
            metavar="QUESTION", help="Name of a question; “filiera questions” lists them."
        ),
    ],
    parameters: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="KEY=VALUE",
            help="Its parameters; names may be given as people type them.",
            show_default=False,
        ),
    ] = None,
    *,
    data: Data = None,
    store: StorePlace = None,
    form: FormatOption = None,
    lang: Lang,
    out: Out = None,
    force: Force = False,
) -> None:
    """Answer a question of the catalogue."""
    given = _pairs(parameters or [])
    settled = settle(form, out)
    with opened(data, store, lang.value) as ecosystem:
        results = ecosystem.ask(question, **given)
        _tell_guesses(ecosystem, question, given, lang.value)
        write_results(results, settled, out, force=force)


def query(
    sparql: Annotated[
        str,
        typer.Argument(
            metavar="SPARQL",
            help="The query itself, a file (.rq) that holds it, or - for the standard input."
            " The usual prefixes need not be declared.",
        ),
    ],
    *,
    data: Data = None,
    store: StorePlace = None,
    form: Annotated[
        QueryFormat | None,
        typer.Option(
            "--format",
            help="How to write the answer: ttl, nt, jsonld for CONSTRUCT and DESCRIBE, the others"
            " for SELECT.  [default: what the ending of -o says, else ttl for triples, table on a"
            " terminal and tsv in a pipe]",
            show_default=False,
        ),
    ] = None,
    lang: Lang,
    out: Out = None,
    force: Force = False,
) -> None:
    """Answer a SPARQL query.

    ASK prints yes or no, CONSTRUCT and DESCRIBE print Turtle.
    """
    text = _query_text(sparql)
    with opened(data, store, lang.value) as ecosystem:
        answer = ecosystem.query(text)
        if isinstance(answer, bool):
            emit(_WORDS["yes" if answer else "no"][lang.value] + "\n", out, force=force)
        elif isinstance(answer, list):
            emit(_triples(answer, ecosystem, _triple_format(form, out)), out, force=force)
        else:
            if form is not None and form.value in _TRIPLES:
                raise UsageError(
                    Text(
                        f"una SELECT dà righe, che non si possono scrivere come {form.value}; usa"
                        " --format table, csv, tsv, json, jsonl, xlsx o md",
                        f"a SELECT gives rows, which cannot be written as {form.value}; use"
                        " --format table, csv, tsv, json, jsonl, xlsx or md",
                    )
                )
            settled = settle(Format(form.value) if form else None, out)
            write_results(answer, settled, out, force=force)


def _described(question: Question, lang: str) -> str:
    lines = [f"{question.name}: {question.title[lang]}", "", question.description[lang].strip()]
    if question.parameters:
        lines += ["", _WORDS["takes"][lang]]
    for parameter in question.parameters:
        remarks = [parameter.type]
        if parameter.required:
            remarks.append(_WORDS["required"][lang])
        if parameter.default is not None:
            remarks.append(f"{_WORDS['default'][lang]} {parameter.default}")
        lines.append(f"  {parameter.name} ({', '.join(remarks)}): {parameter.label[lang]}")
    lines += ["", _WORDS["gives"][lang]]
    lines += [f"  {name} ({kind}): {title[lang]}" for name, kind, title in question.columns]
    pairs = "".join(
        f" {parameter.name}={_quoted(parameter.example)}"
        for parameter in question.parameters
        if parameter.example
    )
    lines += ["", f"{_WORDS['example'][lang]}: filiera ask {question.name}{pairs}"]
    query_lines = [line for line in question.text.splitlines() if not line.startswith("#+")]
    return "\n".join([*lines, "", "\n".join(query_lines).strip(), ""])


def _quoted(text: str) -> str:
    from shlex import quote

    return quote(text)


def _pairs(parameters: list[str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for pair in parameters:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise UsageError(
                Text(
                    f"“{pair}” non è un parametro; scrivilo come nome=valore, per esempio at=2020",
                    f"“{pair}” is no parameter; write it as key=value, for example at=2020",
                )
            )
        if name == "lang":
            raise UsageError(
                Text(
                    "la lingua è un'opzione, non un parametro: --lang it o --lang en",
                    "the language is an option, not a parameter: --lang it or --lang en",
                )
            )
        if name in given:
            raise UsageError(
                Text(
                    f"il parametro “{name}” è dato due volte; dallo una volta",
                    f"the parameter “{name}” is given twice; give it once",
                )
            )
        given[name] = value
    return given


def _tell_guesses(ecosystem: Ecosystem, question: str, given: dict[str, str], lang: str) -> None:
    """Say which thing was meant by a name that only resembles one."""
    kinds = {
        parameter.name: parameter.type for parameter in ecosystem.catalogue[question].parameters
    }
    for name, value in given.items():
        if value and kinds[name] not in ("date", "text", "integer"):
            match = ecosystem.find(value, (kinds[name],))
            if match.how == "near":
                label = ecosystem.label(match.iri, lang)
                say(f"{name}: “{value}” {_WORDS['taken'][lang]} {label} ({match.id})")


def _query_text(given: str) -> str:
    path = Path(given)
    named = "{" not in given and "\n" not in given
    if given != "-" and not (named and (path.suffix in (".rq", ".sparql") or _is_file(path))):
        return given
    try:
        content = sys.stdin.buffer.read() if given == "-" else path.read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        why = reason(error)
        raise UsageError(
            Text(
                f"il file {path} con la query non si legge: {why.it}; controlla il nome",
                f"the query file {path} cannot be read: {why.en}; check its name",
            )
        ) from error
    except UnicodeDecodeError as error:
        what = (
            Text("lo standard input", "the standard input")
            if given == "-"
            else Text(f"il file {path} con la query", f"the query file {path}")
        )
        raise UsageError(
            Text(
                f"{what.it} non è in UTF-8; salva la query in UTF-8",
                f"{what.en} is not UTF-8; save the query as UTF-8",
            )
        ) from error


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a query without braces can be longer than any name of a file
        return False


def _triple_format(form: QueryFormat | None, out: Path | None) -> str:
    chosen = form.value if form else out.suffix.lower().removeprefix(".") if out else "ttl"
    if chosen not in _TRIPLES:
        raise UsageError(
            Text(
                "CONSTRUCT e DESCRIBE danno triple; scrivile con --format ttl, nt o jsonld,"
                " o in un file con una di queste estensioni",
                "CONSTRUCT and DESCRIBE give triples; write them with --format ttl, nt or jsonld,"
                " or to a file with one of these endings",
            )
        )
    return chosen


def _triples(triples: list[Triple], ecosystem: Ecosystem, form: str) -> bytes:
    from pyoxigraph import RdfFormat

    from filiera.views.export import serialized

    kinds = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}
    return serialized(triples, ecosystem.dataset, kinds[form])
