"""Namesakes of one region: the town, and the division or the harbour that the words around the name mean."""

from __future__ import annotations

from mapgen.geodesy import distance_km
from mapgen.kinds import DIVISIONS, SETTLEMENTS
from mapgen.model import WRITTEN, Candidate, Kind, Origin, Place, RelationType, Toponym
from mapgen.resolution.features import Sign
from mapgen.resolution.rules.draft import Draft, with_alternative

__all__ = ["take_fitting_kinds"]

NAMESAKE_KM = 200.0
"""How far the point of a division lies at most from the town that it is named after."""

_POINT_RELATIONS = frozenset({RelationType.NEAR, RelationType.AROUND, RelationType.DISTANCE, RelationType.DIRECTION})
_ARTICLES = frozenset({Sign.THE, Sign.OF_THE, Sign.ON_THE, Sign.WITHIN})


def take_fitting_kinds(draft: Draft) -> None:
    """Give a name the place of the kind that the words mean, where a namesake in the same country has it.

    A text that says "province" means the division even where the town of that name is far better known, one that says
    "town", or measures a distance from the name, means the town. Which country is meant does not change, so that the
    probability of the place stays.
    """
    for position, toponym in enumerate(draft.toponyms):
        resolution, wanted = toponym.resolution, _wanted(draft, position)
        place = toponym.place
        if wanted is None or resolution is None or place is None or place.kind in wanted:
            continue
        if position in draft.setting.rulings or place.origin is Origin.OWN:
            continue
        for candidate in resolution.alternatives:
            if candidate.place.kind in wanted and _is_namesake(candidate, place):
                reasons = draft.setting.reader.reasons
                reason = reasons["cue"].format(cue=toponym.cue) if toponym.cue else reasons["point"]
                taken = with_alternative(draft, position, candidate, resolution.probability, reason)
                draft.set_resolution(position, taken)
                break


def _wanted(draft: Draft, position: int) -> frozenset[Kind] | None:
    """The kinds that the words around a name mean, or None where its place has one of them or they say nothing."""
    toponym = draft.toponyms[position]
    place = toponym.place
    if place is None:
        return None
    if toponym.cue_kind in DIVISIONS and place.kind in SETTLEMENTS:
        return DIVISIONS
    if toponym.cue_kind in SETTLEMENTS and place.kind in DIVISIONS:
        return SETTLEMENTS
    if place.kind in DIVISIONS and toponym.cue_kind is None and _is_measured_from(draft, toponym, position):
        return SETTLEMENTS
    return None


def _is_measured_from(draft: Draft, toponym: Toponym, position: int) -> bool:
    """Whether a phrase takes the name for a point: "12 km from Kerman"; an article says that it is a region."""
    relation = toponym.relation
    return (
        relation is not None
        and relation.type in _POINT_RELATIONS
        and _ARTICLES.isdisjoint(draft.setting.around.signs[position])
    )


def _is_namesake(candidate: Candidate, place: Place) -> bool:
    other = candidate.place
    near = distance_km(place.lat, place.lon, other.lat, other.lon) <= NAMESAKE_KM
    return candidate.match in WRITTEN and bool(place.country) and other.country == place.country and near
