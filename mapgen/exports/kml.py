"""KML 2.2 (OGC 07-147r2): a placemark a place, its excerpts in the description."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

from mapgen.exports.rows import rows
from mapgen.model import ParsedDocument

__all__ = ["write"]

NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold in any form (its production 2, Char)."""


def write(parsed: ParsedDocument) -> str:
    """Return the places as KML; characters that XML cannot hold become U+FFFD."""
    kml = ElementTree.Element("kml", xmlns="http://www.opengis.net/kml/2.2")
    document = ElementTree.SubElement(kml, "Document")
    _text(document, "name", parsed.document.title or parsed.document.source)
    places: dict[str, list[dict[str, Any]]] = {}
    for row in rows(parsed):
        if row["place_id"] is not None:
            places.setdefault(row["place_id"], []).append(row)
    for mentions in places.values():
        first = mentions[0]
        placemark = ElementTree.SubElement(document, "Placemark")
        _text(placemark, "name", first["name"])
        _text(placemark, "description", "\n".join(dict.fromkeys(row["sentence"] for row in mentions)))
        extended = ElementTree.SubElement(placemark, "ExtendedData")
        for key in ("place_id", "geonameid", "kind", "country", "region", "source", "probability"):
            if first[key] is not None:
                data = ElementTree.SubElement(extended, "Data", name=key)
                _text(data, "value", str(first[key]))
        point = ElementTree.SubElement(placemark, "Point")
        _text(point, "coordinates", f"{first['lon']},{first['lat']}")
    ElementTree.indent(kml)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(kml, encoding="unicode") + "\n"


def _text(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, tag).text = NOT_XML.sub("\ufffd", text)
