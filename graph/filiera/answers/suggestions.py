"""Suggestions: pairs of organisations that should know each other and are not tied yet.

The score is the mean, from 0 to 100, of four parts, each from 0 to 1, by their weights: what the
two have in common in the network (Adamic and Adar 2003), neighbouring stages of a value chain,
common fields, nearness. A pair is suggested if it has something in common in the network or works
at neighbouring stages; a common field or nearness alone is no reason to meet. Who was ever tied,
is of one group, or does not work at the date is in no pair; a public body or a financial
institution is in one for a stage where it works, never for what it has in common alone; an owner
of one of the two, or who is owned by it, is alone no reason. Pairs that
meet already in a project or a small body (`meetings`) are left out, unless they are asked for.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from filiera.answers.affinities import Affinities
from filiera.answers.cards import Cards
from filiera.answers.coverage import members_known
from filiera.answers.firms import Firms
from filiera.answers.index import LazyIndex
from filiera.answers.link_baseline import OWN, Baseline, baseline
from filiera.answers.meetings import Meetings
from filiera.answers.standing import Standing
from filiera.answers.suggestion_model import PARTS, WEIGHTS, End, Pair, Suggestions
from filiera.answers.suggestion_reasons import Reasons
from filiera.errors import UsageError
from filiera.network.pairs import Neighbourhood, keys_of
from filiera.network.projection import Projection, later, over, project
from filiera.network.reading import select, values_of
from filiera.network.simple import Simple, simple
from filiera.store import Store
from filiera.texts import Text
from filiera.vocabulary import ORG, RDF, SKOS, concept

__all__ = ["PARTS", "WEIGHTS", "Pair", "Suggestions", "suggestions"]

_MOST = 1000
_DIGITS = 9
_FOR_EVERYBODY = {concept("kind", slug) for slug in ("public-body", "financial-institution")}
"""What these have in common with somebody is their office, not a reason to meet."""
_OF_ONE_HAND = {
    concept("relation", slug) for slug in ("acquired", "controls", "flowed-into", "invested-in")
}
"""Who owns a thing, or went into it, has its partners already, not in common with somebody."""

Keys = NDArray[np.int64]
Scores = NDArray[np.float64]


def suggestions(
    store: Store,
    *,
    body: str = "",
    name: str = "",
    chain: str = "",
    member: bool | None = None,
    met: bool = False,
    at: date | None = None,
    top: int = 10,
    measured: bool = False,
) -> Suggestions:
    """Pairs that should know each other at a date (today), the best first, equal ones by IRI.

    body: the cluster in focus, which joins everybody and so explains nothing.
    name: an organisation, to tell only of pairs with it.
    chain: a value chain, to tell only of pairs at neighbouring stages of it.
    member: true for pairs of members of the body, false for pairs with one that is none (besides
    ``name``). All are given by IRI.
    met: whether pairs that meet already in a project or a small body are told, too.
    top: how many are told. measured: whether to add how well known ties are found.

    Raises UsageError for a name that is no organisation or is the body, or ``top`` out of bounds.
    """
    if not 1 <= top <= _MOST:
        raise UsageError(
            Text(
                f"top sta fra 1 e {_MOST}, non {top}; dai un altro numero",
                f"top lies between 1 and {_MOST}, not {top}; give another number",
            )
        )
    if member is not None and not body:
        raise UsageError(
            Text(
                "questa raccolta non riguarda un organismo, quindi nessuno è socio; togli member",
                "this data set is about no body, so nobody is a member; leave member out",
            )
        )
    search = Search(store, body, at or date.today())
    return search.answer(name, chain, member, top, met=met, measured=measured)


class Search:
    """Reads once what pairs are scored by, at a date."""

    def __init__(self, store: Store, body: str, at: date) -> None:
        self.store, self.body, self.at = store, body, at
        self.cards = Cards(LazyIndex(store))
        self.standing = Standing(store, at)
        self.projection, self.begun = _projections(store, at)
        self.nodes = self.projection.nodes
        self.size = len(self.nodes)
        self.network: Simple = simple(self.projection, [body] if body else [])
        joined = simple(self.begun)
        self.tied = self._keys(joined)
        self.meetings = Meetings(store, self.begun, joined, body)
        self.affinities = Affinities(store, self.cards.index, self.nodes)
        self.organisations = self._organisations()

    def answer(
        self,
        name: str,
        chain: str,
        member: bool | None,
        top: int,
        *,
        met: bool = False,
        measured: bool = False,
    ) -> Suggestions:
        """The answer; see `suggestions`."""
        chosen = self._place(name) if name else -1
        members = set(self.standing.members(self.body)) if self.body else set()
        around = Neighbourhood(self.network)
        keys = self._candidates(chain)
        if name:
            keys = keys[(keys // self.size == chosen) | (keys % self.size == chosen)]
        if member is not None:
            inside = np.array([node in members or node == name for node in self.nodes], dtype=bool)
            keys = keys[(inside[keys // self.size] & inside[keys % self.size]) == member]
        meet = np.isin(keys, self.meetings.keys)
        if not met:
            keys = keys[~meet]
        parts = self.parts(around, keys)
        scores = np.round(weighed(parts), _DIGITS)
        best = np.lexsort((keys, -scores))[:top]
        firms = Firms(self.cards, self.standing, self.body)
        reasons = Reasons(
            self.cards,
            firms,
            self.affinities,
            self.projection,
            self.network,
            self.meetings,
            self.begun,
        )
        pairs = []
        for place in best.tolist():
            ends = list(divmod(int(keys[place]), self.size))
            if ends[1] == chosen:
                ends.reverse()
            one, other = (self._end(firms, end, members) for end in ends)
            kilometres, said = reasons.of(ends[0], ends[1], chain)
            split = {part: float(values[place]) for part, values in parts.items()}
            places = tuple(self.nodes[via] for via in self.meetings.places(*ends))
            pairs.append(Pair(one, other, float(scores[place]), split, kilometres, said, places))
        out = firms.remarks(name)[0] + firms.remarks(name)[1] if name else ()
        named = [iri for iri in (name, chain, self.body) if iri]
        known = members_known(self.store, self.cards, self.standing, self.body)
        return Suggestions(
            at=self.at,
            name=name,
            chain=chain,
            member=member,
            body=self.body,
            labels={iri: self.cards.index.label(iri) for iri in named},
            pairs=tuple(pairs),
            found=len(keys),
            met=met,
            meeting=int(meet.sum()),
            out=tuple(
                note for note in out if note.kind in ("closed", "trouble", "not-yet-founded")
            ),
            organisations=len(self.organisations),
            tied=int(self._between(self.tied).sum()),
            knowledge=known,
            measured=measured,
            baseline=self.baseline() if measured else None,
        )

    def parts(self, around: Neighbourhood, keys: Keys) -> dict[str, Scores]:
        """The parts of the score of pairs, each from 0 to 1."""
        common, fields = around.adamic_adar(keys), self.affinities.fields(keys)
        return {
            "common": common / (1 + common),
            "stages": self.affinities.stages().of(keys),
            "fields": fields / (1 + fields),
            "near": self.affinities.near(keys),
        }

    def baseline(self) -> Baseline | None:
        """How well known ties between organisations are found by each method."""
        is_tie = [relation.family == "tie" for relation in self.projection.relations]
        kinds = self.projection.kinds
        by_tie = [any(is_tie[kinds[edge]] for edge in edges) for edges in self.network.edges]
        keys = self._keys(self.network)[np.flatnonzero(by_tie)]
        keys = keys[self._between(keys)]
        return baseline(
            self.network, keys, self.tied, self.organisations, self._types(), self._scores
        )

    def _scores(self, around: Neighbourhood, keys: Keys) -> dict[str, Scores]:
        """The parts of the score, and the score itself."""
        parts = self.parts(around, keys)
        return {**parts, OWN: weighed(parts)}

    # Pairs ----------------------------------------------------------------------------------

    def _candidates(self, chain: str) -> Keys:
        """Pairs with a reason to meet that are free to: at work, not tied, not of one group."""
        stages = self.affinities.stages(chain).keys
        keys = stages if chain else np.union1d(self._in_common(), stages)
        keys = keys[self._between(keys)]
        standing = self.standing
        idle = np.array(
            [
                bool(standing.closed(node) or standing.troubles(node))
                or standing.founded_later(node)
                for node in self.nodes
            ],
            dtype=bool,
        )
        kinds, broader = self._kinds()
        office = np.array(
            [
                bool(tops := _tops(kinds.get(node, []), broader)) and tops <= _FOR_EVERYBODY
                for node in self.nodes
            ],
            dtype=bool,
        )
        one, other = np.divmod(keys, self.size)
        at_stage = np.isin(keys, stages)
        keys = keys[~(idle[one] | idle[other]) & (at_stage | ~(office[one] | office[other]))]
        free: Keys = keys[~np.isin(keys, self.tied) & ~np.isin(keys, self._kin())]
        return free

    def _in_common(self) -> Keys:
        """Pairs with something in common in the network by other links than those of one hand."""
        relations, kinds = self.projection.relations, self.projection.kinds.tolist()
        kept = [relations[kind].iri not in _OF_ONE_HAND for kind in kinds]
        apart = _chosen(self.projection, kept)
        return Neighbourhood(simple(apart, [self.body] if self.body else [])).keys

    def _between(self, keys: Keys) -> NDArray[np.bool_]:
        """Which pairs are of two organisations."""
        may = np.zeros(self.size, dtype=bool)
        may[self.organisations] = True
        one, other = np.divmod(keys, self.size)
        return np.asarray(may[one] & may[other])

    def _kin(self) -> Keys:
        """Pairs of one group: with the same owner, or parts of the same whole."""
        groups: defaultdict[str, set[int]] = defaultdict(set)
        above = self._wholes()
        for place in self.organisations.tolist():
            node = self.nodes[place]
            owners = {owner.owner for owner in self.standing.owners(node)}
            for head in {node} | owners | _upward(node, above):
                groups[head].add(place)
        found = [np.empty(0, np.int64)]
        for group in (group for group in groups.values() if len(group) > 1):
            places = np.array(sorted(group))
            first, second = np.triu_indices(len(places), 1)
            found.append(keys_of(places[first], places[second], self.size))
        return np.unique(np.concatenate(found))

    def _wholes(self) -> dict[str, set[str]]:
        """What each organisation is a part or a unit of."""
        above: defaultdict[str, set[str]] = defaultdict(set)
        for inner, outer, relation, _ in self.projection.edges():
            if relation.family == "structure":
                above[inner].add(outer)
        return above

    def _organisations(self) -> Keys:
        """Places of the organisations, without the body and its units."""
        wanted = f"SELECT ?s {{ ?s <{RDF.type}> <{ORG.Organization}> }}"
        named = {subject.value for (subject,) in select(self.store, wanted)}
        above = self._wholes()
        return np.array(
            [
                place
                for place, node in enumerate(self.nodes)
                if node in named and self.body not in {node, *_upward(node, above)}
            ],
            dtype=np.int64,
        )

    def _types(self) -> Keys:
        """The broadest kind of each node, as a number."""
        kinds, broader = self._kinds()
        broadest = {node: min(_tops(kinds[node], broader)) for node in self.nodes if node in kinds}
        numbers = {kind: number for number, kind in enumerate(sorted({"", *broadest.values()}))}
        return np.array([numbers[broadest.get(node, "")] for node in self.nodes], dtype=np.int64)

    def _kinds(self) -> tuple[dict[str, list[str]], dict[str, set[str]]]:
        """The kinds of each node, and the broader ones of each kind."""
        broader = {one: set(more) for one, more in values_of(self.store, SKOS.broader).items()}
        return values_of(self.store, ORG.classification), broader

    def _keys(self, network: Simple) -> Keys:
        return keys_of(network.pairs[:, 0], network.pairs[:, 1], self.size)

    def _place(self, name: str) -> int:
        if name == self.body:
            raise UsageError(
                Text(
                    f"{name} unisce tutti; dai il nome di uno di loro",
                    f"{name} joins everybody; give the name of one of them",
                )
            )
        places: dict[str, int] = {self.nodes[one]: one for one in self.organisations.tolist()}
        if name not in places:
            raise UsageError(
                Text(
                    f"{name} non è un'organizzazione, o è un gruppo del cluster; dai un altro nome",
                    f"{name} is no organisation, or a unit of the cluster;"
                    " give the name of another one",
                )
            )
        return places[name]

    def _end(self, firms: Firms, place: int, members: set[str]) -> End:
        iri = self.nodes[place]
        firm = firms.firm(iri, self.affinities.claims(iri))
        return End(iri, firm.label, iri in members, (*firm.risks, *firm.notes))


def weighed(parts: dict[str, Scores]) -> Scores:
    """The score of pairs out of its parts, from 0 to 100."""
    total = sum(WEIGHTS.values())
    return np.asarray(sum(weight * parts[name] for name, weight in WEIGHTS.items())) * 100 / total


def _projections(store: Store, at: date) -> tuple[Projection, Projection]:
    """The network at a date, and with all facts that had begun by then, with the same nodes."""
    whole, day = project(store), at.isoformat()
    late, ended = later(store, day), over(store, day)
    return (
        _chosen(whole, [fact not in late and fact not in ended for fact in whole.facts]),
        _chosen(whole, [fact not in late for fact in whole.facts]),
    )


def _chosen(projection: Projection, kept: list[bool]) -> Projection:
    which = np.flatnonzero(kept)
    return replace(
        projection,
        sources=projection.sources[which],
        targets=projection.targets[which],
        kinds=projection.kinds[which],
        facts=[projection.facts[place] for place in which.tolist()],
    )


def _upward(node: str, above: dict[str, set[str]]) -> set[str]:
    """Everything that a node is a part of, at any depth."""
    found: set[str] = set()
    waiting = list(above.get(node, ()))
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += above.get(here, ())
    return found


def _tops(kinds: list[str], broader: dict[str, set[str]]) -> set[str]:
    """The broadest concepts above some, these included where nothing is above them."""
    all_of_them = set(kinds).union(*(_upward(kind, broader) for kind in kinds))
    return {one for one in all_of_them if not broader.get(one)} or set(kinds)
