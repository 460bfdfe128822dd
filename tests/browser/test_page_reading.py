"""The dispatch's page, read as a reader does: every marker, every name, every excerpt, wide and narrow."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import Any

import page_samples as samples
import pytest

from mapgen.model import ParsedDocument, Sense
from mapgen.rendering import render

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif("MAPGEN_SHARED" not in os.environ, reason="MAPGEN_SHARED is unset: no dispatch to read"),
]

SIZES = [pytest.param((1280, 800), id="wide"), pytest.param((390, 844), id="narrow")]
WORD_FOR_WORD = """() => [...document.querySelectorAll('#card blockquote')].map((quote) => ({
    start: Number(quote.dataset.start), end: Number(quote.dataset.end),
    text: [...quote.querySelector('q').childNodes].map((node) => node.textContent).join(''),
    names: [...quote.querySelectorAll('mark')].map((mark) => mark.textContent) }))"""


@pytest.fixture(scope="module")
def parsed() -> ParsedDocument:
    return samples.dispatch()


@pytest.fixture(scope="module")
def html(parsed: ParsedDocument) -> str:
    return render(parsed)


def utf16(text: str, start: int, end: int) -> str:
    units = text.encode("utf-16-le")
    return units[2 * start : 2 * end].decode("utf-16-le")


def test_the_text_stands_word_for_word(open_page: Any, html: str, parsed: ParsedDocument) -> None:
    page = open_page(html)
    assert page.evaluate("document.querySelector('#source').textContent") == parsed.document.text
    names = page.eval_on_selector_all(
        ".mention", "all => all.map((one) => [Number(one.dataset.start), one.textContent])"
    )
    assert names == [[toponym.start, toponym.text] for toponym in parsed.toponyms]
    subheads = page.eval_on_selector_all("#source h2", "all => all.map((one) => one.innerText.trim())")
    assert subheads == ["Combats entre EI et rebelles", "Famille tuée par des raids syriens"]


@pytest.mark.parametrize("size", SIZES)
def test_every_marker_opens_a_card_with_its_excerpts(
    open_page: Any, html: str, parsed: ParsedDocument, size: tuple[int, int]
) -> None:
    page = open_page(html, width=size[0], height=size[1])
    assert page.locator(".pin").count() == len(parsed.places)
    seen = 0
    for number, (place, toponyms) in enumerate(parsed.places):
        marker = page.locator(f".pin[data-place='{number}']")
        marker.focus()  # Leaflet brings a marker that has the focus into the window
        marker.click()
        card = page.locator("#card")
        assert card.is_visible()
        assert card.locator("h2").inner_text() == place.label("fr")
        quotes = page.evaluate(WORD_FOR_WORD)
        for quote in quotes:
            assert quote["text"] == utf16(parsed.document.text, quote["start"], quote["end"])
        assert [name for quote in quotes for name in quote["names"]] == [toponym.text for toponym in toponyms]
        current = page.locator(".mention.current")
        assert int(current.get_attribute("data-start")) == toponyms[0].start
        assert in_sight(page, current), f"the text shows no {place.name}"
        seen += 1
        page.keyboard.press("Escape")
        assert not card.is_visible()
    assert seen == len(parsed.places) > 0


def in_sight(page: Any, locator: Any) -> bool:
    return bool(
        locator.evaluate(
            """(one) => { const box = one.getBoundingClientRect();
            const pane = document.querySelector('#text').getBoundingClientRect();
            return box.top >= pane.top && box.bottom <= pane.bottom; }"""
        )
    )


@pytest.mark.parametrize("size", SIZES)
def test_every_name_leads_to_its_marker(
    open_page: Any, html: str, parsed: ParsedDocument, size: tuple[int, int]
) -> None:
    page = open_page(html, width=size[0], height=size[1])
    for number, toponym in enumerate(parsed.toponyms):
        name = page.locator(f".mention[data-mention='{number}']")
        name.focus()
        place = next(index for index, (place, _) in enumerate(parsed.places) if place == toponym.place)
        page.keyboard.press("Enter")
        assert page.locator("#card h2").inner_text() == toponym.place.label("fr")
        assert page.locator(f".pin.open[data-place='{place}']").count() == 1
        assert page.evaluate(
            """(number) => { const box = document.querySelector(`.pin[data-place='${number}']`).getBoundingClientRect();
            const map = document.querySelector('#map').getBoundingClientRect();
            const at = [box.x + box.width / 2, box.y + box.height / 2];
            const top = document.elementFromPoint(...at);
            return at[0] > map.left && at[0] < map.right && at[1] > map.top && at[1] < map.bottom
              && top !== null && top.closest('.pin') !== null; }""",
            place,
        ), f"the marker of {toponym.text} is hidden"
        assert page.locator("mark.current").inner_text() == toponym.text


def test_next_walks_through_the_mentions(open_page: Any, html: str, parsed: ParsedDocument) -> None:
    number, toponyms = next((i, found) for i, (_, found) in enumerate(parsed.places) if len(found) == 5)
    page = open_page(html)
    page.locator(f".mention[data-start='{toponyms[0].start}']").click()
    for turn, toponym in [*enumerate(toponyms), (0, toponyms[0])]:
        assert f"mention {turn + 1} sur 5" in page.locator(".steps").inner_text()
        assert page.locator(".mention.current").get_attribute("data-start") == str(toponym.start)
        page.locator(".step[data-step='1']").press("Enter")
    assert page.evaluate("document.activeElement.dataset.step") == "1"
    assert number >= 0


def test_pointing_lights_both_sides(open_page: Any, html: str) -> None:
    page = open_page(html)
    page.locator(".mention", has_text="Raqa").hover()
    assert page.locator(".pin.lit").count() == 1
    page.locator(".pin.k-region.lit").hover()
    assert page.locator(".mention.lit").inner_text() == "Raqa"


def test_the_scene_comes_first_and_all_is_a_click_away(open_page: Any, html: str) -> None:
    page = open_page(html)
    inside = """() => { const map = document.querySelector('#map').getBoundingClientRect();
      return [...document.querySelectorAll('.pin')].filter((pin) => { const box = pin.getBoundingClientRect();
        return box.left > map.left && box.right < map.right && box.top > map.top && box.bottom < map.bottom; })
        .map((pin) => pin.getAttribute('aria-label').split(',')[0]); }"""
    first = page.evaluate(inside)
    assert {"Alep", "Hama", "Damas", "Lattaquié", "Raqa", "Idleb", "Sukayk"} <= set(first)
    assert not {"Washington", "Moscou", "Pentagone"} & set(first)
    away = page.locator(".away").all_inner_texts()
    assert any("Moscou" in one and "km" in one for one in away)
    assert any("Washington" in one for one in away)
    page.locator(".away", has_text="Moscou").click()
    assert page.locator("#card h2").inner_text() == "Moscou"
    page.get_by_role("button", name="Tout voir").click()
    page.keyboard.press("Escape")
    assert page.locator(".away").count() == 0
    page.get_by_role("button", name="Vue principale").click()
    assert set(page.evaluate(inside)) == set(first)


def test_a_name_leads_to_its_place_where_the_map_moves(open_page: Any, html: str) -> None:
    """The frame makes room for the card at the same time, and must not have the last word."""
    page = open_page(html, reduced_motion="no-preference")
    page.locator(".mention", has_text="Washington").first.click()
    page.wait_for_timeout(1200)
    pin = page.locator(".pin.open").bounding_box()
    ground, card = page.locator("#map").bounding_box(), page.locator("#card").bounding_box()
    assert ground["x"] < pin["x"] < card["x"] and ground["y"] < pin["y"] < ground["y"] + ground["height"]


def test_metonymic_names_look_different_and_have_a_layer(open_page: Any, html: str, parsed: ParsedDocument) -> None:
    page = open_page(html)
    institutions = [place for place, found in parsed.places if all(one.sense is Sense.METONYMIC for one in found)]
    assert page.locator(".pin.metonymic").count() == len(institutions) > 0
    dashes = page.eval_on_selector(".pin.metonymic path", "(one) => getComputedStyle(one).strokeDasharray")
    assert dashes != "none"
    page.locator(".chip.institution").click()
    assert page.locator(".pin.metonymic").count() == 0
    assert page.locator(".pin").count() == len(parsed.places) - len(institutions)


def test_the_legend_is_the_filter(open_page: Any, html: str, parsed: ParsedDocument) -> None:
    page = open_page(html)
    regions = sum(place.kind == "region" for place, _ in parsed.places)
    chip = page.locator(".chip.k-region")
    assert chip.inner_text().split()[-1] == str(regions)
    chip.click()
    assert chip.get_attribute("aria-pressed") == "false"
    assert page.locator(".pin").count() == len(parsed.places) - regions
    assert page.locator("path.outline.k-region").count() == 0
    assert page.locator(".trust").inner_text().startswith(f"Sur {len(parsed.places) - regions} marqueurs")
    page.locator(".mention.off", has_text="Raqa").click()  # opening a place shows its kind again
    assert page.locator(".pin").count() == len(parsed.places)


def test_search_takes_no_notice_of_accents(open_page: Any, html: str) -> None:
    page = open_page(html)
    page.locator("#search").fill("LATTAQUIE")
    assert page.locator(".item .name").all_inner_texts() == ["Lattaquié"]
    page.locator("#search").press("Enter")
    assert page.locator("#card h2").inner_text() == "Lattaquié"
    page.locator("#search").fill("zzz")
    assert page.locator(".item").count() == 0
    assert page.locator(".found").inner_text() == "Aucun lieu ne correspond."


def test_the_list_sorts_and_filters(open_page: Any, html: str, parsed: ParsedDocument) -> None:
    page = open_page(html)
    page.locator("#tab-places").click()
    names = page.locator(".item .name").all_inner_texts()
    assert names == [place.label("fr") for place, _ in parsed.places]
    page.locator("#places").get_by_label("Trier").select_option("mentions")
    counts = [len(found) for _, found in parsed.places]
    shown = page.eval_on_selector_all(".item text", "all => all.map((one) => Number(one.textContent))")
    assert shown == sorted(counts, reverse=True)
    page.locator("#places").get_by_label("Pays").select_option("US")
    assert set(page.locator(".item .name").all_inner_texts()) == {"Washington", "Pentagone", "Etats-Unis"}
    page.locator("#places").get_by_label("Pays").select_option("")
    page.get_by_label("certitude d’au moins").fill("0.6")
    assert "Sukayk" not in page.locator(".item .name").all_inner_texts()


def test_the_address_leads_back(open_page: Any, html: str) -> None:
    page = open_page(html)
    page.locator(".mention", has_text="Kweires").click()
    page.locator(".chip.k-water").click()
    page.locator("#tab-places").click()
    page.wait_for_timeout(300)
    fragment = page.evaluate("location.hash")
    again = open_page(html, fragment=fragment)
    assert again.locator("#card h2").inner_text() == "Kweires"
    assert again.locator(".chip.k-water").get_attribute("aria-pressed") == "false"
    assert again.locator("#places").is_visible()
    assert again.evaluate("location.hash") == fragment


def test_what_is_shown_is_saved_as_csv_and_geojson(open_page: Any, html: str, parsed: ParsedDocument) -> None:
    page = open_page(html)
    page.locator(".chip.k-region").click()
    page.locator("#tab-places").click()
    shown = [(place, found) for place, found in parsed.places if place.kind != "region"]
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["name"], float(row["lat"]), float(row["lon"]), int(row["mentions"])) for row in rows] == [
        (place.label("fr"), place.lat, place.lon, len(found)) for place, found in shown
    ]
    with page.expect_download() as download:
        page.get_by_role("button", name="GeoJSON").click()
    features = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))["features"]
    assert [feature["geometry"]["coordinates"] for feature in features] == [
        [place.lon, place.lat] for place, _ in shown
    ]
    assert all(excerpt in parsed.document.text for feature in features for excerpt in feature["properties"]["excerpts"])


def test_keyboard_alone(open_page: Any, html: str) -> None:
    page = open_page(html)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.locator(".mention").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.textContent") == "Lattaquié"
    page.keyboard.press("Space")
    assert page.locator("#card").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#card").is_visible()
    handle = page.locator("#handle")
    before = page.locator("#reader").bounding_box()["width"]
    handle.press("ArrowRight")
    assert page.locator("#reader").bounding_box()["width"] > before + 10
    outline = page.locator(".chip").first
    outline.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_handle_is_dragged_on_a_phone(open_page: Any, html: str) -> None:
    page = open_page(html, width=390, height=844, has_touch=True)
    box = page.locator("#handle").bounding_box()
    before = page.locator("#reader").bounding_box()["height"]
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(195, box["y"] - 120, steps=4)
    page.mouse.up()
    assert page.locator("#reader").bounding_box()["height"] < before - 90
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate("document.documentElement.scrollHeight") == 844


COVERED = """() => {
  const map = document.querySelector('#map').getBoundingClientRect();
  const things = '.pin:not(.gathered-in), .gathered, .name[aria-hidden], .town, .away, .views > button';
  const boxes = [...document.querySelectorAll(things)]
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([, box]) => box.right > map.left && box.left < map.right && box.bottom > map.top && box.top < map.bottom);
  const found = [];
  for (let i = 0; i < boxes.length; i += 1) for (let j = i + 1; j < boxes.length; j += 1) {
    const [[one, a], [other, b]] = [boxes[i], boxes[j]];
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 1.5 && high > 1.5) found.push([one.textContent || one.className, other.textContent || other.className]);
  }
  return found;
}"""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", ["Vue principale", "Tout voir"])
def test_nothing_lies_on_anything_else(open_page: Any, html: str, size: tuple[int, int], view: str) -> None:
    page = open_page(html, width=size[0], height=size[1])
    page.get_by_role("button", name=view).click()
    page.wait_for_timeout(100)
    assert page.evaluate(COVERED) == []


def test_doubt_shows(open_page: Any, html: str) -> None:
    page = open_page(html)
    page.locator(".mention", has_text="Sukayk").click()
    assert page.locator(".pin.open").evaluate("(one) => one.classList.contains('doubtful')")
    assert page.locator("path.o-doubt").count() == 1
    assert "52 %" in page.locator(".certainty").inner_text().replace("\u00a0", " ").replace("\u202f", " ")
    assert "12 km" in page.locator(".doubt").inner_text()


def test_runners_up_are_ghosts(open_page: Any, html: str) -> None:
    page = open_page(html)
    page.locator(".mention", has_text="Khan Cheikhoun").click()
    assert page.locator(".ghost").count() == 1
    assert "États-Unis" in page.locator(".rivals").inner_text()
    page.keyboard.press("Escape")
    assert page.locator(".ghost").count() == 0


def test_print_has_the_map_and_every_excerpt(open_page: Any, html: str, parsed: ParsedDocument, picture: Any) -> None:
    page = open_page(html)
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#print section").count() == len(parsed.places)
    assert page.locator("#print").is_visible()
    assert page.locator("#picture svg").is_visible()
    assert not page.locator("#reader").is_visible()
    texts = page.locator("#print blockquote q").all_text_contents()
    assert all(text.strip("« »") in parsed.document.text for text in texts)
    picture(page, "print")


def test_nothing_moves_after_the_first_paint(open_page: Any, html: str) -> None:
    page = open_page(html)
    page.wait_for_timeout(300)
    shift = page.evaluate(
        """() => new Promise((done) => { let sum = 0;
        new PerformanceObserver((list) => { for (const one of list.getEntries()) sum += one.value; })
          .observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => done(sum), 150); })"""
    )
    assert shift == 0


def test_pictures_of_the_states(open_page: Any, html: str, picture: Any) -> None:
    for name, options in {
        "first-wide": {},
        "first-dark": {"color_scheme": "dark"},
        "first-narrow": {"width": 390, "height": 844, "has_touch": True},
    }.items():
        page = open_page(html, **options)
        picture(page, name)
        page.locator(".mention", has_text="Alep").nth(3).click()
        page.wait_for_timeout(200)
        picture(page, name.replace("first", "card"))
        page.locator(".mention", has_text="Sukayk").click()
        page.wait_for_timeout(200)
        picture(page, name.replace("first", "doubtful"))
        page.locator("#tab-places").click()
        picture(page, name.replace("first", "places"))
    assert Path(__file__).exists()
