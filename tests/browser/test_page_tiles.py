"""Layers of tiles: nobody is asked before the switch, the layer's own host after it, nobody again when it is off."""

from __future__ import annotations

import base64
import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import page_samples as samples
import pytest

from mapgen.rendering import render, tile_layers

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGOoWBAFAAMGAXOppMqEAAAAAElFTkSuQmCC")


@pytest.fixture
def online(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """A page whose requests to the network are answered here, and listed."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    asked: list[str] = []

    def answer(route: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="image/png", body=PIXEL)

    context.route("http*://**/*", answer)

    def open_(html: str) -> tuple[Any, list[str]]:
        file = tmp_path / "page.html"
        file.write_text(html, encoding="utf-8", newline="")
        page = context.new_page()
        page.goto(file.as_uri())
        page.wait_for_selector("html[data-ready]")
        return page, asked

    yield open_
    context.close()


def test_tiles_are_asked_for_only_while_they_are_on(online: Any, picture: Any) -> None:
    html = render(samples.right_to_left(), language="en", tiles=tile_layers(["Esri.WorldImagery", "OpenTopoMap"]))
    page, asked = online(html)
    page.wait_for_timeout(300)
    assert asked == []
    photographs = page.get_by_role("button", name="Esri WorldImagery online")
    drawings = page.get_by_role("button", name="OpenTopoMap online")
    assert "server.arcgisonline.com" in (photographs.get_attribute("title") or "")
    photographs.click()
    page.wait_for_selector(".leaflet-tile-loaded")
    assert asked
    assert all(url.startswith("https://server.arcgisonline.com/") for url in asked)
    assert photographs.get_attribute("aria-pressed") == "true"
    assert "Esri" in page.inner_text(".tile-credits")
    picture(page, "tiles")
    heights = "all => all.map((one) => Number(getComputedStyle(one).zIndex))"
    above = page.eval_on_selector_all(".leaflet-base-pane > .leaflet-layer", heights)
    assert min(above) > max(page.eval_on_selector_all(".leaflet-base-pane > canvas", heights))
    asked.clear()
    drawings.click()
    page.wait_for_selector(".leaflet-tile-loaded[src*=opentopomap]")
    assert all(".tile.opentopomap.org/" in url for url in asked)
    assert (photographs.get_attribute("aria-pressed"), drawings.get_attribute("aria-pressed")) == ("false", "true")
    links = page.eval_on_selector_all(".tile-credits a", "all => all.map((one) => one.href)")
    assert "https://www.openstreetmap.org/copyright" in links
    drawings.click()
    assert page.locator(".tile-credits").count() == 0
    asked.clear()
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(300)
    assert asked == []


def test_a_server_that_does_not_answer_is_told_in_one_line(browser: Any, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    asked: list[str] = []
    context.route("http*://**/*", lambda route: (asked.append(route.request.url), route.abort()))
    file = tmp_path / "page.html"
    file.write_text(render(samples.right_to_left(), language="en"), encoding="utf-8", newline="")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready]")
    switch = page.get_by_role("button", name="OSM online")
    switch.click()
    page.wait_for_function("() => !document.querySelector('#notice').hidden", timeout=3000)
    assert "tile.openstreetmap.org does not answer" in page.inner_text("#notice")
    assert switch.get_attribute("aria-pressed") == "false"
    assert page.locator(".tile-credits").count() == 0
    assert len(asked) == 1
    assert len(said) <= 1
    context.close()


def test_without_a_network_nothing_is_asked(open_page: Any) -> None:
    page = open_page(render(samples.right_to_left(), language="en"))
    page.get_by_role("button", name="OSM online").click()
    page.wait_for_function("() => !document.querySelector('#notice').hidden", timeout=3000)
    assert "does not answer" in page.inner_text("#notice")


def test_tiles_of_a_file_are_in_the_page(open_page: Any, tmp_path: Path) -> None:
    archive = tmp_path / "plan.mbtiles"
    with contextlib.closing(sqlite3.connect(archive)) as made:
        made.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        made.execute("CREATE TABLE tiles (zoom_level INT, tile_column INT, tile_row INT, tile_data BLOB)")
        facts = (("name", "Plan"), ("minzoom", "0"), ("maxzoom", "9"), ("attribution", "© Atelier"))
        made.executemany("INSERT INTO metadata VALUES (?, ?)", facts)
        for zoom in range(10):
            span = range(2**zoom) if zoom < 5 else range(int(0.59 * 2**zoom), int(0.61 * 2**zoom) + 2)
            rows = [
                (zoom, x, 2**zoom - 1 - y, PIXEL)
                for x in span
                for y in range(2**zoom)
                if zoom < 5 or abs(y / 2**zoom - 0.394) < 0.02
            ]
            made.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", rows)
        made.commit()
    page = open_page(render(samples.right_to_left(), language="en", tiles=tile_layers([str(archive)])))
    page.wait_for_selector(".leaflet-tile-loaded")
    switch = page.get_by_role("button", name="Plan", exact=True)
    assert switch.get_attribute("aria-pressed") == "true"
    assert page.inner_text(".tile-credits") == "© Atelier"
    switch.click()
    assert page.locator(".tile-credits").count() == 0


def test_the_page_says_where_its_ground_ends(open_page: Any) -> None:
    page = open_page(render(samples.right_to_left(), language="en"), fragment="#map=12.5/36.2/37.16")
    assert page.inner_text("#notice") == (
        "The ground of this map does not go down to streets. OSM shows them: button above."
    )
    page.get_by_role("button", name="Main view").click()
    assert page.locator("#notice").is_hidden()


def test_without_tiles_there_is_no_switch(open_page: Any) -> None:
    page = open_page(render(samples.right_to_left(), tiles=()))
    assert page.locator(".views .tiles").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_photographs_keep_their_colours_in_the_dark(online: Any, browser: Any, scheme: str) -> None:
    page, _ = online(render(samples.right_to_left(), tiles=tile_layers(["Esri.WorldImagery", "OpenStreetMap.Mapnik"])))
    page.emulate_media(color_scheme=scheme)
    filters = []
    for number in (0, 1):
        page.locator(".views .tiles").nth(number).click()
        page.wait_for_selector(".leaflet-tile-loaded")
        filters.append(page.eval_on_selector(".leaflet-tile-loaded", "one => getComputedStyle(one).filter"))
    assert filters[0] == "none"
    assert (filters[1] == "none") is (scheme == "light")
