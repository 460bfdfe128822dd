"""What is measured of resolution, and how it is defined.

A name counts as right when the answer has the gold's GeoNames id, or is the gold's country, or lies within 161 km
(100 miles) of the gold's point: "accuracy@161km" of Gritta et al. 2018, *What's missing in geographical parsing?* Names
without an answer are wrong: every figure is over all gold names that have coordinates, never over those found.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from mapgen.geodesy import distance_km
from mapgen.model import Kind, Place

__all__ = [
    "FARTHEST_KM",
    "RIGHT_WITHIN_KM",
    "Bin",
    "GoldPlace",
    "Judgement",
    "Scores",
    "calibration_error",
    "distance_km",
    "error_km",
    "is_right",
    "reliability",
    "scores",
]

RIGHT_WITHIN_KM = 161.0
"""100 miles, the field's customary bound."""

FARTHEST_KM = 20_039.0
"""Half the Earth's circumference: the error of no answer at all (Gritta et al. 2018)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPlace:
    """Where a name truly lies.

    Attributes:
        lat: degrees north.
        lon: degrees east.
        geonameid: GeoNames id, or None.
        country: ISO code if the place is a country as a whole, else "".
    """

    lat: float
    lon: float
    geonameid: int | None = None
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One gold name, judged.

    Attributes:
        right: whether the answer is right.
        covered: whether a right place was among the candidates.
        distance_km: of the answer from the gold; FARTHEST_KM without an answer, 0 for the same id or country.
        probability: that the program gave its answer; 0 without one.
    """

    right: bool
    covered: bool
    distance_km: float
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Figures over all gold names.

    Attributes:
        names: gold names with coordinates.
        accuracy: share of right answers.
        coverage: share of names with a right place among the candidates: what a perfect ranker would reach.
        mean_km: mean distance of the answers.
        median_km: their median.
        auc: area under the curve of the logarithm of the error, 0 best, 1 worst (Jurgens et al. 2015).
    """

    names: int
    accuracy: float
    coverage: float
    mean_km: float
    median_km: float
    auc: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """A row of the reliability table.

    Attributes:
        low: least probability of the row.
        high: one past its greatest; the last row holds 1 too.
        answers: how many answers were given with such a probability.
        probability: their mean probability, 0 without answers.
        right: share of them that is right, 0 without answers.
    """

    low: float
    high: float
    answers: int
    probability: float
    right: float


def error_km(place: Place, gold: GoldPlace) -> float:
    """Return how far `place` lies from `gold`; 0 for the same id and for the same country as a whole."""
    if gold.geonameid is not None and place.geonameid == gold.geonameid:
        return 0.0
    if gold.country and place.kind is Kind.COUNTRY and place.country == gold.country:
        return 0.0
    return distance_km(place.lat, place.lon, gold.lat, gold.lon)


def is_right(place: Place, gold: GoldPlace) -> bool:
    """Return whether `place` is right for `gold`: same id, same country, or within 161 km."""
    return error_km(place, gold) <= RIGHT_WITHIN_KM


def scores(judgements: Sequence[Judgement]) -> Scores:
    """Return the figures over `judgements`; all 0 where there is none."""
    if not judgements:
        return Scores(names=0, accuracy=0, coverage=0, mean_km=0, median_km=0, auc=0)
    count = len(judgements)
    distances = sorted(judgement.distance_km for judgement in judgements)
    middle = count // 2
    median = distances[middle] if count % 2 else (distances[middle - 1] + distances[middle]) / 2
    return Scores(
        names=count,
        accuracy=sum(judgement.right for judgement in judgements) / count,
        coverage=sum(judgement.covered for judgement in judgements) / count,
        mean_km=sum(distances) / count,
        median_km=median,
        auc=sum(math.log1p(distance) for distance in distances) / count / math.log1p(FARTHEST_KM),
    )


def calibration_error(answers: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Return the expected calibration error (Guo et al. 2017): how far probabilities are from the share that is right.

    Args:
        answers: (probability, right) of the answers given; a name without an answer makes no claim to be measured.
        bins: of like width.
    """
    if not answers:
        return 0.0
    rows = reliability(answers, bins)
    return sum(row.answers * abs(row.probability - row.right) for row in rows) / len(answers)


def reliability(answers: Sequence[tuple[float, bool]], bins: int = 10) -> tuple[Bin, ...]:
    """Return the reliability table of (probability, right) pairs (DeGroot & Fienberg 1983) in `bins` equal rows."""
    binned: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for probability, right in answers:
        binned[min(bins - 1, int(probability * bins))].append((probability, right))
    return tuple(
        Bin(
            low=number / bins,
            high=(number + 1) / bins,
            answers=len(group),
            probability=sum(probability for probability, _ in group) / len(group) if group else 0.0,
            right=sum(right for _, right in group) / len(group) if group else 0.0,
        )
        for number, group in enumerate(binned)
    )
