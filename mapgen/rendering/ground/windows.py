"""Chooses the windows of the basemap: which part of the world is drawn from which data, and how finely."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import cos, radians

from mapgen.footprints.coastlines import has_fine_lines
from mapgen.model import Frame

__all__ = ["WORLD", "Window", "chosen_windows", "extent", "picture_window"]

_SOUTHERNMOST = -57.0  # degrees: north of it lies all land but Antarctica
WORLD: Frame = (-90.0, -180.0, 90.0, 180.0)

_FAR_WINDOWS = 8
_FAR_HALF = 1.6  # degrees around a place that lies outside the scene
_FAR_WIDEST = 8.0
_LEAST_EXTENT = 1.2  # degrees: a smaller scene gets a window of this size
_LEAST_FINE = 0.25  # the same where the fine lines are installed
_WIDEST_FINE = 34.0  # degrees: a wider scene is drawn with the coarser lines
_LOCAL = 4.0  # degrees: a smaller scene is drawn with the fine lines, where they are installed …
_SMALL_SCALE = 12.0  # pixels a degree
_STREETS = 0.8  # … and one smaller than this with the finest


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the world, drawn at one resolution.

    Attributes:
        frame: south, west, north, east in degrees.
        resolution: of `coastlines.read_lines`: "f" (0.1 km), "h" (0.2 km), "i" (1 km), "l" (5 km) or "c" (25 km).
        tolerance: simplification, degrees.
        per_degree: steps to which coordinates are rounded.
        least: islands of a smaller extent are left out, degrees.
        least_river: rivers of a smaller extent are left out, degrees.
        antarctica: whether that land is drawn; on a map of the world it takes a fifth of the height.
    """

    frame: Frame
    resolution: str
    tolerance: float
    per_degree: int
    least: float
    least_river: float
    antarctica: bool = True


_COARSE = Window(frame=WORLD, resolution="l", tolerance=0.11, per_degree=20, least=0.8, least_river=6.0)
"""The world of every page: its first views show a degree on less than ten pixels."""
_BARE = replace(_COARSE, tolerance=0.18, per_degree=10, least=1.2, least_river=12.0, antarctica=False)
"""The world of a page without a place: a degree on five pixels, and nothing to zoom in on but what a reader adds."""


def chosen_windows(scene: Frame | None, far: Iterable[tuple[float, float]]) -> tuple[Window, ...]:
    """Return the windows to draw, the coarsest first: the world, far places, the scene.

    Args:
        scene: the frame of the first view, or None.
        far: (latitude, longitude) of places that may lie outside of it, the most mentioned first.
    """
    if scene is None:
        return (_BARE,)
    fine = _around(scene)
    rest: list[Window] = []
    far = list(far)
    antarctica = min([scene[0], *(lat for lat, _ in far)]) < _SOUTHERNMOST
    for lat, lon in far:
        if len(rest) >= _FAR_WINDOWS:
            break
        known = [window.frame for window in rest] + ([fine.frame] if fine else [])
        if any(frame[0] <= lat <= frame[2] and frame[1] <= lon <= frame[3] for frame in known):
            continue
        wide = min(_FAR_WIDEST, _FAR_HALF / max(0.2, cos(radians(lat))))
        rest.append(
            Window(
                frame=(max(-90.0, lat - _FAR_HALF), lon - wide, min(90.0, lat + _FAR_HALF), lon + wide),
                resolution="i",
                tolerance=0.006,
                per_degree=250,
                least=0.02,
                least_river=0.3,
            )
        )
    return (replace(_COARSE, antarctica=antarctica), *rest, *([fine] if fine else []))


def picture_window(frame: Frame, scale: float) -> Window:
    """Return the window of a picture.

    Args:
        frame: what the picture shows.
        scale: pixels a degree of longitude.
    """
    size = frame[3] - frame[1]
    fine = has_fine_lines() and size < _LOCAL
    resolution = "h" if fine else "i" if size < _WIDEST_FINE else "l"
    pixel = 1.0 / scale
    rough = 1.0 if scale > _SMALL_SCALE else 2.5  # a map of the world has as much coast as all others together
    return Window(
        frame, resolution, 0.5 * rough * pixel, round(4 * scale), least=3.0 * rough * pixel, least_river=50.0 * pixel
    )


def extent(frame: Frame) -> float:
    """Return the larger of the height and the width of a frame, degrees of latitude."""
    south, west, north, east = frame
    return max(north - south, (east - west) * cos(radians((south + north) / 2)))


def _around(scene: Frame) -> Window | None:
    """The window of the scene and as much on each side; None for a scene as wide as the world."""
    south, west, north, east = scene
    installed = has_fine_lines()
    least = _LEAST_FINE if installed else _LEAST_EXTENT
    high, wide = max(least, north - south), max(least, east - west)
    frame = (max(-90.0, south - high), west - 1.2 * wide, min(90.0, north + high), east + 1.2 * wide)
    size = max(high, wide)
    if size > 3 * _WIDEST_FINE:
        return None
    if size > _WIDEST_FINE:
        return Window(frame, resolution="l", tolerance=0.02, per_degree=100, least=0.15, least_river=1.5)
    local = installed and extent(scene) < _LOCAL
    return Window(
        frame=frame,
        resolution=("f" if extent(scene) < _STREETS else "h") if local else "i",
        tolerance=min(0.02, 0.0007 * size),
        per_degree=2000 if local else 400,
        least=(0.005 if local else 0.012) * size,
        least_river=(0.03 if local else 0.1) * size,
    )
