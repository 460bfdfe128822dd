"""Chooses the towns of the ground and the zoom from which each is shown: evenly over the map, at every scale.

A town is shown once it is far enough on the screen from every larger one, so that each view has its largest towns
and zooming in brings more of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log2
from typing import TYPE_CHECKING

import numpy as np

from mapgen.model import Frame, Kind, Place

if TYPE_CHECKING:
    from mapgen.gazetteer import Gazetteer

__all__ = ["MOST_TOWNS", "ground_towns", "town_zooms"]

MOST_TOWNS = 240
_READ_AROUND, _READ_INSIDE = 320, 320  # places that are read of the gazetteer
_APART = 105.0  # pixels between two towns
_WIDTH = 900.0  # pixels: of the map at the first view
_DEEPER_INSIDE, _DEEPER_AROUND = 3.5, 1.0  # zooms beyond that of the first view
_TILE = 256.0
_DEEPEST = 14.0
_TOWNS = frozenset({Kind.CITY, Kind.VILLAGE})
_AT_ONCE = 64  # towns whose distances from all larger ones are computed together
_LATER = np.triu(np.ones((_AT_ONCE, _AT_ONCE), dtype=np.bool_))  # of those, which are no larger ones of each


def ground_towns(gazetteer: Gazetteer, frame: Frame | None) -> tuple[Place, ...]:
    """Return the towns in a scene and half its size around it, as `Gazetteer.bare` has them, the most important first.

    Args:
        gazetteer: source of the towns.
        frame: the scene; without one there are none.
    """
    if frame is None:
        return ()
    south, west, north, east = frame
    high, wide = (north - south) / 2, (east - west) / 2
    around = (max(-90.0, south - high), west - wide, min(90.0, north + high), east + wide)
    read = [*gazetteer.towns_within(*around, limit=_READ_AROUND), *gazetteer.towns_within(*frame, limit=_READ_INSIDE)]
    towns = sorted(
        {place.id: place for place in read if place.kind in _TOWNS}.values(),
        key=lambda place: (-place.population, place.id),
    )
    first = log2(_WIDTH * 360.0 / (_TILE * max(0.02, (east - west) * 1.2, (north - south) * 1.5)))
    chosen = []
    for zoom, place in sorted(zip(town_zooms(towns), towns, strict=True), key=lambda pair: pair[0]):
        inside = south <= place.lat <= north and west <= place.lon + 360.0 * round((west - place.lon) / 360.0) <= east
        if zoom <= first + (_DEEPER_INSIDE if inside else _DEEPER_AROUND):
            chosen.append(place)
    # In the order of their size: it is that of the zooms, and names are placed in it.
    return tuple(sorted(chosen[:MOST_TOWNS], key=lambda place: (-place.population, place.id)))


def town_zooms(towns: Sequence[Place]) -> list[float]:
    """Return the zoom from which each town is shown, the largest town first; capitals are shown a little earlier."""
    if not towns:
        return []
    points = np.array([(town.lon, town.lat) for town in towns], dtype=np.float64)
    shrink = np.maximum(0.1, np.cos(np.radians(points[:, 1])))
    turned = float(np.ptp(points[:, 0])) > 180.0
    nearest = [360.0]
    for start in range(1, len(towns), _AT_ONCE):
        end = min(len(towns), start + _AT_ONCE)
        # From each of these towns, a row, to all before the last of them.
        east = points[None, :end, 0] - points[start:end, 0, None]
        if turned:
            east = (east + 180.0) % 360.0 - 180.0
        north = (points[None, :end, 1] - points[start:end, 1, None]) / shrink[start:end, None]
        square = east * east + north * north
        square[:, start:end][_LATER[: end - start, : end - start]] = np.inf
        nearest += np.sqrt(square.min(axis=1)).tolist()
    zooms = np.log2(_APART * 360.0 / (_TILE * np.maximum(nearest, 1e-4))) - [float(town.capital) for town in towns]
    return [round(zoom, 1) for zoom in np.clip(zooms, 0.0, _DEEPEST).tolist()]
