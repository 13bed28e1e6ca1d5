"""Partners for a need: who answers it, ranked, each with its reasons.

The score is the mean, from 0 to 100, of six parts, each from 0 to 1, by their weights:

``fit``       how well the organisation answers the need; several reasons of different kinds add
              up as doubts do: one minus the product of what each leaves open
``sources``   n sources of the fit: 1 - 1 / (n + 1)
``recency``   1 if the fit was confirmed in the year before the date, falling evenly to 0 at ten
              years; 0 where no source tells a day
``ties``      1 for a direct tie to the asker, else a third for each common partner, at most 1
``shared``    a third for each project or network shared with the asker, at most 1
``distance``  half at 50 km: 1 / (1 + km / 50); 0 where no seat is known

``ties`` and ``shared`` count only if somebody asks, ``distance`` only if there is a place to be
near: that asked for, else the seats of the asker.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, QuerySolutions

from filiera.answers.cards import Cards
from filiera.answers.dates import date_text
from filiera.answers.evidence import Evidence
from filiera.answers.firms import Firms, known_days
from filiera.answers.index import LazyIndex
from filiera.answers.nearness import HALF_KM, Nearness, Point
from filiera.answers.needs import Fit, Needs
from filiera.answers.numbers import number_text
from filiera.answers.partner_model import (
    WEIGHTS,
    Excluded,
    Partner,
    Partners,
    Reason,
    Wish,
)
from filiera.answers.standing import Standing
from filiera.errors import UsageError
from filiera.store import Store
from filiera.texts import Text
from filiera.vocabulary import DCTERMS, FIL, ORG, PREFIXES, SKOS

__all__ = ["WEIGHTS", "Excluded", "Partner", "Partners", "Reason", "Wish", "partners", "weights_of"]

_FRESH_YEARS, _OLD_YEARS = 1, 10
_SHOWN_REASONS = 4
_SHOWN_EXCLUDED = 10


def partners(
    store: Store,
    wish: Wish,
    *,
    at: date | None = None,
    weights: Mapping[str, float] | None = None,
    limit: int = 10,
) -> Partners:
    """Partners for a need at a date (today), the best first, equal ones by name.

    ``weights`` replaces some of WEIGHTS. Raises UsageError for a weight that is no part of the
    score or is negative, and for a distance from nowhere.
    """
    return _Search(store, wish, at or date.today(), _weighed(weights or {})).answer(limit)


def weights_of(texts: Iterable[str]) -> dict[str, float]:
    """Weights out of texts such as ``distance=30``; empty texts say nothing.

    Raises UsageError for a text of another form.
    """
    weights = {}
    for text in filter(None, texts):
        name, _, value = text.partition("=")
        try:
            weights[name.strip()] = float(value)
        except ValueError as error:
            raise UsageError(
                Text(
                    f"“{text}” non è un peso; scrivilo come distance=30",
                    f"“{text}” is no weight; write it as distance=30",
                )
            ) from error
    return weights


def _weighed(given: Mapping[str, float]) -> dict[str, float]:
    for name, value in given.items():
        if name not in WEIGHTS:
            raise UsageError(
                Text(
                    f"nessun peso “{name}”; i pesi sono: {', '.join(WEIGHTS)}",
                    f"no weight “{name}”; the weights are: {', '.join(WEIGHTS)}",
                )
            )
        if not 0 <= value < float("inf"):
            raise UsageError(
                Text(
                    f"il peso {name}={value} deve essere un numero non negativo",
                    f"the weight {name}={value} must not be negative",
                )
            )
    weights = {**WEIGHTS, **given}
    if not weights["fit"]:
        raise UsageError(
            Text(
                "il peso fit deve essere maggiore di 0: si chiede appunto chi risponde",
                "the weight of fit must be more than 0: who answers is what is asked",
            )
        )
    return weights


class _Search:
    def __init__(self, store: Store, wish: Wish, at: date, weights: dict[str, float]) -> None:
        self.store, self.wish, self.at, self.weights = store, wish, at, weights
        self.index = LazyIndex(store)
        self.cards = Cards(self.index)
        self.standing = Standing(store, at)
        self.firms = Firms(self.cards, self.standing, wish.body)
        self.nearness = Nearness(store, self.index)
        self.members = self.standing.members(wish.body) if wish.body else {}
        self.points = self._points()
        if wish.within is not None and not self.points:
            raise UsageError(
                Text(
                    "una distanza vuole un luogo di coordinate note: danne uno (near, o --near)",
                    "a distance needs a place with known coordinates: name one (near, or --near)",
                )
            )
        self.own = self._group(wish.asker) if wish.asker else {}
        self.tied = self._linked(_TIES)
        self.joint = self._linked(_SHARED) if wish.asker else {}

    def answer(self, limit: int) -> Partners:
        fits = Needs(self.store, self.index).fits(self.wish.need)
        kept: list[Partner] = []
        excluded: list[tuple[float, Excluded]] = []
        for organisation, reasons in fits.items():
            if organisation in (self.wish.asker, self.wish.body) or not self._wanted(organisation):
                continue
            out = self._excluded(organisation)
            if out:
                excluded.append((reasons[0].value, out))
            else:
                kept.append(self._partner(organisation, reasons))
        kept.sort(key=lambda one: (-one.score, one.label.en.casefold(), one.iri))
        excluded.sort(key=lambda one: (-one[0], one[1].iri))
        named = [
            iri for iri in (self.wish.asker, self.wish.near, self.wish.body, self.wish.kind) if iri
        ]
        return Partners(
            self.wish,
            self.at,
            self.weights,
            len(kept),
            tuple(kept[:limit]),
            tuple(one for _, one in excluded[:_SHOWN_EXCLUDED]),
            {iri: self.index.label(iri) for iri in named},
        )

    def _points(self) -> list[Point]:
        if self.wish.near:
            point = self.nearness.point(self.wish.near)
            return [point] if point else []
        if self.wish.asker:
            return [point for _, _, point in self.nearness.seats(self.wish.asker)]
        return []

    # Who is left out ------------------------------------------------------------------------

    def _wanted(self, organisation: str) -> bool:
        wish = self.wish
        if wish.member is not None and (organisation in self.members) != wish.member:
            return False
        if not wish.kind:
            return True
        kinds = self.index.values(organisation, ORG.classification)
        above = set(kinds)
        while kinds:
            kinds = [b for k in kinds for b in self.index.values(k, SKOS.broader) if b not in above]
            above.update(kinds)
        return wish.kind in above

    def _excluded(self, organisation: str) -> Excluded | None:
        label = self.index.label(organisation)
        risks, notes = self.firms.remarks(organisation)
        for remark in (*notes, *risks):
            if remark.kind in ("closed", "not-yet-founded", "trouble"):
                return Excluded(organisation, label, remark.kind, remark.text, remark.evidence)
        if self.wish.asker:
            theirs = self._group(organisation)
            common = sorted(set(theirs) & set(self.own))
            if common:
                text = Text("stesso gruppo: {owner}", "same group: {owner}")
                facts = [*theirs[common[0]], *self.own[common[0]]]
                text = text.put(owner=self.index.label(common[0]))
                return Excluded(organisation, label, "same-group", text, self.firms.evidence(facts))
        if self.wish.within is None:
            return None
        nearest = self.nearness.nearest(organisation, self.points)
        if nearest is None:
            text = Text("nessuna sede nota con precisione", "no seat known precisely")
            return Excluded(organisation, label, "unplaced", text)
        if nearest[0] > self.wish.within:
            text = self._distance(nearest[0], nearest[2])
            evidence = self.firms.evidence([nearest[1]])
            return Excluded(organisation, label, "far", text, evidence)
        return None

    def _group(self, organisation: str) -> dict[str, tuple[str, ...]]:
        """An organisation and its owners, each with the ties that make it one."""
        found: dict[str, tuple[str, ...]] = {organisation: ()}
        ties: tuple[str, ...] = ()
        for owner in self.standing.owners(organisation):
            ties = (*ties, *owner.ties) if owner.step > 1 else owner.ties
            found[owner.owner] = ties
        return found

    # What speaks for a partner --------------------------------------------------------------

    def _partner(self, organisation: str, fits: list[Fit]) -> Partner:
        best: dict[str, Fit] = {}
        for fit in fits:
            best.setdefault(fit.kind, fit)
        open_ = 1.0
        for fit in best.values():
            open_ *= 1 - fit.value
        # What is weaker by far only repeats that the organisation is in the same trade.
        shown = [fit for fit in fits if fit.value >= fits[0].value / 2][:_SHOWN_REASONS]
        evidence = [self._evidence(fit) for fit in shown]
        sources = {source for one in evidence for source in one.sources}
        _, last = known_days(self.index, [fit.fact for fit in shown if fit.fact != organisation])
        reasons = [Reason("fit", f.text, (e,)) for f, e in zip(shown, evidence, strict=True)]
        parts = {
            "fit": 1 - open_,
            "sources": 1 - 1 / (1 + len(sources)),
            "recency": self._recency(last),
        }
        if last:
            said = Text(*(date_text(lang, last.isoformat()[:4]) for lang in ("it", "en")))
            text = Text("ultima conferma: {day}", "last confirmed: {day}").put(day=said)
            reasons.append(Reason("recency", text))
        kilometres = None
        if self.wish.asker:
            for name, value, reason in self._links(organisation):
                parts[name] = value
                reasons += reason
        if self.points:
            nearest = self.nearness.nearest(organisation, self.points)
            parts["distance"] = 0.0
            if nearest:
                kilometres = nearest[0]
                parts["distance"] = 1 / (1 + kilometres / HALF_KM)
                seat = self.firms.evidence([nearest[1]])
                reasons.append(Reason("distance", self._distance(kilometres, nearest[2]), seat))
        total = sum(self.weights[name] for name in parts)
        score = 100 * sum(self.weights[name] * value for name, value in parts.items()) / total
        risks, notes = self.firms.remarks(organisation)
        exact = fits[0].kind not in ("wider-stage", "next-stage", "same-chain")
        label = self.index.label(organisation)
        cautions = (*risks, *notes)
        return Partner(
            organisation, label, score, parts, exact, kilometres, tuple(reasons), cautions
        )

    def _evidence(self, fit: Fit) -> Evidence:
        (whole,) = self.firms.evidence([fit.fact])
        if fit.kind != "activity":
            return whole
        said = self.index.properties(fit.fact).get(DCTERMS.description, ())
        return Evidence(fit.fact, self.cards.sources({one.source for one in said}))

    def _recency(self, last: date | None) -> float:
        if last is None:
            return 0.0
        years = (self.at - last).days / 365.25
        return min(1.0, max(0.0, (_OLD_YEARS - years) / (_OLD_YEARS - _FRESH_YEARS)))

    def _links(self, organisation: str) -> Iterator[tuple[str, float, list[Reason]]]:
        """Ties to the asker and what is shared with it: part, value, reasons."""
        asker = self.wish.asker
        label = self.index.label(asker)
        direct = sorted(self.tied[organisation].get(asker, ()))
        common = sorted(set(self.tied[organisation]) & set(self.tied[asker]))
        reasons = []
        if direct:
            text = Text("ha già un legame con {asker}", "is tied to {asker} already")
            reasons = [Reason("ties", text.put(asker=label), self.firms.evidence(direct))]
        elif common:
            facts = [f for one in common for f in sorted(self.tied[organisation][one])]
            text = Text("partner in comune con {asker}", "partners in common with {asker}")
            text = text.put(asker=label).colon(self._listed(common))
            reasons = [Reason("ties", text, self.firms.evidence(facts))]
        yield "ties", 1.0 if direct else min(1.0, len(common) / 3), reasons
        shared = sorted(set(self.joint.get(organisation, ())) & set(self.joint.get(asker, ())))
        facts = [f for one in shared for f in sorted(self.joint[organisation][one])]
        text = Text("progetti e reti in comune", "shared projects and networks")
        text = text.colon(self._listed(shared))
        reasons = [Reason("shared", text, self.firms.evidence(facts))] if shared else []
        yield "shared", min(1.0, len(shared) / 3), reasons

    def _listed(self, iris: Iterable[str]) -> Text:
        labels = [self.index.label(iri) for iri in iris]
        return Text(", ".join(t.it for t in labels), ", ".join(t.en for t in labels))

    def _distance(self, kilometres: float, place: str) -> Text:
        rounded = Decimal(f"{kilometres:.1f}")
        if not rounded:
            return Text("sede proprio a {place}", "a seat in {place} itself").put(
                place=self.index.label(place)
            )
        number = Text(*(number_text(rounded, lang) for lang in ("it", "en")))
        text = Text("a {km} km, sede a {place}", "{km} km away, with a seat in {place}")
        return text.put(km=number, place=self.index.label(place))

    def _linked(self, pattern: str) -> defaultdict[str, dict[str, set[str]]]:
        """What each organisation is linked to by facts that are not over, with the facts."""
        prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
        rows = self.store.query(
            f"{prefixes} SELECT DISTINCT ?one ?other ?fact {{ {pattern}"
            f" OPTIONAL {{ ?fact <{FIL.startEarliest}> ?start }}"
            f" OPTIONAL {{ ?fact <{FIL.endLatest}> ?end }}"
            f' FILTER(COALESCE(STR(?start), "") <= "{self.at}" &&'
            f' COALESCE(STR(?end), "9999") >= "{self.at}") }}'
        )
        assert isinstance(rows, QuerySolutions)
        found: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
        for row in rows:
            one, other, fact = (t.value for t in row if isinstance(t, NamedNode | Literal))
            found[one].setdefault(other, set()).add(fact)
        return found


_TIES = (
    "?fact a fil:Tie . { ?fact fil:from ?one ; fil:to ?other }"
    " UNION { ?fact fil:to ?one ; fil:from ?other }"
)
_SHARED = (
    "{ ?fact a fil:Participation ; fil:participant ?one ; fil:project ?other } UNION"
    " { ?fact a fil:Membership ; org:member ?one ; org:organization ?other"
    " MINUS { ?fact org:role/fil:countsAsMembership false } }"
)
