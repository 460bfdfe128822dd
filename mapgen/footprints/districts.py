"""Computes outlines of the second-level divisions of a region from its populated places.

They divide the outline of the region (`territory`) and reach exactly to it; neighbours share their borders. They are
as approximate as that of the region.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mapgen.footprints.planar import Plane
from mapgen.footprints.territory import regions_of
from mapgen.geodesy import centroid

__all__ = ["outline_districts"]

_KNOWN = 0.5  # of a region's places must have a code; with fewer the cells say nothing of the others
_REACH_KM = 5.0  # a place so close to a part of its region counts for it
_TOLERANCE = 0.01  # simplification of seams, against the side of a square as large as the mean district


def outline_districts(
    region: Mapping[str, Any], places: Sequence[tuple[float, float, str]]
) -> dict[str, Mapping[str, Any]]:
    """Divide the outline of a region among its second-level divisions.

    Args:
        region: GeoJSON Polygon or MultiPolygon.
        places: latitude, longitude and second-level code ("" where unknown) of the populated places of the region.

    Returns:
        GeoJSON Polygons and MultiPolygons by second-level code; empty where less than half of the places have one.
    """
    import shapely

    codes = np.array([code for _, _, code in places], dtype=object)
    totals = Counter(code for code in codes if code)
    if not totals or sum(totals.values()) < _KNOWN * len(places):
        return {}
    plane = Plane(*centroid((lat, lon, 1.0) for lat, lon, _ in places))
    points = plane.points((lat, lon) for lat, lon, _ in places)
    tree = shapely.STRtree(np.atleast_1d(np.asarray(shapely.points(points), dtype=object)))
    parts = shapely.get_parts(plane.area(region))
    part_of, inside = tree.query(parts, predicate="dwithin", distance=_REACH_KM)
    pieces: list[tuple[str, Any]] = []
    for number, part in enumerate(parts):
        own = inside[part_of == number]
        if not codes[own].any():
            own = np.flatnonzero(codes)
            own = own[[int(np.argmin(shapely.distance(part, tree.geometries[own])))]]
        pieces += regions_of(part, own, points, codes, totals)
    wanted = sorted({code for code, _ in pieces})
    merged = np.array([shapely.union_all([piece for code, piece in pieces if code == name]) for name in wanted])
    km = _TOLERANCE * float(np.sqrt(shapely.area(merged).mean()))
    districts = {}
    for code, area in zip(wanted, shapely.coverage_simplify(merged, km, simplify_boundary=False), strict=True):
        geometry = plane.geometry(area)
        if geometry is not None:
            districts[code] = geometry
    return districts
