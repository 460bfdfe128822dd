"""Features of a candidate from the other names of the document (`Group.COHERENCE`).

Names are ranked several times, as in the coherence pass of Leidner (2007): the first pass ranks every name by itself,
each later one uses the shares that the candidates of the other names have after the pass before. A name is no evidence
for itself. All candidates count with their shares, not only the top ones: four towns of which each could lie in Texas
are together more evidence than one by one (the joint disambiguation of Rauch, Bukatin & Baker 2003, softened).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mapgen.model import WRITTEN, Kind
from mapgen.resolution.arrays import Array, Flags, Integers, chord_distances, on_sphere
from mapgen.resolution.candidates import KIND_CODE, CandidateSet, Level
from mapgen.resolution.features import Group, block

__all__ = ["WINDOW", "DistinctNames", "coherence_features", "distinct_names"]

WINDOW = 60
"""Other names on each side, in order of mention, that a name is compared with: keeps long documents linear."""

LEAST_SHARE = 0.05
"""Candidates with a smaller share do not count as neighbours."""

_COLUMN, _BY_NAME = block(Group.COHERENCE), block(Group.NAME)
_AS_WRITTEN = [_BY_NAME[match] for match in WRITTEN]
_LEVELS = ((Level.DIVISION, "region", 1.0), (Level.DISTRICT, "district", 1e-9))
"""Levels of divisions that names are compared in, the beginning of their features' names, and how many names in common
lead at least: any two names meet in some region, where one in common is little; in a county it is much."""
_DIVISIONS = [_COLUMN[f"{prefix}_names{end}"] for _, prefix, _ in _LEVELS for end in ("", "_lead")]
_COUNTRY, _REGION, _DISTRICT, _CONTINENT = (
    KIND_CODE[kind] for kind in (Kind.COUNTRY, Kind.REGION, Kind.DISTRICT, Kind.CONTINENT)
)


@dataclass(frozen=True, slots=True, eq=False)
class DistinctNames:
    """The distinct names of a document, the candidates of all of them in one array. The arrays never change.

    Attributes:
        sets: the candidates of each name, in order of first mention.
        starts: the first candidate of each name and, last, the number of candidates.
        name: of each candidate, the position of its name.
        lat: of each candidate, radians.
        lon: radians.
        points: the same on the unit sphere: x, y, z, a column per candidate.
        codes: numbers of country, divisions and kind, a row per `Level`.
        inherited: whether the point is only that of the division above.
        sorts: numbers of `mapgen.resolution.features.Sort`.
        features: columns of `Group.NAME`.
        divisions: the coherence features that no share changes: the names in common of `_LEVELS`, two columns a level.
        prior: added to the scores.
    """

    sets: tuple[CandidateSet, ...]
    starts: Integers
    name: Integers
    lat: Array
    lon: Array
    points: Array
    codes: Integers
    inherited: Flags
    sorts: Integers
    features: Array
    divisions: Array
    prior: Array


def distinct_names(sets: Sequence[CandidateSet]) -> DistinctNames:
    """Return the candidates of a document's names in one array."""
    sizes = [len(each) for each in sets]
    empty = np.zeros(0)
    lat = np.concatenate([empty, *(each.lat for each in sets)])
    lon = np.concatenate([empty, *(each.lon for each in sets)])
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    name = np.repeat(np.arange(len(sets)), sizes)
    codes = np.concatenate([np.zeros((len(Level), 0), dtype=np.int64), *(each.codes for each in sets)], axis=1)
    features = np.concatenate([np.zeros((0, len(_BY_NAME))), *(each.features for each in sets)])
    return DistinctNames(
        sets=tuple(sets),
        starts=starts,
        name=name,
        lat=lat,
        lon=lon,
        points=on_sphere(lat, lon),
        codes=codes,
        inherited=np.concatenate([np.zeros(0, dtype=bool), *(each.inherited for each in sets)]),
        sorts=np.concatenate([np.zeros(0, dtype=np.int64), *(each.sorts for each in sets)]),
        features=features,
        divisions=_division_features(starts, name, codes, features),
        prior=np.concatenate([empty, *(each.prior for each in sets)]),
    )


def coherence_features(names: DistinctNames, weight: Array, demonyms: Mapping[str, float]) -> Array:
    """Return the features of all candidates, columns of `Group.COHERENCE`.

    Args:
        names: the candidates.
        weight: of each candidate: its share so far, times the root of the number of mentions of its name.
        demonyms: share of each country in the document's demonyms.
    """
    features = np.zeros((len(names.name), len(_COLUMN)))
    features[:, _DIVISIONS] = names.divisions
    for rows, around in _windows(names.starts):
        _fill_shares(features[rows], names, rows, around, weight)
        _fill_nearness(features[rows], names, rows, around, weight)
    country_share = features[:, _COLUMN["country_share"]]
    features[:, _COLUMN["home_population"]] = names.features[:, _BY_NAME["population"]] * country_share
    features[:, _COLUMN["home_rank"]] = names.features[:, _BY_NAME["country_rank"]] * country_share
    if demonyms:
        features[:, _COLUMN["demonym_share"]] = [
            demonyms.get(country, 0.0) for candidates in names.sets for country in candidates.country
        ]
    return features


def _windows(starts: Integers) -> Iterator[tuple[slice, slice]]:
    """The candidates of each `WINDOW` names, with those of these names and of as many on each side."""
    count = len(starts) - 1
    for first in range(0, count, WINDOW):
        last = min(count, first + WINDOW)
        low, high = max(0, first - WINDOW), min(count, last + WINDOW)
        yield slice(starts[first], starts[last]), slice(starts[low], starts[high])


def _fill_shares(features: Array, names: DistinctNames, rows: slice, around: slice, weight: Array) -> None:
    """Fill in how much of the document around lies in the country, in the region and inside each candidate.

    The sums over all other names are differences of two counts (`_of_others`): comparing every candidate with every
    other one would be quadratic.
    """
    here = slice(rows.start - around.start, rows.stop - around.start)
    name, mass = names.name[around] - names.name[around.start : around.start + 1], weight[around]
    kinds = names.codes[Level.KIND, around]
    total = mass.sum() - np.bincount(name, mass)[name[here]]
    total[total <= 0] = 1.0
    shares = []
    # That names share a district says no more than that they are near: its share and lead are no features.
    for level, kind_of_level, prefix in (
        (Level.COUNTRY, _COUNTRY, "country"),
        (Level.DIVISION, _REGION, "region"),
        (Level.DISTRICT, _DISTRICT, "district"),
    ):
        codes = names.codes[level, around]
        has_code = codes > 0
        _, codes = np.unique(codes, return_inverse=True)
        others, most = _of_others(name, codes, mass * has_code, here)
        naming, _ = _of_others(name, codes, mass * (has_code & (kinds == kind_of_level)), here)
        shares.append(others / total)
        features[:, _COLUMN[f"{prefix}_named"]] = np.minimum(1.0, naming)
        if level is not Level.DISTRICT:
            features[:, _COLUMN[f"{prefix}_share"]] = shares[-1]
            features[:, _COLUMN[f"{prefix}_lead"]] = others / max(most, 1e-9)
    kind = kinds[here]
    features[:, _COLUMN["inside_share"]] = np.select(
        [kind == _COUNTRY, kind == _REGION, kind == _DISTRICT], shares, default=0.0
    )
    features[:, _COLUMN["kind_share"]] = _of_others(name, kinds, mass, here)[0] / total


def _of_others(name: Integers, codes: Integers, mass: Array, here: slice) -> tuple[Array, float]:
    """The mass that other names give the code of each candidate of `here`, and the most that any code has."""
    size = int(codes.max(initial=0)) + 1
    by_code = np.bincount(codes, mass, minlength=size)
    pairs = name * size + codes
    own = np.bincount(pairs, mass)
    most = float(by_code.max(initial=0.0))
    return np.maximum(0.0, by_code[codes[here]] - own[pairs[here]]), most


def _division_features(starts: Integers, name: Integers, codes: Integers, of_names: Array) -> Array:
    """Return how many other names have a candidate in the divisions of each candidate, whatever its share.

    A local paper does not say where its towns lie, and most of them have a namesake that is better known: Paris, Athens
    and Palestine. By itself each means the famous one, and so do the shares. That all three have a candidate in one
    division shows the home of the text.

    Args:
        starts: the first candidate of each name and, last, the number of candidates.
        name: of each candidate, the position of its name.
        codes: of each candidate, a row per `Level`.
        of_names: columns of `Group.NAME`.
    """
    features = np.zeros((len(name), len(_DIVISIONS)))
    # Names that are spelled a little alike are in every division.
    as_written: Flags = np.asarray(of_names[:, _AS_WRITTEN].any(axis=1))
    for rows, around in _windows(starts):
        here = slice(rows.start - around.start, rows.stop - around.start)
        numbers = name[around] - name[around.start : around.start + 1]
        for column, (level, _, fewest) in enumerate(_LEVELS):
            common = _names_in_common(numbers, codes[level, around] * as_written[around], here)
            features[rows, 2 * column] = np.log1p(common)
            features[rows, 2 * column + 1] = common / max(fewest, float(common.max(initial=0.0)))
    return features


def _names_in_common(name: Integers, codes: Integers, here: slice) -> Array:
    """How many other names have a candidate in the division of each candidate of `here`.

    A name that has candidates in n divisions counts n ** -0.5 in each: that some Springfield lies there says little.

    Args:
        name: of each candidate, the number of its name, counted from 0.
        codes: of each candidate, the number of its division; 0 without one.
        here: the candidates that are asked for.
    """
    numbers, codes = np.unique(codes, return_inverse=True)
    name_of, code_of = np.divmod(np.unique(name * max(1, len(numbers)) + codes), max(1, len(numbers)))
    in_division = numbers[code_of] > 0
    name_of, code_of = name_of[in_division], code_of[in_division]
    weight = np.maximum(1, np.bincount(name_of, minlength=int(name.max(initial=0)) + 1)) ** -0.5
    others = np.bincount(code_of, weight[name_of], minlength=len(numbers))[codes[here]] - weight[name[here]]
    return np.maximum(0.0, others) * (numbers[codes[here]] > 0)


def _fill_nearness(features: Array, names: DistinctNames, rows: slice, around: slice, weight: Array) -> None:
    """Fill in how near each candidate lies to the candidates of the other names."""
    kinds = names.codes[Level.KIND, around]
    located = (kinds != _COUNTRY) & (kinds != _CONTINENT) & ~names.inherited[around]
    points = np.flatnonzero((weight[around] >= LEAST_SHARE) & located)
    points += around.start
    if not len(points):
        return
    distance = chord_distances(names.points[:, rows], names.points[:, points])
    distance[names.name[rows, None] == names.name[points]] = np.inf
    distance[names.inherited[rows]] = np.inf
    mass = weight[points]
    # One exponential for all reaches, the others are its powers: exponentials are most of the time of this function.
    by_600 = np.exp(-distance / 600.0)
    by_300 = by_600 * by_600
    by_150 = by_300 * by_300
    by_60 = by_150 * by_150 * by_300
    for column, near in (("near_30", by_60 * by_60), ("near_150", by_150), ("near_600", by_600)):
        features[:, _COLUMN[column]] = np.log1p(near @ mass)
    features[:, _COLUMN["nearest"]] = (by_60 * np.minimum(1.0, mass)).max(axis=1)
