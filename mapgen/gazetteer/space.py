"""Selects the places of a box or around a point."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from mapgen.gazetteer.layer import Layer
from mapgen.gazetteer.records import MEMBER_FIELDS
from mapgen.geodesy import distance_km

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["largest_in_box", "members_around", "members_in_box"]


def members_in_box(
    layers: Sequence[Layer], south: float, west: float, north: float, east: float
) -> Iterator[tuple[int, float, float, int]]:
    """Yield key, latitude, longitude, population of the places in a box; its longitudes may run beyond 180."""
    for low, high, start, end in _cell_runs(south, west, north, east):
        for layer in layers:
            for member in layer.members(low, high):
                if south <= member[1] <= north and start <= member[2] <= end:
                    yield member


def largest_in_box(
    layers: Sequence[Layer],
    box: tuple[float, float, float, float],
    *,
    min_population: int,
    limit: int,
) -> list[int]:
    """Return the keys of the places in a box (south, west, north, east), the most populous first, then by key.

    The places are read as arrays: a box as large as the world holds several hundred thousand.
    """
    import numpy as np

    if limit <= 0:
        return []
    south, west, north, east = box
    dtype = np.dtype(list(MEMBER_FIELDS))
    inside: list[NDArray[np.void]] = []
    for low, high, start, end in _cell_runs(south, west, north, east):
        for layer in layers:
            members = np.frombuffer(layer.packed_members(low, high), dtype=dtype)
            # Compared as doubles: numpy would round the sides of the box to the floats of the places.
            lat, lon = members["lat"].astype(np.float64), members["lon"].astype(np.float64)
            keep = (lat >= south) & (lat <= north) & (lon >= start) & (lon <= end)
            keep &= members["population"] >= min_population
            inside.append(_largest(members[keep], limit))
    if not inside:
        return []
    members = np.concatenate(inside)
    # A place of several layers has the larger of its populations.
    members = members[np.lexsort((members["pk"], -members["population"].astype(np.int64)))]
    keys = members["pk"]
    first = np.sort(np.unique(keys, return_index=True)[1])[:limit]
    return [int(key) for key in keys[first]]


def _largest(members: NDArray[np.void], limit: int) -> NDArray[np.void]:
    """The most populous of one layer, as many as `limit` and those that equal the last of them."""
    import numpy as np

    if len(members) <= limit:
        return members
    least = np.partition(members["population"], len(members) - limit)[len(members) - limit]
    return np.asarray(members[members["population"] >= least])


def _cell_runs(south: float, west: float, north: float, east: float) -> Iterator[tuple[int, int, float, float]]:
    """Yield the first and the last cell of each row of a box, and its sides without turns of the world."""
    spans = [(west, east)] if east - west < 360 else [(-180.0, 180.0)]
    if west < -180 and east - west < 360:
        spans = [(-180.0, east), (west + 360, 180.0)]
    elif east > 180 and east - west < 360:
        spans = [(west, 180.0), (-180.0, east - 360)]
    for row in range(int(south + 90), min(int(north + 90), 179) + 1):
        for start, end in spans:
            yield row * 360 + min(int(start + 180), 359), row * 360 + min(int(end + 180), 359), start, end


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
