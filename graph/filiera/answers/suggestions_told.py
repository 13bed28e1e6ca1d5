"""Suggestions told in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from filiera.answers.dates import date_text
from filiera.answers.evidence import Footnotes
from filiera.answers.meetings import LARGEST
from filiera.answers.suggestion_model import PARTS, WEIGHTS, Pair, Suggestions
from filiera.texts import Text

__all__ = ["told"]

_TITLE = Text("Chi dovrebbe conoscersi", "Who should know each other")
_FOR = Text("Chi dovrebbe conoscere {name}", "Whom {name} should get to know")
_ASKED = Text(
    "Al {day}: coppie di organizzazioni che in questo grafo non hanno legami, né li hanno avuti"
    " prima, e hanno un motivo per parlarsi.",
    "On {day}: pairs of organisations that have no tie in this graph, nor had one before, and"
    " have a reason to talk.",
)
_CHAIN = Text(
    "Solo a stadi vicini della filiera {chain}.",
    "Only at neighbouring stages of the value chain {chain}.",
)
_MEMBERS = {
    True: Text("Solo tra soci di {body}.", "Only between members of {body}."),
    False: Text(
        "Solo con chi non aderisce a {body}.", "Only with one that is no member of {body}."
    ),
}
_COUNT = Text(
    "Coppie trovate: {found}, tra {organisations} organizzazioni con {tied} coppie già legate. Un"
    " legame che nessuna fonte racconta non è noto al grafo: due potrebbero conoscersi già.",
    "Pairs found: {found}, among {organisations} organisations with {tied} pairs that are tied"
    " already. A tie that no source tells of is not known to the graph: two may know each other"
    " already.",
)
_MEETING = {
    False: Text(
        "Coppie lasciate fuori perché si incontrano già in un progetto o in una piccola rete:"
        " {n}; con --met si vedono anche quelle.",
        "Pairs left out because they meet already in a project or a small network: {n}; --met"
        " shows them, too.",
    ),
    True: Text(
        "Tra queste, coppie che si incontrano già in un progetto o in una piccola rete: {n}; tra i"
        " motivi c'è dove.",
        "Of these, pairs that meet already in a project or a small network: {n}; their reasons say"
        " where.",
    ),
}
_NONE = Text("Nessuna coppia in questo grafo.", "No pair in this graph.")
_OUT = Text("{name} non compare", "{name} is in no pair")
_OF_HUNDRED = Text("{score} su 100", "{score} of 100")
_TO_KNOW = Text("da sapere di {name}", "to be known of {name}")
_WEIGHTS = Text("Come si ordina", "How they are ranked")
_WEIGHED = Text(
    "Il punteggio è la media pesata di quattro parti da 0 a 1, per 100; i pesi sono scelti a mano:",
    "The score is the weighted mean of four parts from 0 to 1, times 100; the weights are set by"
    " hand:",
)
_LEFT_OUT = Text(
    "Serve qualcosa in comune nella rete o uno stadio vicino: un settore comune o la vicinanza da"
    " soli non bastano. Sono escluse le organizzazioni cessate, insolventi o in liquidazione e"
    " quelle dello stesso gruppo; un ente pubblico o un istituto finanziario compare solo per uno"
    " stadio dove lavora, e chi possiede uno dei due, o ne è posseduto, da solo non è un motivo. Il"
    " cluster stesso e le persone in carica non contano. Si incontra già chi partecipa, o ha"
    " partecipato, allo stesso progetto, o è tra i soci, i fondatori, i consiglieri"
    " o le parti di uno stesso ente con al più {largest} legami noti e non più di {largest}"
    " soci secondo ogni fonte.",
    "A pair needs something in common in the network or a neighbouring stage: a common field or"
    " nearness alone is not enough. Organisations that have closed, are insolvent or in"
    " liquidation, and those of one group are left out; a public body or a financial institution"
    " is in a pair only for a stage where it works, and who owns one of the two, or is owned by it,"
    " is alone no reason. The cluster itself and people in office do not count. Those meet already"
    " who take part, or took part, in one project, or are members, owners, founders, on the board"
    " or parts of one body with at most {largest} known links and no more than {largest} members"
    " according to every source.",
)
_MEASURED = Text("Quanto ci si può fidare", "How far to trust it")
_TOO_FEW = Text(
    "I legami noti sono troppo pochi per misurarlo.", "Too few ties are known to measure it."
)


def told(answer: Suggestions, lang: str) -> str:
    """The answer as Markdown, with its sources numbered at the end."""
    notes = Footnotes(lang)
    body = "\n".join(_lines(answer, lang, notes))
    return f"{body}\n{notes.markdown()}".rstrip("\n") + "\n"


def _lines(answer: Suggestions, lang: str, notes: Footnotes) -> Iterator[str]:
    name = answer.labels.get(answer.name)
    yield f"# {(_FOR.put(name=name) if name else _TITLE)(lang)}"
    yield ""
    yield _asked(answer)(lang)
    yield ""
    counts = {key: getattr(answer, key) for key in ("found", "organisations", "tied")}
    yield _COUNT.put(**{key: Text.same(str(count)) for key, count in counts.items()})(lang)
    if answer.meeting:
        yield ""
        yield _MEETING[answer.met].put(n=Text.same(str(answer.meeting)))(lang)
    if answer.knowledge:
        yield ""
        yield answer.knowledge.markdown(lang, notes)
    yield ""
    if name:
        for remark in answer.out:
            out = _OUT.put(name=name).colon(remark.text)(lang)
            yield f"{out}.{notes.cite(*remark.evidence)}"
            yield ""
    if not answer.pairs and not answer.out:
        yield _NONE(lang)
        yield ""
    for place, pair in enumerate(answer.pairs, 1):
        yield from _pair(place, pair, lang, notes)
    if answer.pairs:
        yield ""
    yield f"## {_WEIGHTS(lang)}"
    yield ""
    yield _WEIGHED(lang)
    yield ""
    yield from (f"- {PARTS[part](lang)} ({weight:g})" for part, weight in WEIGHTS.items())
    yield ""
    yield _LEFT_OUT.put(largest=Text.same(str(LARGEST)))(lang)
    yield ""
    if answer.measured:
        yield f"## {_MEASURED(lang)}"
        yield ""
        yield from _baseline(answer, lang)


def _baseline(answer: Suggestions, lang: str) -> Iterator[str]:
    measured = answer.baseline
    if measured is None:
        yield _TOO_FEW(lang)
    else:
        yield measured.explained(lang)
        yield ""
        yield measured.table(lang)
        yield ""
        yield measured.meaning(lang)
    yield ""


def _asked(answer: Suggestions) -> Text:
    day = Text(*(date_text(lang, answer.at.isoformat()) for lang in ("it", "en")))
    said = [_ASKED.put(day=day)]
    if answer.chain:
        said.append(_CHAIN.put(chain=answer.labels[answer.chain]))
    if answer.member is not None:
        body = answer.labels[answer.body]
        said.append(_MEMBERS[answer.member].put(body=body))
    return Text(" ".join(one.it for one in said), " ".join(one.en for one in said))


def _pair(place: int, pair: Pair, lang: str, notes: Footnotes) -> Iterator[str]:
    score = _OF_HUNDRED.put(score=Text.same(f"{pair.score:.0f}"))(lang)
    yield f"{place}. **{pair.one.label(lang)} – {pair.other.label(lang)}** ({score})"
    for reason in pair.reasons:
        yield f"   - {reason.text(lang)}{notes.cite(*reason.evidence)}"
    for end in (pair.one, pair.other):
        for caution in end.cautions:
            about = _TO_KNOW.put(name=end.label).colon(caution.text)(lang)
            yield f"   - {about}{notes.cite(*caution.evidence)}"
