"""Shapes around a point: exact on the sphere, valid as GeoJSON, everywhere."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import shape

from mapgen.footprints.geometry import area_geometry, point_geometry
from mapgen.footprints.planar import Plane
from mapgen.footprints.projection import Stereographic
from mapgen.geodesy import BEARINGS, bearing, distance_km

LAT = st.floats(-84, 84)
LON = st.floats(-180, 180)
DIRECTION = st.sampled_from(sorted(BEARINGS))


def corners(geometry: Any) -> list[tuple[float, float]]:
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [(lat, lon) for part in parts for ring in part for lon, lat in ring]


def check(geometry: Any) -> None:
    """RFC 7946: closed, valid, wound to the right, within ±180, few decimals."""
    area = shape(geometry)
    assert area.is_valid
    assert area.area > 0
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for part in parts:
        for number, ring in enumerate(part):
            assert ring[0] == ring[-1]
            assert len(ring) >= 4
            assert shapely.LinearRing(ring).is_ccw == (number == 0)
    assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lat, lon in corners(geometry))
    assert all(round(value, 5) == value for corner in corners(geometry) for value in corner)


@given(LAT, LON, st.lists(st.tuples(st.floats(-80, 80), st.floats(-170, 170)), min_size=1, max_size=9))
def test_projection_comes_back(lat: float, lon: float, offsets: list[tuple[float, float]]) -> None:
    plane = Stereographic(lat, lon)
    points = np.array([(lon + turn / 2, there) for there, turn in offsets])
    back = plane.inverse(plane.forward(points))
    assert back == pytest.approx(points, abs=1e-6)
    assert plane.forward(np.array([[lon, lat]])) == pytest.approx(np.zeros((1, 2)), abs=1e-6)


@settings(deadline=None)
@given(LAT, LON, st.floats(0.5, 400))
def test_circle(lat: float, lon: float, km: float) -> None:
    plane = Plane(lat, lon)
    geometry = plane.geometry(plane.circle(km))
    check(geometry)
    rim = [corner for corner in corners(geometry) if abs(corner[1]) < 179.9999]
    assert all(distance_km(lat, lon, *corner) == pytest.approx(km, abs=0.02 + 1e-3 * km) for corner in rim)
    assert len(rim) < 60


@settings(deadline=None)
@given(LAT, LON, st.floats(0.5, 100), st.floats(1.1, 3))
def test_ring(lat: float, lon: float, inner: float, times: float) -> None:
    plane = Plane(lat, lon)
    geometry = plane.geometry(plane.ring(inner, inner * times))
    check(geometry)
    for corner in corners(geometry):
        if abs(corner[1]) < 179.9999:
            assert inner * 0.98 - 0.02 <= distance_km(lat, lon, *corner) <= inner * times + 0.02 + 1e-3 * inner


@settings(deadline=None)
@given(LAT, LON, DIRECTION, st.floats(0, 20), st.floats(5, 100))
def test_sector_lies_in_its_direction(lat: float, lon: float, direction: str, inner: float, wide: float) -> None:
    plane = Plane(lat, lon)
    geometry = plane.geometry(plane.sector(direction, inner, inner + wide))
    check(geometry)
    for corner in corners(geometry):
        if distance_km(lat, lon, *corner) > 1.0 and abs(corner[1]) < 179.9999:
            turn = (bearing(lat, lon, *corner) - BEARINGS[direction] + 180) % 360 - 180
            assert abs(turn) < 37


@settings(deadline=None)
@given(LAT, LON, DIRECTION)
def test_part_is_a_third_on_the_right_side(lat: float, lon: float, direction: str) -> None:
    plane = Plane(lat, lon)
    area = plane.ring(20, 60)
    part = plane.part(area, direction)
    assert 0.3 < part.area / area.area < 0.42
    middle = shapely.get_coordinates(shapely.centroid(part))[0]
    off = np.degrees(np.arctan2(*middle)) - BEARINGS[direction]
    assert (off + 180) % 360 - 180 == pytest.approx(0, abs=3)
    if direction == "N":
        assert middle[1] > 20
    check(plane.geometry(part))


def test_the_centre_is_in_the_middle() -> None:
    plane = Plane(35, 37)
    area = plane.circle(100)
    core = plane.part(area, "C")
    assert 0.2 < core.area / area.area < 0.4
    assert core.contains(shapely.Point(0, 0))


def test_an_area_across_the_antimeridian_goes_round_trip() -> None:
    plane = Plane(-17, 179.9)
    geometry = plane.geometry(plane.circle(150))
    assert geometry is not None
    assert geometry["type"] == "MultiPolygon"
    assert len(geometry["coordinates"]) == 2
    assert plane.area(geometry).area == pytest.approx(plane.circle(150).area, rel=1e-3)
    assert plane.area(geometry).geom_type == "Polygon"


def test_corridor_reaches_both_ends() -> None:
    plane = Plane(35, 37)
    geometry = plane.geometry(plane.corridor([(33.5, 36.3), (34.7, 36.7), (36.2, 37.2)], 15))
    check(geometry)
    area = shape(geometry)
    assert all(area.contains(shapely.Point(lon, lat)) for lat, lon in [(33.5, 36.3), (34.7, 36.7), (36.2, 37.2)])
    assert not area.contains(shapely.Point(37.5, 34.7))


def test_nothing_is_no_geometry() -> None:
    assert Plane(0, 0).geometry(shapely.Polygon()) is None
    assert area_geometry(shapely.box(0, 0, 1e-7, 1e-7), lambda points: points) is None


def test_point() -> None:
    assert point_geometry(36.123456789, -0.0000001) == {"type": "Point", "coordinates": [-0.0, 36.12346]}
