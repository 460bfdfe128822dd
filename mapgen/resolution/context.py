"""What the document says of its places: the first, rough answers that the second pass leans on.

Names are read twice (as in the coherence pass of Leidner 2007 and its heirs): a first pass ranks every name by
itself, a second sees where the others came to lie. A name never speaks for itself: only the other names of the
document count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mapgen.model import Kind
from mapgen.resolution.candidates import CandidateSet

__all__ = ["COHERENCE", "WINDOW", "Context", "coherence", "haversine"]

WINDOW = 60
"""Other names on each side, in order of mention, that a name is held against: keeps long documents linear."""

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG), for distances on the sphere: within 0.6 % of the ellipsoid."""

COHERENCE = (
    "country_share", "region_share", "country_named", "region_named", "near_30", "near_150", "near_600", "nearest",
    "inside_share", "demonym_share",
)  # fmt: skip
"""Features of a candidate that depend on the other names of the document."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Context:
    """The rough answers, an entry a distinct name, in order of first mention.

    Attributes:
        lat: radians.
        lon: radians.
        weight: how sure the first pass is, times the square root of the mentions; 0 for names without a candidate.
        country: ISO code of the answer.
        admin: "SY.09" or "".
        kind: of the answer.
        demonyms: share of each country in the document's demonyms.
    """

    lat: Array
    lon: Array
    weight: Array
    country: tuple[str, ...]
    admin: tuple[str, ...]
    kind: tuple[Kind | None, ...]
    demonyms: dict[str, float]


def haversine(lat: Array, lon: Array, other_lat: Array, other_lon: Array) -> Array:
    """Return distances in kilometres between points in radians; the arrays broadcast."""
    half = np.sin((other_lat - lat) / 2) ** 2 + np.cos(lat) * np.cos(other_lat) * np.sin((other_lon - lon) / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))


def coherence(candidates: CandidateSet, index: int, context: Context) -> Array:
    """Return the coherence features of `candidates`, the name at `index` of `context`: a row a candidate."""
    features = np.zeros((len(candidates), len(COHERENCE)))
    low, high = max(0, index - WINDOW), min(len(context.country), index + WINDOW + 1)
    others = [other for other in range(low, high) if other != index and context.weight[other] > 0]
    demonym_share = [context.demonyms.get(country, 0.0) for country in candidates.country]
    features[:, COHERENCE.index("demonym_share")] = demonym_share
    if not others:
        return features
    weight = context.weight[others]
    total = float(weight.sum())
    _shares(features, candidates, others, context, total)
    points = [other for other in others if context.kind[other] not in (Kind.COUNTRY, Kind.CONTINENT)]
    if points:
        distance = haversine(
            candidates.lat[:, None], candidates.lon[:, None], context.lat[points][None], context.lon[points][None]
        )
        point_weight = context.weight[points]
        for name, reach in (("near_30", 30.0), ("near_150", 150.0), ("near_600", 600.0)):
            features[:, COHERENCE.index(name)] = np.log1p(np.exp(-distance / reach) @ point_weight)
        features[:, COHERENCE.index("nearest")] = (np.exp(-distance / 60.0) * np.minimum(1.0, point_weight)).max(axis=1)
    return features


def _shares(features: Array, candidates: CandidateSet, others: Sequence[int], context: Context, total: float) -> None:
    """Fill in how much of the document lies in the country, in the region and inside each candidate."""
    countries: dict[str, float] = {}
    regions: dict[str, float] = {}
    named: set[str] = set()
    for other in others:
        weight = float(context.weight[other])
        countries[context.country[other]] = countries.get(context.country[other], 0.0) + weight
        if context.admin[other]:
            regions[context.admin[other]] = regions.get(context.admin[other], 0.0) + weight
        if context.kind[other] is Kind.COUNTRY:
            named.add(context.country[other])
        elif context.kind[other] is Kind.REGION:
            named.add(context.admin[other])
    for row, (country, admin, kind) in enumerate(
        zip(candidates.country, candidates.admin, candidates.kinds, strict=True)
    ):
        in_country = countries.get(country, 0.0) / total if country else 0.0
        in_region = regions.get(admin, 0.0) / total if admin else 0.0
        features[row, 0] = in_country
        features[row, 1] = in_region
        features[row, 2] = bool(country) and country in named
        features[row, 3] = bool(admin) and admin in named
        if kind is Kind.COUNTRY:
            features[row, COHERENCE.index("inside_share")] = in_country
        elif kind is Kind.REGION:
            features[row, COHERENCE.index("inside_share")] = in_region
