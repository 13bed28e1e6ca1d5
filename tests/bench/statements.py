"""Rows of the tables of generated facts: memberships, ties, offices, capabilities, figures.

Ties follow preferential attachment (Barabási and Albert, Science 286, 1999): who has many gets
more of them, so that a few organisations have very many.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.bench.draws import Weighted, date_as_said, low, share, very_low
from tests.bench.ecosystem import BODY, CHAINS, STAGES, Ecosystem, Row

__all__ = [
    "capabilities",
    "fields",
    "figures",
    "memberships",
    "offerings",
    "offices",
    "participations",
    "phases",
    "ties",
]

_TIES = Weighted(dict(enumerate((0.5, 0.34, 0.1, 0.045, 0.01, 0.005))))
"""How many ties an organisation brings to those before it."""
_MEMBER, _CAPABLE, _ACTIVE_IN, _FIGURED = 0.11, 0.2, 0.2, 0.03
_OFFICE, _OFFERS, _TROUBLED = 0.015, 0.01, 0.01
"""What share of the organisations has such a row."""

_RELATIONS = Weighted(
    {
        "supplies": 52,
        "partner-of": 22,
        "research-partner-of": 9,
        "controls": 5,
        "acquired": 4,
        "invested-in": 3,
        "joint-venture-with": 2,
        "supports": 2,
        "spun-off-from": 1,
    }
)
_DOWNWARD = {"controls", "acquired", "invested-in", "supports"}
"""Relations that run from the older and larger organisation."""
_MEASURES = ("employees", "revenue", "patents-filed", "export-share", "customers", "plant-area")
_STATUSES = ("in-liquidation", "insolvent", "active", "liquidation-sought")


def memberships(eco: Ecosystem, draw: random.Random) -> Iterator[Row]:
    for number in share(draw, eco.count, _MEMBER):
        joined = {very_low(draw, eco.bodies) for _ in range(2 if draw.random() < 0.2 else 1)}
        for body in sorted(joined):
            start = date_as_said(draw) if draw.random() < 0.5 else ""
            for source in eco.two_sources(draw):
                yield {
                    "member": eco.organisation(number),
                    "body": eco.body(body)[0],
                    "role": "member" if draw.random() < 0.9 else "founding-member",
                    "start": start,
                    "source": source,
                }


def ties(eco: Ecosystem, draw: random.Random) -> Iterator[Row]:
    ends = eco.ends
    for number in range(1, eco.count):
        others: set[int] = set()
        for _ in range(min(_TIES.draw(draw), number)):
            favoured = ends and draw.random() < 0.9
            others.add(draw.choice(ends) if favoured else draw.randrange(number))
        for other in sorted(others):
            ends.extend((number, other))
            relation = _RELATIONS.draw(draw)
            downward = relation in _DOWNWARD or draw.random() < 0.5
            pair = (other, number) if downward else (number, other)
            start = date_as_said(draw) if draw.random() < 0.25 else ""
            for source in eco.two_sources(draw):
                yield {
                    "from": eco.organisation(pair[0]),
                    "relation": relation,
                    "to": eco.organisation(pair[1]),
                    "start": start,
                    "source": source,
                }


def offices(eco: Ecosystem, draw: random.Random) -> Iterator[Row]:
    for number in share(draw, eco.count, _OFFICE):
        in_body = draw.random() < 0.1
        organisation = eco.organisation(number)
        yield {
            "person": eco.names.person(number),
            "office": eco.concept(draw, "office"),
            "body": eco.body(very_low(draw, eco.bodies))[0] if in_body else organisation,
            "affiliation": organisation if in_body else "",
            "as_of": date_as_said(draw) if draw.random() < 0.5 else "",
            "source": eco.source(draw),
        }


def participations(eco: Ecosystem, draw: random.Random) -> Iterator[Row]:
    for number in range(eco.projects):
        slug = eco.project(number)[0]
        partners = {draw.choice(eco.ends) for _ in range(2 + low(draw, 6))}
        for rank, partner in enumerate(sorted(partners)):
            yield {
                "project": slug,
                "organisation": eco.organisation(partner),
                "role": "partner" if rank else "coordinator",
                "source": eco.source(draw),
            }


def capabilities(eco: Ecosystem, draw: random.Random) -> Iterator[Row]:
    for number in share(draw, eco.count, _CAPABLE):
        chain, stage = low(draw, CHAINS), draw.randrange(STAGES)
        yield {
            "organisation": eco.organisation(number),
            "stage": f"stage-{chain}-{stage}",
            "as_of": date_as_said(draw) if draw.random() < 0.1 else "",
            "source": eco.source(draw),
        }


def fields(eco: Ecosystem, draw: random.Random) -> Iterator[Row]:
    for number in share(draw, eco.count, _ACTIVE_IN):
        yield {
            "organisation": eco.organisation(number),
            "field": eco.concept(draw, "field"),
            "source": eco.source(draw),
        }


def offerings(eco: Ecosystem, draw: random.Random) -> Iterator[Row]:
    for number in share(draw, eco.count, _OFFERS):
        yield {
            "organisation": eco.organisation(number),
            "product_it": f"Prodotto {number}",
            "product_en": f"Product {number}",
            "source": eco.source(draw),
        }


def phases(eco: Ecosystem, draw: random.Random) -> Iterator[Row]:
    for number in share(draw, eco.count, _TROUBLED):
        yield {
            "subject": eco.organisation(number),
            "status": draw.choice(_STATUSES),
            "start": date_as_said(draw),
            "source": eco.source(draw),
        }


def figures(eco: Ecosystem, draw: random.Random) -> Iterator[Row]:
    yield {
        "subject": BODY,
        "measure": "members",
        "value": str(eco.count // 8),
        "date": "2020-07",
        "source": eco.source(draw),
    }
    for number in share(draw, eco.count, _FIGURED):
        measure, year = draw.choice(_MEASURES), draw.randrange(2015, 2026)
        value = round(draw.paretovariate(1.1) * 10)
        for wrong, source in enumerate(eco.two_sources(draw)):
            yield {
                "subject": eco.organisation(number),
                "measure": measure,
                "precision": "approximately" if draw.random() < 0.2 else "",
                "value": str(value + wrong),
                "date": str(year),
                "source": source,
            }
