"""Computes the footprints of a document: those of its places, and of the relations on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from math import cos, inf, radians, sqrt
from typing import TYPE_CHECKING, Any

from mapgen.footprints.extents import extent_km
from mapgen.footprints.geometry import point_geometry
from mapgen.footprints.outlines import outline
from mapgen.footprints.planar import Plane
from mapgen.geodesy import (
    BEARINGS,
    KM_PER_DEGREE,
    LatLon,
    bearing,
    destination,
    distance_km,
    great_circle,
    unwrap,
)
from mapgen.model import (
    Document,
    Footprint,
    FootprintType,
    Kind,
    Place,
    Relation,
    RelationType,
    Sense,
    Span,
    Toponym,
)

if TYPE_CHECKING:
    from mapgen.gazetteer import Gazetteer

__all__ = ["SHAPES", "footprints"]

Geometry = Mapping[str, Any]
Drawing = tuple[FootprintType, Geometry | None, float | None]
Shape = Callable[[Relation, Sequence[Place], "Gazetteer"], Drawing | None]

_EXACT_DOUBT, _ROUGH_DOUBT = 0.15, 0.3  # relative error of a distance in the text, and of one that the text calls rough
_LEAST_DOUBT_KM = 0.3
_HOP = 1.5
_SHORT_WAY_KM, _LONG_WAY_KM = 40.0, 1500.0  # shorter and longer corridors are straight
_DETOUR = 1.35  # and those that would become that much longer
_COUNTRIES = 12  # the most mentioned countries get outlines; those of a list of the whole world would hide the rest
_POLAR = 85.0  # degrees: no area is drawn nearer to a pole


def footprints(
    document: Document,
    toponyms: Iterable[Toponym],
    gazetteer: Gazetteer,
) -> tuple[Footprint, ...]:
    """Return the footprints of a document: one for each place, then one for each relation.

    Only literal toponyms with a place have one. Countries, regions and, with a pack, districts are areas with
    approximate outlines; estimates are circles; all other places are points, as are all but the twelve countries with
    the most mentions.

    Args:
        document: the text of the toponyms.
        toponyms: resolved, in text order.
        gazetteer: source of the outlines.
    """
    placed = [toponym for toponym in toponyms if toponym.place is not None]
    literal = [toponym for toponym in placed if toponym.sense is Sense.LITERAL]
    gathered = _gathered(literal)
    countries = [(len(named), place.id) for place, named in gathered if place.kind is Kind.COUNTRY]
    points = {id_ for _, id_ in sorted(countries, key=lambda country: -country[0])[_COUNTRIES:]}
    drawn = [_place_footprint(place, named, gazetteer, whole=place.id not in points) for place, named in gathered]
    by_span = {toponym.span: toponym for toponym in placed}
    done: set[tuple[RelationType, int, int]] = set()
    for toponym in literal:
        relation = toponym.relation
        if relation is None or (key := (relation.type, relation.start, relation.end)) in done:
            continue
        done.add(key)
        footprint = _relation_footprint(document, relation, toponym, by_span, gazetteer)
        if footprint is not None:
            drawn.append(footprint)
    return tuple(drawn)


def _gathered(toponyms: Iterable[Toponym]) -> list[tuple[Place, list[Toponym]]]:
    gathered: dict[str, tuple[Place, list[Toponym]]] = {}
    for toponym in toponyms:
        if toponym.place is not None:
            gathered.setdefault(toponym.place.id, (toponym.place, []))[1].append(toponym)
    return list(gathered.values())


def _place_footprint(place: Place, named: list[Toponym], gazetteer: Gazetteer, *, whole: bool) -> Footprint:
    """The point, outline or circle of a place; an outline only where `whole` is set."""
    spans = tuple(toponym.span for toponym in named)
    doubts = [toponym.resolution.radius_km for toponym in named if toponym.resolution and toponym.resolution.radius_km]
    type_ = FootprintType.POINT
    geometry: Geometry = point_geometry(place.lat, place.lon)
    radius: float | None = None
    if doubts and abs(place.lat) < _POLAR:
        plane = Plane(place.lat, place.lon)
        circle = plane.geometry(plane.circle(max(doubts)))
        if circle is not None:
            type_, geometry, radius = FootprintType.AREA, circle, max(doubts)
    elif whole and (area := outline(gazetteer, place)) is not None:
        type_, geometry = FootprintType.AREA, area
    return Footprint(
        type=type_,
        geometry=geometry,
        spans=spans,
        place_id=place.id,
        label=place.name,
        approximate=type_ is FootprintType.AREA,
        radius_km=radius,
    )


def _relation_footprint(
    document: Document, relation: Relation, toponym: Toponym, by_span: Mapping[Span, Toponym], gazetteer: Gazetteer
) -> Footprint | None:
    """The footprint of a relation, or None where its type has no shape around these places."""
    spans = relation.anchors or (toponym.span,)
    anchors = [by_span[span] for span in spans if span in by_span]
    places = [anchor.place for anchor in anchors if anchor.place is not None]
    if not places or any(abs(place.lat) >= _POLAR for place in places):
        return None
    shape = SHAPES.get(relation.type)
    drawing = shape(relation, places, gazetteer) if shape is not None else None
    type_, geometry, radius = drawing if drawing is not None else (FootprintType.AREA, None, None)
    if geometry is None:
        return None
    return Footprint(
        type=type_,
        geometry=geometry,
        spans=tuple(anchor.span for anchor in anchors),
        place_id=places[0].id if len(places) == 1 else "",
        label=relation.phrase or document.text[relation.start : relation.end],
        approximate=True,
        radius_km=radius,
    )


def _part(relation: Relation, place: Place, area: Geometry | None) -> Drawing | None:
    plane = Plane(place.lat, place.lon)
    radius = extent_km(place)
    if area is not None:
        whole = plane.area(area)
        part = plane.part(whole, relation.direction)
        return FootprintType.SECTOR, plane.geometry(part, tolerance_km=0.002 * _size(whole)), None
    if relation.direction in BEARINGS:
        return FootprintType.SECTOR, plane.geometry(plane.sector(relation.direction, 0.0, radius)), radius
    return FootprintType.SECTOR, plane.geometry(plane.circle(radius / 2)), radius / 2


def _near(_: Relation, place: Place, area: Geometry | None) -> Drawing | None:
    plane = Plane(place.lat, place.lon)
    if area is not None:
        whole = plane.area(area)
        return FootprintType.RING, _rim(plane, whole, 0.0, 0.15 * _size(whole)), None
    radius = 1.6 * extent_km(place) + 4.0
    return FootprintType.RING, plane.geometry(plane.circle(radius)), radius


def _around(_: Relation, place: Place, area: Geometry | None) -> Drawing | None:
    plane = Plane(place.lat, place.lon)
    if area is not None:
        whole = plane.area(area)
        return FootprintType.RING, _rim(plane, whole, 0.0, 0.2 * _size(whole)), None
    inner = 0.5 * extent_km(place)
    outer = 2.0 * extent_km(place) + 4.0
    return FootprintType.RING, plane.geometry(plane.ring(inner, outer)), outer


def _distance(relation: Relation, place: Place, area: Geometry | None) -> Drawing | None:
    """A ring around a point or an outline; the distance may count from the edge of a town or from its centre."""
    if relation.distance_km is None or not 0.0 < relation.distance_km < 5000.0:
        return None
    plane = Plane(place.lat, place.lon)
    doubt = max(_LEAST_DOUBT_KM, (_ROUGH_DOUBT if relation.approximate else _EXACT_DOUBT) * relation.distance_km)
    inner, outer = max(0.0, relation.distance_km - doubt), relation.distance_km + doubt
    if area is not None:
        whole = plane.area(area)
        return FootprintType.RING, _rim(plane, whole, inner, outer, direction=relation.direction), relation.distance_km
    if place.kind is Kind.CITY:
        outer += extent_km(place)
    if relation.direction in BEARINGS:
        return FootprintType.RING, plane.geometry(plane.sector(relation.direction, inner, outer)), relation.distance_km
    return FootprintType.RING, plane.geometry(plane.ring(inner, outer)), relation.distance_km


def _direction(relation: Relation, place: Place, area: Geometry | None) -> Drawing | None:
    if relation.direction not in BEARINGS:
        return None
    plane = Plane(place.lat, place.lon)
    if area is not None:
        whole = plane.area(area)
        return FootprintType.SECTOR, _rim(plane, whole, 0.0, 0.6 * _size(whole), direction=relation.direction), None
    inner = 0.7 * extent_km(place)
    outer = 5.0 * extent_km(place) + 12.0
    return FootprintType.SECTOR, plane.geometry(plane.sector(relation.direction, inner, outer)), outer


def _between(relation: Relation, places: Sequence[Place], gazetteer: Gazetteer) -> Drawing | None:
    """A band along the border of two areas that touch, else along the shortest way from one place to the other."""
    if len(places) < 2 or places[0].id == places[1].id:
        return None
    one, other = places[0], places[1]
    length = distance_km(one.lat, one.lon, other.lat, other.lon)
    if not 0.5 < length < 15000.0:
        return None
    middle = destination(one.lat, one.lon, bearing(one.lat, one.lon, other.lat, other.lon), length / 2)
    plane = Plane(*middle)
    if relation.type is RelationType.BORDER and length < 6000.0:
        band = _border(plane, one, other, gazetteer)
        if band is not None:
            return FootprintType.CORRIDOR, band, None
    width = min(60.0, max(1.0, 0.06 * length))
    line: list[LatLon] = []
    for start, end in pairwise(_way(one, other, length, gazetteer)):
        line += great_circle(start, end, step_km=max(50.0, length / 40))
    return FootprintType.CORRIDOR, plane.geometry(plane.corridor(line, width), tolerance_km=width / 50), None


def _way(one: Place, other: Place, length: float, gazetteer: Gazetteer) -> list[LatLon]:
    """The points from one place to another: inside a country by way of its larger towns, like a road, else straight.

    It is the chain of towns with the least sum of its steps, each to the power of `_HOP` (Dijkstra's algorithm): many
    short steps cost less than a long one, but a detour costs too.
    """
    ends = [(one.lat, one.lon), (other.lat, other.lon)]
    if one.country != other.country or not one.country or not _SHORT_WAY_KM < length < _LONG_WAY_KM:
        return ends
    high = 0.2 * length / KM_PER_DEGREE
    wide = high / cos(radians(min(_POLAR, max(abs(one.lat), abs(other.lat)))))
    west, east = sorted((one.lon, unwrap(other.lon, one.lon)))
    south, north = sorted((one.lat, other.lat))
    towns = gazetteer.within(
        max(-90.0, south - high), west - wide, min(90.0, north + high), east + wide, min_population=20000, limit=80
    )
    points = [*ends, *((town.lat, town.lon) for town in towns if town.country == one.country)]
    costs, before = {0: 0.0}, {0: 0}
    left = set(range(len(points)))
    while left:
        here = min(left & costs.keys(), key=costs.__getitem__)
        left.discard(here)
        if here == 1:
            break
        for there in left:
            cost = costs[here] + distance_km(*points[here], *points[there]) ** _HOP
            if cost < costs.get(there, inf):
                costs[there], before[there] = cost, here
    way = [1]
    while way[-1] != 0:
        way.append(before[way[-1]])
    chain = [points[index] for index in reversed(way)]
    walked = sum(distance_km(*start, *end) for start, end in pairwise(chain))
    return chain if walked <= _DETOUR * length else ends


def _border(plane: Plane, one: Place, other: Place, gazetteer: Gazetteer) -> Geometry | None:
    """The band along the border of two places with outlines; None where one has none or they do not touch."""
    import shapely

    outlines = [outline(gazetteer, place) for place in (one, other)]
    first, second = (plane.area(area) if area is not None else None for area in outlines)
    if first is None or second is None:
        return None
    reach = min(25.0, max(4.0, 0.06 * min(_size(first), _size(second))))
    rough = [shapely.simplify(area, reach / 8) for area in (first, second)]
    band = shapely.intersection(*(shapely.buffer(area, reach, quad_segs=3) for area in rough))
    if shapely.area(band) > 0.5 * min(shapely.area(first), shapely.area(second)):
        # One lies inside the other: the border is the rim of the inner one.
        band = shapely.intersection(*(shapely.buffer(shapely.boundary(area), reach, quad_segs=3) for area in rough))
    return plane.geometry(band, tolerance_km=reach / 8)


def _rim(plane: Plane, area: Any, inner_km: float, outer_km: float, *, direction: str = "") -> Geometry | None:
    """The area between two distances from another area, all around or in one direction."""
    import shapely

    rough = shapely.simplify(area, max(0.2, outer_km / 20))
    rim = shapely.difference(
        shapely.buffer(rough, outer_km, quad_segs=5), shapely.buffer(rough, inner_km, quad_segs=5) if inner_km else area
    )
    if direction in BEARINGS:
        rim = shapely.intersection(rim, plane.wedge(shapely.get_coordinates(shapely.centroid(area))[0], direction))
    return plane.geometry(rim, tolerance_km=max(0.1, outer_km / 50))


def _size(area: Any) -> float:
    """The side of a square as large as the area, km."""
    import shapely

    return sqrt(float(shapely.area(area)))


def _around_one(shape: Callable[[Relation, Place, Geometry | None], Drawing | None]) -> Shape:
    """The shape around the first place of a relation, from its outline."""

    def around(relation: Relation, places: Sequence[Place], gazetteer: Gazetteer) -> Drawing | None:
        return shape(relation, places[0], outline(gazetteer, places[0]))

    return around


SHAPES: Mapping[RelationType, Shape] = {
    RelationType.PART: _around_one(_part),
    RelationType.NEAR: _around_one(_near),
    RelationType.AROUND: _around_one(_around),
    RelationType.DISTANCE: _around_one(_distance),
    RelationType.DIRECTION: _around_one(_direction),
    RelationType.BETWEEN: _between,
    RelationType.BORDER: _between,
}
"""What draws a relation of each type around its places; a type without a shape is not drawn."""
