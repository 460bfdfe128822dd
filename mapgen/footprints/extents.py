"""How large places are, as far as their kind and their inhabitants say."""

from __future__ import annotations

from math import pi, sqrt

from mapgen.kinds import SETTLEMENTS
from mapgen.model import Kind, Place

__all__ = ["EXTENT_KM", "REACH_KM", "extent_km", "reach_km"]

_PEOPLE_PER_KM2 = 4000.0  # of a built-up area: from inhabitants to the radius of a town
_SMALLEST_KM, _LARGEST_KM = 0.8, 25.0
_UNKNOWN_KM = 10.0

EXTENT_KM = {
    Kind.CONTINENT: 1500.0,
    Kind.COUNTRY: 150.0,
    Kind.AREA: 80.0,
    Kind.WATER: 40.0,
    Kind.REGION: 40.0,
    Kind.DISTRICT: 12.0,
    Kind.TERRAIN: 10.0,
    Kind.ROAD: 5.0,
    Kind.CITY: 4.0,
    Kind.FACILITY: 2.0,
    Kind.VILLAGE: 1.2,
    Kind.QUARTER: 1.0,
}
"""The usual radius of a place of each kind, for those whose shape and inhabitants are not known."""

REACH_KM = {
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
"""The surroundings of a place of each kind that a map of it shows, as a radius; larger than the place itself."""


def extent_km(place: Place) -> float:
    """Return the rough radius of a place, from its inhabitants if they are known and else from its kind, km."""
    if place.population > 0 and place.kind in SETTLEMENTS:
        return min(_LARGEST_KM, max(_SMALLEST_KM, sqrt(place.population / (pi * _PEOPLE_PER_KM2))))
    return EXTENT_KM.get(place.kind, _UNKNOWN_KM)


def reach_km(kind: Kind) -> float:
    """Return the radius around a place of a kind that a map of it alone shows, km."""
    return REACH_KM.get(kind, _UNKNOWN_KM)
