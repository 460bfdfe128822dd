"""What the document says of its places: the rough answers so far, which the next pass leans on.

Names are read several times (as in the coherence pass of Leidner 2007 and its heirs): a first pass ranks every name by
itself, the next ones see where the others came to lie. A name never speaks for itself: only the other names of the
document count. Not only the winners count but all candidates with their shares: four towns of which each could lie in
Texas say more together than one by one (the joint disambiguation of Rauch, Bukatin & Baker 2003, softened).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mapgen.geodesy import EARTH_RADIUS_KM
from mapgen.model import Kind
from mapgen.resolution.candidates.lookup import KIND_CODE, STATIC, CandidateSet

__all__ = ["COHERENCE", "WINDOW", "Names", "coherence", "gathered", "haversine", "on_sphere"]

WINDOW = 60
"""Other names on each side, in order of mention, that a name is held against: keeps long documents linear."""

LEAST_SHARE = 0.05
"""Candidates with a smaller share do not count as neighbours."""

COHERENCE = (
    "country_share", "region_share", "country_named", "region_named", "country_lead", "region_lead", "near_30",
    "near_150", "near_600", "nearest", "inside_share", "kind_share", "home_population", "home_rank", "demonym_share",
)  # fmt: skip
"""Features of a candidate that depend on the other names of the document."""

_COLUMN = {name: column for column, name in enumerate(COHERENCE)}
_COUNTRY, _REGION, _CONTINENT = (KIND_CODE[kind] for kind in (Kind.COUNTRY, Kind.REGION, Kind.CONTINENT))
_POPULATION, _RANK = STATIC.index("population"), STATIC.index("country_rank")

Array = NDArray[np.float64]
Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Names:
    """The distinct names of a document with their candidates, one below the other.

    Attributes:
        sets: the candidates of each name, in order of first mention.
        starts: where each name's candidates begin, and, last, where they end.
        name: of each candidate, the position of its name.
        lat: of each candidate, radians.
        lon: radians.
        points: the same on the unit sphere: x, y, z, a column a candidate.
        codes: numbers of country, admin and kind, as in `CandidateSet`.
        sorts: numbers of `mapgen.resolution.evidence.signs.SORTS`.
        static: features of the candidates.
    """

    sets: tuple[CandidateSet, ...]
    starts: Codes
    name: Codes
    lat: Array
    lon: Array
    points: Array
    codes: Codes
    sorts: Codes
    static: Array


def gathered(sets: Sequence[CandidateSet]) -> Names:
    """Return the candidates of a document's names in one piece."""
    sizes = [len(found) for found in sets]
    empty = np.zeros(0)
    lat = np.concatenate([empty, *(found.lat for found in sets)])
    lon = np.concatenate([empty, *(found.lon for found in sets)])
    return Names(
        sets=tuple(sets),
        starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        name=np.repeat(np.arange(len(sets)), sizes),
        lat=lat,
        lon=lon,
        points=on_sphere(lat, lon),
        codes=np.concatenate([np.zeros((3, 0), dtype=np.int64), *(found.codes for found in sets)], axis=1),
        sorts=np.concatenate([np.zeros(0, dtype=np.int64), *(found.sorts for found in sets)]),
        static=np.concatenate([np.zeros((0, len(STATIC))), *(found.static for found in sets)]),
    )


def on_sphere(lat: Array, lon: Array) -> Array:
    """Return points in radians as points on the unit sphere: rows x, y, z."""
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def haversine(lat: Array, lon: Array, other_lat: Array, other_lon: Array) -> Array:
    """Return distances in kilometres between points in radians; the arrays broadcast."""
    half = np.sin((other_lat - lat) / 2) ** 2 + np.cos(lat) * np.cos(other_lat) * np.sin((other_lon - lon) / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))


def coherence(names: Names, weight: Array, demonyms: Mapping[str, float]) -> Array:
    """Return the coherence features of all candidates, columns as in `COHERENCE`.

    Args:
        names: the candidates.
        weight: how much each candidate counts: its share so far, times the root of the mentions of its name.
        demonyms: share of each country in the document's demonyms.
    """
    features = np.zeros((len(names.name), len(COHERENCE)))
    count = len(names.sets)
    for first in range(0, count, WINDOW):
        last = min(count, first + WINDOW)
        low, high = max(0, first - WINDOW), min(count, last + WINDOW)
        rows = slice(names.starts[first], names.starts[last])
        around = slice(names.starts[low], names.starts[high])
        _shares(features[rows], names, rows, around, weight)
        _nearness(features[rows], names, rows, around, weight)
    at_home = features[:, _COLUMN["country_share"]]
    features[:, _COLUMN["home_population"]] = names.static[:, _POPULATION] * at_home
    features[:, _COLUMN["home_rank"]] = names.static[:, _RANK] * at_home
    if demonyms:
        features[:, _COLUMN["demonym_share"]] = [
            demonyms.get(country, 0.0) for found in names.sets for country in found.country
        ]
    return features


def _shares(features: Array, names: Names, rows: slice, around: slice, weight: Array) -> None:
    """Fill in how much of the document around lies in the country, in the region and inside each candidate."""
    here = slice(rows.start - around.start, rows.stop - around.start)
    name, mass = names.name[around] - names.name[around.start : around.start + 1], weight[around]
    kinds = names.codes[2, around]
    total = mass.sum() - np.bincount(name, mass)[name[here]]
    total[total <= 0] = 1.0
    shares = []
    for level, (settling, share, named, lead) in enumerate(
        (
            (_COUNTRY, "country_share", "country_named", "country_lead"),
            (_REGION, "region_share", "region_named", "region_lead"),
        )
    ):
        codes = names.codes[level, around]
        known = codes > 0
        _, codes = np.unique(codes, return_inverse=True)
        others, most = _of_others(name, codes, mass * known, here)
        naming, _ = _of_others(name, codes, mass * (known & (kinds == settling)), here)
        shares.append(others / total)
        features[:, _COLUMN[share]] = shares[level]
        features[:, _COLUMN[named]] = np.minimum(1.0, naming)
        features[:, _COLUMN[lead]] = others / max(most, 1e-9)
    kind = kinds[here]
    features[:, _COLUMN["inside_share"]] = np.where(
        kind == _COUNTRY, shares[0], np.where(kind == _REGION, shares[1], 0.0)
    )
    features[:, _COLUMN["kind_share"]] = _of_others(name, kinds, mass, here)[0] / total


def _of_others(name: Codes, codes: Codes, mass: Array, here: slice) -> tuple[Array, float]:
    """The mass that other names give the code of each candidate of `here`, and the most that any code has."""
    size = int(codes.max(initial=0)) + 1
    by_code = np.bincount(codes, mass, minlength=size)
    pairs = name * size + codes
    own = np.bincount(pairs, mass)
    most = float(by_code.max(initial=0.0))
    return np.maximum(0.0, by_code[codes[here]] - own[pairs[here]]), most


def _nearness(features: Array, names: Names, rows: slice, around: slice, weight: Array) -> None:
    """Fill in how near each candidate lies to what the other names may mean."""
    kinds = names.codes[2, around]
    points = np.flatnonzero((weight[around] >= LEAST_SHARE) & (kinds != _COUNTRY) & (kinds != _CONTINENT))
    points += around.start
    if not len(points):
        return
    distance = _distances(names.points[:, rows], names.points[:, points])
    distance[names.name[rows, None] == names.name[points]] = np.inf
    mass = weight[points]
    # One exponential for all reaches: the others are its powers.
    by_600 = np.exp(-distance / 600.0)
    by_300 = by_600 * by_600
    by_150 = by_300 * by_300
    by_60 = by_150 * by_150 * by_300
    for column, near in (("near_30", by_60 * by_60), ("near_150", by_150), ("near_600", by_600)):
        features[:, _COLUMN[column]] = np.log1p(near @ mass)
    features[:, _COLUMN["nearest"]] = (by_60 * np.minimum(1.0, mass)).max(axis=1)


def _distances(ones: Array, others: Array) -> Array:
    """Kilometres between all points of both on the unit sphere, by the chords between them: quicker than by angles."""
    squares = sum((np.subtract.outer(one, other) ** 2 for one, other in zip(ones, others, strict=True)), np.zeros(1))
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(np.sqrt(squares) / 2, 1.0)))
