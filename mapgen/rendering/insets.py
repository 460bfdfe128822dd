"""Small maps beside the large one: insets of far places that lie together, and a globe that shows where the scene is.

Both are SVG, drawn here: the page only shows them. A text may have several scenes (a report on ten regions); what the
frame of the first view leaves out would otherwise be a name at its edge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import asinh, cos, degrees, radians, sin, tan

import numpy as np
import shapely
from numpy.typing import NDArray

from mapgen.footprints.coastlines import read_lines
from mapgen.geodesy import distance_km, unwrap
from mapgen.kinds import VAST
from mapgen.model import Frame, ParsedDocument, Place

__all__ = ["Dot", "Globe", "Inset", "globe", "insets"]

_MOST_INSETS = 4
_LEAST_PLACES = 3
_TOGETHER_KM = 600.0  # from the most mentioned place of an inset
_WIDTH, _HEIGHT = 132.0, 88.0  # pixels
_RIM, _TITLE = 13.0, 18.0  # pixels: no dot is nearer to a side, nor under the title at the top
_LEAST_DEGREES = 4.0  # half the width of an inset around places at one point
_FINE_DEGREES = 9.0  # narrower insets are drawn with the lines of 1 km
_LAND, _LAKE, _ANTARCTICA = 1, 2, 5
_GLOBE = 40.0  # pixels: the radius
_LEAST_AREA_KM2 = 20_000.0  # smaller islands are not seen on the globe
_WIDEST_SCENE = 60.0  # degrees: a wider scene needs no globe
_LEAST_MARK = 2.5  # pixels: half the size of the scene's mark on the globe


@dataclass(frozen=True, slots=True)
class Dot:
    """A place of an inset: number on the page, kind, and where it lies, pixels."""

    number: int
    kind: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Inset:
    """A small map: its title, frame, the paths of land and borders, and its places."""

    title: str
    frame: Frame
    land: str
    lines: str
    dots: tuple[Dot, ...]
    width: float = _WIDTH
    height: float = _HEIGHT


@dataclass(frozen=True, slots=True)
class Globe:
    """A globe: the paths of its land and of the scene's frame, its radius, and the scene's mark where that is tiny."""

    land: str
    scene: str
    radius: float = _GLOBE
    mark: tuple[float, float] | None = None


def insets(parsed: ParsedDocument, language: str) -> tuple[Inset, ...]:
    """Return the insets of a document, those with most mentions first; none where the scene holds all that belongs."""
    if parsed.scene is None:
        return ()
    weights = {place.id: len(toponyms) for place, toponyms in parsed.places}
    numbers = {place.id: number for number, (place, _) in enumerate(parsed.places)}
    waiting = [
        place for place, _ in parsed.places if place.kind not in VAST and not _holds(parsed.scene, place.lat, place.lon)
    ]
    waiting.sort(key=lambda place: -weights[place.id])
    found: list[list[Place]] = []
    while waiting:
        first = waiting[0]
        near = [one for one in waiting if distance_km(first.lat, first.lon, one.lat, one.lon) <= _TOGETHER_KM]
        waiting = [one for one in waiting if one not in near]
        if len({(one.lat, one.lon) for one in near}) >= _LEAST_PLACES:
            found.append(near)
    found.sort(key=lambda places: -sum(weights[place.id] for place in places))
    return tuple(_inset(places, numbers, language) for places in found[:_MOST_INSETS])


def _holds(frame: Frame, lat: float, lon: float) -> bool:
    south, west, north, east = frame
    return south <= lat <= north and west <= unwrap(lon, (west + east) / 2) <= east


def _inset(places: Sequence[Place], numbers: dict[str, int], language: str) -> Inset:
    middle = places[0].lon
    x = np.array([unwrap(place.lon, middle) for place in places])
    y = np.array([_mercator(place.lat) for place in places])
    centre = (x.min() + x.max()) / 2, (y.min() + y.max()) / 2
    half = max(
        (x.max() - x.min()) / 2 / (_WIDTH / 2 - _RIM),
        (y.max() - y.min()) / (_HEIGHT - _TITLE - 2 * _RIM),
        _LEAST_DEGREES / (_WIDTH / 2),
    )  # degrees in a pixel
    centre = centre[0], centre[1] + half * _TITLE / 2
    box = (
        centre[0] - half * _WIDTH / 2,
        centre[1] - half * _HEIGHT / 2,
        centre[0] + half * _WIDTH / 2,
        centre[1] + half * _HEIGHT / 2,
    )

    def pixels(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(((points[:, 0] - box[0]) / half, (box[3] - points[:, 1]) / half))

    at = pixels(np.column_stack((x, y)))
    names = ", ".join(place.label(language) for place in places[:2])
    return Inset(
        title=names + (f" +{len(places) - 2}" if len(places) > 2 else ""),
        frame=(_latitude(box[1]), box[0], _latitude(box[3]), box[2]),
        land=_path([pixels(ring) for ring in _lines(box, "gshhs", half)], closed=True),
        lines=_path([pixels(line) for line in _lines(box, "countries", half)], closed=False),
        dots=tuple(
            Dot(number=numbers[place.id], kind=str(place.kind), x=round(float(px), 1), y=round(float(py), 1))
            for place, (px, py) in zip(places, at, strict=True)
        ),
    )


def _lines(box: tuple[float, float, float, float], name: str, pixel: float) -> list[NDArray[np.float64]]:
    """Shores or borders inside a box of longitudes and projected latitudes, simplified to what a pixel shows."""
    west, south, east, north = box
    lines = read_lines(name, "i" if east - west < _FINE_DEGREES else "l")
    low, high = _latitude(south), _latitude(north)
    closed = name == "gshhs"
    found: list[NDArray[np.float64]] = []
    for turn in (-360.0, 0.0, 360.0):
        left, bottom, right, top = lines.boxes.T
        chosen = (right + turn >= west) & (left + turn <= east) & (top >= low) & (bottom <= high)
        chosen &= (lines.lengths >= 4) & (np.maximum(right - left, top - bottom) >= 2 * pixel)
        if closed:
            chosen &= np.isin(lines.types, (_LAND, _LAKE, _ANTARCTICA))
        for index in np.flatnonzero(chosen):
            points = lines.points[lines.starts[index] : lines.starts[index] + lines.lengths[index]].copy()
            points = np.column_stack((points[:, 0] + turn, _mercators(points[:, 1])))
            shape = shapely.Polygon(points) if closed else shapely.LineString(points)
            # A little beyond the frame, so that the cut is not seen as a shore.
            rim = 4 * pixel
            part = shapely.clip_by_rect(shape, west - rim, south - rim, east + rim, north + rim)
            part = shapely.simplify(part, 0.7 * pixel, preserve_topology=False)
            for single in shapely.get_parts(part):
                if not single.is_empty:
                    ring = shapely.get_exterior_ring(single) if closed else single
                    found.append(shapely.get_coordinates(ring))
    return found


def _path(lines: Sequence[NDArray[np.float64]], *, closed: bool) -> str:
    """The `d` of an SVG path, in whole and half pixels; lakes lie inside land and are its holes (fill rule evenodd)."""
    parts = []
    for line in lines:
        rounded = np.round(line * 2) / 2
        kept = rounded[np.concatenate(([True], (np.diff(rounded, axis=0) != 0).any(axis=1)))]
        if len(kept) > 2 or (not closed and len(kept) > 1):
            parts.append("M" + " ".join(f"{x:g} {y:g}" for x, y in kept) + ("z" if closed else ""))
    return "".join(parts)


def globe(scene: Frame | None) -> Globe | None:
    """Return the globe turned to the scene, or None where the scene is none or too wide to need one."""
    if scene is None or scene[3] - scene[1] > _WIDEST_SCENE or scene[2] - scene[0] > _WIDEST_SCENE:
        return None
    south, west, north, east = scene
    centre = (0.7 * (south + north) / 2, (west + east) / 2)
    edge = np.linspace(0.0, 1.0, 9)[:-1]
    lons = np.concatenate(
        (west + edge * (east - west), np.full(8, east), east - edge * (east - west), np.full(8, west))
    )
    lats = np.concatenate(
        (np.full(8, south), south + edge * (north - south), np.full(8, north), north - edge * (north - south))
    )
    frame = _orthographic(np.column_stack((lons, lats)), centre)
    size = float(max(np.ptp(frame[:, 0]), np.ptp(frame[:, 1])))
    middle = frame.mean(axis=0)
    mark = (round(float(middle[0]), 1), round(float(middle[1]), 1)) if size < 2 * _LEAST_MARK else None
    rings = [_orthographic(ring, centre) for ring in _continents()]
    seen = [ring for ring in rings if (np.hypot(ring[:, 0], ring[:, 1]) < _GLOBE - 0.5).any()]
    land = [shapely.get_coordinates(shapely.simplify(shapely.LineString(ring), 0.5)) for ring in seen]
    return Globe(land=_path(land, closed=True), scene=_path([frame], closed=True), mark=mark)


@lru_cache(maxsize=1)
def _continents() -> tuple[NDArray[np.float64], ...]:
    """The shores of the world as a globe of eighty pixels shows them."""
    lines = read_lines("gshhs", "c")
    chosen = np.isin(lines.types, (_LAND, _ANTARCTICA)) & (lines.areas >= _LEAST_AREA_KM2)
    rings = []
    for index in np.flatnonzero(chosen):
        points = lines.points[lines.starts[index] : lines.starts[index] + lines.lengths[index]]
        rings.append(
            shapely.get_coordinates(shapely.simplify(shapely.LineString(points), 1.0, preserve_topology=False))
        )
    return tuple(ring for ring in rings if len(ring) >= 4)


def _orthographic(points: NDArray[np.float64], centre: tuple[float, float]) -> NDArray[np.float64]:
    """Points on a globe, pixels from its middle; those behind it lie on its rim."""
    phi, lam = np.radians(points[:, 1]), np.radians(points[:, 0] - centre[1])
    phi0 = radians(centre[0])
    x = np.cos(phi) * np.sin(lam)
    y = cos(phi0) * np.sin(phi) - sin(phi0) * np.cos(phi) * np.cos(lam)
    behind = sin(phi0) * np.sin(phi) + cos(phi0) * np.cos(phi) * np.cos(lam) < 0
    far = np.hypot(x, y)
    scale = np.where(behind & (far > 0), 1.0 / np.maximum(far, 1e-9), 1.0)
    return np.column_stack((x * scale, -y * scale)) * _GLOBE


def _mercator(lat: float) -> float:
    return degrees(asinh(tan(radians(max(-85.05, min(85.05, lat))))))


def _mercators(lats: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.degrees(np.arcsinh(np.tan(np.radians(np.clip(lats, -85.05, 85.05)))))


def _latitude(y: float) -> float:
    return float(np.degrees(np.arctan(np.sinh(np.radians(y)))))
