"""A small graph in which it is plain who should know each other, and what is asked of it."""

from __future__ import annotations

import io
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import filiera
from filiera.answers.suggestions import Suggestions, suggestions
from filiera.build import build
from filiera.facts.dataset import Dataset
from filiera.store import MemoryStore
from filiera.vocabulary import FIL, ID, RDF
from tests.conftest import DESCRIPTION

TODAY = date(2026, 11, 22)


TABLES = {
    "sources": """\
id,url,title,publisher,published,language
page-a,https://example.org/a,Page A,Gazette,2020-07,it
page-b,https://example.org/b,Page B,Herald,2021-03-05,en
""",
    "organisations": """\
id,name,kind,place,dissolved,source
miner,Miner,company,bologna,,page-a
smelter,Smelter,company,modena,,page-a
wheel,Wheel,company,,,page-a
tyre,Tyre,company,,,page-a
axle,Axle,company,,,page-a
gone,Gone,company,bologna,2019,page-a
liquid,Liquid,company,bologna,,page-a
sister,Sister,company,bologna,,page-a
brother,Brother,company,bologna,,page-a
parent,Parent,company,,,page-a
friend,Friend,company,,,page-a
lab,Lab,company,,,page-a
uni,University,university,,,page-a
team,Team,company,,,page-a
cluster,Cluster,cluster,,,page-a
""",
    "bodies": """\
id,kind,name_it,name_en,parent,source
group-one,working-group,Gruppo,Group,cluster,page-a
""",
    "places": """\
id,kind,label_it,parent,code,latitude,longitude,source
italia,country,Italia,,IT,,,editorial
bologna,municipality,Bologna,italia,037006,44.49381,11.33875,page-a
modena,municipality,Modena,italia,036023,44.64783,10.92539,page-a
""",
    "chains": """\
id,label_it,label_en,source
chain-iron,Ferro,Iron,editorial
chain-other,Altro,Other,editorial
""",
    "stages": """\
id,chain,label_it,label_en,parent,feeds,kind,source
ore,chain-iron,Minerale,Ore,,melt,stage,page-a
melt,chain-iron,Fusione,Melting,,,stage,page-a
melt-pure,chain-iron,Purezza,Purity,melt,cast,stage,page-a
cast,chain-iron,Getto,Casting,,,stage,page-a
""",
    "capabilities": """\
organisation,stage,source
miner,ore,page-a
smelter,melt,page-b
gone,ore,page-a
liquid,ore,page-a
sister,ore,page-a
brother,melt,page-a
""",
    "fields": """\
organisation,field,source
miner,batteries,page-b
smelter,batteries,page-b
""",
    "memberships": """\
member,body,source
miner,cluster,page-a
smelter,cluster,page-a
wheel,cluster,page-a
tyre,group-one,page-a
""",
    "ties": """\
from,relation,to,start,end,source
wheel,supplies,axle,2019,,page-a
tyre,partner-of,axle,,,page-b
parent,controls,sister,,,page-a
parent,acquired,brother,2015,,page-a
friend,partner-of,miner,2010,2012,page-a
friend,partner-of,wheel,2030,,page-a
""",
    "phases": """\
subject,status,start,source
liquid,in-liquidation,2024,page-a
""",
    "projects": """\
id,kind,name,source
steel,project,Steel,page-b
""",
    "participations": """\
project,organisation,role,source
steel,lab,partner,page-b
steel,uni,coordinator,page-b
""",
    "figures": """\
subject,measure,value,date,source
cluster,members,40,2024,page-a
""",
}


@cache
def base() -> bytes:
    """The graph of the tables, as N-Quads."""
    store = MemoryStore()
    with TemporaryDirectory() as folder:
        Path(folder, "dataset.toml").write_text(DESCRIPTION, encoding="utf-8")
        for name, content in TABLES.items():
            Path(folder, f"{name}.csv").write_text(content, encoding="utf-8")
        build(Dataset.find(Path(folder)), store)
    output = io.BytesIO()
    store.dump(output)
    return output.getvalue()


def with_ties(*ties: tuple[str, str]) -> MemoryStore:
    """The graph with more ties."""
    lines = []
    for one, other in ties:
        node = f"<{ID.base}tie/{one}--supports--{other}>"
        for said in (
            f"<{RDF.type}> <{FIL.Tie}>",
            f"<{FIL.relation}> <https://w3id.org/filiera/concept/relation/supports>",
            f"<{FIL['from']}> <{ID.base}{one}>",
            f"<{FIL.to}> <{ID.base}{other}>",
        ):
            graph = "<https://w3id.org/filiera/graph/page-a>"
            lines += [f"{node} {said} .\n", f"{node} {said} {graph} .\n"]
    store = MemoryStore()
    store.load([base(), "".join(lines).encode()])
    return store


def asked(
    *ties: tuple[str, str],
    name: str = "",
    chain: str = "",
    member: bool | None = None,
    met: bool = False,
    at: date = TODAY,
    top: int = 100,
) -> Suggestions:
    """Suggestions for the small graph with more ties."""
    return suggestions(
        with_ties(*ties),
        body=ID.cluster,
        name=ID.base + name if name else "",
        chain=ID.base + chain if chain else "",
        member=member,
        met=met,
        at=at,
        top=top,
    )


def ids(told: Suggestions) -> list[tuple[str, str]]:
    """The pairs by their ids."""
    return [
        (pair.one.iri.removeprefix(ID.base), pair.other.iri.removeprefix(ID.base))
        for pair in told.pairs
    ]


def rebuilt(at: date = TODAY, *, met: bool = False, **tables: str) -> Suggestions:
    with TemporaryDirectory() as folder:
        Path(folder, "dataset.toml").write_text(DESCRIPTION, encoding="utf-8")
        for name, content in (TABLES | tables).items():
            Path(folder, f"{name}.csv").write_text(content, encoding="utf-8")
        with filiera.open_graph(folder, lang="en") as opened:
            return opened.suggestions(at=at, met=met, top=1000)
