"""A name that nobody knows: put where the text says that it lies, or listed with the reason.

In this order: a spatial phrase ("à 25 km au nord de Goma"), the towns of its list ("Rugles et Ambenay"), the region
that the text names around it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mapgen.geodesy import BEARINGS, destination, distance_km
from mapgen.kinds import DIVISIONS, SETTLEMENTS
from mapgen.languages import Language
from mapgen.model import Candidate, Kind, MatchType, Place, Relation, RelationType, Resolution, Span, Toponym
from mapgen.resolution.evidence.phrases import LEAST_KM, Spot, spot
from mapgen.resolution.evidence.signs import signed_kind
from mapgen.resolution.evidence.surroundings import Surroundings, surroundings
from mapgen.resolution.rules.anchors import SETTLEMENT_RADIUS_KM, Radii, anchor, cluster, speaks
from mapgen.resolution.rules.doubts import denied
from mapgen.resolution.rules.reasons import unknown_reason

__all__ = ["place_unknown"]

PROBABILITY = 0.5
"""That the place lies inside the radius of doubt around a region or a list."""

TOLD_PROBABILITY = 0.8
"""The same where a spatial phrase says where it lies."""

DOUBTFUL = 0.45
"""The most that an answer is given that the text speaks against without saying better."""

SURE = 0.5
"""Probability from which on a place is measured from."""

WIDEST_KM = 350.0
"""A phrase that leaves more doubt than this ("in the north of Brazil") places nothing."""


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a name was put: the spot, the place that it is told from, and why."""

    spot: Spot
    beside: Place
    reason: str
    probability: float


class _Reading:
    """A document's toponyms with what the text says of where they lie."""

    def __init__(
        self,
        text: str,
        toponyms: Sequence[Toponym],
        language: Language,
        settled: frozenset[int],
        around: Surroundings,
    ) -> None:
        self.text, self.toponyms, self.around = text, toponyms, around
        points = {
            toponym.span: (toponym.place.kind, toponym.place.lat, toponym.place.lon)
            for toponym in toponyms
            if toponym.place is not None and toponym.place.source != "text" and _sure(toponym)
        }
        self.spots = self._spots(points)
        self.denied = denied(text, toponyms, self.spots, language, settled, around.signs)
        self.usable = [number not in self.denied and speaks(toponym) for number, toponym in enumerate(toponyms)]
        doubted = {toponyms[number].span for number in self.denied}
        if doubted & points.keys():
            self.spots = self._spots({span: point for span, point in points.items() if span not in doubted})

    def _spots(self, points: Mapping[Span, tuple[Kind, float, float]]) -> dict[int, Spot]:
        found = {}
        for number, holder in self.around.holders.items():
            relation = self.toponyms[holder].relation
            there = spot(relation, points) if relation is not None else None
            if there is not None:
                found[number] = there
        return found


def place_unknown(
    text: str,
    toponyms: Sequence[Toponym],
    *,
    language: Language,
    reader: Language,
    radii: Radii,
    ruled: frozenset[Span] = frozenset(),
    around: Surroundings | None = None,
) -> tuple[Toponym, ...]:
    """Return the toponyms, those without a place put where the text says that they lie.

    A name without a cue is placed so only by a spatial phrase, the region behind a comma, or a list of towns that lie
    together: otherwise it is not even sure to be a place. All mentions of a name share it. A place that the text speaks
    against becomes a runner-up.

    Args:
        text: of the document.
        toponyms: all of it, resolved.
        language: of the text.
        reader: language of the reasons.
        radii: how large regions are.
        ruled: spans that a person has decided; they stay as they are.
        around: what the words around the toponyms say, where it has been read before.
    """
    settled = frozenset(number for number, toponym in enumerate(toponyms) if toponym.span in ruled)
    wanted = [number for number, toponym in enumerate(toponyms) if toponym.place is None and number not in settled]
    around = around or surroundings(text, toponyms, language)
    reading = _Reading(text, toponyms, language, settled, around)
    wanted = sorted({*wanted, *reading.denied})
    if not wanted:
        return tuple(toponyms)
    found: dict[str, Resolution] = {}
    for number in sorted(wanted, key=lambda number: (number not in reading.spots, number)):
        name = toponyms[number].text.casefold()
        if name not in found and (placed := _placed(number, reading, reader, radii)) is not None:
            found[name] = placed
    out = list(toponyms)
    for number in wanted:
        resolution = found.get(toponyms[number].text.casefold())
        if resolution is None and number in reading.denied:
            resolution = _doubted(toponyms[number], reader)
        if resolution is not None:
            out[number] = replace(toponyms[number], resolution=resolution)
    return tuple(out)


def _placed(number: int, reading: _Reading, reader: Language, radii: Radii) -> Resolution | None:
    """The place of the toponym at `number` as far as the text tells, or None."""
    toponym = reading.toponyms[number]
    if (fitting := _fitting(number, reading, reader)) is not None:
        return fitting
    found = _by_phrase(number, reading, reader, radii)
    found = found or _by_list(number, reading, reader) or _by_region(number, reading, reader, radii)
    if found is None:
        return None
    signed = signed_kind(reading.around.signs[number])
    place = Place(
        id=f"text:{toponym.text.casefold()}",
        source="text",
        name=toponym.text,
        kind=toponym.cue_kind or signed or Kind.VILLAGE,
        country=found.beside.country,
        lat=found.spot.lat,
        lon=found.spot.lon,
        admin=found.beside.admin,
        admin1=found.beside.admin1,
    )
    said = toponym.resolution.reasons if toponym.resolution and toponym.place is None else ()
    return Resolution(
        place=place,
        probability=found.probability,
        alternatives=_runners_up(toponym, found.probability),
        reasons=(*said, found.reason),
        radius_km=round(found.spot.radius_km, 1),
    )


def _fitting(number: int, reading: _Reading, reader: Language) -> Resolution | None:
    """The likeliest runner-up that lies where the phrase says."""
    toponym, there = reading.toponyms[number], reading.spots.get(number)
    resolution, carrier = toponym.resolution, reading.around.holders.get(number)
    if there is None or resolution is None or carrier is None:
        return None
    relation = reading.toponyms[carrier].relation
    for candidate in resolution.alternatives:
        place = candidate.place
        off = distance_km(place.lat, place.lon, there.lat, there.lon)
        if relation is None or place.kind not in SETTLEMENTS or off > there.radius_km + LEAST_KM:
            continue
        others = tuple(other for other in _runners_up(toponym, TOLD_PROBABILITY) if other.place != place)
        return Resolution(
            place=place,
            probability=TOLD_PROBABILITY,
            alternatives=others,
            reasons=(reader.reasons["told"].format(phrase=_quoted(relation.phrase)),),
            match=candidate.match,
            features=candidate.features,
            score=candidate.score,
        )
    return None


def _by_phrase(number: int, reading: _Reading, reader: Language, radii: Radii) -> _Found | None:
    """Where a spatial phrase puts the name, or the region that stands behind its comma."""
    holder = reading.around.holders.get(number)
    there = reading.spots.get(number)
    if holder is not None:
        carrier = reading.toponyms[holder]
        relation, beside = carrier.relation, carrier.place
        if relation is not None and beside is not None and reading.usable[holder]:
            there = there or _part(relation, beside, radii)
            if there is not None and there.radius_km <= WIDEST_KM:
                told = reader.reasons["by_phrase"].format(phrase=_quoted(relation.phrase), km=round(there.radius_km))
                return _Found(there, beside, told, TOLD_PROBABILITY)
    outer = reading.around.inside.get(number)
    if outer is not None and reading.usable[outer]:
        region = reading.toponyms[outer].place
        if region is not None and region.kind in DIVISIONS:
            return _in_region(reading.toponyms[outer], region, reader, radii)
    return None


def _part(relation: Relation, region: Place, radii: Radii) -> Spot | None:
    """The part of a region that the phrase names: "dans le nord de la province"."""
    if relation.type is not RelationType.PART or region.kind not in DIVISIONS | {Kind.COUNTRY}:
        return None
    radius = radii(region)
    towards = BEARINGS.get(relation.direction)
    middle = (region.lat, region.lon) if towards is None else destination(region.lat, region.lon, towards, radius / 2)
    return Spot(*middle, 0.7 * radius)


def _by_list(number: int, reading: _Reading, reader: Language) -> _Found | None:
    """Beside the towns of its list, where these lie together."""
    mates = [reading.toponyms[other] for other in reading.around.lists[number] if reading.usable[other]]
    towns = [(mate, mate.place) for mate in mates if mate.place is not None and mate.place.kind in SETTLEMENTS]
    together = cluster(place for _, place in towns)
    cue_kind = reading.toponyms[number].cue_kind
    if together is None or not (cue_kind in SETTLEMENTS or (cue_kind is None and len(towns) > 1)):
        return None
    lat, lon, reach = together
    names = ", ".join(dict.fromkeys(mate.text for mate, _ in towns))
    radius = reach + SETTLEMENT_RADIUS_KM
    told = reader.reasons["by_list"].format(names=names, km=round(radius))
    return _Found(Spot(lat, lon, radius), towns[0][1], told, PROBABILITY)


def _by_region(number: int, reading: _Reading, reader: Language, radii: Radii) -> _Found | None:
    """In the region around it, for a name of which the text says what it is."""
    toponym = reading.toponyms[number]
    signed = toponym.cue_kind or signed_kind(reading.around.signs[number])
    beside = anchor(number, reading.text, reading.toponyms, reading.usable)
    if signed is None or beside is None or beside.place is None:
        return None
    return _in_region(beside, beside.place, reader, radii)


def _in_region(beside: Toponym, region: Place, reader: Language, radii: Radii) -> _Found:
    radius = radii(region)
    told = reader.reasons["by_region"].format(region=beside.text, km=round(radius))
    return _Found(Spot(region.lat, region.lon, radius), region, told, PROBABILITY)


def _sure(toponym: Toponym) -> bool:
    return toponym.resolution is not None and toponym.resolution.probability >= SURE


def _runners_up(toponym: Toponym, taken: float) -> tuple[Candidate, ...]:
    """The runners-up, a place that the text speaks against first among them; what `taken` leaves is theirs."""
    resolution = toponym.resolution
    if resolution is None:
        return ()
    found = list(resolution.alternatives)
    if resolution.place is not None:
        first = Candidate(
            place=resolution.place,
            match=resolution.match or MatchType.EXACT,
            name=resolution.place.name,
            features=resolution.features,
            score=resolution.score,
            probability=resolution.probability,
        )
        found.insert(0, first)
    total = sum(candidate.probability for candidate in found)
    scale = min(1.0, (1.0 - taken) / total) if total > 0 else 1.0
    return tuple(replace(candidate, probability=candidate.probability * scale) for candidate in found)


def _doubted(toponym: Toponym, reader: Language) -> Resolution | None:
    """The answer that the text speaks against, where it says nothing better: doubtful, or none for a name unlike it."""
    resolution = toponym.resolution
    if resolution is None or resolution.place is None:
        return None
    if resolution.match is MatchType.NEAR:
        told = reader.reasons["spelled_near"].format(name=resolution.place.name)
        why = (unknown_reason(toponym, reader), told)
        return Resolution(place=None, probability=0.0, alternatives=_runners_up(toponym, 1.0), reasons=why)
    return replace(resolution, probability=min(resolution.probability, DOUBTFUL))


def _quoted(phrase: str) -> str:
    return " ".join(phrase.split())
