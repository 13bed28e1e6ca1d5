"""The answers that are offered by name: what the server and other programs reach them by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from filiera.answers.spoken import Spoken, spoken
from filiera.errors import ParameterError, UnknownQuestion
from filiera.facts.reading import nearest
from filiera.texts import Text

if TYPE_CHECKING:
    from filiera.ecosystem import Ecosystem

__all__ = ["ANSWERS", "Offered", "answer", "answered"]

Answering: TypeAlias = "Callable[[Ecosystem, Mapping[str, str]], Spoken]"


@dataclass(frozen=True)
class Offered:
    """An answer: its title, its parameters with an example of each, and the function.

    ``needed`` are the parameters without which there is no answer. The function takes the
    ecosystem and the parameters as text.
    """

    title: Text
    parameters: Mapping[str, str]
    needed: tuple[str, ...]
    answering: Answering
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Parameters that name things, with the kinds of thing that each takes."""


def answer(
    ecosystem: Ecosystem, name: str, parameters: Mapping[str, str], lang: str
) -> dict[str, Any]:
    """The answer of that name, as JSON holds it.

    Raises UnknownQuestion, ParameterError, or what the answer itself raises.
    """
    return answered(ecosystem, name, parameters, lang).to_dict(lang)


def answered(ecosystem: Ecosystem, name: str, parameters: Mapping[str, str], lang: str) -> Spoken:
    """The answer of that name, showing itself in ``lang``; raises as ``answer`` does."""
    if name not in ANSWERS:
        close = nearest(name, set(ANSWERS))
        raise UnknownQuestion(
            Text(
                f"nessuna analisi “{name}”; forse “{close}”?",
                f"no answer “{name}”; did you mean “{close}”?",
            )
        )
    offered = ANSWERS[name]
    for given in parameters:
        if given not in offered.parameters:
            known = ", ".join(offered.parameters)
            raise ParameterError(
                Text(
                    f"“{name}” non ha un parametro “{given}”; prende: {known}",
                    f"“{name}” has no parameter “{given}”; it takes: {known}",
                )
            )
    for needed in offered.needed:
        if not parameters.get(needed):
            example = offered.parameters[needed]
            raise ParameterError(
                Text(
                    f"“{name}” vuole {needed}=…, per esempio {needed}={example!r}",
                    f"“{name}” needs {needed}=…, for example {needed}={example!r}",
                )
            )
    return spoken(offered.answering(ecosystem, parameters), lang)


def _gaps(ecosystem: Ecosystem, parameters: Mapping[str, str]) -> Spoken:
    from filiera.answers.days import given_day

    at = given_day(parameters.get("at"))
    body = parameters.get("body")
    return ecosystem.gaps(parameters["chain"], body=body, at=at)


def _history(ecosystem: Ecosystem, parameters: Mapping[str, str]) -> Spoken:
    from filiera.answers.days import given_day

    return ecosystem.history(
        parameters.get("body"),
        start=given_day(parameters.get("from"), "first"),
        end=given_day(parameters.get("to")),
        at=given_day(parameters.get("at")),
    )


def _quality(ecosystem: Ecosystem, parameters: Mapping[str, str]) -> Spoken:
    from filiera.answers.days import given_day

    years = parameters.get("stale_years") or "5"
    if not years.isdecimal():
        raise ParameterError(
            Text(
                f"“quality”: stale_years={years!r} non è un numero intero",
                f"“quality”: stale_years={years!r} is not a whole number",
            )
        )
    at = given_day(parameters.get("at"))
    return ecosystem.quality(at=at, stale_years=int(years))


def _paths(ecosystem: Ecosystem, parameters: Mapping[str, str]) -> Spoken:
    from filiera.answers.days import given_day

    at, k = given_day(parameters.get("at")), _whole(parameters, "k", 3)
    return ecosystem.paths(parameters["from"], parameters["to"], k=k, at=at)


def _brokers(ecosystem: Ecosystem, parameters: Mapping[str, str]) -> Spoken:
    from filiera.answers.days import given_day

    without = [name for name in parameters.get("without", "").split(";") if name.strip()]
    at, top = given_day(parameters.get("at")), _whole(parameters, "top", 10)
    return ecosystem.brokers(at=at, top=top, without=without)


def _suggestions(ecosystem: Ecosystem, parameters: Mapping[str, str]) -> Spoken:
    from filiera.answers.days import given_day

    return ecosystem.suggestions(
        parameters.get("name"),
        chain=parameters.get("chain"),
        member=_yes_or_no(parameters, "member"),
        met=bool(_yes_or_no(parameters, "met")),
        at=given_day(parameters.get("at")),
        top=_whole(parameters, "top", 10),
        baseline=bool(_yes_or_no(parameters, "baseline")),
    )


def _yes_or_no(parameters: Mapping[str, str], name: str) -> bool | None:
    """A parameter that is yes or no; ``None`` if it is not given."""
    told = parameters.get(name, "")
    if told not in ("", "yes", "no"):
        raise ParameterError(
            Text(
                f"{name}={told!r} non è né yes né no",
                f"{name}={told!r} is neither yes nor no",
            )
        )
    return told == "yes" if told else None


def _report(ecosystem: Ecosystem, parameters: Mapping[str, str]) -> Spoken:
    from filiera.answers.days import given_day

    return ecosystem.report(
        parameters.get("body"),
        at=given_day(parameters.get("at")),
        since=given_day(parameters.get("since"), "first"),
    )


def _whole(parameters: Mapping[str, str], name: str, otherwise: int) -> int:
    """A parameter that is a whole number."""
    given = parameters.get(name)
    try:
        return int(given) if given else otherwise
    except ValueError:
        raise ParameterError(
            Text(
                f"{name} è un numero intero, non {given!r}",
                f"{name} is a whole number, not {given!r}",
            )
        ) from None


def _partners(ecosystem: Ecosystem, parameters: Mapping[str, str]) -> Spoken:
    from filiera.answers.days import given_day
    from filiera.answers.partners import weights_of

    within = _number(parameters, "within")
    limit = _number(parameters, "limit") or 10
    return ecosystem.partners(
        parameters["need"],
        asker=parameters.get("asker"),
        near=parameters.get("near"),
        within=within,
        kind=parameters.get("kind"),
        member=_yes_or_no(parameters, "member"),
        at=given_day(parameters.get("at")),
        weights=weights_of(parameters.get("weights", "").split(",")),
        limit=int(limit),
    )


def _number(parameters: Mapping[str, str], name: str) -> float | None:
    text = parameters.get(name)
    try:
        number = float(text) if text else None
    except ValueError as error:
        raise ParameterError(
            Text(f"{name}={text!r} non è un numero", f"{name}={text!r} is no number")
        ) from error
    if number is not None and not 0 < number < 1e6:
        raise ParameterError(
            Text(
                f"{name}={text!r} deve essere maggiore di 0 e minore di un milione",
                f"{name}={text!r} must be more than 0 and less than a million",
            )
        )
    return number


ANSWERS: dict[str, Offered] = {
    "history": Offered(
        Text("Storia di un organismo", "History of a body"),
        {"body": "clust-er-mech", "from": "2020", "to": "2022", "at": "2026"},
        (),
        _history,
        {"body": ("organisation",)},
    ),
    "quality": Offered(
        Text("Qualità dei fatti", "Quality of the facts"),
        {"at": "2026", "stale_years": "5"},
        (),
        _quality,
    ),
    "report": Offered(
        Text("Rapporto sui soci", "Report on the membership"),
        {"body": "clust-er-mech", "at": "2026", "since": "2025"},
        (),
        _report,
        {"body": ("organisation",)},
    ),
    "partners": Offered(
        Text("Partner per una richiesta", "Partners for a need"),
        {
            "need": "battery management system",
            "asker": "e80-group",
            "near": "reggio-nell-emilia",
            "within": "60",
            "kind": "company",
            "member": "no",
            "at": "2026",
            "weights": "distance=30,ties=0",
            "limit": "3",
        },
        ("need",),
        _partners,
        {
            "need": ("stage", "chain", "concept:field"),
            "asker": ("organisation",),
            "near": ("place",),
            "kind": ("concept:kind",),
        },
    ),
    "gaps": Offered(
        Text("Vuoti di una filiera", "Gaps of a value chain"),
        {"chain": "chain-batteries", "body": "clust-er-mech", "at": "2026"},
        ("chain",),
        _gaps,
        {"chain": ("chain",), "body": ("organisation",)},
    ),
    "paths": Offered(
        Text("Come due organizzazioni sono collegate", "How two organisations hang together"),
        {"from": "landi-renzo", "to": "unimore", "k": "3", "at": "2026"},
        ("from", "to"),
        _paths,
        {"from": ("organisation", "project"), "to": ("organisation", "project")},
    ),
    "suggestions": Offered(
        Text("Chi dovrebbe conoscersi", "Who should know each other"),
        {
            "name": "flash-battery",
            "chain": "chain-batteries",
            "member": "no",
            "met": "no",
            "at": "2026",
            "top": "10",
            "baseline": "no",
        },
        (),
        _suggestions,
        {"name": ("organisation",), "chain": ("chain",)},
    ),
    "brokers": Offered(
        Text("Chi fa da ponte, e che cosa si stacca", "Who links groups, and what falls apart"),
        {"top": "10", "without": "clust-er-mech", "at": "2026"},
        (),
        _brokers,
        {"without": ("organisation", "project")},
    ),
}
"""The answers by name; another one is one entry more."""
