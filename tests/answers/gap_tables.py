"""A small chain whose gaps are plain."""

from __future__ import annotations

from datetime import date

TODAY = date(2026, 11, 22)


ORGANISATIONS = (
    "acme", "bolt", "gone", "liquid", "owned", "below", "stranger", "far", "parent", "late",
)  # fmt: skip


STAGES = ("ore", "make", "make-cut", "make-weld", "test", "use", "reuse", "help")


TABLES = {
    "sources": """\
id,url,title,publisher,published,language
page-new,https://example.org/new,New page,Gazette,2025-07,en
page-old,https://example.org/old,Old page,Herald,2015-03-05,en
page-bare,https://example.org/bare,Bare page,,,en
""",
    "organisations": """\
id,name,kind,place,founded,dissolved,source
acme,Acme,company,bologna,,,page-new
bolt,Bolt,company,,,,page-new
gone,Gone,company,,,2019,page-new
liquid,Liquid,company,,,,page-new
owned,Owned,company,bologna,,,page-new
below,Below,company,bologna,,,page-new
stranger,Stranger,company,,,,page-new
far,Far AG,company,germania,,,page-new
parent,Parent,company,bologna,,,page-new
late,Late,company,,2030,,page-new
cluster,Cluster,cluster,bologna,,,page-new
""",
    "places": """\
id,kind,label_it,label_en,parent,code,latitude,longitude,source
italia,country,Italia,Italy,,IT,,,editorial
germania,country,Germania,Germany,,DE,,,editorial
bologna,municipality,Bologna,Bologna,italia,037006,44.49381,11.33875,page-new
""",
    "memberships": """\
member,body,role,start,end,source
acme,cluster,,2019,,page-new
bolt,cluster,,,,page-new
gone,cluster,,2010,,page-new
liquid,cluster,,2018,,page-new
owned,cluster,,2018,,page-new
below,cluster,,2018,,page-new
late,cluster,,2018,,page-new
""",
    "ties": """\
from,relation,to,start,end,source
far,acquired,owned,2022,,page-new
parent,controls,below,,,page-new
""",
    "phases": """\
subject,status,start,source
liquid,in-liquidation,2024,page-new
""",
    "figures": """\
subject,measure,precision,value,date,source
cluster,members,more-than,40,2024,page-new
cluster,members,,50,2030,page-new
""",
    "chains": """\
id,label_it,label_en,source
chain-things,Cose,Things,editorial
chain-empty,Vuota,Empty,editorial
""",
    "stages": """\
id,chain,label_it,label_en,parent,feeds,kind,source
ore,chain-things,Minerale,Ore,,make,stage,page-new
make,chain-things,Produzione,Making,,use,stage,page-new
make-cut,chain-things,Taglio,Cutting,make,make-weld,stage,page-new
make-weld,chain-things,Saldatura,Welding,make,use,stage,page-new
test,chain-things,Prove,Testing,,use,stage,page-new
use,chain-things,Uso,Use,,reuse,stage,page-new
reuse,chain-things,Riuso,Reuse,,,stage,page-new
help,chain-things,Aiuto,Help,,make,cross-cutting,page-new
""",
    "capabilities": """\
organisation,stage,what_it,what_en,as_of,source
acme,make-cut,Taglia,Cuts,,page-new
bolt,make-cut,,,,page-new
acme,make-weld,,,,page-new
parent,make,,,,page-new
owned,test,,,,page-new
liquid,test,,,,page-new
far,test,,,,page-new
stranger,use,,,,page-new
liquid,reuse,,,,page-new
gone,reuse,,,,page-new
late,ore,,,,page-new
acme,help,,,2016,page-old
""",
}
