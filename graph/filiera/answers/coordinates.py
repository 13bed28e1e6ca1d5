"""Where places lie: their own coordinates, or the middle of the places within them."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import QuerySolutions

from filiera.store import Store

__all__ = ["coordinates"]

_WITHIN = """
SELECT ?place (AVG(?lat) AS ?latitude) (AVG(?long) AS ?longitude) {{
  VALUES ?place {{ {places} }}
  ?point schema:containedInPlace* ?place ; schema:latitude ?lat ; schema:longitude ?long .
}} GROUP BY ?place
"""


def coordinates(store: Store, places: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Latitude and longitude in degrees of each place (an IRI) that has a known point in it.

    A province or region lies in the middle of those of its towns that the graph knows.
    """
    listed = " ".join(f"<{place}>" for place in sorted(set(places)))
    rows = store.query(_WITHIN.format(places=listed))
    assert isinstance(rows, QuerySolutions)
    return {
        row["place"].value: (float(row["latitude"].value), float(row["longitude"].value))
        for row in rows
        if row["place"] is not None
    }
