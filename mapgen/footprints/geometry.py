"""Converts shapely areas to GeoJSON geometries after RFC 7946."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["DECIMALS", "area_geometry", "point_geometry"]

DECIMALS = 4
"""Decimals of coordinates: about 10 m, finer than any footprint."""


def point_geometry(lat: float, lon: float) -> Mapping[str, Any]:
    """Return a GeoJSON Point."""
    return {"type": "Point", "coordinates": [round(lon, 5), round(lat, 5)]}


def area_geometry(area: Any, inverse: Callable[[NDArray[np.float64]], NDArray[np.float64]]) -> Mapping[str, Any] | None:
    """Return an area as a GeoJSON Polygon or MultiPolygon, or None when it is empty.

    The outer rings run counter-clockwise, the holes clockwise; what crosses the antimeridian is cut there (RFC 7946,
    sections 3.1.6 and 3.1.9).

    Args:
        area: a shapely polygon or multipolygon on some plane.
        inverse: from (n, 2) points of that plane to longitudes and latitudes, the longitudes running on beyond 180.
    """
    import shapely

    globe = shapely.transform(area, inverse)
    west, _, east, _ = shapely.bounds(globe)
    parts: list[Any] = []
    for turn in (-360.0, 0.0, 360.0):
        if west + turn >= 180.0 or east + turn <= -180.0:
            continue
        moved = globe if turn == 0.0 else shapely.transform(globe, _mover(turn))
        if west + turn < -180.0 or east + turn > 180.0:
            moved = shapely.intersection(shapely.make_valid(moved), shapely.box(-180.0, -90.0, 180.0, 90.0))
        parts += _rounded(moved)
    rings = [_rings(part) for part in parts]
    if not rings:
        return None
    if len(rings) == 1:
        return {"type": "Polygon", "coordinates": rings[0]}
    return {"type": "MultiPolygon", "coordinates": rings}


def _mover(turn: float) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    return lambda points: points + np.array([turn, 0.0])


def _rounded(area: Any) -> Iterable[Any]:
    """The polygons of an area, rounded and still valid, biggest first."""
    import shapely

    rounded = shapely.transform(area, lambda points: np.round(points, DECIMALS) + 0.0)
    if not shapely.is_valid(rounded):
        rounded = shapely.set_precision(shapely.make_valid(area), 10.0**-DECIMALS)
    parts = shapely.get_parts(shapely.get_parts(shapely.remove_repeated_points(rounded)))
    parts = parts[(shapely.get_type_id(parts) == shapely.GeometryType.POLYGON) & ~shapely.is_empty(parts)]
    parts = shapely.orient_polygons(parts)
    return list(parts[np.argsort(-shapely.area(parts), kind="stable")])


def _rings(polygon: Any) -> list[list[list[float]]]:
    import shapely

    return [
        [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in shapely.get_coordinates(ring).tolist()]
        for ring in shapely.get_rings(polygon)
    ]
