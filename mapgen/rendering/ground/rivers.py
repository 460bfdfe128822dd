"""Selects the rivers of a map as whole courses.

The data cut a river wherever another one meets it. Short pieces are therefore not left out one by one, which would
break the river, but only where they are a dead end: a brook that leads nowhere on the map.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["courses"]

_JOINED = 1e-3  # degrees: ends of pieces that are so close are one point


def courses(pieces: NDArray[Any], least: float) -> NDArray[Any]:
    """Return the rivers without small ones, joined from one confluence to the next.

    Args:
        pieces: shapely LineStrings, degrees.
        least: the extent of the smallest river and of the smallest tributary, degrees.
    """
    if not len(pieces):
        return pieces
    merged = _merged(pieces)
    merged = merged[_large_networks(merged, least)]
    while True:
        kept = merged[~_dead_ends(merged, least)]
        if len(kept) == len(merged):
            return kept
        # A tributary that is gone leaves two pieces of the river that are now one.
        merged = _merged(kept)


def _merged(pieces: NDArray[Any]) -> NDArray[Any]:
    if not len(pieces):
        return pieces
    parts: NDArray[Any] = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(list(pieces))))
    return parts


def _extents(lines: NDArray[Any]) -> NDArray[np.float64]:
    west, south, east, north = shapely.bounds(lines).reshape(-1, 4).T
    return np.asarray(np.maximum(east - west, north - south))


def _ends(lines: NDArray[Any]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The first and the last point of each line, rounded so that equal points are equal."""
    first, last = (np.rint(shapely.get_coordinates(shapely.get_point(lines, at)) / _JOINED) for at in (0, -1))
    return [((int(a), int(b)), (int(c), int(d))) for (a, b), (c, d) in zip(first, last, strict=True)]


def _dead_ends(lines: NDArray[Any], least: float) -> NDArray[np.bool_]:
    """Which lines are short and have an end that no other line touches."""
    ends = _ends(lines)
    touching: dict[tuple[int, int], int] = defaultdict(int)
    for pair in ends:
        for end in set(pair):
            touching[end] += 1
    loose = np.array([any(touching[end] == 1 for end in pair) for pair in ends], dtype=bool)
    return np.asarray(loose & (_extents(lines) < least))


def _large_networks(lines: NDArray[Any], least: float) -> NDArray[np.bool_]:
    """Which lines belong to a network of rivers of at least this extent."""
    owner = _networks(_ends(lines))
    west, south, east, north = shapely.bounds(lines).T
    names, index = np.unique(owner, return_inverse=True)
    low = np.full((len(names), 2), np.inf)
    high = np.full((len(names), 2), -np.inf)
    np.minimum.at(low, index, np.column_stack((west, south)))
    np.maximum.at(high, index, np.column_stack((east, north)))
    return np.asarray((high - low).max(axis=1)[index] >= least)


def _networks(ends: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> NDArray[np.int64]:
    """The number of the network of each line: lines that share an end are in one."""
    known: dict[tuple[int, int], tuple[int, int]] = {}

    def root(point: tuple[int, int]) -> tuple[int, int]:
        while known.setdefault(point, point) != point:
            known[point] = point = known[known[point]]
        return point

    for one, other in ends:
        known[root(one)] = root(other)
    numbers: dict[tuple[int, int], int] = {}
    return np.array([numbers.setdefault(root(one), len(numbers)) for one, _ in ends], dtype=np.int64)
