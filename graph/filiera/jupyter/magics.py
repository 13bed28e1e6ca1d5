"""What the magics do: run SPARQL, ask by name, list what can be asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, Triple

from filiera.answers.spoken import Spoken
from filiera.ecosystem import Ecosystem
from filiera.errors import FilieraError, QueryError, UnknownQuestion, UsageError
from filiera.facts.reading import nearest
from filiera.jupyter.lines import options_of, read_ask
from filiera.languages import from_environment
from filiera.offered import ANSWERS, answered
from filiera.opening import open_graph
from filiera.results import Column, Results, value_of
from filiera.store.malformed import expected_text
from filiera.texts import Text

if TYPE_CHECKING:
    from filiera.answers.catalogue import Question

__all__ = ["DEFAULT_NAME", "Magics", "Refused", "Truth", "graph_in", "sparql_error"]

DEFAULT_NAME = "eco"
"""Variable that holds the graph unless an option names another."""

_OPENED = Text(
    "Nessun grafo aperto: ho aperto quello di serie, nella variabile {name}.",
    "No graph was open: the default one is open now, in the variable {name}.",
)
_TAKEN = Text("{parameter}: “{typed}” inteso come {label} ({id})",
              "{parameter}: “{typed}” taken as {label} ({id})")  # fmt: skip
_TRUE = Text("Sì: nel grafo c'è.", "Yes: it is in the graph.")
_FALSE = Text(
    "No: in questo grafo non c'è. Altrove può esserci.",
    "No: it is not in this graph. It may be so all the same.",
)
_TRIPLES = Text("Triple", "Triples")
_TERMS = (("subject", Text("Soggetto", "Subject")), ("predicate", Text("Predicato", "Predicate")),
          ("object", Text("Oggetto", "Object")))  # fmt: skip
_QUESTIONS = Text("Che cosa si può chiedere", "What can be asked")
_LISTED = (
    ("name", Text("Nome", "Name")),
    ("sort", Text("Che cos'è", "What it is")),
    ("title", Text("Titolo", "Title")),
    ("parameters", Text("Parametri, con un esempio", "Parameters, with an example")),
)
_ANALYSIS, _QUESTION = Text("analisi", "analysis"), Text("domanda", "question")
_MALFORMED = Text(
    "La query non è SPARQL ben formato, riga {line}, colonna {column}",
    "The query is not well-formed SPARQL, line {line}, column {column}",
)
_LONGEST_HINT = 60
"""Characters up to which what the parser expected is told: longer lists help nobody."""


class Refused(Exception):
    """What a magic could not do, told in a sentence: IPython shows no traceback of it."""

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()


class Truth:
    """The answer of an ASK: true or false, in words."""

    def __init__(self, value: bool, lang: str) -> None:
        self.value, self.lang = value, lang

    def __bool__(self) -> bool:
        return self.value

    def __repr__(self) -> str:
        return (_TRUE if self.value else _FALSE)(self.lang)


class Magics:
    """The magics over the variables of a session."""

    def __init__(self, variables: MutableMapping[str, Any]) -> None:
        self._variables = variables

    def sparql(self, line: str, cell: str) -> Results | Truth:
        """Run the cell as SPARQL and show the answer: a table, or whether it is so.

        %%sparql [--lang it|en] [--graph NAME] [-o NAME]

        The graph is that in the variable eco, or NAME; without one the default graph is opened.
        -o NAME keeps the answer in a variable. The usual prefixes need not be declared.
        """
        lang = from_environment()
        try:
            options, rest = options_of(line)
            lang = options.lang or lang
            if rest:
                raise UsageError(
                    Text(
                        f"“{rest}” non è un'opzione di %%sparql; la query va sotto",
                        f"“{rest}” is no option of %%sparql; the query goes below",
                    )
                )
            ecosystem = graph_in(self._variables, options.graph)
            lang = options.lang or ecosystem.lang
            answer = ecosystem.query(cell, lang)
        except QueryError as error:
            raise Refused(sparql_error(error, cell, lang)) from None
        except FilieraError as error:
            raise Refused(error.text(lang)) from None
        shown: Results | Truth
        if isinstance(answer, bool):
            shown = Truth(answer, lang)
        else:
            shown = answer if isinstance(answer, Results) else _table(answer, ecosystem, lang)
        self._keep(options.out, answer if isinstance(answer, bool) else shown)
        return shown

    def ask(self, line: str) -> Results | Spoken:
        """Ask a question of the catalogue, or for an analysis, by its name.

        %ask NAME [key=value …] [--lang it|en] [--graph NAME] [-o NAME]

        Names may be given as people type them: %ask partners need=battery management system
        near=Reggio Emilia within=60. %questions lists all names.
        """
        lang = from_environment()
        try:
            asked = read_ask(line)
            lang = asked.options.lang or lang
            ecosystem = graph_in(self._variables, asked.options.graph)
            lang = asked.options.lang or ecosystem.lang
            answer: Results | Spoken
            if asked.name in ANSWERS:
                answer = answered(ecosystem, asked.name, asked.parameters, lang)
            else:
                question = _question(ecosystem, asked.name)
                answer = ecosystem.ask(question.name, lang=lang, **asked.parameters)
                for guess in _guesses(ecosystem, question, asked.parameters, lang):
                    print(guess)  # noqa: T201 - said below the cell
        except FilieraError as error:
            raise Refused(error.text(lang)) from None
        self._keep(asked.options.out, answer)
        return answer

    def questions(self, line: str) -> Results:
        """List the questions of the catalogue and the analyses that %ask takes.

        %questions [--lang it|en] [--graph NAME] [-o NAME]
        """
        lang = from_environment()
        try:
            options, rest = options_of(line)
            lang = options.lang or lang
            if rest:
                raise UsageError(
                    Text(
                        f"“{rest}” non è un'opzione di %questions",
                        f"“{rest}” is no option of %questions",
                    )
                )
            ecosystem = graph_in(self._variables, options.graph)
        except FilieraError as error:
            raise Refused(error.text(lang)) from None
        lang = options.lang or ecosystem.lang
        rows: list[tuple[str, ...]] = [
            (name, _ANALYSIS(lang), offered.title(lang), _examples(offered.parameters.items()))
            for name, offered in ANSWERS.items()
        ]
        for question in ecosystem.catalogue:
            pairs = ((one.name, one.example) for one in question.parameters)
            title = question.title[lang]
            rows.append((question.name, _QUESTION(lang), title, _examples(pairs)))
        columns = [Column(name, title(lang)) for name, title in _LISTED]
        table = Results(columns, list(rows), _QUESTIONS(lang), lang)
        self._keep(options.out, table)
        return table

    def _keep(self, name: str, value: object) -> None:
        if name:
            self._variables[name] = value


def graph_in(variables: MutableMapping[str, Any], name: str = "") -> Ecosystem:
    """The graph that a variable holds.

    Without a name: that in ``eco``, else the only one that some variable holds, else the default
    graph, which is opened, kept in ``eco`` and said.

    Raises UsageError where the variable holds no graph, or several do and none is named.
    """
    if name:
        if not isinstance(variables.get(name), Ecosystem):
            raise UsageError(
                Text(
                    f"nessuna variabile “{name}” contiene un grafo; aprine uno:"
                    f" {name} = filiera.open_graph()",
                    f"no variable “{name}” holds a graph; open one: {name} = filiera.open_graph()",
                )
            )
        named: Ecosystem = variables[name]
        return named
    found = {
        variable: value
        for variable, value in variables.items()
        if isinstance(value, Ecosystem) and not variable.startswith("_")
    }
    if DEFAULT_NAME in found:
        return found[DEFAULT_NAME]
    if len({id(one) for one in found.values()}) > 1:
        raise UsageError(
            Text(
                f"sono aperti più grafi: {', '.join(found)}; scegline uno con --graph",
                f"several graphs are open: {', '.join(found)}; choose one with --graph",
            )
        )
    if found:
        return next(iter(found.values()))
    opened = variables[DEFAULT_NAME] = open_graph()
    print(_OPENED(opened.lang).format(name=DEFAULT_NAME))  # noqa: T201 - said below the cell
    return opened


def sparql_error(error: QueryError, text: str, lang: str) -> str:
    """The error in a sentence; where the query is malformed, with the place and a mark at it."""
    if not error.line:
        return error.text(lang)
    said = _MALFORMED(lang).format(line=error.line, column=error.column)
    if error.expected and len(error.expected) <= _LONGEST_HINT:
        said += f": {expected_text(error.expected)(lang)}"
    lines = text.rstrip().splitlines() or [""]
    if error.line > len(lines):  # the query ends too early
        shown, column = lines[-1], len(lines[-1])
    else:
        shown, column = lines[error.line - 1], error.column - 1
    return f"{said}\n    {shown}\n    {' ' * column}^"


def _question(ecosystem: Ecosystem, name: str) -> Question:
    try:
        return ecosystem.catalogue[name]
    except UnknownQuestion:
        known = {*ANSWERS, *(question.name for question in ecosystem.catalogue)}
        close = nearest(name, known)
        raise UnknownQuestion(
            Text(
                f"nessuna domanda o analisi “{name}”; forse “{close}”? %questions le elenca tutte",
                f"no question or analysis “{name}”; did you mean “{close}”?"
                " %questions lists them all",
            )
        ) from None


def _guesses(
    ecosystem: Ecosystem, question: Question, given: dict[str, str], lang: str
) -> Iterator[str]:
    """Which thing was meant by a name that only resembles one."""
    kinds = {parameter.name: parameter.type for parameter in question.parameters}
    for name, typed in given.items():
        if typed and kinds[name] not in ("date", "text", "integer"):
            match = ecosystem.find(typed, (kinds[name],))
            if match.how == "near":
                label = ecosystem.label(match.iri, lang)
                yield _TAKEN(lang).format(parameter=name, typed=typed, label=label, id=match.id)


def _table(triples: list[Triple], ecosystem: Ecosystem, lang: str) -> Results:
    iris = {
        term.value
        for triple in triples
        for term in (triple.subject, triple.predicate, triple.object)
        if isinstance(term, NamedNode)
    }
    labels, pages = ecosystem.labels.of(iris, lang), ecosystem.labels.pages(iris)
    rows = [
        tuple(value_of(term, labels, pages) for term in (one.subject, one.predicate, one.object))
        for one in triples
    ]
    columns = [Column(name, title(lang), "thing") for name, title in _TERMS]
    return Results(columns, sorted(rows, key=str), _TRIPLES(lang), lang)


def _examples(pairs: Iterable[tuple[str, str]]) -> str:
    return " ".join(f'{name}="{one}"' if " " in one else f"{name}={one}" for name, one in pairs)
