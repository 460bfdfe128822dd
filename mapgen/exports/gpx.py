"""GPX 1.1 (Topografix): a waypoint a place, its excerpts in the description; outlines and lines as tracks."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from mapgen import __version__
from mapgen.exports.rows import by_place, excerpts, shapes
from mapgen.exports.xml import add, finished
from mapgen.model import ParsedDocument

__all__ = ["write"]

Point = tuple[float, float]


def write(parsed: ParsedDocument) -> str:
    """Return the places as GPX, for satellite navigators, which show points and lines but no areas."""
    gpx = ElementTree.Element(
        "gpx", version="1.1", creator=f"mapgen {__version__}", xmlns="http://www.topografix.com/GPX/1/1"
    )
    metadata = add(gpx, "metadata")
    add(metadata, "name", parsed.document.title or parsed.document.source)
    for mentions in by_place(parsed):
        first = mentions[0]
        waypoint = add(gpx, "wpt", lat=_degrees(first["lat"]), lon=_degrees(_turned(first["lon"])))
        add(waypoint, "name", first["name"])
        add(waypoint, "desc", excerpts(mentions))
        add(waypoint, "src", f"{first['source']} {first['place_id']}")
        if first["geonameid"] is not None:
            add(waypoint, "link", href=f"https://www.geonames.org/{first['geonameid']}")
        add(waypoint, "type", first["kind"])
    for footprint in shapes(parsed):
        lines = [part for line in _lines(footprint.geometry) for part in _within_the_world(line)]
        if not lines:
            continue
        track = add(gpx, "trk")
        add(track, "name", footprint.label)
        add(track, "type", str(footprint.type))
        for line in lines:
            segment = add(track, "trkseg")
            for lon, lat in line:
                add(segment, "trkpt", lat=_degrees(lat), lon=_degrees(lon))
    ElementTree.indent(gpx)
    return finished(gpx)


def _lines(geometry: Mapping[str, Any]) -> Iterator[Sequence[Sequence[float]]]:
    """All lines and rings of a GeoJSON geometry."""
    match geometry["type"]:
        case "LineString":
            yield geometry["coordinates"]
        case "Polygon" | "MultiLineString":
            yield from geometry["coordinates"]
        case "MultiPolygon":
            for polygon in geometry["coordinates"]:
                yield from polygon
        case "GeometryCollection":
            for part in geometry["geometries"]:
                yield from _lines(part)


def _within_the_world(line: Sequence[Sequence[float]]) -> Iterator[list[Point]]:
    """Cut a line where it crosses the 180th meridian: longitudes of GPX lie from -180 to below 180."""
    points = [(_turned(point[0]), point[1]) for point in line]
    cuts = [at for at, (one, two) in enumerate(itertools.pairwise(points), start=1) if abs(one[0] - two[0]) > 180.0]
    for low, high in itertools.pairwise((0, *cuts, len(points))):
        if high - low > 1:
            yield points[low:high]


def _turned(lon: float) -> float:
    return lon if -180.0 <= lon < 180.0 else (lon + 180.0) % 360.0 - 180.0


def _degrees(value: float) -> str:
    return f"{value:.7f}".rstrip("0").rstrip(".")
