"""Rows of the tables of generated things: sources, places, organisations, bodies, events."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.bench.draws import date_as_said, day, low, share, very_low
from tests.bench.ecosystem import BODY, CHAINS, STAGES, Ecosystem, Row

__all__ = [
    "bodies",
    "chains",
    "commitments",
    "decisions",
    "events",
    "names",
    "organisations",
    "places",
    "projects",
    "redirects",
    "sources",
    "stages",
]

# What share of the organisations has such a cell or row. Together with the shares of the other
# facts they give about 17 quads an organisation.
_PLACED, _LEGAL, _FOUNDED, _WEBSITE, _ACTIVE = 0.45, 0.03, 0.06, 0.15, 0.08
_RENAMED = 0.02


def sources(eco: Ecosystem, draw: random.Random) -> Iterator[Row]:
    for number in range(eco.sources):
        _, about = eco.names.organisation(draw.randrange(eco.count))
        yield {
            "id": f"page-{number:05}",
            "url": f"https://notizie.example/articoli/{number:05}",
            "title": f"{about}: notizia {number}",
            "publisher": f"Gazzetta {low(draw, 60) + 1}",
            "published": day(draw) if draw.random() < 0.8 else "",
            "language": "en" if draw.random() < 0.2 else "it",
        }


def places(eco: Ecosystem, draw: random.Random) -> Iterator[Row]:
    for row in eco.places:
        yield row | {"source": eco.source(draw)}


def organisations(eco: Ecosystem, draw: random.Random) -> Iterator[Row]:
    for number in range(eco.count):
        slug, name = eco.names.organisation(number)
        row = {
            "id": slug,
            "name": name,
            "kind": eco.kinds.draw(draw),
            "source": eco.source(draw),
        }
        if draw.random() < _PLACED:
            row["place"] = eco.towns.draw(draw)
        if draw.random() < _FOUNDED:
            row["founded"] = date_as_said(draw)
        if draw.random() < _WEBSITE:
            row["website"] = f"https://www.{slug}.example"
        if draw.random() < _ACTIVE:
            row["activity_it"] = f"Progetta e costruisce per la clientela di {name}"
            row["activity_en"] = f"Designs and builds for the customers of {name}"
        yield row
        if draw.random() < _LEGAL:
            yield {"id": slug, "legal_name": f"{name} S.r.l.", "source": "editorial"}


def bodies(eco: Ecosystem, draw: random.Random) -> Iterator[Row]:
    for number in range(eco.bodies):
        slug, name = eco.body(number)
        kind = "cluster" if number == 0 else "working-group" if number <= 8 else "network"
        yield {
            "id": slug,
            "kind": kind,
            "name_it": name,
            "name_en": name,
            "parent": BODY if kind == "working-group" else "",
            "founded": date_as_said(draw),
            "source": eco.source(draw),
        }


def names(eco: Ecosystem, draw: random.Random) -> Iterator[Row]:
    for number in share(draw, eco.count, _RENAMED):
        _, former = eco.names.organisation(eco.count + number)
        yield {
            "organisation": eco.organisation(number),
            "name": former,
            "kind": "former",
            "end": date_as_said(draw),
            "source": eco.source(draw),
        }


def projects(eco: Ecosystem, draw: random.Random) -> Iterator[Row]:
    for number in range(eco.projects):
        slug, name = eco.project(number)
        start, end = sorted((draw.randrange(2012, 2024), draw.randrange(2012, 2024)))
        yield {
            "id": slug,
            "kind": "project",
            "acronym": "".join(part[0] for part in name.split()) + str(number),
            "name": name,
            "programme": eco.concept(draw, "programme"),
            "start": str(start),
            "end": str(end),
            "source": eco.source(draw),
        }


def chains(eco: Ecosystem, draw: random.Random) -> Iterator[Row]:
    for number in range(CHAINS):
        yield {
            "id": f"chain-{number}",
            "label_it": f"Filiera {number}",
            "label_en": f"Chain {number}",
            "group": eco.body(1 + number)[0],
            "source": eco.source(draw),
        }


def stages(eco: Ecosystem, draw: random.Random) -> Iterator[Row]:
    for chain in range(CHAINS):
        for stage in range(STAGES):
            later = range(stage + 1, min(stage + 3, STAGES))
            yield {
                "id": f"stage-{chain}-{stage}",
                "chain": f"chain-{chain}",
                "label_it": f"Fase {stage} della filiera {chain}",
                "label_en": f"Stage {stage} of chain {chain}",
                "feeds": ";".join(f"stage-{chain}-{other}" for other in later),
                "kind": "stage",
                "source": eco.source(draw),
            }


def events(eco: Ecosystem, draw: random.Random) -> Iterator[Row]:
    for number in range(eco.events):
        yield {
            "id": f"evento-{number}",
            "kind": "assembly" if number % 3 == 0 else eco.concept(draw, "event-kind"),
            "name_it": f"Incontro {number}",
            "name_en": f"Meeting {number}",
            "date": date_as_said(draw),
            "mode": eco.concept(draw, "event-mode"),
            "place": eco.towns.draw(draw),
            "organiser": eco.body(very_low(draw, eco.bodies))[0],
            "concerns": eco.anyone(draw),
            "source": eco.source(draw),
        }


def decisions(eco: Ecosystem, draw: random.Random) -> Iterator[Row]:
    for number in range(0, eco.events, 3):
        yield {
            "id": f"decisione-{number}",
            "name_it": f"Decisione {number}",
            "name_en": f"Decision {number}",
            "date": day(draw),
            "meeting": f"evento-{number}",
            "decided_by": BODY,
            "effect": eco.concept(draw, "effect"),
            "affects": eco.body(1 + number % 8)[0],
            "source": eco.source(draw),
        }


def commitments(eco: Ecosystem, draw: random.Random) -> Iterator[Row]:
    for number in range(0, eco.events, 9):
        yield {
            "id": f"impegno-{number}",
            "name_it": f"Impegno {number}",
            "name_en": f"Commitment {number}",
            "committed_by": eco.body(1 + number % 8)[0],
            "concerns": f"chain-{number % CHAINS}",
            "made_at": f"evento-{number}",
            "due": day(draw),
            "outcome": eco.concept(draw, "outcome") if draw.random() < 0.5 else "",
            "source": eco.source(draw),
        }


def redirects(eco: Ecosystem, draw: random.Random) -> Iterator[Row]:
    for number in range(0, eco.events, 11):
        yield {
            "former": f"evento-di-prima-{number}",
            "present": f"evento-{number}",
            "date": day(draw),
            "reason": eco.concept(draw, "id-change"),
            "source": eco.source(draw),
        }
