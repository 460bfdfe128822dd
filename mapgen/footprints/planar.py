"""Computes shapes around a place on a plane and returns them as GeoJSON.

Circles and sectors are points at exact distances on the sphere; intersections and unions are computed on the plane.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import cos, radians, sin
from typing import Any

import numpy as np

from mapgen.footprints.geometry import area_geometry
from mapgen.footprints.projection import Stereographic
from mapgen.geodesy import BEARINGS, LatLon, arc, unwrap

__all__ = ["Plane"]

_OPENING = 35.0  # degrees on each side of a direction: eight directions with a little overlap
_THIRD = 0.36  # the part of an area that "the north of" means
_CORE = 0.55  # the size of the middle of an area against the whole
_FAR_KM = 40000.0


class Plane:
    """A plane around a point, and the shapes on it.

    Args:
        lat: latitude of the centre, degrees.
        lon: longitude of the centre, degrees.
    """

    def __init__(self, lat: float, lon: float) -> None:
        self.lat, self.lon = lat, lon
        self._projection = Stereographic(lat, lon)

    def geometry(self, shape: Any, *, tolerance_km: float = 0.0) -> Mapping[str, Any] | None:
        """Return a shape as a GeoJSON geometry, simplified, or None when it is empty."""
        import shapely

        if shapely.is_empty(shape):
            return None
        return area_geometry(shapely.simplify(shape, tolerance_km) if tolerance_km else shape, self._projection.inverse)

    def points(self, latlon: Iterable[LatLon]) -> Any:
        """Return (lat, lon) points on the plane, (n, 2), km."""
        # Rounding makes 180 and -180 the same point to the last bit: parts that the antimeridian cuts join again.
        listed = [(round(unwrap(lon, self.lon), 9), lat) for lat, lon in latlon]
        return self._projection.forward(np.array(listed, dtype=np.float64))

    def area(self, geometry: Mapping[str, Any]) -> Any:
        """Return a GeoJSON Polygon or MultiPolygon on the plane; parts that the antimeridian cuts are joined."""
        import shapely

        parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        polygons = []
        for part in parts:
            shell, *holes = ([(lat, lon) for lon, lat in ring] for ring in part)
            polygons.append(shapely.Polygon(self.points(shell), [self.points(hole) for hole in holes]))
        return shapely.union_all(shapely.make_valid(np.array(polygons)))

    def circle(self, km: float) -> Any:
        """Return the disc around the centre."""
        import shapely

        return shapely.Polygon(self.points(arc(self.lat, self.lon, km)))

    def ring(self, inner_km: float, outer_km: float) -> Any:
        """Return what lies between two distances from the centre."""
        import shapely

        if inner_km <= 0.0:
            return self.circle(outer_km)
        hole = self.points(arc(self.lat, self.lon, inner_km))
        return shapely.Polygon(self.points(arc(self.lat, self.lon, outer_km)), [hole])

    def sector(self, direction: str, inner_km: float, outer_km: float) -> Any:
        """Return what lies between two distances from the centre in a direction (N, NE, …)."""
        import shapely

        start, end = BEARINGS[direction] - _OPENING, BEARINGS[direction] + _OPENING
        far = arc(self.lat, self.lon, outer_km, start=start, end=end)
        near = (
            arc(self.lat, self.lon, inner_km, start=start, end=end)[::-1] if inner_km > 0.0 else [(self.lat, self.lon)]
        )
        return shapely.Polygon(self.points([*far, *near]))

    def wedge(self, origin: Any, direction: str) -> Any:
        """Return the endless sector in a direction as seen from a point of the plane."""
        import shapely

        x, y = origin
        bearings = [radians(BEARINGS[direction] + turn) for turn in (-_OPENING - 10.0, 0.0, _OPENING + 10.0)]
        return shapely.Polygon([(x, y), *((x + _FAR_KM * sin(b), y + _FAR_KM * cos(b)) for b in bearings)])

    @staticmethod
    def part(area: Any, direction: str) -> Any:
        """Return the third of an area that lies furthest in a direction; of "C" the middle."""
        import shapely

        centre = shapely.get_coordinates(shapely.centroid(area))[0]
        if direction not in BEARINGS:
            core = shapely.transform(area, lambda points: centre + _CORE * (points - centre))
            return shapely.intersection(core, area)
        course = radians(BEARINGS[direction])
        ahead, aside = np.array([sin(course), cos(course)]), np.array([cos(course), -sin(course)])
        along = (shapely.get_coordinates(area) - centre) @ ahead
        size = 2.0 * float(np.abs(shapely.get_coordinates(area) - centre).max()) + 1.0

        def beyond(limit: float) -> Any:
            corners = [(limit, -size), (limit, size), (limit + 2 * size, size), (limit + 2 * size, -size)]
            half = shapely.Polygon([centre + forward * ahead + side * aside for forward, side in corners])
            return shapely.intersection(area, half)

        low, high = float(along.min()), float(along.max())
        for _ in range(12):
            middle = (low + high) / 2
            if shapely.area(beyond(middle)) > _THIRD * shapely.area(area):
                low = middle
            else:
                high = middle
        return beyond(low)

    def corridor(self, line: Sequence[LatLon], width_km: float) -> Any:
        """Return the band of a width around a line of (lat, lon) points."""
        import shapely

        return shapely.buffer(shapely.LineString(self.points(line)), width_km / 2, quad_segs=4)
