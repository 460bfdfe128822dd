"""Spatial phrases that place a name: "Kibumba, à 25 kilomètres au nord de Goma", "a village between Mopti and Sévaré".

A spatial phrase starts from the place of a toponym, its anchor. Where it also places another name, that name can be
located without any gazetteer, within the doubt that the phrase leaves, and a place of that name that lies elsewhere is
a different one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mapgen.geodesy import BEARINGS, destination, distance_km
from mapgen.kinds import SETTLEMENTS
from mapgen.languages import Language
from mapgen.model import Kind, Relation, RelationType, Span, Toponym
from mapgen.resolution.arrays import Array, haversine
from mapgen.resolution.candidates import CandidateSet

__all__ = ["LEAST_KM", "Anchor", "Spot", "between", "phrase_carriers", "phrase_fits", "spot"]

NEAR_KM = 20.0
"""Reach of "near" and "around" where one of the two places has no known population."""

DIRECTION_KM = 30.0
"""Distance that "north of" stands for where the phrase gives none; the doubt is as large."""

LEAST_KM = 5.0
"""Doubt that even the most exact phrase leaves: towns are not points."""

REACH_KM = 10.0
"""What "near" reaches farther for two towns of 1,000 inhabitants each."""

FIT_DECAY_KM = 10.0

POINTS = SETTLEMENTS | {Kind.FACILITY}
"""Kinds that a distance is measured from; that from a country or a province starts somewhere on its border."""

MOST_WORDS = 8

_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*'?|[^\w\s]")
_OPENING = frozenset({",", "(", "–", "—", "-"})


class Anchor(NamedTuple):
    """The place that a phrase starts from: kind, point in degrees, inhabitants."""

    kind: Kind
    lat: float
    lon: float
    population: int


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a phrase places something.

    Attributes:
        lat: degrees north, of the middle.
        lon: degrees east.
        radius_km: doubt around the middle.
        is_measured: whether the phrase gives the distance.
        near_population: inhabitants of the anchor where the phrase gives no distance ("near", "north of"), else None.
    """

    lat: float
    lon: float
    radius_km: float
    near_population: int | None = None
    is_measured: bool = False

    def reach_km(self, population: int) -> float:
        """Return what a place of that population may lie farther away than `radius_km`.

        "Near" is a matter of size: a village near a town is an hour's walk away, a city near a metropolis an hour's
        drive. The reach grows with the sixth root of the product of both populations, so with
        the geometric mean of what their cube roots give each: 46 km for two cities of 100,000, 77 km for one of
        100,000 near one of 2 million. A phrase that gives a distance has no such reach.
        """
        if self.near_population is None:
            return 0.0
        thousands = max(0, population) / 1000 * max(0, self.near_population) / 1000
        return float(REACH_KM * thousands ** (1 / 6))


def phrase_carriers(text: str, toponyms: Sequence[Toponym], language: Language) -> dict[int, int]:
    """Return, for each toponym that a spatial phrase places, the position of the toponym that carries the phrase.

    The phrase follows the name ("Kibumba, un village situé à 25 km de Goma") or goes before it ("à 25 km de Goma, le
    village de Kibumba").
    """
    carriers: dict[int, int] = {}
    for position, toponym in enumerate(toponyms):
        relation = toponym.relation
        if relation is None:
            continue
        before = position - 1
        if before >= 0 and _follows(text[toponyms[before].end : relation.start], language):
            carriers.setdefault(before, position)
            continue
        after = position + len(relation.anchors or (toponym.span,))
        opening = _opens(text, relation.start)
        if after < len(toponyms) and _leads(text[relation.end : toponyms[after].start], language, opening=opening):
            carriers.setdefault(after, position)
    return carriers


def _opens(text: str, start: int) -> bool:
    """Whether a phrase opens a sentence or the text: what stands before it but for spaces."""
    while start and text[start - 1].isspace():
        start -= 1
    return not start or text[start - 1] in ".!?"


def _follows(gap: str, language: Language) -> bool:
    """Whether a phrase places the name before it, by the words between them."""
    tokens = _TOKEN.findall(gap.replace("’", "'"))
    opened = bool(tokens) and tokens[0] in _OPENING
    words = tokens[1:] if opened else tokens
    if len(words) > MOST_WORDS or any(not word[0].isalpha() or word[0].isupper() for word in words):
        return False
    small = language.articles | language.of_words | language.rough
    if all(word in small for word in words):
        return opened or not words
    if words[0] in language.located:
        return True
    return opened and any(word in language.located or word in language.after_cues for word in words)


def _leads(gap: str, language: Language, *, opening: bool) -> bool:
    """Whether a phrase places the name behind it: ", le village de"; after an `opening` one a comma is enough."""
    tokens = _TOKEN.findall(gap.replace("’", "'"))
    small = language.articles | language.of_words | language.cues.keys()
    return (
        tokens[:1] == [","]
        and (opening or len(tokens) > 1)
        and len(tokens) <= 5
        and all(word in small for word in tokens[1:])
    )


def spot(relation: Relation, anchors: Mapping[Span, Anchor]) -> Spot | None:
    """Return where the phrase places what it is about, or None where it does not say.

    Args:
        relation: the phrase.
        anchors: the places that it starts from, by their spans.
    """
    places = [anchors[span] for span in relation.anchors if span in anchors]
    if not places or len(places) < len(relation.anchors) or any(each.kind not in POINTS for each in places):
        return None
    _, lat, lon, population = places[0]
    kilometres, bearing = relation.distance_km, BEARINGS.get(relation.direction)
    if relation.type is RelationType.BETWEEN and len(places) == 2:
        return between((lat, lon), (places[1].lat, places[1].lon))
    if relation.type is RelationType.DISTANCE and kilometres is not None:
        if bearing is None:
            return Spot(lat, lon, max(LEAST_KM, 1.2 * kilometres), is_measured=True)
        middle = destination(lat, lon, bearing, kilometres)
        return Spot(*middle, max(LEAST_KM, (0.6 if relation.approximate else 0.5) * kilometres), is_measured=True)
    if relation.type is RelationType.DIRECTION and bearing is not None:
        return Spot(*destination(lat, lon, bearing, DIRECTION_KM), DIRECTION_KM, population)
    if relation.type in (RelationType.NEAR, RelationType.AROUND):
        if kilometres is None:
            return Spot(lat, lon, NEAR_KM, population)
        return Spot(lat, lon, max(LEAST_KM, kilometres))
    return None


def between(one: tuple[float, float], two: tuple[float, float]) -> Spot:
    """Return the middle of two points, (latitude, longitude) in degrees, with a doubt that nearly reaches both."""
    length = distance_km(*one, *two)
    if length == 0:
        return Spot(*one, LEAST_KM)
    east = (two[1] - one[1] + 540.0) % 360.0 - 180.0
    middle = ((one[0] + two[0]) / 2, one[1] + east / 2)
    return Spot(*middle, max(LEAST_KM, 0.6 * length))


def phrase_fits(relation: Relation, inner: CandidateSet, outer: CandidateSet) -> Array:
    """Return how well each candidate of a name lies where the phrase places it, 0 to 1.

    Args:
        relation: a phrase on one name.
        inner: candidates of the name that the phrase places.
        outer: candidates of the name that carries the phrase.

    Returns:
        A row per candidate of `inner`, a column per candidate of `outer`.
    """
    # The reach of large cities is left to the rules: with it, large cities fit nearly everywhere, and the weight that
    # training gives to the feature in the third pass falls from 0.43 to 0.
    fit = np.zeros((len(inner), len(outer)))
    is_point = np.array([kind in POINTS for kind in inner.kinds], dtype=np.float64)
    for column, match in enumerate(outer.matches):
        place = match.place
        anchor = Anchor(place.kind, place.lat, place.lon, place.population)
        area = spot(relation, dict.fromkeys(relation.anchors, anchor))
        if area is not None:
            lat, lon = np.radians(np.array(area.lat)), np.radians(np.array(area.lon))
            beyond = np.maximum(0.0, haversine(inner.lat, inner.lon, lat, lon) - area.radius_km)
            fit[:, column] = is_point * np.exp(-beyond / (area.radius_km + FIT_DECAY_KM))
    return fit
