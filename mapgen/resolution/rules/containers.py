"""What the text states that a name lies in: "Grantham, New Hampshire,", "X, a suburb of Y"."""

from __future__ import annotations

from typing import NamedTuple

from mapgen.geodesy import distance_km
from mapgen.kinds import DIVISIONS, SETTLEMENTS
from mapgen.model import Kind, Origin, Place, Resolution
from mapgen.resolution.rules.anchors import SETTLEMENT_RADIUS_KM, Radii, is_anchor
from mapgen.resolution.rules.draft import Draft

__all__ = ["Container", "stated_container"]

SURE = 0.8
"""Least probability of a container that excludes places."""

BESIDE = 1.5
"""How many times its radius a division reaches where codes do not tell; districts of sources differ."""

_HOLDERS = DIVISIONS | SETTLEMENTS | {Kind.COUNTRY}


class Container(NamedTuple):
    """What the text states that a name lies in.

    Attributes:
        name: as the text has it.
        place: the place of that name.
        only_country: whether no more than the country of the place is sure.
    """

    name: str
    place: Place
    only_country: bool

    def holds(self, place: Place, radii: Radii) -> bool:
        """Return whether a place lies inside, as far as codes and distances tell; one's own places always do."""
        outer = self.place
        if place.origin is Origin.OWN:
            return True
        if place.country != outer.country and place.country and outer.country:
            return False
        if self.only_country or outer.kind is Kind.COUNTRY:
            return True
        by_code = place.lies_in(outer)
        if by_code or (by_code is not None and outer.kind is Kind.REGION and place.kind is not Kind.REGION):
            return by_code
        radius = SETTLEMENT_RADIUS_KM if outer.kind in SETTLEMENTS else BESIDE * radii(outer)
        return distance_km(place.lat, place.lon, outer.lat, outer.lon) <= radius


def stated_container(draft: Draft, position: int) -> Container | None:
    """Return what the text states that a name lies in, where at least its country is sure; else None."""
    statement = draft.setting.around.stated.get(position)
    if statement is None:
        return None
    outer = draft.toponyms[statement.container]
    place, resolution = outer.place, outer.resolution
    if place is None or resolution is None or not is_anchor(outer) or place.kind not in _HOLDERS:
        return None
    if place.kind in SETTLEMENTS and not statement.calls_part:
        return None
    if resolution.probability >= SURE:
        return Container(outer.text, place, only_country=False)
    if place.country and _probability_in(resolution, place.country) >= SURE:
        return Container(outer.text, place, only_country=True)
    return None


def _probability_in(resolution: Resolution, country: str) -> float:
    """The probability that a place lies in the country, whichever of the candidates it is."""
    others = sum(each.probability for each in resolution.alternatives if each.place.country == country)
    return resolution.probability + others
