"""The share menu: the view as a link, as a picture, as a drawing; what they show and say."""

from __future__ import annotations

import html
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

import filiera
from filiera.views.network_page import write_page as write_real_page
from tests.browser.conftest import Open, Opened, axe_violations
from tests.browser.hostile import MARKS

SVG = "{http://www.w3.org/2000/svg}"
TODAY = r"\d{4}-\d\d-\d\d"
REFUSE = "navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));"
KEEP = (
    "navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); };"
)


@pytest.fixture(scope="module")
def real_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the real data."""
    place = tmp_path_factory.mktemp("real") / "page.html"
    write_real_page(filiera.open_graph(), place, "it")
    return place


def save(page: Page, form: str, place: Path) -> str:
    """Save the view as a picture; its suggested name."""
    if page.locator("#share-menu").is_hidden():
        page.locator("#share").click()
    with page.expect_download() as download:
        page.locator(f"[data-share={form}]").click()
    download.value.save_as(place)
    expect(page.locator(".share-done")).to_contain_text(download.value.suggested_filename)
    return download.value.suggested_filename


def pixels(place: Path) -> Image.Image:
    """The picture in a file."""
    with Image.open(place) as picture:
        return picture.convert("RGB")


def drawing(page: Page, tmp_path: Path) -> tuple[ElementTree.Element, list[str], str]:
    """The view as SVG: its tree, its texts from top to bottom of the document, and its name."""
    place = tmp_path / "drawing.svg"
    name = save(page, "svg", place)
    root = ElementTree.parse(place).getroot()
    assert root.tag == f"{SVG}svg"
    return root, ["".join(text.itertext()) for text in root.iter(f"{SVG}text")], name


def assert_harmless(root: ElementTree.Element) -> None:
    """Nothing runs, nothing is fetched, nothing but drawing is in it."""
    drawn = {"svg", "title", "g", "rect", "path", "text", "line", "circle", "clipPath"}
    drawn |= {"polyline", "ellipse", "polygon", "tspan"}
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in drawn
        for name in element.attrib:
            assert not name.startswith("on")
            assert "href" not in name
            assert name not in ("style", "class", "id") or element.tag == f"{SVG}clipPath"


def test_the_network_is_saved_as_a_drawing(opened: Opened, tmp_path: Path) -> None:
    root, texts, name = drawing(opened.page, tmp_path)
    assert_harmless(root)
    assert re.fullmatch(rf"filiera-rete-{TODAY}\.svg", name)
    assert texts[:2] == ["La meccatronica inventata", "La rete"]
    state = opened.state()
    assert any(text.startswith(f"{state['nodes']} di {state['nodes']} voci") for text in texts[2:5])
    assert {"Impresa", "Università", "Socio del cluster"} <= set(texts)
    assert any(text.startswith("3 fonti; fatti CC BY 4.0 · Fatto il ") for text in texts)
    assert "Landi Renzo" in texts
    assert len(list(root.iter(f"{SVG}path"))) > state["nodes"]
    families = {text.attrib["font-family"] for text in root.iter(f"{SVG}text")}
    assert all(family.endswith(("sans-serif", "serif")) for family in families)


def test_a_drawing_says_what_is_filtered_and_selected(
    open_page: Open, page_file: Path, tmp_path: Path
) -> None:
    opened = open_page(
        page_file, hash="#/landi-renzo?hide=kind:university&steps=1&source=herald-2023"
    )
    _, texts, _ = drawing(opened.page, tmp_path)
    facts = " ".join(texts[2:6])
    assert "Selezione: Landi Renzo" in facts
    assert "senza: Università" in facts
    assert "Fonte: A year of hydrogen · Herald" in facts
    assert "fino a 1 legame da Landi Renzo" in facts
    assert f"{opened.state()['nodes']} di 443 voci" in facts
    assert "Università" not in texts, "the legend of the picture names what is not in it"


def test_the_legend_of_a_drawing_tells_what_its_colours_and_lines_mean(
    open_page: Open, real_file: Path, tmp_path: Path
) -> None:
    opened = open_page(real_file, hash="#/?colour=province&at=2020")
    _, texts, _ = drawing(opened.page, tmp_path)
    assert any("Colore: Provincia" in text for text in texts)
    assert {"Provincia di Modena", "Legame certo", "Legame possibile"} <= set(texts)


@pytest.mark.parametrize("ratio", [1, 2])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_picture_has_two_pixels_for_each_of_the_drawing(
    open_page: Open, page_file: Path, tmp_path: Path, theme: str, ratio: int
) -> None:
    opened = open_page(page_file, color_scheme=theme, device_scale_factor=ratio)
    root, _, _ = drawing(opened.page, tmp_path)
    name = save(opened.page, "png", tmp_path / "picture.png")
    assert re.fullmatch(rf"filiera-rete-{TODAY}\.png", name)
    picture = pixels(tmp_path / "picture.png")
    assert picture.size == tuple(2 * int(root.attrib[side]) for side in ("width", "height"))
    stage = opened.page.locator("#map").bounding_box()
    assert stage is not None
    assert int(root.attrib["width"]) == round(stage["width"]) + 80
    corner = picture.getpixel((2, 2))
    assert isinstance(corner, tuple)
    assert (min(corner) > 240) if theme == "light" else (max(corner) < 40)
    assert len(picture.getcolors(picture.width * picture.height) or []) > 200


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("chain", ["La filiera: Batterie ed elettrificazione mobile", "Materie prime"]),
        ("map", ["La mappa", "E80 Group"]),
        ("time", ["La storia", "più di 130", "2020"]),
    ],
)  # fmt: skip
def test_views_of_the_real_data_are_saved(
    open_page: Open, real_file: Path, tmp_path: Path, view: str, said: list[str]
) -> None:
    opened = open_page(real_file, hash=f"#/{view}?at=2025")
    root, texts, name = drawing(opened.page, tmp_path)
    assert_harmless(root)
    assert name.endswith("-2025-12-31.svg")
    assert "Data: a fine 2025" in texts
    assert set(said) <= set(texts)
    save(opened.page, "png", tmp_path / "picture.png")
    assert pixels(tmp_path / "picture.png").width == 2 * int(root.attrib["width"])


def test_a_chain_is_saved_whole_wherever_it_is_scrolled(
    open_page: Open, real_file: Path, tmp_path: Path
) -> None:
    opened = open_page(real_file, hash="#/chain", viewport={"width": 1000, "height": 500})
    _, before, name = drawing(opened.page, tmp_path)
    assert name.startswith("filiera-batterie-ed-elettrificazione-mobile-")
    stages = opened.page.locator(".stage h3").all_inner_texts()
    whole = "".join("".join(before).split())
    assert len(stages) > 20
    assert [stage for stage in stages if "".join(stage.split()) not in whole] == []
    opened.page.locator(".chain-scroll").evaluate("element => element.scrollTo(400, 300)")
    _, after, _ = drawing(opened.page, tmp_path)
    assert after == before


def test_hostile_texts_are_texts_in_a_drawing(
    open_page: Open, hostile_file: Path, tmp_path: Path
) -> None:
    opened = open_page(hostile_file, hash="#/landi-renzo")
    root, texts, _ = drawing(opened.page, tmp_path)
    assert_harmless(root)
    assert any("<" in text for text in texts)
    assert MARKS[0][:12] in " ".join(texts) or MARKS[1][:8] in " ".join(texts)
    save(opened.page, "png", tmp_path / "picture.png")
    assert pixels(tmp_path / "picture.png").width > 1000


def test_the_link_leads_to_the_state_as_it_is(open_page: Open, page_file: Path) -> None:
    opened = open_page(page_file, hash="#/landi-renzo?hide=kind:cluster", script=KEEP)
    opened.page.locator("#theme").click()
    opened.page.locator("#share").click()
    opened.page.locator("[data-share=link]").click()
    expect(opened.page.locator(".share-done")).to_have_text("Collegamento copiato")
    link = opened.page.evaluate("window.copied")
    before = opened.state()
    address, _, rest = link.partition("?")
    query, _, hash = rest.partition("#")
    assert address == page_file.as_uri()
    assert sorted(query.split("&")) == ["lang=it", "theme=dark"]
    again = open_page(page_file, query=f"?{query}", hash=f"#{hash}")
    after = again.state()
    for key in ("selected", "hidden", "view", "nodes", "lang", "theme"):
        assert after[key] == before[key]


def test_a_refused_clipboard_leaves_the_link_to_copy(open_page: Open, page_file: Path) -> None:
    opened = open_page(page_file, hash="#/?hide=kind:cluster", script=REFUSE)
    opened.page.locator("#share").click()
    opened.page.locator("[data-share=link]").click()
    field = opened.page.get_by_role("textbox", name="Collegamento a questa vista")
    expect(field).to_be_focused()
    expect(field).to_have_value(re.compile(r"lang=it#/\?hide=kind:cluster$"))
    assert opened.page.evaluate("getSelection().toString()").endswith("#/?hide=kind:cluster")
    assert axe_violations(opened.page) == []


@pytest.mark.parametrize("view", ["table", "questions"])
def test_views_with_files_of_their_own_have_no_picture(
    open_page: Open, page_file: Path, view: str
) -> None:
    opened = open_page(page_file, hash=f"#/{view}")
    opened.page.locator("#share").click()
    expect(opened.page.locator("[data-share=png]")).to_be_disabled()
    expect(opened.page.locator("[data-share=svg]")).to_be_disabled()
    expect(opened.page.locator("[data-share=link]")).to_be_enabled()
    expect(opened.page.locator("[data-share=print]")).to_be_enabled()


def test_the_menu_obeys_the_keyboard(open_page: Open, page_file: Path) -> None:
    page = open_page(page_file, hash="#/acme").page
    page.locator("#share").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-share=link]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-share=svg]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#share-menu")).to_be_hidden()
    expect(page.locator("#share")).to_be_focused()
    assert page.evaluate("filiera.state().selected") == "acme", "Escape closed more than the menu"
    page.keyboard.press("Enter")
    page.locator("#map").click(position={"x": 20, "y": 300})
    expect(page.locator("#share-menu")).to_be_hidden()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1366])
def test_the_open_menu_is_accessible_and_in_view(
    open_page: Open, page_file: Path, theme: str, width: int
) -> None:
    opened = open_page(page_file, color_scheme=theme, viewport={"width": width, "height": 800})
    opened.page.locator("#share").click()
    box = opened.page.locator("#share-menu").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert axe_violations(opened.page) == []


def test_a_page_inside_another_has_no_link(
    open_page: Open, page_file: Path, tmp_path: Path
) -> None:
    place = tmp_path / "notebook.html"
    inner = html.escape(page_file.read_text(encoding="utf-8"))
    place.write_text(
        "<!doctype html><meta charset=utf-8><title>Notebook</title>"
        f'<iframe title="Map" width="1000" height="700" srcdoc="{inner}"></iframe>',
        encoding="utf-8",
    )
    frame = open_page(place, wait=False).page.frame_locator("iframe")
    expect(frame.locator("html[data-ready]")).to_be_attached()
    frame.locator("#share").click()
    expect(frame.locator("[data-share=link]")).to_be_disabled()
    expect(frame.locator("[data-share=png]")).to_be_enabled()
