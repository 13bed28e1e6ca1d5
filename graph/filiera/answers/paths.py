"""Paths: how two organisations hang together, the best explanations first.

A path costs 1 for each step and log2 of its number of neighbours for each thing between its
ends, so that what joins everybody (a large cluster, a large project) explains less than what
joins few. The k cheapest simple paths are those of Yen (1971).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from filiera.answers.cards import Cards
from filiera.answers.coverage import MembersKnown, members_known
from filiera.answers.dates import when_text
from filiera.answers.edges import Link, Links
from filiera.answers.evidence import Footnotes
from filiera.answers.index import LazyIndex
from filiera.answers.spoken import Spoken
from filiera.answers.standing import Standing
from filiera.errors import UsageError
from filiera.network.projection import Projection, project
from filiera.network.shortest import HUB, best_ways, cost_of
from filiera.network.simple import Simple, simple
from filiera.store import Store
from filiera.texts import Text

__all__ = ["MOST", "Halt", "Path", "Paths", "paths"]

MOST = 20
"""No more paths than this are told at once."""

_REFERENCE = (
    "Yen, J. Y. (1971). Finding the K Shortest Loopless Paths in a Network. Management Science"
    " 17(11), 712–716. https://doi.org/10.1287/mnsc.17.11.712"
)
_METHOD = Text(
    "Ogni passo costa 1; ogni nodo intermedio costa {hub} × log2 del numero di nodi a cui è"
    " legato (tra parentesi), perché ciò che unisce tutti spiega poco. I legami sono letti nei due"
    " versi; le persone in carica non contano.",
    "Each step costs 1; each thing between the ends costs {hub} × log2 of the number of things"
    " that it has ties to (in brackets), since what joins everybody explains little. Links are"
    " read both ways; people in office are not used.",
)
_OF_ALL_TIMES = Text("a qualunque data", "whatever the date")
_LINKED = (
    Text(
        "{one} e {other} sono collegati in questo grafo, {day}. La spiegazione trovata:",
        "{one} and {other} are linked in this graph, {day}. The explanation found:",
    ),
    Text(
        "{one} e {other} sono collegati in questo grafo, {day}. Le {count} spiegazioni migliori:",
        "{one} and {other} are linked in this graph, {day}. The {count} best explanations:",
    ),
)
_APART = Text(
    "{one} e {other} non sono collegati in questo grafo, {day}: nessuna catena dei {facts} fatti"
    " noti tra {things} organizzazioni e progetti va dall'uno all'altro. Può esserci un legame che"
    " nessuna fonte del grafo racconta.",
    "{one} and {other} are not linked in this graph, {day}: no chain of the {facts} known facts"
    " between {things} organisations and projects leads from one to the other. There may be a link"
    " that no source of the graph tells of.",
)
_NOT_LINKED = (
    _APART,
    Text(
        f"{_APART.it} In altri tempi sono collegati.",
        f"{_APART.en} At other times they are linked.",
    ),
)
_TIES = Text("legami con {count} altri", "ties to {count} others")
_ONE_TIE = Text("legami con un altro", "ties to one other")


@dataclass(frozen=True)
class Halt:
    """A thing on a path; ``neighbours`` is how many things it is linked to."""

    iri: str
    label: Text
    neighbours: int

    def with_ties(self, lang: str) -> str:
        """Its name, and how many others it has ties to: the more, the less it explains."""
        ties = _ONE_TIE if self.neighbours == 1 else _TIES
        return f"{self.label(lang)} ({ties.put(count=Text.same(str(self.neighbours)))(lang)})"


@dataclass(frozen=True)
class Path:
    """One explanation. ``steps[i]`` holds the facts that join halt ``i`` to the next one."""

    halts: tuple[Halt, ...]
    steps: tuple[tuple[Link, ...], ...]
    cost: float

    def summary(self, lang: str) -> str:
        """The path in one sentence."""
        between = self.halts[1:-1]
        one, other = self.halts[0].label(lang), self.halts[-1].label(lang)
        if not between:
            joined = "sono collegati direttamente" if lang == "it" else "are linked directly"
            return f"{one} {'e' if lang == 'it' else 'and'} {other} {joined}"
        legs = ", ".join(halt.with_ties(lang) for halt in between)
        if lang == "it":
            return f"{one} e {other} sono collegati attraverso {legs}"
        return f"{one} and {other} are linked through {legs}"

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "summary": self.summary(lang),
            "cost": round(self.cost, 3),
            "things": [
                {"iri": halt.iri, "label": halt.label(lang), "neighbours": halt.neighbours}
                for halt in self.halts
            ],
            "steps": [[link.to_dict(lang) for link in step] for step in self.steps],
        }


@dataclass(frozen=True)
class Paths(Spoken):
    """The best explanations of how two things hang together; none if they do not in this graph."""

    one: Halt
    other: Halt
    at: date | None
    paths: tuple[Path, ...]
    things: int
    """Organisations, bodies and projects in the graph."""
    facts: int
    """Facts between them that were looked at."""
    at_other_times: bool
    """Whether facts of other times than ``at`` do link the two."""
    knowledge: MembersKnown | None
    """How many members of the body in focus are known; None without one."""
    hub: float = HUB

    def verdict(self, lang: str) -> str:
        """The answer in one or two sentences."""
        count = len(self.paths)
        if not count:
            chosen, plural = _NOT_LINKED, self.at_other_times
        else:
            chosen, plural = _LINKED, count > 1
        whole = chosen[plural].put(
            one=self.one.label,
            other=self.other.label,
            day=self._day(),
            count=Text.same(str(count)),
            facts=Text.same(str(self.facts)),
            things=Text.same(str(self.things)),
        )
        return whole(lang)

    def method(self, lang: str) -> str:
        """How paths are found and compared."""
        return _METHOD.put(hub=Text.same(f"{self.hub:g}"))(lang)

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of the answer."""
        return {
            "answer": "paths",
            "from": {"iri": self.one.iri, "label": self.one.label(lang)},
            "to": {"iri": self.other.iri, "label": self.other.label(lang)},
            "at": self.at.isoformat() if self.at else None,
            "linked": bool(self.paths),
            "linked_at_other_times": self.at_other_times,
            "text": self.verdict(lang),
            "paths": [path.to_dict(lang) for path in self.paths],
            "network": {"things": self.things, "facts": self.facts, "directed": False},
            "knowledge": self.knowledge.to_dict(lang) if self.knowledge else None,
            "weights": {"step": 1, "hub": self.hub},
            "method": self.method(lang),
            "reference": _REFERENCE,
        }

    def markdown(self, lang: str) -> str:
        """The answer to read: a heading a path, a sentence a fact, numbered sources."""
        notes = Footnotes(lang)
        lines = [f"# {self.one.label(lang)} – {self.other.label(lang)}", "", self.verdict(lang), ""]
        if self.knowledge:
            lines += [self.knowledge.markdown(lang, notes), ""]
        for number, path in enumerate(self.paths, 1):
            lines += [f"## {number}. {' – '.join(halt.label(lang) for halt in path.halts)}", ""]
            for step in path.steps:
                lines += [f"- {link.markdown(lang, notes)}" for link in step]
            lines += ["", self._price(path, lang), ""]
        lines += [self.method(lang), f"({_REFERENCE})", ""]
        return "\n".join(lines) + (f"\n{found}" if (found := notes.markdown()) else "")

    def _price(self, path: Path, lang: str) -> str:
        steps = len(path.steps)
        hubs = ", ".join(halt.with_ties(lang) for halt in path.halts[1:-1])
        if lang == "it":
            said = f"Costo {_number(path.cost, lang)}: {steps} {'passo' if steps == 1 else 'passi'}"
        else:
            said = f"Cost {_number(path.cost, lang)}: {steps} {'step' if steps == 1 else 'steps'}"
        return f"{said}; {hubs}." if hubs else f"{said}."

    def _day(self) -> Text:
        if self.at is None:
            return _OF_ALL_TIMES
        day = self.at.isoformat()
        return Text(when_text("it", date=day), when_text("en", date=day))


def paths(
    store: Store,
    one: str,
    other: str,
    *,
    body: str = "",
    k: int = 3,
    at: date | None = None,
    hub: float = HUB,
    engine: str | None = None,
) -> Paths:
    """The ``k`` best explanations of how two organisations (or projects) hang together.

    one, other: IRIs. Ties, memberships, participations and structures link; people do not.
    body: IRI of the body of whose members is told how many are known.
    at: a day; facts that had certainly ended before it or certainly began after it are left
    out. By default facts of all times count, each told with its dates.
    hub: what a thing between the ends costs, times log2 of its number of neighbours.
    engine: ``igraph`` or ``networkx``, with the same results; by default what fits the size.

    Raises UsageError for the same thing twice, one that the network does not hold, or a ``k``
    out of bounds.
    """
    if not 1 <= k <= MOST:
        raise UsageError(
            Text(
                f"i percorsi possono essere da 1 a {MOST}, non {k}; dai un altro numero",
                f"there can be 1 to {MOST} paths, not {k}; give another number",
            )
        )
    if not 0 <= hub <= 100:
        raise UsageError(
            Text(
                f"il peso di un nodo molto collegato sta fra 0 e 100, non {hub}",
                f"the weight of a hub lies between 0 and 100, not {hub}",
            )
        )
    if one == other:
        raise UsageError(
            Text(
                "un percorso porta da una cosa a un'altra; danne due diverse",
                "a path leads from one thing to another; give two different ones",
            )
        )
    projection = project(store, at=at.isoformat() if at else None)
    places = {node: place for place, node in enumerate(projection.nodes)}
    for name in (one, other):
        if name not in places:
            raise UsageError(
                Text(
                    f"{name} non è un'organizzazione, un ente o un progetto; dai il nome di uno",
                    f"{name} is no organisation, body or project; give the name of one",
                )
            )
    network = simple(projection)
    source, target = places[one], places[other]
    ways = best_ways(network, source, target, k, hub=hub, engine=engine)
    elsewhere = False
    if at is not None and not ways:
        whole = simple(project(store))
        ends = (whole.nodes.index(one), whole.nodes.index(other))
        elsewhere = bool(best_ways(whole, *ends, 1, hub=hub, engine=engine))
    teller = _Teller(store, projection, network, hub)
    return Paths(
        one=teller.halt(source),
        other=teller.halt(target),
        at=at,
        paths=tuple(teller.path(way) for way in ways),
        things=len(projection.nodes),
        facts=len(projection.facts),
        at_other_times=elsewhere,
        knowledge=teller.knowledge(body, at),
        hub=hub,
    )


class _Teller:
    def __init__(self, store: Store, projection: Projection, network: Simple, hub: float) -> None:
        self._store = store
        self._cards = Cards(LazyIndex(store))
        self._links = Links(self._cards, projection)
        self._network = network
        self._hub = hub
        self._degrees = network.degrees()
        self._joined = {
            (one, other): edges
            for (one, other), edges in zip(network.pairs.tolist(), network.edges, strict=True)
        }

    def knowledge(self, body: str, at: date | None) -> MembersKnown | None:
        standing = Standing(self._store, at or date.today())
        return members_known(self._store, self._cards, standing, body)

    def halt(self, place: int) -> Halt:
        iri = self._network.nodes[place]
        return Halt(iri, self._cards.index.label(iri), int(self._degrees[place]))

    def path(self, way: list[int]) -> Path:
        steps = []
        for here, there in pairwise(way):
            edges = self._joined[min(here, there), max(here, there)]
            steps.append(tuple(self._links.tell(edge, here) for edge in edges))
        cost = cost_of(self._network, way, hub=self._hub)
        return Path(tuple(map(self.halt, way)), tuple(steps), cost)


def _number(value: float, lang: str) -> str:
    text = f"{value:.1f}"
    return text.replace(".", ",") if lang == "it" else text
