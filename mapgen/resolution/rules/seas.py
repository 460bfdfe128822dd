"""Seas, long rivers and continents of no single country, and the divisions that are named after them."""

from __future__ import annotations

from mapgen.kinds import DIVISIONS, SETTLEMENTS
from mapgen.model import WRITTEN, Kind, Origin, Place, Toponym
from mapgen.resolution.rules.draft import Draft, with_alternative

__all__ = ["prefer_seas"]

SEA_PROBABILITY = 0.9
"""Highest probability of a sea that is taken instead of a division."""

_SHARED = frozenset({Kind.WATER, Kind.CONTINENT})


def prefer_seas(draft: Draft) -> None:
    """Replace a division by the sea or the river that it is named after, where the text does not speak of its country.

    "Les ports de l'Atlantique" are those of the ocean, not of the department of Benin, unless the text names Benin or
    another place there, or calls the name a division; those of the readers' own countries are left to the ranker.
    """
    countries: dict[str, set[str]] = {}
    for toponym in draft.toponyms:
        if toponym.place is not None:
            countries.setdefault(toponym.place.country, set()).add(toponym.text.casefold())
    for position, toponym in enumerate(draft.toponyms):
        place, resolution = toponym.place, toponym.resolution
        if place is None or resolution is None or position in draft.setting.rulings or not _is_named_after(toponym):
            continue
        name = toponym.text.casefold()
        if place.country in draft.setting.language.countries or countries[place.country] - {name}:
            continue
        sea = next((each for each in resolution.alternatives if _is_shared(each.place) and each.match in WRITTEN), None)
        if sea is not None:
            count = len(resolution.alternatives) + 1
            reason = draft.setting.reader.reasons["known"].format(count=count)
            probability = min(SEA_PROBABILITY, resolution.probability)
            draft.set_resolution(position, with_alternative(draft, position, sea, probability, reason))


def _is_named_after(toponym: Toponym) -> bool:
    """Whether the place is a division that no word of the text calls one."""
    place = toponym.place
    return (
        place is not None
        and place.kind in DIVISIONS
        and place.origin is not Origin.OWN
        and toponym.cue_kind not in DIVISIONS | SETTLEMENTS
    )


def _is_shared(place: Place) -> bool:
    return not place.country and place.kind in _SHARED
