"""How the analyses are asked in plain words: what each is about, and its fields.

The names of the fields are those of the parameters (`filiera.offered`); ``option`` is the way to
give one on the command line, empty for what stands there by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from filiera.texts import NOTHING, Text

__all__ = ["FORMS", "Field", "Form"]


@dataclass(frozen=True)
class Field:
    """A field of a form.

    ``type`` is that of a parameter of a question (`filiera.answers.catalogue.Parameter`), or
    ``number``, ``yes-no``, ``need`` (a stage, a chain, a field or free words) or
    ``organisations`` (several, joined by semicolons).
    """

    label: Text
    type: str = "text"
    option: str = ""
    default: str = ""
    focus: bool = False
    """Whether the body that the data set is about is meant where nothing is given."""


@dataclass(frozen=True)
class Form:
    """What an analysis tells, and the fields by which it is asked."""

    about: Text = NOTHING
    fields: Mapping[str, Field] = field(default_factory=dict)


_AT = Field(Text("Alla data", "At"), "date", "--at")
_BODY = Field(Text("Organismo", "Body"), "organisation", "--body", focus=True)
_TOP = Field(Text("Quante risposte", "How many answers"), "integer", "--top", "10")
_STALE = Field(
    Text("Anni dopo i quali un fatto è vecchio", "Years after which a fact is stale"),
    "integer",
    "--stale-years",
    "5",
)

FORMS: Mapping[str, Form] = {
    "gaps": Form(
        Text(
            "Quali stadi di una filiera sono coperti dai soci, quali dipendono da uno solo, quali"
            " sono a rischio e dove non risulta nessuno.",
            "Which stages of a value chain the members cover, which hang on one alone, which are"
            " at risk, and where nobody is known.",
        ),
        {"chain": Field(Text("Filiera", "Value chain"), "chain"), "body": _BODY, "at": _AT},
    ),
    "partners": Form(
        Text(
            "Chi può rispondere a una richiesta, in ordine, con le ragioni; e chi sembra adatto ma"
            " resta fuori, con il perché.",
            "Who can answer a need, ranked, with the reasons; and who seems to fit but is left"
            " out, and why.",
        ),
        {
            "need": Field(Text("Che cosa serve", "What is needed"), "need"),
            "near": Field(Text("Vicino a", "Near"), "place", "--near"),
            "within": Field(Text("Entro (km)", "Within (km)"), "number", "--within"),
            "asker": Field(Text("Chi lo chiede", "Who asks"), "organisation", "--for"),
            "kind": Field(Text("Solo di tipo", "Only of kind"), "concept:kind", "--kind"),
            "member": Field(
                Text("Socio dell’organismo", "Member of the body"), "yes-no", "--member"
            ),
            "at": _AT,
            "limit": Field(Text("Quante risposte", "How many answers"), "integer", "--limit", "10"),
            "weights": Field(
                Text("Pesi del punteggio", "Weights of the score"), "text", "--weight"
            ),
        },
    ),
    "paths": Form(
        Text(
            "Come due organizzazioni o progetti si collegano, un passo dopo l’altro, ciascuno con"
            " le sue fonti.",
            "How two organisations or projects hang together, step by step, each with its sources.",
        ),
        {
            "from": Field(Text("Da", "From"), "thing"),
            "to": Field(Text("A", "To"), "thing"),
            "k": Field(Text("Quanti percorsi", "How many paths"), "integer", "--k", "3"),
            "at": _AT,
        },
    ),
    "brokers": Form(
        Text(
            "Chi unisce gruppi che altrimenti non si incontrano, e che cosa si stacca se se ne va.",
            "Who links groups that otherwise do not meet, and what falls apart without them.",
        ),
        {
            "without": Field(Text("Senza contare", "Without"), "organisations", "--without"),
            "top": _TOP,
            "at": _AT,
        },
    ),
    "history": Form(
        Text(
            "Quanti soci dichiarano le fonti, chi è entrato e uscito, che cosa è successo, anno"
            " per anno.",
            "How many members sources state, who joined and left, and what happened, year by year.",
        ),
        {
            "body": Field(_BODY.label, "organisation", focus=True),
            "from": Field(Text("Dal", "From"), "date", "--from"),
            "to": Field(Text("Al", "To"), "date", "--to"),
            "at": _AT,
        },
    ),
    "quality": Form(
        Text(
            "Quanto sono datati, confermati e aggiornati i fatti, e che cosa conviene chiedere a"
            " chi.",
            "How well dated, confirmed and fresh the facts are, and what to ask whom next.",
        ),
        {"stale_years": _STALE, "at": _AT},
    ),
    "suggestions": Form(
        Text(
            "Chi non risulta ancora collegato e avrebbe ragione di conoscersi, con le ragioni.",
            "Who is not known to be linked yet and has reason to meet, with the reasons.",
        ),
        {
            "name": Field(Text("Per", "For"), "organisation"),
            "chain": Field(Text("Filiera", "Value chain"), "chain", "--chain"),
            "member": Field(
                Text("Soci dell’organismo", "Members of the body"), "yes-no", "--member"
            ),
            "top": _TOP,
            "met": Field(
                Text("Anche chi si è già incontrato", "Also who has met already"), "yes-no", "--met"
            ),
            "baseline": Field(
                Text("Confronta con il caso", "Compare with chance"), "yes-no", "--baseline"
            ),
            "at": _AT,
        },
    ),
    "report": Form(
        Text(
            "Chi sono i soci, da quando, dove e che cosa fanno; che cosa è cambiato; che cosa non"
            " si sa.",
            "Who the members are, since when, where and what they do; what changed; what is not"
            " known.",
        ),
        {
            "body": _BODY,
            "since": Field(Text("Novità dal", "News since"), "date", "--since"),
            "at": _AT,
        },
    ),
}
"""The forms, by the names of the analyses."""
