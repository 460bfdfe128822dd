"""The places around a name that tell where it lies: the region or the town beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from importlib import resources
from typing import Protocol

import numpy as np

from mapgen.geodesy import distance_km
from mapgen.kinds import DIVISIONS, SETTLEMENTS
from mapgen.model import Kind, Origin, Place, Sense, Toponym
from mapgen.resolution.arrays import Array, haversine

__all__ = [
    "FEWEST_TOWNS",
    "SENTENCE_END",
    "SETTLEMENT_RADIUS_KM",
    "Radii",
    "Towns",
    "is_anchor",
    "nearest_anchor",
    "radius_around",
    "region_radii",
]

REACH = 400
"""Code points to each side in which a name can be an anchor: about two sentences of a dispatch."""

SETTLEMENT_RADIUS_KM = 40.0
"""Doubt around a town that the text names beside an unknown name: a day on foot."""

DISTRICT_RADIUS_KM = 70.0
"""Doubt in a county or a department; it holds four of five names that a text places in or beside one."""

FEWEST_TOWNS = 5
"""Fewest towns that the size of a region is measured by."""

DEFAULT_RADIUS_KM = 75.0
"""Doubt in a region of which the gazetteer has fewer towns, and no other region of its country."""

NEIGHBOURS = 3
"""Nearest other regions that the size of such a region is measured by."""

OF_DISTANCE = 0.8
"""Its radius, as a part of their mean distance: that of three of four regions whose towns are known is smaller."""

LEAST_RADIUS_KM = SETTLEMENT_RADIUS_KM
"""Least radius of such a region."""

COUNTRIES_KEPT = 16
"""Countries whose towns are kept while their regions are measured: 16 bytes a town, 2 MB at most."""

SENTENCE_END = re.compile(r"[.!?…][»\"”’)]*\s+(?=[^\W\da-zà-ÿ]|[«\"“])|\n")


def is_anchor(toponym: Toponym) -> bool:
    """Return whether the place of a toponym can tell where other names lie."""
    place = toponym.place
    return place is not None and toponym.sense is not Sense.METONYMIC and place.origin is not Origin.TEXT


def nearest_anchor(position: int, text: str, toponyms: Sequence[Toponym], usable: Sequence[bool]) -> Toponym | None:
    """Return the division or settlement that tells where a toponym lies, or None.

    One of the same paragraph before others, a region before a town, the nearest before the farther.

    Args:
        position: of the toponym that is looked for.
        text: of the document.
        toponyms: all of it.
        usable: which of them can be anchors.
    """
    here = toponyms[position]
    anchors: list[tuple[bool, bool, int, int]] = []
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
            # A place before the name is its context; a place behind it, above all in a new sentence, is that of others.
            new = SENTENCE_END.search(text, here.end, other.start) is not None
            gap = (other.start - here.end) * (4 if new else 2)
        between = text[min(here.end, other.end) : max(here.start, other.start)]
        anchors.append(("\n" in between, other.place.kind in SETTLEMENTS, gap, number))
    return toponyms[min(anchors)[3]] if anchors else None


class Towns(Protocol):
    """The part of a gazetteer that the size of a region is measured with."""

    def cities_of(self, country: str) -> Iterable[tuple[float, float, str]]:
        """Return latitude, longitude and first-level code of the towns of a country."""

    def regions(self, country: str) -> Iterable[Place]:
        """Return the first-level divisions of a country."""


class Radii:
    """How far around the point of a region its towns lie; each region is measured once.

    Args:
        towns: source of the towns.
    """

    def __init__(self, towns: Towns) -> None:
        # Many regions of one country are measured in turn, and a large country has 20,000 towns.
        self._by_region = lru_cache(maxsize=COUNTRIES_KEPT)(partial(_towns_by_region, towns))
        self._regions_of = towns.regions
        self._measured_km: dict[str, float] = {}

    def __call__(self, region: Place) -> float:
        """Return the kilometres around the region's point in which nine of ten of its towns lie."""
        if region.radius_km is not None:
            return region.radius_km
        if region.kind in SETTLEMENTS:
            return SETTLEMENT_RADIUS_KM
        if region.kind is Kind.DISTRICT:
            return DISTRICT_RADIUS_KM
        if region.id not in self._measured_km:
            self._measured_km[region.id] = self._measure(region)
        return self._measured_km[region.id]

    def towns_of(self, region: Place) -> Array:
        """Return the towns of a country or a first-level division: rows of latitude and longitude in radians."""
        by_region = self._by_region(region.country)
        whole = region.kind is Kind.COUNTRY
        towns = list(by_region.values()) if whole else [by_region[region.admin1]] if region.admin1 in by_region else []
        return np.concatenate(towns) if towns else np.zeros((0, 2))

    def _measure(self, region: Place) -> float:
        if (radius_km := region_radii().get(region.id)) is not None:
            return radius_km
        whole = region.kind is Kind.COUNTRY
        towns = self.towns_of(region)
        if len(towns) < FEWEST_TOWNS or not (whole or region.admin1):
            return DEFAULT_RADIUS_KM if whole else self._by_neighbours(region)
        return radius_around(region, towns)

    def _by_neighbours(self, region: Place) -> float:
        """The radius of a region without towns, from how far off the regions beside it are."""
        others = [each for each in self._regions_of(region.country) if each.id != region.id]
        distances = sorted(distance_km(region.lat, region.lon, each.lat, each.lon) for each in others)[:NEIGHBOURS]
        if not distances:
            return DEFAULT_RADIUS_KM
        return float(max(LEAST_RADIUS_KM, round(OF_DISTANCE * sum(distances) / len(distances))))


def radius_around(region: Place, towns: Array) -> float:
    """Return the kilometres around the point of a region in which nine of ten of its towns lie.

    Args:
        region: the region.
        towns: rows of latitude and longitude in radians, at least one.
    """
    distance = haversine(towns[:, 0], towns[:, 1], np.radians(region.lat), np.radians(region.lon))
    return float(max(10.0, round(np.quantile(distance, 0.9))))


@lru_cache(maxsize=1)
def region_radii() -> Mapping[str, float]:
    """Return `radius_around` of countries and regions of the embedded gazetteer, by the id of their place.

    They are measured beforehand (`mapgen.training.region_radii`): to read 20,000 towns takes as long as two texts.
    """
    text = resources.files(__package__).joinpath("region-radii.json").read_text(encoding="utf-8")
    return {id_: float(radius_km) for id_, radius_km in json.loads(text).items()}


def _towns_by_region(towns: Towns, country: str) -> dict[str, Array]:
    """Return the towns of each first-level division of a country: rows of latitude and longitude in radians."""
    by_region: dict[str, list[tuple[float, float]]] = {}
    for lat, lon, admin1 in towns.cities_of(country):
        by_region.setdefault(admin1, []).append((lat, lon))
    return {admin1: np.radians(points) for admin1, points in by_region.items()}
