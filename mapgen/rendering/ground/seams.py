"""Makes the borders between regions of their outlines, each once.

Neighbours share a border, and outlines end at coasts and at the borders of countries, which are drawn already. What is
left is drawn as lines of the ground, those of the regions that the document names apart from the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import shape

from mapgen.footprints.coastlines import coasts_and_borders
from mapgen.kinds import DIVISIONS
from mapgen.model import Footprint, FootprintType, ParsedDocument
from mapgen.rendering.ground.lines import projected
from mapgen.rendering.polylines import encode

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["packed_seams", "seams"]

_STEPS = 500  # in a degree: outlines are approximate
_DRAWN = 0.04  # degrees: an outline so close to a coast or to the border of a country is one with it
_LEAST = 0.05  # degrees: a shorter rest of an outline is none of its borders
_MARGIN = 0.5  # degrees


def packed_seams(parsed: ParsedDocument) -> dict[str, Any] | None:
    """Return the borders between the regions of a page as JSON-ready values, or None without any.

    Keys: `q` (steps in a degree), and packed lines: `named` of the regions in the text, `other` of those around them.
    """
    named, other = seams(parsed)
    if not named and not other:
        return None
    return {
        "q": _STEPS,
        "named": encode([projected(line) for line in named], per_degree=_STEPS),
        "other": encode([projected(line) for line in other], per_degree=_STEPS),
    }


def seams(parsed: ParsedDocument) -> tuple[list[NDArray[np.float64]], list[NDArray[np.float64]]]:
    """Return the borders of the regions that a document names, and those of the other regions around its scene.

    Lines of longitude and latitude; no part of a border is in two of them.
    """
    others = {place.id for place, _ in parsed.places if place.kind not in DIVISIONS}
    areas = [
        footprint
        for footprint in parsed.footprints
        if footprint.type is FootprintType.AREA and footprint.approximate and footprint.place_id not in others
    ]
    named = _boundary([area for area in areas if area.spans])
    other = shapely.difference(_boundary([area for area in areas if not area.spans]), named)
    both = shapely.union_all([named, other])
    if both.is_empty:
        return [], []
    west, south, east, north = both.bounds
    box = (west - _MARGIN, max(-90.0, south - _MARGIN), east + _MARGIN, min(90.0, north + _MARGIN))
    # A buffer around all coasts of a continent takes half a minute: only the lines near a border matter.
    near = shapely.intersection(coasts_and_borders(box), shapely.buffer(both, 2 * _DRAWN, quad_segs=2))
    drawn = shapely.buffer(near, _DRAWN, quad_segs=2)
    return _lines(shapely.difference(named, drawn)), _lines(shapely.difference(other, drawn))


def _boundary(areas: Sequence[Footprint]) -> Any:
    return shapely.union_all([shapely.boundary(shape(dict(area.geometry))) for area in areas])


def _lines(geometry: Any) -> list[NDArray[np.float64]]:
    parts = shapely.get_parts(geometry)
    parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING]
    if not len(parts):
        return []
    merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(list(parts))))
    return [shapely.get_coordinates(line) for line in merged if shapely.length(line) >= _LEAST]
