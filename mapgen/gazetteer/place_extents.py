"""Where the towns of a country lie: tells a latitude and longitude that were swapped."""

from __future__ import annotations

from collections.abc import Callable, Iterable

__all__ = ["Extents", "Towns"]

Towns = Callable[[str], Iterable[tuple[float, float, str]]]
"""Returns latitude, longitude and first-level code of the towns of a country."""

_MARGIN = 2.0
"""Degrees beyond the outermost towns: coasts, deserts and islands without any."""


class Extents:
    """The boxes around the towns of countries, each measured when it is first asked for.

    Args:
        towns: of a country.
    """

    def __init__(self, towns: Towns) -> None:
        self._towns = towns
        self._boxes: dict[str, tuple[float, float, float, float] | None] = {}

    def is_swapped(self, country: str, lat: float, lon: float) -> bool:
        """Whether a point lies outside a country and inside it with latitude and longitude swapped."""
        return not self._holds(country, lat, lon) and self._holds(country, lon, lat)

    def is_outside(self, country: str, lat: float, lon: float) -> bool:
        """Whether a point lies far from all towns of a country; never for one without towns."""
        return self._box(country) is not None and not self._holds(country, lat, lon)

    def _holds(self, country: str, lat: float, lon: float) -> bool:
        box = self._box(country)
        if box is None:
            return False
        south, west, north, east = box
        return south - _MARGIN <= lat <= north + _MARGIN and west - _MARGIN <= lon <= east + _MARGIN

    def _box(self, country: str) -> tuple[float, float, float, float] | None:
        if country not in self._boxes:
            points = [(lat, lon) for lat, lon, _ in self._towns(country)]
            lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
            self._boxes[country] = (min(lats), min(lons), max(lats), max(lons)) if points else None
        return self._boxes[country]
