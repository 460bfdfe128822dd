"""Estimates which places of a map have a marker of their own, before the map is drawn.

The page (`rendering/static/markers.js`) moves markers aside that would cover others. Markers that would have to move
too far are gathered, each with the nearest that it touches, until none has to. The estimate compares the markers inside
a square with the number for which the square has space, and counts all that touch those as gathered: it does not
simulate how they move, and expects rather too many groups than too few. The page gets the constants that both need in
its data.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log2
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "ASIDE",
    "CELL",
    "MANY",
    "NARROW",
    "RADII",
    "UNGATHERED_ZOOM",
    "USUAL",
    "WIDE",
    "MapSize",
    "mercator",
    "single",
    "zoom_for",
]

MANY = 300
"""From so many places on, the page gathers those that share a cell of a grid."""

CELL = 72.0
"""Side of such a cell, pixels."""

ASIDE = 38.0
"""Pixels that a marker may be moved aside; one that would have to move further is gathered."""

UNGATHERED_ZOOM = 12.0
"""From this zoom on nothing is gathered."""

RADII = (11.0, 20.0)
"""Half the size of the marker of a place with one mention and of the one with the most, pixels."""

USUAL = 14
"""Where the most mentioned place has fewer mentions beside the first, its marker is smaller than the largest."""

_MOVED = 27.0  # pixels that the outermost marker of a full square is moved: a little less than ASIDE, to be sure
# With these two values, 98 of 100 random sets with an estimate of 85 % reach 80 % in the page's own code.
_FILL = 0.7  # part of a square that markers fill when they are pushed apart
_FEW = 3  # so many are never gathered
_TILE = 256.0  # pixels: the side of the world at zoom 0
_MERCATOR_END = 85.05


@dataclass(frozen=True, slots=True)
class MapSize:
    """The part of a map that nothing covers.

    Attributes:
        width: pixels.
        height: pixels.
        least: part of the places of a first view that should have a marker of their own.
    """

    width: float
    height: float
    least: float


WIDE = MapSize(795.0, 705.0, 0.85)
"""The map in a window of 1400 by 900 pixels. Eight places in ten should have a marker of their own; the rest is
the error of the estimate."""

NARROW = MapSize(320.0, 270.0, 0.65)
"""The map in a window of 390 by 844 pixels, where six in ten should."""


def mercator(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points on the map at zoom 0, (n, 2), pixels to the east and to the south."""
    phi = np.radians(np.clip(lat, -_MERCATOR_END, _MERCATOR_END))
    return np.column_stack((lon / 360.0, -np.arcsinh(np.tan(phi)) / (2 * np.pi))) * _TILE


def zoom_for(width: float, height: float, size: MapSize) -> float:
    """Return the zoom at which a rectangle fills a map; the first view goes no deeper than `UNGATHERED_ZOOM`.

    Args:
        width: of the rectangle, pixels of zoom 0.
        height: the same.
        size: of the map.
    """
    scale = min(size.width / max(width, 1e-9), size.height / max(height, 1e-9))
    return min(UNGATHERED_ZOOM, floor(4.0 * log2(scale)) / 4.0)


def single(
    points: NDArray[np.float64], mentions: NDArray[np.int64], zoom: float, *, many: bool = False
) -> NDArray[np.bool_]:
    """Return which of the points, as `mercator` has them, have a marker of their own at a zoom.

    Args:
        points: (n, 2), pixels at zoom 0.
        mentions: of each, (n,): they make its marker larger.
        zoom: of the map.
        many: whether the document has `MANY` places.
    """
    count = len(points)
    if zoom >= UNGATHERED_ZOOM or (count <= _FEW and not many):
        return np.ones(count, dtype=bool)
    pixels = points * 2.0**zoom
    if many:
        _, cell, members = np.unique(np.floor(pixels / CELL), axis=0, return_inverse=True, return_counts=True)
        alone: NDArray[np.bool_] = members[cell.reshape(-1)] == 1
        return alone
    least, largest = RADII[0] ** 2, RADII[1] ** 2
    above = mentions - 1
    radii = np.sqrt(least + (largest - least) * above / max(USUAL, int(above.max())))
    apart = np.abs(pixels[:, None, :] - pixels[None, :, :]).max(axis=2)
    order = np.argsort(apart, axis=1, kind="stable")
    nearest = np.take_along_axis(apart, order, axis=1)
    # Half the side of the square that the nearest 1, 2, … markers fill, against the one they may move to.
    needed = np.sqrt(np.cumsum((2.0 * radii[order] + 1.0) ** 2, axis=1)) / (2.0 * _FILL)
    crowded = np.asarray((needed[:, _FEW:] - _MOVED > nearest[:, _FEW:]).any(axis=1))
    touching = apart < radii[:, None] + radii[None, :]
    while True:
        reached = np.asarray(crowded | touching[crowded].any(axis=0))
        if np.array_equal(reached, crowded):
            return np.asarray(~crowded)
        crowded = reached
