"""Divisions of which only the division above is known to lie somewhere: their point is an estimate."""

from __future__ import annotations

from dataclasses import replace

from mapgen.resolution.rules.draft import Draft, with_probability

__all__ = ["estimate_inherited_points"]

INHERITED_PROBABILITY = 0.55
"""Highest probability of a division that has the point of the division above, as of an estimate within a region."""


def estimate_inherited_points(draft: Draft) -> None:
    """Give the radius of the division above to a place that has its point, and no more probability than an estimate.

    A person's ruling keeps its probability: the place is right, wherever in the division above it lies.
    """
    reader = draft.setting.reader
    for position, toponym in enumerate(draft.toponyms):
        resolution = toponym.resolution
        place = toponym.place
        if resolution is None or place is None or place.radius_km is None or resolution.radius_km is not None:
            continue
        if resolution.probability > INHERITED_PROBABILITY and position not in draft.setting.rulings:
            resolution = with_probability(resolution, INHERITED_PROBABILITY)
        region = place.admin[-1].label(reader.code) if place.admin else place.country
        reason = reader.reasons["inherited"].format(region=region, km=round(place.radius_km))
        draft.set_resolution(
            position, replace(resolution, radius_km=place.radius_km, reasons=(*resolution.reasons, reason))
        )
