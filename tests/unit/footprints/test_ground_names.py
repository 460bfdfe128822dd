from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from math import cos, hypot, log2, radians

import numpy as np
import pytest
import shapely

from mapgen.footprints import ground_names, ground_towns
from mapgen.footprints.ground_names import free_circle, free_circles, land_of_countries
from mapgen.footprints.ground_towns import MOST_TOWNS, town_zooms
from mapgen.gazetteer import Gazetteer
from mapgen.gazetteer.cities import Cities
from mapgen.geodesy import unwrap
from mapgen.languages import page_languages
from mapgen.model import GroundName, Kind, Place

NO_CITIES = Cities(np.empty(0), np.empty(0), np.empty(0, "<U2"))
ADRIATIC = (41.0, 12.0, 45.5, 19.0)


@pytest.fixture(scope="module")
def gazetteer(home: object) -> Iterator[Gazetteer]:
    with Gazetteer.open() as opened:
        yield opened


@pytest.fixture(scope="module")
def names(gazetteer: Gazetteer) -> dict[str, GroundName]:
    return {name.place.label("fr"): name for name in ground_names(ADRIATIC, gazetteer, ())}


def test_countries_in_part_are_named_where_they_are(names: dict[str, GroundName]) -> None:
    assert {"Italie", "Croatie", "Slovénie", "Bosnie-Herzégovine"} <= names.keys()
    slovenia = names["Slovénie"].anchors[0]
    assert 45.4 < slovenia[0] < 46.9 and 13.4 < slovenia[1] < 16.6
    assert any(12.0 < lon < 14.5 and 41.0 < lat < 44.0 for lat, lon, _ in names["Italie"].anchors)


def test_seas_are_named_by_their_smallest_part(names: dict[str, GroundName]) -> None:
    assert "mer Adriatique" in names
    assert all(lat > 40.3 and lon < 19.5 for lat, lon, _ in names["mer Adriatique"].anchors)
    assert "mer Tyrrhénienne" in names


def test_anchors_come_with_the_largest_first(names: dict[str, GroundName]) -> None:
    for name in names.values():
        reaches = [reach for _, _, reach in name.anchors]
        assert reaches == sorted(reaches, reverse=True)


def test_lakes_are_named(gazetteer: Gazetteer) -> None:
    found = {name.place.label("en") for name in ground_names((41.0, -88.5, 47.5, -80.0), gazetteer, ())}
    assert {"Lake Michigan", "Lake Huron"} <= found


def test_without_a_scene_the_world_is_named(gazetteer: Gazetteer) -> None:
    found = ground_names(None, gazetteer, ())
    kinds = [name.place.kind for name in found]
    assert kinds.count(Kind.COUNTRY) == 60
    assert kinds.count(Kind.WATER) > 20


def test_land_goes_to_the_country_of_its_cities(gazetteer: Gazetteer) -> None:
    cities = gazetteer.spread_cities(41.0, 12.0, 46.5, 19.0, fields=60, each=3)
    land = land_of_countries(cities, (12.0, 41.0, 19.0, 46.5))
    circle = free_circle(land["SI"])
    assert circle is not None
    assert 45.5 < circle[0] < 46.5
    assert land_of_countries(NO_CITIES, (12.0, 41.0, 19.0, 46.5)) == {}
    assert land_of_countries(cities, (-40.0, 20.0, -35.0, 25.0)) == {}


def test_coarser_lines_give_the_same_countries(gazetteer: Gazetteer) -> None:
    box = (5.0, 40.0, 20.0, 50.0)
    cities = gazetteer.spread_cities(40.0, 5.0, 50.0, 20.0, fields=60, each=3)
    fine, coarse = (land_of_countries(cities, box, resolution) for resolution in "il")
    large = {code for code, land in fine.items() if land.area > 0.5}
    assert large == {code for code, land in coarse.items() if land.area > 0.5}
    assert all(coarse[code].area == pytest.approx(fine[code].area, rel=0.05) for code in large)


def test_towns_are_spread_over_scales(gazetteer: Gazetteer) -> None:
    towns = ground_towns(gazetteer, ADRIATIC)
    zooms = town_zooms(towns)
    assert 100 < len(towns) <= MOST_TOWNS
    assert {place.kind for place in towns} <= {Kind.CITY, Kind.VILLAGE}
    per_zoom = [sum(low < zoom <= low + 1 for zoom in zooms) for low in (5, 6, 7, 8)]
    assert all(count > 5 for count in per_zoom), "zooming in brings more of them, level by level"
    assert ground_towns(gazetteer, None) == ()


def _town(number: int, lat: float, lon: float, *, capital: bool = False) -> Place:
    return Place(
        id=f"t:{number}", source="test", name=str(number), kind=Kind.CITY, country="XX", lat=lat, lon=lon,
        population=1000 - number, capital=capital,
    )  # fmt: skip


def test_a_town_beside_a_larger_one_is_shown_later() -> None:
    first, beside, away, capital = town_zooms(
        [_town(0, 45.0, 9.0), _town(1, 45.1, 9.1), _town(2, 45.0, 13.0), _town(3, 45.0, 5.0, capital=True)]
    )
    assert first <= capital < away < beside


def test_cities_are_spread_over_a_box(gazetteer: Gazetteer) -> None:
    box = (36.0, 36.0, 38.0, 39.0)
    everything = {(lat, lon, country) for lat, lon, country, _ in gazetteer.cities_within(*box)}
    few = list(zip(*gazetteer.spread_cities(*box, fields=2, each=3), strict=True))
    many = list(zip(*gazetteer.spread_cities(*box, fields=40, each=3), strict=True))
    assert 0 < len(few) <= 12
    assert len(few) < len(many)
    assert set(few) <= everything
    assert set(many) <= everything


def test_bare_towns_are_the_places_without_names_and_divisions(gazetteer: Gazetteer) -> None:
    box = (36.0, 36.0, 38.0, 39.0)
    whole = gazetteer.within(*box, limit=20)
    assert gazetteer.towns_within(*box, limit=20) == tuple(_bare(place) for place in whole)
    assert any(place.admin for place in whole)
    assert [gazetteer.bare(place.id) for place in whole] == [_bare(place) for place in whole]
    assert gazetteer.bare("gn:1") is None
    assert gazetteer.bare("list:nothing") is None


def _bare(place: Place) -> Place:
    labels = tuple(label for label in place.labels if label[0] in page_languages())
    return replace(place, names=(), admin=(), labels=labels)


def test_circles_of_many_areas_are_those_of_each() -> None:
    square = shapely.box(10.0, 40.0, 12.0, 42.0)
    areas = [shapely.Polygon(), square, shapely.MultiPolygon([square, shapely.box(0.0, 60.0, 9.0, 64.0)])]
    circles = free_circles(areas)
    assert circles == [free_circle(area) for area in areas]
    assert circles[0] is None
    assert circles[1] is not None
    assert circles[1][1:] == pytest.approx((11.0, cos(radians(41.0))), abs=0.03)
    assert circles[2] is not None
    assert circles[2][0] == pytest.approx(62.0, abs=0.2)


@pytest.mark.parametrize("around", [0.0, 179.0])
def test_zooms_are_those_of_the_distance_to_the_nearest_larger_town(around: float) -> None:
    shift = random.Random(5)
    towns = [
        _town(number, shift.uniform(-60.0, 70.0), (around + shift.uniform(-9.0, 9.0) + 180.0) % 360.0 - 180.0)
        for number in range(150)
    ]
    for number, (zoom, town) in enumerate(zip(town_zooms(towns), towns, strict=True)):
        nearest = min(
            (hypot(unwrap(each.lon, town.lon) - town.lon, (each.lat - town.lat) / max(0.1, cos(radians(town.lat))))
             for each in towns[:number]), default=360.0,
        )  # fmt: skip
        assert zoom == pytest.approx(min(14.0, max(0.0, log2(105.0 * 360.0 / (256.0 * nearest)))), abs=0.051)
    assert town_zooms([]) == []


@pytest.mark.parametrize(
    "frame",
    [
        pytest.param((88.0, -10.0, 90.0, 10.0), id="north pole"),
        pytest.param((-90.0, -10.0, -88.0, 10.0), id="south pole"),
        pytest.param((10.0, 170.0, 20.0, 190.0), id="antimeridian"),
        pytest.param((-40.0, -130.0, -35.0, -125.0), id="ocean"),
        pytest.param((-43.3, 171.47, -43.1, 171.77), id="lakes without a listed one at their latitudes"),
    ],
)
def test_every_scene_has_names(gazetteer: Gazetteer, frame: tuple[float, float, float, float]) -> None:
    found = ground_names(frame, gazetteer, ())
    assert any(name.place.kind is Kind.COUNTRY for name in found)
