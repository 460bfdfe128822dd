"""Towns of the readers of a language, and their namesakes in countries that the text does not speak of."""

from __future__ import annotations

from mapgen.kinds import SETTLEMENTS
from mapgen.model import WRITTEN, Candidate, Origin, Place
from mapgen.resolution.candidates import is_main_name
from mapgen.resolution.rules.draft import Draft, with_alternative

__all__ = ["prefer_home_towns"]

LEAST_SHARE = 1 / 6
"""Least share of the inhabitants of the namesake abroad that a town of the readers has."""

HOME_TOWN_PROBABILITY = 0.8
"""Highest probability of such a town: nothing in the text but its language speaks for it."""


def prefer_home_towns(draft: Draft) -> None:
    """Replace a town by its namesake in a country of the readers, where the text says nothing of either country.

    "À Bayonne, le marché a rouvert" is not about New Jersey. A town much larger than its namesake stays.
    """
    countries: dict[str, set[str]] = {}
    for toponym in draft.toponyms:
        if toponym.place is not None:
            countries.setdefault(toponym.place.country, set()).add(toponym.text.casefold())
    homes = draft.setting.language.countries
    for position, toponym in enumerate(draft.toponyms):
        place, resolution = toponym.place, toponym.resolution
        if place is None or resolution is None or position in draft.setting.rulings or not _is_open(place):
            continue
        if place.country in homes or countries[place.country] - {toponym.text.casefold()}:
            continue
        town = next((each for each in resolution.alternatives if _is_home_town(each, toponym.text, place, draft)), None)
        if town is not None:
            probability = min(HOME_TOWN_PROBABILITY, resolution.probability)
            reason = draft.setting.reader.reasons["home_town"]
            draft.set_resolution(position, with_alternative(draft, position, town, probability, reason))


def _is_open(place: Place) -> bool:
    return place.kind in SETTLEMENTS and not place.capital and place.origin is not Origin.OWN


def _is_home_town(candidate: Candidate, name: str, abroad: Place, draft: Draft) -> bool:
    town, language = candidate.place, draft.setting.language
    return (
        candidate.match in WRITTEN
        and town.country in language.countries
        and town.kind in SETTLEMENTS
        and town.population >= LEAST_SHARE * abroad.population
        and is_main_name(name, town, language)
    )
