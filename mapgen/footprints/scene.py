"""The frame in which things happen: what a map of the document should show first.

A dispatch on Syria names Washington, Moscow and the Caspian Sea too. The scene is the heaviest cluster of the literal
places, mentions counted, and leaves single far places out; the capitals that only stand for governments never count.

West lies between -180 and 180, and east is never less than west: a frame across the antimeridian has an east beyond
180, and longitudes inside it are to be drawn 360 greater (`geodesy.unwrap`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians, sin
from statistics import median

from mapgen.geodesy import KM_PER_DEGREE, distance_km, eastward
from mapgen.kinds import VAST
from mapgen.model import Frame, Kind, Place, Sense, Toponym

__all__ = ["frame_all", "scene"]

_MARGIN = 0.08  # of the frame's own height and width, on each side
_NEAR_KM = 200.0  # places that lie closer than this are always of one scene
_FAR_KM = 1500.0  # and places further apart than this never, unless others lie between them
_SPREAD = 4.0  # between the two, "close" is this many times the usual gap between the places of the document
_USUAL_EDGES = 4  # fewer gaps have no usual one; then
_FEW_KM = 1000.0  # is close
_LEAST_CLUSTER = (
    0.4  # a cluster is the scene when it has this share of the mentions; else the document has no one scene
)
_TRIM_WEIGHT = 0.15  # so small a part of the mentions …
_TRIM_GAIN = 2.5  # … may be left out of the frame when that makes it this many times smaller
_MOST = 400  # clusters are sought among so many places, the most mentioned
_LEAST_SHARE = 0.25  # a tier of places speaks for the document when it has this share of the mentions

_REACH_KM = {
    Kind.CONTINENT: 2000.0,
    Kind.COUNTRY: 250.0,
    Kind.AREA: 150.0,
    Kind.WATER: 100.0,
    Kind.REGION: 60.0,
    Kind.TERRAIN: 30.0,
    Kind.ROAD: 30.0,
    Kind.DISTRICT: 20.0,
    Kind.CITY: 12.0,
    Kind.VILLAGE: 5.0,
    Kind.FACILITY: 4.0,
    Kind.QUARTER: 3.0,
}
"""How far a place of each kind reaches around its point, roughly: a frame shows at least that much of it."""


@dataclass(frozen=True, slots=True)
class _Spot:
    place: Place
    weight: float
    reach_km: float


def scene(toponyms: Iterable[Toponym]) -> Frame | None:
    """Return the frame in which the things that the document tells happen.

    Literal mentions of places smaller than a country decide; countries when these are few, continents when there is
    nothing else. Of several clusters the one with most mentions is taken; when none stands out, all are.

    Args:
        toponyms: the document's, resolved, in text order.

    Returns:
        the frame with a margin, or None when no toponym has a place.
    """
    spots = _leading_tier(toponyms)
    if not spots:
        return None
    return _frame(_trim(_heaviest_cluster(spots)))


def frame_all(toponyms: Iterable[Toponym]) -> Frame | None:
    """Return the smallest frame with a margin that holds every place of the document, or None when there is none."""
    spots = _spots(toponyms)
    return _frame(spots) if spots else None


def _spots(toponyms: Iterable[Toponym]) -> list[_Spot]:
    """Gather toponyms by place, in the order of the first mention."""
    places: dict[str, Place] = {}
    weights: dict[str, float] = {}
    reaches: dict[str, float] = {}
    for toponym in toponyms:
        place, resolution = toponym.place, toponym.resolution
        if place is None or resolution is None:
            continue
        places.setdefault(place.id, place)
        # A doubtful place counts less, but never nothing: it may be all there is.
        weights[place.id] = weights.get(place.id, 0.0) + max(0.1, resolution.probability)
        reaches[place.id] = max(reaches.get(place.id, 0.0), resolution.radius_km or _REACH_KM[place.kind])
    return [_Spot(place, weights[id_], reaches[id_]) for id_, place in places.items()]


def _leading_tier(toponyms: Iterable[Toponym]) -> list[_Spot]:
    """Return the places that decide on the scene: the smaller kinds first, the larger when there are few of those."""
    listed = [toponym for toponym in toponyms if toponym.place is not None]
    literal = _spots(toponym for toponym in listed if toponym.sense is Sense.LITERAL)
    if not literal:
        return _spots(listed)
    total = _weight(literal)
    for excluded in (VAST, {Kind.CONTINENT}):
        tier = [spot for spot in literal if spot.place.kind not in excluded]
        if _weight(tier) >= _LEAST_SHARE * total:
            return tier
    return literal


def _heaviest_cluster(spots: Sequence[_Spot]) -> list[_Spot]:
    """Split places where the gaps between them are unusually wide; return the part with the greatest weight.

    When no part stands out, as in a round-up of the world's cities, all places are returned.
    """
    spots = sorted(spots, key=lambda spot: -spot.weight)[:_MOST]
    edges = _spanning_tree(spots)
    if not edges:
        return list(spots)
    close = _FEW_KM
    if len(edges) >= _USUAL_EDGES:
        close = min(_FAR_KM, max(_NEAR_KM, _SPREAD * median(length for length, _, _ in edges)))
    leader = list(range(len(spots)))

    def find(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    for length, one, other in edges:
        # Places of one country belong together more than places on two sides of a border.
        if length <= close * (2.0 if spots[one].place.country == spots[other].place.country != "" else 1.0):
            leader[find(one)] = find(other)
    clusters: dict[int, list[_Spot]] = {}
    for index, spot in enumerate(spots):
        clusters.setdefault(find(index), []).append(spot)
    # Of equal clusters the first: they stand in the order of their most mentioned place, then of the text.
    ranked = sorted(clusters.values(), key=_weight, reverse=True)
    first = _weight(ranked[0])
    alone = len(ranked[0]) == 1 and len(ranked) > 1 and _weight(ranked[1]) > 0.5 * first
    return list(spots) if alone or first < _LEAST_CLUSTER * _weight(spots) else ranked[0]


def _weight(spots: Iterable[_Spot]) -> float:
    return sum(spot.weight for spot in spots)


def _spanning_tree(spots: Sequence[_Spot]) -> list[tuple[float, int, int]]:
    """Return the edges (km from rim to rim, index, index) of a short tree that joins all places (Prim's algorithm)."""
    vectors = []
    for spot in spots:
        phi, lam = radians(spot.place.lat), radians(spot.place.lon)
        vectors.append((cos(phi) * cos(lam), cos(phi) * sin(lam), sin(phi)))
    edges: list[tuple[float, int, int]] = []
    waiting = set(range(1, len(spots)))
    nearest = dict.fromkeys(waiting, (-2.0, 0))  # cosine of the angle to the tree, and to which place of it
    added = 0
    while waiting:
        x, y, z = vectors[added]
        for index in waiting:
            a, b, c = vectors[index]
            closeness = x * a + y * b + z * c
            if closeness > nearest[index][0]:
                nearest[index] = (closeness, added)
        added = max(waiting, key=lambda index: (nearest[index][0], -index))
        waiting.discard(added)
        one, other = spots[added], spots[nearest[added][1]]
        gap = (
            distance_km(one.place.lat, one.place.lon, other.place.lat, other.place.lon) - one.reach_km - other.reach_km
        )
        edges.append((max(0.0, gap), added, nearest[added][1]))
    return edges


def _trim(spots: list[_Spot]) -> list[_Spot]:
    """Leave out the few places at the rim that alone make the frame several times wider."""
    budget = _TRIM_WEIGHT * _weight(spots)
    kept, best = list(spots), list(spots)
    reference = _size(spots)
    while len(kept) > 1:
        size, drop = min((_size([*kept[:i], *kept[i + 1 :]]), i) for i in _rim(kept))
        budget -= kept[drop].weight
        if budget < 0:
            break
        del kept[drop]
        if size * _TRIM_GAIN <= reference:
            best, reference = list(kept), size
    return best


def _rim(spots: Sequence[_Spot]) -> set[int]:
    """Return the indexes of the places that touch the frame around all."""
    indexes = range(len(spots))
    lats = [spot.place.lat for spot in spots]
    lons = eastward(spot.place.lon for spot in spots)
    return {
        min(indexes, key=lats.__getitem__),
        max(indexes, key=lats.__getitem__),
        min(indexes, key=lons.__getitem__),
        max(indexes, key=lons.__getitem__),
    }


def _size(spots: Sequence[_Spot]) -> float:
    """Return the diagonal of the frame around places, km."""
    south, west, north, east = _frame(spots)
    return hypot(north - south, (east - west) * cos(radians((south + north) / 2))) * KM_PER_DEGREE


def _frame(spots: Sequence[_Spot]) -> Frame:
    """Return the frame around places, each with its reach, and a margin."""
    souths, wests, norths, easts = [], [], [], []
    for spot, lon in zip(spots, eastward(spot.place.lon for spot in spots), strict=True):
        lat = spot.place.lat
        high = spot.reach_km / KM_PER_DEGREE
        wide = high / max(0.1, cos(radians(lat)))
        souths.append(lat - high)
        norths.append(lat + high)
        wests.append(lon - wide)
        easts.append(lon + wide)
    south, west, north, east = min(souths), min(wests), max(norths), max(easts)
    up, side = _MARGIN * (north - south), _MARGIN * (east - west)
    south, north = max(-90.0, south - up), min(90.0, north + up)
    west, east = west - side, east + side
    if east - west >= 360.0:
        return (round(south, 4), -180.0, round(north, 4), 180.0)
    turn = 360.0 if west < -180.0 else -360.0 if west >= 180.0 else 0.0
    return (round(south, 4), round(west + turn, 4), round(north, 4), round(east + turn, 4))
