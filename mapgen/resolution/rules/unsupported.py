"""Places in countries that the text says nothing of: a namesake that needs no such word is meant rather.

The ranker compares what the gazetteer knows of the namesakes; a name alone in its text gives it no other evidence.
"""

from __future__ import annotations

from collections.abc import Callable

from mapgen.kinds import DIVISIONS, SETTLEMENTS
from mapgen.model import WRITTEN, Kind, Origin, Place, Toponym
from mapgen.resolution.candidates import is_main_name
from mapgen.resolution.rules.draft import Draft, with_alternative

__all__ = ["prefer_home_towns", "prefer_seas"]

LEAST_SHARE = 1 / 6
"""Least share of the inhabitants of the namesake abroad that a town of the readers has."""

HOME_TOWN_PROBABILITY = 0.8
"""Highest probability of such a town: nothing in the text but its language speaks for it."""

SEA_PROBABILITY = 0.9
"""Highest probability of a sea that is taken instead of a division."""

_SHARED = frozenset({Kind.WATER, Kind.CONTINENT})


def prefer_home_towns(draft: Draft) -> None:
    """Replace a town by its namesake in a country of the readers, where the text says nothing of either country.

    "À Bayonne, le marché a rouvert" is not about New Jersey. A town much larger than its namesake stays.
    """

    def is_open(_toponym: Toponym, place: Place) -> bool:
        return place.kind in SETTLEMENTS and not place.capital

    def is_meant(toponym: Toponym, place: Place, town: Place) -> bool:
        return (
            town.country in draft.setting.language.countries
            and town.kind in SETTLEMENTS
            and town.population >= LEAST_SHARE * place.population
            and is_main_name(toponym.text, town, draft.setting.language)
        )

    _replace(draft, is_open, is_meant, HOME_TOWN_PROBABILITY, "home_town")


def prefer_seas(draft: Draft) -> None:
    """Replace a division by the sea or the river that it is named after, where the text does not speak of its country.

    "Les ports de l'Atlantique" are those of the ocean, not of the department of Benin, unless the text names Benin or
    another place there, or calls the name a division; those of the readers' own countries are left to the ranker.
    """

    def is_open(toponym: Toponym, place: Place) -> bool:
        return place.kind in DIVISIONS and toponym.cue_kind not in DIVISIONS | SETTLEMENTS

    def is_meant(_toponym: Toponym, _place: Place, sea: Place) -> bool:
        return not sea.country and sea.kind in _SHARED

    _replace(draft, is_open, is_meant, SEA_PROBABILITY, "known")


def _replace(
    draft: Draft,
    is_open: Callable[[Toponym, Place], bool],
    is_meant: Callable[[Toponym, Place, Place], bool],
    most: float,
    reason: str,
) -> None:
    """Take the likeliest alternative that is meant for each place abroad whose country no other name lies in.

    Args:
        draft: of the document.
        is_open: whether a toponym with its place may be changed.
        is_meant: whether a place is meant rather than that of a toponym.
        most: highest probability of the place that is taken.
        reason: key of its reason.
    """
    names: dict[str, set[str]] = {}
    for toponym in draft.toponyms:
        if toponym.place is not None:
            names.setdefault(toponym.place.country, set()).add(toponym.text.casefold())
    for position, toponym in enumerate(draft.toponyms):
        place, resolution = toponym.place, toponym.resolution
        if place is None or resolution is None or position in draft.setting.rulings:
            continue
        if place.origin is Origin.OWN or not is_open(toponym, place):
            continue
        if place.country in draft.setting.language.countries or names[place.country] - {toponym.text.casefold()}:
            continue
        for candidate in resolution.alternatives:
            if candidate.match in WRITTEN and is_meant(toponym, place, candidate.place):
                why = draft.setting.reader.reasons[reason].format(count=len(resolution.alternatives) + 1)
                probability = min(most, resolution.probability)
                draft.set_resolution(position, with_alternative(draft, position, candidate, probability, why))
                break
