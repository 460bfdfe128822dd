"""Selects the places of a box or around a point."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from mapgen.gazetteer.layer import Layer
from mapgen.gazetteer.records import MEMBER_FIELDS
from mapgen.geodesy import KM_PER_DEGREE, distance_km

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["largest_in_box", "members_around", "members_in_box", "nearest_in_box", "spread_in_box"]

_FIRST_NEAREST = 24
"""Places whose distance is computed first where the nearest are wanted."""
_FLAT = 0.8
"""A distance on the sphere is at least this part of the one on a plane of degrees, in a box of a degree …"""
_FLAT_TO = 85.0
"""… up to this latitude."""


def members_in_box(
    layers: Sequence[Layer], south: float, west: float, north: float, east: float
) -> Iterator[tuple[int, float, float, int]]:
    """Yield key, latitude, longitude, population of the places in a box; its longitudes may run beyond 180."""
    for low, high, start, end in _cell_runs(south, west, north, east):
        for layer in layers:
            for member in layer.members(low, high):
                if south <= member[1] <= north and start <= member[2] <= end:
                    yield member


def nearest_in_box(layers: Sequence[Layer], lat: float, lon: float, *, north: float, east: float) -> Iterator[int]:
    """Yield the keys of the places in a box around a point, the nearest first, then by key.

    A box may hold a thousand places, of which few are asked for: those that are nearest on a plane are measured first.

    Args:
        layers: those of the gazetteer.
        lat: of the point, degrees.
        lon: of the point, degrees.
        north: what the box reaches to the north and the south, degrees.
        east: what it reaches to the east and the west, degrees.
    """
    import numpy as np

    members = np.concatenate(_arrays_in_box(layers, (lat - north, lon - east, lat + north, lon + east)))
    up, side = members["lat"] - lat, (members["lon"] - lon + 180.0) % 360.0 - 180.0
    plane = np.hypot(up, side * math.cos(math.radians(lat)))
    order = np.argsort(plane, kind="stable")
    first, rest = order[:_FIRST_NEAREST], order[_FIRST_NEAREST:]
    # Whatever is left is farther away than this.
    sure_km = _FLAT * KM_PER_DEGREE * float(plane[rest[0]]) if len(rest) else math.inf
    if abs(lat) > _FLAT_TO:
        sure_km = 0.0
    sure = [(distance, pk) for distance, pk in _measured(members[first], lat, lon) if distance < sure_km]
    yield from (pk for _, pk in sure)
    if len(sure) < len(members):
        yield from (pk for _, pk in _measured(members, lat, lon)[len(sure) :])


def _measured(members: NDArray[np.void], lat: float, lon: float) -> list[tuple[float, int]]:
    """Return distance in kilometres from a point and key of places, in order."""
    rows = zip(*(members[field].tolist() for field in ("lat", "lon", "pk")), strict=True)
    return sorted((distance_km(lat, lon, there_lat, there_lon), pk) for there_lat, there_lon, pk in rows)


def _arrays_in_box(layers: Sequence[Layer], box: tuple[float, float, float, float]) -> list[NDArray[np.void]]:
    """Return the places of each layer in a box (south, west, north, east) as arrays of `records.MEMBER_FIELDS`."""
    import numpy as np

    south, west, north, east = box
    dtype = np.dtype(list(MEMBER_FIELDS))
    sides: dict[tuple[float, float], list[tuple[int, int]]] = {}
    for low, high, start, end in _cell_runs(south, west, north, east):
        sides.setdefault((start, end), []).append((low, high))
    inside: list[NDArray[np.void]] = []
    for layer in layers:
        parts = [np.empty(0, dtype)]
        for (start, end), runs in sides.items():
            members = np.frombuffer(layer.packed_members(runs), dtype=dtype)
            # Compared as doubles: numpy would round the sides of the box to the floats of the places.
            lat, lon = members["lat"].astype(np.float64), members["lon"].astype(np.float64)
            parts.append(members[(lat >= south) & (lat <= north) & (lon >= start) & (lon <= end)])
        inside.append(np.concatenate(parts))
    return inside


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
    inside = [
        _largest(members[members["population"] >= min_population], limit) for members in _arrays_in_box(layers, box)
    ]
    members = np.concatenate(inside)
    # A place of several layers has the larger of its populations.
    members = members[np.lexsort((members["pk"], -members["population"].astype(np.int64)))]
    keys = members["pk"]
    first = np.sort(np.unique(keys, return_index=True)[1])[:limit]
    return [int(key) for key in keys[first]]


def spread_in_box(
    layers: Sequence[Layer], box: tuple[float, float, float, float], *, fields: int, each: int
) -> NDArray[np.int64]:
    """Return the keys of the most populous places of each field of a grid over a box, in order.

    Args:
        layers: those of the gazetteer.
        box: south, west, north, east; its longitudes may run beyond 180.
        fields: of the grid, along each side of the box.
        each: how many places of a field, the most populous first, then by key.
    """
    import numpy as np

    south, west, north, east = box
    members = np.concatenate(_arrays_in_box(layers, box))
    row = (members["lat"].astype(np.float64) - south) / (north - south) * fields
    column = (members["lon"].astype(np.float64) - west) % 360.0 / (east - west) * fields
    field = row.astype(np.int64) * (fields + 1) + column.astype(np.int64)
    # By field, then the most populous first: one number of both is sorted in half the time.
    size = (field << 32) - members["population"].astype(np.int64)
    order = np.argsort(size)
    first, count = _runs(field[order])
    last = first + np.minimum(count, each) - 1
    # The key decides among the few that are as populous as the last one of their field: only these are sorted by it.
    kept = order[size[order] <= np.repeat(size[order[last]], count)]
    kept = kept[np.lexsort((members["pk"][kept], size[kept]))]
    first, count = _runs(field[kept])
    place = np.arange(len(kept)) - np.repeat(first, count)
    return np.unique(members["pk"][kept[place < each]].astype(np.int64))


def _runs(ordered: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each run of equal numbers begins, and how long it is."""
    import numpy as np

    first = np.flatnonzero(np.diff(ordered, prepend=-1))
    return first, np.diff(first, append=len(ordered))


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
