"""GeoJSON (RFC 7946): a point for each toponym that has a place, then the footprints that are more than a point."""

from __future__ import annotations

import json
from typing import Any

from mapgen.exports.rows import rows, shapes
from mapgen.model import ParsedDocument

__all__ = ["write"]


def write(parsed: ParsedDocument) -> str:
    """Return a FeatureCollection; unplaced toponyms have a null geometry, coordinates are longitude first."""
    features = [_feature(_point(row), row) for row in rows(parsed)]
    features += [
        _feature(
            footprint.geometry,
            {
                "footprint": str(footprint.type),
                "label": footprint.label,
                "approximate": footprint.approximate,
                "place_id": footprint.place_id or None,
                "spans": footprint.spans,
            },
        )
        for footprint in shapes(parsed)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, indent=1) + "\n"


def _point(row: dict[str, Any]) -> dict[str, Any] | None:
    return None if row["lat"] is None else {"type": "Point", "coordinates": [row["lon"], row["lat"]]}


def _feature(geometry: Any, properties: dict[str, Any]) -> dict[str, Any]:
    known = {key: value for key, value in properties.items() if key not in ("lat", "lon")}
    return {"type": "Feature", "geometry": geometry, "properties": known}
