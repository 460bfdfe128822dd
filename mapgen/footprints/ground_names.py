"""Finds where the names of countries, seas, lakes and regions stand on a map, wherever a part of them is in view.

A name has several anchors: the middle of the largest free circle in the whole area, and in each cell of a grid around
the scene, so that a view of any part finds one. `seas.csv` says what the parts of the sea are called (own compilation),
`countries.csv` where countries lie and how far they reach (`mapgen.training.country_points`).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from math import cos, radians
from typing import TYPE_CHECKING, Any

import numpy as np

from mapgen.caches import Cache
from mapgen.footprints.coastlines import Box, faces, water
from mapgen.geodesy import unwrap
from mapgen.model import Footprint, FootprintType, Frame, GroundName, Kind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mapgen.gazetteer import Gazetteer
    from mapgen.gazetteer.cities import Cities

__all__ = ["country_frames", "free_circle", "ground_names", "land_of_countries"]

Circle = tuple[float, float, float]
"""Latitude, longitude, radius in degrees of latitude."""

_AROUND = 0.75  # of the scene, on each side
_CELLS = 5  # of the grid, along each side: two for a scene
_END = 85.0  # degrees: maps end at this latitude
_WIDEST = 70.0  # degrees: the names of a wider scene are those of the world
_LEAST = 0.02  # of the window: no name fits into a smaller circle
_WORLD_REACH = 1.5  # degrees: what a map of the world names …
_SOUTHERN = -57.0  # degrees: seas south of it are those of Antarctica, which other maps do not draw
_WORLD_COUNTRIES = 60  # … and how many countries beside those around the scene
_COARSER = ((25.0, "c"), (5.0, "l"))  # degrees: the least height of a window for lines of 25 km and of 5 km
_NAME_BYTES = 400  # of a name with one circle, without its place
_FIELDS, _EACH = 60, 3  # of a grid over a window, along each side; places of each that tell whose the land is
_EMPTY = 1e-7  # square degrees
_ROUNDED = 0.001  # degrees: more than what radii are rounded by
_LARGE_LAKE = 1.0  # square degrees
_NEAR_LAKE = 0.35  # degrees: the point of a lake in the gazetteer lies so close to its shore


def ground_names(frame: Frame | None, gazetteer: Gazetteer, drawn: Iterable[Footprint]) -> tuple[GroundName, ...]:
    """Return the names of countries, waters and regions for the ground of a map.

    Args:
        frame: the document's scene; without one the names are those of the world.
        gazetteer: source of names and of the cities that tell whose the land is.
        drawn: the footprints of the document; regions among them without spans get their names.
    """
    found: dict[tuple[Kind, str], list[Circle]] = defaultdict(list)
    whole = frame is None or frame[3] - frame[1] > _WIDEST
    for code, circle in _country_circles()[: None if frame and whole else _WORLD_COUNTRIES]:
        found[Kind.COUNTRY, code].append(circle)
    southern = frame is None or frame[0] < _SOUTHERN
    for sea, circle in _sea_circles():
        if circle[2] >= _WORLD_REACH and (southern or circle[0] > _SOUTHERN):
            found[Kind.WATER, sea].append(circle)
    if frame is not None and not whole and (box := _window(frame)) is not None:
        west, south, east, north = box
        cities = gazetteer.spread_cities(south, west, north, east, fields=_FIELDS, each=_EACH)
        least = 2.0 * _LEAST * (north - south)
        lands = land_of_countries(cities, box, _resolution(box), least=least)
        for code, circles in zip(lands, _anchors([*lands.values()], box), strict=True):
            found[Kind.COUNTRY, code] += circles
        for sea, circle in _waters(box):
            found[Kind.WATER, sea].append(circle)
    kept: Cache[tuple[Kind, str, Circle], GroundName] = gazetteer.caches.of("footprints.ground_names", _NAME_BYTES)
    names = []
    for (kind, key), circles in found.items():
        # Most names are those of the world, the same on all maps.
        once = (kind, key, circles[0]) if len(circles) == 1 else None
        name = kept.get(once) if once else None
        if name is None and (name := _named(gazetteer, kind, key, circles)) is not None and once:
            kept.put(once, name)
        names.append(name)
    return (*(name for name in names if name is not None), *_region_names(drawn, gazetteer, frame))


def _named(gazetteer: Gazetteer, kind: Kind, key: str, circles: Sequence[Circle]) -> GroundName | None:
    if kind is Kind.COUNTRY:
        country = gazetteer.country(key)
        key = country.id if country is not None else ""
    place = gazetteer.bare(key)
    if place is None or not circles:
        return None
    if len(circles) > 1:
        circles = sorted(dict.fromkeys(circles), key=lambda circle: -circle[2])
    return GroundName(place=place, anchors=tuple(circles))


def _window(frame: Frame) -> Box | None:
    """West, south, east, north of the scene and its surroundings; None where it lies beyond the ends of maps."""
    south, west, north, east = frame
    up, side = max(0.6, _AROUND * (north - south)), max(0.6, _AROUND * (east - west))
    low, high = max(-_END, south - up), min(_END, north + up)
    return (west - side, low, east + side, high) if low < high else None


def _resolution(box: Box) -> str:
    """The lines for a box: no name stands in a circle as small as what coarser ones leave out."""
    high = box[3] - box[1]
    return next((resolution for least, resolution in _COARSER if high >= least), "i")


def land_of_countries(cities: Cities, box: Box, resolution: str = "i", *, least: float = 0.0) -> dict[str, Any]:
    """Return the land of each country inside a box as a shapely geometry.

    Land that coasts and borders enclose belongs to the country of most cities in it; land without cities to nobody.

    Args:
        cities: those in the box.
        box: west, south, east, north.
        resolution: of the lines (`mapgen.footprints.coastlines.read_lines`).
        least: degrees; islands that are less wide or less high are left out.
    """
    import shapely

    if not len(cities.lat):
        return {}
    codes, country = np.unique(cities.country, return_inverse=True)
    x = np.where(cities.lon < box[0], cities.lon + 360.0, cities.lon)
    x = np.where(cities.lon > box[2], cities.lon - 360.0, x)
    mainland, islands = faces(box, resolution, ("countries",))
    pieces = np.concatenate((mainland, _of_size(islands, least)))
    if not len(pieces):
        return {}
    points: Any = shapely.points(x, cities.lat)
    piece, city = shapely.STRtree(points).query(pieces, predicate="contains")
    votes = np.bincount(piece * len(codes) + country[city], minlength=len(pieces) * len(codes))
    by_piece = votes.reshape(len(pieces), len(codes))
    owner = np.where(by_piece.any(axis=1), by_piece.argmax(axis=1), -1)
    return {str(codes[each]): shapely.union_all(pieces[owner == each]) for each in np.unique(owner[owner >= 0])}


def _of_size(areas: NDArray[Any], least: float) -> NDArray[Any]:
    """The areas that are at least so wide and so high, degrees: boxes tell it faster than circles."""
    import shapely

    west, south, east, north = shapely.bounds(areas).reshape(-1, 4).T
    return areas[np.minimum(east - west, north - south) >= least]


def free_circle(area: Any) -> Circle | None:
    """Return the middle and the radius of the largest circle in an area, or None in an empty one."""
    return free_circles([area])[0]


def free_circles(areas: Sequence[Any] | NDArray[Any], *, least: float = 0.0) -> list[Circle | None]:
    """Return `free_circle` of each of many areas, in fewer calls.

    Args:
        areas: shapely geometries.
        least: degrees; of areas whose box holds no circle of this radius None is returned.
    """
    import shapely

    if not len(areas):
        return []
    parts, owner = shapely.get_parts(np.array(areas, dtype=object), return_index=True)
    sizes = shapely.area(parts)
    usable = np.flatnonzero((shapely.get_type_id(parts) == shapely.GeometryType.POLYGON) & (sizes > _EMPTY))
    # The largest part of each area, of equal ones the first.
    order = usable[np.lexsort((-sizes[usable], owner[usable]))]
    order = order[np.diff(owner[order], prepend=-1) > 0]
    largest, owner = parts[order], owner[order]
    middle = np.minimum(84.0, np.abs(shapely.get_y(shapely.centroid(largest))))
    shrink = np.array([cos(radians(lat)) for lat in middle])
    if least:
        # Simplified areas have no wider boxes, and boxes take a small part of the time of circles.
        west, south, east, north = shapely.bounds(largest).reshape(-1, 4).T
        wide = np.minimum((east - west) * shrink, north - south) / 2 >= least - _ROUNDED
        largest, owner, shrink = largest[wide], owner[wide], shrink[wide]
    flat = shapely.simplify(largest, 0.002)
    wide = np.repeat(shrink, shapely.get_num_coordinates(flat))
    flat = shapely.transform(flat, lambda points: points * np.column_stack((wide, np.ones_like(wide))))
    kept = shapely.area(flat) > _EMPTY
    flat, owner, shrink = flat[kept], owner[kept], shrink[kept]
    west, south, east, north = shapely.bounds(flat).reshape(-1, 4).T
    radii = shapely.maximum_inscribed_circle(flat, tolerance=0.01 * np.maximum(east - west, north - south))
    middles = shapely.get_coordinates(shapely.get_point(radii, 0))
    circles: list[Circle | None] = [None] * len(areas)
    for index, (x, y), radius, narrow in zip(
        owner.tolist(), middles.tolist(), shapely.length(radii).tolist(), shrink.tolist(), strict=True
    ):
        circles[index] = (round(y, 3), round(x / narrow, 3), round(radius, 3))
    return circles


def _anchors(areas: Sequence[Any], box: Box) -> list[list[Circle]]:
    """The free circles of each area: in the whole of it, and in each cell of a grid."""
    import shapely

    west, south, east, north = box
    least = _LEAST * (north - south)
    cells = np.array(list(_grid(box)))
    boxes = shapely.box(*cells.T)
    parts: list[Any] = []
    counts: list[int] = []
    for area in areas:
        before = len(parts)
        parts.append(area)
        if area.area > 0.2 * (east - west) * (north - south) / _CELLS**2:
            shapely.prepare(area)
            parts += [shapely.clip_by_rect(area, *cell) for cell in cells[shapely.intersects(area, boxes)]]
        counts.append(len(parts) - before)
    # One call for the parts of all areas: most of them are small.
    circles = iter(free_circles(parts, least=least))
    return [
        [circle for circle in islice(circles, count) if circle is not None and circle[2] >= least] for count in counts
    ]


def _grid(box: Box) -> Iterator[Box]:
    west, south, east, north = box
    wide, high = (east - west) / _CELLS, (north - south) / _CELLS
    for row in range(_CELLS):
        for column in range(_CELLS):
            left, low = west + column * wide, south + row * high
            yield (left, low, left + wide, low + high)


def _waters(box: Box) -> Iterator[tuple[str, Circle]]:
    """The id of each sea and lake of a box, with its free circles."""
    open_water, lakes = water(box, _resolution(box))
    _, south, _, north = box
    least = _LEAST * (north - south) / 2
    known = [lake for lake in _listed_lakes() if south < lake[1] < north]
    # Most lakes of a map are ponds.
    lakes = _of_size(lakes, 2.0 * least)
    large = [lake for lake in lakes if lake.area > _LARGE_LAKE]
    at_sea, *on_lakes = _anchors([open_water, *large], box)
    for circle in at_sea:
        name = _sea_at(circle[0], circle[1])
        if name:
            yield name, circle
    anchors_of = iter(on_lakes)
    for lake, free in zip(lakes, free_circles(lakes, least=least), strict=True):
        # A large one may have several names: lakes Michigan and Huron are one water.
        is_large = lake.area > _LARGE_LAKE
        for middle in next(anchors_of) if is_large else [free]:
            if middle is not None and middle[2] >= least:
                name = _sea_at(middle[0], middle[1]) if is_large else ""
                name = name or _lake_at(lake, known)
                if name:
                    yield name, middle


def _sea_at(lat: float, lon: float) -> str:
    """The sea of a point: of the parts of seas that hold it the smallest."""
    seas, lats, lons, reaches = _seas_by_reach()
    apart = (lon - lons + 180.0) % 360.0 - 180.0
    holding = np.flatnonzero(np.hypot(lat - lats, apart * cos(radians(lat))) <= reaches)
    return seas[holding[0]] if len(holding) else ""


@lru_cache(maxsize=1)
def _seas_by_reach() -> tuple[tuple[str, ...], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """The parts of the seas, the smallest first: id, latitude, longitude, reach."""
    rows = sorted((reach, sea, lat, lon) for sea, (lat, lon, reach) in _sea_circles())
    lats, lons, reaches = (np.array([row[column] for row in rows], dtype=np.float64) for column in (2, 3, 0))
    return tuple(sea for _, sea, _, _ in rows), lats, lons, reaches


def _lake_at(lake: Any, known: Sequence[tuple[str, float, float]]) -> str:
    """The lake of the gazetteer whose point lies in an area or just beside it."""
    import shapely

    if not known:
        return ""
    x = lake.centroid.x
    points: Any = shapely.points([(unwrap(lon, x), lat) for _, lat, lon in known])
    distances = shapely.distance(lake, points).tolist()
    distance, id_ = min(zip(distances, (id_ for id_, _, _ in known), strict=True), default=(1.0, ""))
    return id_ if distance <= min(_NEAR_LAKE, 0.5 * float(lake.area) ** 0.5) else ""


@lru_cache(maxsize=1)
def _listed_lakes() -> tuple[tuple[str, float, float], ...]:
    """Id, latitude and longitude of the lakes in the project's own list."""
    return tuple(
        (f"list:{row['id']}", float(row["lat"]), float(row["lon"]))
        for row in _rows("mapgen.gazetteer", "sources/waters.csv")
        if _LAKE_WORDS & set(row["name"].casefold().split())
    )


_LAKE_WORDS = frozenset({"lake", "reservoir", "sea", "lago", "lac", "loch", "lough"})


def _region_names(drawn: Iterable[Footprint], gazetteer: Gazetteer, frame: Frame | None) -> Iterator[GroundName]:
    """The names of the regions that are drawn as context."""
    from shapely.geometry import shape

    box = _window(frame) if frame is not None else None
    if box is None:
        return
    regions = [footprint for footprint in drawn if not footprint.spans and footprint.type is FootprintType.AREA]
    areas = [shape(dict(footprint.geometry)).buffer(0) for footprint in regions]
    for footprint, anchors in zip(regions, _anchors(areas, box), strict=True):
        place = gazetteer.bare(footprint.place_id)
        if place is not None and anchors:
            yield GroundName(place=place, anchors=tuple(sorted(anchors, key=lambda circle: -circle[2])))


@lru_cache(maxsize=1)
def _sea_circles() -> tuple[tuple[str, Circle], ...]:
    """The parts of each sea, by the id of its place."""
    return tuple((f"list:{row['id']}", _circle(row)) for row in _rows("mapgen.footprints", "seas.csv"))


@lru_cache(maxsize=1)
def _country_circles() -> tuple[tuple[str, Circle], ...]:
    """The free circle of each country, the largest first."""
    return tuple((row["country"], _circle(row)) for row in _rows("mapgen.footprints", "countries.csv"))


@lru_cache(maxsize=1)
def country_frames() -> dict[str, Frame]:
    """Return how far the largest piece of land of each country reaches, by ISO code; small countries are left out."""
    rows = _rows("mapgen.footprints", "countries.csv")
    return {
        row["country"]: (float(row["south"]), float(row["west"]), float(row["north"]), float(row["east"]))
        for row in rows
    }


def _circle(row: Mapping[str, str]) -> Circle:
    return (float(row["lat"]), float(row["lon"]), float(row["reach"]))


def _rows(package: str, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(files(package).joinpath(name).read_text(encoding="utf-8").splitlines()))
