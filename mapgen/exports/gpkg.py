"""GeoPackage 1.3 (OGC 12-128r17): an SQLite file with a layer of mentions and one of footprints."""

from __future__ import annotations

import re
import sqlite3
import struct
from collections.abc import Iterable, Sequence
from typing import Any

from mapgen.exports.rows import COLUMNS, rows, shapes
from mapgen.model import ParsedDocument

__all__ = ["write"]

_WGS_84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],'
    'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]'
)
# Application id "GPKG" and version 1.3.0: requirement 2 of the standard; tables: its annex C.
_FRAME = """
PRAGMA application_id = 1196444487;
PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT
);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
);
"""
_SYSTEMS = (
    ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian coordinate reference system"),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinate reference system"),
    ("WGS 84 geodetic", 4326, "EPSG", 4326, _WGS_84, "longitude and latitude in degrees on the WGS 84 spheroid"),
)
_WHOLE = frozenset({"start", "end", "geonameid", "source_start"})
_REAL = frozenset({"lat", "lon", "probability", "radius_km", "distance_km"})
_UNDATED = "1970-01-01"

Box = tuple[float, float, float, float]
"""West, east, south, north, as the header of a geometry has them."""


def write(parsed: ParsedDocument) -> bytes:
    """Return the file: layer `mentions`, a point a toponym with the columns of `rows`, and layer `footprints`.

    The date of last change, which every layer must have, is that of the document, or 1970 where it has none: the same
    input gives the same bytes.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.executescript(_FRAME)
        connection.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", _SYSTEMS)
        whole_date = re.fullmatch(r"\d{4}-\d\d-\d\d", parsed.document.date)
        changed = f"{parsed.document.date if whole_date else _UNDATED}T00:00:00.000Z"
        types = {name: "INTEGER" if name in _WHOLE else "DOUBLE" if name in _REAL else "TEXT" for name in COLUMNS}
        mentions = [(_point(row), [row[name] for name in COLUMNS]) for row in rows(parsed)]
        _layer(connection, ("mentions", "place names of the text", "POINT", changed), types, mentions)
        types = {"type": "TEXT", "label": "TEXT", "approximate": "BOOLEAN", "place_id": "TEXT", "radius_km": "DOUBLE"}
        drawn = [
            (
                _shape(each.geometry),
                [str(each.type), each.label, int(each.approximate), each.place_id or None, each.radius_km],
            )
            for each in shapes(parsed)
        ]
        _layer(connection, ("footprints", "areas and lines of the text", "GEOMETRY", changed), types, drawn)
        return connection.serialize()
    finally:
        connection.close()


def _layer(
    connection: sqlite3.Connection,
    about: tuple[str, str, str, str],
    types: dict[str, str],
    features: Sequence[tuple[tuple[bytes, Box] | None, Sequence[Any]]],
) -> None:
    """Write a table of features and enter it where a reader looks for it.

    Args:
        connection: the file.
        about: name, description, type of geometry, date of last change.
        types: type of each column beside the geometry.
        features: geometry with its box, or None, and the values of the columns.
    """
    name, description, geometry, changed = about
    columns = ", ".join(f'"{column}" {type_}' for column, type_ in types.items())
    connection.execute(
        f'CREATE TABLE "{name}" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom {geometry}, {columns})'
    )
    boxes = [shape[1] for shape, _ in features if shape is not None]
    extent = _around(boxes) if boxes else (None, None, None, None)
    connection.execute(
        "INSERT INTO gpkg_contents VALUES (?, 'features', ?, ?, ?, ?, ?, ?, ?, 4326)",
        (name, name, description, changed, extent[0], extent[2], extent[1], extent[3]),
    )
    connection.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, 4326, 0, 0)", (name, geometry))
    marks = ", ".join("?" * (len(types) + 1))
    connection.executemany(
        f'INSERT INTO "{name}" VALUES (NULL, {marks})',  # noqa: S608 - names and marks are our own
        ((shape[0] if shape else None, *values) for shape, values in features),
    )


def _point(row: dict[str, Any]) -> tuple[bytes, Box] | None:
    if row["lat"] is None:
        return None
    lon, lat = float(row["lon"]), float(row["lat"])
    return _header(None) + struct.pack("<bIdd", 1, 1, lon, lat), (lon, lon, lat, lat)


def _shape(geometry: Any) -> tuple[bytes, Box]:
    import shapely
    from shapely.geometry import shape

    drawn = shape(geometry)
    west, south, east, north = drawn.bounds
    box = (west, east, south, north)
    return _header(box) + bytes(shapely.to_wkb(drawn, byte_order=1)), box


def _header(box: Box | None) -> bytes:
    """The header of a geometry (clause 2.1.3 of the standard): little endian, with its box or without one."""
    flags = 0b00000001 if box is None else 0b00000011
    return b"GP" + struct.pack("<BBi", 0, flags, 4326) + (b"" if box is None else struct.pack("<4d", *box))


def _around(boxes: Iterable[Box]) -> Box:
    west, east, south, north = zip(*boxes, strict=True)
    return min(west), max(east), min(south), max(north)
