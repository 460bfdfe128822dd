"""Places that the text contradicts: a later rule replaces them where the text says better.

A name spelled a little like a town of another continent, a village of a list that would be a capital far away, a river
that would be a town, a town that would lie far from where a phrase places it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mapgen.geodesy import distance_km
from mapgen.kinds import DIVISIONS, SETTLEMENTS, VAST
from mapgen.languages import Language
from mapgen.model import WRITTEN, Kind, MatchType, Origin, Place, Resolution, Toponym
from mapgen.resolution.evidence import LEAST_KM, Spot
from mapgen.resolution.features import Sign
from mapgen.resolution.rules.anchors import is_anchor, nearest_anchor
from mapgen.resolution.rules.containers import Container, stated_container
from mapgen.resolution.rules.draft import Contradiction, Draft, alternatives_with_top
from mapgen.resolution.rules.reasons import unknown_reason

__all__ = ["DOUBTFUL", "doubt_contradicted_places", "find_contradictions", "is_off"]

FAR_KM = 300.0
"""A place farther than this from the anchor beside it, and in another country, is elsewhere."""

NO_VILLAGE = 100_000
"""Inhabitants from which on nobody says "village"."""

BEYOND = 3.0
"""A place this many times as far off as the doubt of the phrase, and FAR_OFF_KM more, is a different one."""

FAR_OFF_KM = 50.0

BEYOND_MEASURED = 1.5
"""The same where the phrase gives the distance, with `LEAST_KM` more: a place in another direction is a different one.

The doubt of a distance with a direction is half of it, so that this is the place where the direction is off by 45
degrees."""

NEAR_BEYOND = 2.0
"""How many times the reach of "near" is added to that."""

DOUBTFUL = 0.45
"""Highest probability of a place that the text contradicts without saying better."""

_ARTICLES = frozenset({Sign.THE, Sign.OF_THE, Sign.ON_THE})


def find_contradictions(draft: Draft) -> None:
    """Find the places that the text contradicts; another mention of the same name and place is contradicted too."""
    toponyms, signs = draft.toponyms, draft.setting.around.signs
    resolved = [
        position
        for position, toponym in enumerate(toponyms)
        if toponym.place is not None and position not in draft.setting.rulings
    ]
    causes = _causes(draft, resolved)
    dry = {position for position in causes if _is_dry(toponyms[position], signs[position])}
    # A river and its town may share a name: that one mention is of the river says nothing about the others.
    by_place = {
        (toponyms[position].text.casefold(), _place_id(toponyms[position])): cause for position, cause in causes.items()
    }
    spreading = {toponyms[position].text.casefold() for position in causes if position not in dry}
    for position in resolved:
        name = toponyms[position].text.casefold()
        cause = by_place.get((name, _place_id(toponyms[position])))
        if cause is not None and name in spreading:
            causes.setdefault(position, cause)
    draft.contradict(dict(sorted(causes.items())))


def _causes(draft: Draft, resolved: Sequence[int]) -> dict[int, Contradiction]:
    """What contradicts each mention by itself; a cause that leaves no doubt replaces a phrase like "near"."""
    text, language, toponyms = draft.setting.text, draft.setting.language, draft.toponyms
    spots = draft.spots()
    strange = {position for position in resolved if _is_strange(toponyms[position], language)}
    usable = [position not in strange and is_anchor(toponym) for position, toponym in enumerate(toponyms)]
    causes: dict[int, Contradiction] = {}
    for position in resolved:
        toponym = toponyms[position]
        place, match = toponym.place, toponym.resolution.match if toponym.resolution else None
        if place is not None and position in spots and is_off(place, match, spots[position]):
            near = spots[position].near_population is not None
            causes[position] = Contradiction.NEAR if near else Contradiction.DISTANCE
        if _is_dry(toponym, draft.setting.around.signs[position]):
            causes[position] = Contradiction.WATER
        container = stated_container(draft, position)
        if container is not None and _is_outside(draft, toponym, container):
            causes[position] = Contradiction.CONTAINER
        if _is_wrong_state(toponym, language):
            causes[position] = Contradiction.KIND
        if position in strange and _is_elsewhere(position, text, toponyms, usable):
            causes[position] = Contradiction.KIND
    return causes


def doubt_contradicted_places(draft: Draft) -> None:
    """Lower the probability of contradicted places that stay.

    Places that are only spelled like the name are rejected, and so are those outside the stated container.
    """
    for position, cause in draft.contradicted.items():
        toponym = draft.toponyms[position]
        resolution = toponym.resolution
        if not draft.is_open(position) or resolution is None or resolution.place is None:
            continue
        reasons, place = draft.setting.reader.reasons, resolution.place
        if resolution.match is MatchType.NEAR:
            why = reasons["spelled_near"].format(name=place.name)
        elif cause is Contradiction.CONTAINER and position in draft.setting.around.stated:
            container = draft.toponyms[draft.setting.around.stated[position].container].text
            name = ", ".join(filter(None, (place.name, place.country)))
            why = reasons["outside"].format(container=container, name=name)
        else:
            probability = min(resolution.probability, DOUBTFUL)
            draft.set_resolution(position, replace(resolution, probability=probability))
            continue
        rejected = Resolution(
            place=None,
            probability=0.0,
            alternatives=alternatives_with_top(toponym, 1.0),
            reasons=(unknown_reason(toponym, draft.setting.reader), why),
        )
        draft.set_resolution(position, rejected)


def _is_strange(toponym: Toponym, language: Language) -> bool:
    """Whether the place is only spelled like the name, or far too big for what the text calls it."""
    place, resolution = toponym.place, toponym.resolution
    if place is None or resolution is None:
        return False
    # Without a cue it is mostly a well-known name misprinted ("Cardif", "Norwége"): 9 of 9 on NewsEye.
    near = resolution.match is MatchType.NEAR and toponym.cue_kind is not None
    big = place.capital or place.population >= NO_VILLAGE
    too_big = toponym.cue_kind is Kind.VILLAGE and place.kind is Kind.CITY and big
    return near or too_big or _is_wrong_state(toponym, language)


def _is_wrong_state(toponym: Toponym, language: Language) -> bool:
    """Whether the text says "village" or "town" and the place is a country not even written like the name.

    "A Georgian town" is a town of Georgia: a people is a valid name of its country.
    """
    place, resolution = toponym.place, toponym.resolution
    return (
        place is not None
        and resolution is not None
        and place.kind in VAST
        and toponym.cue_kind in SETTLEMENTS
        and resolution.match not in WRITTEN
        and toponym.text.lower() not in language.demonyms
    )


def _is_elsewhere(position: int, text: str, toponyms: Sequence[Toponym], usable: Sequence[bool]) -> bool:
    """Whether the place lies far from the anchor beside it and in another country."""
    beside, place = nearest_anchor(position, text, toponyms, usable), toponyms[position].place
    if beside is None or beside.place is None or place is None:
        return False
    far = distance_km(place.lat, place.lon, beside.place.lat, beside.place.lon) > FAR_KM
    return far and place.country != beside.place.country


def _is_outside(draft: Draft, inner: Toponym, container: Container) -> bool:
    """Whether the place of a name lies outside its container; a country or a region is in no town."""
    place = inner.place
    if place is None or place.kind not in SETTLEMENTS | DIVISIONS | {Kind.FACILITY}:
        return False
    if container.place.kind in SETTLEMENTS and (place.kind not in SETTLEMENTS or _is_larger(place, container.place)):
        return False
    return not container.holds(place, draft.setting.radii)


def _is_larger(place: Place, town: Place) -> bool:
    """Whether a city of the same country has more inhabitants than a town, so that it is no part of it."""
    return place.country == town.country and 0 < town.population < place.population


def _is_dry(toponym: Toponym, signs: Sequence[Sign]) -> bool:
    """Whether the text is about a river and the place is a town."""
    if toponym.place is None or toponym.place.kind not in SETTLEMENTS or toponym.cue_kind in SETTLEMENTS:
        return False
    return Sign.FLOW in signs and not _ARTICLES.isdisjoint(signs)


def is_off(place: Place, match: MatchType | None, area: Spot) -> bool:
    """Return whether a settlement lies far from where a phrase places its name.

    Args:
        place: the place.
        match: how its name was matched.
        area: where the phrase places the name.
    """
    if place.kind not in SETTLEMENTS or place.origin is Origin.OWN:
        return False
    distance = distance_km(place.lat, place.lon, area.lat, area.lon)
    if area.is_measured:
        return distance > BEYOND_MEASURED * area.radius_km + LEAST_KM
    # The size of a place that is only spelled like the name is no evidence.
    reach = 0.0 if match is MatchType.NEAR else area.reach_km(place.population)
    limit = BEYOND * area.radius_km + FAR_OFF_KM + NEAR_BEYOND * reach
    return distance > limit


def _place_id(toponym: Toponym) -> str:
    return toponym.place.id if toponym.place else ""
