"""Outlines as arrays: a thirtieth of the memory of GeoJSON's nested lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mapgen.footprints.geometry import DECIMALS
from mapgen.geodesy import unwrap
from mapgen.model import Frame

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Packed", "pack"]

_STEPS = 10**DECIMALS  # of a degree: what geometries are rounded to


@dataclass(frozen=True, slots=True, eq=False)
class Packed:
    """A GeoJSON Polygon or MultiPolygon.

    Attributes:
        lengths: the number of points of each ring, by polygon; the outer ring comes first.
        points: of all rings in a row, (n, 2), longitude first, in steps of `DECIMALS` decimals of a degree.
        boxes: south, west, north, east of each polygon, (polygons, 4), degrees.
    """

    lengths: tuple[tuple[int, ...], ...]
    points: NDArray[np.int32]
    boxes: NDArray[np.float64]

    @property
    def nbytes(self) -> int:
        """The memory that it takes, estimated, bytes."""
        arrays = int(self.points.nbytes) + int(self.boxes.nbytes)
        return arrays + 500 + sum(60 + 8 * len(rings) for rings in self.lengths)

    def geometry(self) -> Mapping[str, Any]:
        """Return the GeoJSON geometry; equal to the one that was packed."""
        points = (self.points / _STEPS).tolist()
        polygons, at = [], 0
        for rings in self.lengths:
            polygon = []
            for length in rings:
                polygon.append(points[at : at + length])
                at += length
            polygons.append(polygon)
        if len(polygons) == 1:
            return {"type": "Polygon", "coordinates": polygons[0]}
        return {"type": "MultiPolygon", "coordinates": polygons}

    def touches(self, frame: Frame) -> bool:
        """Return whether the box of one of the polygons reaches into a frame."""
        south, west, north, east = frame
        for low, left, high, right in self.boxes.tolist():
            turn = unwrap(left, (west + east) / 2) - left
            if low < north and high > south and left + turn < east and right + turn > west:
                return True
        return False


def pack(geometry: Mapping[str, Any]) -> Packed:
    """Return a GeoJSON Polygon or MultiPolygon as arrays.

    Raises:
        ValueError: it is of another type, or has no points.
        KeyError: a member is missing.
    """
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"a {geometry['type']} is no area")
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    degrees = np.array([point[:2] for rings in polygons for ring in rings for point in ring], dtype=np.float64)
    boxes = []
    for rings in polygons:
        lon, lat = zip(*rings[0], strict=True)
        boxes.append((min(lat), min(lon), max(lat), max(lon)))
    return Packed(
        lengths=tuple(tuple(len(ring) for ring in rings) for rings in polygons),
        points=np.rint(degrees.reshape(-1, 2) * _STEPS).astype(np.int32),
        boxes=np.array(boxes, dtype=np.float64).reshape(-1, 4),
    )
