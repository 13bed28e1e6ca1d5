"""The face of Filiera in Python: a graph that is asked, shown and drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import QueryBoolean, QuerySolutions, Triple

from filiera.answers.catalogue import Catalogue
from filiera.answers.spoken import spoken
from filiera.build import BuildReport
from filiera.errors import in_own_language
from filiera.facts.dataset import Dataset
from filiera.labels import Labels
from filiera.languages import best, from_environment
from filiera.results import Column, Iri, Results
from filiera.store import Store
from filiera.store.malformed import unanswered

if TYPE_CHECKING:
    import networkx
    import rdflib
    from matplotlib.axes import Axes
    from pyvis.network import Network

    from filiera.answers.brokers import Brokers
    from filiera.answers.cards import Card
    from filiera.answers.gaps import Gaps
    from filiera.answers.history import History
    from filiera.answers.names import Match, Names
    from filiera.answers.partners import Partners
    from filiera.answers.paths import Paths
    from filiera.answers.quality import Quality
    from filiera.answers.report_model import Report
    from filiera.answers.suggestions import Suggestions
    from filiera.views.exploration import Exploration

__all__ = ["Ecosystem"]


@in_own_language
class Ecosystem:
    """A built graph: its store, its data set, and the ways to ask it."""

    def __init__(
        self,
        store: Store,
        dataset: Dataset,
        *,
        lang: str | None = None,
        report: BuildReport | None = None,
    ) -> None:
        self.store = store
        self.dataset = dataset
        self.lang = lang or from_environment()
        self.built = report
        """What the build took in; ``None`` when the store was already there."""
        self.labels = Labels(store)
        self.catalogue = Catalogue()

    def query(self, sparql: str, lang: str | None = None) -> Results | bool | list[Triple]:
        """Answer free SPARQL: a table for SELECT, a truth value for ASK, else triples.

        Raises QueryError when the text is malformed.
        """
        return self._answer(sparql, lang or self.lang)

    def ask(self, question: str, /, *, lang: str | None = None, **parameters: Any) -> Results:
        """Answer a question of the catalogue; names may be given as people type them.

        Raises UnknownQuestion, ParameterError, UnknownName or AmbiguousName.
        """
        chosen = self.catalogue[question]
        language = lang or self.lang
        answer = self._answer(
            chosen.sparql(parameters, self.resolve, language, self.dataset.body),
            language,
            [Column(name, best(title, language), kind) for name, kind, title in chosen.columns],
            best(chosen.title, language),
            {"question": question, "parameters": parameters, "drawing": chosen.drawing},
        )
        assert isinstance(answer, Results)
        if chosen.drawing == "map":
            from filiera.answers.coordinates import coordinates

            things = {value for row in answer for value in row if isinstance(value, Iri)}
            answer.details["coordinates"] = coordinates(self.store, things)
        for parameter in chosen.parameters if chosen.drawing == "network" else ():
            named = parameters.get(parameter.name) or parameter.default
            if parameter.type == "organisation" and named:
                iri = self.resolve(str(named), (parameter.type,))
                answer.details["asked"] = Iri(iri, self.label(iri, language))
                break
        return answer

    def _answer(
        self,
        sparql: str,
        lang: str,
        columns: Sequence[Column] | None = None,
        title: str = "",
        details: dict[str, Any] | None = None,
    ) -> Results | bool | list[Triple]:
        solutions = self.store.query(sparql)
        try:
            if isinstance(solutions, QuerySolutions):
                return Results.of(solutions, self.labels, lang, columns, title, details)
            if isinstance(solutions, QueryBoolean):
                return bool(solutions)
            return list(solutions)
        except (OSError, RuntimeError) as error:
            raise unanswered(error) from error

    def questions(self) -> Catalogue:
        """The catalogue of questions."""
        return self.catalogue

    @cached_property
    def names(self) -> Names:
        """Index of the names of all things, as people type them."""
        from filiera.answers.names import Names

        return Names(self.store, self.dataset, self.lang)

    def find(self, text: str, types: Sequence[str] = ()) -> Match:
        """The thing that is meant by a name: exact, by alias, or nearly so.

        Raises UnknownName or AmbiguousName, which list the candidates.
        """
        return self.names.find(text, types)

    def resolve(self, text: str, types: Sequence[str] = ()) -> str:
        """IRI of the thing that is meant by a name."""
        return self.find(text, types).iri

    def label(self, iri: str, lang: str | None = None) -> str:
        """Label of an IRI; its last part when it has none."""
        texts = self.labels.texts(iri)
        return best(texts, lang or self.lang) if texts else iri.rsplit("/", 1)[-1]

    def show(self, name: str) -> Card:
        """Everything known of a thing: facts in groups, each with its date and its sources."""
        from filiera.answers.cards import card

        return spoken(card(self.store, self.resolve(name)), self.lang)

    def gaps(
        self,
        chain: str,
        *,
        body: str | None = None,
        at: date | None = None,
        stale_years: int = 5,
    ) -> Gaps:
        """Stages of a value chain where this graph knows nobody, or too few, at a date (today)."""
        from filiera.answers.gaps import gaps

        chain_iri = self.resolve(chain, ("chain",))
        found = gaps(self.store, chain_iri, self.body(body), at=at, stale_years=stale_years)
        return spoken(found, self.lang)

    def partners(
        self,
        need: str,
        *,
        asker: str | None = None,
        near: str | None = None,
        within: float | None = None,
        kind: str | None = None,
        member: bool | None = None,
        at: date | None = None,
        weights: Mapping[str, float] | None = None,
        limit: int = 10,
    ) -> Partners:
        """Who answers a need (stage, chain, field or free words), ranked, with reasons."""
        from filiera.answers.needs import need_of
        from filiera.answers.partners import Wish, partners

        def meant(name: str | None, type: str) -> str:
            return self.resolve(name, (type,)) if name else ""

        wish = Wish(
            need=need_of(self.names, need),
            asker=meant(asker, "organisation"),
            near=meant(near, "place"),
            within=within,
            kind=meant(kind, "concept:kind"),
            member=member,
            body=self.body() if self.dataset.body else "",
        )
        found = partners(self.store, wish, at=at, weights=weights, limit=limit)
        return spoken(found, self.lang)

    def body(self, name: str | None = None) -> str:
        """IRI of a body by its name; without one, of the body that the data set is about.

        Raises UsageError if the data set names none, UnknownName or AmbiguousName.
        """
        return self.resolve(self.dataset.focus(name), ("organisation",))

    def history(
        self,
        body: str | None = None,
        *,
        start: date | None = None,
        end: date | None = None,
        at: date | None = None,
    ) -> History:
        """Members of a body stated and named over time, what happened, what changed since."""
        from filiera.answers.history import history

        told = history(self.store, self.body(body), start=start, end=end, at=at)
        return spoken(told, self.lang)

    def quality(self, *, at: date | None = None, stale_years: int = 5) -> Quality:
        """How good the facts are on a day (today), and what to ask whom next."""
        from filiera.answers.quality import quality

        focus = self.body() if self.dataset.body else ""
        found = quality(self.store, focus, at=at, stale_years=stale_years)
        return spoken(found, self.lang)

    def report(
        self,
        body: str | None = None,
        *,
        at: date | None = None,
        since: date | None = None,
        top: int = 8,
    ) -> Report:
        """The membership of a body on a day (today), as it is laid before its assembly.

        Tells what is new ``since`` a day (a year before), counts, gaps, ``top`` brokers, and how
        the body stands against published criteria. Raises UsageError where ``since`` is later.
        """
        from filiera.answers.report import report

        found = report(self.store, self.body(body), at=at, since=since, top=top)
        return spoken(found, self.lang)

    def write_report(
        self,
        path: str | Path,
        body: str | None = None,
        *,
        at: date | None = None,
        since: date | None = None,
        lang: str | None = None,
        force: bool = False,
    ) -> None:
        """Write the report on a body to a file: HTML, Markdown, Excel or JSON by its ending.

        Raises UsageError for any other ending, OutputError when ``path`` exists and ``force`` is
        false, or cannot be written.
        """
        from filiera.views.report_files import report_format, write_report

        report_format(Path(path))
        told = self.report(body, at=at, since=since)
        write_report(self, told, Path(path), lang or self.lang, force=force)

    def paths(self, one: str, other: str, *, k: int = 3, at: date | None = None) -> Paths:
        """The ``k`` best explanations of how two organisations hang together."""
        from filiera.answers.paths import paths

        who = ("organisation", "project")
        ends = (self.resolve(one, who), self.resolve(other, who))
        found = paths(self.store, *ends, body=self._focus(), k=k, at=at)
        return spoken(found, self.lang)

    def brokers(
        self, *, at: date | None = None, top: int = 10, without: Sequence[str] = ()
    ) -> Brokers:
        """Who links groups that otherwise do not meet, and what falls apart if one leaves."""
        from filiera.answers.brokers import brokers

        left_out = [self.resolve(name, ("organisation", "project")) for name in without]
        found = brokers(self.store, body=self._focus(), at=at, top=top, without=left_out)
        return spoken(found, self.lang)

    def suggestions(
        self,
        name: str | None = None,
        *,
        chain: str | None = None,
        member: bool | None = None,
        met: bool = False,
        at: date | None = None,
        top: int = 10,
        baseline: bool = False,
    ) -> Suggestions:
        """Pairs that should know each other and are not tied, ranked, with reasons.

        With ``met`` also those who meet already in a project or a small body, which are left out
        else; with ``baseline`` also how well each method of link prediction finds known ties.
        """
        from filiera.answers.suggestions import suggestions

        found = suggestions(
            self.store,
            body=self._focus(),
            name=self.resolve(name, ("organisation",)) if name else "",
            chain=self.resolve(chain, ("chain",)) if chain else "",
            member=member,
            met=met,
            at=at,
            top=top,
            measured=baseline,
        )
        return spoken(found, self.lang)

    def _focus(self) -> str:
        """IRI of the body that the data set is about; empty if it is about none."""
        return self.body() if self.dataset.body else ""

    @cached_property
    def rdf(self) -> rdflib.Dataset:
        """The same store as an ``rdflib.Dataset``; of a store on a server, a copy."""
        import rdflib
        from oxrdflib import OxigraphStore
        from pyoxigraph import Store as Oxigraph

        oxigraph = getattr(self.store, "oxigraph", None)  # embedded stores have one
        if oxigraph is None:
            oxigraph = Oxigraph()
            oxigraph.bulk_extend(self.store.graph_quads())
        return rdflib.Dataset(store=OxigraphStore(store=oxigraph))

    def network(self) -> networkx.MultiDiGraph[str]:
        """Network of organisations, bodies and projects.

        Nodes are IRIs with ``label``, ``kind`` …; edges are keyed by the IRI of their fact and
        carry ``relation``, ``label``, ``start``, ``end``, ``sources``.
        """
        from filiera.network.projection import project

        return project(self.store).to_networkx(lang=self.lang)

    def network_page(self, lang: str | None = None) -> Network:
        """The same network as a pyvis network with fixed positions and our page template.

        A notebook shows it as the page; `explore` chooses the size of the frame.
        """
        from filiera.views.network_page import network_page

        return network_page(self, lang or self.lang)

    def plot(self, answer: object, ax: Axes | None = None, lang: str | None = None) -> Axes:
        """Draw an answer with matplotlib; see `filiera.plot`."""
        from filiera.views.plots import plot

        return plot(answer, ax, lang or getattr(answer, "lang", "") or self.lang)

    def explore(
        self, *, height: int = 640, width: str = "100%", lang: str | None = None
    ) -> Exploration:
        """The interactive page of the network for a notebook: it needs no server and no network.

        height: in pixels; width: as CSS says it. What is shown stays in the saved notebook.

        Raises UsageError for a height below 200 or a width that is no length.
        """
        from filiera.views.exploration import explore

        return explore(self, height=height, width=width, lang=lang or self.lang)

    def renew(self) -> None:
        """Forget what was read of the store, which has been changed, so that it is read anew."""
        self.labels = Labels(self.store)
        for kept in ("names", "rdf"):
            self.__dict__.pop(kept, None)

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def __enter__(self) -> Ecosystem:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
