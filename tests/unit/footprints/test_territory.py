"""Outlines from arrays of cities, without a gazetteer."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from shapely.geometry import Point, shape

from mapgen.footprints.districts import outline_districts
from mapgen.footprints.geometry import area_geometry
from mapgen.footprints.territory import Cities, Outlines, outline_regions, search_box
from mapgen.geodesy import wrap

Town = tuple[str, str, str, float, float, int]


@pytest.fixture(scope="module")
def cities(towns: list[Town]) -> Cities:
    """The towns of the tiny gazetteer."""
    return Cities(
        lat=np.array([town[3] for town in towns]),
        lon=np.array([town[4] for town in towns]),
        country=np.array([town[1] for town in towns], dtype=object),
        admin1=np.array([town[2] for town in towns], dtype=object),
    )


@pytest.fixture(scope="module")
def italy(cities: Cities) -> Outlines:
    own = cities.country == "IT"
    return outline_regions("IT", cities, search_box(cities.lat[own], cities.lon[own]))


def test_each_region_holds_its_towns_and_no_others(italy: Outlines, towns: list[Town]) -> None:
    areas = {code: shape(geometry) for code, geometry in italy.regions.items()}
    assert set(areas) == {"15", "14", "03", "02"}
    for name, country, admin1, lat, lon, _ in towns:
        for code, area in areas.items():
            near = area.distance(Point(lon, lat)) < 0.15
            assert near == (country == "IT" and code == admin1) or name in {"Messina", "Reggio Calabria"}


def test_regions_of_one_land_share_their_border_and_make_up_the_country(italy: Outlines) -> None:
    areas = [shapely.make_valid(shape(geometry)) for geometry in italy.regions.values()]
    together = shapely.union_all(areas)
    assert together.area == pytest.approx(sum(area.area for area in areas), rel=0.01)
    whole = shapely.make_valid(shape(italy.country))
    assert whole.intersection(together).area > 0.97 * whole.area


def test_islets_are_left_out_and_islands_stay(italy: Outlines) -> None:
    sardinia = shape(italy.regions["14"])
    parts = sorted(shapely.area(shapely.get_parts(sardinia)))
    assert parts[0] >= 0.0007 * sum(parts)
    assert shapely.get_num_coordinates(sardinia) < 400


def test_a_country_without_cities_has_no_outline(cities: Cities) -> None:
    assert outline_regions("GR", cities, (8.0, 35.0, 18.0, 44.0)) == Outlines(None, {})


@pytest.mark.parametrize("turn", range(-180, 180, 24))
def test_the_search_box_is_as_wide_at_every_longitude(turn: int) -> None:
    lons = np.array([wrap(lon + turn) for lon in (0.0, 3.7, 9.1)])
    west, south, east, north = search_box(np.array([-20.0, -17.0, -18.0]), lons)
    assert east - west == pytest.approx(9.1 + 2 * 0.35 * 9.1)
    assert (south, north) == (-22.5, -14.5)
    assert -190 < west < 180


def test_districts_divide_their_region() -> None:
    square = area_geometry(shapely.box(10.0, 45.0, 11.0, 46.0), lambda points: points)
    assert square is not None
    places = [
        (45.0 + row / 10, 10.0 + column / 10, "A" if column < 5 else "B")
        for row in range(1, 10)
        for column in range(1, 10)
    ]
    districts = outline_districts(square, places)
    west, east = shape(districts["A"]), shape(districts["B"])
    assert west.contains(Point(10.2, 45.5))
    assert east.contains(Point(10.8, 45.5))
    assert west.area + east.area == pytest.approx(1.0, rel=0.01)
    assert outline_districts(square, [(45.5, 10.5, "A"), (45.6, 10.5, ""), (45.7, 10.5, "")]) == {}
