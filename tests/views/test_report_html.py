"""The report as a page: what stands in it, its drawings, and that it stands alone."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path

import pytest

import filiera
from filiera.answers.report import report
from filiera.answers.report_model import Report
from filiera.build import build
from filiera.errors import OutputError, UsageError
from filiera.store import MemoryStore
from filiera.texts import Text
from filiera.views.charts import Point, Step, bar, over_years
from filiera.views.report_files import report_format
from filiera.views.report_html import report_page
from filiera.views.report_map import report_map
from filiera.views.report_words import WORDS
from filiera.vocabulary import ID
from tests.conftest import MakeDataset
from tests.small_cluster import iri, small_store

TITLE = Text("{nodes} {edges} {body}", "{nodes} {edges} {body}")


@pytest.fixture(scope="module")
def real(ecosystem: filiera.Ecosystem) -> Report:
    return ecosystem.report(at=date(2026, 11, 22), since=date(2025, 1, 1))


@pytest.fixture(scope="module")
def page(real: Report) -> str:
    return report_page(real, "it")


def plain(page: str) -> str:
    """The texts of a page, without its marks."""
    body = page.split("<body>")[1]
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", body).split()))


def test_the_cover_says_how_much_is_known(page: str) -> None:
    text = plain(page)
    assert text.startswith(
        "Rapporto per l'assemblea Clust-ER Meccatronica e Motoristica al 22 novembre 2026"
    )
    assert "più di 130 soci dichiarati a gennaio 2023 [ 1 ]" in text
    assert "17 nominati in questo rapporto 13,1% di quelli dichiarati" in text
    assert "53 stadi di filiera su 72 senza soci noti" in text
    assert "4 criteri su 8 soddisfatti" in text


def test_the_summary_is_a_few_true_sentences(page: str) -> None:
    text = plain(page)
    assert (
        "Una fonte dichiara più di 130 soci (a gennaio 2023); questo rapporto ne nomina 17."
        " Dal 1º gennaio 2025 questo grafo non conosce né ingressi né uscite; eventi e decisioni"
        " del cluster: 2." in text
    )
    assert (
        "Criteri pubblicati soddisfatti: 4 su 8; non soddisfatti: 0; per 4 questo grafo non"
        " permette di dirlo." in text
    )


def test_everything_has_its_section(page: str) -> None:
    sections = re.findall(r'<section id="(\w+)"', page)
    contents = re.findall(r'<li><a href="#(\w+)">', page.split("</nav>")[0])
    assert sections == ["summary", *contents]
    text = plain(page)
    assert "Manz Italy Manz Italy Srl in liquidazione (da gennaio 2026)" in text
    assert "18 voci per 17 soci" in text
    assert "Soci: 154 , senza data" in text
    assert "Produzione di celle nessuno noto" in text
    assert "da invitare: Selcom" in text
    assert "A Register your profile: cluster organisation, validation criteria" in text


def test_the_other_language(real: Report) -> None:
    english = report_page(real, "en")
    assert '<html lang="en">' in english
    text = plain(english)
    assert "more than 130 members stated" in text
    assert "Check against published criteria" in text
    italian = {word.it for word in WORDS.values() if len(word.it) > 20 and "{" not in word.it}
    assert not [word for word in italian if word in text]


def test_every_mark_leads_to_a_source_and_every_source_is_marked(page: str) -> None:
    places = re.findall(r' id="([\w-]+)"', page)
    assert len(places) == len(set(places))
    targets = set(re.findall(r'href="#([\w-]+)"', page))
    assert targets <= set(places)
    listed = {int(place[1:]) for place in places if re.fullmatch(r"s\d+", place)}
    cited = set()
    for marks in re.findall(r'<span class="cite">\[(.*?)\]</span>', page):
        for mark in re.sub(r"<[^>]+>", "", marks).split(", "):
            first, _, last = mark.partition("–")
            if first.isdigit():
                cited |= set(range(int(first), int(last or first) + 1))
    assert cited == listed


def test_the_flow_begins_where_nothing_comes_before(page: str) -> None:
    batteries = page.split("Batterie ed elettrificazione mobile</h3>")[1].split("</article>")[0]
    flow = batteries.split('<ol class="board flow">')[1].split("</ol>")[0]
    names = [
        html.unescape(re.sub(r"<[^>]+>", "", name)).strip()
        for name in re.findall(r"<h5>(.*?)</h5>", flow, re.DOTALL)
    ]
    order = {name: number for number, name in enumerate(names)}
    for before, after in (
        ("Materie prime", "Materiali attivi e avanzati"),
        ("Materiali attivi e avanzati", "Produzione di celle"),
        ("Produzione di celle", "Moduli e pacchi batteria"),
        ("Sistema di gestione della batteria (BMS)", "Moduli e pacchi batteria"),
        ("Moduli e pacchi batteria", "Integrazione in veicoli e macchine"),
        ("Integrazione in veicoli e macchine", "Riciclo"),
    ):
        assert order[before] < order[after], (before, after)
    assert "Trasversali</h4>" in batteries
    assert "Proprietà intellettuale e brevetti" not in order


def test_the_page_stands_alone(page: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert policy
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert html.unescape(policy[1]) == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"<(script|link|img|iframe|object)\b", page)
    assert not re.search(r"\s(style|on\w+)=", page)
    assert "url(" not in style[1]
    for drawing in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
        ElementTree.fromstring(drawing)


def test_the_running_title_is_a_css_string(make_dataset: MakeDataset) -> None:
    store = MemoryStore()
    hostile = 'acme"}</style><script>x</script>'
    build(
        make_dataset(
            bodies="id,kind,acronym,name_it,name_en,source\n"
            f'cluster,cluster,"{hostile.replace(chr(34), chr(34) * 2)}",Nodo,Hub,page-a\n'
        ),
        store,
    )
    page = report_page(report(store, f"{ID.base}cluster", at=date(2021, 1, 1)), "en")
    style = page.split("<style>")[1].split("</style>")[0]
    assert r"acme\22 \7d \3c \2f style\3e \3c script" in style
    assert "<script>" not in page


def test_numbers_that_disagree_stand_side_by_side() -> None:
    text = plain(report_page(report(small_store(), iri("hub"), at=date(2021, 4, 1)), "en"))
    assert "120 members stated in 2020 [ 1 ] ≠ 100 [ 2 ]" in text.replace(
        "[ 2 ] ≠ 100 [ 1 ]", "[ 1 ] ≠ 100 [ 2 ]"
    )
    assert "4 named in this report 3.3% of those stated" in text


def test_doubt_is_shown() -> None:
    found = report(small_store(), iri("hub"), at=date(2020, 3, 1), since=date(2020, 1, 1))
    text = plain(report_page(found, "en"))
    assert "2 named in this report and possibly 2 more" in text
    assert "this report names 2 (and possibly 2 more)" in text
    assert "(possibly in this time)" in text
    assert "1 stage" not in text


def test_a_cluster_of_which_nothing_is_known(make_dataset: MakeDataset) -> None:
    store = MemoryStore()
    build(make_dataset(memberships=None, figures=None, ties=None), store)
    found = report(store, f"{ID.base}cluster", at=date(2021, 1, 1))
    text = plain(report_page(found, "it"))
    assert "– soci dichiarati nessuna fonte lo dice" in text
    for nothing in ("no_members", "no_joined", "no_left", "no_status", "no_chains", "no_brokers"):
        assert WORDS[nothing].it in text, nothing
    assert report_map(found, "it", title=TITLE) is None
    assert WORDS["sum_unstated"].it.format(named=0) in text


def test_who_joined_by_the_assembly_of_2020(ecosystem: filiera.Ecosystem) -> None:
    found = ecosystem.report(at=date(2020, 7, 31), since=date(2020, 1, 1))
    text = plain(report_page(found, "it"))
    assert "Una fonte dichiara 103 soci (a luglio 2020)" in text
    assert "questo rapporto ne nomina 16 (più 1 in forse)." in text
    assert "ingressi 16 (più 1 in forse), uscite 0," in text
    assert "Entrati Arco Fuel Cells, tra gennaio e luglio 2020. [ 1 ] Bercella, tra" in text
    assert "SACMI fa parte di Clust-ER Meccatronica e Motoristica (giorno di ingresso non" in text
    assert "15,5% di quelli dichiarati" in text


def test_the_map_shows_members_and_their_neighbours(real: Report) -> None:
    drawn = report_map(real, "it", title=TITLE)
    assert drawn is not None
    root = ElementTree.fromstring(drawn.svg)
    assert root.get("aria-label") == f"{drawn.nodes} {drawn.pairs} {real.label.it}"
    labels = [(text.get("class"), text.text) for text in root.iter("text")]
    assert [name for role, name in labels if role == "cluster"] == ["MECH"]
    assert len([name for role, name in labels if role == "member"]) == 17
    assert len(labels) == drawn.nodes == 18 + 40
    assert drawn.left_out == len(real.neighbours) - 40
    assert len(list(root.iter("line"))) == drawn.pairs
    assert drawn.evidence
    left, top, width, height = map(float, str(root.get("viewBox")).split())
    for text in root.iter("text"):
        x, y = float(str(text.get("x"))), float(str(text.get("y")))
        half = len(str(text.text)) * 11.5 * 0.56 / 2
        assert left <= x - half
        assert x + half <= left + width
        assert top < y < top + height


def test_labels_on_the_map_do_not_cover_each_other(real: Report) -> None:
    drawn = report_map(real, "en", title=TITLE)
    assert drawn is not None
    boxes = []
    for text in ElementTree.fromstring(drawn.svg).iter("text"):
        x, y = float(str(text.get("x"))), float(str(text.get("y")))
        half = len(str(text.text)) * 11.5 * 0.5 / 2
        boxes.append((x - half, x + half, y - 9, y + 2, text.text))
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            apart = one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2]
            assert apart or other[3] <= one[2], (one[4], other[4])


def test_a_large_cluster_is_cut_to_what_can_be_read(make_dataset: MakeDataset) -> None:
    names = [f"firm-{number:03}" for number in range(100)]
    rows = "".join(f"{name},{name},company,page-a\n" for name in names)
    tables = {
        "organisations": f"id,name,kind,source\n{rows}cluster,Cluster,cluster,page-a\n",
        "memberships": "member,body,start,source\n"
        + "".join(f"{name},cluster,2018,page-a\n" for name in names),
        "ties": "from,relation,to,source\nfirm-099,supplies,firm-098,page-a\n",
        "figures": None,
        "chains": "id,label_it,label_en,source\nsteel,Acciaio,Steel,page-a\n",
        "stages": "id,chain,label_it,label_en,kind,source\nmelt,steel,Fusione,Melt,stage,page-a\n",
        "capabilities": "organisation,stage,source\n"
        + "".join(f"{name},melt,page-a\n" for name in names),
    }
    store = MemoryStore()
    build(make_dataset(**tables), store)
    found = report(store, f"{ID.base}cluster", at=date(2021, 1, 1))
    drawn = report_map(found, "en", title=TITLE)
    assert drawn is not None
    assert (drawn.nodes, drawn.members_left_out) == (81, 20)
    assert ">firm-099</text>" in drawn.svg
    text = plain(report_page(found, "en"))
    assert "Members with fewest ties, not drawn: 20." in text
    assert "and 88 more" in text
    assert len(re.findall(r"<tr>\s*<th scope=\"row\">firm-", report_page(found, "en"))) == 100


def test_a_bar_shows_certain_and_possible() -> None:
    root = ElementTree.fromstring(bar(3, 1, 8))
    assert [(part.get("class"), part.get("x"), part.get("width")) for part in root] == [
        ("sure", None, "37.5%"),
        ("perhaps", "37.5%", "12.5%"),
    ]


def test_numbers_over_the_years() -> None:
    drawn = over_years(
        [Point(2020.5, 103, "<103>")],
        [Step(2019.99, 0, 1), Step(2020.99, 16, 1)],
        title="Years",
        stated_label="stated",
        named_label="named",
    )
    root = ElementTree.fromstring(drawn)
    assert root.get("aria-label") == "Years"
    texts = [text.text for text in root.iter("text")]
    assert {"<103>", "2019", "2020", "120", "17 named", "● stated"} <= set(texts)
    assert len(list(root.iter("circle"))) == 1
    none = over_years([], [], title="", stated_label="", named_label="")
    assert none == ""
    assert over_years([], [Step(2020.0, 0, 0)], title="", stated_label="", named_label="") == ""
    only = over_years([Point(2020.0, 3, "3")], [], title="", stated_label="s", named_label="n")
    assert "<path" not in only
    unstated = over_years([], [Step(2020.0, 3, 0)], title="", stated_label="s", named_label="n")
    assert "●" not in unstated


def test_the_report_is_written_by_its_ending(ecosystem: filiera.Ecosystem, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    ecosystem.write_report(path, at=date(2020, 7, 31), lang="it")
    assert "al 31 luglio 2020" in path.read_text(encoding="utf-8")
    with pytest.raises(OutputError, match="exists already"):
        ecosystem.write_report(path)
    ecosystem.write_report(tmp_path / "report.md", at=date(2020, 7, 31), lang="it")
    assert (tmp_path / "report.md").read_text(encoding="utf-8").startswith("# Clust-ER")
    with pytest.raises(UsageError, match=r"end it in \.html, \.md, \.xlsx or \.json"):
        ecosystem.write_report(tmp_path / "report.docx")
    assert report_format(Path("A.XLSX")) == "xlsx"
