"""Partners for a need told in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from filiera.answers.dates import date_text
from filiera.answers.evidence import Footnotes
from filiera.answers.partner_model import Partners
from filiera.texts import Text

__all__ = ["told"]

_TITLE = Text("Partner per: {need}", "Partners for: {need}")
_AT = Text("Al {day}.", "On {day}.")
_FOR = Text("Chiede {asker}.", "{asker} asks.")
_NEAR = Text("Vicino a {place}.", "Near {place}.")
_WITHIN = Text("Entro {km} km.", "Within {km} km.")
_NONE = Text(
    "In questo grafo nessuno risponde alla richiesta; fuori dal grafo può esserci chi lo fa.",
    "Nobody in this graph answers the need; there may be some whom the graph does not know.",
)
_COUNT = Text(
    "Organizzazioni trovate in questo grafo: {found}. Di quelle elencate rispondono proprio alla"
    " richiesta: {exact}; le altre lavorano lì vicino nella filiera. Chi il grafo non conosce non"
    " compare.",
    "Organisations found in this graph: {found}. Of those listed, answering the need itself:"
    " {exact}; the others work near it in the chain. Whom the graph does not know is not listed.",
)
_OF_HUNDRED = Text("{score} su 100", "{score} of 100")
_CAUTION = Text("da sapere", "to be known")
_MISSING = Text("Chi manca, e perché", "Who is missing, and why")
_WEIGHTS = Text("Come si ordina", "How they are ranked")
_WEIGHED = Text("Il punteggio è la media pesata di", "The score is the weighted mean of")
_PARTS = {
    "fit": Text("quanto risponde alla richiesta", "how well the need is answered"),
    "sources": Text("quante fonti lo dicono", "how many sources say so"),
    "recency": Text("quanto è recente la conferma", "how recently it was confirmed"),
    "ties": Text("legami con chi chiede", "ties to the asker"),
    "shared": Text("progetti e reti in comune", "shared projects and networks"),
    "distance": Text("vicinanza", "nearness"),
}


def told(answer: Partners, lang: str) -> str:
    """The answer as Markdown, with its sources numbered at the end."""
    notes = Footnotes(lang)
    body = "\n".join(_lines(answer, lang, notes))
    return f"{body}\n{notes.markdown()}"


def _lines(answer: Partners, lang: str, notes: Footnotes) -> Iterator[str]:
    yield f"# {_TITLE.put(need=answer.wish.need.told())(lang)}"
    yield ""
    yield _conditions(answer, lang)
    yield ""
    if answer.partners:
        exact = sum(partner.exact for partner in answer.partners)
        counts = {"found": answer.found, "exact": exact}
        yield _COUNT.put(**{name: Text.same(str(n)) for name, n in counts.items()})(lang)
    else:
        yield _NONE(lang)
    yield ""
    for place, partner in enumerate(answer.partners, 1):
        score = _OF_HUNDRED.put(score=Text.same(f"{partner.score:.0f}"))(lang)
        yield f"{place}. **{partner.label(lang)}** ({score})"
        for reason in partner.reasons:
            yield f"   - {reason.text(lang)}{notes.cite(*reason.evidence)}"
        for caution in partner.cautions:
            cited = notes.cite(*caution.evidence)
            yield f"   - {_CAUTION(lang)}: {caution.text(lang)}{cited}"
    if answer.partners:
        yield ""
    if answer.excluded:
        yield f"## {_MISSING(lang)}"
        yield ""
        for one in answer.excluded:
            yield f"- {one.label(lang)}: {one.text(lang)}{notes.cite(*one.evidence)}"
        yield ""
    yield f"## {_WEIGHTS(lang)}"
    yield ""
    parts = (f"{_PARTS[name](lang)} ({weight:g})" for name, weight in answer.weights.items())
    yield f"{_WEIGHED(lang)}: {', '.join(parts)}."
    yield ""


def _conditions(answer: Partners, lang: str) -> str:
    wish = answer.wish
    day = Text(*(date_text(one, answer.at.isoformat()) for one in ("it", "en")))
    said = [_AT.put(day=day)]
    if wish.asker:
        said.append(_FOR.put(asker=answer.labels[wish.asker]))
    if wish.near:
        said.append(_NEAR.put(place=answer.labels[wish.near]))
    if wish.within is not None:
        said.append(_WITHIN.put(km=Text.same(f"{wish.within:g}")))
    return " ".join(text(lang) for text in said)
