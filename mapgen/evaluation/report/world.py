"""Coasts and borders of the world, coarse, for the map of the errors."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

__all__ = ["STEPS", "world"]

STEPS = 25
"""Steps of a degree to which coordinates are rounded."""

_TOLERANCE = 0.06  # degrees
_LEAST = 0.4  # degrees: smaller islands and pieces of border are left out
_LAND, _ANTARCTICA = 1, 5


@lru_cache(maxsize=1)
def world() -> dict[str, list[list[int]]]:
    """Return `land` (rings) and `borders` (lines).

    Each is a list of whole numbers, longitude and latitude by turns in steps, every point but the first as the
    difference to the one before it.
    """
    return {"land": _lines("gshhs", (_LAND, _ANTARCTICA)), "borders": _lines("countries", ())}


def _lines(name: str, types: tuple[int, ...]) -> list[list[int]]:
    import shapely

    from mapgen.footprints.coastlines import read_lines

    lines = read_lines(name, "l")
    packed = []
    for number in range(len(lines.starts)):
        west, south, east, north = lines.boxes[number]
        if max(east - west, north - south) < _LEAST or (types and lines.types[number] not in types):
            continue
        start = lines.starts[number]
        points = lines.points[start : start + lines.lengths[number]]
        kept = shapely.get_coordinates(shapely.simplify(shapely.linestrings(points), _TOLERANCE))
        steps = np.rint(kept * STEPS).astype(np.int64)
        packed.append([int(value) for value in np.diff(steps, axis=0, prepend=0).reshape(-1)])
    return packed
