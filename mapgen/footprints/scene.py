"""Computes the scene: the frame that the first view of a document shows.

A dispatch on Syria names Washington, Moscow and the Caspian Sea too. The scene is the cluster of literal places with
the most mentions, without single far places; names that stand for governments do not count. Doubtful places and
estimates do not widen it. Where too many of its places would overlap on a map of a usual size (`crowding`), it is
narrowed to a part with at least half of the mentions.

West is between -180 and 180, and east is never less than west: a frame across the antimeridian has an east beyond
180, and longitudes inside it are to be drawn 360 greater (`geodesy.unwrap`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, inf, radians, sin
from statistics import median
from typing import Any

import numpy as np

from mapgen.certainty import DOUBTFUL
from mapgen.footprints.crowding import MANY, WIDE, MapSize, mercator, single, zoom_for
from mapgen.footprints.extents import reach_km
from mapgen.geodesy import KM_PER_DEGREE, distance_km, eastward, unwrap
from mapgen.kinds import VAST
from mapgen.model import Frame, Kind, Place, Sense, Toponym

__all__ = ["frame_all", "scene"]

_MARGIN = 0.08  # of the frame's own height and width, on each side
_NEAR_KM = 20.0  # places closer than this are always in one cluster
_FAR_KM = 1500.0  # places further apart than this never are, unless others lie between them
_SPREAD = 4.0  # between the two, "close" is this many times the usual distance between neighbours of the document
_SAME_KM = 1.0  # points closer than this (a city and its district) are taken as one
_USUAL_EDGES = 4  # with fewer distances there is no usual one, and
_FEW_KM = 1000.0  # counts as close
_LEAST_CLUSTER = (
    0.4  # a cluster is the scene when it has this share of the mentions; else the document has no one scene
)
_TRIM_WEIGHT = 0.15  # so small a part of the mentions …
_TRIM_GAIN = 2.5  # … may be left out of the frame when that makes it this many times smaller
_LEAST_KEPT = 0.5  # of the mentions stay in a frame that is narrowed so that its places can be told apart
_BETTER = 1.1  # a narrower frame in which places still lie on each other has to show so many more of them
_STEP = 0.9  # a frame is looked at again when it is so much smaller than the one looked at before
_MOST = 400  # clusters are sought among so many places, the most mentioned
_LEAST_SHARE = 0.25  # a tier of places decides when it has this share of the mentions
_WORLD_DEGREES = 150.0  # of longitude: a wider scene is the world
_INHABITED = (-56.0, 75.0)  # latitudes
_RIM = 6.0  # degrees around the places of the world
_REACH_SHARE, _VAST_SHARE = 0.25, 0.5  # of half the diagonal around the points, at most, a place (a country) reaches


@dataclass(frozen=True, slots=True)
class _Spot:
    place: Place
    mentions: int
    weight: float
    reach_km: float
    sure: bool


def scene(toponyms: Iterable[Toponym], *, size: MapSize = WIDE) -> Frame | None:
    """Return the frame of the places where the events of a document happen.

    Literal mentions of places smaller than a country decide; countries when these are few, continents when there is
    nothing else. Of several clusters the one with most mentions is taken, or all places when no cluster has
    enough of them.

    Args:
        toponyms: the document's, resolved, in text order.
        size: of the map on which the places of the frame should not overlap.

    Returns:
        the frame with a margin, or None when no toponym has a place.
    """
    listed = [toponym for toponym in toponyms if toponym.place is not None]
    spots = _leading_tier(listed)
    if not spots:
        return None
    everything = _spots(listed)
    found = _frame(_legible(_sure(_heaviest_cluster(spots)), everything, size))
    return _world(everything) if found[3] - found[1] > _WORLD_DEGREES and size == WIDE else found


def _world(spots: Sequence[_Spot]) -> Frame:
    """Return the frame of a text about the whole world: all its places, cut where the gap between them is widest.

    The latitudes end where people live, unless a place lies beyond.
    """
    lats, lons = [spot.place.lat for spot in spots], eastward(spot.place.lon for spot in spots)
    south, north = max(-90.0, min(lats) - _RIM), min(90.0, max(lats) + _RIM)
    west, east = min(lons) - _RIM, max(lons) + _RIM
    if east - west >= 360.0:
        west, east = -180.0, 180.0
    turn = 360.0 if west < -180.0 else -360.0 if west >= 180.0 else 0.0
    return (
        round(max(south, min(_INHABITED[0], *lats)), 4),
        round(west + turn, 4),
        round(min(north, max(_INHABITED[1], *lats)), 4),
        round(east + turn, 4),
    )


def frame_all(toponyms: Iterable[Toponym]) -> Frame | None:
    """Return the smallest frame with a margin that holds every place of the document, or None when there is none."""
    spots = _spots(toponyms)
    return _frame(spots) if spots else None


def _spots(toponyms: Iterable[Toponym]) -> list[_Spot]:
    """Gather toponyms by place, in the order of the first mention."""
    places: dict[str, Place] = {}
    mentions: Counter[str] = Counter()
    weights: dict[str, float] = {}
    reaches: dict[str, float] = {}
    sure: set[str] = set()
    for toponym in toponyms:
        place, resolution = toponym.place, toponym.resolution
        if place is None or resolution is None:
            continue
        places.setdefault(place.id, place)
        mentions[place.id] += 1
        # A doubtful place counts less, but more than nothing: it may be the only one.
        weights[place.id] = weights.get(place.id, 0.0) + max(0.1, resolution.probability)
        reaches[place.id] = max(reaches.get(place.id, 0.0), resolution.radius_km or reach_km(place.kind))
        if resolution.probability >= DOUBTFUL and not resolution.radius_km:
            sure.add(place.id)
    return [_Spot(place, mentions[id_], weights[id_], reaches[id_], id_ in sure) for id_, place in places.items()]


def _leading_tier(toponyms: Sequence[Toponym]) -> list[_Spot]:
    """Return the places that decide on the scene: the smaller kinds first, the larger when there are few of those."""
    literal = _spots(toponym for toponym in toponyms if toponym.sense is Sense.LITERAL)
    if not literal:
        return _spots(toponyms)
    total = _weight(literal)
    for excluded in (VAST, {Kind.CONTINENT}):
        tier = [spot for spot in literal if spot.place.kind not in excluded]
        if _weight(tier) >= _LEAST_SHARE * total:
            return tier
    return literal


def _sure(spots: list[_Spot]) -> list[_Spot]:
    """The places that are neither doubtful nor estimates, where they have half of the mentions."""
    sure = [spot for spot in spots if spot.sure]
    return sure if _weight(sure) >= 0.5 * _weight(spots) else spots


def _heaviest_cluster(spots: Sequence[_Spot]) -> list[_Spot]:
    """Split places at unusually wide gaps; return the cluster with the greatest weight.

    All places are returned when no cluster has enough weight, as in a round-up of the world's cities.
    """
    spots = sorted(spots, key=lambda spot: -spot.weight)[:_MOST]
    edges = _spanning_tree(spots)
    if not edges:
        return list(spots)
    close = _FEW_KM
    if len(edges) >= _USUAL_EDGES:
        apart = [edge.distance_km for edge in edges if edge.distance_km > _SAME_KM] or [0.0]
        close = min(_FAR_KM, max(_NEAR_KM, _SPREAD * median(apart)))
    leader = list(range(len(spots)))

    def find(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    for edge in edges:
        one, other = edge.one, edge.other
        # Places of one country belong together more than places on two sides of a border.
        if edge.gap_km <= close * (2.0 if spots[one].place.country == spots[other].place.country != "" else 1.0):
            leader[find(one)] = find(other)
    clusters: dict[int, list[_Spot]] = {}
    for index, spot in enumerate(spots):
        clusters.setdefault(find(index), []).append(spot)
    # Of equal clusters the first: their order is that of their most mentioned place, then of the text.
    ranked = sorted(clusters.values(), key=_weight, reverse=True)
    first = _weight(ranked[0])
    alone = len(ranked[0]) == 1 and len(ranked) > 1 and _weight(ranked[1]) > 0.5 * first
    return list(spots) if alone or first < _LEAST_CLUSTER * _weight(spots) else ranked[0]


def _weight(spots: Iterable[_Spot]) -> float:
    return sum(spot.weight for spot in spots)


@dataclass(frozen=True, slots=True)
class _Edge:
    """Two neighbours by their indexes, the distance between their points and that between their rims."""

    one: int
    other: int
    distance_km: float
    gap_km: float


def _spanning_tree(spots: Sequence[_Spot]) -> list[_Edge]:
    """Return the edges of a short tree that joins all places (Prim's algorithm)."""
    vectors = []
    for spot in spots:
        phi, lam = radians(spot.place.lat), radians(spot.place.lon)
        vectors.append((cos(phi) * cos(lam), cos(phi) * sin(lam), sin(phi)))
    edges: list[_Edge] = []
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
        distance = distance_km(one.place.lat, one.place.lon, other.place.lat, other.place.lon)
        gap = max(0.0, distance - one.reach_km - other.reach_km)
        edges.append(_Edge(added, nearest[added][1], distance, gap))
    return edges


class _Kept:
    """The places that are still in the frame while the outermost ones are left out, one side after the other.

    Args:
        spots: the places of the cluster.
    """

    def __init__(self, spots: Sequence[_Spot]) -> None:
        self.lat = np.array([spot.place.lat for spot in spots])
        self.lon = np.array(eastward(spot.place.lon for spot in spots))
        self.weight = np.array([spot.weight for spot in spots])
        self.indexes = np.arange(len(spots))
        # A frame is never smaller than the smallest place: without it, two places at one point have a size of nothing.
        self._pad = 2.0 * min(spot.reach_km for spot in spots) / KM_PER_DEGREE

    def size(self) -> float:
        """Return the diagonal of the frame around the points, degrees of latitude."""
        lat, lon = self.lat[self.indexes], self.lon[self.indexes]
        return float(self._diagonals(lat.min(), lat.max(), lon.min(), lon.max()))

    def share(self) -> float:
        """Return the part of the mentions that is left."""
        return float(self.weight[self.indexes].sum() / self.weight.sum())

    def drop(self) -> bool:
        """Leave out the places at one side that make the frame smallest for the mentions that are lost.

        Returns:
            False, and nothing is left out, where no side can go without more than half of all mentions being lost.
        """
        spare = float(self.weight[self.indexes].sum() - _LEAST_KEPT * self.weight.sum())
        best, kept = -1.0, self.indexes[:0]
        for values in (self.lon, -self.lon, self.lat, -self.lat):
            order = self.indexes[np.argsort(values[self.indexes], kind="stable")]
            lat, lon = self.lat[order[::-1]], self.lon[order[::-1]]
            # The extent of what is left when the first 1, 2, … in this order go.
            south, north = np.minimum.accumulate(lat)[::-1], np.maximum.accumulate(lat)[::-1]
            west, east = np.minimum.accumulate(lon)[::-1], np.maximum.accumulate(lon)[::-1]
            sizes = self._diagonals(south, north, west, east)
            lost = np.cumsum(self.weight[order])[:-1]
            gains = np.where(lost <= spare, np.log(sizes[0] / sizes[1:]) / lost, -1.0)
            first = int(np.argmax(gains))
            if gains[first] > best + 1e-12:
                best, kept = float(gains[first]), np.sort(order[first + 1 :])
        if len(kept):
            self.indexes = kept
        return len(kept) > 0

    def _diagonals(self, south: Any, north: Any, west: Any, east: Any) -> Any:
        wide = (east - west) * np.cos(np.radians((south + north) / 2))
        return np.hypot(north - south + self._pad, wide + self._pad)


def _legible(spots: list[_Spot], everything: Sequence[_Spot], size: MapSize) -> list[_Spot]:
    """Leave out the few places at the rim that alone make the frame several times wider, and then as many as needed.

    Args:
        spots: the places that the frame is for.
        everything: all that has a marker on the map.
        size: of the map.

    Returns:
        of the frames with half of the mentions the widest in which most places stand singly; where there is none, the
        one with the most places that do.
    """
    kept = _Kept(spots)
    trimmed, reference = kept.indexes, kept.size()
    path = [(kept.indexes, reference)]
    while len(kept.indexes) > 1 and kept.drop():
        path.append((kept.indexes, kept.size()))
        if kept.share() >= 1.0 - _TRIM_WEIGHT and path[-1][1] * _TRIM_GAIN <= reference:
            trimmed, reference = path[-1]
    best, most, looked_at = trimmed, -1.0, inf
    for indexes, diagonal in path[next(number for number, one in enumerate(path) if one[0] is trimmed) :]:
        if diagonal > _STEP * looked_at:
            continue
        looked_at = diagonal
        share, weight = _standing_singly(_frame([spots[index] for index in indexes]), everything, size)
        if share >= size.least:
            best = indexes
            break
        if weight > _BETTER * most:
            best, most = indexes, weight
    return [spots[index] for index in best]


def _standing_singly(frame: Frame, everything: Sequence[_Spot], size: MapSize) -> tuple[float, float]:
    """Estimate the part of the places in a frame that stand singly on a map, and the weight of those."""
    south, west, north, east = frame
    middle = (west + east) / 2
    lat = np.array([spot.place.lat for spot in everything])
    lon = np.array([unwrap(spot.place.lon, middle) for spot in everything])
    inside = (lat >= south) & (lat <= north) & (lon >= west) & (lon <= east)
    if not inside.any():
        return 1.0, 0.0
    weights = np.array([spot.weight for spot in everything])[inside]
    (left, top), (right, bottom) = mercator(np.array([north, south]), np.array([west, east]))
    zoom = zoom_for(right - left, bottom - top, size)
    mentions = np.array([spot.mentions for spot in everything])[inside]
    alone = single(mercator(lat[inside], lon[inside]), mentions, zoom, many=len(everything) >= MANY)
    return float(alone.mean()), float(weights[alone].sum())


def _frame(spots: Sequence[_Spot]) -> Frame:
    """Return the frame around places, each with its reach, and a margin.

    Between places that lie close together even a large one reaches no further than a part of their spread: a text on a
    town that names its region is about the town.
    """
    lats, lons = [spot.place.lat for spot in spots], eastward(spot.place.lon for spot in spots)
    wide = (max(lons) - min(lons)) * cos(radians((min(lats) + max(lats)) / 2))
    spread_km = hypot(max(lats) - min(lats), wide) / 2 * KM_PER_DEGREE
    least_km = min(spot.reach_km for spot in spots)
    if spread_km > _SAME_KM / 2:
        least_km = min(least_km, max(_SAME_KM, spread_km))
    souths, wests, norths, easts = [], [], [], []
    for spot, lat, lon in zip(spots, lats, lons, strict=True):
        share = _VAST_SHARE if spot.place.kind in VAST else _REACH_SHARE
        high = min(spot.reach_km, max(least_km, share * spread_km)) / KM_PER_DEGREE
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
