"""Which of the places around a name say where it lies: the region beside it, the members of its list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np

from mapgen.kinds import DIVISIONS, SETTLEMENTS
from mapgen.model import Kind, Place, Sense, Toponym
from mapgen.resolution.evidence.coherence import haversine, on_sphere

__all__ = ["Radii", "Towns", "anchor", "cluster", "speaks"]

REACH = 400
"""Code points to each side in which a region speaks for a name: about two sentences of a dispatch."""

TOGETHER_KM = 150.0
"""Members of a list that lie closer than this are of one neighbourhood."""

SETTLEMENT_RADIUS_KM = 40.0
"""Doubt around a town that the text names beside an unknown name: a day's reach on foot."""

DISTRICT_RADIUS_KM = 50.0
"""Doubt in a county or a department: nine of ten French departments reach no farther from their middle."""

FEWEST_TOWNS = 5
"""Towns from which the size of a region is known."""

DEFAULT_RADIUS_KM = 75.0
"""Doubt in a region whose towns the gazetteer does not know."""

_SENTENCE = re.compile(r"[.!?…][»\"”’)]*\s+(?=[^\W\da-zà-ÿ]|[«\"“])|\n")


def speaks(toponym: Toponym) -> bool:
    """Whether the place of a toponym may say where others lie."""
    return toponym.place is not None and toponym.sense is not Sense.METONYMIC and toponym.place.source != "text"


def anchor(position: int, text: str, toponyms: Sequence[Toponym], usable: Sequence[bool]) -> Toponym | None:
    """Return the toponym that says where another lies.

    One of the same paragraph before others, a region before a town, the nearest before the farther.

    Args:
        position: of the toponym that is asked for.
        text: of the document.
        toponyms: all of it.
        usable: which of them may speak.
    """
    here = toponyms[position]
    found: list[tuple[bool, bool, int, int]] = []
    low = high = position
    while low > 0 and here.start - toponyms[low - 1].end <= REACH:
        low -= 1
    while high + 1 < len(toponyms) and toponyms[high + 1].start - here.end <= REACH:
        high += 1
    for number in range(low, high + 1):
        other = toponyms[number]
        if number == position or not usable[number] or other.place is None:
            continue
        if other.place.kind not in DIVISIONS | SETTLEMENTS or other.text.casefold() == here.text.casefold():
            continue
        gap = here.start - other.end
        if gap < 0:
            # What stands before has been introduced; what comes after begins something new, a new sentence above all.
            new = _SENTENCE.search(text, here.end, other.start) is not None
            gap = (other.start - here.end) * (4 if new else 2)
        between = text[min(here.end, other.end) : max(here.start, other.start)]
        found.append(("\n" in between, other.place.kind in SETTLEMENTS, gap, number))
    return toponyms[min(found)[3]] if found else None


def cluster(places: Iterable[Place]) -> tuple[float, float, float] | None:
    """Return the middle of towns that lie together and how far they reach, or None where they do not.

    Returns:
        Latitude and longitude in degrees, kilometres.
    """
    towns = [place for place in places if place.kind in SETTLEMENTS]
    if not towns:
        return None
    lat, lon = np.radians([place.lat for place in towns]), np.radians([place.lon for place in towns])
    x, y, z = on_sphere(lat, lon)
    middle_lon = np.arctan2(y.mean(), x.mean())
    middle_lat = np.arctan2(z.mean(), np.hypot(x.mean(), y.mean()))
    reach = float(haversine(lat, lon, middle_lat, middle_lon).max())
    return (float(np.degrees(middle_lat)), float(np.degrees(middle_lon)), reach) if reach <= TOGETHER_KM else None


class Towns(Protocol):
    """What of a gazetteer is needed to know how large a region is."""

    def cities_of(self, country: str) -> Iterable[tuple[float, float, str]]:
        """Return latitude, longitude and first-level code of the towns of a country."""


class Radii:
    """How far around the point of a region its towns lie; each region is measured once.

    Args:
        towns: knows the towns.
    """

    def __init__(self, towns: Towns) -> None:
        self._towns = towns
        self._known: dict[str, float] = {}

    def __call__(self, region: Place) -> float:
        """Return the kilometres around the region's point in which nine of ten of its towns lie."""
        if region.kind in SETTLEMENTS:
            return SETTLEMENT_RADIUS_KM
        if region.kind is Kind.DISTRICT:
            return DISTRICT_RADIUS_KM
        if region.id not in self._known:
            self._known[region.id] = self._measured(region)
        return self._known[region.id]

    def _measured(self, region: Place) -> float:
        whole = region.kind is Kind.COUNTRY
        cities = self._towns.cities_of(region.country)
        towns = [(lat, lon) for lat, lon, admin1 in cities if whole or admin1 == region.admin1]
        if len(towns) < FEWEST_TOWNS or not (whole or region.admin1):
            return DEFAULT_RADIUS_KM
        points = np.radians(np.array(towns))
        distance = haversine(points[:, 0], points[:, 1], np.radians(region.lat), np.radians(region.lon))
        return float(max(10.0, round(np.quantile(distance, 0.9))))
