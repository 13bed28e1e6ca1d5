"""The latest number that sources state of each thing by one measure."""

from __future__ import annotations

from decimal import Decimal

from filiera.network.reading import select
from filiera.store import Store
from filiera.vocabulary import FIL

__all__ = ["latest_figures"]


def latest_figures(store: Store, measure: str) -> dict[str, Decimal]:
    """Number of each thing by IRI: that of the latest day to which a source carries.

    The highest where sources of one day differ. Parts of a whole (of a kind), forecasts and
    targets do not count.
    """
    found: dict[str, tuple[str, Decimal]] = {}
    for subject, value, day in select(
        store,
        f"""SELECT ?subject ?value ?day {{
            ?figure a <{FIL.Figure}> ; <{FIL.subject}> ?subject ; <{FIL.measure}> <{measure}> ;
                <{FIL.value}> ?value ; <{FIL.lastKnown}> ?day .
            MINUS {{ ?figure <{FIL.ofKind}> ?kind }}
            MINUS {{ ?figure <{FIL.nature}> ?nature }}
        }}""",
    ):
        stated = (day.value, Decimal(value.value))
        if stated > found.get(subject.value, ("", Decimal(0))):
            found[subject.value] = stated
    return {subject: value for subject, (_, value) in found.items()}
