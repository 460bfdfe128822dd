"""Divisions of which only the division above is known to lie somewhere: their point is an estimate."""

from __future__ import annotations

from dataclasses import replace

from mapgen.geodesy import distance_km
from mapgen.model import Origin, Place
from mapgen.resolution.rules.draft import Draft, with_probability
from mapgen.resolution.rules.estimates import estimates_beside

__all__ = ["estimate_inherited_points"]

INHERITED_PROBABILITY = 0.55
"""Highest probability of a division that has the point of the division above, as of an estimate within a region."""


BEYOND = 1.2
"""How many times the radius of the division above the places around may put a division from its middle."""

WIDER = 1.5
"""How many times that radius the doubt around such a point may be: it says where in the division above, if roughly."""


def estimate_inherited_points(draft: Draft) -> None:
    """Give the radius of the division above to a place that has its point, and no more probability than an estimate.

    Where the places that the text names around it tell in which part of that division it lies, it is put there: of
    twenty such districts of the project's own texts nine then lie within 50 km instead of four. A person's ruling keeps
    its place and its probability: the place is right, wherever in the division above it lies.
    """
    reader = draft.setting.reader
    put = _put_beside(draft)
    for position, toponym in enumerate(draft.toponyms):
        resolution = toponym.resolution
        place = toponym.place
        if resolution is None or place is None or place.radius_km is None or resolution.radius_km is not None:
            continue
        if resolution.probability > INHERITED_PROBABILITY and position not in draft.setting.rulings:
            resolution = with_probability(resolution, INHERITED_PROBABILITY)
        if place.id in put:
            place, reason = put[place.id]
        else:
            region = place.admin[-1].label(reader.code) if place.admin else place.country
            reason = reader.reasons["inherited"].format(region=region, km=round(place.radius_km or 0.0))
        draft.set_resolution(
            position,
            replace(resolution, place=place, radius_km=place.radius_km, reasons=(*resolution.reasons, reason)),
        )


def _put_beside(draft: Draft) -> dict[str, tuple[Place, str]]:
    """The places that those around them put into a part of the division above, by id, each with the reason."""
    mentions: dict[str, list[int]] = {}
    places: dict[str, Place] = {}
    for position, toponym in enumerate(draft.toponyms):
        place = toponym.place
        if place is not None and place.inherited and place.origin is Origin.GAZETTEER:
            mentions.setdefault(place.id, []).append(position)
            places[place.id] = place
    open_ids = [id_ for id_, positions in mentions.items() if draft.setting.rulings.keys().isdisjoint(positions)]
    if not open_ids:
        return {}
    put: dict[str, tuple[Place, str]] = {}
    for id_, estimate in zip(open_ids, estimates_beside(draft, [mentions[id_] for id_ in open_ids]), strict=True):
        place = places[id_]
        if estimate is None or place.radius_km is None or estimate.area.radius_km > WIDER * place.radius_km:
            continue
        area = estimate.area
        if distance_km(place.lat, place.lon, area.lat, area.lon) <= BEYOND * place.radius_km:
            moved = replace(place, lat=area.lat, lon=area.lon, radius_km=round(area.radius_km, 1))
            put[id_] = (moved, estimate.reason)
    return put
