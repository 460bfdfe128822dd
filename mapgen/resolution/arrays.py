"""Types of arrays, and distances between arrays of points.

`mapgen.geodesy` computes the same for single points; here a document's candidates are compared all at once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mapgen.geodesy import EARTH_RADIUS_KM

__all__ = ["Array", "Flags", "Integers", "chord_distances", "haversine", "on_sphere"]

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]


def on_sphere(lat: Array, lon: Array) -> Array:
    """Return points in radians as points on the unit sphere: rows x, y, z."""
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def haversine(lat: Array, lon: Array, other_lat: Array, other_lon: Array) -> Array:
    """Return distances in kilometres between points in radians; the arrays broadcast."""
    half = np.sin((other_lat - lat) / 2) ** 2 + np.cos(lat) * np.cos(other_lat) * np.sin((other_lon - lon) / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))


def chord_distances(points: Array, others: Array) -> Array:
    """Return the kilometres between all points of both on the unit sphere: a row per point, a column per other.

    They come from the chords: one square root and one arcsine per pair take half the time of `haversine`.
    """
    squares = sum((np.subtract.outer(one, other) ** 2 for one, other in zip(points, others, strict=True)), np.zeros(1))
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(np.sqrt(squares) / 2, 1.0)))
