"""What leaves the page: link, picture, code for a frame; the embedded page; the address and its history."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import page_samples as samples
import pytest
from PIL import Image

from mapgen.rendering import render

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def html() -> str:
    return render(samples.dispatch(), language="en")


def test_the_picture_is_saved_as_png(open_page: Any, html: str, tmp_path: Path) -> None:
    page = open_page(html)
    page.locator("#share summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save image").click()
    target = tmp_path / "map.png"
    download.value.save_as(target)
    with Image.open(target) as image:
        assert image.size == (1920, 1280)
    assert download.value.suggested_filename.endswith(".png")
    assert page.get_attribute("#share", "open") is None


def test_link_and_code_are_copied(open_page: Any, html: str) -> None:
    page = open_page(html)
    page.evaluate(
        "() => { window.copied = []; document.execCommand = () => copied.push(document.activeElement.value) > 0;"
        " Object.defineProperty(navigator, 'clipboard', { value: undefined }); }"
    )
    page.locator("#share summary").click()
    page.get_by_role("button", name="Copy link").click()
    page.wait_for_function("() => !document.querySelector('#notice').hidden")
    assert page.inner_text("#notice") == "The link is copied."
    page.locator("#share summary").click()
    page.get_by_role("button", name="Embed code").click()
    page.wait_for_function("() => copied.length === 2")
    link, code = page.evaluate("copied")
    assert link == page.url
    assert code.startswith("<iframe ") and "#embed" in code and 'width="640"' in code


def test_the_embedded_page_is_map_and_caption(open_page: Any, html: str, picture: Any) -> None:
    page = open_page(html, width=640, height=420, fragment="#embed")
    box = page.locator("#map").bounding_box()
    assert (box["width"], box["height"]) == (640, 420)
    assert page.locator("#caption").inner_text().startswith("North-west Syria: 20 places")
    assert "#" not in page.get_attribute("#caption a", "href")
    assert not page.locator("#reader").is_visible()
    assert not page.locator(".top").is_visible()
    picture(page, "state-embedded")
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(300)
    assert page.url.split("#")[1].startswith("embed&map=")


def test_one_finger_scrolls_past_an_embedded_map(open_page: Any, html: str) -> None:
    page = open_page(html, width=390, height=420, has_touch=True, is_mobile=True, fragment="#embed")
    assert page.evaluate("map_mapgen.dragging.enabled()") is False
    assert page.evaluate("map_mapgen.touchZoom.enabled()") is True
    assert page.eval_on_selector("#map", "one => getComputedStyle(one).touchAction") == "pan-x pan-y"


def test_back_closes_the_card(open_page: Any, html: str) -> None:
    page = open_page(html)
    page.locator(".mention").first.click()
    assert page.locator("#card").is_visible()
    page.locator(".mention").nth(3).click()
    page.go_back()
    page.wait_for_function("() => document.querySelector('#card').hidden")
    assert page.locator("#source").is_visible()


@pytest.mark.parametrize("fragment", ["#map=99/200/9999", "#map=nan", "#map=5/36.1.2/1", "#%E0%A4%A", "#sort=x&p=zz"])
def test_a_broken_address_shows_the_scene(open_page: Any, html: str, fragment: str) -> None:
    page = open_page(html, fragment=fragment)
    assert page.locator(".pin").count() > 10


def test_sort_and_search_are_in_the_address(open_page: Any, html: str) -> None:
    page = open_page(html, fragment="#tab=places&sort=name&q=ham")
    assert page.input_value("#search") == "ham"
    assert page.locator("#sort").input_value() == "name"
    assert page.locator(".item").count() == 1
    page.locator("#search").fill("ale")
    page.wait_for_timeout(300)
    assert "q=ale" in page.url and "sort=name" in page.url


def test_a_phone_shows_one_pane_alone(open_page: Any, html: str) -> None:
    page = open_page(html, width=390, height=844, has_touch=True)
    page.get_by_role("button", name="Map only").click()
    page.wait_for_timeout(200)
    assert page.locator("#map").bounding_box()["height"] > 650
    page.get_by_role("button", name="Map only").click()
    page.get_by_role("button", name="Text only").click()
    page.wait_for_timeout(200)
    assert page.locator("#text").bounding_box()["height"] > 650


def test_the_scale_is_told_where_it_holds(open_page: Any, html: str) -> None:
    page = open_page(html)
    assert page.locator(".leaflet-control-scale-line").inner_text().endswith("km")
    page.evaluate("map_mapgen.setZoom(2)")
    page.wait_for_timeout(300)
    assert not page.locator(".leaflet-control-scale").is_visible()
