"""The sphere against geopy's geodesic, and its own round trips."""

from __future__ import annotations

from itertools import pairwise

import pytest
from geopy.distance import geodesic
from geopy.distance import great_circle as geopy_great_circle
from hypothesis import given
from hypothesis import strategies as st

from mapgen import geodesy

LAT = st.floats(-85, 85)
LON = st.floats(-180, 179.999)
KM = st.floats(0.5, 5000)


@given(LAT, LON, LAT, LON)
def test_distance_is_geopys_great_circle_and_near_its_geodesic(
    lat1: float, lon1: float, lat2: float, lon2: float
) -> None:
    km = geodesy.distance_km(lat1, lon1, lat2, lon2)
    assert km == pytest.approx(geopy_great_circle((lat1, lon1), (lat2, lon2)).km, rel=1e-6, abs=1e-3)
    if km < 15000:
        assert km == pytest.approx(geodesic((lat1, lon1), (lat2, lon2)).km, rel=0.006, abs=0.01)


@given(LAT, LON, st.floats(0, 360), KM)
def test_destination_lies_at_its_distance_and_bearing(lat: float, lon: float, course: float, km: float) -> None:
    lat2, lon2 = geodesy.destination(lat, lon, course, km)
    assert -180 <= lon2 < 180
    assert geodesy.distance_km(lat, lon, lat2, lon2) == pytest.approx(km, rel=1e-6, abs=1e-5)
    turned = (geodesy.bearing(lat, lon, lat2, lon2) - course + 180) % 360 - 180
    assert abs(turned) < 0.01


def test_bearings_of_the_compass() -> None:
    for name, expected in geodesy.BEARINGS.items():
        lat, lon = geodesy.destination(36.2, 37.2, expected, 10)
        assert ("N" in name) == (lat > 36.21)
        assert ("S" in name) == (lat < 36.19)
        assert ("E" in name) == (lon > 37.21)
        assert ("W" in name) == (lon < 37.19)


@given(LON, st.integers(-3, 3))
def test_wrap_undoes_whole_turns(lon: float, turns: int) -> None:
    assert geodesy.wrap(lon + 360 * turns) == pytest.approx(lon, abs=1e-9) or abs(lon) > 179.99


@given(LON, LON)
def test_unwrap_keeps_the_point_and_comes_near(lon: float, near: float) -> None:
    moved = geodesy.unwrap(lon, near)
    assert abs(moved - near) <= 180.0000001
    assert abs((moved - lon) / 360 - round((moved - lon) / 360)) < 1e-9


def test_arc_is_closed_and_round() -> None:
    points = geodesy.arc(10, 20, 50, step=30)
    assert len(points) == 13
    assert points[0] == pytest.approx(points[-1])
    assert all(geodesy.distance_km(10, 20, *point) == pytest.approx(50) for point in points)
    assert len(geodesy.arc(10, 20, 50, start=350, end=370, step=10)) == 3


def test_an_arc_ends_at_its_bearings() -> None:
    points = geodesy.arc(10, 20, 50, start=90, end=135, step=20)
    expected = [geodesy.destination(10, 20, bearing, 50) for bearing in (90, 105, 120, 135)]
    assert points == [pytest.approx(each) for each in expected]


def test_great_circle_keeps_its_ends_and_its_step() -> None:
    damascus, aleppo = (33.51, 36.29), (36.2, 37.16)
    points = geodesy.great_circle(damascus, aleppo, step_km=50)
    assert points[0] == damascus
    assert points[-1] == aleppo
    gaps = [geodesy.distance_km(*one, *other) for one, other in pairwise(points)]
    assert max(gaps) <= 50.01
    assert sum(gaps) == pytest.approx(geodesy.distance_km(*damascus, *aleppo), rel=1e-6)
    assert geodesy.great_circle(damascus, damascus) == [damascus, damascus]


def test_westmost_crosses_the_antimeridian_when_that_is_shorter() -> None:
    assert geodesy.westmost([170, -170, 175]) == 170
    assert geodesy.westmost([-10, 20, 5]) == -10
    assert geodesy.westmost([12]) == 12
    with pytest.raises(ValueError, match="no longitude"):
        geodesy.westmost([])


def test_centroid_is_on_the_sphere() -> None:
    lat, lon = geodesy.centroid([(0, 170, 1), (0, -170, 1)])
    assert lat == pytest.approx(0)
    assert abs(lon) == pytest.approx(180)
    assert geodesy.centroid([(10, 20, 3), (10, 40, 1)])[1] < 26
    assert geodesy.centroid([(0, 0, 1), (0, 180, 1)]) == (0, 0)
    with pytest.raises(ValueError, match="no point"):
        geodesy.centroid([])


@given(st.lists(st.floats(-720, 720), min_size=1, max_size=9), st.floats(-720, 720))
def test_eastward_is_the_smallest_arc_whatever_the_longitudes(lons: list[float], turn: float) -> None:
    arc = geodesy.eastward(lons)
    for lon, moved in zip(lons, arc, strict=True):
        assert abs((moved - lon) / 360 - round((moved - lon) / 360)) < 1e-9
    assert -180 <= min(arc) < 180
    around = sorted(geodesy.wrap(lon) for lon in lons)
    widest_gap = max(following - one for one, following in pairwise([*around, around[0] + 360]))
    assert max(arc) - min(arc) == pytest.approx(360 - widest_gap, abs=1e-9)
    shifted = geodesy.eastward(lon + turn for lon in lons)
    assert max(shifted) - min(shifted) == pytest.approx(max(arc) - min(arc), abs=1e-6)


def test_eastward_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no longitude"):
        geodesy.eastward([])
