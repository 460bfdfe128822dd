"""KML 2.2 (OGC 07-147r2): a placemark a place, its excerpts in the description; then the footprints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from mapgen.exports.rows import by_place, excerpts, shapes
from mapgen.exports.xml import add, finished
from mapgen.model import ParsedDocument

__all__ = ["write"]


def write(parsed: ParsedDocument) -> str:
    """Return the places as KML, and their footprints in a folder."""
    kml = ElementTree.Element("kml", xmlns="http://www.opengis.net/kml/2.2")
    document = add(kml, "Document")
    add(document, "name", parsed.document.title or parsed.document.source)
    for mentions in by_place(parsed):
        first = mentions[0]
        placemark = add(document, "Placemark")
        add(placemark, "name", first["name"])
        add(placemark, "description", excerpts(mentions))
        extended = add(placemark, "ExtendedData")
        for key in ("place_id", "geonameid", "kind", "country", "region", "source", "probability", "decision"):
            if first[key] is not None:
                add(add(extended, "Data", name=key), "value", str(first[key]))
        add(add(placemark, "Point"), "coordinates", f"{first['lon']},{first['lat']}")
    if drawn := shapes(parsed):
        folder = add(document, "Folder")
        add(folder, "name", "footprints")
        for footprint in drawn:
            placemark = add(folder, "Placemark")
            add(placemark, "name", footprint.label)
            _geometry(placemark, footprint.geometry)
    ElementTree.indent(kml)
    return finished(kml)


def _geometry(parent: ElementTree.Element, geometry: Mapping[str, Any]) -> None:
    """Add a GeoJSON geometry; one of several parts becomes a MultiGeometry."""
    coordinates = geometry.get("coordinates")
    match geometry["type"]:
        case "Point":
            add(add(parent, "Point"), "coordinates", _written([coordinates]))
        case "LineString":
            add(add(parent, "LineString"), "coordinates", _written(coordinates))
        case "Polygon":
            polygon = add(parent, "Polygon")
            for number, ring in enumerate(coordinates or ()):
                boundary = add(polygon, "innerBoundaryIs" if number else "outerBoundaryIs")
                add(add(boundary, "LinearRing"), "coordinates", _written(ring))
        case "GeometryCollection":
            several = add(parent, "MultiGeometry")
            for part in geometry["geometries"]:
                _geometry(several, part)
        case several_of:
            several = add(parent, "MultiGeometry")
            for part in coordinates or ():
                _geometry(several, {"type": several_of.removeprefix("Multi"), "coordinates": part})


def _written(points: Any) -> str:
    return " ".join(f"{point[0]},{point[1]}" for point in points)
