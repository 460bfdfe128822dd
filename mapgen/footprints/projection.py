"""The stereographic projection of the sphere, on which outlines are computed.

Its unit is the kilometre and its scale is the same in all directions. Circles stay circles, so that the cells of cities
are nearly those on the sphere, however large the country. Neither the antimeridian nor a pole is a special case, only
the antipode of the centre.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin
from typing import TYPE_CHECKING

import numpy as np

from mapgen.geodesy import EARTH_RADIUS_KM

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Stereographic"]


@dataclass(frozen=True, slots=True)
class Stereographic:
    """The stereographic projection of the sphere around a centre.

    Attributes:
        lat: latitude of the centre, degrees.
        lon: longitude of the centre, degrees; longitudes come back within half a turn of it.
    """

    lat: float
    lon: float

    def forward(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return kilometres east and north of the centre for (n, 2) longitudes and latitudes."""
        lam, phi = np.radians(points[:, 0] - self.lon), np.radians(points[:, 1])
        sin0, cos0 = sin(radians(self.lat)), cos(radians(self.lat))
        facing = 1.0 + sin0 * np.sin(phi) + cos0 * np.cos(phi) * np.cos(lam)
        scale = 2.0 * EARTH_RADIUS_KM / np.maximum(facing, 1e-9)
        east = np.cos(phi) * np.sin(lam)
        north = cos0 * np.sin(phi) - sin0 * np.cos(phi) * np.cos(lam)
        return np.column_stack((scale * east, scale * north))

    def inverse(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Undo `forward`."""
        x, y = points[:, 0], points[:, 1]
        sin0, cos0 = sin(radians(self.lat)), cos(radians(self.lat))
        radius = np.hypot(x, y)
        angle = 2.0 * np.arctan2(radius, 2.0 * EARTH_RADIUS_KM)
        share = np.divide(np.sin(angle), radius, out=np.zeros_like(radius), where=radius > 0.0)
        phi = np.arcsin(np.clip(np.cos(angle) * sin0 + y * share * cos0, -1.0, 1.0))
        lam = np.arctan2(x * share, cos0 * np.cos(angle) - y * share * sin0)
        return np.column_stack((self.lon + np.degrees(lam), np.degrees(phi)))
