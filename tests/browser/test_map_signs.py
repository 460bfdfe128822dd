"""Groups, names and sizes of markers, what opening a card moves, and the keys of the map."""

from __future__ import annotations

import re
from typing import Any

import first_views
import page_samples as samples
import pytest

from mapgen.model import ParsedDocument
from mapgen.rendering import render

BOXES = """(selector) => [...document.querySelectorAll(selector)].map((one) => {
  const box = one.getBoundingClientRect();
  return { place: one.dataset.place, text: one.textContent, x: box.x + box.width / 2, y: box.y + box.height / 2,
    w: box.width, h: box.height }; })"""
SIZES = [(1400, 900), (390, 844)]


@pytest.fixture(scope="module")
def crowded() -> str:
    return render(first_views.parsed("150 places"))


@pytest.fixture(scope="module")
def dispatch(shared: Any) -> str:
    return render(samples.dispatch(shared / "dispatch"))


def test_a_group_names_its_weightiest_and_counts_mentions(open_page: Any, crowded: str) -> None:
    document = first_views.parsed("150 places")
    weights = [len(toponyms) for _, toponyms in document.places]
    page = open_page(crowded, width=1400, height=900)
    groups = page.locator(".gathered").all()
    assert groups
    for group in groups:
        numbers = [int(number) for number in group.get_attribute("data-place").split()]
        assert int(group.get_attribute("data-count")) == len(numbers)
        assert int(group.inner_text()) == sum(weights[number] for number in numbers)
        assert weights[numbers[0]] == max(weights[number] for number in numbers)
        label = group.get_attribute("aria-label")
        assert label.startswith(f"Lieu {numbers[0]}, Lieu {numbers[1]} +{len(numbers) - 2}")
    assert page.locator(".name.several").count() > 0
    assert re.fullmatch(r"Lieu \d+(, Lieu \d+)? \+\d+", page.locator(".name.several").first.inner_text())


def test_a_group_lists_its_places_on_hover_and_focus(open_page: Any, crowded: str) -> None:
    page = open_page(crowded, width=1400, height=900)
    group = page.locator(".gathered").first
    numbers = group.get_attribute("data-place").split()
    group.hover()
    assert [one.get_attribute("data-place") for one in page.locator(".roll [data-place]").all()] == numbers
    page.mouse.move(5, 5)
    assert page.locator(".roll").count() == 0
    group.focus()
    page.keyboard.press("Tab")
    assert page.locator(f".roll [data-place='{numbers[0]}']").evaluate("(one) => one === document.activeElement")
    page.keyboard.press("Enter")
    assert page.locator("#card h2").inner_text() == f"Lieu {numbers[0]}"
    assert page.locator(f".pin.open[data-place='{numbers[0]}']").count() == 1


def test_a_tap_opens_the_list_of_a_group(open_page: Any, crowded: str) -> None:
    page = open_page(crowded, width=390, height=844, has_touch=True)
    zoom = page.evaluate("map_mapgen.getZoom()")
    page.locator(".gathered").first.tap()
    assert page.locator(".roll [data-place]").count() > 1
    assert page.evaluate("map_mapgen.getZoom()") == zoom
    page.locator(".roll [data-place]").first.tap()
    assert page.locator("#card").is_visible()


def test_the_area_of_a_marker_grows_with_its_mentions(open_page: Any, dispatch: str) -> None:
    page = open_page(dispatch, width=1400, height=900)
    sizes = {int(one["text"]): one["w"] for one in page.evaluate(BOXES, ".pin")}
    assert sizes[1] < sizes[3] < max(sizes.values())
    areas = [sizes[n] ** 2 for n in sorted(sizes)]
    assert areas == sorted(areas)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["city", "world", "150 places", "dispatch"])
def test_every_name_is_nearest_to_its_own_marker(
    open_page: Any, name: str, size: tuple[int, int], request: pytest.FixtureRequest
) -> None:
    html = request.getfixturevalue("dispatch") if name == "dispatch" else render(first_views.parsed(name))
    page = open_page(html, width=size[0], height=size[1])
    page.wait_for_timeout(150)
    pins = page.evaluate(BOXES, ".pin")
    names = [one for one in page.evaluate(BOXES, ".name[data-place]") if one["w"]]
    assert len(names) > 3

    def apart(label: dict[str, Any], pin: dict[str, Any]) -> tuple[float, float]:
        dx, dy = abs(label["x"] - pin["x"]), abs(label["y"] - pin["y"])
        rim = max(0.0, dx - label["w"] / 2) ** 2 + max(0.0, dy - label["h"] / 2) ** 2
        return (dx**2 + dy**2) ** 0.5, rim**0.5 - pin["w"] / 2

    for label in names:
        (own,) = (pin for pin in pins if pin["place"] == label["place"])
        for other in pins:
            if other is not own:
                assert all(
                    mine < its + 1.0 for mine, its in zip(apart(label, own), apart(label, other), strict=True)
                ), f"{label['text']} is nearer to {other['place']}"


def test_every_marker_is_named_on_hover_and_focus(open_page: Any) -> None:
    page = open_page(render(first_views.parsed("world")), width=1400, height=900)
    pins, named = page.evaluate(BOXES, ".pin"), {one["place"] for one in page.evaluate(BOXES, ".name[data-place]")}
    nameless = [pin for pin in pins if pin["place"] not in named]
    assert nameless, "this text has space for all names: the test sees nothing"
    for pin in nameless[:5]:
        page.mouse.move(pin["x"], pin["y"])
        assert page.locator(f".name[data-place='{pin['place']}']").inner_text() == f"Lieu {pin['place']}"
        page.mouse.move(5, 5)
        assert page.locator(f".name[data-place='{pin['place']}']").count() == 0
        page.locator(f".pin[data-place='{pin['place']}']").focus()
        assert page.locator(f".name[data-place='{pin['place']}']").count() == 1
        page.evaluate("document.activeElement.blur()")


@pytest.mark.parametrize("name", ["dispatch", "world", "150 places"])
def test_a_click_on_a_marker_moves_nothing(open_page: Any, name: str, request: pytest.FixtureRequest) -> None:
    html = request.getfixturevalue("dispatch") if name == "dispatch" else render(first_views.parsed(name))
    page = open_page(html, width=1400, height=900)
    zoom, groups = page.evaluate("map_mapgen.getZoom()"), page.locator(".gathered").count()
    stage = page.locator("#map").bounding_box()
    clicked = 0
    for pin in page.evaluate(BOXES, ".pin"):
        x, y = pin["x"] - stage["x"], pin["y"] - stage["y"]
        if not (60 < x < stage["width"] - 60 and 90 < y < stage["height"] - 170):
            continue
        over = page.evaluate(
            "([x, y]) => document.elementFromPoint(x, y)?.closest('.pin')?.dataset.place", [pin["x"], pin["y"]]
        )
        if over != pin["place"]:
            continue
        page.mouse.click(pin["x"], pin["y"])
        (now,) = (one for one in page.evaluate(BOXES, ".pin.open"))
        assert (now["x"], now["y"]) == pytest.approx((pin["x"], pin["y"]), abs=1.5)
        assert page.evaluate("map_mapgen.getZoom()") == zoom
        assert page.locator(".gathered").count() == groups
        card = page.locator("#card").bounding_box()
        assert not (
            card["x"] < pin["x"] < card["x"] + card["width"] and card["y"] < pin["y"] < card["y"] + card["height"]
        )
        page.keyboard.press("Escape")
        clicked += 1
    assert clicked > 5


def test_a_far_name_is_shown_without_a_change_of_zoom(open_page: Any, dispatch: str) -> None:
    page = open_page(dispatch, width=1400, height=900)
    zoom = page.evaluate("map_mapgen.getZoom()")
    page.locator(".mention", has_text="Russie").first.click()
    assert page.evaluate("map_mapgen.getZoom()") == zoom
    assert page.locator(".pin.open").is_visible()


def test_twins_are_told_apart(open_page: Any, dispatch: str) -> None:
    page = open_page(dispatch, width=1400, height=900)
    names = page.locator(".name[data-place]").all_inner_texts()
    assert {"Alep (ville)", "Alep (région)"} <= set(names)
    assert len(names) == len(set(names))


def test_chips_lie_at_the_edge_and_are_few(open_page: Any, dispatch: str) -> None:
    page = open_page(dispatch, width=1400, height=900)
    stage = page.locator("#map").bounding_box()
    chips = page.evaluate(BOXES, ".away")
    assert 0 < len(chips) <= 5
    for chip in chips:
        left, top = chip["x"] - chip["w"] / 2 - stage["x"], chip["y"] - chip["h"] / 2 - stage["y"]
        right, bottom = stage["width"] - left - chip["w"], stage["height"] - top - chip["h"]
        assert min(left, right, top, bottom) < 100
    moscow = page.locator(".away", has_text="Moscou").inner_text()
    first = int(re.sub(r"\D", "", moscow))
    page.evaluate("map_mapgen.panBy([0, 60], { animate: false })")
    page.wait_for_timeout(100)
    assert int(re.sub(r"\D", "", page.locator(".away", has_text="Moscou").inner_text())) == first


def test_tab_reaches_the_buttons_first_and_one_marker(open_page: Any, dispatch: str) -> None:
    page = open_page(dispatch, width=1400, height=900)
    page.locator("#handle").focus()
    reached = []
    for _ in range(14):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.className + ' ' + (document.activeElement.dataset.do || '')")
        )
    kinds = ["pin" if "pin" in one else "button" for one in reached]
    assert "scene" in reached[0]
    assert kinds.count("pin") == 1
    page.locator(".pin[tabindex='0']").focus()
    before = page.evaluate(BOXES, ".pin:focus")[0]
    page.keyboard.press("ArrowDown")
    after = page.evaluate(BOXES, ".pin:focus, .gathered:focus")[0]
    assert after["y"] > before["y"]
    assert page.evaluate("map_mapgen.getZoom()") > 0


def test_the_list_of_signs_and_keys(open_page: Any, dispatch: str) -> None:
    page = open_page(dispatch, width=1400, height=900)
    page.locator("#text").focus()
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    for words in ("nombre", "Creux", "anneau", "Contour", "distance", "direction", "route", "trajet", "Relief"):
        assert words in page.locator("#help").inner_text()
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()
    page.keyboard.press("/")
    assert page.locator("#search").evaluate("(one) => one === document.activeElement")


def test_only_one_kind_and_back(open_page: Any, dispatch: str) -> None:
    page = open_page(dispatch, width=1400, height=900)
    every = page.locator(".pin").count()
    page.locator(".choice", has=page.locator(".chip.k-city")).hover()
    page.locator(".just[data-kind=city]").click()
    assert page.locator(".pin").count() == page.locator(".pin.k-city").count() > 0
    page.locator("[data-do=reset]").click()
    assert page.locator(".pin").count() == every
    assert not page.locator("[data-do=reset]").is_visible()


def test_doubt_shows_where_it_is_pointed_at(open_page: Any, dispatch: str) -> None:
    page = open_page(dispatch, width=1400, height=900)
    doubt = page.locator(".o-doubt")
    assert doubt.count() > 0
    assert not any(one.is_visible() for one in doubt.all())
    number = doubt.first.get_attribute("data-place")
    page.locator(f"[data-mention][data-place='{number}']").first.hover()
    assert page.locator(f".o-doubt[data-place='{number}']").is_visible()


def test_the_world_is_framed_by_its_places(open_page: Any) -> None:
    page = open_page(render(first_views.parsed("world")), width=1400, height=900)
    stage = page.locator("#map").bounding_box()
    for pin in page.evaluate(BOXES, ".pin"):
        assert stage["x"] < pin["x"] < stage["x"] + stage["width"]


def test_a_globe_says_where_the_scene_is(open_page: Any, dispatch: str) -> None:
    page = open_page(dispatch, width=1400, height=900)
    assert page.locator(".globe .where").is_visible()
    assert not open_page(render(first_views.parsed("world")), width=1400, height=900).locator(".globe").count()


def test_far_clusters_are_insets(open_page: Any) -> None:
    parsed = two_scenes()
    page = open_page(render(parsed), width=1400, height=900)
    dots = page.locator(".inset circle")
    assert dots.count() == 4
    first = dots.first.get_attribute("data-place")
    assert not page.locator(f".away[data-place~='{first}']").count()
    page.locator(".inset").click(position={"x": 4, "y": 60})
    page.wait_for_timeout(100)
    assert page.locator(f".pin[data-place='{first}']").is_visible()
    bounds = page.locator("#map").bounding_box()
    box = page.locator(f".pin[data-place='{first}']").bounding_box()
    assert bounds["x"] < box["x"] < bounds["x"] + bounds["width"]
    narrow = open_page(render(parsed), width=390, height=844)
    assert not narrow.locator(".inset").is_visible()
    assert narrow.locator(".away").count() > 0


def two_scenes() -> ParsedDocument:
    return first_views.parsed("two scenes")
