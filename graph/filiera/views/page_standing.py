"""What marks an organisation that does not simply go on working: closed, in trouble, bought."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from filiera.answers.firms import Remark
from filiera.answers.standing import Standing
from filiera.iris import local_id
from filiera.texts import Text

__all__ = ["remarks_text", "state_of"]

_NAMES = {"in-liquidation": "liquidation"}


def state_of(standing: Standing, organisation: str) -> str:
    """How an organisation stands, the gravest first; empty where nothing is to be marked.

    ``closed``, ``not-yet-founded``, ``liquidation``, ``insolvent``, ``liquidation-sought`` or
    ``bought``.
    """
    if standing.closed(organisation):
        return "closed"
    if standing.founded_later(organisation):
        return "not-yet-founded"
    for phase in standing.troubles(organisation):
        slug = local_id(phase.status).rsplit("/", 1)[-1]
        return _NAMES.get(slug, slug)
    return "bought" if standing.owners(organisation) else ""


def remarks_text(*remarks: Iterable[Remark]) -> Text:
    """Remarks on an organisation in one line."""
    said: Sequence[Text] = list(dict.fromkeys(one.text for some in remarks for one in some))
    return Text("; ".join(text.it for text in said), "; ".join(text.en for text in said))
