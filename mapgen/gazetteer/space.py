"""Selects the places of a box or around a point."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from mapgen.gazetteer.layer import Layer
from mapgen.geodesy import distance_km

__all__ = ["members_around", "members_in_box"]


def members_in_box(
    layers: Sequence[Layer], south: float, west: float, north: float, east: float
) -> Iterator[tuple[int, float, float, int]]:
    """Yield key, latitude, longitude, population of the places in a box; its longitudes may run beyond 180."""
    spans = [(west, east)] if east - west < 360 else [(-180.0, 180.0)]
    if west < -180 and east - west < 360:
        spans = [(-180.0, east), (west + 360, 180.0)]
    elif east > 180 and east - west < 360:
        spans = [(west, 180.0), (-180.0, east - 360)]
    for row in range(int(south + 90), min(int(north + 90), 179) + 1):
        for start, end in spans:
            low = row * 360 + min(int(start + 180), 359)
            high = row * 360 + min(int(end + 180), 359)
            for layer in layers:
                for member in layer.members(low, high):
                    if south <= member[1] <= north and start <= member[2] <= end:
                        yield member


def members_around(layers: Sequence[Layer], lat: float, lon: float, radius_km: float) -> Iterator[tuple[int, float]]:
    """Yield key and distance in kilometres of the places around a point, in no order."""
    reach = radius_km / 111.19
    south, north = max(lat - reach, -90.0), min(lat + reach, 90.0)
    shrink = math.cos(math.radians(min(max(abs(south), abs(north)), 89.0)))
    width = min(reach / shrink, 180.0)
    for pk, there_lat, there_lon, _ in members_in_box(layers, south, lon - width, north, lon + width):
        distance = distance_km(lat, lon, there_lat, there_lon)
        if distance <= radius_km:
            yield pk, distance
