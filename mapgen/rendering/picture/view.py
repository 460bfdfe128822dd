"""Maps latitude and longitude to the pixels of a picture, in Web Mercator."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import asinh, atan, degrees, radians, sinh, tan
from typing import TYPE_CHECKING

import numpy as np

from mapgen.geodesy import unwrap
from mapgen.model import Frame

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["HEIGHT", "WIDTH", "View", "path"]

WIDTH, HEIGHT = 960, 640
_MARGINS = (70.0, 44.0, 110.0, 64.0)  # left, top, right, bottom: for markers, names, scale and credits
_WORLD: Frame = (-50.0, -170.0, 72.0, 190.0)
_CLOSEST = 6000.0  # pixels a degree


@dataclass(frozen=True, slots=True)
class View:
    """A picture of a part of the world.

    Attributes:
        west: longitude of the left edge.
        top: of the upper edge, as Web Mercator draws it, degrees of longitude.
        scale: pixels a degree of longitude.
    """

    west: float
    top: float
    scale: float

    @staticmethod
    def of(scene: Frame | None) -> View:
        """Return the view that shows a scene; without one, the world."""
        south, west, north, east = scene or _WORLD
        left, above, right, below = _MARGINS
        low, high = _height(south), _height(north)
        free_x, free_y = WIDTH - left - right, HEIGHT - above - below
        scale = min(free_x / max(1e-6, east - west), free_y / max(1e-6, high - low), _CLOSEST)
        return View(
            west=(west + east) / 2 - (left + free_x / 2) / scale,
            top=(low + high) / 2 + (above + free_y / 2) / scale,
            scale=scale,
        )

    @property
    def frame(self) -> Frame:
        """South, west, north, east in degrees."""
        return (
            _latitude(self.top - HEIGHT / self.scale),
            self.west,
            _latitude(self.top),
            self.west + WIDTH / self.scale,
        )

    def point(self, lat: float, lon: float) -> tuple[float, float]:
        """Return the pixels of a place, from the left and from the top."""
        lon = unwrap(lon, self.west + WIDTH / 2 / self.scale)
        return ((lon - self.west) * self.scale, (self.top - _height(lat)) * self.scale)

    def pixels(self, projected: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the pixels of points that are projected already (`ground.lines.projected`)."""
        return (projected * [1.0, -1.0] + [-self.west, self.top]) * self.scale


def _height(lat: float) -> float:
    return degrees(asinh(tan(radians(max(-85.0, min(85.0, lat))))))


def _latitude(height: float) -> float:
    return degrees(atan(sinh(radians(max(-179.9, min(179.9, height))))))


def path(lines: Iterable[NDArray[np.float64]], *, closed: bool = False) -> str:
    """Return lines of pixels as the data of an SVG path: half pixels, each point as the step from the one before."""
    parts: list[str] = []
    for line in lines:
        points = np.rint(line * 2).astype(int)
        points = points[np.concatenate(([True], np.any(points[1:] != points[:-1], axis=1)))]
        if len(points) < (3 if closed else 2):
            continue
        steps = np.diff(points, axis=0)
        moved = "".join(
            f"{x}{'' if y < 0 else ' '}{y}{'' if n == len(steps) - 1 else ' '}"
            for n, (x, y) in enumerate(steps.tolist())
        )
        parts.append(f"M{points[0][0]} {points[0][1]}l{moved.replace(' -', '-')}{'z' if closed else ''}")
    return "".join(parts)
