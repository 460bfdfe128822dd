"""A name that nobody knows: put into the region that the text names beside it, or listed with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from mapgen.gazetteer import Gazetteer
from mapgen.languages import Language
from mapgen.model import Decision, Kind, Place, Resolution, Sense, Toponym
from mapgen.resolution.context import haversine

__all__ = ["place_by_region"]

REACH = 400
"""Code points to each side in which a region speaks for a name: about two sentences of a dispatch."""

PROBABILITY = 0.5
"""That the place lies inside the radius of doubt."""

REGIONS = frozenset({Kind.REGION, Kind.DISTRICT})
SETTLEMENTS = frozenset({Kind.CITY, Kind.VILLAGE, Kind.QUARTER})

SETTLEMENT_RADIUS_KM = 40.0
"""Doubt around a town that the text names beside an unknown name: a day's reach on foot."""

DEFAULT_RADIUS_KM = 75.0
"""Doubt in a region whose towns the gazetteer does not know."""


def place_by_region(toponyms: Sequence[Toponym], language: Language, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Return the toponyms, those without a place put into the region around them where there is one.

    Only a name with a cue is placed so ("les collines de X"): without one it is not even sure to be a place. Its other
    mentions, with and without cues, are the same place; those of which a person said that they are none stay none.

    Args:
        toponyms: all of the document, resolved.
        language: of the reader.
        gazetteer: knows how large the region is.
    """
    found: dict[str, Resolution] = {}
    for position, toponym in enumerate(toponyms):
        name = toponym.text.casefold()
        if _open(toponym) and name not in found:
            resolution = _by_region(position, toponyms, language, gazetteer)
            if resolution is not None:
                found[name] = resolution
    return tuple(
        replace(toponym, resolution=found[toponym.text.casefold()])
        if _open(toponym) and toponym.text.casefold() in found
        else toponym
        for toponym in toponyms
    )


def _open(toponym: Toponym) -> bool:
    return toponym.place is None and toponym.decision is not Decision.NO_PLACE


def _by_region(
    position: int, toponyms: Sequence[Toponym], language: Language, gazetteer: Gazetteer
) -> Resolution | None:
    """The place of the toponym at `position` as far as the text tells, or None."""
    toponym = toponyms[position]
    anchor = _anchor(position, toponyms)
    if toponym.cue_kind is None or anchor is None or anchor.place is None:
        return None
    region = anchor.place
    radius = _radius(region, gazetteer)
    place = Place(
        id=f"text:{toponym.text.casefold()}",
        source="text",
        name=toponym.text,
        kind=toponym.cue_kind,
        country=region.country,
        lat=region.lat,
        lon=region.lon,
        admin=region.admin,
        admin1=region.admin1,
    )
    said = toponym.resolution.reasons if toponym.resolution else ()
    told = language.reasons["by_region"].format(region=anchor.text, km=round(radius))
    alternatives = toponym.resolution.alternatives if toponym.resolution else ()
    return Resolution(
        place=place, probability=PROBABILITY, alternatives=alternatives, reasons=(*said, told), radius_km=radius
    )


def _anchor(position: int, toponyms: Sequence[Toponym]) -> Toponym | None:
    """The toponym that says where the unknown one lies: a region before a town, the nearest before the farther."""
    here = toponyms[position]
    found: list[tuple[int, int, Toponym]] = []
    low = high = position
    while low > 0 and here.start - toponyms[low - 1].end <= REACH:
        low -= 1
    while high + 1 < len(toponyms) and toponyms[high + 1].start - here.end <= REACH:
        high += 1
    for other in toponyms[low : high + 1]:
        gap = max(other.start - here.end, here.start - other.end)
        place = other.place
        if gap < 0 or place is None or other.sense is Sense.METONYMIC or place.source == "text":
            continue
        if place.kind in REGIONS | SETTLEMENTS:
            # What stands before has been introduced; what comes after begins something new.
            found.append((place.kind in SETTLEMENTS, gap * (1 if other.end <= here.start else 2), other))
    return min(found, key=lambda entry: entry[:2])[2] if found else None


def _radius(region: Place, gazetteer: Gazetteer) -> float:
    """Kilometres around the region's point in which nine of ten of its towns lie."""
    if region.kind in SETTLEMENTS:
        return SETTLEMENT_RADIUS_KM
    towns = [(lat, lon) for lat, lon, admin1 in gazetteer.cities_of(region.country) if admin1 == region.admin1]
    if len(towns) < 5 or not region.admin1:
        return DEFAULT_RADIUS_KM
    points = np.radians(np.array(towns))
    distance = haversine(points[:, 0], points[:, 1], np.radians(region.lat), np.radians(region.lon))
    return float(max(10.0, round(np.quantile(distance, 0.9))))
