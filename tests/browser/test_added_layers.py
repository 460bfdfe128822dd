"""Layers that a user adds to `to_map()`: they show, are in the legend, are saved, and ask no network."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import folium
import folium.plugins
import page_samples as samples
import pytest

from mapgen.rendering import to_map

TOWER = (48.2, 16.4)


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Any:
    """Open a folium map as it was saved; return the page, and what went wrong in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")

    def open_(drawn: folium.Map) -> tuple[Any, list[str]]:
        file = tmp_path / "saved.html"
        drawn.save(str(file))
        page = context.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: wrong.append(request.url) if request.url.startswith("http") else None)
        page.goto(file.as_uri())
        page.wait_for_selector("html[data-ready]")
        return page, wrong

    yield open_
    context.close()


def test_what_is_added_shows_and_is_in_the_legend(opened: Any) -> None:
    drawn = to_map(samples.right_to_left(), language="en")
    folium.Marker(TOWER, popup="the <b>tower</b>").add_to(drawn)
    depots = folium.FeatureGroup(name="Depots & yards").add_to(drawn)
    folium.Circle(TOWER, radius=90_000).add_to(depots)
    shape = {"type": "Polygon", "coordinates": [[[16, 48], [17, 48], [17, 49], [16, 48]]]}
    folium.GeoJson({"type": "Feature", "properties": {}, "geometry": shape}, name="Zone").add_to(drawn)
    folium.FeatureGroup(name="Later", show=False).add_to(drawn)
    page, wrong = opened(drawn)
    picture = page.locator("img.leaflet-marker-icon")
    assert picture.evaluate("image => image.naturalWidth") == 25
    chips = page.locator(".legend .chip.added")
    assert chips.all_inner_texts() == ["Depots & yards", "Zone", "Later"]
    assert [chips.nth(n).get_attribute("aria-pressed") for n in range(3)] == ["true", "true", "false"]
    paths = f"() => map_mapgen.hasLayer({depots.get_name()})"
    assert page.evaluate(paths)
    chips.nth(0).click()
    assert not page.evaluate(paths)
    assert chips.nth(0).get_attribute("aria-pressed") == "false"
    chips.nth(0).click()
    assert page.evaluate(paths)
    picture.dispatch_event("click")
    page.wait_for_selector(".leaflet-popup-content b")
    assert page.inner_text(".leaflet-popup-content") == "the tower"
    assert wrong == []


def test_a_plugin_is_inlined_where_a_package_has_it_and_told_otherwise(opened: Any) -> None:
    drawn = to_map(samples.right_to_left(), language="en")
    folium.plugins.HeatMap([(48.2, 16.4, 1.0), (48.3, 16.5, 0.5)]).add_to(drawn)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        page, wrong = opened(drawn)
    assert [str(each.message) for each in told if "needs no network" in str(each.message)] == []
    assert page.locator("canvas.leaflet-heatmap-layer").count() == 1
    assert wrong == []
    other = to_map(samples.right_to_left(), language="en")
    folium.plugins.MiniMap().add_to(other)
    folium.Marker(TOWER).add_to(other)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        page, wrong = opened(other)
    addresses = [str(each.message).split()[6] for each in told if "needs no network" in str(each.message)]
    assert {address.rpartition("/")[2] for address in addresses} == {"Control.MiniMap.css", "Control.MiniMap.js"}
    # What lacks its library does not take the marker with it.
    assert page.locator("img.leaflet-marker-icon").count() == 1
    assert wrong == []
