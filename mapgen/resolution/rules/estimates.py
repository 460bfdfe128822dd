"""Estimates: places for names that no gazetteer has, made from the words around them.

In this order: a spatial phrase ("à 25 km au nord de Goma"), the town that the text calls the name a part of, the sure
places around it (`mapgen.resolution.rules.whereabouts`).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from mapgen.geodesy import BEARINGS, destination
from mapgen.kinds import DIVISIONS, SETTLEMENTS, VAST
from mapgen.model import Kind, Origin, Place, Relation, RelationType, Resolution, Toponym
from mapgen.resolution.arrays import Array
from mapgen.resolution.evidence import Spot, signed_kind
from mapgen.resolution.rules.alternatives import PHRASE_PROBABILITY, quoted
from mapgen.resolution.rules.anchor_features import MOST_LISTED, AnchorTable, Around
from mapgen.resolution.rules.anchors import is_anchor
from mapgen.resolution.rules.borders import border_spot
from mapgen.resolution.rules.draft import Draft, alternatives_with_top
from mapgen.resolution.rules.whereabouts import Masses, mixture, whereabouts_model

__all__ = ["Estimate", "anchor_table", "estimate_places", "estimates_beside", "kind_of", "radius_of", "usable_anchors"]

_ROAD_NUMBER = re.compile(r"[A-Z]{1,3}[- ]?\d{1,4}")
"""A name that is the number of a road: "A30", "I-64", "RN 7"."""

HELD, LEAST_HELD = 0.85, 0.7
"""Probability that the place lies within the radius of an estimate, as the distribution has it; the least where that
radius is wider than `WIDEST_KM`.

`mapgen.training.estimates` prints what the radii truly hold, where the small places of a text are taken from the
gazetteer: 0.82 of those that get an estimate in LGL, which nothing is learned from, 0.84 in TR-News."""

RIGHT_KM = 50.0
"""An estimate is right where the place lies within this distance: what its probability says."""

MOST_PROBABLE = 0.79
"""Highest probability of an estimate: no point that the words alone give is sure."""

QUARTER_KM = 15.0
"""Doubt around the town that a quarter lies in, or that the text calls the name a part of."""

QUARTER_PROBABILITY = 0.79
"""Probability of such an estimate: of those of TR-News and LGL 10 of 13 lie there, of those whose places are taken away
7 of 8."""

SURE = 0.5
"""Least probability of a place that a name is placed in or beside."""

LEAST_NAME = 0.5
"""Least probability of the recogniser for a name without a cue.

Of such names that no gazetteer has, 0.22 of those of LGL and TR-News are places below it, 0.48 above; in the project's
own held-out texts 0.77 and 0.87. One name of a list is enough for the others."""

QUARTERED = 5_000
"""Inhabitants of a town from which on a text names its quarters."""

MOST_NAMED = 3
"""Names of anchors that the reason tells, the heaviest first."""

WIDEST_KM = 350.0
"""A phrase, or the anchors, that leave more doubt than this ("in the north of Brazil") make no estimate."""

_UNPLACED = VAST | {Kind.REGION}
"""Kinds that no place beside them contains."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Where a name is placed: the area, the place that it starts from, the reason, the probability."""

    area: Spot
    beside: Place
    reason: str
    probability: float


def estimate_places(draft: Draft) -> None:
    """Give open names an estimate; all mentions of a name share that of its first mention that has one.

    Mentions that a phrase places come first. A name gets none where the text around it does not tell enough.
    """
    wanted = draft.open_positions()
    if not wanted:
        return
    estimator = _Estimator(draft)
    mentions: dict[str, list[int]] = {}
    for position in wanted:
        mentions.setdefault(draft.toponyms[position].text.casefold(), []).append(position)
    resolutions: dict[str, Resolution] = {}
    for name, positions in mentions.items():
        estimate = estimator.estimate(positions)
        if estimate is not None:
            toponym = draft.toponyms[positions[0]]
            resolutions[name] = _resolution(toponym, kind_of(draft, positions) or Kind.VILLAGE, estimate)
    draft.set_places(resolutions)


def estimates_beside(draft: Draft, mentions: Iterable[Sequence[int]]) -> list[Estimate | None]:
    """Return where the sure places around the mentions of each name make it likeliest, whatever place it has.

    Args:
        draft: of the document.
        mentions: the positions of each name.
    """
    estimator = _Estimator(draft)
    return [estimator.by_anchors(positions) for positions in mentions]


def kind_of(draft: Draft, positions: Sequence[int]) -> Kind | None:
    """Return what the words around the mentions of a name say that it is, or None."""
    signs = draft.setting.around.signs
    kinds = (draft.toponyms[each].cue_kind or signed_kind(signs[each]) for each in positions)
    told = next((kind for kind in kinds if kind is not None), None)
    numbered = _ROAD_NUMBER.fullmatch(draft.toponyms[positions[0]].text) if positions else None
    return Kind.ROAD if told is None and numbered else told


def usable_anchors(toponyms: Sequence[Toponym], contradicted: Container[int] = ()) -> Sequence[bool]:
    """Return which toponyms have a place that tells where others lie.

    A metonymic name does too where many names are weighed: the town of a militia is where its attack is. A division
    that has the point of the one above says no more than that one.
    """
    return [
        position not in contradicted
        and toponym.place is not None
        and toponym.place.origin is not Origin.TEXT
        and not toponym.place.inherited
        and toponym.resolution is not None
        and toponym.resolution.probability >= SURE
        for position, toponym in enumerate(toponyms)
    ]


def radius_of(masses: Masses) -> float | None:
    """Return the radius of an estimate in kilometres, or None where the text leaves too much doubt for one."""
    radii = (masses.radius_km(held) for held in (HELD, LEAST_HELD))
    return next((radius for radius in radii if radius <= WIDEST_KM), None)


def anchor_table(draft: Draft, toponyms: Sequence[Toponym], usable: Sequence[bool]) -> AnchorTable:
    """Return the usable anchors among the toponyms of a draft as arrays."""
    setting = draft.setting
    return AnchorTable(
        setting.text, setting.language, toponyms, usable, setting.around, setting.radii, setting.main_country
    )


def _resolution(toponym: Toponym, kind: Kind, estimate: Estimate) -> Resolution:
    place = Place(
        id=f"text:{toponym.name.casefold()}",
        source="text",
        name=toponym.name,
        kind=kind,
        country=estimate.beside.country,
        lat=estimate.area.lat,
        lon=estimate.area.lon,
        admin=estimate.beside.admin,
        admin1=estimate.beside.admin1,
    )
    why_unknown = toponym.resolution.reasons if toponym.resolution and toponym.place is None else ()
    return Resolution(
        place=place,
        probability=estimate.probability,
        alternatives=alternatives_with_top(toponym, estimate.probability),
        reasons=(*why_unknown, estimate.reason),
        radius_km=round(estimate.area.radius_km, 1),
    )


class _Estimator:
    """Estimates the places of single names, from the anchors of a draft."""

    def __init__(self, draft: Draft) -> None:
        self._draft, self._setting, self._anchors = draft, draft.setting, draft.anchors
        self._spots = draft.spots()
        self._usable = usable_anchors(draft.anchors, draft.contradicted)
        self._table = anchor_table(draft, draft.anchors, self._usable)

    def estimate(self, positions: Sequence[int]) -> Estimate | None:
        """Return the estimate for the mentions of a name, or None where the text does not say where it lies."""
        for by in (self._by_phrase, self._by_town):
            for position in positions:
                if (estimate := by(position)) is not None:
                    return estimate
        return self.by_anchors(positions)

    def _by_phrase(self, position: int) -> Estimate | None:
        """Where a spatial phrase places the name."""
        carrier = self._setting.around.carriers.get(position)
        if carrier is None:
            return None
        relation, beside = self._anchors[carrier].relation, self._anchors[carrier].place
        if relation is None or beside is None or not self._is_sure(carrier):
            return None
        area = self._spots.get(position) or self._part(relation, beside) or self._border(relation, beside)
        if area is None or area.radius_km > WIDEST_KM:
            return None
        reason = self._setting.reader.reasons["by_phrase"].format(
            phrase=quoted(relation.phrase), km=round(area.radius_km)
        )
        return Estimate(area, beside, reason, PHRASE_PROBABILITY)

    def _is_sure(self, position: int) -> bool:
        """Whether a place that a phrase hangs on is sure and means itself."""
        return self._usable[position] and is_anchor(self._anchors[position])

    def _part(self, relation: Relation, region: Place) -> Spot | None:
        """The part of a region that the phrase names: "dans le nord de la province"."""
        if relation.type is not RelationType.PART or region.kind not in DIVISIONS | {Kind.COUNTRY}:
            return None
        radius = self._setting.radii(region)
        bearing = BEARINGS.get(relation.direction)
        centre = (region.lat, region.lon)
        middle = centre if bearing is None else destination(*centre, bearing, radius / 2)
        return Spot(*middle, 0.7 * radius)

    def _border(self, relation: Relation, one: Place) -> Spot | None:
        """The border that the phrase names: "à la frontière entre le Niger et le Burkina Faso"."""
        if relation.type is not RelationType.BORDER or len(relation.anchors) != 2:
            return None
        others = (
            each.place
            for position, each in enumerate(self._anchors)
            if each.span == relation.anchors[1] and self._is_sure(position)
        )
        two = next(others, None)
        return border_spot(one, two, self._setting.radii) if two is not None else None

    def _by_town(self, position: int) -> Estimate | None:
        """In the town that the text calls it a part of."""
        statement = self._setting.around.stated.get(position)
        if statement is None or not statement.calls_part or not self._is_sure(statement.container):
            return None
        town = self._anchors[statement.container]
        if town.place is None or town.place.kind not in SETTLEMENTS:
            return None
        return self._in_town(town.text, town.place)

    def _in_town(self, name: str, town: Place) -> Estimate:
        reason = self._reason([name], QUARTER_KM)
        return Estimate(Spot(town.lat, town.lon, QUARTER_KM), town, reason, QUARTER_PROBABILITY)

    def by_anchors(self, positions: Sequence[int]) -> Estimate | None:
        """Where the sure places around its first mentions make it likeliest."""
        kind = kind_of(self._draft, positions)
        if kind in _UNPLACED or (kind is None and not self._is_surely_a_place(positions)):
            return None
        around = self._table.around(positions, kind)
        if not len(around.rows):
            return None
        there = mixture(whereabouts_model(), around)
        heaviest = int(around.rows[int(there.shares.argmax())])
        beside = self._table.places[heaviest]
        if beside.kind in VAST:
            return None
        if kind is Kind.QUARTER and beside.kind in SETTLEMENTS:
            town = self._town_of_quarters(around, there.shares, heaviest)
            return self._in_town(self._table.name(town), self._table.places[town])
        middle = there.middle()
        masses = there.masses(middle)
        radius_km = radius_of(masses)
        if radius_km is None:
            return None
        lat, lon = np.degrees([np.arcsin(middle[2]), np.arctan2(middle[1], middle[0])])
        by_name: dict[str, float] = {}
        for row, share in zip(around.rows.tolist(), there.shares.tolist(), strict=True):
            by_name[self._table.name(row)] = by_name.get(self._table.name(row), 0.0) + share
        names = sorted(by_name, key=lambda name: -by_name[name])[:MOST_NAMED]
        probability = min(MOST_PROBABLE, masses.within(RIGHT_KM))
        area = Spot(float(lat), float(lon), radius_km)
        return Estimate(area, beside, self._reason(names, radius_km), probability)

    def _town_of_quarters(self, around: Around, shares: Array, heaviest: int) -> int:
        """The row of the heaviest town that is large enough to have quarters, else of the heaviest anchor."""
        places = self._table.places
        large: dict[int, float] = {}
        for row, share in zip(around.rows.tolist(), shares.tolist(), strict=True):
            if places[row].kind in SETTLEMENTS and (places[row].population >= QUARTERED or places[row].capital):
                large[row] = large.get(row, 0.0) + share
        return max(large, key=lambda row: large[row]) if large else heaviest

    def _is_surely_a_place(self, positions: Sequence[int]) -> bool:
        """Whether the recogniser leaves little doubt that a name without a cue, or one of its list, is a place."""
        lists = self._setting.around.lists
        return any(
            self._anchors[member].probability >= LEAST_NAME
            for position in positions
            for member in (position, *lists[position][:MOST_LISTED])
        )

    def _reason(self, names: Sequence[str], radius_km: float) -> str:
        return self._setting.reader.reasons["by_anchors"].format(names=", ".join(names), km=round(radius_km))
