"""Estimates: places for names that no gazetteer has, made from the words around them.

In this order: a spatial phrase ("à 25 km au nord de Goma"), the towns of the list of the name ("Rugles et Ambenay"),
the region that the text names around it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mapgen.geodesy import BEARINGS, destination
from mapgen.kinds import DIVISIONS, SETTLEMENTS
from mapgen.model import Kind, Place, Relation, RelationType, Resolution, Toponym
from mapgen.resolution.evidence import Spot, signed_kind
from mapgen.resolution.rules.alternatives import PHRASE_PROBABILITY, quoted
from mapgen.resolution.rules.anchors import SETTLEMENT_RADIUS_KM, cluster, is_anchor, nearest_anchor
from mapgen.resolution.rules.draft import Draft, alternatives_with_top

__all__ = ["estimate_places"]

PROBABILITY = 0.55
"""Probability that the place lies within the radius around a town or a list.

Where the places of names of at most 100,000 inhabitants are taken away from TR-News, NewsEye, LGL and the project's own
texts, the radii hold 0.74 of 107 names whose candidates are then ranked anew, and 0.86 of 348 among names that keep
their resolutions. Names that the gazetteer truly lacks are rarer: the probability stays below these shares."""

SITE_PROBABILITY = 0.79
"""The same for a building, a street or a quarter beside a town or district: of those of TR-News and LGL 10 of 13
lie there, of those whose places are taken away 7 of 8."""

DIVISION_PROBABILITY = 0.55
"""The same for any other name in a region or district: of those of TR-News and LGL 10 of 17 lie there."""

SURE = 0.5
"""Least probability of a place that a name is placed in or beside."""

LIST_SCALE = 1.25
"""How far the doubt around the towns of a list exceeds their reach and `SETTLEMENT_RADIUS_KM`."""

NEIGHBOUR_KM: Mapping[Kind, float] = {
    Kind.CITY: 80.0,
    Kind.VILLAGE: 80.0,
    Kind.DISTRICT: 90.0,
    Kind.FACILITY: 40.0,
    Kind.QUARTER: 15.0,
    Kind.WATER: 150.0,
    Kind.TERRAIN: 150.0,
    Kind.ROAD: 150.0,
    Kind.AREA: 150.0,
    Kind.REGION: 150.0,
}
"""Doubt around a town that the text names beside a name of a kind."""

LIST_REACH = 500
"""Members of a list to each side that a name is compared with: keeps long lists linear."""

_SITES = frozenset({Kind.FACILITY, Kind.ROAD, Kind.QUARTER})

WIDEST_KM = 350.0
"""A phrase that leaves more doubt than this ("in the north of Brazil") is no estimate."""


@dataclass(frozen=True, slots=True)
class _Estimate:
    """Where a name is placed: the area, the place that it starts from, the reason, the probability."""

    area: Spot
    beside: Place
    reason: str
    probability: float


def estimate_places(draft: Draft) -> None:
    """Give open names an estimate; all mentions of a name share that of its first mention that has one.

    A name without a cue gets one only from a spatial phrase, the region behind a comma, or a list of towns that lie
    together: otherwise it is not even sure to be a place. Mentions that a phrase places come first.
    """
    wanted = draft.open_positions()
    if not wanted:
        return
    estimator = _Estimator(draft)
    resolutions: dict[str, Resolution] = {}
    for position in sorted(wanted, key=lambda position: (position not in estimator.spots, position)):
        toponym = draft.toponyms[position]
        name = toponym.text.casefold()
        if name not in resolutions and (estimate := estimator.estimate(position)) is not None:
            kind = toponym.cue_kind or signed_kind(draft.setting.around.signs[position]) or Kind.VILLAGE
            resolutions[name] = _resolution(toponym, kind, estimate)
    draft.set_places(resolutions)


def _resolution(toponym: Toponym, kind: Kind, estimate: _Estimate) -> Resolution:
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
    """Estimates the places of single mentions, from the anchors of a draft."""

    def __init__(self, draft: Draft) -> None:
        self._setting, self._anchors = draft.setting, draft.anchors
        self.spots = draft.spots()
        self._usable: Sequence[bool] = [
            position not in draft.contradicted
            and is_anchor(toponym)
            and toponym.resolution is not None
            and toponym.resolution.probability >= SURE
            for position, toponym in enumerate(draft.anchors)
        ]
        self._paragraph_of = self._numbered_paragraphs()
        self._paragraphs = self._countries_by_paragraph()

    def _numbered_paragraphs(self) -> list[int]:
        """The number of the line of the text that each anchor begins in."""
        numbers, end, number = [], 0, 0
        for anchor in self._anchors:
            number += self._setting.text.count("\n", end, anchor.start)
            end = anchor.start
            numbers.append(number)
        return numbers

    def _countries_by_paragraph(self) -> dict[int, tuple[dict[str, str], Counter[str]]]:
        """The usable names of each paragraph with their countries, and how many names each country has."""
        names: dict[int, dict[str, str]] = {number: {} for number in self._paragraph_of}
        for anchor, usable, number in zip(self._anchors, self._usable, self._paragraph_of, strict=True):
            if usable and anchor.place is not None and anchor.place.country:
                names[number][anchor.text.casefold()] = anchor.place.country
        return {number: (of_line, Counter(of_line.values())) for number, of_line in names.items()}

    def estimate(self, position: int) -> _Estimate | None:
        """Return the estimate for a mention, or None where the text does not say where it lies."""
        return self._by_phrase(position) or self._by_list(position) or self._by_region(position)

    def _by_phrase(self, position: int) -> _Estimate | None:
        """Where a spatial phrase places the name, or the region behind its comma."""
        carrier = self._setting.around.carriers.get(position)
        if carrier is not None:
            relation, beside = self._anchors[carrier].relation, self._anchors[carrier].place
            if relation is not None and beside is not None and self._usable[carrier]:
                area = self.spots.get(position) or self._part(relation, beside)
                if area is not None and area.radius_km <= WIDEST_KM:
                    reason = self._setting.reader.reasons["by_phrase"].format(
                        phrase=quoted(relation.phrase), km=round(area.radius_km)
                    )
                    return _Estimate(area, beside, reason, PHRASE_PROBABILITY)
        return self._by_container(position)

    def _by_container(self, position: int) -> _Estimate | None:
        """In the region behind its comma, or in the town that the text calls it a part of."""
        statement = self._setting.around.stated.get(position)
        if statement is not None and statement.calls_part and self._usable[statement.container]:
            town = self._anchors[statement.container].place
            if town is not None and town.kind in SETTLEMENTS:
                radius_km = NEIGHBOUR_KM[Kind.QUARTER]
                return self._within(self._anchors[statement.container], town, radius_km, SITE_PROBABILITY)
        container = self._setting.around.containers.get(position)
        if container is not None and self._usable[container]:
            region = self._anchors[container].place
            if region is not None and region.kind in DIVISIONS and not self._is_listed_with(position, container):
                radius_km = self._setting.radii(region)
                return self._within(self._anchors[container], region, radius_km, DIVISION_PROBABILITY)
        return None

    def _is_listed_with(self, position: int, other: int) -> bool:
        """Whether both are members of one list of three or more ("Barlow, Clay and Dunn counties")."""
        members, others = self._setting.around.lists[position], self._setting.around.lists[other]
        return len(members) > 2 and members[0] == others[0]

    def _part(self, relation: Relation, region: Place) -> Spot | None:
        """The part of a region that the phrase names: "dans le nord de la province"."""
        if relation.type is not RelationType.PART or region.kind not in DIVISIONS | {Kind.COUNTRY}:
            return None
        radius = self._setting.radii(region)
        bearing = BEARINGS.get(relation.direction)
        centre = (region.lat, region.lon)
        middle = centre if bearing is None else destination(*centre, bearing, radius / 2)
        return Spot(*middle, 0.7 * radius)

    def _by_list(self, position: int) -> _Estimate | None:
        """Beside the towns of its list, where these lie together."""
        # The members of a list follow each other; those of a long one that are far from the name are left out.
        of_list = self._setting.around.lists[position]
        first, last = max(of_list[0], position - LIST_REACH), min(of_list[-1], position + LIST_REACH)
        members = [
            self._anchors[other] for other in range(first, last + 1) if other != position and self._usable[other]
        ]
        towns = [
            (each, each.place)
            for each in members
            if each.place is not None and each.place.kind in SETTLEMENTS and self._is_at_home(position, each.place)
        ]
        together = cluster(place for _, place in towns)
        cue_kind = self._anchors[position].cue_kind
        if together is None or not (cue_kind in SETTLEMENTS or (cue_kind is None and len(towns) > 1)):
            return None
        lat, lon, reach = together
        names = ", ".join(dict.fromkeys(each.text for each, _ in towns))
        radius = LIST_SCALE * (reach + SETTLEMENT_RADIUS_KM)
        reason = self._setting.reader.reasons["by_list"].format(names=names, km=round(radius))
        return _Estimate(Spot(lat, lon, radius), towns[0][1], reason, PROBABILITY)

    def _by_region(self, position: int) -> _Estimate | None:
        """In the region around it or near the town beside it, for a name of which the text says what it is."""
        kind = self._anchors[position].cue_kind or signed_kind(self._setting.around.signs[position])
        beside = nearest_anchor(position, self._setting.text, self._anchors, self._usable)
        place = beside.place if beside is not None else None
        if kind is None or beside is None or place is None or not self._is_at_home(position, place):
            return None
        if kind is Kind.REGION and place.kind in DIVISIONS:
            return None  # the region beside a region does not contain it
        is_site = kind in _SITES and place.kind is not Kind.REGION
        if place.kind not in SETTLEMENTS:
            probability = SITE_PROBABILITY if is_site else DIVISION_PROBABILITY
            return self._within(beside, place, self._setting.radii(place), probability)
        probability = SITE_PROBABILITY if is_site else PROBABILITY
        return self._within(beside, place, NEIGHBOUR_KM[kind], probability) if kind in NEIGHBOUR_KM else None

    def _is_at_home(self, position: int, place: Place) -> bool:
        """Whether a place that the text only names beside a name lies in the country that the name is to be sought in.

        This is the main country of the document, or the one in which all anchors of the paragraph lie: two of them at
        least where the document has another main country.
        """
        main_country = self._setting.main_country
        if not place.country or place.country == main_country:
            return bool(place.country)
        name = self._anchors[position].text.casefold()
        names, countries = self._paragraphs[self._paragraph_of[position]]
        own = names.get(name, "")
        others = {country for country, count in countries.items() if count > (country == own)}
        return others <= {place.country} and (not main_country or len(names) - (name in names) > 1)

    def _within(self, beside: Toponym, place: Place, radius_km: float, probability: float) -> _Estimate:
        reason = self._setting.reader.reasons["by_region"].format(region=beside.text, km=round(radius_km))
        return _Estimate(Spot(place.lat, place.lon, radius_km), place, reason, probability)
