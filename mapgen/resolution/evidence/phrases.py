"""Where the text itself puts a name: "Kibumba, à 25 kilomètres au nord de Goma", "a village between Mopti and Sévaré".

A spatial phrase hangs on a place that is known (its anchor). Where it also says where another name lies, that name can
be placed without any list, with the doubt that the phrase leaves; and a place of that name that lies elsewhere is
another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mapgen.geodesy import BEARINGS, destination, distance_km
from mapgen.kinds import SETTLEMENTS
from mapgen.languages import Language
from mapgen.model import Kind, Relation, RelationType, Span, Toponym
from mapgen.resolution.candidates.lookup import CandidateSet
from mapgen.resolution.evidence.coherence import haversine

__all__ = ["RELATED", "WEIGHT", "Spot", "fits", "holders", "spot"]

NEAR_KM = 20.0
"""Reach of "near" and "around" a town."""

DIRECTION_KM = 30.0
"""How far away "north of" is taken to be where no distance is told; as much is left as doubt."""

RELATED = ("told", "telling")
"""Features of a candidate: it lies where the phrase puts its name; a candidate of the other name lies where the phrase
that hangs on this one puts it."""

WEIGHT = 8.0
"""Value of a full fit: phrases are rare in what is learned from, so they are held back less by its penalty."""

LEAST_KM = 5.0
"""Doubt that even the most exact phrase leaves: towns are not points."""

POINTS = SETTLEMENTS | {Kind.FACILITY}
"""Kinds that a distance is measured from; that from a country or a province begins somewhere on its border."""

MOST_WORDS = 8

Array = NDArray[np.float64]

_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*'?|[^\w\s]")
_OPENING = frozenset({",", "(", "–", "—", "-"})


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a phrase puts something.

    Attributes:
        lat: degrees north, of the middle.
        lon: degrees east.
        radius_km: in which it lies.
    """

    lat: float
    lon: float
    radius_km: float


def holders(text: str, toponyms: Sequence[Toponym], language: Language) -> dict[int, int]:
    """Return, for each toponym that a spatial phrase places, the position of the toponym that carries the phrase.

    The phrase follows the name ("Kibumba, un village situé à 25 km de Goma") or goes before it ("à 25 km de Goma, le
    village de Kibumba").
    """
    found: dict[int, int] = {}
    for position, toponym in enumerate(toponyms):
        relation = toponym.relation
        if relation is None:
            continue
        before = position - 1
        if before >= 0 and _follows(text[toponyms[before].end : relation.start], language):
            found.setdefault(before, position)
            continue
        after = position + len(relation.anchors or (toponym.span,))
        opening = not text[: relation.start].rstrip() or text[: relation.start].rstrip()[-1] in ".!?\n"
        if after < len(toponyms) and _leads(text[relation.end : toponyms[after].start], language, opening=opening):
            found.setdefault(after, position)
    return found


def _follows(gap: str, language: Language) -> bool:
    """Tell whether a phrase speaks of the name before it, by the words between them."""
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
    """Tell whether a phrase speaks of the name behind it: ", le village de"; after an `opening` one a comma will do."""
    tokens = _TOKEN.findall(gap.replace("’", "'"))
    small = language.articles | language.of_words | language.cues.keys()
    return (
        tokens[:1] == [","]
        and (opening or len(tokens) > 1)
        and len(tokens) <= 5
        and all(word in small for word in tokens[1:])
    )


def spot(relation: Relation, points: Mapping[Span, tuple[Kind, float, float]]) -> Spot | None:
    """Return where the phrase puts what it speaks of, or None where it does not tell.

    Args:
        relation: the phrase.
        points: kind, latitude and longitude in degrees of the places that it hangs on, by their spans.
    """
    anchors = [points[span] for span in relation.anchors if span in points]
    if not anchors or len(anchors) < len(relation.anchors) or any(kind not in POINTS for kind, _, _ in anchors):
        return None
    _, lat, lon = anchors[0]
    kilometres, towards = relation.distance_km, BEARINGS.get(relation.direction)
    if relation.type is RelationType.BETWEEN and len(anchors) == 2:
        return _between((lat, lon), anchors[1][1:])
    if relation.type is RelationType.DISTANCE and kilometres is not None:
        if towards is None:
            return Spot(lat, lon, max(LEAST_KM, 1.2 * kilometres))
        middle = destination(lat, lon, towards, kilometres)
        return Spot(*middle, max(LEAST_KM, (0.6 if relation.approximate else 0.5) * kilometres))
    if relation.type is RelationType.DIRECTION and towards is not None:
        return Spot(*destination(lat, lon, towards, DIRECTION_KM), DIRECTION_KM)
    if relation.type in (RelationType.NEAR, RelationType.AROUND):
        return Spot(lat, lon, max(LEAST_KM, NEAR_KM if kilometres is None else kilometres))
    return None


def _between(one: tuple[float, float], two: tuple[float, float]) -> Spot:
    length = distance_km(*one, *two)
    if length == 0:
        return Spot(*one, LEAST_KM)
    east = (two[1] - one[1] + 540.0) % 360.0 - 180.0
    middle = ((one[0] + two[0]) / 2, one[1] + east / 2)
    return Spot(*middle, max(LEAST_KM, 0.6 * length))


def fits(relation: Relation, inner: CandidateSet, outer: CandidateSet) -> Array:
    """Return how well each candidate of a name lies where the phrase puts it, 0 to 1: a row each, a column an anchor.

    Args:
        relation: a phrase that hangs on one name.
        inner: candidates of the name that the phrase places.
        outer: candidates of the name that it hangs on.
    """
    fit = np.zeros((len(inner), len(outer)))
    towns = np.array([kind in POINTS for kind in inner.kinds], dtype=np.float64)
    for column, kind in enumerate(outer.kinds):
        point = (kind, float(np.degrees(outer.lat[column])), float(np.degrees(outer.lon[column])))
        there = spot(relation, dict.fromkeys(relation.anchors, point))
        if there is not None:
            lat, lon = np.radians(np.array(there.lat)), np.radians(np.array(there.lon))
            distance = haversine(inner.lat, inner.lon, lat, lon)
            fit[:, column] = towns * np.exp(-np.maximum(0.0, distance - there.radius_km) / (there.radius_km + 10.0))
    return fit
