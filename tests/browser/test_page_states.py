"""Ten states of the page, from the text to the picture, with nothing made up in between.

The pictures lie in artifacts/, to be looked at. MAPGEN_PICTURES names a folder that gets the two of the README:

    MAPGEN_PICTURES=docs pytest tests/browser/test_page_states.py -k pictures
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import mapgen
from mapgen.rendering import render

DOUBTFUL = "The quake hit Kerman in Iran. The villages of Hotkan and Khanook, in Kerman province, were destroyed."
"""No list has the two villages: they are put into their province, and names spelled like theirs are told."""
RIGHT_TO_LEFT = "وصلت القوات إلى مدينة حلب يوم السبت، ثم إلى حماة. وقالت موسكو إنها تدعم العملية في سوريا."
EMPTY = "Rien ici ne nomme un lieu."

WIDE = {"width": 1440, "height": 860}
PHONE = {"width": 390, "height": 844, "has_touch": True}
SIZES = [pytest.param(WIDE, id="wide"), pytest.param(PHONE, id="narrow")]

OVERFLOW = (
    """() => [document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]"""
)


@pytest.fixture(scope="module")
def geoparser(home: Path, root: Path) -> Iterator[mapgen.Geoparser]:
    yield mapgen.Geoparser(places=root / "data" / "places.csv")


@pytest.fixture(scope="module")
def page_of(geoparser: mapgen.Geoparser) -> Callable[..., str]:
    """The page of a text, once for all tests."""
    made: dict[str, str] = {}

    def of(text: str) -> str:
        if text not in made:
            made[text] = render(geoparser.parse(text))
        return made[text]

    return of


@pytest.fixture(scope="module")
def dispatch(geoparser: mapgen.Geoparser, root: Path) -> str:
    return render(geoparser.parse(mapgen.read(root / "data" / "dispatch.txt")))


def keep(page: Any, picture: Any, state: str, size: dict[str, Any]) -> None:
    page.wait_for_timeout(250)
    picture(page, f"state-{state}-{'wide' if size == WIDE else 'narrow'}")
    assert page.evaluate(OVERFLOW) == [0, 0]


@pytest.mark.parametrize("size", SIZES)
def test_first_view(open_page: Any, dispatch: str, picture: Any, size: dict[str, Any]) -> None:
    page = open_page(dispatch, **size)
    keep(page, picture, "first", size)
    assert page.locator(".pin").count() > 15
    assert page.locator(".away").count() > 1
    assert page.locator(".mention").first.is_visible()


@pytest.mark.parametrize("size", SIZES)
def test_card(open_page: Any, dispatch: str, picture: Any, size: dict[str, Any]) -> None:
    page = open_page(dispatch, **size)
    page.locator(".mention", has_text="Alep").nth(1).click()
    keep(page, picture, "card", size)
    assert page.locator("#card h2").is_visible()
    assert page.locator("#card blockquote.current").count() == 1


@pytest.mark.parametrize("size", SIZES)
def test_doubtful(open_page: Any, page_of: Callable[..., str], picture: Any, size: dict[str, Any]) -> None:
    page = open_page(page_of(DOUBTFUL), **size)
    number = page.locator(".pin.doubtful").first.get_attribute("data-place")
    page.locator(f".pin[data-place='{number}']").press("Enter")
    keep(page, picture, "doubtful", size)
    assert page.locator(".pin.doubtful.open").count() == 1
    assert page.locator(".ghost").count() > 0
    assert page.locator(".rivals li").count() > 0


@pytest.mark.parametrize("size", SIZES)
def test_filter(open_page: Any, dispatch: str, picture: Any, size: dict[str, Any]) -> None:
    page = open_page(dispatch, **size)
    before = page.locator(".pin").count()
    page.locator(".chip.k-region").click()
    page.locator("#tab-places").click()
    page.locator("#places").get_by_label("Pays").select_option("SY")
    keep(page, picture, "filter", size)
    assert 0 < page.locator(".pin").count() < before
    assert page.locator(".chip.k-city .count").inner_text() == str(page.locator(".item.k-city").count())


@pytest.mark.parametrize("size", SIZES)
def test_correction(open_page: Any, dispatch: str, picture: Any, size: dict[str, Any]) -> None:
    page = open_page(dispatch, **size)
    page.locator(".mention", has_text="Alep").first.click()
    page.locator("#card .choose").first.click()
    page.locator(".mention", has_text="Moscou").first.click()
    page.locator("#card").get_by_role("button", name="Pas un lieu").click()
    page.locator("#tab-changes").click()
    keep(page, picture, "correction", size)
    assert page.locator("#changes li").count() == 2


@pytest.mark.parametrize("size", SIZES)
def test_dark(open_page: Any, dispatch: str, picture: Any, size: dict[str, Any]) -> None:
    page = open_page(dispatch, color_scheme="dark", **size)
    page.locator(".mention", has_text="Kweires").first.click()
    keep(page, picture, "dark", size)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(25, 27, 30)"


@pytest.mark.parametrize("size", SIZES)
def test_print(open_page: Any, dispatch: str, size: dict[str, Any]) -> None:
    page = open_page(dispatch, **size)
    folder = Path(__file__).resolve().parents[2] / "artifacts"
    folder.mkdir(exist_ok=True)
    paper = page.pdf(path=folder / f"state-print-{'wide' if size == WIDE else 'narrow'}.pdf", format="A4")
    assert paper.startswith(b"%PDF")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.wait_for_timeout(250)
    page.screenshot(path=folder / f"state-print-{'wide' if size == WIDE else 'narrow'}.png", full_page=True)
    assert page.locator("#print section").count() == page.locator(".pin").count()
    assert page.locator("#picture svg").bounding_box()["width"] > 600


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_has_the_whole_scene_in_light(open_page: Any, dispatch: str, scheme: str) -> None:
    """What the browser prints: the picture with its legend under it, nothing over it, no dark; then the map is back."""
    page = open_page(dispatch, **PHONE, color_scheme=scheme)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print", color_scheme=scheme)
    page.set_viewport_size({"width": 794, "height": 1123})
    ground = page.locator("#picture svg").bounding_box()
    assert ground["width"] > 690
    assert page.locator(".foot").bounding_box()["y"] >= ground["y"] + ground["height"]
    assert not page.locator("#card, #edge, .views").first.is_visible()
    numbers = page.locator("#picture .p-number").all_text_contents()
    listed = [head.split(" ")[0] for head in page.locator("#print h3").all_inner_texts()]
    assert len(numbers) > 10
    assert set(numbers) <= set(listed)
    assert page.evaluate("getComputedStyle(document.querySelector('#picture svg')).filter") == "none"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    assert page.locator("#map").bounding_box()["width"] == 390


def test_the_text_is_printed_on_request(open_page: Any, dispatch: str) -> None:
    page = open_page(dispatch, **WIDE)
    page.evaluate("window.print = () => window.dispatchEvent(new Event('beforeprint'))")
    page.locator("#share summary").click()
    page.locator("[data-do=print]").click()
    page.emulate_media(media="print")
    first = page.locator(".mention").first
    assert first.is_visible()
    number = first.evaluate("(one) => getComputedStyle(one, '::after').content")
    named = page.locator("#print h3", has_text=first.inner_text()).first.inner_text()
    assert named.split(" ")[0] == number.strip('"')
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert not first.is_visible(), "the text stays away where nobody asks for it"


@pytest.mark.parametrize("size", SIZES)
def test_nothing_covers_the_scale(open_page: Any, dispatch: str, size: dict[str, Any]) -> None:
    page = open_page(dispatch, **size)
    covering = """() => { const own = document.querySelector('.leaflet-control-scale').getBoundingClientRect();
      return [...document.querySelectorAll('.chip, .trust, .views > *, .away, .inset, .globe')].filter((one) => {
        const box = one.getBoundingClientRect();
        return box.width && box.left < own.right && box.right > own.left && box.top < own.bottom
          && box.bottom > own.top; }).map((one) => one.className); }"""
    assert page.locator(".leaflet-control-scale").is_visible()
    assert page.evaluate(covering) == []


def test_the_open_place_is_never_gathered(open_page: Any, dispatch: str) -> None:
    page = open_page(dispatch, width=360, height=740, has_touch=True)
    for name in ("Hama", "Kweires", "Khan Cheikhoun", "Damas"):
        page.locator(".mention", has_text=name).first.click()
        page.wait_for_timeout(100)
        assert page.locator(".pin.open").count() == 1, name


@pytest.mark.parametrize("size", SIZES)
def test_right_to_left(open_page: Any, page_of: Callable[..., str], picture: Any, size: dict[str, Any]) -> None:
    page = open_page(page_of(RIGHT_TO_LEFT), **size)
    page.locator(".mention", has_text="حلب").click()
    keep(page, picture, "right-to-left", size)
    assert page.locator("#card q").first.evaluate("(one) => getComputedStyle(one).direction") == "rtl"


@pytest.mark.parametrize("size", SIZES)
def test_empty(open_page: Any, page_of: Callable[..., str], picture: Any, size: dict[str, Any]) -> None:
    page = open_page(page_of(EMPTY), **size)
    keep(page, picture, "empty", size)
    assert page.locator(".nothing").is_visible()


def test_twice_as_large(open_page: Any, dispatch: str, picture: Any) -> None:
    """200 % zoom of a window of 1280 × 800 leaves a page of 640 × 400."""
    page = open_page(dispatch, width=640, height=400, device_scale_factor=2)
    picture(page, "state-zoomed")
    assert page.evaluate(OVERFLOW)[0] == 0
    assert page.evaluate(OVERFLOW)[1] > 0, "so low a window scrolls: text and map keep a height that can be read"
    assert page.locator("#map").bounding_box()["height"] > 240
    assert page.locator("#text").bounding_box()["height"] > 60
    assert page.locator("#map").bounding_box()["height"] > 90
    page.locator(".mention").first.click()
    assert page.locator("#card h2").is_visible()
    assert page.locator("#card").bounding_box()["height"] > 60


def test_a_marker_under_the_buttons_is_named_at_the_edge(open_page: Any, dispatch: str) -> None:
    """Whatever of the text's places cannot be seen is told: off the map, or behind what lies over it."""
    page = open_page(dispatch, **WIDE)
    for _ in range(3):
        page.get_by_role("button", name="Agrandir").click()
        page.wait_for_timeout(120)
    views = page.locator(".views").bounding_box()
    page.evaluate(
        """([x, y]) => { const map = window.map_mapgen;
        const alep = [...document.querySelectorAll('.pin')].find((pin) => pin.ariaLabel.startsWith('Alep, ville'));
        const frame = map.getContainer().getBoundingClientRect(), box = alep.getBoundingClientRect();
        map.panBy([box.x + box.width / 2 - x, box.y + box.height / 2 - y], { animate: false }); }""",
        [views["x"] + 40, views["y"] + 16],
    )
    page.wait_for_timeout(120)
    named = page.locator(".away").all_inner_texts()
    assert any("Alep" in one for one in named), named
    assert "Alep" not in page.locator(".name.k-city").all_inner_texts()


def test_what_has_no_place_is_told_beside_the_map(open_page: Any, geoparser: mapgen.Geoparser) -> None:
    text = "The quake hit Kerman in Iran. Chupanga was not hit."
    start = text.index("Chupanga")
    parsed = geoparser.resolve(text, [(14, 20), (24, 28), (start, start + 8)])
    page = open_page(render(parsed))
    assert "· 1 name not placed" in page.locator(".trust").inner_text()


def test_layers_of_tiles_can_be_had_on_a_phone(open_page: Any, dispatch: str) -> None:
    page = open_page(dispatch, **PHONE)
    switch = page.locator(".views .tiles")
    assert switch.is_visible()
    assert switch.bounding_box()["height"] >= 24


def test_the_ground_names_towns_and_no_divisions(geoparser: mapgen.Geoparser) -> None:
    parsed = geoparser.parse("L'armée a été attaquée à Boulikessi, près de Djibo, dans le Soum, puis à Dori et à Kaya.")
    assert {str(town.kind) for town in parsed.towns} <= {"city", "village", "country"}
    assert len(parsed.towns) > 10


def test_pictures_of_the_readme(open_page: Any, dispatch: str, tmp_path: Path) -> None:
    folder = Path(os.environ.get("MAPGEN_PICTURES", tmp_path))
    for name, options in {"dispatch.png": WIDE, "dispatch-phone.png": {**PHONE, "color_scheme": "dark"}}.items():
        page = open_page(dispatch, **options)
        page.locator(".mention", has_text="Alep").first.click()
        page.wait_for_timeout(300)
        page.screenshot(path=folder / name, animations="disabled")
        assert (folder / name).stat().st_size < 700_000
