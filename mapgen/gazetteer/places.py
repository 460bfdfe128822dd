"""Places of the user's own: CSV or GeoJSON, checked row by row."""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from mapgen.errors import PlacesError
from mapgen.gazetteer.layer import Layer
from mapgen.gazetteer.names import fold
from mapgen.gazetteer.records import FIRST_OWN_PK, KINDS, Entry
from mapgen.gazetteer.writer import create_tables, write_entries
from mapgen.model import Kind
from mapgen.tables import degrees, table_rows, table_text

__all__ = ["own_layer", "read_places"]

_COLUMNS = {
    "name": "name", "nom": "name", "place": "name", "lieu": "name",
    "names": "names", "other names": "names", "other name": "names", "alternate names": "names", "aliases": "names",
    "autres noms": "names", "kind": "kind", "type": "kind", "country": "country", "country code": "country",
    "pays": "country", "lat": "lat", "latitude": "lat", "y": "lat", "lon": "lon", "lng": "lon", "long": "lon",
    "longitude": "lon", "x": "lon", "source": "source", "population": "population",
}  # fmt: skip


def own_layer(files: Sequence[Path]) -> tuple[Layer, list[str]]:
    """Read files of places into a layer in memory.

    Args:
        files: CSV or GeoJSON files; a later file's place counts after an earlier one's.

    Returns:
        The layer, and a line on every row that could not be used: file, line, reason.

    Raises:
        PlacesError: a file cannot be read, or no row of it can be used.
    """
    entries: list[Entry] = []
    warnings: list[str] = []
    for path in files:
        found, wrong = read_places(path, first=len(entries))
        entries += found
        warnings += wrong
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        create_tables(connection)
        write_entries(connection, _distinct(entries))
        connection.execute("INSERT INTO meta VALUES ('places', ?)", (str(len(entries)),))
        return Layer.in_memory(connection.serialize(), own=True), warnings


def read_places(path: Path, *, first: int = 0) -> tuple[list[Entry], list[str]]:
    """Read one file of places.

    Args:
        path: a CSV file with the columns name, names (`|` between), kind, country, lat, lon, source, in any order, or a
            GeoJSON file of points with these properties.
        first: the number from which its places count on.

    Returns:
        The places, and a line on every row that could not be used.

    Raises:
        PlacesError: the file cannot be read, or no row of it can be used.
    """
    text = table_text(path, error=PlacesError, what="places come as CSV or GeoJSON")
    rows = _geojson_rows(path, text) if text.lstrip()[:1] in "{[" and text.strip() else _csv_rows(path, text)
    entries: list[Entry] = []
    warnings: list[str] = []
    for line, row in rows:
        try:
            entries.append(_entry(row, FIRST_OWN_PK + first + len(entries), path.name))
        except ValueError as error:
            warnings.append(str(PlacesError(str(error), path=path, line=line)))
    if not entries:
        reason = f"; the first row: {warnings[0].removeprefix(str(path))[1:]}" if warnings else ""
        raise PlacesError(f"holds no usable place{reason}", path=path)
    return entries, warnings


def _csv_rows(path: Path, text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    columns: list[str] = []
    for line, cells in table_rows(text, path=path, error=PlacesError):
        if columns:
            yield line, {column: cell for column, cell in zip(columns, cells, strict=False) if column}
            continue
        columns = [_COLUMNS.get(fold(cell), "") for cell in cells]
        if missing := [column for column in ("name", "lat", "lon") if column not in columns]:
            raise PlacesError(
                f"has no column {', '.join(missing)}: the first row names the columns "
                "name, names, kind, country, lat, lon, source",
                path=path,
            )


def _geojson_rows(path: Path, text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise PlacesError(f"is no GeoJSON: {error}", path=path) from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        raise PlacesError("is no GeoJSON: it has no list of features", path=path)
    lines = _feature_lines(text)
    for number, feature in enumerate(features):
        yield lines[number] if number < len(lines) else number + 1, _properties(feature)


def _feature_lines(text: str) -> list[int]:
    """The line on which each feature begins, as far as its type tells."""
    starts = [match.start() for match in re.finditer(r'"type"\s*:\s*"Feature"', text)]
    return [text.count("\n", 0, start) + 1 for start in starts]


def _properties(feature: Any) -> Mapping[str, str]:
    row: dict[str, str] = {}
    if not isinstance(feature, dict):
        return row
    properties = feature.get("properties")
    for key, value in properties.items() if isinstance(properties, dict) else ():
        if column := _COLUMNS.get(fold(str(key))):
            row[column] = "|".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    geometry = feature.get("geometry")
    point = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if isinstance(geometry, dict) and geometry.get("type") != "Point":
        row["wrong"] = f"its geometry is a {geometry.get('type')}, not a Point"
    elif isinstance(point, list) and len(point) >= 2:
        row |= {"lon": str(point[0]), "lat": str(point[1])}
    return row


def _entry(row: Mapping[str, str], pk: int, file_name: str) -> Entry:
    """Check a row.

    Raises:
        ValueError: what is wrong with it.
    """
    if wrong := row.get("wrong"):
        raise ValueError(wrong)
    name = row.get("name", "")
    if not fold(name):
        raise ValueError("it has no name")
    kind = row.get("kind", "").lower() or Kind.AREA.value
    kinds = [known.value for known in KINDS]
    if kind not in kinds:
        raise ValueError(f"kind {kind!r} is none of {', '.join(kinds)}")
    country = row.get("country", "").upper()
    if country and not re.fullmatch("[A-Z]{2}", country):
        raise ValueError(f"country {country!r} is no ISO 3166-1 code of two letters")
    lat = degrees(row.get("lat", ""), "lat", 90)
    lon = degrees(row.get("lon", ""), "lon", 180)
    names = tuple(
        dict.fromkeys(other.strip() for other in row.get("names", "").split("|") if other.strip() not in ("", name))
    )
    slug = re.sub(r"\W+", "-", fold(name)).strip("-") or str(pk - FIRST_OWN_PK)
    population = row.get("population", "")
    return Entry(
        pk, f"own:{slug}", row.get("source") or file_name, name, kinds.index(kind), country, lat, lon,
        int(population) if population.isascii() and population.isdecimal() else 0, "", names, "", len(names),
    )  # fmt: skip


def _distinct(entries: Sequence[Entry]) -> list[Entry]:
    """Number the ids of places that share a name."""
    taken: dict[str, int] = {}
    distinct = []
    for entry in entries:
        count = taken[entry.id] = taken.get(entry.id, 0) + 1
        distinct.append(entry if count == 1 else entry._replace(id=f"{entry.id}-{count}"))
    return distinct
