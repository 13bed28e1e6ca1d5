"""The gaps of a value chain told in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from filiera.answers.dates import date_text
from filiera.answers.evidence import Footnotes
from filiera.answers.firms import Firm
from filiera.answers.gap_model import STATUSES, Gaps, StageGap
from filiera.texts import Text

__all__ = ["knowledge_text", "told"]

_TITLE = Text("Vuoti della filiera", "Gaps of the value chain")
_SEEN = Text("Vista da {body}, al {day}.", "As {body} sees it, on {day}.")
_ATTENTION = Text("Dove guardare", "Where to look")
_STAGES = Text("Stadio per stadio", "Stage by stage")
_NONE = Text("Nessun vuoto in questo grafo.", "No gap in this graph.")
_INVITE = Text("Da invitare", "To invite")
_DOUBTFUL = Text("Con riserva", "With reservations")
_WIDER = Text(
    "Potrebbero lavorarvi, perché una fonte le pone allo stadio più ampio senza dire a quale parte",
    "May work here, because a source places them at the wider stage without saying at which part",
)
_BREAKS = Text("Ne risentono subito", "Feels it first")
_FURTHER = Text("e, più a valle", "and further downstream")
_WITHIN = Text("Vuoti al suo interno", "Gaps within it")
_MEMBERS = Text("Nel cluster", "In the cluster")
_OTHERS = Text("Fuori dal cluster", "Outside the cluster")
_GONE = Text("Non più, o non ancora, attive", "No longer, or not yet, at work")
_POSSIBLY = Text("adesione possibile a quella data", "possibly a member by then")
_LATER = Text("risulta solo da fonti successive", "known only from later sources")
_EXPLAINED = Text(
    "“{covered}”: almeno due organizzazioni del cluster senza rischi noti; “{one}”: una sola così;"
    " “{risk}”: tutte hanno un rischio (liquidazione, insolvenza, proprietà estera, ultima conferma"
    " di oltre {years} anni prima); “{outside}” e “{nobody}” sono i vuoti. Chi lavora a una parte"
    " di uno stadio lavora allo stadio.",
    "“{covered}”: at least two organisations of the cluster without a known risk; “{one}”: one"
    " such; “{risk}”: all bear a risk (liquidation, insolvency, an owner abroad, last confirmed"
    " more than {years} years before); “{outside}” and “{nobody}” are the gaps. Who works at a part"
    " of a stage works at the stage.",
)


def told(answer: Gaps, lang: str) -> str:
    """The answer as Markdown, with its sources numbered at the end."""
    return _Telling(answer, lang).text()


def knowledge_text(answer: Gaps, cited: str = "") -> Text:
    """How much the graph knows of the cluster and of the chain; ``cited`` follows what is stated.

    It says, too, that not to know is not to lack.
    """
    known, body = answer.knowledge, answer.body_label
    when = [one.when for one in known.stated_evidence]
    it = "nessuna fonte dichiara quanti soci vi siano"
    en = "no source states how many members there are"
    if known.stated is not None:
        days = Text(*("".join(f" {said(lang)}" for said in when) for lang in ("it", "en")))
        it = f"una fonte dichiara {known.stated_text.it} soci{days.it}{cited}"
        en = f"a source states {known.stated_text.en} members{days.en}{cited}"
    return Text(
        f"Di {body.it} {it}; questo grafo ne nomina {known.named}, e di {known.placed}"
        f" sa a quale stadio di una filiera lavorano ({known.placed_here} in questa)."
        " Organizzazioni che colloca in questa filiera, in tutto:"
        f" {known.organisations_placed_here}. Uno stadio dove il grafo non conosce nessuno può"
        " ben avere qualcuno.",
        f"Of {body.en}, {en}; this graph names {known.named} of them, and of {known.placed}"
        f" it knows at which stage of a chain they work ({known.placed_here} in this one)."
        " Organisations that it places in this chain, in all:"
        f" {known.organisations_placed_here}. A stage where the graph knows nobody may well"
        " have somebody.",
    )


class _Telling:
    def __init__(self, answer: Gaps, lang: str) -> None:
        self._answer = answer
        self._lang = lang
        self._notes = Footnotes(lang)

    def text(self) -> str:
        answer, lang = self._answer, self._lang
        day = Text(*(date_text(one, answer.at.isoformat()) for one in ("it", "en")))
        lines = [
            f"# {_TITLE(lang)}: {answer.label(lang)}",
            "",
            _SEEN.put(body=answer.body_label, day=day)(lang),
            "",
            self._knowledge(),
            "",
            _EXPLAINED.put(
                covered=STATUSES["covered"],
                one=STATUSES["one-only"],
                risk=STATUSES["at-risk"],
                outside=STATUSES["outside-only"],
                nobody=STATUSES["nobody-known"],
                years=Text.same(str(answer.stale_years)),
            )(lang),
            "",
            f"## {_ATTENTION(lang)}",
            "",
            *self._attention(),
            f"## {_STAGES(lang)}",
            "",
        ]
        for stage in answer.stages:
            lines += [*self._stage(stage), ""]
        text = "\n".join(lines) + "\n" + self._notes.markdown()
        return re.sub(r"\n{3,}", "\n\n", text)

    def _knowledge(self) -> str:
        cited = self._notes.cite(*self._answer.knowledge.stated_evidence)
        return knowledge_text(self._answer, cited)(self._lang)

    def _attention(self) -> Iterator[str]:
        found = False
        for status, name in STATUSES.items():
            stages = [stage for stage in self._answer.stages if stage.status == status]
            if status == "covered" or not stages:
                continue
            found = True
            yield f"### {_capital(name(self._lang))}"
            yield ""
            for stage in stages:
                yield f"- **{stage.label(self._lang)}**. {' '.join(self._why(stage))}".rstrip()
            yield ""
        if not found:
            yield _NONE(self._lang)
            yield ""

    def _why(self, stage: StageGap) -> Iterator[str]:
        lang = self._lang
        if stage.members:
            yield "; ".join(self._with_risks(firm) for firm in stage.members) + "."
        if not stage.members:
            doubtful = [
                firm for firm in stage.others if firm.iri not in stage.invite and not firm.itself
            ]
            chosen = [firm for firm in stage.others if firm.iri in stage.invite]
            for title, firms in ((_INVITE, chosen), (_DOUBTFUL, doubtful)):
                if firms:
                    yield f"{title(lang)}: {'; '.join(map(self._with_risks, firms))}."
        if stage.wider:
            yield f"{_WIDER(lang)}: {self._names(stage.wider)}."
        if stage.breaks:
            further = f", {_FURTHER(lang)}: {self._names(stage.breaks_further)}"
            said = f"{_BREAKS(lang)}: {self._names(stage.breaks)}"
            yield said + (further if stage.breaks_further else "") + "."

    def _with_risks(self, firm: Firm) -> str:
        risks = "; ".join(
            risk.text(self._lang) + self._notes.cite(*risk.evidence) for risk in firm.risks
        )
        return firm.label(self._lang) + (f" ({risks})" if risks else "")

    def _stage(self, stage: StageGap) -> Iterator[str]:
        lang = self._lang
        status = STATUSES[stage.status](lang)
        yield f"{'#' * min(3 + stage.depth, 6)} {stage.label(lang)}: {status}"
        yield ""
        for title, firms in (
            (_MEMBERS, stage.members),
            (_OTHERS, stage.others),
            (_GONE, stage.gone),
        ):
            if firms:
                yield f"{title(lang)}:"
                yield ""
                yield from (f"- {self._firm(firm)}" for firm in firms)
                yield ""
        if stage.gaps_within:
            yield f"{_WITHIN(lang)}: {self._names(stage.gaps_within)}."

    def _firm(self, firm: Firm) -> str:
        lang = self._lang
        what = f": {firm.what(lang)}" if firm.what(lang) else ""
        said = [f"{firm.label(lang)}{what}{self._notes.cite(*firm.claims, *firm.membership)}"]
        said += [
            remark.text(lang) + self._notes.cite(*remark.evidence)
            for remark in (*firm.risks, *firm.notes)
        ]
        if firm.member == "possibly":
            said.append(_POSSIBLY(lang))
        if firm.only_later:
            said.append(_LATER(lang))
        return "; ".join(said)

    def _names(self, iris: tuple[str, ...]) -> str:
        return ", ".join(self._answer.labels[iri](self._lang) for iri in iris)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
