"""Answers that the words around a name speak against: they become runners-up where the text says better.

A name spelled a little like a town of another continent, a village of a list that would be a capital far away, a river
that would be a town, a town that would lie far from where the text puts it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mapgen.geodesy import distance_km
from mapgen.kinds import DIVISIONS, SETTLEMENTS, VAST
from mapgen.languages import Language
from mapgen.model import Kind, MatchType, Origin, Resolution, Toponym
from mapgen.resolution.evidence.phrases import Spot
from mapgen.resolution.evidence.signs import SIGNS
from mapgen.resolution.rules.anchors import anchor, speaks

__all__ = ["denied"]

FAR_KM = 300.0
"""Farther than this from what the text names beside it, and in another country, is elsewhere."""

NO_VILLAGE = 100_000
"""Inhabitants from which on nobody says "village"."""

BEYOND = 3.0
"""A place this many times as far off as the phrase leaves in doubt, and FAR_OFF_KM more, is another."""

FAR_OFF_KM = 50.0

SURE = 0.8
"""Probability from which on a region that the text names right behind a town decides against the answer for it."""

MOST_WORDS = 5
"""Words between a town and its region: "in the northern province of"."""

_ARTICLES = frozenset(SIGNS.index(sign) for sign in ("the", "of_the", "on_the"))
_FLOW = SIGNS.index("flow")


def denied(
    text: str,
    toponyms: Sequence[Toponym],
    spots: Mapping[int, Spot],
    language: Language,
    settled: frozenset[int],
    said: Sequence[tuple[int, ...]],
) -> set[int]:
    """Return the positions of the toponyms whose place the text speaks against.

    Args:
        text: of the document.
        toponyms: all of it, resolved.
        spots: by position, where spatial phrases put names.
        language: of the text.
        settled: positions that a person has decided.
        said: the signs around each toponym.
    """
    open_ = [number for number, toponym in enumerate(toponyms) if toponym.place is not None and number not in settled]
    doubted = {number for number in open_ if _strange(toponyms[number], language)}
    usable = [number not in doubted and speaks(toponym) for number, toponym in enumerate(toponyms)]
    found = {number for number in doubted if _elsewhere(number, text, toponyms, usable)}
    for number in open_:
        toponym = toponyms[number]
        outer = toponyms[number + 1] if number + 1 < len(toponyms) else None
        if outer is not None and usable[number + 1] and _abroad(text, toponym, outer, language):
            found.add(number)
        elsewhere = number in spots and _off(toponym, spots[number])
        if elsewhere or _dry(toponym, said[number]) or _state(toponym, language):
            found.add(number)
    names = {(toponyms[number].text.casefold(), _place_id(toponyms[number])) for number in found}
    return {
        number
        for number in open_
        if number in found
        or (
            (toponyms[number].text.casefold(), _place_id(toponyms[number])) in names
            and not _dry_only(number, found, toponyms, said)
        )
    }


def _strange(toponym: Toponym, language: Language) -> bool:
    """Whether the answer is only spelled like the name, or far too big for what the text calls it."""
    place, resolution = toponym.place, toponym.resolution
    if place is None or resolution is None:
        return False
    # Without a cue it is mostly a well-known name misprinted ("Cardif", "Norwége"): 9 of 9 on NewsEye.
    near = resolution.match is MatchType.NEAR and toponym.cue_kind is not None
    big = place.capital or place.population >= NO_VILLAGE
    return near or _state(toponym, language) or (toponym.cue_kind is Kind.VILLAGE and place.kind is Kind.CITY and big)


def _state(toponym: Toponym, language: Language) -> bool:
    """Whether the text says "village" or "town" and the answer is a country that is not even written like the name.

    "A Georgian town" is a town of Georgia: peoples are what they are.
    """
    place, resolution = toponym.place, toponym.resolution
    return (
        place is not None
        and resolution is not None
        and place.kind in VAST
        and toponym.cue_kind in SETTLEMENTS
        and resolution.match not in (MatchType.EXACT, MatchType.FOLDED)
        and toponym.text.lower() not in language.demonyms
    )


def _elsewhere(number: int, text: str, toponyms: Sequence[Toponym], usable: Sequence[bool]) -> bool:
    beside, place = anchor(number, text, toponyms, usable), toponyms[number].place
    if beside is None or beside.place is None or place is None:
        return False
    far = distance_km(place.lat, place.lon, beside.place.lat, beside.place.lon) > FAR_KM
    return far and place.country != beside.place.country


def _abroad(text: str, inner: Toponym, outer: Toponym, language: Language) -> bool:
    """Whether "the town of X in Y" names a region or country Y that the answer for X does not lie in."""
    if inner.cue_kind not in SETTLEMENTS or inner.place is None or outer.place is None or outer.resolution is None:
        return False
    gap = text[inner.end : outer.start].replace("’", "'").lower().lstrip(" ,").replace("'", "' ").split()
    within = language.signs.get("in", frozenset()) | language.signs.get("within", frozenset())
    small = language.articles | language.of_words | language.cues.keys()
    inside = bool(gap) and gap[0] in within and len(gap) <= MOST_WORDS and all(word in small for word in gap[1:])
    return (
        inside
        and outer.place.kind in (*DIVISIONS, Kind.COUNTRY)
        and _in_country(outer.resolution, outer.place.country) >= SURE
        and bool(outer.place.country)
        and inner.place.country != outer.place.country
        and inner.place.origin is not Origin.OWN
    )


def _in_country(resolution: Resolution, country: str) -> float:
    """The probability that the place lies in the country, whichever of that name it is."""
    others = sum(each.probability for each in resolution.alternatives if each.place.country == country)
    return resolution.probability + others


def _dry(toponym: Toponym, said: Sequence[int]) -> bool:
    """Whether the text speaks of a river where the answer is a town."""
    if toponym.place is None or toponym.place.kind not in SETTLEMENTS or toponym.cue_kind in SETTLEMENTS:
        return False
    return _FLOW in said and not _ARTICLES.isdisjoint(said)


def _dry_only(number: int, found: set[int], toponyms: Sequence[Toponym], said: Sequence[tuple[int, ...]]) -> bool:
    """Whether all that speaks against the same answer elsewhere is water: a river and its town may share a name."""
    name = toponyms[number].text.casefold()
    return all(_dry(toponyms[other], said[other]) for other in found if toponyms[other].text.casefold() == name)


def _off(toponym: Toponym, spot: Spot) -> bool:
    place = toponym.place
    if place is None or place.kind not in SETTLEMENTS or place.origin is Origin.OWN:
        return False
    return distance_km(place.lat, place.lon, spot.lat, spot.lon) > BEYOND * spot.radius_km + FAR_OFF_KM


def _place_id(toponym: Toponym) -> str:
    return toponym.place.id if toponym.place else ""
