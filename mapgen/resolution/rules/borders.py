"""Where two countries or regions meet: the middle of the strip of towns on both sides of their border."""

from __future__ import annotations

import numpy as np

from mapgen.model import Kind, Place
from mapgen.resolution.arrays import Array, Integers, chord_distances, haversine, on_sphere
from mapgen.resolution.evidence import Spot, between
from mapgen.resolution.rules.anchors import FEWEST_TOWNS, Radii

__all__ = ["border_spot"]

NEAREST = 0.1
"""Share of the towns of a side, those nearest to the other one, that stand for its part of the border."""

MOST_TOWNS = 1_500
"""Towns of a side that are compared with those of the other one, drawn evenly: keeps two large countries cheap."""

BORDER_KM = 150.0
"""Distance to the nearest town of the other side up to which a town can lie at the border."""


def border_spot(one: Place, two: Place, radii: Radii) -> Spot | None:
    """Return the middle of the border of two countries or regions and how far along it their towns reach.

    Of two districts it is the middle of their points.

    Args:
        one: a country or a division.
        two: likewise.
        radii: knows the towns.

    Returns:
        None where either has too few towns, or where they have no common border.
    """
    if one.kind is two.kind is Kind.DISTRICT:
        return between((one.lat, one.lon), (two.lat, two.lon))
    if not all(_has_towns(each) for each in (one, two)):
        return None
    towns = [_thinned(radii.towns_of(each)) for each in (one, two)]
    if min(map(len, towns)) < FEWEST_TOWNS:
        return None
    points = [on_sphere(each[:, 0], each[:, 1]) for each in towns]
    apart = chord_distances(points[0], points[1])
    sides = [
        side[:, _nearest(distance)]
        for side, distance in zip(points, (apart.min(axis=1), apart.min(axis=0)), strict=True)
    ]
    strip = np.concatenate(sides, axis=1)
    if not strip.shape[1] or apart.min() > BORDER_KM:
        return None
    x, y, z = sum(side.mean(axis=1) for side in sides if side.shape[1])
    lat, lon = np.arctan2(z, np.hypot(x, y)), np.arctan2(y, x)
    lats, lons = np.arcsin(strip[2]), np.arctan2(strip[1], strip[0])
    reach = float(np.quantile(haversine(lats, lons, lat, lon), 0.9))
    return Spot(float(np.degrees(lat)), float(np.degrees(lon)), max(10.0, reach))


def _has_towns(place: Place) -> bool:
    return place.kind is Kind.COUNTRY or (place.kind is Kind.REGION and bool(place.admin1))


def _thinned(towns: Array) -> Array:
    """At most `MOST_TOWNS` of the towns, evenly over their order."""
    return towns[:: 1 + len(towns) // MOST_TOWNS]


def _nearest(distance: Array) -> Integers:
    """The positions of the towns nearest to the other side, no farther than `BORDER_KM`."""
    count = max(FEWEST_TOWNS, round(NEAREST * len(distance)))
    order = np.argsort(distance, kind="stable")[:count]
    return order[distance[order] <= BORDER_KM]
