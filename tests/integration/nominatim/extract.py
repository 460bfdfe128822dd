"""Write a tiny OpenStreetMap extract: a corner of Syria and of Lebanon with the few objects that the tests ask for.

Usage: python extract.py OUT.osm

The coordinates are GeoNames', rounded; boundaries are boxes. osm2pgsql wants nodes, then ways, then relations, each by
ascending id.
"""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree as Tree

# Boundaries: south, west, north, east; administrative level; tags.
BOXES = [
    ((32.3, 35.7, 37.3, 42.4), 2, {"name": "سوريا", "name:fr": "Syrie", "name:en": "Syria", "ISO3166-1": "SY"}),
    ((33.05, 35.1, 34.69, 35.69), 2, {"name": "لبنان", "name:fr": "Liban", "name:en": "Lebanon", "ISO3166-1": "LB"}),
    (
        (35.6, 36.75, 36.9, 38.6),
        4,
        {"name": "محافظة حلب", "name:fr": "Gouvernorat d'Alep", "name:en": "Aleppo Governorate", "ISO3166-2": "SY-HL"},
    ),
    (
        (34.7, 36.2, 35.58, 38.0),
        4,
        {"name": "محافظة حماة", "name:fr": "Gouvernorat de Hama", "name:en": "Hama Governorate", "ISO3166-2": "SY-HM"},
    ),
]

# Points: latitude, longitude, tags.
POINTS = [
    (36.202, 37.134, {"place": "city", "name": "حلب", "name:fr": "Alep", "name:en": "Aleppo", "population": "2098210"}),
    (35.132, 36.758, {"place": "city", "name": "حماة", "name:fr": "Hama", "name:en": "Hama", "population": "460602"}),
    (35.429, 36.771, {"place": "village", "name": "سكيك", "name:fr": "Soukaïk", "name:en": "Sukayk"}),
    (36.254, 37.248, {"place": "suburb", "name": "الشيخ نجار", "name:fr": "Cheikh Najjar", "name:en": "Sheikh Najjar"}),
    # Four of one name, in two countries.
    (36.55, 37.50, {"place": "village", "name": "الحمرا", "name:fr": "Al-Hamra", "name:en": "Al-Hamra"}),
    (35.20, 37.20, {"place": "village", "name": "الحمرا", "name:fr": "Al-Hamra", "name:en": "Al-Hamra"}),
    (35.05, 36.95, {"place": "hamlet", "name": "الحمرا", "name:fr": "Al-Hamra", "name:en": "Al-Hamra"}),
    (33.895, 35.48, {"place": "suburb", "name": "الحمراء", "name:fr": "Al-Hamra", "name:en": "Al-Hamra"}),
    (36.1993, 37.1625, {"historic": "castle", "name": "قلعة حلب", "name:fr": "Citadelle d'Alep"}),
    (35.35, 36.25, {"natural": "peak", "name": "جبل زين", "name:fr": "Mont Zeïn"}),
    # Names made to hurt whoever puts them into a page unescaped.
    (36.40, 37.90, {"place": "hamlet", "name": "Tell <script>alert(1)</script>", "name:fr": "Tell \"&'<b>"}),
    (
        36.41,
        37.91,
        {"place": "hamlet", "name": "Bolkhadra", "name:fr": "Bolkhadra </script><img src=x onerror=alert(2)>"},
    ),
    # Too small for the embedded gazetteer, and like nothing in it.
    (35.688, 36.396, {"place": "village", "name": "قسطون", "name:fr": "Qastoun", "name:en": "Qastun"}),
]

# Areas: latitude and longitude of the middle, half the side in degrees, tags.
AREAS = [
    (
        (36.187, 37.583),
        0.01,
        {
            "aeroway": "aerodrome",
            "military": "airfield",
            "name": "مطار كويرس",
            "name:fr": "Aéroport militaire de Kweires",
        },
    ),
    (
        (36.26, 37.26),
        0.008,
        {"landuse": "industrial", "name": "المدينة الصناعية", "name:fr": "Zone industrielle d'Alep"},
    ),
    ((35.86, 38.40), 0.05, {"natural": "water", "water": "lake", "name": "بحيرة الأسد", "name:fr": "Lac el-Assad"}),
]

# Lines: points; tags.
LINES = [
    ([(35.1, 36.7), (35.5, 36.9), (36.1, 37.1)], {"highway": "motorway", "name": "M5", "ref": "M5"}),
    ([(35.0, 36.5), (35.3, 36.4), (35.5, 36.3)], {"waterway": "river", "name": "العاصي", "name:fr": "Oronte"}),
]


def build() -> Tree.ElementTree:
    """Return the extract."""
    nodes: list[tuple[float, float, dict[str, str]]] = [(lat, lon, tags) for lat, lon, tags in POINTS]
    ways: list[tuple[list[int], dict[str, str]]] = []
    relations: list[tuple[int, dict[str, str]]] = []

    def line(points: list[tuple[float, float]], tags: dict[str, str]) -> int:
        first = len(nodes) + 1
        nodes.extend((lat, lon, {}) for lat, lon in points)
        ways.append((list(range(first, len(nodes) + 1)), tags))
        return len(ways)

    def ring(south: float, west: float, north: float, east: float, tags: dict[str, str]) -> int:
        way = line([(south, west), (south, east), (north, east), (north, west)], tags)
        ways[-1][0].append(ways[-1][0][0])
        return way

    for box, level, tags in BOXES:
        whole = {"type": "boundary", "boundary": "administrative", "admin_level": str(level), **tags}
        relations.append((ring(*box, {}), whole))
    for (lat, lon), half, tags in AREAS:
        ring(lat - half, lon - half, lat + half, lon + half, tags)
    for points, tags in LINES:
        line(points, tags)
    return _document(nodes, ways, relations)


def _document(nodes: list, ways: list, relations: list) -> Tree.ElementTree:  # type: ignore[type-arg]
    root = Tree.Element("osm", version="0.6", generator="mapgen tests")
    stamp = {"version": "1", "timestamp": "2024-01-01T00:00:00Z", "changeset": "1", "uid": "1", "user": "test"}

    def element(kind: str, number: int, tags: dict[str, str], **rest: str) -> Tree.Element:
        made = Tree.SubElement(root, kind, id=str(number), **stamp, **rest)
        made.extend(Tree.Element("tag", k=key, v=value) for key, value in tags.items())
        return made

    for number, (lat, lon, tags) in enumerate(nodes, 1):
        element("node", number, tags, lat=f"{lat:.6f}", lon=f"{lon:.6f}")
    for number, (members, tags) in enumerate(ways, 1):
        element("way", number, tags)[:0] = [Tree.Element("nd", ref=str(node)) for node in members]
    for number, (way, tags) in enumerate(relations, 1):
        element("relation", number, tags).insert(0, Tree.Element("member", type="way", ref=str(way), role="outer"))
    return Tree.ElementTree(root)


if __name__ == "__main__":
    with Path(sys.argv[1]).open("wb") as out:
        build().write(out, encoding="utf-8", xml_declaration=True)
