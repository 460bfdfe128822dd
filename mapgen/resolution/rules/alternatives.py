"""Other places of the gazetteer that a spatial phrase makes more plausible than the one that ranks first."""

from __future__ import annotations

from dataclasses import replace

from mapgen.geodesy import distance_km
from mapgen.kinds import SETTLEMENTS
from mapgen.model import Candidate, Kind, MatchType, Origin, Relation, Resolution
from mapgen.resolution.candidates import is_main_name
from mapgen.resolution.evidence import LEAST_KM, Spot
from mapgen.resolution.rules.containers import stated_container
from mapgen.resolution.rules.contradictions import DOUBTFUL, is_off
from mapgen.resolution.rules.draft import Contradiction, Draft, alternatives_with_top, with_alternative

__all__ = [
    "PHRASE_PROBABILITY",
    "keep_known_cities",
    "prefer_main_names",
    "quoted",
    "take_contained_alternatives",
    "take_fitting_alternatives",
]

PHRASE_PROBABILITY = 0.8
"""Probability of a place that lies where a spatial phrase says."""

CITY = 10_000
"""Inhabitants of a city that is more plausible than an unknown village, within CITY_KM of the anchor."""

CITY_KM = 400.0

LARGE_CITY = 100_000
"""Inhabitants of a city that is more plausible anywhere in its country."""

FAMOUS_CITY = 500_000
"""Inhabitants of a city that is more plausible anywhere on Earth, as capitals are."""

MUCH_LARGER = 5
"""How many times as many inhabitants a city has that is meant rather than a place with the name among its others."""

_LESSER = frozenset({Kind.VILLAGE, Kind.QUARTER})


def prefer_main_names(draft: Draft) -> None:
    """Replace a place that has the name only among its other names by a much larger city whose main name it is.

    This holds where a phrase without a distance places the name and the city lies within its reach: a small town that
    lies nearer and once had the name of the city is not meant.
    """
    language = draft.setting.language
    for position, area in draft.spots().items():
        toponym, relation = draft.toponyms[position], _relation(draft, position)
        place, resolution = toponym.place, toponym.resolution
        if area.near_population is None or place is None or resolution is None or relation is None:
            continue
        if (
            position in draft.setting.rulings
            or place.origin is Origin.OWN
            or is_main_name(toponym.text, place, language)
        ):
            continue
        for candidate in resolution.alternatives:
            city = candidate.place
            if (
                is_main_name(toponym.text, city, language)
                and city.country == place.country
                and city.population >= max(LARGE_CITY, MUCH_LARGER * place.population)
                and not is_off(city, candidate.match, area)
            ):
                draft.set_resolution(position, _taken(draft, position, candidate, relation, PHRASE_PROBABILITY))
                break


def take_fitting_alternatives(draft: Draft) -> None:
    """Give an open name that a phrase places the likeliest alternative that lies there."""
    spots = draft.spots()
    resolutions: dict[str, Resolution] = {}
    for position in sorted(spots):
        name = draft.toponyms[position].text.casefold()
        if not draft.is_open(position) or name in resolutions:
            continue
        resolution, relation = draft.toponyms[position].resolution, _relation(draft, position)
        for candidate in resolution.alternatives if resolution and relation else ():
            if relation is not None and _lies_at(candidate, spots[position]):
                resolutions[name] = _taken(draft, position, candidate, relation, PHRASE_PROBABILITY)
                break
    draft.set_places(resolutions)


def take_contained_alternatives(draft: Draft) -> None:
    """Give an open name the likeliest alternative that lies in the container that the text states for it."""
    resolutions: dict[str, Resolution] = {}
    for position, cause in draft.contradicted.items():
        toponym, container = draft.toponyms[position], stated_container(draft, position)
        name = toponym.text.casefold()
        if cause is not Contradiction.CONTAINER or container is None:
            continue
        if not draft.is_open(position) or name in resolutions or toponym.resolution is None:
            continue
        reason = draft.setting.reader.reasons["contained_named"].format(container=container.name)
        for candidate in toponym.resolution.alternatives:
            if candidate.match is not MatchType.NEAR and container.holds(candidate.place, draft.setting.radii):
                resolutions[name] = with_alternative(draft, position, candidate, PHRASE_PROBABILITY, reason)
                break
    draft.set_places(resolutions)


def keep_known_cities(draft: Draft) -> None:
    """Keep, or take, a known city where a phrase without a distance is all that contradicts it.

    "X, near Y" is about a city X that the gazetteer has rather than about an unknown village of that name at Y: a city
    in the country of Y, else in the main country of the text, else a famous one. It stays doubtful. A phrase with a
    distance ("12 km from Y") decides, and so does the word "village".
    """
    spots = draft.spots()
    resolutions: dict[str, Resolution] = {}
    for position, cause in draft.contradicted.items():
        toponym = draft.toponyms[position]
        relation, resolution = _relation(draft, position), toponym.resolution
        if (
            cause is not Contradiction.NEAR
            or not draft.is_open(position)
            or position not in spots
            or relation is None
            or resolution is None
            or toponym.cue_kind in _LESSER
        ):
            continue
        carrier = draft.anchors[draft.setting.around.carriers[position]].place
        country = carrier.country if carrier is not None else ""
        top, *others = alternatives_with_top(toponym, DOUBTFUL)
        city = _known_city([top, *others], country, draft.setting.main_country, spots[position])
        if city is top:
            resolutions[toponym.text.casefold()] = replace(
                resolution, probability=min(resolution.probability, DOUBTFUL)
            )
        elif city is not None:
            resolutions[toponym.text.casefold()] = _taken(draft, position, city, relation, DOUBTFUL)
    draft.set_places(resolutions)


def _known_city(candidates: list[Candidate], country: str, main_country: str, area: Spot) -> Candidate | None:
    """The first candidate that is more plausible than an unknown village, candidates in the anchor's country first."""
    cities = [
        each
        for each in candidates
        if each.match is not MatchType.NEAR and each.place.kind in SETTLEMENTS and each.place.population >= CITY
    ]
    for each in cities:
        if each.place.country == country and (each.place.population >= LARGE_CITY or _distance(each, area) <= CITY_KM):
            return each
    for each in cities:
        if each.place.country == main_country and each.place.population >= LARGE_CITY:
            return each
    return next((each for each in cities if each.place.capital or each.place.population >= FAMOUS_CITY), None)


def _lies_at(candidate: Candidate, area: Spot) -> bool:
    """Whether a candidate is a settlement that lies where the phrase says."""
    place = candidate.place
    reach = 0.0 if candidate.match is MatchType.NEAR else area.reach_km(place.population)
    return place.kind in SETTLEMENTS and _distance(candidate, area) <= area.radius_km + reach + LEAST_KM


def _distance(candidate: Candidate, area: Spot) -> float:
    return distance_km(candidate.place.lat, candidate.place.lon, area.lat, area.lon)


def _relation(draft: Draft, position: int) -> Relation | None:
    """The phrase that places the name."""
    carrier = draft.setting.around.carriers.get(position)
    return None if carrier is None else draft.toponyms[carrier].relation


def _taken(draft: Draft, position: int, candidate: Candidate, relation: Relation, probability: float) -> Resolution:
    """The resolution to a candidate because of a phrase."""
    reason = draft.setting.reader.reasons["told"].format(phrase=quoted(relation.phrase))
    return with_alternative(draft, position, candidate, probability, reason)


def quoted(phrase: str) -> str:
    """Return the words of a phrase with single spaces."""
    return " ".join(phrase.split())
