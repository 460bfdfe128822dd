"""Computes the outlines of a country and of its first-level regions from cities, coasts and borders.

Borders cut the land into faces (`coastlines.faces`); the cities in a face decide its owner. A face of several countries
or regions is divided by the cells of its cities (`cells.split`). The outlines are approximate and must not be drawn as
borders.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from mapgen.footprints.cells import split
from mapgen.footprints.coastlines import Box, faces
from mapgen.footprints.geometry import area_geometry
from mapgen.footprints.projection import Stereographic
from mapgen.geodesy import centroid, eastward, unwrap

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Cities", "Outlines", "outline_regions", "regions_of", "search_box"]

_SHARE = 0.15  # a country or region owns a part of a face with this share of the cities in it …
_MOST = 0.5  # … or with this share of its own cities there; fewer lie on the wrong side of an inexact line
_SHORE_KM = 10.0  # a city in the water belongs to the land so close to it
_MAINLAND_KM2 = 300.0  # and to land of this size before smaller land
_ABROAD_KM = 25.0  # a city in a neighbour's land belongs to the land of its own country so close to it
_EMPTY_KM = 400.0  # land without cities belongs to the nearest one so close
_POINTS = 120  # points of an outline, on average; coasts full of islands and fjords are simplified more
_COUNTRY_POINTS = 700  # the same, for the outline of a country
_ROUNDS = 5
_EMPTY_SHARE = 2e-6  # of the box: smaller islands without cities are left out
_MARGIN = 0.35  # of the extent of a country's cities, around them
_LEAST_MARGIN = 2.5  # degrees
_TOLERANCE = 0.004  # simplification, against the side of a square as large as the mean region
_COUNTRY_TOLERANCE = 0.004  # the same, for the outline of the country against its own size
_COUNTRY_ISLAND = 0.001  # the same, for the outline of the country
_ISLAND = 0.0008  # islands smaller than this part of their region are left out, unless it has nothing else


@dataclass(frozen=True, slots=True, eq=False)
class Cities:
    """Cities as parallel arrays: degrees, ISO 3166-1 alpha-2 code, GeoNames' admin-1 code."""

    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    country: NDArray[Any]
    admin1: NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class _Face:
    """A polygon of a country with the indexes of the places that decide its region.

    Attributes:
        land: a shapely polygon on the plane.
        places: indexes.
        island: whether no other polygon of any country touches it.
    """

    land: Any
    places: NDArray[np.int64]
    island: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a face, with the code of its region, "" where nothing says which it is."""

    code: str
    land: Any
    island: bool


@dataclass(frozen=True, slots=True)
class Outlines:
    """The outlines of a country: GeoJSON geometries, of the regions by admin-1 code."""

    country: Mapping[str, Any] | None
    regions: Mapping[str, Mapping[str, Any]]


def search_box(lats: NDArray[np.float64], lons: NDArray[np.float64]) -> Box:
    """Return the box around a country's cities in which its land and its neighbours' cities are looked for.

    West is between -180 and 180; a box across the antimeridian has an east beyond 180.
    """
    unwrapped = eastward(lons.tolist())
    west, east = min(unwrapped), max(unwrapped)
    south, north = float(lats.min()), float(lats.max())
    up, side = (max(_LEAST_MARGIN, _MARGIN * extent) for extent in (north - south, east - west))
    up, side = min(up, 8.0), min(side, 12.0, (360.0 - (east - west)) / 2)
    return west - side, max(-90.0, south - up), east + side, min(90.0, north + up)


def outline_regions(country: str, cities: Cities, box: Box, *, places: Cities | None = None) -> Outlines:
    """Compute the outlines of a country and of its first-level regions.

    Args:
        country: ISO 3166-1 alpha-2 code.
        cities: all cities inside `box`, those of the neighbours too, equally dense everywhere: they decide the owners
            of the land.
        box: from `search_box`.
        places: of the country alone, as dense as they may be: they divide it into regions. None for its cities.
    """
    import shapely

    mine = cities.country == country
    if not mine.any():
        return Outlines(None, {})
    step = 1 + int(mine.sum()) // 500
    some = zip(cities.lat[mine][::step].tolist(), cities.lon[mine][::step].tolist(), strict=True)
    lat0, lon0 = centroid((lat, lon, 1.0) for lat, lon in some)
    plane = Stereographic(lat0, unwrap(lon0, (box[0] + box[2]) / 2))
    points = plane.forward(np.column_stack((cities.lon, cities.lat)))
    mainland, islands = (shapely.transform(shapely.segmentize(part, 0.25), plane.forward) for part in faces(box))
    territory = _territory(country, mainland, islands, points, cities.country)
    if places is not None and territory:
        cities, points = places, plane.forward(np.column_stack((places.lon, places.lat)))
        territory = _filled(territory, points)
    known = (cities.country == country) & (cities.admin1 != "") & (cities.admin1 != "00")
    codes, totals = cities.admin1.copy(), Counter(cities.admin1[known].tolist())
    codes[~known] = ""
    pieces: list[_Piece] = []
    for face in territory:
        parts = regions_of(face.land, face.places, points, codes, totals)
        pieces += [_Piece(code, part, face.island and len(parts) == 1) for code, part in parts]
    if not pieces:
        return Outlines(None, {})
    return _drawn(pieces, plane)


def _territory(
    country: str, mainland: NDArray[Any], islands: NDArray[Any], points: NDArray[np.float64], countries: NDArray[Any]
) -> list[_Face]:
    """The faces of a country with the indexes of its cities in them."""
    import shapely

    land = np.concatenate((mainland, islands))
    west, south = points.min(axis=0)
    east, north = points.max(axis=0)
    least = _EMPTY_SHARE * (east - west) * (north - south)

    tree = shapely.STRtree(_points(points))
    face_of = _faces_of(land, points, tree)
    totals = Counter(countries.tolist())
    order = np.argsort(face_of, kind="stable")
    bounds = np.searchsorted(face_of[order], np.arange(len(land) + 1))
    inside = [order[bounds[number] : bounds[number + 1]] for number in range(len(land))]
    owners = [_owners(countries[cities], totals) for cities in inside]
    held = np.array([number for number in range(len(land)) if country in owners[number]], dtype=np.int64)
    own = _brought_home(np.flatnonzero(countries == country), face_of, held, land, points)
    territory: list[_Face] = []
    for number in held:
        mine = own[face_of[own] == number]
        if owners[number] == {country}:
            territory.append(_Face(land[number], mine, number >= len(mainland)))
            continue
        heard = inside[number][np.isin(countries[inside[number]], list(owners[number]))]
        parts = split(land[number], points[heard], countries[heard])
        territory += [_Face(part, mine, False) for label, part in parts if label == country]
    empty = [number for number in range(len(land)) if not len(inside[number])]
    small = np.concatenate((np.zeros(len(mainland), dtype=bool), shapely.area(islands) < least))
    large = np.array([number for number in empty if not small[number]], dtype=np.int64)
    face_numbers, nearest = tree.query_nearest(land[large], max_distance=_EMPTY_KM, all_matches=False)
    for number, city in zip(face_numbers, nearest, strict=True):
        if countries[city] == country:
            territory.append(_Face(land[large[number]], np.array([city]), bool(large[number] >= len(mainland))))
    return territory


def _filled(faces: Sequence[_Face], points: NDArray[np.float64]) -> list[_Face]:
    """The faces with the indexes of the points in or near each, and of the nearest where there are none."""
    import shapely

    land = np.array([face.land for face in faces])
    tree = shapely.STRtree(_points(points))
    face_of = _faces_of(land, points, tree)
    order = np.argsort(face_of, kind="stable")
    bounds = np.searchsorted(face_of[order], np.arange(len(land) + 1))
    inside = [order[bounds[number] : bounds[number + 1]] for number in range(len(land))]
    return [
        replace(face, places=own if len(own) else tree.query_nearest(face.land, all_matches=False))
        for face, own in zip(faces, inside, strict=True)
    ]


def _points(points: NDArray[np.float64]) -> NDArray[Any]:
    """An array of shapely points, of a single one too."""
    import shapely

    return np.atleast_1d(np.asarray(shapely.points(points), dtype=object))


def _faces_of(land: NDArray[Any], points: NDArray[np.float64], tree: Any) -> NDArray[np.int64]:
    """The index of the face that each point lies in or near, -1 for points at sea."""
    import shapely

    face_of = np.full(len(points), -1, dtype=np.int64)
    numbers, inside = tree.query(land, predicate="contains")
    face_of[inside] = numbers
    # A city at sea goes to the mainland before an islet that may be nearer.
    mainland = np.flatnonzero(shapely.area(land) >= _MAINLAND_KM2)
    for candidates in (mainland, np.arange(len(land))):
        wet = np.flatnonzero(face_of < 0)
        at, nearest = shapely.STRtree(land[candidates]).query_nearest(
            _points(points[wet]), max_distance=_SHORE_KM, all_matches=False
        )
        face_of[wet[at]] = candidates[nearest]
    return face_of


def _brought_home(
    own: NDArray[np.int64],
    face_of: NDArray[np.int64],
    held: NDArray[np.int64],
    land: NDArray[Any],
    points: NDArray[np.float64],
) -> NDArray[np.int64]:
    """Move cities that an inexact line puts abroad to the nearest face of their country; return those that have one.

    `face_of` is changed.

    Without this step a small region with few cities at the border, Brazzaville or Jerusalem, has no outline.
    """
    import shapely

    abroad = own[~np.isin(face_of[own], held)]
    if not len(held):
        return own[:0]
    at, nearest = shapely.STRtree(land[held]).query_nearest(
        _points(points[abroad]), max_distance=_ABROAD_KM, all_matches=False
    )
    face_of[abroad[at]] = held[nearest]
    return own[np.isin(face_of[own], held)]


def _owners(labels: NDArray[Any], totals: Counter[str]) -> set[str]:
    """The labels that own a part of a face."""
    counts = Counter(labels.tolist())
    return {label for label, count in counts.items() if count >= _SHARE * len(labels) or count >= _MOST * totals[label]}


def regions_of(
    face: Any, inside: NDArray[np.int64], points: NDArray[np.float64], codes: NDArray[Any], totals: Counter[str]
) -> list[tuple[str, Any]]:
    """Divide a polygon among the divisions that its places belong to.

    A division with few of its places there gets no part: they lie on the wrong side of an inexact line.

    Args:
        face: a shapely polygon.
        inside: indexes of the places that count for it.
        points: of all places, (n, 2), km.
        codes: their divisions, (n,); "" where unknown.
        totals: how many places each division has.

    Returns:
        (code, polygon) pairs; the code is "" where no place decides.
    """
    known = inside[codes[inside] != ""]
    if not len(known):
        return [("", face)]
    owners = _owners(codes[known], totals)
    known = known[np.isin(codes[known], list(owners))]
    return [(str(label), part) for label, part in split(face, points[known], codes[known])]


def _drawn(pieces: list[_Piece], plane: Stereographic) -> Outlines:
    """Simplify the pieces as one coverage, so that shared seams stay shared, and project them back to the globe.

    Islands touch nothing: small ones are left out before the costly union and simplification.
    """
    import shapely

    codes = sorted({piece.code for piece in pieces})
    solid = [
        shapely.union_all([piece.land for piece in pieces if piece.code == code and not piece.island]) for code in codes
    ]
    islands = [np.array([piece.land for piece in pieces if piece.code == code and piece.island]) for code in codes]
    merged = np.array([_with_islands(*each, _ISLAND) for each in zip(solid, islands, strict=True)])
    regions = {}
    for code, area in zip(codes, _simplified(merged, _TOLERANCE, _ISLAND, _POINTS * (len(codes) + 5)), strict=True):
        geometry = area_geometry(area, plane.inverse)
        if code and geometry is not None:
            regions[code] = geometry
    whole = _with_islands(shapely.union_all(solid), np.concatenate(islands), _COUNTRY_ISLAND)
    (country,) = _simplified(np.array([whole]), _COUNTRY_TOLERANCE, _COUNTRY_ISLAND, _COUNTRY_POINTS)
    return Outlines(area_geometry(country, plane.inverse), regions)


def _with_islands(solid: Any, islands: NDArray[Any], least: float) -> Any:
    """An area with its islands, but for those that are far smaller than `least` of it all; its largest part stays."""
    import shapely

    parts = shapely.get_parts(solid)
    sizes, island_sizes = shapely.area(parts), shapely.area(islands)
    # Simplification changes areas a little: what may reach the limit then is not left out here.
    limit = 0.7 * least * (sizes.sum() + island_sizes.sum())
    largest = max([*sizes, *island_sizes])
    return shapely.multipolygons([*parts, *islands[(island_sizes >= limit) | (island_sizes == largest)]])


def _simplified(areas: NDArray[Any], tolerance: float, least: float, points: int) -> list[Any]:
    """Simplify areas as one coverage with growing tolerance until they have about as many points as wanted.

    Args:
        areas: on the plane, sharing their seams point by point.
        tolerance: to begin with, against the side of a square as large as the mean area.
        least: islands smaller than this part of their area are left out.
        points: how many are wanted at most.
    """
    import shapely

    km = tolerance * float(np.sqrt(shapely.area(areas).mean()))
    simple = areas
    for _ in range(_ROUNDS):
        simple = np.array([_without_islets(area, least) for area in shapely.coverage_simplify(simple, km)])
        if shapely.get_num_coordinates(simple).sum() <= points:
            break
        km *= 1.5
    return list(simple)


def _without_islets(area: Any, least: float) -> Any:
    """The area without its smallest islands and holes; its largest part stays however small."""
    import shapely

    parts = shapely.get_parts(area)
    sizes = shapely.area(parts)
    limit = least * sizes.sum()
    kept = []
    for part in parts[(sizes >= limit) | (sizes == sizes.max())]:
        holes = [ring for ring in part.interiors if shapely.area(shapely.Polygon(ring)) >= limit]
        kept.append(shapely.Polygon(part.exterior, holes))
    return shapely.multipolygons(kept)
