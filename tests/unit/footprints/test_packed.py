"""Outlines as arrays come back as they were, and say which frames they touch."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapgen.footprints.packed import pack

DEGREES = st.integers(-1_800_000, 1_800_000).map(lambda steps: steps / 10_000)
RING = st.lists(st.tuples(DEGREES, DEGREES).map(list), min_size=4, max_size=7)
POLYGON = st.lists(RING, min_size=1, max_size=3)
SQUARE: list[list[list[float]]] = [[[10.0, 40.0], [12.0, 40.0], [12.0, 43.0], [10.0, 43.0], [10.0, 40.0]]]


@given(st.lists(POLYGON, min_size=1, max_size=3))
def test_a_geometry_comes_back_byte_for_byte(polygons: list[Any]) -> None:
    geometry: dict[str, Any] = {"type": "MultiPolygon", "coordinates": polygons}
    if len(polygons) == 1:
        geometry = {"type": "Polygon", "coordinates": polygons[0]}
    packed = pack(geometry)
    assert json.dumps(packed.geometry()) == json.dumps(geometry)
    assert packed.nbytes > 16 * sum(len(ring) for rings in polygons for ring in rings) // 2


@pytest.mark.parametrize(
    ("frame", "touched"),
    [
        ((39.0, 9.0, 41.0, 11.0), True),
        ((39.0, 9.0, 39.9, 11.0), False),
        ((39.0, 12.1, 41.0, 13.0), False),
        ((39.0, 371.0, 41.0, 373.0), True),
        ((-90.0, -180.0, 90.0, 180.0), True),
    ],
)
def test_touches(frame: tuple[float, float, float, float], touched: bool) -> None:
    far = [[[-150.0, -40.0], [-149.0, -40.0], [-149.0, -39.0], [-150.0, -40.0]]]
    assert pack({"type": "Polygon", "coordinates": SQUARE}).touches(frame) is touched
    assert pack({"type": "MultiPolygon", "coordinates": [far, SQUARE]}).touches(frame) is touched


@pytest.mark.parametrize("geometry", [{"type": "Point", "coordinates": [1.0, 2.0]}, {"type": "Polygon"}])
def test_what_is_no_area_is_refused(geometry: dict[str, Any]) -> None:
    with pytest.raises((ValueError, KeyError)):
        pack(geometry)
